"""assay bisect: the culprit among commits and among variants, what does not build, interruption and going on, mistakes."""
import json
import os
import shutil
import signal
import subprocess
import time

import pytest
from conftest import ASSAY, TEMPLATE, environment, is_one_error_line, keeps_schema, read

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")

BUILD = "mkdir -p out && cp number out/"
# Slower from the 13th change on, as an exit status.
COMPARE = 'echo $ASSAY_CANDIDATE_COMMIT >> "$ASKED"; test $(cat $ASSAY_CANDIDATE_PLUGINS/number) -lt 13 || exit 3'


@pytest.fixture(scope="session")
def repository(tmp_path_factory):
    """21 commits, `change 0` to `change 20`."""
    folder = tmp_path_factory.mktemp("repository")
    setting = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b",
               "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}
    script = "git init -q -b trunk; for i in $(seq 0 20); do echo $i > number; git add -A; git commit -q -m \"change $i\"; git tag v$i; done"
    subprocess.run(["sh", "-e", "-c", script], cwd=folder, env=setting, check=True)
    return folder


@pytest.fixture
def bisect(assay, repository, tmp_path):
    """Calls assay bisect commits from v0 to v20; asked() tells for which commits the comparison ran."""
    def call(*more, build=BUILD, compare=COMPARE, good="v0", bad="v20"):
        arguments = ["--repository", repository, "--good", good, "--bad", bad, "--build", build, "--plugins", "out", "--compare", compare]
        return assay("bisect", "commits", *arguments, "--answer-error", "0.1", *more, env={"ASKED": str(tmp_path / "asked")})

    call.asked = lambda: (tmp_path / "asked").read_text().split() if (tmp_path / "asked").exists() else []
    return call


def worktrees(repository):
    return subprocess.run(["git", "-C", repository, "worktree", "list"], capture_output=True, text=True, check=True).stdout.splitlines()


def test_culprit_is_named_with_how_sure_that_is(bisect, repository):
    process = bisect()
    assert process.returncode == 0, process.stderr
    lines = process.stdout.splitlines()
    assert lines[0].startswith("culprit: ") and lines[0].endswith(" change 13")
    assert lines[1].startswith("wrong with probability at most 0.")
    assert len(process.stderr.splitlines()) == len(bisect.asked()) <= 6
    assert len(worktrees(repository)) == 1


def test_json_keeps_its_schema(bisect, tmp_path):
    shown = json.loads(bisect("--json", "-", "-q").stdout)
    keeps_schema("bisect", shown)
    assert [suspect["description"] for suspect in shown["suspects"]] == ["change 13"]
    assert shown["sure"] and shown["probability"] >= 0.95
    assert bisect("--json", tmp_path / "b.json", "-q").returncode == 0
    assert read(tmp_path / "b.json") == shown


def test_commits_that_do_not_build_are_named_with_the_culprit(bisect):
    process = bisect(build="case $(cat number) in 12|13) echo no rule; exit 2;; esac; " + BUILD)
    assert process.returncode == 0, process.stderr
    assert "culprit: one of 3 commits" in process.stdout
    assert [f"change {i}" in process.stdout for i in (11, 12, 13, 14, 15)] == [False, True, True, True, False]
    assert process.stdout.count("left out: ") == 2
    assert "does not build: no rule" in process.stdout


def test_same_question_is_answered_from_what_is_known(bisect):
    bisect()
    asked = len(bisect.asked())
    again = bisect()
    assert again.stdout.startswith("culprit: ")
    assert f"going on after {asked} comparisons" in again.stderr
    assert len(bisect.asked()) == asked
    assert bisect("--restart").returncode == 0
    assert len(bisect.asked()) == 2 * asked


