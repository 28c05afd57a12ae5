"""Reading a run folder: what is unusable is refused in one line that names the file."""
import json

import pytest

import fake_run
from reports.load import InputError, read_run


@pytest.fixture
def folder(tmp_path):
    records = {"a.json": fake_run.record("strings.copied", "strings.interned", "people-10k", pairs=8)}
    return fake_run.write_run(tmp_path, records, {})


def spoil(path, change):
    value = json.loads(path.read_text(encoding="utf-8"))
    change(value)
    path.write_text(json.dumps(value), encoding="utf-8")


def refusal(folder):
    with pytest.raises(InputError) as caught:
        read_run(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_read_run_complete_folder_gives_records_and_ledgers(tmp_path):
    run = read_run(fake_run.write_run(tmp_path))
    assert len(run.records) == 17 and [ledger["document"] for ledger in run.ledgers] == ["name_matcher"]


def test_read_run_missing_folder_is_refused(tmp_path):
    assert "nowhere' is not a folder" in refusal(tmp_path / "nowhere")


def test_read_run_missing_run_json_is_refused(folder):
    (folder / "run.json").unlink()
    assert "run.json" in refusal(folder)


def test_read_run_missing_record_is_refused(folder):
    (folder / "records" / "a.json").unlink()
    assert "'a.json'" in refusal(folder)


def test_read_run_unlisted_record_is_read(folder):
    spoil(folder / "run.json", lambda run: run.update(records=[]))
    assert [record.file for record in read_run(folder).records] == ["a.json"]


def test_read_run_other_schema_version_is_refused(folder):
    spoil(folder / "run.json", lambda run: run.update(schema="assay-run/2"))
    assert "assay-run-1.json at schema" in refusal(folder)


@pytest.mark.parametrize("text", ["", "{", '{"schema": NaN}', '{"schema": 1e999}', "[" * 100_000, b"\xff\xfe"],
                         ids=["empty", "cut", "nan", "infinite", "deep", "not utf-8"])
def test_read_run_damaged_json_is_refused(folder, text):
    (folder / "records" / "a.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    assert "a.json' is not valid JSON" in refusal(folder)


@pytest.mark.parametrize("index", [0, 5, -1])
@pytest.mark.parametrize("change", [
    lambda sample: sample.pop("cpu_ns"), lambda sample: sample.update(run_ns=-1), lambda sample: sample.update(run_ns=1.5),
    lambda sample: sample.update(run_ns="1"), lambda sample: sample.update(run_ns=True), lambda sample: sample.update(arm="other"),
    lambda sample: sample.update(more=1), lambda sample: sample.update(prepare_ns=None), lambda sample: sample.update(arm=["candidate"]),
], ids=["missing", "negative", "fraction", "text", "bool", "arm", "unknown", "null", "list"])
def test_read_run_any_bad_sample_is_refused(folder, index, change):
    spoil(folder / "records" / "a.json", lambda record: change(record["samples"][index]))
    assert "a.json' does not follow assay-result-1.json at samples" in refusal(folder)


def test_read_run_fraction_among_whole_floats_is_refused(folder):
    def change(record):
        for sample in record["samples"]:
            sample["run_ns"] = 2.0
        record["samples"][7]["run_ns"] = 1.5
    spoil(folder / "records" / "a.json", change)
    assert "at samples" in refusal(folder)


@pytest.mark.parametrize("value", [None, "0.1", True], ids=["null", "text", "bool"])
def test_read_run_bad_log_ratio_is_refused(folder, value):
    spoil(folder / "records" / "a.json", lambda record: record["pair_log_ratios"].append(value))
    assert "at pair_log_ratios" in refusal(folder)


def test_read_run_ledger_naming_an_unknown_record_is_refused(tmp_path):
    folder = fake_run.write_run(tmp_path)
    spoil(folder / "ledger-name_matcher.json", lambda ledger: ledger["rows"][2]["results"][0].update(record="gone.json"))
    assert "gone.json" in refusal(folder) and "T1-MEM-01" in refusal(folder)
