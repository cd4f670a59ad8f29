"""Points where a condition holds, on the way to candidates where it does not.

A ball in several variables, a simplex or a thin shell is met by few points drawn at random. On the
segment from a point where the condition holds to a candidate where it does not, it holds up to some
place, found by bisection; where no such point is known yet, a part of the condition that fails at
one end of a segment and another one that fails at the other are parted in the same way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from derivations.core.claim import Claim
from derivations.core.conditions import And
from derivations.core.domain import Domain, Interval
from derivations.core.formula import Relation, Symbol
from numeric.balls.values import Point, Value, Variable, as_number
from numeric.points.arranged import Condition, is_allowed
from numeric.points.inside import is_inside

_STEPS: Final = 16
_MOST_ANCHORS: Final = 24
# How near to the end of the good part of a segment, in steps of bisection, by turns.
_NEARNESS: Final = (0, 3, 1, 6, 2, 10, 4, 1)
# Mending begins where so many candidates were refused, and so many for each that was not.
_REFUSED: Final = 40
_REFUSED_FOR_EACH: Final = 2


class Reaching:
    """Mends the refused candidates of a claim."""

    def __init__(self, claim: Claim) -> None:
        self.domains: Mapping[Variable, Domain] = claim.domains
        where = claim.where
        parts = where.args if isinstance(where, And) else () if where is None else (where,)
        self.whole = Condition(where)
        self.parts = [Condition(part) for part in parts]
        self.able = (
            where is not None
            and all(isinstance(v, Symbol) and isinstance(d, Interval) for v, d in claim.on)
            and not any(isinstance(part, Relation) and part.rel == "=" for part in parts)
        )
        self.anchors: deque[Point] = deque(maxlen=_MOST_ANCHORS)
        self.accepted = self.refused = self.turn = 0

    def note(self, point: Point) -> None:
        """A point where the condition holds."""
        self.accepted += 1
        if self.able and _is_rational(point):
            self.anchors.append(point)

    def reached(self, candidate: Point) -> Point | None:
        """A point on the way to a refused candidate; None where none is found, or none is wanted,
        for enough candidates are good."""
        self.refused += 1
        enough = self.refused < _REFUSED + _REFUSED_FOR_EACH * self.accepted
        if not self.able or enough or not _is_rational(candidate):
            return None
        self.turn += 1
        base = self.anchors[self.turn % len(self.anchors)] if self.anchors else self._middle()
        if base is None:
            return None
        steps = _NEARNESS[self.turn % len(_NEARNESS)]
        found = self._on_segment(base, candidate, steps)
        if found is not None:
            self.anchors.append(found)
        return found

    def _middle(self) -> Point | None:
        """The member of each domain that is nearest to 0, or 1 where 0 is an open end."""
        found: dict[Variable, Value] = {}
        for v, domain in self.domains.items():
            values = [value for value in (0, 1, -1) if is_inside(value, domain)]
            if not values:
                return None
            found[v] = values[0]
        return found

    def _on_segment(self, base: Point, candidate: Point, steps: int) -> Point | None:
        low, high = Fraction(0), Fraction(1)
        at_low = self._failing(base)
        good = not at_low
        found: Point | None = None
        nearer = 0
        for _ in range(_STEPS):
            middle = (low + high) / 2
            point = _between(base, candidate, middle)
            failing = self._failing(point)
            if not failing:
                found = point
                if not good:
                    return found if self._allowed(found) else None
                nearer += 1
                if nearer > steps:
                    break
                low = middle
            elif good or failing != at_low:
                high = middle
            else:
                low = middle
        return found if found is not None and self._allowed(found) else None

    def _failing(self, point: Point) -> frozenset[int]:
        return frozenset(i for i, part in enumerate(self.parts) if not part.holds(point))

    def _allowed(self, point: Point) -> bool:
        return is_allowed(point, self.domains, self.whole)


def _is_rational(point: Point) -> bool:
    return all(isinstance(value, int | Fraction) for value in point.values())


def _between(base: Point, candidate: Point, part: Fraction) -> Point:
    found: dict[Variable, Value] = {}
    for v, start in base.items():
        end = candidate[v]
        assert isinstance(start, int | Fraction)
        assert isinstance(end, int | Fraction)
        found[v] = as_number(Fraction(start) + part * (Fraction(end) - Fraction(start)))
    return found
