"""Where an integrand may blow up: its factors with their exponents, and the zeros of denominators.

>>> from derivations.core import symbol
>>> t = symbol("t")
>>> factors(1 / (t * (t - 1) ** 2), t)
(Factor(base=1, power=Fraction(1, 1), exponent=None),
 Factor(base=t, power=Fraction(-1, 1), exponent=None),
 Factor(base=t - 1, power=Fraction(-2, 1), exponent=None))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from math import prod
from typing import Final

from derivations.core.formula import (
    ONE,
    Add,
    Call,
    Div,
    Formula,
    Mul,
    Neg,
    Pow,
    Symbol,
    num,
    walk,
)
from derivations.core.functions import Definition, Function, cos, cosh, sin, sinh
from derivations.core.substitute import bound_variable, free_names
from numeric.exact.rational import rational_of
from numeric.exact.roots import polynomial_in, real_roots
from numeric.exact.solve import solutions

# Sums of so many terms, and not more nodes, are put over one denominator.
_MOST_TERMS: Final = 8
_MOST_NODES: Final = 200
_ROOTS: Final = {"sqrt": 2, "cbrt": 3}
# As a quotient of entire functions.
_QUOTIENTS: Final[dict[str, tuple[Function | None, Function]]] = {
    "tan": (sin, cos),
    "cot": (cos, sin),
    "sec": (None, cos),
    "csc": (None, sin),
    "coth": (cosh, sinh),
    "csch": (None, sinh),
}
# Functions without zeros: 1 over them is entire, and 0 at their poles.
_WITHOUT_ZEROS: Final = frozenset({"gamma", "factorial"})


@dataclass(frozen=True, slots=True)
class Factor:
    """base**(power*exponent); the exponent is a formula without the variable, or 1 (None)."""

    base: Formula
    power: Fraction
    exponent: Formula | None = None


@lru_cache(maxsize=512)
def factors(formula: Formula, variable: Symbol) -> tuple[Factor, ...]:
    """Factors whose product has the absolute value of the formula, sums over one denominator.

    Signs are lost, and absolute values and roots opened: `sqrt(t**2)` is t to the power 1.
    """
    return tuple(_factors(formula, variable, Fraction(1), None))


def _factors(f: Formula, t: Symbol, q: Fraction, w: Formula | None) -> Iterator[Factor]:
    match f:
        case Neg(arg=arg):
            yield from _factors(arg, t, q, w)
            return
        case Mul(args=args):
            for arg in args:
                yield from _factors(arg, t, q, w)
            return
        case Div(numerator=over, denominator=under):
            yield from _factors(over, t, q, w)
            yield from _factors(under, t, -q, w)
            return
        case Pow(base=base, exponent=exponent) if t not in free_names(exponent):
            power = rational_of(exponent)
            if power is not None:
                yield from _factors(base, t, q * power, w)
                return
            # Of two exponents only one is opened: where they are complex, (t**I)**I is no 1/t.
            if w is None:
                yield from _factors(base, t, q, exponent)
                return
        case Call(head=head, args=(arg,)) if not isinstance(head, Definition):
            if head.name == "Abs":
                yield from _factors(arg, t, q, w)
                return
            if head.name in _ROOTS:
                yield from _factors(arg, t, q / _ROOTS[head.name], w)
                return
    for base, n in _signed(f, t):
        yield Factor(base, q * n, w)


def _signed(f: Formula, t: Symbol) -> list[tuple[Formula, int]]:
    """Factors with whole exponents whose product is the formula itself."""
    match f:
        case _ if t not in free_names(f):
            return [(f, 1)]
        case Neg(arg=arg):
            return [(num(-1), 1), *_signed(arg, t)]
        case Mul(args=args):
            return [pair for arg in args for pair in _signed(arg, t)]
        case Div(numerator=over, denominator=under):
            return [*_signed(over, t), *((b, -n) for b, n in _signed(under, t))]
        case Pow(base=base, exponent=exponent):
            power = rational_of(exponent)
            if power is not None and power.denominator == 1:
                return [(b, n * int(power)) for b, n in _signed(base, t)]
        case Call(head=head, args=(arg,)) if not isinstance(head, Definition):
            if head.name in _QUOTIENTS:
                top, bottom = _QUOTIENTS[head.name]
                below = (bottom(arg), -1)
                return [below] if top is None else [(top(arg), 1), below]
            if head.name in _WITHOUT_ZEROS:
                return [(1 / f, -1)]
        case Add(args=args) if len(args) <= _MOST_TERMS:
            return _over_one_denominator(f, [_signed(arg, t) for arg in args], t)
    return [(f, 1)]


def _over_one_denominator(
    f: Formula, terms: list[list[tuple[Formula, int]]], t: Symbol
) -> list[tuple[Formula, int]]:
    powers: list[dict[Formula, int]] = []
    for term in terms:
        powers.append({})
        for base, n in term:
            powers[-1][base] = powers[-1].get(base, 0) + n
    below: dict[Formula, int] = {}
    for each in powers:
        for base, n in each.items():
            if n < 0 and t in free_names(base):
                below[base] = max(below.get(base, 0), -n)
    parts = (base for each in powers for base in each)
    nodes = (node for base in parts for node in walk(base))
    if not below or next(islice(nodes, _MOST_NODES, None), None) is not None:
        return [(f, 1)]
    tops = []
    for each in powers:
        whole = {base: each.get(base, 0) + below.get(base, 0) for base in {**each, **below}}
        tops.append(prod((_to_the(base, n) for base, n in whole.items() if n), start=ONE))
    return [(Add(tuple(tops)), 1), *((base, -n) for base, n in below.items())]


def _to_the(base: Formula, n: int) -> Formula:
    return base if n == 1 else base ** num(n) if n > 0 else 1 / base ** num(-n)


@lru_cache(maxsize=512)
def denominators(formula: Formula, variable: Symbol) -> tuple[Factor, ...]:
    """What moves and stands below a line, anywhere inside; each may have zeros to look at."""
    found: dict[Factor, None] = {}
    todo = [formula]
    seen: set[Formula] = set()
    for node in todo:
        if node in seen or bound_variable(node) is not None:
            continue
        seen.add(node)
        for factor in factors(node, variable):
            if (factor.power < 0 or factor.exponent is not None) and variable in free_names(
                factor.base
            ):
                found[factor] = None
        todo += [part for part in node.parts if variable in free_names(part)]
    return tuple(found)


@lru_cache(maxsize=512)
def zeros(formula: Formula, variable: Symbol) -> tuple[Formula, ...]:
    """Some of the places where a formula may be 0, in closed form (parameters may stand in it)."""
    return solutions(formula, variable)


@lru_cache(maxsize=512)
def isolated(formula: Formula, variable: Symbol) -> tuple[tuple[Fraction, Fraction], ...] | None:
    """Intervals with a zero each that has no closed form; None where signs must be searched."""
    polynomial = polynomial_in(formula, variable)
    return None if polynomial is None else tuple(real_roots(polynomial))
