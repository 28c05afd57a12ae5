"""Writes a run folder with invented but realistic figures, for tests only; everything follows from the seed."""
import hashlib
import json
import math
import random
import statistics
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UTC = "2026-11-21T09:30:00Z"
ENVIRONMENT = {
    "cpu_model": "AMD EPYC 9B45", "cores": 2, "memory_bytes": 25_281_511_424, "kernel": "Linux 6.1.0-37-amd64", "libc": "glibc 2.36",
    "compiler": "g++ 12.2.0", "clock": "CLOCK_MONOTONIC_RAW", "git_revision": "6a718eab0c5d", "git_dirty": False,
    "load_average": [0.42, 0.31, 0.22], "steal_ticks": 0, "governor": None, "hardware_counters": False, "pinned_cpus": [1],
}
# variant pair -> true ratio of total time, of peak memory, of allocations, milliseconds of the baseline at 100K
PAIRS = {
    ("strings.copied", "strings.interned"): (0.962, 0.538, 0.11, 214.0),
    ("alloc.malloc", "alloc.arena"): (0.905, 1.21, 0.002, 208.0),
    ("vectors.grown", "vectors.reserved"): (0.981, 0.93, 0.31, 201.0),
    ("phonetic.per_pair", "phonetic.cached"): (0.743, 1.02, 0.64, 288.0),
    ("score.scalar", "score.bitparallel"): (0.612, 1.0, 1.0, 260.0),
    ("candidates.nested", "candidates.hashed"): (0.0187, 1.4, 3.6, 9800.0),
    ("build.o2", "build.o3"): (1.004, 1.0, 1.0, 203.0),
    ("build.o3", "build.lto"): (0.991, 1.0, 1.0, 204.0),
    ("build.o3", "build.native"): (1.061, 1.0, 1.0, 204.0),
}


def write_run(folder, records=None, ledgers=None, **changes):
    """Writes run.json, records/ and ledgers; records: name -> record (default: the whole quick suite), changes: fields of run.json."""
    folder = Path(folder)
    records = quick_records() if records is None else records
    ledgers = {"name_matcher": ledger(records)} if ledgers is None else ledgers
    (folder / "records").mkdir(parents=True, exist_ok=True)
    for name, record in records.items():
        write(folder / "records" / name, record)
    for name, value in ledgers.items():
        write(folder / f"ledger-{name}.json", value)
    run = {"schema": "assay-run/1", "created_utc": UTC, "finished_utc": "2026-11-21T09:34:12Z", "suite": "quick", "audits": sorted(ledgers),
           "datasets": ["people-10k", "people-100k"], "command": "assay run quick --audit name_matcher --seed 42 -o runs/2026-11-21",
           "seed": 42, "environment": ENVIRONMENT, "records": list(records), "ledgers": [f"ledger-{name}.json" for name in ledgers], "interrupted": False}
    write(folder / "run.json", {**run, **changes})
    return folder


def write(path, value):
    path.write_text(json.dumps(value, indent=1), encoding="utf-8")


def quick_records():
    records = {}
    for baseline, candidate in PAIRS:
        for dataset in ("people-10k", "people-100k"):
            if dataset == "people-100k" and baseline == "candidates.nested":
                continue
            records[f"{candidate}-{dataset}.json"] = record(baseline, candidate, dataset)
    return records


