"""clang-format has nothing to change; only with the version the tree is formatted with, because versions differ."""
import re
import shutil
import subprocess
import unittest
from pathlib import Path

from tree import ROOT, paths

VERSION = "14"
FORMATTED = {".cpp", ".hpp"}


def formatter():
    """A clang-format of the right version, or None."""
    for name in (f"clang-format-{VERSION}", "clang-format"):
        program = shutil.which(name)
        if program and re.search(rf"version {VERSION}\.", subprocess.run([program, "--version"], capture_output=True, text=True).stdout):
            return program
    return None


PROGRAM = formatter()


def differs(text):
    options = [PROGRAM, "--dry-run", "--Werror", "--assume-filename=lint.cpp"]
    return subprocess.run(options, input=text, capture_output=True, text=True, cwd=ROOT).returncode != 0


@unittest.skipUnless(PROGRAM, f"no clang-format {VERSION}; install clang-format-{VERSION}")
class Format(unittest.TestCase):
    def test_badly_formatted_text_is_found(self):
        self.assertTrue(differs("int  main( ){return 0;}\n"))
        self.assertFalse(differs("int main() {\n  return 0;\n}\n"))

    def test_every_file_is_formatted(self):
        sources = [path for path in paths() if Path(path).suffix in FORMATTED]
        self.assertGreater(len(sources), 100)
        checked = subprocess.run([PROGRAM, "--dry-run", "--Werror", *sources], capture_output=True, text=True, cwd=ROOT)
        wrong = sorted({line.split(":")[0] for line in checked.stderr.splitlines() if "error:" in line})
        self.assertEqual([], wrong)


if __name__ == "__main__":
    unittest.main()
