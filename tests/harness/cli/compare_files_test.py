"""assay compare OLD.json NEW.json: what is said of results that were not interleaved."""
import json
import shutil
import struct
import subprocess

import pytest
from conftest import is_one_error_line


def hyperfine(path, **times):
    path.write_text(json.dumps({"results": [{"command": name, "times": values} for name, values in times.items()]}))
    return path


def line_of(process, name):
    [line] = [line for line in process.stdout.splitlines() if line.startswith(name)]
    return line


def spread(center, count):
    return [center * (1 + 0.001 * index) for index in range(count)]


def test_verdicts_are_marked_as_not_interleaved(assay, tmp_path):
    old = hyperfine(tmp_path / "old.json", slower=spread(1, 8), faster=spread(1, 8), same=spread(1, 8), few=[1.0, 1.0, 1.0, 1.0], gone=[1.0])
    new = hyperfine(tmp_path / "new.json", slower=spread(1.5, 8), faster=spread(0.5, 8), same=spread(1.03, 8), few=[9.0, 9.0, 9.0, 9.0], fresh=[1.0])
    process = assay("compare", old, new)
    assert process.returncode == 0, process.stderr
    assert process.stdout.startswith("NOT INTERLEAVED")
    assert line_of(process, "slower").endswith("REGRESSED")
    assert line_of(process, "faster").endswith("IMPROVED")
    assert line_of(process, "same").endswith("EQUIVALENT")
    assert line_of(process, "few").endswith("INCONCLUSIVE: needs 5 samples on both sides")
    assert f"only in '{old}': gone" in process.stdout
    assert f"only in '{new}': fresh" in process.stdout
    assert assay.runs() == []


def test_margin_filter_and_exit_code(assay, tmp_path):
    old = hyperfine(tmp_path / "old.json", a=spread(1, 8), b=spread(1, 8))
    new = hyperfine(tmp_path / "new.json", a=spread(1.05, 8), b=spread(1, 8))
    assert assay("compare", old, new, "--fail-on-regression").returncode == 0
    strict = assay("compare", old, new, "--fail-on-regression", "--margin", "0.02")
    assert strict.returncode == 3
    assert "beyond 2 %" in strict.stdout
    filtered = assay("compare", old, new, "--fail-on-regression", "--margin", "0.02", "--filter", "^b$")
    assert filtered.returncode == 0
    assert "REGRESSED" not in filtered.stdout


def test_nvbench_samples_come_from_the_file_beside(assay, tmp_path):
    for name, factor in (("old", 1.0), ("new", 2.0)):
        (tmp_path / f"{name}.bin").write_bytes(struct.pack("<6f", *[factor * (1 + 0.001 * i) * 1e-3 for i in range(6)]))
        times = {"tag": "nv/json/bin:nv/cold/sample_times", "data": [{"name": "filename", "type": "string", "value": f"{name}.bin"},
                                                                      {"name": "size", "type": "int64", "value": "6"}]}
        states = [{"name": "Device=0", "summaries": [times]}, {"name": "Device=1", "summaries": [], "is_skipped": True, "skip_reason": "no memory"}]
        (tmp_path / f"{name}.json").write_text(json.dumps({"meta": {}, "devices": [], "benchmarks": [{"name": "copy", "states": states}]}))
    process = assay("compare", tmp_path / "old.json", tmp_path / "new.json")
    assert process.returncode == 0, process.stderr
    assert line_of(process, "copy Device=0").endswith("REGRESSED")
    assert line_of(process, "copy Device=1").endswith("skipped: no memory")


def test_hyperfine_itself(assay, tmp_path):
    if shutil.which("hyperfine") is None:
        pytest.skip("no hyperfine on the PATH")
    for name, seconds in (("old", "0.005"), ("new", "0.1")):
        subprocess.run(["hyperfine", "-N", "-r", "6", "--command-name", "sleep", f"sleep {seconds}", "--export-json", tmp_path / f"{name}.json"],
                       check=True, capture_output=True, timeout=60)
    process = assay("compare", tmp_path / "old.json", tmp_path / "new.json")
    assert line_of(process, "sleep").endswith("REGRESSED"), process.stdout


@pytest.mark.parametrize("text, parts", [
    (None, ("cannot open",)),
    ("{", ("not valid JSON",)),
    ("{}", ("none of google-benchmark, hyperfine and nvbench",)),
    ('{"results": [{"command": "other", "times": [1]}]}', ("no benchmark in common",)),
])
def test_files_that_cannot_be_compared_are_refused_in_one_line(assay, tmp_path, text, parts):
    old = hyperfine(tmp_path / "old.json", a=[1.0])
    if text is not None:
        (tmp_path / "new.json").write_text(text)
    process = assay("compare", old, tmp_path / "new.json")
    assert process.returncode == 2
    is_one_error_line(process, "new.json", *parts)


def test_bad_filter_is_said(assay, tmp_path):
    old = hyperfine(tmp_path / "old.json", a=[1.0])
    process = assay("compare", old, old, "--filter", "(")
    assert process.returncode == 2
    is_one_error_line(process, "--filter '('")
