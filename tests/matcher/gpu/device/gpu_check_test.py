"""scripts/gpu_check.sh says what a machine lacks, with exit code 75, before it builds anything; where nothing lacks, it measures and
writes a record of its schema. There all it starts are programs of this test's own."""
import ctypes
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
SCRIPTS = ROOT / "scripts"
NO_GPU = 75
# A measuring program: its record is its name, its exit code what the file beside it says.
PROGRAM = """#!/usr/bin/env bash
echo "$*" >>"$0.calls"
while [ $# -gt 0 ]; do [ "$1" != -o ] || echo "$0" >"$2"; shift; done
exit "$(cat "$0.code" 2>/dev/null || echo 0)"
"""


def run(script, *arguments, path=None):
    environment = dict(os.environ, PATH=path or os.environ["PATH"])
    return subprocess.run([SCRIPTS / script, *arguments], capture_output=True, text=True, env=environment)


def has_driver():
    try:
        ctypes.CDLL("libcuda.so.1")
    except OSError:
        return False
    return True


class GpuCheck(unittest.TestCase):
    def path_with(self, *programs):
        """A folder with links to these programs, and an nvcc that does nothing if it is among them."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for name in ("bash", "env", "dirname", *programs):
            target = next(p for p in (Path("/bin") / name, Path("/usr/bin") / name, Path("/bin/true")) if p.exists())
            (Path(folder.name) / name).symlink_to(target)
        return folder.name

    def test_help_names_the_exit_codes(self):
        answer = run("gpu_check.sh", "--help")
        self.assertEqual(answer.returncode, 0)
        self.assertIn("75 no CUDA toolkit", answer.stdout)

    def test_unknown_option_is_a_mistake_of_usage(self):
        self.assertEqual(run("gpu_check.sh", "--no-such-option").returncode, 2)
        self.assertEqual(run("gpu_bundle.sh").returncode, 2)

    def test_no_toolkit(self):
        answer = run("gpu_check.sh", "--probe", path=self.path_with())
        self.assertEqual((answer.returncode, "nvcc is not on the PATH" in answer.stderr), (NO_GPU, True), answer.stderr)

    @unittest.skipIf(has_driver(), "this machine has a driver")
    def test_toolkit_without_driver(self):
        answer = run("gpu_check.sh", "--probe", path=self.path_with("nvcc", "python3"))
        self.assertEqual((answer.returncode, "libcuda.so.1 is not there" in answer.stderr), (NO_GPU, True), answer.stderr)

    def test_bundle_into_a_folder_with_something_in_it_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "file").touch()
            answer = run("gpu_bundle.sh", folder)
            self.assertEqual(answer.returncode, 2, answer.stderr)


class WholeCheck(unittest.TestCase):
    """In a folder with the script, the suite and programs that stand in for the toolkit, the build and the measurements."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for part in ("scripts", "suites", "audits"):
            shutil.copytree(ROOT / part, self.root / part)
        self.tools = self.root / "tools"
        for name in ("nvcc", "cmake", "ctest", "python3"):  # this python3 says nothing: the driver has a GPU
            self.program(self.tools / name, "#!/bin/sh\n")
        # compute-sanitizer --tool T [--leak-check full] --error-exitcode 9 PROGRAM ...
        self.program(self.tools / "compute-sanitizer", '#!/usr/bin/env bash\nwhile [ "$1" != 9 ]; do shift; done; shift; exec "$@"\n')
        for name in ("gpu_ladder", "gpu_axes", "assay"):
            self.program(self.root / "build/gpu/bin" / name, PROGRAM)
        (self.root / "build/gpu/plugins").mkdir()
        for name in ("gpu.block", "gpu.fused", "names.scalar"):
            (self.root / f"build/gpu/plugins/{name}.so").touch()

    def program(self, path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def check(self):
        answer = subprocess.run([self.root / "scripts/gpu_check.sh", "--seconds", "20"], capture_output=True, text=True,
                                env=dict(os.environ, PATH=f"{self.tools}:{os.environ['PATH']}"))
        return answer, json.loads((self.root / "reports/published/gpu-check.json").read_text())

    def test_all_right_writes_every_record(self):
        answer, record = self.check()
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertEqual(record["tests"], "passed")
        self.assertEqual(set(record["compute_sanitizer"].values()), {"clean"})
        self.assertEqual((record["answers"]["variants"], record["answers"]["wrong"], record["answers"]["skipped"]), (2, [], []))
        for variant in ("gpu.block", "gpu.fused"):
            self.assertTrue((self.root / "build/gpu/answers" / variant).exists(), variant)
        for part in ("ladder", "axes", "run"):
            self.assertEqual(record[part]["exit_code"], 0)
            self.assertTrue((self.root / "reports/published" / record[part]["file"]).exists(), part)
        calls = (self.root / "build/gpu/bin/assay.calls").read_text()
        for audit in (ROOT / "audits").glob("*.json"):
            self.assertIn(f"--audit {audit.stem}", calls)
        for page in ("ladder", "axes"):
            self.assertTrue((self.root / f"build/gpu/{page}.html").exists(), page)
        self.keeps_its_schema(record)

    def test_wrong_kernel_is_exit_code_4_and_the_rest_is_still_measured(self):
        (self.root / "build/gpu/bin/gpu_ladder.code").write_text("4")
        answer, record = self.check()
        self.assertEqual(answer.returncode, 4, answer.stderr)
        self.assertEqual((record["ladder"]["exit_code"], record["run"]["exit_code"]), (4, 0))
        self.assertEqual(record["compute_sanitizer"]["memcheck"], "gpu_ladder: exit code 4")
        self.keeps_its_schema(record)

    def test_wrong_answer_is_exit_code_4_and_named(self):
        self.program(self.root / "build/gpu/bin/assay", """#!/usr/bin/env bash
case "$*" in *gpu.block*) exit 4 ;; *gpu.fused*) echo "people-10k  names.scalar -> gpu.fused  -  skipped" ;; esac
""")
        answer, record = self.check()
        self.assertEqual((answer.returncode, record["answers"]["wrong"], record["answers"]["skipped"]),
                         (4, ["gpu.block"], ["gpu.fused"]), answer.stderr)
        self.keeps_its_schema(record)

    def test_failed_run_does_not_hide_a_failed_test(self):
        self.program(self.tools / "ctest", "#!/bin/sh\nexit 8\n")
        (self.root / "build/gpu/bin/assay.code").write_text("6")
        answer, record = self.check()
        self.assertEqual((answer.returncode, record["tests"], record["run"]["exit_code"]), (4, "failed", 6))

    def keeps_its_schema(self, record):
        try:
            import jsonschema
        except ImportError:
            return
        schema = json.loads((ROOT / "reports/schema/assay-gpu-check-1.json").read_text())
        jsonschema.Draft202012Validator(schema).validate(record)


if __name__ == "__main__":
    unittest.main()
