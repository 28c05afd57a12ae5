"""The comparison of a choice with the audited one: pairs of cells that differ in that choice alone."""
import json

import pytest

from gpu_axes_test import MILLISECOND, cell
from reports.axis_effects import CHOICES, axis_effects


def effect(cells, axis, choice):
    return next(found for found in axis_effects(cells) if (found["axis"], found["choice"]) == (axis, choice))


def test_mean_is_geometric_over_the_pairs():
    cells = [cell(4 * MILLISECOND), cell(MILLISECOND, host="registered"), cell(2 * MILLISECOND, streams=3), cell(2 * MILLISECOND, streams=3, host="registered")]
    found = effect(cells, "host_memory", "registered")
    assert (found["pairs"], found["least"], found["greatest"]) == (2, 0.25, 1.0)
    assert found["mean"] == pytest.approx(0.5) and found["by_tile"] == {4096: pytest.approx(0.5)}


def test_cells_that_differ_otherwise_too_are_no_pair():
    cells = [cell(MILLISECOND), cell(MILLISECOND, wait="polling", streams=2), cell(MILLISECOND, wait="polling", tile=1 << 16)]
    found = effect(cells, "wait", "polling")
    assert (found["pairs"], found["mean"], found["least"], found["by_tile"]) == (0, None, None, {})


def test_cell_without_a_time_is_in_no_pair():
    cells = [cell(None, correct=False), cell(MILLISECOND, submission="graph"), cell(MILLISECOND, streams=2), cell(3 * MILLISECOND, streams=2, submission="graph"),
             cell(MILLISECOND, streams=3), cell(None, streams=3, submission="graph", correct=False)]
    found = effect(cells, "submission", "graph")
    assert (found["pairs"], found["mean"]) == (1, pytest.approx(3.0))


def test_every_choice_of_the_schema_is_compared():
    import fake_run
    named = json.loads((fake_run.ROOT / "reports/schema/assay-gpu-axes-1.json").read_text())["$defs"]
    for axis in ("host_memory", "device_buffers", "wait", "submission"):
        assert set(CHOICES[axis]) == set(named[axis]["enum"])
    assert list(CHOICES["streams"]) == list(range(named["streams"]["minimum"], named["streams"]["maximum"] + 1))
    assert len(axis_effects([])) == sum(len(choices) - 1 for choices in CHOICES.values())
