"""The correctly rounded double of a formula at doubles, certified by Arb, at speed.

A ball encloses the value; where both of its ends round to the same double, that is the correctly
rounded one, else the precision is raised. Many points of a formula of exponentials, logarithms and
roots are first enclosed at once, in balls of about 100 bits on arrays (`wide_balls`); the rest, and
all other formulas of elementary functions, are straight lines of Arb's balls, point by point; where
these do not decide (a pole, a tie, a kink, a value far below its terms) the general evaluation of
`numeric.ulp` does, which knows exact values and undefined points. Some of what is enclosed on
arrays is enclosed by Arb too, and must be the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property
from math import inf, isfinite, nan
from typing import Any, Final

import numpy as np
from flint import arb, ctx
from numpy.typing import ArrayLike

from derivations.core.calculus import Limit
from derivations.core.claim import Variable
from derivations.core.formula import Formula, FormulaError, Neg, Symbol, oo
from numeric.accuracy.kept_digits import digits_kept
from numeric.accuracy.ordinals import Doubles
from numeric.accuracy.straight_line import (
    Arithmetic,
    Loop,
    NotStraightError,
    straight_line,
)
from numeric.accuracy.wide_balls import FUNCTIONS as WIDE_FUNCTIONS
from numeric.accuracy.wide_balls import Balls, constant, whole
from numeric.balls.enclose import enclose
from numeric.balls.values import Indeterminate, Undefined
from numeric.ulp import correctly_rounded, nearest_double

# Bits of the attempts: 53, and guard bits for the rounding of a dozen operations, then more.
_BITS: Final = (128, 320, 1280)
_LIMIT_BITS: Final = 256
# Balls on arrays are worth their calls from so many points on; a block of them stays in the cache.
_MANY: Final = 256
_BLOCK: Final = 4096
# So many of a block are enclosed by Arb as well.
_CHECKED: Final = 8

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


def _whole(value: int) -> Balls:
    try:
        return whole(value)
    except OverflowError as error:
        raise NotStraightError(f"{value} is beyond the doubles") from error


def _wide_constant(name: str) -> Balls:
    with ctx.workprec(_LIMIT_BITS):
        return constant(_constant(name))


_WIDE_BALLS: Final = Arithmetic(
    functions={
        **{name: f"{{0}}.{name}()" for name in WIDE_FUNCTIONS},
        "Abs": "abs({0})",
        "Max": "{0}.max({1})",
        "Min": "{0}.min({1})",
    },
    number=_whole,
    constant=_wide_constant,
    known={"abs": abs},
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
        self._lines: dict[int, Callable[..., Any] | None] = {}

    def __call__(self, *columns: ArrayLike) -> Doubles:
        rows = np.broadcast_arrays(*(np.asarray(c, dtype=np.float64) for c in columns))
        shape = rows[0].shape
        flat = [row.ravel() for row in rows]
        values = np.full(flat[0].size, nan)
        finite = np.logical_and.reduce([np.isfinite(row) for row in flat])
        todo = np.flatnonzero(finite)
        if todo.size >= _MANY:
            values[todo] = self._wide([row[todo] for row in flat])
            todo = todo[np.isnan(values[todo])]
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
                self._lines[bits] = None
            else:
                self._lines[bits] = made
        return self._lines[bits]

    @property
    def takes_arrays(self) -> bool:
        """Whether most points are enclosed on arrays: then many cost little."""
        return self._wide_line is not None

    @cached_property
    def _wide_line(self) -> Callable[..., Any] | None:
        try:
            return straight_line(digits_kept(self.formula), self.variables, _WIDE_BALLS)
        except (NotStraightError, FormulaError):
            return None

    def _wide(self, rows: Sequence[Doubles]) -> Doubles:
        """What balls on arrays decide; nan where they do not."""
        line, checking = self._wide_line, self._line(_BITS[0])
        values = np.full(rows[0].size, nan)
        if line is None or checking is None:
            return values
        for start in range(0, values.size, _BLOCK):
            block = [row[start : start + _BLOCK] for row in rows]
            with np.errstate(all="ignore"):
                found = line(*(Balls(row, 0.0, 0.0) for row in block)).nearest()
            values[start : start + _BLOCK] = found
            self._check(checking, block, values[start : start + _BLOCK])
        return values

    def _check(self, line: Callable[..., Any], block: Sequence[Doubles], values: Doubles) -> None:
        known = np.flatnonzero(~np.isnan(values))
        places = known[:: max(1, known.size // _CHECKED)]
        with ctx.workprec(_BITS[0]):
            again = np.array(line(*(row[places].tolist() for row in block)))
        wrong = places[~np.isnan(again) & (again != values[places])]
        if wrong.size:
            point = {
                v.name: float(row[wrong[0]]) for v, row in zip(self.variables, block, strict=True)
            }
            raise ArithmeticError(
                f"two enclosures of {self.formula} at {point} contradict each other: this is an "
                "error in numeric.accuracy.wide_balls"
            )

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
