"""What is not 0 because other formulas are not: by their factors."""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq_mpoly

from derivations.core.formula import ZERO, Formula, FormulaError
from derivations.core.substitute import free_symbols, substitute
from derivations.proving.exp_log import equal_at, rewritten
from derivations.proving.field import Field, FieldError
from derivations.proving.places import Place, Sign
from derivations.proving.polynomials import factored
from derivations.proving.quick_signs import quick_sign
from derivations.proving.rebuild import formula_of_polynomial
from derivations.proving.relations import reduced

MOST_TERMS = 300


def factors_are_nonzero(formula: Formula, nonzero: Sequence[Formula], here: Place) -> bool:
    """Whether a formula certainly differs from 0 where it is defined and all the others do.

    Each factor of its numerator must be a factor of one of theirs, or have no zero itself.
    """
    if any(_is_proportional(formula, other, here) for other in nonzero):
        return True
    try:
        forms, _ = rewritten((formula, *nonzero), here)
        own, *others = Field().fractional(*(reduced(form) for form in forms))
        if own.is_zero or len(own.numerator) > MOST_TERMS:
            return False
        _, factors = factored(own.numerator)
        return all(
            any(_divides(factor, other.numerator) for other in others)
            or not quick_sign(formula_of_polynomial(factor, own.atoms), here) & Sign.ZERO
            for factor, _ in factors
        )
    except (FormulaError, FieldError, RecursionError):
        return False


def _divides(factor: fmpq_mpoly, polynomial: fmpq_mpoly) -> bool:
    return not polynomial.is_zero() and bool((polynomial % factor).is_zero())


def _is_proportional(formula: Formula, other: Formula, here: Place) -> bool:
    """Whether the formulas have a constant quotient that is not 0: f(x) g(0) = g(x) f(0)."""
    free = free_symbols(formula)
    if not free or free != free_symbols(other):
        return False
    at = dict.fromkeys(free, ZERO)
    try:
        one, two = substitute(formula, at), substitute(other, at)
        if any(quick_sign(value, here) & Sign.ZERO for value in (one, two)):
            return False
        return equal_at(formula * two, other * one, here) is not None
    except FormulaError:
        return False
