"""Formulas that differ from a given one in a single place, as a slip of the pen does: a sign, a
coefficient, a function, a factor or term, an exponent, an order of derivation.

>>> from derivations.core import cos, symbol
>>> x = symbol("x")
>>> [str(f) for rank in RANKS for f in edits(cos(x), rank)][:4]
['-cos(x)', 'cos(-x)', 'sin(x)', 'cosh(x)']
"""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd
from typing import Final

from derivations.core.calculus import Derivative
from derivations.core.formula import (
    ONE,
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
    walk,
)
from derivations.core.special_functions import FUNCTIONS

# Functions that are taken for each other; each goes to the others of its rows.
_CONFUSED: Final = (
    "sin cos",
    "sinh cosh",
    "sin sinh",
    "cos cosh",
    "tan tanh",
    "tan cot",
    "tanh coth",
    "sec csc",
    "asin acos",
    "asinh acosh",
    "asin asinh",
    "atan atanh",
    "atan acot",
    "exp log",
    "log sqrt",
    "erf erfc",
    "erf erfi",
    "gamma factorial",
    "gamma loggamma",
    "floor ceiling",
    "re im",
    "Max Min",
    "besselj bessely",
    "besselj besseli",
    "besseli besselk",
    "airyai airybi",
    "Si Ci",
    "Shi Chi",
    "fresnels fresnelc",
    "chebyshevt chebyshevu",
    "elliptic_k elliptic_e",
    "zeta dirichlet_eta",
    "fibonacci lucas",
)
# Larger formulas are not looked through.
_MOST_NODES: Final = 200
# The likeliest slips first: signs; functions and orders of derivation; numbers; what was left out;
# what was put in.
RANKS: Final = range(5)


def edits(formula: Formula, rank: int) -> Iterator[Formula]:
    """The formulas one slip of that rank away, each once."""
    if sum(1 for _ in walk(formula)) > _MOST_NODES:
        return
    seen = {formula}
    for one in _edited(formula, rank):
        if one not in seen:
            seen.add(one)
            yield one


def _edited(formula: Formula, rank: int) -> Iterator[Formula]:
    yield from _here(formula, rank)
    parts = formula.parts
    for number, part in enumerate(parts):
        if isinstance(formula, Derivative) and number:
            continue  # the variable of a derivative stays
        for one in _edited(part, rank):
            try:
                whole = formula.rebuilt((*parts[:number], one, *parts[number + 1 :]))
            except FormulaError:
                continue
            if not _is_odd(whole, one):
                yield whole


def _is_odd(formula: Formula, part: Formula) -> bool:
    """Whether nobody would write it with that part: 2/4, x/1, 1*x, x**1."""
    match formula:
        case Div(numerator=Number(value=top), denominator=Number(value=bottom)):
            return bottom == 1 or gcd(top, bottom) > 1
        case Mul() | Pow() | Div(denominator=Number(value=1)):
            return part == ONE
    return False


def _here(formula: Formula, rank: int) -> Iterator[Formula]:
    yield from (_signs, _names, _numbers, _left_out, _put_in)[rank](formula)


def _signs(formula: Formula) -> Iterator[Formula]:
    match formula:
        case Neg(arg=arg):
            yield arg
        case Add(args=terms):
            for k, term in enumerate(terms):
                yield formula.rebuilt((*terms[:k], opposite(term), *terms[k + 1 :]))
        case Pow(base=base, exponent=exponent):
            yield Pow(base, opposite(exponent))
        case Call(args=args):
            yield -formula
            for k, arg in enumerate(args):
                if not isinstance(arg, Number):
                    yield formula.rebuilt((*args[:k], opposite(arg), *args[k + 1 :]))


def opposite(formula: Formula) -> Formula:
    """A minus more or a minus less."""
    return formula.arg if isinstance(formula, Neg) else -formula


def _names(formula: Formula) -> Iterator[Formula]:
    match formula:
        case Call(head=head, args=args):
            for row in _CONFUSED:
                names = row.split()
                if head.name in names:
                    other = FUNCTIONS.get(names[1 - names.index(head.name)])
                    if other is not None and len(args) in other.arities:
                        yield Call(other, args)
        case Derivative(body=body, variable=variable, order=order):
            yield body if order == 1 else Derivative(body, variable, order - 1)
            yield Derivative(body, variable, order + 1)


def _numbers(formula: Formula) -> Iterator[Formula]:
    if isinstance(formula, Number):
        value = formula.value
        yield from map(Number, (value + 1, 2 * value))
        if value > 1:
            yield Number(value - 1)
        if value % 2 == 0 and value:
            yield Number(value // 2)


def _left_out(formula: Formula) -> Iterator[Formula]:
    match formula:
        case Add(args=args) | Mul(args=args):
            for k in range(len(args)):
                rest = (*args[:k], *args[k + 1 :])
                yield rest[0] if len(rest) == 1 else formula.rebuilt(rest)
        case Div(numerator=numerator, denominator=denominator):
            yield numerator
            yield Div(denominator, numerator)
        case Pow(base=base):
            yield base


def _put_in(formula: Formula) -> Iterator[Formula]:
    if isinstance(formula, Number):
        return
    yield 2 * formula
    yield formula / 2
    if isinstance(formula, Symbol | Call):
        yield Pow(formula, Number(2))
        yield formula + ONE
        yield formula - ONE
        yield Call(FUNCTIONS["Abs"], (formula,))
