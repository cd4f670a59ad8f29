"""Balls on arrays: a middle of two doubles, high + low, and a radius, about 100 bits in all.

Arb encloses one number at a time, and most of what it costs is the way there. Here the same is done
for thousands of numbers at once, in the operations of float64 that IEEE 754 fixes to the last bit:
sums and products of two doubles are exact (Knuth 1969, Dekker 1971), and the sums, products and
quotients of pairs made of them have the bounds that Joldes, Muller and Popescu proved ("Tight and
rigorous error bounds for basic building blocks of double-word arithmetic", 2017); with u = 2**-53
these are 3 u**2, 7 u**2 and 15 u**2, and larger ones are counted. Every radius is rounded up, and
holds 2**-1000 for what underflows. Where something overflows, or is beyond what a function is
written for, the radius is nan: such a number is enclosed by nobody, and left to Arb.

What is enclosed is enclosed for sure; `numeric.accuracy.certified` holds a sample of it against
Arb all the same.

>>> x = Balls(np.array([1.0, 30.0]), 0.0, 0.0)
>>> (1 / (1 + (-x).exp())).nearest().tolist()
[0.7310585786300049, 0.9999999999999064]
"""

from __future__ import annotations

import numpy as np
from flint import arb, ctx

from numeric.accuracy.exact_sums import Numbers, quick_sum, two_product, two_sum
from numeric.ulp import nearest_double

# What a ball has as a method of that name.
FUNCTIONS = ("exp", "expm1", "log", "log1p", "sqrt", "sinh", "cosh", "tanh")

_ADDING = 2.0**-104
_MULTIPLYING = 2.0**-102
_DIVIDING = 2.0**-100
_TINY = 2.0**-1000
# Radii are sums and products of a few floats: what they are rounded by.
_UP = 1 + 2.0**-46
_FAR = 300.0  # arguments of exp, logarithms


