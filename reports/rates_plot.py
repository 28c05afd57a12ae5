"""The picture of one length class of a GPU ladder: pairs a second of every rung, on one logarithmic axis."""
import math

from reports.sketch import BASE, CANDIDATE, INK, MUTED, RULE

WIDE, ROW, HEAD = 1040, 24, 30
LEFT, RIGHT = 236, 930
DECADES = (1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13)
NAMES = ("1 M/s", "10 M/s", "100 M/s", "1 G/s", "10 G/s", "100 G/s", "1 T/s", "10 T/s")


class LogScale:
    """Positions of rates between the decades that hold all of them."""

    def __init__(self, rates):
        self.low = 10 ** math.floor(math.log10(min(rates)))
        self.high = 10 ** math.ceil(math.log10(max(rates) * 1.0001))

    def __call__(self, rate):
        return LEFT + (RIGHT - LEFT) * math.log(rate / self.low) / math.log(self.high / self.low)

    def ticks(self):
        return [(self(decade), name) for decade, name in zip(DECADES, NAMES) if self.low * 0.999 <= decade <= self.high * 1.001]


def rates_picture(sketch, rows, bound, label):
    """rows: (rung, cold rate, hot rate), rates None where not measured; bound: a rate for a line over all rows, or None."""
    height = HEAD + ROW * len(rows) + 8
    sketch.start(WIDE, height)
    rates = [rate for _, *both in rows for rate in both if rate] + ([bound] if bound else [])
    scale = LogScale(rates) if rates else None
    for x, name in scale.ticks() if scale else ():
        sketch.line([x, x], [HEAD - 6, height - 4], RULE)
        sketch.text(x, HEAD - 12, name, MUTED, "center", 10.5)
    if bound:
        sketch.line([scale(bound)] * 2, [HEAD - 6, height - 4], INK, 1.4, (0, (4, 3)))
    for index, (rung, cold, hot) in enumerate(rows):
        y = HEAD + ROW * (index + 0.5)
        sketch.text(LEFT - 10, y + 4, rung, anchor="right", size=11)
        if cold is None:
            sketch.text(LEFT + 6, y + 4, "not measured", MUTED, size=11)
            continue
        sketch.box(LEFT, y - 7, scale(cold), y + 7, fill=CANDIDATE, alpha=0.75)
        if hot:
            sketch.dots([scale(hot)], [y], BASE, 7, hollow=True)
        sketch.text(WIDE, y + 4, giga(cold), anchor="right", size=11)
    return sketch.svg(label)


def giga(rate):
    """"2.31 G/s"; "not measured"."""
    return "not measured" if rate is None else f"{float(f'{rate / 1e9:.3g}'):g} G/s"
