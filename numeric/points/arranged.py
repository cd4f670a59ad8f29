"""The condition of a claim, decided at a candidate point, and candidates mended to satisfy it.

A condition such as `a < b` or `y_1 + ... + y_K = 1` is met by few points drawn at random; a small
change of the point meets it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from flint import ctx

from derivations.core.calculus import Sum
from derivations.core.conditions import And
from derivations.core.domain import Domain, Reals
from derivations.core.formula import ONE, Array, Formula, Item, Relation, Symbol
from numeric.balls.enclose import Compiler
from numeric.balls.frames import root_frame
from numeric.balls.values import Exact, Indeterminate, Point, Undefined, Value, Variable
from numeric.exact.rational import rational_of
from numeric.exact.settled import facts_at
from numeric.points.inside import is_inside


class Condition:
    """The condition of a claim, decided exactly; doubtful points are left out."""

    def __init__(self, where: Formula | None) -> None:
        self.compiler = Compiler()
        self.run = None if where is None else self.compiler.compile(where)
        self.parts = () if where is None else (where,)
        parts = where.args if isinstance(where, And) else () if where is None else (where,)
        self.simple = [
            part
            for part in parts
            if isinstance(part, Relation)
            and isinstance(part.lhs, Symbol)
            and isinstance(part.rhs, Symbol)
        ]
        self.totals = tuple(_totals(parts))

    def arranged(self, point: Point, domains: Mapping[Variable, Domain]) -> Point | None:
        """The point if the condition holds, else one near it where it holds, else None."""
        if self.holds(point):
            return point
        changed = dict(point)
        for _ in range(len(self.simple) + 1):
            for relation in self.simple:
                a, b = relation.lhs, relation.rhs
                assert isinstance(a, Symbol)
                assert isinstance(b, Symbol)
                if domains.get(a) != domains.get(b):
                    continue
                one, two = changed[a], changed[b]
                if not (isinstance(one, int | Fraction) and isinstance(two, int | Fraction)):
                    continue
                low, high = min(one, two), max(one, two)
                if relation.rel == "=":
                    changed[b] = changed[a]
                elif relation.rel in {"<", "<="}:
                    changed[a], changed[b] = low, high
                elif relation.rel in {">", ">="}:
                    changed[a], changed[b] = high, low
        for array, total in self.totals:
            if domains.get(array) == Reals:
                changed[array] = _with_total(changed[array], total)
        return changed if changed != point and self.holds(changed) else None

    def holds(self, point: Point) -> bool:
        if self.run is None:
            return True
        with ctx.workprec(256):
            try:
                frame = root_frame(point)
                if any(isinstance(value, Exact) for value in point.values()):
                    self.compiler.seed(frame, facts_at(point, self.parts, self.compiler))
                return bool(self.run(frame))
            except (Undefined, Indeterminate):
                return False


def _totals(parts: tuple[Formula, ...]) -> Iterator[tuple[Array, Fraction]]:
    """The arrays of which a condition fixes the sum of all entries, with that sum."""
    for part in parts:
        match part:
            case Relation(
                lhs=Sum(
                    body=Item(array=Array(sizes=(size,)) as array, indices=(index,)),
                    variable=variable,
                    lower=lower,
                    upper=upper,
                ),
                rel="=",
                rhs=rhs,
            ) if index == variable and lower == ONE and upper == size:
                total = rational_of(rhs)
                if total is not None:
                    yield array, total


def _with_total(values: Value, total: Fraction) -> Value:
    """The real entries with the last one changed so that all add up to `total`."""
    assert isinstance(values, tuple)
    last = total
    for value in values[:-1]:
        assert isinstance(value, int | Fraction)
        last -= value
    return (*values[:-1], int(last) if last.denominator == 1 else last)


def is_allowed(point: Point, domains: Mapping[Variable, Domain], condition: Condition) -> bool:
    """Whether a point lies in the domains and meets the condition, both certainly: whatever
    proposes a point of a claim has to ask both."""
    inside = all(is_inside(value, domains[v]) for v, value in point.items())
    return inside and condition.holds(point)
