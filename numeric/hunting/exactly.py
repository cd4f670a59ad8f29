"""Numbers without variables compared exactly where balls do not part them: 10**(10**6) and its
successor agree to a million digits.

Whole numbers and fractions of so many bits are written out; else the difference of the two sides is
put in normal form, each long power a letter of its own: what is left may be a number.

>>> from derivations.core import num
>>> long = num(10) ** (num(10) ** 12)
>>> difference(long, long + 1), difference(num(2) ** 5000, num(4) ** 2500)
(Fraction(-1, 1), Fraction(0, 1))
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from flint import fmpq, fmpz

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
from derivations.core.substitute import free_names, rewrite
from derivations.proving.field import Field

_MOST_BITS: Final = 8_000_000
_LARGEST_FACTORIAL: Final = 200_000
# An exponent above this makes a long power, which the normal form does not write out.
_LONG: Final = 100


def difference(lhs: Formula, rhs: Formula) -> Fraction | None:
    """The rational number lhs - rhs, of two sides that have values; None where it is not found."""
    if free_names(lhs) or free_names(rhs):
        return None
    left, right = _written_out(lhs), _written_out(rhs)
    if left is not None and right is not None:
        apart = left - right
        return Fraction(int(apart.p), int(apart.q))
    letters: dict[Formula, Symbol] = {}

    def lettered(node: Formula) -> Formula | None:
        if isinstance(node, Pow) and not free_names(node):
            exponent = _written_out(node.exponent)
            if exponent is None or abs(exponent) > _LONG:
                return letters.setdefault(node, Symbol(f"long {len(letters)}"))
        return None

    try:
        (normal,) = Field().fractional(rewrite(lhs - rhs, lettered))
    except (FormulaError, RecursionError):
        return None
    return normal.constant


def _written_out(formula: Formula) -> fmpq | None:
    """The value of a formula of numbers, where it is rational and of moderate length."""
    match formula:
        case Number(value=value):
            return fmpq(value)
        case Neg(arg=arg):
            inner = _written_out(arg)
            return None if inner is None else -inner
        case Add(args=args) | Mul(args=args):
            total = fmpq(int(isinstance(formula, Mul)))
            for arg in args:
                part = _written_out(arg)
                if part is None or _bits(total) + _bits(part) > _MOST_BITS:
                    return None
                total = total * part if isinstance(formula, Mul) else total + part
            return total
        case Div(numerator=over, denominator=under):
            top, bottom = _written_out(over), _written_out(under)
            if top is None or not bottom or _bits(top) + _bits(bottom) > _MOST_BITS:
                return None
            return top / bottom
        case Pow(base=base, exponent=exponent):
            return _power(_written_out(base), _written_out(exponent))
        case Call(head=head, args=(arg,)) if head.name == "factorial":
            n = _written_out(arg)
            if n is None or n.q != 1 or not 0 <= n <= _LARGEST_FACTORIAL:
                return None
            return fmpq(fmpz.fac_ui(n.p))
    return None


def _power(base: fmpq | None, exponent: fmpq | None) -> fmpq | None:
    if base is None or exponent is None or exponent.q != 1:
        return None
    if base == 0:
        return fmpq(0) if exponent > 0 else None
    if abs(base) == 1:
        return base ** int(exponent.p % 2)
    if abs(exponent) * _bits(base) > _MOST_BITS:
        return None
    return base ** int(exponent.p)


def _bits(value: fmpq) -> int:
    return int(value.p.height_bits()) + int(value.q.height_bits())
