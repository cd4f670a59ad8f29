"""The correctly rounded double of a formula at doubles, certified by Arb, at speed.

A ball encloses the value; where both of its ends round to the same double, that is the correctly
rounded one, else the precision is raised. Formulas of elementary functions are evaluated as
straight lines of ball arithmetic; where these do not decide (a pole, a tie, a kink, a value far
below its terms) the general evaluation of `numeric.ulp` does, which knows exact values and
undefined points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import inf, isfinite, nan
from typing import Any, Final

import numpy as np
from flint import arb, ctx
from numpy.typing import ArrayLike

from derivations.core.calculus import Limit
from derivations.core.claim import Variable
from derivations.core.formula import Formula, Neg, Symbol, oo
from numeric.accuracy.ordinals import Doubles
from numeric.accuracy.straight_line import (
    Arithmetic,
    Loop,
    NotStraightError,
    straight_line,
)
from numeric.enclose import enclose
from numeric.ulp import correctly_rounded, nearest_double
from numeric.values import Indeterminate, Undefined

# Bits of the attempts: 53, and guard bits for the rounding of a dozen operations, then more.
_BITS: Final = (128, 320, 1280)
_LIMIT_BITS: Final = 256

# Functions that a ball has as methods of their own name.
_METHODS: Final = frozenset(
    {"exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin",
     "acos", "atan", "asinh", "acosh", "atanh", "erf", "erfc", "gamma", "digamma"}
)  # fmt: skip
_CONSTANTS: Final[dict[str, Callable[[], arb]]] = {
    "pi": arb.pi,
    "EulerGamma": arb.const_euler,
    "Catalan": arb.const_catalan,
    "GoldenRatio": lambda: (1 + arb(5).sqrt()) / 2,
}


def _constant(name: str) -> arb:
    if name not in _CONSTANTS:
        raise NotStraightError(f"the constant {name} is not a real number")
    return _CONSTANTS[name]()


_BALLS: Final = Arithmetic(
    functions={
        **{name: f"{{0}}.{name}()" for name in sorted(_METHODS)},
        "Abs": "abs({0})",
        "Max": "{0}.max({1})",
        "Min": "{0}.min({1})",
        "loggamma": "{0}.lgamma()",
        "factorial": "({0} + 1).gamma()",
    },
    number=arb,
    constant=_constant,
    known={"abs": abs, "arb": arb, "nan": nan},
)
# Where the two ends of a ball round to different doubles (or are nan) the result is nan.
_ROUNDED: Final = Loop(
    enter="arb({0})",
    leave=(
        "low = float({0}.lower())",
        "results.append(low if low == float({0}.upper()) else nan)",
    ),
)


class Certified:
    """The correctly rounded values of a formula of scalars: call it with one array a variable.

    The result has nan where the formula has no real value at the point, or none was found; inf
    where the value overflows. At an infinite argument (of a formula of one moving variable) it is
    the limit there.

    >>> from derivations.core import exp, symbol
    >>> x = symbol("x")
    >>> sigma = Certified(1 / (1 + exp(-x)), (x,))
    >>> sigma([0.0, 1.0, -745.0, np.inf]).tolist()
    [0.5, 0.7310585786300049, 5e-324, 1.0]
    """

    def __init__(self, formula: Formula, variables: Sequence[Symbol]) -> None:
        self.formula = formula
        self.variables = tuple(variables)
        self._lines: dict[int, Callable[..., Any]] = {}

    def __call__(self, *columns: ArrayLike) -> Doubles:
        rows = np.broadcast_arrays(*(np.asarray(c, dtype=np.float64) for c in columns))
        shape = rows[0].shape
        flat = [row.ravel() for row in rows]
        values = np.full(flat[0].size, nan)
        finite = np.logical_and.reduce([np.isfinite(row) for row in flat])
        todo = np.flatnonzero(finite)
        for bits in _BITS:
            line = self._line(bits) if todo.size else None
            if line is None:
                break
            with ctx.workprec(bits):
                values[todo] = line(*(row[todo].tolist() for row in flat))
            todo = todo[np.isnan(values[todo])]
        for place in todo:
            correct = correctly_rounded(self.formula, self._point([row[place] for row in flat]))
            values[place] = nan if correct is None else correct
        for place in np.flatnonzero(~finite):
            values[place] = self._limit([float(row[place]) for row in flat])
        return values.reshape(shape)

    def _point(self, numbers: Sequence[float]) -> dict[Variable, Any]:
        return {v: Fraction(float(n)) for v, n in zip(self.variables, numbers, strict=True)}

    def _line(self, bits: int) -> Callable[..., Any] | None:
        if bits not in self._lines:
            try:
                with ctx.workprec(bits):
                    made = straight_line(self.formula, self.variables, _BALLS, _ROUNDED)
            except NotStraightError:
                return None
            self._lines[bits] = made
        return self._lines[bits]

    def _limit(self, numbers: Sequence[float]) -> float:
        """The value where exactly one variable is infinite and the others are finite."""
        moving = [v for v, n in zip(self.variables, numbers, strict=True) if not isfinite(n)]
        number = next(n for n in numbers if not isfinite(n))
        if len(moving) != 1 or abs(number) != inf:
            return nan
        fixed: dict[Variable, Any] = {
            v: Fraction(n) for v, n in zip(self.variables, numbers, strict=True) if isfinite(n)
        }
        end = oo if number > 0 else Neg(oo)
        try:
            value = enclose(Limit(self.formula, moving[0], end), fixed, _LIMIT_BITS)
        except (Undefined, Indeterminate):
            return nan
        if not isinstance(value, arb):
            return nan
        low, high = nearest_double(value.lower()), nearest_double(value.upper())
        return low if low == high else nan
