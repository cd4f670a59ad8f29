"""The doubles at which a function of one variable is audited.

Every region where float64 code is known to fail has its share: uniform over the representable
numbers (all magnitudes alike), uniform over [-40, 40] and [-800, 800] (where exponentials live),
magnitudes between 1e-20 and 1e20, every neighbour of the places that the formula names (roots,
kinks, ends, thresholds of overflow) and points at all distances from them, the special values, and
where there are many points, numbers that are written with few digits. A share is spread: one point,
at random, in each of as many equal parts, so that no binade is missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from flint import arb
from numpy.random import Generator

from derivations.core.domain import Domain, FiniteSet, Integers, Interval
from derivations.core.formula import Formula, FormulaError
from numeric.accuracy.ordinals import (
    INFINITY,
    SMALLEST_NORMAL,
    Doubles,
    doubles,
    neighbours,
    ordinals,
)
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


# Numbers of few digits, where tables begin and cases are told apart.
_WRITTEN: Final = np.concatenate(
    [
        np.arange(1.0, 65.0),
        np.arange(70.0, 810.0, 10.0),
        [709.0, 745.0, 746.0, np.pi, np.e, np.log(2.0)],
        np.arange(1.0, 10.0) / 10,
        np.arange(1.0, 20.0) / 8,
        1 / np.arange(3.0, 10.0),
        10.0 ** np.arange(-20, 21),
        10.0 ** np.arange(-300, 301, 50),
        2.0 ** np.arange(-64, 65),
        2.0 ** np.arange(-1072, 1023, 16),
    ]
)
_MANY: Final = 20  # points for each of them
# Two in each binade of distances from a place, relative to its size.
_DISTANCES: Final = 2.0 ** -np.arange(1.25, 48.0, 0.5)


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
    written = _WRITTEN if count >= _MANY * _WRITTEN.size else np.array([])
    special = np.concatenate(
        [
            neighbours(landmarks, REACH),
            _around(landmarks),
            np.array(SPECIAL),
            written,
            -written,
            neighbours(span.ends, REACH),
        ]
    )
    share = max(count // 4, 1)
    kinds = (
        _everywhere(span, share, random),
        _within(span, -40.0, 40.0, share, random),
        _within(span, -800.0, 800.0, share, random),
        _magnitudes(span, share, random),
    )
    return span.keep(np.concatenate([special, *kinds]))


def _around(landmarks: Doubles) -> Doubles:
    """Points at all distances from places that are not 0: a series there is cut off somewhere."""
    places = landmarks[np.abs(landmarks) >= SMALLEST_NORMAL].reshape(-1, 1)
    with np.errstate(over="ignore"):
        found = np.concatenate([places * (1 - _DISTANCES), places * (1 + _DISTANCES)]).ravel()
    return found[np.isfinite(found)]


def _spread(count: int, random: Generator) -> Doubles:
    """A number in each of so many equal parts of [0, 1), in order."""
    return (np.arange(count) + random.random(count)) / count


def _everywhere(span: Range, count: int, random: Generator) -> Doubles:
    """Spread over the doubles of a range."""
    middle, width = (span.low + span.high) // 2, max((span.high - span.low) // count, 1)
    first = np.arange(count) - count // 2
    places = middle + first * np.int64(width) + random.integers(0, width, count)
    return doubles(places.clip(span.low, span.high))


def _within(span: Range, low: float, high: float, count: int, random: Generator) -> Doubles:
    """Spread over the part of [low, high] that lies in the range."""
    first, last = span.ends
    low, high = max(low, float(first)), min(high, float(last))
    return low + (high - low) * _spread(count, random) if low < high else np.array([])


def _magnitudes(span: Range, count: int, random: Generator) -> Doubles:
    """Spread in the logarithm, between 1e-20 and 1e20, also measured from a finite end."""
    sizes = 10.0 ** (40 * _spread(count, random) - 20)
    signed = np.where(random.integers(0, 2, count) == 0, sizes, -sizes)
    first, last = (float(end) for end in span.ends)
    from_ends = [
        end + step * sizes[::4]
        for end, step in ((first, 1), (last, -1))
        if 1e-300 < abs(end) < 1e300
    ]
    return np.concatenate([signed, *from_ends])
