"""A counterexample at a point: the values of its two sides, for the reader to see."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

import mpmath

from derivations.core import Claim, Formula
from derivations.core.latex import to_latex
from numeric.reference import evaluate
from numeric.sample import points_of
from numeric.values import Gaussian, Indeterminate, Undefined, Value
from reports.typeset_numbers import number_latex
from reports.widths import width_em

_DIGITS = 30
_SHOWN = 8
_TRIED = 20
_WIDEST = 12.0  # em of a side that is repeated


@dataclass(frozen=True, slots=True)
class Instance:
    """A point of the claim's domain, in LaTeX math mode, and what both sides are there, in words:
    `$L(z) \\approx 0.974$`; the point is empty where there are no variables."""

    point: str
    lhs: str
    rhs: str


def instance(claim: Claim) -> Instance | None:
    """The first simple point at which both sides have real values."""
    for point in islice(points_of(claim), _TRIED):
        try:
            sides = [evaluate(side, point, _DIGITS) for side in (claim.lhs, claim.rhs)]
        except (Undefined, Indeterminate):
            continue
        if all(isinstance(side, mpmath.mpf) and mpmath.isfinite(side) for side in sides):
            lhs = _told(claim.lhs, "the left side is", _value(sides[0]))
            rhs = _told(claim.rhs, "the right side is", _value(sides[1]))
            return Instance(_point(point), lhs, rhs)
    return None


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
    fraction = Fraction(value)
    if fraction.denominator == 1:
        return str(fraction)
    sign = "-" if fraction < 0 else ""
    return rf"{sign}\frac{{{abs(fraction.numerator)}}}{{{fraction.denominator}}}"
