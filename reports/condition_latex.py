"""Side conditions of a proof, which the evidence carries as plain text, as LaTeX mathematics.

Text is read from Python's own syntax tree over the names that the derivation uses; what cannot be
read so is printed as it stands.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from derivations.core import Derivation, Formula, array, num, product, symbol, total
from derivations.core.formula import Array, Call, Constant, Item, Relation, Symbol, walk
from derivations.core.functions import BUILTINS
from derivations.core.latex import to_latex
from derivations.core.reason_latex import text_latex
from derivations.loading import formulas_of, used_definitions
from reports.widths import width_em

_BINARY: Final[dict[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_RELATIONS: Final[dict[type[ast.cmpop], str]] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.NotEq: "!=",
}
_BINDERS: Final[Mapping[str, Callable[..., Formula]]] = {"Sum": total, "Product": product}
_WIDEST: Final = 34.0


def conditions_sentence(derivation: Derivation, conditions: Iterable[str]) -> str:
    """The conditions in a sentence of LaTeX, each once, as mathematics where they can be read; of
    those that are wider than a line the number is told."""
    names = _names(derivation)
    printed = list(dict.fromkeys(_printed(text, names) for text in conditions))
    if not printed:
        return ""
    shown = [text for text in printed if text]
    hidden = len(printed) - len(shown)
    more = f"{hidden} that are too wide to print" if hidden else ""
    return f"Side conditions, discharged on the domain: {', '.join(filter(None, (*shown, more)))}."


def _printed(text: str, names: Mapping[str, Any]) -> str:
    """Empty for a condition that is too wide for a line."""
    try:
        tree = ast.parse(text, mode="eval").body
        formula = _built(tree, names)
    except (SyntaxError, ValueError, TypeError, KeyError, RecursionError):
        return rf"\texttt{{{text_latex(text)}}}" if len(text) < 40 else ""
    latex = to_latex(formula)
    return f"${latex}$" if width_em(latex) <= _WIDEST else ""


def _names(derivation: Derivation) -> dict[str, Any]:
    found: dict[str, Any] = dict(BUILTINS)
    formulas = list(formulas_of(derivation))
    bodies = [definition.body for definition in used_definitions(formulas)]
    for formula in (*formulas, *bodies):
        for node in walk(formula):
            if isinstance(node, Symbol | Array | Constant):
                found.setdefault(node.name, node)
            elif isinstance(node, Item):
                found.setdefault(node.array.name, node.array)
            elif isinstance(node, Call):
                found.setdefault(node.head.name, node.head)
    for variable, _ in derivation.claim.on:
        found[variable.name] = variable
    return found


def _letter(name: str, names: Mapping[str, Any]) -> str:
    """A prover's own bound names, `_0` and `_1`, as letters that are free."""
    if not name.startswith("_"):
        return name
    free = [letter for letter in "krstuv" if letter not in names]
    return free[int(name[1:]) % len(free)]


def _built(node: ast.expr, names: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=int() as value) if not isinstance(value, bool):
            return num(value)
        case ast.Name(id=name):
            return names[name] if name in names else symbol(_letter(name, names))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_built(operand, names)
        case ast.BinOp(left=left, op=op, right=right):
            return _BINARY[type(op)](_built(left, names), _built(right, names))
        case ast.Subscript(value=ast.Name(id=name), slice=index):
            places = index.elts if isinstance(index, ast.Tuple) else [index]
            indices = tuple(_built(place, names) for place in places)
            held = names[name] if name in names else array(name, *indices)
            return held[indices if len(indices) > 1 else indices[0]]
        case ast.Call(func=ast.Name(id=name), args=[body, ast.Tuple(elts=over)]) if (
            name in _BINDERS
        ):
            return _BINDERS[name](_built(body, names), *(_built(part, names) for part in over))
        case ast.Call(func=ast.Name(id=name), args=args):
            return names[name](*(_built(arg, names) for arg in args))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return Relation(_built(left, names), _RELATIONS[type(op)], _built(right, names))
    raise ValueError(f"not a condition that is read here: {ast.dump(node)}")
