"""Integrals of integrals, on boxes, below curves and over the plane."""

from __future__ import annotations

import pytest

from derivations.reading.claims import read_claim
from numeric.judging.compare import Bench
from numeric.judging.findings import Outcome

CLAIMS = [
    "Integral(x*y, (x, 0, 1), (y, 0, 1)) = Rational(1, 4)",
    "Integral(exp(-x**2 - y**2), (x, -oo, oo), (y, -oo, oo)) = pi",
    "Integral(Integral(x*y, (y, 0, x)), (x, 0, 1)) = Rational(1, 8)",
    "Integral(Integral(exp(x*y), (y, 0, x)), (x, 0, 1)) = (Ei(1) - EulerGamma)/2",
    "Integral(sin(x + y), (x, 0, pi/2), (y, 0, pi/2)) = 2",
    "Integral(1, (y, 0, sqrt(1 - x**2)), (x, 0, 1)) = pi/4",
    "Integral(x*y*z, (x, 0, 1), (y, 0, 1), (z, 0, 1)) = Rational(1, 8)",
]


def outcome(text):
    claim = read_claim({"id": "c", "claim": text, "domain": {}})
    return Bench(iter([])).finding_at(claim.lhs, claim.rel, claim.rhs, {}).outcome


@pytest.mark.parametrize("text", CLAIMS)
def test_the_value_and_one_beside_it(text):
    assert outcome(text) is Outcome.HOLDS
    assert outcome(f"{text} + Rational(1, 10**12)") is Outcome.FAILS


def test_nothing_that_may_be_0_is_taken_out():
    # The inner integral diverges but at y = 0, where it is 0.
    text = "Integral(Integral(y*exp(x), (x, 0, oo)), (y, 0, 1)) = 0"
    assert outcome(text) is not Outcome.HOLDS
