"""The search just outside a kernel's own guard, where its fast form is worst.

An audit of somebody's function does not know where that is; of a kernel it is known. So millions
of points are taken there, a long double says where to look, and the worst are certified.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np

from derivations.core.domain import Interval
from derivations.core.formula import Formula
from numeric.accuracy.battery import columns_of
from numeric.accuracy.certified import Certified
from numeric.accuracy.findings import Audit
from numeric.accuracy.guide import LONG_DOUBLES
from numeric.accuracy.ordinals import Doubles, counted
from numeric.accuracy.points import range_of
from numeric.accuracy.straight_line import NotStraightError, straight_line
from numeric.accuracy.target import Target
from numeric.kernels.cancelling import guard_of

_SEEDS: Final = 8000
_TRIED: Final = 1 << 18
_OUTSIDE: Final = 1.1  # times the bound of the guard
_AGAIN: Final = 256
_CERTIFIED: Final = 256


def judged_beside_its_guard(
    found: Audit, function: Callable[..., Any], formula: Formula, target: Target
) -> Audit:
    """The audit of a candidate, with the worst point beside its guard if that is worse."""
    guard = guard_of(formula)
    if guard is None or np.finfo(np.longdouble).nmant < 63:
        return found
    near, plain = guard
    try:
        sides = [straight_line(f, target.variables, LONG_DOUBLES) for f in (near.lhs, near.rhs)]
        line = straight_line(plain, target.variables, LONG_DOUBLES)
    except NotStraightError:
        return found
    random = np.random.default_rng(found.seed)
    columns = _just_outside(sides, columns_of(target, _SEEDS, random), target, random)
    if not columns[0].size:
        return found
    with np.errstate(all="ignore"):
        values = function(*columns)
        wide = line(*(column.astype(np.longdouble) for column in columns))
        rough = np.abs(values - wide) / np.spacing(np.abs(wide.astype(np.float64)))
    top = np.argsort(np.nan_to_num(rough.astype(np.float64)), kind="stable")[-_CERTIFIED:]
    few = [column[top] for column in columns]
    correct = Certified(target.formula, target.variables)(*few)
    errors = counted(values[top], correct)
    at = int(errors.argmax())
    looked = found.searched + int(values.size)
    if errors[at] <= found.max_ulp:
        return replace(found, searched=looked)
    names = (variable.name for variable in target.variables)
    return replace(
        found,
        searched=looked,
        max_ulp=float(errors[at]),
        worst=tuple(zip(names, (float(column[at]) for column in few), strict=True)),
        got=float(values[top][at]),
        correct=float(correct[at]),
    )


def _just_outside(
    sides: list[Callable[..., Any]],
    seeds: list[Doubles],
    target: Target,
    random: np.random.Generator,
) -> list[Doubles]:
    """Points that the guard just does not mark: seeds moved in one variable until they are such,
    then a little in all."""
    moving = [k for k, domain in enumerate(target.domains) if isinstance(domain, Interval)]
    given = random.integers(0, seeds[0].size, _TRIED)
    tried = [column[given] for column in seeds]
    k = moving[-1]
    moved = 2.0 ** -random.uniform(0, 8, _TRIED) * random.choice([-1.0, 1.0], _TRIED)
    with np.errstate(over="ignore"):
        tried[k] = tried[k] * (1 + moved)
    outside = _kept(sides, tried, target)
    again = [np.repeat(column, _AGAIN) for column in outside]
    for k in moving:
        steps = random.uniform(-1, 1, again[k].size) * 2.0 ** -random.uniform(10, 45, again[k].size)
        again[k] = again[k] - again[k] * steps
    return _kept(sides, again, target)


def _kept(sides: list[Callable[..., Any]], columns: list[Doubles], target: Target) -> list[Doubles]:
    with np.errstate(all="ignore"):
        size, bound = (side(*(c.astype(np.longdouble) for c in columns)) for side in sides)
        kept = (size >= bound) & (size < _OUTSIDE * bound) & (bound > 0)
    for domain, column in zip(target.domains, columns, strict=True):
        if isinstance(domain, Interval):
            low, high = range_of(domain).ends
            kept &= (column >= low) & (column <= high)
    return [column[kept] for column in columns]
