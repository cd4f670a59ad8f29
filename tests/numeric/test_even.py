"""Even and odd integrands: what the written form tells, and that one half stands for both."""

from __future__ import annotations

import pytest
from flint import arb, ctx

from derivations.core import cos, exp, sin, sqrt, symbol
from derivations.core.calculus import Integral
from derivations.core.formula import Formula, neg, oo
from numeric.balls.enclose import enclose
from numeric.calculus.even import parity

t, a = symbol("t"), symbol("a")


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (exp(-(t**2)) * cos(a * t), 1),
        ((1 + t**2 / a) ** (-(a + 1) / 2), 1),
        (t**3 / (1 + t**4), -1),
        (sin(t) * sin(t**3), 1),
        (sqrt(t**2), 1),
        (sqrt(t), 0),
        (exp(t), 0),
        (2 ** (t**2), 1),
        ((a + t) ** 2, 0),
        (t + t**2, 0),
        (t**a, 0),
        (1 / (1 + (t - 1) ** 2), 0),
    ],
)
def test_what_the_written_form_tells(formula: Formula, expected: int) -> None:
    assert parity(formula, t) == expected


@pytest.mark.parametrize(
    ("body", "value"),
    [(1 / (1 + t**2), "pi"), ((t + 1) ** 2 / (1 + t**2) ** 2, "pi"), (t / (1 + t**2) ** 2, "0")],
)
def test_both_halves_of_a_slow_integrand(body: Formula, value: str) -> None:
    with ctx.workprec(120):
        found = arb(enclose(Integral(body, t, neg(oo), oo), {}, 120))
        expected = arb.pi() if value == "pi" else arb(0)
        assert found.overlaps(expected)
        assert found.rad() < arb(2) ** -80
