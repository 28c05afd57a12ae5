"""Numbers as people read them: three significant digits and a unit, with the exact value kept beside the text."""
import math
from typing import NamedTuple

NOT_MEASURED = "not measured"
NARROW = "\u202f"  # narrow no-break space between number and unit
MINUS = "\u2212"
TIMES = "\u00d7"
FRACTION_BELOW = 0.02  # '1/80.0' says more than '-98.8 %'

TIME_STEPS = ((1e9, "s"), (1e6, "ms"), (1e3, "\u00b5s"), (1, "ns"))
BYTE_STEPS = ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1, "B"))
COUNT_STEPS = ((1e9, "billion"), (1e6, "million"))
EXACT_UNITS = {"ns": "ns", "bytes": "bytes", "count": ""}


class Quantity(NamedTuple):
    text: str
    exact: str  # for title attributes; empty if there is nothing to add


UNKNOWN = Quantity(NOT_MEASURED, "")


def quantity(value, unit):
    """unit: ns, bytes or count. None is 'not measured', never 0."""
    if value is None:
        return UNKNOWN
    exact = f"{exact_number(value)} {EXACT_UNITS[unit]}".strip()
    steps = {"ns": TIME_STEPS, "bytes": BYTE_STEPS, "count": COUNT_STEPS}[unit]
    for size, name in steps:
        if abs(value) >= size:
            digits = str(int(value)) if size == 1 and float(value).is_integer() else significant(value / size)
            return Quantity(digits + NARROW + name, exact)
    if unit == "count":
        return Quantity(exact_number(value), exact)
    return Quantity(significant(value) + NARROW + steps[-1][1], exact)


def exact_number(value):
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.6g}"


def significant(value, digits=3):
    if value == 0:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return f"{value:.{places}f}"


def percent(fraction):
    """0.0834 -> '8.3 %'; always one decimal below 100 %."""
    value = abs(fraction) * 100
    return f"{value:.1f}{NARROW}%" if value < 99.95 else f"{value:.0f}{NARROW}%"


def change(ratio):
    """A ratio as a signed change: 0.917 -> '-8.3 %', 0.02 -> '1/50.0', 3.1 -> '3.10 x' (typographic signs)."""
    if ratio is None:
        return UNKNOWN
    exact = f"candidate / baseline = {ratio:.6g}"
    if 0 < ratio < FRACTION_BELOW:
        return Quantity(f"1/{significant(1 / ratio)}", exact)
    if ratio > 2:
        return Quantity(significant(ratio) + NARROW + TIMES, exact)
    return Quantity(signed(ratio - 1), exact)


def signed(fraction):
    if abs(fraction) < 0.0005:
        return f"0.0{NARROW}%"
    return (MINUS if fraction < 0 else "+") + percent(fraction)


def shorten(text, length):
    return text if len(text) <= length else text[: length - 1] + "\u2026"


def span(low, high):
    """An interval of ratios as signed changes: '-8.7 to -7.9 %'."""
    if low is None or high is None:
        return Quantity("", "")
    low_text, high_text = change(low).text, change(high).text
    if low_text.endswith("%") and high_text.endswith("%"):
        low_text = low_text[: -len(NARROW + "%")]
    return Quantity(f"{low_text} to {high_text}", f"{low:.6g} to {high:.6g}")
