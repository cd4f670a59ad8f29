"""Whether values certainly lie in the domain of a claim, and fulfil its condition."""

from __future__ import annotations

from collections.abc import Mapping

from derivations.core.claim import Claim
from derivations.core.conditions import And
from derivations.core.domain import (
    Complexes,
    Domain,
    FiniteSet,
    IndexRange,
    Integers,
    Interval,
)
from derivations.core.formula import (
    ONE,
    Array,
    Formula,
    FormulaError,
    Neg,
    Relation,
    Symbol,
    num,
    oo,
)
from derivations.core.substitute import free_names, substitute
from derivations.proving.bounds import is_integer, range_of, range_of_domain
from derivations.proving.chains.alike import proved_at
from derivations.proving.chains.spots import Spot, is_defined
from derivations.proving.conditions import holds
from derivations.proving.places import Place, Sign, conjuncts
from derivations.proving.ranges import Range, intersection
from derivations.proving.signs import sign_at
from derivations.proving.similar import rational


def applies(used: Claim, values: Mapping[Symbol, Formula], spot: Spot) -> bool:
    """Whether the values certainly lie in the domain of the claim, and fulfil its condition, at
    every point of the spot."""
    mentioned = free_names(used.lhs) | free_names(used.rhs)
    if used.where is not None:
        mentioned |= free_names(used.where)
    try:
        for _, domain in used.on:
            if isinstance(domain, IndexRange):
                mentioned |= free_names(domain.upper)
        for variable, domain in used.on:
            if variable not in mentioned:
                continue
            if isinstance(variable, Array):
                array = substitute(variable, values)
                assert isinstance(array, Array)
                if not _array_lies_in(array, domain, spot):
                    return False
            elif not _lies_in(values.get(variable, variable), _moved(domain, values), spot):
                return False
        return used.where is None or _is_met(substitute(used.where, values), spot)
    except FormulaError:
        return False


def _moved(domain: Domain, values: Mapping[Symbol, Formula]) -> Domain:
    if isinstance(domain, IndexRange):
        return IndexRange(substitute(domain.upper, values))
    return domain


def _lies_in(value: Formula, domain: Domain, spot: Spot) -> bool:
    if isinstance(value, Symbol):
        own = None if value in spot.hidden else spot.claim.domains.get(value)
        if own == domain:
            return True
    if not spot.knows(value):
        return False
    return all(_lies_at(value, domain, spot, here) for here in spot.places)


def _lies_at(value: Formula, domain: Domain, spot: Spot, here: Place) -> bool:
    if not is_defined(value, here):
        return False

    def has(difference: Formula, wanted: Sign) -> bool:
        sign = sign_at(difference, here, wanted=wanted)
        return sign is not Sign.IMPOSSIBLE and sign in wanted

    match domain:
        case Complexes():
            return True
        case FiniteSet(members=members):
            if isinstance(value, Symbol):
                own = spot.members(value)
                if own is not None:
                    return set(own.members) <= set(members)
            number = rational(value)
            return number is not None and any(rational(m) == number for m in members)
        case Integers(lower=lower, upper=upper):
            return (
                is_integer(value, here.box)
                and (lower is None or has(value - num(lower), Sign.NONNEGATIVE))
                and (upper is None or has(num(upper) - value, Sign.NONNEGATIVE))
            )
        case IndexRange(upper=upper):
            return (
                is_integer(value, here.box)
                and has(value - ONE, Sign.NONNEGATIVE)
                and has(upper - value, Sign.NONNEGATIVE)
            )
        case Interval(lower=low, upper=high, lower_open=low_open, upper_open=high_open):
            if range_of(value, here.box) is None:
                return False
            above = low == Neg(oo) or has(
                value - low, Sign.POSITIVE if low_open else Sign.NONNEGATIVE
            )
            return above and (
                high == oo or has(high - value, Sign.POSITIVE if high_open else Sign.NONNEGATIVE)
            )
    return False


def _array_lies_in(array: Array, domain: Domain, spot: Spot) -> bool:
    if array not in spot.hidden and spot.claim.domains.get(array) == domain:
        return True
    wanted = range_of_domain(domain)
    if wanted is None or not isinstance(domain, Interval):
        return False
    for here in spot.places:
        known = here.box.ranges.get(array)
        if known is None or not _is_within(known, wanted, domain):
            return False
    return True


def _is_within(known: Range, wanted: Range, domain: Interval) -> bool:
    exact = all(
        end in (oo, Neg(oo)) or rational(end) is not None for end in (domain.lower, domain.upper)
    )
    return exact and intersection(known, wanted) == known


def _is_met(condition: Formula, spot: Spot) -> bool:
    if not spot.knows(condition):
        return False
    for here in spot.places:
        if holds(condition, here) is True and _sides_defined(condition, here):
            continue
        relations = conjuncts(condition)
        if not relations or not _is_conjunction(condition, relations):
            return False
        for r in relations:
            if not _sides_defined(r, here):
                return False
            if holds(r, here) is not True and proved_at(r.lhs, r.rel, r.rhs, here) is None:
                return False
    return True


def _sides_defined(condition: Formula, here: Place) -> bool:
    """Whether every side of every relation in the condition has a value."""
    if isinstance(condition, Relation):
        return is_defined(condition.lhs, here) and is_defined(condition.rhs, here)
    return all(_sides_defined(part, here) for part in condition.parts)


def _is_conjunction(condition: Formula, relations: list[Relation]) -> bool:
    """Whether the condition says no more than its relations."""
    if isinstance(condition, Relation):
        return True
    return isinstance(condition, And) and all(
        _is_conjunction(arg, relations) for arg in condition.args
    )