def record(baseline, candidate, dataset="people-100k", pairs=60, seed=1):
    time, peak, allocations, milliseconds = PAIRS.get((baseline, candidate), (0.97, 1.0, 1.0, 200.0))
    scale = 1.0 if dataset == "people-100k" else 0.011 if baseline == "candidates.nested" else 0.1
    noise = random.Random(f"{baseline}{candidate}{dataset}{seed}")
    sigma = 0.011 if dataset == "people-100k" else 0.028
    test = [log_ratio(noise, time, sigma) for _ in range(pairs)]
    control = [log_ratio(noise, 1.0, sigma) for _ in range(pairs)]
    nanoseconds = milliseconds * scale * 1e6
    comparisons = [*times(nanoseconds, test, control), *memory_rows(scale, peak, allocations)]
    low, high = order_interval(control)
    return {
        "schema": "assay-result/1", "id": f"persons.match/{candidate}/{baseline}/{dataset}", "created_utc": UTC, "outcome": "ok", "reason": None,
        "command": f"assay compare {baseline} {candidate} --workload persons.match --set algorithm=A3 --set threshold=95 --dataset {dataset} --seed 42",
        "workload": {"id": "persons.match", "parameters": {"algorithm": "A3", "threshold": "95"}},
        "dataset": {"name": dataset, "profile": "dirty", "seed": 42, "digest": "sha256:" + sha(dataset),
                    "rows": {"left": 100_000 if scale == 1.0 else 10_000, "right": 100_000 if scale == 1.0 else 10_000}},
        "baseline": arm(baseline, nanoseconds, comparisons, "baseline"), "candidate": arm(candidate, nanoseconds * time, comparisons, "candidate"),
        "equivalence": {"status": "equal", "rows": 11_028, "digest": "9f3c" + sha(dataset)[:28], "counts": None, "differences": [],
                        "reference": {"status": "equal" if scale < 1 else "not_run", "variant": "persons.reference",
                                      "reason": None if scale < 1 else "100,000 x 100,000 rows are above the limit of the reference"},
                        "challenge": {"status": "equal", "reason": None}},
        "design": {"seed": 42, "launches": 3, "pairs": pairs, "control_pairs": len(control), "iterations": 1, "thread_budget": 2,
                   "budget_seconds": 8.0, "order": "mirrored blocks of baseline, candidate, control"},
        "samples": samples(noise, nanoseconds, test, control), "comparisons": comparisons,
        "control": {"ratio": math.exp(statistics.median(control)), "interval": interval(low, high), "pairs": len(control),
                    "verdict": "EQUIVALENT", "margin": margin(control)},
        "pair_log_ratios": test, "control_log_ratios": control, "environment": dict(ENVIRONMENT),
    }


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def log_ratio(noise, ratio, sigma):
    burst = noise.choice((-1, 1)) * noise.uniform(0.05, 0.3) if noise.random() < 0.04 else 0.0
    return round(math.log(ratio) + noise.gauss(0, sigma) + burst, 6)


def order_interval(logs):
    ordered, reach = sorted(logs), 1.4 * math.sqrt(len(logs))
    middle = len(logs) / 2
    return math.exp(ordered[max(0, int(middle - reach))]), math.exp(ordered[min(len(logs) - 1, int(middle + reach))])


def interval(low, high):
    return {"low": low, "high": high, "confidence": 0.951483, "method": "sign test, order statistics"}


def spread(logs):
    middle = statistics.median(logs)
    return 1.4826 * statistics.median(abs(value - middle) for value in logs)


def margin(control):
    return max(0.02, 1.2 * spread(control))


def comparison(metric, unit, kind, baseline, candidate, verdict, **more):
    ratio = None if baseline is None or candidate is None or not baseline else candidate / baseline
    row = {"metric": metric, "unit": unit, "kind": kind, "baseline": baseline, "candidate": candidate, "ratio": ratio, "interval": None,
           "pairs": None, "sigma": None, "margin": None, "minimum_detectable_effect": None, "verdict": verdict, "reason": None}
    return {**row, **more}


def time_verdict(low, high, edge):
    if low > 1 + edge:
        return "REGRESSED"
    if high < 1 - edge:
        return "IMPROVED"
    if 1 - edge < low and high < 1 + edge:
        return "EQUIVALENT"
    return "NOT_SLOWER" if high < 1 + edge else "INCONCLUSIVE"


def times(nanoseconds, test, control):
    rows = []
    for metric, share in (("time/total", 1.0), ("time/prepare", 0.22), ("time/run", 0.78), ("time/cpu", 0.98)):
        ratio, (low, high), edge = math.exp(statistics.median(test)), order_interval(test), margin(control)
        rows.append(comparison(metric, "ns", "statistical", round(nanoseconds * share), round(nanoseconds * share * ratio),
                               time_verdict(low, high, edge), ratio=ratio, interval=interval(low, high), pairs=len(test), sigma=spread(test),
                               margin=edge, minimum_detectable_effect=edge + 4.3 * spread(test) / math.sqrt(len(test))))
    return rows


