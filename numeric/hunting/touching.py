"""Points at which the sides of a strict inequality meet without crossing: 3*sin(x) + 4*cos(x) < 5.

Near such a point the margin is a bowl. Its lowest point is drawn nearer by Newton's steps, until
thirty digits of it are known, and each coordinate is asked for a closed form; that the sides are
equal there is for somebody else to prove.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import islice, product
from typing import Final

from flint import arb, arb_mat, ctx

from derivations.core.claim import Claim
from derivations.core.domain import Interval
from derivations.core.formula import Symbol
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import Frame, Name, Run
from numeric.balls.values import Indeterminate, Infinity, Point, Undefined, Value, Variable, ball
from numeric.exact.guessed import closed_forms
from numeric.exact.irrational import closed

_MOST_VARIABLES: Final = 3
_BITS: Final = 640
_STEP: Final = arb(2) ** -110
_ROUNDS: Final = 8
_STILL: Final = arb(2) ** -95
_FORMS: Final = 2
_MOST_POINTS: Final = 12

_Margin = Callable[[list[arb]], "arb | None"]


def touching_points(claim: Claim, compiler: Compiler, near: Point) -> Iterator[Point]:
    """Points in closed form next to a point where the sides nearly meet; along a ridge of such
    points those at which one variable is a simple number."""
    domains = claim.domains
    names = [v for v in near if isinstance(v, Symbol) and isinstance(domains[v], Interval)]
    if not 1 <= len(names) <= _MOST_VARIABLES:
        return
    if any(not isinstance(value, int | Fraction) for value in near.values()):
        return
    high, low = (claim.lhs, claim.rhs) if claim.rel == ">" else (claim.rhs, claim.lhs)
    run = compiler.compile(high - low)
    start = {v: _arb(near[v]) for v in names}
    others = {v: value for v, value in near.items() if v not in names}
    tried: list[dict[Symbol, arb]] = [start]
    if len(names) > 1:
        # Where the sides meet along a ridge, the point is moved to a simple place on it.
        for v in names:
            simple = arb(1) if start[v] > 0 else arb(-1)
            scale = simple / start[v] if start[v] != 0 else arb(1)
            tried.append({w: simple if w == v else value * scale for w, value in start.items()})
            tried.append({**start, v: arb(0)})
    for number, place in enumerate(tried):
        moving = names if not number else [w for w in names if place[w] not in (0, 1, -1)]
        yield from islice(_forms(run, place, moving, names, others), _MOST_POINTS)


def _arb(value: Value) -> arb:
    assert isinstance(value, int | Fraction)
    with ctx.workprec(_BITS):
        return arb(value.numerator) / value.denominator


def _forms(
    run: Run,
    place: Mapping[Symbol, arb],
    moving: list[Symbol],
    names: list[Symbol],
    others: Mapping[Variable, Value],
) -> Iterator[Point]:
    with ctx.workprec(_BITS):
        found = _lowest(run, dict(place), moving, others)
        if found is None:
            return
        forms: list[list[Value]] = []
        for v in names:
            values = (closed(form) for form in islice(closed_forms(found[v]), _FORMS))
            forms.append([value for value in values if value is not None])
    for chosen in product(*forms):
        yield {**others, **dict(zip(names, chosen, strict=True))}


def _lowest(
    run: Run, place: dict[Symbol, arb], moving: list[Symbol], others: Mapping[Variable, Value]
) -> dict[Symbol, arb] | None:
    """The bottom of the bowl, by Newton's steps with differences; None where there is none near."""

    def margin(at: Mapping[Symbol, arb]) -> arb | None:
        values: dict[Name, arb] = {
            v: _arb(value) for v, value in others.items() if isinstance(v, Symbol)
        }
        values |= dict(at.items())
        try:
            value = evaluated(run, Frame(None, values))
        except (Undefined, Indeterminate):
            return None
        if isinstance(value, Infinity):
            return None
        whole = ball(value)
        return arb(whole.mid()) if isinstance(whole, arb) and whole.is_finite() else None

    h = _STEP
    count = len(moving)
    for _ in range(_ROUNDS if count else 0):
        middle = margin(place)
        beside: dict[tuple[int, int, int, int], arb | None] = {}
        for i in range(count):
            for j in range(i, count):
                for s in (1, -1):
                    for t in (1, -1):
                        at = dict(place)
                        at[moving[i]] = at[moving[i]] + s * h
                        at[moving[j]] = at[moving[j]] + (t * h if j != i else 0)
                        beside[i, j, s, t] = margin(at)
        values = {key: value for key, value in beside.items() if value is not None}
        if middle is None or len(values) < len(beside):
            return None
        gradient, rows = [], []
        for i in range(count):
            plus, minus = values[i, i, 1, 1], values[i, i, -1, 1]
            gradient.append((plus - minus) / (2 * h))
            row = []
            for j in range(count):
                a, b = min(i, j), max(i, j)
                if i == j:
                    row.append((plus + minus - 2 * middle) / (h * h))
                else:
                    cross = (
                        values[a, b, 1, 1]
                        - values[a, b, 1, -1]
                        - values[a, b, -1, 1]
                        + values[a, b, -1, -1]
                    )
                    row.append(cross / (4 * h * h))
            rows.append(row)
        try:
            step = arb_mat(rows).solve(arb_mat([[g] for g in gradient]))
        except (ZeroDivisionError, ValueError):
            return None
        moves = [arb(step[k, 0].mid()) for k in range(count)]
        if not all(move.is_finite() for move in moves):
            return None
        for k, v in enumerate(moving):
            place[v] = arb((place[v] - moves[k]).mid())
        if all(abs(move) < _STILL for move in moves):
            break
    return place
