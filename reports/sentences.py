"""Verdicts as sentences: what a reader who skips every table should take away."""
from collections import Counter

from reports.units import FRACTION_BELOW, change, percent, quantity, significant
from reports.words import CASE_WORDS, CLAIM_WORDS, OUTCOME_WORDS, confidence, metric_name, plural, prose, reason_words, verdict_word


def ledger_sentence(rows):
    """'5 of 28 claims could be tested here: 1 confirmed, 3 overstated, 1 refuted; 23 untestable.'"""
    counts = Counter(row["verdict"] for row in rows)
    untestable = counts.pop("UNTESTABLE", 0)
    tested = len(rows) - untestable
    if not tested:
        return f"None of {plural(len(rows), 'claim')} could be tested here; all {untestable} are untestable."
    parts = ", ".join(f"{counts[verdict]} {word}" for verdict, word in CLAIM_WORDS.items() if counts[verdict])
    rest = f"; {untestable} untestable" if untestable else ""
    return f"{tested} of {plural(len(rows), 'claim')} could be tested here: {parts}{rest}."


def cases_sentence(records):
    """'18 cases were run: 4 faster, 12 equally fast; 1 crashed.' Counts the headline time of each complete case."""
    if not records:
        return "No case was run."
    verdicts = Counter(headline_verdict(record) for record in records if record["outcome"] == "ok")
    failures = Counter(record["outcome"] for record in records if record["outcome"] != "ok")
    good = ", ".join(f"{verdicts[verdict]} {word}" for verdict, word in CASE_WORDS.items() if verdicts[verdict])
    bad = ", ".join(f"{failures[outcome]} {word}" for outcome, word in OUTCOME_WORDS.items() if failures[outcome])
    return f"{plural(len(records), 'case')} {'was' if len(records) == 1 else 'were'} run: {'; '.join(filter(None, (good, bad)))}."


def comparison(record, metric):
    return next((row for row in record["comparisons"] if row["metric"] == metric), None)


def headline_verdict(record):
    row = comparison(record, "time/total")
    return row["verdict"] if row else "NOT_MEASURED"


def effect(ratio, unit, of="time"):
    """'8.3 % less time', '3.20 times as much time', '1/47.0 of the time': the ratio in words."""
    less, more = {"count": ("fewer", "more")}.get(unit, ("less", "more"))
    if 0 < ratio < FRACTION_BELOW:
        return f"1/{significant(1 / ratio)} of the {of}"
    if ratio > 2:
        return f"{significant(ratio)} times as {'many' if unit == 'count' else 'much'} {of}"
    if abs(ratio - 1) < 0.0005:
        return f"the same {of}" if unit != "count" else f"as many {of}"
    return f"{percent(ratio - 1)} {less if ratio < 1 else more} {of}"


def interval_words(row):
    if row["interval"] is None:
        return ""
    interval = row["interval"]
    return (f"{confidence(interval)} interval {change(interval['low']).text} to {change(interval['high']).text}")


def case_sentences(record):
    """The verdict on time, then memory, as a list of sentences."""
    baseline, candidate = record["baseline"]["variant"], record["candidate"]["variant"]
    if record["outcome"] != "ok":
        return [f"No time is shown: {candidate} against {baseline} {OUTCOME_WORDS[record['outcome']]}."]
    return [sentence for sentence in (time_sentence(record, baseline, candidate), memory_sentence(record), control_sentence(record)) if sentence]


def time_sentence(record, baseline, candidate):
    row = comparison(record, "time/total")
    if row is None or row["verdict"] == "NOT_MEASURED" or row["ratio"] is None:
        reason = row["reason"] if row and row["reason"] else "no comparison of the total time was recorded"
        return f"Time was not measured: {reason}."
    amount, interval = effect(row["ratio"], "ns"), interval_words(row)
    margin = f"the margin of {percent(row['margin'])}" if row["margin"] is not None else "the margin"
    bracket = f" ({interval})" if interval else ""
    return {
        "IMPROVED": f"{candidate} is faster than {baseline}: it takes {amount}{bracket}.",
        "REGRESSED": f"{candidate} is slower than {baseline}: it takes {amount}{bracket}.",
        "EQUIVALENT": f"{candidate} and {baseline} are equally fast: the difference, {amount}{bracket}, lies inside {margin}.",
        "NOT_SLOWER": f"{candidate} is not slower than {baseline} by more than {margin}; whether it is faster is not decided{bracket}.",
        "INCONCLUSIVE": f"No verdict on time{bracket}: {detectable(row)}.",
    }.get(row["verdict"], f"{candidate} takes {amount} compared with {baseline}{bracket}.")


def detectable(row):
    if row["reason"] is not None and row["reason"] != "spans_margin":
        return reason_words(row["reason"])
    if row["minimum_detectable_effect"] is None:
        return "the measurements scatter too much for one"
    return f"this run could only have found a change of {percent(row['minimum_detectable_effect'])} or more"


def memory_sentence(record):
    parts = []
    for metric, noun in (("memory/peak_live_bytes", "peak memory"), ("memory/allocations", "allocations")):
        row = comparison(record, metric)
        if row is None or row["ratio"] is None:
            continue
        verb = "needs" if row["unit"] == "bytes" else "makes"
        before, after = (quantity(row[side], row["unit"]).text for side in ("baseline", "candidate"))
        sizes = f" ({after} instead of {before})" if before != after else ""
        parts.append(f"{verb} {effect(row['ratio'], row['unit'], noun)}{sizes}")
    return f"It {' and '.join(parts)}." if parts else "Memory was not measured."


def control_sentence(record):
    """Only when the run's own control went wrong: then its other verdicts deserve doubt."""
    control = record["control"]
    if control is None:
        return "No A/A control was taken, so this run cannot say how far to trust itself."
    if control["verdict"] in ("REGRESSED", "IMPROVED"):
        return (f"Caution: the A/A control called a change of {change(control['ratio']).text} between two copies of {record['baseline']['variant']}; "
                "something else disturbed this run.")
    return ""


def claim_sentence(row, result):
    """How one measured effect stands to what was claimed."""
    measured = result["measured"]
    found = f"measured {change(measured['ratio']).text}" if measured else "not measured"
    claimed = prose(result["claimed"]["text"])
    return f"{row['id']} claims \u201c{claimed}\u201d. {metric_name(result['metric'])}: {found}; {verdict_word(result['verdict']).lower()}."


def equivalence_sentence(record):
    facts = record["equivalence"]
    rows = "" if facts["rows"] is None else f" ({quantity(facts['rows'], 'count').text} rows)"
    answer = {
        "equal": f"Both variants gave the same answer{rows}, compared on the timed runs themselves",
        "different": "The two variants gave different answers, so no time is shown",
        "not_compared": "The answers were not compared",
    }[facts["status"]]
    return answer + "."


def reference_sentence(reference):
    text = {
        "equal": f"The slow reference {reference['variant'] or ''} gives this answer too".replace("  ", " "),
        "different": f"The slow reference {reference['variant'] or ''} gives another answer".replace("  ", " "),
        "not_run": "The slow reference was not run",
    }[reference["status"]]
    return f"{text}: {reference['reason']}." if reference["reason"] else text + "."


def challenge_sentence(challenge):
    text = {
        "equal": "Given other data in between, the candidate computed its answer anew",
        "different": "Given other data, the candidate gave a wrong answer",
        "stale": "Given other data, the candidate repeated an old answer",
        "not_run": "The challenge with other data was not run",
    }[challenge["status"]]
    return f"{text}: {challenge['reason']}." if challenge["reason"] else text + "."
