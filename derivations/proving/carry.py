"""Carrying out derivatives at a place, where the rules are certainly true there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from derivations.core.calculus import BINDERS, Derivative, Integral, Prime, Subs
from derivations.core.conditions import Cases
from derivations.core.formula import Call, Formula, Item, Relation, Symbol, walk
from derivations.core.functions import Definition, Function
from derivations.core.meaning import unfolded
from derivations.core.substitute import (
    bound_variable,
    free_symbols,
    fresh_symbol,
    rewrite,
    substitute,
)
from derivations.proving.bounds import range_of
from derivations.proving.demands import Demand, demands
from derivations.proving.derivatives import NotDifferentiable, derivative
from derivations.proving.heads import expanded
from derivations.proving.places import SIGN_OF_RELATION, Place, Sign
from derivations.proving.quick_signs import quick_sign
from derivations.proving.ranges import LINE
from derivations.proving.smooth import has_no_kink, is_smooth

# Their expansions are analytic where their argument is and they are defined.
_HOLDS_AROUND: Final = frozenset({
    "cot", "sec", "csc", "coth", "sech", "csch", "acot", "asec", "acsc", "asech", "acsch", "sinc",
    "cbrt", "root", "legendre", "chebyshevt", "chebyshevu", "hermite", "laguerre", "gegenbauer",
    "assoc_laguerre",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Carried:
    """A formula without derivatives, and what the differentiated bodies demand."""

    formula: Formula
    demands: tuple[Demand, ...]


def has_derivatives(formula: Formula) -> bool:
    return any(isinstance(node, Derivative | Prime) for node in walk(unfolded(formula)))


def carried_out(formula: Formula, here: Place) -> Carried:
    """The formula with its derivatives carried out. Errors: `NotDifferentiable`."""
    found: list[Demand] = []
    return Carried(_carry(unfolded(formula), here, found), tuple(found))


def _carry(formula: Formula, here: Place, found: list[Demand]) -> Formula:
    match formula:
        case Derivative(body=body, variable=variable, order=order):
            return _differentiated(_carry(body, here, found), variable, order, here, found)
        case Prime(head=head, point=point, order=order):
            variable = fresh_symbol(Symbol("t"), free_symbols(formula))
            inner = here.inside(variable, range_of(point, here.box), False)
            call = Call(head, (variable,))
            body = unfolded(call) if isinstance(head, Definition) else call
            slope = _differentiated(_carry(body, inner, found), variable, order, inner, found)
            return substitute(slope, {variable: _carry(point, here, found)})
        case Subs(body=body, variable=variable, point=point):
            inner = here.inside(variable, range_of(point, here.box), False)
            return substitute(_carry(body, inner, found), {variable: _carry(point, here, found)})
    if not formula.parts:
        return formula
    variable_of_binder = bound_variable(formula)
    if variable_of_binder is None or not isinstance(formula, BINDERS):
        return formula.rebuilt(tuple(_carry(part, here, found) for part in formula.parts))
    first, *rest = formula.parts
    inner = here.inside(variable_of_binder, LINE, not isinstance(formula, Integral))
    return formula.rebuilt(
        (_carry(first, inner, found), *(_carry(part, here, found) for part in rest))
    )


def _differentiated(
    body: Formula, variable: Symbol | Item, order: int, here: Place, found: list[Demand]
) -> Formula:
    if all(bound_variable(node) is None for node in walk(body)):
        body = rewrite(body, lambda node: _simpler(node, variable, here))
    for _ in range(order):
        if not has_no_kink(body, variable, here):
            raise NotDifferentiable(f"{body} may have a kink in {variable}")
        found.extend(demands(body, here, False))
        body = unfolded(derivative(body, variable))
    return body


def _branch(node: Cases, variable: Symbol | Item, here: Place) -> Formula | None:
    """The branch that is taken around every point of the place: its condition holds, and those
    before it fail, by differences that are not 0 and smooth."""
    for value, condition in zip(node.values, node.conditions, strict=False):
        if not isinstance(condition, Relation):
            return None
        difference = condition.lhs - condition.rhs
        sign = quick_sign(difference, here)
        if sign not in (Sign.POSITIVE, Sign.NEGATIVE):
            return None
        if not is_smooth(difference, variable, here):
            return None
        if sign in SIGN_OF_RELATION[condition.rel]:
            return value
    return node.values[-1] if len(node.values) > len(node.conditions) else None


def _simpler(node: Formula, variable: Symbol | Item, here: Place) -> Formula | None:
    """A head by simpler ones, where that holds around every point of the place too."""
    match node:
        case Call(head=Function(name="Abs", builtin=True), args=(u,)):
            sign = quick_sign(u, here)
            return u if sign is Sign.POSITIVE else -u if sign is Sign.NEGATIVE else None
        case Call(head=Function(name="Max" | "Min" as name, builtin=True), args=(u, v)):
            sign = quick_sign(u - v if name == "Max" else v - u, here)
            return u if sign is Sign.POSITIVE else v if sign is Sign.NEGATIVE else None
        case Cases():
            return _branch(node, variable, here)
        case Call(head=Function(name=name)) if name in _HOLDS_AROUND:
            return expanded(node, here)
    return None
