"""`assay gate` on stored records: answers and exact metrics count, times of different times only warn unless the policy says otherwise."""
import copy
import json
import shutil

import pytest
from conftest import is_one_error_line, read
from gates import other_machine, wasteful

CELL = "stub.table rounds=200 people-2k stub.adjustable"


def slower(factor):
    def edit(value):
        for sample in value.get("samples", []):
            sample["run_ns"] = round(sample["run_ns"] * factor)
    return edit


def contaminated(value):
    slower(1.5)(value)
    if "contamination" in value:
        value["contamination"].update(contaminated=True, reasons=["another program used both cores"])


def test_another_build_of_the_same_code_is_within_budget(stored):
    process = stored.gate(stored.base, stored.head)
    assert process.returncode == 0, process.stderr
    assert stored.cell["verdict"] == "WITHIN_BUDGET"
    assert stored.cell["id"] == CELL
    assert 0.9 < stored.cell["ratio"] < 1.1
    assert "green: none of 1 cells answers otherwise or is over budget" in process.stdout


def test_same_bytes_are_identical(stored):
    assert stored.gate(stored.base, stored.base).returncode == 0
    assert stored.cell["verdict"] == "IDENTICAL"


def test_other_answers_are_code_4(stored):
    process = stored.gate(stored.base, stored.run("wrong", "wrong=1"))
    assert process.returncode == 4, process.stderr
    assert stored.cell["verdict"] == "NOT_EQUIVALENT"
    assert stored.cell["ratio"] is None


def test_other_answers_of_the_same_bytes_are_code_4_too(stored):
    process = stored.gate(stored.base, stored.run("wrong", "wrong=1", bytes_of="base"))
    assert process.returncode == 4, process.stdout


def test_an_allocation_more_is_code_3(stored):
    process = stored.gate(stored.base, stored.edited(stored.base, "wasteful", wasteful))
    assert process.returncode == 3, process.stdout
    assert stored.cell["verdict"] == "OVER_BUDGET"
    assert stored.cell["breaches"][0]["metric"] == "memory/allocations"


def test_a_crash_is_code_6(stored):
    process = stored.gate(stored.base, stored.run("broken", "crash"))
    assert process.returncode == 6, process.stdout
    assert stored.cell["verdict"] == "BROKEN"
    assert "abort" in stored.cell["reason"].lower()


def test_a_base_that_crashed_has_nothing_to_compare_with(stored):
    process = stored.gate(stored.run("broken", "crash"), stored.head)
    assert process.returncode == 0, process.stdout
    assert stored.cell["verdict"] == "ADDED"
    assert "the base has no figures of it" in stored.cell["reason"]


def test_a_slowdown_between_records_warns_and_is_not_red(stored):
    process = stored.gate(stored.base, stored.edited(stored.head, "slow", slower(1.5)), GITHUB_ACTIONS="true")
    assert process.returncode == 0, process.stderr
    assert stored.cell["verdict"] == "SEEMS_SLOWER"
    assert stored.cell["low"] > 1.1
    assert "not proven" in stored.cell["reason"] and "interleaved" in stored.cell["reason"]
    assert "1 seem slower, which stored times cannot prove" in process.stdout
    assert "::warning title=SEEMS_SLOWER stub.adjustable::" in process.stdout
    assert "::error" not in process.stdout
    assert "<skipped" in (stored.folder / "out" / "junit.xml").read_text()


def test_a_slowdown_between_records_is_code_5_if_strict(stored):
    process = stored.gate(stored.base, stored.edited(stored.head, "slow", slower(1.5)), "--strict")
    assert process.returncode == 5, process.stdout


@pytest.mark.parametrize("factor, verdict, code", [(1.5, "REGRESSED", 3), (0.5, "IMPROVED", 0), (1.0, "NOT_SLOWER", 0), (1.08, "NOT_SLOWER", 0)])
def test_a_policy_may_let_stored_times_decide(stored, factor, verdict, code):
    stored.policy["offline_time"] = "gate"
    stored.policy["margin"] = 0.02  # times of different times are held against 10 % at least
    process = stored.gate(stored.base, stored.edited(stored.head, "slow", slower(factor)))
    assert process.returncode == code, process.stdout
    assert stored.cell["verdict"] == verdict
    assert stored.cell["margin"] == 0.1


