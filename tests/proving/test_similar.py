"""Trees that a reader takes for the same, and trees that a reader does not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derivations.core import (
    D,
    Q,
    define,
    delta,
    exp,
    indicator,
    integral,
    log,
    num,
    prime,
    product,
    sqrt,
    symbols,
    total,
)
from derivations.core.formula import Formula
from derivations.proving.similar import rational, similar

a, b, i, k, m, n, x, y, z = symbols("a b i k m n x y z")
sigma = define("sigma", x, 1 / (1 + exp(-x)))

SAME = [
    (x + y, y + x),
    (x * y, y * x),
    (x - y, -(y - x)),
    (x - y, -y + x),
    (-(x - y) / z, (y - x) / z),
    ((x - y) / (a - b), (y - x) / (b - a)),
    ((x - y) ** 2, (y - x) ** 2),
    (x / y, x * y**-1),
    (1 / (1 + exp(-x)), (1 + exp(-x)) ** -1),
    (1 * x, x),
    (x + 0, x),
    (x**1, x),
    (x * x, x**2),
    (x + x, 2 * x),
    (Q(1, 2) * (2 * x), x),
    (-((1 + exp(-x)) ** -2) * (exp(-x) * (-1)), exp(-x) / (1 + exp(-x)) ** 2),
    (x / sqrt(1 + x**2), x * (1 + x**2) ** Q(-1, 2)),
    (exp(-x), exp(x * (-1))),
    (exp(-(x**2) / 2), exp(-x * x / 2)),
    (a + (b + x), (a + b) + x),
    (x**n * x**-1, x ** (n - 1)),
    (total(i * x, i, 1, m), total(x * k, k, 1, m)),
    (product(total(i * k, i, 1, m), k, 1, n), product(total(k * i, k, 1, m), i, 1, n)),
    (prime(sigma, z), D(sigma(z), z)),
    (prime(sigma, z, 2), D(D(sigma(z), z), z)),
    (D(prime(sigma, z), z), D(sigma(z), z, 2)),
    (indicator(x < y), indicator(y > x)),
    (delta(i, k), delta(k, i)),
    (num(2) + 3, num(5)),
]

DIFFERENT = [
    (x - y, y - x),
    (x * (a + b), x * a + x * b),
    (2 * (a + b), 2 * a + 2 * b),
    (1 / x + 1 / y, (x + y) / (x * y)),
    ((a + b) ** 2, a**2 + 2 * a * b + b**2),
    (x**2 - y**2, (x - y) * (x + y)),
    ((1 + x - 1) / y, 1 / y),
    (x / y, y / x),
    (exp(x), exp(-x)),
    (exp(x) * exp(y), exp(x + y)),
    (log(x * y), log(x) + log(y)),
    (sqrt(x**2), x),
    ((x - y) ** 3, (y - x) ** 3),
    (total(i, i, 1, m), total(i, i, 1, n)),
    (D(exp(2 * x), x), D(exp(2 * x), y)),
    (prime(sigma, 2 * z), D(sigma(2 * z), z)),
    (integral(x, x, 0, 1), integral(x, x, 1, 0)),
    (indicator(x < y), indicator(x <= y)),
]


@pytest.mark.parametrize("left, right", SAME, ids=str)
def test_a_reader_takes_both_for_the_same(left: Formula, right: Formula) -> None:
    assert similar(left, right)
    assert similar(right, left)


@pytest.mark.parametrize("left, right", DIFFERENT, ids=str)
def test_a_reader_sees_two_formulas(left: Formula, right: Formula) -> None:
    assert not similar(left, right)
    assert not similar(right, left)


def test_numbers_have_values_and_variables_have_none() -> None:
    assert rational(Q(-3, 4) ** 2) == Fraction(9, 16)
    assert rational(x - x) is None
