"""assay compare --command: two programs, what makes them comparable, and what a user reads when they are not."""
import hashlib
import re
import signal
import subprocess
import time

import pytest
from conftest import ASSAY, environment, is_one_error_line, journal, keeps_schema, read, record


def programs(assay, folder, *commands, options=(), pairs=4, **kwargs):
    given = [part for command in commands for part in ("--command", command)]
    return assay("compare", *given, "--pairs", pairs, "-o", folder, *options, **kwargs)


@pytest.fixture(scope="module")
def slower(tmp_path_factory):
    """Ten times the sleep: no noise hides that."""
    from conftest import Assay
    state = Assay(tmp_path_factory.mktemp("state"))
    folder = tmp_path_factory.mktemp("run") / "programs"
    process = programs(state, folder, "sleep 0.01", "sleep 0.1", pairs=16)
    process.folder = folder
    return process


def test_sentence_comes_first_and_names_factor_and_interval(slower):
    assert slower.returncode == 0, slower.stderr
    first = slower.stdout.splitlines()[0]
    match = re.fullmatch(r"'sleep 0\.1' is (\d+\.\d\d) x \[(\d+\.\d\d), (\d+\.\d\d)\] slower than 'sleep 0\.01'", first)
    assert match, slower.stdout
    low, factor, high = float(match[2]), float(match[1]), float(match[3])
    assert low <= factor <= high
    assert 2 < factor < 12


def test_the_other_way_round_it_is_faster(assay, tmp_path):
    process = programs(assay, tmp_path / "run", "sleep 0.1", "sleep 0.01", pairs=16)
    match = re.match(r"'sleep 0\.01' is (\d+\.\d\d) x \[(\d+\.\d\d), (\d+\.\d\d)\] faster than 'sleep 0\.1'\n", process.stdout)
    assert match, process.stdout
    interval = record(tmp_path / "run")["comparisons"][0]["interval"]
    assert match[2] == f"{1 / interval['high']:.2f}" and match[3] == f"{1 / interval['low']:.2f}"


def test_record_keeps_the_schema_and_says_that_these_are_programs(slower):
    result = record(slower.folder)
    keeps_schema("result", result)
    keeps_schema("run", read(slower.folder / "run.json"))
    assert result["kind"] == "program"
    assert result["outcome"] == "ok"
    assert result["equivalence"]["status"] == "equal"
    assert [row["metric"] for row in result["comparisons"] if row["kind"] == "statistical"] == ["time/total", "time/cpu"]
    total = result["comparisons"][0]
    assert total["verdict"] == "REGRESSED"
    assert total["baseline"] >= 10e6 and total["candidate"] >= 100e6
    assert result["baseline"]["plugin_file"].endswith("/sleep")
    for sample in result["samples"]:
        assert sample["cpu_ns"] == sample["user_ns"] + sample["system_ns"]
        assert sample["exit_code"] == 0
        assert sample["window_ns"] >= sample["run_ns"]


def test_samples_come_in_mirrored_blocks_with_a_control(slower):
    result = record(slower.folder)
    blocks = {}
    for sample in result["samples"]:
        blocks.setdefault(sample["block"], []).append(sample)
    orders = set()
    for block in blocks.values():
        arms = [sample["arm"] for sample in block]
        assert [sample["position"] for sample in block] == [0, 1, 2, 3, 4, 5]
        assert sorted(arms[:3]) == ["baseline", "candidate", "control"]
        assert arms[3:] == arms[2::-1]
        orders.add(tuple(arms[:3]))
    assert len(orders) > 1
    assert result["design"]["pairs"] == result["design"]["control_pairs"] == 16


def test_journal_tells_the_whole_run(slower):
    events = journal(slower.folder)
    names = [event["event"] for event in events]
    assert names[:2] == ["run_started", "case_started"]
    assert names[-2:] == ["case_finished", "run_finished"]
    samples = [{key: value for key, value in event.items() if key not in ("event", "n", "chain")} for event in events if event["event"] == "sample"]
    assert samples == record(slower.folder)["samples"]


def test_input_is_recorded_with_its_digest(assay, tmp_path):
    (tmp_path / "input").write_text("3\n1\n2\n")
    process = programs(assay, tmp_path / "run", "sort", "sort -n", options=["--input", tmp_path / "input"])
    assert process.returncode == 0, process.stdout
    result = record(tmp_path / "run")
    assert result["dataset"]["name"] == str(tmp_path / "input")
    assert result["dataset"]["digest"] == "sha256:" + hashlib.sha256(b"3\n1\n2\n").hexdigest()
    assert result["equivalence"]["digest"] == "sha256:" + hashlib.sha256(b"1\n2\n3\n").hexdigest()


def test_what_only_runs_of_plugins_can_do_is_refused_in_one_line(assay, slower, tmp_path):
    for verb in ("replay", "verify"):
        process = assay(verb, slower.folder)
        assert process.returncode == 2
        is_one_error_line(process, "comparison of programs")
    process = assay("compare", "--command", "true", "--command", "true", "--resume", slower.folder)
    assert process.returncode == 2
    is_one_error_line(process, "--resume")


