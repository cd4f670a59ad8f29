"""Side conditions of a proof, which the evidence carries as plain text, as LaTeX mathematics.

Text is read from Python's own syntax tree over the names that the derivation uses; what cannot be
read so is printed as it stands. A condition on plain numbers (`2 - 1 > 0`) is not worth a place,
and one that stands in the list in another form (`1 - p > 0` and `-(p - 1) > 0`) is printed once.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from derivations.core import Derivation, Formula, array, gamma, num, product, symbol, total
from derivations.core.conditions import And, Cases, Indicator, Not, Or
from derivations.core.formula import Array, Call, Constant, Item, Relation, Symbol, walk
from derivations.core.functions import BUILTINS
from derivations.core.latex import to_latex
from derivations.core.reason_latex import text_latex
from derivations.loading import formulas_of, used_definitions
from derivations.proving.similar import direction, rational
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
    ast.Eq: "=",
    ast.NotEq: "!=",
}
_WITH_CASES: Final = frozenset({"Abs", "Max", "Min", "sign", "Heaviside"})
_MIRRORED: Final = {"<": ">", "<=": ">="}
_READ: Final[Mapping[str, Callable[..., Formula]]] = {
    "And": lambda *args: And(args),
    "Or": lambda *args: Or(args),
    "rgamma": lambda arg: 1 / gamma(arg),
}
_BINDERS: Final[Mapping[str, Callable[..., Formula]]] = {"Sum": total, "Product": product}
_WIDEST: Final = 34.0


@dataclass(frozen=True, slots=True)
class _Condition:
    """`latex` is empty where it is too wide for a line. Two that say the same have one `key`."""

    key: tuple[str, str]
    latex: str
    against: tuple[str, str] = ("", "")  # the key of one that holds in another case


def conditions_sentence(derivation: Derivation, conditions: Iterable[str]) -> str:
    """The conditions in a sentence of LaTeX, each once, as mathematics where they can be read; of
    those that are wider than a line the number is told."""
    names = _names(derivation)
    found: dict[tuple[str, str], _Condition] = {}
    for text in conditions:
        condition = _read(text, names)
        if condition is None:
            continue
        known = found.get(condition.key)
        if known is None or not known.latex or 0 < len(condition.latex) < len(known.latex):
            found[condition.key] = condition
    if not found:
        return ""
    shown = [condition.latex for condition in found.values() if condition.latex]
    hidden = len(found) - len(shown)
    if hidden:
        shown.append(f"{hidden} that {'is' if hidden == 1 else 'are'} too wide to print")
    in_cases = any(condition.against in found for condition in found.values())
    place = "where each is needed" if in_cases or _has_cases(derivation) else "on the domain"
    return f"Side conditions, discharged {place}: {', '.join(shown)}."


def _has_cases(derivation: Derivation) -> bool:
    """Whether a proof may have looked at a part of the domain only."""
    formulas = list(formulas_of(derivation))
    bodies = [definition.body for definition in used_definitions(formulas)]
    return any(
        isinstance(node, Cases | Indicator)
        or (isinstance(node, Call) and node.head.name in _WITH_CASES)
        for formula in (*formulas, *bodies)
        for node in walk(formula)
    )


def _read(text: str, names: Mapping[str, Any]) -> _Condition | None:
    """None for a condition on plain numbers, or that a variable is real."""
    kind = " is real"
    try:
        tree = ast.parse(text.removesuffix(kind).replace(" = ", " == "), mode="eval").body
        formula = _built(tree, names)
        if not isinstance(formula, Formula):
            raise TypeError("no formula")
    except (SyntaxError, ValueError, TypeError, KeyError, RecursionError):
        latex = rf"\texttt{{{text_latex(text)}}}" if len(text) < 40 else ""
        return _Condition((text, ""), latex)
    if _is_of_numbers(formula) or isinstance(formula, Symbol):
        return None
    latex = to_latex(formula) + (r" \in \mathbb{R}" if text.endswith(kind) else "")
    printed = f"${latex}$" if width_em(latex) <= _WIDEST else ""
    if not isinstance(formula, Relation):
        denied = str(formula.arg) if isinstance(formula, Not) else str(Not(formula))
        return _Condition((str(formula), kind * text.endswith(kind)), printed, (denied, ""))
    difference, rel = formula.lhs - formula.rhs, formula.rel
    if rel in _MIRRORED:
        difference, rel = formula.rhs - formula.lhs, _MIRRORED[rel]
    against = (direction(-difference), rel) if rel in (">", ">=") else ("", "")
    return _Condition((direction(difference), rel), printed, against)


def _is_of_numbers(formula: Formula) -> bool:
    if isinstance(formula, Relation):
        return rational(formula.lhs) is not None and rational(formula.rhs) is not None
    if isinstance(formula, Not):
        return _is_of_numbers(formula.arg)
    return rational(formula) is not None


def _names(derivation: Derivation) -> dict[str, Any]:
    found: dict[str, Any] = {**BUILTINS, **_READ}
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
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(_built(operand, names))
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
