"""The picture of what the choices of the axes do: the mean time ratio of each, and how far its pairs of cells reach."""
from reports.scale import RatioScale, bounds
from reports.sketch import BASE, CANDIDATE, INK, MUTED, RULE
from reports.units import change

WIDE, ROW, HEAD = 1040, 26, 30
LEFT, RIGHT = 236, 900


def effects_picture(sketch, effects, label):
    """effects: of axis_effects, with a pair each."""
    scale = RatioScale(*bounds([end for effect in effects for end in (effect["least"], effect["greatest"])]), LEFT, RIGHT)
    height = HEAD + ROW * len(effects) + 6
    sketch.start(WIDE, height)
    for x, name in scale.ticks():
        sketch.line([x, x], [HEAD - 6, height - 4], INK if name == "same" else RULE)
        sketch.text(x, HEAD - 12, name, INK if name == "same" else MUTED, "center", 10.5)
    for index, effect in enumerate(effects):
        y = HEAD + ROW * (index + 0.5)
        if index == 0 or effects[index - 1]["axis"] != effect["axis"]:
            sketch.text(0, y + 4, effect["axis"].replace("_", " "), MUTED, size=11)
            sketch.line([0, WIDE], [y - ROW / 2] * 2, RULE)
        sketch.text(LEFT - 14, y + 4, effect["choice"], anchor="right", size=11)
        sketch.line([scale(effect["least"]), scale(effect["greatest"])], [y, y], BASE, 3)
        sketch.dots([scale(effect["mean"])], [y], CANDIDATE, 9)
        sketch.text(WIDE, y + 4, change(effect["mean"]).text, anchor="right", size=11)
    return sketch.svg(label)
