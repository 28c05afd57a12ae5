"""What each choice of an axis does to the time of a run, beside the audited choice with all other axes equal."""
import math

# axis -> its choices, the audited one first; tile sizes are equal in every pair of cells as well
CHOICES = {
    "host_memory": ("pageable", "pinned pool", "registered", "managed"),
    "device_buffers": ("per tile", "pool", "stream-ordered"),
    "wait": ("stream", "blocking event", "polling"),
    "submission": ("per tile", "graph"),
    "streams": (1, 2, 3, 4),
}


def axis_effects(cells):
    """One dict for each choice that is not the audited one: axis, choice, pairs of cells, geometric mean, least and greatest of their time
    ratios, and the mean by tile size. None where no pair was measured. A ratio below 1 is faster than the audited choice."""
    times = {key_of(cell): cell["median_ns"] for cell in cells if cell["median_ns"]}
    return [effect(times, axis, choice) for axis, choices in CHOICES.items() for choice in choices[1:]]


def key_of(cell):
    return tuple(cell[axis] for axis in CHOICES) + (cell["tile_items"],)


def effect(times, axis, choice):
    place = list(CHOICES).index(axis)
    by_tile = {}
    for key, time in times.items():
        audited = times.get(key[:place] + (CHOICES[axis][0],) + key[place + 1:])
        if key[place] == choice and audited:
            by_tile.setdefault(key[-1], []).append(time / audited)
    ratios = [ratio for found in by_tile.values() for ratio in found]
    return {"axis": axis, "choice": choice, "pairs": len(ratios), "mean": geometric_mean(ratios), "least": min(ratios, default=None),
            "greatest": max(ratios, default=None), "by_tile": {tile: geometric_mean(found) for tile, found in by_tile.items()}}


def geometric_mean(ratios):
    return math.exp(math.fsum(map(math.log, ratios)) / len(ratios)) if ratios else None
