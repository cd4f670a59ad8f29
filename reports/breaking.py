r"""Formulas too wide for their column, on several rows.

A row ends before a relation, else before a top-level + or -, else before a factor, else before a
+ or - inside brackets; what is narrow enough is left in one piece. Brackets that are open at the
end of a row get a fixed size, as `\left` and `\right` must stand on one row.
"""

from __future__ import annotations

import re
from typing import Final

from derivations.core import Formula
from derivations.core.latex import to_latex
from reports.widths import width_em

_TOKEN: Final = re.compile(
    r"\\left\\?.|\\right\\?.|\\begin\{[a-z*]+\}|\\end\{[a-z*]+\}|\\[A-Za-z]+|\\.|.", re.DOTALL
)
_OPENS: Final = frozenset({"{", "(", "[", r"\{", r"\lvert", r"\lfloor", r"\lceil"})
_CLOSES: Final = frozenset({"}", ")", "]", r"\}", r"\rvert", r"\rfloor", r"\rceil"})
# Stands for the dot that a product written side by side gets at the beginning of a row, only.
_DOT: Final = "\N{MIDDLE DOT}"
_RELATIONS: Final = frozenset({"=", "<", ">", r"\le", r"\ge", r"\ne"})
_WORDS: Final = frozenset({r"\text{ and }", r"\text{ or }"})
# After these a space ends no factor: what follows is their body. Groups in braces are a `~`.
_PREFIX: Final = re.compile(
    r"\\(?:sum|prod|int|lim)(?:[_^]~)*\Z|\\derivative~\Z"
    r"|\\(?:lnot|cdot|le|ge|ne)\Z|[-+=<>]\Z|\A\Z"
)
_DERIVATIVE: Final = re.compile(
    r"\\frac\{(?:d|\\partial)(?:\^\{\d+\})?\}\{(?:d(?! \\cdot|\}|\^)|\\partial )"
)
_GROUP: Final = re.compile(r"(?<!\\)\{[^{}]*\}")


def broken_latex(
    formula: Formula, max_width_em: float, first_width_em: float | None = None
) -> list[str]:
    """The formula in LaTeX as rows no wider than `max_width_em`, as far as it can be broken.

    The first row may have a width of its own. Rows after the first begin with the operator
    before which they were broken. A single wide fraction or name stays as wide as it is.
    """
    return broken(to_latex(formula), max_width_em, first_width_em)


def broken(latex: str, max_width_em: float, first_width_em: float | None = None) -> list[str]:
    """The same for LaTeX as `to_latex` writes it."""
    first = max_width_em if first_width_em is None else first_width_em
    rows = [row.replace(_DOT, r"\cdot ") for row in _rows(latex, max_width_em, first)]
    return rows if len(rows) == 1 or _fit(rows, max_width_em, first) else _least(latex, rows)


def _least(latex: str, rows: list[str]) -> list[str]:
    """Breaking that makes nothing narrower is left undone."""
    narrower = max(map(_wide, rows)) < 0.98 * _wide(latex)
    return rows if narrower else [latex]


def _wide(latex: str) -> float:
    return width_em(latex.replace(_DOT, r"\cdot "))


def _fit(rows: list[str], width: float, first: float) -> bool:
    return _wide(rows[0]) <= first and all(_wide(row) <= width for row in rows[1:])


def _rows(latex: str, width: float, first: float) -> list[str]:
    if _wide(latex) <= first:
        return [latex]
    for pieces in (_split(latex, _RELATIONS), _split(latex, frozenset("+-"))):
        if len(pieces) > 1:
            return _filled(pieces, width, first)
    factors = _factors(latex)
    if len(factors) > 1 and all(_wide(factor) <= width for factor in factors):
        return _filled(factors, width, first)
    inside = _inside_brackets(latex, width, first)
    if len(inside) > 1 or len(factors) == 1:
        return inside if len(inside) > 1 else [_with_broken_numerator(latex, first)]
    return _filled(factors, width, first)


def _filled(pieces: list[str], width: float, first: float) -> list[str]:
    """Pieces side by side while they fit; a piece too wide for a row of its own is broken."""
    rows: list[str] = []
    for piece in pieces:
        room = width if rows else first
        longer = f"{rows[-1]} {piece.removeprefix(_DOT)}" if rows else ""
        if rows and _wide(longer) <= (width if len(rows) > 1 else first):
            rows[-1] = longer
        elif _wide(piece) <= room:
            rows.append(piece)
        else:
            rows += _rows(piece, width, room)
    return rows


def _tokens(latex: str) -> list[tuple[str, int, int]]:
    """Tokens with the depth of brackets around them and their place."""
    found, depth = [], 0
    for match in _TOKEN.finditer(latex):
        token = match[0]
        closes = token in _CLOSES or token.startswith((r"\right", r"\end"))
        depth -= closes
        found.append((token, depth, match.start()))
        depth += token in _OPENS or token.startswith((r"\left", r"\begin"))
    return found


