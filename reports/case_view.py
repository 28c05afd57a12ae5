"""What the templates show of one case: sentences, pictures and tables; a case that is not ok shows no time."""
from reports import sentences, words
from reports.ledger_view import as_range
from reports.plots import Range, intervals, memory_bars, pair_ratios, run_order
from reports.units import NARROW, UNKNOWN, Quantity, change, percent, quantity, span

MEMORY_ROWS = (("peak_live_bytes", "Peak live", "bytes"), ("allocated_bytes", "Allocated in all", "bytes"),
               ("peak_rss_bytes", "Peak resident", "bytes"), ("allocations", "Allocations", "count"))
EXTRA_MEMORY_ROWS = (("device_peak_bytes", "Peak on the device", "bytes"), ("pinned_peak_bytes", "Peak pinned", "bytes"))
ARM_TIMES = (("First run of a process", "cold", ("prepare", "run")), ("Median run", "median", ("prepare", "run", "collect")))
NO_FIGURES = {"claims": None, "pairs": None, "order": None, "memory": None}


def case_view(record, anchor, claims, sketch):
    """claims: (ledger row, result) pairs that this record decides."""
    ok = record["outcome"] == "ok"
    return {
        "anchor": anchor,
        "id": record["id"],
        "baseline": record["baseline"]["variant"],
        "candidate": record["candidate"]["variant"],
        "dataset": record["dataset"],
        "workload": record["workload"],
        "outcome": record["outcome"],
        "reason": record["reason"],
        "verdict": sentences.headline_verdict(record) if ok else record["outcome"].upper(),
        "sentences": sentences.case_sentences(record),
        "claims": [sentences.claim_sentence(row, result) for row, result in claims if ok and result["headline"]],
        "figures": figures(record, claims, sketch) if ok else NO_FIGURES,
        "equivalence": equivalence_view(record["equivalence"], record),
        "comparisons": [comparison_view(row) for row in record["comparisons"]] if ok else [],
        "arms": arm_rows(record["baseline"], record["candidate"], ok),
        "design": design_sentence(record["design"]) if ok else None,
        "noise": noise_sentence(record["samples"], record.get("contamination")) if ok else None,
        "command": record["command"],
        "created_utc": record["created_utc"],
        "glance": glance(record, ok),
    }


def figures(record, claims, sketch):
    name = f"{record['candidate']['variant']} against {record['baseline']['variant']} on {record['dataset']['name']}"
    row = sentences.comparison(record, "time/total") or {}
    interval = row.get("interval")
    ends = (interval["low"], interval["high"]) if interval else None
    test, control = record["pair_log_ratios"], record["control_log_ratios"]
    ranges = claim_ranges(record, claims)
    return {
        "claims": intervals(sketch, ranges, f"{name}: claimed and measured") if ranges else None,
        "pairs": pair_ratios(sketch, test, control, ends, row.get("margin"), f"{name}: ratios of paired samples") if test else None,
        "order": run_order(sketch, test, control, launch_sizes(record), f"{name}: pairs in run order") if test else None,
        "memory": memory_figure(record, sketch, f"{name}: memory of both variants"),
    }


def claim_ranges(record, claims):
    shown = [(row, result) for row, result in claims if result["measured"] or result["claimed"]["ratio_high"] is not None]
    labels = [row["id"] if index == 0 or shown[index - 1][0] is not row else "" for index, (row, _) in enumerate(shown)]
    return [as_range(row, result, label, words.metric_name(result["metric"]), record) for label, (row, result) in zip(labels, shown)]


def launch_sizes(record):
    """Pairs of each launch; one launch if the samples do not add up to the pairs."""
    sizes = {}
    for sample in record["samples"]:
        if sample["arm"] == "candidate":
            sizes[sample["launch"]] = sizes.get(sample["launch"], 0) + 1
    pairs = len(record["pair_log_ratios"])
    return [sizes[launch] for launch in sorted(sizes)] if sum(sizes.values()) == pairs else [pairs]


def memory_figure(record, sketch, label):
    before, after = record["baseline"]["memory"], record["candidate"]["memory"]
    if before is None and after is None:
        return None
    before, after = before or {}, after or {}
    extra = [row for row in EXTRA_MEMORY_ROWS if before.get(row[0]) is not None or after.get(row[0]) is not None]
    return memory_bars(sketch, [(name, unit, before.get(key), after.get(key)) for key, name, unit in (*MEMORY_ROWS, *extra)], label)


def comparison_view(row):
    interval = row["interval"]
    return {
        "metric": words.metric_name(row["metric"]),
        "baseline": quantity(row["baseline"], row["unit"]),
        "candidate": quantity(row["candidate"], row["unit"]),
        "change": ratio_change(row),
        "interval": span(interval["low"], interval["high"]) if interval else None,
        "exact": row["kind"] == "exact",
        "confidence": f"{words.confidence(interval)}, {interval['method']}" if interval else None,
        "margin": f"\u00b1{NARROW}{percent(row['margin'])}" if row["margin"] is not None else None,
        "detectable": percent(row["minimum_detectable_effect"]) if row["minimum_detectable_effect"] is not None else None,
        "pairs": row["pairs"],
        "verdict": row["verdict"],
        "reason": words.reason_beside_verdict(row["reason"]),
    }


