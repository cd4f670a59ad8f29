"""Sums, products and integrals over the generators: written out, or term by term."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Final, TypeVar

from derivations.core.calculus import Integral, Product, Sum
from derivations.core.formula import (
    ONE,
    ZERO,
    Formula,
    Neg,
    Symbol,
    num,
)
from derivations.core.formula import oo as infinity
from derivations.core.substitute import free_symbols, substitute
from derivations.proving import ranges
from derivations.proving.bounds import range_of
from derivations.proving.generators import Generators
from derivations.proving.places import Place
from derivations.proving.ranges import LINE, Range
from derivations.proving.sums import is_finite, linear_sum

MOST_SUMMANDS: Final = 24
_B = TypeVar("_B", bound=Sum | Product | Integral)


class Binders(Generators):
    """How a node that binds a variable is rewritten."""

    __slots__ = ()

    def _inside(self, binder: Formula, here: Place) -> Place:
        assert isinstance(binder, Sum | Product | Integral)
        whole = not isinstance(binder, Integral)
        ends = [
            LINE if end in (infinity, Neg(infinity)) else range_of(end, here.box)
            for end in (binder.lower, binder.upper)
        ]
        low, high = ends
        if low is None or high is None:
            return here.inside(binder.variable, None, whole)
        span = Range(low.low, high.high, low.low_open, high.high_open)
        if not whole:
            span = ranges.hull(low, high)
        return here.inside(binder.variable, span, whole)

    def _binder(self, binder: Sum | Product | Integral, here: Place) -> Formula:
        binder = opened(binder)
        inner = self._inside(binder, here)
        lower, upper = (
            end if end in (infinity, Neg(infinity)) else self.rewritten(end, here)
            for end in (binder.lower, binder.upper)
        )
        k = binder.variable
        if not isinstance(binder, Integral):
            written_out = self._finite(binder, lower, upper, here)
            if written_out is not None:
                return written_out
        body = self.rewritten(binder.body, inner)
        if isinstance(binder, Sum) and is_finite(lower, upper):
            return self._linear(body, k, lower, upper, here)
        return type(binder)(self._in_lowest_terms(body), k, lower, upper)

    def _finite(
        self, binder: Sum | Product, lower: Formula, upper: Formula, here: Place
    ) -> Formula | None:
        if not is_finite(lower, upper):
            return None
        first, last = (self.field.fractional(end)[0].constant for end in (lower, upper))
        if first is None or last is None or first.denominator != 1 or last.denominator != 1:
            return None
        if last - first >= MOST_SUMMANDS:
            return None
        result: Formula = ZERO if isinstance(binder, Sum) else ONE
        for value in range(int(first), int(last) + 1):
            term = self.rewritten(substitute(binder.body, {binder.variable: num(value)}), here)
            result = result + term if isinstance(binder, Sum) else result * term
        return result

    def _linear(
        self, body: Formula, k: Symbol, lower: Formula, upper: Formula, here: Place
    ) -> Formula:
        """A finite sum, term by term, constant factors in front."""
        return linear_sum(self.field.fractional(body)[0], k, lower, upper, here)


def opened(binder: _B) -> _B:
    """The binder with a variable of a name that normal forms do not give: its body stands alone."""
    k = binder.variable
    if not k.name.startswith("_"):
        return binder
    taken = {s.name for s in free_symbols(binder.body)}
    new = next(s for n in count(1) if (s := Symbol(f"index{n}")).name not in taken)
    return replace(binder, body=substitute(binder.body, {k: new}), variable=new)
