"""The lowest points of an inequality, sought in floats on all scales at once.

The margin by which an inequality holds is followed downhill from many starts: along each variable
(over all magnitudes), along products (x*t, y/t: a valley such as y = 1/x goes on for ever), along
what the last round moved, and by Newton's steps in the variables and in their logarithms. What
goes up and down inside of an exponential or a denominator is followed too: the bump of
exp(-10**6*(x - 1/3)**2) is too narrow to be seen from afar. All is a guess in float64.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import Any, Final

import numpy as np

from derivations.core.claim import Claim
from derivations.core.formula import Call, Div, Formula, Pow, walk
from derivations.core.substitute import free_names
from numeric.balls.values import Point
from numeric.exact.rational import rational_of
from numeric.hunting.coordinates import Axis, Chart, chart_of, drawn, written_out
from numeric.hunting.glance import Glance, NotSeen

_MOST_AXES: Final = 8
_SAMPLE: Final = 3000
_STARTS: Final = 12
_ROUNDS: Final = 48
_MOST_INNER: Final = 3
_MOST_PAIRS: Final = 10
_KEPT: Final = 8
_POWERS: Final = ((1, 1), (1, -1), (1, -2), (2, -1), (1, 2), (2, 1))
_MAGNITUDES: Final = np.concatenate([10.0 ** np.arange(-9, 10, 0.5), np.arange(1, 11, 1.0)])
_GRID: Final = np.concatenate([[0.0], _MAGNITUDES, -_MAGNITUDES])
_STEPS: Final = np.concatenate([2.0 ** -np.arange(-6, 36), -(2.0 ** -np.arange(-6, 36))])
_FACTORS: Final = np.concatenate([2.0 ** (np.arange(-24, 25) / 2)])

Objective = Callable[[Any], Any]  # rows of floats, one for each axis, to their margins
# Candidates from columns of floats, those of the round before, and the margins there.
Moves = Callable[[Any, Any, Any], Any]


def lowlands(claim: Claim) -> Iterator[Point]:
    """Points at which an inequality may fail, or comes near to it, the lowest first."""
    chart = chart_of(claim)
    if claim.rel not in {"<", "<=", ">", ">="} or chart is None:
        return
    if not 2 <= len(chart.axes) <= _MOST_AXES:
        return
    written = written_out(claim)
    if written is None:
        return
    sides, where = written
    high, low = sides if claim.rel in {">", ">="} else (sides[1], sides[0])
    margin = high - low
    for formula in (margin, *_inner(margin)):
        objective = objective_of(chart, formula, where)
        try:
            columns = lowest(objective, chart)
        except NotSeen:
            continue
        if formula is margin and claim.rel in {"<", ">"}:
            columns += _pinned(objective, chart, columns)
        for simple in (False, True):
            for column in columns:
                point = chart.point(column, simple=simple)
                if point is not None:
                    yield point


def _pinned(objective: Objective, chart: Chart, columns: list[Any]) -> list[Any]:
    """Of a valley that is level, the points where one coordinate is a whole number: there the
    others may be numbers that are known."""
    found: list[Any] = []
    for k in range(len(chart.axes)) if columns else ():
        whole = float(np.rint(columns[0][k]))
        axes = (*chart.axes[:k], Axis(members=(whole,)), *chart.axes[k + 1 :])
        found += lowest(objective, replace(chart, axes=axes), 0.0, columns[:2])[:1]
    return found


def _inner(formula: Formula) -> list[Formula]:
    """What is flat but for a narrow place, turned so that the place is its lowest point."""
    found: dict[Formula, None] = {}
    for node in walk(formula):
        match node:
            case Call(head=head, args=(arg,)) if head.name == "exp":
                found[arg] = found[-arg] = None
            case Pow(exponent=exponent, base=base) if rational_of(base) is not None:
                found[exponent] = found[-exponent] = None
            case Div(denominator=under) if free_names(under):
                found[under**2] = None
            case Pow(base=base, exponent=exponent) if rational_of(exponent) == -1:
                found[base**2] = None
    curved = [f for f in found if any(isinstance(node, Pow | Call) for node in walk(f))]
    return [f for f in curved if free_names(f)][:_MOST_INNER]


def objective_of(chart: Chart, formula: Formula, where: Formula | None) -> Objective:
    """The values of a formula at rows of floats: not real, or outside of a condition, is oo."""

    def margins(rows: Any) -> Any:
        glance = Glance(chart.arrays(rows))
        value = glance.at(formula)
        if np.iscomplexobj(value):
            value = np.where(np.abs(value.imag) <= 1e-12 * np.abs(value), value.real, np.inf)
        value = np.broadcast_to(np.where(np.isnan(value), np.inf, value), rows.shape[1:])
        if where is not None:
            value = np.where(glance.at(where), value, np.inf)
        return value

    return margins


def lowest(
    objective: Objective, chart: Chart, enough: float = 0.0, starts: list[Any] | None = None
) -> list[Any]:
    """Columns of floats where the objective is low, the lowest first; what is below `enough` is
    followed no further. The way down begins at `starts`, and else at the best of many."""
    with np.errstate(all="ignore"):
        if starts:
            return _followed(objective, chart, np.stack(starts, axis=1), enough)
        return _followed(objective, chart, _starts(objective, chart), enough)


def _starts(objective: Objective, chart: Chart) -> Any:
    """The best of many points drawn, and others from all over."""
    random = np.random.default_rng(0)
    sample = np.stack([drawn(axis, random, _SAMPLE) for axis in chart.axes])
    values = objective(sample)
    order = np.argsort(values, kind="stable")
    order = order[np.isfinite(values[order])]
    if not len(order):
        return sample[:, :0]
    chosen = np.concatenate([order[: 2 * _STARTS // 3], order[:: max(1, len(order) // 5)][:5]])
    return sample[:, chosen]


def _followed(objective: Objective, chart: Chart, here: Any, enough: float) -> list[Any]:
    if not here.shape[1]:
        return []
    best = objective(here)
    before = here
    for turn in range(_ROUNDS):
        start, lowest = here, best
        for moves in _moves(chart, objective, turn):
            moved = moves(here, before, best)
            if moved is None:
                continue
            candidates = chart.fitted(moved)
            found = objective(candidates)
            pick = found.argmin(axis=1)
            rows = np.arange(len(pick))
            lower = found[rows, pick]
            better = lower < best
            here = np.where(better, candidates[:, rows, pick], here)
            best = np.where(better, lower, best)
        before = start
        if best.min() < enough or not (best < lowest - 1e-12 * np.abs(lowest)).any():
            break
    order = np.argsort(best, kind="stable")[:_KEPT]
    return [here[:, k] for k in order]


def _moves(chart: Chart, objective: Objective, turn: int) -> Iterator[Moves]:
    """Ways to make candidates of the columns so far: arrays of axis, column, candidate."""
    count = len(chart.axes)
    for k in range(count):
        yield partial(_along, direction={k: 1.0}, turn=turn)
        yield partial(_anywhere, axis=k)
    for one, other in list(combinations(range(count), 2))[:_MOST_PAIRS]:
        for a, b in _POWERS:
            yield partial(_by_factors, powers={one: a, other: b})
        for side in (1.0, -1.0):
            yield partial(_along, direction={one: 1.0, other: side}, turn=turn)
    if turn:
        yield lambda here, before, best: here[:, :, None] + (here - before)[:, :, None] * _STEPS
    yield partial(_newton, objective)


def _anywhere(here: Any, before: Any, best: Any, *, axis: int) -> Any:
    moved = np.repeat(here[:, :, None], len(_GRID), axis=2)
    moved[axis] = _GRID
    return moved


def _by_factors(here: Any, before: Any, best: Any, *, powers: dict[int, int]) -> Any:
    moved = np.repeat(here[:, :, None], len(_FACTORS), axis=2)
    for k, power in powers.items():
        moved[k] = moved[k] * _FACTORS**power
    return moved


def _along(here: Any, before: Any, best: Any, *, direction: dict[int, float], turn: int) -> Any:
    moved = np.repeat(here[:, :, None], len(_STEPS), axis=2)
    for k, side in direction.items():
        scale = np.maximum(np.abs(here[k]), 1.0 if turn % 2 == 0 else 1e-6)
        moved[k] = moved[k] + side * scale[:, None] * _STEPS
    return moved


def _newton(objective: Objective, here: Any, before: Any, best: Any) -> Any:
    """Newton's steps, damped in several ways, in the variables and in their logarithms."""
    count, columns = here.shape
    h = 1e-4 * np.maximum(np.abs(here), 1e-4)
    shifts = [np.zeros(count)]
    for i in range(count):
        for s in (1.0, -1.0):
            shifts.append(s * np.eye(count)[i])
    pairs = list(combinations(range(count), 2))
    for i, j in pairs:
        for s, t in ((1, 1), (-1, -1), (1, -1), (-1, 1)):
            shifts.append(s * np.eye(count)[i] + t * np.eye(count)[j])
    moves = here[:, :, None] + h[:, :, None] * np.stack(shifts, axis=1)[:, None, :]
    f = objective(moves)
    if not np.isfinite(f).any():
        return None
    f = np.where(np.isfinite(f), f, best[:, None])
    gradient = np.empty((columns, count))
    hessian = np.empty((columns, count, count))
    for i in range(count):
        plus, minus = f[:, 1 + 2 * i], f[:, 2 + 2 * i]
        gradient[:, i] = (plus - minus) / (2 * h[i])
        hessian[:, i, i] = (plus - 2 * f[:, 0] + minus) / h[i] ** 2
    for number, (i, j) in enumerate(pairs):
        at = 1 + 2 * count + 4 * number
        mixed = (f[:, at] + f[:, at + 1] - f[:, at + 2] - f[:, at + 3]) / (4 * h[i] * h[j])
        hessian[:, i, j] = hessian[:, j, i] = mixed
    steps: list[Any] = []
    x = here.T
    for logarithmic in (False, True):
        g, m = gradient, hessian
        if logarithmic:
            g = x * gradient
            m = x[:, :, None] * hessian * x[:, None, :]
            m = m + np.einsum("ci,ij->cij", g, np.eye(count))
        for damping in (0.0, 1e-6, 1e-3, 1e-1, 1.0, 10.0):
            d = _solved(g, m, damping)
            if d is None:
                continue
            for length in (1.0, 0.25):
                moved = x * np.exp(np.clip(length * d, -40, 40)) if logarithmic else x + length * d
                steps.append(moved.T)
    return np.stack(steps, axis=2) if steps else None


def _solved(gradient: Any, hessian: Any, damping: float) -> Any:
    """-(|H| + damping)^(-1) g, with the size of each curvature: downhill on a saddle too."""
    with np.errstate(all="ignore"):
        scale = np.sqrt(np.abs(np.einsum("cii->ci", hessian))) + 1e-150
        scaled = hessian / scale[:, :, None] / scale[:, None, :]
        if not (np.isfinite(scaled).all() and np.isfinite(gradient).all()):
            scaled = np.where(np.isfinite(scaled), scaled, 0.0)
        try:
            values, vectors = np.linalg.eigh(scaled)
        except np.linalg.LinAlgError:
            return None
        g = np.einsum("cji,cj->ci", vectors, np.where(np.isfinite(gradient), gradient, 0.0) / scale)
        d = np.einsum("cij,cj->ci", vectors, -g / (np.abs(values) + damping + 1e-14)) / scale
    return np.where(np.isfinite(d), d, 0.0)
