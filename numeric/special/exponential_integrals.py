"""Error functions, Fresnel integrals, and the exponential, logarithmic, sine and cosine integrals.

Ei is real on the negative axis, with a jump on both sides of it; E_n, Ci, Chi and li have the
value of log z from above there, so that Ci(-1) = Ci(1) + I*pi. The Fresnel integrals are those of
sin(pi*t**2/2). erfinv has values on (-1, 1) only.
"""

from __future__ import annotations

from collections.abc import Callable
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
    divided,
    is_zero,
    may_vanish,
    times,
)
from numeric.special.basics import (
    below,
    is_real,
    is_value,
    of_moderate_size,
    real_part,
    real_result,
    result,
    wide,
)

Series = arb_series | acb_series


def _entire(name: str, method: str) -> Callable[[Scalar], Scalar]:
    def value(u: Scalar) -> Scalar:
        if is_zero(u):
            return ZERO
        of_moderate_size(u, name, 4096)
        found = getattr(ball(u), method)()
        return real_result(found, name) if is_real(u) else result(found, name)

    return value


def _branched(name: str, method: str) -> Callable[[Scalar], Scalar]:
    """A function with a logarithm at 0, its cut the negative axis."""

    def value(u: Scalar) -> Scalar:
        if is_zero(u):
            raise Undefined(f"{name} at 0")
        if may_vanish(u):
            raise Indeterminate(f"the precision does not tell an argument of {name} from 0")
        of_moderate_size(u, name, 4096)
        on_cut = below(u, 0, name)
        found = getattr(wide(u), method)()
        real = is_real(u) and (name == "Ei" or not on_cut)
        return real_result(found, name) if real else result(found, name)

    return value


erfi = _entire("erfi", "erfi")
fresnel_s = _entire("fresnels", "fresnel_s")
fresnel_c = _entire("fresnelc", "fresnel_c")
sine_integral = _entire("Si", "si")
hyperbolic_sine_integral = _entire("Shi", "shi")
exponential_integral = _branched("Ei", "ei")
cosine_integral = _branched("Ci", "ci")
hyperbolic_cosine_integral = _branched("Chi", "chi")


def logarithmic_integral(u: Scalar) -> Scalar:
    """Ei(log(u)), 0 at 0, undefined at 1."""
    name = "li"
    if is_zero(u):
        return ZERO
    if is_value(u, 1, name):
        raise Undefined("li at 1")
    if may_vanish(u):
        raise Indeterminate("the precision does not tell an argument of li from 0")
    of_moderate_size(u, name, 4096)
    if isinstance(u, acb):
        below(u, 1, name)
    value = wide(u).li()
    return real_result(value, name) if real_part(u) > 0 and is_real(u) else result(value, name)


def offset_logarithmic_integral(u: Scalar) -> Scalar:
    """li(u) - li(2)."""
    if as_int(u) == 2:
        return ZERO
    return logarithmic_integral(u) - arb(2).li()


def exponential_integral_of_order(n: Scalar, z: Scalar) -> Scalar:
    """E_n(z), the integral of exp(-z*t)/t**n over t > 1; at 0 it is 1/(n - 1) where re(n) > 1."""
    name = "expint"
    of_moderate_size(n, name, 20)
    order = as_int(n)
    if is_zero(z):
        real = real_part(n)
        if real > 1:
            return divided(ONE, n - 1)
        if real <= 1:
            raise Undefined("expint at 0")
        raise Indeterminate("the precision does not tell the order of expint from 1")
    if may_vanish(z):
        raise Indeterminate("the precision does not tell an argument of expint from 0")
    of_moderate_size(z, name, 64)
    rational = order is not None and order <= 0
    if not rational:
        below(z, 0, name)
    value = wide(z).expint(wide(n))
    real_valued = is_real(n, z) and (rational or real_part(z) > 0)
    return real_result(value, name) if real_valued else result(value, name)


def exponential_integral_taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
    n, z = args
    if which == 0 or is_zero(z):
        raise Indeterminate("expint is not differentiated there")
    terms: list[Scalar] = []
    factor = fmpq(1)
    for k in range(length):
        terms.append(times(factor, exponential_integral_of_order(n - k, z)))
        factor /= -(k + 1)
    return terms


