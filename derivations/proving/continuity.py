"""Continuity, by which an identity proved almost everywhere on a place holds everywhere on it.

Two functions that are continuous on a place and equal on a dense part of it are equal on it.
"""

from __future__ import annotations

from typing import Final

from derivations.core.calculus import Derivative
from derivations.core.formula import (
    Add,
    Call,
    Constant,
    Div,
    Formula,
    Mul,
    Neg,
    Number,
    Relation,
    Symbol,
    walk,
)
from derivations.core.formula import Pow as Power
from derivations.core.formula import oo as infinity
from derivations.core.functions import Function
from derivations.core.substitute import free_symbols
from derivations.proving.bounds import range_of
from derivations.proving.field import Field
from derivations.proving.places import Place, Sign
from derivations.proving.quick_signs import quick_sign

_ENTIRE: Final = frozenset({
    "exp", "sin", "cos", "sinh", "cosh", "sinc", "erf", "erfc", "erfi", "rgamma",
})  # fmt: skip
_CONTINUOUS_WHERE_REAL: Final = frozenset({
    "sqrt", "Abs", "atan", "asinh", "tanh", "sech", "asin", "acos", "acosh", "Max", "Min",
})  # fmt: skip


def is_continuous(formula: Formula, here: Place) -> bool:
    """Whether a formula is certainly defined and continuous on the whole place."""
    match formula:
        case Number() | Symbol():
            return True
        case Constant():
            return formula != infinity
        case Neg() | Add() | Mul():
            return all(is_continuous(part, here) for part in formula.parts)
        case Div(above, below):
            nonzero = not quick_sign(below, here) & Sign.ZERO
            return nonzero and is_continuous(above, here) and is_continuous(below, here)
        case Power(base, Number()):
            return is_continuous(base, here)
        case Power(base, exponent) if quick_sign(base, here) is Sign.POSITIVE:
            return is_continuous(base, here) and is_continuous(exponent, here)
        case Call(head=Function(builtin=True, name=name), args=args):
            if not all(is_continuous(arg, here) for arg in args):
                return False
            if name in _ENTIRE:
                return True
            if name == "log":
                return len(args) == 1 and quick_sign(args[0], here) is Sign.POSITIVE
            if name in ("asin", "acos") and _is_in_unit(args[0], here):
                return True
            values = (formula, *args)
            return name in _CONTINUOUS_WHERE_REAL and all(
                range_of(value, here.box) is not None for value in values
            )
        case Derivative(body=body, variable=Symbol() as variable):
            return range_of(variable, here.box) is not None and _is_entire(body)
    return False


def _is_in_unit(u: Formula, here: Place) -> bool:
    if range_of(u, here.box) is None:
        return False
    return quick_sign(1 - u**2, here) in Sign.NONNEGATIVE


def _is_entire(formula: Formula) -> bool:
    """Entire in every variable, by its shape: then all its derivatives are continuous."""
    match formula:
        case Number() | Symbol():
            return True
        case Constant():
            return formula != infinity
        case Neg() | Add() | Mul():
            return all(_is_entire(part) for part in formula.parts)
        case Div(above, below):
            return _is_entire(above) and isinstance(below, Number) and below.value != 0
        case Power(base, Number()):
            return _is_entire(base)
        case Call(head=Function(builtin=True, name=name), args=args):
            return name in _ENTIRE and all(_is_entire(arg) for arg in args)
    return False


def holds_by_continuity(statement: Relation, exception: Formula, here: Place) -> bool:
    """Whether an equation that holds where `exception` is not 0 certainly holds everywhere."""
    if statement.rel != "=" or not is_thin(exception, here):
        return False
    return is_continuous(statement.lhs, here) and is_continuous(statement.rhs, here)


def is_thin(exception: Formula, here: Place) -> bool:
    """Whether the zeros of a polynomial have no interior in the place, nor fill a part of it.

    The place is a box with open conditions: none of them confines it to a thin set.
    """
    normal = Field().fractional(exception)[0]
    if normal.numerator.is_constant():
        return False
    for atom in normal.atoms:
        if not isinstance(atom, Symbol | Constant):
            return False
    symbols = free_symbols(exception)
    for symbol in symbols:
        r = here.box.ranges.get(symbol)
        if r is None or r.value is not None or symbol in here.box.integers:
            return False
    if not symbols or not {s for s in normal.atoms if isinstance(s, Symbol)}:
        return False
    for fact, sign in here.facts:
        if sign & Sign.ZERO or not is_continuous(fact, here):
            return False
    return not any(isinstance(node, Derivative) for node in walk(exception))
