r"""A chain of lines on a page of given width: the body of an `align*`.

Each line has its reason at the right, in a column of its own; the formulas stand in a column
between. What does not fit is arranged in another way, and of all arrangements the one with the
fewest rows is taken: a long left side stands on a row of its own, a long reason is set as a
paragraph, a wide line reaches over the column of the reasons with its reason below, and a line
that is wider than the page is broken.

The end-of-proof sign is set by `\qedhere` in the last row (never together with `\tag`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, inf
from typing import Final

from derivations.core import Formula
from derivations.core.latex import relation_latex, to_latex
from reports.breaking import broken
from reports.widths import text_width_em, width_em

_GAP: Final = 1.3  # amsmath keeps 10pt between columns
_QED: Final = 2.2  # the end-of-proof sign and the space before it
_INDENT: Final = 2.05  # \qquad
_LEAST: Final = 9.0  # a column of formulas narrower than this is none
_REASONS: Final = (18.0, 15.0, 12.5, 10.0)  # widths at which reasons may become paragraphs
# What breaks inside brackets, and inside a numerator, cost besides the rows that they make.
_IN_BRACKETS: Final = 0.8
_IN_NUMERATOR: Final = 0.9


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a chain: its relation to the line before, and why, in LaTeX's text mode."""

    rel: str
    formula: Formula
    reason: str


@dataclass(frozen=True, slots=True)
class _Row:
    """`ends`: with this row a line of the chain ends, and a page may."""

    cell: str
    reason: str = ""
    ends: bool = True


@dataclass(frozen=True, slots=True)
class _Frame:
    """The columns: of formulas and of reasons; `indent` is before every relation."""

    formulas: float
    reasons: float
    indent: float

    @property
    def whole(self) -> float:
        return self.formulas + _GAP + self.reasons


def chain_body(lhs: Formula, lines: Sequence[Line], width: float) -> str:
    """The rows between `\\begin{align*}` and `\\end{align*}`, for a page of `width` em."""
    left = to_latex(lhs)
    room = width - _QED
    printed = [
        (f"{relation_latex(line.rel)} {to_latex(line.formula)}", line.reason) for line in lines
    ]
    best: tuple[float, str, list[_Row]] = (inf, "", [])
    for first, start, frame in _frames(left, lines, room):
        rows = list(start)
        cost = 1.4 * len(start)
        for latex, reason in printed:
            line_cost, line_rows = _arranged(latex, reason, frame)
            cost += line_cost
            rows += line_rows
        if cost < best[0] - 1e-6:
            best = (cost, first, rows)
    return _printed(best[1], best[2])


def _frames(
    left: str, lines: Sequence[Line], room: float
) -> Iterator[tuple[str, list[_Row], _Frame]]:
    """The ways to divide the page: what is in the first column, rows before the chain, columns."""
    natural = max(reason_width(line.reason) for line in lines)
    columns = [r for r in _REASONS if r < natural]
    for reasons in (natural, *columns) if natural < 0.6 * room else columns:
        beside = room - width_em(left) - _GAP - reasons
        if beside >= _LEAST:
            yield left, [], _Frame(beside, reasons, 0.0)
        frame = _Frame(room - _GAP - reasons, reasons, _INDENT)
        yield "", _alone(left, frame), frame


def _alone(left: str, frame: _Frame) -> list[_Row]:
    rows = broken(left, frame.whole, frame.whole)
    return [_Row(_wide(row, frame), ends=False) for row in rows]


def _arranged(latex: str, why: str, frame: _Frame) -> tuple[float, list[_Row]]:
    """A line as rows, with what they cost."""
    before = r"\qquad " if frame.indent else ""
    reason, lines = _reason(why, frame.reasons)
    cost = 1 + 0.55 * (lines - 1)
    wide = width_em(latex) + frame.indent
    if wide <= frame.formulas:
        return cost, [_Row(f"{before}{latex}", reason)]
    if wide <= frame.whole:
        over = _Row(_wide(f"{before}{latex}", frame), ends=not reason)
        return cost + 0.9 * bool(reason), [over, _Row("", reason)] if reason else [over]
    return min(
        _broken(latex, frame, frame.formulas, why),
        _broken(latex, frame, frame.whole, why),
        key=lambda found: found[0],
    )


