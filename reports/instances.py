"""A counterexample at a point: the values of its two sides, for the reader to see."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

import mpmath

from derivations.core import Claim
from derivations.core.latex import to_latex
from numeric.reference import evaluate
from numeric.sample import points_of
from numeric.values import Indeterminate, Undefined, Value
from reports.typeset_numbers import number_latex

_DIGITS = 30
_SHOWN = 8
_TRIED = 20


@dataclass(frozen=True, slots=True)
class Instance:
    """A point of the claim's domain, and both sides there, in LaTeX math mode; each side with its
    relation, `= 1` or `\\approx 0.974`."""

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
            lhs, rhs = map(_value, sides)
            return Instance(_point(point), lhs, rhs)
    return None


def _value(value: Any) -> str:
    if value == mpmath.nint(value) and abs(value) < 10**6:
        return f"= {int(value)}"
    return rf"\approx {number_latex(mpmath.nstr(value, _SHOWN))}"


def _point(point: Any) -> str:
    return ", ".join(f"{to_latex(variable)} = {_exact(value)}" for variable, value in point.items())


def _exact(value: Value) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(_exact, value))})"
    fraction = Fraction(value)
    if fraction.denominator == 1:
        return str(fraction)
    sign = "-" if fraction < 0 else ""
    return rf"{sign}\frac{{{abs(fraction.numerator)}}}{{{fraction.denominator}}}"
