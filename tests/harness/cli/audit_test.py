"""An audit from file to ledger: claims of one's own about the template, judged, written and turned into an exit code."""
import json
import shutil

import pytest
from conftest import ROOT, TEMPLATE, is_one_error_line, keeps_schema, read


def claim(identity, metric, **changes):
    """The template against itself is claimed to halve a metric."""
    effect = {"metric": metric, "claimed": "half", "ratio_low": 0.5, "ratio_high": 0.5, "headline": True}
    return {"id": identity, "title": "Nothing changed", "tier": 0, "domain": "cpu", "statement": "a -> a", "stand": None, "note": None,
            "baseline": TEMPLATE, "candidate": TEMPLATE, "workload": "persons.birthdates", "parameters": {}, "datasets": ["people-2k"],
            "untestable": None, "effects": [effect], **changes}


UNTESTABLE = {"baseline": None, "candidate": None, "workload": None, "datasets": [], "untestable": {"reason": "no such machine"}}


@pytest.fixture
def home(tmp_path):
    """Writes the audit 'own' into a home of its own and returns the environment that names it."""
    root = tmp_path / "home"
    for folder in ("workloads", "suites"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / "audits").mkdir()

    def write(*claims):
        audit = {"schema": "assay-audit/1", "document": "own", "title": "Own claims", "source": "a test", "conventions": "ratios", "claims": list(claims)}
        (root / "audits" / "own.json").write_text(json.dumps(audit))
        keeps_schema("audit", audit)
        return {"ASSAY_HOME": str(root)}

    return write


@pytest.fixture
def audit(shared, tmp_path):
    """Runs the audit and returns the process; its ledger, if there is one, is process.ledger."""
    def run(env, *options):
        folder = tmp_path / "run"
        process = shared("audit", "own", "--budget", "0.05", "--no-report", "-q", "-o", folder, *(options if "--reference" in options else ("--reference", "", *options)), env=env)
        process.folder = folder
        process.ledger = read(folder / "ledger-own.json") if (folder / "ledger-own.json").exists() else None
        return process

    return run


def test_metric_that_does_not_exist_is_found_before_anything_is_measured(home, audit):
    process = audit(home(claim("A-1", "time/wall")))
    assert process.returncode == 2, process.stderr
    is_one_error_line(process, "'own'", "A-1", "'time/wall'", "time/total")
    assert not process.folder.exists()


def test_audit_without_a_testable_claim_is_a_ledger_of_reasons(home, audit):
    process = audit(home(claim("A-1", "time/total", **UNTESTABLE)))
    assert process.returncode == 0, process.stderr
    assert [(row["verdict"], row["reason"]) for row in process.ledger["rows"]] == [("UNTESTABLE", "no such machine")]


def test_claim_about_a_variant_that_this_build_lacks_is_untestable(home, audit, shared):
    absent = claim("A-2", "time/total", candidate="gpu.no_such_variant")
    process = audit(home(claim("A-1", "memory/allocations"), absent))
    assert process.returncode == 0, process.stderr
    rows = {row["id"]: row for row in process.ledger["rows"]}
    assert rows["A-1"]["verdict"] == "REFUTED"
    assert rows["A-2"]["verdict"] == "UNTESTABLE"
    assert rows["A-2"]["reason"] == "this build has no variant 'gpu.no_such_variant'"
    verified = shared("verify", process.folder)
    assert verified.returncode == 0, verified.stderr


def test_audit_on_a_data_set_that_no_claim_uses_says_that_there_is_nothing_to_run(home, audit):
    process = audit(home(claim("A-1", "time/total", **UNTESTABLE)), "--datasets", "people-3k")
    assert process.returncode == 2, process.stderr
    is_one_error_line(process, "nothing to run")


def test_refuted_claim_is_in_the_ledger_and_fails_under_enforce_only(home, audit):
    env = home(claim("A-1", "memory/allocations"), claim("A-2", "time/total", **UNTESTABLE))
    process = audit(env)
    assert process.returncode == 0, process.stderr
    keeps_schema("ledger", process.ledger)
    first, second = process.ledger["rows"]
    assert (second["id"], second["verdict"], second["reason"]) == ("A-2", "UNTESTABLE", "no such machine")
    assert f"{first['verdict']}\n" in process.stdout
    assert "A-2" in process.stdout
    assert read(process.folder / "run.json")["ledgers"] == ["ledger-own.json"]
    if first["results"][0]["measured"] is None:
        pytest.skip("memory is not counted in this build: " + str(first["reason"]))
    assert first["verdict"] == "REFUTED"
    assert first["results"][0]["measured"] == {"ratio": 1.0, "low": None, "high": None}
    shutil.rmtree(process.folder)
    assert audit(env, "--enforce").returncode == 7


def test_reference_that_is_not_there_is_named(home, audit):
    process = audit(home(claim("A-1", "time/total")), "--reference", "persons.referense")
    assert process.returncode == 2, process.stderr
    is_one_error_line(process, "reference", "'persons.referense'")
