"""Rational numbers that are written as such."""

from __future__ import annotations

from fractions import Fraction

from derivations.core.formula import Div, Formula, Neg, Number


def written_rational(formula: Formula) -> Fraction | None:
    """The value of a formula that is a natural number, a sign before one, or a fraction of such;
    None for any other, sums and products of numbers included.

    >>> from derivations.core.formula import Q, num
    >>> written_rational(-Q(3, 2)), written_rational(num(1) + 1)
    (Fraction(-3, 2), None)
    """
    match formula:
        case Number(value=value):
            return Fraction(value)
        case Neg(arg=arg):
            inner = written_rational(arg)
            return None if inner is None else -inner
        case Div(numerator=above, denominator=below):
            top, bottom = written_rational(above), written_rational(below)
            return None if top is None or not bottom else top / bottom
    return None
