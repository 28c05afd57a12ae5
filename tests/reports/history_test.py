"""The page of a history: a picture and a table for every series, changes first; bad input is refused in one line."""
import json

import pytest

from page import Page
from reports import history as history_page


def series(case, values, changes=(), **more):
    points = [{
        "created_utc": f"2026-11-{1 + index:02}T00:00:00Z", "run": f"r{index}", "digest": f"{index:064x}", "git_revision": f"{index:040x}", "git_dirty": False,
        "machine_class": "a processor", "value": value, "baseline": 1e6, "candidate": 1e6 * value, "ratio": value,
        "interval": {"low": value * 0.99, "high": value * 1.01, "confidence": 0.95}, "margin": 0.02, "verdict": "EQUIVALENT",
    } for index, value in enumerate(values)]
    found = [{
        "index": index, "created_utc": points[index]["created_utc"], "git_revision": points[index]["git_revision"],
        "previous_git_revision": points[index - 1]["git_revision"], "before": before, "after": after, "relative_change": after / before - 1, "p": 0.0005,
    } for index, before, after in changes]
    return {"case": case, "metric": "time/total", "unit": "ns", "kind": "statistical", "machine_classes": ["a processor"], "unmeasured": 0,
            "min_magnitude": 0.02, "points": points, "change_points": found, **more}


@pytest.fixture
def write(tmp_path):
    def make(*all_series, value="ratio"):
        source = tmp_path / "h.json"
        source.write_text(json.dumps({"schema": "assay-history/1", "value": value, "series": list(all_series)}))
        return Page(history_page.write_page(source, tmp_path / "h.html").read_text(encoding="utf-8"))

    return make


STEP = series("moved", [1.0] * 10 + [1.06] * 10, [(10, 1.0, 1.06)])


def test_history_counts_what_changed_and_shows_it_first(write):
    page = write(series("steady", [1.0, 1.01, 0.99]), STEP)
    assert "1 of 2 series changed their level" in page.text
    assert page.text.index("moved") < page.text.index("steady")
    assert page.tags.count("svg") == 2


def test_history_change_has_its_commit_size_and_p(write):
    page = write(STEP)
    for part in (f"{10:040x}"[:10], f"{9:040x}"[:10], "1.000", "1.060", "6.0", "0.0005"):
        assert part in page.text


def test_history_axis_is_labelled_with_changes_from_the_first_level(write):
    page = write(STEP)
    assert "1.00" in page.text  # the first level
    assert "+2\u202f%" in page.text and "+4\u202f%" in page.text


def test_history_greater_figures_stand_higher():
    from reports.history_plot import Levels
    levels = Levels([1.0, 1.1], 1.0)
    assert levels(1.1) < levels(1.0) < levels(0.95)


def test_history_series_without_a_figure_says_so(write):
    assert "not measured" in write(series("crashed", [], unmeasured=3)).text


def test_history_of_times_has_times(write):
    page = write(series("a", [1e6] * 3), value="baseline")
    assert "the baseline's own figure" in page.text
    assert "1.00\u202fms" in page.text


def test_history_one_point_and_great_steps_can_be_drawn(write):
    assert write(series("one", [0.5]), series("great", [0.001] * 8 + [900.0] * 8, [(8, 0.001, 900.0)])).tags.count("svg") == 2


def test_history_text_of_a_case_is_escaped(write):
    assert "<b>" not in write(series("<b>", [1.0])).tags


def test_history_main_refuses_bad_input_in_one_line(tmp_path, capsys):
    source = tmp_path / "h.json"
    source.write_text('{"schema": "assay-history/1", "value": "speed", "series": []}')
    assert history_page.main([str(source)]) == 2
    error = capsys.readouterr().err
    assert error.startswith("assay history: ") and error.count("\n") == 1
    assert not (tmp_path / "h.html").exists()
