"""The whitelist for conditions: comparisons and what joins them."""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import Final

from derivations.core.conditions import And, Not, Or
from derivations.core.formula import Formula, Relation
from derivations.reading.names import is_listed, unknown_function
from derivations.reading.tree import Place, arguments

_COMPARISONS: Final[dict[type[ast.cmpop], str]] = {
    ast.Eq: "=", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
RELATIONS_BY_NAME: Final = {"Eq": "=", "Ne": "!=", "Lt": "<", "Le": "<=", "Gt": ">", "Ge": ">="}
_MANY: Final = 10**6


def condition(node: ast.expr, place: Place) -> Formula:
    """The condition that a node of Python's tree stands for."""
    inner = place.inside(node)
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return And(tuple(condition(value, inner) for value in values))
        case ast.BoolOp(values=values):
            return Or(tuple(condition(value, inner) for value in values))
        case ast.UnaryOp(op=ast.Not() | ast.Invert(), operand=operand):
            return Not(condition(operand, inner))
        case ast.BinOp(op=ast.BitAnd() | ast.BitOr()):
            return _joined(node, place)
        case ast.Compare():
            return _comparison(node, inner)
        case ast.Call(func=ast.Name(id=name)) if name in RELATIONS_BY_NAME:
            left, right = arguments(node, place, name, 2, 2)
            return Relation(inner.term(left), RELATIONS_BY_NAME[name], inner.term(right))
        case ast.Call(func=ast.Name(id="Not")):
            (only,) = arguments(node, place, "Not", 1, 1)
            return Not(condition(only, inner))
        case ast.Call(func=ast.Name(id="And" | "Or" as name)):
            parts = [condition(a, inner) for a in arguments(node, place, name, 1, _MANY)]
            return And(tuple(parts)) if name == "And" else Or(tuple(parts))
        case ast.Call(func=ast.Name(id=name)) if not is_listed(name):
            raise place.error(node, unknown_function(name, place.variables))
        case ast.Constant(value=bool() as value):
            raise place.error(node, f"{value} is no condition: leave it out, or write a comparison")
    raise place.error(node, "a condition is expected here, such as x > 0 or Ne(x, y)")


def _joined(node: ast.expr, place: Place) -> Formula:
    """`(a > 0) & (b > 0) & (c > 0)`, as SymPy prints it, in one And."""
    assert isinstance(node, ast.BinOp)
    kind = type(node.op)
    parts: list[ast.expr] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, kind):
        parts.append(node.right)
        node = node.left
    parts.append(node)
    for part in parts:
        if not _may_hold(part):
            raise place.error(
                part, "`&` and `|` bind tighter than a comparison: write (a > 0) & (b > 0)"
            )
    inner = place.inside(node)
    found = tuple(condition(part, inner) for part in reversed(parts))
    return And(found) if kind is ast.BitAnd else Or(found)


def _may_hold(node: ast.expr) -> bool:
    return not isinstance(node, ast.Name | ast.Constant) and (
        not isinstance(node, ast.BinOp) or isinstance(node.op, ast.BitAnd | ast.BitOr)
    )


def _comparison(node: ast.Compare, place: Place) -> Formula:
    operators = []
    for operator in node.ops:
        if type(operator) not in _COMPARISONS:
            raise place.error(node, "`in` and `is` are not part of the notation")
        operators.append(_COMPARISONS[type(operator)])
    if len(operators) > 1 and "!=" in operators:
        raise place.error(node, "`!=` stands in no chain: write And(a != b, b != c)")
    for operand in (node.left, *node.comparators):
        if isinstance(operand, ast.BinOp) and isinstance(operand.op, ast.BitAnd | ast.BitOr):
            raise place.error(
                operand, "`&` and `|` bind tighter than a comparison: write (a > 0) & (b > 0)"
            )
    sides = [place.term(operand) for operand in (node.left, *node.comparators)]
    relations = tuple(
        Relation(left, operator, right)
        for (left, right), operator in zip(pairwise(sides), operators, strict=True)
    )
    return relations[0] if len(relations) == 1 else And(relations)
