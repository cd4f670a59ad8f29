"""A balanced formula is the same function, and is seen to be small on wide balls far out."""

from __future__ import annotations

import pytest
from flint import arb, ctx

from derivations.core import Formula, cosh, define, exp, log, sqrt, symbols, tanh
from numeric.balls.enclose import Compiler, enclose, evaluated
from numeric.balls.frames import root_frame
from numeric.calculus.balance import balanced
from numeric.tails.expand import Walk
from numeric.tails.expansions import Tail

t, x = symbols("t x")
sigma = define("sigma", x, 1 / (1 + exp(-x)))

FORMULAS = [
    exp(t) / (1 + exp(t)) ** 2,
    exp(-t) / (1 + exp(-t)) ** 2,
    sigma(-t) * (1 - sigma(-t)),
    1 / cosh(t),
    tanh(t) - 1,
    t**2 * exp(3 * t - t**2 / 2 - 2),
    1 / (1 + exp(2 * t)) ** 2 * exp(t),
    sqrt(1 + exp(2 * t)) - log(1 + exp(t)),
    (1 - exp(t)) ** 3 / (exp(-t) + exp(2 * t)),
]


def walk() -> Walk:
    tail = Tail(arb(2) ** 20, 3)

    def constant(formula: Formula, bound: object, analytic: bool = False) -> object:
        return evaluated(Compiler().compile(formula), root_frame({}))

    return Walk(tail, constant, {t: tail.variable()})


@pytest.mark.parametrize("formula", FORMULAS, ids=str)
def test_a_balanced_formula_is_the_same_function(formula: Formula) -> None:
    rewritten = balanced(formula, walk())
    for point in (-3, 0, 1, 7, 300):
        before, after = (enclose(f, {t: point}, 1500) for f in (formula, rewritten))
        with ctx.workprec(1500):
            assert abs(before - after) < arb(10) ** -30


def test_no_exponential_grows_in_a_balanced_density() -> None:
    assert "exp(t)" in str(FORMULAS[0])
    assert "exp(t)" not in str(balanced(FORMULAS[0], walk()))
