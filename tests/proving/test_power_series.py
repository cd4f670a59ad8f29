"""Sums to infinity by their closed forms; and what is false, or diverges somewhere, beside."""

from __future__ import annotations

import pytest

from derivations.proving.prove import Proof, prove
from tests.proving.test_methods import C, Case, R, _named, claim

U, HALF_OPEN = {"x": "(-1, 1)"}, {"x": "[-1, 1)"}
BETWEEN, CLOSED, TWO = {"x": "(-1, 1]"}, {"x": "[-1, 1]"}, {"x": "(-2, 2)"}
POS, P = {"x": "(0, oo)"}, {"p": "(0, 1]"}
XC = {"x": "C"}
GEOMETRIC = "Sum(x**k, (k, 0, oo)) = 1/(1 - x)"
EXP = "Sum(x**k/factorial(k), (k, 0, oo)) = exp(x)"
COS = "Sum((-1)**k*x**(2*k)/factorial(2*k), (k, 0, oo)) = cos(x)"
LOG = "Sum(x**k/k, (k, 1, oo)) = -log(1 - x)"
LOG_1P = "Sum((-1)**(k + 1)*x**k/k, (k, 1, oo)) = log(1 + x)"
ATAN = "Sum((-1)**k*x**(2*k + 1)/(2*k + 1), (k, 0, oo)) = atan(x)"
ATANH = "Sum(x**(2*k + 1)/(2*k + 1), (k, 0, oo)) = atanh(x)"
ZETA = "Sum(k**(-s), (k, 1, oo)) = zeta(s)"
NESTED = "Sum(Sum(x**j*y**k, (j, 0, oo)), (k, 0, oo)) = 1/((1 - x)*(1 - y))"

