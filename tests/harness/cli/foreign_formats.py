"""Checks of exported files, written from the documents of the formats alone: each returns a list of what is wrong."""
import math


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def is_text(value):
    return isinstance(value, str) and value != ""


def wrong(entry, where, required, optional=()):
    """required and optional: {key: test}. Other keys are wrong too."""
    found = [f"{where}: '{key}' is missing" for key in required if key not in entry]
    for key, value in entry.items():
        test = {**required, **dict(optional)}.get(key)
        if test is None:
            found.append(f"{where}: unknown key '{key}'")
        elif not test(value):
            found.append(f"{where}: '{key}' cannot be {value!r}")
    return found


def bencher(document):
    """bencher.dev/docs/reference/bencher-metric-format: names of 1 to 1024 characters, measures of 1 to 64."""
    found = [] if isinstance(document, dict) else ["not an object"]
    for name, measures in document.items():
        if not 1 <= len(name) <= 1024:
            found.append(f"name of {len(name)} characters")
        for measure, metric in measures.items():
            if not 1 <= len(measure) <= 64:
                found.append(f"measure '{measure}'")
            found += wrong(metric, f"{name} {measure}", {"value": is_number}, {"lower_value": is_number, "upper_value": is_number})
            if not metric.get("lower_value", -math.inf) <= metric["value"] <= metric.get("upper_value", math.inf):
                found.append(f"{name} {measure}: value outside its bounds")
    return found


def github_action_benchmark(document):
    """README of benchmark-action/github-action-benchmark, customSmallerIsBetter: name, unit, value; range and extra may be."""
    if not isinstance(document, list):
        return ["not an array"]
    found = []
    for index, entry in enumerate(document):
        found += wrong(entry, f"entry {index}", {"name": is_text, "unit": is_text, "value": is_number}, {"range": is_text, "extra": is_text})
    names = [entry["name"] for entry in document]
    return found + ([] if len(set(names)) == len(names) else ["names are not unique"])


def hyperfine(document):
    """src/benchmark/benchmark_result.rs of sharkdp/hyperfine: the fields of BenchmarkResult."""
    found = wrong(document, "document", {"results": lambda value: isinstance(value, list)})

    def numbers(value):
        return isinstance(value, list) and all(map(is_number, value))

    def number_or_null(value):
        return value is None or is_number(value)

    required = {"command": is_text, "mean": is_number, "stddev": number_or_null, "median": is_number, "user": number_or_null, "system": number_or_null,
                "min": is_number, "max": is_number, "exit_codes": lambda value: all(code is None or isinstance(code, int) for code in value)}
    optional = {"times": numbers, "memory_usage_byte": lambda value: all(isinstance(size, int) and size >= 0 for size in value),
                "parameters": lambda value: all(is_text(key) and isinstance(text, str) for key, text in value.items())}
    for index, result in enumerate(document["results"]):
        found += wrong(result, f"result {index}", required, optional)
        lengths = {len(result[key]) for key in ("times", "exit_codes", "memory_usage_byte") if key in result}
        if len(lengths) != 1:
            found.append(f"result {index}: lists of different lengths")
        if not result["min"] <= result["median"] <= result["max"] or not result["min"] <= result["mean"] <= result["max"]:
            found.append(f"result {index}: mean or median outside of min and max")
    return found


def benchstat(text):
    """golang.org/design/14313-benchmark-format. Returns (what is wrong, [(configuration, name, iterations, {unit: value})])."""
    found, results, configuration = [], [], {}
    for number, line in enumerate(text.splitlines(), 1):
        fields = line.split()
        if line.startswith("Benchmark"):
            if len(fields) < 4 or len(fields) % 2:
                found.append(f"line {number}: {len(fields)} fields")
                continue
            after = fields[0][len("Benchmark"):]
            if not after or after[0].islower():
                found.append(f"line {number}: name '{fields[0]}'")
            values = {unit: float(value) for value, unit in zip(fields[2::2], fields[3::2])}
            found += [f"line {number}: {unit} is {value}" for unit, value in values.items() if not math.isfinite(value)]
            results.append((dict(configuration), fields[0], int(fields[1]), values))
        elif fields and fields[0].endswith(":") and not line[0].isspace():
            key = fields[0][:-1]
            if not key or not key[0].islower() or any(c.isupper() or c.isspace() for c in key):
                found.append(f"line {number}: key '{key}'")
            configuration[key] = line[len(fields[0]):].strip()
        elif line and not line.startswith("#"):
            found.append(f"line {number}: neither configuration nor result nor comment")
    return found, results
