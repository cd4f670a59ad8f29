"""Exact numbers that are no fractions, as values of a variable: closed formulas, isolated zeros.

>>> from derivations.core import pi, num, sqrt, symbol
>>> print(closed(pi / 3))
pi/3
>>> x = symbol("x")
>>> print(zero(x**3 - x - 1, x, Fraction(1), Fraction(2)))
the zero of x**3 - x - 1 near 1.32471795724
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
from flint import acb, arb, ctx, fmpq, fmpz_poly
from mpmath import mp

from derivations.core.formula import Formula, Symbol, as_formula
from derivations.core.substitute import free_names
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import Frame, root_frame
from numeric.balls.values import (
    Exact,
    Indeterminate,
    Infinity,
    Scalar,
    Undefined,
    as_number,
    sign_of,
    the_integer_in,
)
from numeric.exact.algebraic import is_algebraic_zero
from numeric.exact.rational import rational_of
from numeric.reference.evaluate import Library, valued
from numeric.reference.operations import scope_of


def closed(formula: Formula) -> Exact | Fraction | int | None:
    """The value of a formula without variables; None where it has no finite one."""
    if free_names(formula):
        return None
    rational = rational_of(formula)
    if rational is not None:
        return int(rational) if rational.denominator == 1 else rational
    run, step = Compiler().compile(formula), Library().step(formula)

    def enclosed() -> Scalar:
        value = evaluated(run, root_frame({}))
        if isinstance(value, Infinity):
            raise Indeterminate(f"{formula} is infinite")
        return value

    with ctx.workprec(128):
        try:
            value = enclosed()
        except (Undefined, Indeterminate):
            return None
    if isinstance(value, fmpq):
        return as_fraction(value)
    simple = _simple_in(value)
    if simple is not None and is_algebraic_zero(formula - as_formula(simple)):
        return as_number(simple)
    return Exact(str(formula), formula, enclosed, lambda: valued(step, scope_of({})))


def _simple_in(value: Scalar) -> Fraction | None:
    """The only fraction over 12 in a ball."""
    if isinstance(value, acb):
        if not value.imag.contains(0):
            return None
        value = value.real
    whole = the_integer_in(arb(value) * 12)
    return None if whole is None else Fraction(whole, 12)


def as_fraction(value: fmpq) -> Fraction | int:
    """An exact rational of flint as one of Python."""
    return as_number(Fraction(int(value.p), int(value.q)))


def _estimated_by(enclosed: Callable[[], Scalar]) -> Callable[[], Any]:
    """The middle of the ball at mpmath's precision."""

    def estimated() -> Any:
        with ctx.workprec(mp.prec + 32):
            return as_mpmath(enclosed())

    return estimated


def zero(formula: Formula, variable: Symbol, low: Fraction, high: Fraction) -> Exact | None:
    """A zero between two points where a continuous function certainly has opposite signs.

    The caller knows that it is continuous there; None where the signs are not certain.
    """
    run = Compiler().compile(formula)

    def sign_at(point: Fraction) -> int | None:
        frame = Frame(None, {variable: fmpq(point.numerator, point.denominator)})
        try:
            value = evaluated(run, frame)
        except (Undefined, Indeterminate):
            return None
        return None if isinstance(value, Infinity) else sign_of(value)

    with ctx.workprec(256):
        rising = sign_at(high)
        if not rising or sign_at(low) != -rising:
            return None
    narrowed: list[Fraction] = [low, high]

    def enclosed() -> Scalar:
        width = Fraction(1, 2 ** max(8, ctx.prec - 8)) * max(Fraction(1), abs(low))
        with ctx.extraprec(64):
            while narrowed[1] - narrowed[0] > width:
                middle = _short_middle(*narrowed)
                side = sign_at(middle)
                if side is None:  # too near to the zero for this precision
                    break
                if side == 0:
                    narrowed[:] = [middle, middle]
                    break
                narrowed[side == rising] = middle
        below, above = (fmpq(end.numerator, end.denominator) for end in narrowed)
        return arb(below).union(arb(above))

    with ctx.workprec(60):
        place = shown.str(12, radius=False) if isinstance(shown := enclosed(), arb) else str(shown)
    return Exact(
        f"the zero of {formula} near {place}",
        None,
        enclosed,
        _estimated_by(enclosed),
        zero_of=formula,
    )


def root(formula: Formula, factor: fmpz_poly, near: acb) -> Exact:
    """The root of an irreducible polynomial in a ball of its own, where `formula` is 0."""

    def enclosed() -> Scalar:
        roots: Any = factor.complex_roots()
        (found,) = (each for each, _ in roots if each.overlaps(near))
        return found.real if found.imag.is_zero() else found

    with ctx.workprec(60):
        place = enclosed()
    shown = "" if isinstance(place, fmpq) else f" near {place.str(12, radius=False)}"
    return Exact(
        f"the zero of {formula}{shown}", None, enclosed, _estimated_by(enclosed), zero_of=formula
    )


def _short_middle(low: Fraction, high: Fraction) -> Fraction:
    """A point near the middle whose digits are no longer than needed."""
    bits = 2 - (min((high - low).numerator.bit_length() - (high - low).denominator.bit_length(), 0))
    scale = 2 ** (bits + 2)
    middle = Fraction(round((low + high) / 2 * scale), scale)
    return middle if low < middle < high else (low + high) / 2


def as_mpmath(value: Scalar) -> Any:
    """The middle of a ball as a number of mpmath."""
    if isinstance(value, fmpq):
        return mpmath.mpf(int(value.p)) / int(value.q)
    if isinstance(value, acb):
        return mpmath.mpc(as_mpmath(value.real), as_mpmath(value.imag))
    mantissa, exponent = value.mid().man_exp()
    return mpmath.ldexp(int(mantissa), int(exponent))
