"""Special values of the sigmoid and the logit in float64, there and back.

The exact functions are inverse to each other; in float64 sigma(inf) = 1 and logit(1) = inf still
are, and so are moderate arguments up to rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

POINTS: Final = (-np.inf, -5.0, -1.0, 0.0, 1.0, 5.0, np.inf)


@dataclass(frozen=True, slots=True)
class There:
    """A point, the sigmoid there, and the logit of that."""

    point: float
    sigmoid: float
    back: float


def special_values(
    sigmoid: Callable[[float], float], logit: Callable[[float], float]
) -> tuple[There, ...]:
    """The table for compiled float64 functions, one row for each of `POINTS`.

    >>> from scipy.special import expit, logit
    >>> for row in special_values(expit, logit)[:3]:
    ...     print(row.point, f"{row.sigmoid:.6g}", f"{row.back:.6g}")
    -inf 0 -inf
    -5.0 0.00669285 -5
    -1.0 0.268941 -1
    """
    rows = []
    for point in POINTS:
        with np.errstate(all="ignore"):
            value = float(sigmoid(point))
            rows.append(There(point, value, float(logit(value))))
    return tuple(rows)
