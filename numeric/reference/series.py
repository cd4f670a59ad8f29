"""Truncated power series over mpmath's floats: how the second evaluation differentiates.

A `Series` is the value of an expression at `x + t`, as a polynomial in `t`. The coefficients of a
series may be series of a lower level: a derivative inside a derivative has a `t` of its own.
Nothing of this is shared with the Taylor arithmetic of the balls in `numeric.balls.jets`.

>>> t = Series(1, (mpf(3), mpf(1), 0))
>>> (1 / t).terms[1] == -1 / mpf(9)
True
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import mpmath
from mpmath import mp, mpf


class NotSmooth(Exception):  # noqa: N818 (a message between evaluations, no error)
    """The series of an expression is not known here: at a kink, or of such a function."""


class Series:
    """`terms[k]` is the coefficient of t**k; an integer 0 is a coefficient that is certainly 0."""

    __slots__ = ("level", "terms")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, level: int, terms: tuple[Any, ...]) -> None:
        self.level = level
        self.terms = terms

    def __neg__(self) -> Series:
        return Series(self.level, tuple(-c for c in self.terms))

    def __add__(self, other: Any) -> Series:
        if isinstance(other, Series):
            if other.level == self.level:
                pairs = zip(self.terms, other.terms, strict=True)
                return Series(self.level, tuple(_sum(a, b) for a, b in pairs))
            if other.level > self.level:
                return other + self
        return Series(self.level, (_sum(self.terms[0], other), *self.terms[1:]))

    __radd__ = __add__

    def __sub__(self, other: Any) -> Series:
        return self + (-other)

    def __rsub__(self, other: Any) -> Series:
        return -self + other

    def __mul__(self, other: Any) -> Series:
        if isinstance(other, Series):
            if other.level == self.level:
                return Series(self.level, _convolved(self.terms, other.terms))
            if other.level > self.level:
                return other * self
        return Series(self.level, tuple(_product(c, other) for c in self.terms))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Series:
        if isinstance(other, Series):
            if other.level > self.level:
                return self * (1 / other)
            if other.level == self.level:
                return Series(self.level, _divided(self.terms, other.terms))
        return Series(self.level, tuple(_quotient(c, other) for c in self.terms))

    def __rtruediv__(self, other: Any) -> Series:
        zeros = (0,) * (len(self.terms) - 1)
        return Series(self.level, _divided((other, *zeros), self.terms))

    def __pow__(self, exponent: Any) -> Any:
        return power(self, exponent)

    def __rpow__(self, base: Any) -> Any:
        return power(base, self)

    def __lt__(self, other: Any) -> bool:
        return bool(difference_of(self, other) < 0)

    def __gt__(self, other: Any) -> bool:
        return bool(difference_of(self, other) > 0)

    def __eq__(self, other: object) -> bool:
        return bool(difference_of(self, other) == 0)


def difference_of(left: Any, right: Any) -> Any:
    """A number that is to 0 as the left is to the right, for all small t.

    Errors: `NotSmooth` where they are equal at t = 0, so that the side of it decides.
    """
    difference = value_of(left - right)
    if difference == 0:
        raise NotSmooth("a condition changes here")
    return difference


def value_of(number: Any) -> Any:
    """The value at t = 0, on all levels."""
    while isinstance(number, Series):
        number = number.terms[0]
    return number


def _is_nothing(c: Any) -> bool:
    return c.__class__ is int and c == 0


def _sum(a: Any, b: Any) -> Any:
    return b if _is_nothing(a) else a if _is_nothing(b) else a + b


def _product(a: Any, b: Any) -> Any:
    return 0 if _is_nothing(a) or _is_nothing(b) else a * b


def _quotient(a: Any, b: Any) -> Any:
    if not isinstance(b, Series) and b == 0:
        raise ZeroDivisionError
    return 0 if _is_nothing(a) else a / b


def _convolved(a: tuple[Any, ...], b: tuple[Any, ...]) -> tuple[Any, ...]:
    found: list[Any] = []
    for n in range(len(a)):
        term: Any = 0
        for k in range(n + 1):
            term = _sum(term, _product(a[k], b[n - k]))
        found.append(term)
    return tuple(found)


def _divided(a: tuple[Any, ...], b: tuple[Any, ...]) -> tuple[Any, ...]:
    """q with q * b = a, term by term."""
    found: list[Any] = []
    for n in range(len(a)):
        rest = a[n]
        for k in range(n):
            rest = _sum(rest, -_product(found[k], b[n - k]))
        found.append(_quotient(rest, b[0]))
    return tuple(found)


def _slope(u: Series) -> Series:
    """u', short of its last coefficient, which is not known and not needed."""
    return Series(u.level, (*(_product(k, u.terms[k]) for k in range(1, len(u.terms))), 0))


def _integrated(start: Any, slope: Series) -> Series:
    """The series with that constant term and that derivative."""
    terms = (_quotient(c, mpf(k)) for k, c in enumerate(slope.terms[:-1], start=1))
    return Series(slope.level, (start, *terms))


def _composed(coefficients: list[Any], u: Series) -> Series:
    """The sum of coefficients[k] * (u - u(0))**k."""
    small = Series(u.level, (0, *u.terms[1:]))
    result: Any = coefficients[-1]
    for c in reversed(coefficients[:-1]):
        result = small * result + c
    return result if isinstance(result, Series) else small * 0 + result


