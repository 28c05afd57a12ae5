"""Registers, stack and spills of every kernel stay within resource_budgets.tsv. Reads what ptxas reported during the build.

`resources_test.py --table <report>...` prints what was measured, one line a kernel.
"""
import os
import re
import shutil
import subprocess
import sys
import unittest
from dataclasses import dataclass
from pathlib import Path

BUDGETS = Path(__file__).with_name("resource_budgets.tsv")
ENTRY = re.compile(
    r"Compiling entry function '(\S+)' for 'sm_90'\n(?:ptxas info\s*: Function properties for \S+\n)?"
    r"\s*(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+) bytes spill loads\n"
    r"ptxas info\s*: Used (\d+) registers([^\n]*)")


@dataclass(frozen=True)
class Usage:
    kernel: str  # without namespaces and parameters: block_kernel<12, FiveBitSlots, MatchList>
    registers: int
    stack: int
    spilled: int
    shared: int


def short_names(mangled):
    """Demangled names, as short as they can be told apart."""
    text = subprocess.run(["c++filt"], input="\n".join(mangled), capture_output=True, text=True, check=True).stdout
    names = []
    for line in text.splitlines():
        name = re.sub(r"\(.*", "", line.removeprefix("void ").replace("matcher::gpu::", ""))
        name = re.sub(r"\b(\d+)u\b", r"\1", name).replace(" >", ">")
        names.append(name.replace("unsigned char", "u8").replace("unsigned int", "u32").replace("unsigned long", "u64"))
    return names


def parse(report):
    found = ENTRY.findall(report)
    usages = []
    for name, (_, stack, stores, loads, registers, rest) in zip(short_names([entry[0] for entry in found]), found):
        shared = re.search(r"(\d+) bytes smem", rest)
        usages.append(Usage(name, int(registers), int(stack), int(stores) + int(loads), int(shared[1]) if shared else 0))
    return usages


def budgets():
    """(pattern, registers, stack) of each line."""
    lines = [line.split("\t") for line in BUDGETS.read_text().splitlines()[1:]]
    return [(re.compile(pattern), int(registers), int(stack)) for pattern, registers, stack, _ in lines]


def findings(usages, limits):
    found = []
    for usage in usages:
        fitting = [limit for limit in limits if limit[0].fullmatch(usage.kernel)]
        if len(fitting) != 1:
            found.append(f"{usage.kernel}: {len(fitting)} lines of resource_budgets.tsv fit, not one")
            continue
        _, registers, stack = fitting[0]
        if usage.registers > registers:
            found.append(f"{usage.kernel}: {usage.registers} registers, the budget is {registers}")
        if usage.stack > stack:
            found.append(f"{usage.kernel}: {usage.stack} bytes of stack, the budget is {stack}")
        if usage.spilled:
            found.append(f"{usage.kernel}: spills {usage.spilled} bytes")
    return found


def reports():
    return [Path(path) for path in os.environ.get("ASSAY_RESOURCE_REPORTS", "").split(":") if path]


@unittest.skipUnless(shutil.which("c++filt"), "no c++filt; install binutils")
@unittest.skipUnless(reports(), "no toolkit, so no report of ptxas")
class Resources(unittest.TestCase):
    def usages(self):
        return [usage for report in reports() for usage in parse(report.read_text())]

    def test_every_kernel_is_within_its_budget(self):
        self.assertEqual([], findings(self.usages(), budgets()))

    def test_every_budget_has_a_kernel(self):
        names = [usage.kernel for usage in self.usages()]
        self.assertGreater(len(names), 50)
        self.assertEqual([], [pattern.pattern for pattern, _, _ in budgets() if not any(map(pattern.fullmatch, names))])

    def test_excess_is_found(self):
        good = self.usages()[0]
        limit = [(re.compile(re.escape(good.kernel)), good.registers, good.stack)]
        self.assertEqual([], findings([good], limit))
        for bad in (Usage(good.kernel, good.registers + 1, good.stack, 0, 0), Usage(good.kernel, good.registers, good.stack + 8, 0, 0),
                    Usage(good.kernel, good.registers, good.stack, 4, 0), Usage("new_kernel", 1, 0, 0, 0)):
            self.assertEqual(1, len(findings([bad], limit)), bad)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--table"]:
        for path in sys.argv[2:]:
            for usage in parse(Path(path).read_text()):
                print(f"{usage.kernel}\t{usage.registers}\t{usage.stack}\t{usage.spilled}\t{usage.shared}")
    else:
        unittest.main()
