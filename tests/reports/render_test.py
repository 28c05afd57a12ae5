"""The page: self-contained, safe, complete and honest about what was not measured."""
import json
import re

import pytest

import fake_run
from reports.render import write_report

HOSTILE = "<script>alert(1)</script>\"'&{{ 7 * 7 }}$\\alpha$\u202e<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def hostile_page(make_page):
    record = fake_run.record("strings.copied", "strings.interned", "people-10k")
    record.update(id=HOSTILE, command=HOSTILE)
    for arm in ("baseline", "candidate"):
        record[arm].update(variant=HOSTILE, summary=HOSTILE, build=HOSTILE, plugin_file=HOSTILE, needs=[HOSTILE], counters={HOSTILE: 1})
    record["workload"] = {"id": HOSTILE, "parameters": {HOSTILE: HOSTILE}}
    record["dataset"].update(name=HOSTILE, profile=HOSTILE, rows={HOSTILE: 1})
    record["environment"] = {**record["environment"], HOSTILE: HOSTILE}
    failed = fake_run.not_measured(record, "failed", HOSTILE)
    failed["equivalence"]["differences"] = [{"kind": "extra", "key": HOSTILE, "column": HOSTILE, "baseline": HOSTILE, "candidate": HOSTILE}]
    ledger = fake_run.ledger({})
    ledger.update(document=HOSTILE, title=HOSTILE, source=HOSTILE)
    result = {"dataset": HOSTILE, "record": "a.json", "metric": "time/total", "claimed": {"text": HOSTILE, "ratio_low": 0.5, "ratio_high": 0.6},
              "measured": {"ratio": 0.9, "low": 0.8, "high": 1.0}, "verdict": "REFUTED", "reason": HOSTILE, "headline": True}
    for row in ledger["rows"][:2]:
        row.update(id=HOSTILE, title=HOSTILE, statement=HOSTILE, stand=HOSTILE, note=HOSTILE, reason=HOSTILE)
    ledger["rows"][0].update(verdict="REFUTED", results=[result])
    return make_page({"a.json": record, "b.json": failed}, {"x": ledger}, suite=HOSTILE, command=HOSTILE, datasets=[HOSTILE], audits=[HOSTILE])


@pytest.fixture(params=["mixed", "hostile"])
def page(request, mixed_page, hostile_page):
    return mixed_page if request.param == "mixed" else hostile_page


def test_page_has_no_script_and_no_foreign_element(page):
    assert not {"script", "iframe", "object", "embed", "link", "img", "form", "base"} & set(page.tags)
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]


