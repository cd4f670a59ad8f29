"""The formula as it is derived, for rows whose exponentials need no shift.

Where the sum of the exponentials neither overflows nor is lost nothing has to be known of a row
before they are computed: no largest score is looked for. What would cancel then is the value of the
one class p, if there is one, that has more than APART of the sum; it is computed apart. Other rows
are left to the form around the largest score.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from derivations.core.calculus import Sum
from derivations.core.conditions import cases
from derivations.core.formula import (
    ZERO,
    Add,
    Array,
    Call,
    Div,
    Formula,
    Item,
    Neg,
    Symbol,
    eq,
    walk,
)
from derivations.core.functions import exp, log
from derivations.core.substitute import free_names, rewrite, substitute
from numeric.kernels.rows.alone import there
from numeric.kernels.rows.pivot import NoPivotError
from numeric.kernels.rows.shifts import freely_shifted

# A sum of exponentials that is less may rest on some that are lost. Where one is large a difference
# of a score and its logarithm has lost digits that the difference of two scores has.
LEAST_SUM: Final = 0.0625
LARGEST_SUM: Final = 1e30
# A larger share is computed apart; no two classes have it, even where shares are rounded.
APART: Final = 0.5625
# Exponentials of what is less have lost digits.
LEAST_SCORE: Final = -700.0
# A value that is a number a row is left to the other form where it is less: near a root.
LEAST_VALUE: Final = 0.25


def quick_forms(
    formula: Formula, scores: Array, indices: tuple[Symbol, ...], p: Symbol, c: Symbol
) -> Iterator[tuple[str, Formula]]:
    """Equals of a formula of at most one index without a shift, with how they were found."""
    if len(indices) > 1:
        return
    yield "as it is derived", formula
    moved = _in_two_parts(formula, scores, c)
    if moved != formula and not indices:
        yield "as it is derived, the logarithm of the sum in two parts", moved
    for index in indices:
        with suppress(NoPivotError):
            own = freely_shifted(there(formula, scores, index, p), scores, p, c)
            if own is not None and share_in(formula, scores, index) is not None:
                found = cases((_unshifted(own, c), eq(index, p)), (formula, None))
                yield "as it is derived, a class of more than half apart", found


def share_in(formula: Formula, scores: Array, i: Symbol) -> tuple[Formula, bool] | None:
    """The share of class i in a formula, exp(z_i)/S or (then with True) its logarithm z_i - log(S),
    where S is the sum of the exponentials."""
    score = scores[i]
    for node in walk(formula):
        match node:
            case Div(numerator=top, denominator=Sum() as bottom) if top == exp(score):
                if _is_sum(bottom, scores):
                    return node, False
            case Add(args=(first, Neg(arg=Call(head=head, args=(Sum() as inner,))))) if (
                head == log and first == score
            ):
                if _is_sum(inner, scores):
                    return node, True
    return None


def _is_sum(node: Formula, scores: Array) -> bool:
    return isinstance(node, Sum) and node.body == exp(scores[node.variable])


def _in_two_parts(formula: Formula, scores: Array, c: Symbol) -> Formula:
    """Differences of a score and log(S) by way of a number c: z_i - log(S) is
    (z_i - c) - log(exp(-c)*S), where nothing of the first is lost for c near log(S), and the other
    is small."""

    def rule(node: Formula) -> Formula | None:
        match node:
            case Add(args=(Item(array=array) as score, Neg(arg=Call(head=head, args=(inner,))))):
                if array == scores and head == log and _is_sum(inner, scores):
                    return (score - c) - log(exp(-c) * inner)
            case Add(args=(Call(head=head, args=(inner,)), Neg(arg=Item(array=array) as score))):
                if array == scores and head == log and _is_sum(inner, scores):
                    return log(exp(-c) * inner) - (score - c)
        return None

    return rewrite(formula, rule)


def _unshifted(formula: Formula, c: Symbol) -> Formula:
    """The formula for c = 0."""

    def rule(node: Formula) -> Formula | None:
        match node:
            case Add(args=(Item() as score, Neg(arg=last))) if last == c:
                return score
        return None

    found = rewrite(formula, rule)
    return substitute(found, {c: ZERO}) if c in free_names(found) else found
