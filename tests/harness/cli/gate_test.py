"""`assay gate` from end to end: two builds with a known difference, and what CI gets to see of it."""
import json
import os
import shutil
import xml.etree.ElementTree as ElementTree

import pytest
from conftest import BUILD, ROOT, is_one_error_line, keeps_schema, read
from gates import GATE_HOME, STUB, Gate


@pytest.fixture
def gate(shared, tmp_path):
    return Gate(shared, tmp_path)


def timed(code, run):
    """A machine too busy for times says 75, which is right too; answers, crashes and budgets do not depend on it."""
    return run.returncode in (code, 75)


def test_same_bytes_are_not_measured(gate):
    shutil.copy(gate.folder / "base" / STUB, gate.folder / "head")
    run = gate()
    assert run.returncode == 0, run.stderr
    assert gate.cell["verdict"] == "IDENTICAL"
    assert gate.cell["ratio"] is None
    assert "green: none of 1 cells slower" in run.stdout


def test_another_build_of_the_same_code_is_not_red(gate):
    run = gate()
    assert timed(0, run), run.stdout + run.stderr
    assert gate.cell["verdict"] in ("NOT_SLOWER", "INCONCLUSIVE")
    assert gate.report["worst_control"] is not None


def test_twice_the_work_is_red_and_was_seen_twice(gate):
    run = gate.head("extra=100")()
    assert timed(3, run), run.stdout + run.stderr
    assert gate.cell["verdict"] == "REGRESSED"
    assert gate.cell["low"] > 1.1
    assert gate.cell["pairs"] < 40, "the launch ends at the look that decides"
    assert gate.cell["confirmation_ratio"] > 1.3
    records = read(gate.folder / "run" / "run.json")["records"]
    assert [name.startswith("confirmation-") for name in records] == [False, True]
    for name in records:
        keeps_schema("result", read(gate.folder / "run" / "records" / name))
    keeps_schema("run", read(gate.folder / "run" / "run.json"))
    failure = ElementTree.parse(gate.folder / "run" / "junit.xml").getroot().find(".//failure")
    assert (failure is not None) == (run.returncode == 3)


def test_half_the_work_is_an_improvement(gate):
    (gate.folder / "base" / (STUB + ".knobs")).write_text("extra=100")
    run = gate()
    assert timed(0, run), run.stdout + run.stderr
    assert gate.cell["verdict"] in ("IMPROVED", "NOT_SLOWER")
    assert gate.cell["ratio"] < 0.7


def test_one_allocation_more_is_red_without_more_timing(gate):
    run = gate.head("allocations=1")()
    assert run.returncode == 3, run.stdout + run.stderr
    assert gate.cell["verdict"] == "OVER_BUDGET"
    assert gate.cell["breaches"][0]["metric"] == "memory/allocations"
    assert gate.cell["pairs"] == 8


def test_allocations_within_the_budget_are_let_through(gate):
    gate.policy["budgets"] = {"memory/allocations": 10}
    run = gate.head("allocations=1")()
    assert timed(0, run), run.stdout + run.stderr
    assert gate.cell["breaches"] == []


def test_other_answers_are_code_4(gate):
    run = gate.head("wrong=1")()
    assert run.returncode == 4, run.stdout + run.stderr
    assert gate.cell["verdict"] == "NOT_EQUIVALENT"
    assert gate.cell["ratio"] is None


def test_a_crash_is_code_6(gate):
    run = gate.head("crash")()
    assert run.returncode == 6, run.stdout + run.stderr
    assert gate.cell["verdict"] == "BROKEN"
    assert "abort" in gate.cell["reason"].lower()


def test_without_time_the_answer_is_inconclusive_and_red_only_if_strict(gate):
    gate.policy["margin"] = 0.001
    run = gate("--budget", "0.01")
    assert timed(0, run), run.stdout + run.stderr
    assert gate.cell["verdict"] == "INCONCLUSIVE"
    shutil.rmtree(gate.folder / "run")
    assert timed(5, gate("--budget", "0.01", "--strict"))


