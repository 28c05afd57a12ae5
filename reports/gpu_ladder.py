"""The page of a record of 'gpu_ladder': what the scoring kernels reach alone."""
from pathlib import Path

from reports.gpu_view import machine_view
from reports.load import read_checked
from reports.rates_plot import giga, rates_picture
from reports.render import write_page_of
from reports.size_view import sizes_view
from reports.sketch import Sketch

AUDITED, HEADLINE = "four_kernels", "block"
COUNTS = Path(__file__).parent / "published/gpu-sass.json"  # of our own kernels' machine code


def page_view(ladder):
    sketch = Sketch()
    classes = sorted({rung["longest"] for rung in ladder["rungs"]})
    return {
        **machine_view(ladder), "error": ladder["error"], "headline": headline(ladder), "wrong": wrong(ladder),
        "classes": [class_view(ladder, longest, sketch) for longest in classes],
        "operations": [(name, f"{rate / 1e12:.3g} T/s") for name, rate in ladder["operations_per_second"].items()],
        "rows": (ladder["left_rows"], ladder["right_rows"], ladder["listed_rows"]),
    }


def wrong(ladder):
    return [f"{rung['rung']} ({rung['longest']})" for rung in ladder["rungs"] if not rung["correct"]] + [
        f"{rung['rung']} with {size['pairs']:,} pairs" for rung in ladder["rungs"] for size in rung["sizes"] if not size["correct"]]


def cold_rate(rung):
    return rung["times"]["cold_pairs_per_second"] if rung["times"] else None


def hot_rate(rung):
    return rung["times"]["hot_pairs_per_second"] if rung["times"] else None


def bound_of(ladder, longest):
    """Pairs a second at which the integer pipe would do nothing but the block kernel's instructions: 32 lanes, 32 pairs. None where
    the rate of that pipe was not measured."""
    rate = ladder["operations_per_second"].get("LOP3")
    kernels = read_checked(COUNTS, "gpu-sass")["kernels"] if rate else []
    instructions = next((kernel["alu"] for kernel in kernels if (kernel["output"], kernel["slots"]) == ("scores", longest)), None)
    return rate / instructions if rate and instructions else None


def headline(ladder):
    """The fastest rung that computes everything of every pair, of names of up to 12 symbols."""
    found = {rung["rung"]: cold_rate(rung) for rung in ladder["rungs"] if rung["longest"] == 12}
    fastest, audited = found.get(HEADLINE), found.get(AUDITED)
    if not fastest:
        return "No time was measured"
    beside = f", {fastest / audited:.1f} times the audited four kernels" if audited else ""
    return f"{giga(fastest).replace(' G/s', ' billion pairs a second')}{beside}"


def class_view(ladder, longest, sketch):
    rungs = [rung for rung in ladder["rungs"] if rung["longest"] == longest]
    bound = bound_of(ladder, longest)
    audited = next((cold_rate(rung) for rung in rungs if rung["rung"] == AUDITED), None)
    rows = [(rung["rung"], cold_rate(rung), hot_rate(rung)) for rung in rungs]
    return {"longest": longest, "bound": giga(bound) if bound else None,
            "picture": rates_picture(sketch, rows, bound, f"Pairs a second of every rung, names of up to {longest} symbols"),
            "rungs": [rung_view(rung, audited, bound) for rung in rungs],
            "sizes": swept_view(rungs, longest, sketch)}


def swept_view(rungs, longest, sketch):
    """Of the one class whose rungs were timed over the pairs of a launch; None for the others."""
    series = [(rung["rung"], rung, [(size["pairs"], size["cold_pairs_per_second"]) for size in rung["sizes"] if size["cold_pairs_per_second"]])
              for rung in rungs if rung["sizes"]]
    label = f"Pairs a second of every rung over the pairs of a launch, names of up to {longest} symbols"
    return sizes_view(series, "half_performance_pairs", label, sketch) if series else None


def rung_view(rung, audited, bound):
    cold, times = cold_rate(rung), rung["times"]
    exhaustive = "matches" not in rung["rung"] and "," in rung["metrics"]
    return {"name": rung["rung"], "metrics": rung["metrics"], "launches": rung["launches"], "pairs": f"{rung['pairs']:,}",
            "cold": giga(cold), "hot": giga(hot_rate(rung)), "correct": rung["correct"],
            "spread": f"{times['cold_p95_ns'] / times['cold_median_ns'] - 1:.1%}" if times and times["cold_median_ns"] else "",
            "times_audited": f"{cold / audited:.1f}" if cold and audited else "",
            "share": f"{cold / bound:.0%}" if cold and bound and exhaustive else ""}


def write_page(source, output):
    return write_page_of(source, "gpu-ladder", "gpu_ladder.html.j2", page_view, output)

