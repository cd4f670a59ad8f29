"""Signs moved to where they cost nothing: into constants, differences and extremes.

Rounding is symmetric, so the values of the code stay the same to the last bit (but for the sign
of a zero).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from typing import Final

from derivations.core.conditions import Cases
from derivations.core.domain import Interval
from derivations.core.formula import (
    Add,
    Call,
    Div,
    Formula,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    num,
)
from derivations.core.functions import Abs, Max, Min, cosh, erfc, exp, sqrt
from derivations.core.substitute import free_symbols
from numeric.accuracy.points import range_of
from numeric.accuracy.target import Target
from numeric.kernels.constants import NoProgramError, double
from numeric.kernels.stable import log1p


def signs_moved(formula: Formula) -> Formula:
    """The formula with fewer negations.

    >>> from derivations.core.formula import symbols
    >>> t, z = symbols("t z")
    >>> signs_moved(-(t / 2 * t)), signs_moved(-(t - z))
    (t/(-2)*t, z - t)
    >>> signs_moved(Max(-z, 0) + t)
    -Min(z, 0) + t
    """
    parts = tuple(signs_moved(part) for part in formula.parts)
    new = formula.rebuilt(parts) if parts != formula.parts else formula
    if isinstance(new, Neg):
        moved = _negated(new.arg)
        return new if moved is None else moved
    if isinstance(new, Call) and new.head in _OTHER and len(new.args) == 2:
        first, second = new.args
        if isinstance(first, Neg) and second == num(0):
            return -_OTHER[new.head](first.arg, second)
    if isinstance(new, Mul) and any(isinstance(arg, Neg) for arg in new.args):
        positive = Mul(tuple(arg.arg if isinstance(arg, Neg) else arg for arg in new.args))
        if sum(isinstance(arg, Neg) for arg in new.args) % 2 == 0:
            return positive
        moved = _negated(positive)
        return -positive if moved is None else moved
    return new


_OTHER: Final = {Max: Min, Min: Max}


def _is_exact(term: Formula) -> bool:
    """A constant that is no double is subtracted in two parts: it must stay where it is."""
    size = term.arg if isinstance(term, Neg) else term
    return isinstance(size, Number) or bool(free_symbols(size))


def _negated(formula: Formula) -> Formula | None:
    """The negative of a formula in no more operations; None where there is none."""
    if not free_symbols(formula):
        return formula.arg if isinstance(formula, Neg) else -formula
    match formula:
        case Neg(arg=arg):
            return arg
        case Mul(args=args):
            for place, arg in sorted(enumerate(args), key=lambda pair: bool(free_symbols(pair[1]))):
                moved = _negated(arg)
                if moved is not None:
                    return Mul((*args[:place], moved, *args[place + 1 :]))
        case Div(numerator=over, denominator=under):
            if not free_symbols(under):
                return over / -under
            moved = _negated(over)
            if moved is not None:
                return moved / under
            moved = _negated(under)
            return None if moved is None else over / moved
        case Add(args=(first, second)) if _is_exact(first) and _is_exact(second):
            if isinstance(second, Neg):
                return second.arg - first
            moved = _negated(first)
            return None if moved is None else moved - second
        case Cases(values=values, conditions=conditions) if len(values) == len(conditions) + 1:
            changed = [new for value in values if (new := _negated(value)) is not None]
            if len(changed) == len(values):
                return formula.rebuilt((*changed, *conditions))
    return None


def looks_positive(formula: Formula) -> bool:
    """Whether it is made of natural numbers and exponentials without a minus sign between them."""
    match formula:
        case Number():
            return True
        case Call(head=head):
            return head == exp
        case Add() | Mul() | Div():
            return all(map(looks_positive, formula.parts))
        case Pow(base=base):
            return looks_positive(base)
    return False


def never_negative(formula: Formula, positive: Collection[Symbol]) -> bool:
    """Whether its shape says that it is nowhere negative, where these variables are not.

    >>> from derivations.core.formula import symbols
    >>> s, x = symbols("s x")
    >>> never_negative(x / s / (-2) * (-x), {s}), never_negative(1 / (1 + x) ** 3, {s})
    (True, False)
    """
    return _sign(formula, positive) == 1


def _sign(formula: Formula, positive: Collection[Symbol]) -> int:
    """1 where it is nowhere negative, -1 where nowhere positive, 0 where its shape says neither."""
    match formula:
        case Symbol():
            return int(formula in positive)
        case _ if not free_symbols(formula):
            with suppress(NoProgramError):
                return 1 if double(formula) >= 0 else -1
        case Neg(arg=arg):
            return -_sign(arg, positive)
        case Add(args=args) | Cases(values=args):
            signs = {_sign(arg, positive) for arg in args}
            return signs.pop() if len(signs) == 1 else 0
        case Mul() | Div():
            sign, factors = _factors(formula)
            for factor, times in factors.items():
                if times % 2:
                    sign *= _sign(factor, positive)
            return sign
        case Pow(exponent=Number(value=n)) if n % 2 == 0:
            return 1
        case Pow(base=base):
            return int(_sign(base, positive) == 1)
        case Call(head=head, args=args):
            if head == Max:
                return int(any(_sign(arg, positive) == 1 for arg in args))
            if head == log1p:
                return int(_sign(args[0], positive) == 1)
            return int(head in _NEVER_NEGATIVE)
    return 0


def _factors(formula: Formula) -> tuple[int, Counter[Formula]]:
    """The factors of numerator and denominator of a product or quotient, each with how often it
    is there; the signs before them apart."""
    match formula:
        case Mul() | Div():
            sign, total = 1, Counter[Formula]()
            for part in formula.parts:
                its_sign, its_factors = _factors(part)
                sign, total = sign * its_sign, total + its_factors
            return sign, total
        case Neg(arg=arg):
            sign, factors = _factors(arg)
            return -sign, factors
    return 1, Counter([formula])


_NEVER_NEGATIVE: Final = {Abs, cosh, erfc, exp, sqrt}


def is_plain(term: Formula) -> bool:
    """Whether it is a variable or a natural number, but for its sign."""
    return isinstance(term.arg if isinstance(term, Neg) else term, Symbol | Number)


def is_signed_variable(formula: Formula) -> bool:
    """Whether it is a variable, but for its sign: nothing is rounded in it."""
    plain = formula.arg if isinstance(formula, Neg) else formula
    if isinstance(plain, Call) and plain.head == Abs:
        (plain,) = plain.args
    return isinstance(plain, Symbol)


def positive_variables(target: Target) -> frozenset[Symbol]:
    """The variables that are never negative."""
    pairs = zip(target.variables, target.domains, strict=True)
    return frozenset(v for v, d in pairs if isinstance(d, Interval) and range_of(d).ends[0] >= 0)
