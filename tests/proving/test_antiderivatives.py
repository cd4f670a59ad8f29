"""Integrals proved from their statement: by a guessed antiderivative, or one of Euler's integrals.

The false ones are neighbours of theirs: a pole on the way, a parameter beyond the domain on which
the integral exists, a factor that is lost.
"""

from __future__ import annotations

import pytest

from derivations.core import symbols
from derivations.proving.chains.antiderivatives import antiderivative
from derivations.proving.chains.carried import attempt
from derivations.reading.claims import read_claim

POSITIVE = "(0, oo)"
TRUE = [
    ("Integral(exp(-a*t), (t, 0, oo)) = 1/a", {"a": POSITIVE}),
    ("Integral(t*exp(-a*t), (t, 0, oo)) = 1/a**2", {"a": POSITIVE}),
    ("Integral(cos(a*t), (t, 0, 1)) = sin(a)/a", {"a": POSITIVE}),
    ("Integral(1/(1 + a*t**2), (t, 0, 1)) = atan(sqrt(a))/sqrt(a)", {"a": POSITIVE}),
    ("Integral(1/(a**2 + t**2), (t, -oo, oo)) = pi/a", {"a": POSITIVE}),
    ("Integral(sin(n*t)**2, (t, 0, pi)) = pi/2", {"n": "Z[1, oo)"}),
    ("Integral(tanh(t), (t, 0, x)) = log(cosh(x))", {"x": "R"}),
    ("Integral(1/sqrt(1 - t**2), (t, 0, x)) = asin(x)", {"x": "[-1, 1]"}),
    ("Integral(t**n, (t, 0, 1)) = 1/(n + 1)", {"n": "(-1, oo)"}),
    ("Integral(log(1 + a*t), (t, 0, 1)) = ((1 + a)*log(1 + a) - a)/a", {"a": POSITIVE}),
    ("Integral(x*exp(-x**2/(2*s**2))/s**2, (x, 0, oo)) = 1", {"s": POSITIVE}),
    ("Integral(1/sqrt(1 - t**2), (t, -1, 1)) = pi", {}),
    ("Integral(log(t), (t, 0, 1)) = -1", {}),
    ("Integral(exp(-x**2 - y**2), (x, -oo, oo), (y, -oo, oo)) = pi", {}),
    ("Integral(1/(x + y + 1), (x, 0, 1), (y, 0, 1)) = 3*log(3) - 4*log(2)", {}),
    ("Integral(t**x*log(t), (t, 0, 1)) = -1/(x + 1)**2", {"x": "[0, oo)"}),
    ("Integral(sin(a*t)/t, (t, 0, oo)) = pi/2", {"a": POSITIVE}),
    ("Integral(cos(t**2), (t, -oo, oo)) = sqrt(pi/2)", {}),
    ("Integral(t**2*exp(-a*t**2), (t, -oo, oo)) = sqrt(pi)/(2*a*sqrt(a))", {"a": POSITIVE}),
    ("Integral(exp(-t**2)*cos(2*b*t), (t, -oo, oo)) = sqrt(pi)*exp(-b**2)", {"b": "R"}),
    ("Integral(exp(-a*t)*cos(b*t), (t, 0, oo)) = a/(a**2 + b**2)", {"a": POSITIVE, "b": "R"}),
    ("Integral(exp(-t)*t**(s - 1), (t, 0, oo)) = gamma(s)", {"s": POSITIVE}),
    ("Integral(exp(-t)*t**n, (t, 0, oo)) = factorial(n)", {"n": "Z[0, oo)"}),
    ("Integral(tan(t), (t, 0, x)) = -log(cos(x))", {"x": "(-pi/2, pi/2)"}),
    ("Integral(cot(t), (t, x, pi/2)) = -log(sin(x))", {"x": "(0, pi)"}),
    ("Integral(1/(1 + t**2)**(3/2), (t, 0, x)) = x/sqrt(1 + x**2)", {"x": "R"}),
    ("Integral(1/sqrt(t*(1 - t)), (t, 0, 1)) = pi", {}),
    ("Integral(1/sqrt(a**2 - t**2), (t, 0, a)) = pi/2", {"a": POSITIVE}),
    (
        "Integral(t**(a - 1)*(1 - t)**(b - 1), (t, 0, 1)) = beta(a, b)",
        {"a": POSITIVE, "b": POSITIVE},
    ),
]
FALSE = [
    ("Integral(tan(t), (t, 0, x)) = -log(cos(x))", {"x": "(-pi/2, pi)"}),
    ("Integral(1/cos(t)**2, (t, 0, x)) = tan(x)", {"x": "(-pi/2, 2)"}),
    ("Integral(cot(t), (t, x, pi/2)) = -log(sin(x))", {"x": "(-pi, pi)"}),
    ("Integral(cot(t), (t, x, 4)) = log(sin(4)) - log(sin(x))", {"x": "(0, pi)"}),
    ("Integral(1/sqrt(a**2 - t**2), (t, 0, a)) = pi/2", {"a": "R"}),
    ("Integral(1/sqrt(a**2 - t**2), (t, 0, 2*a)) = pi", {"a": POSITIVE}),
    ("Integral(1/(a**2 - t**2)**(3/2), (t, 0, a)) = 0", {"a": POSITIVE}),
    ("Integral(1/(a**2 + t**2)**(3/2), (t, -oo, oo)) = 2/a**2", {"a": "R"}),
    ("Integral(sin(a*t)/t, (t, 0, oo)) = pi/2", {"a": "R"}),
    ("Integral(cos(t)/t, (t, 0, oo)) = pi/2", {}),
    ("Integral(exp(-a*t)*cos(b*t), (t, 0, oo)) = a/(a**2 + b**2)", {"a": "R", "b": "R"}),
    ("Integral(exp(-a*t)*sin(b*t), (t, 0, oo)) = a/(a**2 + b**2)", {"a": POSITIVE, "b": "R"}),
    ("Integral(exp(-a*t**2)*t, (t, -oo, oo)) = 1/a", {"a": POSITIVE}),
    ("Integral(t**x*log(t), (t, 0, 1)) = -1/(x + 1)**2", {"x": "[-2, oo)"}),
    ("Integral(1/t**2, (t, -1, 1)) = -2", {}),
    ("Integral(1/t, (t, -1, 1)) = 0", {}),
    ("Integral(tan(t), (t, 0, pi)) = 0", {}),
    ("Integral(1/cos(t)**2, (t, 0, pi)) = 0", {}),
    ("Integral(sin(t)/cos(t)**2, (t, 0, pi)) = -2", {}),
    ("Integral(1/sqrt(1 - t**2), (t, 1, -1)) = pi", {}),
    ("Integral(1/(t*log(t)), (t, 2, oo)) = -log(log(2))", {}),
    ("Integral(sin(t), (t, 0, oo)) = 1", {}),
    ("Integral(exp(-a*t), (t, 0, oo)) = 1/a", {"a": "R"}),
    ("Integral(cos(a*t), (t, 0, 1)) = sin(a)/a", {"a": "R"}),
    ("Integral(t**n, (t, 0, 1)) = 1/(n + 1)", {"n": "(-2, oo)"}),
    ("Integral(1/t, (t, 1, x)) = log(x)", {"x": "R"}),
    ("Integral(1/(a**2 + t**2), (t, -oo, oo)) = pi/a", {"a": "R"}),
    ("Integral(sin(n*t)**2, (t, 0, pi)) = pi/2", {"n": "Z[0, oo)"}),
    ("Integral(exp(-t)*t**(s - 1), (t, 0, oo)) = gamma(s)", {"s": "(-1, oo)"}),
    (
        "Integral(t**(a - 1)*(1 - t)**(b - 1), (t, 0, 1)) = beta(a, b)",
        {"a": POSITIVE, "b": "R"},
    ),
    ("Integral(exp(-k*t), (t, 0, oo)) = gamma(1)/k", {"k": "[0, oo)"}),
    ("Integral(exp(-a*t**2), (t, 0, oo)) = sqrt(pi/a)", {"a": POSITIVE}),
]


def proof_of(text, domain):
    return attempt(read_claim({"id": "c", "claim": text, "domain": domain}))


@pytest.mark.parametrize(("text", "domain"), TRUE)
def test_a_true_one_is_proved(text, domain):
    assert proof_of(text, domain) is not None


@pytest.mark.parametrize(("text", "domain"), TRUE)
def test_a_value_beside_it_is_not(text, domain):
    assert proof_of(f"{text} + Rational(1, 10**12)", domain) is None


@pytest.mark.parametrize(("text", "domain"), FALSE)
def test_a_false_one_is_not_proved(text, domain):
    assert proof_of(text, domain) is None


def test_nothing_is_guessed_for_what_has_no_elementary_one():
    t, x = symbols("t x")
    claim = read_claim({"id": "c", "claim": "sin(t)/t = exp(t)*log(t)", "domain": {"t": "R"}})
    assert antiderivative(claim.lhs, t) is None
    assert antiderivative(claim.rhs, t) is None
    assert str(antiderivative(x - x, t)) == "(x - x)*t"
