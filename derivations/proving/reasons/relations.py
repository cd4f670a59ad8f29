"""Relations and facts: how they combine, what a domain and a condition assert, where a bound
variable lives."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Final

from derivations.core.calculus import Binder, Integral, Limit, Subs
from derivations.core.claim import Claim
from derivations.core.conditions import And
from derivations.core.domain import (
    Domain,
    Integers,
    Interval,
    Negative,
    Positive,
    Reals,
    indices,
    interval,
)
from derivations.core.formula import (
    ONE,
    Call,
    Formula,
    Neg,
    Relation,
    Symbol,
    oo,
)
from derivations.core.functions import exp, log
from derivations.core.substitute import free_names
from derivations.proving.exp_log import equal_by_exp_log
from derivations.proving.reasons.known import relation_to_zero
from derivations.proving.reasons.lines import (
    joined_product,
    joined_sum,
)
from derivations.proving.reasons.values import evaluated, rational_value

FLIPPED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def bound_domain(node: Binder) -> Domain:
    """The domain of the variable that a node binds, as far as numbers tell it."""
    if isinstance(node, Limit):
        # What holds near the point suffices.
        if node.point == oo:
            return Positive
        if node.point == Neg(oo):
            return Negative
        if node.side == "+-" or free_names(node.point):
            return Reals
        return interval(node.point, oo) if node.side == "+" else interval(Neg(oo), node.point)
    if isinstance(node, Subs):
        return Reals
    if isinstance(node, Integral):
        if free_names(node.lower) or free_names(node.upper):
            return Reals
        return interval(node.lower, node.upper)
    low, high = rational_value(node.lower), rational_value(node.upper)
    if low == 1 and high is None and node.upper != oo:
        return indices(node.upper)
    return Integers(None if low is None else int(low), None if high is None else int(high))


def constants_gathered(
    left: list[Formula], right: list[Formula]
) -> tuple[list[Formula], list[Formula]]:
    """The terms without variables all on one side, where the other side has only such."""
    constants = [t for t in left if not free_names(t)]
    others = [t for t in right if not free_names(t)]
    if not constants:
        return left, right
    moving = [t for t in left if free_names(t)]
    still = [t for t in right if free_names(t)]
    if moving and not still:
        return moving, [evaluated(joined_sum([*others, *map(negative, constants)]))]
    if still and not moving:
        return [evaluated(joined_sum([*constants, *map(negative, others)]))], still
    return left, right


def sharper(one: str, two: str) -> str:
    """Two relations that hold together: `<=` and `!=` give `<`."""
    if not one or not two or one == two:
        return one or two
    both = {one, two}
    if both == {"<=", ">="}:
        return "="
    for strict, loose in (("<", "<="), (">", ">=")):
        if both == {loose, "!="}:
            return strict
        if strict in both:
            return strict
    return "=" if "=" in both else one


def times_sign(one: str, two: str) -> str:
    """The sign of a product from the signs of its factors."""
    if not one or not two:
        return ""
    if "=" in (one, two):
        return "="
    if "!=" in (one, two):
        return "!=" if {one, two} <= {"<", ">", "!="} else ""
    result = two if one[0] == ">" else FLIPPED[two]
    return result if len(one) == 1 else weak(result)


def scaled(number: Fraction, parts: list[Formula]) -> list[Formula]:
    return parts if number == 1 else [joined_product(number, []), *parts]


def product_of(parts: list[Formula]) -> Formula:
    return joined_product(Fraction(1), [(part, ONE) for part in parts])


def weak(relation: str) -> str:
    """The relation without strictness: `<` gives `<=`."""
    return {"<": "<=", ">": ">=", "!=": ""}.get(relation, relation)


def combined(one: str, two: str) -> str:
    """The relation of two sums whose terms are so related: `=` and `<` give `<`."""
    if not one or not two:
        return ""
    if "=" in (one, two):
        return two if one == "=" else one
    if "!=" in (one, two) or one[0] != two[0]:
        return ""
    return one[0] if "<" in (one, two) or ">" in (one, two) else one


def conjuncts(condition: Formula | None) -> tuple[Relation, ...]:
    """The relations that a condition asserts together."""
    if isinstance(condition, Relation):
        return (condition,)
    if isinstance(condition, And):
        return tuple(r for part in condition.args for r in conjuncts(part))
    return ()


def exponentials(facts: tuple[Relation, ...]) -> tuple[Relation, ...]:
    """exp(x) < exp(c) and exp(-x) > exp(-c) for x < c, c a constant."""
    found = []
    for fact in facts:
        if isinstance(fact.lhs, Symbol) and not free_names(fact.rhs):
            x, c = fact.lhs, fact.rhs
            found.append(Relation(exp(x), fact.rel, _exponential(c)))
            found.append(Relation(exp(-x), FLIPPED[fact.rel], _exponential(negative(c))))
    return tuple(found)


def _exponential(c: Formula) -> Formula:
    match c:
        case Call(head=head, args=(arg,)) if head == log:
            return arg
        case Neg(arg=Call(head=head, args=(arg,))) if head == log:
            return evaluated(1 / arg)
    return evaluated(exp(c))


def negative(c: Formula) -> Formula:
    return c.arg if isinstance(c, Neg) else -c


@lru_cache(maxsize=2048)
def constants_compared(u: Formula, v: Formula) -> str:
    """The relation of two formulas without variables."""
    known = relation_to_zero(u - v, {})
    if known in ("<", ">", "="):
        return known
    return "=" if equal_by_exp_log(u, v, {}) is not None else known


def domain_facts(claim: Claim) -> tuple[Relation, ...]:
    """The ends of the domains of the symbols, as facts."""
    found = []
    for variable, domain in claim.on:
        if not isinstance(domain, Interval) or not isinstance(variable, Symbol):
            continue
        if domain.lower != Neg(oo):
            found.append(Relation(variable, ">" if domain.lower_open else ">=", domain.lower))
        if domain.upper != oo:
            found.append(Relation(variable, "<" if domain.upper_open else "<=", domain.upper))
    return tuple(found)
