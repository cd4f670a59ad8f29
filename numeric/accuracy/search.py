"""The search for worse points than the battery's: climbing, and a guide over many more.

What is found is certified like every other point; the search only chooses where to look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.random import Generator

from derivations.core.domain import Interval
from numeric.accuracy.battery import mixed_columns
from numeric.accuracy.called import Watched
from numeric.accuracy.certified import Certified
from numeric.accuracy.guide import guide_for
from numeric.accuracy.ordinals import Doubles, counted, doubles, ordinals
from numeric.accuracy.points import range_of
from numeric.accuracy.target import Target

_CHUNK: Final = 1 << 16
_KEPT: Final = 16  # of a chunk are certified
_NEAR: Final = 4  # a part of the chunks looks near what the others found
_BINADE: Final = 2**52  # so many doubles
_FAILURES: Final = 100  # calls that raised, after which nothing more is looked at
_CLIMBERS: Final = 24
_MANY_CLIMBERS: Final = 512  # where they cost little
# Then the best of them try again all around, by steps below 2**_SWARM_BITS.
_SWARMS: Final = 64
_SWARM: Final = 64
_SWARM_BITS: Final = 44
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
    """The errors that count, in ULPs, the function's values and the correct ones."""
    correct = certified(*columns)
    values = watched(columns)
    return counted(values, correct), values, correct


def climbed(
    target: Target,
    certified: Certified,
    watched: Watched,
    columns: Sequence[Doubles],
    errors: Doubles,
    random: Generator,
    *,
    thorough: bool = False,
) -> Worst | None:
    """Hill climbing in the row of doubles from the worst points, one variable after the other.

    The steps are powers of two of the ordinal, large ones first. A `thorough` search has many
    climbers, if the function and the certified values take arrays: along the border of a guard the
    errors are large everywhere, and single points are worse.
    """
    cheap = thorough and certified.takes_arrays and watched.takes_arrays
    climbers = _MANY_CLIMBERS if cheap else _CLIMBERS
    moving = [k for k, domain in enumerate(target.domains) if isinstance(domain, Interval)]
    ranked = np.where(np.isfinite(errors), errors, -1.0)
    # Every fourth one: the worst points are often neighbours.
    start = np.argsort(ranked, kind="stable")[::-1][: 4 * climbers : 4]
    if not moving or not start.size:
        return None
    climb = _Climb(target, certified, watched, [column[start] for column in columns], ranked[start])
    for round_ in range(_ROUNDS):
        climb.step([moving[round_ % len(moving)]], 6 + 2 * (_ROUNDS - round_), _TRIALS, random)
    if cheap:
        climb.keep(_SWARMS)
        for _ in range(_ROUNDS // 2):
            climb.step(moving, _SWARM_BITS, _SWARM, random)
    return max(climb.found, key=lambda worst: worst.error)


@dataclass(slots=True)
class _Climb:
    """Climbers, each with its point and the error there."""

    target: Target
    certified: Certified
    watched: Watched
    here: list[Doubles]
    best: Doubles
    found: list[Worst] = field(default_factory=list)

    def step(self, moving: Sequence[int], bits: int, trials: int, random: Generator) -> None:
        """Each climber to the best of its trials, if that is better: these variables are moved by
        powers of two below 2**bits."""
        trial = [np.repeat(column, trials) for column in self.here]
        for k in moving:
            step = 2 ** random.integers(0, bits, trial[k].size)
            domain = self.target.domains[k]
            assert isinstance(domain, Interval)
            span = range_of(domain)
            places = ordinals(trial[k]) + step * random.choice([-1, 1], trial[k].size)
            trial[k] = doubles(places.clip(span.low, span.high))
        error, values, correct = judged(self.certified, self.watched, trial)
        self.found.append(worst_of(trial, error, values, correct))
        table = error.reshape(-1, trials)
        chosen = table.argmax(axis=1) + trials * np.arange(table.shape[0])
        better = error[chosen] > self.best
        self.best = np.where(better, error[chosen], self.best)
        self.here = [np.where(better, t[chosen], h) for t, h in zip(trial, self.here, strict=True)]

    def keep(self, count: int) -> None:
        """The highest climbers alone."""
        top = np.argsort(self.best, kind="stable")[::-1][:count]
        self.best = self.best[top]
        self.here = [column[top] for column in self.here]


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
    tops: list[list[Doubles]] = []
    size = max(_KEPT, min(_CHUNK, count))
    chunks, looked = -(-count // size), 0
    for chunk in range(chunks):
        if watched.failures > _FAILURES:  # where so many calls raise, more would take too long
            break
        is_near = chunk >= chunks - chunks // _NEAR
        trial = (
            _near(target, tops, size, random) if is_near else mixed_columns(target, size, random)
        )
        rough = guide.errors(trial, watched(trial))
        kept = min(_KEPT, rough.size)  # of finitely many points there may be fewer
        top = np.argpartition(rough, -kept)[-kept:]
        looked += rough.size
        few = [column[top] for column in trial]
        tops.append(few)
        found.append(worst_of(few, *judged(certified, watched, few)))
    worst = max(found, key=lambda one: one.error, default=None)
    return looked, worst


def _near(
    target: Target, tops: Sequence[Sequence[Doubles]], size: int, random: Generator
) -> list[Doubles]:
    """Points in the binades of those that a guide pointed at: of errors that are large by accident
    there are more where one is."""
    given = random.integers(0, len(tops) * tops[0][0].size, size)
    found: list[Doubles] = []
    for domain, *columns in zip(target.domains, *tops, strict=True):
        places = ordinals(np.concatenate(columns))[given]
        if isinstance(domain, Interval):
            span = range_of(domain)
            step = random.integers(-_BINADE // 2, _BINADE // 2, size) >> random.integers(
                0, 30, size
            )
            places = (places + step).clip(span.low, span.high)
        found.append(doubles(places))
    return found
