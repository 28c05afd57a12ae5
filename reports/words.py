"""The words of the report: names of metrics, verdicts, outcomes and reasons, and how plain text is printed."""
import re

from reports.units import NARROW

METRICS = {
    "time/total": "Total time",
    "time/prepare": "Prepare time",
    "time/run": "Run time",
    "time/collect": "Collect time",
    "time/cpu": "CPU time",
    "time/device": "Device time",
    "memory/allocations": "Allocations",
    "memory/allocated_bytes": "Allocated memory",
    "memory/peak_live_bytes": "Peak live memory",
    "memory/peak_rss_bytes": "Peak resident memory",
    "memory/minor_faults": "Minor page faults",
    "memory/major_faults": "Major page faults",
    "memory/device_peak_bytes": "Peak device memory",
    "memory/pinned_peak_bytes": "Peak pinned memory",
    "count/instructions": "Instructions",
    "count/syscalls": "System calls",
    "count/kernel_launches": "Kernel launches",
    "count/bytes_to_device": "Bytes to the device",
    "count/bytes_from_device": "Bytes from the device",
    "count/round_trips": "Database round trips",
    "count/candidates": "Candidates",
    "count/device_allocations": "Device allocations",
    "count/cache_requests": "Cache requests",
    "count/cache_misses": "Cache misses",
}
CLAIM_WORDS = {
    "CONFIRMED": "confirmed",
    "UNDERSTATED": "understated",
    "OVERSTATED": "overstated",
    "REFUTED": "refuted",
    "REVERSED": "reversed",
    "NOT_EQUIVALENT": "with different answers",
    "INCONCLUSIVE": "inconclusive",
    "UNTESTABLE": "untestable",
    "NO_CLAIM": "nothing claimed",
}
CASE_WORDS = {
    "IMPROVED": "faster",
    "REGRESSED": "slower",
    "EQUIVALENT": "equally fast",
    "NOT_SLOWER": "not slower",
    "INCONCLUSIVE": "inconclusive",
    "NOT_MEASURED": "not measured",
}
# The reasons of the statistics, as words; other reasons are sentences already.
REASONS = {
    "inside_claim": "inside the claimed range",
    "beyond_claim": "more than was claimed",
    "short_of_claim": "a gain, but less than was claimed",
    "gain_not_shown": "less than was claimed; whether there is any gain is not decided",
    "no_gain": "no gain beyond the margin",
    "worse": "it became worse",
    "interval_spans_claim": "the interval leaves more than one answer",
    "claim_inside_margin": "the claim asks for less than the margin of this run",
    "no_interval": "too few pairs for an interval",
    "no_verdict": "the measurement allows no verdict",
    "not_a_gain": "the claimed figures do not describe a gain",
    "beyond_margin": "the interval lies beyond the margin",
    "inside_margin": "the interval lies inside the margin",
    "below_upper_margin": "the interval lies below the upper margin",
    "spans_margin": "the interval leaves more than one answer",
    "too_few_pairs": "too few pairs for a verdict",
    "futile": "too noisy for an answer within the pairs allowed",
    "margin_not_gateable": "the A/A control was too short, or noisier than the change",
    "clocks_conflict": "wall time and CPU time moved in opposite directions",
    "tail_conflict": "the fastest runs say otherwise than the median",
    "filter_conflict": "without the disturbed pairs the change points the other way",
    "contaminated": "the machine disturbed more than half of the pairs",
}
# These say no more than the verdict they stand beside.
PLAIN_REASONS = {"inside_claim", "beyond_claim", "short_of_claim", "worse", "beyond_margin", "inside_margin", "below_upper_margin"}
OUTCOME_WORDS = {
    "ok": "completed",
    "not_equivalent": "gave different answers",
    "skipped": "was skipped",
    "failed": "failed",
    "timed_out": "ran out of time",
    "cancelled": "was cancelled",
    "crashed": "crashed",
}


def metric_name(metric):
    return METRICS.get(metric, metric.replace("/", ": ").replace("_", " ").capitalize())


def verdict_word(verdict):
    return verdict.replace("_", " ").capitalize()


def prose(text):
    """Plain ASCII as it should be printed: minus signs, en dashes in ranges, arrows, no line break before a percent sign."""
    text = re.sub(r"\d{4}-\d\d-\d\d|(?<=\d)-(?=\d)", lambda found: found[0] if len(found[0]) > 1 else "\u2013", text.replace("->", "\u2192"))
    return re.sub(r"(?<=\d) (?=%)", NARROW, re.sub(r"(?<![\w\u2013-])-(?=\d)", "\u2212", text))


def plural(count, noun):
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def reason_words(reason):
    return REASONS.get(reason, reason)


def reason_beside_verdict(reason):
    return None if reason in PLAIN_REASONS else reason_words(reason)


def confidence(interval):
    """'95 %' or '95.1 %': an exact interval has the next higher confidence that the number of pairs allows."""
    return f"{round(interval['confidence'] * 100, 1):g}{NARROW}%"
