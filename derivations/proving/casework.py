"""Conditions inside a statement: decided on a place, or open, so that cases may be taken."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Final

from derivations.core.calculus import Derivative, Prime, Subs
from derivations.core.conditions import And, Cases, Indicator, Not, Or
from derivations.core.formula import (
    ONE,
    ZERO,
    Array,
    Call,
    Formula,
    FormulaError,
    Relation,
    Symbol,
    as_formula,
    eq,
    walk,
)
from derivations.core.formula import Pow as Power
from derivations.core.functions import Function
from derivations.core.matrix import Entry
from derivations.core.meaning import entry_meaning, unfolded
from derivations.core.substitute import bound_variable, free_symbols, rewrite, substitute
from derivations.proving.bounds import Box, range_of
from derivations.proving.conditions import holds
from derivations.proving.places import SIGN_OF_RELATION, Place, Sign, isolated
from derivations.proving.quick_signs import quick_sign
from derivations.proving.signs import sign_at
from derivations.proving.whole_parts import without_whole_terms

_WITH_OR_WITHOUT_END: Final = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
MOST_STEPS: Final = 6  # of a whole part that are looked at one by one


@lru_cache(maxsize=2**12)  # each way to a proof asks for it anew
def plain(formula: Formula) -> Formula:
    """Definitions unfolded, entries of tensors written out, values at a point taken."""
    return rewrite(unfolded(formula), _meaning)


def _meaning(node: Formula) -> Formula | None:
    match node:
        case Entry():
            return entry_meaning(node)
        case Subs(body=body, variable=variable, point=point) if not any(
            isinstance(inner, Derivative | Prime) for inner in walk(body)
        ):
            return substitute(body, {variable: point})
    return None


def decided(formula: Formula, here: Place) -> Formula:
    """Indicators, cases, extremes and absolute values that are known on the whole place are
    resolved."""

    def resolve(node: Formula) -> Formula | None:
        match node:
            case Indicator(condition=Relation() as condition):
                truth = _truth(condition, here)
                return None if truth is None else ONE if truth else ZERO
            case Cases(values=values, conditions=(Relation() as condition,)) if len(values) == 2:
                truth = _truth(condition, here)
                return None if truth is None else values[0] if truth else values[1]
            case Call(head=Function(name="Max" | "Min" as name, builtin=True), args=(u, v)):
                if any(range_of(arg, here.box) is None for arg in (u, v)):
                    return None
                truth = _truth(u >= v if name == "Max" else u <= v, here)
                return None if truth is None else u if truth else v
            case Call(head=Function(name="Abs", builtin=True), args=(u,)):
                truth = None if range_of(u, here.box) is None else _truth(u >= ZERO, here)
                return None if truth is None else u if truth else -u
        return None

    # Under a binder a bound variable is not the outer one of that name, and a derivative
    # looks beyond the place.
    if any(_looks_beyond(node) for node in walk(formula)):
        return formula
    return rewrite(formula, resolve)


def _looks_beyond(node: Formula) -> bool:
    return bound_variable(node) is not None or isinstance(node, Derivative | Prime)


def _truth(condition: Relation, here: Place) -> bool | None:
    known = holds(condition, here)
    if known is not None:
        return known
    lhs, rel, rhs = condition.lhs, condition.rel, condition.rhs
    if range_of(lhs, here.box) is None or range_of(rhs, here.box) is None:
        return None
    wanted = SIGN_OF_RELATION[rel]
    sign = sign_at(lhs - rhs, here, 1)
    return True if sign in wanted else False if not sign & wanted else None


def open_conditions(statement: Relation, here: Place) -> Iterator[Relation]:
    """Conditions that are decided neither way, on which the statement depends."""
    formula = decided(plain(statement), here)
    # A derivative has a value of its own where the pieces of its body meet.
    strict = any(isinstance(node, Derivative) for node in walk(formula))
    for node in walk(formula):
        for condition in (*_conditions_of(node), *_of_power(node, here), *_of_floor(node, here)):
            for relation in _atoms_of(condition):
                free = free_symbols(relation)
                known = all(here.box.ranges.get(s) is not None for s in free)
                if not (free and known):
                    continue
                if holds(relation, here) is None:
                    yield relation
                other = _WITH_OR_WITHOUT_END.get(relation.rel)
                if strict and other is not None:
                    beside = Relation(relation.lhs, other, relation.rhs)
                    if holds(beside, here) is None:
                        yield beside


def count_of_conditions(formula: Formula) -> int:
    """How many nodes of a formula depend on a condition."""
    return sum(1 for node in walk(formula) if _depends_on_sign(node))


def _depends_on_sign(node: Formula) -> bool:
    match node:
        case Indicator() | Cases():
            return True
        case Call(head=head):
            return head.name in ("Abs", "sign", "Max", "Min", "Heaviside", "arg", "atan2")
    return False


def sides_of_holes(statement: Relation, here: Place) -> Iterator[Relation]:
    """On which side of c a variable is, where it is known that x != c."""
    free = free_symbols(statement)
    for fact, sign in here.facts:
        if sign & Sign.ZERO or not (sign & Sign.POSITIVE and sign & Sign.NEGATIVE):
            continue
        condition = Relation(fact, ">", ZERO)
        one = free_symbols(fact) <= free and len(free_symbols(fact)) == 1
        if one and holds(condition, here) is None and isolated(condition, here):
            yield condition


def _conditions_of(node: Formula) -> tuple[Formula, ...]:
    match node:
        case Indicator(condition=condition):
            return (condition,)
        case Cases(conditions=conditions):
            return conditions
        case Call(head=Function(name="Abs", builtin=True), args=(u,)):
            return (u >= 0,)
        case Call(head=Function(name="sign", builtin=True), args=(u,)):
            return (u > 0, u >= 0)
        case Call(head=Function(name="Max" | "Min", builtin=True), args=args):
            return tuple(one >= two for one, two in pairwise(args))
        case Call(head=Function(name="KroneckerDelta", builtin=True), args=(i, j)):
            return (Relation(i, "=", j),)
        case Call(head=Function(name="sqrt", builtin=True), args=(u,)):
            found = sorted(free_symbols(u), key=lambda s: s.name)
            return tuple(side for s in found for side in (s >= 0, s > 0))
        case Call(head=Function(name="sinc" | "acot" | "acoth", builtin=True), args=(u,)):
            return (eq(u, 0),)
        case Call(head=Function(name="Heaviside" | "arg", builtin=True), args=(u,)):
            return (u > 0, u >= 0)
        case Call(head=Function(name="atan2", builtin=True), args=(y, x)):
            return (x > 0, y >= 0, y > 0, x >= 0)
        case Call(head=Function(name="chebyshevu", builtin=True), args=(n, x)) if n.parts or (
            isinstance(n, Symbol)
        ):
            return (eq(x, 1), eq(x, -1))
    return ()


def _of_power(node: Formula, here: Place) -> tuple[Formula, ...]:
    """0**k is defined where k >= 0."""
    match node:
        case Power(base, exponent) if exponent.parts or isinstance(exponent, Symbol):
            if quick_sign(base, here) & Sign.ZERO:
                return (exponent >= 0,)
    return ()


def _of_floor(node: Formula, here: Place) -> tuple[Formula, ...]:
    """Where the broken part of an argument passes whole numbers, if these are few."""
    match node:
        case Call(head=Function(name="floor", builtin=True), args=(u,)):
            _, rest = without_whole_terms(u, here.box)
            values = range_of(rest, here.box)
            if values is None or values.low is None or values.high is None:
                return ()
            first, last = int(values.low.floor()) + 1, int(values.high.floor())
            if last - first < MOST_STEPS:
                return tuple(rest >= as_formula(n) for n in range(first, last + 1))
    return ()


def _atoms_of(condition: Formula) -> Iterator[Relation]:
    match condition:
        case Relation():
            yield condition
        case And(args) | Or(args):
            for arg in args:
                yield from _atoms_of(arg)
        case Not(arg):
            yield from _atoms_of(arg)


def settled(statement: Relation, here: Place) -> tuple[Relation, Place]:
    """Symbols that can have one value only are replaced by it."""
    values: dict[Symbol, Formula] = {}
    for symbol in free_symbols(statement):
        r = here.box.ranges.get(symbol)
        if r is not None and r.value is not None:
            values[symbol] = as_formula(Fraction(int(r.value.p), int(r.value.q)))
    if not values:
        return statement, here
    try:
        replaced = substitute(statement, values)
    except FormulaError:
        return statement, here
    assert isinstance(replaced, Relation)
    return replaced, _resized(here, values)


def _resized(here: Place, values: dict[Symbol, Formula]) -> Place:
    """The place with the arrays of the new sizes besides."""
    known = dict(here.box.ranges)
    integers = set(here.box.integers)
    for variable, r in here.box.ranges.items():
        if isinstance(variable, Array):
            new = substitute(variable, values)
            assert isinstance(new, Array)
            known[new] = r
            if variable in integers:
                integers.add(new)
    return Place(Box(known, frozenset(integers)), here.facts)
