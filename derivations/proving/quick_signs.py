"""Signs without rewriting: by the ranges of the parts, by facts, by factors with opaque heads."""

from __future__ import annotations

from flint import fmpq, fmpq_mpoly

from derivations.core.formula import ONE, Call, Div, Formula, FormulaError, I, Mul, Neg, Q, pi, walk
from derivations.core.formula import Pow as Power
from derivations.core.functions import Function
from derivations.core.substitute import rewrite
from derivations.proving.angles import sign_of_wave
from derivations.proving.bounds import RECIPROCAL_GAMMA, is_integer, range_of
from derivations.proving.field import Field, FieldError, Fractional, equal_by_algebra
from derivations.proving.linear import sign_by_conditions
from derivations.proving.places import Place, Sign, sign_of_range
from derivations.proving.polynomials import Known, sign_of_polynomial
from derivations.proving.rebuild import formula_of_polynomial

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


def is_nonnegative(formula: Formula, here: Place) -> bool:
    """Whether a formula is certainly 0 or more, where it is defined: whether it is more than 0,
    which takes longer to see, is not asked."""
    if formula not in here.memory:
        try:
            if _at_once(formula, here) in Sign.NONNEGATIVE:
                return True
        except FormulaError:
            return False
    return quick_sign(formula, here) in Sign.NONNEGATIVE


def _at_once(formula: Formula, here: Place) -> Sign:
    sign = sign_of_range(range_of(formula, here.box))
    return sign if sign in Sign.NONNEGATIVE else sign & by_factors(formula, here)


def _quick_sign(formula: Formula, here: Place) -> Sign:
    sign = sign_of_range(range_of(formula, here.box))
    if len(sign) <= 1:
        return sign
    sign &= by_structure(formula, here)
    if len(sign) <= 1:
        return sign
    sign &= by_factors(formula, here)
    if sign & Sign.ZERO and _is_fraction_off_zero(formula, here):
        sign &= Sign.NONZERO
    if len(sign) > 1 and len(here.facts) > 1:
        sign &= sign_by_conditions(formula, here.facts, here.box)
    return sign


def by_structure(formula: Formula, here: Place) -> Sign:
    """Products, quotients, powers and exponentials, complex ones included."""
    if formula == I:
        return Sign.NOT_REAL
    match formula:
        case Call(head=Function(name="exp", builtin=True)):
            return Sign.NONZERO
        case Call(head=Function(name="sin" | "cos" as name, builtin=True), args=(u,)):
            turns = u / pi if name == "sin" else u / pi + Q(1, 2)
            if range_of(u, here.box) is not None and _is_fractional(turns, here):
                return Sign.NONZERO
            return sign_of_wave(name, u, here, quick_sign)
        case Call(head=head, args=(u,)) if head == RECIPROCAL_GAMMA:
            return Sign.NONZERO if is_no_pole(u, here) else Sign.UNKNOWN
        case Neg(arg):
            return quick_sign(arg, here).opposite
        case Mul(args):
            product = Sign.POSITIVE
            for arg in args:
                product = product.times(quick_sign(arg, here))
            return product
        case Div(above, below):
            found = quick_sign(above, here)
            for factor in below.args if isinstance(below, Mul) else (below,):
                reciprocal = reciprocal_of(factor)
                if reciprocal is not None:  # 0 at the poles of gamma
                    found = found.times(quick_sign(reciprocal, here))
                else:
                    found = found.times(quick_sign(factor, here) & Sign.NONZERO)
            return found
        case Power(base, _) if Sign.ZERO not in quick_sign(base, here):
            return Sign.NONZERO
    return Sign.UNKNOWN


def reciprocal_of(factor: Formula) -> Formula | None:
    """1/gamma or 1/factorial, as an entire function; None for other factors."""
    match factor:
        case Call(head=Function(name="gamma", builtin=True), args=(u,)):
            return RECIPROCAL_GAMMA(u)
        case Call(head=Function(name="factorial", builtin=True), args=(u,)):
            return RECIPROCAL_GAMMA(u + 1)
    return None