def test_times_of_a_disturbed_machine_are_not_compared(stored):
    head = stored.edited(stored.head, "noisy", contaminated)
    process = stored.gate(stored.base, head)
    assert process.returncode == 0, process.stdout
    assert stored.cell["verdict"] == "WITHIN_BUDGET"
    assert stored.cell["ratio"] is None
    assert "another program used both cores" in stored.cell["reason"]
    stored.policy["offline_time"] = "gate"
    assert stored.gate(stored.base, head).returncode == 75


def test_another_machine_class_is_refused_and_allowed_for_what_is_exact(stored):
    head = stored.edited(stored.head, "elsewhere", lambda value: (other_machine(value), slower(1.5)(value)))
    process = stored.gate(stored.base, head)
    assert process.returncode == 2
    is_one_error_line(process, "Another Processor", "--cross-machine")
    stored.policy["offline_time"] = "gate"
    process = stored.gate(stored.base, head, "--cross-machine")
    assert process.returncode == 0, process.stderr
    assert stored.cell["ratio"] is None
    assert "measured on other machines" in stored.cell["reason"]
    head = stored.edited(stored.base, "wasteful-elsewhere", lambda value: (other_machine(value), wasteful(value)))
    assert stored.gate(stored.base, head, "--cross-machine").returncode == 3


def test_other_data_is_refused(stored):
    def edit(value):
        if "dataset" in value:
            value["dataset"]["digest"] = "sha256:" + 64 * "0"
    process = stored.gate(stored.base, stored.edited(stored.head, "other-data", edit))
    assert process.returncode == 2
    is_one_error_line(process, "data set 'people-2k'", "is not the same data")


def test_a_budget_without_a_figure_is_inconclusive(stored):
    def edit(value):
        for row in value.get("comparisons", []):
            if row["metric"] == "memory/allocations":
                row.update(baseline=None, candidate=None, ratio=None, verdict="NOT_MEASURED", reason="no malloc counter")
    assert stored.gate(stored.base, stored.edited(stored.head, "uncounted", edit)).returncode == 0
    assert stored.cell["verdict"] == "INCONCLUSIVE"
    assert "memory/allocations has a budget, but no figure" in stored.cell["reason"]


def test_a_run_that_was_cut_off_is_refused(stored):
    def edit(value):
        if "finished_utc" in value:
            value["finished_utc"] = None
    process = stored.gate(stored.base, stored.edited(stored.head, "cut", edit))
    assert process.returncode == 2
    is_one_error_line(process, "did not come to its end", "--resume")


def test_simulated_and_measured_are_refused(stored):
    def edit(value):
        value.pop("simulated", None)
    process = stored.gate(stored.base, stored.edited(stored.head, "real", edit))
    assert process.returncode == 2
    is_one_error_line(process, "was simulated", "was measured")


def test_records_without_a_common_cell_are_refused(stored):
    def edit(value):
        if "id" in value:
            value["id"] = value["id"].replace("rounds=200", "rounds=300")
    process = stored.gate(stored.base, stored.edited(stored.head, "other", edit))
    assert process.returncode == 2
    is_one_error_line(process, "have no variant on the same question")


def test_one_record_stands_for_its_run(stored):
    [record] = (stored.head / "records").iterdir()
    assert stored.gate(stored.base, record).returncode == 0
    assert stored.cell["verdict"] == "WITHIN_BUDGET"


