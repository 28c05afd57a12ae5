"""A gate's files follow from its journal: replay makes them again byte for byte, and verify finds every byte that is not so."""
import json
import shutil
import signal
import subprocess
import time

import pytest
from conftest import ASSAY, BUILD, environment, is_one_error_line, journal, read
from gates import SIMULATED, Gate

FILES = ("gate.json", "junit.xml", "summary.md", "metrics.txt")


@pytest.fixture(scope="module")
def gate(shared, tmp_path_factory):
    """A gate whose times are made up: its verdict is known and the machine is always fit."""
    if not (BUILD / "bin" / "assay-worker-simulated").exists():
        pytest.skip("assay-worker-simulated is not built")
    gate = Gate(shared, tmp_path_factory.mktemp("gate"))
    process = gate("--threads", "2", env=SIMULATED)
    assert process.returncode == 0, process.stderr
    return gate


@pytest.fixture
def folder(gate, tmp_path):
    """A copy of its run folder to spoil."""
    return shutil.copytree(gate.folder / "run", tmp_path / "run")


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_replay_gives_every_file_byte_for_byte(gate, tmp_path):
    process = gate.assay("replay", gate.folder / "run" / "journal.jsonl", "-o", tmp_path / "again")
    assert process.returncode == 0, process.stderr
    assert "green: none of 1 cells slower" in process.stdout
    found, expected = files_of(tmp_path / "again"), files_of(gate.folder / "run")
    assert set(FILES) < set(expected)
    assert found == expected
    assert read(tmp_path / "again" / "run.json")["finished_utc"] is not None


def test_replay_of_a_measured_slowdown_gives_its_confirmation_too(shared, tmp_path):
    gate = Gate(shared, tmp_path)
    assert gate.head("extra=100")().returncode in (3, 75)
    finished = read(gate.folder / "run" / "run.json")["finished_utc"]
    while time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()) == finished:  # a replay that reads the clock gives itself away
        time.sleep(0.01)
    process = gate.assay("replay", gate.folder / "run", "-o", tmp_path / "again")
    assert process.returncode == 0, process.stderr
    assert "REGRESSED" in process.stdout
    expected = files_of(gate.folder / "run")
    assert any("/confirmation-" in name for name in expected)
    assert files_of(tmp_path / "again") == expected


def test_threads_reach_the_records(gate):
    name = read(gate.folder / "run" / "run.json")["records"][0]
    assert read(gate.folder / "run" / "records" / name)["design"]["thread_budget"] == 2


def test_whole_gate_is_verified(gate, folder):
    process = gate.assay("verify", folder)
    assert process.returncode == 0, process.stdout + process.stderr
    assert "1 of a gate with 1 cells; green: none of 1 cells slower" in process.stdout


@pytest.mark.parametrize("name", FILES)
def test_one_byte_more_is_found(gate, folder, name):
    with open(folder / name, "ab") as file:
        file.write(b"\n")
    process = gate.assay("verify", folder)
    assert process.returncode == 4
    assert name in process.stdout
    is_one_error_line(process, "1 file(s) differ")


def test_a_changed_verdict_and_its_line_are_named(gate, folder):
    (folder / "gate.json").write_text((folder / "gate.json").read_text().replace("NOT_SLOWER", "IMPROVED", 1))
    text = (folder / "junit.xml").read_text()
    (folder / "junit.xml").write_text(text.replace("<testcase", "<testcase ", 1))
    process = gate.assay("verify", folder)
    assert process.returncode == 4
    assert 'gate.json: /cells/0/verdict is "IMPROVED", the journal says "NOT_SLOWER"' in process.stdout
    line = 1 + text[:text.index("<testcase")].count("\n")
    assert f"junit.xml:{line}: " in process.stdout


def test_a_missing_file_and_one_too_many_are_named(gate, folder):
    (folder / "metrics.txt").unlink()
    shutil.copy(next((folder / "records").glob("*.json")), folder / "records" / "another.json")
    process = gate.assay("verify", folder)
    assert process.returncode == 4
    assert "metrics.txt: not there" in process.stdout
    assert "records/another.json: the journal knows nothing of it" in process.stdout


def test_a_changed_journal_is_refused(gate, folder):
    lines = (folder / "journal.jsonl").read_bytes().splitlines(keepends=True)
    number = next(i for i, line in enumerate(lines) if b'"event":"sample"' in line)
    lines[number] = lines[number].replace(b'"run_ns":', b'"run_ns":1', 1)
    (folder / "journal.jsonl").write_bytes(b"".join(lines))
    for verb in ("replay", "verify"):
        process = gate.assay(verb, folder)
        assert process.returncode == 4
        is_one_error_line(process, f"journal.jsonl:{number + 1}: the journal was changed here")


def test_verdict_of_a_gate_in_a_run_folder_is_found(gate, run, tmp_path):
    folder = shutil.copytree(run.folder, tmp_path / "run")
    shutil.copy(gate.folder / "run" / "gate.json", folder)
    process = gate.assay("verify", folder)
    assert process.returncode == 4
    assert "gate.json: the journal knows nothing of it" in process.stdout


def test_interrupted_gate_verifies_and_goes_on_to_the_same_files(gate, tmp_path):
    folder = tmp_path / "run"
    command = [str(ASSAY), "gate", "--policy", str(gate.folder / "policy.json"), "--baseline", str(gate.folder / "base"), "--candidate",
               str(gate.folder / "head"), "--threads", "2"]
    process = subprocess.Popen([*command, "-o", str(folder)], env=environment(gate.assay.state, **SIMULATED), stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not ((folder / "journal.jsonl").exists() and b'"sample"' in (folder / "journal.jsonl").read_bytes()):
        time.sleep(0.001)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    if process.returncode == 0:
        pytest.skip("the gate was over before the signal came")
    assert process.returncode == 130, errors
    assert "--resume" in errors
    assert read(folder / "run.json")["interrupted"] is True
    assert journal(folder)[-1]["event"] == "run_interrupted"
    check = gate.assay("verify", folder)
    assert check.returncode == 0, check.stdout + check.stderr
    assert "it did not come to its end" in check.stdout
    resumed = subprocess.run([*command, "--resume", str(folder)], env=environment(gate.assay.state, **SIMULATED), capture_output=True, text=True, timeout=120)
    assert resumed.returncode == 0, resumed.stderr
    assert gate.assay("verify", folder).returncode == 0
    report, whole = read(folder / "gate.json"), gate.report
    assert {**report, "command": ""} == {**whole, "command": ""}


def test_resuming_with_another_strictness_is_refused(gate, folder):
    process = gate.assay("gate", "--policy", gate.folder / "policy.json", "--baseline", gate.folder / "base", "--candidate", gate.folder / "head",
                         "--threads", "2", "--strict", "--resume", folder, env=SIMULATED)
    assert process.returncode == 2
    is_one_error_line(process, "strict was false and is true")


def test_journal_of_a_gate_without_its_labels_says_what_is_missing(gate, tmp_path):
    """Journals of gates from before replay: the first line alone, with a chain of its own."""
    import hashlib
    line = (gate.folder / "run" / "journal.jsonl").read_text().splitlines()[0]
    event = json.loads(line)
    del event["gate"], event["chain"]
    text = json.dumps(event, separators=(",", ":"), ensure_ascii=False)[:-1]
    (tmp_path / "journal.jsonl").write_text(f'{text},"chain":"{hashlib.sha256(text.encode()).hexdigest()[:32]}"}}\n')
    process = gate.assay("replay", tmp_path)
    assert process.returncode == 2
    is_one_error_line(process, "key 'gate' is missing")
