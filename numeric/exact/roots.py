"""Polynomials that a formula is in one variable, and their roots: in closed form, or in balls."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt
from typing import Any, Final

from flint import acb, arb, ctx, fmpq, fmpq_poly, fmpz_poly

from derivations.core.formula import (
    ONE,
    Add,
    Div,
    Formula,
    I,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    as_formula,
)
from derivations.core.functions import sqrt
from numeric.balls.values import the_integer_in
from numeric.exact.rational import rational_of

_LARGEST_DEGREE: Final = 24


def polynomial_in(formula: Formula, x: Symbol) -> fmpq_poly | None:
    """The formula as a polynomial in x with rational coefficients, where it is written so."""
    rational = rational_of(formula)
    if rational is not None:
        return fmpq_poly([fmpq(rational.numerator, rational.denominator)])
    match formula:
        case Symbol():
            return fmpq_poly([0, 1]) if formula == x else None
        case Neg(arg=arg):
            inner = polynomial_in(arg, x)
            return None if inner is None else -inner
        case Add(args=args) | Mul(args=args):
            product = isinstance(formula, Mul)
            total = fmpq_poly([int(product)])
            for arg in args:
                part = polynomial_in(arg, x)
                if part is None:
                    return None
                total = total * part if product else total + part
                if total.degree() > _LARGEST_DEGREE:
                    return None
            return total
        case Div(numerator=over, denominator=under):
            top, bottom = polynomial_in(over, x), rational_of(under)
            if top is None or not bottom:
                return None
            return top / fmpq(bottom.numerator, bottom.denominator)
        case Pow(base=base, exponent=Number(value=n)) if n <= _LARGEST_DEGREE:
            inner = polynomial_in(base, x)
            if inner is None or max(inner.degree(), 1) * n > _LARGEST_DEGREE:
                return None
            return inner**n
    return None


def closed_roots(polynomial: fmpq_poly, wide: bool) -> Iterator[Formula]:
    """The roots of the linear and quadratic factors."""
    if polynomial.degree() < 1:
        return
    _, factors = fmpz_poly(polynomial.numer()).factor()
    for factor, _ in factors:
        if factor.degree() == 1:
            yield as_formula(Fraction(-int(factor[0]), int(factor[1])))
        elif factor.degree() == 2:
            c, b, a = (int(factor[k]) for k in range(3))
            discriminant = b * b - 4 * a * c
            if discriminant < 0 and not wide:
                continue
            yield from _quadratic(a, b, discriminant)


def _quadratic(a: int, b: int, discriminant: int) -> Iterator[Formula]:
    square, rest = _square_part(abs(discriminant))
    radical = ONE if rest == 1 else sqrt(as_formula(rest))
    if discriminant < 0:
        radical = I if rest == 1 else I * radical
    middle, scale = Fraction(-b, 2 * a), abs(Fraction(square, 2 * a))
    top = radical if scale.numerator == 1 else scale.numerator * radical
    shift = top if scale.denominator == 1 else top / scale.denominator
    for offset in (shift, -shift):
        yield offset if not middle else as_formula(middle) + offset


def real_roots(polynomial: fmpq_poly) -> list[tuple[Fraction, Fraction]]:
    """Isolating intervals of the real roots of the factors of degree 3 or more."""
    found: list[tuple[Fraction, Fraction]] = []
    if polynomial.degree() < 1:
        return found
    _, factors = fmpz_poly(polynomial.numer()).factor()
    for factor, _ in factors:
        if factor.degree() < 3:
            continue
        with ctx.workprec(128):
            roots: Any = factor.complex_roots()
            around = (_around(root.real) for root, _ in roots if root.imag.is_zero())
            found += [ends for ends in around if ends is not None]
    return found


def complex_roots(polynomial: fmpq_poly) -> list[tuple[fmpz_poly, acb]]:
    """The roots that are not real, of the factors of degree 3 or more, each in a ball."""
    if polynomial.degree() < 1:
        return []
    _, factors = fmpz_poly(polynomial.numer()).factor()
    found: list[tuple[fmpz_poly, acb]] = []
    with ctx.workprec(128):
        for factor, _ in factors:
            if factor.degree() >= 3:
                roots: Any = factor.complex_roots()
                found += [(factor, root) for root, _ in roots]
    return found


def _around(root: arb) -> tuple[Fraction, Fraction] | None:
    scale = 2**64
    low = the_integer_in((root * scale).lower().floor())
    high = the_integer_in((root * scale).upper().ceil())
    if low is None or high is None:
        return None
    return Fraction(low - 1, scale), Fraction(high + 1, scale)


def _square_part(n: int) -> tuple[int, int]:
    """n as s**2 * r with r free of small squares."""
    whole = isqrt(n)
    if whole * whole == n:
        return whole, 1
    s = 1
    for k in range(2, 200):
        while n % (k * k) == 0:
            n //= k * k
            s *= k
    return s, n
