#!/usr/bin/env python3
"""How often stored times call identical code different: the figures of docs/decisions/0007.

Takes folders of runs that compared one variant with itself, made at different times, and holds every two of them against each
other as `assay compare OLD.json NEW.json` does.

example: for i in 1 2 3 4; do build/release/bin/assay compare strings.copied strings.copied -o aa/$i --no-report; sleep 60; done
         tests/noise/stored_rates.py aa/*
"""
import argparse
import itertools
import json
import math
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def record_of(run):
    [record] = (json.loads(path.read_text()) for path in (run / "records").glob("*.json"))
    return record


def median_of(record):
    return statistics.median(sample["prepare_ns"] + sample["run_ns"] for sample in record["samples"] if sample["arm"] == "candidate")


def verdicts_of(assay, old, new, margin):
    """The verdict words of every series that both files have."""
    shown = subprocess.run([assay, "compare", old, new, "--margin", str(margin)], check=True, capture_output=True, text=True).stdout
    return [word for line in shown.splitlines() for word in line.split() if word in ("REGRESSED", "IMPROVED", "EQUIVALENT", "NOT_SLOWER", "INCONCLUSIVE")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="+", type=Path)
    parser.add_argument("--assay", type=Path, default=ROOT / "build/release/bin/assay")
    parser.add_argument("--margins", default="0.02,0.05,0.1")
    parser.add_argument("--contaminated", action="store_true", help="also runs that say that the machine was not fit")
    arguments = parser.parse_args()
    records = {run: record_of(run) for run in arguments.runs}
    runs = [run for run, record in records.items() if arguments.contaminated or not record["contamination"]["contaminated"]]
    medians = [median_of(records[run]) for run in runs]
    print(f"{len(runs)} of {len(records)} runs, medians {min(medians) / 1e6:.2f} to {max(medians) / 1e6:.2f} ms")
    with tempfile.TemporaryDirectory(prefix="assay-stored-") as folder:
        files = []
        for number, run in enumerate(runs):
            files.append(f"{folder}/{number}.json")
            subprocess.run([arguments.assay, "export", run, "--to", "google-benchmark", "-o", files[-1]], check=True)
        for margin in map(float, arguments.margins.split(",")):
            found = [word for old, new in itertools.combinations(files, 2) for word in verdicts_of(arguments.assay, old, new, margin)]
            different = sum(word in ("REGRESSED", "IMPROVED") for word in found)
            print(f"margin {margin:.0%}: {different} of {len(found)} comparisons of identical code called different")
    logs = [abs(math.log(a / b)) for a, b in itertools.combinations(medians, 2)]
    print(f"two medians differ by {math.expm1(statistics.median(logs)):.1%} in the middle, {math.expm1(max(logs)):.1%} at most")
    return 0


if __name__ == "__main__":
    sys.exit(main())
