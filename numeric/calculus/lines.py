"""Integrals between two ends, finite or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

from flint import acb, arb

from derivations.core.calculus import Integral
from derivations.core.formula import Formula, Symbol, num
from numeric.balls.values import Indeterminate, Infinity, Undefined
from numeric.calculus.balance import balanced
from numeric.calculus.entire import is_entire
from numeric.calculus.finite import LONG, regular
from numeric.calculus.quadrature import (
    NOTHING,
    NOUGHT,
    SERIES_TERMS,
    TINY,
    Quadrature,
    integrated,
    largest,
    noise_of,
)
from numeric.calculus.straight import straight_balls
from numeric.calculus.tail_cuts import cut_of, falls_by
from numeric.calculus.to_infinity import from_middle, to_infinity
from numeric.calculus.trapezoid import peak, trapezoidal
from numeric.tails.expand import Walk
from numeric.tails.expansions import Tail

# The last cut that is no longer than that.
_NEAR_CUT: Final = arb(2) ** 12
_FAR: Final = 2**80


def over(q: Quadrature, lower: arb | Infinity, upper: arb | Infinity) -> acb:
    """The integral between two real or infinite ends."""
    if isinstance(lower, arb) and isinstance(upper, arb):
        return finite(q, lower, upper)
    if isinstance(lower, Infinity) and isinstance(upper, Infinity):
        if lower == upper:
            return acb(0)
        return whole_line(q, upper, lower)
    if isinstance(upper, arb):
        assert isinstance(lower, Infinity)
        return -half_line(q, lower, upper)
    assert isinstance(lower, arb)
    return half_line(q, upper, lower)


def finite(q: Quadrature, lower: arb, upper: arb) -> acb:
    """Between two finite ends, each of which may be a ball."""
    a, b = arb(lower.mid()), arb(upper.mid())
    body = q.function(q.node.body, q.node.variable)
    total = acb(0)
    for end, middle, sign in ((lower, a, -1), (upper, b, 1)):
        if not end.is_exact():
            # From the middle of the ball to wherever the end is.
            total += sign * body(acb(end), False) * (end - middle)
    if not total.is_finite():
        raise Indeterminate(f"the integrand of {q.node} is singular at an end")
    if a == b:
        return total
    values = [body(acb(a + (b - a) * k / 8), False) for k in range(9)]
    if values[0].is_finite() and values[-1].is_finite():
        size = largest(values) * abs(b - a)
        value = integrated(body, a, b, size, q.bits, noise_of(values))
        if value.is_finite():
            return total + value
    middle = (a + b) / 2
    upward = from_middle(q, q.node.upper, b, middle)
    return total + upward - from_middle(q, q.node.lower, a, middle)


def half_line(q: Quadrature, infinity: Infinity, start: arb, least: arb = NOUGHT) -> acb:
    """The integral from `start` to oo, or (with its sign) from `start` down to -oo; at least
    to the precision that a value of size `least` deserves."""
    t, sign = q.fresh(), infinity.sign
    moving = t if sign > 0 else -t
    begin = sign * start
    total = acb(0)
    if least > TINY and start == 0:
        value = at_once(q, q.at(moving), t, least)
        if value is not None:
            return sign * value
    if not begin >= 1:
        lower = num(0) if start == 0 else q.node.lower if sign > 0 else q.node.upper
        near = Integral(q.node.body, q.node.variable, lower, num(sign))
        total = finite(replace(q, node=near), start, arb(sign))
        begin = arb(1)
    return total + sign * to_infinity(q, q.at(moving), t, begin, least)


def whole_line(q: Quadrature, upper: Infinity, lower: Infinity) -> acb:
    """Both halves, each only as precise as the larger one deserves."""
    zero = arb(0)
    value, least = at_one_go(q)
    if value is not None:
        return upper.sign * value
    if not least > TINY:
        rough = q.rough
        ends = (upper,) if q.parity() == 1 else (upper, lower)
        least = max(half_line(rough, end, zero, arb(1)).abs_upper() for end in ends)
    above = half_line(q, upper, zero, least)
    if q.parity() == 1:
        return 2 * above
    return above - half_line(q, lower, zero, least)


def at_once(q: Quadrature, formula: Formula, t: Symbol, size: arb) -> acb | None:
    """The integral over [0, oo) in one way where the integrand is regular at 0 and the cut is
    near, else None."""
    zero = arb(0)
    if not q.function(formula, t)(acb(0), False).is_finite():
        return None
    if not falls_by(q, _NEAR_CUT, formula, t, size):
        return None
    cut, bound = cut_of(q, formula, t, arb(1), size)
    if cut > LONG:
        return None
    total = regular(q, formula, t, zero, cut, size)
    return total + acb(arb(0, bound), 0) if total.is_finite() else None


def at_one_go(q: Quadrature) -> tuple[acb | None, arb]:
    """The integral from -oo to oo of what falls fast on both sides, by the trapezoidal rule;
    None where it does not. And how large the integrand is where it was seen largest."""
    formula, t = q.node.body, q.node.variable
    made = straight_balls(formula, t, q.enclose)
    if made is None:
        body = q.function(formula, t)
        places = (sign * arb(2) ** k for sign in (1, -1) for k in range(-8, 9))
        return None, largest(body(acb(place), False) for place in places)
    line, real = partial(_finite_or_nothing, made[0]), made[1]
    size = peak(line)
    ends: list[arb] = []
    rest = arb(0)
    if not size > 0:
        return None, size
    goal = size * arb(2) ** -q.bits
    alike = q.parity() != 0
    for sign in (1, -1):
        if ends and alike:
            ends.append(-ends[0])
            rest += rest
            break
        moving = q.fresh()
        try:
            cut, bound = cut_of(
                q, q.at(moving if sign > 0 else -moving), moving, arb(1), size, sign
            )
        except Indeterminate:
            return None, size
        if cut > _FAR:
            return None, size
        ends.append(sign * cut)
        rest += bound
    first, entire = q.memory.get((formula, t), 0), is_entire(formula, t)
    found = trapezoidal(line, ends[1], ends[0], goal, entire=entire, first=first)
    if found is None and entire:
        # With its square completed it is known better on wide balls.
        far = Tail(arb(2) ** 64, SERIES_TERMS)
        formula = balanced(formula, Walk(far, q.enclose, {t: far.variable()}))
        made = straight_balls(formula, t, q.enclose)
        if made is not None and made[1] is real and is_entire(formula, t):
            line = partial(_finite_or_nothing, made[0])
            found = trapezoidal(line, ends[1], ends[0], goal, entire=True, first=first)
    if found is None:
        return None, size
    value, q.memory[q.node.body, t] = found
    value = acb(value) + acb(arb(0, rest.upper()), arb(0, rest.upper()))
    return acb(value.real) if real else value, size


def _finite_or_nothing(quick: Callable[[Any], Any], z: arb | acb) -> Any:
    try:
        return quick(z)
    except (Indeterminate, Undefined):
        return NOTHING
