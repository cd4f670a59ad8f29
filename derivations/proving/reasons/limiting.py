"""Limits carried out in a line, in whole or in part."""

from __future__ import annotations

from collections.abc import Callable

from derivations.core.calculus import Limit
from derivations.core.claim import Claim
from derivations.core.derivation import Step, implies
from derivations.core.formula import (
    ZERO,
    Add,
    Call,
    Div,
    Formula,
    Mul,
    Neg,
    Pow,
    oo,
    walk,
)
from derivations.core.substitute import free_names, rewrite
from derivations.proving.exp_log import equal_by_exp_log
from derivations.proving.field import equal_by_algebra
from derivations.proving.reasons.lines import notation, only_unfolded, size
from derivations.proving.reasons.ordering import Order, order_of
from derivations.proving.reasons.tending import CONTINUOUS, limit_value
from derivations.proving.reasons.values import evaluated
from derivations.proving.similar import similar


def with_limits(formula: Formula, order: Order) -> Formula:
    """The formula with every limit that the laws decide replaced by its value."""
    whole = limit_value(formula, order)
    if whole is not None:
        return whole

    def rule(node: Formula) -> Formula | None:
        return limit_value(node, order) if isinstance(node, Limit) else None

    return rewrite(formula, rule)


def _weight(formula: Formula) -> int:
    return sum(size(node.body) for node in walk(formula) if isinstance(node, Limit))


def by_limit_laws(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts limits carried out, in whole or in part."""
    after = step.line
    if before == after:
        return "limit_laws: the line did not move"
    one, two = notation(before), notation(after)
    if not any(isinstance(n, Limit) or n == oo for line in (one, two) for n in walk(line)):
        return "limit_laws: there is no limit in either line"
    if equal_by_algebra(one, two):
        return "limit_laws: no limit was carried out; algebra suffices"
    if only_unfolded(one, two):
        return "limit_laws: no limit was carried out; unfold or fold suffices"
    if _weight(one) <= _weight(two) and (_weight(one) or _weight(two)):
        return "limit_laws: as much is still to be carried out as before"
    order = order_of(claim)
    if step.rel != "=" and implies(order.compare(one, two) or "none", step.rel):
        return None
    forms: tuple[Callable[[Formula], Formula], ...] = (
        lambda line: with_limits(line, order),
        lambda line: evaluated(pushed(line)),
    )
    left: Formula = ZERO
    right: Formula = ZERO
    for form in forms:
        left, right = form(one), form(two)
        if similar(left, right) or equal_by_algebra(left, right):
            return None
        if oo not in (left, right) and equal_by_exp_log(left, right, claim.domains, claim.where):
            return None
    return f"limit_laws: carried out, the lines are {left} and {right}"


def pushed(formula: Formula) -> Formula:
    """Limits taken inside sums, products, quotients, powers and continuous functions."""

    def rule(node: Formula) -> Formula | None:
        if not isinstance(node, Limit):
            return None
        return _inside(node.body, node)

    return rewrite(formula, rule)


def _inside(body: Formula, node: Limit) -> Formula:
    if body == node.variable:
        return node.point
    if node.variable not in free_names(body):
        return body
    if isinstance(body, Neg | Add | Mul | Div | Pow) or (
        isinstance(body, Call) and body.head.name in CONTINUOUS | {"log", "sqrt"}
    ):
        inner = [_inside(part, node) for part in body.parts]
        if not any(part in (oo, Neg(oo)) for part in inner):
            return body.rebuilt(tuple(inner))
    return Limit(body, node.variable, node.point, node.side)
