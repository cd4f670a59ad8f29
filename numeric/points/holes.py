"""Isolated points of a domain at which exactly one side of a claim is undefined.

`x/x = 1` on the reals is false at 0, and only there: its author forgot `x != 0`. What is said
about such a point is the condition that would exclude it.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Any, Final

from derivations.core.claim import Claim
from derivations.core.conditions import And, both, either
from derivations.core.domain import Complexes, Integers, Interval
from derivations.core.formula import Formula, FormulaError, Symbol, as_formula, ne
from derivations.core.formula import I as imaginary_unit
from derivations.proving.demands import demands
from derivations.proving.places import Sign, place
from numeric.balls.enclose import evaluated
from numeric.balls.frames import root_frame
from numeric.balls.values import (
    Gaussian,
    Indeterminate,
    Point,
    Undefined,
    Value,
    Variable,
    as_number,
    is_zero,
)
from numeric.judging.compare import Bench
from numeric.judging.findings import Finding, Outcome
from numeric.points.arranged import Condition

# The steps to neighbours: small, and of no special size.
_STEPS: Final = (Fraction(1, 7919), Fraction(-1, 7919), Fraction(3, 104729), Fraction(-3, 104729))


def is_hole(finding: Finding) -> bool:
    """Whether a claim fails because exactly one side is undefined."""
    return finding.outcome is Outcome.FAILS and "undefined" in {finding.lhs, finding.rhs}


def excluding(claim: Claim, point: Point, bench: Bench) -> Formula | None:
    """The condition that excludes the hole at a point, simple where it can be; None where the
    hole is not isolated: then exactly one side is undefined beside it too."""
    if not _is_isolated(claim, point, bench):
        return None
    for variable, _ in claim.on:
        others = [other for other, _ in claim.on if other != variable]
        # One variable alone makes the hole when it stays while the others move.
        beside = _neighbours(claim, point, others)
        if all(is_hole(_found(claim, at, bench)) for at in beside) and (beside or not others):
            condition = _differs(variable, point)
            if condition is not None:
                return condition
    demanded = _demanded(claim, point)
    return _differs_somewhere(claim, point) if demanded is None else demanded


def _is_isolated(claim: Claim, point: Point, bench: Bench) -> bool:
    beside = _neighbours(claim, point, [variable for variable, _ in claim.on])
    findings = [_found(claim, at, bench) for at in beside]
    return bool(findings) and not any(map(is_hole, findings))


def _found(claim: Claim, at: Point, bench: Bench) -> Finding:
    return bench.finding_at(claim.lhs, claim.rel, claim.rhs, at)


def _neighbours(claim: Claim, point: Point, moving: Collection[Variable]) -> list[Point]:
    """Points of the domain near `point`, with each of the moving variables moved."""
    condition = Condition(claim.where)
    found: list[Point] = []
    for turn, step in enumerate(_STEPS):
        moved: dict[Variable, Value] = dict(point)
        stays = True
        for number, (variable, domain) in enumerate(claim.on, start=1):
            if variable not in moving:
                continue
            value = _moved(point[variable], step / number, domain, turn)
            if value is None:
                break
            stays &= value == point[variable]
            moved[variable] = value
        else:
            if not stays and moved not in found and condition.holds(moved):
                found.append(moved)
    return found


def _moved(value: Value, step: Fraction, domain: object, turn: int) -> Value | None:
    """A value of the domain beside another one; None where there is none. Complex numbers move
    askew, and in the last two turns along an axis: a cut is no isolated point."""
    match domain:
        case Integers(lower=lower, upper=upper) if isinstance(value, int):
            moved = value + (1 if step > 0 else -1)
            inside = (lower is None or lower <= moved) and (upper is None or moved <= upper)
            return moved if inside else None
        case Interval() if isinstance(value, int | Fraction):
            return _inside(value + step, domain)
        case Complexes() if isinstance(value, int | Fraction | Gaussian):
            start = value if isinstance(value, Gaussian) else Gaussian(Fraction(value), Fraction(0))
            across, up = {2: (step, Fraction(0)), 3: (Fraction(0), step)}.get(
                turn, (step, step / 7)
            )
            if not start.imag + up:
                return as_number(start.real + across)
            return Gaussian(start.real + across, start.imag + up)
    return None


def _inside(value: Fraction, domain: Interval) -> Fraction | None:
    """The value if it is surely in the interval."""
    symbol = Symbol("_inside")
    within = Condition(both(domain.lower < symbol, symbol < domain.upper))
    return value if within.holds({symbol: value}) else None


# ------------------------------------------------------------------------------- conditions


def _differs(variable: Variable, point: Point) -> Formula | None:
    value = _formula(point[variable])
    return None if value is None or not isinstance(variable, Symbol) else ne(variable, value)


def _differs_somewhere(claim: Claim, point: Point) -> Formula | None:
    parts = [_differs(variable, point) for variable, _ in claim.on]
    known = [part for part in parts if part is not None]
    return either(*known) if known and len(known) == len(parts) else None


def _formula(value: Value) -> Formula | None:
    match value:
        case int() | Fraction():
            return as_formula(value)
        case Gaussian(real=real, imag=imag):
            return as_formula(real) + as_formula(imag) * imaginary_unit
    return None


def _demanded(claim: Claim, point: Point) -> Formula | None:
    """What a side demands not to be 0, and is 0 at the point."""
    try:
        here = place(claim.domains, claim.where)
        wanted = [d for side in (claim.lhs, claim.rhs) for d in demands(side, here)]
    except FormulaError:
        return None
    bench = Bench(iter(()))
    for demand in wanted:
        if demand.wanted is Sign.NONZERO and demand.here is here:
            try:
                value: Any = evaluated(bench.compiler.compile(demand.formula), root_frame(point))
            except (Undefined, Indeterminate, FormulaError):
                continue
            if value is not None and is_zero(value):
                return ne(demand.formula, 0)
    return None


def without(claim: Claim, condition: Formula) -> Claim:
    """The claim where the condition holds besides."""
    before = claim.where.args if isinstance(claim.where, And) else (claim.where,)
    return Claim(
        claim.id,
        claim.lhs,
        claim.rel,
        claim.rhs,
        on=claim.domains,
        where=both(*(part for part in before if part is not None), condition),
    )
