"""The last search before a claim is called consistent, where no sample leads.

Solutions of equations of whole numbers, however large; places where waves of unlike lengths come
together; the lowest points of an inequality, on all scales. Each candidate is glanced at in balls
of few bits, and what does not certainly hold there is asked in full.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from flint import ctx, fmpq

from derivations.core.claim import Claim
from derivations.core.formula import Symbol
from numeric.arranged import Condition
from numeric.compare import Bench
from numeric.deadline import within
from numeric.enclose import evaluated
from numeric.findings import Finding, Outcome, related
from numeric.frames import root_frame
from numeric.hunting.whole import whole_points
from numeric.inside import is_inside
from numeric.values import Indeterminate, Point, Undefined

# So many candidates are glanced at, fewer where a value takes a quadrature, a series or a limit.
_MOST: Final = 2000
_MOST_COSTLY: Final = 12
_MOST_ASKED: Final = 12
_BITS: Final = 320
# Seconds of work for all of it.
_FOR_ALL: Final = 3.0


@dataclass(frozen=True, slots=True)
class Prey:
    """A point that was found: the claim fails there, or is not decided."""

    point: Point
    finding: Finding


def hunted(claim: Claim, bench: Bench, tried: int) -> Prey | None:
    """A point of the domain at which the claim fails; else one at which it is not decided."""
    found: list[Prey] = []
    if all(isinstance(v, Symbol) for v, _ in claim.on):
        with within(_FOR_ALL, of_work=True):
            _hunt(claim, bench, found)
    return found[-1] if found else None


def _hunt(claim: Claim, bench: Bench, found: list[Prey]) -> None:
    condition = Condition(claim.where)
    asked = 0
    most = _MOST_COSTLY if bench.is_costly(claim.lhs, claim.rhs) else _MOST
    for point in islice(_candidates(claim), most):
        if not all(is_inside(point[v], domain) for v, domain in claim.on):
            continue
        if not condition.holds(point) or _surely_holds(claim, bench, point):
            continue
        asked += 1
        finding = bench.finding_at(claim.lhs, claim.rel, claim.rhs, point)
        if finding.outcome is Outcome.FAILS:
            found.append(Prey(point, finding))
            return
        if finding.outcome is Outcome.DOUBTFUL and not finding.bits:
            found.insert(0, Prey(point, finding))
        if asked >= _MOST_ASKED:
            return


def _candidates(claim: Claim) -> Iterator[Point]:
    yield from whole_points(claim)


def _surely_holds(claim: Claim, bench: Bench, point: Point) -> bool:
    with ctx.workprec(_BITS):
        frame = root_frame(point)
        try:
            one = evaluated(bench.compiler.compile(claim.lhs), frame)
            other = evaluated(bench.compiler.compile(claim.rhs), frame)
        except (Undefined, Indeterminate):
            return False
        same = isinstance(one, fmpq) and isinstance(other, fmpq) and one == other
        found = related(one, claim.rel, other, same, 1, _BITS, _BITS)
    return found is not None and found.outcome is Outcome.HOLDS
