#!/usr/bin/env python3
"""Measures the matcher on generated persons and writes docs/performance.md and its figures as JSON."""
import argparse
import hashlib
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "example: scripts/performance.py --data people --rows 1m --repeats 9"
GOALS = {("1m", "A3"): (1.0, 1024), ("1m", "A1"): (0.4, None), ("10m", "A3"): (20.0, 10240)}  # seconds, MiB


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, epilog=EXAMPLE)
    parser.add_argument("--data", required=True, help="folder with <rows>/left.csv and right.csv, made by 'assay dataset make people-<rows> --csv'")
    parser.add_argument("--rows", nargs="+", default=["1m"], help="which of them, e.g. 1m 10m")
    parser.add_argument("--repeats", type=int, default=9, help="runs of each command, interleaved")
    parser.add_argument("--matcher", default=str(ROOT / "build/release/bin/matcher"))
    parser.add_argument("--python", default=sys.executable, help="a Python that has the duckdb module, for the comparison")
    parser.add_argument("--json", default=str(ROOT / "reports/published/performance.json"))
    parser.add_argument("--output", default=str(ROOT / "docs/performance.md"))
    return parser.parse_args()


def digest(path):
    sha = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            sha.update(block)
    return sha.hexdigest()


def run_matcher(matcher, folder, options, scratch):
    """Seconds by stage, wall seconds and peak memory of one run."""
    summary = scratch / "summary.json"
    command = [matcher, "match", str(folder / "left.csv"), str(folder / "right.csv"), *options, "-q", "-o", str(scratch / "matches.csv"),
               "--summary", str(summary)]
    start = time.perf_counter()
    subprocess.run(command, check=True)
    wall = time.perf_counter() - start
    said = json.loads(summary.read_text())
    return {"wall": wall, "peak_mib": said["peak_rss_bytes"] / 2**20, "pairs": said["result"]["matches"], **said["seconds"]}


DUCKDB = """
import duckdb, sys, time
c = duckdb.connect(); c.execute("set threads = %d" % int(sys.argv[3]))
t = time.perf_counter()
for n, p in (("l", sys.argv[1]), ("r", sys.argv[2])):
    c.execute(f"create table {n} as select id, lower(first_name) f, lower(last_name) s, birthdate d from read_csv('{p}')")
load = time.perf_counter() - t
t = time.perf_counter()
pairs = c.execute("select count(*) from (select l.id a, r.id b from l join r using (f, s, d))").fetchone()[0]
print(load, time.perf_counter() - t, pairs)
"""


def run_duckdb(python, folder):
    """Seconds to load both tables and to join them; None where the module is missing."""
    result = subprocess.run([python, "-c", DUCKDB, str(folder / "left.csv"), str(folder / "right.csv"), str(os.cpu_count())],
                            capture_output=True, text=True)
    if result.returncode != 0:
        return None
    load, join, pairs = result.stdout.split()
    return {"load": float(load), "join": float(join), "pairs": int(pairs)}


def spread(values):
    return {"min": min(values), "median": statistics.median(values), "max": max(values)}


def ratio_interval(numerators, denominators):
    """Median of paired ratios and the interval between the second and the last but one: 95 % or more from 9 pairs on."""
    ratios = sorted(a / b for a, b in zip(numerators, denominators))
    cut = 1 if len(ratios) >= 9 else 0
    return {"median": statistics.median(ratios), "low": ratios[cut], "high": ratios[-1 - cut], "pairs": len(ratios)}


def cases(rows):
    found = [("A1", []), ("A3", []), ("A4", []), ("A3, 1 thread", ["--threads", "1"]), ("A3 --memory 512M", ["--memory", "512M"])]
    return found if rows != "10m" else [("A1", []), ("A3", [])]


