"""Whole parts by their periods: floor(c*x + d) with rational c, and x = N*k + r.

With a whole k, 0 <= r < N and an N for which every c*N is whole, floor(c*x + d) is
c*N*k + floor(c*r + d). For a whole x the r are 0, 1, ..., N - 1; for a real one floor(c*r + d) is
constant between the places where c*r + d is whole, which a case distinction finds. ceiling, frac
and Mod(x, m) for a number m are whole parts too, and may stand inside of each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, lcm
from typing import Final, TypeAlias

from derivations.core.calculus import BINDERS, Derivative, Prime
from derivations.core.claim import Variable
from derivations.core.conditions import And
from derivations.core.domain import Domain, Integers, Interval, interval
from derivations.core.formula import (
    ZERO,
    Add,
    Call,
    Div,
    Formula,
    Mul,
    Neg,
    Number,
    Relation,
    Symbol,
    as_formula,
    num,
    walk,
)
from derivations.core.formula import oo as infinity
from derivations.core.functions import Function
from derivations.core.special_functions import FUNCTIONS
from derivations.core.substitute import free_symbols, fresh_symbol, rewrite, substitute
from derivations.proving.bounds import Box, is_integer
from derivations.proving.field import Field, Fractional
from derivations.proving.rebuild import formula_of

MOST_PERIOD: Final = 24
floor: Final = FUNCTIONS["floor"]
Stated: TypeAlias = "tuple[Relation, dict[Variable, Domain], Formula | None]"


class _NoSlope(Exception):
    """An argument that is not linear with rational coefficients."""


def without_whole_terms(
    u: Formula, where: Box, field: Field | None = None
) -> tuple[Formula, Formula]:
    """The terms of u that are certainly whole, with the whole part of its constant; and the rest.

    >>> from derivations.core.domain import Reals
    >>> from derivations.core.formula import Q, symbols
    >>> from derivations.proving.bounds import box
    >>> n, x = symbols("n x")
    >>> without_whole_terms(2 * n + x / 2 - Q(1, 3), box({n: Integers(), x: Reals}))
    (0 + 2*n - 1, 0 + 1/2*x + 2/3)
    """
    normal = (field or Field()).fractional(u)[0]
    terms = [normal]
    if normal.denominator.is_constant():
        context, lead = normal.numerator.context(), normal.denominator.leading_coefficient()
        one = context.constant(1)
        terms = [
            Fractional(context.from_dict({powers: c / lead}), one, normal.atoms)
            for powers, c in normal.numerator.terms()
        ]
    whole: Formula = ZERO
    rest: Formula = ZERO
    for term in terms:
        formula, constant = formula_of(term), term.constant
        if constant is not None:
            below = Fraction(constant.numerator // constant.denominator)
            whole = whole + as_formula(below)
            rest = rest + as_formula(constant - below)
        elif is_integer(formula, where):
            whole = whole + formula
        else:
            rest = rest + formula
    return whole, rest


def by_periods(
    statement: Relation, on: Mapping[Variable, Domain], where: Formula | None
) -> list[Stated] | None:
    """Statements that together say the same, with one variable of whole parts taken apart; None
    where there is none."""
    formulas = [statement] if where is None else [statement, where]
    nodes = [node for formula in formulas for node in walk(formula)]
    if any(isinstance(node, (Derivative, Prime, *BINDERS)) for node in nodes):
        return None
    changed = [rewrite(formula, _as_floor) for formula in formulas]
    for variable, domain in on.items():
        if not isinstance(variable, Symbol) or not isinstance(domain, Interval | Integers):
            continue
        try:
            period = _period(changed, variable)
        except _NoSlope:
            continue
        if period is None or period > MOST_PERIOD:
            continue
        if isinstance(domain, Integers) and period == 1:
            continue
        return list(_apart(changed, variable, domain, on, period))
    return None


def _as_floor(node: Formula) -> Formula | None:
    match node:
        case Call(head=Function(builtin=True, name="ceiling"), args=(u,)):
            return -floor(-u)
        case Call(head=Function(builtin=True, name="frac"), args=(u,)):
            return u - floor(u)
        case Call(head=Function(builtin=True, name="Mod"), args=(u, Number(m) as modulus)) if m:
            return u - modulus * floor(u / modulus)
    return None


def _floors(formula: Formula) -> Iterator[Formula]:
    for node in walk(formula):
        match node:
            case Call(head=Function(builtin=True, name="floor"), args=(u,)):
                yield u


def _period(formulas: list[Formula], variable: Symbol) -> int | None:
    """The least N for which every slope times N is whole; None where no floor has the variable."""
    slopes = [
        _slope(u, variable)
        for formula in formulas
        for u in _floors(formula)
        if variable in free_symbols(u)
    ]
    return lcm(*(slope.denominator for slope in slopes)) if slopes else None


def _slope(u: Formula, variable: Symbol) -> Fraction:
    """The slope of a linear formula; that of floor(u) is that of u, by whole periods."""
    if variable not in free_symbols(u):
        return Fraction(0)
    match u:
        case Symbol():
            return Fraction(1)
        case Neg(arg):
            return -_slope(arg, variable)
        case Add(args):
            return sum((_slope(arg, variable) for arg in args), Fraction(0))
        case Div(above, Number(n)) if n:
            return _slope(above, variable) / n
        case Mul(args):
            factor = Fraction(1)
            inner: Formula | None = None
            for arg in args:
                value = _fraction(arg)
                if value is not None:
                    factor *= value
                elif inner is None:
                    inner = arg
                else:
                    raise _NoSlope
            assert inner is not None
            return factor * _slope(inner, variable)
        case Call(head=Function(builtin=True, name="floor"), args=(inside,)):
            return _slope(inside, variable)
    raise _NoSlope


def _fraction(formula: Formula) -> Fraction | None:
    match formula:
        case Number(value):
            return Fraction(value)
        case Neg(arg):
            inner = _fraction(arg)
            return None if inner is None else -inner
        case Div(above, Number(n)) if n:
            inner = _fraction(above)
            return None if inner is None else inner / n
    return None


def _apart(
    formulas: list[Formula],
    variable: Symbol,
    domain: Interval | Integers,
    on: Mapping[Variable, Domain],
    period: int,
) -> Iterator[Stated]:
    taken = {s for v in on if isinstance(v, Symbol) for s in (v, *free_symbols(v))}
    k = fresh_symbol(Symbol("k"), taken)
    r = fresh_symbol(Symbol("r"), taken | {k})
    rest = {v: d for v, d in on.items() if v != variable}
    if isinstance(domain, Integers):
        for value in range(period):
            low, high = (
                None if end is None else Fraction(end - value, period)
                for end in (domain.lower, domain.upper)
            )
            first = None if low is None else ceil(low)
            last = None if high is None else high.numerator // high.denominator
            if first is not None and last is not None and first > last:
                continue
            on_k: dict[Variable, Domain] = {**rest, k: Integers(first, last)}
            yield _changed(formulas, variable, period * k + num(value), on_k, None)
        return
    value_of_x = period * k + r
    on_both: dict[Variable, Domain] = {
        **rest,
        k: Integers(),
        r: interval(0, period, lower_open=False),
    }
    yield _changed(formulas, variable, value_of_x, on_both, _ends(value_of_x, domain))


def _ends(value: Formula, domain: Interval) -> Formula | None:
    """That a value lies in the domain, as far as its ends are finite."""
    conditions: list[Formula] = []
    if domain.lower != Neg(infinity):
        conditions.append(Relation(value, ">" if domain.lower_open else ">=", domain.lower))
    if domain.upper != infinity:
        conditions.append(Relation(value, "<" if domain.upper_open else "<=", domain.upper))
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else And(tuple(conditions))


def _changed(
    formulas: list[Formula],
    variable: Symbol,
    value: Formula,
    on: dict[Variable, Domain],
    besides: Formula | None,
) -> Stated:
    statement, *conditions = (substitute(formula, {variable: value}) for formula in formulas)
    assert isinstance(statement, Relation)
    if besides is not None:
        conditions.append(besides)
    where = None if not conditions else conditions[0]
    if len(conditions) > 1:
        where = And(tuple(conditions))
    return statement, on, where
