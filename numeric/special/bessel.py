"""Bessel, Hankel, spherical Bessel and Airy functions, by the order first.

The cut is the negative axis, with the value from above, except where the order of J or I is an
integer. The spherical functions are sqrt(pi/(2*z)) times a Bessel function; of negative z nothing
is said, since that formula and the entire functions of the books differ there in sign.
"""

from __future__ import annotations

from collections.abc import Callable
from math import comb
from typing import Any, Final

from flint import acb, acb_series, arb, arb_series, fmpq

from numeric.balls.values import (
    ONE,
    ZERO,
    Indeterminate,
    Scalar,
    Undefined,
    as_int,
    ball,
    is_zero,
    may_vanish,
    simplified,
    times,
)
from numeric.special.basics import (
    below,
    is_real,
    of_moderate_size,
    real_part,
    real_result,
    result,
    wide,
)

_NAMES: Final = {"bessel_j": "besselj", "bessel_y": "bessely", "bessel_i": "besseli",
                 "bessel_k": "besselk"}  # fmt: skip
_MOST_ORDER_BITS: Final = 17
_MOST_ARGUMENT_BITS: Final = 24


def _of_moderate_sizes(n: Scalar, z: Scalar, name: str) -> None:
    of_moderate_size(n, name, _MOST_ORDER_BITS)
    of_moderate_size(z, name, _MOST_ARGUMENT_BITS)


def _bounded(method: str) -> Callable[[Scalar, Scalar], Scalar]:
    """J or I."""
    name = _NAMES[method]

    def value(n: Scalar, z: Scalar) -> Scalar:
        order = as_int(n)
        if is_zero(z):
            return _at_zero(n, name)
        _of_moderate_sizes(n, z, name)
        if order is None:
            below(z, 0, name)
        found = getattr(wide(z), method)(wide(n))
        real = is_real(n, z) and (order is not None or real_part(z) > 0)
        return real_result(found, name) if real else result(found, name)

    return value


def _at_zero(n: Scalar, name: str) -> Scalar:
    order = as_int(n)
    if order is not None:
        return ZERO if order else ONE
    if real_part(n) > 0:
        return ZERO
    if real_part(n) < 0 or is_zero(real_part(n)):
        raise Undefined(f"{name} of the order {n} at 0")
    raise Indeterminate(f"the precision does not tell the order of {name} from 0")


def _unbounded(method: str) -> Callable[[Scalar, Scalar], Scalar]:
    """Y or K."""
    name = _NAMES[method]

    def value(n: Scalar, z: Scalar) -> Scalar:
        if is_zero(z):
            if method == "bessel_y" and real_part(n) < 0 and as_int(n + fmpq(1, 2)) is not None:
                raise Indeterminate("bessely at 0 of such an order, where books differ")
            raise Undefined(f"{name} at 0")
        if may_vanish(z):
            raise Indeterminate(f"the precision does not tell an argument of {name} from 0")
        _of_moderate_sizes(n, z, name)
        below(z, 0, name)
        found = getattr(wide(z), method)(wide(n))
        real = is_real(n, z) and real_part(z) > 0
        return real_result(found, name) if real else result(found, name)

    return value


bessel_j = _bounded("bessel_j")
bessel_i = _bounded("bessel_i")
bessel_y = _unbounded("bessel_y")
bessel_k = _unbounded("bessel_k")


def _hankel(side: int) -> Callable[[Scalar, Scalar], Scalar]:
    def value(n: Scalar, z: Scalar) -> Scalar:
        return bessel_j(n, z) + times(acb(0, side), bessel_y(n, z))

    return value


def _spherical(
    kind: Callable[[Scalar, Scalar], Scalar], name: str
) -> Callable[[Scalar, Scalar], Scalar]:
    def value(n: Scalar, z: Scalar) -> Scalar:
        if is_zero(z):
            order = as_int(n)
            if name == "jn" and order is not None and order >= 0:
                return ZERO if order else ONE
            if order is not None and (order >= 0) is (name == "yn"):
                raise Undefined(f"{name} at 0")
            raise Indeterminate(f"{name} at 0 is not known for such an order")
        if below(z, 0, name):
            raise Indeterminate(f"{name} of a negative number, where books differ")
        factor = (arb.pi() / (2 * ball(z))).sqrt()
        return times(simplified(factor), kind(n + fmpq(1, 2), z))

    return value