def ratio_change(row):
    """More than nothing against nothing was measured, but has no ratio."""
    if row["ratio"] is None and row["baseline"] == 0 and row["candidate"] is not None:
        return Quantity("from 0", "the baseline is 0, so there is no ratio")
    return change(row["ratio"])


def equivalence_view(facts, record):
    counts = facts["counts"]
    return {
        "status": facts["status"],
        "sentences": [sentences.equivalence_sentence(record), sentences.reference_sentence(facts["reference"]),
                      sentences.challenge_sentence(facts["challenge"])],
        "digest": facts["digest"],
        "counts": [(name, f"{counts[name]:,}") for name in ("missing", "extra", "differing", "duplicate")] if counts else [],
        "differences": facts["differences"],
    }


def arm_rows(baseline, candidate, timed):
    """(name, baseline, candidate) with Quantity values; timed: false keeps the times out, also those of the arm that went well."""
    rows = [(name, Quantity(str(baseline[key] or "\u2013"), ""), Quantity(str(candidate[key] or "\u2013"), ""))
            for name, key in (("Summary", "summary"), ("Build", "build"), ("Plugin", "plugin_file"))]
    rows.append(("SHA-256", digest(baseline["plugin_sha256"]), digest(candidate["plugin_sha256"])))
    rows.append(("Needs", *(Quantity(", ".join(arm["needs"]) or "nothing special", "") for arm in (baseline, candidate))))
    rows.append(("Outcome", *(Quantity(outcome_text(arm), "") for arm in (baseline, candidate))))
    for name, key, parts in ARM_TIMES if timed else ():
        rows.append((name, *(arm_times(arm[key], parts) for arm in (baseline, candidate))))
    for name in sorted({*baseline["counters"], *candidate["counters"]}):
        rows.append((f"Counter: {name.replace('_', ' ')}", *(quantity(arm["counters"].get(name), "count") for arm in (baseline, candidate))))
    return rows


def arm_times(times, parts):
    if times is None:
        return UNKNOWN
    found = [(part, quantity(times[f"{part}_ns"], "ns")) for part in parts]
    return Quantity(", ".join(f"{part} {time.text}" for part, time in found), ", ".join(f"{part} {time.exact}" for part, time in found))


def outcome_text(arm):
    text = arm["outcome"].replace("_", " ")
    return f"{text}: {arm['reason']}" if arm["reason"] else text


def digest(sha256):
    return Quantity(sha256[:16] + "\u2026", sha256) if sha256 else Quantity("unknown", "")


def design_sentence(design):
    return (f"{design['pairs']} pairs in {words.plural(design['launches'], 'launch').replace('launchs', 'launches')} of fresh processes, "
            f"{design['control_pairs']} control pairs, order {design['order']} with seed {design['seed']}, "
            f"{words.plural(design['iterations'], 'iteration')} per sample, {words.plural(design['thread_budget'], 'thread')}, "
            f"budget {design['budget_seconds']:g}{NARROW}s.{stopping_text(design)}{warm_up_text(design)}")


def stopping_text(design):
    return f" It could end at any look up to {design['most_pairs']} pairs." if "most_pairs" in design else ""


def warm_up_text(design):
    warm_up = design.get("warm_up")
    if not warm_up:
        return ""
    if warm_up["state"] == "no_steady_state":
        return " No steady state: in 30 samples of a launch the times of an arm were never flat within 1\u202f% (a noisy machine, or code that does not settle)."
    return f" Warm-up by rule: {warm_up['samples']} samples of each arm were thrown away."


def noise_sentence(samples, contamination=None):
    if not samples:
        return None
    waits = [sample["run_queue_wait_ns"] for sample in samples if sample["run_queue_wait_ns"] is not None]
    wait = f"longest wait for a processor {quantity(max(waits), 'ns').text}" if waits else "waits for a processor not measured"
    switched = sum(sample["involuntary_switches"] > 0 for sample in samples)
    faults = sum(sample["major_faults"] for sample in samples)
    sentence = f"{switched} of {len(samples)} samples were interrupted by another process, {wait}, {words.plural(faults, 'major page fault')}."
    if contamination and contamination["contaminated"]:
        sentence += f" Contaminated, measure again: {'; '.join(contamination['reasons'])}."
    return sentence


def glance(record, ok):
    """The row of the overview table."""
    rows = {name: sentences.comparison(record, metric) if ok else None
            for name, metric in (("time", "time/total"), ("memory", "memory/peak_live_bytes"), ("allocations", "memory/allocations"))}
    interval = rows["time"]["interval"] if rows["time"] else None
    return {
        **{name: ratio_change(row) if row else UNKNOWN for name, row in rows.items()},
        "interval": span(interval["low"], interval["high"]) if interval else None,
    }


def overview_rows(records):
    """One Range per complete case, for the forest plot of all cases."""
    rows, previous = [], None
    for record in records:
        row = sentences.comparison(record, "time/total") if record["outcome"] == "ok" else None
        if row is None or row["ratio"] is None:
            continue
        interval = row["interval"] or {"low": row["ratio"], "high": row["ratio"]}
        pair = record["candidate"]["variant"], record["baseline"]["variant"]
        rows.append(Range("" if pair == previous else pair[0], f"vs {record['baseline']['variant']}, {record['dataset']['name']}", None,
                          (row["ratio"], interval["low"], interval["high"]), row["margin"], words.verdict_word(row["verdict"])))
        previous = pair
    return rows
