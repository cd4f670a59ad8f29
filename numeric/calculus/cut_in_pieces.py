"""Integrals cut at kinks, jumps and singular places."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from flint import acb, arb, ctx

from derivations.core.calculus import Integral
from derivations.core.formula import ZERO, Formula, neg, oo
from numeric.balls.values import Indeterminate, Infinity
from numeric.calculus.breaks import Place
from numeric.calculus.divergence import is_less, plain_body
from numeric.calculus.finite import regular_piece
from numeric.calculus.lines import half_line, whole_line
from numeric.calculus.pieces import exactly, inside_of, marked, on_a_ball, smooth
from numeric.calculus.quadrature import Quadrature, has_edges
from numeric.calculus.to_infinity import from_middle


def in_pieces(q: Quadrature) -> acb | None:
    """The integral cut at kinks, jumps and singular places; None where there are none."""
    node = q.node
    if not has_edges(node):
        return None
    body = plain_body(node)
    values = [q.enclose(end, {}) for end in (node.lower, node.upper)]
    low, high = values
    if isinstance(low, acb) or isinstance(high, acb):
        return None
    sign = 1
    ends = [node.lower, node.upper]
    if is_less(high, low):
        low, high, sign, ends = high, low, -1, ends[::-1]
    elif not is_less(low, high):
        return None
    marks = marked(body, node.variable, q.enclose, ends)
    if marks is None:
        return None
    total = acb(0)
    for one, two in pairwise(marks):
        total += piece(q, body, one, two)
    for at in marks:
        if isinstance(at, Place) and not at.is_exact and at.before != at.after:
            width = (arb(at.value) if at.is_end else at.after) - at.before
            total += on_a_ball(body, node.variable, arb(at.value), q.enclose) * width
    return sign * total


def piece(q: Quadrature, body: Formula, low: Place | Infinity, high: Place | Infinity) -> acb:
    """Between two neighbouring places."""
    t = q.node.variable
    body = smooth(body, t, low, high, q.enclose)
    if body == ZERO:
        return acb(0)
    if isinstance(low, Place) and isinstance(high, Place):
        return between(q, body, low, high)
    if isinstance(low, Infinity) and isinstance(high, Infinity):
        return whole_line(replace(q, node=Integral(body, t, neg(oo), oo)), high, low)
    place, end = (low, high) if isinstance(low, Place) else (high, low)
    assert isinstance(place, Place)
    assert isinstance(end, Infinity)
    start = place.after if end.sign > 0 else place.before
    total = acb(0)
    if place.rough:
        inner = inside_of(place, end.sign)
        ways = (place, inner) if end.sign > 0 else (inner, place)
        total, start = between(q, body, *ways), inner.after
    written = exactly(place.formula, start)
    other = replace(q, node=Integral(body, t, written, written))
    return total + end.sign * half_line(other, end, start)


def between(q: Quadrature, body: Formula, low: Place, high: Place) -> acb:
    """Between two finite places, each of which may be singular."""
    a, b = low.after, high.before
    t = q.node.variable
    if not (low.rough or high.rough):
        value = regular_piece(q, body, t, a, b)
        if not value.is_finite():
            raise Indeterminate(f"the quadrature of {q.node} did not end at {ctx.prec} bits")
        return value
    written = exactly(low.formula, a), exactly(high.formula, b)
    own = replace(q, node=Integral(body, t, *written))
    if low.rough != high.rough:
        if low.rough:
            return -from_middle(own, written[0], a, b)
        return from_middle(own, written[1], b, a)
    middle = arb(((a + b) / 2).mid())
    upward = from_middle(own, written[1], b, middle)
    return upward - from_middle(own, written[0], a, middle)