# ------------------------------------------------------------------------ inverse error functions


def _inverse(name: str, low: int, high: int, zero: int) -> Callable[[Scalar], Scalar]:
    def value(u: Scalar) -> Scalar:
        if isinstance(u, acb):
            raise Indeterminate(f"{name} off the real line is not supported")
        if as_int(u) == zero:
            return ZERO
        if u <= low or u >= high:
            raise Undefined(f"{name} has values on ({low}, {high}) only")
        if not (u > low and u < high):
            raise Indeterminate(f"the precision does not tell whether {name} has a value")
        return result(getattr(arb(u), name)(), name)

    return value


erfinv = _inverse("erfinv", -1, 1, 0)
erfcinv = _inverse("erfcinv", 0, 2, 1)


def _inverse_taylor(value: Callable[[Scalar], Scalar], side: int) -> Callable[..., list[Scalar]]:
    """w' = side * sqrt(pi)/2 * exp(w**2), term after term."""

    def taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
        terms = [value(args[0])]
        while len(terms) < length:
            n = len(terms)
            w = arb_series([real_part(t) for t in terms], prec=n)
            slope = (w * w).exp()
            terms.append(result(slope[n - 1] * arb.pi().sqrt() / (2 * side * n), "erfinv"))
        return terms

    return taylor


# --------------------------------------------------------------------------------- Taylor series


def _by_slope(
    value: Callable[[Scalar], Scalar], slope: Callable[[Any], Series], at_zero: bool = True
) -> Callable[..., list[Scalar]]:
    def taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
        u = args[0]
        first = value(u)
        if length == 1:
            return [first]
        if is_zero(u) and not at_zero:
            raise Indeterminate("a series at 0 is not supported")
        start = wide(u) if isinstance(first, acb) else ball(u)
        make: Any = acb_series if isinstance(start, acb) else arb_series
        series = slope(make([start, 1], prec=length - 1))
        return [first, *(result(series[k] / (k + 1), "a derivative") for k in range(length - 1))]

    return taylor


def _by_method(method: str) -> Callable[..., list[Scalar]]:
    def taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
        make: Any = arb_series if is_real(*args) else acb_series
        series = getattr(make([ball(args[0]), 1], prec=length), method)()
        return [result(series[k], "a derivative") for k in range(length)]

    return taylor


def _gaussian(h: Any) -> Series:
    found: Series = (h * h).exp() * 2 / arb.pi().sqrt()
    return found


def _hyperbolic_cosine(h: Any) -> Series:
    found: Series = (h.exp() + (-h).exp()) / 2
    return found


Taylor = Callable[[int, list[Scalar], int], list[Scalar]]
HEADS: Final[dict[str, tuple[Callable[..., Scalar], Taylor]]] = {
    "erfi": (erfi, _by_slope(erfi, _gaussian)),
    "erfinv": (erfinv, _inverse_taylor(erfinv, 1)),
    "erfcinv": (erfcinv, _inverse_taylor(erfcinv, -1)),
    "fresnels": (fresnel_s, _by_slope(fresnel_s, lambda h: (h * h * arb.pi() / 2).sin())),
    "fresnelc": (fresnel_c, _by_slope(fresnel_c, lambda h: (h * h * arb.pi() / 2).cos())),
    "Si": (sine_integral, _by_method("si")),
    "Shi": (hyperbolic_sine_integral, _by_method("shi")),
    "Ei": (exponential_integral, _by_slope(exponential_integral, lambda h: h.exp() / h, False)),
    "Ci": (cosine_integral, _by_slope(cosine_integral, lambda h: h.cos() / h, False)),
    "Chi": (
        hyperbolic_cosine_integral,
        _by_slope(hyperbolic_cosine_integral, lambda h: _hyperbolic_cosine(h) / h, False),
    ),
    "li": (
        logarithmic_integral,
        _by_slope(logarithmic_integral, lambda h: 1 / h.log(), False),
    ),
    "Li": (
        offset_logarithmic_integral,
        _by_slope(offset_logarithmic_integral, lambda h: 1 / h.log(), False),
    ),
    "expint": (exponential_integral_of_order, exponential_integral_taylor),
}
