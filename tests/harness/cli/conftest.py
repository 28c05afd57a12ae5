"""Runs the built assay program for the end-to-end tests: its own state folder, no settings of the caller."""
import json
import os
import subprocess
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[3]
BUILD = Path(os.environ["ASSAY_BUILD"])
ASSAY = BUILD / "bin" / "assay"
TEMPLATE = "template.birthdate"
COMPARE = ["compare", TEMPLATE, TEMPLATE, "--workload", "persons.birthdates", "--datasets", "people-2k", "--no-report"]


def environment(state, **changes):
    kept = {key: value for key, value in os.environ.items() if key not in ("CI", "NO_COLOR", "PYTHON") and not key.startswith("ASSAY_")}
    return {**kept, "ASSAY_HOME": str(ROOT), "ASSAY_STATE": str(state), **changes}


class Assay:
    """Calls assay with one state folder and returns what subprocess.run returns."""

    def __init__(self, state):
        self.state = Path(state)

    def __call__(self, *arguments, env=None, **options):
        command = [str(ASSAY), *map(str, arguments)]
        return subprocess.run(command, env=environment(self.state, **(env or {})), capture_output="stdout" not in options, text=True, timeout=120,
                              stderr=subprocess.PIPE if "stdout" in options else None, **options)

    def runs(self):
        return sorted((self.state / "runs").glob("*"))


@pytest.fixture
def assay(tmp_path):
    """A fresh state."""
    return Assay(tmp_path / "state")


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """A state that holds people-2k; for tests that leave it as it is."""
    shared = Assay(tmp_path_factory.mktemp("state"))
    made = shared("dataset", "make", "people-2k", "-q")
    assert made.returncode == 0, made.stderr
    return shared


@pytest.fixture(scope="session")
def run(shared, tmp_path_factory):
    """One measured comparison of a variant with itself: the finished process and its folder."""
    folder = tmp_path_factory.mktemp("run") / "compare"
    process = shared(*COMPARE, "--budget", "1", "-o", folder)
    assert process.returncode == 0, process.stderr
    process.folder = folder
    return process


@pytest.fixture(scope="session")
def made(shared, tmp_path_factory):
    """Simulated runs that no test changes: of a base, and of another build of the same code."""
    from gates import Stored  # which needs this module
    if not (BUILD / "bin" / "assay-worker-simulated").exists():
        pytest.skip("assay-worker-simulated is not built")
    stored = Stored(shared, tmp_path_factory.mktemp("made"))
    stored.base, stored.head = stored.run("base"), stored.run("head")
    return stored


@pytest.fixture
def stored(made, tmp_path):
    from gates import Stored
    fresh = Stored(made.assay, tmp_path)
    fresh.base, fresh.head = made.base, made.head
    return fresh


def read(path):
    """Strict JSON: no NaN."""
    def refuse(name):
        raise ValueError(f"{path} holds {name}")

    return json.loads(Path(path).read_text(encoding="utf-8"), parse_constant=refuse)


def journal(folder):
    return [json.loads(line) for line in (folder / "journal.jsonl").read_text(encoding="utf-8").splitlines()]


def record(folder):
    names = read(folder / "run.json")["records"]
    assert len(names) == 1
    return read(folder / "records" / names[0])


def keeps_schema(kind, value):
    schema = read(ROOT / "reports" / "schema" / f"assay-{kind}-1.json")
    errors = [f"{error.json_path}: {error.message}" for error in jsonschema.Draft202012Validator(schema).iter_errors(value)]
    assert not errors, errors


def is_one_error_line(process, *parts):
    """One line on standard error, as the style guide wants it, that holds every part."""
    lines = process.stderr.splitlines()
    assert len(lines) == 1, process.stderr
    assert lines[0].startswith("assay: ")
    for part in parts:
        assert str(part) in lines[0]