def test_small_budget_still_gives_the_fewest_pairs_that_can_have_a_verdict(assay, tmp_path):
    process = assay("compare", "--command", "true", "--command", "true", "--budget", "0.01", "-o", tmp_path / "run")
    assert process.returncode == 0, process.stderr
    assert record(tmp_path / "run")["design"]["pairs"] == 8


def test_fail_on_regression_exits_with_3(assay, tmp_path):
    process = programs(assay, tmp_path / "run", "sleep 0.01", "sleep 0.1", pairs=16, options=["--fail-on-regression", "-q"])
    assert process.returncode == 3, process.stdout
    assert process.stderr == ""


@pytest.mark.parametrize("candidate, expected", [
    ("printf '1\\n3\\n'", "line 2 is '3' instead of '2'"),
    ("printf '1\\n'", "line 2 is '' instead of '2'"),
    ("printf '1\\n2'", "another standard output"),
])
def test_another_output_is_no_time(assay, tmp_path, candidate, expected):
    process = programs(assay, tmp_path / "run", "printf '1\\n2\\n'", candidate)
    assert process.returncode == 4
    assert expected in process.stdout
    result = record(tmp_path / "run")
    keeps_schema("result", result)
    assert (result["outcome"], result["equivalence"]["status"]) == ("not_equivalent", "different")
    assert result["comparisons"] == [] and result["samples"] == []


def test_ignored_output_may_differ(assay, tmp_path):
    process = programs(assay, tmp_path / "run", "printf 1", "printf 2", options=["--ignore-output"])
    assert process.returncode == 0, process.stdout
    result = record(tmp_path / "run")
    assert result["equivalence"]["status"] == "not_compared"
    assert result["equivalence"]["digest"] is None


def test_command_that_does_not_repeat_itself_is_no_measure(assay, tmp_path):
    process = programs(assay, tmp_path / "run", "date +%N", "date +%N", options=["--warmup", "2"])
    assert process.returncode == 4
    assert "'date +%N'" in process.stdout


def test_files_must_be_written_and_equal(assay, tmp_path):
    out = tmp_path / "out"
    options = ["--compare-output", out]
    equal = programs(assay, tmp_path / "a", f"echo 1 > {out}", f"echo 1 | cat > {out}", options=options)
    assert equal.returncode == 0, equal.stdout
    different = programs(assay, tmp_path / "b", f"echo 1 > {out}", f"echo 22 > {out}", options=options)
    assert different.returncode == 4
    assert f"another file '{out}' (3 bytes, 2 expected)" in different.stdout
    absent = programs(assay, tmp_path / "c", f"echo 1 > {out}", "true", options=options)
    assert absent.returncode == 4
    assert f"'true' did not write '{out}'" in absent.stdout
    for folder in "abc":
        keeps_schema("result", record(tmp_path / folder))


@pytest.mark.parametrize("command, outcome, parts", [
    ("sh -c 'echo no table >&2; exit 3'", "failed", ("exited with 3", "no table", "--ignore-failure")),
    ("sh -c 'kill -SEGV $$'", "crashed", ("killed by signal 11",)),
    ("sleep 60", "timed_out", ("took longer than 1 s", "--limit")),
])
def test_failure_is_an_outcome_with_its_reason(assay, tmp_path, command, outcome, parts):
    process = programs(assay, tmp_path / "run", "true", command, options=["--limit", "1"])
    assert process.returncode == 6
    for part in parts:
        assert part in process.stdout
    result = record(tmp_path / "run")
    keeps_schema("result", result)
    assert result["outcome"] == result["candidate"]["outcome"] == outcome
    assert result["baseline"]["outcome"] == "ok"


def test_ignored_failures_must_still_be_equal(assay, tmp_path):
    same = programs(assay, tmp_path / "same", "sh -c 'exit 3'", "sh -c 'exit 3'", options=["--ignore-failure"])
    assert same.returncode == 0, same.stdout
    assert {sample["exit_code"] for sample in record(tmp_path / "same")["samples"]} == {3}
    other = programs(assay, tmp_path / "other", "sh -c 'exit 3'", "sh -c 'exit 4'", options=["--ignore-failure"])
    assert other.returncode == 4
    assert "exit code 4 instead of 3" in other.stdout


def test_shell_is_used_for_both_or_for_none(assay, tmp_path):
    plain = programs(assay, tmp_path / "plain", "true", "/bin/true")
    assert record(tmp_path / "plain")["workload"]["parameters"] == {"shell": "none"}
    assert "shell   " not in plain.stdout
    piped = programs(assay, tmp_path / "piped", "echo 1", "echo 1 | cat")
    parameters = record(tmp_path / "piped")["workload"]["parameters"]
    assert parameters["shell"] == "sh"
    assert int(parameters["shell_start_ns"]) > 0
    assert "shell     'sh' starts in" in piped.stdout
    assert "the ratio is nearer to 1" in piped.stdout  # echo takes as long as the shell's start
    literal = programs(assay, tmp_path / "literal", "echo $HOME", "echo '$HOME'", options=["--shell", "none"])
    assert literal.returncode == 0, literal.stdout


