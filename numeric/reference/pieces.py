"""Integrals by mpmath's floats, cut at kinks, jumps and singular places.

At a singular end the double-exponential rule is summed in the distance from the end, with as many
more digits as are lost there: `1/sqrt(1 - t**2)` at t = 1 - 1e-120. An estimate: it proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import mpmath
from mpmath import mp, mpf

from derivations.core.calculus import Integral
from derivations.core.formula import Formula, FormulaError, as_formula
from numeric.balls.values import Indeterminate, Undefined
from numeric.calculus.breaks import Edge, edges
from numeric.calculus.divergence import plain_body
from numeric.calculus.parts import EvaluateParts
from numeric.calculus.poles import zeros
from numeric.reference.quadrature import Function, Rule, integrated
from numeric.reference.raw_floats import TROUBLES

# Signs are compared in so many cells; so many jumps of a whole part are cut at.
_CELLS: Final = 24
_MOST_STEPS: Final = 200
# So far does the variable of the rule go.
_REACH: Final = 9
# How many times the digits of the distance from an end are added: (t - sin(t))/t**3 loses three.
_LOSSES: Final = 3
_STEP_OF_BITS: Final = 256
_MOST_BITS: Final = 12_288
# Places as near to each other are one.
_SAME_DIGITS: Final = 8
_TROUBLES: Final = (*TROUBLES, Undefined, Indeterminate, ValueError, TypeError)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place to cut at; `exact` gives it at mpmath's current precision."""

    value: Any
    exact: Callable[[], Any]
    rough: bool


def by_pieces(
    node: Integral, evaluate: EvaluateParts, function: Function, lower: Any, upper: Any, digits: int
) -> Any | None:
    """The integral from `lower` to `upper` where it has to be cut, else None.

    Errors: `Indeterminate` where the estimated error is too large.
    """
    try:
        body = plain_body(node)
    except FormulaError:
        return None
    found = edges(body, node.variable)
    if not found or mpmath.im(lower) or mpmath.im(upper):
        return None
    if lower > upper:
        value = by_pieces_upward(node, found, evaluate, function, (upper, lower), digits, True)
        return None if value is None else -value
    return by_pieces_upward(node, found, evaluate, function, (lower, upper), digits, False)


