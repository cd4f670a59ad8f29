"""Power series of the special functions over mpmath's floats, where they are quickly made.

A function with an elementary derivative is integrated term by term; polygamma is its own
derivative; polynomials are evaluated by their recurrences. The rest is left to differences.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import mpmath
from mpmath import mp, mpf

from derivations.core.special_functions import hypergeometric_counts
from numeric.balls.values import Indeterminate
from numeric.reference.series import NotSmooth, Series, applied, by_coefficients, by_slope, value_of

Function = Callable[..., Any]


def of_series(name: str, args: tuple[Any, ...], value: Function) -> Any:
    """A special function whose last argument is a series; `value` is the function.

    Errors: `NotSmooth` where the series is not known, `Indeterminate` where differences are none
    either.
    """
    u = args[-1]
    if name == "lerchphi":
        raise Indeterminate("mpmath is too slow for the differences of lerchphi")
    if not isinstance(u, Series) or any(isinstance(arg, Series) for arg in args[:-1]):
        raise NotSmooth(f"{name} has no series here")
    counts = hypergeometric_counts(name)
    if counts is not None:
        return _hypergeometric(*counts, args, value)
    if name in _PARTS:
        return Series(u.level, tuple(c if c.__class__ is int else value(c) for c in u.terms))
    if name in _RECURRING:
        return _RECURRING[name](*args)
    if name in _MADE:
        return _MADE[name](u)
    if name in {"digamma", "polygamma"}:
        return _polygamma(u, args[0] if name == "polygamma" else 0, value)
    if name in _LADDERS:
        return _LADDERS[name](*args)
    if name in _SLOPES:
        return by_slope(value(*args[:-1], u.terms[0]), u, _SLOPES[name](*args))
    raise NotSmooth(f"{name} has no series here")


_PARTS: Final = frozenset({"re", "im", "conjugate"})


def _over(over: str, under: str) -> Function:
    return lambda u: (applied(over, u) if over else 1) / applied(under, u)


def _of_reciprocal(known: str) -> Function:
    return lambda u: applied(known, 1 / u)


_MADE: Final[dict[str, Function]] = {
    "cot": _over("cos", "sin"), "sec": _over("", "cos"), "csc": _over("", "sin"),
    "coth": _over("cosh", "sinh"), "sech": _over("", "cosh"), "csch": _over("", "sinh"),
    "acot": _of_reciprocal("atan"), "asec": _of_reciprocal("acos"),
    "acsc": _of_reciprocal("asin"), "acoth": _of_reciprocal("atanh"),
    "asech": _of_reciprocal("acosh"), "acsch": _of_reciprocal("asinh"),
}  # fmt: skip


def _gaussian(u: Series, sign: int) -> Any:
    return 2 * applied("exp", sign * u * u) / mp.sqrt(mp.pi)


def _fresnel(name: str) -> Function:
    return lambda u: applied(name, u * u * (mp.pi / 2))


def _over_itself(name: str) -> Function:
    return lambda u: applied(name, u) / u


def _incomplete(sign: int) -> Function:
    def slope(s: Any, u: Series) -> Any:
        if mpmath.re(value_of(u)) <= 0 or mpmath.im(value_of(u)) != 0:
            raise NotSmooth("an incomplete gamma function branches here")
        return sign * applied("exp", (s - 1) * applied("log", u) - u)

    return slope


_SLOPES: Final[dict[str, Function]] = {
    "erfi": lambda u: _gaussian(u, 1),
    "fresnels": _fresnel("sin"),
    "fresnelc": _fresnel("cos"),
    "Ei": _over_itself("exp"),
    "Ci": _over_itself("cos"),
    "Chi": _over_itself("cosh"),
    "li": lambda u: 1 / applied("log", u),
    "Li": lambda u: 1 / applied("log", u),
    "uppergamma": _incomplete(-1),
    "lowergamma": _incomplete(1),
}


def _polygamma(u: Series, order: Any, value: Function) -> Any:
    if mpmath.re(order) < 0:
        raise NotSmooth("polygamma of a negative order has no series here")
    start = _number(u.terms[0], "polygamma")
    coefficients = [mp.psi(int(order) + k, start) / mp.factorial(k) for k in range(len(u.terms))]
    return by_coefficients(coefficients, u)


def _number(start: Any, name: str) -> Any:
    if isinstance(start, Series):
        raise NotSmooth(f"{name} has no series in a series")
    return start


def _polylogarithm(s: Any, u: Series) -> Any:
    """(z d/dz)**j lowers the order by j; z**k (d/dz)**k is a polynomial in it."""
    z = _number(u.terms[0], "polylog")
    if z == 0:
        raise NotSmooth("polylog has no series at 0 here")
    lower = [mp.polylog(s - j, z) for j in range(len(u.terms))]
    coefficients, row = [], [1]
    for k in range(len(u.terms)):
        total = mp.fsum(c * value for c, value in zip(row, lower, strict=False))
        coefficients.append(total / (mp.factorial(k) * z**k))
        row = [(row[j - 1] if j else 0) - k * (row[j] if j <= k else 0) for j in range(k + 2)]
    return by_coefficients(coefficients, u)


def _exponential(n: Any, u: Series) -> Any:
    z = _number(u.terms[0], "expint")
    orders = range(len(u.terms))
    return by_coefficients([(-1) ** k * mp.expint(n - k, z) / mp.factorial(k) for k in orders], u)


def _bessel(kind: Function, inner: int, outer: int) -> Function:
    """f_n' is outer*(f_{n-1} + inner*f_{n+1})/2."""

    def series(n: Any, u: Series) -> Any:
        z = _number(u.terms[0], "a Bessel function")
        if z == 0:
            raise NotSmooth("a Bessel function has no series at 0 here")
        coefficients = []
        for k in range(len(u.terms)):
            shifts = range(k + 1)
            total = sum(inner**j * mp.binomial(k, j) * kind(n - k + 2 * j, z) for j in shifts)
            coefficients.append(total * (mpf(outer) / 2) ** k / mp.factorial(k))
        return by_coefficients(coefficients, u)

    return series


