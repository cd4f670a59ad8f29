"""Where the walk over Python's tree stands: names in scope, place in the text, depth."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, replace

from derivations.core.formula import Formula, FormulaError, Symbol, symbol
from derivations.reading.bounds import MAX_DEPTH
from derivations.reading.errors import ReadingError
from derivations.reading.names import require_variable_name


@dataclass(frozen=True, slots=True)
class Place:
    """The names in scope, how far the text is shifted, how deep the walk is; and who reads the
    parts: terms and conditions contain each other, and their files do not know each other."""

    variables: frozenset[str]
    offset: int
    read_term: Callable[[ast.expr, Place], Formula]
    read_condition: Callable[[ast.expr, Place], Formula]
    depth: int = 0

    def term(self, node: ast.expr) -> Formula:
        return self.read_term(node, self)

    def condition(self, node: ast.expr) -> Formula:
        return self.read_condition(node, self)

    def inside(self, node: ast.AST) -> Place:
        if self.depth > MAX_DEPTH:
            raise self.error(node, f"the formula is nested too deeply: at most {MAX_DEPTH} levels")
        return replace(self, depth=self.depth + 1)

    def binding(self, *names: str) -> Place:
        return replace(self, variables=self.variables.union(names))

    def error(self, node: ast.AST, sentence: str) -> ReadingError:
        column = getattr(node, "col_offset", None)
        return ReadingError(sentence, None if column is None else column + self.offset + 1)

    def built(self, node: ast.AST, make: Callable[..., Formula], *parts: object) -> Formula:
        """`make(*parts)`, its complaint said with the place."""
        try:
            return make(*parts)
        except FormulaError as error:
            raise self.error(node, str(error)) from None


def arguments(node: ast.Call, place: Place, name: str, least: int, most: int) -> list[ast.expr]:
    """The positional arguments of a call, as many as allowed."""
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            raise place.error(argument, "a starred argument is not part of the notation")
    if node.keywords:
        raise place.error(node, f"{name} takes no arguments by name")
    if not least <= len(node.args) <= most:
        wanted = f"{least}" if least == most else f"{least} to {most}"
        if most >= 10**6:
            wanted = f"{least} or more"
        many = "argument" if wanted == "1" else "arguments"
        raise place.error(node, f"{name} takes {wanted} {many}, not {len(node.args)}")
    return node.args


def sequence(node: ast.expr, place: Place, what: str) -> list[ast.expr]:
    """The elements of a bracketed list, `(a, b)` or `[a, b]`."""
    if not isinstance(node, ast.Tuple | ast.List):
        raise place.error(node, f"{what} stand in brackets, as in (a, b)")
    for element in node.elts:
        if isinstance(element, ast.Starred):
            raise place.error(element, "a star is not part of the notation")
    return node.elts


def bound_name(node: ast.expr, place: Place, what: str) -> Symbol:
    """The name that a sum, an integral, a limit binds."""
    if not isinstance(node, ast.Name):
        raise place.error(node, f"the variable of {what} is a name")
    try:
        require_variable_name(node.id)
    except ReadingError as error:
        raise place.error(node, error.sentence) from None
    return symbol(node.id)


def whole_number(node: ast.expr, place: Place, what: str) -> int:
    """An integer written in digits, with a sign or without."""
    sign = 1
    while isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        sign = -sign if isinstance(node.op, ast.USub) else sign
        node = node.operand
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return sign * node.value
    raise place.error(node, f"{what} is an integer written in digits")