def test_variants_that_come_or_go_are_named(gate):
    shutil.copy(BUILD / "stub_plugins" / "stub.correct.so", gate.folder / "head")
    (gate.folder / "head" / STUB).unlink()
    run = gate()
    assert run.returncode == 0, run.stderr
    assert gate.cell["verdict"] == "REMOVED"
    shutil.rmtree(gate.folder / "run")
    os.rename(gate.folder / "head", gate.folder / "old")
    os.rename(gate.folder / "base", gate.folder / "head")
    os.rename(gate.folder / "old", gate.folder / "base")
    gate()
    assert gate.cell["verdict"] == "ADDED"


def test_ignored_cells_say_why(gate):
    gate.policy["cells"] = [{"match": "adjustable", "ignore": True, "reason": "too short on this machine"}]
    run = gate.head("crash")()
    assert run.returncode == 0, run.stderr
    assert gate.cell["verdict"] == "IGNORED"
    assert "too short on this machine" in gate.cell["reason"]


def test_github_gets_annotations_and_a_summary(gate, tmp_path):
    summary = tmp_path / "step.md"
    summary.write_text("before\n")
    run = gate.head("wrong=1")("--junit", tmp_path / "j.xml", "--markdown", tmp_path / "c.md", "--metrics", tmp_path / "m.txt",
                               env={"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)})
    assert "::error title=NOT_EQUIVALENT stub.adjustable::" in run.stdout
    text = summary.read_text()
    assert text.startswith("before\n<!-- assay-gate -->\n**Assay gate: red")
    assert ElementTree.parse(tmp_path / "j.xml").getroot().find("testsuite").get("failures") == "1"
    assert (tmp_path / "c.md").read_text().startswith("<!-- assay-gate -->")
    assert (tmp_path / "m.txt").read_text().endswith("# EOF\n")


@pytest.mark.parametrize("edit, said", [({"margin": 20}, "margin"), ({"suite": "nothing"}, "no suite 'nothing'"), ({"schema": "x"}, "assay-policy/1")])
def test_bad_policies_are_usage_errors(gate, edit, said):
    gate.policy.update(edit)
    run = gate()
    assert run.returncode == 2
    is_one_error_line(run, said)


def test_a_folder_without_plugins_is_a_usage_error(gate):
    (gate.folder / "head" / STUB).unlink()
    run = gate()
    assert run.returncode == 2
    is_one_error_line(run, gate.folder / "head")


def test_shipped_policy_keeps_its_schema():
    keeps_schema("policy", read(ROOT / "ci" / "policy.json"))


def test_a_gate_that_was_cut_off_goes_on_to_the_same_report(gate):
    if not (BUILD / "bin" / "assay-worker-simulated").exists():
        pytest.skip("assay-worker-simulated is not built")
    simulated = {"ASSAY_SIMULATED": "1"}
    assert gate(env=simulated).returncode == 0
    whole = gate.report
    assert whole["cells"][0]["pairs"] > 8
    lines = (gate.folder / "run" / "journal.jsonl").read_bytes().splitlines(keepends=True)
    for kept in (5, len(lines) // 2, len(lines) - 3):
        shutil.rmtree(gate.folder / "run")
        (gate.folder / "run").mkdir()
        (gate.folder / "run" / "journal.jsonl").write_bytes(b"".join(lines[:kept]))
        policy = gate.folder / "policy.json"
        again = gate.assay("gate", "--policy", policy, "--baseline", gate.folder / "base", "--candidate", gate.folder / "head",
                           "--resume", gate.folder / "run", env={"ASSAY_HOME": str(GATE_HOME), **simulated})
        assert again.returncode == 0, again.stderr
        assert read(gate.folder / "run" / "gate.json") == whole, kept
    policy.write_text(json.dumps({**gate.policy, "margin": 0.2}))
    refused = gate.assay("gate", "--policy", policy, "--baseline", gate.folder / "base", "--candidate", gate.folder / "head",
                         "--resume", gate.folder / "run", env={"ASSAY_HOME": str(GATE_HOME), **simulated})
    assert refused.returncode == 2
    is_one_error_line(refused, "policy")
