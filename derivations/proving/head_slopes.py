"""The derivatives of the built-in functions of one argument."""

from __future__ import annotations

from derivations.core.formula import Formula, pi
from derivations.core.functions import (
    Function,
    cos,
    cosh,
    exp,
    gamma,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
)
from derivations.core.special_functions import SPECIAL_FUNCTIONS


def slope_of_head(name: str, u: Formula, *, other_forms: bool = False) -> Formula | None:
    """The derivative of a function at u; None where it has no name here.

    >>> from derivations.core.formula import symbol
    >>> slope_of_head("tanh", symbol("u"))
    1 - tanh(u)**2
    """
    match name:
        case "exp":
            return exp(u)
        case "log":
            return 1 / u
        case "sqrt":
            return 1 / (2 * sqrt(u))
        case "sin":
            return cos(u)
        case "cos":
            return -sin(u)
        case "tan":
            return 1 + tan(u) ** 2 if other_forms else 1 / cos(u) ** 2
        case "sinh":
            return cosh(u)
        case "cosh":
            return sinh(u)
        case "tanh":
            return 1 / cosh(u) ** 2 if other_forms else 1 - tanh(u) ** 2
        case "asin":
            return 1 / sqrt(1 - u**2)
        case "acos":
            return -(1 / sqrt(1 - u**2))
        case "atan":
            return 1 / (1 + u**2)
        case "asinh":
            return 1 / sqrt(1 + u**2)
        case "acosh":
            return 1 / (sqrt(u - 1) * sqrt(u + 1))
        case "atanh":
            return 1 / (1 - u**2)
        case "cot":
            return -(1 / sin(u) ** 2)
        case "sec":
            return _head("sec")(u) * tan(u)
        case "csc":
            return -(_head("csc")(u) * _head("cot")(u))
        case "coth":
            return -(1 / sinh(u) ** 2)
        case "sech":
            return -(_head("sech")(u) * tanh(u))
        case "csch":
            return -(_head("csch")(u) * _head("coth")(u))
        case "gamma":
            return gamma(u) * _head("digamma")(u)
        case "loggamma":
            return _head("digamma")(u)
        case "digamma":
            return _head("polygamma")(1, u)
        case "factorial":
            return gamma(u + 1) * _head("digamma")(u + 1)
        case "erfi":
            return 2 / sqrt(pi) * exp(u**2)
        case "erf":
            return 2 / sqrt(pi) * exp(-(u**2))
        case "erfc":
            return -(2 / sqrt(pi)) * exp(-(u**2))
    return None


def _head(name: str) -> Function:
    return SPECIAL_FUNCTIONS[name]
