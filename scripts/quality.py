#!/usr/bin/env python3
"""Measures how well the matcher finds true pairs on public data, and writes docs/quality.md from what it measured."""
import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import quality_page
from quality_data import ALL_COLUMNS, DATA_SETS, NAME_KEYS, NAMES_ONLY, prepare

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = "matcher-quality/1"
# The case rule scores nothing it accepts below 56, so its sweep is finer at the top; MAX3 needs the low ones.
CASE_THRESHOLDS = (0, 60, 70, 80, 85, 88, 90, 92, 95, 98)
MAX3_THRESHOLDS = (0, 40, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95)
THRESHOLDS = {"A1": (None,), "A2": (None,), "A3": CASE_THRESHOLDS, "A4": CASE_THRESHOLDS, "A7-TIERS": CASE_THRESHOLDS,
              "A7-LEVENSHTEIN": MAX3_THRESHOLDS, "MAX3": MAX3_THRESHOLDS}
EXACT = ("A1", "A2")  # do not ask for a threshold, and a profile changes nothing in them
CASE_RULE_AND_MAX3 = ("A3", "A4", "MAX3")  # the algorithms that have a choice of birthdate tests
OTHER_SCORED = ("A7-TIERS", "A7-LEVENSHTEIN")
EXAMPLE = """example:
  cmake --preset release && cmake --build --preset release --target matcher_program
  scripts/quality.py                                   # all sets, writes docs/quality.md and reports/published/quality.json
  scripts/quality.py --sets febrl1 --output page.md --json figures.json --prepared build/quality
"""


@dataclass(frozen=True)
class Setting:
    """One way to run the matcher; the threshold is apart because it is swept."""
    algorithm: str
    profile: str = "peer"
    birthdate: str = "equal"
    columns: str = NAMES_ONLY
    keys: str = "none"
    result: str = "all"  # a selection of `evaluate`, or "clusters" of `dedupe`


def settings_of(data_set):
    """Every sensible combination, the matcher's own default (A3) among them."""
    yield from (Setting(algorithm) for algorithm in EXACT)
    key_sets = [(NAMES_ONLY, name) for name in NAME_KEYS] + [(ALL_COLUMNS, "chosen keys")]
    for algorithm in CASE_RULE_AND_MAX3:
        yield from (Setting(algorithm, birthdate=birthdate) for birthdate in ("equal", "swap"))
        yield from (Setting(algorithm, "peer", "any", columns, keys) for columns, keys in key_sets)
        yield Setting(algorithm, "sound")
        yield from (Setting(algorithm, "sound", "any", columns, keys) for columns, keys in (key_sets[0], key_sets[-1]))
    for algorithm in OTHER_SCORED:
        yield from (Setting(algorithm, profile) for profile in ("peer", "sound"))
    yield from (Setting("A7-TIERS", "peer", "equal", columns, keys) for columns, keys in key_sets)
    others = ("best", "greedy", "optimal") if len(data_set.files) == 2 else ("clusters",)
    for result in others:
        for algorithm in ("A4", "MAX3"):
            yield Setting(algorithm, result=result)
            yield from (Setting(algorithm, "peer", "any", columns, keys, result) for columns, keys in key_sets)


def keys_of(data_set, setting):
    if setting.keys == "none":
        return ()
    return data_set.all_keys if setting.columns == ALL_COLUMNS else NAME_KEYS[setting.keys]


def options_of(data_set, setting, threshold):
    options = list(data_set.reading)
    if setting.columns == ALL_COLUMNS:
        for name in data_set.unmapped:
            del options[options.index(name) - 1:options.index(name) + 1]
        options += data_set.mapped
    options += ["--algorithm", setting.algorithm, "--profile", setting.profile, "--birthdate", setting.birthdate]
    if threshold is not None:
        options += ["--threshold", str(threshold)]
    for key in keys_of(data_set, setting):
        options += ["--block", key]
    return options + ["--threads", "1"]


def run(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"quality.py: exit code {done.returncode} of: {' '.join(map(str, command))}\n{done.stderr}")
    return done.stdout


def ratio(part, whole):
    return part / whole if whole else None


def quality(found, correct, expected):
    return {"true_pairs": expected, "found": found, "correct": correct, "precision": ratio(correct, found),
            "recall": ratio(correct, expected), "f1": ratio(2 * correct, found + expected)}


