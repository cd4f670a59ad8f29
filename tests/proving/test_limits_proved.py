"""Limits by leading terms: values known by construction, and certified values on the way there."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.core import Limit, Positive, Reals, exp, limit, log, num, oo, sin, sqrt, symbols
from derivations.core.formula import Formula, FormulaError, Number, as_formula
from derivations.core.substitute import substitute
from derivations.proving.bounds import EMPTY, range_of
from derivations.proving.chains.asymptotics import Growth
from derivations.proving.chains.limits import limit_value
from derivations.proving.chains.scales import NoGrowth, Undecided
from derivations.proving.places import place

x, t, a = symbols("x t a")
NOWHERE = place({})


def value(body: Formula, point: Formula, side: str = "+-") -> Formula | None:
    node = limit(body, x, point, side)
    assert isinstance(node, Limit)
    try:
        return limit_value(node, NOWHERE)
    except FormulaError:
        return None


coefficients = st.integers(-4, 4).filter(bool)
powers = st.integers(-3, 3)
rates = st.integers(-2, 2)


@st.composite
def terms(draw):
    """c * x**p * exp(r*x) with its rate, its power, its coefficient."""
    c, p, r = draw(coefficients), draw(powers), draw(rates)
    return (r, p, c), num(c) * x ** num(p) * exp(num(r) * x)


def leading(parts):
    """What a sum of terms grows like; None where the largest cancel."""
    top = max((r, p) for r, p, _ in parts)
    c = sum(c for r, p, c in parts if (r, p) == top)
    return (*top, c) if c else None


@settings(max_examples=150, deadline=None)
@given(st.lists(terms(), min_size=1, max_size=4), st.lists(terms(), min_size=1, max_size=4))
def test_a_quotient_of_sums_tends_to_what_its_leading_terms_say(above, below):
    one, two = leading([k for k, _ in above]), leading([k for k, _ in below])
    top = sum((f for _, f in above[1:]), start=above[0][1])
    bottom = sum((f for _, f in below[1:]), start=below[0][1])
    found = value(top / bottom, oo)
    if one is None or two is None:
        return
    order = (one[0] - two[0], one[1] - two[1])
    ratio = Fraction(one[2], two[2])
    if order == (0, 0):
        assert found is not None
        assert range_of(found - as_formula(ratio), EMPTY).value == 0
    elif order < (0, 0):
        assert found == num(0)
    else:
        assert found == (oo if ratio > 0 else -oo)


@st.composite
def bodies(draw, depth=3):
    """Formulas in x that often have a limit."""
    if depth == 0 or draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from([x, num(1), num(2), 1 / x, exp(-x), x**2]))
    one, two = draw(bodies(depth=depth - 1)), draw(bodies(depth=depth - 1))
    kind = draw(st.integers(0, 6))
    return [one + two, one - two, one * two, one / two, log(1 + one**2), sqrt(one**2 + 1),
            exp(-(one**2))][kind]  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(bodies())
def test_a_proved_limit_is_near_the_values_far_out(body):
    found = value(body, oo)
    if found is None:
        return
    far = range_of(substitute(body, {x: Number(10**300)}), EMPTY)
    if far is None or far.low is None or far.high is None:
        return
    if found in (oo, -oo):
        assert far.high > 1 if found == oo else far.low < -1
        return
    end = range_of(found, EMPTY)
    if end is None or end.low is None or end.high is None:
        return
    # Logarithms of logarithms are slow.
    assert max(far.low - end.high, end.low - far.high, fmpq(0)) <= fmpq(1, 4)


@pytest.mark.parametrize("side", ["+", "-", "+-"])
def test_a_limit_at_a_point_is_that_of_the_translated_formula(side):
    body = (sin(x - 2) / (x - 2)) * (1 + (x - 2) ** 2)
    assert value(body, num(2), side) == num(1)


def test_an_undecided_sign_is_named():
    with pytest.raises(Undecided) as caught:
        Growth(t, place({a: Reals})).of(1 / (a * t + 1))
    assert a in (caught.value.coefficient, -caught.value.coefficient) or "a" in str(caught.value)
    assert Growth(t, place({a: Positive})).of(1 / (a * t + 1)).coefficient == 1 / a


@pytest.mark.parametrize("body", [log(log(t) - log(t)), 1 / (t - t), sqrt(-t), log(1 - t)])
def test_what_is_undefined_far_out_has_no_growth(body):
    with pytest.raises(NoGrowth):
        Growth(t, NOWHERE).of(body)
