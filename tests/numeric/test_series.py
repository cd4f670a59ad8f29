"""The power series by which the second evaluation differentiates, against difference quotients."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
from mpmath import mp, mpf

from numeric.reference.series import NotSmooth, Series, applied, power

PLACES = {"acosh": "1.7"}
NAMES = [
    "exp",
    "sqrt",
    "sin",
    "cos",
    "sinh",
    "cosh",
    "log",
    "tan",
    "tanh",
    "asin",
    "acos",
    "atan",
    "asinh",
    "acosh",
    "atanh",
    "erf",
    "erfc",
]


def moving(x: Any, level: int = 1, order: int = 3) -> Series:
    return Series(level, (x, mpf(1), *(0,) * (order - 1)))


@pytest.mark.parametrize("name", NAMES)
def test_the_series_of_a_function_has_its_derivatives(name: str) -> None:
    with mpmath.workdps(60):
        x = mpf(PLACES.get(name, "0.37"))
        series = applied(name, moving(x))
        for k in (1, 2, 3):
            wanted = mpmath.diff(getattr(mp, name), x, k)
            assert abs(series.terms[k] * mp.factorial(k) - wanted) < mpf(10) ** -50


@pytest.mark.parametrize("exponent", ["-3", "2.5", "-0.5", "4"])
def test_the_series_of_a_power_has_its_derivatives(exponent: str) -> None:
    with mpmath.workdps(60):
        series = power(moving(mpf(2)), mpf(exponent))
        for k in (1, 2, 3):
            wanted = mpmath.diff(lambda t: t ** mpf(exponent), mpf(2), k)
            assert abs(series.terms[k] * mp.factorial(k) - wanted) < mpf(10) ** -50


def test_a_derivative_inside_a_derivative_has_an_increment_of_its_own() -> None:
    with mpmath.workdps(60):
        a, b = mpf("0.3"), mpf("0.7")
        y, x = moving(b, 1, 1), moving(a, 2, 1)
        mixed = (applied("exp", x * y) * applied("sin", x) / (y + x)).terms[1].terms[1]
        wanted = mpmath.diff(lambda s, t: mp.exp(s * t) * mp.sin(s) / (s + t), (a, b), (1, 1))
        assert abs(mixed - wanted) < mpf(10) ** -50


@pytest.mark.parametrize("name", ["Abs", "sign", "sqrt", "log"])
def test_there_is_no_series_at_a_kink(name: str) -> None:
    with pytest.raises(NotSmooth):
        applied(name, moving(mpf(0)))


def test_the_side_of_a_moving_number_is_not_told_where_it_changes() -> None:
    with pytest.raises(NotSmooth):
        _ = moving(mpf(2)) < 2
    assert moving(mpf(1)) < 2
