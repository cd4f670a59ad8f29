"""Linearity of derivatives, sums, integrals and limits."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derivations.core.calculus import Derivative, Integral, Limit, Product, Sum
from derivations.core.claim import Claim
from derivations.core.derivation import Step
from derivations.core.formula import (
    ONE,
    ZERO,
    Div,
    Formula,
    Neg,
    Symbol,
    oo,
    walk,
)
from derivations.core.substitute import (
    free_names,
    free_symbols,
    fresh_symbol,
    rewrite,
    substitute,
)
from derivations.proving.derivatives import depends
from derivations.proving.field import equal_by_algebra
from derivations.proving.reasons.lines import (
    expanded,
    factors,
    joined_product,
    joined_sum,
    notation,
    terms,
)
from derivations.proving.similar import similar

_LINEAR = (Derivative, Sum, Integral, Limit)
Powers = list[tuple[Formula, Formula]]


def by_linearity(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts D, Sum, Integral and Limit taken through sums and constant factors."""
    after = step.line
    if before == after:
        return "linearity: the line did not move"
    one, two = notation(before), notation(after)
    if not any(isinstance(n, (*_LINEAR, Product)) for line in (one, two) for n in walk(line)):
        return "linearity: there is no derivative, sum, integral or limit in either line"
    if equal_by_algebra(one, two):
        return "linearity: nothing was taken through; algebra suffices"
    left, right = spread(one), spread(two)
    if same_spread(left, right):
        return None
    # A factor or a limit beside a sum in brackets, multiplied out.
    if same_spread(spread(left, multiply=True), spread(right, multiply=True)):
        return None
    return f"linearity: taken apart, the lines are {left} and {right}"


def spread_alike(one: Formula, two: Formula) -> bool:
    """Whether linearity alone makes the lines one."""
    return any(isinstance(n, _LINEAR) for n in walk(one)) and same_spread(spread(one), spread(two))


def same_spread(left: Formula, right: Formula) -> bool:
    return similar(left, right) or similar(expanded(left), expanded(right))


def spread(formula: Formula, *, multiply: bool = False) -> Formula:
    """Every D, Sum, Integral and Limit taken through sums and constant factors.

    With `multiply` products of sums under them are multiplied out first.
    """

    def rule(node: Formula) -> Formula | None:
        if isinstance(node, _LINEAR):
            return through(node, multiply)
        return None

    return rewrite(formula, rule)


def through(node: Derivative | Sum | Integral | Limit, multiply: bool) -> Formula:
    body = expanded(node.body) if multiply else node.body
    if isinstance(body, Div):
        parts = [*terms(body.numerator)]
        many = [_over(part, body.denominator) for part in parts] if len(parts) > 1 else [body]
    else:
        many = list(terms(body))
    if isinstance(node, Limit) and len(many) == 1 and not _constants(node, many[0])[1]:
        return node
    return joined_sum(_one_term(node, term) for term in many)


def _over(part: Formula, bottom: Formula) -> Formula:
    return -(part.arg / bottom) if isinstance(part, Neg) else part / bottom


def _one_term(node: Derivative | Sum | Integral | Limit, term: Formula) -> Formula:
    inner, outer, number = _constants(node, term)
    rest = joined_product(Fraction(1), inner)
    if isinstance(node, Derivative):
        if not inner:
            return ZERO
        value = _derivative_of_sum(rest, node)
    elif isinstance(node, Limit) and not inner:
        value = ONE
    elif isinstance(node, Integral) and isinstance(rest, Sum):
        value = _swapped(rest, node)
    else:
        value = node.rebuilt((rest, *node.parts[1:]))
    if value == ONE:
        return joined_product(number, outer)
    return joined_product(number, [*outer, (value, ONE)])


def _constants(
    node: Derivative | Sum | Integral | Limit, term: Formula
) -> tuple[Powers, Powers, Fraction]:
    """The powers of a term that depend on the node's variable, the others, the coefficient."""
    number, powers = factors(term)
    inner: Powers = []
    outer: Powers = []
    for base, exponent in powers:
        moving = any(depends(part, node.variable) for part in (base, exponent))
        (inner if moving else outer).append((base, exponent))
    return inner, outer, number


def _derivative_of_sum(body: Formula, node: Derivative) -> Formula:
    """D of a sum or an integral over another variable is taken under it."""
    if isinstance(body, Sum) and not any(depends(e, node.variable) for e in body.parts[1:]):
        body = _away_from(body, free_symbols(node.variable))
        inner = through(Derivative(body.body, node.variable, node.order), False)
        return through(Sum(inner, body.variable, body.lower, body.upper), False)
    return Derivative(body, node.variable, node.order)


def _away_from(body: Sum, taken: frozenset[Symbol]) -> Sum:
    if body.variable not in taken:
        return body
    new = fresh_symbol(body.variable, taken | free_symbols(body.body))
    return replace(body, body=substitute(body.body, {body.variable: new}), variable=new)


def _swapped(body: Sum, node: Integral) -> Formula:
    """An integral of a finite sum as the sum of the integrals."""
    if body.upper == oo or node.variable in free_names(body.lower) | free_names(body.upper):
        return Integral(body, node.variable, node.lower, node.upper)
    body = _away_from(body, free_symbols(node) | {node.variable})
    inner = Integral(body.body, node.variable, node.lower, node.upper)
    return Sum(through(inner, False), body.variable, body.lower, body.upper)
