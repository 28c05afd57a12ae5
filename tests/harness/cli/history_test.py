"""assay history: adding runs, showing series, naming the commit at which a level changed; nothing that is there gets lost or mixed."""
import copy
import json
import random

import pytest
from conftest import is_one_error_line, keeps_schema, read, record

STEP = 20
RUNS = 32


def write_run(folder, number, base, ratio, machine="a processor", margin=0.02):
    """A run of one record that was made from a real one: another hour, commit and ratio."""
    made = copy.deepcopy(base)
    made["created_utc"] = f"2026-11-{1 + number // 24:02}T{number % 24:02}:00:00Z"
    made["environment"].update(git_revision=f"{number:040x}", git_dirty=False, cpu_model=machine)
    for comparison in made["comparisons"]:
        if comparison["metric"] == "time/total":
            comparison.update(ratio=ratio, margin=margin)
    (folder / "records").mkdir(parents=True)
    (folder / "records" / "case.json").write_text(json.dumps(made))
    (folder / "run.json").write_text(json.dumps({"schema": "assay-run/1", "records": ["case.json"]}))
    return folder


@pytest.fixture(scope="session")
def runs(run, tmp_path_factory):
    """32 runs, 6 % slower from the 21st on."""
    noise = random.Random(5)
    folder = tmp_path_factory.mktemp("runs")
    base = record(run.folder)
    return [write_run(folder / f"r{i}", i, base, (1.06 if i >= STEP else 1.0) * (1 + noise.gauss(0, 0.005))) for i in range(RUNS)]


@pytest.fixture
def history(assay, runs):
    process = assay("history", "add", *runs)
    assert process.returncode == 0, process.stderr
    return assay


def test_add_keeps_every_record_once(assay, runs):
    first = assay("history", "add", *runs[:3])
    assert first.stdout.startswith("3 record(s) added, 0 known already")
    assert str(assay.state / "history.sqlite") in first.stdout
    again = assay("history", "add", *runs[:4])
    assert again.stdout.startswith("1 record(s) added, 3 known already")
    assert [path.name for path in assay.state.iterdir()] == ["history.sqlite"]


def test_changes_names_the_commit_the_size_and_how_sure(history):
    process = history("history", "changes")
    assert (process.returncode, process.stderr) == (0, "")
    lines = process.stdout.splitlines()
    assert len(lines) == 1, process.stdout
    assert f"commit {STEP:040x}"[:17] in lines[0]
    assert f"(after {STEP - 1:040x}"[:17] in lines[0]
    assert "% slower" in lines[0]
    assert "p 0.0005" in lines[0]


def test_json_keeps_its_schema_and_tells_the_same(history, tmp_path):
    shown = json.loads(history("history", "show", "--json", "-").stdout)
    keeps_schema("history", shown)
    (series,) = shown["series"]
    assert len(series["points"]) == RUNS
    (change,) = series["change_points"]
    assert change["index"] == STEP
    assert change["git_revision"] == f"{STEP:040x}"
    assert change["relative_change"] == pytest.approx(0.06, abs=0.01)
    assert history("history", "changes", "--json", tmp_path / "h.json").returncode == 0
    assert read(tmp_path / "h.json") == shown


def test_all_metrics_keep_the_schema(history):
    shown = json.loads(history("history", "show", "--metric", "all", "--json", "-").stdout)
    keeps_schema("history", shown)
    assert len(shown["series"]) > 3


def test_smallest_change_is_heeded(history):
    assert "no change point in 1 series" in history("history", "changes", "--min-change", "15").stdout


def test_change_within_the_margin_of_the_runs_is_none(assay, run, tmp_path):
    base = record(run.folder)
    runs = [write_run(tmp_path / f"r{i}", i, base, 1.06 if i >= STEP else 1.0, margin=0.08) for i in range(RUNS)]
    assert assay("history", "add", *runs).returncode == 0
    assert "no change point in 1 series" in assay("history", "changes").stdout
    assert "slower" in assay("history", "changes", "--min-change", "2").stdout


def test_show_has_every_record_and_marks_the_change(history):
    lines = history("history", "show").stdout.splitlines()
    assert sum(" r" in line and "2026-11-0" in line for line in lines) >= RUNS
    marked = [line for line in lines if "changed: " in line]
    assert len(marked) == 1 and f"r{STEP} " in marked[0]


def test_list_counts_records(history):
    assert f"  {RUNS} " in history("history", "list").stdout


def test_machines_are_kept_apart_unless_asked(history, run, tmp_path):
    other = [write_run(tmp_path / f"o{i}", i, record(run.folder), 2.0 + i / 1000, "another processor") for i in range(STEP, RUNS)]
    assert history("history", "add", *other).returncode == 0
    apart = history("history", "changes").stdout
    assert apart.count("slower") == 1
    assert "not compared with each other; --cross-environment does" in apart
    shown = json.loads(history("history", "show", "--json", "-").stdout)
    assert [len(series["points"]) for series in shown["series"]] == [RUNS, RUNS - STEP]
    together = json.loads(history("history", "show", "--cross-environment", "--json", "-").stdout)
    assert [len(series["points"]) for series in together["series"]] == [2 * RUNS - STEP]


def test_too_few_records_say_how_many_are_needed(assay, runs):
    assert assay("history", "add", *runs[:5]).returncode == 0
    assert "the longest has 5 figures, 16 can show one" in assay("history", "changes").stdout


def test_one_bad_run_adds_nothing_of_the_others(assay, runs, tmp_path):
    (tmp_path / "run.json").write_text('{"schema": "assay-run/1", "records": ["gone.json"]}')
    process = assay("history", "add", runs[0], tmp_path)
    assert process.returncode == 2
    is_one_error_line(process, "gone.json")
    assert not (assay.state / "history.sqlite").exists()


@pytest.mark.parametrize("arguments, parts", [
    (["history", "show"], ["no history at", "assay history add"]),
    (["history", "add", "nowhere"], ["nowhere", "holds no run"]),
    (["history", "add"], ["run is required", "assay history add --help"]),
    (["history"], ["give a command: add, list, show, changes, plot"]),
    (["history", "changes", "--value", "speed"], ["--value"]),
    (["history", "changes", "--min-change", "nan"], ["nan"]),
], ids=lambda value: " ".join(value))
def test_mistakes_are_told_in_one_line(assay, arguments, parts):
    process = assay(*arguments)
    assert process.returncode == 2, process.stdout
    is_one_error_line(process, *parts)


@pytest.mark.parametrize("option, part", [(["--case", "("], "regular expression"), (["--case", "^nothing$"], "^nothing$"), (["--metric", "speed"], "speed")])
def test_selection_without_anything_says_so(history, option, part):
    process = history("history", "show", *option)
    assert process.returncode == 2
    is_one_error_line(process, part)


def test_record_of_a_real_run_can_be_added(assay, run):
    process = assay("history", "add", run.folder)
    assert process.returncode == 0, process.stderr
    assert process.stdout.startswith("1 record(s) added")


def test_plot_writes_one_page_and_nothing_else(history, tmp_path):
    process = history("history", "plot", "-o", tmp_path / "history.html")
    if "no python3 with" in process.stderr:
        pytest.skip(process.stderr)
    assert process.returncode == 0, process.stderr
    page = (tmp_path / "history.html").read_text(encoding="utf-8")
    assert "1 of 1 series changed their level" in page
    assert f"{STEP:040x}"[:10] in page
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".json", ".html")] == ["history.html"]
