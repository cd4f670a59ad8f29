"""All 2**32 inputs of a function of one float32, against the correctly rounded float32.

The right value is the kernel's double, which is accurate to a few ULP of a double: a thousandth
of a millionth of the float32's. Where the doubles around it do not all round to one float32, the
certified value decides. What was done is kept in a file, so that an interrupted run goes on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from derivations.core.claim import Claim
from derivations.core.domain import Interval
from derivations.core.formula import as_formula
from numeric.accuracy.called import AuditError
from numeric.accuracy.certified import Certified
from numeric.accuracy.ordinals import Doubles, ordinals
from numeric.accuracy.points import range_of
from numeric.accuracy.target import target_of
from numeric.ulp import correctly_rounded

INPUTS: Final = 2**32
CHUNK: Final = 1 << 20
# The kernel's double is trusted to 16 ULP of a double; a kernel is accurate to 4. (Doubles without
# that many digits are nowhere near a float32 but 0.)
_MARGIN: Final = 2.0**-48

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Exhausted:
    """How far an exhaustive audit has come, and what it found.

    `done` of the 2**32 inputs were tried, in the order of their bits; those outside the domain and
    the nans are not judged. `wrong` counts results that are not the correctly rounded one,
    `faithless` those off by more than 1 ULP, `max_ulp` is the largest error in ULPs of a float32.
    """

    id: str
    function: str
    done: int = 0
    judged: int = 0
    wrong: int = 0
    faithless: int = 0
    max_ulp: float = 0.0
    worst: float = 0.0
    wrong_nonfinite: int = 0
    certified: int = 0

    @property
    def is_done(self) -> bool:
        return self.done >= INPUTS


def exhaust(
    function: Callable[..., Any],
    reference: Callable[..., Any],
    claim: Claim,
    *,
    name: str,
    state: Path | None = None,
    inputs: range = range(INPUTS),
) -> Iterator[Exhausted]:
    """The audit after each million inputs. `reference` is the claim's kernel. `state` is the file
    that is read at the start, and written beside and renamed after every step.

    Errors: `AuditError` where the claim has not one real variable, the function gives something
    else than float32 of the same shape, or the file belongs to another audit.
    """
    target = target_of(claim, {})
    if len(target.variables) != 1 or not isinstance(target.domains[0], Interval):
        raise AuditError(f"{claim.id} is no function of one real variable")
    span = range_of(target.domains[0])
    certified = Certified(target.formula, target.variables)
    found = _resumed(state, Exhausted(claim.id, name, inputs.start))
    while found.done < inputs.stop:
        stop = min(found.done + CHUNK, inputs.stop)
        bits = np.arange(found.done, stop, dtype=np.uint64).astype(np.uint32)
        points = bits.view(np.float32)
        wide = points.astype(np.float64)
        inside = np.isfinite(wide)
        inside[inside] &= _within(wide[inside], span.low, span.high)
        points, wide = points[inside], wide[inside]
        found = _judged(found, function, reference, certified, points, wide)
        found = replace(found, done=stop)
        _keep(state, found)
        yield found


def _within(values: Doubles, low: int, high: int) -> NDArray[np.bool_]:
    places = ordinals(values)
    return (places >= low) & (places <= high)


def _judged(
    found: Exhausted,
    function: Callable[..., Any],
    reference: Callable[..., Any],
    certified: Certified,
    points: Floats,
    wide: Doubles,
) -> Exhausted:
    if not points.size:
        return found
    with np.errstate(all="ignore"):
        values = np.asarray(function(points.copy()))
    if values.shape != points.shape or values.dtype != np.float32:
        raise AuditError(
            f"{found.function} gives {values.dtype} of shape {values.shape} for float32 of shape "
            f"{points.shape}"
        )
    near = np.asarray(reference(wide), dtype=np.float64)
    with np.errstate(all="ignore"):
        right = near.astype(np.float32)
        ends = [(near * factor).astype(np.float32) for factor in (1 - _MARGIN, 1 + _MARGIN)]
    doubtful = (ends[0] != ends[1]) | np.isnan(near)
    if doubtful.any():
        right[doubtful] = _certified(certified, wide[doubtful])
    errors = _ulps(values, right)
    finite = np.isfinite(errors)
    worst = int(np.argmax(np.where(finite, errors, -1)))
    larger = bool(finite[worst]) and float(errors[worst]) > found.max_ulp
    return replace(
        found,
        judged=found.judged + int(points.size),
        wrong=found.wrong + int((errors > 0).sum()),
        faithless=found.faithless + int((errors > 1).sum()),
        max_ulp=float(errors[worst]) if larger else found.max_ulp,
        worst=float(points[worst]) if larger else found.worst,
        wrong_nonfinite=found.wrong_nonfinite + int((~finite).sum()),
        certified=found.certified + int(doubtful.sum()),
    )


def _certified(certified: Certified, points: Doubles) -> Floats:
    """The correctly rounded float32. A double half way between two of them was rounded before: the
    sign of what it misses decides."""
    values = certified(points)
    with np.errstate(all="ignore"):
        rounded = values.astype(np.float32)
    for place in np.flatnonzero(np.isfinite(values)):
        value, near = float(values[place]), rounded[place]
        if value == float(near):
            continue
        beyond = np.nextafter(near, np.float32(np.inf if value > float(near) else -np.inf))
        if not np.isfinite(beyond) or value != (float(near) + float(beyond)) / 2:
            continue
        missed = correctly_rounded(
            certified.formula - as_formula(Fraction(value)),
            {certified.variables[0]: Fraction(float(points[place]))},
        )
        if missed:
            up, down = max(near, beyond), min(near, beyond)
            rounded[place] = up if missed > 0 else down
    return rounded


def _ulps(values: Floats, right: Floats) -> Doubles:
    """Errors in ULPs of the right float32; nan for nan is right."""
    got, want = values.astype(np.float64), right.astype(np.float64)
    with np.errstate(all="ignore"):
        unit = np.spacing(np.abs(right)).astype(np.float64)
        unit = np.maximum(unit, float(np.finfo(np.float32).smallest_subnormal))
        errors = np.abs(got - want) / unit
    same = (got == want) | (np.isnan(got) & np.isnan(want))
    return np.where(same, 0.0, np.where(np.isfinite(errors), errors, np.inf))


# --------------------------------------------------------------------------------- the file


def _resumed(state: Path | None, fresh: Exhausted) -> Exhausted:
    if state is None or not state.exists():
        return fresh
    try:
        kept = Exhausted(**json.loads(state.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise AuditError(f"{state} holds no state of an exhaustive audit") from error
    if (kept.id, kept.function) != (fresh.id, fresh.function):
        raise AuditError(f"{state} belongs to the audit of {kept.function} as {kept.id}")
    return kept


def _keep(state: Path | None, found: Exhausted) -> None:
    if state is None:
        return
    beside = state.with_name(state.name + ".new")
    beside.write_text(json.dumps(asdict(found)), encoding="utf-8")
    beside.replace(state)
