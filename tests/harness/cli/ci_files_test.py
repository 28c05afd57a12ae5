"""The CI files that users copy: they parse, their shell is shell, and what they name (scripts, presets, options of assay) exists."""
import json
import re
import subprocess

import pytest
from conftest import ASSAY, ROOT

yaml = pytest.importorskip("yaml")

GITHUB, GITLAB = ROOT / "ci" / "github-actions.yml", ROOT / "ci" / "gitlab-ci.yml"
TEXTS = [ROOT / name for name in ("README.md", "docs/gate.md", "ci/gate.sh")]
GITHUB_RUN = {"name", "run", "uses", "with", "env", "if", "id", "working-directory", "shell"}
GITHUB_JOB = {"runs-on", "timeout-minutes", "permissions", "steps", "needs", "if", "env"}
GITLAB_JOB = {"image", "timeout", "rules", "variables", "script", "allow_failure", "artifacts", "stage", "needs", "before_script", "after_script"}


def parsed(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def github_jobs():
    return parsed(GITHUB)["jobs"]


def gitlab_job():
    return parsed(GITLAB)["gate"]


def shell_of(path):
    """The scripts of a CI file, each as its shell gets it."""
    if path == GITLAB:
        return ["\n".join(gitlab_job()["script"])]
    return [step["run"] for job in github_jobs().values() for step in job["steps"] if "run" in step]


def assay_commands(text):
    """Every call of the built assay in a text, as words, with quoted words left out."""
    for call in re.finditer(r"(['\"]?)build/release/bin/assay (.*)", text.replace("\\\n", " ")):
        quote, rest = call.groups()
        rest = rest.split(quote)[0] if quote else re.sub(r"'[^']*'|\"[^\"]*\"|\$\{\{.*?\}\}", "quoted", rest)
        words = re.split(r"\s#|[;|&}`]", rest)[0].split()
        if words and words[0].isalpha():
            yield words


def options_of(*verbs):
    shown = subprocess.run([ASSAY, *verbs, "--help"], capture_output=True, text=True, timeout=30)
    assert shown.returncode == 0, f"assay {' '.join(verbs)}: {shown.stderr}"
    return set(re.findall(r"(?<![\w-])(--?[a-z][\w-]*)", shown.stdout))


def verbs_of(words):
    nested = {"dataset", "history", "bisect", "baseline"}
    return words[:2] if words[0] in nested else words[:1]


@pytest.mark.parametrize("path", [GITHUB, GITLAB, *TEXTS], ids=lambda path: path.name)
def test_every_call_of_assay_uses_options_that_it_has(path):
    texts = [path.read_text(encoding="utf-8")] if path in TEXTS else shell_of(path)
    commands = [words for text in texts for words in assay_commands(text)]
    assert commands, "no call of assay was found"
    for words in commands:
        known = options_of(*verbs_of(words))
        used = {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        assert used <= known, f"assay {' '.join(words)}"


@pytest.mark.parametrize("path", [GITHUB, GITLAB], ids=lambda path: path.name)
def test_scripts_are_shell(path):
    for script in shell_of(path):
        checked = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, timeout=30)
        assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("path", [GITHUB, GITLAB], ids=lambda path: path.name)
def test_files_and_presets_that_are_named_exist(path):
    presets = {preset["name"] for preset in json.loads((ROOT / "CMakePresets.json").read_text())["configurePresets"]}
    named = 0
    for script in shell_of(path):
        for file in re.findall(r"(?:scripts|ci)/[\w./-]+", script):
            assert (ROOT / file).exists(), file
            named += 1
        for preset in re.findall(r"--preset[ =](\S+?)[\s)]", script + "\n"):
            assert preset in presets, preset
            named += 1
    assert named >= 3


def test_github_jobs_have_known_keys_and_needs():
    jobs = github_jobs()
    assert parsed(GITHUB)[True] == "pull_request"  # YAML 1.1 reads the key `on` as true
    for job in jobs.values():
        assert set(job) <= GITHUB_JOB
        assert job.get("needs") is None or job["needs"] in jobs
        for step in job["steps"]:
            assert set(step) <= GITHUB_RUN
            assert ("run" in step) != ("uses" in step)


def test_only_the_github_job_that_comments_may_write():
    for job in github_jobs().values():
        runs_code = any("assay" in step.get("run", "") and "cmake" in str(job["steps"]) for step in job["steps"])
        assert not (runs_code and "write" in job["permissions"].values())


def test_gitlab_job_has_known_keys_and_shows_what_the_gate_writes():
    job = gitlab_job()
    assert set(job) <= GITLAB_JOB
    written = {word for words in assay_commands("\n".join(job["script"])) for word in words}
    for report in job["artifacts"]["reports"].values():
        assert report in written
    assert job["allow_failure"]["exit_codes"] == 75
