"""The picture of one series of a history: every figure with its interval in the order of time, and the levels between its changes."""
import math

from reports.scale import RatioScale, bounds
from reports.sketch import BAND, CANDIDATE, CLAIM, INK, MUTED, RULE
from reports.units import change, quantity

WIDE, HEIGHT = 1040, 300
LEFT, RIGHT, TOP, BOTTOM = 84, 1030, 34, 262


class Levels:
    """Vertical positions: logarithmic, larger figures higher. `unit` is what a figure of 1 stands for: the first level."""

    def __init__(self, figures, unit):
        self.unit = unit
        low, high = bounds([figure / unit for figure in figures])
        self.scale = RatioScale(low, high, TOP, BOTTOM)

    def __call__(self, figure):
        return TOP + BOTTOM - self.scale(figure / self.unit)

    def ticks(self):
        return [(TOP + BOTTOM - y, text) for y, text in self.scale.ticks(24)]


def series_picture(sketch, series, value):
    """value: ratio, baseline or candidate. Intervals belong to ratios only."""
    points, changes = series["points"], series["change_points"]
    starts = [0, *(point["index"] for point in changes), len(points)]
    heights = [changes[0]["before"], *(point["after"] for point in changes)] if changes else [median([point["value"] for point in points])]
    spans = [interval(point, value) for point in points]
    levels = Levels([point["value"] for point in points] + [end for span in spans if span for end in span], heights[0])
    sketch.start(WIDE, HEIGHT)
    draw_axis(sketch, levels, heights[0], series["unit"], value)
    xs = [LEFT + (index + 0.5) / len(points) * (RIGHT - LEFT) for index in range(len(points))]
    draw_levels(sketch, levels, starts, heights, xs, series["min_magnitude"])
    for x, span in zip(xs, spans):
        if span:
            sketch.line([x, x], [levels(span[0]), levels(span[1])], MUTED, 1.2)
    sketch.dots(xs, [levels(point["value"]) for point in points], CANDIDATE, 6)
    for point in changes:
        draw_change(sketch, point, xs)
    sketch.text(LEFT, BOTTOM + 22, points[0]["created_utc"][:10], MUTED, size=10.5)
    sketch.text(RIGHT, BOTTOM + 22, points[-1]["created_utc"][:10], MUTED, "right", 10.5)
    return sketch.svg(f"{series['case']}, {series['metric']}: {len(points)} figures by time, {len(changes)} change(s) of level")


def interval(point, value):
    found = point["interval"] if value == "ratio" else None
    return (found["low"], found["high"]) if found and found["low"] > 0 else None


def median(figures):
    ordered = sorted(figures)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def draw_axis(sketch, levels, first, unit, value):
    name = f"{first:.2f}" if value == "ratio" else quantity(first, unit).text
    for y, text in levels.ticks():
        sketch.line([LEFT, RIGHT], [y, y], RULE)
        sketch.text(LEFT - 8, y + 4, name if text == "same" else text, INK if text == "same" else MUTED, "right", 10.5)


def draw_levels(sketch, levels, starts, heights, xs, least):
    half = (RIGHT - LEFT) / len(xs) / 2
    for begin, end, height in zip(starts, starts[1:], heights):
        left, right = xs[begin] - half, xs[end - 1] + half
        sketch.box(left, levels(height * (1 + least)), right, levels(height / (1 + least)), fill=BAND)
        sketch.line([left, right], [levels(height)] * 2, INK, 1.6)


def draw_change(sketch, point, xs):
    x = (xs[point["index"]] + xs[point["index"] - 1]) / 2
    sketch.line([x, x], [TOP - 8, BOTTOM], CLAIM, 1.2, (0, (3, 3)))
    right = x > (LEFT + RIGHT) / 2
    commit = f" at {point['git_revision'][:10]}" if point["git_revision"] else ""
    text = change(math.exp(math.log(point["after"]) - math.log(point["before"]))).text + commit
    sketch.text(x - 6 if right else x + 6, TOP - 14, text, INK, "right" if right else "left", 11, "bold")
