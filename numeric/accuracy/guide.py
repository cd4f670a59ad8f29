"""Fast approximate values in long doubles, that tell the search where to look.

A long double has eleven bits more than a double (on x86; where it has none there is no guide).
The formula as it is written may lose them all in the tails, so a guide is measured first against
certified values, in blocks of the row of doubles, and is heard only in blocks where it was good
to a sixteenth of an ULP. It never judges: what it points at is certified afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from derivations.core.formula import Formula, Symbol
from numeric.accuracy.ordinals import Doubles, ordinals
from numeric.accuracy.straight_line import Arithmetic, NotStraightError, straight_line

_GOOD: Final = 1 / 16
# A block is this many bits of the ordinal long: sixteen binades, apart near 1 (see `_blocks`).
_BLOCK_BITS: Final = 56
_UFUNCS: Final = (
    "exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh",
)  # fmt: skip
_RENAMED: Final = {
    "asin": "arcsin", "acos": "arccos", "atan": "arctan",
    "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh", "Abs": "absolute",
}  # fmt: skip


def _constant(name: str) -> Any:
    digits = {
        "pi": "3.14159265358979323846264338327950288",
        "EulerGamma": "0.57721566490153286060651209008240243",
    }
    if name not in digits:
        raise NotStraightError(f"no long double for {name}")
    return np.longdouble(digits[name])


LONG_DOUBLES: Final = Arithmetic(
    functions={
        **{name: f"np.{name}({{0}})" for name in _UFUNCS},
        **{name: f"np.{ufunc}({{0}})" for name, ufunc in _RENAMED.items()},
        "Max": "np.maximum({0}, {1})",
        "Min": "np.minimum({0}, {1})",
    },
    number=lambda value: np.longdouble(str(value)),
    constant=_constant,
    known={"np": np},
    case="np.where({0}, {1}, {2})",
)


@dataclass(frozen=True, slots=True)
class Guide:
    """Approximate values, and the blocks (of the first variable) where they may be heard."""

    line: Callable[..., Any]
    good: frozenset[int]

    def errors(self, columns: Sequence[Doubles], values: Doubles) -> Doubles:
        """About the errors of `values` in ULPs; 0 where the guide is not heard."""
        with np.errstate(all="ignore"):
            near = self.line(*(column.astype(np.longdouble) for column in columns))
            unit = np.spacing(np.abs(near.astype(np.float64)))
            errors = (np.abs(values - near) / unit).astype(np.float64)
        heard = np.isin(_blocks(columns[0]), np.fromiter(self.good, dtype=np.int64))
        return np.where(heard & np.isfinite(errors), errors, 0.0)


def guide_for(
    formulas: Sequence[Formula],
    variables: Sequence[Symbol],
    columns: Sequence[Doubles],
    correct: Doubles,
) -> Guide | None:
    """The formula (all of them equal) that is heard in most blocks; None where there is none."""
    if np.finfo(np.longdouble).nmant < 63:
        return None
    found: list[Guide] = []
    blocks = _blocks(columns[0])
    everywhere = frozenset(np.unique(blocks).tolist())
    for formula in formulas:
        try:
            line = straight_line(formula, variables, LONG_DOUBLES)
        except NotStraightError:
            continue
        with np.errstate(all="ignore"):
            near = line(*(column.astype(np.longdouble) for column in columns))
            off = np.abs(near - correct.astype(np.longdouble)) / np.spacing(np.abs(correct))
        # Half an ULP is what the correct value was rounded by.
        bad = np.unique(blocks[np.isfinite(correct) & ~(off <= 0.5 + _GOOD)])
        found.append(Guide(line, everywhere - frozenset(bad.tolist())))
    return max(found, key=lambda guide: len(guide.good), default=None)


def _blocks(values: Doubles) -> NDArray[np.int64]:
    return ordinals(values) >> _BLOCK_BITS