class Balls:
    """An array of balls, with the arithmetic of numbers."""

    __slots__ = ("high", "low", "radius")
    __array_ufunc__ = None

    def __init__(self, high: Numbers, low: Numbers, radius: Numbers) -> None:
        self.high = high
        self.low = low
        self.radius = radius

    def nearest(self) -> Numbers:
        """The double to which all numbers of a ball round, nan where there is not one."""
        # Rounding is monotone: what lies between two numbers with one rounding has it too.
        reach = self.radius * _UP + np.abs(self.low) * 2.0**-50
        above, below = self.high + (self.low + reach), self.high + (self.low - reach)
        return np.where(above == below, above, np.nan)

    def where(self, chosen: Numbers) -> Balls:
        """Those balls only."""
        return Balls(*(np.broadcast_to(part, chosen.shape)[chosen] for part in self._parts()))

    def _parts(self) -> tuple[Numbers, Numbers, Numbers]:
        return self.high, self.low, self.radius

    def __neg__(self) -> Balls:
        return Balls(-self.high, -self.low, self.radius)

    def __abs__(self) -> Balls:
        sign = np.where(self.high < 0, -1.0, 1.0)
        return Balls(self.high * sign, self.low * sign, self.radius)

    def __add__(self, other: Balls | int) -> Balls:
        if isinstance(other, int):
            other = whole(other)
        high, error = two_sum(self.high, other.high)
        low, rest = two_sum(self.low, other.low)
        high, error = quick_sum(high, error + low)
        high, low = quick_sum(high, error + rest)
        radius = self.radius + other.radius + (np.abs(high) * _ADDING + _TINY)
        return Balls(high, low, radius * _UP)

    __radd__ = __add__

    def __sub__(self, other: Balls | int) -> Balls:
        return self + -other

    def __rsub__(self, other: int) -> Balls:
        return -self + other

    def __mul__(self, other: Balls) -> Balls:
        high, low = _product(self, other)
        mine, theirs = np.abs(self.high), np.abs(other.high)
        radius = mine * other.radius + theirs * self.radius + self.radius * other.radius
        return Balls(high, low, (radius + np.abs(high) * _MULTIPLYING + _TINY) * _UP)

    def __truediv__(self, other: Balls) -> Balls:
        first = self.high / other.high
        high, low = _times_double(other, first)
        second = ((self.high - high) + (self.low - low)) / other.high
        high, low = quick_sum(first, second)
        least = np.abs(other.high) * (1 - 2.0**-40) - other.radius
        least = np.where(least > 0, least, np.nan)
        size = np.abs(high)
        radius = (self.radius + size * _UP * other.radius + _TINY) / least
        return Balls(high, low, (radius + size * _DIVIDING + _TINY) * _UP)

    def __rtruediv__(self, other: int) -> Balls:
        return whole(other) / self

    def __pow__(self, exponent: int) -> Balls:
        if exponent < 0:
            return 1 / self**-exponent
        result = whole(1)
        for bit in f"{exponent:b}":
            result = result * result
            if bit == "1":
                result = result * self
        return result

    def max(self, other: Balls) -> Balls:
        return self._one_of(other, _less(self, other))

    def min(self, other: Balls) -> Balls:
        return self._one_of(other, _less(other, self))

    def _one_of(self, other: Balls, is_other: Numbers) -> Balls:
        """A maximum moves no further than what it is taken of."""
        unknown = 0.0 * (self.low + other.low)  # nan where one of them is
        return Balls(
            np.where(is_other, other.high, self.high),
            np.where(is_other, other.low, self.low),
            np.maximum(self.radius, other.radius) + unknown,
        )

    def sqrt(self) -> Balls:
        first = np.sqrt(self.high)
        square, rest = two_product(first, first)
        second = ((self.high - square) - rest + self.low) / (2 * first)
        high, low = quick_sum(first, second)
        root = np.where(high > 0, high, np.nan)
        within = np.where(self.radius < self.high * 2.0**-10, self.radius, np.nan)
        return Balls(high, low, ((within + _TINY) / root + high * _DIVIDING) * _UP)

    def exp(self) -> Balls:
        return _exponentials(self)[0]

    def expm1(self) -> Balls:
        """exp - 1, to its own size near 0."""
        whole, near, is_near = _exponentials(self)
        far = whole - 1
        radius = self.radius * (1 + 2.0**-8) + np.abs(near[0]) * _NEAR_ZERO + _TINY
        return Balls(
            np.where(is_near, near[0], far.high),
            np.where(is_near, near[1], far.low),
            np.where(is_near, radius * _UP, far.radius),
        )

    def log(self) -> Balls:
        """y + log(1 + d), y a double nearby, d = x*exp(-y) - 1."""
        inside = (self.high > 1e-130) & (self.high < 1e130)
        near = np.log(np.where(inside, self.high, 1.0))
        middle = Balls(self.high, self.low, 0.0)
        found = _logarithm(near, middle * Balls(-near, 0.0, 0.0).exp() - 1)
        return found.widened(self.radius, np.where(inside, self.high, np.nan))

    def log1p(self) -> Balls:
        """log(1 + x), to its own size near 0."""
        small = np.abs(self.high) < 0.5
        if np.all(small):
            return self._log1p()
        if not np.any(small):
            return (self + 1).log()
        parts = self.where(small)._log1p(), (self.where(~small) + 1).log()
        joined = [np.empty(small.shape) for _ in range(3)]
        for which, part in zip((small, ~small), parts, strict=True):
            for whole, piece in zip(joined, part._parts(), strict=True):
                whole[which] = piece
        return Balls(*joined)

    def _log1p(self) -> Balls:
        near = np.log1p(self.high)
        middle = Balls(self.high, self.low, 0.0)
        rest = Balls(-near, 0.0, 0.0).expm1()
        found = _logarithm(near, middle + rest + middle * rest)
        return found.widened(self.radius, 1 + self.high)

    def widened(self, radius: Numbers, argument: Numbers) -> Balls:
        """The logarithm of a number that is not known better than that."""
        least = argument * (1 - 2.0**-40) - radius
        moved = radius / np.where(least > 0, least, np.nan)
        return Balls(self.high, self.low, (self.radius + moved) * _UP)

    def cosh(self) -> Balls:
        large = abs(self).exp()
        return (large + 1 / large) * _HALF

    def sinh(self) -> Balls:
        rest = self.expm1()
        return (rest + rest / (rest + 1)) * _HALF

    def tanh(self) -> Balls:
        rest = (self + self).expm1()
        return rest / (rest + 2)


def whole(value: int) -> Balls:
    """A whole number.

    Errors: `OverflowError` where it is beyond the doubles.
    """
    high = float(value)
    low = float(value - int(high))
    return Balls(high, low, abs(float(value - int(high) - int(low))) * _UP)


def constant(value: arb) -> Balls:
    """A number that Arb knows to some 200 bits."""
    high = nearest_double(value.mid())
    low = nearest_double((value - high).mid())
    return Balls(high, low, float(abs(value - high - low).upper()) * _UP + _TINY)


# ------------------------------------------------------------------------- sums and products


def _times_double(a: Balls, b: Numbers) -> tuple[Numbers, Numbers]:
    high, error = two_product(a.high, b)
    high, rest = quick_sum(high, a.low * b)
    return quick_sum(high, rest + error)


