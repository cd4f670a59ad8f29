"""The other sigmoid functions: what their checks must refuse, and what NumPy sees of them."""

from __future__ import annotations

import numpy as np
import pytest

from derivations import student
from derivations.core import (
    Abs,
    Claim,
    D,
    Definition,
    Formula,
    NonNegative,
    Q,
    Reals,
    atan,
    define,
    erf,
    exp,
    finite_set,
    integral,
    limit,
    num,
    oo,
    pi,
    prime,
    sqrt,
    symbols,
    tanh,
)
from derivations.squashing import algebraic, arctangent, error_function, gudermannian, softsign
from numeric.compile import numpy_function
from numeric.evidence import Verdict
from numeric.judging.judge import check

x, t, h, a, b = symbols("x t h a b")
POINTS = 24

NORMALISED = {
    "tanh": define("s", x, tanh(x)),
    "arctan": arctangent.normalised,
    "erf": error_function.normalised,
    "algebraic": algebraic.g,
    "softsign": softsign.f,
    "gudermannian": gudermannian.normalised,
}
each_normalised = pytest.mark.parametrize("s", NORMALISED.values(), ids=NORMALISED)


def verdict(lhs: Formula, rel: str, rhs: Formula | int, **rest: object) -> Verdict:
    rest.setdefault("on", {})
    return check(Claim("claim", lhs, rel, rhs, **rest), points=POINTS).verdict  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [-2, 0, 2])
def test_softsign_has_no_second_derivative_at_zero(value: int) -> None:
    assert not verdict(prime(softsign.f, 0, 2), "=", value).is_pass
    at_zero = {x: finite_set(0)}
    assert not verdict(D(softsign.f(x), x, 2), "=", value, on=at_zero).is_pass


def test_the_two_sided_limit_of_the_second_difference_is_refuted() -> None:
    quotient = limit((prime(softsign.f, h) - 1) / h, h, 0)
    assert not verdict(quotient, "=", -2).is_pass
    assert not verdict(quotient, "=", 2).is_pass


def test_the_one_sided_formula_is_no_derivative_of_softsign_on_the_reals() -> None:
    slope = D(softsign.f(x), x)
    assert verdict(slope, "=", 1 / (1 + x) ** 2, on={x: Reals}) is Verdict.REFUTED
    assert verdict(slope, "=", 1 / (1 - x) ** 2, on={x: NonNegative}) is Verdict.REFUTED
    assert verdict(slope, "=", 1 / (1 + Abs(x)) ** 2, on={x: Reals}).is_pass


@pytest.mark.parametrize(
    "wrong",
    [
        atan(pi * x / 2),
        2 / pi * atan(x),
        2 / pi * atan(2 * x / pi),
        erf(x),
        erf(2 * x / sqrt(pi)),
        2 / pi * gudermannian.gd(x),
        gudermannian.gd(pi * x / 2),
        tanh(x / 2),
        x / (2 + Abs(x)),
    ],
    ids=str,
)
def test_wrong_constants_of_normalisation_are_refuted(wrong: Formula) -> None:
    s = define("s", x, wrong)
    slope, end = verdict(prime(s, 0), "=", 1), verdict(limit(s(x), x, oo), "=", 1)
    assert Verdict.REFUTED in (slope, end)


@each_normalised
def test_a_normalised_form_has_slope_one_and_range_minus_one_to_one(s: Definition) -> None:
    values = numpy_function(s(x), (x,))(np.linspace(-9, 9, 1001))
    assert np.all(np.diff(values) >= 0)
    assert np.all(np.abs(values) <= 1)
    assert values[-1] > 0.85
    step = 1e-5
    ends = numpy_function(s(x), (x,))(np.array([-step, step]))
    assert (ends[1] - ends[0]) / (2 * step) == pytest.approx(1, rel=1e-4)


@each_normalised
@pytest.mark.parametrize("bound", [Q(9, 10), Q(1, 2)], ids=str)
def test_a_smaller_bound_of_the_range_is_refuted(s: Definition, bound: Formula) -> None:
    assert verdict(s(x), "<", bound, on={x: Reals}) is Verdict.REFUTED
    assert verdict(s(x), ">", -bound, on={x: Reals}) is Verdict.REFUTED


@pytest.mark.parametrize(
    ("rate", "value"),
    [
        (prime(atan, x) * x, 1),
        (prime(atan, x) * x**2, 2),
        (prime(erf, x) * exp(x), 1),
        (prime(tanh, x) * exp(2 * x), 2),
        (prime(algebraic.g, x) * x**2, 1),
    ],
    ids=str,
)
def test_a_wrong_rate_of_saturation_is_refuted(rate: Formula, value: int) -> None:
    assert verdict(limit(rate, x, oo), "=", value) is Verdict.REFUTED


def test_a_density_that_is_flat_somewhere_is_not_unimodal() -> None:
    f = define("f", x, 1 / (1 + (Abs(x - 1) + Abs(x + 1)) ** 2))
    falling = {a: NonNegative, b: NonNegative}
    assert verdict(f(a), ">", f(b), on=falling, where=a < b) is Verdict.REFUTED


@pytest.mark.parametrize("nu", [1, 2, 5])
def test_another_constant_of_students_density_is_refuted(nu: int) -> None:
    kernel = (1 + t**2 / nu) ** (-Q(nu + 1, 2))
    assert verdict(integral(student.student(t, num(nu)), t, -oo, oo), "=", 1).is_pass
    wrong = integral(student.weight(num(nu + 1)) * kernel, t, -oo, oo)
    assert verdict(wrong, "=", 1) is Verdict.REFUTED
