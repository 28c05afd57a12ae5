"""Numbers as text."""
import pytest

from reports.units import change, quantity, significant, span

S = "\u202f"


@pytest.mark.parametrize("value, unit, text", [
    (0, "ns", f"0{S}ns"), (999, "ns", f"999{S}ns"), (1_500, "ns", f"1.50{S}\u00b5s"), (21_400_000, "ns", f"21.4{S}ms"), (3.2e9, "ns", f"3.20{S}s"),
    (0, "bytes", f"0{S}B"), (999, "bytes", f"999{S}B"), (91_350_016, "bytes", f"91.4{S}MB"), (2.5e9, "bytes", f"2.50{S}GB"),
    (0, "count", "0"), (13_247, "count", "13,247"), (1_204_311, "count", f"1.20{S}million"),
])
def test_quantity_value_is_humanised(value, unit, text):
    assert quantity(value, unit).text == text


def test_quantity_null_is_not_measured():
    assert quantity(None, "ns").text == "not measured"


def test_quantity_keeps_the_exact_value():
    assert quantity(1_204_311, "count").exact == "1,204,311"
    assert quantity(21_437_211, "ns").exact == "21,437,211 ns"


@pytest.mark.parametrize("ratio, text", [
    (0.917, f"\u22128.3{S}%"), (1.0, f"0.0{S}%"), (0.9996, f"0.0{S}%"), (1.0612, f"+6.1{S}%"), (2.0, f"+100{S}%"), (3.1, f"3.10{S}\u00d7"),
    (0.05, f"\u221295.0{S}%"), (0.0125, "1/80.0"), (0.0, f"\u2212100{S}%"),
])
def test_change_ratio_is_a_signed_change(ratio, text):
    assert change(ratio).text == text


def test_change_null_is_not_measured():
    assert change(None).text == "not measured"


def test_span_shares_the_percent_sign():
    assert span(0.913, 0.921).text == f"\u22128.7 to \u22127.9{S}%"
    assert span(0.0125, 0.5).text == f"1/80.0 to \u221250.0{S}%"


@pytest.mark.parametrize("value, text", [(0, "0"), (0.01234, "0.0123"), (9.994, "9.99"), (123.4, "123"), (99_999, "99999")])
def test_significant_keeps_three_digits(value, text):
    assert significant(value) == text
