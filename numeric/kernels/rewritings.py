"""Rewritings at single places: logarithms near 1, constants outside, reciprocals far out.

Each is an identity on the whole domain; whether it keeps digits is measured.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy

from derivations.core.conditions import cases
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
    Relation,
    Symbol,
    num,
)
from derivations.core.from_sympy import from_sympy
from derivations.core.functions import Abs, log, sqrt
from derivations.core.substitute import free_symbols, rewrite
from derivations.core.to_sympy import to_sympy
from numeric.kernels.branches import two_sided
from numeric.kernels.conjugates import conjugated
from numeric.kernels.joined import joined_at_one
from numeric.kernels.powers import constants_out_of_powers, roots_first
from numeric.kernels.squares import split_squares
from numeric.kernels.stable import log1p


def logarithms_near_one(formula: Formula) -> Formula:
    """log(p/q) as log1p((p - q)/q) where p/q is between 1/2 and 3/2, and log(1 + u) as log1p(u).

    The logarithm of a variable stays: nothing was rounded before it.

    >>> from derivations.core.formula import symbol
    >>> q = symbol("q")
    >>> logarithms_near_one(q * log(q) + log(1 - q))
    q*log(q) + log1p(-q)
    """

    def near(node: Formula) -> Formula | None:
        if not isinstance(node, Call) or node.head != log or len(node.args) != 1:
            return None
        (argument,) = node.args
        if isinstance(argument, Symbol):
            return None
        if isinstance(argument, Add) and argument.args[0] == num(1) and len(argument.args) == 2:
            return log1p(argument.args[1])
        over, under = _fraction(argument)
        rest = _expanded(over - under)
        return cases(
            (log1p(rest if under == num(1) else rest / under), Relation(Abs(rest), "<", under / 2)),
            (node, None),
        )

    return rewrite(formula, near)


def logarithms_with_their_rest(formula: Formula) -> Formula:
    """log(p/q) as log(r) + c*((p - q) - (r - 1)*q), r the quotient p/q as it is rounded, where c =
    2/(p + q) is a constant: what is added is 0 but for the rounding of r, which it makes good near
    r = 1, where it matters."""

    def mended(node: Formula) -> Formula | None:
        if not isinstance(node, Call) or node.head != log or len(node.args) != 1:
            return None
        (ratio,) = node.args
        over, under = _fraction(ratio)
        both = _expanded(over + under)
        if under == num(1) or free_symbols(both) or both == num(0):
            return None
        rest = _expanded(over - under) - (ratio - 1) * under
        factor = _expanded(num(2) / both)
        return log(ratio) + (rest if factor == num(1) else factor * rest)

    return rewrite(formula, mended)


def difference_of_logarithms(formula: Formula) -> Formula:
    """log(p) - log(q) as log(p/q)."""

    def joined(node: Formula) -> Formula | None:
        match node:
            case Add(args=(Call(head=first, args=(p,)), Neg(arg=Call(head=second, args=(q,))))):
                return log(p / q) if first == second == log else None
        return None

    return rewrite(formula, joined)


def reciprocal_far_out(formula: Formula, variable: Symbol) -> Iterator[Formula]:
    """For |x| > 1 the formula in u = 1/|x|, which neither overflows nor leaves inf/inf: without a
    branch if that is possible, and with one; and where its terms cancel on one side, as a quotient.

    Errors: `FormulaError` where SymPy does not simplify it.
    """
    small = sympy.Symbol("u", positive=True)
    given = to_sympy(formula)
    sides: list[Formula] = []
    for side in (1, -1):
        moved = given.subs({sympy.Symbol(variable.name): side / small}).doit()
        simple = sympy.simplify(sympy.powdenest(sympy.together(moved), force=True))
        if simple.has(sympy.zoo, sympy.nan):
            raise FormulaError("it has no value far out")
        sides.append(from_sympy(simple.xreplace({small: sympy.Symbol("u")})))

    def inverted(node: Formula) -> Formula | None:
        return num(1) / node if node == Abs(variable) else None

    def joined(right: Formula, left: Formula) -> Formula:
        return rewrite(two_sided(right, left, variable, Symbol("u")), inverted)

    far = joined(*sides)
    yield from joined_at_one(formula, far, variable)
    near = Relation(Abs(variable), "<=", num(1))
    yield cases((formula, near), (far, None))
    quotients = joined(*map(conjugated, sides))
    if quotients != far:
        yield cases((formula, near), (quotients, None))


def constants_outside(formula: Formula, *, larger: bool = False) -> Formula:
    """x**2/2 as (x/2)*x, a/(c*b) as (a/b)/c, and 1/(c*b) as (1/c)/b: no product overflows where the
    value does not.

    `larger` divides a by c where b is large, so that no quotient overflows either."""

    def outside(over: Formula, below: Formula, constant: Formula) -> Formula:
        return over / below / constant if free_symbols(over) else over / constant / below

    def with_the_larger(over: Formula, below: Formula, constant: Formula) -> Formula:
        # Any size does that is no end of the doubles; one that is rare is foreseen.
        large = Relation(Abs(below), ">", num(10**9))
        return cases((over / constant / below, large), (over / (constant * below), None))

    beside = with_the_larger if larger else outside

    def moved(node: Formula) -> Formula | None:
        match node:
            case Neg(arg=Div() as inner):
                changed = moved(inner)
                return None if changed is None else -changed
            case (
                Div(numerator=Neg(arg=over), denominator=under)
                | Div(numerator=over, denominator=Neg(arg=under))
            ):
                changed = moved(over / under)
                return None if changed is None else -changed
            case Div(numerator=Pow(base=base, exponent=Number(value=2)), denominator=under):
                return base / under * base if not free_symbols(under) else None
            case Div(numerator=over, denominator=Mul(args=(constant, *rest))):
                if free_symbols(constant):
                    return None
                below = rest[0] if len(rest) == 1 else Mul(tuple(rest))
                return beside(over, below, constant)
        return None

    return rewrite(formula, moved)


def squares_of_quotients(formula: Formula) -> Formula:
    """a**2/(c*b**2) as (a/b/c)*(a/b), which overflows no earlier than it has to."""

    def quotient(node: Formula) -> Formula | None:
        match node:
            case Div(
                numerator=Pow(base=over, exponent=Number(value=2)),
                denominator=Mul(args=(constant, Pow(base=under, exponent=Number(value=2)))),
            ):
                return over / under / constant * (over / under)
            case Div(
                numerator=Pow(base=over, exponent=Number(value=2)),
                denominator=Pow(base=under, exponent=Number(value=2)),
            ):
                return (over / under) ** 2
        return None

    return rewrite(formula, quotient)


def squares_of_roots(formula: Formula) -> Formula:
    """sqrt(u)**2 as u, (c/sqrt(u))**2 as c**2/u, and (c/sqrt(u))**4 as its square: no root
    is taken, and none of what overflows.

    >>> from derivations.core.formula import symbol
    >>> from derivations.core.functions import sqrt
    >>> u = symbol("u")
    >>> squares_of_roots((1 / sqrt(2 * u)) ** 2 + sqrt(u) ** 2)
    1/(2*u) + u
    >>> squares_of_roots((1 / sqrt(u)) ** 4)
    (1/u)**2
    """

    def squared(node: Formula) -> Formula | None:
        match node:
            case Pow(base=Call(head=head, args=(u,)), exponent=Number(value=2)) if head == sqrt:
                return u
            case Pow(
                base=Div(numerator=Number() as over, denominator=Call(head=head, args=(u,))),
                exponent=Number(value=2),
            ) if head == sqrt:
                return num(over.value**2) / u
            case Pow(
                base=Div(numerator=Number() as over, denominator=Call(head=head, args=(u,))),
                exponent=Number(value=4),
            ) if head == sqrt:
                return (num(over.value**2) / u) ** 2
        return None

    return rewrite(formula, squared)


def local_rewritings(formula: Formula, variable: Symbol) -> Iterator[Formula]:
    """All of them that change something."""
    joined = difference_of_logarithms(formula)
    found = (
        logarithms_near_one(formula),
        logarithms_near_one(joined),
        logarithms_with_their_rest(joined),
        split_squares(formula, variable),
        constants_outside(formula),
        constants_outside(formula, larger=True),
        squares_of_quotients(formula),
        squares_of_roots(formula),
        constants_outside(squares_of_roots(formula)),
        constants_out_of_powers(formula),
        roots_first(formula),
    )
    yield from (new for new in found if new != formula)


def _fraction(argument: Formula) -> tuple[Formula, Formula]:
    if isinstance(argument, Div):
        return argument.numerator, argument.denominator
    return argument, num(1)


def _expanded(formula: Formula) -> Formula:
    return from_sympy(sympy.expand(to_sympy(formula).doit()))
