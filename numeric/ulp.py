"""How far compiled float64 functions are from the correctly rounded value, in ULPs.

An ULP is the distance of two neighbouring doubles at the correct value. The reference is certified:
a ball whose two ends round to the same double, at whatever precision that needs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import mpmath
import numpy as np
from flint import acb, arb, ctx

from derivations.core.claim import Variable
from derivations.core.formula import Formula
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import Run, root_frame
from numeric.balls.values import Exact, Indeterminate, Infinity, Undefined, ball
from numeric.compile import mpmath_function, numpy_function

_PRECISIONS: Final = (96, 192, 384, 1024, 4096)

Numbers = Mapping[Variable, Any]


@dataclass(frozen=True, slots=True)
class UlpReport:
    """The largest error over the points, and where; `worst` is None where no point was compared.

    `points` were compared; at `overflows` of them the function gave inf or nan where the correctly
    rounded value is finite (their error counts as inf). `skipped` have no finite real value, or
    none that was found.
    """

    max_ulp: float
    worst: Mapping[Variable, Any] | None
    points: int
    overflows: int
    skipped: int


def ulp_report(
    formula: Formula, variables: Sequence[Variable], points: Iterable[Numbers]
) -> UlpReport:
    """The float64 function of the formula against the correctly rounded value at the points.

    The values of a point are first rounded to float64, so that the argument is no error.

    Errors: `FormulaError` where the formula is not compiled (see `numeric.compile`).
    """
    function = numpy_function(formula, variables)
    run = Compiler().compile(formula)
    worst: Numbers | None = None
    largest, compared, overflows, skipped = 0.0, 0, 0, 0
    for point in points:
        floats = {v: _as_floats(point[v]) for v in variables}
        exact = {v: _as_fractions(value) for v, value in floats.items()}
        sizes = {v: point[v] for v in point if v not in floats}
        correct = _correctly_rounded(run, {**exact, **sizes})
        if correct is None or not math.isfinite(correct):
            skipped += 1
            continue
        error = ulps(_called(function, floats, variables), correct)
        compared += 1
        overflows += math.isinf(error)
        if worst is None or error > largest:
            largest, worst = error, point
    return UlpReport(largest, worst, compared, overflows, skipped)


def _called(
    function: Callable[..., Any], floats: Mapping[Variable, Any], variables: Sequence[Variable]
) -> float:
    value = function(*(floats[v] for v in variables))
    if np.iscomplexobj(value):
        return math.nan
    return float(value)


def _as_floats(value: Any) -> Any:
    if isinstance(value, tuple):
        return np.array([_as_floats(entry) for entry in value], dtype=np.float64)
    if isinstance(value, Exact):
        with mpmath.workprec(_PRECISIONS[0]):
            return float(value.estimated())
    return value if isinstance(value, int) and abs(value) < 2**53 else float(value)


def _as_fractions(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return tuple(_as_fractions(entry) for entry in value)
    return value if isinstance(value, int) else Fraction(float(value))


def correctly_rounded(formula: Formula, point: Numbers) -> float | None:
    """The double nearest to the value at an exact point; inf where it overflows, None where the
    value is undefined, not real, or was not found.

    >>> from derivations.core import exp, symbol
    >>> x = symbol("x")
    >>> correctly_rounded(1 / (1 + exp(-x)), {x: 0})
    0.5
    """
    return _correctly_rounded(Compiler().compile(formula), point)


def _correctly_rounded(run: Run, point: Numbers) -> float | None:
    for precision in _PRECISIONS:
        try:
            value = _enclosed(run, point, precision)
        except Undefined:
            return None
        except Indeterminate:
            continue
        if not isinstance(value, arb):
            return None
        with ctx.workprec(precision + 64):  # ends are rounded outwards
            low, high = (nearest_double(end) for end in (value.lower(), value.upper()))
        if low == high:
            return low
    return None


def _enclosed(run: Run, point: Numbers, precision: int) -> arb | acb:
    with ctx.workprec(precision):
        value = evaluated(run, root_frame(point))
        if isinstance(value, Infinity):
            return arb.pos_inf() if value.sign > 0 else arb.neg_inf()
        return ball(value)


def nearest_double(value: arb) -> float:
    """The double nearest to an exact ball, ties to even; inf beyond the largest.

    >>> nearest_double(arb(1) / 4)
    0.25
    """
    return float(value)


_MOST_ULPS: Final = 10**308


def ulps(value: float, correct: float) -> float:
    """How many ULPs of the (finite) correct value lie between the two; inf for inf and nan.

    >>> ulps(1.0 + 2**-52, 1.0), ulps(float("nan"), 1.0)
    (1.0, inf)
    """
    if not math.isfinite(value):
        return math.inf
    if value == correct:
        return 0.0
    error = abs(Fraction(value) - Fraction(correct)) / Fraction(math.ulp(correct))
    # sin(k*pi) for 0 is off by more units of the least float than a float can count.
    return math.inf if error > _MOST_ULPS else float(error)


def agrees_with_mpmath(formula: Formula, point: Numbers, correct: float) -> bool:
    """Whether mpmath, an independent evaluation, rounds to the same double or its neighbour."""
    variables = tuple(point)
    with mpmath.workdps(60):
        value = mpmath_function(formula, variables)(*(_as_mp(point[v]) for v in variables))
        return ulps(float(value), correct) <= 1


def _as_mp(value: Any) -> Any:
    if isinstance(value, tuple):
        return np.array([_as_mp(entry) for entry in value], dtype=object)
    fraction = Fraction(value)
    return mpmath.mpf(fraction.numerator) / fraction.denominator
