"""What SymPy calls the constants and functions of the vocabulary.

The names are the same but for `sqrt`, `cbrt` and `root`, which SymPy writes as powers, and `gcd`
and `lcm`, which it knows of given integers (of symbols it takes the gcd of polynomials, which is
another function).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import sympy

from derivations.core.formula import Catalan, EulerGamma, Formula, GoldenRatio, I, oo, pi
from derivations.core.functions import Function
from derivations.core.special_functions import FUNCTIONS

CONSTANTS: Final[dict[str, Any]] = {
    "pi": sympy.pi,
    "I": sympy.I,
    "oo": sympy.oo,
    "EulerGamma": sympy.EulerGamma,
    "Catalan": sympy.Catalan,
    "GoldenRatio": sympy.GoldenRatio,
}
ATOMS: Final[dict[Any, Formula]] = {
    CONSTANTS[str(constant)]: constant for constant in (pi, I, oo, EulerGamma, Catalan, GoldenRatio)
}


def _power(base: Any, exponent: Any) -> Any:
    return sympy.Pow(base, exponent, evaluate=False)


def _root(base: Any, degree: Any) -> Any:
    if degree.is_Integer and degree != 0:
        return _power(base, sympy.Rational(1, degree))
    return _power(base, _power(degree, sympy.S.NegativeOne))


# Functions that are no class of SymPy's.
OTHERWISE: Final[dict[str, Callable[..., Any] | None]] = {
    "sqrt": lambda u: _power(u, sympy.S.Half),
    "cbrt": lambda u: _power(u, sympy.Rational(1, 3)),
    "root": _root,
    "gcd": None,
    "lcm": None,
}
CLASSES: Final[dict[str, Any]] = {
    name: getattr(sympy, name) for name in FUNCTIONS if name not in OTHERWISE
}
HEADS: Final[dict[Any, Function]] = {CLASSES[name]: FUNCTIONS[name] for name in CLASSES}
