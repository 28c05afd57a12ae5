"""What a run leaves: records and run.json that keep their schemas, a whole journal, samples in mirrored blocks, exports."""
import os
import pty
import re
import shutil
import signal
import stat
import subprocess
import time

import pytest
from conftest import ASSAY, BUILD, COMPARE, ROOT, TEMPLATE, environment, is_one_error_line, journal, keeps_schema, read, record


def blocks(samples):
    """The samples of each block, in run order."""
    found = {}
    for sample in samples:
        found.setdefault((sample["launch"], sample["block"]), []).append(sample)
    return list(found.values())


def test_list_names_variants_suites_audits_and_workloads(shared):
    process = shared("list")
    assert process.returncode == 0
    assert process.stderr == ""
    for name in (TEMPLATE, "quick", "name_matcher", "persons.match"):
        assert name in process.stdout


def test_list_as_json_has_what_each_variant_says_of_itself(shared):
    import json
    variants = json.loads(shared("list", "--json").stdout)
    template = next(variant for variant in variants if variant["id"] == TEMPLATE)
    assert template["workloads"] == ["persons.birthdates"]
    assert template["module"] == TEMPLATE + ".so"
    assert template["build"]


def test_dataset_is_made_once(assay):
    first = assay("dataset", "make", "people-500")
    assert first.returncode == 0, first.stderr
    folder = first.stdout.strip()
    before = {path: path.stat().st_mtime_ns for path in (assay.state / "datasets").rglob("*")}
    assert any(str(path).startswith(folder) for path in before)
    second = assay("dataset", "make", "people-500")
    assert (second.returncode, second.stdout) == (0, first.stdout)
    assert {path: path.stat().st_mtime_ns for path in (assay.state / "datasets").rglob("*")} == before
    assert "people-500" in assay("dataset", "list").stdout
    assert assay("dataset", "check", folder).returncode == 0


def test_record_and_run_keep_their_schemas(run):
    keeps_schema("run", read(run.folder / "run.json"))
    keeps_schema("result", record(run.folder))


def test_run_folder_holds_nothing_half_written(run):
    names = sorted(path.name for path in run.folder.rglob("*") if path.is_file())
    assert names == sorted(["journal.jsonl", "run.json", *read(run.folder / "run.json")["records"]])


def test_variant_against_itself_is_equal_and_no_change(run):
    result = record(run.folder)
    assert result["outcome"] == "ok"
    assert result["equivalence"]["status"] == "equal"
    assert result["equivalence"]["challenge"]["status"] == "equal"
    verdicts = {comparison["metric"]: comparison["verdict"] for comparison in result["comparisons"]}
    assert verdicts["time/total"] in ("EQUIVALENT", "NOT_SLOWER", "INCONCLUSIVE")
    if result["baseline"]["memory"]["allocations"] is None:  # sanitizers
        assert result["baseline"]["memory"]["reason"]
        assert verdicts["memory/allocations"] == "NOT_MEASURED"
    else:
        assert verdicts["memory/allocations"] == "EQUAL"
        assert result["baseline"]["memory"]["allocations"] > 0


def test_samples_come_in_mirrored_blocks_of_all_three_arms(run):
    result = record(run.folder)
    baseline_first = set()
    for block in blocks(result["samples"]):
        assert [sample["position"] for sample in block] == [0, 1, 2, 3, 4, 5]
        arms = [sample["arm"] for sample in block]
        assert sorted(arms[:3]) == ["baseline", "candidate", "control"]
        assert arms[3:] == arms[2::-1]
        baseline_first.add(arms.index("baseline") < arms.index("candidate"))
    assert baseline_first == {True, False}


def test_design_says_how_many_pairs_were_taken(run):
    result = record(run.folder)
    arms = [sample["arm"] for sample in result["samples"]]
    assert result["design"]["pairs"] == len(result["pair_log_ratios"]) == arms.count("candidate") == arms.count("baseline")
    assert result["design"]["control_pairs"] == len(result["control_log_ratios"]) == arms.count("control")
    assert result["design"]["control_pairs"] >= 6
    assert {sample["launch"] for sample in result["samples"]} == set(range(result["design"]["launches"]))


