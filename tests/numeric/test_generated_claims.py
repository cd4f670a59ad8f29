"""True claims made by rules that hold, false ones made by a small change: none is taken for the
other, however they are drawn."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from derivations.core import (
    Abs,
    Claim,
    Complex,
    E,
    Formula,
    Max,
    Q,
    Reals,
    cases,
    cos,
    cosh,
    exp,
    interval,
    log,
    num,
    pi,
    sin,
    sinh,
    sqrt,
    symbol,
    tanh,
)
from derivations.core.formula import as_formula
from derivations.core.special_functions import FUNCTIONS
from derivations.proving.prove import prove
from numeric import Verdict, check

x = symbol("x")
floor = FUNCTIONS["floor"]
DRAWN = settings(
    max_examples=5, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)

small = st.integers(-3, 3).map(num)
atoms = st.one_of(st.just(x), st.just(x), small, st.sampled_from([Q(1, 2), pi, sqrt(num(2))]))


def grown(parts: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    return st.one_of(
        st.tuples(parts, parts).map(lambda p: p[0] + p[1]),
        st.tuples(parts, parts).map(lambda p: p[0] * p[1]),
        st.tuples(parts, parts).map(lambda p: p[0] - p[1]),
        st.sampled_from([x, x / 2, -x, 2 * x + 1]).map(exp),
        parts.map(sin),
        parts.map(cos),
    )


formulas = st.recursive(atoms, grown, max_leaves=5)

# Two formulas that are equal at every complex number, from two parts.
ENTIRE = {
    "sine of a sum": lambda a, b: (sin(a + b), sin(a) * cos(b) + cos(a) * sin(b)),
    "cosine of a sum": lambda a, b: (cos(a + b), cos(a) * cos(b) - sin(a) * sin(b)),
    "square": lambda a, b: ((a + b) ** 2, a**2 + 2 * a * b + b**2),
    "cube": lambda a, b: ((a - b) ** 3, a**3 - 3 * a**2 * b + 3 * a * b**2 - b**3),
    "distributed": lambda a, b: (a * (b - a), b * a - a**2),
    "circle": lambda a, b: (sin(a) ** 2 + b, b + 1 - cos(a) ** 2),
    "added": lambda a, b: (a, a + sin(b) - sin(b)),
    "double angle": lambda a, b: (b * sin(2 * a), 2 * cos(a) * sin(a) * b),
    "product to sum": lambda a, b: (sin(a) * sin(b), (cos(a - b) - cos(a + b)) / 2),
}
# The same at every real number, the parts being real.
REAL = {
    **ENTIRE,
    "absolute value": lambda a, b: (sqrt(a**2) + b, Abs(a) + b),
    "greatest": lambda a, b: (Max(a, b), (a + b + Abs(a - b)) / 2),
    "floor": lambda a, b: (floor(a + 3) * b, floor(a) * b + 3 * b),
    "by cases": lambda a, b: (cases((a, a > b), (b, None)), Max(b, a)),
    "bounded exponents": lambda a, b: (exp(sin(a) + cos(b)), exp(sin(a)) * exp(cos(b))),
    "hyperbola": lambda a, b: (cosh(sin(a)) ** 2 * b, (1 + sinh(sin(a)) ** 2) * b),
    "tangent": lambda a, b: (tanh(sin(a)) + b, 1 - 2 / (exp(2 * sin(a)) + 1) + b),
    "logarithm": lambda a, b: (log(1 + a**2) * b, -log(1 / (1 + a**2)) * b),
    "square of a size": lambda a, b: (Abs(a) ** 2 - b, a * a - b),
}
# What vanishes nowhere on the reals, and so may be added to make a true claim false.
ADDED = {
    **{f"1e-{k}": (lambda k=k: num(10) ** -num(k)) for k in (6, 9, 12, 15, 20, 25)},
    "a wave": lambda: num(10) ** -num(15) * (2 + sin(x)),
    "small far out": lambda: num(10) ** -num(12) / (1 + x**2),
}
PLACES = {
    "0": num(0), "2/3": Q(2, 3), "22/7": Q(22, 7), "12345": num(12345), "pi": pi, "pi/3": pi / 3,
    "sqrt(2)": sqrt(num(2)), "e": E, "log(2)": log(num(2)), "golden": (1 + sqrt(num(5))) / 2,
}  # fmt: skip
# What is 0, but at one place or in a narrow window, where it is not, or has no value.
LOCAL = {
    "a hole": lambda c: 0 / (x - c),
    "a double hole": lambda c: 0 * log((x - c) ** 2),
    "a single point": lambda c: cases((num(0), (x - c) ** 2 > 0), (num(1), None)),
    "a window": lambda c: cases((num(1), Abs(x - c) < Q(1, 10**6)), (num(0), None)),
    "a bump": lambda c: Max(0, 1 - 10**7 * Abs(x - c)),
}


def judged(lhs, rhs, domain=Reals, prover=lambda claim: None):
    """The verdict by points alone, which no proof may hide."""
    claim = Claim("generated", lhs, "=", rhs, on={x: domain})
    return check(claim, points=40, prover=prover).verdict


@pytest.mark.parametrize("rule", REAL)
@DRAWN
@given(a=formulas, b=formulas)
def test_what_a_rule_makes_is_never_refuted(rule, a, b):
    assert judged(*REAL[rule](a, b)) is not Verdict.REFUTED


@pytest.mark.parametrize("rule", ENTIRE)
@settings(DRAWN, max_examples=4)
@given(a=formulas, b=formulas)
def test_what_a_rule_makes_is_never_refuted_on_complex_numbers(rule, a, b):
    assert judged(*ENTIRE[rule](a, b), Complex) is not Verdict.REFUTED


@pytest.mark.parametrize("rule", REAL)
@settings(DRAWN, max_examples=4)
@given(a=formulas, b=formulas, excess=st.sampled_from(sorted(ADDED)))
def test_a_small_excess_never_passes(rule, a, b, excess):
    lhs, rhs = REAL[rule](a, b)
    assert judged(lhs, rhs + ADDED[excess]()) in {Verdict.REFUTED, Verdict.UNKNOWN}


@pytest.mark.parametrize("kind", LOCAL)
@pytest.mark.parametrize("place", PLACES)
@settings(DRAWN, max_examples=2)
@given(a=formulas, b=formulas, rule=st.sampled_from(sorted(REAL)))
def test_a_place_where_a_claim_fails_is_found(kind, place, a, b, rule):
    lhs, rhs = REAL[rule](a, b)
    assert judged(lhs, rhs + LOCAL[kind](PLACES[place])) in {Verdict.REFUTED, Verdict.UNKNOWN}


@settings(DRAWN, max_examples=8)
@given(a=atoms, b=atoms, rule=st.sampled_from(sorted(REAL)), excess=st.sampled_from(sorted(ADDED)))
def test_no_proof_is_found_of_a_claim_with_a_small_excess(a, b, rule, excess):
    lhs, rhs = REAL[rule](a, b)
    assert prove(Claim("generated", lhs, "=", rhs + ADDED[excess](), on={x: Reals})) is None


@settings(DRAWN, max_examples=8)
@given(a=formulas, q=st.fractions(-2, 2, max_denominator=9), strict=st.booleans())
def test_the_square_of_a_difference_is_positive_only_where_they_differ(a, q, strict):
    """(x - q)**2*(1 + a**2) >= 0 is true; with > it is false, by one point."""
    lhs = (x - as_formula(q)) ** 2 * (1 + a**2)
    domain = interval(-3, 3)
    claim = Claim("generated", lhs, ">" if strict else ">=", num(0), on={x: domain})
    verdict = check(claim, points=40).verdict
    assert isinstance(q, Fraction)
    wrong = {Verdict.PROVED, Verdict.CONSISTENT} if strict else {Verdict.REFUTED}
    assert verdict not in wrong
