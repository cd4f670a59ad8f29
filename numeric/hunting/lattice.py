"""Pairs of whole numbers at which a part of an inequality is nearly 0: Abs(n*pi - m) > 1/(10*n).

One of them goes through many values, the other is put next to the zero, as a root in floats.

>>> from derivations.core import Abs, Claim, integers, pi, symbols
>>> n, m = symbols("n m")
>>> whole = {n: integers(1), m: integers(1)}
>>> near = Claim("near", Abs(n * pi - m), ">", 1 / (n**2), on=whole)
>>> {n: 113, m: 355} in list(lattice_points(near))
True
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from derivations.core.claim import Claim
from derivations.core.formula import Call, Formula, Pow, walk
from derivations.core.substitute import free_names
from numeric.balls.values import Point
from numeric.exact.rational import rational_of
from numeric.hunting.coordinates import Chart, chart_of, written_out
from numeric.hunting.glance import Glance, NotSeen
from numeric.hunting.lowlands import objective_of
from numeric.hunting.scan import line_of

_VALUES: Final = 30_000
_MOST_PARTS: Final = 4
_KEPT: Final = 6


def lattice_points(claim: Claim) -> Iterator[Point]:
    """The lowest points of an inequality of two whole numbers, one of them next to a zero."""
    chart, written = chart_of(claim), written_out(claim)
    if claim.rel not in {"<", "<=", ">", ">="} or chart is None or written is None:
        return
    if len(chart.axes) != 2 or not all(axis.whole for axis in chart.axes):
        return
    try:
        with np.errstate(all="ignore"):
            yield from _lowest(claim, chart, *written)
    except NotSeen:
        return


def _lowest(
    claim: Claim, chart: Chart, sides: tuple[Formula, Formula], where: Formula | None
) -> Iterator[Point]:
    high, low = sides if claim.rel in {">", ">="} else (sides[1], sides[0])
    parts: dict[Formula, None] = {}
    for side in sides:
        for node in walk(side):
            if isinstance(node, Call) and node.head.name == "Abs":
                parts[node.args[0]] = None
            elif isinstance(node, Pow) and rational_of(node.exponent) == 2:
                parts[node.base] = None
    rows: list[Any] = []
    for part in (*list(parts)[:_MOST_PARTS], high - low):
        for place, v in enumerate(chart.variables):
            other = chart.variables[1 - place]
            if not {v, other} <= free_names(part):
                continue
            beside = chart.axes[1 - place].fitted(line_of(chart.axes[1 - place])[:_VALUES])
            values = [
                Glance({v: np.full(beside.shape, float(k)), other: beside}).at(part)
                for k in range(3)
            ]
            # a + b*v**d, with d from the values at 0, 1 and 2.
            degree = np.log2(np.abs((values[2] - values[0]) / (values[1] - values[0])))
            root = -values[0] / (values[1] - values[0])
            root = np.sign(root) * np.abs(root) ** (1 / degree)
            for shift in (0, 1, -1):
                for sign in (1, -1):
                    near = chart.axes[place].fitted(sign * np.rint(root) + shift)
                    row = [near, beside] if place == 0 else [beside, near]
                    rows.append(np.stack(row)[:, np.isfinite(near)])
    if not rows:
        return
    columns = np.unique(np.concatenate(rows, axis=1), axis=1)
    values = objective_of(chart, high - low, where)(columns)
    size = np.abs(np.broadcast_to(Glance(chart.arrays(columns)).at(low), values.shape))
    lowest = np.argsort(values, kind="stable")[:_KEPT]
    nearest = np.argsort(values / (size + 1e-300), kind="stable")[:_KEPT]
    for k in dict.fromkeys((*nearest.tolist(), *lowest.tolist())):
        point = chart.point(columns[:, k])
        if point is not None:
            yield point
