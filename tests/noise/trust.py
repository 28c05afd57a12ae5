#!/usr/bin/env python3
"""Measures how often Assay's gate and three other tools call identical code slower, and how often they see that code is slower.

Each trial is one comparison by one tool on a machine that is idle or made noisy, with 0 to 10 % more work in the second program.
Trials are drawn in random order, so that a drift of the machine meets all tools alike; every one becomes a line of the raw data,
and more minutes add lines until each question has its number of trials. The page is made from the raw data alone.

example: tests/noise/trust.py measure --minutes 30
         tests/noise/trust.py page
"""
import argparse
import collections
import csv
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine import OTHERS_SHARE, Watch, model, noise, wait_for_quiet
from tools import TOOLS, hyperfine_version
from trust_page import write_page

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT / "reports/published/trust.csv"
COLUMNS = ("utc", "tool", "regime", "extra_percent", "budget_seconds", "seed", "verdict", "ratio", "samples", "wall_seconds", "others_share", "left_out", "machine",
           "hyperfine", "commit")
NOISY = ("idle", "bursts", "memory_bursts")
OTHERS = ("hyperfine", "google_benchmark", "criterion")



def commit():
    """Of the tree, with "-dirty" if a file other than the raw data is not as committed."""
    def git(*words):
        return subprocess.run(["git", *words], capture_output=True, text=True, cwd=ROOT).stdout.strip()
    changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", f":!{RAW.relative_to(ROOT)}")
    return git("describe", "--always") + ("-dirty" if changed else "")


PLACE = {"machine": f"{model()}, {len(os.sched_getaffinity(0))} CPUs, Linux {platform.release().split('-')[0]}", "hyperfine": hyperfine_version(),
         "commit": commit()}

Question = collections.namedtuple("Question", "tool regime extra budget trials")


def questions():
    """What is asked, and how often."""
    asked = []
    for regime in NOISY:
        asked.append(Question("assay", regime, 0, 1.0, 600))
        asked += [Question(tool, regime, 0, 1.0, 100) for tool in OTHERS]
        for extra in (1, 2, 3, 5, 10):
            asked += [Question(tool, regime, extra, 1.0, 30 if tool == "assay" else 15) for tool in ("assay", *OTHERS)]
        asked.append(Question("assay", regime, 5, 10.0, 20))
    asked.append(Question("assay", "idle", 3, 3.0, 30))
    asked += [Question("assay_margin_1", "idle", extra, 3.0, trials) for extra, trials in ((0, 100), (2, 60))]
    asked.append(Question("assay", "hog", 0, 1.0, 100))
    return asked


def key_of(row):
    return row["tool"], row["regime"], int(row["extra_percent"]), float(row["budget_seconds"])


def read_rows(path):
    if not path.exists():
        return []
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def trial(question, build, seed):
    """One line of the raw data."""
    with tempfile.TemporaryDirectory(prefix="assay-trust-") as folder:
        with Watch() as watch, noise(build, question.regime, seed):
            time.sleep(0.02)  # the noise begins first
            began = time.monotonic()
            result = TOOLS[question.tool](build, question.extra, question.budget, seed, folder)
            wall = time.monotonic() - began
    return {"utc": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "tool": question.tool, "regime": question.regime,
            "extra_percent": question.extra, "budget_seconds": question.budget, "seed": seed, "verdict": result.verdict,
            "ratio": "" if result.ratio is None else f"{result.ratio:.5f}", "samples": "" if result.samples is None else result.samples,
            "wall_seconds": f"{wall:.3f}", "others_share": f"{watch.others:.3f}", "left_out": int(watch.others > OTHERS_SHARE), **PLACE}


def measure(arguments):
    rows = read_rows(arguments.raw)
    have = collections.Counter(key_of(row) for row in rows if row["left_out"] == "0")
    seeds = collections.Counter(key_of(row) for row in rows)
    wanted = [question for question in questions() if not arguments.only or question.tool in arguments.only.split(",")]
    draw = random.Random(len(rows))
    end = time.monotonic() + arguments.minutes * 60
    fresh = not arguments.raw.exists()
    with arguments.raw.open("a", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if fresh:
            writer.writeheader()
        while time.monotonic() < end:
            # The rarest event needs the most trials, so identical code comes up twice as often as its number says.
            weights = [max(0, question.trials - have[question[:4]]) * (2 if question.tool == "assay" and question.extra == 0 else 1)
                       for question in wanted]
            if not any(weights):
                print("every question has its trials")
                break
            question = draw.choices(wanted, weights)[0]
            wait_for_quiet(arguments.patience)
            seeds[question[:4]] += 1
            row = trial(question, arguments.build, seeds[question[:4]])
            have[question[:4]] += row["left_out"] == 0
            writer.writerow(row)
            file.flush()
            print(f"{sum(have.values())}/{sum(q.trials for q in wanted)}", *list(row.values())[1:], flush=True)
    return 0


def page(arguments):
    write_page(read_rows(arguments.raw), questions(), ROOT / "docs/trust.md")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raw", type=Path, default=RAW, help="the raw data (CSV)")
    commands = parser.add_subparsers(required=True, metavar="measure|page")
    measuring = commands.add_parser("measure", help="take trials; on a machine that does nothing else")
    measuring.add_argument("--build", type=lambda text: Path(text).resolve(), default=ROOT / "build/release")
    measuring.add_argument("--minutes", type=float, default=30)
    measuring.add_argument("--only", help="tools, separated by commas")
    measuring.add_argument("--patience", type=float, default=0, help="seconds to wait before each trial for others to be quiet")
    measuring.set_defaults(action=measure)
    commands.add_parser("page", help="write docs/trust.md from the raw data").set_defaults(action=page)
    arguments = parser.parse_args()
    return arguments.action(arguments)


if __name__ == "__main__":
    sys.exit(main())
