"""The page that a record's schema asks for; another file is refused in one line."""
import pytest

from gpu_axes_test import axes, flow
from gpu_ladder_test import ladder, rung
from reports import gpu_record
from reports.gpu_view import half_performance, size_name


@pytest.mark.parametrize("record, text", [(ladder(rung("block", 25e9)), "Names of up to 12 symbols"), (axes(flows=[flow("audited", [1e6])]), "Flows over the size")],
                         ids=["ladder", "axes"])
def test_page_is_that_of_the_schema(tmp_path, write_json, capsys, record, text):
    assert gpu_record.main([str(write_json("record.json", record))]) == 0
    assert text in (tmp_path / "record.html").read_text(encoding="utf-8")
    assert capsys.readouterr().out.strip() == str(tmp_path / "record.html")


@pytest.mark.parametrize("value", [{}, [], {"schema": "assay-history/1"}, {"schema": ["assay-gpu-axes/1"]}, {"schema": "assay-gpu-ladder/1"}],
                         ids=["no schema", "a list", "another", "no text", "broken"])
def test_other_json_is_refused(tmp_path, write_json, capsys, value):
    assert gpu_record.main([str(write_json("other.json", value))]) == 2
    error = capsys.readouterr().err
    assert error.startswith("assay report: ") and error.count("\n") == 1
    assert not (tmp_path / "other.html").exists()


def test_sizes_have_binary_names():
    assert [size_name(size) for size in (1, 1500, 1024, 1 << 14, 1 << 20, 3 << 20, 1 << 30)] == [
        "1", "1,500", "1\u202fKi", "16\u202fKi", "1\u202fMi", "3\u202fMi", "1\u202fGi"]
    assert (size_name(4096, "B"), size_name(100, "B")) == ("4\u202fKiB", "100\u202fB")


@pytest.mark.parametrize("half, at_most, text", [(5404.7, None, "5,400"), (86.5, None, "86"), (None, 1024, "at most 1,024"), (None, None, "not measured")])
def test_half_performance_in_words(half, at_most, text):
    assert half_performance({"n": half, "n_at_most": at_most}, "n") == text
