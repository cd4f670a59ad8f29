"""Where a quantity changes its sign on the way of an integral: where to look, and how to go near.

>>> from derivations.core.formula import symbol
>>> from numeric.balls.values import sign_of
>>> t = symbol("t")
>>> ((a, b),) = cells(t**5 - t - 1, t, arb(0), arb(4))
>>> found = halved(lambda at: sign_of(at**5 - at - 1), a, b, 1, 40)
>>> bool(abs(found**5 - found - 1) < 1e-9)
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final, TypeAlias

from flint import arb, fmpq

from derivations.core.formula import Formula, Symbol
from numeric.balls.values import Infinity, ball_of
from numeric.calculus.poles import isolated

# A finite way is cut into so many cells.
_CELLS: Final = 24

End: TypeAlias = arb | fmpq | Infinity


def cells(u: Formula, t: Symbol, low: End, high: End) -> tuple[tuple[arb, arb], ...]:
    """Pairs of places between which u may change its sign: about the roots of a polynomial that
    have no closed form, else neighbours on a grid."""
    known = isolated(u, t)
    if known is None:
        return tuple(pairwise(_grid(low, high)))
    return tuple((ball_of(a), ball_of(b)) for a, b in known)


def _grid(low: End, high: End) -> Iterator[arb]:
    """Exact places inside the way."""
    if not isinstance(low, Infinity) and not isinstance(high, Infinity):
        a, b = arb(low), arb(high)
        for k in range(_CELLS + 1):
            yield arb((a + (b - a) * (2 * k + 1) / (2 * _CELLS + 2)).mid())
        return
    steps = [arb(2) ** k for k in range(-6, 8)]
    if not isinstance(low, Infinity):
        yield from (arb((arb(low) + step).mid()) for step in steps)
    elif not isinstance(high, Infinity):
        yield from (arb((arb(high) - step).mid()) for step in reversed(steps))
    else:
        yield from (-step for step in reversed(steps))
        yield from steps


def halved(sign_at: Callable[[arb], int | None], a: arb, b: arb, rising: int, most: int) -> arb:
    """The interval [a, b] halved until it is narrow, at most so often; the signs at its ends are
    opposite, `rising` at b."""
    for _ in range(most):
        middle = arb(((a + b) / 2).mid())
        side = sign_at(middle)
        if not side or not a < middle < b:
            break
        a, b = (a, middle) if side == rising else (middle, b)
    return a.union(b)
