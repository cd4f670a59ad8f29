"""Integrands that go up and down for ever at one height: their integral to infinity diverges.

The integral of c*sin(a*t + b) over each half of its period is 2*c/a in absolute value, and so the
integral up to T has no limit.
"""

from __future__ import annotations

from functools import lru_cache

from derivations.core.formula import Add, Call, Div, Formula, Mul, Neg, Symbol
from derivations.core.functions import Definition
from derivations.core.substitute import free_names
from numeric.balls.values import Indeterminate, Infinity, Undefined, may_vanish
from numeric.calculus.parts import EncloseParts
from numeric.exact.roots import polynomial_in


def is_wave(formula: Formula, variable: Symbol, enclose: EncloseParts) -> bool:
    """Whether the formula is certainly c*sin(a*t + b) or c*cos(a*t + b), c and a not 0.

    >>> from derivations.core import sin, symbol
    >>> from numeric.balls.enclose import Compiler
    >>> from numeric.balls.frames import root_frame
    >>> t = symbol("t")
    >>> is_wave(3 * sin(2 * t + 1), t, Compiler().parts_of(root_frame({})))
    True
    """
    height = _height(formula, variable)
    if height is None:
        return False
    try:
        values = [enclose(part, {}) for part in height]
    except (Indeterminate, Undefined):
        return False
    return not any(isinstance(value, Infinity) or may_vanish(value) for value in values)


@lru_cache(maxsize=256)
def _height(f: Formula, t: Symbol) -> tuple[Formula, ...] | None:
    """The constant factors of a wave; None where it is not seen to be one."""
    match f:
        case Neg(arg=arg):
            return _height(arg, t)
        case Div(numerator=over, denominator=under) if t not in free_names(under):
            inner = _height(over, t)
            return None if inner is None else (*inner, under)
        case Mul(args=args):
            moving = [arg for arg in args if t in free_names(arg)]
            inner = _height(moving[0], t) if len(moving) == 1 else None
            return None if inner is None else (*inner, *(arg for arg in args if arg != moving[0]))
        case Call(head=head, args=(arg,)) if not isinstance(head, Definition):
            if head.name in {"sin", "cos"}:
                return slope_factors(arg, t)
    return None


def slope_factors(f: Formula, t: Symbol) -> tuple[Formula, ...] | None:
    """Factors of a number a that is not 0 where they are not, with f = a*t + b; else None."""
    polynomial = polynomial_in(f, t)
    if polynomial is not None:
        return () if polynomial.degree() == 1 else None
    match f:
        case Neg(arg=arg):
            return slope_factors(arg, t)
        case Mul(args=args) if list(args).count(t) == 1:
            rest = tuple(arg for arg in args if arg != t)
            return None if any(t in free_names(arg) for arg in rest) else rest
        case Mul(args=args) if sum(t in free_names(arg) for arg in args) == 1:
            (sloped,) = (arg for arg in args if t in free_names(arg))
            inner = slope_factors(sloped, t)
            return None if inner is None else (*inner, *(a for a in args if a is not sloped))
        case Div(numerator=over, denominator=under) if t not in free_names(under):
            inner = slope_factors(over, t)
            return None if inner is None else (*inner, under)
    moving = [arg for arg in f.parts if t in free_names(arg)] if isinstance(f, Add) else []
    return slope_factors(moving[0], t) if len(moving) == 1 else None