def test_both_arms_of_a_pair_are_cells_and_samples_of_one_variant_are_pooled(stored):
    """A record of two variants, and another of one of them with a third."""
    folder = shutil.copytree(stored.head, stored.folder / "pairs")
    [path] = (folder / "records").iterdir()
    record = read(path)
    names = []
    for number, (before, after) in enumerate((("stub.adjustable", "stub.other"), ("stub.other", "stub.third"))):
        pair = copy.deepcopy(record)
        pair["id"] = pair["id"].replace("stub.adjustable..stub.adjustable", f"{before}..{after}")
        pair["baseline"]["variant"], pair["candidate"]["variant"] = before, after
        names.append(f"pair-{number}.json")
        (folder / "records" / names[-1]).write_text(json.dumps(pair))
    path.unlink()
    run = read(folder / "run.json")
    run["records"] = names
    (folder / "run.json").write_text(json.dumps(run))
    assert stored.call("baseline", "save", folder, "--name", "pooled").returncode == 0
    cells = {cell["variant"]: cell for cell in json.loads(stored.call("baseline", "show", "pooled", "--json").stdout)["cells"]}
    of_one_arm = sum(sample["arm"] == "baseline" for sample in record["samples"])
    assert {variant: len(cell["times_ns"]) for variant, cell in cells.items()} == \
        {"stub.adjustable": of_one_arm, "stub.other": 2 * of_one_arm, "stub.third": of_one_arm}
    assert stored.call("baseline", "remove", "pooled").returncode == 0
    assert stored.gate(stored.base, folder).returncode == 0
    assert sorted(cell["verdict"] for cell in stored.report["cells"]) == ["ADDED", "ADDED", "WITHIN_BUDGET"]


def test_of_a_gate_the_head_counts(stored):
    policy = stored.folder / "policy.json"
    policy.write_text(json.dumps({**stored.policy, "budgets": {}}))
    base, head = stored.build("base"), stored.build("head")
    measured = stored.call("gate", "--policy", policy, "--baseline", base, "--candidate", head, "-q", "-o", stored.folder / "gate")
    assert measured.returncode == 0, measured.stderr
    assert stored.gate(stored.base, stored.folder / "gate").returncode == 0
    assert stored.cell["verdict"] == "WITHIN_BUDGET"
    assert stored.gate(stored.head, stored.folder / "gate").returncode == 0
    assert stored.cell["verdict"] == "IDENTICAL"


def test_ignored_cells_and_data_sets_that_were_not_asked_for_do_not_count(stored):
    stored.policy["cells"] = [{"match": "adjustable", "ignore": True, "reason": "not ready"}]
    assert stored.gate(stored.base, stored.run("wrong", "wrong=1")).returncode == 0
    assert stored.cell["verdict"] == "IGNORED"
    process = stored.gate(stored.base, stored.head, "--datasets", "people-10k")
    assert process.returncode == 2
    is_one_error_line(process, "in common")


def test_a_build_against_records_is_refused(stored):
    process = stored.gate(stored.base, stored.build("built"))
    assert process.returncode == 2
    is_one_error_line(process, "is a folder of plugin modules", "assay run")


@pytest.mark.parametrize("option", [("--budget", "1"), ("--threads", "2"), ("--resume", "folder")])
def test_options_of_measuring_are_refused(stored, option):
    policy = stored.folder / "policy.json"
    policy.write_text(json.dumps(stored.policy))
    process = stored.call("gate", "--policy", policy, "--baseline", stored.base, "--candidate", stored.head, *option)
    assert process.returncode == 2
    is_one_error_line(process, "are for builds that are measured")


def test_a_run_folder_is_not_written_into(stored):
    policy = stored.folder / "policy.json"
    policy.write_text(json.dumps(stored.policy))
    process = stored.call("gate", "--policy", policy, "--baseline", stored.base, "--candidate", stored.head, "-o", stored.head)
    assert process.returncode == 2
    assert not (stored.head / "gate.json").exists()


def test_an_unknown_budget_or_effect_of_time_is_refused(stored):
    stored.policy["budgets"] = {"memory/alocations": 0}
    process = stored.gate(stored.base, stored.head)
    assert process.returncode == 2
    is_one_error_line(process, "memory/alocations", "known:")
    stored.policy.update(budgets={}, offline_time="maybe")
    process = stored.gate(stored.base, stored.head)
    assert process.returncode == 2
    is_one_error_line(process, "choose warn or gate")
