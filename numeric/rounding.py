"""How well a claim's two sides do in float64: information beside the evidence, never a verdict."""

from __future__ import annotations

from dataclasses import replace

from derivations.core.claim import Claim
from derivations.core.formula import FormulaError
from derivations.core.substitute import free_names
from numeric.compare import Bench
from numeric.evidence import Evidence

# The float64 functions are tried at so many of a claim's points.
_POINTS = 40


def with_ulps(evidence: Evidence, claim: Claim, bench: Bench) -> Evidence:
    """The evidence with the largest error of the compiled sides, where they compile.

    A side that needs a quadrature, a series or a limit is not compiled, nor one that is complex.
    """
    from numeric.ulp import ulp_report  # SymPy and NumPy take their time to start

    points = [bench.point(number) for number in range(min(_POINTS, evidence.points))]
    for side in (claim.lhs, claim.rhs):
        names = free_names(side)
        variables = [variable for variable, _ in claim.on if variable in names]
        if not variables or bench.is_costly(side):
            continue
        try:
            report = ulp_report(side, variables, (point for point in points if point is not None))
        except FormulaError:
            continue
        worst = report.worst
        if worst is not None and (evidence.max_ulp is None or report.max_ulp > evidence.max_ulp):
            place = ", ".join(f"{variable} = {worst[variable]}" for variable in variables)
            evidence = replace(evidence, max_ulp=report.max_ulp, max_ulp_point=place)
    return evidence
