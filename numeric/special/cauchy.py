"""Taylor coefficients of any analytic function, by Cauchy's formula on a circle.

The values at the N-th roots of unity on a circle of radius r give the coefficient of h**k but for
those of h**(k + N), h**(k + 2*N), ..., which are at most M/R**(k + m*N) where the function is
analytic and at most M on the disc of radius R. That it is analytic there is what its evaluation
on balls says: one that is not, or is not known, raises.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flint import acb, arb, ctx, fmpq

from numeric.balls.values import Indeterminate, Scalar, Undefined, ball, simplified
from numeric.special.basics import real_part

_RADII: Final = (fmpq(1), fmpq(1, 4), fmpq(1, 32), fmpq(1, 1024), fmpq(1, 2**20))
# The disc is covered by squares, so many to a side; R/r is 2 to so many bits.
_SIDE: Final = 8
_SHRUNK: Final = 4
_MOST_COEFFICIENTS: Final = 12


def cauchy_taylor(function: Callable[[Scalar], Scalar], at: Scalar, length: int) -> list[Scalar]:
    """The coefficients of the function at h**0 .. h**(length - 1) around a point.

    Errors: `Indeterminate` where it is not certainly analytic on a disc around the point.
    """
    if length > _MOST_COEFFICIENTS:
        raise Indeterminate(f"{length} Taylor coefficients by Cauchy's formula")
    first = function(at)
    for radius in _RADII:
        try:
            bound = _bound(function, at, radius)
        except (Undefined, Indeterminate):
            continue
        found = _coefficients(function, at, radius, bound, length)
        if not isinstance(first, acb) and _is_real_nearby(function, at, radius):
            found = [acb(value.real) for value in found]
        return [first, *(simplified(value) for value in found[1:])]
    raise Indeterminate("a function is not certainly analytic around a point")


def _bound(function: Callable[[Scalar], Scalar], at: Scalar, radius: fmpq) -> arb:
    """A bound on the disc, from values on squares that cover it."""
    bound = arb(0)
    half = arb(radius) / _SIDE
    for a in range(_SIDE):
        for b in range(_SIDE):
            x = arb(half * (2 * a + 1 - _SIDE), half.upper())
            y = arb(half * (2 * b + 1 - _SIDE), half.upper())
            square = acb(ball(at)) + acb(x, y)
            size = abs(ball(function(square))).upper()
            if not size.is_finite():
                raise Indeterminate("a function is not bounded on a square")
            bound = bound.max(size)
    return bound


def _coefficients(
    function: Callable[[Scalar], Scalar], at: Scalar, radius: fmpq, bound: arb, length: int
) -> list[acb]:
    wanted = ctx.prec
    with ctx.workprec(wanted + _SHRUNK * length + 16):
        count = (wanted + 16) // _SHRUNK + length
        small = arb(radius) / 2**_SHRUNK
        turns = [acb(fmpq(2 * j, count)).exp_pi_i() for j in range(count)]
        values = [acb(ball(function(ball(at) + turn * small))) for turn in turns]
        ratio = arb(2) ** -(_SHRUNK * count)
        found: list[acb] = []
        for k in range(length):
            total = acb(0)
            for j, value in enumerate(values):
                total += value * turns[-j * k % count]
            error = (bound * arb(radius) ** -k * ratio / (1 - ratio)).upper()
            mean = total / (count * small**k)
            found.append(mean + acb(arb(0, error), arb(0, error)))
        return found


def _is_real_nearby(function: Callable[[Scalar], Scalar], at: Scalar, radius: fmpq) -> bool:
    """Whether an interval around a real point has real values, so that all derivatives are real."""
    if isinstance(at, acb):
        return False
    try:
        value = function(real_part(at) + arb(0, (arb(radius) / 2**10).upper()))
    except (Undefined, Indeterminate):
        return False
    return not isinstance(value, acb)
