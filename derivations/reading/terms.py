"""The whitelist for formulas: numbers, names, arithmetic, calls of listed functions.

What is not listed here is refused; nothing is looked up by a name from the text except in the
tables of `names`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Final

from derivations.core.formula import Formula, add, div, mul, neg, num, power, symbol
from derivations.core.special_functions import FUNCTIONS, hypergeometric
from derivations.reading.binding import BINDING
from derivations.reading.bounds import whole_value
from derivations.reading.names import (
    ALIASES,
    CONDITIONS,
    CONSTANTS,
    unknown_function,
    unknown_name,
)
from derivations.reading.tree import Place, arguments, sequence

_MANY: Final = 10**6
_OPERATORS: Final[dict[type[ast.operator], Callable[[Formula, Formula], Formula]]] = {
    ast.Add: add,
    ast.Sub: lambda left, right: add(left, neg(right)),
    ast.Mult: mul,
    ast.Div: div,
    ast.Pow: power,
}


def term(node: ast.expr, place: Place) -> Formula:
    """The formula that a node of Python's tree stands for."""
    inner = place.inside(node)
    match node:
        case ast.Constant(value=value) if type(value) is int:
            return num(value)
        case ast.Name(id=name):
            return _name(node, name, place)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return neg(term(operand, inner))
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return term(operand, inner)
        case ast.BinOp():
            return _arithmetic(node, inner)
        case ast.Call(func=ast.Name(id=name)):
            return _call(node, name, inner)
        case ast.Compare() | ast.BoolOp() | ast.UnaryOp():
            raise place.error(node, "a condition stands where a formula is expected")
        case ast.Tuple() | ast.List():
            raise place.error(node, "a list in brackets stands where a formula is expected")
        case ast.Constant(value=bool() | None as value):
            raise place.error(node, f"{value} is no formula")
        case ast.Constant(value=str()):
            raise place.error(node, "a text in quotes stands where a formula is expected")
    raise place.error(node, "this is not part of the notation")


def _name(node: ast.expr, name: str, place: Place) -> Formula:
    if name in place.variables:
        return symbol(name)
    if name in CONSTANTS:
        return CONSTANTS[name]
    raise place.error(node, unknown_name(name, place.variables))


def _arithmetic(node: ast.BinOp, place: Place) -> Formula:
    """A chain such as a + b - c*d, from the left, however long it is."""
    spine: list[ast.BinOp] = []
    left: ast.expr = node
    while isinstance(left, ast.BinOp):
        if type(left.op) not in _OPERATORS:
            raise place.error(left, _no_operator(left.op))
        spine.append(left)
        left = left.left
    found = term(left, place)
    for step in reversed(spine):
        found = place.built(step, _OPERATORS[type(step.op)], found, term(step.right, place))
    return found


def _no_operator(operator: ast.operator) -> str:
    if isinstance(operator, ast.BitOr | ast.BitAnd):
        return "`|` and `&` join conditions; write Abs(x) for |x|"
    return "this operator is not part of the notation"


def _call(node: ast.Call, name: str, place: Place) -> Formula:
    if name in place.variables:
        raise place.error(node, unknown_function(name, place.variables))
    if name in BINDING:
        return BINDING[name](node, place)
    if name in _FORMS:
        return _FORMS[name](node, place)
    head = FUNCTIONS.get(name) or ALIASES.get(name)
    if head is None:
        if name in CONDITIONS:
            raise place.error(node, "a condition stands where a formula is expected")
        raise place.error(node, unknown_function(name, place.variables))
    given = arguments(node, place, name, 0, _MANY)
    return place.built(node, head, *(term(argument, place) for argument in given))


def _rational(node: ast.Call, place: Place) -> Formula:
    """`Rational(1, 2)`, `Rational(1, 10**30)`."""
    given = arguments(node, place, "Rational", 1, 2)
    above, *below = (_whole(n, place, "an argument of Rational") for n in given)
    if not below:
        return above
    if whole_value(below[0]) == 0:
        raise place.error(node, "the denominator of a Rational is not 0")
    return div(above, below[0])


def _integer(node: ast.Call, place: Place) -> Formula:
    (only,) = arguments(node, place, "Integer", 1, 1)
    return _whole(only, place, "the argument of Integer")


def _whole(node: ast.expr, place: Place, what: str) -> Formula:
    """An integer in digits, or made of such by + - * and **, as it is written."""
    found = place.term(node)
    if whole_value(found) is None:
        raise place.error(node, f"{what} is an integer, in digits or such as 10**30")
    return found


def _folded(name: str, operation: Callable[[Formula, Formula], Formula]) -> Callable[..., Formula]:
    def read(node: ast.Call, place: Place) -> Formula:
        first, *rest = (term(a, place) for a in arguments(node, place, name, 1, _MANY))
        for part in rest:
            first = operation(first, part)
        return first

    return read


def _power(node: ast.Call, place: Place) -> Formula:
    base, exponent = arguments(node, place, "Pow", 2, 2)
    return power(term(base, place), term(exponent, place))


def _hyper(node: ast.Call, place: Place) -> Formula:
    above, below, at = arguments(node, place, "hyper", 3, 3)
    what = "the parameters of hyper"
    upper = [term(n, place) for n in sequence(above, place, what)]
    lower = [term(n, place) for n in sequence(below, place, what)]
    head = hypergeometric(len(upper), len(lower))
    return place.built(node, head, *upper, *lower, term(at, place))


_FORMS: Final[dict[str, Callable[[ast.Call, Place], Formula]]] = {
    "Rational": _rational,
    "Integer": _integer,
    "Add": _folded("Add", add),
    "Mul": _folded("Mul", mul),
    "Pow": _power,
    "hyper": _hyper,
}