def power(base: Any, exponent: Any) -> Any:
    """base**exponent where at least one of the two is a series.

    Errors: `NotSmooth` for a power of 0 that is not a natural one.
    """
    if isinstance(exponent, Series):
        if value_of(base) == 0:
            raise NotSmooth("a power of 0 whose exponent varies")
        return applied("exp", exponent * applied("log", base))
    if isinstance(base, Series) and mpmath.isint(exponent) and abs(exponent) <= 64:
        n = int(mpmath.re(exponent))
        result: Any = 1
        for _ in range(abs(n)):
            result = result * base
        return result if n >= 0 else 1 / result
    value = value_of(base)
    if mpmath.im(value) == 0 and mpmath.re(value) <= 0:
        raise NotSmooth("a power that is not natural branches here")
    # p = u**a solves u*p' = a*u'*p.
    u, n = base.terms, len(base.terms)
    found: list[Any] = [u[0] ** exponent]
    for k in range(1, n):
        term: Any = 0
        for j in range(1, k + 1):
            term = _sum(term, _product((exponent * j - (k - j)), _product(u[j], found[k - j])))
        found.append(_quotient(term, u[0] * k))
    return Series(base.level, tuple(found))


def by_slope(start: Any, u: Series, slope: Any) -> Series:
    """f(u), where f has the value `start` at the constant term and f'(u) is `slope`."""
    return _integrated(start, _slope(u) * slope)


def by_coefficients(coefficients: list[Any], u: Series) -> Series:
    """The sum of coefficients[k] * (u - u(0))**k."""
    return _composed(coefficients, u)


def _cyclic(start: str, following: str, sign: int) -> Callable[[Series], Series]:
    """A function with f'' = sign * f, by its name and that of its derivative."""

    def series(u: Series) -> Series:
        first, second = applied(start, u.terms[0]), applied(following, u.terms[0])
        signs = {"cos": -1}
        values = [first, signs.get(start, 1) * second]
        coefficients: list[Any] = []
        for k in range(len(u.terms)):
            coefficients.append(values[k % 2] * sign ** (k // 2) / mp.factorial(k))
        return _composed(coefficients, u)

    return series


def _exp(u: Series) -> Series:
    first = applied("exp", u.terms[0])
    return _composed([first / mp.factorial(k) for k in range(len(u.terms))], u)


def _by_slope(name: str, slope: Callable[[Series], Any]) -> Callable[[Series], Series]:
    def series(u: Series) -> Series:
        return _integrated(applied(name, u.terms[0]), _slope(u) * slope(u))

    return series


def _absolute(u: Series) -> Series:
    if value_of(u) == 0 or not _is_real(u):
        raise NotSmooth("Abs has a kink, or goes off the real line")
    return u if mpmath.re(value_of(u)) > 0 else -u


def _sign(u: Series) -> Any:
    if value_of(u) == 0 or not _is_real(u):
        raise NotSmooth("sign has a jump, or goes off the real line")
    return mp.sign(mpmath.re(value_of(u)))


def _is_real(u: Any) -> bool:
    if isinstance(u, Series):
        return all(map(_is_real, u.terms))
    return bool(mpmath.im(u) == 0)


def _root(u: Any) -> Any:
    return power(u, mpf(1) / 2)


_FUNCTIONS: Final[dict[str, Callable[[Series], Any]]] = {
    "exp": _exp,
    "sqrt": _root,
    "Abs": _absolute,
    "sign": _sign,
    "sin": _cyclic("sin", "cos", -1),
    "cos": _cyclic("cos", "sin", -1),
    "sinh": _cyclic("sinh", "cosh", 1),
    "cosh": _cyclic("cosh", "sinh", 1),
    "log": _by_slope("log", lambda u: 1 / u),
    "tan": _by_slope("tan", lambda u: 1 / (applied("cos", u) * applied("cos", u))),
    "tanh": _by_slope("tanh", lambda u: 1 / (applied("cosh", u) * applied("cosh", u))),
    "asin": _by_slope("asin", lambda u: 1 / _root(1 - u * u)),
    "acos": _by_slope("acos", lambda u: -1 / _root(1 - u * u)),
    "atan": _by_slope("atan", lambda u: 1 / (1 + u * u)),
    "asinh": _by_slope("asinh", lambda u: 1 / _root(1 + u * u)),
    "acosh": _by_slope("acosh", lambda u: 1 / (_root(u - 1) * _root(u + 1))),
    "atanh": _by_slope("atanh", lambda u: 1 / (1 - u * u)),
    "erf": _by_slope("erf", lambda u: applied("exp", -u * u) * 2 / mp.sqrt(mp.pi)),
    "erfc": _by_slope("erfc", lambda u: applied("exp", -u * u) * -2 / mp.sqrt(mp.pi)),
}
_OF_NUMBERS: Final[dict[str, Callable[[Any], Any]]] = {
    name: getattr(mp, {"Abs": "fabs"}.get(name, name)) for name in _FUNCTIONS
}
# Where these are analytic on the reals; elsewhere their branches differ from side to side.
_ANALYTIC: Final[dict[str, Callable[[Any], bool]]] = {
    "log": lambda v: v > 0,
    "sqrt": lambda v: v > 0,
    "asin": lambda v: abs(v) < 1,
    "acos": lambda v: abs(v) < 1,
    "atanh": lambda v: abs(v) < 1,
    "acosh": lambda v: v > 1,
}


def applied(name: str, argument: Any) -> Any:
    """A built-in function of a series or a number.

    Errors: `NotSmooth` where the series is not known.
    """
    if name not in _FUNCTIONS:
        raise NotSmooth(f"{name} has no series here")
    if not isinstance(argument, Series):
        return _OF_NUMBERS[name](argument)
    value = value_of(argument)
    if name in _ANALYTIC and not (mpmath.im(value) == 0 and _ANALYTIC[name](mpmath.re(value))):
        raise NotSmooth(f"{name} branches here")
    return _FUNCTIONS[name](argument)
