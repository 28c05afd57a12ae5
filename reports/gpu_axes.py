"""The page of a record of 'gpu_axes': what copies, single operations, tile sizes and the choices of every axis cost."""
from reports.axis_effects import CHOICES, axis_effects
from reports.effects_plot import effects_picture
from reports.gpu_view import machine_view, size_name
from reports.render import write_page_of
from reports.size_plot import Line, copies_picture, gigabytes_a_second
from reports.size_view import fastest, sizes_view
from reports.sketch import BASE, CANDIDATE, CLAIM, Sketch
from reports.units import NOT_MEASURED, change, quantity

DIRECTIONS = ("to device", "to host")
KINDS = {"pageable": (BASE, "-"), "pinned": (CANDIDATE, "-"), "registered": (CLAIM, (0, (4, 3)))}


def page_view(record):
    sketch = Sketch()
    return {
        **machine_view(record), "headline": headline(record["tile_sweep"]["flows"]), "pcie": pcie(record["before"] or record["after"]),
        "items": f"{record['items']:,}", "context": quantity(record["context_ns"], "ns").text,
        "wrong": wrong(record), "failed": failed(record),
        "unmeasured": (record["cells_not_measured"], record["tile_sweep"]["points_not_measured"]),
        "copies": copies_view(record["primitives"], sketch), "operations": operations(record["primitives"]),
        "allocations": allocations(record["primitives"]), "sweep": sweep_view(record["tile_sweep"]["flows"], sketch),
        "effects": effects_view(record["cells"], sketch), "cells": len(record["cells"]),
    }


def pcie(reading):
    generation, lanes = (reading.get("pcie_generation"), reading.get("pcie_lanes")) if reading else (None, None)
    return f"PCIe {generation} x{lanes}" if generation and lanes else None


def rates_of(flow):
    return [(point["tile_items"], point["items_per_second"]) for point in flow["points"] if point["items_per_second"]]


def headline(flows):
    """The fastest flow beside the audited one, each with the tile that suits it best."""
    best = {flow["flow"]: fastest(rates_of(flow))[1] for flow in flows if rates_of(flow)}
    if not best:
        return "No time was measured"
    flow = max(best, key=best.get)
    audited = best.get(flows[0]["flow"])
    beside = f", {best[flow] / audited:.1f} times the audited flow" if audited and flow != flows[0]["flow"] else ""
    return f"{quantity(best[flow], 'count').text} pairs a second with \u201c{flow}\u201d{beside}"


def cell_name(cell):
    return f"{cell['host_memory']}, {cell['device_buffers']}, {cell['wait']}, {cell['submission']}, {cell['streams']} streams, tile {size_name(cell['tile_items'])}"


def named_results(record):
    """Every cell of the matrix and point of the sweep with its name."""
    points = [(f"{flow['flow']}, tile {size_name(point['tile_items'])}", point) for flow in record["tile_sweep"]["flows"] for point in flow["points"]]
    return points + [(cell_name(cell), cell) for cell in record["cells"]]


def wrong(record):
    return [name for name, result in named_results(record) if not result["correct"] and result["error"] is None]


def failed(record):
    return [(name, result["error"]) for name, result in named_results(record) if result["error"] is not None]


def copies_view(primitives, sketch):
    """None without a copy. The peak of a direction is the highest rate that any of its copies reached."""
    rates = {(cost["name"], cost["bytes"]): cost["bytes"] / cost["median_ns"] for cost in primitives
             if cost["name"].startswith("copy ") and cost["median_ns"]}
    if not rates:
        return None
    sizes = sorted({size for _, size in rates})
    peaks = {way: max((rate for (name, _), rate in rates.items() if name.startswith(f"copy {way},")), default=None) for way in DIRECTIONS}
    panels = [(way.capitalize(), [copy_line(rates, way, kind) for kind in KINDS]) for way in DIRECTIONS]
    return {"picture": copies_picture(sketch, panels, "Gigabytes a second of copies by size, direction and kind of host memory"),
            "peaks": [(way, gigabytes_a_second(peak)) for way, peak in peaks.items() if peak],
            "rows": [(size_name(size, "B"), [copy_cells(rates, way, size, peaks[way]) for way in DIRECTIONS]) for size in sizes]}


def copy_line(rates, way, kind):
    return Line(kind, sorted((size, rate) for (name, size), rate in rates.items() if name == f"copy {way}, {kind}"), *KINDS[kind])


def copy_cells(rates, way, size, peak):
    found = [rates.get((f"copy {way}, {kind}", size)) for kind in KINDS]
    pinned = found[1]
    return [gigabytes_a_second(rate) if rate else NOT_MEASURED for rate in found] + [f"{pinned / peak:.0%}" if pinned else ""]


def operations(primitives):
    return [(cost["name"], quantity(cost["median_ns"], "ns").text) for cost in primitives if not cost["bytes"]]


def allocations(primitives):
    """Sizes, and for each operation its times by size."""
    costs = {(cost["name"], cost["bytes"]): cost["median_ns"] for cost in primitives if cost["bytes"] and not cost["name"].startswith("copy ")}
    sizes = sorted({size for _, size in costs})
    names = dict.fromkeys(name for name, _ in costs)
    return {"sizes": [size_name(size, "B") for size in sizes],
            "rows": [(name, [quantity(costs.get((name, size)), "ns").text for size in sizes]) for name in names]}


def sweep_view(flows, sketch):
    series = [(flow["flow"], flow, rates_of(flow)) for flow in flows]
    return sizes_view(series, "half_performance_tile", "Pairs a second of every flow over the size of a tile", sketch)


def effects_view(cells, sketch):
    effects = axis_effects(cells)
    tiles = sorted({tile for effect in effects for tile in effect["by_tile"]})
    found = [effect for effect in effects if effect["pairs"]]
    label = "Time of a run with each choice over that with the audited choice"
    return {"picture": effects_picture(sketch, found, label) if found else None, "tiles": [size_name(tile) for tile in tiles],
            "rows": [effect_row(effect, tiles) for effect in effects]}


def effect_row(effect, tiles):
    ends = {end: change(effect[end]).text if effect["pairs"] else "" for end in ("least", "greatest")}
    return {"axis": effect["axis"].replace("_", " "), "audited": CHOICES[effect["axis"]][0], "choice": effect["choice"], "pairs": effect["pairs"],
            "mean": change(effect["mean"]).text, **ends, "by_tile": [change(effect["by_tile"][tile]).text if tile in effect["by_tile"] else "" for tile in tiles]}


def write_page(source, output):
    return write_page_of(source, "gpu-axes", "gpu_axes.html.j2", page_view, output)
