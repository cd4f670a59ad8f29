"""How well a claim's two sides do in float64: information beside the evidence, never a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from derivations.core.claim import Claim, Variable
from derivations.core.formula import Formula, FormulaError
from derivations.core.substitute import free_names
from numeric.balls.values import Exact, Gaussian, Point
from numeric.evidence import Evidence
from numeric.judging.compare import Bench

# The float64 functions are tried at so many of a claim's points.
_POINTS = 40
# The same where the correctly rounded value takes a quadrature.
_COSTLY_POINTS = 3


def with_ulps(evidence: Evidence, claim: Claim, bench: Bench) -> Evidence:
    """The evidence with the largest error of the compiled sides, and why a side has none.

    A side with a limit, a series or an infinite end is not compiled, and of one that is complex or
    infinite at every point no error is measured.
    """
    reasons: dict[str, str] = {}
    points = [bench.point(number) for number in range(min(_POINTS, evidence.points))]
    known = [point for point in points if point is not None and _is_real_rational(point)]
    for name, side in (("left", claim.lhs), ("right", claim.rhs)):
        names = free_names(side)
        variables = [variable for variable, _ in claim.on if variable in names]
        few = known[:_COSTLY_POINTS] if bench.is_costly(side) else known
        measured = _measured(side, variables, few)
        if isinstance(measured, str):
            reasons[name] = measured
            continue
        ulp, worst = measured
        if evidence.max_ulp is None or ulp > evidence.max_ulp:
            place = ", ".join(f"{variable} = {worst[variable]}" for variable in variables)
            evidence = replace(evidence, max_ulp=ulp, max_ulp_point=place)
    return replace(evidence, not_compiled=_sentence(reasons))


def _is_real_rational(point: Point) -> bool:
    """Whether the values of a point can be rounded to float64 and no more be said."""
    return not any(isinstance(value, Exact | Gaussian) for value in point.values())


def _measured(
    side: Formula, variables: Sequence[Variable], points: Sequence[Point]
) -> tuple[float, Point] | str:
    """The largest error of one side and where it is, or why there is none."""
    from numeric.ulp import ulp_report  # SymPy and NumPy take their time to start

    try:
        report = ulp_report(side, variables, points)
    except FormulaError as error:
        # What stands behind the colon is the formula itself.
        return str(error).split(": ")[0]
    if report.worst is None:
        return "no finite real value was found to compare with"
    return report.max_ulp, report.worst


def _sentence(reasons: dict[str, str]) -> str:
    if len(reasons) == 2 and len(set(reasons.values())) == 1:
        return f"both sides: {reasons['left']}"
    return "; ".join(f"{name} side: {reason}" for name, reason in reasons.items())
