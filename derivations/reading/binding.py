"""The whitelist for what binds or singles out a variable: derivatives, values at a point,
integrals, sums, products, limits; and definitions by cases."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Final

from derivations.core.calculus import SIDES, Derivative, Integral, Limit, Product, Sum
from derivations.core.conditions import Cases, Indicator
from derivations.core.formula import Formula, Symbol, neg, oo
from derivations.core.substitute import values_at
from derivations.reading.tree import Place, arguments, bound_name, sequence, whole_number

_MANY: Final = 10**6


def _derivative(node: ast.Call, place: Place) -> Formula:
    """`Derivative(f, x)`, `(f, x, 2)`, `(f, (x, 2))`, `(f, x, y)`: by x first."""
    first, *rest = arguments(node, place, "Derivative", 2, _MANY)
    found = place.term(first)
    n = 0
    while n < len(rest):
        by, order = rest[n], 1
        if isinstance(by, ast.Tuple | ast.List):
            pair = sequence(by, place, "a variable and its order")
            if len(pair) != 2:
                raise place.error(by, "a variable and its order stand together, as in (x, 2)")
            by, order = pair[0], whole_number(pair[1], place, "the order of a derivative")
        elif n + 1 < len(rest) and not isinstance(rest[n + 1], ast.Name | ast.Tuple | ast.List):
            n += 1
            order = whole_number(rest[n], place, "the order of a derivative")
        variable = bound_name(by, place, "a derivative")
        if variable.name not in place.variables:
            raise place.error(by, f"{variable.name} has no domain: declare it")
        found = place.built(node, Derivative, found, variable, order)
        n += 1
    return found


def _value_at(node: ast.Call, place: Place) -> Formula:
    """`Subs(f, x, a)`, `Subs(f, (x, y), (a, b))`: all variables at once."""
    body, old, new = arguments(node, place, "Subs", 3, 3)
    names, points = [old], [new]
    if isinstance(old, ast.Tuple | ast.List):
        names = sequence(old, place, "the variables of Subs")
        points = sequence(new, place, "the points of Subs")
    if len(names) != len(points) or not names:
        raise place.error(node, "Subs takes as many points as variables")
    variables = [bound_name(name, place, "Subs") for name in names]
    if len(set(variables)) < len(variables):
        raise place.error(node, "Subs takes each variable once")
    found = place.binding(*(v.name for v in variables)).term(body)
    values = [place.term(point) for point in points]
    return place.built(node, values_at, found, variables, values)


def _bounded(kind: Callable[..., Formula], name: str) -> Callable[[ast.Call, Place], Formula]:
    """`Integral(f, (x, a, b), (y, c, d))`: x is the inner one, its ends may depend on y."""

    def read(node: ast.Call, place: Place) -> Formula:
        first, *limits = arguments(node, place, name, 2, _MANY)
        triples: list[tuple[Symbol, ast.expr, ast.expr]] = []
        for limit in limits:
            parts = limit.elts if isinstance(limit, ast.Tuple | ast.List) else [limit]
            if len(parts) != 3:
                raise place.error(limit, f"{name} takes a variable and two ends, as in (x, a, b)")
            triples.append((bound_name(parts[0], place, name), parts[1], parts[2]))
        outer = [variable.name for variable, _, _ in triples]
        found = place.binding(*outer).term(first)
        for n, (variable, low, high) in enumerate(triples, start=1):
            around = place.binding(*outer[n:])
            found = kind(found, variable, around.term(low), around.term(high))
        return found

    return read


def _limit(node: ast.Call, place: Place) -> Formula:
    """`Limit(f, x, a)` from the right, as in SymPy; `Limit(f, x, a, '+-')`, `dir='+-'`."""
    by_name = node.keywords
    plain = ast.Call(node.func, node.args, [], **_where(node)) if by_name else node
    body, name, at, *rest = arguments(plain, place, "Limit", 3, 4)
    if by_name:
        if len(by_name) > 1 or by_name[0].arg != "dir" or rest:
            raise place.error(node, "Limit takes one side, as in dir='+-'")
        rest = [by_name[0].value]
    variable = bound_name(name, place, "a limit")
    point = place.term(at)
    side = "+-" if point in (oo, neg(oo)) else "+"
    if rest:
        side = _side(rest[0], place)
    return Limit(place.binding(variable.name).term(body), variable, point, side)


def _where(node: ast.expr) -> dict[str, int]:
    return {"lineno": node.lineno, "col_offset": node.col_offset}


def _side(node: ast.expr, place: Place) -> str:
    if isinstance(node, ast.Constant) and node.value in SIDES:
        return str(node.value)
    raise place.error(node, "the side of a limit is '+', '-' or '+-'")


def _piecewise(node: ast.Call, place: Place) -> Formula:
    """`Piecewise((v, c), ..., (v, True))`: the first branch whose condition holds."""
    values: list[Formula] = []
    conditions: list[Formula] = []
    branches = arguments(node, place, "Piecewise", 1, _MANY)
    for n, branch in enumerate(branches, start=1):
        pair = branch.elts if isinstance(branch, ast.Tuple) else []
        if len(pair) != 2:
            raise place.error(branch, "a branch of Piecewise is a pair, as in (x, x > 0)")
        values.append(place.term(pair[0]))
        if isinstance(pair[1], ast.Constant) and pair[1].value is True:
            if n < len(branches):
                raise place.error(branch, "the branch with True is the last one")
        else:
            conditions.append(place.condition(pair[1]))
    return Cases(tuple(values), tuple(conditions))


def _indicator(node: ast.Call, place: Place) -> Formula:
    return Indicator(place.condition(*arguments(node, place, "Indicator", 1, 1)))


BINDING: Final[dict[str, Callable[[ast.Call, Place], Formula]]] = {
    "Derivative": _derivative,
    "Subs": _value_at,
    "Integral": _bounded(Integral, "Integral"),
    "Sum": _bounded(Sum, "Sum"),
    "Product": _bounded(Product, "Product"),
    "Limit": _limit,
    "Piecewise": _piecewise,
    "Indicator": _indicator,
}
