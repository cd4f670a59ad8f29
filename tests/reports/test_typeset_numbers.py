"""Numbers of the evidence as mathematics."""

from __future__ import annotations

import pytest

from reports.checks import value_text
from reports.typeset_numbers import number_latex, place_latex, point_latex


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("3.1e-57", r"3.1 \cdot 10^{-57}"),
        ("1e-50", "10^{-50}"),
        ("-1e-50", "-10^{-50}"),
        ("0", "0"),
        ("1.5E+300", r"1.5 \cdot 10^{300}"),
        ("7397/32", "7397/32"),
        ("-261/9444732965739290427392", r"-2.763 \cdot 10^{-20}"),
        ("-9999999999/10000000000", "-1 + 10^{-10}"),
        ("oo", r"\text{oo}"),
    ],
)
def test_numbers_are_printed_as_powers_of_ten(text: str, latex: str) -> None:
    assert number_latex(text) == latex


def test_a_rounded_value_is_not_said_to_be_equal() -> None:
    assert point_latex("x = 1/3, y = 123456789/7", {}) == r"x = 1/3, y \approx 1.764 \cdot 10^{7}"


def test_variables_are_printed_as_in_the_claim() -> None:
    assert point_latex("theta = 1, rate = 2", {"theta": r"\theta"}) == (
        r"\theta = 1, \mathrm{rate} = 2"
    )


def test_a_point_is_cut_to_its_column() -> None:
    point = "m = 2, n = 3, x = ((1, 2, 3), (4, 5, 6)), y = (0, 1)"
    assert place_latex(point, {}, 9.5) == r"m = 2, n = 3, \dots"
    assert place_latex(point, {}, 6) == r"m = 2, \dots"
    assert place_latex(point, {}, 1) == ""


def test_the_value_of_a_witness_may_be_a_word() -> None:
    assert value_text("undefined") == "undefined"
    assert value_text("0.10499358540350651...") == r"$0.104993585403\dots$"
