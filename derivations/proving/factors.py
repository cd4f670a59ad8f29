"""What is not 0 because other formulas are not: by their factors."""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq_mpoly

from derivations.core.formula import Formula, FormulaError
from derivations.proving.exp_log import rewritten
from derivations.proving.field import Field, FieldError
from derivations.proving.places import Place, Sign
from derivations.proving.quick_signs import quick_sign
from derivations.proving.rebuild import formula_of_polynomial
from derivations.proving.relations import reduced

MOST_TERMS = 300


def factors_are_nonzero(formula: Formula, nonzero: Sequence[Formula], here: Place) -> bool:
    """Whether a formula certainly differs from 0 where it is defined and all the others do.

    Each factor of its numerator must be a factor of one of theirs, or have no zero itself.
    """
    try:
        forms, _ = rewritten((formula, *nonzero), here)
        own, *others = Field().fractional(*(reduced(form) for form in forms))
        if own.is_zero or len(own.numerator) > MOST_TERMS:
            return False
        _, factors = own.numerator.factor()
        return all(
            any(_divides(factor, other.numerator) for other in others)
            or not quick_sign(formula_of_polynomial(factor, own.atoms), here) & Sign.ZERO
            for factor, _ in factors
        )
    except (FormulaError, FieldError, RecursionError):
        return False


def _divides(factor: fmpq_mpoly, polynomial: fmpq_mpoly) -> bool:
    return not polynomial.is_zero() and bool((polynomial % factor).is_zero())
