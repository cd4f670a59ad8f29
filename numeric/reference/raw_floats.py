"""mpmath's arithmetic on its raw floats (the tuples inside an `mpf`), real values only.

Each operation takes two raw floats (the second is not looked at where there is one argument) and
a precision in bits. What leaves the real numbers raises `NotReal`: who asked then goes the long
way, with mpmath's own objects.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any, Final, TypeAlias

from mpmath import libmp
from mpmath.libmp import ComplexResult, fzero

Raw: TypeAlias = "tuple[int, int, int, int]"
Operation: TypeAlias = "Callable[[Any, Any, int], Any]"


class NotReal(Exception):  # noqa: N818 (a message between evaluations, no error)
    """No finite real value comes out; it says nothing about which value does."""


# What an operation may raise besides `NotReal`.
TROUBLES: Final = (NotReal, ComplexResult, ZeroDivisionError, ValueError, OverflowError)


def add(a: Raw, b: Raw, prec: int) -> Raw:
    return libmp.mpf_add(a, b, prec, "n")


def negative(a: Raw, _: Raw, prec: int) -> Raw:
    return libmp.mpf_neg(a, prec, "n")


def multiply(a: Raw, b: Raw, prec: int) -> Raw:
    return libmp.mpf_mul(a, b, prec, "n")


def divide(a: Raw, b: Raw, prec: int) -> Raw:
    return libmp.mpf_div(a, b, prec, "n")


def power(a: Raw, b: Raw, prec: int) -> Raw:
    """a**b; 0**0 is 1, and 0 to a negative power is not real."""
    if a == fzero and b != fzero and b[0]:
        raise NotReal
    return libmp.mpf_pow(a, b, prec, "n")


@cache
def whole_power(n: int) -> Operation:
    """a**n for a natural n."""
    return lambda a, _, prec: libmp.mpf_pow_int(a, n, prec, "n")


def absolute(a: Raw, _: Raw, prec: int) -> Raw:
    return libmp.mpf_abs(a, prec, "n")


def sign(a: Raw, _: Raw, prec: int) -> Raw:
    return libmp.from_int(libmp.mpf_sign(a))


def sign_off_zero(a: Raw, _: Raw, prec: int) -> Raw:
    """The slope of |a|, which has none at 0."""
    if a == fzero:
        raise NotReal
    return libmp.from_int(libmp.mpf_sign(a))


def _logarithm(a: Raw, _: Raw, prec: int) -> Raw:
    if a == fzero:
        raise NotReal
    return libmp.mpf_log(a, prec, "n")


def _known(name: str) -> Operation:
    function = getattr(libmp, f"mpf_{name}")
    return lambda a, _, prec: function(a, prec, "n")


FUNCTIONS: Final[dict[str, Operation]] = {
    name: _known(name)
    for name in (
        *("exp", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh"),
        *("atan", "asin", "acos", "asinh", "acosh", "atanh", "erf", "erfc"),
    )
} | {"log": _logarithm, "Abs": absolute, "sign": sign}

CONSTANTS: Final[dict[str, Callable[[int], Raw]]] = {
    "pi": lambda prec: libmp.mpf_pi(prec, "n"),
    "EulerGamma": lambda prec: libmp.mpf_euler(prec, "n"),
}


def raw(value: object, prec: int) -> Raw:
    """An exact number, or a float of mpmath's, as a raw float.

    Errors: `NotReal` for any other value.
    """
    if isinstance(value, int):
        return libmp.from_int(value, prec, "n")
    if isinstance(value, Fraction):
        return libmp.from_rational(value.numerator, value.denominator, prec, "n")
    found = getattr(value, "_mpf_", None)
    if found is None:
        raise NotReal
    return found


def is_finite(a: Raw) -> bool:
    """Whether a raw float is neither infinite nor nan."""
    return bool(a[1]) or a == fzero
