"""Whether a formula is entire as a function of one variable: analytic on the whole plane."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from derivations.core.formula import (
    Add,
    Call,
    Div,
    Formula,
    FormulaError,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
)
from derivations.core.functions import Definition
from derivations.core.meaning import meaning
from derivations.core.substitute import free_symbols

_ENTIRE: Final = frozenset({"exp", "sin", "cos", "sinh", "cosh", "erf", "erfc"})


@lru_cache(maxsize=4096)
def is_entire(formula: Formula, variable: Symbol) -> bool:
    """Whether it is built from entire functions only, wherever its parameters have values.

    >>> from derivations.core import exp, symbols
    >>> x, a = symbols("x a")
    >>> is_entire(exp(-(x**2) / a), x), is_entire(exp(-1 / x), x)
    (True, False)
    """
    if variable not in free_symbols(formula):
        return True
    match formula:
        case Symbol():
            return True
        case Neg(arg=arg):
            return is_entire(arg, variable)
        case Add(args=args) | Mul(args=args):
            return all(is_entire(arg, variable) for arg in args)
        case Div(numerator=numerator, denominator=denominator):
            return variable not in free_symbols(denominator) and is_entire(numerator, variable)
        case Pow(base=base, exponent=Number()):
            return is_entire(base, variable)
        case Call(head=head, args=args):
            if isinstance(head, Definition):
                try:
                    written = meaning(formula)
                except FormulaError:
                    return False
                return written is not None and is_entire(written, variable)
            return head.builtin and head.name in _ENTIRE and is_entire(args[0], variable)
    return False