def test_interrupted_search_goes_on_where_it_was(assay, repository, tmp_path):
    asked = tmp_path / "asked"
    stop = tmp_path / "stop"
    stop.write_text("")
    compare = f'{COMPARE.replace("; test", "; if [ -e " + str(stop) + " ] && [ $(wc -l < $ASKED) = 3 ]; then sleep 60; fi; test")}'
    arguments = ["bisect", "commits", "--repository", repository, "--good", "v0", "--bad", "v20", "--build", BUILD, "--plugins", "out",
                 "--compare", compare, "--answer-error", "0.1"]
    process = subprocess.Popen([ASSAY, *map(str, arguments)], env=environment(assay.state, ASKED=str(asked)), stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not asked.exists() or len(asked.read_text().split()) < 3:
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "the same command goes on from here" in errors
    assert len(worktrees(repository)) == 2  # kept, so that the build can go on too
    stop.unlink()
    again = assay(*arguments, env={"ASKED": str(asked)})
    assert again.returncode == 0, again.stderr
    assert "change 13" in again.stdout
    assert "going on after 2 comparisons" in again.stderr
    assert len(worktrees(repository)) == 1


def test_run_that_the_comparison_wrote_is_measured(bisect, run, tmp_path):
    """The pairs of a record decide, not the exit status."""
    record = read(run.folder / "records" / read(run.folder / "run.json")["records"][0])
    for name, ratio in (("fast", 0.0), ("slow", 0.06)):
        (tmp_path / name / "records").mkdir(parents=True)
        (tmp_path / name / "records" / "case.json").write_text(json.dumps({**record, "pair_log_ratios": [ratio + i * 1e-5 for i in range(48)]}))
        (tmp_path / name / "run.json").write_text('{"schema": "assay-run/1", "records": ["case.json"]}')
    process = bisect(compare=f'if [ $(cat $ASSAY_CANDIDATE_PLUGINS/number) -lt 7 ]; then k=fast; else k=slow; fi; cp -r "{tmp_path}/$k" "$ASSAY_RUN"')
    assert process.returncode == 0, process.stderr
    assert "change 7\n" in process.stdout
    assert "slower by 6.2 % from the good end to the bad one" in process.stdout
    assert "48 pairs" in process.stderr


def test_bad_end_that_is_not_slower_is_nothing_to_bisect(bisect):
    process = bisect(compare="true")
    assert process.returncode == 2
    assert "nothing to bisect" in process.stderr.splitlines()[-1]


@pytest.mark.parametrize("change, parts", [
    ({"good": "nowhere"}, ["no commit 'nowhere'"]),
    ({"good": "v20", "bad": "v0"}, ["is no ancestor"]),
    ({"build": "echo no compiler; false"}, ["the good commit", "does not build: no compiler"]),
    ({"compare": "echo what; exit 9"}, ["status 9", "what", ".log"]),
    ({"compare": "kill -9 $$"}, ["signal 9"]),
    ({"compare": "exit 125"}, ["not shown to be slower", "cannot be tested"]),
], ids=str)
def test_mistakes_end_with_one_line(bisect, repository, change, parts):
    process = bisect("-q", **change)
    assert process.returncode == 2, process.stdout
    is_one_error_line(process, *parts)
    assert len(worktrees(repository)) == 1


# No path that exists outside a test's own folder, and never "/": a test must stay harmless when what it tests is broken.
@pytest.mark.parametrize("product", [".", "../out", "out/../..", ".git", ""])
def test_product_outside_the_worktree_is_refused(assay, repository, product):
    process = assay("bisect", "commits", "--repository", repository, "--good", "v0", "--build", "true", "--plugins", product, "--compare", "true")
    assert process.returncode == 2
    is_one_error_line(process, "--plugins", product)
    assert not (assay.state / "bisect").exists()


def test_variants_are_compared_by_this_assay(shared):
    """A variant is not slower than itself: the whole road without a culprit."""
    process = shared("bisect", "variants", TEMPLATE, TEMPLATE, "--workload", "persons.birthdates", "--datasets", "people-2k", "--budget", "0.3", "-q")
    assert process.returncode == 2, process.stdout
    is_one_error_line(process, "bad end")


def test_answers_about_variants_do_not_outlive_their_modules(shared, tmp_path):
    """A module that was built anew is measured anew; one that was not, is not."""
    plugins = tmp_path / "plugins"
    plugins.mkdir()
    shutil.copy(ASSAY.parent.parent / "plugins" / f"{TEMPLATE}.so", plugins)
    arguments = ["bisect", "variants", TEMPLATE, TEMPLATE, "--workload", "persons.birthdates", "--datasets", "people-2k", "--budget", "0.3",
                 "--plugins", plugins, "--work", tmp_path / "work"]
    assert "[1] " in shared(*arguments).stderr
    assert "[1] " not in shared(*arguments).stderr
    with open(plugins / f"{TEMPLATE}.so", "ab") as module:
        module.write(b"\0")
    assert "[1] " in shared(*arguments).stderr


def test_variant_that_is_not_there_is_told_with_what_assay_said(shared):
    process = shared("bisect", "variants", TEMPLATE, "no.such", "--workload", "persons.birthdates", "--datasets", "people-2k", "-q")
    assert process.returncode == 2
    is_one_error_line(process, "no.such")
