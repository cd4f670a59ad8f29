"""Integrals: closed forms are enclosed, what diverges is never given a value."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.core import (
    Abs,
    D,
    Formula,
    I,
    Q,
    cosh,
    define,
    erf,
    exp,
    gamma,
    integral,
    log,
    num,
    oo,
    pi,
    sin,
    sqrt,
    symbols,
)
from numeric.balls.enclose import enclose
from numeric.balls.values import Indeterminate, Undefined

x, t, y, mu, eta, nu, b = symbols("x t y mu eta nu b")
sigma = define("sigma", x, 1 / (1 + exp(-x)))
logistic = exp(-t) / (1 + exp(-t)) ** 2
normal = define("phi", y, exp(-(y**2) / 2) / sqrt(2 * pi))
student = (1 + t**2 / nu) ** (-(nu + 1) / 2)

TRUE: dict[str, tuple[Formula, Formula]] = {
    "logistic density": (integral(logistic, t, -oo, oo), num(1)),
    "logistic distribution": (integral(logistic, t, -oo, x), sigma(x)),
    "upper logistic tail": (integral(logistic, t, x, oo), sigma(-x)),
    "normal density": (integral(normal(y), y, -oo, oo), num(1)),
    "normal mean": (integral(y * normal(y - mu), y, -oo, oo), mu),
    "normal second moment": (integral(y**2 * normal(y - mu), y, -oo, oo), 1 + mu**2),
    "normal in natural form": (
        integral(exp(eta * y - y**2 / 2), y, -oo, oo),
        sqrt(2 * pi) * exp(eta**2 / 2),
    ),
    "normal with a scale": (
        integral(exp(-((y - mu) ** 2) / (2 * b**2)) / (b * sqrt(2 * pi)), y, -oo, oo),
        num(1),
    ),
    "Student t": (
        integral(student, t, -oo, oo),
        sqrt(pi * nu) * gamma(nu / 2) / gamma((nu + 1) / 2),
    ),
    "erf": (integral(2 / sqrt(pi) * exp(-(t**2)), t, 0, x), erf(x)),
    "log-sigmoid": (integral(-log(sigma(t)), t, 0, oo), pi**2 / 12),
    "softplus": (integral(log(1 + exp(t)), t, -oo, 0), pi**2 / 12),
    "sech": (integral(1 / cosh(t), t, -oo, oo), pi),
    "a kink": (integral(Abs(t), t, -1, 2), Q(5, 2)),
    "a singular end": (integral(log(t), t, 0, 1), num(-1)),
    "a root at an end": (integral(1 / sqrt(t), t, 0, 1), num(2)),
    "a parameter in both ends": (integral(t, t, x, x + 1), x + Q(1, 2)),
    "reversed ends": (integral(t, t, 1, 0), Q(-1, 2)),
    "the fundamental theorem": (D(integral(logistic, t, -oo, x), x), sigma(x) * (1 - sigma(x))),
}
POINTS = (
    {x: Fraction(1, 3), mu: Fraction(5, 3), eta: Fraction(-7, 3), nu: Fraction(5, 2), b: 2},
    {x: -40, mu: 700, eta: 50, nu: 1, b: Fraction(1, 10)},
)


@pytest.mark.parametrize("point", POINTS, ids=["moderate", "extreme"])
@pytest.mark.parametrize("name", TRUE)
def test_a_true_integral_is_enclosed(name: str, point: dict) -> None:
    node, value = TRUE[name]
    found, expected = enclose(node, point, 160), enclose(value, point, 160)
    assert found.overlaps(expected)
    assert found.rad() <= abs(expected) * arb(10) ** -30


def test_a_tiny_tail_keeps_its_relative_precision() -> None:
    found = enclose(integral(logistic, t, -oo, x), {x: -700}, 160)
    assert found.overlaps(enclose(sigma(x), {x: -700}, 160))
    assert found.rad() < abs(found) * arb(10) ** -30


@pytest.mark.parametrize(
    "node",
    [
        integral(1 / t, t, 1, oo),
        integral(1 / t, t, 0, 1),
        integral(1 / t, t, -1, 1),
        integral(1 / sqrt(1 + t**2), t, 0, oo),
        integral(exp(t), t, 0, oo),
        integral(num(1), t, 0, oo),
        integral(1 / (1 + exp(-t)), t, -oo, oo),
        integral(exp(-mu * t), t, 0, oo),
        integral(sin(t), t, 0, oo),
    ],
)
def test_a_divergent_integral_is_undefined(node: Formula) -> None:
    with pytest.raises(Undefined, match="diverges"):
        enclose(node, {mu: -1}, 100)


@pytest.mark.parametrize(
    "node", [integral(sin(t**2), t, 1, oo), integral(sin(t) * sin(2 * t), t, 0, oo)]
)
def test_without_a_proved_bound_there_is_no_value(node: Formula) -> None:
    with pytest.raises(Indeterminate):
        enclose(node, {}, 80)


def test_a_wave_that_falls_slowly_has_a_value() -> None:
    whole, part = (enclose(integral(sin(t) / t, t, a, oo), {}, 120) for a in (0, 1))
    near = enclose(integral(sin(t) / t, t, 0, 1), {}, 120)
    assert whole.overlaps(arb.pi() / 2)
    assert max(float(value.rad()) for value in (whole, near, part)) < 1e-30
    assert (whole - near).overlaps(part)


def test_a_wrong_value_is_told_from_the_integral() -> None:
    found = enclose(integral(normal(y), y, -oo, oo), {}, 120)
    assert not found.overlaps(enclose(1 - Q(1, 10**25), {}, 120))


def test_the_precision_is_left_as_it_was() -> None:
    before = ctx.prec
    enclose(integral(logistic, t, -oo, oo), {}, 300)
    assert ctx.prec == before


def test_an_error_inside_of_the_quadrature_reaches_the_caller() -> None:
    from derivations.core import Integral
    from numeric.calculus.integrals import enclose_integral

    def broken(formula: Formula, bound: dict, analytic: bool = False) -> object:
        if formula == num(0) or formula == num(1):
            return arb(formula.value)
        raise KeyError("a mistake of the programmer")

    with pytest.raises(KeyError, match="programmer"):
        enclose_integral(Integral(Abs(t), t, num(0), num(1)), broken)


@settings(max_examples=15, deadline=None)
@given(
    coefficients=st.lists(st.integers(-9, 9), min_size=1, max_size=4),
    low=st.integers(-5, 5),
    length=st.integers(0, 5),
)
def test_a_polynomial_is_integrated_by_its_antiderivative(
    coefficients: list[int], low: int, length: int
) -> None:
    body: Formula = num(0)
    expected = Fraction(0)
    for power, c in enumerate(coefficients):
        body = body + c * t**power
        n = power + 1
        expected += Fraction(c * ((low + length) ** n - low**n), n)
    found = enclose(integral(body, t, low, low + length), {}, 100)
    assert found.overlaps(enclose(x, {x: expected}, 100))


def test_a_complex_integrand_keeps_its_imaginary_part() -> None:
    found = enclose(integral(exp(I * t), t, 0, pi), {}, 120)
    expected = enclose(2 * I, {}, 120)
    assert found.overlaps(expected)
    assert found.rad() < arb(10) ** -25
