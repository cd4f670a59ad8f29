"""The lowest points of an inequality on the border of its condition: x*y < 1/2 on a circle.

A condition that is not met costs more and more, in floats; of what is found all variables but one
are taken as they are, and the last one is solved for, so that the border is met exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, permutations, product
from typing import Any, Final

import numpy as np
from flint import arb, ctx, fmpq

from derivations.core.claim import Claim
from derivations.core.domain import Interval
from derivations.core.formula import ONE, ZERO, Formula, FormulaError, Relation, Symbol, as_formula
from derivations.core.substitute import free_names, substitute
from derivations.proving.casework import plain
from derivations.proving.places import conjuncts
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import root_frame
from numeric.balls.values import Exact, Indeterminate, Point, Undefined, Value
from numeric.exact.irrational import closed
from numeric.exact.solve import solutions
from numeric.hunting.coordinates import Chart, chart_of, written_out
from numeric.hunting.glance import Glance, NotSeen
from numeric.hunting.lowlands import Objective, lowest, objective_of
from numeric.points.critical import quantities, zeros_in
from numeric.points.inside import place_of

_MOST_AXES: Final = 6
_PRICES: Final = (1e2, 1e4, 1e7)
_KEPT: Final = 4
_MOST_QUANTITIES: Final = 8
_SHORT: Final = 10**9  # denominators of the values that are kept
_NEAR: Final = 1e-2
# Sides that differ by less than this part of their size touch, unless it is far out.
_TOUCHING: Final = arb(2) ** -40
_OUTER: Final = 1000
_BITS: Final = 192


def border_points(claim: Claim) -> Iterator[tuple[Point, bool]]:
    """Points that meet one part of the condition as an equation, where the inequality is lowest,
    with whether this border belongs to what the condition allows."""
    chart = chart_of(claim)
    if claim.rel not in {"<", "<=", ">", ">="} or chart is None or claim.where is None:
        return
    if not 2 <= len(chart.axes) <= _MOST_AXES or chart.complex_ones:
        return
    if not all(isinstance(domain, Interval) for _, domain in claim.on):
        return
    written = written_out(claim)
    if written is None:
        return
    sides, where = written
    borders = [part for part in conjuncts(where) if part.rel != "!="]
    high, low = sides if claim.rel in {">", ">="} else (sides[1], sides[0])
    columns: list[Any] = []
    for price in _PRICES:
        try:
            columns = lowest(_priced(chart, high - low, borders, price), chart, -np.inf, columns)
        except NotSeen:
            return
        for column in columns[:_KEPT]:
            for border in borders:
                is_closed = border.rel in {"=", "<=", ">="}
                yield from ((p, is_closed) for p in _exactly(claim, chart, column, border))


def is_touched(claim: Claim, compiler: Compiler, point: Point) -> bool:
    """Whether the sides of a strict inequality are nearly equal at a point on a border: they may
    meet beside it, at a point that has no simple name."""
    if claim.rel not in {"<", ">"} or not all(map(_is_inner, point.values())):
        return False
    with ctx.workprec(_BITS):
        frame = root_frame(point)
        try:
            left = evaluated(compiler.compile(claim.lhs), frame)
            right = evaluated(compiler.compile(claim.rhs), frame)
        except (Undefined, Indeterminate):
            return False
        if not isinstance(left, fmpq | arb) or not isinstance(right, fmpq | arb):
            return False
        size = arb(1).max(abs(arb(left)))
        return bool(abs(arb(left) - arb(right)) < size * _TOUCHING)


def _is_inner(value: Value) -> bool:
    return not isinstance(value, int | Fraction) or -_OUTER < value < _OUTER


def corner_points(claim: Claim) -> Iterator[Point]:
    """Points inside of a condition at which all its inequalities are nearly equations."""
    chart = chart_of(claim)
    if chart is None or claim.where is None or not 1 <= len(chart.axes) <= _MOST_AXES:
        return
    try:
        where = plain(claim.where)
    except (FormulaError, RecursionError):
        return
    parts = [part for part in conjuncts(where) if part.rel in {"<", "<=", ">", ">="}]
    slack = sum(((part.lhs - part.rhs) ** 2 for part in parts), ZERO)
    if not parts:
        return
    try:
        columns = lowest(objective_of(chart, slack, where), chart, _NEAR**3)
    except NotSeen:
        return
    for column in columns:
        point = chart.point(column)
        if point is not None:
            yield point


def _priced(chart: Chart, margin: Formula, borders: list[Relation], price: float) -> Objective:
    def objective(rows: Any) -> Any:
        with np.errstate(all="ignore"):
            return priced(Glance(chart.arrays(rows)), rows.shape[1:])

    def priced(glance: Glance, shape: tuple[int, ...]) -> Any:
        value = glance.at(margin)
        for border in borders:
            beyond = glance.at(border.lhs) - glance.at(border.rhs)
            if border.rel in {"<", "<="}:
                beyond = np.maximum(beyond, 0)
            elif border.rel in {">", ">="}:
                beyond = np.minimum(beyond, 0)
            value = value + price * beyond**2
        return np.broadcast_to(np.where(np.isnan(value), np.inf, value), shape)

    return objective


def _exactly(claim: Claim, chart: Chart, column: Any, border: Relation) -> Iterator[Point]:
    difference = border.lhs - border.rhs
    found = {
        v: Fraction(float(value)).limit_denominator(_SHORT)
        for v, value in zip(chart.variables, column, strict=True)
        if np.isfinite(value)
    }
    if len(found) != len(chart.variables):
        return
    for v in chart.variables:
        if v not in free_names(difference):
            continue
        written: dict[Symbol, Formula] = {
            other: as_formula(value) for other, value in found.items() if other != v
        }
        for value in islice(zeros_in(difference, v, claim.domains[v], written), 6):
            place = place_of(value)
            if place is not None and abs(place - float(found[v])) < _NEAR * max(1, abs(place)):
                yield {other: value if other == v else given for other, given in found.items()}


def joint_points(claim: Claim) -> Iterator[Point]:
    """Points at which an equation of the condition holds and something else is 0 as well: one
    variable is solved for in the one, and put into the other."""
    domains = {v: d for v, d in claim.on if isinstance(v, Symbol) and isinstance(d, Interval)}
    if len(domains) != len(claim.on) or not 2 <= len(domains) <= _MOST_AXES:
        return
    try:
        parts = conjuncts(None if claim.where is None else plain(claim.where))
    except (FormulaError, RecursionError):
        return
    equations = [part.lhs - part.rhs for part in parts if part.rel == "="]
    for equation, quantity in product(equations, quantities(claim)[:_MOST_QUANTITIES]):
        for v, w in permutations(domains, 2):
            for solved in solutions(quantity, v)[:2]:
                yield from _joint(equation, v, solved, w, domains)


def _joint(
    equation: Formula, v: Symbol, solved: Formula, w: Symbol, domains: dict[Symbol, Interval]
) -> Iterator[Point]:
    """The points with v as solved, where the equation gives w and the others are simple."""
    others = {name: ONE for name in domains if name not in {v, w}}
    try:
        reduced = substitute(equation, {v: solved})
        found = list(islice(zeros_in(reduced, w, domains[w], others), 4))
    except FormulaError:
        return
    for value in found:
        written = value.formula if isinstance(value, Exact) else None
        if isinstance(value, int | Fraction):
            written = as_formula(value)
        if written is None:
            continue
        exact = closed(substitute(solved, {**others, w: written}))
        if exact is not None:
            yield {name: exact if name == v else value if name == w else 1 for name in domains}
