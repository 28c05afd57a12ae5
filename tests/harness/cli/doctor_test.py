"""assay doctor: every line says what and, where it complains, what to do; JSON keeps its schema."""
import json

from conftest import is_one_error_line, keeps_schema, read

SUBJECTS = {"processors", "container limit", "load", "cpu pressure", "memory pressure", "io pressure", "steal", "frequency governor", "turbo", "SMT",
            "address randomization", "swap", "huge pages", "clock", "hardware counters", "disk", "valgrind", "tracing", "reports", "gpu",
            "self-test"}


def test_json_on_standard_output_keeps_its_schema_and_has_every_subject(shared):
    process = shared("doctor", "--json", "-")
    assert process.returncode == 0, process.stderr
    found = json.loads(process.stdout)
    keeps_schema("doctor", found)
    assert {finding["subject"] for finding in found["findings"]} == SUBJECTS
    for finding in found["findings"]:
        assert (finding["advice"] is None) == (finding["fitness"] == "ok"), finding
    assert found["fit"] == all(finding["fitness"] != "bad" for finding in found["findings"])
    assert found["self_test"]["pairs"] == 30
    assert found["self_test"]["sample_ns"] > 1e6


def test_text_names_every_subject_and_the_advice_for_each_complaint(shared, tmp_path):
    process = shared("doctor", "--json", tmp_path / "doctor.json")
    assert process.returncode == 0, process.stderr
    lines = process.stdout.splitlines()
    for finding in read(tmp_path / "doctor.json")["findings"]:
        assert any(line.split()[:1] == [finding["fitness"]] and finding["subject"] in line for line in lines), finding
        if finding["advice"]:
            assert f"  {finding['subject']}: {finding['advice']}" in lines


def test_strict_exits_with_75_exactly_if_unfit(shared, tmp_path):
    process = shared("doctor", "--strict", "--json", tmp_path / "doctor.json")
    assert process.returncode == (0 if read(tmp_path / "doctor.json")["fit"] else 75)


def test_state_folder_that_cannot_be_is_bad_and_strict_says_75(assay, tmp_path):
    (tmp_path / "file").write_text("")
    process = assay("doctor", "--strict", "--json", "-", env={"ASSAY_STATE": str(tmp_path / "file" / "state")})
    found = json.loads(process.stdout)
    assert next(finding for finding in found["findings"] if finding["subject"] == "disk")["fitness"] == "bad"
    assert process.returncode == 75


def test_json_file_in_a_missing_folder_is_one_error(shared, tmp_path):
    process = shared("doctor", "--json", tmp_path / "none" / "doctor.json")
    assert process.returncode == 1
    is_one_error_line(process, tmp_path / "none" / "doctor.json")
