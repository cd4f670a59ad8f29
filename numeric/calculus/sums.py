"""Infinite sums and products: partial sums with a proved bound on the tail, by Arb.

The summand is expanded on the tail k >= N (`numeric.tails.expand`): pure powers of k are summed
exactly by the Hurwitz zeta function, and the rest is at most an integral of its bound. So 1/k**2 is
as easy as a geometric series. Finite sums are plain loops, and belong to `numeric.balls.enclose`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from flint import acb, acb_series, arb, ctx, fmpq

from derivations.core.calculus import Product, Sum
from derivations.core.formula import num, oo, walk
from derivations.core.substitute import free_names, substitute
from numeric.balls.values import (
    Indeterminate,
    Infinity,
    Scalar,
    Undefined,
    as_int,
    ball,
    is_zero,
    may_vanish,
    times,
)
from numeric.calculus.alternating import Alternation, alternation
from numeric.calculus.iterated import sums_drawn_out
from numeric.calculus.parts import EncloseParts
from numeric.calculus.ratios import geometric_sum
from numeric.calculus.wave_sums import sum_of_waves
from numeric.exact.constants import ONE, as_arb, rational
from numeric.tails.expand import Walk
from numeric.tails.expansions import Error, Expansion, Tail
from numeric.tails.functions import log
from numeric.tails.growth import Growth, integrable, tail_integral
from numeric.written import infinity_of

_GUARD: Final = 24
# So many bits of the guard may be lost to rounding on the way.
_SPENT: Final = 18
# Where a sum is cut, counted from its first index, and the terms that an expansion keeps.
_CUTS: Final = (32, 128, 512, 2048, 8192)
_SERIES_TERMS: Final = 12
_MORE_TERMS: Final = 16
_FAR: Final = 512
_MOST_LOGS: Final = 4
_TERMS_OF_PAIRS: Final = 20
_FEW_TERMS: Final = 3


def enclose_infinite(node: Sum | Product, enclose: EncloseParts) -> Scalar:
    """An enclosure of a sum or product whose upper end is oo.

    Errors: `Undefined` where it certainly diverges, `Indeterminate` where no bound on the tail was
    proved.
    """
    with ctx.workprec(ctx.prec + _GUARD):
        return ball(_enclosed(node, enclose)) + 0


def halves(node: Sum | Product) -> tuple[Sum | Product, ...]:
    """A sum or product from -oo as one or two that go up to oo.

    >>> from derivations.core import oo, symbol
    >>> n = symbol("n")
    >>> [str(half) for half in halves(Sum(1 / (n**2 + 1), n, -oo, oo))]
    ['Sum(1/(n**2 + 1), (n, 0, oo))', 'Sum(1/((-n)**2 + 1), (n, 1, oo))']
    """
    if infinity_of(node.lower) != -1:
        return (node,)
    kind, n = type(node), node.variable
    turned = substitute(node.body, {n: -n})
    if infinity_of(node.upper) == 1:
        return kind(node.body, n, num(0), oo), kind(turned, n, num(1), oo)
    return (kind(turned, n, -node.upper, oo),)


def _enclosed(node: Sum | Product, enclose: EncloseParts) -> Scalar:
    parts = halves(node)
    if len(parts) > 1:
        one, two = (ball(_enclosed(part, enclose)) for part in parts)
        return one + two if isinstance(node, Sum) else one * two
    node = parts[0]
    if infinity_of(node.upper) != 1:
        raise Indeterminate(f"{node} is no sum or product up to oo")
    value = enclose(node.lower, {})
    first = None if isinstance(value, arb) else as_int(value)
    if first is None:
        raise Indeterminate(f"the first index of {node} is no integer")
    adds = isinstance(node, Sum)
    if isinstance(node, Sum):
        node = _drawn_out(node, enclose)
        for method in (_of_waves, geometric_sum):
            found = method(node, enclose, first)
            if found is not None:
                return found
    partial: Scalar = fmpq(0 if adds else 1)
    at, trouble = first, ""
    best: Scalar | None = None
    for cut in _CUTS:
        end = max(first, 0) + cut
        try:
            tail = _tail(node, enclose, end)
        except Indeterminate as error:
            trouble = str(error)
            continue
        except Undefined:
            if not adds and _has_factor_zero(node, enclose, first, end):
                return fmpq(0)
            raise
        for k in range(at, end):
            term = enclose(node.body, {node.variable: fmpq(k)})
            if not isinstance(term, fmpq | arb | acb):
                raise Undefined("infinity is not a number")
            partial = ball(partial) + ball(term) if adds else times(partial, term)
        at = end
        total = ball(partial) + tail if adds else ball(partial) * tail
        best = total
        # To the precision that was asked for: what is rounded on the way takes up the guard.
        enough = arb(2) ** (_SPENT - ctx.prec)
        if total.rad() <= enough * (abs(total) + enough).upper():
            break
    if best is None:
        for k in range(first, first + _FEW_TERMS):  # a term without a value says more
            enclose(node.body, {node.variable: fmpq(k)})
        raise Indeterminate(f"no bound on the tail of {node} was proved: {trouble}")
    return best


def _drawn_out(node: Sum, enclose: EncloseParts) -> Sum:
    """The sum with what rests in the sums within it before them."""
    free = sums_drawn_out(node, freely=True)
    if free == node:
        return node
    try:
        for part in walk(free.body):
            if isinstance(part, Sum) and node.variable not in free_names(part):
                enclose(part, {})
    except (Indeterminate, Undefined):
        return sums_drawn_out(node)
    return free


def _of_waves(node: Sum, enclose: EncloseParts, first: int) -> Scalar | None:
    """The sum of waves; None where it is not one, or there is no bound for it."""
    try:
        signs = alternation(node.body, node.variable, enclose)
        return sum_of_waves(node, signs, enclose, first)
    except Indeterminate:
        return None


def _has_factor_zero(node: Sum | Product, enclose: EncloseParts, first: int, end: int) -> bool:
    """Whether one of the factors is 0, and with it all later partial products."""
    factors = [enclose(node.body, {node.variable: fmpq(k)}) for k in range(first, end)]
    known = [factor for factor in factors if not isinstance(factor, Infinity)]
    if any(map(is_zero, known)):
        return True
    if any(map(may_vanish, known)):
        raise Indeterminate(f"a factor of {node} is not told from 0")
    return False


def _walk(
    tail: Tail, node: Sum | Product, enclose: EncloseParts, place: Expansion | None = None
) -> Walk:
    return Walk(tail, enclose, {node.variable: place or tail.variable()}, integers=True)


def _tail(node: Sum | Product, enclose: EncloseParts, cut: int) -> arb:
    tail = Tail(arb(cut), _SERIES_TERMS if cut < _FAR else _MORE_TERMS)
    if isinstance(node, Product):
        return _tail_product(node, enclose, tail)
    signs = alternation(node.body, node.variable, enclose)
    if signs.slope:
        found = _tail_of_signs(node, signs, enclose, cut)
        if found is not None:
            return found
        body = _walk(tail, node, enclose).expand(node.body)
    else:
        body = _walk(tail, node, enclose).expand(signs.rest)
        body = tail.negative(body) if signs.shift else body
    return _tail_sum(node, tail, body)


def _tail_of_signs(node: Sum, signs: Alternation, enclose: EncloseParts, cut: int) -> arb | None:
    """The sum over k >= cut of (-1)**(k + shift)*rest, in pairs of neighbours, where the rest tends
    to 0 no faster than a power of k; None elsewhere.

    Terms that tend to 0 may be summed in pairs: the partial sums between differ by a term.
    """
    half, odd = divmod(cut, 2)
    both: list[Expansion] = []
    # A few terms of the expansion tell whether it is worth while.
    for order in (_FEW_TERMS, _TERMS_OF_PAIRS):
        tail = Tail(arb(half), order)
        double = tail.scaled(tail.variable(), rational(2))
        places = [tail.add(double, tail.constant(rational(odd + step))) for step in (0, 1)]
        try:
            both = [_walk(tail, node, enclose, place).expand(signs.rest) for place in places]
        except Indeterminate:
            return None
        if not both[0].terms:
            return None
        growth, constant = both[0].terms[0]
        if growth.trend() >= 0:
            constant.sign()  # certainly not 0, or Indeterminate
            raise Undefined(f"{node} diverges: its terms do not tend to 0")
        if growth.exponent:
            return None
    pairs = _tail_sum(node, tail, tail.add(both[0], tail.negative(both[1])))
    return -pairs if (odd + signs.shift) % 2 else pairs


def _tail_sum(node: Sum | Product, tail: Tail, expansion: Expansion) -> arb:
    """The sum over k >= start."""
    if expansion.terms and not integrable(expansion.terms[0][0]):
        expansion.terms[0][1].sign()  # certainly not 0, or Indeterminate
        raise Undefined(f"{node} diverges")
    total = arb(0)
    rest: list[Error] = [] if expansion.error is None else [expansion.error]
    for growth, constant in expansion.terms:
        logs = _whole_power(growth)
        if logs:
            total += constant.value * _zeta_slope(-growth.power, logs, tail.start)
        elif growth.exponent or growth.logs:
            rest.append(Error(growth, abs(constant.value).upper()))
        else:
            total += constant.value * as_arb(-growth.power).zeta(tail.start)
    return total + arb(0, _bounded(tail, rest))


def _whole_power(growth: Growth) -> int:
    """r where the term is k**p*log(k)**r, r a small whole number; else 0."""
    if growth.exponent or growth.logs.denominator != 1 or not 0 < growth.logs <= _MOST_LOGS:
        return 0
    return int(growth.logs)


def _zeta_slope(power: Fraction, order: int, start: arb) -> arb:
    """The sum of log(k)**order/k**power over k >= start: a derivative of the Hurwitz zeta."""
    cap, ctx.cap = ctx.cap, order + 1
    try:
        found: acb = acb_series([acb(as_arb(power)), acb(1)]).zeta(acb(start))[order]
    finally:
        ctx.cap = cap
    return found.real * arb.fac_ui(order) * (-1) ** order


def _bounded(tail: Tail, errors: list[Error]) -> arb:
    """A bound of the sum over k >= start of falling terms: the first one and an integral."""
    bound = arb(0)
    for error in errors:
        factor, growth = tail_integral(error.growth, tail.start)
        bound += error.bound * (error.growth.at(tail.start) + factor * growth.at(tail.start))
    return bound.upper()


def _tail_product(node: Product, enclose: EncloseParts, tail: Tail) -> arb:
    """The product over k >= start, the limit of the partial products; 0 is a limit too."""
    factors = _walk(tail, node, enclose).expand(node.body)
    if not factors.terms:
        if factors.error is not None and factors.error.growth.trend() >= 0:
            raise Indeterminate(f"the factors of {node} do not certainly tend to 1")
        return arb(0)
    growth, constant = factors.terms[0]
    trend = growth.trend() or _beside_one(abs(constant.value))
    if trend < 0:
        return arb(0)
    if trend > 0:
        constant.sign()  # certainly not 0, or Indeterminate
        raise Undefined(f"{node} diverges")
    if constant != ONE:
        raise Indeterminate(f"the factors of {node} do not certainly tend to 1")
    logarithms = log(tail, factors)
    if logarithms.terms:
        growth, constant = logarithms.terms[0]
        if not integrable(growth) and constant.sign() < 0:
            return arb(0)
    return _tail_sum(node, tail, logarithms).exp()


def _beside_one(size: arb) -> int:
    """1 where it is certainly above 1, -1 where it is below."""
    return 1 if size > 1 else -1 if size < 1 else 0
