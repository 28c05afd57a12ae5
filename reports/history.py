"""Command line: python3 -m reports.history HISTORY.json [-o history.html]: what 'assay history show --json' wrote, as one page.

Exit code 0: written; 2: the input or the output is unusable.
"""
import sys

from reports.history_plot import series_picture
from reports.render import page_program, write_page_of
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
    return write_page_of(source, "history", "history.html.j2", page_view, output)


def main(arguments=None):
    return page_program(arguments, write_page, "history", "history", "history", "'assay history show --json FILE'")


if __name__ == "__main__":
    sys.exit(main())
