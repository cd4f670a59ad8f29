"""Whether two formulas certainly differ somewhere: these need not be proved equal.

One point is looked at, with the ranges of the formulas there; they are outer bounds, so that
disjoint ranges tell the formulas apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from flint import fmpq

from derivations.core.claim import Variable
from derivations.core.formula import Array, Formula
from derivations.proving.bounds import Box, range_of
from derivations.proving.places import Place, sign_of_range
from derivations.proving.ranges import Range, intersection

_STEPS: Final = (fmpq(3, 7), fmpq(5, 11), fmpq(7, 13), fmpq(4, 9), fmpq(6, 17))


def certainly_differ(one: Formula, two: Formula, here: Place) -> bool:
    """Whether the values at some point of the place lie apart; False where that is not known.

    Where both are undefined at the point, their ranges say nothing: what is told apart so is only
    left unproved.
    """
    at = _point(here)
    if at is None:
        return False
    left, right = range_of(one, at), range_of(two, at)
    return left is not None and right is not None and intersection(left, right) is None


def _point(here: Place) -> Box | None:
    """A point of the place; None where none is found at once."""
    ranges: dict[Variable, Range | None] = {}
    for number, (variable, r) in enumerate(_in_order(here.box.ranges.items())):
        if r is None or isinstance(variable, Array):
            ranges[variable] = r
            continue
        value = _inside(r, number, variable in here.box.integers)
        if value is None:
            return None
        ranges[variable] = Range(value, value)
    at = Box(ranges, here.box.integers)
    if all(sign_of_range(range_of(fact, at)) in sign for fact, sign in here.facts):
        return at
    return None


def _in_order(
    items: Iterable[tuple[Variable, Range | None]],
) -> list[tuple[Variable, Range | None]]:
    return sorted(items, key=lambda item: item[0].name)


def _inside(r: Range, number: int, integer: bool) -> fmpq | None:
    step = _STEPS[number % len(_STEPS)] + number // len(_STEPS)
    if integer:
        low = r.low if r.low is not None else fmpq(0) if r.high is None else r.high - 2
        value = fmpq(low.ceil()) + 1 + number % 2
        return value if r.high is None or value <= r.high else fmpq(low.ceil())
    if r.low is not None and r.high is not None:
        return r.low if r.low == r.high else r.low + (r.high - r.low) * step / (1 + step)
    if r.low is not None:
        return r.low + step
    return step if r.high is None else r.high - step
