"""The drawing surface: what comes out is small inline SVG that the page can colour."""
import math
import re

import pytest

from page import Page
from reports import sketch as surface


@pytest.fixture
def sketch():
    made = surface.Sketch()
    made.start(200, 100)
    return made


def test_sketch_text_stays_text(sketch):
    sketch.text(10, 20, "<b> & $\\alpha$")
    assert "<b> & $\\alpha$" in Page(sketch.svg("label")).text


def test_sketch_label_is_escaped(sketch):
    assert ("svg", "aria-label", 'a "quoted" <label>') in Page(sketch.svg('a "quoted" <label>')).attributes


def test_sketch_colours_are_page_properties(sketch):
    sketch.box(0, 0, 10, 10, fill=surface.BAND, edge=surface.CLAIM)
    sketch.line([0, 10], [0, 10], surface.RULE)
    assert set(re.findall(r"var\(--(\w+)\)", sketch.svg("label"))) == {"band", "claim", "rule"}


def test_sketch_second_drawing_shares_no_id_and_nothing_else(sketch):
    sketch.dots([5], [5], surface.BASE, hollow=True)
    first = Page(sketch.svg("first"))
    sketch.start(100, 50)
    sketch.dots([5], [5], surface.BASE, hollow=True)
    second = Page(sketch.svg("second"))
    assert first.values("id") and not set(first.values("id")) & set(second.values("id"))
    assert {f"#{name}" for name in second.values("id")} == set(second.values("href"))
    assert second.values("viewbox") == ["0 0 100 50"] and second.tags.count("use") == 2


def test_sketch_many_dots_are_one_small_path(sketch):
    sketch.dots([index * 0.5 for index in range(300)], [index % 50 for index in range(300)], surface.CANDIDATE)
    svg = sketch.svg("label")
    assert svg.count("<path") == 1 and len(re.findall(r"M[\d.]+ [\d.]+h", svg)) == 300 and len(svg) < 300 * 14 + 200


def test_sketch_hollow_dots_share_one_path(sketch):
    sketch.dots(list(range(300)), list(range(300)), surface.BASE, hollow=True)
    assert sketch.svg("label").count("h0") == 300


def test_sketch_triangles_point_where_they_should(sketch):
    """The corner that two others share a side with, by the direction: left, right, up, down on the page."""
    for marker, axis, pick in (("<", 0, min), (">", 0, max), ("^", 1, min), ("v", 1, max)):
        sketch.start(200, 100)
        sketch.marks([50], [40], marker, size=6)
        corners = [tuple(map(float, pair)) for pair in re.findall(r"[ML] ([\d.]+) ([\d.]+)", sketch.svg("label"))]
        tip = pick(corners, key=lambda corner: corner[axis])
        assert tip[1 - axis] == (40 if axis == 0 else 50), marker
        assert abs(tip[axis] - (50 if axis == 0 else 40)) <= 4


def test_sketch_gap_in_a_line_begins_another(sketch):
    sketch.line([0, 10, math.nan, 20, 30], [5, 5, math.nan, 6, 6], surface.RULE)
    assert "M 0 5 L 10 5 M 20 6 L 30 6" in sketch.svg("label")


def test_sketch_origin_is_the_top_left_corner(sketch):
    sketch.line([20, 30], [10, 90])
    assert "M 20 10 L 30 90" in sketch.svg("label")
