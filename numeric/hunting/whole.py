"""Points of whole numbers at which something may happen to a claim, however large they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, zip_longest
from typing import Any, Final

from derivations.core.claim import Claim
from derivations.core.domain import Domain, Integers
from derivations.core.formula import Call, Formula, FormulaError, Symbol, walk
from derivations.core.substitute import free_names
from derivations.proving.casework import plain
from derivations.proving.places import conjuncts
from numeric.balls.values import Indeterminate, Point, Value, Variable
from numeric.hunting.congruences import common_roots, prime_factors, roots_modulo
from numeric.hunting.coordinates import written_out
from numeric.hunting.diophantine import whole_solutions
from numeric.hunting.equations import HELPERS, equations_of, whole_polynomial
from numeric.hunting.glance import Glance, NotSeen
from numeric.hunting.grids import grid_solutions
from numeric.hunting.remainders import meeting_remainders
from numeric.points.arranged import Condition
from numeric.points.narrowed import narrowed
from numeric.points.places import places_of

_MOST_OF_ONE: Final = 60
# So many values are given to what an equation leaves free.
_GIVEN: Final = 4
_MOST_GRIDS: Final = 3
_MOST_MEETING: Final = 200


def whole_points(claim: Claim) -> Iterator[Point]:
    """Candidates; neither the domain of other variables nor the condition is asked."""
    ranges: dict[Symbol, Integers] = {
        v: d for v, d in claim.on if isinstance(v, Symbol) and isinstance(d, Integers)
    }
    if not ranges or any(not isinstance(v, Symbol) for v, _ in claim.on):
        return
    bounds = narrowed(claim)
    ranges = {v: d for v in ranges if isinstance(d := bounds[v], Integers)}
    bounded = {**ranges, **HELPERS}
    condition = Condition(claim.where)

    def wanted(found: Mapping[Symbol, int]) -> bool:
        whole = all(v in found for v, _ in claim.on)
        return not whole or condition.holds({v: found[v] for v, _ in claim.on})  # type: ignore[index]

    if len(ranges) == len(claim.on) == 1:
        ((v, d),) = ranges.items()
        for k in islice(meeting_remainders(claim, v, d), _MOST_MEETING):
            yield {v: k}
    for found in _on_grids(claim, ranges):
        yield from _completed(found, claim.domains)
    streams: list[Iterator[dict[Symbol, int]]] = [
        islice(whole_solutions(equation, bounded, wanted), _MOST_OF_ONE)
        for equation in equations_of(claim, tuple(ranges))
    ]
    streams += [islice(_with_common_divisors(claim, v, d), _MOST_OF_ONE) for v, d in ranges.items()]
    nothing: Any = object()
    for row in zip_longest(*streams, fillvalue=nothing):
        for found in row:
            if found is not nothing:
                yield from _completed(found, claim.domains)


def _on_grids(claim: Claim, ranges: Mapping[Symbol, Integers]) -> Iterator[dict[Symbol, int]]:
    """Candidates for solutions of the equations that a claim excludes, or demands."""
    written = written_out(claim)
    if written is None:
        return
    (lhs, rhs), where = written
    equations = [part.lhs - part.rhs for part in conjuncts(where) if part.rel == "="]
    if claim.rel == "!=":
        equations.insert(0, lhs - rhs)
    needed = set() if where is None else free_names(where)

    def holds(values: Mapping[Symbol, Any]) -> Any:
        if where is None or not needed <= set(values):
            return None
        try:
            return Glance(dict(values)).at(where)
        except NotSeen:
            return None

    for equation in equations[:_MOST_GRIDS]:
        yield from grid_solutions(equation, ranges, holds)


def _completed(found: Mapping[Symbol, int], domains: Mapping[Variable, Domain]) -> Iterator[Point]:
    """The solution with simple values for the variables that it leaves free."""
    free = [v for v in domains if v not in found]
    try:
        special = [places_of(domains[v]).special for v in free]
    except Indeterminate:
        return
    for rank in range(_GIVEN if free else 1):
        values: dict[Variable, Value] = {v: found[v] for v in domains if v in found}  # type: ignore[index]
        for v, given in zip(free, special, strict=True):
            if not given:
                return
            values[v] = given[min(rank, len(given) - 1)]
        yield {v: values[v] for v in domains}


def _with_common_divisors(claim: Claim, v: Symbol, domain: Integers) -> Iterator[dict[Symbol, int]]:
    """Where two polynomials of one unknown in a `gcd` or `lcm` have a divisor in common."""
    for one, other in _pairs(claim):
        f, g = whole_polynomial(one, v), whole_polynomial(other, v)
        if f is None or g is None:
            continue
        f, g = (f, g) if len(f) <= len(g) else (g, f)
        if len(f) == 1:
            pairs = [(root, abs(f[0])) for root in roots_modulo(g, f[0])] if f[0] else []
            pairs += [(root, prime) for root, prime in _prime_roots(g, f[0])]
        else:
            pairs = common_roots(f, g)
        for turn in range(3):
            for remainder, modulus in pairs:
                value = _in_range(remainder, modulus, domain, turn)
                if value is not None:
                    yield {v: value}


def _prime_roots(coefficients: list[int], number: int) -> Iterator[tuple[int, int]]:
    for prime, _ in prime_factors(number):
        for root in roots_modulo(coefficients, prime):
            yield root, prime


def _in_range(remainder: int, modulus: int, domain: Integers, turn: int) -> int | None:
    """A member with this remainder: the first ones upwards from the lower end, or downwards."""
    low, high = domain.lower, domain.upper
    if low is None and high is not None:
        value = high - (high - remainder) % modulus - turn * modulus
    else:
        start = 0 if low is None else low
        value = start + (remainder - start) % modulus + turn * modulus
    inside = (low is None or low <= value) and (high is None or value <= high)
    return value if inside else None


def _pairs(claim: Claim) -> Iterator[tuple[Formula, Formula]]:
    for side in (claim.lhs, claim.rhs):
        try:
            nodes = list(walk(plain(side)))
        except (FormulaError, RecursionError):
            continue
        for node in nodes:
            if isinstance(node, Call) and node.head.name in {"gcd", "lcm"} and len(node.args) == 2:
                yield node.args[0], node.args[1]
