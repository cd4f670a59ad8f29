"""The doubles at which a function of one variable is audited.

Every region where float64 code is known to fail has its share: uniform over the representable
numbers (all magnitudes alike), uniform over [-40, 40] and [-800, 800] (where exponentials live),
magnitudes between 1e-20 and 1e20, every neighbour of the places that the formula names (roots,
kinks, ends, thresholds of overflow), and the special values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from flint import arb
from numpy.random import Generator

from derivations.core.domain import Domain, FiniteSet, Integers, Interval
from derivations.core.formula import Formula, FormulaError
from numeric.accuracy.ordinals import INFINITY, Doubles, doubles, neighbours, ordinals
from numeric.balls.enclose import enclose
from numeric.ulp import nearest_double
from numeric.written import infinity_of

# Doubles on each side of a place that the formula names.
REACH: Final = 16

SPECIAL: Final = (
    0.0, -0.0, 5e-324, -5e-324, 2.225073858507201e-308, -2.225073858507201e-308,
    2.2250738585072014e-308, -2.2250738585072014e-308, 2.0**-54, -(2.0**-54), 2.0**-53, -(2.0**-53),
    2.0**-52, -(2.0**-52), 0.5, -0.5, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 1e10, -1e10, 1e154, -1e154,
    1.3407807929942596e154, -1.3407807929942596e154,
    1.7976931348623157e308, -1.7976931348623157e308,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Range:
    """The doubles of an interval: from the ordinal `low` to `high`, both included."""

    low: int
    high: int

    def keep(self, values: Doubles) -> Doubles:
        places = ordinals(values)
        return values[(places >= self.low) & (places <= self.high)]

    @property
    def ends(self) -> Doubles:
        return doubles([self.low, self.high])


def range_of(domain: Interval) -> Range:
    """The doubles that lie in an interval (an infinite end stands for the largest double).

    >>> from derivations.core import UnitInterval
    >>> range_of(UnitInterval).ends.tolist()
    [5e-324, 0.9999999999999999]
    """
    low = _end(domain, lower=True)
    high = _end(domain, lower=False)
    return Range(max(low, 1 - INFINITY), min(high, INFINITY - 1))


def _end(domain: Interval, *, lower: bool) -> int:
    end, is_open = (domain.lower, domain.lower_open) if lower else (domain.upper, domain.upper_open)
    if infinity_of(end):
        return INFINITY * infinity_of(end)
    ball = _real(end)
    near = int(ordinals(nearest_double(ball.mid())))
    value = float(doubles(near))
    inside = value > ball if lower else value < ball
    return near if inside or (not is_open and ball == value) else near + (1 if lower else -1)


def _real(formula: Formula) -> arb:
    value = enclose(formula, {}, 256)
    if not isinstance(value, arb):
        raise FormulaError(f"{formula} is not real")
    return value


def battery(domain: Domain, landmarks: Doubles, count: int, random: Generator) -> Doubles:
    """About `count` doubles of a domain: its special places, then equal shares of each kind.

    Integers and finite sets give their members (small ones and powers of two where they are many).
    """
    if isinstance(domain, FiniteSet):
        return np.array([nearest_double(_real(member).mid()) for member in domain.members])
    if isinstance(domain, Integers):
        few = np.arange(-32.0, 33.0)
        many = np.concatenate([few, 2.0 ** np.arange(6, 31), -(2.0 ** np.arange(6, 31))])
        low = -np.inf if domain.lower is None else domain.lower
        high = np.inf if domain.upper is None else domain.upper
        return many[(many >= low) & (many <= high)]
    assert isinstance(domain, Interval)
    span = range_of(domain)
    special = np.concatenate(
        [neighbours(landmarks, REACH), np.array(SPECIAL), neighbours(span.ends, REACH)]
    )
    share = max(count // 4, 1)
    kinds = (
        doubles(random.integers(span.low, span.high, share, endpoint=True)),
        _within(span, -40.0, 40.0, share, random),
        _within(span, -800.0, 800.0, share, random),
        _magnitudes(span, share, random),
    )
    return span.keep(np.concatenate([special, *kinds]))


def _within(span: Range, low: float, high: float, count: int, random: Generator) -> Doubles:
    """Uniform over the part of [low, high] that lies in the range."""
    first, last = span.ends
    low, high = max(low, float(first)), min(high, float(last))
    return random.uniform(low, high, count) if low < high else np.array([])


def _magnitudes(span: Range, count: int, random: Generator) -> Doubles:
    """Uniform in the logarithm, between 1e-20 and 1e20, also measured from a finite end."""
    sizes = 10.0 ** random.uniform(-20, 20, count)
    signed = np.where(random.integers(0, 2, count) == 0, sizes, -sizes)
    first, last = (float(end) for end in span.ends)
    from_ends = [
        end + step * sizes[: count // 4]
        for end, step in ((first, 1), (last, -1))
        if 1e-300 < abs(end) < 1e300
    ]
    return np.concatenate([signed, *from_ends])
