"""The source files of the project, and one finding: what a lint rule says about a line."""
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = {".cpp", ".hpp", ".h", ".c", ".cu", ".cuh", ".inc", ".py", ".sh", ".cmake"}
C_FAMILY = {".cpp", ".hpp", ".h", ".c", ".cu", ".cuh", ".inc"}
HEADERS = {".hpp", ".h", ".cuh"}


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text}"


def paths():
    """Every file under version control, relative to the root; without git every file outside build folders."""
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, text=True)
    if listed.returncode == 0 and listed.stdout:
        found = [name for name in listed.stdout.split("\0") if name]
    else:
        found = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file()]
        found = [name for name in found if not name.startswith(("build/", ".assay/", ".git/")) and "__pycache__" not in name]
    return sorted(name for name in found if (ROOT / name).is_file())


def is_code(path):
    return Path(path).suffix in CODE or path.endswith("CMakeLists.txt") or path == ".ci/run"


def read(path):
    return (ROOT / path).read_bytes().decode("utf-8", "replace")


def files(wanted):
    """(path, text) of every file for which wanted(path) is true."""
    return [(path, read(path)) for path in paths() if wanted(path)]
