"""The certified values held against mpmath, which computes them in another way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final

import mpmath
import numpy as np

from derivations.core.formula import Formula, FormulaError, Symbol
from numeric.accuracy.called import AuditError
from numeric.accuracy.ordinals import SMALLEST_NORMAL, Doubles, ulps
from numeric.accuracy.target import Target
from numeric.compile import mpmath_function

_ASKED: Final = 12  # points
# What cancels in the first is asked again.
_DIGITS: Final = (60, 400, 1600)
# What mpmath says of points that it cannot evaluate.
_NO_ANSWER: Final = (ArithmeticError, ValueError, TypeError, NotImplementedError)


def held_against_mpmath(target: Target, columns: Sequence[Doubles], correct: Doubles) -> None:
    """At some of the points mpmath, at raised precision, must round to the certified double or its
    neighbour.

    Errors: `AuditError` where it does not.
    """
    function = _by_mpmath(target.formula, target.variables)
    if function is None:
        return
    known = np.flatnonzero(np.isfinite(correct) & (np.abs(correct) >= SMALLEST_NORMAL))
    for place in known[:: max(1, known.size // _ASKED)]:
        row = [float(column[place]) for column in columns]
        if not _agrees(function, row, float(correct[place])):
            raise AuditError(f"Arb and mpmath disagree about {target} at {row}")


@lru_cache(maxsize=64)
def _by_mpmath(formula: Formula, variables: tuple[Symbol, ...]) -> Callable[..., Any] | None:
    try:
        return mpmath_function(formula, variables)
    except FormulaError:
        return None


def _agrees(function: Callable[..., Any], row: Sequence[float], correct: float) -> bool:
    for digits in _DIGITS:
        with mpmath.workdps(digits):
            try:
                value = float(function(*(mpmath.mpf(number) for number in row)))
            except _NO_ANSWER:
                return True
        if ulps(np.array([value]), np.array([correct]))[0] <= 1:
            return True
    return False
