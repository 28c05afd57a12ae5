"""Every header compiles alone: it includes what it uses, in any order of includes."""
import os
import random
import shutil
import subprocess
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tree import HEADERS, ROOT, paths

COMPILER = next(filter(None, (shutil.which(name) for name in (os.environ.get("ASSAY_CXX", ""), "clang++", "g++", "c++") if name)), None)
FLAGS = ["-std=c++20", "-march=x86-64-v2", "-fsyntax-only", "-x", "c++", "-I", ROOT, "-I", ROOT / "include", "-DASSAY_VARIANT_ID=\"x\"",
         "-DASSAY_BUILD_TEXT=\"x\"", f"-DASSAY_SOURCE_DIR=\"{ROOT}\"", f"-DASSAY_BINARY_DIR=\"{ROOT}\""]
# Host headers of CUDA code need those of a toolkit; without one they are left out.
CUDA_INCLUDE = Path(os.environ.get("ASSAY_CUDA_INCLUDE") or "/usr/local/cuda/include")
HAS_CUDA = (CUDA_INCLUDE / "cuda_runtime_api.h").is_file()
if HAS_CUDA:
    FLAGS += ["-isystem", CUDA_INCLUDE]


IN_CI = 60


def chosen(headers):
    """All, which takes three minutes; in CI those that the last commit changed, and others drawn by its name."""
    if not os.environ.get("CI"):
        return headers
    def git(*words):
        return subprocess.run(["git", *words], capture_output=True, text=True, cwd=ROOT).stdout
    changed = set(git("diff", "--name-only", "HEAD^").split())
    others = [header for header in headers if header not in changed]
    drawn = random.Random(git("rev-parse", "HEAD")).sample(others, min(IN_CI, len(others)))
    return [header for header in headers if header in changed] + drawn


def errors_of(header):
    """What the compiler says about a file that is nothing but this header, or '' if it is fine."""
    text = f'#include "{header}"\n'
    result = subprocess.run([COMPILER, *FLAGS, "-"], input=text, capture_output=True, text=True, cwd=ROOT)
    return "" if result.returncode == 0 else next((line for line in result.stderr.splitlines() if "error:" in line), result.stderr)


def own_headers():
    """The project's headers; those of other ISAs and of accelerators need flags of their own, those of tests are read by tests only."""
    return [path for path in paths() if Path(path).suffix in HEADERS and not path.startswith("tests/") and not path.endswith(".cuh")
            and (HAS_CUDA or not path.startswith(("matcher/gpu/", "plugins/gpu/")))]


@unittest.skipUnless(COMPILER, "no C++ compiler on the path")
class Headers(unittest.TestCase):
    def test_header_that_lacks_an_include_is_found(self):
        with tempfile.TemporaryDirectory() as folder:
            good, bad = Path(folder) / "good.hpp", Path(folder) / "bad.hpp"
            good.write_text("#pragma once\n#include <string>\nstd::string text();\n")
            bad.write_text("#pragma once\nstd::string text();\n")
            self.assertEqual(errors_of(good), "")
            self.assertIn("error:", errors_of(bad))

    def test_every_header_compiles_alone(self):
        headers = own_headers()
        self.assertGreater(len(headers), 50)
        headers = chosen(headers)
        with ThreadPoolExecutor(2) as pool:
            found = [f"{header}: {error}" for header, error in zip(headers, pool.map(errors_of, headers)) if error]
        self.assertEqual([], found)


if __name__ == "__main__":
    unittest.main()
