"""assay export in every format, checked against the formats' documents and, where they are installed, their own readers."""
import json
import shutil
import statistics
import subprocess
from pathlib import Path

import foreign_formats
import pytest
from conftest import Assay, is_one_error_line, read, record

COMPARE_PY = Path("/usr/share/benchmark/compare.py")  # Debian's libbenchmark-tools


def refuse(name):
    raise ValueError(f"{name} is no JSON")


def export(assay, folder, name):
    process = assay("export", folder, "--to", name)
    assert process.returncode == 0, process.stderr
    assert process.stderr == ""
    return process.stdout if name == "benchstat" else json.loads(process.stdout, parse_constant=refuse)


@pytest.fixture(scope="module")
def programs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run") / "programs"
    process = Assay(tmp_path_factory.mktemp("state"))("compare", "--command", "echo 1 | cat", "--command", "printf '1\\n'", "--pairs", "8", "-o", folder)
    assert process.returncode == 0, process.stderr
    return folder


@pytest.fixture(params=["plugins", "programs"])
def folder(request, programs):
    return request.getfixturevalue("run").folder if request.param == "plugins" else programs


def totals(folder, arm):
    return [sample["prepare_ns"] + sample["run_ns"] for sample in record(folder)["samples"] if sample["arm"] == arm]


def test_bencher_metric_format(assay, folder):
    document = export(assay, folder, "bencher-bmf")
    assert foreign_formats.bencher(document) == []
    medians = sorted(metric["latency"]["value"] for metric in document.values())
    assert medians == pytest.approx(sorted(statistics.median(totals(folder, arm)) for arm in ("baseline", "candidate")))
    row = record(folder)["comparisons"][0]
    [ratio] = [metric["ratio"] for metric in document.values() if "ratio" in metric]
    assert ratio == {"value": row["ratio"], "lower_value": row["interval"]["low"], "upper_value": row["interval"]["high"]}


def test_github_action_benchmark(assay, folder):
    document = export(assay, folder, "github-action-benchmark")
    assert foreign_formats.github_action_benchmark(document) == []
    assert len(document) == 3


def test_hyperfine(assay, folder):
    document = export(assay, folder, "hyperfine")
    assert foreign_formats.hyperfine(document) == []
    for arm, result in zip(("baseline", "candidate"), document["results"]):
        assert result["times"] == pytest.approx([value * 1e-9 for value in totals(folder, arm)])


def test_benchstat(assay, folder):
    found, results = foreign_formats.benchstat(export(assay, folder, "benchstat"))
    assert found == []
    assert len({name for _, name, _, _ in results}) == 1  # what benchstat compares
    for arm in ("baseline", "candidate"):
        assert [values["ns/op"] for configuration, _, _, values in results if configuration["arm"] == arm] == totals(folder, arm)


def test_benchstat_itself_takes_it(assay, folder, tmp_path):
    if shutil.which("benchstat") is None:
        pytest.skip("no benchstat on the PATH (golang.org/x/perf/cmd/benchstat)")
    (tmp_path / "run.txt").write_text(export(assay, folder, "benchstat"))
    process = subprocess.run(["benchstat", "-col", "arm", tmp_path / "run.txt"], capture_output=True, text=True, check=True)
    assert "Assay" in process.stdout


def test_compare_py_of_google_benchmark_takes_it(assay, folder, tmp_path):
    python = "/usr/bin/python3"
    if not COMPARE_PY.exists():
        pytest.skip("no compare.py; Debian's libbenchmark-tools has it")
    if subprocess.run([python, "-c", "import scipy, numpy"], capture_output=True).returncode != 0:
        pytest.skip("compare.py needs python3-scipy and python3-numpy")
    (tmp_path / "run.json").write_text(json.dumps(export(assay, folder, "google-benchmark")))
    process = subprocess.run([python, COMPARE_PY, "--no-color", "benchmarks", tmp_path / "run.json", tmp_path / "run.json"], capture_output=True, text=True, timeout=60)
    assert process.returncode == 0, process.stderr
    assert "U Test, Repetitions" in process.stdout
    assert "+0.0000" in process.stdout


@pytest.mark.parametrize("name", ["google-benchmark", "hyperfine"])
def test_what_is_exported_can_be_compared_again(assay, programs, tmp_path, name):
    """A file against itself: every name is there, with all samples, and nothing changed."""
    (tmp_path / "run.json").write_text(json.dumps(export(assay, programs, name)))
    process = assay("compare", tmp_path / "run.json", tmp_path / "run.json")
    assert process.returncode == 0, process.stderr
    assert process.stdout.count("8 / 8") == 2
    assert process.stdout.count(" 1.000 ") == 2
    assert "REGRESSED" not in process.stdout


def test_unknown_format_names_the_known_ones(assay, programs):
    process = assay("export", programs, "--to", "xml")
    assert process.returncode == 2
    is_one_error_line(process, "'xml'", "google-benchmark, benchstat, bencher-bmf, github-action-benchmark, hyperfine")


def test_file_is_whole_or_not_there(assay, programs, tmp_path):
    for name in ("benchstat", "hyperfine"):
        assert assay("export", programs, "--to", name, "-o", tmp_path / name).returncode == 0
        assert (tmp_path / name).read_text() == assay("export", programs, "--to", name).stdout
    read(tmp_path / "hyperfine")
    assert assay("export", programs, "--to", "benchstat", "-o", tmp_path / "no-folder" / "file").returncode == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["benchstat", "hyperfine"]
