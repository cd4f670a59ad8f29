"""Where variables live: intervals of reals with open or closed ends, integers, finite sets,
complex numbers, indices up to a symbolic size.

The ends are formulas without variables, so `(-log(e - 1), 0)` is a domain; only the size that
bounds an index, as in `j: indices(n)`, may be a symbol.

>>> UnitInterval
(0, 1)
>>> integers(1)
Z[1, oo)
>>> finite_set(0, 1)
{0, 1}
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from derivations.core.formula import Formula, FormulaLike, as_formula, neg, oo


@dataclass(frozen=True, slots=True)
class Interval:
    """The reals between two ends; an infinite end is open."""

    lower: Formula
    upper: Formula
    lower_open: bool = True
    upper_open: bool = True

    def __str__(self) -> str:
        if self == Reals:
            return "R"
        left, right = "(" if self.lower_open else "[", ")" if self.upper_open else "]"
        return f"{left}{self.lower}, {self.upper}{right}"

    __repr__ = __str__


@dataclass(frozen=True, slots=True)
class Integers:
    """The integers between two ends, both included; None is no end on that side."""

    lower: int | None = None
    upper: int | None = None

    def __str__(self) -> str:
        if self.lower is None and self.upper is None:
            return "Z"
        left = "Z(-oo" if self.lower is None else f"Z[{self.lower}"
        return f"{left}, oo)" if self.upper is None else f"{left}, {self.upper}]"

    __repr__ = __str__


@dataclass(frozen=True, slots=True)
class FiniteSet:
    """Finitely many values, such as the labels {0, 1}."""

    members: tuple[Formula, ...]

    def __str__(self) -> str:
        return "{" + ", ".join(str(m) for m in self.members) + "}"

    __repr__ = __str__


@dataclass(frozen=True, slots=True)
class Complexes:
    """The complex numbers."""

    def __str__(self) -> str:
        return "C"

    __repr__ = __str__


@dataclass(frozen=True, slots=True)
class IndexRange:
    """The indices 1..upper of an array; `upper` is a size, a symbol with a domain of its own."""

    upper: Formula

    def __str__(self) -> str:
        return f"Z[1, {self.upper}]"

    __repr__ = __str__


Domain: TypeAlias = Interval | Integers | IndexRange | FiniteSet | Complexes

_MINUS_INFINITY: Final = neg(oo)


def interval(
    lower: FormulaLike, upper: FormulaLike, *, lower_open: bool = True, upper_open: bool = True
) -> Interval:
    """The reals between two exact ends: `interval(0, 1)` is open, see `lower_open`."""
    low, high = as_formula(lower), as_formula(upper)
    return Interval(low, high, lower_open or low == _MINUS_INFINITY, upper_open or high == oo)


def closed(lower: FormulaLike, upper: FormulaLike) -> Interval:
    """The reals between two exact ends, the ends included (an infinite end is always open)."""
    return interval(lower, upper, lower_open=False, upper_open=False)


def integers(lower: int | None = None, upper: int | None = None) -> Integers:
    """The integers from lower to upper, both included: `integers(1)` are the sizes 1, 2, ..."""
    return Integers(lower, upper)


def indices(upper: FormulaLike) -> IndexRange:
    """The indices 1..upper: `on={n: Sizes, theta: Reals, j: indices(n)}`."""
    return IndexRange(as_formula(upper))


def finite_set(*members: FormulaLike) -> FiniteSet:
    """Finitely many values: `finite_set(0, 1)`."""
    return FiniteSet(tuple(as_formula(m) for m in members))


Reals: Final = Interval(_MINUS_INFINITY, oo)
Positive: Final = interval(0, oo)
NonNegative: Final = interval(0, oo, lower_open=False)
Negative: Final = interval(_MINUS_INFINITY, 0)
UnitInterval: Final = interval(0, 1)
ClosedUnitInterval: Final = closed(0, 1)
Binary: Final = finite_set(0, 1)
Sizes: Final = integers(1)
Complex: Final = Complexes()