def memory_rows(scale, peak, allocations):
    def exact(metric, unit, before, ratio):
        after = round(before * ratio)
        return comparison(metric, unit, "exact", before, after, "EQUAL" if after == before else "FEWER" if after < before else "MORE")
    return [exact("memory/allocations", "count", round(1_204_311 * scale), allocations),
            exact("memory/allocated_bytes", "bytes", round(168_244_900 * scale), min(1.0, peak)),
            exact("memory/peak_live_bytes", "bytes", round(91_350_016 * scale), peak),
            comparison("memory/peak_rss_bytes", "bytes", "statistical", round(131_072_000 * scale + 9e6), round(131_072_000 * scale * peak + 9e6),
                       "FEWER" if peak < 0.98 else "MORE" if peak > 1.02 else "EQUAL"),
            comparison("memory/minor_faults", "count", "statistical", None, None, "NOT_MEASURED", reason="the counter moved between identical runs")]


def arm(variant, nanoseconds, comparisons, side):
    found = {row["metric"].split("/")[1]: row[side] for row in comparisons if row["metric"].startswith("memory/")}
    return {
        "variant": variant, "summary": f"the engine with {variant.replace('.', ' ')}", "plugin_file": f"{variant}.so", "plugin_sha256": sha(variant),
        "build": "g++ 12.2.0 -O3 -DNDEBUG -fvisibility=hidden", "needs": [], "outcome": "ok", "reason": None,
        "cold": {"prepare_ns": round(nanoseconds * 0.31), "run_ns": round(nanoseconds * 0.95)},
        "median": {"prepare_ns": nanoseconds * 0.22, "run_ns": nanoseconds * 0.78, "collect_ns": 41_000.0, "total_ns": nanoseconds, "cpu_ns": nanoseconds * 0.98},
        "memory": {"allocations": found["allocations"], "allocated_bytes": found["allocated_bytes"], "peak_live_bytes": found["peak_live_bytes"],
                   "host_allocations": 12, "host_allocated_bytes": 882_240, "peak_rss_bytes": found["peak_rss_bytes"], "minor_faults": None,
                   "major_faults": 0, "device_peak_bytes": None, "pinned_peak_bytes": None, "reason": "no device"},
        "counters": {"candidates": 26_816},
    }


def samples(noise, nanoseconds, test, control, launches=3):
    made = []
    for index, logs in enumerate(zip(test, control)):
        for position, (name, factor) in enumerate((("baseline", 1.0), ("candidate", math.exp(logs[0])), ("control", math.exp(logs[1])))):
            total = nanoseconds * factor
            made.append({"launch": index * launches // len(test), "block": index // 2, "position": index % 2 * 3 + position, "arm": name,
                         "prepare_ns": round(total * 0.22), "run_ns": round(total * 0.78), "collect_ns": 41_000, "cpu_ns": round(total * 0.98),
                         "run_queue_wait_ns": round(noise.expovariate(1 / 9_000)), "involuntary_switches": int(noise.random() < 0.05),
                         "minor_faults": noise.randrange(40), "major_faults": 0})
    return made


def not_measured(record, outcome, reason):
    """The record as it looks when its candidate did not come through."""
    rows = [{**row, "baseline": None, "candidate": None, "ratio": None, "interval": None, "pairs": None, "sigma": None, "margin": None,
             "minimum_detectable_effect": None, "verdict": "NOT_MEASURED", "reason": reason} for row in record["comparisons"]]
    candidate = {**record["candidate"], "outcome": outcome, "reason": reason, "cold": None, "median": None, "memory": None, "counters": {}}
    facts = {**record["equivalence"], "status": "not_compared", "rows": None, "digest": None,
             "reference": {"status": "not_run", "variant": None, "reason": None}, "challenge": {"status": "not_run", "reason": None}}
    return {**record, "outcome": outcome, "reason": reason, "candidate": candidate, "comparisons": rows, "control": None, "samples": [],
            "pair_log_ratios": [], "control_log_ratios": [], "equivalence": facts}


