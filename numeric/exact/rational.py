"""Numbers that are written with integers only."""

from __future__ import annotations

from fractions import Fraction

from derivations.core.formula import Add, Div, Formula, Mul, Neg, Number, Pow


def rational_of(formula: Formula) -> Fraction | None:
    """The value of a formula of numbers only, where it is small and exactly rational."""
    match formula:
        case Number(value=value):
            return Fraction(value) if value < 10**12 else None
        case Neg(arg=arg):
            inner = rational_of(arg)
            return None if inner is None else -inner
        case Div(numerator=a, denominator=b):
            over, under = rational_of(a), rational_of(b)
            return None if over is None or not under else over / under
        case Add(args=args) | Mul(args=args):
            values = [rational_of(arg) for arg in args]
            total = Fraction(int(isinstance(formula, Mul)))
            for each in values:
                if each is None:
                    return None
                total = total * each if isinstance(formula, Mul) else total + each
            return total
        case Pow(base=a, exponent=b):
            base, exponent = rational_of(a), rational_of(b)
            if base and exponent is not None and exponent.denominator == 1 and abs(exponent) < 50:
                return Fraction(base ** int(exponent))
    return None