def by_entire(below: Formula) -> Formula | None:
    """1/below as a product with entire reciprocals, where gamma or factorial is a factor of it."""
    factors = below.args if isinstance(below, Mul) else (below,)
    if not any(reciprocal_of(factor) is not None for factor in factors):
        return None
    result: Formula | None = None
    for factor in factors:
        reciprocal = reciprocal_of(factor)
        inverse = ONE / factor if reciprocal is None else reciprocal
        result = inverse if result is None else result * inverse
    return result


def with_reciprocals(formula: Formula) -> Formula:
    """The formula with gamma and factorial as reciprocals of entire functions."""

    def rule(node: Formula) -> Formula | None:
        reciprocal = reciprocal_of(node)
        return None if reciprocal is None else ONE / reciprocal

    if not any(reciprocal_of(node) is not None for node in walk(formula)):
        return formula
    return rewrite(formula, rule)


def is_no_pole(u: Formula, here: Place) -> bool:
    """Whether u is certainly none of 0, -1, -2, ..."""
    values = range_of(u, here.box)
    if values is None:
        return False
    if values.positive:
        return True
    if _is_off_the_integers(Field().fractional(u)[0], here):
        return True
    return _is_fractional(u, here)


def _is_off_the_integers(normal: Fractional, here: Place) -> bool:
    """Whole terms, and a constant that is no whole number."""
    if not normal.denominator.is_constant():
        return False
    context, lead = normal.numerator.context(), normal.denominator.leading_coefficient()
    constant = fmpq(0)
    for powers, coefficient in normal.numerator.terms():
        if any(powers):
            term = formula_of_polynomial(
                context.from_dict({powers: coefficient / lead}), normal.atoms
            )
            if not is_integer(term, here.box):
                return False
        else:
            constant = fmpq(coefficient / lead)
    return bool(constant.q != 1)


def _fractions(here: Place) -> list[Formula]:
    """What is known to be no integer: the v of which v - floor(v) is not 0."""
    found: list[Formula] = []
    for fact, sign in here.facts:
        if sign & Sign.ZERO:
            continue
        for call in walk(fact):
            match call:
                case Call(head=Function(name="floor", builtin=True), args=(v,)):
                    if equal_by_algebra(fact, v - call) or equal_by_algebra(fact, call - v):
                        found.append(v)
    return found


def _is_fraction_off_zero(u: Formula, here: Place) -> bool:
    """Whether u = 0 would make an integer of what is none: v - k*u is a whole number."""
    for v in _fractions(here):
        one, two = Field().fractional(u, v)
        if one.numerator.is_constant() or two.numerator.is_constant():
            continue
        slope = _ratio(one, two)
        rest = Field().fractional(v - Q(int(slope.p), int(slope.q)) * u)[0].constant
        if rest is not None and rest.denominator == 1:
            return True
    return False


def _is_fractional(u: Formula, here: Place) -> bool:
    """Whether u is no integer, as some a*u + b with whole a, b is none."""
    for v in _fractions(here):
        one, two = Field().fractional(u, v)
        if one.numerator.is_constant() or two.numerator.is_constant():
            continue
        slope = _ratio(one, two)
        if slope.q != 1:
            continue
        rest = Field().fractional(v - int(slope.p) * u)[0].constant
        if rest is not None and rest.denominator == 1:
            return True
    return False


def _ratio(u: Fractional, v: Fractional) -> fmpq:
    """The number k for which v - k*u may be constant, by their leading terms."""
    ratio = v.numerator.leading_coefficient() / u.numerator.leading_coefficient()
    return fmpq(ratio * u.denominator.leading_coefficient() / v.denominator.leading_coefficient())


def by_factors(formula: Formula, here: Place) -> Sign:
    """The sign of numerator times denominator of the normal form, factor by factor."""
    field = Field()
    facts = here.facts[:_SIZE_OF_FACTS]
    formula = with_reciprocals(formula)
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