def test_environment_has_another_size_in_each_run(assay, tmp_path):
    log = tmp_path / "log"
    command = "echo ${#ASSAY_PADDING} >> " + str(log)
    for folder in "ab":
        assert programs(assay, tmp_path / folder, command, command, options=["--seed", "7"]).returncode == 0
    sizes = log.read_text().split()
    half = len(sizes) // 2
    assert half == 2 + 6 * 2  # warm-ups and two blocks
    assert sizes[:half] == sizes[half:]  # the same seed
    assert len(set(sizes[:half])) > half // 2
    assert all(0 <= int(size) < 4096 for size in sizes)


def test_setup_prepare_cleanup_run_in_order(assay, tmp_path):
    log = tmp_path / "log"
    process = programs(assay, tmp_path / "run", "true", "/bin/true", pairs=2,
                       options=["--setup", f"echo setup >> {log}", "--prepare", f"echo for-a >> {log}", "--prepare", f"echo for-b >> {log}",
                                "--cleanup", f"echo cleanup >> {log}"])
    assert process.returncode == 0, process.stderr
    lines = log.read_text().split()
    assert lines[:3] == ["setup", "for-a", "for-b"]
    assert lines[-1] == "cleanup"
    arms = [sample["arm"] for sample in record(tmp_path / "run")["samples"]]
    assert lines[3:-1] == ["for-b" if arm == "candidate" else "for-a" for arm in arms]


def test_cleanup_runs_after_a_failure_too(assay, tmp_path):
    log = tmp_path / "log"
    process = programs(assay, tmp_path / "run", "true", "true", options=["--prepare", "echo disk full >&2; exit 9", "--cleanup", f"echo cleanup >> {log}"])
    assert process.returncode == 2
    assert "--prepare 'echo disk full >&2; exit 9' exited with 9: disk full" in process.stderr
    assert log.read_text() == "cleanup\n"
    assert journal(tmp_path / "run")[-1]["event"] == "run_failed"


def alive(pid):
    try:
        return open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def dies(pid):
    deadline = time.monotonic() + 10
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not alive(pid)


def test_what_setup_starts_lives_as_long_as_the_comparison(assay, tmp_path):
    pid = tmp_path / "pid"
    process = programs(assay, tmp_path / "run", f"sh -c 'kill -0 $(cat {pid})'", f"sh -c 'kill -0 $(cat {pid})'",
                       options=["--setup", f"sleep 300 & echo $! > {pid}"])
    assert process.returncode == 0, process.stdout
    assert dies(int(pid.read_text()))


def test_interrupt_ends_all_and_leaves_a_whole_journal(assay, tmp_path):
    pid, folder = tmp_path / "pid", tmp_path / "run"
    command = f"echo $$ > {pid}; exec sleep 300"
    process = subprocess.Popen([ASSAY, "compare", "--command", command, "--command", "true", "--limit", "600", "-o", folder],
                               env=environment(assay.state), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (pid.exists() and pid.read_text().strip()):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert errors.splitlines()[-1].startswith("assay: interrupted; what was measured is in ")
    assert dies(int(pid.read_text()))
    assert journal(folder)[-1]["event"] == "run_interrupted"
    unfinished = read(folder / "run.json")
    keeps_schema("run", unfinished)
    assert unfinished["interrupted"] is True


@pytest.mark.parametrize("arguments, parts", [
    (["--command", "true"], ("give --command twice", "got 1")),
    (["--command", "true", "--command", "true", "--command", "true"], ("give --command twice", "got 3")),
    (["--command", "true", "--command", "no-such-program-here x"], ("no program 'no-such-program-here'", "--shell sh")),
    (["--command", "true", "--command", "echo 'open"], ("echo 'open", "ends inside a quotation")),
    (["--command", "true", "--command", " "], ("holds no word",)),
    (["--command", "true", "--command", "true", "--shell", "no-such-shell"], ("no-such-shell",)),
    (["--command", "true", "--command", "true", "--prepare", "a", "--prepare", "b", "--prepare", "c"], ("--prepare", "got 3")),
    (["--command", "true", "--command", "true", "--input", "no-such-file"], ("no-such-file",)),
    ([], ("give a baseline and a candidate",)),
    (["one.variant"], ("give a baseline and a candidate",)),
])
def test_what_cannot_be_compared_is_said_in_one_line(assay, arguments, parts):
    process = assay("compare", *arguments)
    assert process.returncode == 2
    is_one_error_line(process, *parts)
    assert assay.runs() == []


def test_page_can_be_made_of_a_run_of_programs(slower, assay, tmp_path):
    process = assay("report", slower.folder, "-o", tmp_path / "page.html")
    if "no python3 with matplotlib" in process.stderr:
        pytest.skip(process.stderr.strip())
    assert process.returncode == 0, process.stderr
    assert "sleep 0.01" in (tmp_path / "page.html").read_text()
