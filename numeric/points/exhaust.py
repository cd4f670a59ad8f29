"""Every member of a small finite domain, with a glance each: where a claim may fail.

A claim is asked at 200 points; of a few thousand that are all there is, the rest gets one
evaluation in low precision. What does not certainly hold there is to be asked in full.

>>> from derivations.core import Claim, integers, ne, symbols
>>> i, j, k = symbols("i j k")
>>> near = Claim("near", i**3 + j**3, "!=", k**3 + 1, on={v: integers(2, 20) for v in (i, j, k)})
>>> [point[k] for point in suspects(near)]
[12, 12]
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Final

from flint import ctx, fmpq

from derivations.core.claim import Claim
from derivations.core.domain import Integers
from derivations.core.formula import Symbol
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import root_frame
from numeric.balls.values import Indeterminate, Point, Undefined
from numeric.judging.findings import Outcome, related
from numeric.points.arranged import Condition

_MOST_MEMBERS: Final = 20000
_MOST_SUSPECTS: Final = 20
_BITS: Final = 64


def suspects(claim: Claim) -> Iterator[Point]:
    """Points of a small domain of integers at which the relation certainly fails, at a glance."""
    yield from islice(_suspects(claim), _MOST_SUSPECTS)


def _suspects(claim: Claim) -> Iterator[Point]:
    ranges: list[range] = []
    size = 1
    for variable, domain in claim.on:
        if not isinstance(variable, Symbol) or not isinstance(domain, Integers):
            return
        if domain.lower is None or domain.upper is None:
            return
        ranges.append(range(domain.lower, domain.upper + 1))
        size *= len(ranges[-1])
    if not ranges or size > _MOST_MEMBERS:
        return
    compiler, condition = Compiler(), Condition(claim.where)
    left, right = compiler.compile(claim.lhs), compiler.compile(claim.rhs)
    for values in product(*ranges):
        point: Point = {v: k for (v, _), k in zip(claim.on, values, strict=True)}
        with ctx.workprec(_BITS):
            frame = root_frame(point)
            try:
                one, other = evaluated(left, frame), evaluated(right, frame)
            except (Undefined, Indeterminate):
                continue
            same = isinstance(one, fmpq) and isinstance(other, fmpq) and one == other
            found = related(one, claim.rel, other, same, 1, _BITS, _BITS)
        if found is not None and found.outcome is Outcome.FAILS and condition.holds(point):
            yield point
