"""Formulas from normal forms."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq, fmpq_mpoly

from derivations.core.formula import ONE, ZERO, Formula, as_formula, num
from derivations.proving.field import Fractional


def number(value: fmpq) -> Formula:
    """A rational number."""
    return as_formula(Fraction(int(value.p), int(value.q)))


def monomial_of(powers: Sequence[int], atoms: Sequence[Formula]) -> Formula:
    result: Formula | None = None
    for power, atom in zip(powers, atoms, strict=True):
        if power:
            factor = atom if power == 1 else atom ** num(int(power))
            result = factor if result is None else result * factor
    return ONE if result is None else result


def formula_of_polynomial(polynomial: fmpq_mpoly, atoms: Sequence[Formula]) -> Formula:
    result: Formula | None = None
    for powers, coefficient in polynomial.terms():
        monomial = monomial_of(powers, atoms)
        c = number(coefficient)
        term = monomial if coefficient == 1 else c if monomial == ONE else c * monomial
        result = term if result is None else result + term
    return ZERO if result is None else result


def formula_of(normal: Fractional) -> Formula:
    """A normal form as a formula."""
    above = formula_of_polynomial(normal.numerator, normal.atoms)
    if normal.denominator.is_one():
        return above
    return above / formula_of_polynomial(normal.denominator, normal.atoms)