def _broken(latex: str, frame: _Frame, width: float, why: str) -> tuple[float, list[_Row]]:
    reason, lines = _reason(why, frame.reasons)
    room = width - frame.indent
    parts = broken(latex, room - _INDENT, room)
    before = r"\qquad " if frame.indent else ""
    cells = [f"{before}{parts[0]}", *(rf"{before}\qquad {{}} {part}" for part in parts[1:])]
    widths = [width_em(p) + frame.indent + _INDENT * bool(n) for n, p in enumerate(parts)]
    fitted = [_fitting(cell, wide, frame) for cell, wide in zip(cells, widths, strict=True)]
    if widths[-1] > frame.formulas and reason:
        fitted.append("")
    rows = [*(_Row(cell, ends=False) for cell in fitted[:-1]), _Row(fitted[-1], reason)]
    cost = 1.5 * len(rows) + 0.55 * (lines - 1)
    cost += _IN_BRACKETS * sum(_opened(part) for part in parts[:-1])
    cost += _IN_NUMERATOR * _stacked(parts)
    if max(widths) > frame.whole:
        cost += 20 + max(widths) - frame.whole
    return cost, rows


def _opened(part: str) -> int:
    """How many brackets a row leaves open."""
    return max(0, part.count("(") - part.count(")"))


def _stacked(parts: Sequence[str]) -> int:
    """How often numerators are broken."""
    return sum(part.count(r"\\ {}") for part in parts)


def _fitting(cell: str, wide: float, frame: _Frame) -> str:
    if wide <= frame.formulas:
        return cell
    return _wide(cell, frame) if wide <= frame.whole else _shrunk(cell, frame)


def _wide(cell: str, frame: _Frame) -> str:
    """Reaches over the column of the reasons, but is as wide as the column of the formulas."""
    if width_em(cell) <= frame.formulas:
        return cell
    if width_em(cell) > frame.whole:
        return _shrunk(cell, frame)
    return rf"\wideline{{{frame.formulas:.2f}em}}{{{_closed(cell)}}}"


def _shrunk(cell: str, frame: _Frame) -> str:
    """What has no place to be broken and is wider than the page is made smaller."""
    return (
        rf"\wideline{{{frame.formulas:.2f}em}}"
        rf"{{\resizebox{{{frame.whole:.2f}em}}{{!}}{{$\displaystyle {_closed(cell)}$}}}}"
    )


def _closed(cell: str) -> str:
    """A relation at the beginning of a box keeps its space."""
    return re.sub(r"^((?:\\qquad )?)(?=[-+=<>]|\\(?:le|ge|ne|cdot)\b)", r"\1{} ", cell)


def _reason(text: str, width: float) -> tuple[str, int]:
    """A reason for its column, and how many lines it takes there."""
    if not text:
        return "", 1
    wide = reason_width(text)
    if wide <= width + 1e-6:
        return rf"\text{{{text}}}", 1
    return rf"\reasonbox{{{width:.2f}em}}{{{text}}}", ceil(1.15 * wide / width)


_REFERENCE: Final = re.compile(r"\\(?:ref|cite)\{[^{}]*\}")


def reason_width(text: str) -> float:
    """The width of a reason in em; references have up to five letters."""
    return text_width_em(_REFERENCE.sub("10.10", text).replace("~", " ").replace("``", "n"))


def _printed(first: str, rows: Sequence[_Row]) -> str:
    """A page may end where a line ends, but for the first line and the last but one."""
    ends = [number for number, row in enumerate(rows) if row.ends]
    text = ""
    for number, row in enumerate(rows):
        start = f"{first} & " if number == 0 and first else "& "
        reason = f" && {row.reason}" if row.reason else ""
        text += f"  {start}{row.cell}{reason}".rstrip()
        if number < len(rows) - 1:
            text += " \\\\\n" if number in ends[1:-2] else " \\\\*\n"
    return text + r" \qedhere"


# ------------------------------------------------------------------------------ statements


def display(lhs: Formula, rel: str, rhs: Formula, width: float) -> str:
    """A statement as a display; broken before its relation where it does not fit on one row."""
    left, right = to_latex(lhs), f"{relation_latex(rel)} {to_latex(rhs)}."
    if width_em(f"{left} {right}") <= width:
        return f"\\[\n  {left} {right}\n\\]"
    frame = _Frame(width, 0.0, 0.0)
    rows = broken(left, width - _INDENT, width)
    cells = [rows[0], *(rf"\qquad {{}} {row}" for row in rows[1:])]
    parts = broken(right, width - 2 * _INDENT, width - _INDENT)
    cells += [rf"\qquad {parts[0]}", *(rf"\qquad\qquad {{}} {part}" for part in parts[1:])]
    body = " \\\\\n".join(f"  & {_cut(cell, frame)}" for cell in cells)
    return f"\\begin{{align*}}\n{body}\n\\end{{align*}}"


def _cut(cell: str, frame: _Frame) -> str:
    return cell if width_em(cell) <= frame.formulas else _shrunk(cell, frame)
