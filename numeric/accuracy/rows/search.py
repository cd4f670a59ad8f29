"""Climbing from the worst rows to worse ones, one entry of a row after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.random import Generator

from numeric.accuracy.ordinals import Doubles, counted, doubles, ordinals, ulps
from numeric.accuracy.points import range_of
from numeric.accuracy.rows.called import WatchedRows
from numeric.accuracy.rows.certified import CertifiedRows
from numeric.accuracy.rows.target import RowTarget

_CLIMBERS: Final = 8
_TRIALS: Final = 4
_ROUNDS: Final = 12
_LONGEST: Final = 10  # longer rows are not climbed from


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one size, their right values, what a function gave, and the errors in ULPs, 0 where
    the right value is unknown; those of them that count (see `numeric.accuracy.ordinals`)."""

    columns: list[Doubles]
    correct: Any
    values: Any
    errors: Any
    counted: Any


def judged(certified: CertifiedRows, watched: WatchedRows, columns: list[Doubles]) -> Batch:
    return compared(watched, columns, certified(*columns))


def compared(watched: WatchedRows, columns: list[Doubles], correct: Any) -> Batch:
    """What a function gives for rows beside the right values."""
    values = watched(columns)
    with np.errstate(invalid="ignore"):
        errors = np.where(np.isnan(correct), 0.0, ulps(values, correct))
    return Batch(columns, correct, values, errors, counted(values, correct))


def climbed(
    target: RowTarget,
    certified: CertifiedRows,
    watched: WatchedRows,
    batches: Sequence[Batch],
    random: Generator,
) -> list[Batch]:
    """The rows that were tried on the way up from the worst rows of each size, judged."""
    found: list[Batch] = []
    for batch in batches:
        rows, size = batch.columns[0].shape
        if not 2 <= size <= _LONGEST:
            continue
        found += _uphill(target, certified, watched, batch, min(rows, _CLIMBERS), random)
    return found


def _uphill(
    target: RowTarget,
    certified: CertifiedRows,
    watched: WatchedRows,
    batch: Batch,
    climbers: int,
    random: Generator,
) -> list[Batch]:
    heights = _heights(batch)
    start = np.argsort(heights, kind="stable")[::-1][:climbers]
    here, best = [column[start] for column in batch.columns], heights[start]
    size = here[0].shape[1]
    found: list[Batch] = []
    for round_ in range(_ROUNDS):
        which = round_ % len(here)
        trial = [np.repeat(column, _TRIALS, axis=0) for column in here]
        span = range_of(target.domains[which])
        count = len(trial[which])
        places = np.arange(count), random.integers(0, size, count)
        step = 2 ** random.integers(0, 6 + 4 * (_ROUNDS - round_), count)
        moved = ordinals(trial[which][places]) + step * random.choice([-1, 1], count)
        trial[which][places] = doubles(moved.clip(span.low, span.high))
        tried = judged(certified, watched, trial)
        found.append(tried)
        table = _heights(tried).reshape(-1, _TRIALS)
        chosen = table.argmax(axis=1)
        tops = table.max(axis=1)
        rows = chosen + _TRIALS * np.arange(len(chosen))
        better = tops > best
        best = np.where(better, tops, best)
        here = [np.where(better[:, None], t[rows], h) for t, h in zip(trial, here, strict=True)]
    return found


def _heights(batch: Batch) -> Any:
    """The largest finite error of each row."""
    errors = np.where(np.isfinite(batch.counted), batch.counted, -1.0)
    return errors.reshape(len(errors), -1).max(axis=1)
