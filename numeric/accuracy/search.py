"""The search for worse points than the battery's: climbing, and a guide over many more.

What is found is certified like every other point; the search only chooses where to look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.random import Generator

from derivations.core.domain import Interval
from numeric.accuracy.battery import mixed_columns
from numeric.accuracy.called import Watched
from numeric.accuracy.certified import Certified
from numeric.accuracy.guide import guide_for
from numeric.accuracy.ordinals import Doubles, doubles, is_normal, ordinals, ulps
from numeric.accuracy.points import range_of
from numeric.accuracy.target import Target

_CHUNK: Final = 1 << 16
_KEPT: Final = 16  # of a chunk are certified
_FAILURES: Final = 100  # calls that raised, after which nothing more is looked at
_CLIMBERS: Final = 24
_ROUNDS: Final = 24
_TRIALS: Final = 8  # a climber's, in each round


@dataclass(frozen=True, slots=True)
class Worst:
    """The largest error met, in ULPs, and where."""

    error: float
    point: tuple[float, ...]
    got: float
    correct: float


def worst_of(columns: Sequence[Doubles], errors: Doubles, got: Doubles, correct: Doubles) -> Worst:
    at = int(np.nan_to_num(errors, nan=0.0, posinf=np.inf).argmax())
    point = tuple(float(column[at]) for column in columns)
    return Worst(float(errors[at]), point, float(got[at]), float(correct[at]))


def judged(
    certified: Certified, watched: Watched, columns: Sequence[Doubles]
) -> tuple[Doubles, Doubles, Doubles]:
    """Errors in ULPs, the function's values and the correct ones. The error counts as 0 where the
    correct value is not known, or is subnormal."""
    correct = certified(*columns)
    values = watched(columns)
    counts = is_normal(correct)
    return np.where(counts, ulps(values, correct), 0.0), values, correct


def climbed(
    target: Target,
    certified: Certified,
    watched: Watched,
    columns: Sequence[Doubles],
    errors: Doubles,
    random: Generator,
) -> Worst | None:
    """Hill climbing in the row of doubles from the worst points, one variable after the other.

    The steps are powers of two of the ordinal, large ones first.
    """
    moving = [k for k, domain in enumerate(target.domains) if isinstance(domain, Interval)]
    ranked = np.where(np.isfinite(errors), errors, -1.0)
    # Every fourth one: the worst points are often neighbours.
    start = np.argsort(ranked, kind="stable")[::-1][: 4 * _CLIMBERS : 4]
    if not moving or not start.size:
        return None
    here = [column[start] for column in columns]
    best = ranked[start]
    found: list[Worst] = []
    for round_ in range(_ROUNDS):
        k = moving[round_ % len(moving)]
        trial = [np.repeat(column, _TRIALS) for column in here]
        step = 2 ** random.integers(0, 6 + 2 * (_ROUNDS - round_), trial[k].size)
        domain = target.domains[k]
        assert isinstance(domain, Interval)
        span = range_of(domain)
        places = ordinals(trial[k]) + step * random.choice([-1, 1], trial[k].size)
        trial[k] = doubles(places.clip(span.low, span.high))
        error, values, correct = judged(certified, watched, trial)
        found.append(worst_of(trial, error, values, correct))
        table = error.reshape(-1, _TRIALS)
        chosen = table.argmax(axis=1) + _TRIALS * np.arange(table.shape[0])
        better = error[chosen] > best
        best = np.where(better, error[chosen], best)
        here = [np.where(better, t[chosen], h) for t, h in zip(trial, here, strict=True)]
    return max(found, key=lambda worst: worst.error)


def searched(
    target: Target,
    certified: Certified,
    watched: Watched,
    columns: Sequence[Doubles],
    correct: Doubles,
    count: int,
    random: Generator,
) -> tuple[int, Worst | None]:
    """How many points were looked at with a guide, and the worst of those that it pointed at."""
    guide = guide_for(target.equals, target.variables, columns, correct)
    if guide is None:
        return 0, None
    found: list[Worst] = []
    size = max(_KEPT, min(_CHUNK, count))
    for _ in range(-(-count // size)):
        if watched.failures > _FAILURES:  # where so many calls raise, more would take too long
            break
        trial = mixed_columns(target, size, random)
        rough = guide.errors(trial, watched(trial))
        top = np.argpartition(rough, -_KEPT)[-_KEPT:]
        few = [column[top] for column in trial]
        found.append(worst_of(few, *judged(certified, watched, few)))
    worst = max(found, key=lambda one: one.error, default=None)
    return len(found) * size, worst
