"""Parts of a complex number, and the functions that jump: floor, ceiling, frac, Mod, Heaviside.

Whole parts of exact values are exact. A ball that holds an integer, and is not known to be one,
has no whole part that is known. The variable of a derivative is taken to move along the reals,
except where it is a complex one: these functions have no complex derivative.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flint import acb, arb, fmpq

from numeric.balls.elementary_series import NoSeries
from numeric.balls.frames import Frame
from numeric.balls.jets import (
    Jet,
    Number,
    added,
    applied,
    constant_of,
    leading_sign,
    moves,
    multiplied,
    negated,
    quotient,
)
from numeric.balls.values import (
    ONE,
    ZERO,
    Indeterminate,
    Scalar,
    Undefined,
    is_zero,
    may_vanish,
    sign_of,
    simplified,
)
from numeric.special.basics import MOST_BITS, real_part

Part = Callable[[Frame, Number], Number]
_SHIFTS: Final = {"floor": 0, "ceiling": 1}


def _termwise(part: Callable[[Scalar], Scalar]) -> Part:
    def value(frame: Frame, u: Number) -> Number:
        _require_real_variables(frame, u)
        if isinstance(u, Jet):
            return Jet({m: part(t) for m, t in u.terms.items()}, u.orders)
        return part(u)

    return value


def _require_real_variables(frame: Frame, u: Number) -> None:
    if frame.analytic:
        raise Indeterminate("the parts of a complex number are no analytic functions")
    if frame.turned and isinstance(u, Jet) and moves(u):
        # What is made of them may have one: re(z) + I*im(z) has.
        error = NoSeries("the parts of a complex number have no complex derivative")
        error.bare = len(u.orders) == 1 and not may_vanish(u.terms.get((1,), ZERO))
        raise error


def _conjugate(u: Scalar) -> Scalar:
    return u.conjugate() if isinstance(u, acb) else u


def argument(frame: Frame, u: Number) -> Number:
    """The argument in (-pi, pi]; that of 0 is undefined."""
    _require_real_variables(frame, u)
    start = constant_of(u)
    if is_zero(start):
        raise Undefined("the argument of 0")
    if isinstance(start, acb) or isinstance(u, Jet):
        return _termwise(_imaginary)(frame, applied("log", u))
    side = sign_of(start)
    if side is None:
        raise Indeterminate("the precision does not tell the sign of the argument of arg")
    return ZERO if side > 0 else arb.pi()


def _real(u: Scalar) -> Scalar:
    return u.real if isinstance(u, acb) else u


def _imaginary(u: Scalar) -> Scalar:
    return simplified(u.imag) if isinstance(u, acb) else ZERO


# ------------------------------------------------------------------------------- whole parts


def whole_part(u: Scalar, name: str) -> Scalar:
    """floor or ceiling; of a complex number that of both parts, as in SymPy."""
    if isinstance(u, acb):
        real, imag = whole_part(u.real, name), whole_part(u.imag, name)
        return simplified(acb(real_part(real), real_part(imag)))
    if isinstance(u, fmpq):
        return fmpq(u.floor() if name == "floor" else u.ceil())
    if not abs(u).upper() < arb(2) ** MOST_BITS:
        raise Indeterminate(f"an argument of {name} is too large")
    whole = u.floor() if name == "floor" else u.ceil()
    found = whole.unique_fmpz()
    if found is None:
        raise Indeterminate(f"the precision does not tell the whole part of an argument of {name}")
    return fmpq(found)


def _stepped(name: str) -> Part:
    def value(frame: Frame, u: Number) -> Number:
        start = constant_of(u)
        if frame.turned and isinstance(u, Jet) and moves(u):
            raise Indeterminate(f"{name} is not differentiated by a complex variable")
        if frame.analytic and isinstance(start, acb):
            # On a ball with one whole part of the real parts, it is a constant.
            return whole_part(start.real, name)
        whole = whole_part(start, name)
        if not isinstance(u, Jet) or isinstance(start, acb):
            if isinstance(u, Jet):
                raise Indeterminate(f"{name} of a complex number is not differentiated")
            return whole
        if start == whole:
            if not moves(u):
                return whole
            side = leading_sign(u, frame.sides, sign_of)
            if name == "floor" and side < 0:
                return whole - 1
            if name == "ceiling" and side > 0:
                return whole + 1
        return whole

    return value


_floor = _stepped("floor")


def fraction(frame: Frame, u: Number) -> Number:
    """u - floor(u)."""
    return added(u, negated(_floor(frame, u)))


def modulo(frame: Frame, a: Number, b: Number) -> Number:
    """a - b*floor(a/b), with the sign of b; undefined for b = 0."""
    if is_zero(constant_of(b)):
        raise Undefined("Mod by 0")
    if not frame.analytic and any(isinstance(constant_of(v), acb) for v in (a, b)):
        raise Indeterminate("Mod of complex numbers is not supported")
    return added(a, negated(multiplied(b, _floor(frame, quotient(a, b)))))


def heaviside(frame: Frame, u: Number) -> Number:
    """0 for negative, 1 for positive numbers, 1/2 at 0; undefined off the real line."""
    start = constant_of(u)
    if isinstance(start, acb):
        if not frame.analytic:
            if not start.imag.contains(0):
                raise Undefined("Heaviside of a number that is not real")
            raise Indeterminate("the precision does not tell a real number from a complex one")
        start = start.real
    if is_zero(start) and isinstance(u, Jet) and moves(u):
        side: int | None = leading_sign(u, frame.sides, sign_of)
    else:
        side = sign_of(start)
    if side is None:
        raise Indeterminate("the precision does not tell the side of the step of Heaviside")
    return (ZERO, fmpq(1, 2), ONE)[side + 1]


PARTS: Final[dict[str, Callable[..., Any]]] = {
    "re": _termwise(_real),
    "im": _termwise(_imaginary),
    "conjugate": _termwise(_conjugate),
    "arg": argument,
    "floor": _floor,
    "ceiling": _stepped("ceiling"),
    "frac": fraction,
    "Mod": modulo,
    "Heaviside": heaviside,
}
