"""Command line: python3 -m reports.history HISTORY.json [-o history.html]: what 'assay history show --json' wrote, as one page.

Exit code 0: written; 2: the input or the output is unusable.
"""
import argparse
import sys
from pathlib import Path

from reports.history_plot import series_picture
from reports.load import InputError, read_checked
from reports.render import replace_file, templates
from reports.sketch import Sketch
from reports.units import change, percent, quantity


def change_rows(series, value):
    return [{
        "utc": point["created_utc"], "commit": short(point["git_revision"]), "previous": short(point["previous_git_revision"]),
        "before": level(point["before"], series, value), "after": level(point["after"], series, value),
        "change": change(1 + point["relative_change"]).text, "p": f"{point['p']:.2g}",
    } for point in series["change_points"]]


def level(figure, series, value):
    return f"{figure:.3f}" if value == "ratio" else quantity(figure, series["unit"]).text


def short(revision):
    return revision[:10] if revision else "unknown"


def page_view(history):
    sketch = Sketch()
    value = history["value"]
    series = [{
        "title": one["case"], "metric": one["metric"], "machines": one["machine_classes"], "unmeasured": one["unmeasured"],
        "count": len(one["points"]), "changes": change_rows(one, value), "least": percent(one["min_magnitude"]),
        "picture": series_picture(sketch, one, value) if one["points"] else None,
    } for one in history["series"]]
    return {"series": sorted(series, key=lambda one: -len(one["changes"])), "value": value,
            "changed": sum(1 for one in series if one["changes"]), "count": len(series)}


def write_page(source, output):
    """Writes the page and returns its path. Raises InputError; never leaves half a page."""
    page = templates().get_template("history.html.j2").render(page_view(read_checked(source, "history")))
    try:
        replace_file(output, page)
    except OSError as error:
        raise InputError(f"cannot write '{output}': {error.strerror}; choose another place with -o") from error
    return output


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python3 -m reports.history", description="Make one self-contained HTML page of a history.")
    parser.add_argument("history", type=Path, help="file that 'assay history show --json FILE' wrote")
    parser.add_argument("-o", "--output", type=Path, help="page to write (default: beside the history, as .html)")
    options = parser.parse_args(arguments)
    try:
        print(write_page(options.history, options.output or options.history.with_suffix(".html")))
    except InputError as error:
        print(f"assay history: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
