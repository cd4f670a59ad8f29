"""Sums and products up to an end that goes to infinity: the whole series less its bounded tail.

The end is taken to run through whole numbers.
"""

from __future__ import annotations

from typing import Protocol

from flint import arb

from derivations.core.calculus import Product, Sum
from derivations.core.formula import (
    ONE,
    ZERO,
    Div,
    Formula,
    FormulaError,
    Symbol,
    as_formula,
    num,
    oo,
)
from derivations.core.special_functions import SPECIAL_FUNCTIONS
from derivations.core.substitute import free_names, substitute
from derivations.proving.field import Field, equal_by_algebra
from numeric.balls.values import Indeterminate
from numeric.calculus.parts import EncloseParts
from numeric.exact.constants import Constant
from numeric.tails.expansions import Error, Expansion, Tail
from numeric.tails.functions import exp, log
from numeric.tails.growth import tail_integral
from numeric.tails.strips import by_strips


class Expanding(Protocol):
    """What is asked of a walk over the tail (`numeric.tails.expand.Walk`)."""

    tail: Tail
    places: dict[Symbol, Expansion]
    enclose: EncloseParts

    def expand(self, formula: Formula) -> Expansion: ...

    def moves(self, formula: Formula) -> bool: ...

    def constant(self, formula: Formula) -> Constant: ...

    def over(self, index: Symbol) -> Expanding: ...


def partial_sum(walk: Expanding, node: Sum) -> Expansion:
    """The sum up to an end that goes to infinity. Errors: `Indeterminate`, `Undefined`."""
    harmonic = _harmonic(node)
    if harmonic is not None:
        return walk.expand(harmonic)
    if walk.moves(node.body):
        found = by_strips(walk, node)
        if found is not None:
            return found
    _require_simple(walk, node)
    tail = walk.tail
    missing = _rest(tail, walk.over(node.variable).expand(node.body))
    whole = Sum(node.body, node.variable, node.lower, oo)
    return tail.add(tail.constant(walk.constant(whole)), missing)


def partial_product(walk: Expanding, node: Product) -> Expansion:
    """The product likewise: the whole one over that of its tail, which is exp of a sum."""
    _require_simple(walk, node)
    tail = walk.tail
    missing = _rest(tail, log(tail, walk.over(node.variable).expand(node.body)))
    whole = walk.constant(Product(node.body, node.variable, node.lower, oo))
    return tail.scaled(exp(tail, missing), whole)


def _require_simple(walk: Expanding, node: Sum | Product) -> None:
    """Errors: `Indeterminate` where more than the upper end moves, or it may lag behind."""
    rests = not any(walk.moves(part) for part in (node.body, node.lower))
    if not rests or node.variable in walk.places:
        raise Indeterminate(f"a limit of {node} is not supported")
    tail = walk.tail
    ahead = tail.add(walk.expand(node.upper), tail.negative(tail.variable()))
    if tail.sign(ahead) < 0:
        raise Indeterminate(f"the end of {node} goes to infinity too slowly")


def _rest(tail: Tail, term: Expansion) -> Expansion:
    """What the terms beyond the end add up to, at most: an integral from the end on."""
    envelope = tail.envelope(term)
    if envelope is None:
        return Expansion(())
    factor, growth = tail_integral(envelope.growth, tail.start)
    bound: arb = (envelope.bound * factor).upper()
    return Expansion((), Error(growth, bound))


def _harmonic(node: Sum) -> Formula | None:
    """The sum of c/k by harmonic numbers."""
    k, harmonic = node.variable, SPECIAL_FUNCTIONS["harmonic"]
    body = node.body
    if not isinstance(body, Div) or k in free_names(body.numerator):
        return None
    linear = _linear(body.denominator, k)
    if linear is None:
        return None
    slope, beside = linear
    factor = body.numerator if slope == ONE else body.numerator / slope
    shift = beside if slope == ONE or beside == ZERO else beside / slope
    upper, below = node.upper + shift, node.lower + shift - ONE
    if shift == ZERO:
        upper, below = node.upper, node.lower - ONE
    value = harmonic(upper)
    if shift != ZERO or node.lower != ONE:
        value = value - harmonic(below)
    return value if factor == ONE else factor * value


def _linear(denominator: Formula, k: Symbol) -> tuple[Formula, Formula] | None:
    """A rational a that is not 0, and b free of k, with the formula a*k + b."""
    if denominator == k:
        return ONE, ZERO
    try:
        ends = [substitute(denominator, {k: num(value)}) for value in (0, 1)]
        slope = Field().fractional(ends[1] - ends[0])[0].constant
        if not slope or not equal_by_algebra(denominator, as_formula(slope) * k + ends[0]):
            return None
    except FormulaError:
        return None
    return as_formula(slope), ends[0]