def _product(a: Balls, b: Balls) -> tuple[Numbers, Numbers]:
    high, error = two_product(a.high, b.high)
    return quick_sum(high, error + (a.high * b.low + a.low * b.high))


def _less(a: Balls, b: Balls) -> Numbers:
    return (a.high < b.high) | ((a.high == b.high) & (a.low < b.low))


# -------------------------------------------------------------------------------- exponentials

_HALF = Balls(0.5, 0.0, 0.0)
_STEPS = 256
# What the middle of an exponential is off by, relative to it, and exp - 1 near 0 relative to that:
# the terms of the fifth order on are summed in doubles, which is 2**-58 of the first of them.
_EXPONENTIAL = 2.0**-100
_NEAR_ZERO = 2.0**-94
_REDUCTION = 2.0**-108


def _constants() -> tuple[list[float], list[tuple[float, float]], Numbers, Numbers]:
    """log(2)/256 in three parts, the first two short; 1/n!; 2**(j/256)."""
    with ctx.workprec(300):
        step = arb(2).log() / _STEPS
        parts: list[float] = []
        for bits in (36, 36, 53):
            rest = step - sum(map(arb, parts), arb(0))
            _, exponent = np.frexp(nearest_double(rest.mid()))
            unit = 2.0 ** (int(exponent) - bits)
            parts.append(round(float(rest.mid() / unit)) * unit)
        inverse = [constant(1 / arb(n).fac()) for n in range(10)]
        powers = [constant(arb(2) ** (arb(j) / _STEPS)) for j in range(_STEPS)]
    return (
        parts,
        [(one.high, one.low) for one in inverse],
        np.array([one.high for one in powers]),
        np.array([one.low for one in powers]),
    )


_STEP, _INVERSE, _POWERS_HIGH, _POWERS_LOW = _constants()


def _exponentials(x: Balls) -> tuple[Balls, tuple[Numbers, Numbers], Numbers]:
    """exp(x); exp - 1 of the middle where that is the remainder itself; and where it is."""
    inside = np.abs(x.high) <= _FAR
    high, low = np.where(inside, x.high, 0.0), np.where(inside, x.low, 0.0)
    steps = np.rint(high * (1 / _STEP[0]))
    remainder = _remainder(high, low, steps)
    tail = Balls(*_tail(remainder), 0.0)
    near = _product(remainder, tail)
    small = Balls(*near, 0.0) + 1
    number = steps.astype(np.int64)
    row = number & (_STEPS - 1)
    power = Balls(_POWERS_HIGH[row], _POWERS_LOW[row], 0.0)
    scale = (((number >> 8) + 1023) << 52).view(np.float64)
    first, second = _product(power, small)
    first, second = first * scale, second * scale
    within = np.where(inside & (x.radius < 2.0**-10), x.radius, np.nan)
    share = (within + _REDUCTION) * (1 + 2.0**-8) + _EXPONENTIAL
    is_near = (steps == 0) & ~np.isnan(within)
    return Balls(first, second, (first * share + _TINY) * _UP), near, is_near


def _remainder(high: Numbers, low: Numbers, steps: Numbers) -> Balls:
    """x - steps*log(2)/256, within 2**-108, and exactly where steps is 0: the products by the first
    two parts are exact."""
    first, error = two_sum(high, -(steps * _STEP[0]))
    second, rest = two_sum(first, -(steps * _STEP[1]))
    third, more = two_sum(second, low)
    return Balls(*two_sum(third, (error + rest) + (more - steps * _STEP[2])), 0.0)


def _tail(r: Balls) -> tuple[Numbers, Numbers]:
    """(exp(r) - 1)/r, |r| < 2**-9."""
    inverse = [Balls(high, low, 0.0) for high, low in _INVERSE]
    end = inverse[9].high
    for n in (8, 7, 6, 5):
        end = inverse[n].high + r.high * end
    total = Balls(*_times_double(r, end), 0.0) + inverse[4]
    for n in (3, 2, 1):
        total = Balls(*_product(r, total), 0.0) + inverse[n]
    return total.high, total.low


def _logarithm(near: Numbers, rest: Balls) -> Balls:
    """near + log(1 + rest), for a rest below 2**-30."""
    found = Balls(near, 0.0, 0.0) + (rest - rest * rest * _HALF)
    size = np.abs(rest.high) + rest.radius
    cube = np.where(size < 2.0**-30, size * size * size, np.nan)
    return Balls(found.high, found.low, (found.radius + 2 * cube) * _UP)
