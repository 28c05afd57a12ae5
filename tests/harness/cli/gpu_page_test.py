"""assay report FILE.json: the page of a record of a GPU, by the record's schema; another file is refused."""
import json

import pytest
from conftest import keeps_schema

MACHINE = {"gpus": [{"name": "NVIDIA H200", "compute_capability": 90, "multiprocessors": 132, "memory_bytes": 1}], "cuda_driver": "13.0",
           "cuda_runtime": "13.0", "driver": None, "before": None, "after": None, "seed": 1, "leaks": ""}
AXES = {**MACHINE, "schema": "assay-gpu-axes/1", "context_ns": 1, "items": 1, "cells_not_measured": 864, "primitives": [], "cells": [],
        "tile_sweep": {"points_not_measured": 80, "flows": []}}
LADDER = {**MACHINE, "schema": "assay-gpu-ladder/1", "left_rows": 1, "right_rows": 1, "listed_rows": 1, "error": "out of memory",
          "operations_per_second": {}, "rungs": []}


def write_report(assay, tmp_path, record):
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record))
    process = assay("report", path)
    if "no python3 with matplotlib" in process.stderr:
        pytest.skip(process.stderr.strip())
    return process


@pytest.mark.parametrize("kind, record, text", [("gpu-axes", AXES, "864 combinations of axes"), ("gpu-ladder", LADDER, "Ended early.")])
def test_page_is_that_of_the_records_schema(assay, tmp_path, kind, record, text):
    keeps_schema(kind, record)
    process = write_report(assay, tmp_path, record)
    assert process.returncode == 0, process.stderr
    assert process.stdout.strip() == str(tmp_path / "record.html")
    assert text in (tmp_path / "record.html").read_text()


def test_record_of_another_schema_is_refused(assay, tmp_path):
    process = write_report(assay, tmp_path, {"schema": "assay-run/1"})
    assert process.returncode == 2
    assert "assay-gpu-ladder/1 or assay-gpu-axes/1" in process.stderr
    assert not (tmp_path / "record.html").exists()
