"""Algebra, the laws of exp and log, special values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from derivations.core.calculus import BINDERS, Prime, Product, Sum
from derivations.core.claim import Claim, Variable
from derivations.core.derivation import Step
from derivations.core.domain import Domain
from derivations.core.formula import ONE, Call, Formula, Pow, as_formula, walk
from derivations.core.functions import Abs, Definition, exp, log, opaque, sqrt
from derivations.core.substitute import free_names, rewrite, same_up_to_bound_names, substitute
from derivations.proving.exp_log import equal_by_exp_log
from derivations.proving.field import equal_by_algebra
from derivations.proving.reasons.known import decided_by_signs
from derivations.proving.reasons.linearity import spread_alike
from derivations.proving.reasons.lines import (
    expanded,
    factors,
    joined_product,
    joined_sum,
    notation,
    only_unfolded,
    terms,
)
from derivations.proving.reasons.ordering import order_of
from derivations.proving.reasons.relations import bound_domain
from derivations.proving.reasons.summing import by_sum_rules
from derivations.proving.reasons.values import evaluated, rational_value
from derivations.proving.similar import similar


def by_algebra(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts two different lines that are one rational function of their other heads."""
    if before == step.line:
        return "algebra: the line did not move"
    one, two = notation(before), notation(step.line)
    if same_up_to_bound_names(one, two):
        return "algebra: only names or notation changed; the reason is sum_rules or differentiate"
    if equal_by_algebra(one, two):
        return None
    if equal_by_laws(one, two, claim):
        return "algebra: the laws of exp, log and powers are needed; the reason is exp_log_laws"
    return f"algebra: {before} and {step.line} are not one rational function"


