"""Numbers that are written as a rational multiple of pi."""

from __future__ import annotations

from fractions import Fraction

from derivations.core.formula import Add, Constant, Div, Formula, Mul, Neg
from numeric.exact.rational import rational_of


def multiple_of_pi(formula: Formula) -> Fraction | None:
    """The rational q of a number written as q*pi, or None.

    >>> from derivations.core import pi
    >>> multiple_of_pi(3 * pi / 4)
    Fraction(3, 4)
    """
    match formula:
        case Constant(name="pi"):
            return Fraction(1)
        case Neg(arg=arg):
            inner = multiple_of_pi(arg)
            return None if inner is None else -inner
        case Div(numerator=over, denominator=under):
            top, bottom = multiple_of_pi(over), rational_of(under)
            return None if top is None or not bottom else top / bottom
        case Mul(args=args):
            return only_factor(args, multiple_of_pi)
        case Add(args=args):
            turns = [multiple_of_pi(arg) for arg in args]
            return None if None in turns else sum((t for t in turns if t is not None), Fraction(0))
    return Fraction(0) if rational_of(formula) == 0 else None


def only_factor(args: tuple[Formula, ...], read: object) -> Fraction | None:
    """The product of rational factors and exactly one that `read` understands."""
    assert callable(read)
    total, found = Fraction(1), None
    for arg in args:
        rational = rational_of(arg)
        if rational is not None:
            total *= rational
        elif found is None:
            found = read(arg)
            if found is None:
                return None
        else:
            return None
    return None if found is None else total * found
