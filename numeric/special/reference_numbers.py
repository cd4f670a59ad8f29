"""Integers among mpmath's floats, and products of few factors."""

from __future__ import annotations

from typing import Any, Final

import mpmath
from mpmath import mp, mpf

from numeric.balls.values import Indeterminate

# A rest so much smaller than the precision is one of rounding.
_ROUNDING: Final = 12
_MOST_INDEX: Final = 100_000


def nearest_integer(x: Any) -> int | None:
    """The integer that a float is, but for its rounding errors."""
    if mpmath.im(x) != 0:
        return None
    x = mpmath.re(x)
    if not mpmath.isfinite(x) or mpmath.mag(x) > mp.prec - _ROUNDING:
        return None
    whole = mp.nint(x)
    close = abs(x - whole) <= mpmath.ldexp(1, _ROUNDING - mp.prec) * max(1, abs(whole))
    return int(whole) if close else None


def whole(x: Any, name: str, most: int = _MOST_INDEX) -> int:
    """The integer that an index is. Errors: `Indeterminate` for another number, or too large."""
    n = nearest_integer(x)
    if n is None or abs(n) > most:
        raise Indeterminate(f"mpmath is not asked for {name} of this index")
    return n


def rising(x: Any, k: Any) -> Any:
    n = nearest_integer(k)
    if n is None or abs(n) > 64:
        return mp.rf(x, k)
    result = mpf(1)
    for j in range(abs(n)):
        result = result * (x + j) if n > 0 else result / (x - 1 - j)
    return result


def falling(x: Any, k: Any) -> Any:
    n = nearest_integer(k)
    if n is None or abs(n) > 64:
        return mp.ff(x, k)
    result = mpf(1)
    for j in range(abs(n)):
        result = result * (x - j) if n > 0 else result / (x + 1 + j)
    return result
