"""The points of an audit: a battery for one variable, mixed batteries for several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.random import Generator

from derivations.core.domain import Interval
from numeric.accuracy.landmarks import landmarks, landmarks_in_rows
from numeric.accuracy.ordinals import Doubles, neighbours
from numeric.accuracy.points import REACH, battery, range_of
from numeric.accuracy.target import Target

# So many values of the other variables are given to look for places in one of them, and for roots.
_SLICES: Final = 24
_ROOTS: Final = 64
# Doubles on each side of a root.
_BESIDE: Final = 3


def columns_of(target: Target, count: int, random: Generator) -> list[Doubles]:
    """A column of doubles for each variable; about `count` rows, special places besides."""
    if len(target.variables) == 1:
        (variable,), (domain,) = target.variables, target.domains
        marks = np.array([])
        if isinstance(domain, Interval):
            marks = landmarks(target.formula, variable, range_of(domain))
        return [battery(domain, marks, count, random)]
    mixed = mixed_columns(target, count, random)
    near = _near_landmarks(target, mixed, random)
    roots = _near_landmarks(target, mixed, random, only_roots=True)
    return [np.concatenate(parts) for parts in zip(mixed, near, roots, strict=True)]


def mixed_columns(target: Target, count: int, random: Generator) -> list[Doubles]:
    """Rows of doubles of each domain, chosen independently."""
    return [
        random.choice(battery(domain, np.array([]), count, random), count)
        for domain in target.domains
    ]


def _near_landmarks(
    target: Target, columns: Sequence[Doubles], random: Generator, *, only_roots: bool = False
) -> list[Doubles]:
    """Points near the places that the formula names in one variable, the others given; or next to
    its roots, for more values of the others."""
    slices, reach = (_ROOTS, _BESIDE) if only_roots else (_SLICES, REACH)
    found: list[list[Doubles]] = [[] for _ in columns]
    for moving, domain in enumerate(target.domains):
        if not isinstance(domain, Interval):
            continue
        span = range_of(domain)
        given = random.integers(0, columns[0].size, slices)
        rows = [column[given] for column in columns]
        which, marks = landmarks_in_rows(
            target.formula, target.variables, moving, span, rows, only_roots=only_roots
        )
        for row in range(slices):
            here = np.unique(marks[which == row])
            near = span.keep(neighbours(here, reach)) if here.size else here
            for k, column in enumerate(rows):
                found[k].append(near if k == moving else np.full(near.size, column[row]))
    return [np.concatenate(parts) if parts else np.array([]) for parts in found]
