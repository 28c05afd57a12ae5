"""Pictures of rates over sizes, both logarithmic: panels side by side that share their axes."""
import math
from typing import NamedTuple

from reports.gpu_view import size_name
from reports.sketch import BASE, CANDIDATE, CLAIM, INK, MUTED, RULE

WIDE = 1040
COLUMNS, COLUMN, ROW = 4, 252, 206  # of small panels
MARGIN, HEAD, FOOT, GAP = 56, 42, 26, 50  # left of, above, below and right of the frames of panels


class Line(NamedTuple):
    name: str
    points: list  # of (size, rate), by size
    color: str
    style: object = "-"


class Axes:
    """Positions in a frame. sizes and rates: all that are to be shown, above 0."""

    def __init__(self, frame, sizes, rates):
        self.left, self.top, self.right, self.bottom = frame
        self.sizes = [math.log2(min(sizes)), max(math.log2(max(sizes)), math.log2(min(sizes)) + 1)]
        self.rates = [math.floor(math.log10(min(rates))), math.ceil(math.log10(max(rates) * 1.0001))]

    def x(self, size):
        low, high = self.sizes
        return self.left + (self.right - self.left) * (math.log2(size) - low) / (high - low)

    def y(self, rate):
        low, high = self.rates
        return self.bottom - (self.bottom - self.top) * (math.log10(rate) - low) / (high - low)

    def draw(self, sketch, unit, rate_name, labelled):
        """labelled: with the names of the rates, which panels further right share."""
        for power in range(self.rates[0], self.rates[1] + 1):
            y = self.y(10.0 ** power)
            sketch.line([self.left, self.right], [y, y], RULE)
            if labelled:
                sketch.text(self.left - 8, y + 4, rate_name(10.0 ** power), MUTED, "right", 10.5)
        for power in range(math.ceil(self.sizes[0]), math.floor(self.sizes[1]) + 1, 4):
            sketch.text(self.x(2.0 ** power), self.bottom + 16, size_name(1 << power, unit), MUTED, "center", 10.5)

    def line(self, sketch, line, width=1.8):
        xs, ys = [self.x(size) for size, _ in line.points], [self.y(rate) for _, rate in line.points]
        if len(xs) > 1:
            sketch.line(xs, ys, line.color, width, line.style)
        sketch.dots(xs, ys, line.color, 2.6 * width)


def flows_picture(sketch, flows, label):
    """flows: (name, what is said below it, [(tile, rate)], half-performance tile or None), the one beside which all are shown first."""
    points = [point for _, _, found, _ in flows for point in found]
    rows = math.ceil(len(flows) / COLUMNS)
    sketch.start(WIDE, ROW * rows)
    for index, (name, note, found, half) in enumerate(flows):
        column, top = index % COLUMNS, index // COLUMNS * ROW
        left = MARGIN + column * COLUMN
        sketch.text(left, top + 14, name, weight="bold", size=12)
        sketch.text(left, top + 29, note, MUTED, size=10.5)
        if not found:
            continue
        frame = (left, top + HEAD, left + COLUMN - GAP, top + ROW - FOOT)
        axes = Axes(frame, [tile for tile, _ in points], [rate for _, rate in points])
        axes.draw(sketch, "", items_a_second, column == 0)
        if half:
            sketch.line([axes.x(half)] * 2, [axes.top, axes.bottom], CLAIM, 1.2, (0, (3, 3)))
        if index and flows[0][2]:
            axes.line(sketch, Line("", flows[0][2], BASE), 1.2)
        axes.line(sketch, Line(name, found, CANDIDATE))
        if half:
            sketch.dots([axes.x(half)], [axes.y(max(rate for _, rate in found) / 2)], CLAIM, 8, hollow=True)
    return sketch.svg(label)


def copies_picture(sketch, panels, label):
    """panels: (title, lines of gigabytes a second over bytes)."""
    points = [point for _, lines in panels for line in lines for point in line.points]
    sketch.start(WIDE, 300)
    width = (WIDE - MARGIN) / len(panels)
    for index, (title, lines) in enumerate(panels):
        left = MARGIN + index * width
        axes = Axes((left, HEAD, left + width - GAP, 300 - FOOT), [size for size, _ in points], [rate for _, rate in points])
        sketch.text(left, 16, title, weight="bold", size=12)
        axes.draw(sketch, "B", gigabytes_a_second, index == 0)
        for place, line in enumerate(lines):
            axes.line(sketch, line)
            key = left + 110 + 100 * place
            sketch.line([key, key + 22], [12, 12], line.color, 1.8, line.style)
            sketch.text(key + 28, 16, line.name, INK, size=11)
    return sketch.svg(label)


def items_a_second(rate):
    steps = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
    size, name = next(((size, name) for size, name in steps if rate >= size * 0.999), (1, ""))
    return f"{float(f'{rate / size:.3g}'):g} {name}/s".replace("  ", " ")


def gigabytes_a_second(rate):
    return f"{float(f'{rate:.3g}'):g} GB/s"
