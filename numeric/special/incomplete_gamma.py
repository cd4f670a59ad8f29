"""The incomplete gamma functions gamma(s, z) and Gamma(s, z).

The cut is z < 0, with the value of log z from above, except where the functions are entire:
Gamma(s, z) for s = 1, 2, ... and gamma(s, z) for integers. gamma(s, z) has the poles of gamma(s).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flint import acb, acb_series, arb_series, fmpq

from numeric.balls.elementary import gamma
from numeric.balls.values import (
    ZERO,
    Indeterminate,
    Scalar,
    Undefined,
    as_int,
    ball,
    is_zero,
    may_vanish,
    times,
)
from numeric.special.basics import below, is_pole, is_real, real_part, real_result, result, wide


def upper_gamma(s: Scalar, z: Scalar) -> Scalar:
    """The integral of t**(s - 1)*exp(-t) from z to oo; the cut is z < 0."""
    name = "uppergamma"
    if is_zero(z):
        real = real_part(s)
        if real > 0:
            return gamma(s)
        if real <= 0:
            raise Undefined("uppergamma at 0")
        raise Indeterminate("the precision does not tell the order of uppergamma from 0")
    value = _incomplete(s, z, name)
    n = as_int(s)
    if is_real(s, z) and (real_part(z) > 0 or (n is not None and n > 0)):
        return real_result(value, name)
    return result(value, name)


def _incomplete(s: Scalar, z: Scalar, name: str) -> acb:
    n = as_int(s)
    if n is None or n <= 0:
        below(z, 0, name)
    return wide(z).gamma_upper(wide(s))


def lower_gamma(s: Scalar, z: Scalar) -> Scalar:
    """gamma(s) - uppergamma(s, z): the integral from 0 to z; undefined for s = 0, -1, -2, ..."""
    name = "lowergamma"
    if is_pole(s, name):
        raise Undefined(f"lowergamma at its pole {s}")
    if is_zero(z):
        real = real_part(s)
        if real > 0:
            return ZERO
        if real <= 0:
            raise Undefined("lowergamma at 0")
        raise Indeterminate("the precision does not tell the order of lowergamma from 0")
    n = as_int(s)
    if n is None:
        below(z, 0, name)
    value = wide(z).gamma_lower(wide(s))
    if is_real(s, z) and (real_part(z) > 0 or n is not None):
        return real_result(value, name)
    return result(value, name)


def _slope(s: Scalar, z: Scalar, length: int) -> list[Scalar]:
    """The Taylor coefficients of -z**(s - 1)*exp(-z), the derivative of uppergamma by z."""
    if may_vanish(z):
        raise Indeterminate("an incomplete gamma function is not differentiated at 0")
    on_axis = is_real(s, z) and (real_part(z) > 0 or as_int(s) is not None)
    if on_axis and real_part(z) > 0:
        h: Any = arb_series([real_part(z), 1], prec=length)
        series = (h.log() * (real_part(s) - 1) - h).exp()
    elif (n := as_int(s)) is not None:
        make: Any = arb_series if on_axis else acb_series
        h = make([ball(z), 1], prec=length)
        series = h ** (n - 1) * (-h).exp() if n >= 1 else (-h).exp() / h ** (1 - n)
    else:
        below(z, 0, "an incomplete gamma function")
        h = acb_series([wide(z), 1], prec=length)
        series = (h.log() * (wide(s) - 1) - h).exp()
    return [result(-series[k], "a derivative") for k in range(length)]


def upper_gamma_taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
    return _incomplete_taylor(upper_gamma, 1, which, args, length)


def lower_gamma_taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
    return _incomplete_taylor(lower_gamma, -1, which, args, length)


def _incomplete_taylor(
    value: Callable[..., Scalar], sign: int, which: int, args: list[Scalar], length: int
) -> list[Scalar]:
    if which == 0:
        raise Indeterminate("an incomplete gamma function is not differentiated by its order")
    slope = _slope(args[0], args[1], max(length - 1, 1))
    return [value(*args), *(times(fmpq(sign, k + 1), slope[k]) for k in range(length - 1))]


HEADS: Final[dict[str, tuple[Callable[..., Scalar], Callable[..., list[Scalar]]]]] = {
    "uppergamma": (upper_gamma, upper_gamma_taylor),
    "lowergamma": (lower_gamma, lower_gamma_taylor),
}
