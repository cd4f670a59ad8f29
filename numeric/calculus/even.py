"""Whether a formula is even or odd in a symbol, as far as its written form tells."""

from __future__ import annotations

from typing import Final

from derivations.core.formula import Add, Call, Div, Formula, Mul, Neg, Number, Pow, Symbol
from derivations.core.functions import Definition
from derivations.core.substitute import free_symbols

_EVEN: Final = frozenset({"cos", "cosh", "Abs"})
_ODD: Final = frozenset({"sin", "sinh", "tan", "tanh", "atan", "asinh", "erf"})


def parity(formula: Formula, variable: Symbol) -> int:
    """1 where f(-t) = f(t) for all complex t at which one of them has a value, -1 where
    f(-t) = -f(t), 0 where the written form tells neither.

    >>> t = Symbol("t")
    >>> parity(1 / (1 + t**2), t), parity(t**3 / (1 + t**2), t), parity(1 + t, t)
    (1, -1, 0)
    """
    if variable not in free_symbols(formula):
        return 1
    match formula:
        case Symbol():
            return -1
        case Neg(arg=arg):
            return parity(arg, variable)
        case Add(args=args):
            found = {parity(arg, variable) for arg in args}
            return found.pop() if len(found) == 1 else 0
        case Mul(args=args):
            product = 1
            for arg in args:
                product *= parity(arg, variable)
            return product
        case Div(numerator=one, denominator=two):
            return parity(one, variable) * parity(two, variable)
        case Pow(base=base, exponent=Number(value=int(n))):
            below = parity(base, variable)
            return below if n % 2 else abs(below)
        case Pow(base=base, exponent=exponent):
            return int(parity(base, variable) == 1 and parity(exponent, variable) == 1)
        case Call(head=head, args=(arg,)) if not isinstance(head, Definition) and head.builtin:
            inner = parity(arg, variable)
            if inner == 1 or head.name in _EVEN:
                return abs(inner)
            return inner if head.name in _ODD else 0
    return 0
