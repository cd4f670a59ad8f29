"""Sums and products without the terms and factors that change nothing, as a reader writes them."""

from __future__ import annotations

from derivations.core.formula import ONE, ZERO, Div, Formula, Neg


def minus(term: Formula) -> Formula:
    """The negative, without a double minus and without -0."""
    if term == ZERO:
        return ZERO
    return term.arg if isinstance(term, Neg) else -term


def plus(*terms: Formula) -> Formula:
    """The sum of the terms that are not 0."""
    kept = [term for term in terms if term != ZERO]
    if not kept:
        return ZERO
    result = kept[0]
    for term in kept[1:]:
        result = result + term
    return result


def times(*factors: Formula) -> Formula:
    """The product of the factors that are not 1, their signs before it; 0 if one is 0."""
    if ZERO in factors:
        return ZERO
    negative = False
    kept: list[Formula] = []
    for factor in factors:
        bare = factor
        while isinstance(bare, Neg):
            negative, bare = not negative, bare.arg
        if bare != ONE:
            kept.append(bare)
    result: Formula = kept[0] if kept else ONE
    for factor in kept[1:]:
        # 1/v * u' is u'/v.
        if isinstance(result, Div) and result.numerator == ONE:
            result = factor / result.denominator
        else:
            result = result * factor
    return -result if negative else result


def over(top: Formula, bottom: Formula) -> Formula:
    """The quotient; 0 over anything is 0."""
    return ZERO if top == ZERO else top / bottom
