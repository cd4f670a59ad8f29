"""Exponentials as products of powers of generators.

Exponents are split into monomials that are linearly independent over the rationals,
`exp(2*x + y) = exp(x)**2 * exp(y)`; a turn by a multiple of pi is a root of unity or a sign.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from flint import fmpq

from derivations.core.formula import (
    ONE,
    Call,
    Formula,
    I,
    Mul,
    Number,
    Q,
    as_formula,
    num,
    pi,
)
from derivations.core.formula import Pow as Power
from derivations.core.functions import Function, exp
from derivations.proving.angles import (
    INVERSE_CIRCULAR,
    exponential_of_angle,
)
from derivations.proving.binders import Binders
from derivations.proving.bounds import is_integer
from derivations.proving.generators import I_PI
from derivations.proving.places import Place
from derivations.proving.rebuild import formula_of_polynomial
from derivations.proving.relations import TURN, lowered


class Exponentials(Binders):
    """The exponential of a rewritten formula, and the roots that it may be."""

    __slots__ = ()

    def exponential(self, u: Formula, here: Place) -> Formula:
        """exp(u) as a product of powers of the chosen generators."""
        normal = self.field.fractional(lowered(u, self.field))[0]
        result: Formula = ONE
        context = normal.numerator.context()
        for powers, coefficient in normal.numerator.terms():
            term, over = context.from_dict({powers: fmpq(1)}), normal.denominator
            common = term.gcd(over)
            term, over = term // common, over // common
            lead = over.leading_coefficient()
            c = Fraction(int(coefficient.p), int(coefficient.q))
            c *= Fraction(int(lead.q), int(lead.p))
            monomial = formula_of_polynomial(term / term.leading_coefficient(), normal.atoms)
            if not over.is_constant():
                monomial = monomial / formula_of_polynomial(over / lead, normal.atoms)
            scale = term.leading_coefficient()
            c *= Fraction(int(scale.p), int(scale.q))
            result = result * self._exponential_of(c, monomial, here)
        return result

    def _exponential_of(self, c: Fraction, monomial: Formula, here: Place) -> Formula:
        """exp(c * monomial)."""
        match monomial:
            case Call(head=Function(name="log", builtin=True), args=(base,)):
                return self._root(base, c)  # exp(c log u) = u**c for u != 0, which log demands
        if monomial == I_PI:
            return self._unit_root(c)
        special = self._turn(c, monomial, here)
        if special is not None:
            return special
        unit = self.units.setdefault(monomial, c)
        if (c / unit).denominator != 1:
            self.units[monomial] = _common_unit(unit, c)
            self.changed = True
        unit = abs(self.units[monomial])
        times = c / unit
        # Not exp(1), whose powers are written exp(2), exp(3) ..., generators of their own.
        whole = Q(1, 1) if monomial == ONE else monomial
        generator = exp(monomial * as_formula(unit) if unit != 1 else whole)
        return generator ** num(int(times)) if times.denominator == 1 else exp(u_of(c, monomial))

    def _turn(self, c: Fraction, monomial: Formula, here: Place) -> Formula | None:
        """exp(I*pi*k) for whole k, and exp(I*atan(u)) and the like; None for other monomials."""
        factors = monomial.args if isinstance(monomial, Mul) else (monomial,)
        if factors[0] != I or len(factors) < 2:
            return None
        angle = factors[1]
        if len(factors) == 2 and isinstance(angle, Call) and angle.head.name in INVERSE_CIRCULAR:
            found = exponential_of_angle(angle.head.name, angle.args, c, here, self.sign)
            return None if found is None else self.rewritten(found, here)
        if angle != pi or not all(is_integer(factor, here.box) for factor in factors[2:]):
            return None
        unit = self.units.get(monomial, Fraction(1))
        unit = Fraction(1, lcm(unit.denominator, c.denominator))
        if unit != self.units.setdefault(monomial, unit):
            self.units[monomial] = unit
            self.changed = True
        if unit != 1:
            turns = Call(TURN, (product_of(factors[2:]), as_formula(unit)))
            return turns ** num(int(c / unit))
        if c % 2 == 0:
            return ONE
        odd = [_of_parity(f) for f in factors[2:]]
        return Power(num(-1), product_of(tuple(odd)))

    def _unit_root(self, c: Fraction) -> Formula:
        """exp(I*pi*c): powers of I where they suffice."""
        quarter = c * 2
        if quarter.denominator == 1:
            return I ** num(int(quarter) % 4)
        unit = Fraction(1, lcm(c.denominator, self.units.get(I_PI, Fraction(1, 2)).denominator))
        if unit != self.units.get(I_PI):
            self.units[I_PI] = unit
            self.changed = True
        return exp(as_formula(unit) * I_PI) ** num(int(c / unit))

    def _root(self, base: Formula, c: Fraction) -> Formula:
        """base**c for base != 0, or c > 0."""
        if c.denominator == 1:
            return base ** num(int(c))
        degree = self.roots.get(base, 1)
        wanted = lcm(degree, c.denominator)
        if wanted != degree:
            self.roots[base] = wanted
            self.changed = True
        return Power(base, Q(1, wanted)) ** num(int(c * wanted))


def _of_parity(factor: Formula) -> Formula:
    """k for k**2, k**3 ..., which have the parity of k."""
    match factor:
        case Power(base, Number(n)) if n > 0:
            return base
    return factor


def product_of(factors: tuple[Formula, ...]) -> Formula:
    result = factors[0]
    for factor in factors[1:]:
        result = result * factor
    return result


def u_of(c: Fraction, monomial: Formula) -> Formula:
    return as_formula(c) * monomial


def _common_unit(one: Fraction, two: Fraction) -> Fraction:
    """The greatest rational of which both are integer multiples."""
    denominator = lcm(one.denominator, two.denominator)
    return Fraction(gcd(int(one * denominator), int(two * denominator)), denominator)
