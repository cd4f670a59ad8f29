"""Builds a formula, or a value, from plain text by walking Python's own syntax tree.

Python decides what binds tighter, so a round trip shows that the text says what the tree says.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from derivations.core import (
    D,
    both,
    cases,
    either,
    eq,
    indicator,
    integral,
    limit,
    ne,
    num,
    product,
    total,
)
from derivations.core.conditions import Not

_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.NotEq: ne,
}


def _piecewise(*branches: tuple[Any, Any]) -> Any:
    return cases(*((value, None if test is True else test) for value, test in branches))


_FORMS: dict[str, Callable[..., Any]] = {
    "Derivative": lambda body, by: (
        D(body, by[0], by[1].value) if isinstance(by, tuple) else D(body, by)
    ),
    "Sum": lambda body, over: total(body, *over),
    "Product": lambda body, over: product(body, *over),
    "Integral": lambda body, over: integral(body, *over),
    "Limit": limit,
    "And": both,
    "Or": either,
    "Not": Not,
    "Eq": eq,
    "Indicator": indicator,
    "Piecewise": _piecewise,
}


@dataclass
class TextReader:
    names: Mapping[str, Any]
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    number: Callable[[int], Any] = num

    def read(self, text: str) -> Any:
        return self.built(ast.parse(text, mode="eval").body)

    def built(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=bool() | str() as value):
                return value
            case ast.Constant(value=int() as value):
                return self.number(value)
            case ast.Constant(value=value):
                raise AssertionError(f"{value!r} is no exact number")
            case ast.Name(id=name):
                return self.names[name]
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self.built(operand)
            case ast.BinOp(left=left, op=op, right=right):
                return _BINARY[type(op)](self.built(left), self.built(right))
            case ast.Subscript(value=value, slice=index):
                return self.built(value)[self.built(index)]
            case ast.Tuple(elts=elements):
                return tuple(map(self.built, elements))
            case ast.Call(func=ast.Name(id=name), args=args):
                return (_FORMS | dict(self.functions))[name](*map(self.built, args))
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return _COMPARE[type(op)](self.built(left), self.built(right))
        raise AssertionError(f"unexpected {ast.dump(node)}")
