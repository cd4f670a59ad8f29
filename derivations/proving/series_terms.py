"""The terms of a series, taken apart: powers, factorials, what is linear in the index.

>>> from derivations.core.formula import symbols
>>> from derivations.core.functions import factorial
>>> k, x = symbols("k x")
>>> term = Term(k)
>>> term.takes((-x) ** (2 * k + 1) / factorial(k), 1)
True
>>> term.powers
{-1: (2, 1), x: (2, 1)}
>>> term.factorials
[(1, 0)]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from derivations.core.formula import (
    ONE,
    ZERO,
    Call,
    Div,
    Formula,
    Mul,
    Neg,
    Symbol,
    num,
)
from derivations.core.formula import Pow as Power
from derivations.core.functions import Function, exp
from derivations.core.substitute import free_symbols, substitute
from derivations.proving.assembled import over, times
from derivations.proving.field import Field, equal_by_algebra
from derivations.proving.rebuild import formula_of

MOST_FACTORS: Final = 6
MINUS_ONE: Final = num(-1)


@dataclass(slots=True)
class Term:
    """constant * top(k) * product of base**(m*k + b) / (k**power * (m*k + b) * factorial(m*k + b)).

    Each of the last three occurs once at most where a rule is found.
    """

    k: Symbol
    constant: Formula = ONE
    top: Formula = ONE
    power: Formula = ZERO
    powers: dict[Formula, tuple[int, int]] = field(default_factory=dict)
    linear: list[tuple[int, int]] = field(default_factory=list)
    factorials: list[tuple[int, int]] = field(default_factory=list)

    def takes(self, factor: Formula, side: int) -> bool:
        """Whether a factor (side 1) or divisor (side -1) of the term could be taken in."""
        if self.k not in free_symbols(factor):
            self.constant = (times if side > 0 else over)(self.constant, factor)
            return True
        match factor:
            case Neg(arg):
                self.constant = -self.constant
                return self.takes(arg, side)
            case Mul(args):
                return all(self.takes(arg, side) for arg in args)
            case Div(above, below):
                return self.takes(above, side) and self.takes(below, -side)
            case Power(base, exponent) if self.k not in free_symbols(base):
                found = whole_line(exponent, self.k)
                return found is not None and self._takes_power(
                    base, side * found[0], side * found[1]
                )
            case Power(base, exponent) if base == self.k and self.k not in free_symbols(exponent):
                n = whole(exponent)
                if side < 0 or n is None or n < 0:
                    self.power = self.power + exponent if side < 0 else self.power - exponent
                else:
                    self.top = self.top * factor
                return True
            case Power(base, exponent):
                n = whole(exponent)
                if n is None or not 0 < n <= MOST_FACTORS:
                    return False
                return all(self.takes(base, side) for _ in range(n))
            case Call(head=Function(name="exp", builtin=True), args=(u,)):
                line = line_of(u, self.k)
                if line is None:
                    return False
                self.takes(exp(line[1]), side)
                return self._takes_power(exp(line[0]), side, 0)
            case Call(head=Function(name="factorial" | "gamma" as name, builtin=True), args=(u,)):
                found = whole_line(u, self.k)
                if side > 0 or found is None:
                    return False
                self.factorials.append((found[0], found[1] - (name == "gamma")))
                return True
        if side > 0:
            self.top = self.top * factor
            return True
        if factor == self.k:
            self.power = self.power + ONE
            return True
        found = whole_line(factor, self.k)
        if found is not None:
            self.linear.append(found)
        return found is not None

    def _takes_power(self, base: Formula, m: int, b: int) -> bool:
        """base**(m*k + b), whole exponents: powers of products and of powers are taken apart."""
        match base:
            case Neg(arg):
                self._add(MINUS_ONE, m, b)
                return self._takes_power(arg, m, b)
            case Mul(args):
                return all(self._takes_power(arg, m, b) for arg in args)
            case Div(above, below):
                return self._takes_power(above, m, b) and self._takes_power(below, -m, -b)
            case Power(inner, exponent):
                n = whole(exponent)
                if n is not None:
                    return self._takes_power(inner, m * n, b * n)
        if base != ONE:
            self._add(base, m, b)
        return True

    def _add(self, base: Formula, m: int, b: int) -> None:
        before = self.powers.get(base, (0, 0))
        self.powers[base] = (before[0] + m, before[1] + b)


def whole(formula: Formula) -> int | None:
    """The whole number that a formula is."""
    value = Field().fractional(formula)[0].constant
    return int(value) if value is not None and value.denominator == 1 else None


def line_of(formula: Formula, k: Symbol) -> tuple[Formula, Formula] | None:
    """p and q free of k with formula = p*k + q."""
    q = substitute(formula, {k: ZERO})
    p = formula_of(Field().fractional(substitute(formula, {k: ONE}) - q)[0])
    return (p, q) if equal_by_algebra(formula, p * k + q) else None


def whole_line(formula: Formula, k: Symbol) -> tuple[int, int] | None:
    """The same with whole numbers p and q."""
    line = line_of(formula, k)
    if line is None:
        return None
    p, q = whole(line[0]), whole(line[1])
    return None if p is None or q is None else (p, q)