def by_pieces_upward(
    node: Integral,
    found: tuple[Edge, ...],
    evaluate: EvaluateParts,
    function: Function,
    ends: tuple[Any, Any],
    digits: int,
    turned: bool,
) -> Any | None:
    """The same for a range from below to above; `turned` where it is written from above."""
    low, high = ends
    same = mpf(10) ** -(digits // 2 + _SAME_DIGITS)
    search = _Search(node, evaluate, low, high)
    marks: list[_Mark] = []
    for edge in found:
        for mark in search.marks(edge):
            here = next((k for k, m in enumerate(marks) if abs(m.value - mark.value) <= same), None)
            if here is None:
                marks.append(mark)
            elif mark.rough and not marks[here].rough:
                marks[here] = mark
    if not marks:
        return None
    written = (node.upper, node.lower) if turned else (node.lower, node.upper)
    way: list[_Mark] = []
    for formula, value in zip(written, (low, high), strict=True):
        near = [m for m in marks if abs(m.value - value) <= same]
        marks = [m for m in marks if m not in near]
        way.append(_Mark(value, _called(evaluate, formula), any(m.rough for m in near)))
    way[1:1] = sorted(marks, key=lambda m: m.value)
    total = mp.zero
    for one, two in pairwise(way):
        total += _piece(function, one, two, digits)
    return total


def _called(evaluate: EvaluateParts, formula: Formula) -> Callable[[], Any]:
    return lambda: evaluate(formula, {})


def _piece(f: Function, one: _Mark, two: _Mark, digits: int) -> Any:
    if mpmath.isinf(one.value) and mpmath.isinf(two.value):
        return integrated(f, one.value, two.value, digits)
    if mpmath.isinf(two.value):
        if not one.rough:
            return integrated(f, one.value, two.value, digits)
        inner = _Mark(one.value + 1, lambda: one.exact() + 1, False)
        return _piece(f, one, inner, digits) + integrated(f, inner.value, two.value, digits)
    if mpmath.isinf(one.value):
        if not two.rough:
            return integrated(f, one.value, two.value, digits)
        inner = _Mark(two.value - 1, lambda: two.exact() - 1, False)
        return integrated(f, one.value, inner.value, digits) + _piece(f, inner, two, digits)
    value = _Between(f, one, two).value(digits)
    if value is None:
        raise Indeterminate("mpmath's quadrature of a piece did not converge")
    return value


class _Between(Rule):
    """The rule x = p + (q - p)/(1 + exp(-pi*sinh(t))), in the distance from the nearer end."""

    def __init__(self, f: Function, low: _Mark, high: _Mark) -> None:
        super().__init__(f, low.value, mp.one, "between")
        self.low, self.high = low, high
        self.length = high.value - low.value
        self.reach = _REACH

    def at(self, level: int, k: int) -> Any:
        t, share, weight = _node(level, k, mp.prec)
        distance = self.length * share
        end = self.low if t < 0 else self.high
        base = mp.prec
        more = 0
        if end.rough:
            lost = -_LOSSES * mpmath.mag(distance)
            more = _STEP_OF_BITS * max(0, -(-int(lost) // _STEP_OF_BITS))
        with mpmath.workprec(base + min(more, _MOST_BITS)):
            if end.rough:
                x = end.exact() + distance if t < 0 else end.exact() - distance
            else:
                x = end.value + distance if t < 0 else end.value - distance
            value = self.f(x)
        return value * weight * self.length


@lru_cache(maxsize=20_000)
def _node(level: int, k: int, prec: int) -> tuple[Any, Any, Any]:
    """The variable of the rule, the distance from the nearer end and the weight, of length 1."""
    t = Rule.variable(level, k)
    e = mp.exp(-mp.pi * mp.sinh(abs(t)))
    share = e / (1 + e)
    return t, share, mp.pi * mp.cosh(t) * share / (1 + e)


@dataclass(frozen=True, slots=True)
class _Search:
    node: Integral
    evaluate: EvaluateParts
    low: Any
    high: Any

    def value(self, formula: Formula, at: Any = None) -> Any | None:
        try:
            value = self.evaluate(formula, {} if at is None else {self.node.variable: at})
        except _TROUBLES:
            return None
        if isinstance(value, bool) or mpmath.im(value) or not mpmath.isfinite(value):
            return None
        return mpmath.re(value)

    def marks(self, edge: Edge) -> Iterator[_Mark]:
        u = edge.argument
        if edge.kind != "steps":
            yield from self.zeros_of(u, edge.kind == "rough")
            return
        values = [v for x in self.grid() if (v := self.value(u, x)) is not None]
        if not values:
            return
        first, last = mpmath.ceil(min(values)), mpmath.floor(max(values))
        if last - first > _MOST_STEPS:
            raise Indeterminate("an integrand jumps too often")
        for whole in range(int(first), int(last) + 1):
            yield from self.zeros_of(u - as_formula(whole) if whole else u, False)

    def zeros_of(self, u: Formula, rough: bool) -> Iterator[_Mark]:
        closed = False
        for formula in zeros(u, self.node.variable):
            value = self.value(formula)
            if value is None:
                continue
            closed = True
            small = mpf(10) ** (-mp.dps // 2)
            if self.low - small <= value <= self.high + small:
                yield _Mark(value, _called(self.evaluate, formula), rough)
        if closed:
            return
        signs = [(x, v) for x in self.grid() if (v := self.value(u, x)) is not None]
        for (a, one), (b, two) in pairwise(signs):
            if one * two < 0:
                zero = self.narrowed(u, a, b, two)
                yield _Mark(zero, lambda zero=zero: zero, False)  # type: ignore[misc]

    def narrowed(self, u: Formula, a: Any, b: Any, rising: Any) -> Any:
        for _ in range(mp.prec + 8):
            middle = (a + b) / 2
            value = self.value(u, middle)
            if not value or not a < middle < b:
                return middle
            a, b = (a, middle) if value * rising > 0 else (middle, b)
        return (a + b) / 2

    def grid(self) -> list[Any]:
        low, high = self.low, self.high
        steps = [mpf(2) ** k for k in range(-6, 8)]
        if not mpmath.isinf(low) and not mpmath.isinf(high):
            return [low + (high - low) * (2 * k + 1) / (2 * _CELLS + 2) for k in range(_CELLS + 1)]
        if not mpmath.isinf(low):
            return [low + step for step in steps]
        if not mpmath.isinf(high):
            return [high - step for step in reversed(steps)]
        return [*(-step for step in reversed(steps)), *steps]
