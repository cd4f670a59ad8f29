"""Where a formula of one variable is 0, in closed form: lines, squares, and functions undone.

The solutions are places to look at, nothing more: none is claimed to be one, nor to be all.

>>> from derivations.core import Abs, exp, symbol
>>> x = symbol("x")
>>> solutions(x**2 - 2, x)
(sqrt(2), -sqrt(2))
>>> solutions(Abs(exp(x) - 3) - 1, x)
(log(4), log(2))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice
from math import isqrt
from typing import Final

from flint import fmpq

from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Call,
    Div,
    Formula,
    FormulaError,
    I,
    Mul,
    Neg,
    Pow,
    Symbol,
    as_formula,
    pi,
)
from derivations.core.functions import (
    Definition,
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atanh,
    cos,
    cosh,
    exp,
    log,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
)
from derivations.core.substitute import free_names
from numeric.exact.rational import rational_of
from numeric.exact.roots import closed_roots, polynomial_in
from numeric.exact.turns import multiple_of_pi

_MOST: Final = 12
_MOST_TURNS: Final = 10
_INVERSES: Final = {
    "log": exp,
    "asin": sin,
    "acos": cos,
    "atan": tan,
    "asinh": sinh,
    "acosh": cosh,
    "atanh": tanh,
    "sinh": asinh,
    "tanh": atanh,
}


def solutions(
    formula: Formula, variable: Symbol, *, complex_too: bool = False, most: int = _MOST
) -> tuple[Formula, ...]:
    """Some of the values of `variable` at which `formula` is 0, a number in closed form each."""
    try:
        found = islice(_solved(formula, variable, ZERO, complex_too), 2 * most)
        return tuple(dict.fromkeys(found))[:most]
    except (FormulaError, RecursionError):
        return ()


def _solved(f: Formula, x: Symbol, c: Formula, wide: bool) -> Iterator[Formula]:
    """Where f = c, c a number."""
    if f == x:
        yield c
        return
    if x not in free_names(f):
        return
    polynomial = polynomial_in(f, x)
    target = rational_of(c)
    if polynomial is not None and target is not None:
        yield from closed_roots(polynomial - fmpq(target.numerator, target.denominator), wide)
        return
    match f:
        case Neg(arg=arg):
            yield from _solved(arg, x, minus(c), wide)
        case Add(args=args):
            moving = [arg for arg in args if x in free_names(arg)]
            rest = [arg for arg in args if x not in free_names(arg)]
            if len(moving) == 1:
                yield from _solved(moving[0], x, _difference(c, rest), wide)
            elif len(moving) == 2 and target == 0 and not rest:
                yield from _balanced(moving[0], moving[1], x, wide)
        case Mul(args=args):
            moving = [arg for arg in args if x in free_names(arg)]
            rest = [arg for arg in args if x not in free_names(arg)]
            if target == 0:
                for arg in moving:
                    yield from _solved(arg, x, ZERO, wide)
            elif len(moving) == 1:
                yield from _solved(moving[0], x, _over(c, rest), wide)
        case Div(numerator=over, denominator=under):
            if target == 0:
                yield from _solved(over, x, ZERO, wide)
            elif x not in free_names(under):
                yield from _solved(over, x, _times(c, under), wide)
            elif x not in free_names(over):
                yield from _solved(under, x, _over(over, [c]), wide)
            else:
                yield from _solved(over - _times(c, under), x, ZERO, wide)
        case Pow(base=base, exponent=exponent):
            yield from _power(base, exponent, x, c, wide)
        case Call(head=head, args=(arg,)) if not isinstance(head, Definition):
            inverse = _undone(head.name, c, wide)
            if polynomial_in(arg, x) is None:  # waves within waves have too many zeros
                inverse = islice(inverse, 2)
            for inner in inverse:
                yield from _solved(arg, x, inner, wide)


def _balanced(one: Formula, two: Formula, x: Symbol, wide: bool) -> Iterator[Formula]:
    """Where the sum of two terms is 0: the same function of two arguments, or a root."""
    other = two.arg if isinstance(two, Neg) else minus(two)
    if isinstance(one, Call) and isinstance(other, Call) and one.head == other.head:
        if len(one.args) == len(other.args) == 1:
            yield from _solved(one.args[0] - other.args[0], x, ZERO, wide)
        return
    for root, term in ((one, other), (other, one)):
        if isinstance(root, Call) and root.head.name == "sqrt":
            squared = polynomial_in(root.args[0] - term**2, x)
            if squared is not None:
                yield from closed_roots(squared, wide)


def _power(
    base: Formula, exponent: Formula, x: Symbol, c: Formula, wide: bool
) -> Iterator[Formula]:
    power = rational_of(exponent)
    if power is None:
        if x not in free_names(base) and rational_of(c) != 0:
            yield from _solved(exponent, x, simpler(log(c) / log(base)), wide)
        elif rational_of(c) == 0:
            yield from _solved(base, x, ZERO, wide)
        return
    if rational_of(c) == 0:
        if power > 0:
            yield from _solved(base, x, ZERO, wide)
        return
    if not power:
        return
    if power.denominator == 1 and abs(power) == 2:
        root = root_of(c if power > 0 else _over(ONE, [c]), 2)
        roots: tuple[Formula, ...] = (root, minus(root))
    elif power == Fraction(1, 2):
        roots = (simpler(c**2),)
    else:
        whole = c ** as_formula(1 / power)
        roots = (whole, minus(whole)) if power.numerator % 2 == 0 else (whole,)
    for value in roots:
        yield from _solved(base, x, value, wide)


def _undone(name: str, c: Formula, wide: bool) -> Iterable[Formula]:
    """The arguments at which a function takes the value c."""
    target = rational_of(c)
    if name in {"sin", "cos"} and not wide and _is_beyond_one(c):
        return ()
    match name:
        case "exp":
            if target == 0:
                return ()
            principal = ZERO if target == 1 else log(c)
            if target is not None and target < 0:
                if not wide:
                    return ()
                size = ZERO if target == -1 else log(minus(c))
                principal = I * pi if size == ZERO else size + I * pi
            return (principal, *((principal + 2 * pi * I, principal - 2 * pi * I) if wide else ()))
        case "sqrt":
            return (simpler(c**2),)
        case "cbrt":
            return (simpler(c**3),)
        case "Abs":
            return (c, minus(c))
        case "sin":
            return _waves(_arc("asin", c), lambda u: pi - u)
        case "cos":
            return _waves(_arc("acos", c), minus)
        case "tan":
            first = _arc("atan", c)
            return tuple(_tidy(_sum(first, shift)) for shift in (ZERO, pi, -pi))
        case "cosh":
            return (ZERO,) if target == 1 else (acosh(c), minus(acosh(c)))
        case "floor" | "ceiling" | "sign" | "frac":
            return (c,) if name != "sign" else ()
    inverse = _INVERSES.get(name)
    if inverse is None:
        return ()
    if target == 0 and name not in {"log", "acos", "acosh"}:
        return (ZERO,)
    return (ONE,) if name == "log" and target == 0 else (inverse(c),)


def _is_beyond_one(c: Formula) -> bool:
    """Whether a number is seen to be greater than 1 in absolute value."""
    rational, turn = rational_of(c), multiple_of_pi(c)
    return (rational is not None and abs(rational) > 1) or (turn is not None and abs(turn) * 3 > 1)


_ARCS: Final = {
    ("asin", Fraction(1)): (1, 2),
    ("asin", Fraction(-1)): (-1, 2),
    ("asin", Fraction(1, 2)): (1, 6),
    ("asin", Fraction(-1, 2)): (-1, 6),
    ("acos", Fraction(0)): (1, 2),
    ("acos", Fraction(1)): (0, 1),
    ("acos", Fraction(-1)): (1, 1),
    ("acos", Fraction(1, 2)): (1, 3),
    ("acos", Fraction(-1, 2)): (2, 3),
    ("asin", Fraction(0)): (0, 1),
    ("atan", Fraction(0)): (0, 1),
    ("atan", Fraction(1)): (1, 4),
    ("atan", Fraction(-1)): (-1, 4),
}


def _arc(name: str, c: Formula) -> Formula:
    value = rational_of(c)
    turn = None if value is None else _ARCS.get((name, value))
    if turn is None:
        return {"asin": asin, "acos": acos, "atan": atan}[name](c)
    return turns(Fraction(*turn))


def turns(q: Fraction) -> Formula:
    """q*pi, as one writes it."""
    if not q:
        return ZERO
    size = abs(q)
    top = pi if size.numerator == 1 else size.numerator * pi
    written = top if size.denominator == 1 else top / size.denominator
    return written if q > 0 else -written


def _waves(first: Formula, mirrored: object) -> Iterator[Formula]:
    assert callable(mirrored)
    second = mirrored(first)
    yield from (_tidy(first), _tidy(second))
    for turn in range(2, 2 * _MOST_TURNS + 1, 2):
        for shift in (turn * pi, -(turn * pi)):
            yield from (_tidy(_sum(u, shift)) for u in (first, second))


def _tidy(formula: Formula) -> Formula:
    """A multiple of pi as one writes it."""
    turn = multiple_of_pi(formula)
    return formula if turn is None else turns(turn)


# --------------------------------------------------------------------- numbers, kept simple


def simpler(formula: Formula) -> Formula:
    """A rational number as one number."""
    value = rational_of(formula)
    return formula if value is None else as_formula(value)


def minus(c: Formula) -> Formula:
    return simpler(c.arg if isinstance(c, Neg) else -c)


def root_of(c: Formula, k: int) -> Formula:
    """A square root of a number, rational where it is."""
    value = rational_of(c)
    if k == 2 and value is not None and value >= 0:
        top, bottom = isqrt(value.numerator), isqrt(value.denominator)
        if top**2 == value.numerator and bottom**2 == value.denominator:
            return as_formula(Fraction(top, bottom))
    return sqrt(c)


def _sum(a: Formula, b: Formula) -> Formula:
    return b if a == ZERO else a if b == ZERO else simpler(a + b)


def _difference(c: Formula, terms: list[Formula]) -> Formula:
    for term in terms:
        c = _sum(c, minus(term))
    return c


def _times(c: Formula, factor: Formula) -> Formula:
    return ZERO if rational_of(c) == 0 else simpler(c * factor)


def _over(c: Formula, factors: list[Formula]) -> Formula:
    for factor in factors:
        if rational_of(c) == 0:
            return ZERO
        c = c if factor == ONE else simpler(c / factor)
    return c
