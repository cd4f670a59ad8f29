"""Equality in the field of rational functions over opaque heads."""

from fractions import Fraction

import pytest

from derivations.core import Q, Sum, cos, exp, log, num, oo, opaque, sin, symbols, total
from derivations.core.formula import Div, Formula, Number
from derivations.proving.field import equal_by_algebra, normal

x, y, n, m, i, k = symbols("x y n m i k")
f = opaque("f")

EQUAL = {
    "square of a sum": ((x + y) ** 2, x**2 + 2 * x * y + y**2),
    "difference of squares": ((x**2 - y**2) / (x - y), x + y),
    "cancelled": (x / x, num(1)),
    "opposite of an exponential's argument": (exp(-(x + y)), exp(-x - y)),
    "nested heads": (f(exp(x + x) * 1), f(exp(2 * x))),
    "negative power": (x**-2 * x**3, x),
    "computed exponent": (x ** (num(1) + 1), x * x),
    "symbolic exponent": (x**n * x**n, (x**n) ** 2),
    "two fractions": (
        (1 + exp(-x)) / (1 + exp(-x)) ** 2 - 1 / (1 + exp(-x)) ** 2,
        1 / (1 + exp(-x)) * (1 - 1 / (1 + exp(-x))),
    ),
    "bound names": (total(f(i) * (i + 1), i, 1, m), total(f(k) * k + f(k), k, 1, m)),
    "infinite ends": (Sum(f(i), i, num(1), oo) * 2, 2 * Sum(f(k), k, num(1), oo)),
    "zero to the zero": (num(0) ** 0, num(1)),
}
DIFFERENT = {
    "coefficient": (x + x, 3 * x),
    "exponential laws are not algebra": (exp(x + y), exp(x) * exp(y)),
    "logarithm laws are not algebra": (log(x * y), log(x) + log(y)),
    "trigonometry is not algebra": (sin(x) ** 2 + cos(x) ** 2, num(1)),
    "a free name is not a bound one": (total(f(i), i, 1, m), total(f(k), i, 1, m)),
    "other ends": (total(f(i), i, 1, m), total(f(i), i, 1, n)),
    "symbolic powers": (x**n * x, x ** (n + 1)),
    "division by zero": (1 / (x - x), 1 / (x - x)),
    "infinity minus infinity": (oo - oo, num(0)),
    "a tiny coefficient": (x, x * (1 + Q(1, 10**25))),
}


@pytest.mark.parametrize("name", EQUAL)
def test_equal_rational_functions_are_equal(name: str) -> None:
    assert equal_by_algebra(*EQUAL[name])


@pytest.mark.parametrize("name", DIFFERENT)
def test_different_rational_functions_are_not_equal(name: str) -> None:
    assert not equal_by_algebra(*DIFFERENT[name])


@pytest.mark.parametrize(
    "formula",
    [(x + y) ** (10**9), x ** (num(10) ** 10), Number(2) ** (10**8), (1 + x + y) ** 5000],
    ids=str,
)
def test_a_huge_power_is_refused_at_once(formula: Formula) -> None:
    assert not equal_by_algebra(formula, formula + 1)


def test_normal_form_is_coprime_with_monic_denominator() -> None:
    got = normal(Div(2 * x * x - 2 * x, 4 * x - 4))
    assert str(got.denominator) == "1"
    assert got.constant is None
    assert normal(Q(2, 4) * 3).constant == Fraction(3, 2)