def _split(latex: str, marks: frozenset[str]) -> list[str]:
    """Before the marks outside all brackets, except for a sign that leads or follows a relation."""
    cuts, before = [0], ""
    for token, depth, place in _tokens(latex):
        if depth == 0 and token in marks and before and before not in _RELATIONS:
            cuts.append(place)
        if not token.isspace():
            before = token
    return _pieces(latex, cuts)


def _factors(latex: str) -> list[str]:
    """Before the factors of a product; a dot is put where they stood side by side."""
    cuts = [0]
    for token, depth, place in _tokens(latex):
        head = latex[cuts[-1] : place]
        after = latex[place + 1 :]
        if token != " " or depth or _leads(head) or after.startswith((r"\,", "}")):
            continue
        if head.endswith(","):  # between two arguments
            continue
        if re.match(r"[-+=<>]|\\(?:le|ge|ne)\b", after) or _ends_in_space_macro(head, after):
            continue
        cuts.append(place)
    pieces = _pieces(latex, cuts)
    return pieces[:1] + [p if p.startswith(r"\cdot") else f"{_DOT}{p}" for p in pieces[1:]]


def _leads(head: str) -> bool:
    """Whether what comes next belongs to the end of this: the body of a sum, of a derivative."""
    before, flat = "", _DERIVATIVE.sub(r"\\derivative{", head)
    while before != flat:
        before, flat = flat, _GROUP.sub("~", flat)
    return _PREFIX.search(flat) is not None


def _ends_in_space_macro(head: str, after: str) -> bool:
    """Whether the space only ends the name of a bracket, as in `\\lvert x`."""
    return re.search(r"\\(?:lvert|lfloor|lceil|left\S+|[,;:!])\Z", head) is not None or (
        re.match(r"\\(?:rvert|rfloor|rceil|right)", after) is not None
    )


def _pieces(latex: str, cuts: list[int]) -> list[str]:
    ends = [*cuts[1:], len(latex)]
    return [latex[a:b].strip() for a, b in zip(cuts, ends, strict=True)]


def _inside_brackets(latex: str, width: float, first: float) -> list[str]:
    """Broken inside the widest pair of round brackets, if there is such a pair."""
    widest = max(_groups(latex), key=lambda group: _wide(group[1]), default=None)
    if widest is None:
        return [latex]
    head, inner, tail = widest
    size = _size(inner)
    left, right = (rf"{size}l(", rf"{size}r)") if size else ("(", ")")
    room = width - _wide(f"{right}{tail}")
    rows = _rows(inner, room, first - _wide(f"{head}{left}"))
    if len(rows) == 1:
        return [latex]
    return [f"{head}{left}{rows[0]}", *rows[1:-1], f"{rows[-1]}{right}{tail}"]


_FRACTION: Final = re.compile(r"((?:[-+=<>\N{MIDDLE DOT}]|\\(?:le|ge|ne|cdot))? ?)\\frac")


def _with_broken_numerator(latex: str, width: float) -> str:
    """A single wide fraction gets the rows of its numerator above each other."""
    opened = _FRACTION.match(latex)
    ends = [place for token, depth, place in _tokens(latex) if token == "}" and depth == 0]
    if opened is None or len(ends) != 2 or ends[1] != len(latex) - 1:
        return latex
    numerator, denominator = latex[opened.end() + 1 : ends[0]], latex[ends[0] + 1 :]
    rows = _rows(numerator, width - 2, width - 2)
    if len(rows) == 1:
        return latex
    stack = r"\begin{gathered} " + r" \\ {} ".join(rows) + r" \end{gathered}"
    return f"{opened[0]}{{{stack}}}{denominator}"


def _size(inner: str) -> str:
    if re.search(r"\\(?:sum|prod|int|lim)(?![A-Za-z])|\\frac\{[^{}]*\\frac|\\begin", inner):
        return r"\Bigg"
    return r"\bigg" if r"\frac" in inner else r"\big" if r"\left" in inner else ""


def _groups(latex: str) -> list[tuple[str, str, str]]:
    """The outermost round brackets outside braces: what stands before, in and after them."""
    found: list[tuple[str, str, str]] = []
    opened: tuple[str, int] | None = None
    for token, depth, place in _tokens(latex):
        if depth == 0 and token in {"(", r"\left("}:
            opened = (token, place)
        elif depth == 0 and opened and token in {")", r"\right)"}:
            mark, start = opened
            inner = latex[start + len(mark) : place]
            found.append((latex[:start], inner, latex[place + len(token) :]))
            opened = None
    return found
