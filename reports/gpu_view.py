"""What the pages of records of a GPU have in common: which GPU it was, what is left on it, sizes and half-performance sizes in words."""
from reports.units import NARROW

BINARY_STEPS = ((1 << 30, "Gi"), (1 << 20, "Mi"), (1 << 10, "Ki"))


def machine_view(record):
    readings = [reading for reading in (record["before"], record["after"]) if reading]
    return {"gpu": record["gpus"][0]["name"], "driver": record["driver"], "cuda": record["cuda_runtime"], "leaks": record["leaks"],
            "throttling": [reading["throttle_reasons"] for reading in readings]}


def size_name(size, unit=""):
    """1024 -> '1 Ki', with unit 'B' '1 KiB' (typographic space); other sizes as they are."""
    for step, name in BINARY_STEPS:
        if size >= step and size % step == 0:
            return f"{size // step}{NARROW}{name}{unit}"
    return f"{size:,}{NARROW}{unit}" if unit else f"{size:,}"


def half_performance(row, name):
    """'10,800', to three digits; 'at most 1,024' where the smallest size measured was above half already; 'not measured'."""
    if row[name] is not None:
        return f"{float(f'{row[name]:.3g}'):,.0f}"
    at_most = row[name + "_at_most"]
    return f"at most {at_most:,}" if at_most is not None else "not measured"
