"""Limits and series of gammas, factorials, jumps, sums up to n, and sums over all integers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derivations.core import symbol
from derivations.reading.claims import read_claim
from numeric.judging.compare import Bench
from numeric.judging.findings import Outcome

HALVES = {"x": Fraction(1, 2), "y": Fraction(-1, 2)}
TRUE = [
    ("Limit(floor(x), x, 1, '-') = 0", {}),
    ("Limit(ceiling(x), x, 2) = 3", {}),
    ("Limit(x - floor(x), x, 3, '-') = 1", {}),
    ("Limit(floor(x), x, pi) = 3", {}),
    ("Limit(Heaviside(x), x, 0, '-') = 0", {}),
    ("Limit(tan(x), x, pi/2, '-') = oo", {}),
    ("Limit(tan(x), x, pi/2) = -oo", {}),
    ("Limit((1 + a/n)**n, n, oo) = exp(a)", {"a": Fraction(-2, 3)}),
    ("Limit(gamma(x)*(x + 2), x, -2) = Rational(1, 2)", {}),
    ("Limit(gamma(n + a)/(gamma(n)*n**a), n, oo) = 1", {"a": Fraction(5, 2)}),
    ("Limit(factorial(n)**(1/n)/n, n, oo) = exp(-1)", {}),
    ("Limit(factorial(n)*exp(n)/(n**n*sqrt(n)), n, oo) = sqrt(2*pi)", {}),
    ("Limit(binomial(2*n, n)*sqrt(n)/4**n, n, oo) = 1/sqrt(pi)", {}),
    ("Limit(Sum(1/k, (k, 1, n)) - log(n), n, oo) = EulerGamma", {}),
    ("Limit(Sum(1/k**2, (k, 1, n)), n, oo) = pi**2/6", {}),
    ("Limit(Product(1 - 1/k**2, (k, 2, n)), n, oo) = Rational(1, 2)", {}),
    ("Limit(fibonacci(n + 1)/fibonacci(n), n, oo) = GoldenRatio", {}),
    ("Limit(besselj(1, x)/x, x, 0) = Rational(1, 2)", {}),
    ("Limit(factorial(n)/(sqrt(2*pi*n)*(n/E)**n), n, oo) = 1", {}),
    ("Limit(x*(loggamma(x) - (x - 1/2)*log(x) + x - log(2*pi)/2), x, oo) = 1/12", {}),
    ("Limit(x*(pi/2 - atan(x)), x, oo) = 1", {}),
    ("Limit(n*(harmonic(n) - log(n) - EulerGamma), n, oo) = 1/2", {}),
    ("Limit((s - 1)*zeta(s), s, 1) = 1", {}),
    ("Limit(zeta(s) - 1/(s - 1), s, 1, '-') = EulerGamma", {}),
    ("Limit(zeta(s), s, 1, '-') = -oo", {}),
    ("Limit(log(log(x))/log(x), x, oo) = 0", {}),
    ("Limit(log(log(x**2)) - log(log(x)), x, oo) = log(2)", {}),
    ("Limit(log(-log(x)), x, 0) = oo", {}),
    ("Limit(Mod(x, 1), x, 1, '-') = 1", {}),
    ("Limit(legendre(2, x)/x**2, x, oo) = Rational(3, 2)", {}),
    ("Integral(hermite(3, x)**2*exp(-x**2), (x, -oo, oo)) = 48*sqrt(pi)", {}),
    ("Limit(Sum(1/(n + k), (k, 1, n)), n, oo) = log(2)", {}),
    ("Limit(Sum(1/(2*k - 1), (k, 1, n)) - log(n)/2, n, oo) = EulerGamma/2 + log(2)", {}),
    ("Limit(Sum(n/(n**2 + k**2), (k, 0, n - 1)), n, oo) = pi/4", {}),
    ("Limit(Sum(cos(k/n), (k, 3, n))/n, n, oo) = sin(1)", {}),
    ("Limit(Si(x), x, oo) = pi/2", {}),
    ("Sum(1/(n**2 + a**2), (n, -oo, oo)) = pi/a*coth(pi*a)", {"a": Fraction(3, 2)}),
    ("Sum(exp(-pi*n**2), (n, -oo, oo)) = pi**Rational(1, 4)/gamma(Rational(3, 4))", {}),
    ("Sum(x**n, (n, -oo, 0)) = 1/(1 - 1/x)", {"x": 3}),
    ("Sum(1/n**Rational(3, 2), (n, 1, oo)) = zeta(Rational(3, 2))", {}),
    ("Sum(1/factorial(n)**2, (n, 0, oo)) = besseli(0, 2)", {}),
    ("Sum(1/factorial(2*n), (n, 0, oo)) = cosh(1)", {}),
    ("Sum(zeta(n) - 1, (n, 2, oo)) = 1", {}),
    ("Sum(fibonacci(n)/2**n, (n, 1, oo)) = 2", {}),
    ("Sum(harmonic(n)/2**n, (n, 1, oo)) = 2*log(2)", {}),
    ("Sum(1/(k**2*binomial(2*k, k)), (k, 1, oo)) = pi**2/18", {}),
    ("Sum((-1)**(k + 1)/(k**3*binomial(2*k, k)), (k, 1, oo)) = 2*zeta(3)/5", {}),
    (
        "Sum(gamma(k + 1/2)*x**k/factorial(k), (k, 0, oo)) = sqrt(pi/(1 - x))",
        {"x": Fraction(-2, 3)},
    ),
    ("Sum((k - 30)*0**k, (k, 0, oo)) = -30", {}),
    ("Sum(Sum(1/2**(j + k), (j, 0, oo)), (k, 0, oo)) = 4", {}),
    ("Sum(Sum(x**j*y**k, (j, 0, oo)), (k, 0, oo)) = 1/((1 - x)*(1 - y))", HALVES),
    ("Sum(binomial(-2, k)/2**k, (k, 0, oo)) = Rational(4, 9)", {}),
    ("Sum(sin(n)/n, (n, 1, oo)) = (pi - 1)/2", {}),
    ("Sum(cos(n*x)/n, (n, 1, oo)) = -log(2*sin(x/2))", {"x": Fraction(1, 4)}),
    ("Sum((-1)**n*cos(n*x)/n, (n, 1, oo)) = -log(2*cos(x/2))", {"x": Fraction(3)}),
    ("Sum(sin(n)**2/n**2, (n, 1, oo)) = (pi - 1)/2", {}),
    ("Sum(cos(2*pi*n)/n**2, (n, 1, oo)) = pi**2/6", {}),
    ("Sum(sin((2*n + 1)*x)/(2*n + 1), (n, 0, oo)) = pi/4", {"x": Fraction(2)}),
    ("Sum(cos(n)/(n**2 + 1), (n, 0, oo)) = 1/2 + pi*cosh(pi - 1)/(2*sinh(pi))", {}),
]


def outcome(text, values):
    claim = read_claim({"id": "c", "claim": text, "domain": dict.fromkeys(values, "R")})
    point = {symbol(name): value for name, value in values.items()}
    return Bench(iter([])).finding_at(claim.lhs, claim.rel, claim.rhs, point).outcome


@pytest.mark.parametrize(("text", "values"), TRUE)
def test_the_value_and_one_beside_it(text, values):
    assert outcome(text, values) is Outcome.HOLDS
    if not text.endswith("oo"):
        assert outcome(f"{text} + Rational(1, 10**12)", values) is Outcome.FAILS


def test_poles_beyond_the_cut_are_not_passed_over():
    text = "Sum(factorial(100 - k)/(factorial(100 - k)*2**k), (k, 0, oo)) = 2"
    assert outcome(text, {}) is not Outcome.HOLDS


@pytest.mark.parametrize(
    "text",
    [
        "Limit(floor(x), x, 1, '+-') = 1",
        "Limit(Abs(x)/x, x, 0, '+-') = 1",
        "Limit(1/x, x, 0, '+-') = oo",
        "Limit(Heaviside(x), x, 0, '+-') = Rational(1, 2)",
        "Limit(tan(x), x, pi/2, '+-') = oo",
        "Limit(exp(1/x), x, 0, '+-') = 0",
        "Limit(sin(x), x, oo) = 0",
        "Limit(sin(1/x), x, 0) = 0",
        "Limit(2 + x*cos(x)/(x + 1), x, oo) = 2",
        "Sum(1/n, (n, -oo, oo)) = 0",
        "Sum(n, (n, -oo, oo)) = 0",
        "Sum(Sum(1/3**k, (j, 0, oo)), (k, 0, oo)) = 0",
        "Sum(2**(-k)/(k - 70), (k, 0, oo)) = 0",
        "Sum(cos(2*pi*n)/n, (n, 1, oo)) = 0",
        "Limit(gamma(x), x, 0, '+-') = oo",
        "Limit(zeta(s), s, 1, '+-') = oo",
        "Limit(Sum(1/(k - 2), (k, 1, n)) - log(n), n, oo) = EulerGamma",
    ],
)
def test_what_does_not_exist_is_refuted(text):
    assert outcome(text, {}) is Outcome.FAILS


@pytest.mark.parametrize(
    "text",
    [
        "Limit(sin(pi*floor(x)), x, oo) = 1",
        "Limit(zeta(s) - 1/(s - 1), s, 1) = EulerGamma",
        "Limit(sin(x)/x, x, oo) = 0",
        "Limit(Sum(sin(pi*k), (k, 1, n)), n, oo) = 0",
    ],
)
def test_what_may_exist_is_not_said_to_be_missing(text):
    assert outcome(text, {}) is not Outcome.FAILS
