"""Intervals of reals with exact ends, open or closed, finite or not, and arithmetic on them.

Every operation returns an interval that holds all values of the operation on its operands,
where the operation is defined. An end that cannot be exact is rounded outward.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

import flint
from flint import arb, fmpq

End: TypeAlias = "tuple[fmpq | None, bool]"  # a value (None: infinite), and whether it is open

LONGEST = 160  # bits of an end before it is rounded
LARGEST = 2**4096  # beyond it an end gives way to infinity, below its reciprocal to 0
SMALLEST = fmpq(1, LARGEST)
PRECISION = 128
# The same two as balls, exactly: to turn a long number into a ball takes its time.
_LARGEST_BALL: Final = arb(2) ** 4096
_SMALLEST_BALL: Final = arb(2) ** -4096


@dataclass(frozen=True, slots=True)
class Range:
    """The reals from `low` to `high`; None is an infinite end. `low_open`: low is not attained."""

    low: fmpq | None
    high: fmpq | None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low is None:
            object.__setattr__(self, "low_open", True)
        if self.high is None:
            object.__setattr__(self, "high_open", True)

    @property
    def positive(self) -> bool:
        return self.low is not None and (self.low > 0 or (self.low == 0 and self.low_open))

    @property
    def negative(self) -> bool:
        return self.high is not None and (self.high < 0 or (self.high == 0 and self.high_open))

    @property
    def nonnegative(self) -> bool:
        return self.low is not None and self.low >= 0

    @property
    def nonpositive(self) -> bool:
        return self.high is not None and self.high <= 0

    @property
    def nonzero(self) -> bool:
        return self.positive or self.negative

    @property
    def value(self) -> fmpq | None:
        """The only value, where there is one."""
        return self.low if self.low is not None and self.low == self.high else None


LINE: Final = Range(None, None)
POSITIVE: Final = Range(fmpq(0), None, True)
NONNEGATIVE: Final = Range(fmpq(0), None)
UNIT: Final = Range(fmpq(0), fmpq(1))


def point(value: int | Fraction | fmpq) -> Range:
    exact = fmpq(value.numerator, value.denominator) if isinstance(value, Fraction) else fmpq(value)
    return Range(exact, exact)


def hull(left: Range, right: Range) -> Range:
    """The smallest range that holds both."""
    low, low_open = _least((left.low, left.low_open), (right.low, right.low_open))
    high, high_open = _greatest((left.high, left.high_open), (right.high, right.high_open))
    return Range(low, high, low_open, high_open)


def _least(one: End, two: End) -> End:
    if one[0] is None or two[0] is None:
        return None, True
    if one[0] == two[0]:
        return one[0], one[1] and two[1]
    return one if one[0] < two[0] else two


def _greatest(one: End, two: End) -> End:
    if one[0] is None or two[0] is None:
        return None, True
    if one[0] == two[0]:
        return one[0], one[1] and two[1]
    return one if one[0] > two[0] else two


def intersection(left: Range, right: Range) -> Range | None:
    """What both hold; None where that is nothing."""
    low, low_open = left.low, left.low_open
    if right.low is not None and (low is None or right.low > low):
        low, low_open = right.low, right.low_open
    elif right.low is not None and right.low == low:
        low_open = low_open or right.low_open
    high, high_open = left.high, left.high_open
    if right.high is not None and (high is None or right.high < high):
        high, high_open = right.high, right.high_open
    elif right.high is not None and right.high == high:
        high_open = high_open or right.high_open
    if low is None or high is None:
        return Range(low, high, low_open, high_open)
    if low > high or (low == high and (low_open or high_open)):
        return None
    return Range(low, high, low_open, high_open)


def negated(r: Range) -> Range:
    return Range(
        None if r.high is None else -r.high,
        None if r.low is None else -r.low,
        r.high_open,
        r.low_open,
    )


def plus(left: Range, right: Range) -> Range:
    low = None if left.low is None or right.low is None else left.low + right.low
    high = None if left.high is None or right.high is None else left.high + right.high
    return shortened(
        Range(low, high, left.low_open or right.low_open, left.high_open or right.high_open)
    )


def times(left: Range, right: Range) -> Range:
    """Products of ends; an end 0 times an infinite one is 0, as 0 bounds such products."""
    if _is_point(left) and _is_point(right):
        assert left.low is not None
        assert right.low is not None
        return shortened(point(left.low * right.low))
    if left.low is not None and right.low is not None and left.low > 0 and right.low > 0:
        top = None if left.high is None or right.high is None else left.high * right.high
        low_open = left.low_open or right.low_open
        high_open = left.high_open or right.high_open
        return shortened(Range(left.low * right.low, top, low_open, high_open))
    corners: list[tuple[fmpq | None, int, bool]] = []  # value (None: infinite), its sign, open
    for a, a_open, a_sign in _ends(left):
        for b, b_open, b_sign in _ends(right):
            sign = a_sign * b_sign
            attained_zero = (a == 0 and not a_open) or (b == 0 and not b_open)
            if sign == 0:
                corners.append((fmpq(0), 0, not attained_zero))
            elif a is None or b is None:
                corners.append((None, sign, True))
            else:
                corners.append((a * b, sign, a_open or b_open))
    low: End | None = None
    high: End | None = None
    for value, sign, is_open in corners:
        if value is not None or sign < 0:
            low = (value, is_open) if low is None else _least(low, (value, is_open))
        if value is not None or sign > 0:
            high = (value, is_open) if high is None else _greatest(high, (value, is_open))
    # All corners infinite with one sign leave the other end to a finite corner that exists:
    # both operands would need two infinite ends, and then corners of both signs occur.
    assert low is not None
    assert high is not None
    return shortened(Range(low[0], high[0], low[1], high[1]))


def _ends(r: Range) -> tuple[tuple[fmpq | None, bool, int], tuple[fmpq | None, bool, int]]:
    low_sign = -1 if r.low is None else _sign(r.low)
    high_sign = 1 if r.high is None else _sign(r.high)
    return (r.low, r.low_open, low_sign), (r.high, r.high_open, high_sign)


def _sign(value: fmpq) -> int:
    return 0 if value == 0 else 1 if value > 0 else -1


def reciprocal(r: Range) -> Range:
    """1/u where u is not 0."""
    if r.nonnegative and r.low is not None:
        return Range(
            fmpq(0) if r.high is None else 1 / r.high if r.high != 0 else fmpq(0),
            None if r.low == 0 else 1 / r.low,
            True if r.high is None or r.high == 0 else r.high_open,
            r.low_open,
        )
    if r.nonpositive:
        return negated(reciprocal(negated(r)))
    return LINE


def to_power(r: Range, n: int) -> Range:
    """u**n for an integer n, 0**0 = 1."""
    if n < 0:
        return reciprocal(to_power(r, -n))
    if n == 0:
        return point(1)
    if n % 2 == 0 and not r.nonnegative:
        return to_power(magnitude(r), n)
    if n > 64:
        return NONNEGATIVE if r.nonnegative and not r.positive else POSITIVE if r.positive else LINE
    low = None if r.low is None else r.low**n
    high = None if r.high is None else r.high**n
    return shortened(Range(low, high, r.low_open, r.high_open))


def magnitude(r: Range) -> Range:
    """|u|."""
    if r.nonnegative:
        return r
    if r.nonpositive:
        return negated(r)
    high, high_open = _greatest(
        (r.high, r.high_open), (None if r.low is None else -r.low, r.low_open)
    )
    return Range(fmpq(0), high, False, high_open)


def increasing(
    r: Range,
    function: Callable[[arb], arb],
    exact: dict[int, int],
    below: fmpq | None = None,
    above: fmpq | None = None,
) -> Range:
    """The image under a strictly increasing function, given on arb balls, its integer values at
    some integers, and its infimum and supremum where they are finite and not attained."""

    def end(value: fmpq, upper: bool) -> fmpq | None:
        if value.q == 1 and int(value) in exact:
            return fmpq(exact[int(value)])
        with flint.ctx.workprec(PRECISION):
            image = function(arb(value))
            if not image.is_finite():
                return above if upper else below
            if image > _LARGEST_BALL:
                return above if upper else fmpq(LARGEST)
            if image < -_LARGEST_BALL:
                return fmpq(-LARGEST) if upper else below
            if abs(image) < _SMALLEST_BALL:
                return fmpq(SMALLEST) if upper else fmpq(-SMALLEST)
            return (image.upper() if upper else image.lower()).fmpq()

    low = below if r.low is None else end(r.low, False)
    high = above if r.high is None else end(r.high, True)
    low_open, high_open = r.low_open, r.high_open
    # Rounding may reach the infimum or the supremum, which no value attains.
    if below is not None and (low is None or low <= below):
        low, low_open = below, True
    if above is not None and (high is None or high >= above):
        high, high_open = above, True
    return Range(low, high, low_open, high_open)


def shortened(r: Range) -> Range:
    """The range with long ends rounded outward."""
    low, high = r.low, r.high
    if _is_short(low) and _is_short(high):
        return r
    if low is not None and abs(low) > LARGEST:
        low = fmpq(LARGEST) if low > 0 else None
    if high is not None and abs(high) > LARGEST:
        high = fmpq(-LARGEST) if high < 0 else None
    if low is not None and 0 < abs(low) < SMALLEST:
        # A positive end becomes an open 0, so that what is positive stays so.
        tiny = Range(fmpq(0), high, True, r.high_open) if low > 0 else None
        if tiny is not None:
            return shortened(tiny)
        low = -SMALLEST
    if high is not None and 0 < abs(high) < SMALLEST:
        if high < 0:
            return shortened(Range(low, fmpq(0), r.low_open, True))
        high = SMALLEST
    if low is not None and low.height_bits() > LONGEST:
        with flint.ctx.workprec(PRECISION):
            low = arb(low).lower().fmpq()
    if high is not None and high.height_bits() > LONGEST:
        with flint.ctx.workprec(PRECISION):
            high = arb(high).upper().fmpq()
    return r if low is r.low and high is r.high else Range(low, high, r.low_open, r.high_open)


def _is_short(end: fmpq | None) -> bool:
    """Whether an end is neither long, nor beyond `LARGEST`, nor below `SMALLEST`."""
    return end is None or end.height_bits() <= LONGEST


def _is_point(r: Range) -> bool:
    return r.low is not None and r.low == r.high and not r.low_open and not r.high_open
