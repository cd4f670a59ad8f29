"""Signs without rewriting: by the ranges of the parts, by facts, by factors with opaque heads."""

from __future__ import annotations

from flint import fmpq_mpoly

from derivations.core.formula import Call, Div, Formula, FormulaError, Mul, Neg
from derivations.core.formula import Pow as Power
from derivations.core.functions import Function
from derivations.proving.bounds import range_of
from derivations.proving.field import Field, FieldError, Fractional
from derivations.proving.places import Place, Sign, sign_of_range
from derivations.proving.polynomials import Known, sign_of_polynomial

_SIZE_OF_FACTS = 8


def quick_sign(formula: Formula, here: Place) -> Sign:
    """The signs that a formula can have at the place, where it is defined."""
    memory = here.memory
    if formula not in memory:
        try:
            memory[formula] = _quick_sign(formula, here)
        except FormulaError:
            memory[formula] = Sign.UNKNOWN
    return memory[formula]


def _quick_sign(formula: Formula, here: Place) -> Sign:
    sign = sign_of_range(range_of(formula, here.box))
    if len(sign) <= 1:
        return sign
    sign &= by_structure(formula, here)
    if len(sign) <= 1:
        return sign
    return sign & by_factors(formula, here)


def by_structure(formula: Formula, here: Place) -> Sign:
    """Products, quotients, powers and exponentials, complex ones included."""
    match formula:
        case Call(head=Function(name="exp", builtin=True)):
            return Sign.NONZERO
        case Neg(arg):
            return quick_sign(arg, here).opposite
        case Mul(args):
            product = Sign.POSITIVE
            for arg in args:
                product = product.times(quick_sign(arg, here))
            return product
        case Div(above, below):
            return quick_sign(above, here).times(quick_sign(below, here) & Sign.NONZERO)
        case Power(base, _) if Sign.ZERO not in quick_sign(base, here):
            return Sign.NONZERO
    return Sign.UNKNOWN


def by_factors(formula: Formula, here: Place) -> Sign:
    """The sign of numerator times denominator of the normal form, factor by factor."""
    field = Field()
    facts = here.facts[:_SIZE_OF_FACTS]
    try:
        normal, *given = field.fractional(formula, *(fact for fact, _ in facts))
    except FieldError:
        return Sign.UNKNOWN
    return sign_of_fractional(normal, here, tuple(zip(given, (s for _, s in facts), strict=True)))


def sign_of_fractional(
    normal: Fractional, here: Place, facts: tuple[tuple[Fractional, Sign], ...] = ()
) -> Sign:
    """The sign of a normal form by its factors, its atoms' ranges and facts in one context."""
    values = [range_of(atom, here.box) for atom in normal.atoms]
    known = known_by(facts, here)
    above = sign_of_polynomial(normal.numerator, values, known)
    if normal.denominator.is_constant():
        return above
    below = sign_of_polynomial(normal.denominator, values, known)
    return above.times(below & Sign.NONZERO)


def known_by(facts: tuple[tuple[Fractional, Sign], ...], here: Place) -> Known:
    """The facts about polynomials, up to rational factors."""
    polynomials: list[tuple[fmpq_mpoly, Sign]] = []
    for fact, sign in facts:
        below = Sign.POSITIVE
        if not fact.denominator.is_constant():
            values = [range_of(atom, here.box) for atom in fact.atoms]
            below = sign_of_polynomial(fact.denominator, values)
        # A denominator of no definite sign leaves of u/v != 0 or u/v = 0 what it says of u.
        polynomials.append((fact.numerator, sign.times(below & Sign.NONZERO)))

    def known(polynomial: fmpq_mpoly) -> Sign:
        found = Sign.UNKNOWN
        for fact, sign in polynomials:
            if fact.is_zero() or len(fact) != len(polynomial):
                continue
            ratio = polynomial.leading_coefficient() / fact.leading_coefficient()
            if fact * ratio == polynomial:
                found &= sign if ratio > 0 else sign.opposite
        return found

    return known
