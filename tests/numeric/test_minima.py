"""Where two sides come nearest: narrow failures are found, asymptotes are no valleys."""

from __future__ import annotations

import pytest

from derivations.core import Claim, Or, Positive, Q, Reals, atan, cos, erf, exp, pi, symbol, tanh
from numeric.evidence import Verdict
from numeric.judging.judge import check

x = symbol("x")


@pytest.mark.parametrize(
    ("lhs", "rel", "rhs", "domain"),
    [
        (2 / pi * (2 * atan(tanh(pi * x / 4))), ">", -1, Reals),
        (atan(x), "<", pi / 2, Reals),
        (erf(x), "<", 1, Reals),
        (exp(-(x**2)), ">", 0, Reals),
        (tanh(x), ">", -1, Reals),
        (exp(-x), "<", 1 + exp(-2 * x), Positive),
    ],
)
def test_sides_that_approach_each_other_far_out_are_in_order(lhs, rel, rhs, domain):
    assert check(Claim("asymptote", lhs, rel, rhs, on={x: domain})).verdict.is_pass


@pytest.mark.parametrize(
    ("lhs", "rel", "rhs"),
    [
        ((x**2 - 2) ** 2, ">", 0),
        ((x - 1) ** 2 * 10**6 - 1, ">", 0),
        ((exp(x) - 3) ** 2, ">", 0),
        (x**4 - 4 * x**3 + 6 * x**2 - 4 * x + 1, ">", 0),
    ],
)
def test_a_valley_that_touches_or_crosses_is_no_pass(lhs, rel, rhs):
    assert not check(Claim("valley", lhs, rel, rhs, on={x: Reals})).verdict.is_pass


def test_a_gap_of_the_condition_is_no_valley():
    apart = Or((x > 1, x < -1))  # the sides cross between the two halves only
    sides = x**4 - x**2 * cos(x) + exp(x), ">", Q(1, 2)
    assert check(Claim("gap", *sides, on={x: Reals}, where=apart)).verdict.is_pass
    assert check(Claim("no-gap", *sides, on={x: Reals})).verdict is Verdict.REFUTED