def _airy(kind: Function, shift: int) -> Function:
    """f'' = z*f gives the coefficients one after the other; of f' they are those of f, shifted."""

    def series(u: Series) -> Any:
        z = _number(u.terms[0], "an Airy function")
        c = [kind(z), kind(z, derivative=1)]
        for k in range(len(u.terms)):
            total = (z * c[k] if z else 0) + (c[k - 1] if k else 0)
            c.append(total / ((k + 1) * (k + 2)) if total else 0)
        if shift:
            c = [k * value for k, value in enumerate(c)][1:]
        return by_coefficients(c[: len(u.terms)], u)

    return series


def _hypergeometric(p: int, q: int, args: tuple[Any, ...], value: Function) -> Any:
    upper, lower, u = args[:p], args[p : p + q], args[-1]
    z = _number(u.terms[0], "hyper")
    coefficients, factor = [], mpf(1)
    for k in range(len(u.terms)):
        above, below = [a + k for a in upper], [b + k for b in lower]
        coefficients.append(factor * value(*above, *below, z) if factor else mpf(0))
        over = mp.fprod(above) / (k + 1)
        if over and not all(below):
            raise NotSmooth("hyper has no series here")
        factor = factor * over / mp.fprod(below) if over else mpf(0)
    return by_coefficients(coefficients, u)


_LADDERS: Final[dict[str, Function]] = {
    "polylog": _polylogarithm,
    "expint": _exponential,
    "besselj": _bessel(mp.besselj, -1, 1),
    "bessely": _bessel(mp.bessely, -1, 1),
    "besseli": _bessel(mp.besseli, 1, 1),
    "besselk": _bessel(mp.besselk, 1, -1),
    "hankel1": _bessel(mp.hankel1, -1, 1),
    "hankel2": _bessel(mp.hankel2, -1, 1),
    "airyai": _airy(mp.airyai, 0),
    "airybi": _airy(mp.airybi, 0),
    "airyaiprime": _airy(mp.airyai, 1),
    "airybiprime": _airy(mp.airybi, 1),
}


# --------------------------------------------------------------------------------- polynomials


def _steps(n: Any, most: int = 400) -> int:
    if not mpmath.isint(n) or not 0 <= n <= most:
        raise NotSmooth("a polynomial of such a degree has no series here")
    return int(mpmath.re(n))


def _recurring(second: int, step: Function) -> Function:
    def value(n: Any, u: Series) -> Any:
        before, last = u * 0 + mpf(1), u * second
        degree = _steps(n)
        if degree == 0:
            return before
        for k in range(2, degree + 1):
            before, last = last, step(k, u, last, before)
        return last

    return value


_RECURRING: Final[dict[str, Function]] = {
    "chebyshevt": _recurring(1, lambda k, u, last, before: 2 * u * last - before),
    "chebyshevu": _recurring(2, lambda k, u, last, before: 2 * u * last - before),
    "hermite": _recurring(2, lambda k, u, last, before: 2 * u * last - 2 * (k - 1) * before),
    "legendre": _recurring(
        1, lambda k, u, last, before: ((2 * k - 1) * u * last - (k - 1) * before) / mpf(k)
    ),
}
