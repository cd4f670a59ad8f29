"""Whether a number written with integers, roots and roots of unity is exactly 0.

A ball that contains 0 decides nothing. But such a number is a quotient U/L of algebraic integers
of a field of known degree D, and if |U| and all its conjugates are at most u, and |L| at most l,
then it is 0 or at least 1/(u**(D - 1)*l) in absolute value: the norm of U is an integer. So a ball
that is narrow enough decides. (The bound is that of Burnikel, Fleischer, Mehlhorn and Schirra,
"A strong and easily computable separation bound for arithmetic expressions", 2000.)

>>> from derivations.core import num, sqrt
>>> from derivations.core import Q, num, sqrt
>>> is_algebraic_zero(sqrt(num(2)) + sqrt(num(3)) - sqrt(5 + 2 * sqrt(num(6))))
True
>>> is_algebraic_zero(sqrt(num(2)) - Q(141421356, 100000000))
False
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, gcd, lcm, log2
from typing import Final

from flint import arb, ctx

from derivations.core.formula import Add, Call, Constant, Div, Formula, Mul, Neg, Number, Pow
from derivations.core.functions import Definition
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import root_frame
from numeric.balls.values import Indeterminate, Infinity, Undefined, ball, is_zero
from numeric.exact.rational import rational_of
from numeric.exact.turns import multiple_of_pi, only_factor

# No ball is narrowed further than this many bits.
_MOST_BITS: Final = 40_000
_LARGEST_ORDER: Final = 240

_TRIGONOMETRIC: Final = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
_ROOTS: Final = {"sqrt": 2, "cbrt": 3}


class _NotAlgebraicError(Exception):
    """A number is not seen to be algebraic."""


@dataclass(slots=True)
class _Bounds:
    """The field that the radicals met so far generate: their degrees, and a root of unity."""

    radicals: dict[tuple[Formula, int], None] = field(default_factory=dict)
    order: int = 1

    @property
    def degree(self) -> int:
        degree = _totient(self.order)
        for _, k in self.radicals:
            degree *= k
        return degree

    def of(self, formula: Formula) -> tuple[float, float]:
        """log2 of u and of l: bounds on all conjugates of a numerator and a denominator."""
        match formula:
            case Number(value=value):
                return (log2(value) if value else 0.0), 0.0
            case Constant(name="I"):
                self._with_unity(4)
                return 0.0, 0.0
            case Constant(name="GoldenRatio"):
                self.radicals[Number(5), 2] = None
                return 1.7, 1.0
            case Neg(arg=arg):
                return self.of(arg)
            case Add(args=args):
                u, low = self.of(args[0])
                for arg in args[1:]:
                    v, m = self.of(arg)
                    u, low = _log_of_sum(u + m, v + low), low + m
                return u, low
            case Mul(args=args):
                pairs = [self.of(arg) for arg in args]
                return sum(u for u, _ in pairs), sum(low for _, low in pairs)
            case Div(numerator=over, denominator=under):
                (u, low), (v, m) = self.of(over), self.of(under)
                return u + m, low + v
            case Pow(base=base, exponent=exponent):
                power = rational_of(exponent)
                if power is not None and abs(power) < 1000:
                    return self._power(base, power)
            case Call(head=head, args=(arg,)) if not isinstance(head, Definition):
                if head.name in _ROOTS:
                    return self._power(arg, Fraction(1, _ROOTS[head.name]))
                if head.name in _TRIGONOMETRIC:
                    return self._trigonometric(arg)
                if head.name == "exp":
                    turn = _multiple_of(arg, "I")
                    if turn is not None:
                        self._with_unity((turn / 2).denominator)
                        return 0.0, 0.0
        raise _NotAlgebraicError

    def _power(self, base: Formula, power: Fraction) -> tuple[float, float]:
        u, low = self.of(base)
        k = power.denominator
        if k > 1:
            # The k-th root of U/L is Y/L, where Y**k = U*L**(k - 1).
            self.radicals[base, k] = None
            u = (u + (k - 1) * low) / k
        n = abs(power.numerator)
        u, low = n * u, n * low
        return (u, low) if power >= 0 else (low, u)

    def _trigonometric(self, arg: Formula) -> tuple[float, float]:
        turn = multiple_of_pi(arg)
        if turn is None:
            raise _NotAlgebraicError
        self._with_unity(lcm(4, (turn / 2).denominator))
        # Each is a quotient of two of w + 1/w, i*(w - 1/w) and 2.
        return 1.0, 1.0

    def _with_unity(self, order: int) -> None:
        self.order = lcm(self.order, order)
        if self.order > _LARGEST_ORDER:
            raise _NotAlgebraicError


def is_algebraic_zero(formula: Formula) -> bool | None:
    """Whether a formula without variables is exactly 0; None where that is not seen.

    True and False are certain.
    """
    bounds = _Bounds()
    try:
        u, low = bounds.of(formula)
    except _NotAlgebraicError:
        return None
    distance = ceil((bounds.degree - 1) * max(u, 0.0) + max(low, 0.0)) + 2
    if distance > _MOST_BITS:
        return None
    run = Compiler().compile(formula)
    bits = 128
    while True:
        with ctx.workprec(bits):
            try:
                value = evaluated(run, root_frame({}))
            except (Undefined, Indeterminate):
                return None
            if isinstance(value, Infinity):
                return None
            if is_zero(value):
                return True
            around = ball(value)
            if not around.contains(0):
                return False
            if bits > distance and abs(around).abs_upper() < arb(2) ** -distance:
                return True
        if bits > 2 * distance + 256:
            return None
        bits *= 2


def _multiple_of(formula: Formula, unit: str) -> Fraction | None:
    """The rational q of a number written as q*pi*I."""
    match formula:
        case Neg(arg=arg):
            inner = _multiple_of(arg, unit)
            return None if inner is None else -inner
        case Div(numerator=over, denominator=under):
            top, bottom = _multiple_of(over, unit), rational_of(under)
            return None if top is None or not bottom else top / bottom
        case Mul(args=args):
            units = [arg for arg in args if arg == Constant(unit)]
            rest = tuple(arg for arg in args if arg != Constant(unit))
            if len(units) == 1 and rest:
                return multiple_of_pi(rest[0]) if len(rest) == 1 else multiple_of_pi(Mul(rest))
            return only_factor(args, lambda arg: _multiple_of(arg, unit))
    return None


def _log_of_sum(a: float, b: float) -> float:
    """log2(2**a + 2**b), from above."""
    high, low = max(a, b), min(a, b)
    return high + log2(1 + 2.0 ** max(low - high, -60.0)) + 1e-9


def _totient(n: int) -> int:
    return sum(1 for k in range(1, n + 1) if gcd(k, n) == 1)
