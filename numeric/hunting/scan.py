"""Thousands of points at a glance: where a claim seems to fail, or comes near to it.

Of one variable the whole line is looked over, in even and in logarithmic steps (whole numbers one
by one), and what is seen between two points is drawn nearer: the turns of a margin, the zeros of
what the claim is special at. Of several variables the points are drawn. All in float64, and so
nothing but a hint of where to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, Final

import numpy as np

from derivations.core.claim import Claim
from derivations.core.formula import Call, Formula, walk
from derivations.core.substitute import free_names
from numeric.balls.values import Point
from numeric.hunting.coordinates import Axis, Chart, chart_of, drawn, written_out
from numeric.hunting.glance import Glance, NotSeen
from numeric.points.critical import quantities

_MOST_AXES: Final = 8
_DRAWN: Final = 5000
_WHOLE: Final = 100_000
_TURNS: Final = 10
_ZEROS: Final = 8
_MOST_QUANTITIES: Final = 12
_SUSPECTS: Final = 6
_ZOOMS: Final = 7
# So many turns are looked at once more, between neighbours, at so many points.
_CLOSER: Final = 3
_IN_CLOSER: Final = 3001
_IN_ZOOM: Final = 33
# Sides that differ by less in float64 are taken for equal.
_NOISE: Final = 1e-7

# What is level but for a step where its argument is 0.
_STEPS: Final = frozenset({"tanh", "erf", "erfc", "atan", "exp", "acot"})
_MOST_STEPS: Final = 6
# What jumps where its argument is a whole number, and how many of its jumps are looked at.
_PARTS: Final = frozenset({"floor", "ceiling", "frac"})
_MOST_JUMPS: Final = 60
_NEAR: Final = 1e-4
# Several waves are looked at between these ends in so many steps.
_WAVES: Final = frozenset({"sin", "cos", "tan", "cot", "sec", "csc", "besselj", "bessely"})
_DENSE: Final = 200.0
_IN_DENSE: Final = 300_001
_MOST_DENSE: Final = 300

Values = Callable[[Any], Any]


def scanned(claim: Claim) -> Iterator[Point]:
    """Points at which a claim may fail, by what float64 shows of it."""
    chart = chart_of(claim)
    if chart is None or not 1 <= len(chart.axes) <= _MOST_AXES:
        return
    written = written_out(claim)
    if written is None:
        return
    sides, where = written
    try:
        with np.errstate(all="ignore"):
            if len(chart.axes) == 1:
                found = list(_along_line(claim, chart, sides, where))
            elif claim.rel in {"=", "!="}:
                found = list(_suspects(claim.rel, chart, sides, where, _sample(chart)))
            else:
                found = []
    except NotSeen:
        return
    yield from found


def _sample(chart: Chart) -> Any:
    random = np.random.default_rng(1)
    return np.stack([drawn(axis, random, _DRAWN) for axis in chart.axes])


def _suspects(
    rel: str, chart: Chart, sides: tuple[Formula, Formula], where: Formula | None, rows: Any
) -> Iterator[Point]:
    """Where two sides seem to be unlike (`=`), or alike (`!=`)."""
    glance = Glance(chart.arrays(rows))
    left, right = (np.broadcast_to(glance.at(side), rows.shape[1:]) for side in sides)
    apart = np.abs(left - right) / (1e-30 + np.abs(left) + np.abs(right))
    known = np.isfinite(left) & np.isfinite(right)
    if where is not None:
        known = known & glance.at(where)
    apart = np.where(known, apart, 0.0 if rel == "=" else 1.0)
    order = np.argsort(-apart if rel == "=" else apart, kind="stable")[:_SUSPECTS]
    for k in order:
        if bool(apart[k] > _NOISE) is (rel == "="):
            for simple in (True, False):
                point = chart.point(rows[:, k], simple=simple)
                if point is not None:
                    yield point


# ------------------------------------------------------------------------------- one variable


def _along_line(
    claim: Claim, chart: Chart, sides: tuple[Formula, Formula], where: Formula | None
) -> Iterator[Point]:
    (axis,) = chart.axes
    line = line_of(axis)
    if not len(line):
        return
    if claim.rel in {"=", "!="}:
        yield from _suspects(claim.rel, chart, sides, where, line[None, :])
    else:
        high, low = sides if claim.rel in {">", ">="} else (sides[1], sides[0])
        yield from _turning(chart, high - low, where, line)
    if axis.whole:
        yield from _beside_jumps(claim, chart, line)
        return
    found: list[float] = []
    for quantity in (*quantities(claim)[:_MOST_QUANTITIES], *_steep(sides)):
        try:
            found += _crossed(_values(chart, quantity, None), line)
        except NotSeen:
            continue
    for side in sides:
        for node in walk(side):
            if isinstance(node, Call) and node.head.name == "exp" and free_names(node):
                for turned in (node.args[0], -node.args[0]):
                    found += [p for p, _ in _turns(_values(chart, turned, None), line)[:2]]
    found += _between_near(found)
    for place in dict.fromkeys(found):
        for simple in (False, True):
            point = chart.point(np.array([place]), simple=simple)
            if point is not None:
                yield point


def _beside_jumps(claim: Claim, chart: Chart, line: Any) -> Iterator[Point]:
    """The whole numbers beside the jumps of whole parts that grow slowly, such as floor(log(n)),
    where the line does not hold them one by one."""
    line = line[np.append(np.diff(line) > 1, True)]
    for part in _whole_parts(claim):
        values = _values(chart, part, None)
        try:
            seen = values(line)
        except NotSeen:
            continue
        first, last = np.nanmin(seen, initial=np.inf), np.nanmax(seen, initial=-np.inf)
        if not np.isfinite(first) or not np.isfinite(last):
            continue
        for k in range(int(first), int(min(last, first + _MOST_JUMPS)) + 1):
            for place in _crossed(_lowered(values, k), line):
                for n in (np.floor(place), np.ceil(place)):
                    point = chart.point(np.array([n]), simple=False)
                    if point is not None:
                        yield point


def _lowered(values: Values, k: int) -> Values:
    return lambda row: values(row) - k


def _whole_parts(claim: Claim) -> list[Formula]:
    """What has jumps where it is a whole number: u of floor(u), x/m of Mod(x, m)."""
    found: dict[Formula, None] = {}
    for side in (claim.lhs, claim.rhs):
        for node in walk(side):
            match node:
                case Call(head=head, args=(u,)) if head.name in _PARTS and free_names(u):
                    found[u] = None
                case Call(head=head, args=(u, m)) if head.name == "Mod" and not free_names(m):
                    found[u / m] = None
    return list(found)[:_MOST_STEPS]


def _steep(sides: tuple[Formula, Formula]) -> list[Formula]:
    """Arguments of what goes from one level to another where they are 0."""
    found: dict[Formula, None] = {}
    for side in sides:
        for node in walk(side):
            if isinstance(node, Call) and node.head.name in _STEPS and free_names(node.args[0]):
                found[node.args[0]] = None
    return list(found)[:_MOST_STEPS]


def _between_near(places: list[float]) -> list[float]:
    """The middles between places that are near to one another."""
    return [
        (low + high) / 2
        for low, high in pairwise(sorted(set(places)))
        if high - low < _NEAR * max(1.0, abs(low))
    ]


def line_of(axis: Axis) -> Any:
    """Values of one axis in order."""
    low, high = axis.low, axis.high
    if axis.members:
        return np.sort(np.asarray(axis.members))
    if axis.whole:
        start = low if np.isfinite(low) else (high if np.isfinite(high) else 0.0)
        side = 1.0 if np.isfinite(low) or not np.isfinite(high) else -1.0
        near = start + side * np.arange(_WHOLE)
        powers = np.rint(10.0 ** np.arange(5, 15, 0.02))
        both = [near, start + side * powers]
        if not (np.isfinite(low) or np.isfinite(high)):
            both += [-near, -powers]
        values = np.concatenate(both)
    elif np.isfinite(low) and np.isfinite(high):
        near_ends = (high - low) * 10.0 ** np.arange(-12, 0, 0.1) / 2
        values = np.concatenate(
            [np.linspace(low, high, 6001)[1:-1], low + near_ends, high - near_ends]
        )
    else:
        sizes = 10.0 ** np.concatenate([np.arange(-15, 16, 0.02), np.arange(16, 300, 1.0)])
        wide = np.arange(20, 400, 0.1)
        ahead = np.concatenate([np.linspace(0, 20, 6001)[1:], wide, sizes])
        values = np.concatenate([[0.0], ahead, -ahead])
        if np.isfinite(low):
            values = np.concatenate([low + ahead, values])
        if np.isfinite(high):
            values = np.concatenate([high - ahead, values])
    return np.unique(values[(values >= low) & (values <= high)])


def _values(chart: Chart, formula: Formula, where: Formula | None) -> Values:
    def values(row: Any) -> Any:
        glance = Glance(chart.arrays(row[None]))
        value = glance.at(formula)
        if np.iscomplexobj(value):
            value = np.where(np.abs(value.imag) <= 1e-12 * np.abs(value), value.real, np.nan)
        value = np.broadcast_to(value, row.shape)
        return value if where is None else np.where(glance.at(where), value, np.nan)

    return values


def _turning(chart: Chart, margin: Formula, where: Formula | None, line: Any) -> Iterator[Point]:
    """The lowest points of a margin, and what is 0 or less."""
    whole = chart.axes[0].whole
    values = _values(chart, margin, where)
    if whole:
        seen = np.where(np.isnan(values(line)), np.inf, values(line))
        places = [float(line[k]) for k in np.argsort(seen, kind="stable")[:_SUSPECTS]]
    else:
        places = [place for place, _ in _turns(values, line)]
        if _has_waves(margin):
            low, high = line[0], line[-1]
            dense = np.linspace(max(low, -_DENSE), min(high, _DENSE), _IN_DENSE)[1:-1]
            places = [*(place for place, _ in _turns(values, dense, _MOST_DENSE)[:_TURNS]), *places]
        # Small waves on a large bowl: the line is looked over once more beside the lowest turns.
        for place in places[:_CLOSER]:
            k = int(np.searchsorted(line, place))
            ends = line[max(k - 2, 0)], line[min(k + 2, len(line) - 1)]
            places += [near for near, _ in _turns(values, np.linspace(*ends, _IN_CLOSER))[:2]]
    for place in places:
        for simple in (False, True):
            point = chart.point(np.array([place]), simple=simple)
            if point is not None:
                yield point


def _has_waves(formula: Formula) -> bool:
    """Whether several waves of unlike arguments are in a formula."""
    nodes = [node for node in walk(formula) if isinstance(node, Call) and node.head.name in _WAVES]
    return len({node.args[0] for node in nodes if free_names(node)}) > 1


def _turns(values: Values, line: Any, most: int = _TURNS) -> list[tuple[float, float]]:
    """Places where a function is lower than beside, drawn nearer, the lowest first."""
    f = values(line)
    f = np.where(np.isnan(f), np.inf, f)
    padded = np.concatenate([[np.inf], f, [np.inf]])
    low = (f <= padded[:-2]) & (f <= padded[2:]) & np.isfinite(f)
    # Of a level stretch its first point will do.
    low &= ~((f == padded[:-2]) & np.roll(low, 1))
    index = np.flatnonzero(low)
    index = index[np.argsort(f[index], kind="stable")][:most]
    if not len(index):
        return []
    left = line[np.maximum(index - 1, 0)]
    right = line[np.minimum(index + 1, len(line) - 1)]
    best, lowest = line[index], f[index]
    part = np.linspace(0, 1, _IN_ZOOM)
    for _ in range(_ZOOMS):
        grid = left[:, None] + (right - left)[:, None] * part
        found = values(grid.ravel()).reshape(grid.shape)
        found = np.where(np.isnan(found), np.inf, found)
        pick = found.argmin(axis=1)
        rows = np.arange(len(pick))
        better = found[rows, pick] < lowest
        best = np.where(better, grid[rows, pick], best)
        lowest = np.where(better, found[rows, pick], lowest)
        width = (right - left) / (_IN_ZOOM - 1)
        left, right = np.maximum(left, best - width), np.minimum(right, best + width)
    order = np.argsort(lowest, kind="stable")
    return [(float(best[k]), float(lowest[k])) for k in order]


def _crossed(values: Values, line: Any) -> list[float]:
    """Where a function changes its sign between two points of a line, drawn nearer."""
    sign = np.sign(values(line))
    index = np.flatnonzero(sign[:-1] * sign[1:] < 0)
    if len(index) > _ZEROS:
        middle = np.argsort(np.abs(line[index]), kind="stable")
        index = index[middle][:_ZEROS]
    if not len(index):
        return []
    left, right, rising = line[index], line[index + 1], sign[index + 1]
    for _ in range(60):
        middle = (left + right) / 2
        side = np.sign(values(middle))
        right = np.where(side == rising, middle, right)
        left = np.where(side == rising, left, middle)
    return [float(place) for place in (left + right) / 2]
