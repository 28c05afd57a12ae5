"""Puts a run into the page and writes the page at once: read, view, template, rename."""
import argparse
import os
import sys
import tempfile
import warnings
from pathlib import Path

import jinja2

from reports import run_view
from reports.case_view import case_view, overview_rows
from reports.ledger_view import ledger_view
from reports.load import InputError, read_checked, read_run
from reports.plots import CLAMP, intervals
from reports.sketch import Sketch

# verdict or outcome -> (symbol, colour class); the word always stands beside the symbol
BADGES = {
    "CONFIRMED": ("\u2713", "good"), "UNDERSTATED": ("\u25b2", "good"), "OVERSTATED": ("\u25bd", "weak"), "REFUTED": ("\u2715", "bad"),
    "REVERSED": ("\u21c4", "bad"), "NOT_EQUIVALENT": ("\u2260", "bad"), "INCONCLUSIVE": ("?", "open"), "UNTESTABLE": ("\u2013", "open"),
    "IMPROVED": ("\u2713", "good"), "REGRESSED": ("\u2715", "bad"), "EQUIVALENT": ("=", "open"), "NOT_SLOWER": ("\u2265", "open"),
    "NOT_MEASURED": ("\u2013", "open"), "FEWER": ("\u2193", "good"), "MORE": ("\u2191", "bad"), "EQUAL": ("=", "open"),
    "SKIPPED": ("\u2013", "open"), "FAILED": ("\u2715", "bad"), "TIMED_OUT": ("\u2715", "bad"), "CANCELLED": ("\u2013", "open"),
    "CRASHED": ("\u2715", "bad"), "NO_CLAIM": ("\u2013", "open"),
}


def write_report(run_dir, output=None):
    """Writes the page and returns its path (default: RUN_DIR/report.html). Raises InputError; never leaves half a page."""
    run = read_run(run_dir)
    output = Path(output) if output else run.folder / "report.html"
    page = render(run)
    try:
        replace_file(output, page)
    except OSError as error:
        raise InputError(f"cannot write '{output}': {error.strerror}; choose another place with -o") from error
    return output


def templates():
    made = jinja2.Environment(loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True,
                              undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals["badges"] = BADGES
    return made


def write_page_of(source, kind, template, view, output):
    """The page of one record: a JSON file of schema assay-KIND/1, shown by `template` as `view` makes it. Returns the page's path. Raises
    InputError; never leaves half a page."""
    page = templates().get_template(template).render(view(read_checked(source, kind)))
    try:
        replace_file(output, page)
    except OSError as error:
        raise InputError(f"cannot write '{output}': {error.strerror}; choose another place with -o") from error
    return output


def page_program(arguments, write_page, module, command, what, written_by):
    """The command line of a module that makes such a page; its exit code. what: "history"; written_by: who wrote the record."""
    parser = argparse.ArgumentParser(prog=f"python3 -m reports.{module}", description=f"Make one self-contained HTML page of a {what}.")
    parser.add_argument("record", type=Path, help=f"file that {written_by} wrote")
    parser.add_argument("-o", "--output", type=Path, help="page to write (default: beside the record, as .html)")
    options = parser.parse_args(arguments)
    try:
        print(write_page(options.record, options.output or options.record.with_suffix(".html")))
    except InputError as error:
        print(f"assay {command}: {error}", file=sys.stderr)
        return 2
    return 0


def render(run):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # the reader's browser draws the text, not matplotlib
        return templates().get_template("report.html.j2").render(page_view(run))


def page_view(run):
    sketch = Sketch()
    records = {record.file: record.data for record in run.records}
    anchors = {file: f"case-{number}" for number, file in enumerate(records, 1)}
    claims = claims_by_record(run.ledgers)
    overview = overview_rows(records.values())
    return {
        "run": run.data,
        "sentences": run_view.first_sentences(run),
        "notices": run_view.notices(run),
        "ledgers": [ledger_view(ledger, f"ledger-{number}", records, anchors, sketch) for number, ledger in enumerate(run.ledgers, 1)],
        "cases": [case_view(record, anchors[file], claims.get(file, []), sketch) for file, record in records.items()],
        "overview": intervals(sketch, overview, "Total time of every case: change and interval", CLAMP) if overview else None,
        "environment": run_view.environment_rows(run.data["environment"]),
        "method": run_view.method_facts(records.values()),
    }


def claims_by_record(ledgers):
    """Record file -> [(ledger row, result)], so that a case can show the claims it decides."""
    found = {}
    for ledger in ledgers:
        for row in ledger["rows"]:
            for result in row["results"]:
                if result["record"] is not None:
                    found.setdefault(result["record"], []).append((row, result))
    return found


def replace_file(path, text):
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name + ".")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
