"""Infinite sums by mpmath's floats: term by term, by an integral, or extrapolated. Estimates.

Terms that fall like a geometric series are added up. For those that fall like a power, the formula
of Abel and Plana: the sum of f(n) for n >= N is

    integral of f from N to oo + f(N)/2
    + i * integral of (f(N + i*y) - f(N - i*y))/(exp(2*pi*y) - 1) over y > 0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import mpmath
from mpmath import mp, mpf

from numeric.balls.values import Indeterminate, Undefined
from numeric.reference.quadrature import half_line
from numeric.reference.raw_floats import TROUBLES

Term = Callable[[Any], Any]

# So many terms are added one by one; so many in a row must be small.
_MOST_TERMS: Final = 1500
_SMALL_ONES: Final = 4
# A term falls like a power where it is at least this part of one at half the index.
_SLOW: Final = mpf(2) ** -40
_PROBE: Final = 64
# Where the formula of Abel and Plana begins, counted from the first index.
_STARTS: Final = (9, 14)
_TROUBLES: Final = (*TROUBLES, Undefined, Indeterminate, ValueError, TypeError)


def by_terms(f: Term, first: int, digits: int) -> Any | None:
    """The sum where the terms fall fast, else None."""
    total = size = mp.zero
    small = 0
    before: Any = None
    for n in range(first, first + _MOST_TERMS):
        term = f(mpf(n))
        total, size = total + term, size + abs(term)
        falls = before is not None and abs(term) * 8 <= before * 7
        small = small + 1 if falls and abs(term) <= mpf(10) ** -(digits + 8) * size else 0
        if term == 0 and before == 0 and n > first + _PROBE:
            return total
        slow = n == first + _PROBE and before and _takes_long(abs(term) / before, digits)
        if slow or (n == first + _PROBE and not falls and term):
            return None
        before = abs(term)
        if small >= _SMALL_ONES:
            return total
    return None


def _takes_long(ratio: Any, digits: int) -> bool:
    """Whether terms that fall by a ratio are too many to be added."""
    return bool(ratio**_MOST_TERMS > mpf(10) ** -(digits + 8))


def by_integrals(f: Term, first: int, digits: int) -> Any | None:
    """The sum where the terms fall like a power, else None."""
    try:
        near, far = abs(f(mpf(first + _PROBE))), abs(f(mpf(first + 2 * _PROBE)))
        if not near or not _SLOW < far / near < 1:
            return None
        values = []
        head, at = mp.zero, first
        for start in _STARTS:
            while at < first + start:
                head += f(mpf(at))
                at += 1
            rest = _abel_plana(f, mpf(at), digits)
            if rest is None:
                return None
            values.append(head + rest)
    except _TROUBLES:
        return None
    one, two = values
    if not abs(one - two) <= mpf(10) ** -digits * max(1, abs(two)):
        return None
    return mpmath.re(two) if abs(mpmath.im(two)) <= mpf(10) ** -digits else two


def _abel_plana(f: Term, start: Any, digits: int) -> Any | None:
    along = half_line(f, start, digits)

    def across(y: Any) -> Any:
        up = mpmath.mpc(0, y)
        return (f(start + up) - f(start - up)) / mpmath.expm1(2 * mp.pi * y)

    beside = half_line(across, mp.zero, digits)
    if along is None or beside is None:
        return None
    return along + f(start) / 2 + mpmath.mpc(0, 1) * beside
