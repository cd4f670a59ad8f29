"""Orders of growth on a tail t >= start > 1: exp(q(t)) * t**p * log(t)**r, compared and bounded.

Everything here is certified: a bound holds for *all* t >= start.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from numeric.balls.values import Indeterminate
from numeric.exact.constants import Constant, as_arb, rational


@dataclass(frozen=True, slots=True)
class Growth:
    """exp(sum of a*t**k) * t**p * log(t)**r, with powers k > 0 (largest first) and a != 0."""

    exponent: tuple[tuple[Fraction, Constant], ...] = ()
    power: Fraction = Fraction(0)
    logs: Fraction = Fraction(0)

    def __mul__(self, other: Growth) -> Growth:
        # Most of them are powers alone: fractions are added where there is something to add.
        mine, others = self.exponent, other.exponent
        return Growth(
            merged(mine, others) if mine and others else mine or others,
            _sum_of(self.power, other.power),
            _sum_of(self.logs, other.logs),
        )

    def inverse(self) -> Growth:
        return Growth(tuple((k, -a) for k, a in self.exponent), -self.power, -self.logs)

    def __truediv__(self, other: Growth) -> Growth:
        return self * other.inverse()

    def to_the(self, power: Fraction) -> Growth:
        exponent = tuple((k, a * rational(power)) for k, a in self.exponent) if power else ()
        return Growth(exponent, self.power * power, self.logs * power)

    def against(self, other: Growth) -> int:
        """1 where it outgrows the other one, -1 where that outgrows it, 0 where they are equal."""
        if self.exponent or other.exponent:
            return (self / other).trend()
        mine, others = self.power, other.power
        if mine == others:
            mine, others = self.logs, other.logs
        return (mine > others) - (mine < others)

    def trend(self) -> int:
        """1 where it tends to oo, -1 where it tends to 0, 0 for the constant 1."""
        if self.exponent:
            return self.exponent[0][1].sign()
        lead = self.power or self.logs
        return (lead > 0) - (lead < 0)

    def at(self, t: arb) -> arb:
        """Its value at t > 1."""
        value = arb(1)
        if self.exponent:
            value = sum((a.value * real_power(t, k) for k, a in self.exponent), arb(0)).exp()
        if self.power:
            value *= real_power(t, self.power)
        if self.logs:
            value *= real_power(t.log(), self.logs)
        return value


UNIT = Growth()


def _sum_of(one: Fraction, two: Fraction) -> Fraction:
    if not one:
        return two
    return one + two if two else one


def real_power(base: arb, power: Fraction) -> arb:
    """base**power for base > 0."""
    if power.denominator == 1:
        return base ** int(power)
    return base ** as_arb(power)


def merged(
    left: tuple[tuple[Fraction, Constant], ...], right: tuple[tuple[Fraction, Constant], ...]
) -> tuple[tuple[Fraction, Constant], ...]:
    """The sum of two polynomials given by their terms."""
    sums: dict[Fraction, Constant] = dict(left)
    for k, a in right:
        sums[k] = sums[k] + a if k in sums else a
    kept = ((k, a) for k, a in sums.items() if not a.is_zero)
    return tuple(sorted(kept, key=lambda term: -term[0]))


def decay(growth: Growth, start: arb) -> tuple[arb, Fraction]:
    """c >= 0 and d with t * (log growth)'(t) <= -c * t**d for all t >= start; c = 0 only where
    nothing but a logarithm falls.

    Errors: `Indeterminate` where it is not falling from `start` on (start further out).
    """
    below = Fraction(0)
    degree = growth.exponent[0][0] if growth.exponent else below
    slope = arb(0)
    for k, a in growth.exponent:
        coefficient = a.value * as_arb(k)
        if k != degree:
            # t**(k - degree) lies in (0, start**(k - degree)]
            coefficient *= real_power(start, k - degree)
            coefficient = arb(0) if coefficient <= 0 else coefficient
        slope += coefficient
    rest = as_arb(growth.power)
    if growth.logs > 0:
        rest += as_arb(growth.logs) / start.log()
    if not growth.exponent:
        if growth.power == 0 and growth.logs < 0:
            return arb(0), below
        slope = rest
    elif not rest <= 0:
        slope += rest * real_power(start, -degree)
    slope = slope.upper()
    if not slope < 0:
        raise Indeterminate("the tail does not fall yet where it was cut")
    return -slope, degree


def supremum(growth: Growth, start: arb) -> arb:
    """A bound for growth(t), t >= start, where it tends to 0 or is constant.

    Errors: `Indeterminate` where it grows, or is not falling from `start` on.
    """
    if growth == UNIT:
        return arb(1)
    if growth.trend() >= 0:
        raise Indeterminate("a part of the tail grows without bound")
    decay(growth, start)
    return growth.at(start).upper()


def tail_integral(growth: Growth, start: arb) -> tuple[arb, Growth]:
    """C and g with: the integral of growth over [t, oo) is at most C * g(t), for all t >= start.

    Errors: `Indeterminate` where the integral diverges or `start` is not far enough out.
    """
    if growth.trend() >= 0:
        raise Indeterminate("the integrand does not tend to 0")
    rate, degree = decay(growth, start)
    if degree < 1:
        # With G = growth * t**(1 - d) / rate, -G' >= growth: differentiate and compare.
        rate -= as_arb(1 - degree) * real_power(start, -degree)
        if not rate > 0:
            raise Indeterminate("the integrand does not fall faster than 1/t where it was cut")
    return (1 / rate).upper(), growth * Growth(power=1 - degree)


def integrable(growth: Growth) -> bool:
    """Whether its integral over a tail is finite."""
    if growth.exponent:
        return growth.exponent[0][1].sign() < 0
    return growth.power < -1 or (growth.power == -1 and growth.logs < -1)