def test_page_has_no_external_reference(page):
    assert all(value.startswith("#") for name in ("href", "xlink:href", "src", "action") for value in page.values(name))
    styles = page.values("style") + re.findall(r"<style>(.*?)</style>", page.html, re.DOTALL)
    assert not any("@import" in style or re.search(r"url\((?!#)", style) for style in styles)
    assert "http" not in " ".join(value for tag, name, value in page.attributes if name not in ("title", "aria-label", "http-equiv"))
    assert ("meta", "content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes


def test_page_is_well_formed(page):
    assert page.unbalanced == [] and page.open == []


def test_page_ids_are_unique_and_links_lead_somewhere(page):
    ids = page.values("id")
    assert len(ids) == len(set(ids)) and ids
    assert {value[1:] for name in ("href", "xlink:href") for value in page.values(name)} <= set(ids)
    assert set(re.findall(r"url\(#([^)]*)\)", page.html)) <= set(ids)


def test_page_hostile_text_stays_text(hostile_page):
    assert hostile_page.text.count("<script>alert(1)</script>") > 20
    assert "{{ 7 * 7 }}$" in hostile_page.text


def test_page_first_sentence_counts_the_claims(mixed_page):
    heading = re.search(r"<h1>(.*?)</h1>", mixed_page.html).group(1)
    assert heading == "5 of 28 claims could be tested here: 2 confirmed, 1 understated, 2 refuted; 23 untestable."
    assert mixed_page.text.index(heading) < 200


def test_page_shows_every_claim_with_its_reason(mixed_page):
    audit = json.loads((fake_run.ROOT / "audits" / "name_matcher.json").read_text(encoding="utf-8"))
    for claim in audit["claims"]:
        assert f"{claim['id']} {claim['title']}" in mixed_page.text
    assert mixed_page.text.count("no database variant yet") == sum((claim["untestable"] or {}).get("reason") == "no database variant yet" for claim in audit["claims"]) > 0


def test_page_shows_every_case_and_its_command(mixed_page, mixed_records):
    for number, record in enumerate(mixed_records.values(), 1):
        assert record["command"] in mixed_page.section(f"case-{number}")


def test_page_failed_case_shows_its_reason_and_no_time(mixed_page, mixed_records):
    times = re.compile(r"\d\u202f(ns|\u00b5s|ms|s)\b")
    for number, record in enumerate(mixed_records.values(), 1):
        text = mixed_page.section(f"case-{number}")
        if record["outcome"] == "ok":
            assert times.search(text)
        else:
            assert "Reason. " + record["reason"] in text and record["baseline"]["median"] is not None
            assert not times.search(text) and "All comparisons" not in text and "Median run" not in text


def test_page_not_equivalent_case_shows_the_first_differences(mixed_page, mixed_records):
    number = list(mixed_records).index("score.bitparallel-people-10k.json") + 1
    text = mixed_page.section(f"case-{number}")
    assert "left_id=17 right_id=204" in text and "repeated an old answer" in text


def test_page_null_is_not_measured_never_zero(mixed_page, mixed_records):
    number = list(mixed_records).index("build.o3-people-10k.json") + 1
    text = mixed_page.section(f"case-{number}")
    assert "Memory: not measured." in text
    assert re.search(r"Minor page faults not measured not measured not measured", text)


def test_page_more_than_nothing_has_no_ratio_but_is_measured(make_page):
    record = fake_run.record("build.o2", "build.o3")
    row = next(row for row in record["comparisons"] if row["metric"] == "memory/allocations")
    row.update(baseline=0, candidate=7, ratio=None, verdict="MORE")
    assert "Allocations 0 7 from 0" in make_page({"a.json": record}, {}).section("case-1")


def test_page_claim_whose_deciding_case_failed_still_shows_the_other(make_page):
    records = fake_run.quick_records()
    records["build.lto-people-100k.json"] = fake_run.not_measured(records["build.lto-people-100k.json"], "crashed", "signal 11")
    ledger = fake_run.ledger(records)
    row = next(row for row in ledger["rows"] if row["id"] == "T3-COMPILER-01")
    row.update(verdict="UNTESTABLE", reason="crashed: signal 11")
    text = make_page(records, {"name_matcher": ledger}).text
    shown = text[text.index("T3-COMPILER-01") : text.index("Not testable here")]
    assert "crashed: signal 11" in shown and "people-10k" in shown
    assert "4 of 28 claims" in text and "for these 23 claims" in text


def test_page_follows_light_dark_and_print(mixed_page):
    style = re.search(r"<style>(.*?)</style>", mixed_page.html, re.DOTALL).group(1)
    palettes = re.findall(r"(@media [^{]*)?\{?\s*:root \{(.*?)\}", style, re.DOTALL)
    names = [set(re.findall(r"--([a-z]+):", palette)) - {"sans", "mono"} for _, palette in palettes]
    assert [head.strip() for head, _ in palettes] == ["", "@media (prefers-color-scheme: dark)", "@media print"]
    assert names[0] == names[1] == names[2]
    assert set(re.findall(r"var\(--([a-z]+)\)", mixed_page.html)) <= names[0] | {"sans", "mono"}


def test_page_pictures_take_their_colours_from_the_page(mixed_page):
    pictures = re.findall(r"<svg.*?</svg>", mixed_page.html, re.DOTALL)
    assert len(pictures) > 50
    assert not any(re.search(r"#[0-9a-fA-F]{6}", re.sub(r"(id|href)=\"[^\"]*\"|url\([^)]*\)", "", picture)) for picture in pictures)
    assert all('aria-label="' in picture for picture in pictures)


def test_page_control_alarm_and_interruption_are_said_first(make_page):
    record = fake_run.record("build.o2", "build.o3")
    record["control"].update(verdict="REGRESSED", ratio=1.06)
    page = make_page({"a.json": record}, {}, interrupted=True, finished_utc=None)
    assert page.text.index("was interrupted") < page.text.index("two copies of the same code") < page.text.index("Cases")


def test_simulated_times_and_replaced_processes_are_said_before_the_cases(make_page):
    plain = fake_run.record("build.o2", "build.o3")
    plain["design"]["takeovers"] = [{"launch": 1, "samples": 12}]
    page = make_page({"a.json": plain}, {})
    assert page.text.index("resumed in the middle of 1 case") < page.text.index("Cases")
    assert "SIMULATED" not in page.text
    plain["simulated"] = True
    page = make_page({"a.json": plain}, {})
    assert page.text.index("SIMULATED: nothing was measured") < page.text.index("Cases")


def test_page_without_cases_or_ledgers_is_still_a_page(make_page):
    page = make_page({}, {})
    assert "No case was run." in page.text and "No case was recorded." in page.text


def test_page_single_case_without_control_or_pairs(make_page):
    record = fake_run.record("build.o2", "build.o3")
    record.update(control=None, control_log_ratios=[], pair_log_ratios=[], samples=[])
    text = make_page({"a.json": record}, {}).text
    assert "No A/A control was taken" in text and "Paired samples: not measured." in text


def test_page_is_the_same_for_the_same_run(make_page, mixed_records):
    some = dict(list(mixed_records.items())[:2])
    assert make_page(some, {}).html == make_page(some, {}).html


def test_write_report_failure_leaves_nothing_behind(tmp_path, monkeypatch):
    folder = fake_run.write_run(tmp_path, {}, {})
    before = sorted(path.name for path in folder.iterdir())
    (folder / "taken").mkdir()
    with pytest.raises(Exception, match="cannot write"):
        write_report(folder, folder / "taken")
    assert sorted(path.name for path in folder.iterdir()) == sorted([*before, "taken"])
