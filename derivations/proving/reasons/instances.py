"""An earlier claim used at an instance: found in the line, and replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from derivations.core.claim import Claim
from derivations.core.derivation import Step, implies
from derivations.core.domain import FiniteSet, Integers, Interval
from derivations.core.formula import (
    Formula,
    FormulaError,
    Neg,
    Relation,
    Symbol,
    oo,
    walk,
)
from derivations.core.substitute import (
    bound_variable,
    free_names,
    substitute,
)
from derivations.proving.chains.domains import applies
from derivations.proving.chains.spots import whole
from derivations.proving.field import equal_by_algebra
from derivations.proving.reasons.known import relation_to_zero, truth
from derivations.proving.reasons.matching import matches, primes
from derivations.proving.reasons.ordering import order_of
from derivations.proving.reasons.relations import FLIPPED
from derivations.proving.reasons.replacing import replaced_modulo
from derivations.proving.reasons.values import decided, evaluated, rational_value
from derivations.proving.similar import key, similar

_MOST_INSTANCES = 48


def using_claim(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts the line before with instances of the claim's one side replaced by its other side;
    for an order claim, the instance itself, or one in a place that keeps the order."""
    used, after = step.reason.claim, step.line
    assert used is not None  # a using(...) has its claim
    theory = f"using({used.id})"
    if before == after:
        return f"{theory}: the line did not move"
    one, two = primes(before), primes(after)
    if similar(one, two):
        return f"{theory}: the lines differ by order and sign only; algebra suffices"
    try:
        found = instances(used, dict(step.reason.at), (one, two))
    except FormulaError as error:
        return f"{theory}: {error}"
    allowed = [i for i in found if not i.violated(claim)]
    if not allowed:
        return f"{theory}: {found[0].violated(claim)}"
    outside = [i for i in allowed if not _is_certain(i, claim, (one, two))]
    allowed = [i for i in allowed if i not in outside]
    if not allowed:
        where = outside[0].statement
        return f"{theory}: its instance {where} is not known to lie in its domain"
    if used.rel == "=" and implies("=", step.rel):
        if replaces(allowed, one, two):
            return None
    elif used.rel != "=":
        if _orders(allowed, one, step.rel, two, claim):
            return None
    else:
        return f"{theory}: the claim is an equation and the step says {step.rel}"
    if equal_by_algebra(one, two) and step.rel == "=":
        return f"{theory}: the claim is not needed; algebra suffices"
    stated = allowed[0].statement
    return f"{theory}: replacing by its instance {stated} does not lead from {before} to {after}"


@dataclass(frozen=True, slots=True)
class Instance:
    """A claim's statement with values for its variables."""

    claim: Claim
    values: tuple[tuple[Symbol, Formula], ...]
    statement: Relation

    def violated(self, current: Claim) -> str | None:
        """A sentence where a value certainly lies outside of the used claim's domain."""
        values = dict(self.values)
        domains = self.claim.domains
        for symbol, value in values.items():
            if _is_outside(value, domains.get(symbol), current):
                return f"{symbol} = {value} lies outside of {domains[symbol]}"
        if self.claim.where is None:
            return None
        try:
            condition = substitute(self.claim.where, values)
        except FormulaError:
            return None

        def by_sign(c: Formula) -> bool | None:
            if not isinstance(c, Relation):
                return None
            known = relation_to_zero(c.lhs - c.rhs, current.domains, current.where)
            return truth(known, c.rel)

        if decided(condition, by_sign) is False:
            return f"its condition {condition} does not hold here"
        return None


def _is_certain(instance: Instance, current: Claim, lines: tuple[Formula, ...]) -> bool:
    """Whether the instance lies in the used claim's domain, as far as the current claim's domain
    tells: what is bound in a line has its own."""
    bound = {b for line in lines for node in walk(line) if (b := bound_variable(node)) is not None}
    names = free_names(instance.statement)
    if names & bound or not names <= current.domains.keys():
        return True
    return applies(instance.claim, dict(instance.values), whole(current))


def _is_outside(value: Formula, domain: object, current: Claim) -> bool:
    number = rational_value(value)
    match domain:
        case FiniteSet(members=members):
            return number is not None and all(rational_value(m) != number for m in members)
        case Integers(lower=lower, upper=upper) if number is not None:
            below = lower is not None and number < lower
            return number.denominator != 1 or below or (upper is not None and number > upper)
        case Interval(lower=low, upper=high, lower_open=low_open, upper_open=high_open):
            known = "" if low == Neg(oo) else relation_to_zero(
                value - low, current.domains, current.where
            )  # fmt: skip
            if known == "<" or (known in ("=", "<=") and low_open):
                return True
            known = "" if high == oo else relation_to_zero(
                value - high, current.domains, current.where
            )  # fmt: skip
            return known == ">" or (known in ("=", ">=") and high_open)
    return False


def instances(
    claim: Claim, at: Mapping[Symbol, Formula], lines: tuple[Formula, ...]
) -> list[Instance]:
    """The statement at the given values; the other variables stand for themselves, or for what
    makes a side occur in the lines. Errors: `FormulaError` where a value does not fit."""
    lhs, rhs = primes(claim.lhs), primes(claim.rhs)
    variables = {v for v, _ in claim.on if isinstance(v, Symbol)} - at.keys()
    found: dict[str, Instance] = {}

    def note(values: Mapping[Symbol, Formula]) -> None:
        full = {**values, **at}
        statement = Relation(substitute(lhs, full), claim.rel, substitute(rhs, full))
        found.setdefault(key(statement), Instance(claim, tuple(full.items()), statement))

    note({})
    if variables:
        for side in (lhs, rhs):
            if isinstance(side, Symbol):
                continue
            fixed = _partly(side, at)
            for node in (part for line in lines for part in walk(line)):
                for values in matches(fixed, node, {}, variables):
                    if len(found) < _MOST_INSTANCES:
                        try:
                            note(values)
                        except FormulaError:
                            continue
    return list(found.values())


def _partly(side: Formula, at: Mapping[Symbol, Formula]) -> Formula:
    try:
        return substitute(side, at)
    except FormulaError:
        return side


def replaces(found: list[Instance], before: Formula, after: Formula) -> bool:
    """Whether replacing by one instance, or by all of them, makes the lines similar."""
    pairs = [(i.statement.lhs, i.statement.rhs) for i in found]
    for directed in (pairs, [(b, a) for a, b in pairs]):
        for old, new in directed:
            if _meets(before, after, [(old, new)]):
                return True
        if len(directed) > 1 and _meets(before, after, directed):
            return True
    return False


def _meets(before: Formula, after: Formula, pairs: list[tuple[Formula, Formula]]) -> bool:
    one, two = before, after
    for old, new in pairs:
        one, two = replaced_modulo(one, old, new), replaced_modulo(two, old, new)
    if one == before and two == after:
        return False
    return any(similar(a, b) for a in (one, before) for b in (two, after))


def _orders(found: list[Instance], one: Formula, rel: str, two: Formula, claim: Claim) -> bool:
    facts = tuple(i.statement for i in found)
    if rel == "=":
        # An order claim decides conditions: |u| for u > 0, an indicator.
        order = order_of(claim, facts)
        left, right = evaluated(one, order.decided), evaluated(two, order.decided)
        return (left, right) != (one, two) and similar(left, right)
    direct = any(
        similar(s.lhs, a) and similar(s.rhs, b) and implies(r, rel)
        for s in facts
        for a, b, r in ((one, two, s.rel), (two, one, FLIPPED[s.rel]))
    )
    return direct or implies(order_of(claim, facts).compare(one, two) or "none", rel)
