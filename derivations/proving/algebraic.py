"""Zero among algebraic numbers, decided: by a ball and a lower bound for what is not zero.

A number built from integers by field operations, k-th roots and roots of unity is U/L for
algebraic integers U, L, in a field of a degree D that the roots bound. If all conjugates of U have
absolute value at most u and those of L at most l, then U = 0 or |U| >= u**(1 - D), as the product
of the conjugates of U is a whole number; so the number is 0 or at least u**(1 - D)/l. A ball
around it that lies within that bound is a proof that it is 0.
(Burnikel, Funke, Mehlhorn, Schirra, Schmitt: A separation bound for real algebraic expressions.)

>>> from derivations.core.formula import I, Q, num, pi
>>> from derivations.core.functions import exp
>>> three, root = num(3), num(2) ** Q(1, 2)
>>> vanishes((three + 2 * root) ** Q(1, 2) - 1 - root)
True
>>> unit = exp(I * pi / 3)
>>> vanishes(unit - 1 / unit - I * three ** Q(1, 2))
True
>>> vanishes(root - Q(14142135623730950488, 10**19))
False
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import lcm, log2
from typing import Final, TypeAlias

import flint
from flint import acb, arb, fmpq, fmpq_mpoly, fmpz

from derivations.core.formula import Call, Constant, Div, Formula, FormulaError, I, Number, pi
from derivations.core.formula import Pow as Power
from derivations.core.functions import Function
from derivations.proving.field import Field, FieldError

MOST_BITS: Final = 60_000
MOST_ROOT: Final = 64
MOST_DEPTH: Final = 12
_I_PI: Final = I * pi

Sizes: TypeAlias = "tuple[float, float]"  # log2 of the bounds for U and for L


@dataclass(slots=True)
class _Numbers:
    """The algebraic numbers met, with the degree of the field that they generate."""

    bounds: dict[Formula, Sizes] = field(default_factory=dict)
    roots: dict[Formula, int] = field(default_factory=dict)
    order: int = 1  # of the roots of unity

    def degree(self) -> int:
        result = int(fmpz(self.order).euler_phi())
        for root in self.roots.values():
            result *= root
        return result

    def bounds_of_atom(self, atom: Formula, depth: int = 0) -> Sizes | None:
        if atom not in self.bounds:
            found = self._bounds_of_atom(atom, depth)
            if found is None:
                return None
            self.bounds[atom] = found
        return self.bounds[atom]

    def _bounds_of_atom(self, atom: Formula, depth: int) -> Sizes | None:
        order = order_of_unity(atom)
        if order is not None:
            self.order = lcm(self.order, order)
            return 0.0, 0.0
        match atom:
            case Power(base, Div(Number(1), Number(n))) if 1 < n <= MOST_ROOT:
                inner = self.bounds_of(base, depth + 1)
                if inner is None:
                    return None
                self.roots[atom] = n
                up, low = inner
                # (U/L)**(1/n) = (U * L**(n - 1))**(1/n) / L
                return (up + (n - 1) * low) / n, low
        return None

    def bounds_of(self, formula: Formula, depth: int = 0) -> Sizes | None:
        if depth > MOST_DEPTH:
            return None
        normal = Field().fractional(formula)[0]
        above = self.bounds_of_polynomial(normal.numerator, normal.atoms, depth)
        below = self.bounds_of_polynomial(normal.denominator, normal.atoms, depth)
        if above is None or below is None:
            return None
        return above[0] + below[1], above[1] + below[0]

    def bounds_of_polynomial(
        self, polynomial: fmpq_mpoly, atoms: tuple[Formula, ...], depth: int = 0
    ) -> Sizes | None:
        """U and L of a sum of monomials over their common denominator."""
        degrees = [int(d) for d in polynomial.degrees()]
        sizes: list[Sizes] = []
        for atom, degree in zip(atoms, degrees, strict=True):
            found = self.bounds_of_atom(atom, depth) if degree else (0.0, 0.0)
            if found is None:
                return None
            sizes.append(found)
        common = 1
        for coefficient in polynomial.coeffs():
            common = lcm(common, int(coefficient.q))
        low = _size(common) + sum(d * s[1] for d, s in zip(degrees, sizes, strict=True))
        largest = 0.0
        for powers, coefficient in polynomial.terms():
            term = _size(int(coefficient.p) * (common // int(coefficient.q)))
            for power, degree, (up, down) in zip(powers, degrees, sizes, strict=True):
                term += int(power) * up + (degree - int(power)) * down
            largest = max(largest, term)
        return largest + log2(max(len(polynomial), 1)) + 0.001, low


def _size(value: int) -> float:
    """log2 of the absolute value, a little above."""
    return log2(abs(value)) * 1.0001 + 0.001 if value else 0.0


def order_of_unity(atom: Formula) -> int | None:
    """n for an atom that is a primitive n-th root of unity: I, and exp(I*pi/d)."""
    if atom == I:
        return 4
    match atom:
        case Call(head=Function(name="exp", builtin=True), args=(u,)):
            try:
                c = Field().fractional(u / _I_PI)[0].constant
            except FieldError:
                return None
            if c is not None and c.numerator == 1 and c.denominator <= 10 * MOST_ROOT:
                return 2 * c.denominator
    return None


def is_algebraic(atom: Formula) -> bool:
    """Whether a generator is an algebraic number that this file bounds."""
    if isinstance(atom, Constant) and atom != I:
        return False
    try:
        return _Numbers().bounds_of_atom(atom) is not None
    except FormulaError:
        return False


def vanishes(formula: Formula) -> bool | None:
    """Whether an algebraic number is 0; None where that is not decided within bounds.

    Roots are `u**(1/n)`, principal; the formula is in normal form or near to it.
    """
    normal = Field().fractional(formula)[0]
    return polynomial_vanishes(normal.numerator, normal.atoms)


def polynomial_vanishes(polynomial: fmpq_mpoly, atoms: tuple[Formula, ...]) -> bool | None:
    """The same for a polynomial in algebraic numbers."""
    if polynomial.is_zero():
        return True
    numbers = _Numbers()
    sizes = numbers.bounds_of_polynomial(polynomial, atoms)
    if sizes is None:
        return None
    # One part in ten thousand, and 32 bits, for the rounding of the logarithms above.
    bits = ((numbers.degree() - 1) * max(sizes[0], 0.0) + sizes[1]) * 1.0001 + 32
    if bits > MOST_BITS:
        return _differs_from_zero(polynomial, atoms)
    precision = int(bits) + 128
    for _ in range(4):
        with flint.ctx.workprec(precision):
            value = _ball(polynomial, atoms)
            if value is None:
                return None
            if not value.contains(0):
                return False
            if abs(value).upper() < arb(2) ** -int(bits + 1):
                return True
        precision += int(bits) // 2 + 256
    return None


def _differs_from_zero(polynomial: fmpq_mpoly, atoms: tuple[Formula, ...]) -> bool | None:
    """False where a ball of moderate precision is apart from 0."""
    with flint.ctx.workprec(2_000):
        value = _ball(polynomial, atoms)
    return False if value is not None and not value.contains(0) else None


def _ball(polynomial: fmpq_mpoly, atoms: tuple[Formula, ...]) -> acb | None:
    values: list[acb | None] = []
    for i, atom in enumerate(atoms):
        values.append(_ball_of(atom) if int(polynomial.degrees()[i]) else acb(0))
    total = acb(0)
    for powers, coefficient in polynomial.terms():
        term = acb(fmpq(coefficient))
        for power, value in zip(powers, values, strict=True):
            if int(power):
                if value is None:
                    return None
                term *= value ** int(power)
        total += term
    return total


def _ball_of(atom: Formula) -> acb | None:
    """The value of a generator at the working precision; None where a branch is not told."""
    if atom == I:
        return acb(0, 1)
    match atom:
        case Call(args=(u,)):
            c = Field().fractional(u / _I_PI)[0].constant
            assert c is not None
            return acb(fmpq(c.numerator, c.denominator)).exp_pi_i()
        case Power(base, Div(Number(1), Number(n))):
            normal = Field().fractional(base)[0]
            above = _ball(normal.numerator, normal.atoms)
            below = _ball(normal.denominator, normal.atoms)
            if above is None or below is None or below.contains(0):
                return None
            value = _certainly_real(base, above / below)
            if value.imag.contains(0) and not value.real > 0:
                if not (value.imag.is_zero() and value.real < 0):
                    return None  # the principal root jumps across the negative axis
                return (-value).root(n) * acb(fmpq(1, n)).exp_pi_i()
            return value.root(n)
    return None


def _certainly_real(base: Formula, value: acb) -> acb:
    return acb(value.real) if _is_real(base) else value


def _is_real(formula: Formula) -> bool:
    """Real by its shape: numbers, sums, products and real roots of positive numbers."""
    match formula:
        case Number():
            return True
        case Power(base, Div(Number(1), Number())):
            return _is_real(base) and (ball := _ball_of_formula(base)) is not None and ball.real > 0
        case Power(base, exponent):
            return _is_real(base) and not exponent.parts
    if formula == I or isinstance(formula, Call | Constant) or not formula.parts:
        return False
    return all(_is_real(part) for part in formula.parts)


def _ball_of_formula(formula: Formula) -> acb | None:
    normal = Field().fractional(formula)[0]
    above = _ball(normal.numerator, normal.atoms)
    below = _ball(normal.denominator, normal.atoms)
    if above is None or below is None or below.contains(0):
        return None
    return above / below
