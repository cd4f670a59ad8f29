"""The audit of a float64 function against a derived result, in ULPs.

Certified values judge it at a battery of points; then the worst points are climbed from, and a
guide in long doubles looks at many more for worse ones, which are certified in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import inf
from typing import Any, Final

import numpy as np

from derivations.core.claim import Claim
from derivations.core.domain import Interval
from numeric.accuracy.battery import columns_of
from numeric.accuracy.called import Arrange, AuditError, Watched, in_order
from numeric.accuracy.certified import Certified
from numeric.accuracy.conditioning import condition_numbers, is_special
from numeric.accuracy.findings import Audit, Place, counts
from numeric.accuracy.independent import held_against_mpmath
from numeric.accuracy.ordinals import INFINITY, Doubles, counted, ulps
from numeric.accuracy.points import range_of
from numeric.accuracy.rows.audit import audit_rows
from numeric.accuracy.rows.target import is_of_rows, row_target_of
from numeric.accuracy.search import Worst, climbed, searched, worst_of
from numeric.accuracy.target import Target, target_of

POINTS: Final = 50_000
SEARCHED: Final = 1_000_000
# At so many points a call with floats is compared with the call with arrays.
_SCALARS: Final = 200


def audit(
    function: Callable[..., Any],
    claim: Claim,
    *,
    name: str = "",
    points: int = POINTS,
    searching: int = SEARCHED,
    seed: int = 0,
    fixed: Mapping[str, Fraction] | None = None,
    arrange: Arrange = in_order,
    watch: Callable[[Watched], None] | None = None,
) -> Audit:
    """Audit a function against the value that a claim's two sides have.

    About `points` doubles are certified, `searching` more looked at. Of a claim about arrays the
    function is given rows (`numeric.accuracy.rows`). `fixed` gives variables of
    the claim numbers; the others are the function's arguments, in the claim's order, unless
    `arrange` says otherwise. `watch` sees the watched function before it is first called.

    Errors: `AuditError` where the claim gives no right values, or the function cannot be called.
    """
    if is_of_rows(claim):
        return audit_rows(
            function,
            row_target_of(claim, fixed or {}),
            name=name or _name_of(function),
            points=points,
            climbing=searching > 0,
            seed=seed,
            arrange=arrange,
            watch=watch,
        )
    target = target_of(claim, fixed or {})
    watched = Watched(name or _name_of(function), function, arrange)
    if watch is not None:
        watch(watched)
    certified = Certified(target.formula, target.variables)
    columns, correct, random = _right_values(target, points, seed)
    values = watched(columns)
    errors = counted(values, correct)
    looked, pointed = searched(target, certified, watched, columns, correct, searching, random)
    uphill = climbed(target, certified, watched, columns, errors, random, thorough=searching > 0)
    failures, first_failure = watched.failures, watched.first_failure
    alone = _alone(watched, columns, values, correct)
    found = (worst_of(columns, errors, values, correct), uphill, pointed, alone.worst)
    worst = max((one for one in found if one is not None), key=lambda one: one.error)
    return Audit(
        id=target.id,
        formula=str(target.formula),
        function=watched.name,
        seed=seed,
        searched=looked,
        max_ulp=worst.error,
        worst=_named(target, worst.point),
        got=worst.got,
        correct=worst.correct,
        max_conditioned=_conditioned(target, columns, errors, correct, worst),
        first_nonfinite=_first(target, columns, np.isinf(ulps(values, correct))),
        not_monotone=_not_monotone(columns, values, correct),
        at_infinity=_at_infinity(target, certified, watched),
        nan_kept=_keeps_nan(watched, columns),
        scalar_differs=alone.differs,
        scalar_raises=alone.raises,
        only_in_arrays=_is_only_in_arrays(watched, worst),
        failures=failures,
        first_failure=first_failure,
        warnings=tuple(sorted(watched.warned.items())),
        **counts(values, correct),
    )


def _right_values(
    target: Target, points: int, seed: int
) -> tuple[list[Doubles], Doubles, np.random.Generator]:
    """The points of an audit with their correct values, and the generator of more."""
    columns, correct, state = _known_values(target, points, seed)
    random = np.random.default_rng(seed)
    random.bit_generator.state = state
    return list(columns), correct, random


@lru_cache(maxsize=4)
def _known_values(
    target: Target, points: int, seed: int
) -> tuple[tuple[Doubles, ...], Doubles, Mapping[str, Any]]:
    """The same for every candidate of a kernel, and kept; with the state of the generator.

    Errors: `AuditError` where no value is known.
    """
    random = np.random.default_rng(seed)
    columns = columns_of(target, points, random)
    correct = Certified(target.formula, target.variables)(*columns)
    known = ~np.isnan(correct)
    if not known.any():
        raise AuditError(f"{target.id} has no real value at any of {correct.size} points")
    columns, correct = [column[known] for column in columns], correct[known]
    held_against_mpmath(target, columns, correct)
    for array in (*columns, correct):
        array.flags.writeable = False
    return tuple(columns), correct, random.bit_generator.state


def _conditioned(
    target: Target, columns: Sequence[Doubles], errors: Doubles, correct: Doubles, worst: Worst
) -> float:
    """The largest error in units of 1 + kappa ULP, at the certified points and the worst one."""
    if worst.error <= 1 or (len(target.variables) == 1 and not is_special(target.formula)):
        return worst.error
    large = np.flatnonzero(errors > 1)
    rows = [np.append(c[large], at) for c, at in zip(columns, worst.point, strict=True)]
    kappa = condition_numbers(target, rows, np.append(correct[large], worst.correct))
    return max(1.0, float((np.append(errors[large], worst.error) / (1 + kappa)).max()))


def _name_of(function: Callable[..., Any]) -> str:
    return str(getattr(function, "__qualname__", type(function).__name__))


def _named(target: Target, row: Sequence[float]) -> Place:
    return tuple(
        (variable.name, float(number))
        for variable, number in zip(target.variables, row, strict=True)
    )


def _first(target: Target, columns: Sequence[Doubles], marked: Any) -> Place:
    if not marked.any():
        return ()
    at = int(marked.argmax())
    return _named(target, [float(column[at]) for column in columns])


def _not_monotone(columns: Sequence[Doubles], values: Doubles, correct: Doubles) -> int:
    """How often a function of one variable turns where the correct values never do."""
    if len(columns) != 1:
        return 0
    order = np.argsort(columns[0], kind="stable")
    with np.errstate(invalid="ignore"):
        steps, right = np.diff(values[order]), np.diff(correct[order])
    if (right >= 0).all():
        return int((steps < 0).sum())
    return int((steps > 0).sum()) if (right <= 0).all() else 0


def _at_infinity(target: Target, certified: Certified, watched: Watched) -> tuple[str, ...]:
    """What is wrong at the infinite ends of the domain of a function of one variable."""
    found: list[str] = []
    if len(target.variables) != 1 or not isinstance(target.domains[0], Interval):
        return ()
    span = range_of(target.domains[0])
    for end, is_there in ((-inf, span.low == 1 - INFINITY), (inf, span.high == INFINITY - 1)):
        limit = float(certified([end])[0]) if is_there else np.nan
        if np.isnan(limit):
            continue
        value = float(watched([np.array([end])])[0])
        if ulps(value, limit) > 1:
            found.append(f"at {end} it gives {value!r}, the limit is {limit!r}")
    return tuple(found)


def _keeps_nan(watched: Watched, columns: Sequence[Doubles]) -> bool:
    """Whether nan in any one argument gives nan."""
    row = [column[:1] for column in columns]
    nan = np.array([np.nan])
    kept = (watched([nan if j == k else row[j] for j in range(len(row))]) for k in range(len(row)))
    return all(bool(np.isnan(value[0])) for value in kept)


@dataclass(frozen=True, slots=True)
class _Alone:
    """At how many of a few points a call with floats gives another double than with arrays, or
    raises; the worst of its values."""

    differs: int = 0
    raises: int = 0
    worst: Worst | None = None


def _alone(
    watched: Watched, columns: Sequence[Doubles], values: Doubles, correct: Doubles
) -> _Alone:
    if not watched.takes_arrays:
        return _Alone()
    rows = np.linspace(0, values.size - 1, min(_SCALARS, values.size)).astype(int)
    before, points, found = watched.failures, [], []
    for row in rows:
        failures = watched.failures
        value = watched.scalar([float(column[row]) for column in columns])
        if watched.failures == failures:
            points.append(row)
            found.append(value)
    raises = watched.failures - before
    if not points:
        return _Alone(raises=raises)
    got = np.array(found)
    worst = worst_of(
        [column[points] for column in columns], counted(got, correct[points]), got, correct[points]
    )
    return _Alone(int((ulps(got, values[points]) > 0).sum()), raises, worst)


def _is_only_in_arrays(watched: Watched, worst: Worst) -> bool:
    """Whether a call with floats does not give what was found at the worst point."""
    return bool(watched.takes_arrays) and bool(ulps(watched.scalar(worst.point), worst.got) > 0)
