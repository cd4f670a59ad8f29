"""The values of the certified evaluation: exact rationals, balls, and infinity.

A value is a `fmpq` where it is known exactly, else an `arb` ball, else an `acb` ball for a number
that is not real. Exact rationals decide what balls cannot: `z < 0` at z = 0, `0*log(x)`, `x/x`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final, NoReturn, TypeAlias

from flint import acb, arb, fmpq, fmpz

from derivations.core.formula import Array, Formula, Symbol

Scalar: TypeAlias = fmpq | arb | acb


@dataclass(frozen=True, slots=True)
class Gaussian:
    """An exact complex number, its parts fractions."""

    real: Fraction
    imag: Fraction

    def __str__(self) -> str:
        if not self.real:
            return f"{self.imag}*I"
        sign = "-" if self.imag < 0 else "+"
        return f"{self.real} {sign} {abs(self.imag)}*I"


@dataclass(frozen=True, slots=True)
class Exact:
    """An exact number that is no fraction: pi/3, sqrt(2), the zero of a function in an interval.

    `formula` is a formula without variables that says it; None where there is none, and then
    `zero_of` is what it is the zero of. `enclosed` gives it as a ball at the current precision of
    flint, `estimated` as a number of mpmath at its current precision.
    """

    text: str
    formula: Formula | None
    enclosed: Callable[[], Scalar] = field(compare=False, repr=False)
    estimated: Callable[[], Any] = field(compare=False, repr=False)
    zero_of: Formula | None = None

    def __str__(self) -> str:
        return self.text


_MOST_BITS = 100_000  # of an integer
_CLEARLY_WIDE = arb(2) ** -64

# What a variable is at a point: exact, arrays as nested tuples.
Value: TypeAlias = "int | Fraction | Gaussian | Exact | tuple[Value, ...]"
Variable: TypeAlias = Symbol | Array
Point: TypeAlias = Mapping[Variable, Value]


class Undefined(ArithmeticError):
    """The formula certainly has no value at the point; the message says where it breaks."""


class Indeterminate(ArithmeticError):
    """The precision does not decide the value, or a node is not supported; the message says it."""


class Infinity:
    """oo or -oo: an end of a range, or the value of a limit; no number to compute with."""

    __slots__ = ("sign",)

    def __init__(self, sign: int) -> None:
        self.sign = sign

    def __neg__(self) -> Infinity:
        return Infinity(-self.sign)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Infinity) and other.sign == self.sign

    def __hash__(self) -> int:
        return hash(("Infinity", self.sign))

    def __str__(self) -> str:
        return "oo" if self.sign > 0 else "-oo"

    def _refuse(self, _: object = None) -> NoReturn:
        raise Undefined("infinity is not a number")

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _refuse
    __truediv__ = __rtruediv__ = __pow__ = __rpow__ = is_zero = is_finite = _refuse


ZERO: Final = fmpq(0)
ONE: Final = fmpq(1)

# Exact rationals longer than this many bits become balls.
MAX_BITS: Final = 4096


def exact(value: int | Fraction | Gaussian | Exact) -> Scalar:
    """An exact number as a value (a complex one becomes a ball, exact where its parts are dyadic).

    >>> exact(Fraction(1, 3))
    1/3
    """
    if isinstance(value, int):
        return fmpq(value)
    if isinstance(value, Fraction):
        return fmpq(value.numerator, value.denominator)
    if isinstance(value, Exact):
        return value.enclosed()
    return simplified(acb(ball_of(value.real), ball_of(value.imag)))


def ball_of(value: Fraction) -> arb:
    """A fraction as a ball."""
    return arb(fmpq(value.numerator, value.denominator))


def as_number(value: Fraction) -> int | Fraction:
    """A fraction as an int where it is whole: what a point holds.

    >>> as_number(Fraction(6, 2)), as_number(Fraction(1, 2))
    (3, Fraction(1, 2))
    """
    return int(value) if value.denominator == 1 else value


def ball(value: Scalar) -> arb | acb:
    return arb(value) if isinstance(value, fmpq) else value


def as_int(value: object) -> int | None:
    """The integer that a value exactly is, or None."""
    if isinstance(value, fmpq):
        return int(value.p) if value.q == 1 else None
    if isinstance(value, arb) and value.is_exact() and value.is_integer():
        return the_integer_in(value)
    return None


def the_integer_in(value: arb) -> int | None:
    """The only integer in a ball; None where there are none or several, or huge ones.

    FLINT ends the whole process when it is asked that of a ball with a huge middle, or with a
    middle or a radius that is tiny beyond words.

    >>> the_integer_in(arb(3, 2) - arb(1) / 7), the_integer_in(arb(7, arb(2) ** -(10**30)))
    (None, 7)
    """
    if not abs(value) < arb(2) ** _MOST_BITS:
        return None
    middle, radius = arb(value.mid()), arb(value.rad())
    if abs(middle) < _CLEARLY_WIDE:
        middle, radius = arb(0), radius + _CLEARLY_WIDE
    wide = arb(middle, (radius + _CLEARLY_WIDE).upper())
    whole: fmpz | None = wide.unique_fmpz()
    return None if whole is None or not value.contains(whole) else int(whole)


def simplified(value: Scalar) -> Scalar:
    """A complex ball whose imaginary part is exactly 0 as a real one."""
    if isinstance(value, acb) and value.imag.is_zero():
        return value.real
    return value


def is_zero(value: Scalar) -> bool:
    """Whether the value is exactly 0."""
    return value == 0 if isinstance(value, fmpq) else bool(value.is_zero())


def may_vanish(value: Scalar) -> bool:
    if isinstance(value, fmpq):
        return value == 0
    return bool(value.contains(0)) or not value.is_finite()


def sign_of(value: Scalar) -> int | None:
    """The sign of a real value: 1, 0, -1, or None where the ball does not decide."""
    if isinstance(value, acb):
        return None
    if value > 0:
        return 1
    if value < 0:
        return -1
    return 0 if is_zero(value) else None


def times(a: Scalar, b: Scalar) -> Scalar:
    if isinstance(a, fmpq):
        if isinstance(b, fmpq):
            return shortened(a * b)
        return ZERO if a == 0 and b.is_finite() else a * b
    if isinstance(b, fmpq):
        return ZERO if b == 0 and a.is_finite() else a * b
    return simplified(a * b)


def divided(a: Scalar, b: Scalar) -> Scalar:
    if is_zero(b):
        raise Undefined("a denominator is 0")
    if may_vanish(b):
        raise Indeterminate("the precision does not tell a denominator from 0")
    if isinstance(a, fmpq):
        if isinstance(b, fmpq):
            return shortened(a / b)
        if a == 0:
            return ZERO
    return simplified(a / b)


def shortened(value: fmpq) -> Scalar:
    """An exact rational, as a ball where it has grown too long to be worth its exactness."""
    if value.height_bits() <= MAX_BITS // 2:
        return value
    if value.p.height_bits() + value.q.height_bits() > MAX_BITS:
        return arb(value)
    return value


def raised(base: Scalar, n: int) -> Scalar:
    """An integer power; 0**0 is 1."""
    if n == 0:
        return ONE
    if n < 0:
        if is_zero(base):
            raise Undefined(f"0 to the power {n}")
        if may_vanish(base):
            raise Indeterminate("the precision does not tell the base of a power from 0")
    if isinstance(base, fmpq):
        bits = base.p.height_bits() + base.q.height_bits()
        if bits * abs(n) <= MAX_BITS or base in {0, 1, -1}:
            return base**n
        return arb(base) ** n
    if isinstance(base, arb) and base.contains(0):
        return (acb(base) ** n).real  # arb gives nan for a ball whose middle is 0
    return simplified(base**n)