def by_exp_log(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts what the laws of exp, log and powers give, where algebra alone does not."""
    if before == step.line:
        return "exp_log_laws: the line did not move"
    one, two = notation(before), notation(step.line)
    if equal_by_algebra(one, two):
        return "exp_log_laws: no law of exp or log is used; algebra suffices"
    if spread_alike(one, two) or by_sum_rules(before, step, claim) is None:
        return "exp_log_laws: no law of exp or log is used; linearity or sum_rules suffices"
    if only_unfolded(one, two):
        return "exp_log_laws: no law of exp or log is used; unfold or fold suffices"
    hidden = opened_heads(one, two)
    if hidden and not equal_by_laws(_opaque(one, hidden), _opaque(two, hidden), claim):
        names = ", ".join(sorted(head.name for head in hidden))
        if equal_by_laws(one, two, claim):
            return f"exp_log_laws: {names} is unfolded or folded too; that is a step of its own"
    elif hidden or equal_by_laws(one, two, claim):
        return None
    return (
        f"exp_log_laws: the laws of exp, log and powers do not lead from {before} to {step.line} "
        "on this domain"
    )


def opened_heads(one: Formula, two: Formula) -> frozenset[Definition]:
    """The definitions that are called in one of the lines only."""

    def heads(line: Formula) -> frozenset[Definition]:
        return frozenset(
            n.head
            for n in walk(line)
            if isinstance(n, Call | Prime) and isinstance(n.head, Definition)
        )

    return heads(one) ^ heads(two)


def _opaque(line: Formula, heads: frozenset[Definition]) -> Formula:
    """The line with the calls of the heads as calls of functions that nothing is known of."""

    def rule(node: Formula) -> Formula | None:
        if isinstance(node, Call) and node.head in heads:
            return Call(opaque(node.head.name, len(node.args)), node.args)
        return None

    return rewrite(line, rule)


def equal_by_laws(one: Formula, two: Formula, claim: Claim) -> bool:
    """Equal by the laws of exp and log, those for products and sums over an index included."""
    for form in _FORMS:
        left, right = form(one, claim), form(two, claim)
        for u, v, on in narrowed(left, right, claim.domains):
            if equal_by_algebra(u, v) or equal_by_exp_log(u, v, on, claim.where) is not None:
                return True
    return False


def narrowed(
    one: Formula, two: Formula, on: Mapping[Variable, Domain]
) -> Iterator[tuple[Formula, Formula, Mapping[Variable, Domain]]]:
    """The lines, and again and again the one part in which they differ, with its domain."""
    while True:
        yield one, two, on
        if type(one) is not type(two) or len(one.parts) != len(two.parts):
            return
        if isinstance(one, BINDERS) and isinstance(two, BINDERS):
            if two.variable != one.variable:
                if one.variable in free_names(two.body):
                    return
                two = replace(
                    two,
                    body=substitute(two.body, {two.variable: one.variable}),
                    variable=one.variable,
                )
            on = {**on, one.variable: bound_domain(one)}
        pairs = list(zip(one.parts, two.parts, strict=True))
        differing = [(u, v) for u, v in pairs if not similar(u, v)]
        if len(differing) != 1 or one.rebuilt(two.parts) != two:
            return
        ((one, two),) = differing


def _is_positive(node: Product, claim: Claim) -> bool:
    return order_of(claim).under(node).sign(node.body) == ">"


def _plain(formula: Formula, claim: Claim) -> Formula:
    return formula


def _series(formula: Formula, claim: Claim) -> Formula:
    """log of a product over an index as the sum of logs (positive factors), exp of a sum over an
    index as the product of exps."""

    def rule(node: Formula) -> Formula | None:
        match node:
            case Call(head=head, args=(Product() as p,)) if head == log:
                if _is_positive(p, claim):
                    return Sum(log(p.body), p.variable, p.lower, p.upper)
            case Call(head=head, args=(Sum() as s,)) if head == exp:
                return Product(exp(s.body), s.variable, s.lower, s.upper)
        return None

    return rewrite(formula, rule)


def _roots(formula: Formula, claim: Claim) -> Formula:
    """(x/sqrt(2))**2 as x**2/2: integer powers of products factor by factor, sqrt(u)**2 as u."""

    order = order_of(claim)

    def rule(node: Formula) -> Formula | None:
        if isinstance(node, Call) and node.head == sqrt and isinstance(node.args[0], Pow):
            base, exponent = node.args[0].parts
            # A square that is not negative is that of a real number.
            if rational_value(exponent) == 2 and order.sign(node.args[0]) in (">", ">="):
                return Abs(base)
        if not isinstance(node, Pow):
            return None
        n = rational_value(node.exponent)
        if n is None or n.denominator != 1:
            return None
        coefficient, powers = factors(node.base)
        found = []
        for base, exponent in powers:
            root = isinstance(base, Call) and base.head == sqrt
            if root and exponent in (ONE, -ONE) and n % 2 == 0:
                half = n / 2 if exponent == ONE else -n / 2
                found.append((base.parts[0], as_formula(half)))
            elif exponent == ONE:
                found.append((base, as_formula(n)))
            else:
                value = rational_value(exponent)
                if value is None or value.denominator != 1:
                    return None
                found.append((base, as_formula(value * n)))
        return joined_product(coefficient ** int(n), found)

    return rewrite(formula, rule)


def _powers(formula: Formula, claim: Claim) -> Formula:
    """exp(u + c*log(w)) as exp(u)*w**c, for w > 0; the exponent taken term by term."""
    order = order_of(claim)

    def rule(node: Formula) -> Formula | None:
        if not isinstance(node, Call) or node.head != exp:
            return None
        rest: list[Formula] = []
        outside: list[Formula] = []
        for term in terms(expanded(node.args[0])):
            coefficient, powers = factors(term)
            logs = [b for b, e in powers if isinstance(b, Call) and b.head == log and e == ONE]
            if len(logs) == 1 and len(logs[0].parts) == 1 and order.sign(logs[0].parts[0]) == ">":
                others = [p for p in powers if p[0] != logs[0]]
                outside.append(logs[0].parts[0] ** joined_product(coefficient, others))
            else:
                rest.append(term)
        if not outside:
            return None
        powers = [(exp(joined_sum(rest)), ONE), *((w, ONE) for w in outside)]
        return joined_product(Fraction(1), powers)

    return _roots(rewrite(formula, rule), claim)


_FORMS: tuple[Callable[[Formula, Claim], Formula], ...] = (_plain, _series, _roots, _powers)


def by_evaluation(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts lines that are one after special values are taken and numbers calculated."""
    after = step.line
    if before == after:
        return "evaluate: the line did not move"

    def by_sign(condition: Formula) -> bool | None:
        return decided_by_signs(condition, claim)

    one, two = evaluated(notation(before), by_sign), evaluated(notation(after), by_sign)
    if (one, two) == (before, after):
        return "evaluate: there is nothing to evaluate in either line"
    if only_unfolded(before, after):
        return "evaluate: nothing was evaluated; unfold or fold suffices"
    if similar(one, two):
        return None
    if not free_names(one) and not free_names(two) and equal_by_algebra(one, two):
        return None
    return f"evaluate: evaluated, the lines are {one} and {two}"
