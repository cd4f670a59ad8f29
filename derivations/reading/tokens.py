"""A first look at a text, from left to right: what may not occur at all, brackets, sizes.

What passes here is one line of letters, digits, brackets and operators in an order that makes
sense; only then is it given to Python's grammar, which reads and runs nothing.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from derivations.reading.bounds import (
    MAX_BRACKETS,
    MAX_CHAIN,
    MAX_DIGITS,
    MAX_NAME,
    MAX_SIGNS,
    MAX_TEXT,
)
from derivations.reading.errors import ReadingError
from derivations.reading.names import is_listed

NUMBER, NAME, WORD, SIDE, OPERATOR = "number", "name", "word", "side", "operator"
COMPARISONS: Final = ("==", "!=", "<=", ">=", "<", ">")

_TOKEN: Final = re.compile(
    r"""
    (?P<space>[ \t]+)
  | (?P<number>[0-9]+)
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<side>'(?:\+-|\+|-)'|"(?:\+-|\+|-)")
  | (?P<operator>\*\*|==|!=|<=|>=|[-+*/()\[\],=<>&|~])
    """,
    re.VERBOSE | re.ASCII,
)
_FLOAT: Final = re.compile(r"[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+[eE][-+]?[0-9]+", re.ASCII)

# What Python or a human writes and this notation has not; tried in this order.
_NEVER: Final = (
    ("=>", "write >= for 'greater or equal'"),
    ("=<", "write <= for 'less or equal'"),
    ("<>", "write != for 'not equal'"),
    ("/=", "write != for 'not equal'"),
    (":=", "`:=` is not part of the notation"),
    ("//", "write floor(a/b) for the quotient rounded down"),
    ("<<", "`<<` is not part of the notation"),
    (">>", "`>>` is not part of the notation"),
    ("->", "`->` is not part of the notation"),
    ("&&", "write `and`, or And(a, b)"),
    ("||", "write `or`, or Or(a, b)"),
    ("===", "write == or ="),
    ("***", "write ** for a power"),
)
_CHARACTERS: Final = {
    "^": "write ** for a power, as in x**2",
    "%": "write Mod(a, b) for the remainder",
    "!": "write factorial(n) for n!, Not(...) for a negation",
    ".": "a point is not part of the notation: no floats, no attributes",
    "{": "curly brackets are not part of the notation: use ( )",
    "}": "curly brackets are not part of the notation: use ( )",
    "@": "`@` is not part of the notation",
    ":": "`:` is not part of the notation",
    ";": "`;` is not part of the notation: one statement in a line",
    "\\": "this is no LaTeX: write exp(x), sqrt(x), pi",
    "$": "this is no LaTeX: leave the dollar signs out",
    "#": "a comment is not part of the notation",
    "'": "write Derivative(f, x) for a derivative; texts in quotes are not part of the notation",
    '"': "texts in quotes are not part of the notation",
    "\n": "a formula stands on one line",
    "\r": "a formula stands on one line",
}
# Characters that are none of the notation, and what is written for them.
_MEANT: Final = {
    "\u2212": "-", "\u2013": "-", "\u00d7": "*", "\u00b7": "*", "\u22c5": "*", "\u00f7": "/",
    "\u2264": "<=", "\u2265": ">=", "\u2260": "!=", "\u00b2": "**2", "\u00b3": "**3",
    "\u03c0": "pi", "\u221e": "oo", "\u221a": "sqrt(...)", "\u222b": "Integral(f, (x, a, b))",
    "\u2211": "Sum(f, (k, a, b))", "\u220f": "Product(f, (k, a, b))",
    "\u0393": "gamma(...)", "\u03b6": "zeta(...)", "\u2227": "and", "\u2228": "or", "\u00ac": "not",
    "\u00a0": "a plain blank",
}  # fmt: skip
_LOGIC: Final = ("and", "or", "not")
_VALUES: Final = ("True", "False", "None")
_PREFIXES: Final = ("-", "+", "~", "not")


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    at: int  # from 0
    level: int  # how many brackets are open around it

    @property
    def column(self) -> int:
        return self.at + 1


def scan(text: str) -> list[Token]:
    """The tokens of a formula, a condition or a relation, brackets balanced.

    Errors: `ReadingError`, with the place.
    """
    if len(text) > MAX_TEXT:
        raise ReadingError(f"the text has {len(text)} characters: at most {MAX_TEXT}")
    if not text.strip(" \t"):
        raise ReadingError("the text is empty")
    return _ordered(list(_levels(_split(text))), len(text))


def _split(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        for sign, advice in _NEVER:
            if text.startswith(sign, at):
                raise ReadingError(advice, at + 1)
        inexact = _FLOAT.match(text, at)
        if inexact:
            raise ReadingError(_float_advice(inexact[0]), at + 1)
        found = _TOKEN.match(text, at)
        if found is None:
            raise ReadingError(_character_advice(text[at]), at + 1)
        kind, piece = str(found.lastgroup), found[0]
        if kind == NUMBER:
            _require_number(piece, text[found.end() :][:MAX_NAME], at)
        elif kind == NAME:
            kind = _kind_of_word(piece, at)
        if kind != "space":
            yield Token(kind, piece, at, 0)
        at = found.end()


def _float_advice(text: str) -> str:
    shown = text if len(text) <= 20 else f"{text[:17]}..."
    return f"{shown} is not exact: write Rational(1, 2) or 1/2 for one half, 10**-3 for 1e-3"


def _character_advice(character: str) -> str:
    if not character.isascii():
        meant = f"write {_MEANT[character]}" if character in _MEANT else "plain ASCII only"
        return f"{character!a} is no character of the notation: {meant}"
    if character in _CHARACTERS:
        return _CHARACTERS[character]
    return f"{character!a} is no character of the notation"


def _require_number(digits: str, after: str, at: int) -> None:
    if len(digits) > MAX_DIGITS:
        raise ReadingError(f"a number has {len(digits)} digits: at most {MAX_DIGITS}", at + 1)
    if after[:1] == "_" or (digits == "0" and re.match(r"[xXoObB][0-9a-fA-F]", after)):
        raise ReadingError("a number is written with the digits 0 to 9 alone", at + 1)
    name = re.match(r"[A-Za-z_][A-Za-z0-9_]*", after, re.ASCII)
    if name:
        raise ReadingError(
            f"an operator is missing: write {_shown(digits)}*{name[0]}", at + len(digits) + 1
        )
    if digits[0] == "0" and digits.strip("0"):
        raise ReadingError("a number does not begin with 0", at + 1)


def _kind_of_word(word: str, at: int) -> str:
    if len(word) > MAX_NAME:
        raise ReadingError(f"a name has {len(word)} characters: at most {MAX_NAME}", at + 1)
    if word in _LOGIC:
        return WORD
    if word.startswith("_") or "__" in word:
        raise ReadingError(f"{word} is no name: a name begins with a letter and has no __", at + 1)
    if keyword.iskeyword(word) and word not in _VALUES:
        raise ReadingError(f"the word `{word}` is not part of the notation", at + 1)
    return NAME


def _levels(tokens: Iterator[Token]) -> Iterator[Token]:
    """Each token with its level; brackets balanced, nesting and length bounded."""
    opened: list[Token] = []
    operators = [0]
    for token in tokens:
        if token.text in (")", "]"):
            if not opened:
                raise ReadingError(f"`{token.text}` closes no bracket", token.column)
            if {"(": ")", "[": "]"}[opened.pop().text] != token.text:
                raise ReadingError(f"`{token.text}` closes a bracket of another kind", token.column)
            operators.pop()
        yield Token(token.kind, token.text, token.at, len(opened))
        if token.text in ("(", "["):
            opened.append(token)
            operators.append(0)
            if len(opened) > MAX_BRACKETS:
                raise ReadingError(
                    f"brackets are nested too deeply: at most {MAX_BRACKETS}", token.column
                )
        elif token.kind in (OPERATOR, WORD):
            operators[-1] += 1
            if operators[-1] > MAX_CHAIN:
                raise ReadingError(
                    f"a chain of operators is too long: at most {MAX_CHAIN}", token.column
                )
    if opened:
        raise ReadingError(f"`{opened[-1].text}` is never closed", opened[-1].column)


def _ordered(tokens: list[Token], end: int) -> list[Token]:
    """Operands and operators take turns; the first place where they do not is the error."""
    wanted = True  # an operand
    signs = 0
    before: Token | None = None
    for token in tokens:
        what = token.text
        if wanted and what in _PREFIXES:
            signs += 1
            if signs > MAX_SIGNS:
                raise ReadingError(f"too many signs in a row: at most {MAX_SIGNS}", token.column)
        elif what in ("(", "["):
            if not wanted:
                _require_call(before, token)
            wanted = True
            signs = 0
        elif what in (")", "]"):
            if wanted and (before is None or before.text not in ("(", "[", ",")):
                raise ReadingError(f"something is missing before `{what}`", token.column)
            wanted = False
        elif token.kind in (NUMBER, NAME, SIDE):
            if not wanted:
                raise ReadingError(_side_by_side(before, token), token.column)
            wanted = False
            signs = 0
        elif what in ("not", "~"):
            raise ReadingError(f"an operator is missing before `{what}`", token.column)
        else:
            if wanted:
                absolute = " (write Abs(x) for |x|)" if what == "|" else ""
                raise ReadingError(f"something is missing before `{what}`{absolute}", token.column)
            if what == "," and token.level == 0:
                raise ReadingError(
                    "a comma stands outside of all brackets: `and` joins conditions", token.column
                )
            wanted = True
        before = token
    if wanted:
        assert before is not None
        absolute = " (write Abs(x) for |x|)" if before.text == "|" else ""
        raise ReadingError(f"something is missing after `{before.text}`{absolute}", end + 1)
    return tokens


def _require_call(before: Token | None, bracket: Token) -> None:
    if before is None or (before.kind == NAME and bracket.text == "("):
        return
    if bracket.text == "[":
        raise ReadingError("indexed names are not part of the notation", bracket.column)
    raise ReadingError("an operator is missing: write * for a product", bracket.column)


def _side_by_side(before: Token | None, token: Token) -> str:
    left, right = _shown(before.text if before else ""), _shown(token.text)
    if before is not None and is_listed(before.text):
        return f"a bracket is missing: write {left}({right})"
    if before is not None and before.kind == NAME:
        return f"an operator or a bracket is missing: write {left}*{right} or {left}({right})"
    return f"an operator is missing between `{left}` and `{right}`"


def _shown(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:17]}..."
