"""Axes of ratios."""
import math

import pytest

from reports.scale import RatioScale, bounds, reach, round_up, tick_label


def test_ratio_scale_is_logarithmic():
    scale = RatioScale(0.5, 2.0, 0, 100)
    assert scale(0.5) == 0 and scale(2.0) == 100 and scale(1.0) == pytest.approx(50)


def test_ratio_scale_outside_value_is_held_and_named():
    scale = RatioScale(0.5, 2.0, 10, 100)
    assert scale(0.01) == 10 and scale.outside(0.01) == -1 and scale.outside(3) == 1 and scale.outside(1) == 0


def test_ratio_scale_zero_has_a_place():
    assert math.isfinite(RatioScale(*bounds([0.0, 1.0]), 0, 100)(0.0))


@pytest.mark.parametrize("low, high", [(0.97, 1.03), (0.9, 1.12), (0.45, 1.1), (0.02, 1.3), (0.001, 100)])
def test_ticks_are_apart_and_name_the_same(low, high):
    ticks = RatioScale(low, high, 0, 400).ticks(46)
    places = [place for place, _ in ticks]
    assert "same" in [label for _, label in ticks] and len(ticks) >= 3
    assert all(after - before >= 45.999 for before, after in zip(places, places[1:]))


def test_ticks_of_a_short_axis_are_even():
    labels = [label for _, label in RatioScale(0.93, 1.08, 0, 480).ticks()]
    values = [0 if label == "same" else int(label[:2].replace("\u2212", "-")) for label in labels]
    assert len({after - before for before, after in zip(values, values[1:])}) == 1


def test_bounds_value_beyond_the_clamp_does_not_stretch_the_axis():
    assert bounds([0.02, 0.9, 1.05], (0.4, 2.0)) == bounds([0.9, 1.05], (0.4, 2.0))


def test_reach_stray_value_does_not_stretch_the_axis():
    low, high = reach([0.99, 1.0, 1.01] * 20 + [3.0])
    assert low == 0.99 and high < 1.1


def test_reach_nothing_is_nothing():
    assert reach([]) == []


@pytest.mark.parametrize("value, end", [(0.005, 0.006), (0.034, 0.04), (0.041, 0.06), (0.07, 0.08), (0.09, 0.1), (1.2, 2)])
def test_round_up_gives_the_next_round_figure(value, end):
    assert round_up(value) == pytest.approx(end)


@pytest.mark.parametrize("value", [0.006, 0.009, 0.013, 0.03, 0.05, 0.07, 0.12, 0.5, 0.9])
def test_round_up_half_has_a_true_label(value):
    half = round_up(value) / 2
    assert float(tick_label(1 + half)[1:].split("\u202f")[0]) == pytest.approx(half * 100)


@pytest.mark.parametrize("ratio, text", [(0.9, "\u221210\u202f%"), (1.005, "+0.5\u202f%"), (0.05, "\u221295\u202f%"), (0.005, "\u221299.5\u202f%"), (3, "3\u202f\u00d7")])
def test_tick_label_is_a_change(ratio, text):
    assert tick_label(ratio) == text
