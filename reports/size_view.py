"""What a page shows of rates over sizes: a picture with a panel for each series, and a table of their half-performance sizes."""
from reports.gpu_view import half_performance, size_name
from reports.size_plot import flows_picture, items_a_second
from reports.units import NOT_MEASURED


def sizes_view(series, half, label, sketch):
    """series: (name, record's row with the half-performance fields, [(size, rate)]), the one beside which all are shown first. half: the
    name of those fields."""
    reference = fastest(series[0][2])[1] if series else None
    drawn = [(name, f"half of its best: {half_performance(row, half)}" if points else NOT_MEASURED, points, row[half])
             for name, row, points in series]
    measured = any(points for _, _, points in series)
    return {"picture": flows_picture(sketch, drawn, label) if measured else None, "first": series[0][0] if series else "",
            "rows": [size_row(name, points, half_performance(row, half), reference) for name, row, points in series]}


def fastest(points):
    return max(points, key=lambda point: point[1], default=(None, None))


def size_row(name, points, half, reference):
    size, best = fastest(points)
    return {"name": name, "half": half, "best": items_a_second(best) if best else NOT_MEASURED, "size": size_name(size) if best else "",
            "times_first": f"{best / reference:.1f}" if best and reference else "",
            "least": f"{items_a_second(points[0][1])} at {size_name(points[0][0])}" if points else ""}
