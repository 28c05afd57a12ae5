"""assay compare --google-benchmark: two real builds of one program, one of them with more work in some cases."""
import json
import re

import pytest
from conftest import BUILD, Assay, is_one_error_line, keeps_schema, read

OLD, NEW = BUILD / "bin" / "benchmark_case_old", BUILD / "bin" / "benchmark_case_new"
needs_programs = pytest.mark.skipif(not (OLD.exists() and NEW.exists()), reason="no benchmark_case_old and _new: built without Google Benchmark")


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run") / "benchmarks"
    process = Assay(tmp_path_factory.mktemp("state"))("compare", "--google-benchmark", OLD, NEW, "--pairs", "12", "-o", folder, "-q")
    process.folder = folder
    process.records = {}
    for name in read(folder / "run.json")["records"]:
        result = read(folder / "records" / name)
        process.records[result["dataset"]["name"]] = result
    return process


def ratio(result, metric):
    [row] = [row for row in result["comparisons"] if row["metric"] == metric]
    return row["ratio"]


@needs_programs
def test_cases_of_both_programs_are_measured_one_by_one(measured):
    assert list(measured.records) == ["same/1000", "more/1000", "more/4000", "three.fold<x>(1+1)/1000", "broken"]
    assert re.match(r"'.*benchmark_case_new' against '.*benchmark_case_old': 5 cases, ", measured.stdout)
    assert f"only in '{OLD}': only_old/10" in measured.stdout
    assert f"only in '{NEW}': only_new/10" in measured.stdout
    for result in measured.records.values():
        keeps_schema("result", result)
        assert result["kind"] == "google_benchmark"
    keeps_schema("run", read(measured.folder / "run.json"))


@needs_programs
def test_a_fifth_more_work_is_seen_as_a_fifth(measured):
    """By CPU time, which other processes disturb least."""
    assert ratio(measured.records["same/1000"], "time/cpu") == pytest.approx(1, abs=0.08)
    for case in ("more/1000", "more/4000"):
        assert ratio(measured.records[case], "time/cpu") == pytest.approx(1.2, abs=0.08)


@needs_programs
def test_three_times_the_work_is_a_regression(measured):
    result = measured.records["three.fold<x>(1+1)/1000"]
    assert ratio(result, "time/cpu") == pytest.approx(3, abs=0.3)
    assert result["comparisons"][0]["verdict"] == "REGRESSED"
    [line] = [line for line in measured.stdout.splitlines() if line.startswith("three.fold<x>(1+1)/1000 ")]
    assert line.endswith("REGRESSED")


@needs_programs
def test_failed_case_has_its_reason_and_spoils_no_other(measured):
    assert measured.returncode == 6
    result = measured.records["broken"]
    assert (result["outcome"], result["samples"]) == ("failed", [])
    assert "no such table" in result["reason"]
    assert f"'broken' in '{NEW}': it reports: no such table" in measured.stdout


@needs_programs
def test_samples_are_pairs_in_mirrored_blocks(measured):
    result = measured.records["same/1000"]
    assert result["design"]["pairs"] == result["design"]["control_pairs"] == 12
    arms = [sample["arm"] for sample in result["samples"]]
    for begin in range(0, len(arms), 6):
        assert arms[begin + 3:begin + 6] == arms[begin:begin + 3][::-1]
    iterations = int(result["workload"]["parameters"]["iterations"])
    assert iterations > 100  # 20 ms of some microseconds
    assert 1e5 < result["baseline"]["median"]["total_ns"] < 1e9


@needs_programs
def test_filter_and_regression_code(assay, tmp_path):
    process = assay("compare", "--google-benchmark", OLD, NEW, "--filter", "three", "--pairs", "8", "--fail-on-regression", "-o", tmp_path / "run")
    assert process.returncode == 3, process.stdout
    assert "1 case, 1 REGRESSED" in process.stdout
    assert "of 1 REGRESSED 1 remains when the share of false ones is kept at 10 %" in process.stdout


@needs_programs
def test_nothing_to_compare_is_said_in_one_line(assay):
    is_one_error_line(assay("compare", "--google-benchmark", OLD, "/bin/true"), "/bin/true", "lists no benchmark")
    is_one_error_line(assay("compare", "--google-benchmark", OLD, NEW, "--filter", "no_such_case"), "no_such_case")
    is_one_error_line(assay("compare", "--google-benchmark", OLD, "no-such-program"), "no-such-program")
    is_one_error_line(assay("compare", "--google-benchmark", OLD), "give a baseline and a candidate")
    assert assay.runs() == []


FAKE = """#!/usr/bin/env python3
# Takes fixed iterations, as Google Benchmark does from version 1.8 on.
import json, sys
options = dict(option.split("=", 1) for option in sys.argv[1:])
with open({log!r}, "a") as log:
    log.write(options.get("--benchmark_min_time", "list") + "\\n")
if "--benchmark_list_tests" in options:
    print("case")
    sys.exit()
length = options["--benchmark_min_time"]
if not length.endswith(("x", "s")):
    sys.exit("a plain number")
iterations = int(length[:-1]) if length.endswith("x") else 321
print(json.dumps({{"context": {{}}, "benchmarks": [{{"name": "case", "run_type": "iteration", "iterations": iterations,
                  "real_time": {time}, "cpu_time": {time}, "time_unit": "ns"}}]}}, indent=1))
"""


def test_same_iterations_in_every_run_where_the_program_takes_them(assay, tmp_path):
    log = tmp_path / "log"
    for name, time in (("old", 0.25), ("new", 0.5)):
        (tmp_path / name).write_text(FAKE.format(log=str(log), time=time))
        (tmp_path / name).chmod(0o755)
    process = assay("compare", "--google-benchmark", tmp_path / "old", tmp_path / "new", "--pairs", "8", "-o", tmp_path / "run")
    assert process.returncode == 0, process.stderr
    lengths = log.read_text().split()
    assert lengths[:5] == ["list", "list", "1x", "1x", "0.02s"]
    assert set(lengths[5:]) == {"321x"}
    assert len(lengths[5:]) == 2 + 8 * 3  # a warm-up of each, then pairs with a control
    # Exactly half a nanosecond against a quarter: the record keeps what an iteration of less than one takes.
    [line] = [line for line in process.stdout.splitlines() if line.startswith("case ") and "->" in line]
    assert re.search(r"0\.249 ns -> 0\.502 ns|0\.25 ns -> 0\.5\d* ns", line), line
    assert line.endswith("REGRESSED")
    result = json.loads((tmp_path / "run" / "records" / "case-001.json").read_text())
    assert result["workload"]["parameters"] == {"iterations": "321", "same_iterations": "yes"}
