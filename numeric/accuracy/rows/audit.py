"""The audit of a function of rows against a derived result: like that of a function of scalars,
with a row for a point, and errors that are also measured beside the condition number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any, Final

import numpy as np
from numpy.random import Generator

from numeric.accuracy.called import Arrange, AuditError, Watched, in_order
from numeric.accuracy.findings import Audit, Place
from numeric.accuracy.ordinals import Doubles, ulps
from numeric.accuracy.rows.battery import batches_of, near_roots, special_rows, with_nan
from numeric.accuracy.rows.called import WatchedRows, along_the_last_axis
from numeric.accuracy.rows.certified import CertifiedRows, Conditioning
from numeric.accuracy.rows.search import Batch, climbed, is_normal, judged
from numeric.accuracy.rows.target import RowTarget

# Of the values with errors over 4 ULP, and of those over 1, so many are asked for their condition.
_CONDITIONED: Final = (1500, 150)
_LONG: Final = 40  # of longer rows fewer
_CONDITIONED_OF_LONG: Final = 20
_ROOTS: Final = 24  # rows of a size that are moved to a root
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
    certified = CertifiedRows(target)
    random = np.random.default_rng(seed)
    batches = [
        judged(certified, watched, rows) for rows in _batches(target, certified, points, random)
    ]
    if all(np.isnan(batch.correct).all() for batch in batches):
        raise AuditError(f"{target.id} has no real value at any of the rows")
    looked = climbed(target, certified, watched, batches, random) if climbing else []
    return _found(target, certified, watched, batches, looked, seed)


def _batches(
    target: RowTarget, certified: CertifiedRows, points: int, random: Generator
) -> list[list[Doubles]]:
    found = batches_of(target, points, random)
    if target.indices or len(target.arrays) > 1:
        return found
    for columns in list(found):
        (rows,) = columns
        some = rows[np.abs(rows).max(axis=1) < 1e6][:_ROOTS]
        if len(some):
            found.append([near_roots(some, certified(some))])
    return found


def _found(
    target: RowTarget,
    certified: CertifiedRows,
    watched: WatchedRows,
    batches: Sequence[Batch],
    looked: Sequence[Batch],
    seed: int,
) -> Audit:
    known = [~np.isnan(batch.correct) for batch in batches]
    flat = [
        np.concatenate([part[k].ravel() for part, k in zip(parts, known, strict=True)])
        for parts in (
            [batch.correct for batch in batches],
            [batch.values for batch in batches],
            [batch.errors for batch in batches],
            [batch.counted for batch in batches],
        )
    ]
    correct, values, errors, counted = flat
    normal = is_normal(correct)
    nonfinite = np.isinf(errors)
    finite, subnormal = errors[normal & ~nonfinite], errors[~normal & ~nonfinite]
    everything = (*batches, *looked)
    worst = _worst_of(target, everything)
    at = worst.place
    failures, first_failure = watched.failures, watched.first_failure
    at_infinity = _at_infinity(target, certified, watched)
    return Audit(
        id=target.id,
        formula=str(target.formula),
        function=watched.name,
        seed=seed,
        points=int(correct.size),
        searched=int(sum(batch.correct.size for batch in looked)),
        max_ulp=max(float(batch.counted.max(initial=0.0)) for batch in everything),
        worst=_named(target, worst.batch, at),
        got=float(worst.batch.values[at]),
        correct=float(worst.batch.correct[at]),
        mean_ulp=float(np.minimum(finite, 1e300).mean()) if finite.size else inf,
        shares=(_share(counted, 1), _share(counted, 4), _share(counted, 8)),
        max_conditioned=worst.conditioned,
        max_ulp_subnormal=float(subnormal.max()) if subnormal.size else 0.0,
        wrong_nonfinite=int(nonfinite.sum()),
        first_nonfinite=_first_nonfinite(target, batches),
        wrong_zeros=int(((values == 0) & (correct != 0) & normal).sum()),
        subnormal_losses=int(((values == 0) & ~normal).sum()),
        out_of_bounds=int(((values < correct.min()) | (values > correct.max())).sum()),
        not_monotone=0,
        at_infinity=at_infinity,
        nan_kept=_keeps_nan(target, watched, batches),
        scalar_differs=_alone_differs(watched, batches),
        failures=failures,
        first_failure=first_failure,
        warnings=tuple(sorted(watched.warned.items())),
        relative=True,
    )


def _share(errors: Doubles, bound: float) -> float:
    return float(np.mean(errors > bound))


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
    """The places of the largest errors over 4 ULP, and of some over 1."""
    counted = batch.counted
    is_long = batch.columns[0].shape[1] >= _LONG
    over = np.argwhere(counted > 4), np.argwhere((counted > 1) & (counted <= 4))
    kept = []
    for places, most in zip(over, _CONDITIONED, strict=True):
        order = np.argsort(-counted[tuple(places.T)], kind="stable")
        kept.append(places[order][: _CONDITIONED_OF_LONG if is_long else most // batches])
    return np.concatenate(kept)


def _highest(batch: Batch) -> tuple[int, ...]:
    counted = batch.counted
    return tuple(int(n) for n in np.unravel_index(int(counted.argmax()), counted.shape))


def _at_infinity(
    target: RowTarget, certified: CertifiedRows, watched: WatchedRows
) -> tuple[str, ...]:
    """What is wrong where scores are infinite; the other arguments are those of equal shares."""
    found: list[str] = []
    for special in special_rows():
        size = len(special)
        columns = [np.array([special]), *(np.full((1, size), 1 / size) for _ in target.arrays[1:])]
        limit, value = certified(*columns)[0], watched(columns)[0]
        if (ulps(value, limit) > 1).any():
            found.append(
                f"at {list(special)} it gives {value.tolist()}, the limit is {limit.tolist()}"
            )
    return tuple(found)


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
