"""Axes of ratios: a logarithmic position in pixels and ticks that are labelled as changes in percent."""
import math

from reports.units import NARROW, signed

SMALLEST = 1e-3  # a ratio of 0 (none left) has no logarithm
COARSE = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 5, 10, 20, 50, 100, 1000)
STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1)


class RatioScale:
    """Maps [low, high] to [left, right]; values outside are held at the edge (`outside` says which)."""

    def __init__(self, low, high, left, right):
        self.low, self.high = math.log(max(low, SMALLEST)), math.log(max(high, SMALLEST * 2))
        self.left, self.right = left, right

    def __call__(self, ratio):
        position = (self.log(ratio) - self.low) / (self.high - self.low)
        return self.left + min(1.0, max(0.0, position)) * (self.right - self.left)

    def outside(self, ratio):
        """-1 left of the axis, 1 right of it, else 0."""
        value = self.log(ratio)
        return -1 if value < self.low - 1e-12 else 1 if value > self.high + 1e-12 else 0

    @staticmethod
    def log(ratio):
        return math.log(max(ratio, SMALLEST))

    def ticks(self, spacing=46):
        """(pixel, label) with 'same' at 1 and at least `spacing` pixels between labels."""
        chosen = [1.0] if not self.outside(1.0) else []
        for value in sorted(self.candidates(spacing), key=lambda ratio: abs(math.log(ratio))):
            if not self.outside(value) and all(abs(self(value) - self(other)) >= spacing for other in chosen):
                chosen.append(value)
        return [(self(value), "same" if value == 1 else tick_label(value)) for value in sorted(chosen)]

    def candidates(self, spacing):
        """Even steps on a short axis, where they look even; round figures on a long one."""
        if self.high - self.low > 0.5:
            return COARSE
        density = (self.right - self.left) / (self.high - self.low)
        closest = density * math.exp(-max(self.high, 0.0))  # pixels per step of 1 at the crowded end
        step = next((step for step in STEPS if step * closest >= spacing), 0.1)
        first, last = math.floor((math.exp(self.low) - 1) / step), math.ceil((math.exp(self.high) - 1) / step)
        return [1 + index * step for index in range(first, last + 1)]


def tick_label(ratio):
    if ratio > 2:
        return f"{ratio:g}{NARROW}\u00d7"
    digits = 1 if abs(ratio - 1) < 0.0099 else 0
    if ratio < 0.05:
        digits = 1 if ratio < 0.01 else 0
    return f"{signed(ratio - 1)[0]}{abs(ratio - 1) * 100:.{digits}f}{NARROW}%"


def bounds(values, clamp=(SMALLEST, 1e3), padding=0.06, least=0.02):
    """Limits that show every value inside the clamp, 1 among them, at least `least` to either side of 1."""
    logs = [RatioScale.log(value) for value in values if clamp[0] <= value <= clamp[1]] + [-least, least]
    low, high = min(logs), max(logs)
    pad = padding * (high - low)
    return math.exp(low - pad), math.exp(high + pad)


def reach(values):
    """Where an axis may end when a few values stray far: the central 80 % and as much again to either side."""
    if not values:
        return []
    ordered = sorted(values)
    cut = len(ordered) // 10
    low, high = ordered[cut], ordered[-1 - cut]
    width = max(high - low, 0.004)
    return [max(ordered[0], low - width), min(ordered[-1], high + width)]


def round_up(fraction):
    """The next figure for the end of an axis whose half is round too: 0.034 -> 0.04."""
    size = 10 ** math.floor(math.log10(fraction))
    return next(step * size for step in (1, 2, 4, 6, 8, 10) if step * size >= fraction * 0.999)
