"""What the templates show of the run as a whole: first sentences, notices, environment and method."""
from reports import sentences, words
from reports.units import percent, quantity

ENVIRONMENT = {
    "cpu_model": "Processor", "cores": "Cores", "memory_bytes": "Memory", "kernel": "Kernel", "libc": "C library", "compiler": "Compiler",
    "clock": "Clock", "git_revision": "Revision", "git_dirty": "Uncommitted changes", "load_average": "Load (1, 5, 15 min)",
    "steal_ticks": "Ticks stolen by the host", "governor": "Frequency governor", "hardware_counters": "Hardware counters",
    "pinned_cpus": "Pinned processors",
}


def first_sentences(run):
    """One verdict sentence per ledger, then one over the cases."""
    rows = [(ledger, sentences.ledger_sentence(ledger["rows"])) for ledger in run.ledgers]
    named = len(rows) > 1
    claims = [f"{ledger['document']}: {text}" if named else text for ledger, text in rows]
    return [*claims, sentences.cases_sentence([record.data for record in run.records])]


def notices(run):
    found = []
    if run.data.get("simulated") or any(record.data.get("simulated") for record in run.records):
        found.append("SIMULATED: nothing was measured; the times of this run were made up by a test.")
    if run.data["interrupted"]:
        found.append("This run was interrupted: what follows is what it had finished.")
    elif run.data["finished_utc"] is None:
        found.append("This run has no end time: it may still be going on or may have been cut short.")
    bad = [record for record in run.records if record.data["outcome"] != "ok"]
    if bad:
        found.append(f"{words.plural(len(bad), 'case')} did not complete and carr{'ies' if len(bad) == 1 else 'y'} no time; the reasons are given below.")
    disturbed = [record for record in run.records if (record.data["control"] or {}).get("verdict") in ("REGRESSED", "IMPROVED")]
    if disturbed:
        found.append(f"In {words.plural(len(disturbed), 'case')} the A/A control called a difference between two copies of the same code: read these with doubt.")
    resumed = [record for record in run.records if record.data["design"].get("takeovers")]
    if resumed:
        found.append(f"The run was resumed in the middle of {words.plural(len(resumed), 'case')}: part of the samples of one launch come from new processes.")
    unlisted = [record.file for record in run.records if record.file not in run.data["records"]]
    if unlisted:
        found.append(f"{words.plural(len(unlisted), 'record')} in the folder {'is' if len(unlisted) == 1 else 'are'} not listed in run.json: {', '.join(unlisted)}.")
    if any(hardware(record.data["environment"]) != hardware(run.data["environment"]) for record in run.records):
        found.append("Not all cases were measured on the machine described below.")
    return found


def hardware(environment):
    return environment["cpu_model"], environment["cores"], environment["memory_bytes"], environment["kernel"]


def environment_rows(environment):
    """(name, text): the known facts first, then whatever else was recorded."""
    names = [*ENVIRONMENT, *sorted(key for key in environment if key not in ENVIRONMENT)]
    return [(ENVIRONMENT.get(name, name.replace("_", " ").capitalize()), fact(name, environment[name])) for name in names if name in environment]


def fact(name, value):
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(fact("", item) for item in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {fact(key, item)}" for key, item in value.items()) or "none"
    if name.endswith("_bytes"):
        return quantity(value, "bytes").text
    return f"{value:g}" if isinstance(value, float) else str(value)


def method_facts(records):
    """Ranges over the complete cases that the method paragraph quotes; None where nothing was measured."""
    rows = [row for record in records if record["outcome"] == "ok" for row in record["comparisons"] if row["metric"] == "time/total" and row["interval"]]
    if not rows:
        return None
    weakest = min((row["interval"] for row in rows), key=lambda interval: interval["confidence"])
    margins = [row["margin"] for row in rows if row["margin"] is not None]
    return {
        "cases": len(rows),
        "methods": sorted({row["interval"]["method"] for row in rows}),
        "confidence": words.confidence(weakest),
        "misses": f"{sum(1 - row['interval']['confidence'] for row in rows):.1f}",
        "margins": both_ends([percent(margin) for margin in sorted(margins)]),
        "pairs": both_ends([str(pairs) for pairs in sorted(row["pairs"] for row in rows if row["pairs"] is not None)]),
    }


def both_ends(texts):
    if not texts:
        return None
    return texts[0] if texts[0] == texts[-1] else f"{texts[0]} to {texts[-1]}"
