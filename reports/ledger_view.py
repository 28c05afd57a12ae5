"""What the templates show of a ledger: every row as text, and the forest plot of its headline effects."""
from reports import sentences, words
from reports.plots import CLAMP, Range, intervals
from reports.units import UNKNOWN, change, span


def ledger_view(ledger, anchor, records, anchors, sketch):
    """anchor: id of this ledger's section; records: record file -> record data; anchors: record file -> id of its case section."""
    rows = [row_view(row, anchors) for row in ledger["rows"]]
    ranges = forest_rows(ledger, records)
    return {
        "anchor": anchor,
        "document": ledger["document"],
        "title": ledger["title"],
        "source": ledger["source"],
        "sentence": sentences.ledger_sentence(ledger["rows"]),
        "tested": [row for row in rows if is_tested(row)],
        "untestable": [row for row in rows if not is_tested(row)],
        "forest": intervals(sketch, ranges, forest_label(ranges), CLAMP) if ranges else None,
    }


def is_tested(row):
    """A claim whose deciding case failed is untestable, yet what other cases measured is shown."""
    return row["verdict"] != "UNTESTABLE" or any(result["measured"] for result in row["results"])


def row_view(row, anchors):
    """Results on several data sets share a group, so that metric and claim are said once; the headline comes first."""
    groups = {}
    for result in sorted(row["results"], key=lambda result: not result["headline"]):
        key = result["metric"], result["claimed"]["text"], result["headline"]
        groups.setdefault(key, group_view(result))["results"].append(result_view(result, anchors))
    texts = {key: words.prose(row[key]) for key in ("statement", "stand", "note") if row[key] is not None}
    texts["reason"] = words.reason_words(row["reason"])
    return {**row, **texts, "groups": list(groups.values())}


def group_view(result):
    return {"metric": words.metric_name(result["metric"]), "claimed": words.prose(result["claimed"]["text"]),
            "claimed_range": claimed_range(result["claimed"]), "headline": result["headline"], "results": []}


def result_view(result, anchors):
    measured = result["measured"]
    return {
        "dataset": result["dataset"],
        "anchor": anchors.get(result["record"]),
        "measured": change(measured["ratio"]) if measured else UNKNOWN,
        "interval": span(measured["low"], measured["high"]) if measured else None,
        "exact": measured is not None and point(measured) == (measured["ratio"],) * 3,
        "verdict": result["verdict"],
        "reason": words.reason_beside_verdict(result["reason"]),
    }


def claimed_range(claimed):
    """The figures of the claim as changes, as they are compared."""
    low, high = claimed["ratio_low"], claimed["ratio_high"]
    if low is None and high is None:
        return None
    if low is None or high is None:
        return f"{change(high).text} or better" if low is None else f"at best {change(low).text}"
    return change(low).text if low == high else span(low, high).text


def as_range(row, result, label, detail, record):
    measured, claimed = result["measured"], result["claimed"]
    comparison = sentences.comparison(record, result["metric"]) if record else None
    ends = [end for end in (claimed["ratio_low"], claimed["ratio_high"]) if end is not None]
    return Range(label, detail, (min(ends), max(ends)) if ends else None, point(measured) if measured else None,
                 comparison["margin"] if comparison else None, words.verdict_word(result["verdict"]))


def point(measured):
    ratio = measured["ratio"]
    return ratio, ratio if measured["low"] is None else measured["low"], ratio if measured["high"] is None else measured["high"]


def forest_rows(ledger, records):
    found = []
    for row in ledger["rows"]:
        headlines = [result for result in row["results"] if result["headline"] and is_tested(row)]
        for index, result in enumerate(headlines):
            detail = f"{words.metric_name(result['metric'])}, {result['dataset'] or 'no data set'}"
            found.append(as_range(row, result, "" if index else row["id"], detail, records.get(result["record"])))
    return found


def forest_label(ranges):
    return "Claimed ranges and measured intervals: " + "; ".join(
        f"{row.label} {row.detail}: {row.verdict}" for row in ranges)
