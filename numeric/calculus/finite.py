"""Integrals over ranges on which the integrand is regular, or nearly: by Arb's quadrature."""

from __future__ import annotations

from typing import Final

from flint import acb, arb, ctx

from derivations.core.formula import Formula, Symbol
from derivations.core.functions import exp
from derivations.core.substitute import substitute
from numeric.balls.values import Indeterminate
from numeric.calculus.balance import balanced
from numeric.calculus.quadrature import SERIES_TERMS, Quadrature, integrated, largest
from numeric.tails.expand import Walk
from numeric.tails.expansions import Tail

# How many times longer than its start a way is before it is measured by its logarithm.
LONG: Final = 2**13


def finite_piece(q: Quadrature, formula: Formula, t: Symbol, a: arb, b: arb, size: arb) -> acb:
    body = q.function(formula, t)
    low, high = arb(a.mid()), arb(b.mid())
    total = integrated(body, low, high, size, q.bits)
    for end, middle, sign in ((a, low, -1), (b, high, 1)):
        if not end.is_exact():
            total += sign * body(acb(end), False) * (end - middle)
    return total


def regular(q: Quadrature, formula: Formula, t: Symbol, start: arb, cut: arb, size: arb) -> acb:
    """The integral over [start, cut]; not finite where the quadrature does not end."""
    far = Tail(arb(2) ** 64, SERIES_TERMS)
    formula = balanced(formula, Walk(far, q.enclose, {t: far.variable()}))
    return finite_piece(q, formula, t, start, cut, size)


def up_to(q: Quadrature, formula: Formula, t: Symbol, start: arb, cut: arb, size: arb) -> acb:
    """The integral over [start, cut]; a long way goes in u = log(t), in fewer pieces."""
    if cut > LONG * start:
        formula = substitute(formula, {t: exp(t)}) * exp(t)
        start, cut = start.log(), cut.log()
    total = regular(q, formula, t, start, cut, size)
    if not total.is_finite():
        raise Indeterminate(f"the quadrature of {q.node} did not end at {ctx.prec} bits")
    return total


def regular_piece(q: Quadrature, body: Formula, t: Symbol, a: arb, b: arb) -> acb:
    """The integral where nothing is singular; not finite where the quadrature does not end."""
    function = q.function(body, t)
    values = [function(acb(a + (b - a) * k / 8), False) for k in range(9)]
    return finite_piece(q, body, t, a, b, largest(values) * abs(b - a))