def _recurring(
    kind: Callable[[Scalar, Scalar], Scalar], inner: int, outer: int
) -> Callable[[int, list[Scalar], int], list[Scalar]]:
    """f_n' is outer*(f_{n-1} + inner*f_{n+1})/2."""

    def taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
        n, z = args
        if which == 0:
            raise Indeterminate("a Bessel function is not differentiated by its order")
        if is_zero(z) and as_int(n) is None:
            raise Indeterminate("a Bessel function of broken order is not differentiated at 0")
        around = {shift: kind(n + shift, z) for shift in range(1 - length, length)}
        terms: list[Scalar] = []
        factor = fmpq(1)
        for k in range(length):
            total: Scalar = ZERO
            for j in range(k + 1):
                total = total + times(fmpq(inner**j * comb(k, j)), around[2 * j - k])
            terms.append(times(factor, total))
            factor *= fmpq(outer, 2 * (k + 1))
        return terms

    return taylor


def _spherical_taylor(
    name: str, kind: Callable[[Scalar, Scalar], Scalar]
) -> Callable[[int, list[Scalar], int], list[Scalar]]:
    bessel = _recurring(kind, -1, 1)

    def taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
        n, z = args
        if is_zero(z) or below(z, 0, name):
            raise Indeterminate(f"{name} is not differentiated there")
        terms = bessel(which, [n + fmpq(1, 2), z], length)
        real = is_real(n, z)
        make: Any = arb_series if real else acb_series
        root = (make([arb.pi() / 2], prec=length) / make([ball(z), 1], prec=length)).sqrt()
        series = make([ball(t) for t in terms], prec=length) * root
        return [result(series[k], name) for k in range(length)]

    return taylor


def _airy(name: str, method: str, derivative: int) -> Callable[[Scalar], Scalar]:
    def value(z: Scalar) -> Scalar:
        of_moderate_size(z, name, 20)
        found = getattr(wide(z), method)(derivative)
        return real_result(found, name) if is_real(z) else result(found, name)

    return value


def _airy_taylor(method: str) -> Callable[[int, list[Scalar], int], list[Scalar]]:
    def taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
        make: Any = arb_series if is_real(*args) else acb_series
        series = getattr(make([ball(args[0]), 1], prec=length), method)()
        return [result(series[k], "a derivative of an Airy function") for k in range(length)]

    return taylor


HEADS: Final[dict[str, tuple[Callable[..., Scalar], Callable[..., list[Scalar]]]]] = {
    "besselj": (bessel_j, _recurring(bessel_j, -1, 1)),
    "bessely": (bessel_y, _recurring(bessel_y, -1, 1)),
    "besseli": (bessel_i, _recurring(bessel_i, 1, 1)),
    "besselk": (bessel_k, _recurring(bessel_k, 1, -1)),
    "hankel1": (_hankel(1), _recurring(_hankel(1), -1, 1)),
    "hankel2": (_hankel(-1), _recurring(_hankel(-1), -1, 1)),
    "jn": (_spherical(bessel_j, "jn"), _spherical_taylor("jn", bessel_j)),
    "yn": (_spherical(bessel_y, "yn"), _spherical_taylor("yn", bessel_y)),
    "airyai": (_airy("airyai", "airy_ai", 0), _airy_taylor("airy_ai")),
    "airybi": (_airy("airybi", "airy_bi", 0), _airy_taylor("airy_bi")),
    "airyaiprime": (_airy("airyaiprime", "airy_ai", 1), _airy_taylor("airy_ai_prime")),
    "airybiprime": (_airy("airybiprime", "airy_bi", 1), _airy_taylor("airy_bi_prime")),
}
