#!/usr/bin/env python3
"""Breaks one part of the code in one place after another and counts how many breaks the tests see.

Line coverage says which lines ran, not whether anybody would notice if they were wrong. Each fault of a part's list is one
replacement in one file. It is made in a copy of the tree, the part and its tests are built, and at least one test must fail. Ends with
0 if enough faults are seen, with 1 if not, with 2 if the list does not fit the code (a fault's text must occur exactly once).

parts: stats    the statistics (harness/stats)
       kernels  the GPU's kernels, on the emulator (matcher/gpu/kernels)"""
import argparse
import json
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMON = ("CMakeLists.txt", "CMakePresets.json", "cmake", "include", "tests/CMakeLists.txt")
SECONDS = 120  # a test program that runs longer hangs, and so has seen the fault
EXAMPLE = """example:
  scripts/mutate.py stats                    # all faults, a few minutes
  scripts/mutate.py stats --only sequential  # those in files whose name holds the word
  scripts/mutate.py kernels --check          # does the list still fit the code? no build
"""


@dataclass(frozen=True)
class Part:
    """Something that can be built and tested without the rest: CMake leaves out folders that do not exist."""
    folders: tuple
    test: str  # program and target
    faults: str
    options: tuple = ()


PARTS = {
    "stats": Part(("harness/CMakeLists.txt", "harness/core", "harness/stats", "tests/harness/stats"), "stats_test",
                  "tests/harness/stats/faults.json"),
    # Kernels under the emulator are large templates: at -O1 they are built in half the time.
    "kernels": Part(("matcher", "tests/matcher/gpu/kernels", "tests/scaled.hpp"), "matcher_gpu_kernels_test",
                    "tests/matcher/gpu/kernels/faults.json", ("-DASSAY_CUDA=OFF", "-DASSAY_MINIMAL=ON", "-DCMAKE_CXX_FLAGS_RELEASE=-O1")),
}


@dataclass(frozen=True)
class Fault:
    """One break: `old` becomes `new` in `file`."""
    file: str
    old: str
    new: str
    what: str

    def misfit(self, root):
        """Why the fault cannot be made, or nothing."""
        found = (root / self.file).read_text().count(self.old) if (root / self.file).exists() else 0
        return None if found == 1 else f"{self.file}: '{self.old}' occurs {found} times, not once ({self.what})"


def copy_tree(part, target):
    """A tree with the part and nothing else."""
    shutil.rmtree(target, ignore_errors=True)
    for name in COMMON + part.folders:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, copy_function=shutil.copyfile)  # new times: ninja sees every file change
        else:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target / name)


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)


def build(part, folder):
    return run(["ninja", "-C", str(folder), "-j2", part.test])


def failing_tests(part, folder):
    """Names of the failed tests; none if all pass."""
    try:
        done = run([str(folder / "bin" / part.test), "--gtest_brief=1", "--gtest_fail_fast"], timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return [f"no answer within {SECONDS} s"]
    if done.returncode == 0:
        return []
    return re.findall(r"^\[  FAILED  \] (\S+)", done.stdout, re.MULTILINE) or [f"ended with {done.returncode}"]


def prepare(part, work):
    """Copy and build unbroken; stops unless its tests pass."""
    tree, folder = work / "tree", work / "build"
    copy_tree(part, tree)
    configured = run(["cmake", "--preset", "release", "-B", str(folder), "-DASSAY_TESTS=ON", "-DASSAY_BENCHMARKS=OFF", *part.options], cwd=tree)
    built = build(part, folder) if configured.returncode == 0 else configured
    if built.returncode != 0:
        sys.exit(f"{built.stdout}\nmutate: the unbroken tree does not build; see above")
    if failed := failing_tests(part, folder):
        sys.exit(f"mutate: a test fails without any fault: {failed[0]}")
    return tree, folder


def verdict_on(part, fault, tree, folder):
    """Makes the fault, builds, tests, and takes it back; ('seen' | 'NOT SEEN' | 'does not build', by whom)."""
    path = tree / fault.file
    original = path.read_text()
    path.write_text(original.replace(fault.old, fault.new))
    try:
        built = build(part, folder)
        if built.returncode != 0:
            error = re.search(r"error: .*", built.stdout)
            return "does not build", error[0] if error else "see build.ninja"
        failed = failing_tests(part, folder)
        return ("seen", failed[0]) if failed else ("NOT SEEN", "every test passed")
    finally:
        path.write_text(original)


def read_faults(part, only):
    entries = json.loads((ROOT / part.faults).read_text())
    return [fault for fault in (Fault(**entry) for entry in entries) if only in fault.file]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, epilog=EXAMPLE, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--only", default="", metavar="WORD", help="faults in files whose name holds WORD")
    parser.add_argument("--check", action="store_true", help="only see whether every fault fits the code")
    parser.add_argument("--may-miss", type=int, default=2, metavar="N", help="faults that may stay unseen (default: 2)")
    parser.add_argument("--work", type=Path, default=ROOT / "build/mutants", metavar="FOLDER", help="for the copy (default: build/mutants)")
    return parser.parse_args()


def main():
    options = arguments()
    part = PARTS[options.part]
    faults = read_faults(part, options.only)
    misfits = [misfit for fault in faults if (misfit := fault.misfit(ROOT))]
    if misfits or not faults:
        print("\n".join(misfits) or f"mutate: no fault in a file named like '{options.only}'", file=sys.stderr)
        return 2
    if options.check:
        print(f"{len(faults)} faults fit the code")
        return 0
    tree, folder = prepare(part, options.work.resolve() / options.part)
    unseen = 0
    for number, fault in enumerate(faults, 1):
        start = time.monotonic()
        verdict, by = verdict_on(part, fault, tree, folder)
        unseen += verdict != "seen"
        name = fault.file.rsplit("/", 1)[-1]
        print(f"{number:3}/{len(faults)} {verdict:9} {time.monotonic() - start:5.1f} s  {name}: {fault.what} [{by}]", flush=True)
    print(f"{len(faults) - unseen} of {len(faults)} faults seen")
    return 0 if unseen <= options.may_miss else 1


if __name__ == "__main__":
    sys.exit(main())