def measure(options, rows, scratch):
    folder = Path(options.data) / rows
    repeats = options.repeats if rows != "10m" else max(3, options.repeats // 3)
    runs = {name: [] for name, _ in cases(rows)}
    duckdb = []
    for repeat in range(repeats):
        for name, extra in cases(rows):
            runs[name].append(run_matcher(options.matcher, folder, ["-a", name.split()[0].rstrip(","), *extra], scratch))
        if rows != "10m":
            duckdb.append(run_duckdb(options.python, folder))
        print(f"{rows}: repeat {repeat + 1} of {repeats}", file=sys.stderr)
    known = [run for run in duckdb if run]
    compared = None
    if len(known) == repeats:
        exact = runs["A1"]
        compared = {"load": spread([d["load"] for d in known]), "join": spread([d["join"] for d in known]), "pairs": known[0]["pairs"],
                    "read_ratio": ratio_interval([r["read"] for r in exact], [d["load"] for d in known]),
                    "match_ratio": ratio_interval([r["match"] for r in exact], [d["join"] for d in known]),
                    "whole_ratio": ratio_interval([r["read"] + r["match"] for r in exact], [d["load"] + d["join"] for d in known])}
    return {"rows": rows, "repeats": repeats, "bytes": sum((folder / f).stat().st_size for f in ("left.csv", "right.csv")),
            "sha256": {f: digest(folder / f) for f in ("left.csv", "right.csv")}, "runs": runs, "duckdb": compared}


def table(measured):
    lines = ["| run | pairs | read, s | match, s | write, s | whole, s | peak, MiB | goal (match) |", "|---|---|---|---|---|---|---|---|"]
    for name, runs in measured["runs"].items():
        def cell(stage):
            values = [run[stage] for run in runs if stage in run]
            return "-" if not values else "{min:.2f} **{median:.2f}** {max:.2f}".format(**spread(values))
        goal = GOALS.get((measured["rows"], name))
        met = "-"
        if goal:
            seconds = statistics.median(run["match"] for run in runs)
            met = f"{goal[0]} s: {'met' if seconds < goal[0] else 'missed'}"
        lines.append(f"| {name} | {runs[0]['pairs']:,} | {cell('read')} | {cell('match')} | {cell('write')} | {cell('wall')} | "
                     f"{max(run['peak_mib'] for run in runs):.0f} | {met} |")
    return lines


def page(figures):
    template = (ROOT / "reports/templates/performance.md").read_text()
    sections = []
    for measured in figures["sets"]:
        sections += [f"## {measured['rows']} x {measured['rows']} persons", "",
                     f"`matcher match {measured['rows']}/left.csv {measured['rows']}/right.csv -a ALGORITHM -o matches.csv`, {measured['bytes'] / 1e6:.0f} MB of CSV, "
                     f"{measured['repeats']} interleaved runs: minimum, **median**, maximum. Data: SHA-256 of left.csv `{measured['sha256']['left.csv'][:16]}`, "
                     f"right.csv `{measured['sha256']['right.csv'][:16]}`.", "", *table(measured), ""]
        duck = measured["duckdb"]
        if duck:
            def shown(ratio):
                return f"{ratio['median']:.2f} [{ratio['low']:.2f}, {ratio['high']:.2f}]"
            sections += [f"DuckDB {figures['duckdb'] or ''} on the same files and machine, in the same interleaved runs, all cores: loading id, names and birthdate of both "
                         f"files {duck['load']['median']:.2f} s, the exact join on lower-case names and birthdate {duck['join']['median']:.2f} s "
                         f"({duck['pairs']:,} pairs). The matcher's A1 over DuckDB, ratio of seconds (below 1: the matcher is faster): reading {shown(duck['read_ratio'])}, "
                         f"matching over joining {shown(duck['match_ratio'])}, both together {shown(duck['whole_ratio'])}. Matching includes the normal forms "
                         "(accents, case, white space) that the join does without.", ""]
    return template.replace("{{ machine }}", figures["machine"]).replace("{{ version }}", figures["version"]).replace("{{ sections }}", "\n".join(sections))


def main():
    options = arguments()
    with tempfile.TemporaryDirectory() as scratch:
        sets = [measure(options, rows, Path(scratch)) for rows in options.rows]
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    duckdb = subprocess.run([options.python, "-c", "import duckdb; print(duckdb.__version__)"], capture_output=True, text=True).stdout.strip()
    figures = {"schema": "matcher-performance/1", "machine": f"{os.cpu_count()} cores, {model}", "duckdb": duckdb or None, "sets": sets,
               "version": subprocess.run([options.matcher, "--version"], capture_output=True, text=True, check=True).stdout.strip()}
    Path(options.json).write_text(json.dumps(figures, indent=1) + "\n")
    Path(options.output).write_text(page(figures))
    print(f"wrote {options.output} and {options.json}")


if __name__ == "__main__":
    main()
