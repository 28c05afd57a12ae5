"""Reads a run folder into plain values; every file is checked against its JSON Schema before anything uses it."""
import functools
import json
import math
from dataclasses import dataclass
from pathlib import Path

import jsonschema

NATURAL, NEGATIVE = (int, False, True), (int, True, True)
SCHEMA_FOLDER = Path(__file__).parent / "schema"


class InputError(Exception):
    """A file of the run is missing, unreadable or invalid; the text is one line and names the file."""


@dataclass(frozen=True)
class Record:
    file: str  # name below records/
    data: dict


@dataclass(frozen=True)
class Run:
    folder: Path
    data: dict
    records: list
    ledgers: list


def read_run(folder):
    """Reads run.json, records/*.json and ledger-*.json. Raises InputError on the first file that is unusable."""
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(f"'{folder}' is not a folder; pass the folder that a run wrote (it holds run.json)")
    data = read_checked(folder / "run.json", "run")
    records = [Record(path.name, read_checked(path, "result")) for path in listed(folder / "records", "*.json", data["records"])]
    ledgers = [read_checked(path, "ledger") for path in listed(folder, "ledger-*.json", data["ledgers"])]
    check_links(ledgers, {record.file for record in records})
    return Run(folder, data, records, ledgers)


def listed(folder, pattern, names):
    """The files run.json names, in its order, then those it does not name (an interrupted run lists too few)."""
    for name in names:
        if not (folder / name).is_file():
            raise InputError(f"run.json names '{name}', which is not in '{folder}'; run again or take the name out")
    found = sorted(path.name for path in folder.glob(pattern)) if folder.is_dir() else []
    return [folder / name for name in names] + [folder / name for name in found if name not in names]


def check_links(ledgers, files):
    for ledger in ledgers:
        for row in ledger["rows"]:
            for result in row["results"]:
                if result["record"] is not None and result["record"] not in files:
                    raise InputError(f"ledger '{ledger['document']}', claim {row['id']}: record '{result['record']}' is not in records/")


def read_checked(path, kind):
    value = read_json(path)
    error = next(checker(kind).iter_errors(sample_shapes(value)), None)
    if error is not None:
        where = "/".join(str(part) for part in error.absolute_path) or "the top level"
        raise InputError(f"'{path}' does not follow assay-{kind}-1.json at {where}: {shorten(error.message)}")
    return value


def read_json(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse_constant, parse_float=finite)
    except OSError as error:
        raise InputError(f"cannot read '{path}': {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"'{path}' is not valid JSON: {shorten(str(error))}") from error


def refuse_constant(name):
    raise ValueError(f"{name} is not a JSON number")


def finite(text):
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is not a finite number")
    return number


def shorten(text, limit=300):
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 3] + "..."


@functools.lru_cache(maxsize=None)
def checker(kind):
    schema = json.loads((SCHEMA_FOLDER / f"assay-{kind}-1.json").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema)


def sample_shapes(value):
    """The value with its long lists cut down to one item of each shape.

    The schema restricts items of samples and log ratios by type, enum and "minimum 0" only, so items of equal shape are
    all valid or all invalid. Checking each of some hundred samples would cost a hundred times the rest of the reading.
    """
    if not isinstance(value, dict):
        return value
    cut = dict(value)
    for name in ("samples", "pair_log_ratios", "control_log_ratios"):
        if isinstance(cut.get(name), list):
            cut[name] = list({shape(item): item for item in reversed(cut[name])}.values())[::-1]
    return cut


def shape(item):
    kind = type(item)
    if kind is dict:  # whole numbers, which most fields are, without a call each: a page of 50 cases reads 400,000 fields
        return (*item, *[(NEGATIVE if field < 0 else NATURAL) if type(field) is int else shape(field) for field in item.values()])
    if kind is str:
        return item
    if kind is int or kind is float:
        return kind, item < 0, float(item).is_integer()
    return kind
