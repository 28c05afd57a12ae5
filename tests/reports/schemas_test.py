"""The schemas: our own audits, suites and workloads keep them, and what breaks a rule is refused."""
import copy
import json

import jsonschema
import pytest

import fake_run

ROOT = fake_run.ROOT
SCHEMAS = ROOT / "reports" / "schema"
CLAIMS = """T1-GPU-01 T1-GPU-03 T1-MEM-01 T1-CPU-02 T1-CPU-03 T1-DB-01 T1-DB-02 T1-IO-01 T1-CONC-01 T2-GPU-02 T2-GPU-03 T2-MEM-02 T2-MEM-03
T2-CPU-01 T2-CPU-02 T2-DB-01 T2-DB-02 T2-IO-02 T3-GPU-01 T3-GPU-02 T3-MEM-01 T3-CONC-01 T3-DB-01 T3-COMPILER-01 DEF-01 DEF-02 DEF-03 AGG""".split()
ON_A_GPU = {"T1-GPU-01", "T1-GPU-03", "T2-GPU-02", "T2-GPU-03", "T2-MEM-02", "T3-GPU-01", "T3-GPU-02", "DEF-01"}
TESTED = {"T1-MEM-01", "T1-CPU-02", "T1-CPU-03", "T3-MEM-01", "T3-COMPILER-01"} | ON_A_GPU


def schema(kind):
    return json.loads((SCHEMAS / f"assay-{kind}-1.json").read_text(encoding="utf-8"))


def refused(kind, value):
    return not jsonschema.Draft202012Validator(schema(kind)).is_valid(value)


def files(folder):
    found = sorted((ROOT / folder).glob("*.json"))
    assert found, f"no file in {folder}/"
    return found


@pytest.fixture
def audit():
    return json.loads((ROOT / "audits" / "name_matcher.json").read_text(encoding="utf-8"))


@pytest.fixture
def record():
    return fake_run.record("strings.copied", "strings.interned", "people-10k", pairs=6)


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_schema_file_is_valid_draft_2020_12(path):
    value = json.loads(path.read_text(encoding="utf-8"))
    assert value["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(value)


@pytest.mark.parametrize("folder, kind", [("audits", "audit"), ("suites", "suite"), ("workloads", "workload")])
def test_own_file_keeps_its_schema(folder, kind):
    for path in files(folder):
        jsonschema.Draft202012Validator(schema(kind)).validate(json.loads(path.read_text(encoding="utf-8")))


def objects(node):
    """Every sub-schema that lists properties of an object, conditions excepted."""
    if isinstance(node, dict):
        if "required" in node:
            yield node
        for name, child in node.items():
            if name not in ("if", "then", "else", "contains"):
                yield from objects(child)
    elif isinstance(node, list):
        for child in node:
            yield from objects(child)


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_schema_objects_are_closed_except_environment(path):
    value = json.loads(path.read_text(encoding="utf-8"))
    environment = value.get("$defs", {}).pop("environment", None)
    assert all(node.get("additionalProperties") is False for node in objects(value))
    assert environment is None or "additionalProperties" not in environment


def test_environment_is_the_same_in_record_and_run():
    assert schema("result")["$defs"]["environment"] == schema("run")["$defs"]["environment"]


def test_audit_names_every_claim_once_in_order(audit):
    assert [claim["id"] for claim in audit["claims"]] == CLAIMS
    assert {claim["id"] for claim in audit["claims"] if claim["untestable"] is None} == TESTED


def test_audit_claimed_range_starts_with_the_greatest_effect(audit):
    for claim in audit["claims"]:
        for effect in claim["effects"]:
            if effect["ratio_low"] is not None and effect["ratio_high"] is not None:
                assert effect["ratio_low"] <= effect["ratio_high"], claim["id"]


def test_audit_cases_are_covered_by_suite_quick(audit):
    suite = json.loads((ROOT / "suites" / "quick.json").read_text(encoding="utf-8"))
    covered = {(case["baseline"], case["candidate"], json.dumps(case["parameters"], sort_keys=True)) for case in suite["cases"]}
    wanted = {(claim["baseline"], claim["candidate"], json.dumps(claim["parameters"], sort_keys=True)) for claim in audit["claims"] if claim["baseline"] and claim["id"] not in ON_A_GPU}
    assert wanted <= covered


@pytest.mark.parametrize("spoil", [
    lambda claim: claim.update(extra=1),
    lambda claim: claim.update(baseline=None),
    lambda claim: claim.update(untestable={"reason": "no variant yet"}),
    lambda claim: claim.update(untestable={"reason": "no variant yet"}, baseline=None),
    lambda claim: claim.update(untestable={"reason": "no variant yet"}, candidate=None),
    lambda claim: claim.update(datasets=[]),
    lambda claim: [effect.update(headline=False) for effect in claim["effects"]],
    lambda claim: [effect.update(headline=True) for effect in claim["effects"]],
    lambda claim: claim["effects"][0].update(ratio_low=float("-1")),
], ids=["unknown key", "no baseline", "untestable with variants", "untestable with a candidate",
        "untestable with a baseline", "no data set", "no headline", "two headlines", "negative ratio"])
def test_audit_with_a_broken_rule_is_refused(audit, spoil):
    claim = next(claim for claim in audit["claims"] if claim["id"] == "T1-MEM-01")
    assert not refused("audit", audit)
    spoil(claim)
    assert refused("audit", audit)


def time_row(record):
    return record["comparisons"][0]


@pytest.mark.parametrize("spoil", [
    lambda record: record.update(outcome="crashed"),
    lambda record: record.update(outcome="crashed", reason="signal 11"),
    lambda record: record.update(reason="but why"),
    lambda record: record["candidate"].update(outcome="failed", reason="no memory"),
    lambda record: record.update(notes=""),
    lambda record: time_row(record).update(verdict="NOT_MEASURED", reason="too short", interval=None),
    lambda record: time_row(record).update(verdict="NOT_MEASURED", reason="too short", ratio=None),
    lambda record: time_row(record).update(verdict="NOT_MEASURED", reason=None, ratio=None, interval=None),
    lambda record: time_row(record).update(verdict="FASTER"),
    lambda record: record["dataset"].update(digest="md5:0"),
    lambda record: record["samples"][3].update(arm="other"),
    lambda record: record["design"].pop("seed"),
    lambda record: record["environment"].pop("cores"),
], ids=["no reason", "crashed with a time", "ok with a reason", "failed arm with a time", "unknown key", "not measured with a ratio", "not measured with an interval",
        "not measured without a reason", "unknown verdict",
        "digest", "arm", "seed missing", "environment incomplete"])
def test_record_with_a_broken_rule_is_refused(record, spoil):
    assert not refused("result", record)
    spoil(record)
    assert refused("result", record)


def test_record_environment_takes_further_keys(record):
    record["environment"] = {**record["environment"], "microcode": "0xb1"}
    assert not refused("result", record)


def test_fake_outcomes_keep_the_schema(record):
    assert not refused("result", fake_run.not_measured(copy.deepcopy(record), "timed_out", "30 s were over"))
    assert not refused("result", fake_run.not_equivalent(copy.deepcopy(record)))
