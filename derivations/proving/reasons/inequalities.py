"""Inequalities by the signs of the parts, and carried through monotone functions."""

from __future__ import annotations

from fractions import Fraction

from derivations.core.claim import Claim
from derivations.core.derivation import Step, implies
from derivations.core.formula import ZERO, Formula, Relation
from derivations.core.substitute import rewrite
from derivations.proving.reasons.known import proved_relation
from derivations.proving.reasons.lines import factors, joined_product
from derivations.proving.reasons.ordering import Order, order_of
from derivations.proving.reasons.relations import FLIPPED, conjuncts, sharper
from derivations.proving.similar import similar


def by_signs(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts an order between the lines that the signs of their parts decide."""
    order = order_of(claim, conjuncts(claim.where), by_signs=True)
    if step.rel == "=":
        if before == step.line:
            return "positivity: the line did not move"
        if similar(before, step.line):
            return "positivity: the lines differ by order and sign only; algebra suffices"
        one, two = (_without_positive_factors(line, order) for line in (before, step.line))
        if similar(one, two):
            return None
        return "positivity: it gives inequalities, or divides a condition by a positive factor"
    found = order.compare(before, step.line)
    if not implies(found or "none", step.rel):
        strong = proved_relation(before - step.line, claim.domains, claim.where)
        found = sharper(found, strong)
    if implies(found or "none", step.rel):
        return None
    if found:
        return f"positivity: the signs give {found}, not {step.rel}"
    return f"positivity: the signs of the parts do not decide {before} {step.rel} {step.line}"


def _without_positive_factors(line: Formula, order: Order) -> Formula:
    """Conditions `c*u > 0` as `u > 0`, for c > 0; signs of the other factors turn them."""

    def rule(node: Formula) -> Formula | None:
        if not isinstance(node, Relation) or node.rhs != ZERO:
            return None
        coefficient, powers = factors(node.lhs)
        rel, kept = node.rel if coefficient > 0 else FLIPPED[node.rel], []
        for base, exponent in powers:
            sign = order.sign_of_power(base, exponent, 0)
            if sign in ("<", ">"):
                rel = rel if sign == ">" else FLIPPED[rel]
            else:
                kept.append((base, exponent))
        return Relation(joined_product(Fraction(1), kept), rel, ZERO)

    return rewrite(line, rule)


def by_monotonicity(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts an order between arguments carried through functions that keep or reverse it."""
    after = step.line
    if step.rel == "=":
        return "monotonicity: it gives inequalities; this step is an equation"
    facts = conjuncts(claim.where)
    for by_signs_too in (False, True):
        found = order_of(claim, facts, by_signs=by_signs_too).compare(before, after)
        if implies(found or "none", step.rel):
            return None
    if found:
        return f"monotonicity: the functions give {found}, not {step.rel}"
    return f"monotonicity: no monotone function carries {before} {step.rel} {after}"
