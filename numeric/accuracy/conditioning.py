"""The condition number of a result: how much the rounding of its arguments alone changes it.

kappa = sum |x_i f_i(x)| / |f(x)|, f_i the partial derivatives. Where it is large (a difference of
terms that nearly cancel) no function of doubles that works in doubles can keep four ULP; its error
is then measured in units of 1 + kappa ULP.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from derivations.core.calculus import D
from derivations.core.formula import Call, Formula, FormulaError, walk
from derivations.proving.derivatives import differentiated
from numeric.accuracy.certified import Certified
from numeric.accuracy.ordinals import Doubles
from numeric.accuracy.target import Target

# SciPy's functions are themselves accurate to no better than that.
_SPECIAL: Final = frozenset({"erf", "erfc", "gamma", "loggamma"})


def is_special(formula: Formula) -> bool:
    """Whether it holds a special function: then one variable is measured like several."""
    return any(isinstance(node, Call) and node.head.name in _SPECIAL for node in walk(formula))


def condition_numbers(target: Target, columns: Sequence[Doubles], correct: Doubles) -> Doubles:
    """kappa at each row, 0 where it is not known.

    >>> from derivations.core import Claim, Reals, symbols
    >>> from numeric.accuracy.target import target_of
    >>> x, y = symbols("x y")
    >>> target = target_of(Claim("difference", x - y, "=", x - y, on={x: Reals, y: Reals}), {})
    >>> rows = [np.array([3.0, 2.0]), np.array([2.0, 1.0])]
    >>> condition_numbers(target, rows, np.array([1.0, 1.0])).tolist()
    [5.0, 3.0]
    """
    total = np.zeros(correct.size)
    for variable, column in zip(target.variables, columns, strict=True):
        try:
            slope = differentiated(D(target.formula, variable), unfold=True)
        except FormulaError:
            return np.zeros(correct.size)
        with np.errstate(all="ignore"):
            share = np.abs(column * Certified(slope, target.variables)(*columns) / correct)
        total += np.nan_to_num(share, nan=0.0, posinf=0.0)
    return total
