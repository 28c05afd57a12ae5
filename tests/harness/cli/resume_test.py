"""A run that is cut off anywhere and resumed ends with the report it would have ended with. Times are simulated, so that this can be asked
byte by byte. ASSAY_KILLS and ASSAY_CUTS say how many random places are tried."""
import json
import os
import random
import shutil
import signal
import subprocess
import time

import pytest
from conftest import ASSAY, BUILD, ROOT, TEMPLATE, environment, is_one_error_line, journal, keeps_schema, read

KILLS = int(os.environ.get("ASSAY_KILLS", "10"))
CUTS = int(os.environ.get("ASSAY_CUTS", "20"))
SEED = random.SystemRandom().randrange(1 << 32)  # in every message of a failure


def claim(identity, metric):
    effect = {"metric": metric, "claimed": "half", "ratio_low": 0.5, "ratio_high": 0.5, "headline": True}
    return {"id": identity, "title": "Nothing changed", "tier": 0, "domain": "cpu", "statement": "a -> a", "stand": None, "note": None,
            "baseline": TEMPLATE, "candidate": TEMPLATE, "workload": "persons.birthdates", "parameters": {}, "datasets": ["people-500", "people-2k"],
            "untestable": None, "effects": [effect]}


class Runs:
    """Simulated audits of two cases with one plugin, all with the same options, in one state."""

    def __init__(self, folder):
        self.state = folder / "state"
        self.home = folder / "home"
        self.plugins = folder / "plugins"
        for kind in ("workloads", "suites"):
            shutil.copytree(ROOT / kind, self.home / kind)
        (self.home / "audits").mkdir()
        audit = {"schema": "assay-audit/1", "document": "own", "title": "Own claims", "source": "a test", "conventions": "ratios",
                 "claims": [claim("A-1", "time/total"), claim("A-2", "memory/allocations")]}
        (self.home / "audits" / "own.json").write_text(json.dumps(audit))
        self.plugins.mkdir()
        shutil.copy(BUILD / "plugins" / f"{TEMPLATE}.so", self.plugins)

    def command(self, *options):
        return [str(ASSAY), "audit", "own", "--reference", "", "--budget", "0.2", "--launches", "2", "--plugins", str(self.plugins), "-q", "--no-report",
                *map(str, options)]

    def environment(self, **changes):
        return environment(self.state, ASSAY_HOME=str(self.home), **{"ASSAY_SIMULATED": "1", **changes})

    def __call__(self, *options, **changes):
        return subprocess.run(self.command(*options), env=self.environment(**changes), capture_output=True, text=True, timeout=120)

    def assay(self, *arguments):
        return subprocess.run([str(ASSAY), *map(str, arguments)], env=self.environment(), capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    if not (BUILD / "bin" / "assay-worker-simulated").exists():
        pytest.skip("assay-worker-simulated is not built")
    return Runs(tmp_path_factory.mktemp("runs"))


@pytest.fixture(scope="module")
def whole(runs, tmp_path_factory):
    """The folder of a run that was never cut off."""
    folder = tmp_path_factory.mktemp("whole") / "run"
    process = runs("-o", folder)
    assert process.returncode == 0, process.stderr
    return folder


def result_files(folder):
    """Every file but the journal, as bytes by name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "journal.jsonl"}


def without_takeovers(content):
    """What a record says of new processes in the middle of a launch is the only thing a resumption may add. The command names its folder."""
    value = json.loads(content)
    if "design" in value:
        value["design"].pop("takeovers", None)
    value.pop("command", None)
    return json.dumps(value, indent=1)


def is_same_report(folder, whole):
    expected, found = result_files(whole), result_files(folder)
    assert list(found) == list(expected), SEED
    for name in expected:
        assert without_takeovers(found[name]) == without_takeovers(expected[name]), f"{name} of {folder}, seed {SEED}"


def counted_samples(events):
    return sum(event["event"] == "sample" for event in events)


def cut(whole, folder, size):
    """A run that was killed when its journal had `size` bytes; no other file was there yet."""
    folder.mkdir()
    (folder / "journal.jsonl").write_bytes((whole / "journal.jsonl").read_bytes()[:size])


def test_journal_cut_at_random_bytes_resumes_to_the_same_report(runs, whole, tmp_path):
    size = (whole / "journal.jsonl").stat().st_size
    begin = len((whole / "journal.jsonl").read_bytes().splitlines(keepends=True)[0])
    places = [0, 1, begin - 1, begin, size - 1, size]
    places += random.Random(SEED).sample(range(begin, size), CUTS)
    taken_over = 0
    for place in places:
        folder = tmp_path / str(place)
        cut(whole, folder, place)
        process = runs("--resume", folder)
        assert process.returncode == 0, f"cut at {place}: {process.stderr}"
        is_same_report(folder, whole)
        taken_over += sum(event["event"] == "workers_replaced" for event in journal(folder))
        shutil.rmtree(folder)
    assert taken_over > 0  # some cuts fell into the middle of a launch


def test_run_killed_at_random_times_resumes_to_the_same_report(runs, whole, tmp_path):
    """kill -9 of the host and its workers, several times in one run now and then; at most the sample under way is lost."""
    draw = random.Random(SEED)
    began = time.monotonic()
    assert runs("-o", tmp_path / "timed").returncode == 0
    duration = time.monotonic() - began
    kills = 0
    for number in range(10 * KILLS):
        if kills >= KILLS:
            break
        folder = tmp_path / str(number)
        options = ["-o", folder]
        for _ in range(draw.choice([1, 1, 2])):
            process = subprocess.Popen(runs.command(*options), env=runs.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                       start_new_session=True)
            time.sleep(draw.random() * duration)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(timeout=60)
                kills += 1
            if (folder / "journal.jsonl").exists():
                options = ["--resume", folder]
        before = (folder / "journal.jsonl").read_bytes() if options[0] == "--resume" else b""
        process = runs(*options)
        assert process.returncode == 0, f"{process.stderr}, seed {SEED}"
        is_same_report(folder, whole)
        whole_lines = before[:before.rfind(b"\n") + 1]
        assert (folder / "journal.jsonl").read_bytes().startswith(whole_lines)  # nothing that was written is ever lost
        check = runs.assay("verify", folder)
        assert check.returncode == 0, check.stdout + check.stderr
        shutil.rmtree(folder)
    assert kills >= KILLS


def test_interrupted_run_resumes_to_the_same_report(runs, whole, tmp_path):
    folder = tmp_path / "run"
    process = subprocess.Popen(runs.command("-o", folder), env=runs.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not ((folder / "journal.jsonl").exists() and '"sample"' in (folder / "journal.jsonl").read_text()):
        time.sleep(0.001)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    if process.returncode == 0:
        pytest.skip("the run was over before the signal came")
    assert process.returncode == 130, errors
    assert "--resume" in errors
    assert read(folder / "run.json")["interrupted"] is True
    check = runs.assay("verify", folder)
    assert check.returncode == 0, check.stdout + check.stderr
    assert runs("--resume", folder).returncode == 0
    is_same_report(folder, whole)


def test_run_interrupted_at_random_times_leaves_a_journal_that_verifies_and_resumes(runs, whole, tmp_path):
    """Also in the start and the teardown of a worker."""
    draw = random.Random(SEED)
    for number in range(max(4, KILLS // 2)):
        folder = tmp_path / str(number)
        process = subprocess.Popen(runs.command("-o", folder), env=runs.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        while process.poll() is None and not (folder / "run.json").exists():
            time.sleep(0.001)
        time.sleep(draw.random() * 0.3)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        assert process.returncode in (0, 130), f"{errors}, seed {SEED}"
        assert [event["event"] for event in journal(folder)][-1] == ("run_finished" if process.returncode == 0 else "run_interrupted"), SEED
        check = runs.assay("verify", folder)
        assert check.returncode == 0, f"{check.stdout}{check.stderr}, seed {SEED}"
        assert runs("--resume", folder).returncode == 0
        is_same_report(folder, whole)


def test_resuming_a_finished_run_measures_nothing_and_restores_its_files(runs, whole, tmp_path):
    folder = tmp_path / "run"
    cut(whole, folder, 1 << 30)
    process = runs("--resume", folder)
    assert process.returncode == 0, process.stderr
    assert counted_samples(journal(folder)) == counted_samples(journal(whole))
    assert result_files(folder) == result_files(whole)


def test_record_says_where_new_processes_took_over(runs, whole, tmp_path):
    lines = (whole / "journal.jsonl").read_bytes().splitlines(keepends=True)
    samples = [number for number, line in enumerate(lines) if b'"event":"sample"' in line]
    folder = tmp_path / "run"
    cut(whole, folder, sum(map(len, lines[:samples[7] + 1])))  # two halves of a block, and two samples of the next
    assert runs("--resume", folder).returncode == 0
    record = read(folder / "records" / read(folder / "run.json")["records"][0])
    assert record["design"]["takeovers"] == [{"launch": 0, "samples": 6}]
    assert record["simulated"] is True
    keeps_schema("result", record)
    keeps_schema("run", read(folder / "run.json"))
    resumed = next(event for event in journal(folder) if event["event"] == "run_resumed")
    assert resumed["after"] == samples[5]


@pytest.mark.parametrize("options, part", [
    (("--seed", "43"), "seed was 42 and is 43"),
    (("--limit", "60"), "limit_seconds was 120.0 and is 60.0"),
    (("--datasets", "people-2k"), "the plan has no case"),
    (("--threads", "1", "--profile", "clean"), "profile was \"dirty\" and is \"clean\""),
])
def test_other_options_are_refused_and_named(runs, whole, tmp_path, options, part):
    folder = tmp_path / "run"
    cut(whole, folder, 20000)
    before = (folder / "journal.jsonl").read_bytes()
    process = runs("--resume", folder, *options)
    assert process.returncode == 2
    is_one_error_line(process, part, "it was started by: assay audit own")
    assert (folder / "journal.jsonl").read_bytes() == before


def test_other_plugin_is_refused_and_named(runs, whole, tmp_path):
    folder = tmp_path / "run"
    cut(whole, folder, 20000)
    module = runs.plugins / f"{TEMPLATE}.so"
    kept = module.read_bytes()
    try:
        module.unlink()
        module.write_bytes(kept + b"\0")
        process = runs("--resume", folder)
    finally:
        module.write_bytes(kept)
    assert process.returncode == 2
    is_one_error_line(process, f"variant \"{TEMPLATE}\": sha256 was")


def test_real_worker_is_refused_for_a_simulated_run(runs, whole, tmp_path):
    folder = tmp_path / "run"
    cut(whole, folder, 20000)
    process = runs("--resume", folder, ASSAY_SIMULATED="")
    assert process.returncode == 2
    is_one_error_line(process, "simulated was true and is false")


def test_changed_journal_is_refused(runs, whole, tmp_path):
    folder = tmp_path / "run"
    cut(whole, folder, 1 << 30)
    lines = (folder / "journal.jsonl").read_bytes().splitlines(keepends=True)
    number = next(i for i, line in enumerate(lines) if b'"event":"sample"' in line)
    lines[number] = lines[number].replace(b'"run_ns":', b'"run_ns":1', 1)
    (folder / "journal.jsonl").write_bytes(b"".join(lines))
    for process in (runs("--resume", folder), runs.assay("replay", folder), runs.assay("verify", folder)):
        assert process.returncode == 4
        is_one_error_line(process, f"journal.jsonl:{number + 1}: the journal was changed here")


def test_folder_without_a_journal_cannot_be_resumed(runs, tmp_path):
    process = runs("--resume", tmp_path)
    assert process.returncode == 2
    is_one_error_line(process, tmp_path, "holds no run to go on with")


def test_simulated_times_are_marked_wherever_they_are_shown(runs, whole):
    assert read(whole / "run.json")["simulated"] is True
    assert read(whole / "run.json")["environment"]["clock"] == "simulated"
    assert "SIMULATED" in runs.assay("replay", whole).stdout
