"""The second evaluation holds where values are tiny or cancel."""

from __future__ import annotations

import time
from fractions import Fraction

import mpmath
import pytest

from derivations.core import (
    D,
    Formula,
    define,
    erf,
    exp,
    integral,
    limit,
    oo,
    pi,
    prime,
    sqrt,
    symbols,
)
from numeric.reference.evaluate import evaluate

x, t = symbols("x t")
scaled = define("s", x, erf(sqrt(pi) * x / 2))


@pytest.mark.parametrize("at", [Fraction(-700), Fraction(-1), Fraction(0), Fraction(4, 3), 700])
def test_the_slope_of_erf_keeps_its_relative_precision(at: Fraction) -> None:
    start = time.perf_counter()
    with mpmath.workdps(60):
        point = mpmath.mpf(at.numerator) / at.denominator
        expected = 2 / mpmath.sqrt(mpmath.pi) * mpmath.exp(-(point**2))
        for formula in (D(erf(x), x), prime(erf, x)):
            assert abs(evaluate(formula, {x: at}, 60) / expected - 1) < mpmath.mpf(10) ** -50
        slope = mpmath.exp(-mpmath.pi * point**2 / 4)
        assert abs(evaluate(D(scaled(x), x), {x: at}, 60) / slope - 1) < mpmath.mpf(10) ** -50
    # By the differences of erf itself, the slope at 700 takes minutes.
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(("end", "value"), [(-oo, 0), (oo, 1)])
@pytest.mark.parametrize("density", [exp(-t) / (1 + exp(-t)) ** 2, 1 / (pi * (1 + t**2))])
def test_the_limit_of_an_integral_up_to_x_is_the_improper_integral(
    density: Formula, end: Formula, value: int
) -> None:
    found = evaluate(limit(integral(density, t, -oo, x), x, end), {}, 50)
    assert abs(found - value) < mpmath.mpf(10) ** -14
