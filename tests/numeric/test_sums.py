"""Infinite sums and products: enclosed where a bound on the tail is proved, never otherwise."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from flint import arb

from derivations.core import (
    Formula,
    Q,
    cos,
    cosh,
    exp,
    factorial,
    log,
    num,
    oo,
    pi,
    product,
    sin,
    sinh,
    sqrt,
    symbols,
    total,
)
from derivations.core.special_functions import FUNCTIONS
from numeric.balls.enclose import enclose
from numeric.balls.values import Indeterminate, Undefined
from numeric.reference.infinite import reference_infinite

x, k = symbols("x k")

TRUE: dict[str, tuple[Formula, Formula]] = {
    "Basel": (total(1 / k**2, k, 1, oo), pi**2 / 6),
    "shifted Basel": (total(1 / (k**2 + 1), k, 0, oo), (1 + pi * cosh(pi) / sinh(pi)) / 2),
    "telescope": (total(1 / (k * (k + 1)), k, 1, oo), num(1)),
    "geometric": (total(x**k, k, 0, oo), 1 / (1 - x)),
    "alternating geometric": (total((-x) ** k, k, 0, oo), 1 / (1 + x)),
    "geometric with a power": (total(k * x**k, k, 0, oo), x / (1 - x) ** 2),
    "logarithm": (total(x**k / k, k, 1, oo), -log(1 - x)),
    "exponential": (total((3 * x) ** k / factorial(k), k, 0, oo), exp(3 * x)),
    "Poisson": (total(2**k * exp(num(-2)) / factorial(k), k, 0, oo), num(1)),
    "Poisson mean": (total(k * 2**k * exp(num(-2)) / factorial(k), k, 0, oo), num(2)),
    "alternating harmonic": (total((-1) ** k / (k + 1), k, 0, oo), log(num(2))),
    "from an odd index": (total((-1) ** (k + 1) / k, k, 1, oo), log(num(2))),
    "Leibniz": (total((-1) ** k / (2 * k + 1), k, 0, oo), pi / 4),
    "signs below": (total(1 / ((-1) ** k * (2 * k + 1)), k, 0, oo), pi / 4),
    "signs by a cosine": (total(cos(pi * k) / (k + 1) ** 2, k, 0, oo), pi**2 / 12),
    "two signs": (total((-1) ** k * (-1) ** (k + 1) / k**2, k, 1, oo), -(pi**2) / 6),
    "eta at 1/2": (
        total((-1) ** k / sqrt(k), k, 1, oo),
        (sqrt(num(2)) - 1) * FUNCTIONS["zeta"](Q(1, 2)),
    ),
    "Euler's product": (product(1 + 1 / k**2, k, 1, oo), sinh(pi) / pi),
    "Wallis": (product(4 * k**2 / (4 * k**2 - 1), k, 1, oo), pi / 2),
}
POINT = {x: Fraction(2, 3)}


@pytest.mark.parametrize("name", TRUE)
def test_a_true_sum_is_enclosed(name: str) -> None:
    node, value = TRUE[name]
    found, expected = enclose(node, POINT, 128), enclose(value, POINT, 128)
    assert found.overlaps(expected)
    assert found.rad() < arb(10) ** -25
    assert not found.overlaps(enclose(value + Q(1, 10**25), POINT, 128))


@pytest.mark.parametrize(
    "node",
    [
        total(1 / k, k, 1, oo),
        total(num(1), k, 1, oo),
        total(2**k, k, 0, oo),
        total(1 / k ** Q(1, 2), k, 1, oo),
        total(k / (k**2 + 1), k, 0, oo),
        # terms that change their sign and do not tend to 0
        total((-1) ** k, k, 0, oo),
        total(sin(k), k, 1, oo),
        total((-1) ** k * cos(2 * k + 1) * k / (k + 3), k, 1, oo),
        total((-1) ** (k + 1) * k, k, 1, oo),
        total((-1) ** k * k / (k + 1), k, 0, oo),
        total(num(-2) ** k, k, 0, oo),
        total((-1 / x) ** k, k, 0, oo),
        total(cos(pi * k), k, 0, oo),
        # of one sign after all
        total((-1) ** (2 * k) / k, k, 1, oo),
        total((-1) ** k * cos(pi * k) / k, k, 1, oo),
        product(num(2), k, 1, oo),
        product(1 + 1 / k, k, 1, oo),
        product(k, k, 1, oo),
    ],
)
def test_a_divergent_sum_is_undefined(node: Formula) -> None:
    with pytest.raises(Undefined, match="diverges"):
        enclose(node, POINT, 100)


@pytest.mark.parametrize(
    "node",
    [
        total(1 / (k * log(k) ** 2), k, 2, oo),
        total(sin(k) * cos(2 * k) / k, k, 1, oo),
        product((-1) ** k, k, 1, oo),
    ],
)
def test_without_a_proved_bound_there_is_no_value(node: Formula) -> None:
    with pytest.raises(Indeterminate):
        enclose(node, POINT, 100)


@pytest.mark.parametrize(
    "node",
    [
        product(1 - 1 / k, k, 2, oo),
        product(num(1) / 2, k, 1, oo),
        product(1 / k, k, 1, oo),
        product(k, k, 0, oo),
        product((k - 5) / sqrt(k), k, 1, oo),
    ],
)
def test_partial_products_that_tend_to_0_have_the_limit_0(node: Formula) -> None:
    assert enclose(node, {}, 100) == 0


def test_the_powers_of_0_end_a_series() -> None:
    assert enclose(total(x**k, k, 0, oo), {x: 0}, 100) == 1
    assert enclose(total(x**k / factorial(k), k, 0, oo), {x: 0}, 100) == 1


def test_mpmath_extrapolates_to_the_same_value() -> None:
    node = total(1 / k**2, k, 1, oo)

    def parts(formula: Formula, bound: dict) -> object:
        return mpmath.mpf(1) / bound[k] ** 2 if bound else mpmath.mpf(1)

    with mpmath.workdps(40):
        assert abs(reference_infinite(node, parts, 30) - mpmath.pi**2 / 6) < 1e-29
