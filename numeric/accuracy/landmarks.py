"""The places that a formula of one variable names: where float64 code has to be careful.

Thresholds are where a part of the formula leaves the doubles: where exp(u) or a product overflows,
where exp(u) underflows or is lost beside 1, where a logarithm's argument, a denominator or a root
reaches 0, where a kink or the border of a case lies; roots are where the value itself is 0. They
are found by bisection in the row of doubles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from derivations.core.formula import Add, Call, Div, Formula, Mul, Pow, Relation, Symbol, walk
from derivations.core.functions import Definition
from derivations.core.meaning import unfolded
from derivations.core.substitute import free_symbols
from numeric.accuracy.certified import Certified
from numeric.accuracy.ordinals import Doubles, doubles, ordinals
from numeric.accuracy.points import Range

Rows: TypeAlias = NDArray[np.int64]

# exp(u) overflows, reaches the subnormals, reaches 0, and is lost beside 1.
_LEVELS: Final = (709.782712893384, -708.3964185322641, -745.1332191019411, 36.7368005696771,
                  -36.7368005696771, 0.0)  # fmt: skip
_LARGEST: Final = 1.7976931348623157e308
_EXPONENTIALS: Final = frozenset({"exp", "expm1", "sinh", "cosh", "tanh", "erf", "erfc"})
_ZEROS: Final = frozenset({"log", "sqrt", "Abs", "sign", "gamma", "loggamma"})
_MOST: Final = 64


def landmarks(formula: Formula, variable: Symbol, span: Range) -> Doubles:
    """The places, each the double just before or at it, in increasing order."""
    _, found = landmarks_in_rows(formula, (variable,), 0, span, [np.zeros(1)])
    return np.unique(found)


def landmarks_in_rows(
    formula: Formula,
    variables: Sequence[Symbol],
    moving: int,
    span: Range,
    rows: Sequence[Doubles],
    *,
    only_roots: bool = False,
) -> tuple[Rows, Doubles]:
    """The places in one of several variables, the others given by rows (a column each; that of the
    moving variable is not looked at): the number of a row, and a place in it, for each."""
    grid = _grid(span)
    count = rows[0].size
    found_rows: list[Rows] = [np.array([], dtype=np.int64)]
    found: list[Doubles] = [np.array([])]
    watched = _watched(unfolded(formula), variables[moving])
    for part, level in [(unfolded(formula), 0.0)] if only_roots else dict.fromkeys(watched):
        value = _Along(Certified(part, variables), level, moving, rows)
        which, places = _crossings(value, grid, count)
        found_rows.append(which)
        found.append(places)
        if sum(places.size for places in found) > _MOST * count:
            break
    return np.concatenate(found_rows), np.concatenate(found)


def _watched(formula: Formula, variable: Symbol) -> Iterator[tuple[Formula, float]]:
    """Parts of the formula with the levels that they must not cross unseen."""
    yield formula, 0.0
    for node in walk(formula):
        if variable not in free_symbols(node):
            continue
        match node:
            case Call(head=head, args=(only,)) if not isinstance(head, Definition):
                if head.name in _EXPONENTIALS:
                    yield from ((only, level) for level in _LEVELS)
                elif head.name in _ZEROS:
                    yield only, 0.0
            case Call(args=args) if len(args) > 1:
                first, *rest = args
                yield from ((Add((first, -other)), 0.0) for other in rest)
            case Div(denominator=under):
                yield under, 0.0
            case Pow(base=base):
                yield base, 0.0
                yield from ((node, level) for level in (-_LARGEST, _LARGEST))
            case Mul():
                yield from ((node, level) for level in (-_LARGEST, _LARGEST))
            case Relation(lhs=lhs, rhs=rhs):
                yield lhs - rhs, 0.0


def _grid(span: Range) -> Doubles:
    """A few hundred doubles of all magnitudes, and a finer row where exponentials live."""
    places = np.linspace(span.low, span.high, 257).clip(span.low, span.high).astype(np.int64)
    near = span.keep(np.concatenate([np.linspace(-750, 750, 251), np.linspace(-4, 4, 161)]))
    return np.unique(np.concatenate([span.keep(doubles(places)), near, span.ends]))


@dataclass(frozen=True, slots=True)
class _Along:
    """On which side of a level a part of the formula is, along one variable."""

    value: Callable[..., Doubles]
    level: float
    moving: int
    rows: Sequence[Doubles]

    def side(self, which: Rows, at: Doubles) -> Doubles:
        columns = [at if k == self.moving else row[which] for k, row in enumerate(self.rows)]
        with np.errstate(all="ignore"):
            found = np.sign(self.value(*columns) - self.level)
        return np.where(np.isnan(found), 2.0, found)


def _crossings(along: _Along, grid: Doubles, count: int) -> tuple[Rows, Doubles]:
    """Where the value passes from below a level to it or above, or the other way, or out of the
    reals, each as the last double before it. All are bisected at once."""
    everywhere = along.side(np.repeat(np.arange(count), grid.size), np.tile(grid, count))
    table = everywhere.reshape(count, grid.size)
    which, left = np.nonzero(table[:, :-1] != table[:, 1:])
    first = table[which, left]
    low, high = ordinals(grid[left]), ordinals(grid[left + 1])
    while (apart := high - low > 1).any():
        middle = np.where(apart, low + (high - low) // 2, low)
        before = along.side(which, doubles(middle)) == first
        low, high = np.where(before, middle, low), np.where(before, high, middle)
    return which, doubles(low)
