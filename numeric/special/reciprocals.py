"""Reciprocal trigonometric and hyperbolic functions, their inverses, roots, sinc and atan2.

They are what they are of the elementary functions, so their branches and their Taylor series
follow from those: acot(z) = atan(1/z), asec(z) = acos(1/z), and so on, as in SymPy and mpmath.
At 0 acot is pi/2 and acoth is I*pi/2. Each function takes numbers and jets.
"""

from __future__ import annotations

from collections.abc import Callable
from math import factorial
from typing import Final

from flint import acb, arb, fmpq

from numeric.balls.jets import (
    Jet,
    Number,
    added,
    applied,
    composed,
    constant_of,
    moves,
    multiplied,
    negated,
    powered,
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
)


def _fraction(over: str, under: str) -> Callable[[Number], Number]:
    def value(u: Number) -> Number:
        top = applied(over, u) if over else ONE
        return quotient(top, applied(under, u))

    return value


def _of_reciprocal(
    name: str, known: str, at_zero: Callable[[], arb | acb] | None = None
) -> Callable[[Number], Number]:
    def value(u: Number) -> Number:
        if at_zero is not None and is_zero(constant_of(u)):
            if isinstance(u, Jet):
                raise Undefined(f"{name} jumps at 0")
            return at_zero()
        if is_zero(constant_of(u)):
            raise Undefined(f"{name} at 0")
        return applied(known, quotient(ONE, u))

    return value


def sinc(u: Number) -> Number:
    """sin(u)/u, and 1 at 0."""
    start = constant_of(u)
    if not isinstance(u, Jet):
        if is_zero(start):
            return ONE
        wide = start if isinstance(start, acb) else arb(start)
        value = wide.sinc()
        if not value.is_finite():
            raise Indeterminate("the precision gives no finite value of sinc")
        return value
    if not is_zero(start):
        if may_vanish(start):
            raise Indeterminate("the precision does not tell an argument of sinc from 0")
        return quotient(applied("sin", u), u)
    terms: list[fmpq | arb | acb] = []
    for k in range(sum(u.orders) + 1):
        terms.append(ZERO if k % 2 else fmpq((-1) ** (k // 2), factorial(k + 1)))
    return composed(terms, u)


def root(u: Number, n: Number) -> Number:
    """u**(1/n), the principal root. Undefined for n = 0."""
    return powered(u, quotient(ONE, n))


def cbrt(u: Number) -> Number:
    """u**(1/3), the principal root: that of -8 is 1 + sqrt(3)*I."""
    return powered(u, fmpq(1, 3))


def _angle(y: fmpq | arb, x: fmpq | arb) -> Scalar:
    if is_zero(y):
        side = sign_of(x)
        if side is None:
            raise Indeterminate("the precision does not tell the side of the cut of atan2")
        if side == 0:
            raise Undefined("atan2 at (0, 0)")
        return ZERO if side > 0 else arb.pi()
    if sign_of(y) is None and sign_of(x) != 1:
        raise Indeterminate("the precision does not tell the side of the cut of atan2")
    angle: arb = arb.atan2(arb(y), arb(x))
    return angle


def atan2(y: Number, x: Number) -> Number:
    """The angle of the point (x, y), in (-pi, pi]; -I*log((x + I*y)/sqrt(x**2 + y**2)) where a
    coordinate is not real. Undefined at (0, 0)."""
    b, a = constant_of(y), constant_of(x)
    if isinstance(a, acb) or isinstance(b, acb):
        size = applied("sqrt", added(multiplied(x, x), multiplied(y, y)))
        direction = quotient(added(x, multiplied(acb(0, 1), y)), size)
        return multiplied(acb(0, -1), applied("log", direction))
    if not isinstance(x, Jet) and not isinstance(y, Jet):
        return _angle(b, a)
    for jet in (x, y):
        if isinstance(jet, Jet) and any(isinstance(term, acb) for term in jet.terms.values()):
            raise Indeterminate("atan2 is not differentiated where a coordinate leaves the reals")
    if sign_of(a) == 1:
        return applied("atan", quotient(y, x))
    side = sign_of(b)
    if side:
        quarter = arb.pi() / 2 * side
        return added(quarter, negated(applied("atan", quotient(x, y))))
    if is_zero(b) and is_zero(a):
        raise Undefined("atan2 at (0, 0)")
    if is_zero(b) and not moves(y):
        return _angle(b, a)
    raise Indeterminate("atan2 is not differentiated on its cut")


COMPOSED: Final[dict[str, Callable[..., Number]]] = {
    "cot": _fraction("cos", "sin"),
    "sec": _fraction("", "cos"),
    "csc": _fraction("", "sin"),
    "coth": _fraction("cosh", "sinh"),
    "sech": _fraction("", "cosh"),
    "csch": _fraction("", "sinh"),
    "acot": _of_reciprocal("acot", "atan", lambda: arb.pi() / 2),
    "asec": _of_reciprocal("asec", "acos"),
    "acsc": _of_reciprocal("acsc", "asin"),
    "acoth": _of_reciprocal("acoth", "atanh", lambda: acb(0, arb.pi() / 2)),
    "asech": _of_reciprocal("asech", "acosh"),
    "acsch": _of_reciprocal("acsch", "asinh"),
    "sinc": sinc,
    "root": root,
    "cbrt": cbrt,
    "atan2": atan2,
}  # fmt: skip
