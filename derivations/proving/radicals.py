"""Powers: by exponentials and logarithms, by roots of factors, by whole exponents."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from derivations.core.formula import (
    ONE,
    ZERO,
    Call,
    Formula,
    as_formula,
    num,
)
from derivations.core.formula import Pow as Power
from derivations.core.functions import Abs, log
from derivations.proving.bounds import is_integer, range_of
from derivations.proving.field import Field
from derivations.proving.logarithms import Logarithms, log_of_number
from derivations.proving.places import Place, Sign
from derivations.proving.polynomials import factored
from derivations.proving.quick_signs import quick_sign
from derivations.proving.rebuild import formula_of, formula_of_polynomial
from derivations.proving.relations import lowered


class Radicals(Logarithms):
    """The power of a rewritten formula."""

    __slots__ = ()

    def _power(self, base: Formula, exponent: Formula, here: Place) -> Formula:
        value = self.field.fractional(exponent)[0].constant
        if value is not None and value.denominator == 1:
            return base ** num(int(value))
        if value is not None:
            return self._rational_power(base, value, here)
        if self._has_sign(base, here):
            return self.exponential(exponent * self.logarithm(base, here), here)
        if Sign.ZERO not in quick_sign(base, here):
            if is_integer(exponent, here.box):
                return self.exponential(exponent * log(self._in_lowest_terms(base)), here)
            return self.exponential(exponent * self.logarithm(base, here), here)
        if is_integer(exponent, here.box):
            return self._natural_power(base, exponent, here)
        values = range_of(exponent, here.box)
        if normal_zero(self.field, base) and values is not None and values.positive:
            return ZERO
        return Power(base, exponent)

    def _has_sign(self, base: Formula, here: Place) -> bool:
        """Whether the base is certainly positive, or certainly negative: then its power is the
        exponential of the logarithm, log|u| or log|u| + I pi."""
        return self.positive(base, here) or self.positive(-base, here)

    def _natural_power(self, base: Formula, exponent: Formula, here: Place) -> Formula:
        """u**(k + 2) = u**k * u**2 for whole k >= 0, where u may be 0; u**(2*k) = (u**k)**2."""
        normal = self.field.fractional(base)[0]
        result: Formula = ONE
        for polynomial, side in ((normal.numerator, 1), (normal.denominator, -1)):
            if polynomial.is_constant():
                constant = formula_of_polynomial(polynomial, normal.atoms)
                factors = [] if constant == ONE else [(constant, 1)]
            else:
                unit, found = factored(polynomial)
                factors = [(formula_of_polynomial(f, normal.atoms), int(n)) for f, n in found]
                if unit != 1:
                    factors.append((as_formula(Fraction(int(unit.p), int(unit.q))), 1))
            for factor, times in factors:
                root = self._power_of_factor(factor, exponent, here)
                result = result * root ** num(times * side)
        return result

    def _power_of_factor(self, base: Formula, exponent: Formula, here: Place) -> Formula:
        if Sign.ZERO not in quick_sign(base, here):
            return self._power(base, exponent, here)
        normal = self.field.fractional(exponent)[0]
        if not normal.denominator.is_constant():
            return Power(base, exponent)
        context, lead = normal.numerator.context(), normal.denominator.leading_coefficient()
        shift = Fraction(0)
        parts: list[tuple[Formula, int, Fraction | None]] = []
        for powers, coefficient in normal.numerator.terms():
            c = Fraction(int(coefficient.p), int(coefficient.q))
            c /= Fraction(int(lead.p), int(lead.q))
            monomial = formula_of_polynomial(context.from_dict({powers: fmpq(1)}), normal.atoms)
            if monomial == ONE:
                shift += c
                continue
            values = range_of(monomial, here.box)
            if c.denominator != 1 or c < 0 or not is_integer(monomial, here.box):
                return Power(base, exponent)
            low = None if values is None or values.low is None else values.low
            least = None if low is None or low < 0 else Fraction(int(low.p), int(low.q))
            parts.append((monomial, int(c), least))
        if len(parts) == 1 and shift == 0:
            monomial, times, _ = parts[0]
            if parts[0][2] in (None, 0):
                return Power(base, monomial) ** num(times)
        result: Formula = ONE
        for monomial, times, least in parts:
            if least is None:
                return Power(base, exponent)
            shift += times * least
            rest = self._in_lowest_terms(monomial - as_formula(least))
            result = result * Power(base, rest) ** num(times)
        if shift.denominator != 1 or shift < 0:
            return Power(base, exponent)
        return result * base ** num(int(shift))

    def _rational_power(self, base: Formula, value: Fraction, here: Place) -> Formula:
        """base**(p/q); factors that are not negative go to their own roots, where the rest of the
        product keeps its branch: (a*b)**v = a**v * b**v for a >= 0, and for every b."""
        base = lowered(base, self.field)
        normal = self.field.fractional(base)[0]
        if normal.is_zero:
            return ZERO if value > 0 else Power(base, as_formula(value))
        if self._has_sign(base, here):
            return self.exponential(as_formula(value) * self.logarithm(base, here), here)
        if range_of(base, here.box) is None and normal.constant is None:
            return self._root(formula_of(normal), value)
        result: Formula = ONE
        rest: Formula = ONE
        constant = fmpq(1)
        for polynomial, side in ((normal.numerator, 1), (normal.denominator, -1)):
            if polynomial.is_constant():
                constant *= fmpq(polynomial.leading_coefficient()) ** side
                continue
            unit, factors = factored(polynomial)
            constant *= fmpq(unit) ** side
            for factor, power in factors:
                times = int(power) * side
                piece = formula_of_polynomial(factor, normal.atoms)
                root, kept = self._root_of_factor(piece, times, value, here)
                result = result * root
                rest = rest * kept
        if constant != 0:
            result = result * self._root_of_positive(abs(constant), value, here)
        if constant < 0:
            rest = -rest
        if rest == ONE:
            return result
        rest = self._in_lowest_terms(rest)
        if self._has_sign(rest, here):
            return result * self.exponential(as_formula(value) * self.logarithm(rest, here), here)
        return result * self._root(rest, value)

    def _root_of_positive(self, constant: fmpq, value: Fraction, here: Place) -> Formula:
        return self.exponential(as_formula(value) * log_of_number(constant), here)

    def _root_of_factor(
        self, piece: Formula, times: int, value: Fraction, here: Place
    ) -> tuple[Formula, Formula]:
        """The root of piece**times, and what stays under the common root."""
        sign = quick_sign(piece, here)
        power = value * times
        if sign is Sign.POSITIVE:
            logarithm = self._log_of_atom(piece, here)
            self.positive(piece, here)
            return self.exponential(as_formula(power) * logarithm, here), ONE
        if sign is Sign.NEGATIVE:
            flipped = self._in_lowest_terms(-piece)
            root = self.exponential(as_formula(power) * self._log_of_atom(flipped, here), here)
            return root, num(-1) if times % 2 else ONE
        if sign in Sign.NONNEGATIVE:
            return self._root(piece, power), ONE
        if sign in Sign.NONPOSITIVE:
            return self._root(self._in_lowest_terms(-piece), power), num(-1) if times % 2 else ONE
        if times % 2 == 0 and power.denominator == 1 and sign in Sign.REAL:
            size = piece if power % 2 == 0 else self._even(Call(Abs, (piece,)))
            return size ** num(int(power)), ONE
        return ONE, piece ** num(times)


def normal_zero(field: Field, base: Formula) -> bool:
    return field.fractional(base)[0].is_zero
