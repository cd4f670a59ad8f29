"""Limits: the true ones are enclosed, the others are refused or refuted, none is guessed."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.core import (
    Abs,
    D,
    Formula,
    I,
    Max,
    Q,
    atan,
    cases,
    cos,
    define,
    erf,
    exp,
    indicator,
    integral,
    limit,
    log,
    num,
    oo,
    pi,
    prime,
    sin,
    sqrt,
    symbols,
    tan,
    tanh,
)
from numeric.balls.enclose import enclose
from numeric.balls.values import Indeterminate, Undefined
from numeric.calculus.limits import reference_limit
from numeric.reference.evaluate import evaluate

x, k, a, t, y = symbols("x k a t y")
sigma = define("sigma", x, 1 / (1 + exp(-x)))
softsign = define("s", x, x / (1 + Abs(x)))
density = exp(-t) / (1 + exp(-t)) ** 2

TRUE: dict[str, tuple[Formula, Formula]] = {
    "sigmoid right": (limit(sigma(x), x, oo), num(1)),
    "sigmoid left": (limit(sigma(x), x, -oo), num(0)),
    "slope in both tails": (limit(D(sigma(x), x), x, -oo), num(0)),
    "slope decays like exp(-x)": (limit(prime(sigma, x) / exp(-x), x, oo), num(1)),
    "softsign": (limit(x / (1 + Abs(x)), x, oo), num(1)),
    "softsign left": (limit(x / (1 + Abs(x)), x, -oo), num(-1)),
    "softsign slope": (limit(D(x / (1 + Abs(x)), x), x, -oo), num(0)),
    "second slope of softsign from the left": (
        limit((prime(softsign, x) - 1) / x, x, 0, "-"),
        num(2),
    ),
    "second slope of softsign from the right": (
        limit((prime(softsign, x) - 1) / x, x, 0, "+"),
        num(-2),
    ),
    "algebraic": (limit(x / sqrt(1 + x**2), x, -oo), num(-1)),
    "tanh": (limit(tanh(x), x, -oo), num(-1)),
    "erf": (limit(erf(x), x, oo), num(1)),
    "arctan": (limit(2 * atan(x) / pi, x, oo), num(1)),
    "Gudermannian": (limit(2 * atan(tanh(x / 2)), x, oo), pi / 2),
    "logarithmic": (limit(1 / log(x), x, oo), num(0)),
    "loss": (limit(-log(sigma(x)), x, oo), num(0)),
    "loss in base 2": (limit(-log(sigma(x)) / log(num(2)), x, oo), num(0)),
    "softplus and its asymptote": (limit(log(1 + exp(x)) - x, x, oo), num(0)),
    "powers of 2": (limit(2**x / (2**x + 1), x, oo), num(1)),
    "Euler": (limit((1 + 1 / x) ** x, x, oo), exp(num(1))),
    "difference of roots": (limit(sqrt(x**2 + x) - x, x, oo), Q(1, 2)),
    "sinc": (limit(sin(x) / x, x, 0), num(1)),
    "cosine": (limit((1 - cos(x)) / x**2, x, 0), Q(1, 2)),
    "third order": (limit((tan(x) - sin(x)) / x**3, x, 0), Q(1, 2)),
    "x log x": (limit(x * log(x), x, 0, "+"), num(0)),
    "x**x": (limit(x**x, x, 0, "+"), num(1)),
    "beyond the scale": (limit(exp(-exp(x)), x, oo), num(0)),
    "maximum": (limit(Max(x, 1) / x, x, oo), num(1)),
    "a jump from the right": (limit(indicator(x < 3), x, 3, "+"), num(0)),
    "a jump from the left": (limit(indicator(x < 3), x, 3, "-"), num(1)),
    "a distribution function": (limit(integral(density, t, -oo, x), x, oo), num(1)),
    "its lower tail": (limit(integral(density, t, -oo, x), x, -oo), num(0)),
    "a derivative by its quotient": (
        limit((sigma(x + k) - sigma(x)) / k, k, 0),
        sigma(x) * (1 - sigma(x)),
    ),
    "a steep sigmoid right of a": (limit(sigma(k * (x - a)), k, oo), num(1)),
    "a steep sigmoid at a": (limit(sigma(k * (x - x)), k, oo), Q(1, 2)),
}
POINT = {x: Fraction(1, 3), a: Fraction(1, 7)}


@pytest.mark.parametrize("name", TRUE)
def test_a_true_limit_is_enclosed(name: str) -> None:
    claimed, value = TRUE[name]
    found = enclose(claimed, POINT, 200)
    assert found.overlaps(enclose(value, POINT, 200))
    assert found.rad() < arb(10) ** -40


@pytest.mark.parametrize("name", TRUE)
def test_a_wrong_value_is_told_from_the_limit(name: str) -> None:
    claimed, value = TRUE[name]
    wrong = enclose(value + Q(1, 10**40), POINT, 200)
    assert not enclose(claimed, POINT, 200).overlaps(wrong)


def test_the_limit_of_softsign_is_1_and_not_0_999() -> None:
    found = enclose(limit(x / (1 + Abs(x)), x, oo), {}, 100)
    assert found.contains(1)
    assert not found.overlaps(arb("0.999"))


@pytest.mark.parametrize(
    ("growing", "sign"),
    [
        (limit(-log(sigma(x)), x, -oo), 1),
        (limit(log(x), x, 0, "+"), -1),
        (limit(1 / x**2, x, 0), 1),
        (limit(exp(x) / x**100, x, oo), 1),
        (limit(x - exp(x), x, oo), -1),
        (limit(log(log(x)), x, oo), 1),
    ],
)
def test_an_infinite_limit_is_found(growing: Formula, sign: int) -> None:
    assert enclose(growing, {}, 100) == (arb.pos_inf() if sign > 0 else arb.neg_inf())


@pytest.mark.parametrize(
    "none",
    [
        limit(1 / x, x, 0),
        limit(Abs(x) / x, x, 0),
        limit(cases((x, x < 0), (x + 1, None)), x, 0),
        limit((Abs(a + k) - Abs(a)) / k, k, 0),
    ],
)
def test_two_sides_that_differ_have_no_limit(none: Formula) -> None:
    with pytest.raises(Undefined, match="from the left and from the right differ"):
        enclose(none, {a: 0}, 100)


@pytest.mark.parametrize(
    "unknown",
    [
        limit(prime(softsign, x - x) * y, y, oo),
        limit(log(log(log(x))), x, oo),
        limit(exp(I * x) / x, x, oo),
    ],
)
def test_what_was_not_found_is_not_guessed(unknown: Formula) -> None:
    with pytest.raises(Indeterminate, match=r"limit|real"):
        enclose(unknown, {}, 100)


def test_a_wave_has_no_limit() -> None:
    with pytest.raises(Undefined, match="up and down"):
        enclose(limit(sin(x), x, oo), {}, 100)


FAST = ["sigmoid right", "softsign", "softsign left", "tanh", "sinc", "algebraic", "erf"]


@pytest.mark.parametrize("name", FAST)
def test_mpmath_sees_the_same_limit(name: str) -> None:
    claimed, value = TRUE[name]
    with mpmath.workdps(60):
        assert abs(evaluate(claimed, {}, 50) - evaluate(value, {}, 50)) < mpmath.mpf(10) ** -49


def parts(formula: Formula, bound: dict) -> object:
    """x/(1 + |x|), log and 1/x as mpmath has them, for the estimate alone."""
    if formula == oo:
        return mpmath.inf
    if not bound:
        return mpmath.mpf(0)
    (value,) = bound.values()
    functions = {
        x / (1 + Abs(x)): lambda v: v / (1 + abs(v)),
        1 / log(x): lambda v: 1 / mpmath.log(v),
        1 / log(log(x)): lambda v: 1 / mpmath.log(mpmath.log(v)),
        1 / x: lambda v: 1 / v,
        log(x): mpmath.log,
        x: lambda v: v,
    }
    return functions[formula](value)


def test_the_estimate_reaches_a_slow_limit() -> None:
    assert abs(reference_limit(limit(x / (1 + Abs(x)), x, oo), parts, 50) - 1) < 1e-49


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (prime(sigma, x) * exp(x), 1),
        ((1 - tanh(x) ** 2) * exp(2 * x), 4),
        (prime(erf, x) * exp(x**2), 2 / mpmath.sqrt(mpmath.pi)),
    ],
)
def test_the_estimate_makes_good_what_cancels(body: Formula, value: float) -> None:
    assert abs(evaluate(limit(body, x, oo), {}, 50) - value) < 1e-15


def test_the_estimate_looks_beyond_a_late_case() -> None:
    assert evaluate(limit(indicator(x > 10**9), x, oo), {}, 50) == 1


def test_the_estimate_leaves_a_logarithm_of_a_logarithm_undecided() -> None:
    assert reference_limit(limit(1 / log(x), x, oo), parts, 50) < 1e-99
    assert reference_limit(limit(log(x), x, oo), parts, 50) == mpmath.inf
    with pytest.raises(Indeterminate, match="do not settle"):
        reference_limit(limit(1 / log(log(x)), x, oo), parts, 50)


def test_the_estimate_sees_growth_and_sides() -> None:
    assert reference_limit(limit(x, x, oo), parts, 50) == mpmath.inf
    assert reference_limit(limit(1 / x, x, 0, "+"), parts, 50) == mpmath.inf
    with pytest.raises(Undefined, match="differ"):
        reference_limit(limit(1 / x, x, 0), parts, 50)


@settings(max_examples=40, deadline=None)
@given(
    top=st.lists(st.integers(-9, 9), min_size=3, max_size=3),
    bottom=st.lists(st.integers(-9, 9), min_size=2, max_size=2),
    lead=st.integers(1, 9),
)
def test_a_rational_function_tends_to_the_quotient_of_its_leading_coefficients(
    top: list[int], bottom: list[int], lead: int
) -> None:
    over = top[0] * x**2 + top[1] * x + top[2]
    under = lead * x**2 + bottom[0] * x + bottom[1]
    found = enclose(limit(over / under, x, oo), {}, 100)
    assert found.overlaps(arb(top[0]) / lead)
    assert found.rad() < arb(2) ** -80


@settings(max_examples=30, deadline=None)
@given(rate=st.integers(1, 12), far=st.integers(20, 90))
def test_the_bounded_error_holds_far_out(rate: int, far: int) -> None:
    from numeric.tails.expand import Walk
    from numeric.tails.expansions import Tail

    body = tanh(rate * x) / (1 + x) + sqrt(1 + 1 / x)
    tail = Tail(arb(16), 4)
    walk = Walk(tail, lambda formula, bound, analytic=False: enclose(formula, {}, 128), {})
    walk.places[x] = tail.variable()
    expansion = walk.expand(body)
    at = arb(far)
    approximate = sum((c.value * g.at(at) for g, c in expansion.terms), arb(0))
    assert expansion.error is not None
    bound = expansion.error.bound * expansion.error.growth.at(at)
    true = enclose(body, {x: far}, 200)
    assert abs(true - approximate) <= bound + arb(2) ** -40
