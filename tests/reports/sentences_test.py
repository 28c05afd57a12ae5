"""Verdict sentences."""
import pytest

import fake_run
from reports import sentences, words
from reports.case_view import noise_sentence

S = "\u202f"


def rows(**counts):
    return [{"verdict": verdict} for verdict, count in counts.items() for _ in range(count)]


@pytest.mark.parametrize("counts, text", [
    (dict(CONFIRMED=1, OVERSTATED=3, REFUTED=1, UNTESTABLE=23),
     "5 of 28 claims could be tested here: 1 confirmed, 3 overstated, 1 refuted; 23 untestable."),
    (dict(NOT_EQUIVALENT=1, INCONCLUSIVE=2), "3 of 3 claims could be tested here: 1 with different answers, 2 inconclusive."),
    (dict(UNTESTABLE=4), "None of 4 claims could be tested here; all 4 are untestable."),
    (dict(UNDERSTATED=1, REVERSED=1, UNTESTABLE=1), "2 of 3 claims could be tested here: 1 understated, 1 reversed; 1 untestable."),
])
def test_ledger_sentence_counts_every_verdict(counts, text):
    assert sentences.ledger_sentence(rows(**counts)) == text


@pytest.fixture
def record():
    return fake_run.record("strings.copied", "strings.interned", "people-100k")


def row(record, **changes):
    sentences.comparison(record, "time/total").update(changes)
    return sentences.case_sentences(record)[0]


END = {"low": 0.913, "high": 0.921, "confidence": 0.951483, "method": "exact"}


@pytest.mark.parametrize("verdict, ratio, words", [
    ("IMPROVED", 0.917, f"strings.interned is faster than strings.copied: it takes 8.3{S}% less time (95.1{S}% interval \u22128.7{S}% to \u22127.9{S}%)."),
    ("REGRESSED", 3.2, "strings.interned is slower than strings.copied: it takes 3.20 times as much time"),
    ("EQUIVALENT", 0.998, f"equally fast: the difference, 0.2{S}% less time"),
    ("NOT_SLOWER", 0.99, f"is not slower than strings.copied by more than the margin of 2.0{S}%"),
    ("INCONCLUSIVE", 0.99, f"could only have found a change of 4.0{S}% or more"),
])
def test_time_sentence_says_the_verdict_in_words(record, verdict, ratio, words):
    assert words in row(record, verdict=verdict, ratio=ratio, interval=END, margin=0.02, minimum_detectable_effect=0.04)


def test_time_sentence_inconclusive_gives_another_reason(record):
    text = row(record, verdict="INCONCLUSIVE", ratio=0.99, interval=END, minimum_detectable_effect=0.04, reason="margin_not_gateable")
    assert text.endswith("the A/A control was too short, or noisier than the change.")


def test_reason_code_is_said_in_words_unless_the_verdict_says_it():
    assert words.reason_words("short_of_claim") == "a gain, but less than was claimed"
    assert words.reason_words("crashed: signal 11") == "crashed: signal 11"
    assert words.reason_beside_verdict("short_of_claim") is None
    assert words.reason_beside_verdict("no_interval") == "too few pairs for an interval"


def test_time_sentence_not_measured_gives_the_reason(record):
    text = row(record, verdict="NOT_MEASURED", ratio=None, interval=None, reason="the budget was too short")
    assert text == "Time was not measured: the budget was too short."


def test_case_sentences_crashed_shows_no_figure(record):
    found = sentences.case_sentences(fake_run.not_measured(record, "crashed", "signal 11"))
    assert found == ["No time is shown: strings.interned against strings.copied crashed."]


def test_control_sentence_false_alarm_is_a_caution(record):
    record["control"].update(verdict="REGRESSED", ratio=1.06)
    assert f"+6.0{S}% between two copies of strings.copied" in sentences.control_sentence(record)
    record["control"]["verdict"] = "EQUIVALENT"
    assert sentences.control_sentence(record) == ""


def test_memory_sentence_without_figures_says_so(record):
    record["comparisons"] = [item for item in record["comparisons"] if item["metric"].startswith("time")]
    assert sentences.memory_sentence(record) == "Memory was not measured."


@pytest.mark.parametrize("ratio, unit, noun, text", [
    (0.5, "bytes", "peak memory", f"50.0{S}% less peak memory"), (1.0, "count", "allocations", "as many allocations"),
    (0.0125, "ns", "time", "1/80.0 of the time"), (0.05, "count", "allocations", f"95.0{S}% fewer allocations"),
    (4, "count", "allocations", "4.00 times as many allocations"), (0, "count", "allocations", f"100{S}% fewer allocations"),
])
def test_effect_ratio_is_said_in_words(ratio, unit, noun, text):
    assert sentences.effect(ratio, unit, noun) == text


@pytest.mark.parametrize("plain, printed", [
    ("memory -40-50 %", f"memory \u221240\u201350{S}%"), ("a -> b", "a \u2192 b"), ("T1-GPU-03 on 2025-09-30", "T1-GPU-03 on 2025-09-30"),
    ("-O3", "-O3"), ("LTO 5-10 %", f"LTO 5\u201310{S}%"),
])
def test_prose_sets_signs_and_leaves_names_and_dates(plain, printed):
    assert words.prose(plain) == printed


def test_contaminated_case_says_why():
    sample = {"run_queue_wait_ns": 5, "involuntary_switches": 0, "major_faults": 0}
    clean = noise_sentence([sample], {"contaminated": False, "reasons": []})
    assert clean == noise_sentence([sample])  # a record of an older version has none
    assert "ontaminated" not in clean
    assert noise_sentence([sample], {"contaminated": True, "reasons": ["one", "two"]}) == clean + " Contaminated, measure again: one; two."
