"""The audit of a function of rows against a derived result: like that of a function of scalars,
with a row for a point, and errors that are also measured beside the condition number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from typing import Any, Final

import numpy as np

from numeric.accuracy.called import Arrange, AuditError, Watched, in_order
from numeric.accuracy.findings import Audit, Place, counts
from numeric.accuracy.ordinals import Doubles, ulps
from numeric.accuracy.rows.battery import batches_of, near_roots, special_rows, with_nan
from numeric.accuracy.rows.called import WatchedRows, along_the_last_axis
from numeric.accuracy.rows.certified import CertifiedRows, Conditioning
from numeric.accuracy.rows.search import Batch, climbed, compared
from numeric.accuracy.rows.target import RowTarget

# Of the values with errors over 4 ULP, and of those over 1, so many are asked for their condition.
_CONDITIONED: Final = (800, 80)
_LONG: Final = 40  # of longer rows fewer
_VERY_LONG: Final = 100
_CONDITIONED_OF_LONG: Final = 3
_ROOTS: Final = 24  # rows of a size that are moved to a root
_WEIGHTS: Final = {1: (1.0,), 2: (0.75, 0.25), 3: (0.5, 0.125, 0.375)}
_AT_LIMITS: Final = 4.0  # ULP
_ALONE: Final = 40  # rows that are given alone as well


def audit_rows(
    function: Callable[..., Any],
    target: RowTarget,
    *,
    name: str,
    points: int,
    climbing: bool,
    seed: int = 0,
    arrange: Arrange = in_order,
    watch: Callable[[Watched], None] | None = None,
) -> Audit:
    """Audit a function of rows; about `points` values are certified, and the worst rows climbed
    from where `climbing` is asked for.

    Errors: `AuditError` where the claim gives no right values, or the function cannot be called.
    """
    watched = WatchedRows(
        name, function, along_the_last_axis(function, arrange), axes=len(target.indices)
    )
    if watch is not None:
        watch(watched)
    reference = _reference(target, points, seed)
    batches = [compared(watched, columns, correct) for columns, correct in reference.rows]
    if all(np.isnan(batch.correct).all() for batch in batches):
        raise AuditError(f"{target.id} has no real value at any of the rows")
    random = np.random.default_rng((seed, 1))
    certified = CertifiedRows(target)
    looked = climbed(target, certified, watched, batches, random) if climbing else []
    return _found(target, reference, watched, batches, looked, seed)


@dataclass(frozen=True, slots=True)
class _Reference:
    """Rows with their right values, and special rows (of all arguments) with their limits."""

    rows: list[tuple[list[Doubles], Doubles]]
    special: list[tuple[list[Doubles], Doubles]]


@lru_cache(maxsize=8)
def _reference(target: RowTarget, points: int, seed: int) -> _Reference:
    """The same for all candidates of a result."""
    certified = CertifiedRows(target)
    batches = batches_of(target, points, np.random.default_rng(seed))
    if not target.indices and len(target.arrays) == 1:
        for (rows,) in list(batches):
            some = rows[np.abs(rows).max(axis=1) < 1e6][:_ROOTS]
            if len(some):
                batches.append([near_roots(some, certified(some))])
    special = []
    for scores in special_rows():
        weights = np.array([_WEIGHTS[len(scores)]])
        columns = [np.array([scores]), *(weights for _ in target.arrays[1:])]
        special.append((columns, certified(*columns)))
    return _Reference([(columns, certified(*columns)) for columns in batches], special)


def _found(
    target: RowTarget,
    reference: _Reference,
    watched: WatchedRows,
    batches: Sequence[Batch],
    looked: Sequence[Batch],
    seed: int,
) -> Audit:
    known = [~np.isnan(batch.correct) for batch in batches]
    correct, values = (
        np.concatenate([part[k].ravel() for part, k in zip(parts, known, strict=True)])
        for parts in ([batch.correct for batch in batches], [batch.values for batch in batches])
    )
    everything = (*batches, *looked)
    worst = _worst_of(target, everything)
    at = worst.place
    failures, first_failure = watched.failures, watched.first_failure
    at_infinity = _at_infinity(reference, watched)
    return Audit(
        id=target.id,
        formula=str(target.formula),
        function=watched.name,
        seed=seed,
        searched=int(sum(batch.correct.size for batch in looked)),
        max_ulp=max(float(batch.counted.max(initial=0.0)) for batch in everything),
        worst=_named(target, worst.batch, at),
        got=float(worst.batch.values[at]),
        correct=float(worst.batch.correct[at]),
        max_conditioned=worst.conditioned,
        first_nonfinite=_first_nonfinite(target, batches),
        not_monotone=0,
        at_infinity=at_infinity,
        nan_kept=_keeps_nan(target, watched, batches),
        scalar_differs=_alone_differs(watched, batches),
        failures=failures,
        first_failure=first_failure,
        warnings=tuple(sorted(watched.warned.items())),
        relative=True,
        **counts(values, correct),
    )


def _named(target: RowTarget, batch: Batch, at: tuple[int, ...]) -> Place:
    """The row, and which entry of its value (indices from 1)."""
    row, *indices = at
    rows = [
        (a.name, tuple(c[row].tolist())) for a, c in zip(target.arrays, batch.columns, strict=True)
    ]
    return (*rows, *((i.name, n + 1.0) for i, n in zip(target.indices, indices, strict=True)))


def _first_nonfinite(target: RowTarget, batches: Sequence[Batch]) -> Place:
    for batch in batches:
        places = np.argwhere(np.isinf(batch.errors))
        if len(places):
            return _named(target, batch, tuple(int(n) for n in places[0]))
    return ()


@dataclass(frozen=True, slots=True)
class _Worst:
    """The largest error in units of 1 + kappa ULP, and where."""

    conditioned: float
    batch: Batch
    place: tuple[int, ...]


def _worst_of(target: RowTarget, batches: Sequence[Batch]) -> _Worst:
    """An error of at most 1 ULP is no worse where the condition number is 0."""
    conditioning = Conditioning(target)
    tops = [float(batch.counted.max(initial=0.0)) for batch in batches]
    most = int(np.argmax(tops))
    worst = _Worst(min(tops[most], 1.0), batches[most], _highest(batches[most]))
    if np.isinf(tops[most]):
        return replace(worst, conditioned=inf)
    for batch in batches:
        places = _asked_for_condition(batch, len(batches))
        errors = batch.counted[tuple(places.T)]
        columns = [column[places[:, 0]] for column in batch.columns]
        correct = batch.correct[tuple(places.T)]
        conditioned = errors / (1 + conditioning.at(columns, places.T[1:], correct))
        if conditioned.max(initial=0.0) > worst.conditioned:
            top = int(conditioned.argmax())
            worst = _Worst(float(conditioned[top]), batch, tuple(places[top].tolist()))
    return worst


def _asked_for_condition(batch: Batch, batches: int) -> Any:
    """The places of some errors over 4 ULP, and of some over 1: the largest, which are where the
    condition number is large, and the largest beside what that may be.
    """
    counted = batch.counted
    size = batch.columns[0].shape[1]
    of_long = _CONDITIONED_OF_LONG if size < _VERY_LONG else 1
    over = np.argwhere(counted > 4), np.argwhere((counted > 1) & (counted <= 4))
    kept = []
    for places, most in zip(over, _CONDITIONED, strict=True):
        at = tuple(places.T)
        errors, values = counted[at], np.abs(batch.correct[at])
        largest = np.abs(batch.columns[0]).max(axis=1)[places[:, 0]]
        with np.errstate(all="ignore"):
            heights = (errors / (1 + largest / values), errors, errors / (1 + largest))
        wanted = of_long if size >= _LONG else most // batches
        orders = [np.argsort(-height, kind="stable")[:wanted] for height in heights]
        mixed = dict.fromkeys(np.stack(orders, axis=1).ravel().tolist())
        kept.append(places[list(mixed)[:wanted]])
    return np.concatenate(kept)


def _highest(batch: Batch) -> tuple[int, ...]:
    counted = batch.counted
    return tuple(int(n) for n in np.unravel_index(int(counted.argmax()), counted.shape))


def _at_infinity(reference: _Reference, watched: WatchedRows) -> tuple[str, ...]:
    """What is wrong where scores are infinite, the other arguments being some weights.

    Where an entry of the value has no limit, nan is right for all of them; and so it is where
    scores are infinite alike and a limit is one for certain weights only.
    """
    found: list[str] = []
    for columns, (limit,) in reference.special:
        special, value = columns[0][0].tolist(), watched(columns)[0]
        is_wrong = ulps(value, limit) > _AT_LIMITS
        if np.isnan(limit).any() or (len(columns) > 1 and _is_undetermined(special)):
            is_wrong &= ~np.isnan(value)
        if is_wrong.any():
            found.append(f"at {special} it gives {value.tolist()}, the limit is {limit.tolist()}")
    return tuple(found)


def _is_undetermined(scores: Sequence[float]) -> bool:
    """Whether it depends on how the scores become infinite which is the largest."""
    return len(scores) > 1 and (scores.count(inf) > 1 or set(scores) == {-inf})


def _keeps_nan(target: RowTarget, watched: WatchedRows, batches: Sequence[Batch]) -> bool:
    """Whether a nan among the scores gives nan, whatever stands beside it."""
    for batch in batches:
        some = [column[:3].copy() for column in batch.columns]
        for columns in with_nan(some, batch.columns[0].shape[1] - 1):
            values = watched(columns)
            if not np.isnan(values.reshape(len(values), -1)).any(axis=1).all():
                return False
    one = [np.full((1, 2), value) for value in (np.nan, *(0.5 for _ in target.arrays[1:]))]
    return bool(np.isnan(watched(one)).all())


def _alone_differs(watched: WatchedRows, batches: Sequence[Batch]) -> int:
    """For how many rows, given alone, some value is another double than among many rows."""
    if not watched.takes_arrays:
        return 0
    found = 0
    for batch in batches:
        rows = range(min(_ALONE, len(batch.values)))
        alone = [watched.alone([column[row] for column in batch.columns]) for row in rows]
        found += sum(
            bool((ulps(a, batch.values[r]) > 0).any()) for a, r in zip(alone, rows, strict=True)
        )
    return found
