"""The page of a record of gpu_axes: rates, half-performance tiles and effects of choices, or "not measured"; wrong cells first."""
import functools
import itertools

import pytest

from reports import gpu_axes
from reports.load import InputError

MILLISECOND = 1_000_000


def cell(median_ns, host="pageable", buffers="per tile", wait="stream", submission="per tile", streams=1, tile=4096, correct=True, error=None):
    return {"host_memory": host, "device_buffers": buffers, "wait": wait, "submission": submission, "streams": streams, "tile_items": tile,
            "correct": correct, "error": error, "counters": {"tiles": 3}, "samples": 3 if median_ns else 0, "median_ns": median_ns,
            "items_per_second": 1e15 / median_ns if median_ns else None}


def flow(name, rates, half=None, at_most=None, correct=True, error=None):
    """rates: by tiles of 1,024, 4,096, ... pairs."""
    points = [{"tile_items": 1024 * 4 ** step, "items": 1 << 20, "correct": correct, "error": error, "samples": 3 if rate else 0,
               "median_ns": MILLISECOND if rate else None, "items_per_second": rate} for step, rate in enumerate(rates)]
    return {"flow": name, "host_memory": "pageable", "device_buffers": "per tile", "wait": "stream", "submission": "per tile", "streams": 1,
            "points": points, "half_performance_tile": half, "half_performance_tile_at_most": at_most}


def cost(name, size, median_ns):
    return {"name": name, "bytes": size, "repeats": 21, "median_ns": median_ns}


def axes(cells=(), flows=(), primitives=(), **more):
    return {"schema": "assay-gpu-axes/1", "gpus": [{"name": "NVIDIA H200", "compute_capability": 90, "multiprocessors": 132, "memory_bytes": 1 << 37}],
            "cuda_driver": "13.0", "cuda_runtime": "13.0", "driver": "580.1", "before": None, "after": None, "context_ns": 310e6, "items": 1 << 20,
            "seed": 1, "cells_not_measured": 0, "leaks": "", "primitives": list(primitives), "cells": list(cells),
            "tile_sweep": {"points_not_measured": 0, "flows": list(flows)}, **more}


@pytest.fixture
def write(page_of):
    return functools.partial(page_of, gpu_axes.write_page)


def test_headline_is_the_fastest_flow_beside_the_audited_one(write):
    page = write(axes(flows=[flow("audited", [1e6, 1e8]), flow("pinned", [4e6, 4e8])]))
    assert "400\u202fmillion pairs a second with \u201cpinned\u201d, 4.0 times the audited flow" in page.text
    assert "NVIDIA H200" in page.text and "driver 580.1" in page.text and "there are no intervals" in page.text


def test_half_performance_tile_stands_in_table_and_picture(write):
    page = write(axes(flows=[flow("audited", [1e6, 3e6, 8e6], half=5404.7), flow("pinned", [5e6, 6e6, 8e6], at_most=1024), flow("managed", [1e6, 2e6])]))
    for text in ("half of its best: 5,400", "half of its best: at most 1,024", "half of its best: not measured", "audited 5,400 8 M/s 16\u202fKi 1.0 1 M/s at 1\u202fKi",
                 "managed not measured 2 M/s 4\u202fKi 0.2"):
        assert text in page.text


def test_no_time_at_all_is_a_page_as_well(write):
    page = write(axes(flows=[flow("audited", [])]))
    assert "No time was measured" in page.text and "svg" not in page.tags
    assert page.text.count("not measured") >= 4


def test_choice_is_compared_with_the_audited_one_all_else_equal(write):
    cells = [cell(8 * MILLISECOND), cell(2 * MILLISECOND, buffers="pool"), cell(9 * MILLISECOND, tile=1 << 16),
             cell(9 * MILLISECOND, tile=1 << 16, buffers="pool"), cell(MILLISECOND, buffers="pool", streams=2)]
    page = write(axes(cells=cells))
    assert "device buffers pool per tile 2 \u221250.0\u202f% \u221275.0\u202f% 0.0\u202f% \u221275.0\u202f% 0.0\u202f%" in page.text
    assert "device buffers stream-ordered per tile 0 not measured" in page.text


def test_wrong_cell_is_named_and_not_timed(write):
    page = write(axes(cells=[cell(None, host="managed", correct=False)], flows=[flow("pinned", [None], correct=False)]))
    assert "2 wrong answers: not timed." in page.text
    assert "managed, per tile, stream, per tile, 1 streams, tile 4\u202fKi" in page.text and "pinned, tile 1\u202fKi" in page.text


def test_error_leaks_and_lack_of_time_are_said(write):
    page = write(axes(cells=[cell(None, correct=False, error="cudaMalloc: out of memory")], flows=[flow("pinned", [None], error="too little memory")],
                      leaks="stream 'tiles'", cells_not_measured=7))
    assert "2 not measured. pinned, tile 1\u202fKi: too little memory;" in page.text and "cudaMalloc: out of memory" in page.text
    assert "Left on the device. stream 'tiles'" in page.text
    assert "7 combinations of axes of 8, and 0 points" in page.text and "wrong answers" not in page.text


def test_long_list_of_wrong_cells_is_cut(write):
    cells = [cell(None, wait=wait, streams=streams, correct=False) for wait, streams in itertools.product(("stream", "polling"), (1, 2, 3, 4))]
    assert "and 2 more" in write(axes(cells=cells)).text


def test_pinned_copies_as_a_share_of_the_peak(write):
    primitives = [cost("copy to device, pageable", 1 << 20, 1e5), cost("copy to device, pinned", 1 << 20, 4e4), cost("copy to device, pinned", 1 << 24, 3.2e5),
                  cost("copy to host, registered", 1 << 20, 1e5)]
    page = write(axes(primitives=primitives))
    assert "Peak to device: 52.4 GB/s; to host: 10.5 GB/s" in page.text
    assert "1\u202fMiB 10.5 GB/s 26.2 GB/s not measured 50%" in page.text
    assert page.tags.count("svg") == 1


def test_operations_and_allocations_have_their_times(write):
    page = write(axes(primitives=[cost("launch", 0, 2300), cost("cudaMalloc and cudaFree", 4096, 60e3), cost("cudaMalloc and cudaFree", 65536, 1.5e6)]))
    assert "launch 2.30\u202f\u00b5s" in page.text
    assert "cudaMalloc and cudaFree 60.0\u202f\u00b5s 1.50\u202fms" in page.text and page.text.count("cudaMalloc") == 1


def test_pcie_link_is_said_where_it_is_known(write):
    reading = dict.fromkeys(("sm_clock_mhz", "throttle_reasons"), None) | {"pcie_generation": 5, "pcie_lanes": 16}
    assert "PCIe 5 x16" in write(axes(before=reading)).text
    assert "PCIe" not in write(axes()).text


def test_record_that_breaks_the_schema_is_refused(write):
    with pytest.raises(InputError, match="tile_sweep"):
        write(axes(tile_sweep={"flows": []}))
