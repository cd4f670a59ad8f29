"""The rows at which a function of rows is audited.

Sizes from 1 to a few hundred; scores of every region where float64 code is known to fail: uniform
over the doubles, over [-40, 40] and [-800, 800], in the logarithm, ties, one score far above the
others, differences at which an exponential is subnormal, scores near the largest that can be
exponentiated, rows near a root of the result. Labels and directions: one-hot, weights that add up
to 1, numbers of every size.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.random import Generator

from derivations.core.domain import Interval
from numeric.accuracy.ordinals import INFINITY, Doubles, doubles, ordinals
from numeric.accuracy.points import range_of
from numeric.accuracy.rows.target import RowTarget

# Sizes, and the share of the numbers that rows of each come to.
SIZES: Final = (
    (1, 0.02),
    (2, 0.2),
    (3, 0.2),
    (4, 0.1),
    (7, 0.1),
    (10, 0.2),
    (40, 0.1),
    (300, 0.08),
)
_LARGEST_OF_PAIRS: Final = 10  # where the value has an entry for each pair of indices
_REACH: Final = 6  # doubles on each side of a root

Rows = list[Doubles]


def batches_of(target: RowTarget, count: int, random: Generator) -> list[Rows]:
    """For each size an array of rows for each argument; about `count` values in all."""
    found: list[Rows] = []
    for size, share in SIZES:
        if len(target.indices) == 2 and size > _LARGEST_OF_PAIRS:
            continue
        values = max(size ** len(target.indices), 3)
        rows = max(int(share * count / values), 8 if size < 40 else 2)
        found.append(rows_of(target, rows, size, random))
    return found


def rows_of(target: RowTarget, rows: int, size: int, random: Generator) -> Rows:
    """So many rows of a size, of all kinds alike; the first array holds the scores."""
    columns: Rows = []
    for number, domain in enumerate(target.domains):
        kinds = SCORES if number == 0 else WEIGHTS
        share = -(-rows // len(kinds))
        parts = [kind(share, size, random) for kind in kinds]
        column = np.concatenate(parts)[random.permutation(share * len(kinds))[:rows]]
        columns.append(_inside(domain, column))
    return columns


def near_roots(rows: Doubles, value: Doubles) -> Doubles:
    """The rows moved along (1, ..., 1) by what they give: near a root where that adds to it."""
    moved = rows - value[:, None]
    steps = np.arange(-_REACH, _REACH + 1)
    first = doubles(ordinals(moved[:, :1, None]) + steps)
    near = np.repeat(moved[:, :, None], steps.size, axis=2)
    near[:, :1] = first
    near = near.transpose(0, 2, 1).reshape(-1, rows.shape[1])
    return near[np.isfinite(near).all(axis=1)]


def _inside(domain: Interval, column: Doubles) -> Doubles:
    first, last = range_of(domain).ends
    return np.clip(column, first, last)


def _doubles(rows: int, size: int, random: Generator) -> Doubles:
    return doubles(random.integers(1 - INFINITY, INFINITY - 1, (rows, size), endpoint=True))


def _uniform(reach: float) -> Callable[[int, int, Generator], Doubles]:
    return lambda rows, size, random: random.uniform(-reach, reach, (rows, size))


def _magnitudes(rows: int, size: int, random: Generator) -> Doubles:
    """Uniform in the logarithm of the size of the row, and of its entries."""
    signs = random.choice([-1.0, 1.0], (rows, size))
    return signs * 10.0 ** (random.uniform(-16, 3, (rows, 1)) + random.uniform(-2, 1, (rows, size)))


def _ties(rows: int, size: int, random: Generator) -> Doubles:
    few = random.choice([0.0, 1.0, 2.0, -3.0, 0.1, 30.0], (rows, size))
    return few + random.choice([0.0, -0.3, 700.0, -1e10], (rows, 1))


def _dominated(rows: int, size: int, random: Generator) -> Doubles:
    """One score above the others by up to 800: the rest is lost beside it."""
    column = random.normal(size=(rows, size))
    column[np.arange(rows), random.integers(0, size, rows)] += 10.0 ** random.uniform(0, 2.9, rows)
    return column


def _thresholds(rows: int, size: int, random: Generator) -> Doubles:
    """Near the largest and the smallest numbers that have an exponential, and such distances."""
    marks = np.array([709.78, -708.39, -745.1, -36.7, 88.7, 0.0])
    return random.choice(marks, (rows, size)) + random.uniform(-0.5, 0.5, (rows, size))


def _shifted(rows: int, size: int, random: Generator) -> Doubles:
    """A small row far from 0, above or below."""
    far = random.choice([-1.0, 1.0], (rows, 1)) * 10.0 ** random.uniform(1, 6, (rows, 1))
    return random.uniform(-5, 5, (rows, size)) + far


def _one_hot(rows: int, size: int, random: Generator) -> Doubles:
    return np.eye(size)[random.integers(0, size, rows)]


def _weights(rows: int, size: int, random: Generator) -> Doubles:
    return random.dirichlet(np.full(size, 0.5), rows)


SCORES: Final[tuple[Callable[[int, int, Generator], Doubles], ...]] = (
    _doubles, _uniform(40.0), _uniform(800.0), _uniform(2.0), _magnitudes, _ties, _dominated,
    _thresholds, _shifted,
)  # fmt: skip
WEIGHTS: Final[tuple[Callable[[int, int, Generator], Doubles], ...]] = (
    _one_hot, _weights, _uniform(2.0), _magnitudes,
)  # fmt: skip


def special_rows() -> list[tuple[float, ...]]:
    """Rows with infinite entries, at which the value is the limit."""
    inf = float("inf")
    return [
        (inf,), (-inf,), (inf, 3.0), (-inf, 3.0), (-3.0, inf), (-inf, inf), (inf, inf),
        (-inf, -inf), (1.0, -inf, 2.0), (inf, 1.0, inf), (-inf, -inf, 5.0), (0.0, inf, -inf),
        (-inf, -inf, -inf),
    ]  # fmt: skip


def with_nan(rows: Rows, place: int) -> Any:
    """The rows with nan in one place of each of their arrays in turn."""
    for number in range(len(rows)):
        columns = [column.copy() for column in rows]
        columns[number][:, place] = np.nan
        yield columns
