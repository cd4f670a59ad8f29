"""Derivatives by a parameter of an integrand, or of the terms of an infinite sum."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derivations.core import symbol
from derivations.reading.claims import read_claim
from derivations.reading.plain import read_formula
from numeric.balls.enclose import enclose
from numeric.balls.values import Indeterminate
from numeric.judging.compare import Bench
from numeric.judging.findings import Outcome

HALF = Fraction(1, 2)
TRUE = [
    ("Derivative(Integral(sin(x*t), (t, 0, 1)), x) = Integral(t*cos(x*t), (t, 0, 1))", HALF),
    ("Derivative(Integral(exp(-x*t**2), (t, 0, oo)), x) = -sqrt(pi)/(4*x**(3/2))", HALF),
    ("Derivative(Integral(1/(x + t)**2, (t, 0, oo)), x, 2) = 2/x**3", Fraction(3)),
    ("Derivative(x*Integral(exp(-x*t), (t, 0, 1)), x) = exp(-x)", HALF),
    ("Derivative(Sum(x**k, (k, 0, oo)), x) = 1/(1 - x)**2", HALF),
    ("Derivative(Sum(x**k, (k, 0, oo)), x) = 1", Fraction(0)),
    ("Derivative(Sum(k*x**k, (k, 1, oo)), x, 2) = 2*(x + 2)/(1 - x)**4", HALF),
    ("Derivative(Sum(x**k/k**2, (k, 1, oo)), x) = -log(1 - x)/x", -HALF),
    ("Derivative(exp(Sum(exp(-k*x), (k, 1, oo))), x) = "
     "-exp(1/(exp(x) - 1))*exp(x)/(exp(x) - 1)**2", Fraction(1)),
]  # fmt: skip
# Where the derivative of the whole is another one, does not exist, or is not seen to exist.
UNDECIDED = [
    # x/(1 + x**2) and 1 at 0, and the integral of the derivative is 0 there
    "Derivative(Integral(x**3/(x**2 + t)**2, (t, 0, 1)), x)",
    # 1/x, and 0 at 0
    "Derivative(Integral(x*exp(-x**2*t), (t, 0, oo)), x)",
    # pi*sign(x)/2
    "Derivative(Integral(sin(x*t)/t, (t, 0, oo)), x)",
    # (1 + x**2)/x, and 0 at 0
    "Derivative(Sum(x/(1 + x**2)**k, (k, 0, oo)), x)",
    # a kink at 0
    "Derivative(Sum(Abs(x)/2**k, (k, 0, oo)), x)",
    "Derivative(Integral(Abs(x - t), (t, -1, 1)), x)",
]


def outcome(text, value):
    claim = read_claim({"id": "c", "claim": text, "domain": {"x": "R"}})
    bench = Bench(iter([]))
    return bench.finding_at(claim.lhs, claim.rel, claim.rhs, {symbol("x"): value}).outcome


@pytest.mark.parametrize(("text", "value"), TRUE)
def test_the_derivative_and_one_beside_it(text, value):
    assert outcome(text, value) is Outcome.HOLDS
    assert outcome(f"{text} + Rational(1, 10**20)", value) is Outcome.FAILS


@pytest.mark.parametrize("text", UNDECIDED)
def test_what_converges_not_uniformly_is_not_exchanged(text):
    with pytest.raises(Indeterminate):
        enclose(read_formula(text, ("x",)), {symbol("x"): 0}, 128)
