"""Terms that change their sign from each index to the next: (-1)**(k + c) times a rest.

>>> from derivations.core import num, symbol
>>> from numeric.balls.enclose import Compiler
>>> from numeric.balls.frames import root_frame
>>> k = symbol("k")
>>> alternation(num(-1) ** (k + 1) / k, k, Compiler().parts_of(root_frame({})))
Alternation(slope=1, shift=1, rest=1**(k + 1)/k)
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import acb

from derivations.core.formula import ONE, Add, Call, Constant, Div, Formula, Mul, Neg, Pow, Symbol
from derivations.core.functions import Definition
from derivations.core.substitute import free_names
from numeric.balls.values import Indeterminate, Infinity, Scalar, Undefined, as_int
from numeric.calculus.parts import EncloseParts


@dataclass(frozen=True, slots=True)
class Alternation:
    """The formula is (-1)**(slope*k + shift) * rest at every integer k; both are 0 or 1."""

    slope: int
    shift: int
    rest: Formula


def alternation(formula: Formula, k: Symbol, enclose: EncloseParts) -> Alternation:
    """The sign of a term and the rest, at the current point."""
    slope, shift, rest = _Signs(k, enclose).of(formula)
    return Alternation(slope % 2, shift % 2, rest)


@dataclass(frozen=True, slots=True)
class _Signs:
    k: Symbol
    enclose: EncloseParts

    def of(self, f: Formula) -> tuple[int, int, Formula]:
        match f:
            case _ if self.k not in free_names(f):
                return 0, 0, f
            case Neg(arg=arg):
                slope, shift, rest = self.of(arg)
                return slope, shift + 1, rest
            case Mul(args=args):
                parts = [self.of(arg) for arg in args]
                return (
                    sum(slope for slope, _, _ in parts),
                    sum(shift for _, shift, _ in parts),
                    Mul(tuple(rest for _, _, rest in parts)),
                )
            case Div(numerator=over, denominator=under):
                (a, b, top), (c, d, bottom) = self.of(over), self.of(under)
                return a + c, b + d, Div(top, bottom)
            case Pow(base=base, exponent=exponent) if self.k not in free_names(base):
                parity = self.parity(exponent)
                if parity is not None and self.is_negative(base):
                    return (*parity, Pow(base.arg if isinstance(base, Neg) else -base, exponent))
            case Pow(base=base, exponent=exponent) if self.k not in free_names(exponent):
                power = self.whole(exponent)
                if power is not None:
                    slope, shift, rest = self.of(base)
                    return slope * power, shift * power, Pow(rest, exponent)
            case Call(head=head, args=(Mul(args=args),)) if not isinstance(head, Definition):
                others = [arg for arg in args if arg != Constant("pi")]
                if head.name == "cos" and len(others) == len(args) - 1:
                    product = Mul(tuple(others)) if len(others) > 1 else others[0]
                    parity = self.parity(product)
                    if parity is not None:
                        return (*parity, ONE)
        return 0, 0, f

    def parity(self, f: Formula) -> tuple[int, int] | None:
        """Whole a, b with f = a*k + b, as far as it matters whether they are even."""
        if f == self.k:
            return 1, 0
        if self.k not in free_names(f):
            value = self.whole(f)
            return None if value is None else (0, value)
        match f:
            case Neg(arg=arg):
                return self.parity(arg)
            case Add(args=args):
                slope = shift = 0
                for arg in args:
                    part = self.parity(arg)
                    if part is None:
                        return None
                    slope, shift = slope + part[0], shift + part[1]
                return slope, shift
            case Mul(args=args):
                slope, shift = 0, 1
                for arg in args:
                    part = self.parity(arg)
                    if part is None:
                        return None
                    # (a*k + b)*(c*k + d): k**2 is even where k is.
                    a, b = part
                    slope, shift = slope * a + slope * b + shift * a, shift * b
                return slope, shift
        return None

    def whole(self, f: Formula) -> int | None:
        value = self.value(f)
        return None if value is None else as_int(value)

    def is_negative(self, f: Formula) -> bool:
        value = self.value(f)
        return value is not None and not isinstance(value, acb) and bool(value < 0)

    def value(self, f: Formula) -> Scalar | None:
        try:
            value = self.enclose(f, {})
        except (Indeterminate, Undefined):
            return None
        return None if isinstance(value, Infinity) else value
