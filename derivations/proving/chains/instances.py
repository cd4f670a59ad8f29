"""An earlier claim at an instance: where it holds, and what it replaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from derivations.core.calculus import Derivative, Integral, Limit, Prime, Product, Sum
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
    Number,
    Relation,
    Symbol,
    num,
    oo,
)
from derivations.core.substitute import free_names, same_up_to_bound_names, substitute
from derivations.proving.bounds import is_integer, range_of, range_of_domain
from derivations.proving.chains.alike import are_alike, proved_at
from derivations.proving.chains.spots import Spot, inside, is_defined, rewritten_at
from derivations.proving.conditions import holds
from derivations.proving.places import Place, Sign, conjuncts
from derivations.proving.ranges import Range, intersection
from derivations.proving.reasons.instances import (
    Instance,
    _factors_replaced,
    _terms_replaced,
    instances,
    primes,
)
from derivations.proving.reasons.values import rational_value
from derivations.proving.signs import sign_at
from derivations.proving.similar import key

_OPAQUE: Final = (Limit, Integral, Sum, Product, Derivative)


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
            number = rational_value(value)
            return number is not None and any(rational_value(m) == number for m in members)
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
        end in (oo, Neg(oo)) or rational_value(end) is not None
        for end in (domain.lower, domain.upper)
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


@dataclass(slots=True)
class Uses:
    """What came of replacing by a claim: whether it was used at all."""

    count: int = 0


def replaced_by(
    line: Formula, other: Formula, used: Claim, at: Mapping[Symbol, Formula], spot: Spot
) -> list[Formula]:
    """The line with instances of one side of an equation replaced by the other side, wherever
    the instance certainly holds: from left to right, and from right to left."""
    line = primes(line)
    found = instances(used, at, (line, primes(other)))
    results = []
    for forward in (True, False):
        uses = Uses()
        new = _replaced(line, found, used, forward, spot, uses)
        if uses.count and new not in results:
            results.append(new)
    return results


def _replaced(
    line: Formula, found: list[Instance], used: Claim, forward: bool, spot: Spot, uses: Uses
) -> Formula:
    pairs = []
    for instance in found:
        s = instance.statement
        old, new = (s.lhs, s.rhs) if forward else (s.rhs, s.lhs)
        if not isinstance(old, Number | Symbol):
            pairs.append((key(old), old, new, dict(instance.values)))

    def rule(node: Formula, here: Spot) -> Formula | None:
        if isinstance(node, Relation):
            return None
        for wanted, old, new, values in pairs:
            if _is_instance(node, wanted, old, here) and applies(used, values, here):
                uses.count += 1
                return new
        for _, old, new, values in pairs:
            further = _further(node, old, new)
            if further is not None and _applies_around(used, values, further, here):
                uses.count += 1
                return further
            found_inside = _terms_replaced(node, old, new) or _factors_replaced(node, old, new)
            if found_inside is None or not applies(used, values, here):
                continue
            rest, put = found_inside
            there_and_back = put(rest)
            if same_up_to_bound_names(there_and_back, node):
                continue
            # What was taken out of the node and put back is the node.
            whole = (_terms_replaced(node, old, old) or _factors_replaced(node, old, old)) or None
            if whole is None or not are_alike(whole[1](whole[0]), node, here):
                continue
            uses.count += 1
            return put(rewritten_at(rest, here, rule, topmost=True))
        return None

    return rewritten_at(line, spot, rule, topmost=True)


def _is_instance(node: Formula, wanted: str, old: Formula, here: Spot) -> bool:
    if key(node) == wanted:
        return same_up_to_bound_names(node, old) or are_alike(node, old, here)
    if type(node) is type(old) and isinstance(node, _OPAQUE):
        return here.knows(old) and are_alike(node, old, here)
    return False


def _further(node: Formula, old: Formula, new: Formula) -> Derivative | None:
    """f'' where the claim is about f': the derivative of what f' is."""
    if not isinstance(node, Prime) or not isinstance(old, Prime):
        return None
    if old.head != node.head or old.point != node.point or node.order <= old.order:
        return None
    if not isinstance(node.point, Symbol):
        return None
    return Derivative(new, node.point, node.order - old.order)


def _applies_around(
    used: Claim, values: Mapping[Symbol, Formula], further: Derivative, here: Spot
) -> bool:
    around = inside(further, here)
    return around is not None and applies(used, values, around)
