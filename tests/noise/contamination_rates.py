#!/usr/bin/env python3
"""How often runs of identical code end contaminated, by noise regime: the figures behind goal F5.

By hand, on a machine that does nothing else: each run takes about a second. Runs in which other processes used more than
10 % of a processor are left out and counted apart.

example: tests/noise/contamination_rates.py --build build/release --runs 300 --regimes idle,hog --evidence evidence.csv
"""
import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from machine import OTHERS_SHARE, REGIMES, Watch, noise, wait_for_quiet

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ("window_ns", "run_queue_wait_ns", "involuntary_switches", "major_faults", "steal_ns", "cpu_stall_ns", "memory_stall_ns")


def one_run(build, plugins, regime, seed, budget, rounds):
    """The record of one A/A run under a regime, and the share of one processor that others used meanwhile."""
    with tempfile.TemporaryDirectory(prefix="assay-rates-") as folder:
        environment = {**os.environ, "ASSAY_HOME": str(ROOT / "tests/stub_plugins/home"), "ASSAY_STATE": str(build / "test_state")}
        with Watch() as watch, noise(build, regime, seed):
            subprocess.run([build / "bin/assay", "compare", "stub.correct", "stub.twin", "--workload", "stub.table", "--datasets", "people-400",
                            "-p", f"rounds={rounds}", "--plugins", plugins, "--budget", str(budget), "--launches", "2", "--seed", str(seed),
                            "--no-report", "-q", "-o", f"{folder}/run"], check=True, env=environment, stdout=subprocess.DEVNULL)
        return json.loads(next(Path(f"{folder}/run/records").iterdir()).read_text()), watch.others


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=ROOT / "build/release")
    parser.add_argument("--runs", type=int, default=20, help="of each regime")
    parser.add_argument("--regimes", default="idle,hog", help=", ".join(REGIMES))
    parser.add_argument("--budget", type=float, default=1.0, help="seconds of a run")
    parser.add_argument("--rounds", type=int, default=1000, help="work of the stub; 1000 is about a millisecond")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patience", type=float, default=0, help="seconds to wait before each run for others to be quiet")
    parser.add_argument("--evidence", type=Path, help="also append every sample's evidence to this CSV")
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    regimes = arguments.regimes.split(",")
    if unknown := set(regimes) - set(REGIMES):
        parser.error(f"unknown regime {', '.join(unknown)}; known: {', '.join(REGIMES)}")
    counts = {regime: {"runs": 0, "contaminated": 0, "left out": 0} for regime in regimes}
    with tempfile.TemporaryDirectory(prefix="assay-plugins-") as plugins:
        for stub in ("correct", "twin"):
            (Path(plugins) / f"stub.{stub}.so").symlink_to(build / f"stub_plugins/stub.{stub}.so")
        for run in range(arguments.runs):
            for regime in regimes:
                seed = arguments.seed + run
                wait_for_quiet(arguments.patience)
                record, others = one_run(build, plugins, regime, seed, arguments.budget, arguments.rounds)
                judged = record["contamination"]
                disturbed = others > OTHERS_SHARE
                count = counts[regime]
                count["left out" if disturbed else "runs"] += 1
                count["contaminated"] += judged["contaminated"] and not disturbed
                verdict = next((row["verdict"] for row in record["comparisons"] if row["metric"] == "time/total"), "-")
                print(f"{regime} seed {seed} others {others:.3f} disturbed {judged['disturbed_samples']}/{judged['samples']} "
                      f"wait {judged['wait_share']:.4f} steal {judged['steal_share']} stall {judged['cpu_stall_share']:.3f} {verdict} "
                      f"{'contaminated: ' + '; '.join(judged['reasons']) if judged['contaminated'] else 'clean'}"
                      f"{' (left out)' if disturbed else ''}", flush=True)
                if arguments.evidence and not disturbed:
                    new = not arguments.evidence.exists()
                    with arguments.evidence.open("a", newline="") as file:
                        writer = csv.writer(file, lineterminator="\n")
                        if new:
                            writer.writerow(["regime", "seed", "arm", *FIGURES])
                        for sample in record["samples"]:
                            writer.writerow([regime, seed, sample["arm"], *("" if sample[f] is None else sample[f] for f in FIGURES)])
    for regime, count in counts.items():
        print(f"{regime}: {count['contaminated']} of {count['runs']} runs contaminated, {count['left out']} left out (others were busy)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
