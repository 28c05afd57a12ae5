"""The four pictures of the report, each from plain values to inline SVG."""
import math
import statistics
from typing import NamedTuple, Optional

from reports.scale import RatioScale, bounds, reach, round_up, tick_label
from reports.sketch import BAND, BASE, CANDIDATE, CLAIM, INK, MUTED, RULE
from reports.units import change, quantity, shorten, span

WIDE, HALF = 1040, 500  # pixels
ROW, HEAD = 26, 34
CLAMP = (0.4, 2.0)  # a page-wide axis serves the many moderate effects; the few large ones get an arrow


class Range(NamedTuple):
    """One row of an interval picture; ratios are candidate / baseline."""
    label: str
    detail: str
    claimed: Optional[tuple]  # (low, high)
    measured: Optional[tuple]  # (ratio, low, high), low and high equal ratio for an exact metric
    margin: Optional[float]
    verdict: str


def intervals(sketch, rows, label, clamp=None):
    """Claimed ranges (open bars) beside measured intervals (dot and line), with the margin that counts as no change."""
    height = HEAD + ROW * len(rows) + 10
    sketch.start(WIDE, height)
    values = [value for row in rows for value in (*(row.claimed or ()), *(row.measured or ()), 1 + (row.margin or 0), 1 - (row.margin or 0))]
    scale = RatioScale(*bounds(values, clamp or (0.0, 1e3)), 396, 730)
    axis_labels(sketch, scale, HEAD - 14)
    middles = [HEAD + ROW * index + ROW / 2 for index in range(len(rows))]
    for row, y in zip(rows, middles):
        if row.margin is not None:
            sketch.box(scale(1 - row.margin), y - ROW / 2 + 1, scale(1 + row.margin), y + ROW / 2 - 1, fill=BAND)
    axis_rules(sketch, scale, HEAD - 8, height - 6)  # over the bands: the line of "same" has no gaps
    for row, y in zip(rows, middles):
        interval_row(sketch, scale, row, y)
    return sketch.svg(label)


def axis_labels(sketch, scale, y):
    for x, text in scale.ticks():
        sketch.text(x, y, text, MUTED, "center", 10.5)


def axis_rules(sketch, scale, top, bottom):
    rules = [x for x, text in scale.ticks() if text != "same"]
    sketch.line([value for x in rules for value in (x, x, math.nan)], [top, bottom, math.nan] * len(rules), RULE)
    sketch.line([scale(1.0)] * 2, [top, bottom], INK)


def interval_row(sketch, scale, row, y):
    sketch.text(0, y + 4, shorten(row.label, 20), size=12, weight="bold")
    sketch.text(376, y + 4, shorten(row.detail, 36), MUTED, "right", 11)
    if row.claimed:
        draw_claimed(sketch, scale, row.claimed, y)
    if row.measured is None:
        sketch.text(806, y + 4, "not measured", MUTED, "right", size=11)
    else:
        draw_measured(sketch, scale, row.measured, y)
        ratio, low, high = row.measured
        sketch.text(806, y + 4, change(ratio).text, anchor="right", size=12, weight="bold")
        sketch.text(816, y + 4, span(low, high).text if low != high else "exact", MUTED, size=10.5)
    sketch.text(WIDE, y + 4, row.verdict, anchor="right", size=11)


def draw_claimed(sketch, scale, claimed, y):
    left, right = (scale(value) for value in claimed)
    if right - left < 6:  # a single figure: keep it visible
        left, right = (left + right) / 2 - 3, (left + right) / 2 + 3
    sketch.box(left, y - 8, right, y + 8, fill=CLAIM, alpha=0.28)
    sketch.box(left, y - 8, right, y + 8, edge=CLAIM)


def draw_measured(sketch, scale, measured, y, color=CANDIDATE):
    ratio, low, high = measured
    beyond = scale.outside(ratio)
    if beyond:
        sketch.marks([scale(ratio)], [y], "<" if beyond < 0 else ">", color, 9)
        return
    sketch.line([scale(low), scale(high)], [y, y], color, 3)
    sketch.dots([scale(ratio)], [y], color, 8)


def pair_ratios(sketch, test, control, interval, margin, label):
    """Every pair of samples as a dot: candidate against baseline, and below it baseline against itself."""
    sketch.start(HALF, 214)
    ratios = {"test": [math.exp(value) for value in test], "control": [math.exp(value) for value in control]}
    shown = [*reach(ratios["test"]), *reach(ratios["control"]), *(interval or ()), 1 - (margin or 0), 1 + (margin or 0)]
    scale = RatioScale(*bounds(shown), 16, HALF - 16)
    axis_labels(sketch, scale, 12)
    dot_row(sketch, scale, ratios["test"], 74, "candidate / baseline", CANDIDATE, interval, margin)
    dot_row(sketch, scale, ratios["control"], 178, "control: baseline / baseline", BASE, None, margin)
    return sketch.svg(label)


