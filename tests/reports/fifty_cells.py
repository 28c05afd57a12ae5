#!/usr/bin/env python3
"""How long a report of 50 cells takes and how large it is; goals: 3 s and 1.5 MB. The figures in it are invented (fake_run.py).

Each cell has 200 samples of every arm. Without --assay only the Python package is timed, as `assay report` calls it.

example: tests/reports/fifty_cells.py --assay build/release/bin/assay --repeat 5
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import fake_run

ROOT = Path(__file__).resolve().parents[2]
CELLS, PAIRS = 50, 200
MOST_SECONDS, MOST_BYTES = 3.0, 1_500_000


def write(folder, cells=CELLS, pairs=PAIRS):
    """A run folder that says of itself that nothing in it was measured."""
    kinds = list(fake_run.PAIRS)
    records = {}
    for number in range(cells):
        baseline, candidate = kinds[number % len(kinds)]
        record = fake_run.record(baseline, candidate, pairs=pairs, seed=number)
        records[f"{number:03d}-{candidate}.json"] = {**record, "simulated": True}
    return fake_run.write_run(folder, records, {}, simulated=True, command="invented by tests/reports/fifty_cells.py")


def processor_seconds(command, **options):
    """Processor time of one child, which other programs do not lengthen; wall time; what the child printed."""
    before, began = os.times(), time.monotonic()
    output = subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout
    wall, after = time.monotonic() - began, os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system, wall, output


def package_command(folder):
    return [sys.executable, "-m", "reports", str(folder)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--assay", type=Path, help="time this program's `report`")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="leave the run folder and its page here")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="assay-fifty-") as temporary:
        folder = write(arguments.keep or Path(temporary) / "run")
        command = [str(arguments.assay.resolve()), "report", str(folder)] if arguments.assay else package_command(folder)
        for _ in range(arguments.repeat):
            processor, wall, _ = processor_seconds(command, cwd=ROOT)
            print(f"{CELLS} cells x {PAIRS} pairs: {wall:.2f} s, of which processor {processor:.2f} s, {(folder / 'report.html').stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
