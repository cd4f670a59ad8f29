"""Infinite sums and products: partial sums with a proved bound on the tail, by Arb and by mpmath.

The summand is expanded on the tail k >= N (`numeric.tails`): pure powers of k are summed exactly by
the Hurwitz zeta function, and the rest is at most an integral of its bound. So 1/k**2 is as easy as
a geometric series. Finite sums are plain loops, and belong to `numeric.enclose`.
"""

from __future__ import annotations

from typing import Any, Final

import mpmath
from flint import acb, arb, ctx, fmpq

from derivations.core.calculus import Product, Sum
from numeric.constants import ONE, as_arb
from numeric.expansions import Error, Expansion, Tail
from numeric.growth import UNIT, integrable, tail_integral
from numeric.parts import EncloseParts, EvaluateParts
from numeric.tail_functions import log
from numeric.tails import Walk
from numeric.values import Indeterminate, Scalar, Undefined, as_int, ball, times
from numeric.written import infinity_of

_GUARD: Final = 24
# So many bits of the guard may be lost to rounding on the way.
_SPENT: Final = 18
# Where a sum is cut, counted from its first index, and the terms that an expansion keeps.
_CUTS: Final = (32, 128, 512, 2048, 8192)
_SERIES_TERMS: Final = 12


def enclose_infinite(node: Sum | Product, enclose: EncloseParts) -> Scalar:
    """An enclosure of a sum or product whose upper end is oo.

    Errors: `Undefined` where it certainly diverges, `Indeterminate` where no bound on the tail was
    proved.
    """
    with ctx.workprec(ctx.prec + _GUARD):
        return ball(_enclosed(node, enclose)) + 0


def _enclosed(node: Sum | Product, enclose: EncloseParts) -> Scalar:
    if infinity_of(node.upper) != 1:
        raise Indeterminate(f"{node} is no sum or product up to oo")
    value = enclose(node.lower, {})
    first = None if isinstance(value, arb) else as_int(value)
    if first is None:
        raise Indeterminate(f"the first index of {node} is no integer")
    adds = isinstance(node, Sum)
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
        raise Indeterminate(f"no bound on the tail of {node} was proved: {trouble}")
    return best


def _walk(node: Sum | Product, enclose: EncloseParts, cut: int) -> tuple[Tail, Walk]:
    tail = Tail(arb(cut), _SERIES_TERMS)
    return tail, Walk(tail, enclose, {node.variable: tail.variable()}, integers=True)


def _tail(node: Sum | Product, enclose: EncloseParts, cut: int) -> arb:
    if isinstance(node, Product):
        return _tail_product(node, enclose, cut)
    tail, walk = _walk(node, enclose, cut)
    return _tail_sum(node, tail, walk.expand(node.body))


def _tail_sum(node: Sum | Product, tail: Tail, expansion: Expansion) -> arb:
    """The sum over k >= start."""
    if expansion.terms and not integrable(expansion.terms[0][0]):
        expansion.terms[0][1].sign()  # certainly not 0, or Indeterminate
        raise Undefined(f"{node} diverges")
    total = arb(0)
    rest: list[Error] = [] if expansion.error is None else [expansion.error]
    for growth, constant in expansion.terms:
        if growth.exponent or growth.logs:
            rest.append(Error(growth, abs(constant.value).upper()))
        else:
            total += constant.value * as_arb(-growth.power).zeta(tail.start)
    return total + arb(0, _bounded(tail, rest))


def _bounded(tail: Tail, errors: list[Error]) -> arb:
    """A bound of the sum over k >= start of falling terms: the first one and an integral."""
    bound = arb(0)
    for error in errors:
        factor, growth = tail_integral(error.growth, tail.start)
        bound += error.bound * (error.growth.at(tail.start) + factor * growth.at(tail.start))
    return bound.upper()


def _tail_product(node: Sum | Product, enclose: EncloseParts, cut: int) -> arb:
    """The product over k >= cut, by the sum of the logarithms."""
    tail, walk = _walk(node, enclose, cut)
    factors = walk.expand(node.body)
    if not factors.terms or factors.terms[0] != (UNIT, ONE):
        raise Indeterminate(f"the factors of {node} do not certainly tend to 1")
    return _tail_sum(node, tail, log(tail, factors)).exp()


def reference_infinite(node: Sum | Product, evaluate: EvaluateParts, digits: int) -> Any:
    """The sum or product as mpmath extrapolates it (`nsum`, `nprod`): an estimate.

    Errors: `Indeterminate` where two orders of working precision do not agree to `digits` digits.
    """
    method = mpmath.nsum if isinstance(node, Sum) else mpmath.nprod
    values = []
    for working in (digits + 10, digits + 25):
        with mpmath.workdps(working):
            first = evaluate(node.lower, {})
            values.append(
                method(lambda k: evaluate(node.body, {node.variable: k}), [first, mpmath.inf])
            )
    with mpmath.workdps(digits + 10):
        one, two = values
        if not abs(one - two) <= mpmath.mpf(10) ** -digits * max(1, abs(two)):
            raise Indeterminate(f"mpmath's extrapolation of {node} does not settle")
        return two
