"""Closed forms that a number may have, of which some thirty digits are known.

Fractions, square, cube and fourth roots of them, zeros of quadratic polynomials, multiples of pi,
logarithms and exponentials of such numbers, and angles whose tangent is a root. Nothing is proved.

>>> from flint import arb, ctx
>>> with ctx.workprec(192):
...     (
...         [str(f) for f in closed_forms(arb(2).sqrt() * 3)][:1],
...         next(closed_forms(arb("0.75").atan())),
...     )
(['sqrt(18)'], atan(3/4))
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt
from typing import Final

from flint import arb, fmpz_mat

from derivations.core.formula import Formula, as_formula, num, pi
from derivations.core.functions import acos, atan, exp, log, sqrt
from numeric.balls.values import the_integer_in

# A number is taken for a fraction with so small a denominator where it differs by less than this.
_LARGEST: Final = 20_000
_DIGITS: Final = 26
_LARGEST_COEFFICIENT: Final = 5000


def closed_forms(x: arb) -> Iterator[Formula]:
    """Formulas without variables whose value is near to the middle of a ball, the simple first."""
    x = arb(x.mid())
    if x == 0:
        yield num(0)
        return
    yield from _roots(x)
    part = _fraction(x / arb.pi())
    if part is not None:
        yield as_formula(part) * pi
    if x > 0:
        part = _fraction(x.log())
        if part is not None and part:
            yield exp(as_formula(part))
    if abs(x) < _LARGEST:
        for times in (1, 2, 3):
            for inner in _roots((x * times).exp()):
                yield log(inner) if times == 1 else log(inner) / times
        yield from _angles(x)


def _roots(x: arb) -> Iterator[Formula]:
    """A fraction, a root of one, or a zero of a quadratic polynomial."""
    part = _fraction(x)
    if part is not None:
        yield as_formula(part)
        return
    size, negative = abs(x), bool(x < 0)
    for power in (2, 3, 4):
        part = _fraction(size**power)
        if part is not None and part > 0:
            inner = as_formula(part)
            found = sqrt(inner) if power == 2 else inner ** (num(1) / power)
            yield -found if negative else found
            return
    yield from _quadratic(x)


def _quadratic(x: arb) -> Iterator[Formula]:
    """(p + q*sqrt(d)) with a*x**2 + b*x + c = 0 in small whole numbers."""
    scale = arb(10) ** _DIGITS
    rows: list[list[int]] = []
    for k in range(3):
        scaled = the_integer_in(arb((x**k * scale).mid()).floor())
        if scaled is None:
            return
        rows.append([*(int(k == j) for j in range(3)), scaled])
    shortest = fmpz_mat(rows).lll()
    c, b, a = (int(shortest[0, j]) for j in range(3))
    if not a or max(abs(a), abs(b), abs(c)) > _LARGEST_COEFFICIENT:
        return
    under = b * b - 4 * a * c
    if under <= 0:
        return
    for sign in (1, -1):
        value = (sign * arb(under).sqrt() - b) / (2 * a)
        if abs(value - x) < (1 + abs(x)) * arb(10) ** (4 - _DIGITS):
            root = sqrt(num(under))
            over = (root if sign > 0 else -root) - b if b > 0 else -b + sign * root
            over = root if not b and sign > 0 else over
            yield over / (2 * a)


def _angles(x: arb) -> Iterator[Formula]:
    """Half turns and an arc whose tangent is the root of a fraction, or whose cosine is."""
    for times in (1, 2):
        here = x / times
        square = _fraction(here.tan() ** 2)
        if square is not None and square > 0:
            tangent = sqrt(as_formula(square))
            whole = _root_of_square(square)
            inner = atan(tangent if whole is None else as_formula(whole))
            arc = arb(square.numerator) / square.denominator
            for sign in (1, -1):
                turns = _whole((here - sign * arc.sqrt().atan()) / arb.pi())
                if turns is not None:
                    found = _plus_turns(inner if sign > 0 else -inner, turns)
                    yield found if times == 1 else times * found
                    return
    for root in _quadratic(x.cos()):
        arc = x.cos().acos()
        for sign in (1, -1):
            turns = _whole((x - sign * arc) / (2 * arb.pi()))
            if turns is not None:
                yield _plus_turns(acos(root) if sign > 0 else -acos(root), 2 * turns)


def _plus_turns(arc: Formula, turns: int) -> Formula:
    if not turns:
        return arc
    return arc + (pi if turns == 1 else turns * pi)


def _root_of_square(square: Fraction) -> Fraction | None:
    over, under = isqrt(square.numerator), isqrt(square.denominator)
    exact = over * over == square.numerator and under * under == square.denominator
    return Fraction(over, under) if exact else None


def _whole(x: arb) -> int | None:
    part = _fraction(x)
    return int(part) if part is not None and part.denominator == 1 else None


def _fraction(x: arb) -> Fraction | None:
    """The simple fraction that a number seems to be."""
    middle = arb(x.mid())
    if not middle.is_finite() or abs(middle) > 10**9:
        return None
    scaled = the_integer_in((middle * arb(10) ** (2 * _DIGITS)).floor())
    if scaled is None:
        return None
    given = Fraction(scaled, 10 ** (2 * _DIGITS))
    near = given.limit_denominator(_LARGEST)
    close = abs(near - given) < Fraction(1, 10**_DIGITS) * max(Fraction(1), abs(near))
    return near if close else None