def pair_count(sizes):
    return sum(size * (size - 1) // 2 for size in sizes)


def cluster_quality(lines, persons):
    """Quality of the pairs that are in one cluster; persons: the true person of each id."""
    rows = [line.split(",")[:2] for line in lines[1:]]
    found = pair_count(Counter(cluster for _, cluster in rows).values())
    correct = pair_count(Counter((cluster, persons[row_id]) for row_id, cluster in rows).values())
    return quality(found, correct, pair_count(Counter(persons.values()).values()))


class Runner:
    """Runs the matcher on one prepared set."""

    def __init__(self, matcher, prepared):
        self.matcher, self.prepared, self.version = matcher, prepared, None

    def command(self, setting, threshold):
        kind = "dedupe" if setting.result == "clusters" else "evaluate"
        command = [self.matcher, kind, *self.prepared.paths, *options_of(self.prepared.data_set, setting, threshold),
                   "--bad-dates", "empty"]
        if kind == "dedupe":
            return [*command, "--quiet", "--summary", "none", "--output", "-"]
        return [*command, "--truth", self.prepared.truth_path, "--select", setting.result, "--json"]

    def measure(self, setting, threshold):
        output = run(self.command(setting, threshold))
        if setting.result == "clusters":
            figures = cluster_quality(output.splitlines(), self.prepared.groups[0])
            return {"quality": figures, "lost": None, "keys": None, "pairs_tested": None, "seconds": None, "options": None}
        report = json.loads(output)
        figures = report["quality"]
        expected = self.prepared.facts["true_pairs"]
        if figures["true_pairs"] != expected or report["truth"]["unknown_ids"]:
            sys.exit(f"quality.py: {self.prepared.data_set.name}: the matcher knows {figures['true_pairs']} true pairs, not {expected}")
        self.version = report["version"]
        tested = sum(key["pairs_tested"] for key in report["keys"]) if report["keys"] else None
        return {"quality": figures, "lost": report["lost"], "keys": report["keys"], "pairs_tested": tested,
                "seconds": report["seconds"]["match"], "options": report["options"]}


def sweep(runner, setting):
    """[(threshold, found, correct)] for a setting; no threshold for the exact algorithms."""
    rows = []
    for threshold in THRESHOLDS[setting.algorithm]:
        figures = runner.measure(setting, threshold)["quality"]
        rows.append((threshold, figures["found"], figures["correct"]))
    return rows


def best_of(curves, expected, wanted):
    """(setting, threshold) of the greatest F1 among the curves wanted; the first of equals."""
    scored = [(2 * correct / (found + expected), setting, threshold)
              for setting, rows in curves.items() if wanted(setting) for threshold, found, correct in rows]
    return max(scored, key=lambda entry: entry[0], default=(None, None, None))[1:]


def shown(text, data_folder, folder):
    return str(text).replace(str(data_folder), "$DATA").replace(str(folder), "$PREPARED")


def measure_set(matcher, data_set, data_folder, folder):
    """Everything about one set as JSON: facts, curves, and the settings worth showing in full."""
    prepared = prepare(data_set, data_folder, folder)
    runner = Runner(matcher, prepared)
    curves = {setting: sweep(runner, setting) for setting in settings_of(data_set)}
    expected = prepared.facts["true_pairs"]

    def entry(setting, threshold):
        words = [shown(word, data_folder, folder) for word in runner.command(setting, threshold)[1:]]
        return {"setting": {**asdict(setting), "threshold": threshold, "blocking_keys": keys_of(data_set, setting)},
                **runner.measure(setting, threshold), "command": words}

    def best(wanted):
        setting, threshold = best_of(curves, expected, wanted)
        return entry(setting, threshold) if setting else None

    pairs = {"best_names": best(lambda s: s.columns == NAMES_ONLY and s.result == "all"),
             "best_all": best(lambda s: s.columns == ALL_COLUMNS and s.result == "all"),
             "best_names_chosen": best(lambda s: s.columns == NAMES_ONLY and s.result != "all"),
             "best_all_chosen": best(lambda s: s.columns == ALL_COLUMNS and s.result != "all")}
    algorithms = {}
    for algorithm in (*EXACT, *CASE_RULE_AND_MAX3, *OTHER_SCORED):
        algorithms[algorithm] = {
            "at_95": entry(Setting(algorithm), None if algorithm in EXACT else 95),
            "best_names": best(lambda s, a=algorithm: s.algorithm == a and s.columns == NAMES_ONLY and s.result == "all"),
            "best_all": best(lambda s, a=algorithm: s.algorithm == a and s.columns == ALL_COLUMNS and s.result == "all")}
    skipping = skipping_rows(runner, prepared) if prepared.facts["impossible_dates"] else None
    return {"name": data_set.name, "facts": prepared.facts, "oddities": data_set.oddities, "peers": data_set.peers,
            "mapped": data_set.mapped[1::2], "all_keys": data_set.all_keys, "sibling": data_set.sibling or None, "version": runner.version,
            "default": entry(Setting("A3"), 95), **pairs, "algorithms": algorithms, "skipping_rows": skipping,
            "curves": [{**asdict(setting), "rows": rows} for setting, rows in curves.items()]}


def skipping_rows(runner, prepared):
    """What --on-error skip makes of the files: rows lost, and true pairs that are lost with them."""
    report = json.loads(run([runner.matcher, "evaluate", *prepared.paths, *options_of(prepared.data_set, Setting("A1"), None),
                             "--truth", prepared.truth_path, "--on-error", "skip", "--json"]))
    rows = sum(report[side]["bad_rows"] for side in ("left", "right") if report[side])
    return {"rows_lost": rows, "pairs_lost": report["truth"]["pairs_without_row"]}


def add_sibling_checks(sets):
    """What a setting chosen on a set of the same generator gives here: no figure of this set went into the choice."""
    by_name = {one["name"]: one for one in sets}
    for one in sets:
        one["chosen_elsewhere"] = {}
        other = by_name.get(one["sibling"])
        for group in ("best_names", "best_all", "best_names_chosen", "best_all_chosen"):
            if other and other[group]:
                one["chosen_elsewhere"][group] = at_setting(one, other[group]["setting"])


def at_setting(one, setting):
    for curve in one["curves"]:
        if all(setting[name] == value for name, value in curve.items() if name != "rows"):
            for threshold, found, correct in curve["rows"]:
                if threshold == setting["threshold"]:
                    return quality(found, correct, one["facts"]["true_pairs"])
    return None


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, epilog=EXAMPLE, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data/public", help="folder of the public data sets")
    parser.add_argument("--matcher", type=Path, default=ROOT / "build/release/bin/matcher", help="the program to measure")
    parser.add_argument("--output", type=Path, default=ROOT / "docs/quality.md", help="the page to write")
    parser.add_argument("--json", type=Path, default=ROOT / "reports/published/quality.json", help="all figures")
    parser.add_argument("--sets", nargs="+", choices=[one.name for one in DATA_SETS],
                        help="only these sets; the others stay as an earlier run of this program left them")
    parser.add_argument("--jobs", type=int, default=1, help="sets to measure at the same time; more than one disturbs the times")
    parser.add_argument("--prepared", type=Path, help="keep the truth files there; default: a temporary folder")
    parser.add_argument("--page-only", action="store_true", help="write the page from the figures in --json, measure nothing")
    return parser.parse_args()


def measure(options, folder):
    """The figures of the sets asked for, as plain JSON."""
    def one(data_set):
        figures = measure_set(options.matcher, data_set, options.data, folder)
        print(f"measured {data_set.name}", flush=True)
        return figures

    wanted = [data_set for data_set in DATA_SETS if not options.sets or data_set.name in options.sets]
    wanted.sort(key=lambda data_set: -sum((options.data / file).stat().st_size for file in data_set.files))  # the longest first
    with ThreadPoolExecutor(options.jobs) as pool:  # the work is in the matcher's processes
        sets = list(pool.map(one, wanted))
    return json.loads(json.dumps({
        "schema": SCHEMA, "matcher_version": run([options.matcher, "--version"]).strip(),
        "program_sha256": hashlib.sha256(options.matcher.read_bytes()).hexdigest(), "thresholds": THRESHOLDS, "name_keys": NAME_KEYS,
        "sets": sets}))


def with_earlier_sets(figures, path):
    """Adds the sets that an earlier run of the same program left in the JSON file, in the order of DATA_SETS."""
    sets = {one["name"]: one for one in figures["sets"]}
    if path.is_file():
        earlier = json.loads(path.read_text(encoding="utf-8"))
        if all(earlier.get(name) == figures[name] for name in ("schema", "program_sha256", "thresholds", "name_keys")):
            sets = {one["name"]: one for one in earlier["sets"]} | sets
    return {**figures, "sets": [sets[data_set.name] for data_set in DATA_SETS if data_set.name in sets]}


def main():
    options = arguments()
    if options.page_only:
        figures = json.loads(options.json.read_text(encoding="utf-8"))
    else:
        if not options.data.is_dir() or not options.matcher.is_file():
            sys.exit(f"quality.py: needs the data in '{options.data}' and the program '{options.matcher}'; see --help")
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.prepared or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            figures = with_earlier_sets(measure(options, folder), options.json)
        add_sibling_checks(figures["sets"])
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(quality_page.json_text(figures), encoding="utf-8")
    options.output.write_text(quality_page.page(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
