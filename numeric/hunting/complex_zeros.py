"""Complex numbers at which the sides of a `!=` seem to be equal, though no closed form is known."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from derivations.core.claim import Claim
from numeric.hunting.coordinates import chart_of, written_out
from numeric.hunting.glance import Glance, NotSeen

# Newton's steps begin at a grid of this width.
_WIDE: Final = 10.0
_IN_GRID: Final = 21
_NEWTON: Final = 30
_MET: Final = 1e-9


def complex_meeting(claim: Claim) -> str:
    """Where the sides of a `!=` of one complex variable seem to be equal; empty where nowhere.

    Newton's steps in floats, from a grid around 0: what they come to is no point that is known.
    """
    chart = chart_of(claim)
    written = written_out(claim)
    if claim.rel != "!=" or chart is None or written is None:
        return ""
    if len(chart.variables) != 1 or len(chart.axes) != 2:
        return ""
    (v,) = chart.variables
    (lhs, rhs), where = written
    across = np.linspace(-_WIDE, _WIDE, _IN_GRID) + 0.123
    z = (across[:, None] + 1j * across[None, :]).ravel()

    def difference(at: Any) -> tuple[Any, Any]:
        glance = Glance({v: at})
        left, right = np.asarray(glance.at(lhs)) + 0j, np.asarray(glance.at(rhs)) + 0j
        return left - right, np.abs(left) + np.abs(right)

    try:
        with np.errstate(all="ignore"):
            for _ in range(_NEWTON):
                h = 1e-6 * (1 + np.abs(z))
                f, g = difference(z)[0], difference(z + h)[0]
                step = f * h / (g - f)
                z = np.where(np.isfinite(step), z - step, z)
            apart, size = difference(z)
            met = (np.abs(apart) < _MET * size) & (np.abs(step) < _MET * (1 + np.abs(z)))
            # Where both sides are level they are only nearly equal: tanh(z) and 1.
            beside = difference(z + 1e-3)[0]
            met &= (np.abs(z) < 10 * _WIDE) & (np.abs(beside) > 1e-7 * size)
            if where is not None:
                met = met & Glance({v: z}).at(where)
    except NotSeen:
        return ""
    least = z[met][np.argsort(np.abs(z[met]), kind="stable")]
    return f"{least[0].real:.6g} {least[0].imag:+.6g}*I" if len(least) else ""
