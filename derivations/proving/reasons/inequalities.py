"""Inequalities by the signs of the parts, and carried through monotone functions."""

from __future__ import annotations

from derivations.core.calculus import Prime
from derivations.core.claim import Claim
from derivations.core.derivation import Step, implies
from derivations.core.formula import Call, Formula, Pow, walk
from derivations.proving.reasons.ordering import conjuncts, order_of


def by_signs(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts an order between the lines that the signs of their parts decide."""
    if step.rel == "=":
        return "positivity: it gives inequalities; this step is an equation"
    order = order_of(claim, conjuncts(claim.where), by_signs=True)
    found = order.compare(before, step.line)
    if implies(found or "none", step.rel):
        return None
    if found:
        return f"positivity: the signs give {found}, not {step.rel}"
    return f"positivity: the signs of the parts do not decide {before} {step.rel} {step.line}"


def by_monotonicity(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts an order between arguments carried through functions that keep or reverse it."""
    after = step.line
    if step.rel == "=":
        return "monotonicity: it gives inequalities; this step is an equation"
    if not any(isinstance(n, Call | Pow | Prime) for line in (before, after) for n in walk(line)):
        return "monotonicity: there is no function in either line; the reason is positivity"
    facts = conjuncts(claim.where)
    for by_signs_too in (False, True):
        found = order_of(claim, facts, by_signs=by_signs_too).compare(before, after)
        if implies(found or "none", step.rel):
            return None
    if found:
        return f"monotonicity: the functions give {found}, not {step.rel}"
    return f"monotonicity: no monotone function carries {before} {step.rel} {after}"
