"""Logarithms as sums over the positive factors of their arguments."""

from __future__ import annotations

from typing import Final

from flint import fmpq, fmpz

from derivations.core.calculus import Product
from derivations.core.formula import (
    ONE,
    ZERO,
    Call,
    Div,
    Formula,
    I,
    Neg,
    Number,
    num,
    pi,
)
from derivations.core.formula import Pow as Power
from derivations.core.functions import Function, log
from derivations.proving.angles import (
    by_quadrant,
)
from derivations.proving.binders import opened
from derivations.proving.bounds import range_of
from derivations.proving.exponentials import Exponentials
from derivations.proving.field import FieldError
from derivations.proving.places import Place
from derivations.proving.polynomials import factored
from derivations.proving.rebuild import formula_of_polynomial
from derivations.proving.relations import lowered
from derivations.proving.sums import is_finite

LONGEST_FACTORED: Final = 80  # bits of an integer whose prime factors are sought


class Logarithms(Exponentials):
    """The logarithm of a rewritten formula."""

    __slots__ = ()

    def logarithm(self, u: Formula, here: Place) -> Formula:
        """log(u) as a sum over the positive factors of u, and the log of what is left.

        log(a*b) = log(a) + log(b) holds for a > 0 and every b != 0.
        """
        normal = self.field.fractional(u)[0]
        if normal.is_zero:
            raise FieldError(f"log({u}) is the logarithm of 0")
        result: Formula = ZERO
        rest: Formula = ONE
        constant = fmpq(1)
        for polynomial, side in ((normal.numerator, 1), (normal.denominator, -1)):
            if polynomial.is_constant():
                constant *= polynomial.leading_coefficient() ** side
                continue
            unit, factors = factored(polynomial)
            constant *= fmpq(unit) ** side
            for factor, power in factors:
                piece, times = formula_of_polynomial(factor, normal.atoms), int(power) * side
                if self.positive(piece, here):
                    result = result + times * self._log_of_atom(piece, here)
                elif self.positive(-piece, here):
                    constant *= fmpq(-1) ** times
                    flipped = formula_of_polynomial(-factor, normal.atoms)
                    result = result + times * self._log_of_atom(flipped, here)
                else:
                    rest = rest * piece ** num(times)
        result = result + log_of_number(abs(constant))
        if constant < 0:
            rest = -rest
        if rest == ONE:
            return result
        if rest == Neg(ONE):
            return result + I * pi
        rest = self._in_lowest_terms(rest)
        complex_value = self._complex_logarithm(rest, here)
        return result + (log(rest) if complex_value is None else complex_value)

    def _complex_logarithm(self, u: Formula, here: Place) -> Formula | None:
        """log|u| + I arg(u), for a u that is not real and in a known quadrant."""
        if range_of(u, here.box) is not None:
            return None
        parts = self._parts(u, here)
        if parts is None or parts[1] == ZERO:
            return None
        x, y = parts
        angle = by_quadrant(y, x, lambda f: self.sign(f, here))
        square = self._in_lowest_terms(lowered(x**2 + y**2, self.field))
        if angle is None or not self.positive(square, here):
            return None
        return self.logarithm(square, here) / 2 + I * self.rewritten(angle, here)

    def _log_of_atom(self, piece: Formula, here: Place) -> Formula:
        """log of a positive factor."""
        match piece:
            case Call(head=Function(name="exp", builtin=True), args=(u,)):
                if range_of(u, here.box) is not None:
                    return u
            case Power(base, Div(Number(1), Number(degree))):
                return self.logarithm(base, here) / degree
            case Product():
                single = opened(piece)
                body, k, lower, upper = single.body, single.variable, piece.lower, piece.upper
                inner = self._inside(single, here)
                if is_finite(lower, upper) and self.positive(body, inner):
                    return self._linear(self.logarithm(body, inner), k, lower, upper, here)
        return log(piece)


def log_of_number(value: fmpq) -> Formula:
    """log of a positive rational, by primes where they are cheap to find."""
    result: Formula = ZERO
    for part, side in ((value.p, 1), (value.q, -1)):
        if part == 1:
            continue
        if part.bit_length() > LONGEST_FACTORED:
            result = result + side * log(num(int(part)))
            continue
        for prime, power in fmpz(part).factor():
            result = result + (side * int(power)) * log(num(int(prime)))
    return result
