"""Complex conjugates of normal forms: the conjugate of a value, where that is certain.

>>> from derivations.core.domain import Reals
>>> from derivations.core.formula import I, symbol
>>> from derivations.core.functions import exp
>>> from derivations.proving.places import place
>>> x = symbol("x")
>>> conjugated(2 + I * exp(I * x), place({x: Reals}))
2 - I*exp(-I*x)
"""

from __future__ import annotations

from typing import Final

from derivations.core.formula import (
    Add,
    Call,
    Constant,
    Div,
    Formula,
    I,
    Mul,
    Neg,
    Number,
)
from derivations.core.formula import Pow as Power
from derivations.core.formula import oo as infinity
from derivations.proving.bounds import is_integer, range_of
from derivations.proving.places import Place, Sign
from derivations.proving.quick_signs import quick_sign

# Entire, or meromorphic, and real on the real axis: f of the conjugate is the conjugate of f.
_SYMMETRIC: Final = frozenset({
    "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "cot", "sec", "csc", "coth", "sech", "csch",
    "sinc", "erf", "erfc", "erfi", "gamma", "rgamma", "factorial", "digamma", "re", "im", "Abs",
    "conjugate",
})  # fmt: skip


def conjugated(formula: Formula, here: Place) -> Formula | None:
    """The complex conjugate of every value of a formula, where it is defined; None where unsure."""
    if formula == I:
        return -I
    if formula == infinity:
        return None
    if range_of(formula, here.box) is not None:
        return formula
    match formula:
        case Number() | Constant():
            return formula
        case Neg() | Add() | Mul() | Div():
            return _parts(formula, here)
        case Power(base, exponent) if is_integer(exponent, here.box):
            inner = conjugated(base, here)
            return None if inner is None else Power(inner, exponent)
        case Power(base, exponent) if quick_sign(base, here) is Sign.POSITIVE:
            inner = conjugated(exponent, here)
            return None if inner is None else Power(base, inner)
        case Call(head=head) if head.name in _SYMMETRIC and getattr(head, "builtin", False):
            return _parts(formula, here)
    return None


def _parts(formula: Formula, here: Place) -> Formula | None:
    parts: list[Formula] = []
    for part in formula.parts:
        inner = conjugated(part, here)
        if inner is None:
            return None
        parts.append(inner)
    return formula.rebuilt(tuple(parts))
