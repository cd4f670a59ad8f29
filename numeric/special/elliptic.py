"""Elliptic integrals, by the parameter m = k**2 (not the modulus k).

The cut of the complete ones is m > 1 (and n > 1), with the value from below. The incomplete ones
are continued along the angle in periods of pi, as in mpmath: F(phi + pi | m) = F(phi | m) + 2*K(m).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flint import acb, acb_series, arb, arb_series, ctx

from numeric.balls.elementary import sin
from numeric.balls.values import ONE, ZERO, Indeterminate, Scalar, Undefined, as_int, is_zero, times
from numeric.special.basics import (
    below,
    beyond,
    is_real,
    is_value,
    of_moderate_size,
    real_part,
    real_result,
    result,
    wide,
)

_MOST_BITS: Final = 64
_MOST_PRECISION: Final = 1200


def complete_first(m: Scalar) -> Scalar:
    """K(m); undefined at 1."""
    name = "elliptic_k"
    if is_value(m, 1, name):
        raise Undefined("elliptic_k at 1")
    of_moderate_size(m, name, _MOST_BITS)
    cut = beyond(m, 1, name)
    value = wide(m).elliptic_k()
    return real_result(value, name) if is_real(m) and not cut else result(value, name)


def complete_second(m: Scalar) -> Scalar:
    """E(m), 1 at 1."""
    name = "elliptic_e"
    if as_int(m) == 1:
        return ONE
    of_moderate_size(m, name, _MOST_BITS)
    cut = beyond(m, 1, name)
    value = wide(m).elliptic_e()
    return real_result(value, name) if is_real(m) and not cut else result(value, name)


def complete_third(n: Scalar, m: Scalar) -> Scalar:
    """Pi(n | m); undefined where n or m is 1."""
    name = "elliptic_pi"
    for value in (n, m):
        if is_value(value, 1, name):
            raise Undefined("elliptic_pi at 1")
        of_moderate_size(value, name, _MOST_BITS)
    cuts = [beyond(n, 1, name), beyond(m, 1, name)]
    if all(cuts) or (cuts[1] and not is_real(n)):
        raise Indeterminate("elliptic_pi on both of its cuts is not supported")
    if not is_real(n, m):
        _of_moderate_precision(name, _MOST_PRECISION if is_real(m) else _MOST_PRECISION // 3)
    found = acb.elliptic_pi(wide(n), wide(m))
    return real_result(found, name) if is_real(n, m) and not any(cuts) else result(found, name)


def _of_moderate_precision(name: str, most: int) -> None:
    """Arb integrates numerically where it knows no better: beyond this it takes too long."""
    if ctx.prec > most:
        raise Indeterminate(f"{name} of complex numbers to more than {most} bits")


def _regular(phi: Scalar, m: Scalar, name: str) -> bool:
    """Whether the integrand is real up to the angle; that no branch is touched.

    Errors: `Indeterminate` where the ball of a complex angle or parameter may touch one, or the
    real ones lie where the integrand is not real.
    """
    of_moderate_size(phi, name, 24)
    of_moderate_size(m, name, _MOST_BITS)
    if is_real(phi, m):
        if real_part(m) < 1:
            return True
        half = arb.pi() / 2
        inside = abs(real_part(phi)) < half and real_part(m) * real_part(sin(phi)) ** 2 < 1
        if inside:
            return True
        raise Indeterminate(f"{name} where its integrand is not real is not supported")
    if not abs(real_part(phi)) < arb.pi() / 2:
        raise Indeterminate(f"{name} of a complex number beyond pi/2 is not supported")
    if below(1 - times(m, times(sin(phi), sin(phi))), 0, name):
        raise Indeterminate(f"{name} on its cut is not supported")
    return False


def incomplete_first(phi: Scalar, m: Scalar) -> Scalar:
    """F(phi | m), the integral of 1/sqrt(1 - m*sin(t)**2) from 0 to phi."""
    return _incomplete(phi, m, "elliptic_f", acb.elliptic_f)


def incomplete_second(phi: Scalar, m: Scalar) -> Scalar:
    """E(phi | m), the integral of sqrt(1 - m*sin(t)**2) from 0 to phi."""
    return _incomplete(phi, m, "elliptic_e", acb.elliptic_e_inc)


def _incomplete(phi: Scalar, m: Scalar, name: str, method: Callable[..., acb]) -> Scalar:
    if is_zero(phi):
        return ZERO
    if is_zero(m):
        return phi
    real = _regular(phi, m, name)
    value = method(wide(phi), wide(m))
    return real_result(value, name) if real else result(value, name)


def incomplete_third(n: Scalar, phi: Scalar, m: Scalar) -> Scalar:
    """Pi(n; phi | m), the integral of 1/((1 - n*sin(t)**2)*sqrt(1 - m*sin(t)**2)) to phi."""
    name = "elliptic_pi"
    if is_zero(phi):
        return ZERO
    real = _regular(phi, m, name)
    of_moderate_size(n, name, _MOST_BITS)
    square = times(sin(phi), sin(phi))
    if real and is_real(n):
        short = abs(real_part(phi)) < arb.pi() / 2
        if not real_part(n) < 1 and not (short and real_part(times(n, square)) < 1):
            raise Indeterminate("elliptic_pi beyond its pole is not supported")
    elif not abs(real_part(phi)) < arb.pi() / 2 or below(1 - times(n, square), 0, name):
        raise Indeterminate("elliptic_pi so far out is not supported")
    if not is_real(n, phi, m):
        _of_moderate_precision(name, _MOST_PRECISION // 3)
    value = acb.elliptic_pi_inc(wide(n), wide(phi), wide(m))
    return real_result(value, name) if real and is_real(n) else result(value, name)


def second_kind(*args: Scalar) -> Scalar:
    return complete_second(*args) if len(args) == 1 else incomplete_second(*args)


def third_kind(*args: Scalar) -> Scalar:
    return complete_third(*args) if len(args) == 2 else incomplete_third(*args)


def _angle_taylor(
    value: Callable[..., Scalar], integrand: Callable[..., Any], place: int, count: int
) -> Callable[[int, list[Scalar], int], list[Scalar]]:
    def taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
        first = value(*args)
        if which != place or len(args) != count:
            raise Indeterminate("an elliptic integral is not differentiated by a parameter")
        real = is_real(*args) and not isinstance(first, acb)
        make: Any = arb_series if real else acb_series
        numbers = [real_part(a) if real else wide(a) for a in args]
        h = make([numbers[place], 1], prec=max(length - 1, 1))
        square = h.sin() * h.sin()
        others = [numbers[k] for k in range(len(numbers)) if k != place]
        series = integrand(square, *others)
        found = [result(series[k] / (k + 1), "a derivative") for k in range(length - 1)]
        return [first, *found]

    return taylor


def _complete_taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
    complete_first(*args)
    if beyond(args[0], 1, "elliptic_k"):
        raise Indeterminate("elliptic_k is not differentiated on its cut")
    series = acb_series([wide(args[0]), 1], prec=length).elliptic_k()
    known = real_result if is_real(*args) else result
    return [known(series[k], "a derivative of elliptic_k") for k in range(length)]


HEADS: Final[dict[str, tuple[Callable[..., Scalar], Callable[..., list[Scalar]]]]] = {
    "elliptic_k": (complete_first, _complete_taylor),
    "elliptic_f": (
        incomplete_first,
        _angle_taylor(incomplete_first, lambda square, m: (1 - square * m).rsqrt(), 0, 2),
    ),
    "elliptic_e": (
        second_kind,
        _angle_taylor(second_kind, lambda square, m: (1 - square * m).sqrt(), 0, 2),
    ),
    "elliptic_pi": (
        third_kind,
        _angle_taylor(
            third_kind, lambda square, n, m: (1 - square * m).rsqrt() / (1 - square * n), 1, 3
        ),
    ),
}