def test_journal_tells_the_whole_run_and_every_sample(run):
    events = journal(run.folder)
    names = [event["event"] for event in events]
    assert names[:2] == ["run_started", "case_started"]
    assert names[-2:] == ["case_finished", "run_finished"]
    assert names.count("memory") == 2
    samples = [event for event in events if event["event"] == "sample"]
    assert [(s["launch"], s["block"], s["position"], s["arm"]) for s in samples] == \
        [(s["launch"], s["block"], s["position"], s["arm"]) for s in record(run.folder)["samples"]]
    for time in ("prepare_ns", "run_ns", "collect_ns", "cpu_ns"):  # of all iterations together
        assert [s[time] // s["iterations"] for s in samples] == [s[time] for s in record(run.folder)["samples"]]
    assert [event["arm"] for event in events if event["event"] == "cold"] == ["baseline", "candidate", "control"] * record(run.folder)["design"]["launches"]


def test_terminal_output_names_verdict_and_folder(run):
    verdict = record(run.folder)["comparisons"][0]["verdict"]
    assert verdict in run.stdout
    assert f"records: {run.folder}" in run.stdout
    assert verdict in run.stderr  # the progress line


def test_same_seed_gives_the_same_order(shared, run, tmp_path):
    again = shared(*COMPARE, "--budget", "0.05", "--launches", "3", "-o", tmp_path / "again", "-q")
    assert again.returncode == 0, again.stderr
    assert again.stderr == ""
    order = {(s["launch"], s["block"], s["position"]): s["arm"] for s in record(run.folder)["samples"] if s["block"] == 0}
    for sample in record(tmp_path / "again")["samples"]:
        if sample["block"] == 0:
            assert order[sample["launch"], 0, sample["position"]] == sample["arm"]


def test_export_is_google_benchmark_json(shared, run, tmp_path):
    import json
    process = shared("export", run.folder, "--to", "google-benchmark")
    assert process.returncode == 0, process.stderr
    exported = json.loads(process.stdout)
    assert exported["context"]["num_cpus"] >= 1
    iterations = [row for row in exported["benchmarks"] if row["run_type"] == "iteration"]
    assert len(iterations) == 2 * record(run.folder)["design"]["pairs"]
    assert len({row["run_name"] for row in exported["benchmarks"]}) == 2  # although both arms are one variant
    assert shared("export", run.folder, "-o", tmp_path / "out.json").returncode == 0
    assert read(tmp_path / "out.json") == exported


def test_output_that_is_no_terminal_has_no_escape_sequences(shared, run):
    for text in (run.stdout, run.stderr, shared("list").stdout, shared("dataset", "list").stdout, shared("--help").stdout):
        assert "\x1b" not in text
        assert "\r" not in text


def test_no_color_on_a_terminal_means_no_colour(shared):
    host, terminal = pty.openpty()
    process = subprocess.run([ASSAY, "list"], env=environment(shared.state, NO_COLOR="1"), stdout=terminal, stderr=terminal, check=True, timeout=60)
    os.close(terminal)
    assert process.returncode == 0
    assert not re.search(rb"\x1b\[[0-9;]*m", os.read(host, 1 << 16))
    os.close(host)


def test_interrupt_leaves_a_readable_journal_and_says_so(shared, tmp_path):
    folder = tmp_path / "run"
    process = subprocess.Popen([ASSAY, *COMPARE, "--budget", "600", "-o", folder], env=environment(shared.state), text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not ((folder / "journal.jsonl").exists() and '"sample"' in (folder / "journal.jsonl").read_text()):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert errors.splitlines()[-1].startswith("assay: interrupted")
    assert str(folder) in errors
    assert [event["event"] for event in journal(folder)][-1] == "run_interrupted"
    unfinished = read(folder / "run.json")
    keeps_schema("run", unfinished)
    assert unfinished["interrupted"] is True
    assert unfinished["finished_utc"] is None


def test_replay_gives_the_same_files_from_the_journal_alone(shared, run, tmp_path):
    (tmp_path / "journal.jsonl").write_bytes((run.folder / "journal.jsonl").read_bytes())
    process = shared("replay", tmp_path / "journal.jsonl", "-o", tmp_path / "again", env={"ASSAY_HOME": "/nowhere"})
    assert process.returncode == 0, process.stderr
    assert record(run.folder)["comparisons"][0]["verdict"] in process.stdout
    files = {path.relative_to(run.folder): path.read_bytes() for path in run.folder.rglob("*") if path.is_file()}
    assert {path.relative_to(tmp_path / "again"): path.read_bytes() for path in (tmp_path / "again").rglob("*") if path.is_file()} == files
    refused = shared("replay", run.folder, "-o", tmp_path / "again")
    assert refused.returncode == 2
    is_one_error_line(refused, tmp_path / "again", "already holds a run")


def test_verify_believes_an_untouched_run_and_names_what_was_changed(shared, run, tmp_path):
    process = shared("verify", run.folder)
    assert process.returncode == 0, process.stdout + process.stderr
    assert "byte for byte" in process.stdout
    changed = tmp_path / "run"
    shutil.copytree(run.folder, changed)
    file = changed / "records" / read(changed / "run.json")["records"][0]
    text = file.read_text()
    run_ns = str(record(changed)["samples"][3]["run_ns"])
    file.write_text(text.replace(f'"run_ns": {run_ns}', f'"run_ns": {int(run_ns) - 1}', 1))
    (changed / "records" / "invented.json").write_text(text)
    process = shared("verify", changed)
    assert process.returncode == 4
    assert f"/run_ns is {int(run_ns) - 1}, the journal says {run_ns}" in process.stdout
    assert "records/invented.json: the journal knows nothing of it" in process.stdout
    is_one_error_line(process, changed, "2 file(s) differ")


def test_verify_makes_the_report_again(shared, run, tmp_path):
    changed = tmp_path / "run"
    shutil.copytree(run.folder, changed)
    if shared("report", changed).returncode != 0:
        pytest.skip("no Python with matplotlib")
    process = shared("verify", changed)
    assert process.returncode == 0, process.stdout + process.stderr
    assert "report:   made again" in process.stdout
    page = changed / "report.html"
    page.write_text(page.read_text().replace("INCONCLUSIVE", "IMPROVED").replace("EQUIVALENT", "IMPROVED") + " ")
    process = shared("verify", changed)
    assert process.returncode == 4
    assert "report.html: not the page" in process.stdout


@pytest.mark.parametrize("command", ["list", "dataset", "dataset make", "dataset list", "dataset check", "run", "compare", "audit", "report", "validate",
                                     "export", "replay", "verify", ""])
def test_help_shows_an_example_and_exits_with_0(shared, command):
    process = shared(*command.split(), "--help")
    assert process.returncode == 0
    assert f"example:\n  assay {command}" in process.stdout


def test_version_is_one_line(shared):
    process = shared("--version")
    assert process.returncode == 0
    assert re.fullmatch(r"assay \d+\.\d+\.\d+\n", process.stdout)


def test_run_folder_that_holds_a_run_is_left_alone(shared, run):
    before = {path: path.read_bytes() for path in run.folder.rglob("*") if path.is_file()}
    process = shared(*COMPARE, "--budget", "0.05", "-o", run.folder)
    assert process.returncode == 2
    is_one_error_line(process, run.folder, "already holds a run", "another folder")
    assert {path: path.read_bytes() for path in run.folder.rglob("*") if path.is_file()} == before


def test_export_into_a_device_leaves_the_device(shared, run):
    process = shared("export", run.folder, "-o", "/dev/full")
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)
    assert process.returncode == 1
    is_one_error_line(process, "/dev/full", "No space left")


STUB_HOME = {"ASSAY_HOME": str(ROOT / "tests" / "stub_plugins" / "home")}


def test_until_verdict_ends_early_where_the_answer_is_clear(shared, tmp_path):
    """The candidate does twice the work."""
    folder = tmp_path / "plugins"
    folder.mkdir()
    for stub in ("adjustable", "correct"):
        shutil.copy(BUILD / "stub_plugins" / f"stub.{stub}.so", folder)
    (folder / "stub.adjustable.so.knobs").write_text("extra=100")
    process = shared("compare", "stub.correct", "stub.adjustable", "--workload", "stub.table", "--datasets", "people-2k", "-p", "rounds=200",
                     "--plugins", folder, "--no-report", "-q", "--budget", "10", "--launches", "1", "--until-verdict", "-o", tmp_path / "run", env=STUB_HOME)
    assert process.returncode == 0, process.stderr
    found = record(tmp_path / "run")
    keeps_schema("result", found)
    design = found["design"]
    assert design["pairs"] < design["most_pairs"]
    headline = next(row for row in found["comparisons"] if row["metric"] == "time/total")
    assert headline["verdict"] in ("REGRESSED", "INCONCLUSIVE")  # a machine too busy for it says the latter
    assert found["command"].count("--until-verdict") == 1
    assert "warm_up" in design
    assert design["warm_up"]["samples"] >= 9
    replayed = shared("verify", tmp_path / "run", env=STUB_HOME)
    assert replayed.returncode == 0, replayed.stderr


def test_until_verdict_does_not_go_with_claims(shared):
    process = shared("run", "quick", "--audit", "name_matcher", "--datasets", "people-2k", "--until-verdict")
    assert process.returncode == 2
    is_one_error_line(process, "--until-verdict", "--audit")
