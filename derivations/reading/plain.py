"""Plain text to a formula, a condition or a relation: the notation of SymPy's `str`, over the
published list of names (`docs/claims.md`).

The text is scanned first (`tokens`), which bounds it and refuses what can have no meaning here;
then Python's grammar gives it a tree, without running anything; a whitelist over that tree builds
the formula, in the author's order and grouping; and the formula is bounded (`bounds`).

>>> read_formula("1/(1 + exp(-x))", {"x"})
1/(1 + exp(-x))
>>> read_relation("log(x*y) = log(x) + log(y)", {"x", "y"})
log(x*y) = log(x) + log(y)
>>> read_condition("0 < x <= 1 and x != y", {"x", "y"})
And(And(0 < x, x <= 1), x != y)
>>> read_formula("__import__('os')", ())
Traceback (most recent call last):
derivations.reading.errors.ReadingError: __import__ is no name: a name begins with a letter and \
has no __ (column 1)
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Collection

from derivations.core.formula import Formula, FormulaError, Relation
from derivations.reading.bounds import require_bounded
from derivations.reading.conditions import RELATIONS_BY_NAME, condition
from derivations.reading.errors import ReadingError
from derivations.reading.terms import term
from derivations.reading.tokens import COMPARISONS, OPERATOR, SIDE, Token, scan
from derivations.reading.tree import Place


def read_formula(text: str, variables: Collection[str]) -> Formula:
    """The formula that a text stands for; its free names are among `variables`.

    Errors: `ReadingError`, one sentence with the column.
    """
    _refuse_equals(scan(text))
    found = _guarded(text, 0, variables)
    return found


def read_condition(text: str, variables: Collection[str]) -> Formula:
    """The condition that a text stands for: comparisons, `and`, `or`, `not`, `And(...)`, ...

    Errors: `ReadingError`, one sentence with the column.
    """
    _refuse_equals(scan(text))
    return _guarded(text, 0, variables, as_condition=True)


def read_relation(text: str, variables: Collection[str]) -> Relation:
    """The statement `lhs REL rhs` of a claim, REL one of `= == != <= < >= >`.

    Errors: `ReadingError`, one sentence with the column.
    """
    tokens = scan(text)
    found = [t for t in tokens if t.level == 0 and t.kind == OPERATOR and _relates(t)]
    logic = next((t for t in tokens if t.level == 0 and t.text in ("and", "or", "not")), None)
    if logic is not None:
        raise ReadingError(
            f"a claim is one relation, lhs = rhs: `{logic.text}` belongs into where", logic.column
        )
    if not found:
        return _by_name(tokens, text, variables)
    if len(found) > 1:
        raise ReadingError(
            "a claim has one relation: write two claims for a chain", found[1].column
        )
    relation = found[0]
    _refuse_equals([t for t in tokens if t is not relation])
    left, right = relation.at, relation.at + len(relation.text)
    lhs = _guarded(text[:left], 0, variables)
    rhs = _guarded(text[right:], right, variables)
    return Relation(lhs, "=" if relation.text == "==" else relation.text, rhs)


def _by_name(tokens: list[Token], text: str, variables: Collection[str]) -> Relation:
    """`Eq(a, b)` as the whole claim, as SymPy prints an equation; or `(a == b)`."""
    if tokens[0].text in (*RELATIONS_BY_NAME, "("):
        _refuse_equals(tokens)
        statement = _guarded(text, 0, variables, as_condition=True)
        if isinstance(statement, Relation):
            return statement
    raise ReadingError("the claim has no relation: write lhs = rhs, or != < <= > >=")


def _relates(token: Token) -> bool:
    return token.text == "=" or token.text in COMPARISONS


def _refuse_equals(tokens: list[Token]) -> None:
    """`=` stands between the two sides of a claim, and in `dir='+'`, and nowhere else."""
    for n, token in enumerate(tokens):
        if token.kind == OPERATOR and token.text == "=":
            side = n > 0 and tokens[n - 1].text == "dir" and tokens[n + 1].kind == SIDE
            if not side:
                raise ReadingError("write == or Eq(a, b) for an equation inside", token.column)


def _guarded(
    text: str, offset: int, variables: Collection[str], *, as_condition: bool = False
) -> Formula:
    """What Python's grammar and the whitelist make of a scanned text."""
    # Leading blanks would be an indentation to Python.
    stripped = text.lstrip(" \t")
    offset += len(text) - len(stripped)
    place = Place(frozenset(variables), offset, term, condition)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            node = ast.parse(stripped, "<text>", "eval").body
        formula = condition(node, place) if as_condition else term(node, place)
        require_bounded(formula)
    except SyntaxError as error:
        column = None if error.offset is None else error.offset + offset
        raise ReadingError("the formula is not well formed", column) from None
    except (RecursionError, MemoryError):
        raise ReadingError("the formula is nested too deeply") from None
    except FormulaError as error:
        raise ReadingError(str(error)) from None
    return formula