TRUE: list[Case] = [
    (GEOMETRIC, U),
    (GEOMETRIC, R, "Abs(x) < 1"),
    ("Sum(z**k, (k, 0, oo)) = 1/(1 - z)", C, "Abs(z) < 1"),
    ("Sum(x**k, (k, n, oo)) = x**n/(1 - x)", {"x": "(-1, 1)", "n": "Z[0, oo)"}),
    ("Sum(x**k, (k, 3, oo)) = x**3/(1 - x)", U),
    ("Sum((-x**2)**k, (k, 0, oo)) = 1/(1 + x**2)", U),
    ("Sum((1/x)**k, (k, 0, oo)) = x/(x - 1)", {"x": "(1, oo)"}),
    ("Sum(exp(-k*x), (k, 1, oo)) = 1/(exp(x) - 1)", POS),
    ("Sum(k*x**(k - 1), (k, 1, oo)) = 1/(1 - x)**2", U),
    ("Sum(k**2*x**k, (k, 0, oo)) = x*(1 + x)/(1 - x)**3", U),
    ("Sum(k**3/2**k, (k, 1, oo)) = 26", {}),
    ("Sum(p*(1 - p)**k, (k, 0, oo)) = 1", P),
    ("Sum(k*p*(1 - p)**(k - 1), (k, 1, oo)) = 1/p", P),
    ("Sum(x**k + k*x**k, (k, 0, oo)) = 1/(1 - x)**2", U),
    (EXP, R),
    (EXP, XC),
    ("Sum(x**k/factorial(k), (k, 3, oo)) = exp(x) - 1 - x - x**2/2", R),
    ("Sum(x**(k - 1)/factorial(k), (k, 1, oo)) = (exp(x) - 1)/x", POS),
    ("Sum(x**k/gamma(k + 1), (k, 0, oo)) >= 1 + x", R),
    ("Sum(k**2*x**k/factorial(k), (k, 2, oo)) = (x + x**2)*exp(x) - x", R),
    ("Sum(k*exp(-l)*l**k/factorial(k), (k, 1, oo)) = l", {"l": "(0, oo)"}),
    (COS, XC),
    ("Sum((-1)**k*x**(2*k - 1)/factorial(2*k - 1), (k, 1, oo)) = -sin(x)", R),
    ("Sum((-1)**k*x**(2*k + 1)/factorial(2*k + 1), (k, 1, oo)) = sin(x) - x", R),
    ("Sum(x**(2*k + 1)/factorial(2*k + 1), (k, 0, oo)) = sinh(x)", R),
    ("Sum(x**k/factorial(2*k), (k, 0, oo)) = cosh(sqrt(x))", POS),
    ("Sum(x**(2*k)/factorial(2*k), (k, 1, oo)) = cosh(x) - 1", R),
    (LOG, HALF_OPEN),
    ("Sum(x**(k + 1)/(k + 1), (k, 1, oo)) = -log(1 - x) - x", HALF_OPEN),
    (LOG_1P, BETWEEN),
    (ATAN, CLOSED),
    (ATANH, U),
    ("Sum((-1)**k/(2*k + 1), (k, 0, oo)) = pi/4", {}),
    ("Sum((-1)**(k + 1)/(2*k), (k, 1, oo)) = log(2)/2", {}),
    (ZETA, {"s": "(1, oo)"}),
    ("Derivative(Sum(x**k, (k, 0, oo)), x) = 1/(1 - x)**2", U),
    ("Derivative(Sum(x**k/factorial(k), (k, 0, oo)), x) = Sum(x**k/factorial(k), (k, 0, oo))", R),
    (NESTED, {"x": "(0, 1)", "y": "(-1, 1)"}),
    ("Sum(Sum(x**j/factorial(j), (j, 0, oo))/2**k, (k, 0, oo)) = 2*exp(x)", R),
    ("Sum(binomial(2*k, k)*x**k, (k, 0, oo)) = 1/sqrt(1 - 4*x)", {"x": "(-1/4, 1/4)"}),
    ("Sum(binomial(a, k)*x**k, (k, 0, oo)) = (1 + x)**a", {**U, "a": "R"}),
    ("Sum(binomial(k + r - 1, k)*p**r*(1 - p)**k, (k, 0, oo)) = 1", {**P, "r": "Z[1, oo)"}),
    ("Sum(1/k**2, (k, 2, oo)) = pi**2/6 - 1", {}),
]
FALSE: list[Case] = [
    (GEOMETRIC, HALF_OPEN),
    (GEOMETRIC, TWO),
    (GEOMETRIC, R),
    (GEOMETRIC, XC),
    ("Sum(z**k, (k, 0, oo)) = 1/(1 - z)", C, "Abs(z) <= 1"),
    ("Sum(x**k, (k, 1, oo)) = 1/(1 - x)", U),
    ("Sum(x**k, (k, 0, oo)) = 1/(1 + x)", U),
    ("Sum(x**k, (k, -1, oo)) = 1/(x*(1 - x))", U),
    ("Sum(x**k, (k, n, oo)) = x**n/(1 - x)", {"x": "(-1, 1)", "n": "Z"}),
    ("Sum((-1)**k, (k, 0, oo)) = 1/2", {}),
    ("Sum((-1)**k*k, (k, 1, oo)) = -1/4", {}),
    ("Sum(x*2**k, (k, 0, oo)) = -x", R),
    ("0*Sum(2**k, (k, 0, oo)) = 0", {}),
    ("Sum(x**k - x**k, (k, 0, oo)) = 1/(1 - x) - 1/(1 - x)", HALF_OPEN),
    ("Sum((x/(1 + x))**k, (k, 0, oo)) = 1 + x", {"x": "(-1/2 - 1/10**20, oo)"}),
    ("Sum((1/x)**k, (k, 0, oo)) = x/(x - 1)", {"x": "[1, oo)"}),
    ("Sum(exp(-k*x), (k, 1, oo)) = 1/(exp(x) - 1)", R),
    ("Sum(k*x**k, (k, 1, oo)) = 1/(1 - x)**2", U),
    ("Sum(k**3/2**k, (k, 1, oo)) = 25", {}),
    ("Sum(p*(1 - p)**k, (k, 0, oo)) = 1", {"p": "[0, 1]"}),
    ("Sum(p*(1 - p)**k, (k, 0, oo)) = 1", {"p": "(0, 2]"}),
    ("Sum(x**k/factorial(k), (k, 1, oo)) = exp(x)", R),
    ("Sum(x**k/factorial(k + 1), (k, 0, oo)) = exp(x) - 1", R),
    ("Sum((-x)**k/factorial(k), (k, 0, oo)) = exp(x)", R),
    ("Sum(x**(k - 1)/factorial(k), (k, 1, oo)) = (exp(x) - 1)/x", R),
    ("Sum(x**(k - 1)/factorial(k), (k, 0, oo)) = exp(x)/x", {"x": "C"}, "x != 1"),
    ("Sum(x**k/factorial(k - 1), (k, 0, oo)) = x*exp(x)", R),
    ("Sum(x**k/factorial(k), (k, 0, oo)) >= 1 + x + x**2/2", R),
    ("Sum(x**(2*k)/factorial(2*k), (k, 0, oo)) = cos(x)", R),
    ("Sum((-1)**k*x**(2*k)/factorial(2*k), (k, 1, oo)) = cos(x)", R),
    ("Sum((-1)**(k + 1)*x**(2*k + 1)/factorial(2*k + 1), (k, 0, oo)) = sin(x)", R),
    ("Sum((-1)**k*x**(2*k + 1)/factorial(2*k + 2), (k, 0, oo)) = sin(x)", R),
    (LOG, CLOSED),
    (LOG, TWO),
    (LOG, {"x": "(-oo, 1)"}),
    ("Sum(x**k/k, (k, 0, oo)) = -log(1 - x)", U),
    ("Sum(x**k/k, (k, 2, oo)) = -log(1 - x)", U),
    ("Sum(x**k/k, (k, 1, oo)) = log(1 - x)", U),
    (LOG_1P, CLOSED),
    (LOG_1P, {"x": "(-1, oo)"}),
    (ATAN, R),
    (ATAN, {"x": "[-1, 1 + 1/10**20]"}),
    (ATANH, CLOSED),
    (ATANH, HALF_OPEN),
    ("Sum(x**(2*k + 1)/(2*k + 1), (k, 0, oo)) = atan(x)", U),
    ("Sum((-1)**k/(2*k + 1), (k, 0, oo)) = pi/3", {}),
    (ZETA, {"s": "(0, oo)"}),
    (ZETA, {"s": "(0, 1)"}),
    ("Sum(1/k**2, (k, 2, oo)) = pi**2/6", {}),
    ("Sum(k, (k, 1, oo)) = -1/12", {}),
    (NESTED, {"x": "(0, 1]", "y": "(-1, 1)"}),
    (NESTED, {"x": "(0, 1)", "y": "[-1, 1)"}),
    ("Sum(Sum(x**j*0**k, (j, 0, oo)), (k, 1, oo)) = 0", {"x": "[0, 2]"}),
    ("Sum(Sum(1/2**(j*k), (j, 0, oo))*(2**k - 1)/4**k, (k, 0, oo)) = 1", {}),
    ("Sum(binomial(2*k, k)*x**k, (k, 0, oo)) = 1/sqrt(1 - 4*x)", {"x": "(-1/4, 1/4]"}),
    ("Sum(binomial(2*k, k)*x**k, (k, 0, oo)) = 1/sqrt(1 - 4*x)", {"x": "(-1/2, 1/4)"}),
    ("Sum(binomial(2*k, k)*x**k, (k, 1, oo)) = 1/sqrt(1 - 4*x)", {"x": "(-1/4, 1/4)"}),
    ("Sum(binomial(a, k)*x**k, (k, 0, oo)) = (1 + x)**a", {**BETWEEN, "a": "R"}),
    ("Sum(binomial(a, k)*x**k, (k, 0, oo)) = (1 - x)**a", {**U, "a": "R"}),
    ("Sum(binomial(k + r, k)*p**r*(1 - p)**k, (k, 0, oo)) = 1", {**P, "r": "Z[1, oo)"}),
    ("Sum(binomial(k + r, r)*x**k, (k, 0, oo)) = (1 - x)**(-r - 1)", {**U, "r": "Z"}),
    ("Sum(1/k - 1/k, (k, 1, oo)) = Sum(1/k, (k, 1, oo)) - Sum(1/k, (k, 1, oo))", {}),
    ("Derivative(Sum(x**k, (k, 0, oo)), x) = 1/(1 - x)**2", HALF_OPEN),
    ("Derivative(Sum(x**k, (k, 0, oo)), x) = 1/(1 - x)**2", R, "x == 1/2 or x == 2"),
    ("Derivative(Sum(x**k/k, (k, 1, oo)), x) = 1/(1 - x)", HALF_OPEN),
    ("Derivative(Sum(0**k*x**k, (k, 0, oo)), x) = 1", R),
]


@pytest.mark.parametrize("case", TRUE, ids=_named)
def test_a_series_is_proved(case: Case) -> None:
    proof = prove(claim(*case))
    assert isinstance(proof, Proof)
    assert "series" in proof.method


@pytest.mark.parametrize("case", FALSE, ids=_named)
def test_a_falsehood_or_a_divergent_series_is_not_proved(case: Case) -> None:
    assert prove(claim(*case)) is None