def dot_row(sketch, scale, ratios, y, title, color, interval, margin, reach=28):
    sketch.text(0, y - reach - 10, title, size=11, weight="bold")
    bottom = y + reach + (12 if interval else 2)
    if margin is not None:
        sketch.box(scale(1 - margin), y - reach - 2, scale(1 + margin), bottom, fill=BAND)
    axis_rules(sketch, scale, y - reach - 2, bottom)
    if not ratios:
        sketch.text(0, y + 4, "not measured", MUTED)
        return
    median = statistics.median(ratios)
    sketch.text(HALF, y - reach - 10, f"median {change(median).text} of {len(ratios)} pairs", MUTED, "right", 10.5)
    inside = [ratio for ratio in ratios if not scale.outside(ratio)]
    sketch.dots(*stack([scale(ratio) for ratio in inside], y, reach), color, 5, hollow=color == BASE)
    for side, marker in ((-1, "<"), (1, ">")):
        beyond = sum(1 for ratio in ratios if scale.outside(ratio) == side)
        if beyond:
            x = scale.left - 8 if side < 0 else scale.right + 8
            sketch.marks([x], [y], marker, color, 6)
            sketch.text(x, y + 17, f"{beyond} more", MUTED, "left" if side < 0 else "right", 10)
    if interval:
        sketch.line([scale(interval[0]), scale(interval[1])], [y + reach + 6] * 2, INK, 3)
        sketch.dots([scale(median)], [y + reach + 6], INK, 7)


def stack(xs, y, reach, size=5.5):
    """Positions of dots stacked up and down from y in columns as wide as a dot, so that none hides another."""
    columns = {}
    for x in sorted(xs):
        columns.setdefault(round(x / size), []).append(x)
    tallest = max((len(column) for column in columns.values()), default=1)
    step = min(size, 2 * reach / tallest)
    return ([column * size for column, members in columns.items() for _ in members],
            [y + step * (index - (len(members) - 1) / 2) for members in columns.values() for index in range(len(members))])


def run_order(sketch, test, control, launches, label):
    """Deviation of each pair from the median of its series, in the order of the run: a slope or a step is drift."""
    height, left, right, top, bottom = 214, 52, HALF - 4, 26, 188
    sketch.start(HALF, height)
    series = [(deviations(control), BASE, True), (deviations(test), CANDIDATE, False)]
    limit = round_up(max(0.006, *(abs(end) for values, _, _ in series for end in reach(values))))
    for step in (-1, -0.5, 0, 0.5, 1):
        y = (top + bottom) / 2 - step * (bottom - top) / 2 / 1.1
        sketch.line([left, right], [y, y], INK if step == 0 else RULE, 1.0)
        sketch.text(left - 6, y + 4, "median" if step == 0 else tick_label(1 + step * limit), MUTED, "right", 10.5)
    draw_launches(sketch, launches, left, right, top, bottom)
    for values, color, hollow in series:
        xs = [left + (index + 0.5) / len(values) * (right - left) for index in range(len(values))]
        ys = [(top + bottom) / 2 - max(-1.1, min(1.1, value / limit)) * (bottom - top) / 2 / 1.1 for value in values]
        for marker, side in (("", 0), ("^", 1), ("v", -1)):
            chosen = [(x, y) for x, y, value in zip(xs, ys, values) if beyond(value / limit) == side]
            if chosen and marker:
                sketch.marks(*zip(*chosen), marker, color, 5.5)
            elif chosen:
                sketch.dots(*zip(*chosen), color, 5, hollow)
    draw_key(sketch, left, height - 6)
    return sketch.svg(label)


def beyond(share):
    return 1 if share > 1.1 else -1 if share < -1.1 else 0


def deviations(logs):
    if not logs:
        return []
    median = statistics.median(logs)
    return [math.expm1(value - median) for value in logs]


def draw_launches(sketch, launches, left, right, top, bottom):
    """launches: pairs of each fresh pair of processes, in order."""
    total, before = sum(launches), 0
    for index, pairs in enumerate(launches):
        x = left + before / total * (right - left)
        if index:
            sketch.line([x, x], [top, bottom], MUTED, 1.0, (0, (3, 3)))
        sketch.text(x + 4, top - 6, f"launch {index + 1}" if len(launches) <= 6 else str(index + 1), MUTED, size=10)
        before += pairs


def draw_key(sketch, x, y):
    sketch.dots([x + 4], [y - 4], CANDIDATE, 5)
    sketch.text(x + 12, y, "candidate / baseline", MUTED, size=10.5)
    sketch.dots([x + 150], [y - 4], BASE, 5, hollow=True)
    sketch.text(x + 158, y, "control", MUTED, size=10.5)


def memory_bars(sketch, groups, label):
    """groups: (name, unit, baseline or None, candidate or None); each metric has its own scale, so lengths compare two arms."""
    sketch.start(HALF, 44 * len(groups) + 8)
    for index, (name, unit, baseline, candidate) in enumerate(groups):
        top = 4 + 44 * index
        sketch.text(0, top + 22, name, size=11, weight="bold")
        largest = max(baseline or 0, candidate or 0) or 1
        for offset, value, color, arm in ((3, baseline, BASE, "baseline"), (20, candidate, CANDIDATE, "candidate")):
            memory_bar(sketch, top + offset, value, unit, largest, color, arm if index == 0 else "")
    return sketch.svg(label)


def memory_bar(sketch, top, value, unit, largest, color, arm, left=150, length=200):
    if value is None:
        sketch.text(left, top + 11, f"{arm} not measured".strip(), MUTED, size=10.5)
        return
    end = left + max(1.0, value / largest * length)
    if color == BASE:
        sketch.box(left, top + 0.5, end, top + 13.5, fill=color, alpha=0.35)
        sketch.box(left, top + 0.5, end, top + 13.5, edge=color)
    else:
        sketch.box(left, top, end, top + 14, fill=color)
    text = quantity(value, unit).text
    sketch.text(end + 7, top + 11, text, size=11)
    sketch.text(end + 19 + 6.6 * len(text), top + 11, arm, MUTED, size=10.5)
