"""Constants of a formula as doubles."""

from __future__ import annotations

from math import isfinite
from typing import Final

from flint import arb, ctx

from derivations.core.formula import Formula
from numeric.balls.enclose import enclose
from numeric.ulp import correctly_rounded, nearest_double

# The ufuncs of relations, and the largest exponent that is multiplied out.
COMPARED: Final = {"<": "less", "<=": "less_equal", ">": "greater", ">=": "greater_equal"}
MOST_POWER: Final = 8


class NoProgramError(ValueError):
    """The formula holds what has no operation on arrays."""


def double(formula: Formula) -> float:
    """The double nearest to a constant.

    Errors: `NoProgramError` where there is none.
    """
    value = correctly_rounded(formula, {})
    if value is None or not isfinite(value):
        raise NoProgramError(f"{formula} is no double")
    return value


def pieces(formula: Formula) -> list[float]:
    """A constant as a double and what it misses, if it misses something.

    >>> from derivations.core.formula import Q, pi
    >>> pieces(pi), pieces(Q(1, 4))
    ([3.141592653589793, 1.2246467991473532e-16], [0.25])

    Errors: `NoProgramError` where it is no real number.
    """
    high = double(formula)
    exact = enclose(formula, {}, 256)
    if not isinstance(exact, arb):
        raise NoProgramError(f"{formula} is no double")
    with ctx.workprec(256):
        low = nearest_double((exact - high).mid())
    return [high] if low == 0 else [high, low]
