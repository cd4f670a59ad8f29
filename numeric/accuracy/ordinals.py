"""The doubles in a row: every float64 has an ordinal, neighbours have neighbouring ordinals.

0 and -0 are both number 0; the smallest subnormal is 1, infinity 9218868437227405312. Uniform in
ordinals is uniform over the representable numbers, about the same number in every binade.

>>> import numpy as np
>>> int(ordinals(np.float64(5e-324))), int(ordinals(np.float64(-0.0)))
(1, 0)
>>> float(doubles(ordinals(np.float64(1.0)) + 1)) - 1
2.220446049250313e-16
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Doubles: TypeAlias = NDArray[np.float64]
Ordinals: TypeAlias = NDArray[np.int64]

_SIGN: Final = np.int64(-(2**63))
# The ordinal of infinity; -INFINITY is that of minus infinity.
INFINITY: Final = int(np.float64(np.inf).view(np.int64))
LARGEST: Final = INFINITY - 1
SMALLEST_NORMAL: Final = float(np.finfo(np.float64).smallest_normal)


def is_normal(values: Any) -> Any:
    """Whether values are 0 or no subnormal numbers: of these an ULP is a small part."""
    return (np.abs(values) >= SMALLEST_NORMAL) | (values == 0)


def ordinals(values: Any) -> Ordinals:
    """The places of doubles in their row (not of nan)."""
    bits = np.asarray(values, dtype=np.float64).view(np.int64)
    return np.where(bits < 0, _SIGN - bits, bits)


def doubles(places: Any) -> Doubles:
    """The doubles at places from -INFINITY to INFINITY."""
    places = np.asarray(places, dtype=np.int64)
    return np.where(places < 0, _SIGN - places, places).view(np.float64)


def neighbours(values: Any, reach: int) -> Doubles:
    """Every double within `reach` places of one of the values, sorted, finite ones only."""
    centre = ordinals(values).reshape(-1, 1)
    near = np.unique(centre + np.arange(-reach, reach + 1, dtype=np.int64))
    return doubles(near[np.abs(near) < INFINITY])


def ulps(values: Any, correct: Any) -> Doubles:
    """The distance from the correct double in units in its last place, elementwise.

    Infinite where one of the two is not finite and they differ, at most the largest double where
    both are; 0 where both are nan. The unit of a subnormal or zero correct value is the smallest
    subnormal.

    >>> ulps([1.0 + 2**-52, np.inf, np.nan], [1.0, 1.0, np.nan]).tolist()
    [1.0, inf, 0.0]
    """
    got, right = np.broadcast_arrays(
        np.asarray(values, dtype=np.float64), np.asarray(correct, dtype=np.float64)
    )
    # Of large numbers the halves are taken: differences and units of the largest overflow.
    half = np.where(np.abs(right) > 1, 0.5, 1.0)
    with np.errstate(all="ignore"):
        unit = np.maximum(np.spacing(np.abs(right * half)), np.finfo(np.float64).smallest_subnormal)
        error = np.minimum(np.abs(got * half - right * half) / unit, np.finfo(np.float64).max)
    same = (got == right) | (np.isnan(got) & np.isnan(right))
    bad = ~(np.isfinite(got) & np.isfinite(right))
    return np.where(same, 0.0, np.where(bad, np.inf, error))


def counted(values: Any, correct: Any) -> Doubles:
    """The errors that count, in ULPs: 0 where the correct value is nan, and where both it and the
    value are below the normal numbers: there an ULP is no small part.

    >>> counted([0.0, 4e-308, 1.0, np.inf], [1e-310, 1e-310, np.nan, 1e-310]).tolist()
    [0.0, 8075849906961694.0, 0.0, inf]
    """
    errors = ulps(values, correct)
    small = ~is_normal(correct) & (np.abs(values) <= SMALLEST_NORMAL)
    return np.where(small | np.isnan(correct), 0.0, errors)
