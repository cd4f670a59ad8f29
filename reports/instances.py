"""A counterexample at a point: the values of its two sides, for the reader to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

import mpmath

from derivations.core import Claim, Formula, Interval, Variable
from derivations.core.formula import Neg, Number, oo
from derivations.core.latex import to_latex
from numeric.balls.values import Exact, Gaussian, Indeterminate, Undefined, Value
from numeric.points.sample import points_of
from numeric.reference.evaluate import evaluate
from reports.typeset_numbers import number_latex
from reports.widths import width_em

_DIGITS = 30
_SHOWN = 8
_TRIED = 20
_WIDEST = 12.0  # em of a side that is repeated


@dataclass(frozen=True, slots=True)
class Instance:
    """A point of the claim's domain, in LaTeX math mode, and what both sides are there, in words:
    `$L(z) \\approx 0.974$`; the point is empty where there are no variables, and so is the right
    side where it is a number."""

    point: str
    lhs: str
    rhs: str


def instance(claim: Claim) -> Instance | None:
    """The first simple point at which both sides have real values; where the domain ends before a
    number, the integer that is nearest to it."""
    for point in _told_points(claim):
        try:
            sides = [evaluate(side, point, _DIGITS) for side in (claim.lhs, claim.rhs)]
        except (Undefined, Indeterminate):
            continue
        if all(isinstance(side, mpmath.mpf) and mpmath.isfinite(side) for side in sides):
            lhs = _told(claim.lhs, "the left side is", _value(sides[0]))
            number = isinstance(claim.rhs, Number)
            rhs = "" if number else _told(claim.rhs, "the right side is", _value(sides[1]))
            return Instance(_point(point), lhs, rhs)
    return None


def _told_points(claim: Claim) -> list[Mapping[Variable, Any]]:
    points = list(islice(points_of(claim), _TRIED))
    match claim.on:
        case ((variable, Interval() as domain),):
            ends = ((domain.lower, domain.lower_open), (domain.upper, domain.upper_open))
            open_ends = [end for end, is_open in ends if is_open and end not in (oo, Neg(oo))]
            if len(open_ends) == 1:
                end = Fraction(float(evaluate(open_ends[0], {}, _DIGITS)))
                points.sort(key=lambda p: _from_end(p[variable], end))
    return points


def _from_end(value: Value, end: Fraction) -> tuple[bool, Fraction]:
    """Integers first, the nearest to the end first of all."""
    if not isinstance(value, int | Fraction) or Fraction(value).denominator != 1:
        return True, Fraction(0)
    return False, abs(value - end)


def _told(side: Formula, words: str, value: str) -> str:
    latex = to_latex(side)
    if width_em(latex) <= _WIDEST:
        return f"${latex} {value}$"
    return f"{words} ${value.removeprefix('= ')}$".replace(r"$\approx ", r"about $")


def _value(value: Any) -> str:
    if value == mpmath.nint(value) and abs(value) < 10**6:
        return f"= {int(value)}"
    return rf"\approx {number_latex(mpmath.nstr(value, _SHOWN))}"


def _point(point: Any) -> str:
    return ", ".join(f"{to_latex(variable)} = {_exact(value)}" for variable, value in point.items())


def _exact(value: Value) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(_exact, value))})"
    if isinstance(value, Gaussian):
        return rf"{_exact(value.real)} + ({_exact(value.imag)}) \mathrm{{i}}"
    if isinstance(value, Exact):
        return value.text if value.formula is None else to_latex(value.formula)
    fraction = Fraction(value)
    if fraction.denominator == 1:
        return str(fraction)
    sign = "-" if fraction < 0 else ""
    return rf"{sign}\frac{{{abs(fraction.numerator)}}}{{{fraction.denominator}}}"
