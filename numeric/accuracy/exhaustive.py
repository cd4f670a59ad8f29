"""All 2**32 inputs of a function of one float32, against the correctly rounded float32.

The right value is the kernel's double, which is accurate to a few ULP of a double: a thousandth
of a millionth of the float32's. Where the doubles around it do not all round to one float32, the
certified value decides. What was done is kept in a file, so that an interrupted run goes on.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from derivations.core.domain import Interval
from derivations.core.formula import as_formula
from numeric.accuracy.called import AuditError, is_from_the_keyboard, said
from numeric.accuracy.certified import Certified
from numeric.accuracy.ordinals import Doubles, ordinals
from numeric.accuracy.points import range_of
from numeric.accuracy.target import Target
from numeric.ulp import correctly_rounded
from numeric.workers import Failure

INPUTS: Final = 2**32
CHUNK: Final = 1 << 20
# The kernel's double is trusted to 16 ULP of a double; a kernel is accurate to 4. (Doubles without
# that many digits are nowhere near a float32 but 0.)
_MARGIN: Final = 2.0**-48

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Exhausted:
    """How far an exhaustive audit has come, and what it found.

    `done` of the 2**32 inputs were tried, in the order of their bits; those outside the domain,
    infinities and nans are not judged. `wrong` counts results that are not the correctly rounded
    one, `faithless` those off by more than 1 ULP, `max_ulp` is the largest error in ULPs of a
    float32.
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

    def joined(self, part: Exhausted) -> Exhausted:
        """With what a later part of the inputs came to."""
        worst = part if part.max_ulp > self.max_ulp else self
        return replace(
            self,
            done=part.done,
            judged=self.judged + part.judged,
            wrong=self.wrong + part.wrong,
            faithless=self.faithless + part.faithless,
            max_ulp=worst.max_ulp,
            worst=worst.worst,
            wrong_nonfinite=self.wrong_nonfinite + part.wrong_nonfinite,
            certified=self.certified + part.certified,
        )


def exhaust(
    judge: Callable[[range], Exhausted],
    *,
    id: str,
    name: str,
    state: Path | None = None,
    inputs: range = range(INPUTS),
    through: Callable[..., Iterable[Exhausted | Failure]] = map,
) -> Iterator[Exhausted]:
    """The audit after each million inputs (see `judged`), `through` worker processes or not.

    `state` is the file that is read at the start, and written beside and renamed after every step.

    Errors: `AuditError` as of `judged`, and where a part has no answer or the file belongs to
    another audit.
    """
    found = _resumed(state, Exhausted(id, name, inputs.start))
    if found.done >= inputs.stop:
        yield found
        return
    starts = range(found.done, inputs.stop, CHUNK)
    chunks = (range(start, min(start + CHUNK, inputs.stop)) for start in starts)
    for part in through(judge, chunks):
        if isinstance(part, Failure):
            first = _floats(range(found.done, found.done + 1))[0]
            raise AuditError(
                f"{name} gave no answer for the {CHUNK:,} float32 from {float(first)!r} on: "
                f"{part.reason}"
            )
        found = found.joined(part)
        _keep(state, found)
        yield found


def _floats(chunk: range) -> Floats:
    bits = np.arange(chunk.start, chunk.stop, dtype=np.uint64).astype(np.uint32)
    return bits.view(np.float32)


@dataclass(frozen=True, slots=True)
class Work:
    """A function of float32 with its name, the right one of doubles (a kernel), and its target, of
    one real variable.

    Errors: `AuditError` where it has others.
    """

    name: str
    function: Callable[..., Any]
    reference: Callable[..., Any]
    target: Target

    def __post_init__(self) -> None:
        if len(self.target.variables) != 1 or not isinstance(self.target.domains[0], Interval):
            raise AuditError(f"{self.target.id} is no function of one real variable")


def judged(work: Work, chunk: range) -> Exhausted:
    """What a part of the inputs comes to, by the numbers of their bits.

    Errors: `AuditError` where the function raises, writes into its argument, or gives something
    else than float32 of the same shape.
    """
    domain = work.target.domains[0]
    assert isinstance(domain, Interval)
    span = range_of(domain)
    points = _floats(chunk)
    wide = points.astype(np.float64)
    inside = np.isfinite(wide)
    inside[inside] &= _within(wide[inside], span.low, span.high)
    points, wide = points[inside], wide[inside]
    done = Exhausted(work.target.id, work.name, chunk.stop)
    if not points.size:
        return done
    values = _called(work, points)
    near = np.asarray(work.reference(wide), dtype=np.float64)
    with np.errstate(all="ignore"):
        right = near.astype(np.float32)
        ends = [(near * factor).astype(np.float32) for factor in (1 - _MARGIN, 1 + _MARGIN)]
    doubtful = (ends[0] != ends[1]) | np.isnan(near)
    if doubtful.any():
        certified = Certified(work.target.formula, work.target.variables)
        right[doubtful] = _certified(certified, wide[doubtful])
    errors = _ulps(values, right)
    finite = np.isfinite(errors)
    worst = int(np.argmax(np.where(finite, errors, -1)))
    larger = bool(finite[worst]) and float(errors[worst]) > 0
    return replace(
        done,
        judged=int(points.size),
        wrong=int((errors > 0).sum()),
        faithless=int((errors > 1).sum()),
        max_ulp=float(errors[worst]) if larger else 0.0,
        worst=float(points[worst]) if larger else 0.0,
        wrong_nonfinite=int((~finite).sum()),
        certified=int(doubtful.sum()),
    )


def _within(values: Doubles, low: int, high: int) -> NDArray[np.bool_]:
    places = ordinals(values)
    return (places >= low) & (places <= high)


def _called(work: Work, points: Floats) -> Floats:
    given = points.copy()
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            values = np.asarray(work.function(given))
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and is_from_the_keyboard():
            raise
        if points.size > 1:  # the input that is to blame
            middle = points.size // 2
            for half in (points[:middle], points[middle:]):
                _called(work, half)
        where = f"{float(points[0])!r}" + ("" if points.size == 1 else ", ...")
        raise AuditError(
            f"{work.name} raises {said(error)} for an array of float32: {where}"
        ) from error
    if not np.array_equal(points, given):
        raise AuditError(f"{work.name} writes into its argument")
    if values.shape != points.shape or values.dtype != np.float32:
        raise AuditError(
            f"{work.name} gives {values.dtype} of shape {values.shape} for float32 of shape "
            f"{points.shape}"
        )
    return np.array(values)


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
