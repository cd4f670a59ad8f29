"""How a formula grows at infinity: its leading term c * exp(q(x)) * x**p * log(x)**l.

Exponentials of polynomials outgrow powers, powers outgrow logarithms; a sum grows like its
largest terms, where their coefficients do not cancel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cmp_to_key

from derivations.core.formula import (
    ONE,
    ZERO,
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
    as_formula,
    num,
    oo,
    pi,
)
from derivations.core.functions import Definition, exp, log, sqrt
from derivations.core.meaning import meaning
from derivations.core.substitute import free_names, free_symbols, fresh_symbol, substitute
from derivations.proving.reasons.ordering import Order
from derivations.proving.reasons.values import evaluated, rational_value

_Polynomial = Mapping[int, Formula]


class NoLeadingTerm(FormulaError):
    """The leading terms cancel, or a function of unknown growth occurs."""


@dataclass(frozen=True, slots=True)
class Leading:
    """c * exp(q(x)) * x**power * log(x)**logs as x tends to oo."""

    coefficient: Formula
    power: Fraction = Fraction(0)
    logs: Fraction = Fraction(0)
    exponent: _Polynomial = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Growth:
    x: Symbol
    order: Order

    def of(self, f: Formula) -> Leading:
        x = self.x
        if f == x:
            return Leading(ONE, Fraction(1))
        if x not in free_names(f):
            return Leading(f)
        match f:
            case Neg(arg=arg):
                return self.times(self.of(arg), Leading(num(-1)))
            case Add(args=args):
                return self.sum([self.of(arg) for arg in args])
            case Mul(args=args):
                result = Leading(ONE)
                for arg in args:
                    result = self.times(result, self.of(arg))
                return result
            case Div(numerator=top, denominator=bottom):
                return self.times(self.of(top), self.power(self.of(bottom), Fraction(-1)))
            case Pow(base=base, exponent=exponent):
                n = rational_value(exponent)
                if n is not None:
                    return self.power(self.of(base), n)
            case Call(head=head, args=(arg,)) if head == sqrt:
                return self.power(self.of(arg), Fraction(1, 2))
            case Call(head=head, args=(arg,)) if head == exp:
                return self.exponential(arg)
            case Call(head=head, args=(arg,)) if head == log:
                return self.logarithm(self.of(arg))
            case Call(head=head, args=(arg,)) if head.name in ("atan", "erf", "Abs", "sign"):
                if not isinstance(head, Definition):
                    return self.bounded(head.name, self.of(arg))
            case Call(head=head) if isinstance(head, Definition) or head.name in (
                "sinh", "cosh", "tanh", "erfc", "log",
            ):  # fmt: skip
                body = meaning(f)
                if body is not None:
                    return self.of(body)
        raise NoLeadingTerm(f"the growth of {f} is not known")

    def times(self, a: Leading, b: Leading) -> Leading:
        exponent = dict(a.exponent)
        for degree, c in b.exponent.items():
            total = evaluated(exponent[degree] + c) if degree in exponent else c
            exponent[degree] = total
        exponent = {d: c for d, c in exponent.items() if self.sign(c) != 0}
        coefficient = evaluated(a.coefficient * b.coefficient)
        return Leading(coefficient, a.power + b.power, a.logs + b.logs, exponent)

    def power(self, a: Leading, n: Fraction) -> Leading:
        sign = self.sign(a.coefficient)
        if sign == 0 or (sign < 0 and n.denominator != 1):
            raise NoLeadingTerm(f"no power {n} of {a.coefficient}")
        exponent = {d: evaluated(c * as_formula(n)) for d, c in a.exponent.items()}
        coefficient = evaluated(a.coefficient ** as_formula(n))
        return Leading(coefficient, a.power * n, a.logs * n, exponent)

    def sum(self, parts: list[Leading]) -> Leading:
        largest = max(parts, key=cmp_to_key(self.compared))
        same = [p for p in parts if self.compared(p, largest) == 0]
        total: Formula = same[0].coefficient
        for part in same[1:]:
            total = evaluated(total + part.coefficient)
        if self.sign(total) == 0:
            raise NoLeadingTerm("the leading terms cancel")
        return Leading(total, largest.power, largest.logs, largest.exponent)

    def compared(self, a: Leading, b: Leading) -> int:
        if self.sign(a.coefficient) == 0 or self.sign(b.coefficient) == 0:
            return (self.sign(a.coefficient) != 0) - (self.sign(b.coefficient) != 0)
        for degree in sorted({*a.exponent, *b.exponent}, reverse=True):
            one, two = a.exponent.get(degree, ZERO), b.exponent.get(degree, ZERO)
            sign = self.sign(evaluated(one - two))
            if sign:
                return sign
        return (a.power > b.power) - (a.power < b.power) or (a.logs > b.logs) - (a.logs < b.logs)

    def exponential(self, u: Formula) -> Leading:
        polynomial = self.polynomial(u)
        if polynomial is not None:
            constant = polynomial.pop(0, ZERO)
            return Leading(evaluated(exp(constant)), exponent=polynomial)
        end = self.end(self.of(u))
        if end in (oo, Neg(oo)):
            raise NoLeadingTerm(f"the growth of exp({u}) is not known")
        return Leading(evaluated(exp(end)))

    def logarithm(self, a: Leading) -> Leading:
        if self.sign(a.coefficient) <= 0:
            raise NoLeadingTerm("a logarithm of what is not positive")
        if a.exponent:
            degree = max(a.exponent)
            return Leading(a.exponent[degree], Fraction(degree))
        if a.power:
            return Leading(as_formula(a.power), logs=Fraction(1))
        if a.logs:
            raise NoLeadingTerm("a logarithm of a logarithm")
        return Leading(evaluated(log(a.coefficient)))

    def bounded(self, name: str, a: Leading) -> Leading:
        end = self.end(a)
        sign = self.sign(a.coefficient)
        if name == "Abs":
            return self.times(a, Leading(num(sign)))
        if name == "sign" and sign:
            return Leading(num(sign))
        if end in (oo, Neg(oo)):
            value = pi / 2 if name == "atan" else ONE
            return Leading(value if sign > 0 else -value)
        raise NoLeadingTerm(f"the growth of {name} is not known here")

    def polynomial(self, u: Formula) -> dict[int, Formula] | None:
        """The coefficients of a polynomial in x."""
        if u == self.x:
            return {1: ONE}
        if self.x not in free_names(u):
            return {0: u}
        match u:
            case Neg(arg=arg):
                inner = self.polynomial(arg)
                return None if inner is None else {d: evaluated(-c) for d, c in inner.items()}
            case Add(args=args):
                found = [self.polynomial(arg) for arg in args]
                return _polynomial_sum([p for p in found if p is not None]) if all(
                    p is not None for p in found
                ) else None  # fmt: skip
            case Mul(args=args):
                return self.polynomial_product(list(args))
            case Div(numerator=top, denominator=bottom) if self.x not in free_names(bottom):
                inner = self.polynomial(top)
                return (
                    None if inner is None else {d: evaluated(c / bottom) for d, c in inner.items()}
                )
            case Pow(base=base, exponent=Number(value=n)) if 1 <= n <= 8:
                return self.polynomial_product([base] * n)
        return None

    def polynomial_product(self, factors: list[Formula]) -> dict[int, Formula] | None:
        result: dict[int, Formula] = {0: ONE}
        for factor in factors:
            inner = self.polynomial(factor)
            if inner is None:
                return None
            result = _polynomial_sum(
                [{d + e: evaluated(c * k) for e, k in inner.items()} for d, c in result.items()]
            )
        return result

    def sign(self, c: Formula) -> int:
        known = self.order.sign(c)
        if known not in ("<", "=", ">"):
            raise NoLeadingTerm(f"the sign of {c} is not known")
        return {"<": -1, "=": 0, ">": 1}[known]

    def end(self, a: Leading) -> Formula:
        """What the leading term tends to."""
        sign = self.sign(a.coefficient)
        if sign == 0:
            return ZERO
        growth = self.sign(a.exponent[max(a.exponent)]) if a.exponent else 0
        growth = growth or (a.power > 0) - (a.power < 0) or (a.logs > 0) - (a.logs < 0)
        if growth == 0:
            return a.coefficient
        return ZERO if growth < 0 else oo if sign > 0 else Neg(oo)


def _polynomial_sum(parts: list[dict[int, Formula]]) -> dict[int, Formula]:
    result: dict[int, Formula] = {}
    for part in parts:
        for degree, c in part.items():
            result[degree] = evaluated(result[degree] + c) if degree in result else c
    return {d: c for d, c in result.items() if rational_value(c) != 0}


def leading_limit(body: Formula, x: Symbol, point: Formula, side: str, order: Order) -> Formula:
    """The limit of the body by its leading terms. Errors: `NoLeadingTerm`."""
    t = fresh_symbol(Symbol("t"), free_symbols(body) | free_symbols(point) | {x})
    if point in (oo, Neg(oo)):
        values: list[Formula] = [t if point == oo else -t]
    else:
        values = [point + 1 / t if s == "+" else point - 1 / t for s in side]
    ends = []
    for value in values:
        growth = _Growth(t, order)
        ends.append(evaluated(growth.end(growth.of(substitute(body, {x: value})))))
    if any(end != ends[0] for end in ends):
        raise NoLeadingTerm(f"from the two sides the limits are {ends[0]} and {ends[1]}")
    return ends[0]
