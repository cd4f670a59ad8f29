"""The sign of a formula of one real variable, by a change of the variable or a bound for exp.

With x = exp(t) logarithms become polynomials, with x = t**n roots do. A polynomial in t and
E = exp(t) has a sign on t >= 0 if it has one after E = 1 + t + ... + t**N/N! + R, for all t >= 0
and all R >= 0: each coefficient of a power of R is a polynomial in t, decided by its real roots.
For t <= 0 the same is asked of -t, after E = 1/F.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial, lcm
from typing import Final

import flint
from flint import arb, fmpq, fmpq_mpoly, fmpq_poly

from derivations.core.formula import Call, Div, Formula, FormulaError, Number, Symbol, as_formula
from derivations.core.formula import Pow as Power
from derivations.core.functions import Function, exp
from derivations.core.substitute import free_symbols, fresh_symbol, substitute
from derivations.proving import ranges
from derivations.proving.angles import has_angles, range_in_pi
from derivations.proving.bounds import Box, range_of
from derivations.proving.curves import by_curvature, by_half_angle
from derivations.proving.exp_log import rewritten
from derivations.proving.field import Field, Fractional
from derivations.proving.orderings import sign_by_orderings
from derivations.proving.places import Place, Sign, sign_of_range
from derivations.proving.polynomials import count_of_roots, factored, sign_of_polynomial
from derivations.proving.quick_signs import quick_sign
from derivations.proving.ranges import Range
from derivations.proving.rebuild import formula_of_polynomial
from derivations.proving.relations import lowered
from derivations.proving.signs import sign_at
from derivations.proving.turning import by_difference, by_ratio, by_turning

DEEPEST: Final = 4
MOST_TERMS_OF_EXP: Final = 9
MOST_DEGREE: Final = 12
MOST_INTEGERS: Final = 6
MOST_TERMS_OF_FACTOR: Final = 120


def sign_in_order(formula: Formula, here: Place, wanted: Sign) -> Sign:
    """The signs that a real formula can have at the place, looked for at some length."""
    sign = sign_at(formula, here, wanted=wanted)
    if sign in wanted:
        return sign
    if has_angles(formula):
        values = range_in_pi(formula, here, quick_sign)
        sign &= sign_of_range(values)
    for attempt in _ATTEMPTS:
        if sign in wanted:
            return sign
        try:
            sign &= attempt(formula, here, wanted)
        except (FormulaError, RecursionError):
            continue
    if sign not in wanted and len(free_symbols(formula)) == 1:
        sign &= sign_at(formula, here, DEEPEST, wanted)
    return sign


def _by_numerator(formula: Formula, here: Place, wanted: Sign) -> Sign:
    """Numerator and denominator of the normal form, each by its own slope."""
    (form,), _ = rewritten((formula,), here)
    sign = Sign.UNKNOWN
    # The waves of the formula itself are real, those of the normal form are not.
    for candidate in (lowered(form), formula):
        normal = Field().fractional(candidate)[0]
        if normal.denominator.is_constant() or sign in wanted:
            continue
        above = sign_at(formula_of_polynomial(normal.numerator, normal.atoms), here)
        below = sign_at(formula_of_polynomial(normal.denominator, normal.atoms), here)
        sign &= above.times(below & Sign.NONZERO)
    return sign


def _by_orderings(formula: Formula, here: Place, wanted: Sign) -> Sign:
    """Polynomials in several variables, factor by factor, by the order of the variables."""
    (form,), _ = rewritten((formula,), here)
    normal = Field().fractional(lowered(form))[0]
    values = [range_of(atom, here.box) for atom in normal.atoms]
    sign = Sign.POSITIVE
    for polynomial, kept in ((normal.numerator, Sign.UNKNOWN), (normal.denominator, Sign.NONZERO)):
        if len(polynomial) > MOST_TERMS_OF_FACTOR:
            return Sign.UNKNOWN
        constant, factors = factored(polynomial)
        sign = sign.times(Sign.POSITIVE if constant > 0 else Sign.NEGATIVE)
        for factor, power in factors:
            found = sign_of_polynomial(factor, values)
            if len(found) > 1:
                found &= sign_by_orderings(factor, values)
            sign = sign.times(found.to_power(int(power)) & kept)
    return sign


def _variable(formula: Formula, here: Place) -> tuple[Symbol, Range] | None:
    free = free_symbols(formula)
    if len(free) != 1:
        return None
    (x,) = free
    r = here.box.ranges.get(x)
    return None if r is None or r.value is not None else (x, r)


def _moved(
    formula: Formula, x: Symbol, new: Formula, t: Symbol, values: Range
) -> tuple[Formula, Place]:
    """The formula with x replaced, on the range of the new variable alone."""
    return substitute(formula, {x: new}), Place(Box({t: values}))


def _by_logarithmic_variable(formula: Formula, here: Place, wanted: Sign) -> Sign:
    """x = exp(t) for x > 0, where log(x) occurs."""
    found = _variable(formula, here)
    if found is None or not found[1].positive or not _has_logarithm_of(formula, found[0]):
        return Sign.UNKNOWN
    x, r = found
    t = fresh_symbol(Symbol("t"), {x})
    low = None if r.low is None or r.low == 0 else _log(r.low, False)
    high = None if r.high is None else _log(r.high, True)
    values = Range(low, high, r.low_open, r.high_open)
    changed, there = _moved(formula, x, exp(t), t, values)
    (form,), _ = rewritten((changed,), there)
    return sign_at(form, there, wanted=wanted) & _by_exponentials(changed, there, wanted)


def _log(value: fmpq, upper: bool) -> fmpq:
    if value == 1:
        return fmpq(0)
    with flint.ctx.workprec(ranges.PRECISION):
        ball = arb(value).log()
        return (ball.upper() if upper else ball.lower()).fmpq()


def _has_logarithm_of(formula: Formula, x: Symbol) -> bool:
    match formula:
        case Call(head=Function(name="log", builtin=True), args=(u,)) if x in free_symbols(u):
            return True
        case Power(_, exponent) if x in free_symbols(exponent):
            return True
    return any(_has_logarithm_of(part, x) for part in formula.parts)


def _by_root_variable(formula: Formula, here: Place, wanted: Sign) -> Sign:
    """x = t**n for x >= 0, in each variable whose n-th root occurs."""
    (form,), _ = rewritten((formula,), here)
    degrees: dict[Symbol, int] = {}
    for atom in Field().fractional(form)[0].atoms:
        match atom:
            case Power(Symbol() as x, Div(Number(1), Number(n))):
                degrees[x] = lcm(degrees.get(x, 1), n)
    if not degrees:
        return Sign.UNKNOWN
    values = dict(here.box.ranges)
    for x, n in degrees.items():
        r = values.get(x)
        if r is None or not r.nonnegative or x in here.box.integers:
            return Sign.UNKNOWN
        t = fresh_symbol(Symbol("t"), {s for s in values if isinstance(s, Symbol)})
        low = fmpq(0) if r.low is None else _root(r.low, n, False)
        high = None if r.high is None else _root(r.high, n, True)
        values[t] = Range(low, high, r.low_open, r.high_open)
        formula = substitute(formula, {x: t ** Number(n)})
    there = Place(Box(values, here.box.integers))
    return sign_at(formula, there, wanted=wanted)


def _root(value: fmpq, n: int, upper: bool) -> fmpq:
    if value in (0, 1):
        return value
    with flint.ctx.workprec(ranges.PRECISION):
        ball = arb(value).root(n)
        return (ball.upper() if upper else ball.lower()).fmpq()


def _by_integers(formula: Formula, here: Place, wanted: Sign) -> Sign:
    """The members near 0 one by one, and what lies beyond them on each side."""
    found = _variable(formula, here)
    if found is None or found[0] not in here.box.integers:
        return Sign.UNKNOWN
    x, r = found
    start = 0 if r.low is None else int(-(-r.low.p // r.low.q))
    end = start + MOST_INTEGERS
    if r.high is not None and r.high < end:
        end = int(r.high.p // r.high.q)
    sign = Sign.IMPOSSIBLE
    for value in range(start, end + 1):
        sign |= sign_at(substitute(formula, {x: as_formula(value)}), here, 0)
    if r.high is None or r.high > end:
        sign |= sign_at(formula, here.narrowed(x, Range(fmpq(end + 1), r.high)), wanted=wanted)
    if r.low is None:
        sign |= sign_at(formula, here.narrowed(x, Range(None, fmpq(-1))), wanted=wanted)
    return sign


def _by_exponentials(formula: Formula, here: Place, wanted: Sign) -> Sign:
    """A polynomial in t and one exponential exp(t/n), on the parts of the line beside 0."""
    found = _variable(formula, here)
    if found is None:
        return Sign.UNKNOWN
    x, r = found
    (form,), _ = rewritten((formula,), here)
    normal = Field().fractional(lowered(form))[0]
    unit = _only_exponential(normal, x)
    if unit is None:
        return Sign.UNKNOWN
    sign = Sign.IMPOSSIBLE
    if r.low is None or r.low < 0:
        sign |= _on_one_side(normal, x, unit, -1)
    if r.high is None or r.high > 0:
        sign |= _on_one_side(normal, x, unit, 1)
    if (r.low is None or r.low <= 0) and (r.high is None or r.high >= 0):
        at_zero = quick_sign(substitute(formula, {x: Number(0)}), here)
        touches = not ((r.low == 0 and r.low_open) or (r.high == 0 and r.high_open))
        sign |= at_zero if touches else Sign.IMPOSSIBLE
    return sign


def _only_exponential(normal: Fractional, x: Symbol) -> Fraction | None:
    """c where the generators are x and exp(c*x)."""
    unit: Fraction | None = None
    for atom in normal.atoms:
        if atom == x:
            continue
        match atom:
            case Call(head=Function(name="exp", builtin=True), args=(u,)):
                c = Field().fractional(u / x)[0].constant
                if c is None or unit is not None:
                    return None
                unit = c
            case _:
                return None
    return unit


def _on_one_side(normal: Fractional, x: Symbol, unit: Fraction, side: int) -> Sign:
    """The sign for x > 0 (or x < 0): of numerator and denominator."""
    above = _sign_with_exponential(normal.numerator, normal.atoms, x, unit, side)
    below = _sign_with_exponential(normal.denominator, normal.atoms, x, unit, side)
    return above.times(below & Sign.NONZERO)


def _sign_with_exponential(
    polynomial: fmpq_mpoly, atoms: tuple[Formula, ...], x: Symbol, unit: Fraction, side: int
) -> Sign:
    """With t = |c x| > 0: x = side * t/|c|, and exp(c x) is exp(t) or its reciprocal."""
    if polynomial.is_zero():
        return Sign.ZERO
    if polynomial.is_constant():
        value = polynomial.leading_coefficient()
        return Sign.POSITIVE if value > 0 else Sign.NEGATIVE
    at = [i for i, atom in enumerate(atoms) if atom == x]
    grows = (unit > 0) == (side > 0)
    terms: dict[tuple[int, int], fmpq] = {}
    for powers, coefficient in polynomial.terms():
        i = int(powers[at[0]]) if at else 0
        k = sum(int(n) for n in powers) - i
        scale = fmpq(side * unit.denominator, abs(unit.numerator)) ** i
        terms[i, k] = terms.get((i, k), fmpq(0)) + fmpq(coefficient) * scale
    most = max(k for _, k in terms)
    if most > MOST_DEGREE:
        return Sign.UNKNOWN
    if not grows:  # times exp(t)**most, which is positive
        terms = {(i, most - k): c for (i, k), c in terms.items()}
    for count in range(1, MOST_TERMS_OF_EXP):
        found = _sign_with_bound(terms, count)
        if found is not None:
            return found
    return Sign.UNKNOWN


def _sign_with_bound(terms: dict[tuple[int, int], fmpq], count: int) -> Sign | None:
    """The sign for t > 0 after E = T + R, where T has `count` terms of exp and R > 0."""
    series = fmpq_poly([fmpq(1, factorial(k)) for k in range(count)])
    most = max(k for _, k in terms)
    powers = [fmpq_poly([1])]
    for _ in range(most):
        powers.append(powers[-1] * series)
    signs = Sign.IMPOSSIBLE
    for j in range(most + 1):  # the coefficient of R**j
        total = fmpq_poly([0])
        for (i, k), c in terms.items():
            if k >= j:
                binomial = factorial(k) // (factorial(j) * factorial(k - j))
                total += powers[k - j] * fmpq_poly([0] * i + [c * binomial])
        found = _sign_on_positives(total)
        if found is None:
            return None
        signs |= found
    signs &= Sign.NONZERO_REAL
    # All coefficients have one sign, none changes it: so has the sum, R and t being positive.
    return signs if signs in (Sign.POSITIVE, Sign.NEGATIVE) else None


def _sign_on_positives(polynomial: fmpq_poly) -> Sign | None:
    """The sign of a polynomial for all t > 0; None where it changes or vanishes somewhere."""
    if not polynomial:
        return Sign.ZERO
    while polynomial(0) == 0:
        polynomial = polynomial // fmpq_poly([0, 1])
    if count_of_roots(polynomial, fmpq(0), None):
        return None
    return Sign.POSITIVE if polynomial(1) > 0 else Sign.NEGATIVE


_ATTEMPTS: Final = (
    _by_numerator,
    _by_exponentials,
    _by_logarithmic_variable,
    _by_root_variable,
    _by_integers,
    _by_orderings,
    by_ratio,
    by_difference,
    by_turning,
    by_half_angle,
    by_curvature,
)
