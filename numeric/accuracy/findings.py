"""What an audit found out about a function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import inf
from typing import Any, Final, TypeAlias, TypedDict

import numpy as np

from numeric.accuracy.ordinals import Doubles, counted, is_normal, ulps

MAX_ULP: Final = 4.0

# A number for each variable; for an array, all numbers of a row.
Place: TypeAlias = "tuple[tuple[str, float | tuple[float, ...]], ...]"


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found out about a function; errors in ULPs of the correctly rounded value.

    `points` were certified, `searched` more looked at with a guide. `max_ulp` is over points where
    the value or the correct one is a normal number, or the correct one is 0; `max_ulp_subnormal` is
    over those whose correct value is subnormal, in units of the smallest subnormal.
    `max_conditioned` is the largest error in units of 1 + kappa ULP, kappa the condition number
    (`numeric.accuracy.conditioning`), at the points of the battery and the worst one; it is
    `max_ulp` for an elementary function of one variable.
    `shares` are the parts of the points with an error over 1, 4 and 8 ULP.
    `wrong_nonfinite` counts inf or nan where a finite value is right, and finite values where inf
    is; `wrong_zeros` 0 where a normal number is right, `subnormal_losses` 0 where a subnormal is.
    `out_of_bounds` counts values beyond all correct ones, `not_monotone` neighbouring points in
    the wrong order where the correct values never turn. `at_infinity` are sentences about wrong
    limits. `scalar_differs` counts points at which a call with a float gives another double,
    `scalar_raises` those at which it raises; `only_in_arrays` says that a call with floats does not
    give `got` at the worst point.
    `relative` says that a bound is for `max_conditioned`, as of a function of rows; `worst` is
    where that is met then.
    """

    id: str
    formula: str
    function: str
    seed: int
    points: int
    searched: int
    max_ulp: float
    worst: Place
    got: float
    correct: float
    mean_ulp: float
    shares: tuple[float, float, float]
    max_conditioned: float
    max_ulp_subnormal: float
    wrong_nonfinite: int
    first_nonfinite: Place
    wrong_zeros: int
    subnormal_losses: int
    out_of_bounds: int
    not_monotone: int
    at_infinity: tuple[str, ...]
    nan_kept: bool
    scalar_differs: int
    failures: int
    first_failure: str
    warnings: tuple[tuple[str, int], ...]
    relative: bool = False
    scalar_raises: int = 0
    only_in_arrays: bool = False

    def as_json(self) -> dict[str, object]:
        """The audit as plain data, places and warnings by name."""
        named = {"worst", "first_nonfinite", "warnings"}
        return {
            name: dict(value) if name in named else value for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Audit:
        """The audit that `as_json` wrote down.

        Errors: `KeyError`, `TypeError`, `ValueError` where it did not.
        """
        named = {"worst", "first_nonfinite", "warnings"}
        read: dict[str, Any] = {
            name: tuple((key, _unlisted(entry)) for key, entry in value.items())
            if name in named
            else tuple(value)
            if isinstance(value, list)
            else value
            for name, value in data.items()
        }
        return cls(**read)

    @property
    def bounded(self) -> float:
        """The error that a bound in ULPs is for."""
        return self.max_conditioned if self.relative else self.max_ulp

    def passes(self, max_ulp: float = MAX_ULP) -> bool:
        """Whether the error is within the bound at every point with a normal value, no value is
        wrongly inf, nan or finite, and no call raised."""
        return self.bounded <= max_ulp and not self.wrong_nonfinite and not self.failures


def _unlisted(entry: Any) -> Any:
    return tuple(entry) if isinstance(entry, list) else entry


class Counts(TypedDict):
    """What is counted at all points alike, by its name in an `Audit`."""

    points: int
    mean_ulp: float
    shares: tuple[float, float, float]
    max_ulp_subnormal: float
    wrong_nonfinite: int
    wrong_zeros: int
    subnormal_losses: int
    out_of_bounds: int


def counts(values: Doubles, correct: Doubles) -> Counts:
    """What values come to beside the correct ones, at points where these are known."""
    errors, counting = ulps(values, correct), counted(values, correct)
    normal, nonfinite = is_normal(correct), np.isinf(errors)
    finite, subnormal = errors[normal & ~nonfinite], errors[~normal & ~nonfinite]
    return Counts(
        points=int(correct.size),
        mean_ulp=float(np.minimum(finite, 1e300).mean()) if finite.size else inf,
        shares=(_share(counting, 1), _share(counting, 4), _share(counting, 8)),
        max_ulp_subnormal=float(subnormal.max()) if subnormal.size else 0.0,
        wrong_nonfinite=int(nonfinite.sum()),
        wrong_zeros=int(((values == 0) & (correct != 0) & normal).sum()),
        subnormal_losses=int(((values == 0) & ~normal).sum()),
        out_of_bounds=int(((values < correct.min()) | (values > correct.max())).sum()),
    )


def _share(errors: Doubles, bound: float) -> float:
    return float(np.mean(errors > bound))
