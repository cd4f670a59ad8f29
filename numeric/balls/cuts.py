"""Derivatives by a complex variable at a point on a branch cut, by their definition.

A function jumps across its cut, and a complex increment leads off it on both sides. Logarithms,
roots and powers are expanded on either side (on the real axis the one side is the conjugate of the
other); a derivative exists only where both expansions of the whole formula agree. Of other
functions it is only said that they have no series there.

The sides of an increment e are taken along one line through the point, e = s*t*exp(i) with
s = 1 or -1: a line along which no cut lies.
"""

from __future__ import annotations

from typing import Final

from flint import acb, arb, fmpq

from numeric.balls.elementary_series import NoSeries, taylor
from numeric.balls.jets import Jet, Kink, Number, applied, composed, multiplied, powered
from numeric.balls.values import Indeterminate, Scalar, as_int, is_zero, may_vanish, sign_of

# Functions with a cut along real numbers, and whether one is on it; the branch points are not.
_BELOW_ZERO: Final = frozenset({"log", "sqrt", "loggamma"})
_BEYOND_ONE: Final = frozenset({"asin", "acos", "atanh"})
_EXPANDED: Final = frozenset({"log", "sqrt"})


def applied_across(name: str, jet: Jet, sides: tuple[int, ...]) -> Number:
    """A function of a jet with a complex increment, which may start on the function's cut.

    Errors: `Kink` where the side of the increment matters and is not given; `NoSeries` where the
    function has no derivative on its cut.
    """
    speeds = _speeds(jet)
    if not speeds or not _is_on_cut(name, jet.constant):
        return applied(name, jet)
    if name not in _EXPANDED:
        error = NoSeries(f"{name} jumps on its cut: it has no complex derivative there")
        error.bare = len(jet.orders) == 1 and not may_vanish(speeds.get(0, fmpq(0)))
        raise error
    above = _is_above(jet, speeds, sides)
    coefficients = taylor(name, jet.constant, sum(jet.orders) + 1)
    if not above:
        coefficients = [_conjugate(term) for term in coefficients]
    return composed(coefficients, jet)


def powered_across(base: Number, exponent: Number, sides: tuple[int, ...]) -> Number:
    """The power of such a jet."""
    whole = not isinstance(exponent, Jet) and as_int(exponent) is not None
    if not isinstance(base, Jet) or whole or not _is_on_cut("log", base.constant):
        return powered(base, exponent)
    return applied("exp", multiplied(exponent, applied_across("log", base, sides)))


def _conjugate(value: Scalar) -> Scalar:
    return value.conjugate() if isinstance(value, acb) else value


def _speeds(jet: Jet) -> dict[int, Scalar]:
    """The coefficients of the first powers of single increments, by level, if anything moves."""
    moving = {m: t for m, t in jet.terms.items() if m and not is_zero(t)}
    if not moving:
        return {}
    found = {len(m) - 1: t for m, t in moving.items() if sum(m) == 1}
    return found or {-1: fmpq(0)}


def _is_on_cut(name: str, start: Scalar) -> bool:
    if isinstance(start, acb):
        upright = start.real.is_zero() and abs(start.imag) > 1
        return upright and name in {"atan", "asinh"}
    if name in _BELOW_ZERO:
        return bool(start < 0)
    if name in _BEYOND_ONE:
        return bool(start < -1 or start > 1)
    return bool(name == "acosh" and start < 1)


def _is_above(jet: Jet, speeds: dict[int, Scalar], sides: tuple[int, ...]) -> bool:
    """Whether the increment leads above the real axis, on the given side."""
    level = min(speeds)  # an inner increment is infinitely small against an outer one
    if level < 0:
        raise Indeterminate("an increment touches a cut without a speed")
    if not sides[level]:
        raise Kink(level)
    direction = (acb(0, 1)).exp() * sides[level]
    side = sign_of(arb((speeds[level] * direction).imag))
    if not side:
        raise Indeterminate("the precision does not tell on which side of a cut an increment is")
    return side > 0
