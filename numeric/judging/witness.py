"""A simpler point at which a refuted claim still fails."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

from derivations.core.claim import Claim
from derivations.core.domain import Domain, IndexRange, Integers
from numeric.balls.values import Gaussian, Indeterminate, Point, Value, Variable
from numeric.judging.compare import Bench
from numeric.judging.findings import Finding, Outcome
from numeric.points.arranged import Condition
from numeric.points.places import places_of
from numeric.points.sample import size_symbols

_SIMPLER = 16


def shrunk(claim: Claim, point: Point, finding: Finding, bench: Bench) -> tuple[Point, Finding]:
    """The witness with each value replaced by a simpler one of its domain, where it still fails."""
    condition = Condition(claim.where)
    shaping = frozenset(size_symbols(claim))
    for variable, domain in claim.on:
        for value in _simpler(point[variable], variable, domain, shaping):
            candidate = {**point, variable: value}
            if not condition.holds(candidate):
                continue
            found = bench.finding_at(claim.lhs, claim.rel, claim.rhs, candidate)
            if found.outcome is Outcome.FAILS:
                point, finding = candidate, found
                break
    return point, finding


def _simpler(
    value: Value, variable: Variable, domain: Domain, shaping: frozenset[Variable]
) -> list[Value]:
    """Values to try instead of `value`, the simplest first; none for sizes, which shape arrays."""
    if isinstance(domain, IndexRange):
        return []
    try:
        special = list(islice(places_of(domain).special, _SIMPLER))
    except Indeterminate:
        return []
    if isinstance(value, tuple):
        return [_constant(value, entry) for entry in (0, 1) if entry in special]
    if isinstance(domain, Integers) and variable in shaping:
        return []
    return [entry for entry in special if _weight(entry) < _weight(value)]


def _constant(like: Value, entry: Value) -> Value:
    return tuple(_constant(part, entry) for part in like) if isinstance(like, tuple) else entry


def _weight(value: Value) -> int:
    match value:
        case int():
            return 2 * abs(value) + (value < 0)
        case Fraction():
            return 3 + 2 * (abs(value.numerator) + value.denominator) + (value < 0)
        case Gaussian():
            return 2 + _weight(value.real) + _weight(value.imag)
    return 0
