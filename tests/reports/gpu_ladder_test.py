"""The page of a GPU ladder: every rung with its rate or "not measured", wrong answers first, bad input refused in one line."""
import functools
import json

import pytest

from reports import gpu_ladder
from reports.rates_plot import LogScale, giga


def size(pairs, rate):
    return {"pairs": pairs, "correct": rate is not None, "cold_samples": 10 if rate else 0, "cold_median_ns": pairs * 1e9 / rate if rate else None,
            "cold_pairs_per_second": rate}


def rung(name, rate, longest=12, correct=True, metrics="Levenshtein, Jaro, Jaro-Winkler", sizes=(), half=None, at_most=None):
    pairs = 1 << 20
    times = None if rate is None else {
        "cold_samples": 10, "cold_median_ns": pairs * 1e9 / rate, "cold_p95_ns": 1.02 * pairs * 1e9 / rate, "cold_p99_ns": 1.1 * pairs * 1e9 / rate,
        "cold_pairs_per_second": rate, "hot_runs": 100, "hot_ns": pairs * 0.9e9 / rate, "hot_pairs_per_second": rate / 0.9}
    return {"rung": name, "metrics": metrics, "longest": longest, "pairs": pairs, "launches": 4 if name == "four_kernels" else 1, "correct": correct,
            "times": times, "sizes": list(sizes), "half_performance_pairs": half, "half_performance_pairs_at_most": at_most}


ALU_12 = next(kernel["alu"] for kernel in json.loads(gpu_ladder.COUNTS.read_text())["kernels"]
              if (kernel["output"], kernel["slots"]) == ("scores", 12))


def ladder(*rungs, **more):
    return {"schema": "assay-gpu-ladder/1", "gpus": [{"name": "NVIDIA H200", "compute_capability": 90, "multiprocessors": 132, "memory_bytes": 1 << 37}],
            "cuda_driver": "13.0", "cuda_runtime": "13.0", "driver": "580.1", "before": None, "after": None, "seed": 1, "left_rows": 1024,
            "right_rows": 1024, "listed_rows": 512, "error": None, "leaks": "", "operations_per_second": {"LOP3": ALU_12 * 1e10}, "rungs": list(rungs), **more}


@pytest.fixture
def write(page_of):
    return functools.partial(page_of, gpu_ladder.write_page)


def test_headline_is_the_block_kernel_beside_the_audited_flow(write):
    page = write(ladder(rung("four_kernels", 1e9), rung("block", 25e9)))
    assert "25 billion pairs a second, 25.0 times the audited four kernels" in page.text


def test_share_of_the_integer_bound_is_of_its_measured_rate(write):
    page = write(ladder(rung("four_kernels", 1e8), rung("block", 5e9)))
    assert "10 G/s" in page.text  # the bound
    assert "50%" in page.text and "1%" in page.text


def test_what_computes_less_has_no_share(write):
    page = write(ladder(rung("warp_per_pair", 5e9, metrics="Levenshtein"), rung("block_pruned, matches", 9e9)))
    assert "50%" not in page.text and "90%" not in page.text


def test_wrong_rung_is_named_first_and_has_no_rate(write):
    page = write(ladder(rung("four_kernels", 1e9), rung("block", None, correct=False)))
    assert "Wrong answers of block (12): not timed." in page.text
    assert "No time was measured" in page.text
    assert page.text.count("not measured") >= 1


def test_no_rate_at_all_is_a_page_as_well(write):
    page = write(ladder(rung("four_kernels", None), operations_per_second={}))
    assert "No time was measured" in page.text and page.tags.count("svg") == 1


def test_half_performance_pairs_stand_beside_their_rates(write):
    sizes = [size(1024, 1e8), size(4096, 3e8), size(16384, 8e8)]
    page = write(ladder(rung("four_kernels", 1e9, sizes=sizes, half=5404.7), rung("block", 25e9, sizes=[size(1024, 2e9)]),
                        rung("fused", 2e9, sizes=sizes, at_most=1024)))
    assert "half of its best: 5,400" in page.text and "half of its best: at most 1,024" in page.text and "half of its best: not measured" in page.text
    assert page.text.count("800 M/s 16\u202fKi") == 2 and "100 M/s at 1\u202fKi" in page.text


def test_class_without_sizes_says_nothing_of_them(write):
    assert "half" not in write(ladder(rung("four_kernels", 1e9), rung("block", 25e9))).text


def test_wrong_answer_at_one_size_is_named(write):
    page = write(ladder(rung("block", 25e9, sizes=[size(1024, None), size(4096, 1e9)])))
    assert "Wrong answers of block with 1,024 pairs: not timed." in page.text


def test_axis_spans_whole_decades():
    scale = LogScale([2e9, 30e9])
    assert (scale.low, scale.high) == (1e9, 1e11)
    assert scale(1e9) < scale(1e10) < scale(1e11)
    assert [name for _, name in scale.ticks()] == ["1 G/s", "10 G/s", "100 G/s"]


def test_rates_have_three_digits():
    assert (giga(2.3456e9), giga(25e9), giga(None)) == ("2.35 G/s", "25 G/s", "not measured")