def not_equivalent(record):
    broken = not_measured(record, "not_equivalent", "2 rows missing, 1 extra, 1 differing of 11,028")
    facts = {"status": "different", "rows": 11_028, "digest": "9f3c2ab1", "counts": {"missing": 2, "extra": 1, "differing": 1, "duplicate": 0},
             "reference": {"status": "different", "variant": "persons.reference", "reason": "the candidate differs, the baseline agrees"},
             "challenge": {"status": "stale", "reason": None},
             "differences": [{"kind": "missing", "key": "left_id=17 right_id=204", "column": None, "baseline": "rule=2 distance=1", "candidate": None},
                             {"kind": "differing", "key": "left_id=31 right_id=9", "column": "distance", "baseline": "1", "candidate": "2"}]}
    return {**broken, "equivalence": facts}


def ledger(records, audit=None):
    """The ledger that belongs to the records: the audit's claims beside the records' comparisons."""
    audit = audit or json.loads((ROOT / "audits" / "name_matcher.json").read_text(encoding="utf-8"))
    return {"schema": "assay-ledger/1", "document": audit["document"], "title": audit["title"], "source": audit["source"], "created_utc": UTC,
            "rows": [ledger_row(claim if covers(claim, records) else left_out(claim), records) for claim in audit["claims"]]}


def covers(claim, records):
    return any(f"{claim['candidate']}-{dataset}.json" in records for dataset in claim["datasets"])


def left_out(claim):
    """As a claim whose case was not part of the run."""
    return claim if claim["untestable"] else {**claim, "untestable": {"reason": "not part of this run"}}


def ledger_row(claim, records):
    results = [result for dataset in (claim["datasets"] or [None]) for effect in claim["effects"]
               for result in [ledger_result(claim, effect, dataset, records)]]
    verdict = next((result["verdict"] for result in reversed(results) if result["headline"]), "UNTESTABLE")
    deciding = next((result["reason"] for result in reversed(results) if result["headline"]), None)
    reason = claim["untestable"]["reason"] if claim["untestable"] else deciding
    kept = {key: claim[key] for key in ("id", "title", "tier", "domain", "statement", "stand", "note", "baseline", "candidate", "workload", "parameters")}
    return {**kept, "results": results, "verdict": "UNTESTABLE" if claim["untestable"] else verdict, "reason": reason}


def ledger_result(claim, effect, dataset, records):
    file = f"{claim['candidate']}-{dataset}.json"
    row = next((row for row in records[file]["comparisons"] if row["metric"] == effect["metric"]), None) if file in records else None
    claimed = {"text": effect["claimed"], "ratio_low": effect["ratio_low"], "ratio_high": effect["ratio_high"]}
    base = {"dataset": dataset, "record": file if file in records else None, "metric": effect["metric"], "claimed": claimed, "headline": effect["headline"]}
    if row is None or row["ratio"] is None:
        why = claim["untestable"]["reason"] if claim["untestable"] else "the case did not complete"
        return {**base, "measured": None, "verdict": "UNTESTABLE" if claim["untestable"] else "INCONCLUSIVE", "reason": why}
    ends = row["interval"] or {"low": None, "high": None}
    verdict, reason = claim_verdict(row, effect)
    return {**base, "measured": {"ratio": row["ratio"], "low": ends["low"], "high": ends["high"]}, "verdict": verdict, "reason": reason}


def claim_verdict(row, effect):
    if effect["ratio_high"] is None:
        return ("REVERSED" if row["verdict"] in ("REGRESSED", "MORE") else "CONFIRMED"), None
    if row["verdict"] in ("REGRESSED", "MORE"):
        return "REVERSED", "worse"
    if row["ratio"] < effect["ratio_low"]:
        return "UNDERSTATED", "beyond_claim"
    if row["ratio"] <= effect["ratio_high"]:
        return "CONFIRMED", "inside_claim"
    return ("OVERSTATED", "short_of_claim") if row["verdict"] in ("IMPROVED", "FEWER") else ("REFUTED", "no_gain")
