"""Integrals with kinks, jumps, removable and integrable singularities: cut there, and certified."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq

from derivations.core import Abs, exp, num, sqrt, symbol
from derivations.core.functions import Max, sign
from derivations.reading.claims import read_claim
from numeric.balls.enclose import Compiler
from numeric.balls.frames import root_frame
from numeric.balls.values import Infinity
from numeric.calculus.breaks import places
from numeric.calculus.pieces import smooth
from numeric.judging.compare import Bench
from numeric.judging.findings import Outcome

WITHOUT_PARAMETERS = [
    "Integral(1/sqrt(1 - t**2), (t, -1, 1)) = pi",
    "Integral(1/sqrt(2 - t**2), (t, -sqrt(2), sqrt(2))) = pi",
    "Integral((t**2 - 1)/(t - 1), (t, 0, 2)) = 4",
    "Integral(t/(exp(t) - 1), (t, 0, oo)) = pi**2/6",
    "Integral(1/sqrt(t), (t, 0, 1)) = 2",
    "Integral(log(t)*log(1 - t), (t, 0, 1)) = 2 - pi**2/6",
    "Integral(t**Rational(-1, 3), (t, 0, 1)) = Rational(3, 2)",
    "Integral(1/sqrt(Abs(t)), (t, -1, 1)) = 4",
    "Integral(log(sin(t)), (t, 0, pi)) = -pi*log(2)",
    "Integral(sin(t)/t, (t, -1, 1)) = 2*Si(1)",
    "Integral((t - 1)/log(t), (t, 0, 1)) = log(2)",
    "Integral(Abs(t), (t, -1, 2)) = Rational(5, 2)",
    "Integral(Abs(t), (t, 2, -1)) = -Rational(5, 2)",
    "Integral(Abs(sin(t)), (t, 0, 2*pi)) = 4",
    "Integral(Abs(exp(t) - 2), (t, 0, 1)) = 4*log(2) + E - 5",
    "Integral(Abs(t**3 - t), (t, -2, 2)) = 5",
    "Integral(Abs(t**5 - t - 1), (t, 1, 2)) = Integral(t**5 - t - 1, (t, 1, 2))"
    " - 2*Integral(Min(t**5 - t - 1, 0), (t, 1, 2))",
    "Integral(floor(t), (t, 0, Rational(5, 2))) = 2",
    "Integral(Mod(t, 1), (t, 0, 3)) = Rational(3, 2)",
    "Integral(sign(t), (t, -1, 3)) = 2",
    "Integral(Max(t, 1 - t), (t, 0, 1)) = Rational(3, 4)",
    "Integral(Heaviside(t)*exp(-t), (t, -oo, oo)) = 1",
    "Integral(Piecewise((t, t < 1), (2 - t, True)), (t, 0, 2)) = 1",
    "Integral(exp(-Abs(t - sqrt(2))), (t, -oo, oo)) = 2",
    "Integral(sqrt(t**2), (t, -1, 1)) = 1",
    "Integral(sin(t)/t, (t, 0, oo)) = pi/2",
    "Integral(cos(t)/(1 + t**2), (t, 0, oo)) = pi/(2*E)",
    "Integral((1 - cos(t))/t**2, (t, 0, oo)) = pi/2",
]
BESIDE = "{} + Rational(1, 10**12)"
WITH_PARAMETERS = [
    ("Integral(Abs(t - a), (t, 0, 1)) = (a**2 + (1 - a)**2)/2", {"a": Fraction(1, 3)}),
    ("Integral(Piecewise((1, t < a), (0, True)), (t, 0, 1)) = a", {"a": 0}),
    ("Integral(Piecewise((1, t < a), (0, True)), (t, 0, 1)) = a", {"a": Fraction(2, 7)}),
    ("Integral(exp(-Abs(t - a)), (t, -oo, oo)) = 2", {"a": -7}),
    ("Integral(1/sqrt(a**2 - t**2), (t, -a, a)) = pi", {"a": Fraction(1, 2)}),
    ("Integral(t**a*log(t), (t, 0, 1)) = -1/(a + 1)**2", {"a": Fraction(-3, 4)}),
    (
        "Integral(t**(a - 1)*(1 - t)**(b - 1), (t, 0, 1)) = beta(a, b)",
        {"a": Fraction(1, 3), "b": 2},
    ),
]


def outcome(text, values):
    domain = dict.fromkeys(values, "R")
    claim = read_claim({"id": "c", "claim": text, "domain": domain})
    point = {symbol(name): value for name, value in values.items()}
    return Bench(iter([])).finding_at(claim.lhs, claim.rel, claim.rhs, point).outcome


@pytest.mark.parametrize(
    ("text", "values"), [*((text, {}) for text in WITHOUT_PARAMETERS), *WITH_PARAMETERS]
)
def test_the_value_and_one_beside_it(text, values):
    assert outcome(text, values) is Outcome.HOLDS
    assert outcome(BESIDE.format(text), values) is Outcome.FAILS


@pytest.mark.parametrize(
    "text",
    [
        "Integral(1/Abs(t), (t, -1, 1)) = 1",
        "Integral(sign(t)/t, (t, -1, 1)) = 0",
        "Integral(1/sin(t), (t, -1, 1)) = 0",
        "Integral(Abs(t)**Rational(-3, 2), (t, -1, 1)) = 1",
    ],
)
def test_what_diverges_has_no_value(text):
    assert outcome(text, {}) is Outcome.FAILS


t = symbol("t")
parts = Compiler().parts_of(root_frame({}))


def test_the_branch_between_two_places():
    body = Abs(t - 1) + Max(t, 2) * sign(t)
    found = places(body, t, parts, fmpq(-1), fmpq(3))
    assert [str(place.formula) for place in found] == ["0", "1", "2"]
    zero, one, two = found
    assert smooth(body, t, zero, one, parts) == -(t - 1) + 2 * num(1)
    assert smooth(body, t, one, two, parts) == t - 1 + 2 * num(1)
    assert smooth(body, t, two, Infinity(1), parts) == t - 1 + t * num(1)


def test_a_kink_that_is_not_cut_at_is_left():
    body = Abs(t - 1)
    (place,) = places(body, t, parts, fmpq(0), fmpq(3))
    outer = places(sqrt(t) * sqrt(3 - t), t, parts, fmpq(0), fmpq(3))
    assert smooth(body, t, outer[0], outer[1], parts) == body
    assert smooth(body, t, place, outer[1], parts) == t - 1
    assert smooth(exp(t), t, outer[0], outer[1], parts) == exp(t)
