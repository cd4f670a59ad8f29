"""The points of an audit: a battery for one variable, mixed batteries for several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.random import Generator

from derivations.core.domain import Interval
from numeric.accuracy.beside import beside
from numeric.accuracy.landmarks import Rows, landmarks, landmarks_in_rows
from numeric.accuracy.ordinals import Doubles, neighbours
from numeric.accuracy.points import REACH, Range, battery, range_of
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
    near = _near(_found(target, mixed, _SLICES, random), REACH, len(mixed))
    roots = _found(target, mixed, _ROOTS, random, only_roots=True)
    around = _around(target, roots, count // 2, random)
    parts = zip(mixed, near, _near(roots, _BESIDE, len(mixed)), around, strict=True)
    return [np.concatenate(part) for part in parts]


def mixed_columns(target: Target, count: int, random: Generator) -> list[Doubles]:
    """About `count` rows of doubles of each domain, chosen independently."""
    if len(target.domains) == 1:
        return [battery(target.domains[0], np.array([]), count, random)]
    return [
        random.choice(battery(domain, np.array([]), count, random), count)
        for domain in target.domains
    ]


@dataclass(frozen=True, slots=True)
class _Places:
    """Places in the variable number `moving`: `marks[k]` where the others are row `which[k]`."""

    moving: int
    span: Range
    rows: list[Doubles]
    which: Rows
    marks: Doubles


def _found(
    target: Target,
    columns: Sequence[Doubles],
    slices: int,
    random: Generator,
    *,
    only_roots: bool = False,
) -> list[_Places]:
    """The places that the formula names in one variable, the others given; or its roots."""
    found: list[_Places] = []
    for moving, domain in enumerate(target.domains):
        if not isinstance(domain, Interval):
            continue
        span = range_of(domain)
        given = random.integers(0, columns[0].size, slices)
        rows = [column[given] for column in columns]
        which, marks = landmarks_in_rows(
            target.formula, target.variables, moving, span, rows, only_roots=only_roots
        )
        found.append(_Places(moving, span, rows, which, marks))
    return found


def _near(places: Sequence[_Places], reach: int, count: int) -> list[Doubles]:
    """Every double within `reach` of the places, in columns of `count` variables."""
    found: list[list[Doubles]] = [[np.array([])] for _ in range(count)]
    for one in places:
        for row in range(one.rows[0].size):
            here = np.unique(one.marks[one.which == row])
            near = one.span.keep(neighbours(here, reach)) if here.size else here
            for k, column in enumerate(one.rows):
                found[k].append(near if k == one.moving else np.full(near.size, column[row]))
    return [np.concatenate(parts) for parts in found]


def _around(
    target: Target, roots: Sequence[_Places], count: int, random: Generator
) -> list[Doubles]:
    """About `count` points at all distances from the roots."""
    spans = [range_of(d) if isinstance(d, Interval) else None for d in target.domains]
    each = count // max(1, sum(one.marks.size for one in roots))
    found: list[list[Doubles]] = [[np.array([])] for _ in spans]
    for one in roots:
        columns = [
            one.marks if k == one.moving else row[one.which] for k, row in enumerate(one.rows)
        ]
        near = beside(columns, one.moving, spans, each, random)
        for parts, column in zip(found, near, strict=True):
            parts.append(column)
    return [np.concatenate(parts) for parts in found]
