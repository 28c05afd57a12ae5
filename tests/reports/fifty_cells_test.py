"""A large report stays quick, small, and whole without scripts and network."""
import re

import fifty_cells
import pytest
from page import Page


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = fifty_cells.write(tmp_path_factory.mktemp("fifty") / "run")
    seconds, _, _ = fifty_cells.processor_seconds(fifty_cells.package_command(folder), cwd=fifty_cells.ROOT)
    return seconds, folder / "report.html"


def test_fifty_cells_take_less_than_three_seconds_of_a_processor(made):
    assert made[0] <= fifty_cells.MOST_SECONDS


def test_fifty_cells_are_a_page_of_less_than_a_megabyte_and_a_half(made):
    assert made[1].stat().st_size <= fifty_cells.MOST_BYTES


def test_fifty_cells_need_neither_network_nor_scripts(made):
    page = Page(made[1].read_text(encoding="utf-8"))
    assert "script" not in page.tags and not page.unbalanced
    assert not [value for _, name, value in page.attributes if name in ("src", "href", "xlink:href") and not value.startswith("#")]
    assert not re.search(r"@import|url\((?!#)", page.html)
    assert "SIMULATED: nothing was measured" in page.text
    shown = [value for tag, name, value in page.attributes if tag == "details" and name == "open"]
    assert len(shown) == fifty_cells.CELLS
