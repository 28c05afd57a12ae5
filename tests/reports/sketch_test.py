"""The drawing surface: what comes out is small inline SVG that the page can colour."""
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
    sketch.marks([5], [5], "<")
    first = Page(sketch.svg("first"))
    sketch.start(100, 50)
    sketch.marks([5], [5], "<")
    second = Page(sketch.svg("second"))
    assert first.values("id") and not set(first.values("id")) & set(second.values("id"))
    assert second.values("viewbox") == ["0 0 100 50"] and second.tags.count("use") == 1


def test_sketch_many_dots_are_one_small_path(sketch):
    sketch.dots([index * 0.5 for index in range(300)], [index % 50 for index in range(300)], surface.CANDIDATE)
    svg = sketch.svg("label")
    assert svg.count("<path") == 1 and svg.count("M ") == 300 and len(svg) < 300 * 40


def test_sketch_origin_is_the_top_left_corner(sketch):
    sketch.line([20, 30], [10, 90])
    assert "M 20 10 L 30 90" in sketch.svg("label")
