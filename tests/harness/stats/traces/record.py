#!/usr/bin/env python3
"""Records how equal code differs from itself: one CSV of control pairs per family, for trace_test.cpp.

A family is a variant on a data set under a load. Each is run by `assay run` against itself, six launches of up to 32
pairs; the pairs of baseline and control are kept with what disturbed them. Loads, made by processes of this script:
none; cpu, one process that computes for 5 to 150 ms and rests as long; memory, one that copies 64 MB in such bursts."""
import argparse
import csv
import datetime
import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[3]
FAMILIES = {  # name of the CSV: variant, data set, load
    "strings_alone": ("strings.copied", "people-2k", "none"),
    "strings_cpu": ("strings.copied", "people-2k", "cpu"),
    "strings_memory": ("strings.copied", "people-2k", "memory"),
    "vectors_alone": ("vectors.grown", "people-2k", "none"),
    "vectors_cpu": ("vectors.grown", "people-2k", "cpu"),
    "alloc_alone": ("alloc.malloc", "people-10k", "none"),
    "alloc_memory": ("alloc.malloc", "people-10k", "memory"),
    "phonetic_cpu": ("phonetic.cached", "people-10k", "cpu"),
    "score_alone": ("score.bitparallel", "people-2k", "none"),
    "build_memory": ("build.o3", "people-2k", "memory"),
}
COLUMNS = ("wall_ns", "cpu_ns", "wait_ns", "switches", "major_faults")
EXAMPLE = """example:
  tests/harness/stats/traces/record.py --build build/release              # all families, about five minutes
  tests/harness/stats/traces/record.py --build build/release strings_alone # one
"""


def busy_seconds():
    """Processor time used since boot by everybody, and by the finished children of this process."""
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    children = os.times()
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK"), children.children_user + children.children_system


def burst(load, seed):
    """Computes or copies in bursts of random length, for ever."""
    draw = random.Random(seed)
    block = bytearray(64 << 20) if load == "memory" else b""
    while True:
        end = time.monotonic() + draw.uniform(0.005, 0.150)
        while time.monotonic() < end:
            if load == "memory":
                block = bytearray(block)
            else:
                sum(range(1000))
        time.sleep(draw.uniform(0.005, 0.150))


def suite(variant, dataset):
    case = {"workload": "persons.match", "parameters": {"algorithm": "A3", "threshold": "95"}, "baseline": variant, "candidate": variant}
    return {"schema": "assay-suite/1", "id": "traces", "summary": "A variant against itself.", "seed": 7, "profile": "dirty",
            "datasets": [dataset], "cases": [case], "budget_seconds": 60, "launches": 6, "reference": "persons.reference",
            "limits": {"seconds": 120, "memory_bytes": 4 << 30}}


def run_case(build, variant, dataset):
    """The record of one case of `variant` against itself."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name in ("workloads", "datasets"):
            (home / name).symlink_to(ROOT / name)
        (home / "suites").mkdir()
        (home / "suites/traces.json").write_text(json.dumps(suite(variant, dataset)))
        environment = {**os.environ, "ASSAY_HOME": str(home), "ASSAY_STATE": os.environ.get("ASSAY_STATE", str(ROOT / ".assay"))}
        command = [str(build / "bin/assay"), "run", "traces", "--quiet", "--no-report", "--output", str(home / "run")]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"record.py: '{' '.join(command)}' ended with {done.returncode}:\n{done.stderr}")
        return json.loads(next((home / "run/records").glob("*.json")).read_text())


def of_sample(sample):
    """The columns of one sample."""
    noise = sample["noise"] if "noise" in sample else sample
    return (sample["prepare_ns"] + sample["run_ns"], sample["cpu_ns"], noise["run_queue_wait_ns"], noise["involuntary_switches"],
            noise["major_faults"])


def pairs_of(record):
    """The n-th sample of one arm and the n-th of another are a pair (harness/plan/schedule.hpp)."""
    arms = {arm: [s for s in record["samples"] if s["arm"] == arm] for arm in ("baseline", "control")}
    for baseline, control in zip(arms["baseline"], arms["control"], strict=True):
        yield baseline["launch"], of_sample(baseline), of_sample(control)


def write_trace(name, build):
    """Records one family; the first line of the file says how busy others kept the machine meanwhile."""
    variant, dataset, load = FAMILIES[name]
    start, (all_before, own_before) = time.monotonic(), busy_seconds()
    noise = [multiprocessing.Process(target=burst, args=(load, 1), daemon=True)] if load != "none" else []
    for process in noise:
        process.start()
    record = run_case(build, variant, dataset)
    for process in noise:
        process.terminate()
        process.join()
    all_after, own_after = busy_seconds()
    others = (all_after - all_before - (own_after - own_before)) / (time.monotonic() - start)
    about = f"{variant} against itself, {dataset}, load: {load}; other processes kept {max(others, 0):.2f} cores busy; {datetime.date.today()}"
    rows = list(pairs_of(record))
    with (HERE / f"{name}.csv").open("w", newline="") as file:
        file.write(f"# {about}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["launch", *(f"baseline_{c}" for c in COLUMNS), *(f"control_{c}" for c in COLUMNS)])
        writer.writerows([launch, *baseline, *control] for launch, baseline, control in rows)
    print(f"{name}: {len(rows)} pairs; {about}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, epilog=EXAMPLE, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("families", nargs="*", metavar="FAMILY", help=f"of {', '.join(FAMILIES)}; default: all")
    parser.add_argument("--build", type=Path, default=ROOT / "build/release", metavar="FOLDER", help="holds bin/assay and plugins/")
    options = parser.parse_args()
    unknown = [name for name in options.families if name not in FAMILIES]
    if unknown:
        parser.error(f"unknown family '{unknown[0]}'; known: {', '.join(FAMILIES)}")
    for name in options.families or FAMILIES:
        write_trace(name, options.build.resolve())


if __name__ == "__main__":
    main()
