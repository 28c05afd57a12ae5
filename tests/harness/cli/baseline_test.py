"""`assay baseline`: records kept under a name, one file per machine class, and gates against them."""
import pytest
from conftest import Assay, is_one_error_line, keeps_schema, read
from gates import other_machine, wasteful


@pytest.fixture
def kept(stored, tmp_path):
    """A state of its own with the base kept as main."""
    stored.assay = Assay(tmp_path / "state")
    process = stored.call("baseline", "save", stored.base, "--name", "main")
    assert process.returncode == 0, process.stderr
    return stored


def baseline_files(stored):
    return sorted((stored.assay.state / "baselines").rglob("*.json"))


def test_a_baseline_says_where_it_comes_from(kept):
    [file] = baseline_files(kept)
    value = read(file)
    keeps_schema("baseline", value)
    run, [record] = read(kept.base / "run.json"), (kept.base / "records").iterdir()
    record = read(record)
    assert value["name"] == "main"
    assert value["machine_class"].startswith(run["environment"]["cpu_model"])
    assert value["commit"] == {"revision": run["environment"]["git_revision"], "dirty": run["environment"]["git_dirty"]}
    assert (value["created_utc"], value["command"], value["environment"]) == (run["created_utc"], run["command"], run["environment"])
    [cell] = value["cells"]
    assert cell["plugin_sha256"] == record["candidate"]["plugin_sha256"]
    assert cell["dataset_digest"] == record["dataset"]["digest"]
    assert cell["digest"] == record["equivalence"]["digest"]
    assert cell["counts"]["memory/allocations"] == record["candidate"]["memory"]["allocations"]
    assert len(cell["times_ns"]) == sum(sample["arm"] == "candidate" for sample in record["samples"])


def test_a_baseline_gates_like_the_run_it_was_made_of(kept):
    for head in (kept.head, kept.edited(kept.base, "wasteful", wasteful), kept.run("wrong", "wrong=1")):
        by_run = kept.gate(kept.base, head).returncode, kept.cell
        assert (kept.gate("main", head).returncode, kept.cell) == by_run
        [file] = baseline_files(kept)
        assert (kept.gate(file, head).returncode, kept.cell) == by_run


def test_a_name_that_is_not_there_is_met_with_those_that_are(kept):
    process = kept.gate("mian", kept.head)
    assert process.returncode == 2
    is_one_error_line(process, "did you mean 'main'?", "known: main")
    process = kept.call("baseline", "show", "release-7")
    assert process.returncode == 2
    is_one_error_line(process, "known: main")
    assert "did you mean" not in process.stderr
    process = kept.gate("base/plugins", kept.head)
    assert process.returncode == 2
    is_one_error_line(process, "'base/plugins' is no folder with plugin modules")


def test_each_machine_class_has_its_own_file(kept):
    elsewhere = kept.edited(kept.base, "elsewhere", other_machine)
    assert kept.call("baseline", "save", elsewhere, "--name", "main").returncode == 0
    assert len(baseline_files(kept)) == 2
    assert kept.gate("main", kept.head).returncode == 0
    assert "Another" not in kept.report["stored"]["baseline"]["machine_class"]
    listed = kept.call("baseline", "list").stdout
    assert "this machine" in listed and "Another Processor" in listed
    assert kept.call("baseline", "remove", "main").returncode == 0
    process = kept.gate("main", kept.head)
    assert process.returncode == 2
    is_one_error_line(process, "is of another machine class", "Another Processor")
    assert kept.gate("main", kept.head, "--cross-machine").returncode == 0
    assert kept.cell["ratio"] is None


def test_saving_again_replaces_at_once_and_leaves_nothing_else(kept):
    assert kept.call("baseline", "save", kept.edited(kept.base, "wasteful", wasteful), "--name", "main").returncode == 0
    [file] = baseline_files(kept)
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert kept.gate("main", kept.base).returncode == 0
    assert kept.gate(kept.base, "main").returncode == 3


def test_removing_leaves_no_name_behind(kept):
    assert kept.call("baseline", "remove", "main").returncode == 0
    assert not (kept.assay.state / "baselines" / "main").exists()
    assert "no baseline yet" in kept.call("baseline", "list").stdout
    process = kept.call("baseline", "remove", "main")
    assert process.returncode == 2
    is_one_error_line(process, "assay baseline save RUN --name main")


@pytest.mark.parametrize("name", ["../main", "a/b", ".hidden", "-x", "", "main v2"])
def test_names_that_are_no_file_names_are_refused(kept, name):
    process = kept.call("baseline", "save", kept.base, f"--name={name}")
    assert process.returncode == 2
    assert len(baseline_files(kept)) == 1


def test_what_crashed_is_no_baseline(kept):
    process = kept.call("baseline", "save", kept.run("broken", "crash"), "--name", "broken")
    assert process.returncode == 2
    is_one_error_line(process, "no variant with an answer")


def test_a_damaged_baseline_is_named(kept):
    [file] = baseline_files(kept)
    file.write_text(file.read_text().replace('"times_ns"', '"times"'))
    for arguments in (("baseline", "list"), ("baseline", "show", "main")):
        process = kept.call(*arguments)
        assert process.returncode == 2
        is_one_error_line(process, file, "times_ns")
