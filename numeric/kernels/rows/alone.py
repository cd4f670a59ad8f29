"""The largest score's own value apart: what would cancel there need not be avoided elsewhere.

For i != p a share exp(z_i - z_p)/(1 + R) is at most 1/2 and nothing of it is lost in a difference
with what is given; at i = p it is 1/(1 + R), and the form over one denominator keeps its digits.
So one number a row is computed with care, and the column with few operations.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from derivations.core.calculus import Sum
from derivations.core.conditions import cases
from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Array,
    Call,
    Div,
    Formula,
    Item,
    Mul,
    Neg,
    Symbol,
    eq,
    walk,
)
from derivations.core.functions import delta, exp
from derivations.core.substitute import free_names, rewrite, substitute
from derivations.proving.assembled import minus, over, plus, times
from numeric.kernels.rows.denominators import over_one_denominator
from numeric.kernels.rows.pivot import pivoted
from numeric.kernels.rows.shifts import freely_shifted

_ALONE: Final = "the largest score's own value apart"


def largest_alone(
    formula: Formula, scores: Array, i: Symbol, p: Symbol, c: Symbol
) -> Iterator[tuple[str, Formula]]:
    """Equals of a formula of one index i, by cases of i = p, with how they were found; those
    with any number c in the exponentials first.

    Errors: `NoPivotError` where the exponentials do not combine.
    """
    own = there(formula, scores, i, p)
    freely = freely_shifted(pivoted(formula, scores, p), scores, p, c)
    freely_there = freely_shifted(own, scores, p, c)
    if freely is not None and freely_there is not None and not _is_weighted(freely, scores):
        yield (
            f"{_ALONE}, where exponentials need it",
            cases((freely_there, eq(i, p)), (_beside(_parted(freely, p), i, p), None)),
        )
    apart = pivoted(formula, scores, p, apart=True)
    whole = cases((own, eq(i, p)), (_beside(apart, i, p), None))
    moved = freely_shifted(whole, scores, p, c)
    if moved is not None:
        yield f"{_ALONE}, where exponentials need it", moved
    yield _ALONE, whole


def there(formula: Formula, scores: Array, i: Symbol, p: Symbol) -> Formula:
    """The value at i = p, over one denominator where it has differences of shares.

    Errors: `NoPivotError` where the exponentials do not combine.
    """
    apart = pivoted(formula, scores, p, apart=True)
    joined = over_one_denominator(apart, scores, p)
    return _simple(substitute(apart if joined is None else joined, {i: p}), p)


def _is_weighted(formula: Formula, scores: Array) -> bool:
    """Whether a sum multiplies exponentials by other numbers: without a shift it may overflow."""
    sums = [node for node in walk(formula) if isinstance(node, Sum)]
    return any(
        isinstance(part, Item) and part.array != scores for node in sums for part in walk(node.body)
    )


def _parted(formula: Formula, p: Symbol) -> Formula:
    """The class p taken out of the sums."""

    def rule(node: Formula) -> Formula | None:
        if not isinstance(node, Sum):
            return None
        k = node.variable
        first = substitute(node.body, {k: p})
        return plus(first, Sum(times(1 - delta(k, p), node.body), k, node.lower, node.upper))

    return rewrite(formula, rule)


def _beside(formula: Formula, i: Symbol, p: Symbol) -> Formula:
    """For i != p: what is of the row added up first, the exponentials of i as those of others."""

    def rule(node: Formula) -> Formula | None:
        match node:
            case Add(args=args):
                own = [arg for arg in args if i in free_names(arg)]
                row = [arg for arg in args if i not in free_names(arg)]
                if own and len(row) > 1 and all(isinstance(arg, Neg) for arg in row):
                    return plus(*own, minus(plus(*map(minus, row))))
            case Call(head=head) if head == exp and i in free_names(node):
                return times(1 - delta(i, p), node)
        return None

    return rewrite(formula, rule)


def _simple(formula: Formula, p: Symbol) -> Formula:
    """Without what cancels in i = p, and the terms 0 and factors 1 that are left."""

    def rule(node: Formula) -> Formula | None:
        match node:
            case Call(head=head, args=args) if head == delta and args[0] == args[-1]:
                return ONE
            case Call(head=head, args=(arg,)) if head == exp and arg == ZERO:
                return ONE
            case Add():
                return _cancelled(node, p)
            case Mul(args=args):
                return times(*args)
            case Div(numerator=top, denominator=bottom):
                return over(top, bottom)
        return None

    return rewrite(formula, rule)


def _cancelled(node: Add, p: Symbol) -> Formula:
    """Without opposite terms, and without the class p in a sum whose own term is taken away."""
    left: list[Formula] = []
    for term in _terms(node):
        if minus(term) in left:
            left.remove(minus(term))
        else:
            left.append(term)
    for place, term in enumerate(left):
        if isinstance(term, Sum) and p not in free_names(term):
            own = minus(substitute(term.body, {term.variable: p}))
            if own in left:
                k = term.variable
                body = times(1 - delta(k, p), term.body)
                left[place] = Sum(body, k, term.lower, term.upper)
                left.remove(own)
                break
    return plus(*left)


def _terms(formula: Formula) -> Iterator[Formula]:
    if isinstance(formula, Add):
        for arg in formula.args:
            yield from _terms(arg)
    elif isinstance(formula, Neg):
        yield from map(minus, _terms(formula.arg))
    else:
        yield formula
