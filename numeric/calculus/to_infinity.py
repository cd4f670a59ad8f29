"""Integrals from a start to infinity, and to an end where the integrand may be singular."""

from __future__ import annotations

from typing import Final

from flint import acb, arb

from derivations.core.formula import Formula, Symbol, neg
from numeric.balls.values import Indeterminate
from numeric.calculus.finite import up_to
from numeric.calculus.quadrature import NOUGHT, TINY, Quadrature, largest
from numeric.calculus.tail_cuts import cut_of
from numeric.calculus.wave_tails import integral_of_waves, waves_in
from numeric.tails.expand import Walk
from numeric.tails.expansions import Tail
from numeric.tails.integrals import integral_of_tail

# The terms of expansions that are summed, and where (a power of 2).
_SERIES_CUTS: Final = ((5, 48), (6, 80), (12, 96))
# The same where waves are cut off: as near as can be.
_CUTS_OF_WAVES: Final = ((3, 2), (12, 6), (12, 10))


def to_infinity(q: Quadrature, formula: Formula, t: Symbol, start: arb, least: arb = NOUGHT) -> acb:
    """The integral over [start, oo), start > 0, with a proved bound on what is cut off."""
    body = q.function(formula, t)
    size = least
    if not size > TINY:
        values = (body(acb(start + arb(2) ** k), False) for k in range(-8, 9))
        size = max(largest(values), least)
    if not size > TINY:
        # A peak that the samples missed, or an integral that is tiny indeed.
        size = max(size, cut_off(q.rough, formula, t, start, arb(1)).abs_lower())
    return cut_off(q, formula, t, start, size if size > 0 else arb(1))


def from_middle(q: Quadrature, written: Formula, end: arb, middle: arb) -> acb:
    """The integral from `middle` to an end where the integrand may be singular."""
    reach = end - middle
    sign = 1 if reach > 0 else -1
    t = q.fresh()
    step = 1 / t
    away = neg(step) if sign > 0 else step
    is_zero = q.enclose(written, {}) == 0
    body = q.at(away if is_zero else written + away) / t**2
    # In x = end -+ 1/t, the way in from the middle is from 1/|reach| to oo.
    return sign * to_infinity(q, body, t, 1 / abs(reach))


def by_series(q: Quadrature, formula: Formula, t: Symbol, start: arb, size: arb) -> acb | None:
    """The integral over [start, oo) where the expansion of the integrand is summed from a cut
    that is not far out; None where it is not known so well."""
    goal = size * arb(2) ** -q.bits
    for order, bits in _SERIES_CUTS:
        cut = arb(2) ** bits
        if not cut > start:
            continue
        tail = Tail(cut, order)
        try:
            walk = Walk(tail, q.enclose, {t: tail.variable()}, vanishes=q.vanishing(t))
            value, bound = integral_of_tail(tail, walk.expand(formula))
        except Indeterminate:
            continue
        if bound <= goal:
            rest = acb(value, 0) + acb(arb(0, bound), 0)
            try:
                return up_to(q, formula, t, start, cut, size) + rest
            except Indeterminate:
                # What falls like an exponential may have a much nearer cut.
                return None
    return None


def by_waves(q: Quadrature, formula: Formula, t: Symbol, start: arb, size: arb) -> acb | None:
    """The integral over [start, oo) of waves that fall like a power; None for others."""
    waves = waves_in(formula, t)
    if waves is None:
        return None
    goal = size * arb(2) ** -q.bits
    for order, bits in _CUTS_OF_WAVES:
        cut = arb(2) ** bits
        if not cut > start:
            continue
        walk = Walk(Tail(cut, order), q.enclose, {})
        walk.places[t] = walk.tail.variable()
        try:
            value, bound = integral_of_waves(waves, t, walk)
        except Indeterminate:
            continue
        if bound <= goal:
            return up_to(q, formula, t, start, cut, size) + acb(value + arb(0, bound))
    return None


def cut_off(q: Quadrature, formula: Formula, t: Symbol, start: arb, size: arb) -> acb:
    """The integral over [start, oo) with an error of about size * 2**-precision."""
    for rule in (by_waves, by_series):
        value = rule(q, formula, t, start, size)
        if value is not None:
            return value
    cut, bound = cut_of(q, formula, t, start, size)
    return up_to(q, formula, t, start, cut, size) + acb(arb(0, bound), 0)
