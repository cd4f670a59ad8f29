"""What an audit found out about a function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, TypeAlias

MAX_ULP: Final = 4.0

# A number for each variable; for an array, all numbers of a row.
Place: TypeAlias = "tuple[tuple[str, float | tuple[float, ...]], ...]"


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found out about a function; errors in ULPs of the correctly rounded value.

    `points` were certified, `searched` more looked at with a guide. `max_ulp` is over points whose
    correct value is a normal number or 0, `max_ulp_subnormal` over the others, in units of the
    smallest subnormal. `max_conditioned` is the largest
    error at one of the certified points in units of 1 + kappa ULP, kappa the condition number
    there (`numeric.accuracy.conditioning`); it is `max_ulp` for an elementary function of one
    variable.
    `shares` are the parts of the points with an error over 1, 4 and 8 ULP.
    `wrong_nonfinite` counts inf or nan where a finite value is right, and finite values where inf
    is; `wrong_zeros` 0 where a normal number is right, `subnormal_losses` 0 where a subnormal is.
    `out_of_bounds` counts values beyond all correct ones, `not_monotone` neighbouring points in
    the wrong order where the correct values never turn. `at_infinity` are sentences about wrong
    limits, `scalar_differs` points at which a call with a float gives another double.
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
