"""Lets the tests import the package and the invented runs, and makes one ordinary run that many tests read."""
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "reports")]

import fake_run  # noqa: E402  (needs the path above)
from page import Page  # noqa: E402


@pytest.fixture(scope="session")
def make_page(tmp_path_factory):
    """Writes a run, renders it and returns the parsed page."""
    from reports.render import write_report

    def make(records=None, ledgers=None, **changes):
        folder = fake_run.write_run(tmp_path_factory.mktemp("run"), records, ledgers, **changes)
        return Page(write_report(folder).read_text(encoding="utf-8"))

    return make


@pytest.fixture(scope="session")
def mixed_records():
    """The quick suite with one crashed, one skipped and one not equivalent case, and one case without memory."""
    records = fake_run.quick_records()
    for name, change in (("build.lto-people-10k.json", lambda record: fake_run.not_measured(record, "crashed", "ended by signal 11 in run")),
                         ("build.native-people-10k.json", lambda record: fake_run.not_measured(record, "skipped", "this machine lacks 'avx512vnni'")),
                         ("score.bitparallel-people-10k.json", fake_run.not_equivalent)):
        records[name] = change(records[name])
    records["build.o3-people-10k.json"]["baseline"]["memory"] = None
    records["build.o3-people-10k.json"]["candidate"]["memory"] = None
    return records


@pytest.fixture(scope="session")
def mixed_page(make_page, mixed_records):
    return make_page(mixed_records)


@pytest.fixture
def write_json(tmp_path):
    """Writes a value into a file of this name and returns its path."""

    def make(name, value):
        path = tmp_path / name
        path.write_text(json.dumps(value), encoding="utf-8")
        return path

    return make


@pytest.fixture
def page_of(tmp_path, write_json):
    """Writes a value as a record, has its page made by a write_page(source, output), and returns the page."""

    def make(write_page, value):
        return Page(write_page(write_json("record.json", value), tmp_path / "record.html").read_text(encoding="utf-8"))

    return make
