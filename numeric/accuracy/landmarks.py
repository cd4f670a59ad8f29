"""The places that a formula of one variable names: where float64 code has to be careful.

Thresholds are where a part of the formula leaves the doubles: where exp(u) or a product overflows,
where exp(u) underflows or is lost beside 1, where a logarithm's argument, a denominator or a root
reaches 0, where a kink or the border of a case lies; roots are where the value itself is 0. They
are found by bisection in the row of doubles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

import numpy as np

from derivations.core.formula import Add, Call, Div, Formula, Mul, Pow, Relation, Symbol, walk
from derivations.core.functions import Definition
from derivations.core.meaning import unfolded
from derivations.core.substitute import free_symbols
from numeric.accuracy.certified import Certified
from numeric.accuracy.ordinals import Doubles, doubles, ordinals
from numeric.accuracy.points import Range

# exp(u) overflows, reaches the subnormals, reaches 0, and is lost beside 1.
_LEVELS: Final = (709.782712893384, -708.3964185322641, -745.1332191019411, 36.7368005696771,
                  -36.7368005696771, 0.0)  # fmt: skip
_LARGEST: Final = 1.7976931348623157e308
_EXPONENTIALS: Final = frozenset({"exp", "expm1", "sinh", "cosh", "tanh", "erf", "erfc"})
_ZEROS: Final = frozenset({"log", "sqrt", "Abs", "sign", "gamma", "loggamma"})
_MOST: Final = 64


def landmarks(formula: Formula, variable: Symbol, span: Range) -> Doubles:
    """The places, each the double just before or at it, in increasing order.

    Only formulas of this one variable are looked through; parameters have been put in.
    """
    grid = _grid(span)
    found: set[float] = set()
    for part, level in _watched(unfolded(formula), variable):
        found.update(_crossings(Certified(part, (variable,)), level, grid))
        if len(found) > _MOST:
            break
    return np.array(sorted(found))


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


def _crossings(value: Callable[[Doubles], Doubles], level: float, grid: Doubles) -> Iterator[float]:
    """Where the value passes from below a level to it or above, or the other way, or out of the
    reals, each as the last double before it."""

    def side(at: Doubles) -> Doubles:
        with np.errstate(all="ignore"):
            return np.nan_to_num(np.sign(value(at) - level), nan=2.0)

    for (left, first), (right, last) in pairwise(zip(grid, side(grid), strict=True)):
        if first == last:
            continue
        low, high = int(ordinals(left)), int(ordinals(right))
        while high - low > 1:
            middle = (low + high) // 2
            if side(doubles([middle]))[0] == first:
                low = middle
            else:
                high = middle
        yield float(doubles(low))
