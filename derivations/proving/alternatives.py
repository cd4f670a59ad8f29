"""The condition of a claim as alternatives: places whose union is where the claim is stated.

`Or` splits into places, `eq(p, q)` replaces a variable by what it equals, `Not` is moved inwards.
What cannot be used is left out, which asks for more than the claim does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from derivations.core.claim import Variable
from derivations.core.conditions import And, Not, Or
from derivations.core.domain import Domain, Interval
from derivations.core.formula import Formula, FormulaError, Neg, Relation, Symbol
from derivations.core.formula import oo as infinity
from derivations.core.substitute import free_symbols, substitute
from derivations.proving.bounds import range_of
from derivations.proving.conditions import holds
from derivations.proving.demands import demands
from derivations.proving.places import NEGATED, SWAPPED, Place, isolated, place
from derivations.proving.quick_signs import quick_sign

MOST_ALTERNATIVES: Final = 12
Conjunction: TypeAlias = "tuple[Relation, ...]"
Domains: TypeAlias = "Mapping[Variable, Domain]"


def alternatives(condition: Formula | None, here: Place) -> list[Conjunction] | None:
    """Conjunctions of which one holds wherever the condition does; None where there are too many.

    What is known to hold on the place is left out, what is known to fail leaves its conjunction.
    """
    if condition is None:
        return [()]
    found = _normal(condition, here, False)
    return None if found is None or len(found) > MOST_ALTERNATIVES else found


def _normal(condition: Formula, here: Place, negated: bool) -> list[Conjunction] | None:
    match condition:
        case Not(arg):
            return _normal(arg, here, not negated)
        case And(args) | Or(args):
            parts = [_normal(arg, here, negated) for arg in args]
            if isinstance(condition, And) is not negated:
                return _product(parts)
            if None in parts:
                return None
            return [c for part in parts if part is not None for c in part]
        case Relation():
            truth = _known(condition, here)
            if truth is not None:
                return [()] if truth is not negated else []
            if not negated:
                return [(condition,)]
            real = all(range_of(side, here.box) is not None for side in condition.parts)
            defined = all(_is_defined(side, here) for side in condition.parts)
            if defined and (real or condition.rel in ("=", "!=")):
                return [(Relation(condition.lhs, NEGATED[condition.rel], condition.rhs),)]
    return [()]  # nothing is known of it, so nothing is used


def _is_defined(side: Formula, here: Place) -> bool:
    """Whether a side is defined everywhere; where it is not, a relation fails, and so does its
    negation."""
    return all(quick_sign(d.formula, d.here) in d.wanted for d in demands(side, here))


def _product(parts: list[list[Conjunction] | None]) -> list[Conjunction] | None:
    result: list[Conjunction] = [()]
    for part in parts:
        if part is None:
            continue  # a condition that is not used
        result = [one + two for one in result for two in part]
        if len(result) > MOST_ALTERNATIVES:
            return None
    return result


def _known(relation: Relation, here: Place) -> bool | None:
    for one, rel, two in (
        (relation.lhs, relation.rel, relation.rhs),
        (relation.rhs, SWAPPED[relation.rel], relation.lhs),
    ):
        if two in (infinity, Neg(infinity)) and range_of(one, here.box) is not None:
            return rel in ("<", "<=", "!=") if two == infinity else rel in (">", ">=", "!=")
    try:
        return holds(relation, here)
    except FormulaError:
        return None


def stated(statement: Relation, on: Domains, where: Formula | None) -> list[tuple[Relation, Place]]:
    """The statement at each of the places whose union is where it is to hold."""
    whole = place(on)
    found = alternatives(where, whole)
    if found is None:
        return [(statement, place(on, where))]
    result: list[tuple[Relation, Place]] = []
    for conjunction in found:
        changed, domains, conditions = _substituted(statement, dict(on), list(conjunction))
        here: Place | None = place(domains)
        # Twice, so that a < b and b < 0 bound a in any order.
        for relation in conditions * 2:
            here = None if here is None else here.given(relation)
        if here is not None:
            result.append((changed, here))
    return result or [(statement, place(on, where))]


def _substituted(
    statement: Relation, on: dict[Variable, Domain], conditions: list[Relation]
) -> tuple[Relation, dict[Variable, Domain], list[Relation]]:
    """Variables that an equation gives are replaced; their domains become conditions."""
    for _ in range(len(conditions)):
        solved = next((s for r in conditions if (s := _solved(r, on)) is not None), None)
        if solved is None:
            break
        relation, variable, value = solved
        try:
            changed = substitute(statement, {variable: value})
            rest = [substitute(r, {variable: value}) for r in conditions if r is not relation]
        except FormulaError:
            break
        assert isinstance(changed, Relation)
        domain = on.pop(variable)
        conditions = [r for r in rest if isinstance(r, Relation)] + _bounds(value, domain)
        statement = changed
    return statement, on, conditions


def _solved(
    relation: Relation, on: dict[Variable, Domain]
) -> tuple[Relation, Symbol, Formula] | None:
    if relation.rel != "=":
        return None
    for variable, _, value in isolated(relation, place(on)):
        if isinstance(on.get(variable), Interval) and variable not in free_symbols(value):
            return relation, variable, value
    return None


def _bounds(value: Formula, domain: Domain) -> list[Relation]:
    found: list[Relation] = []
    if isinstance(domain, Interval):
        if domain.lower != Neg(infinity):
            found.append(Relation(value, ">" if domain.lower_open else ">=", domain.lower))
        if domain.upper != infinity:
            found.append(Relation(value, "<" if domain.upper_open else "<=", domain.upper))
    return found
