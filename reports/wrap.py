"""Long formulas on short lines: broken where the brackets are fewest.

>>> print("\\n".join(wrapped("f(x, y) = a*(b + c) + d*(e - f)", 20)))
f(x, y)
= a*(b + c)
+ d*(e - f)
"""

from __future__ import annotations

import re
from typing import Final

# A line may end before one of these; the looser the operator, the sooner.
_BREAKS: Final = (
    re.compile(r" (?=(?:=|!=|<=|<|>=|>) )"),
    re.compile(r" (?=[+-] )"),
    re.compile(r"(?<=,) "),
    re.compile(r" (?=@ )|(?=(?<!\*)\*(?!\*))|(?=/)"),
)


def wrapped(text: str, width: int) -> list[str]:
    """The text of a formula on lines of at most `width` characters, if it can be broken so.

    Lines break at the outermost brackets first, there at relations, then before + and -, after
    commas, before * and /. A piece without such a place stays whole.
    """
    if len(text) <= width:
        return [text]
    for depth in range(_deepest(text) + 1):
        for operator in _BREAKS:
            pieces = _pieces(text, operator, depth)
            if len(pieces) > 1:
                return [line for piece in _filled(pieces, width) for line in wrapped(piece, width)]
    return [text]


def _filled(pieces: list[str], width: int) -> list[str]:
    """Neighbours joined again where they fit on one line; each piece keeps its own space."""
    lines = [pieces[0]]
    for piece in pieces[1:]:
        if len(lines[-1]) + len(piece) <= width:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    return lines


def _pieces(text: str, operator: re.Pattern[str], depth: int) -> list[str]:
    depths = _depths(text)
    cuts = [m.start() for m in operator.finditer(text) if depths[m.start()] == depth]
    ends = [*cuts, len(text)]
    starts = [0, *cuts]
    return [text[a:b] for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]


def _depths(text: str) -> list[int]:
    depths, depth = [], 0
    for character in text:
        depth -= character in ")]}"
        depths.append(depth)
        depth += character in "([{"
    return depths


def _deepest(text: str) -> int:
    return max(_depths(text), default=0)
