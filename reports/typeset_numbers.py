r"""Numbers and points of the evidence, which are plain text, as LaTeX mathematics.

>>> number_latex("3.1e-57"), number_latex("1e-50"), number_latex("0.25"), number_latex("-7507/32")
('3.1 \\cdot 10^{-57}', '10^{-50}', '0.25', '-7507/32')
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

from derivations.core import Claim
from derivations.core.latex import to_latex
from derivations.core.reason_latex import text_latex
from reports.widths import width_em

_FLOAT: Final = re.compile(r"(-?\d+(?:\.\d+)?)(?:[eE]([+-]?\d+))?\Z")
_FRACTION: Final = re.compile(r"-?\d+(?:/\d+)?\Z")
_LONGEST: Final = 9  # characters of a fraction that is printed exactly
_NEAR: Final = Fraction(1, 10**6)


def number_latex(text: str) -> str:
    """A decimal or a fraction; what is neither is printed in upright letters."""
    if re.match(r"-?\d+/\d+\Z", text):
        return text if len(text) <= _LONGEST else _rounded(Fraction(text))
    found = _FLOAT.match(text.removesuffix("..."))
    if found is None:
        return rf"\text{{{text_latex(text)}}}"
    dots = r"\dots" if text.endswith("...") else ""
    mantissa, exponent = found[1], int(found[2] or 0)
    if exponent == 0:
        return f"{mantissa}{dots}"
    power = f"10^{{{exponent}}}"
    if not dots and Fraction(mantissa) in {1, -1}:
        return power if Fraction(mantissa) == 1 else f"-{power}"
    return rf"{mantissa}{dots} \cdot {power}"


def _rounded(value: Fraction) -> str:
    """Four digits; what is next to an integer n is printed as n plus or minus a power of ten."""
    nearest = round(value)
    rest = value - nearest
    if nearest and rest and abs(rest) < _NEAR:
        sign = "+" if rest > 0 else "-"
        return f"{nearest} {sign} {number_latex(_digits(abs(rest), 2))}"
    return number_latex(_digits(value, 4))


def _digits(value: Fraction, digits: int) -> str:
    with localcontext(prec=digits):
        decimal = (Decimal(value.numerator) / value.denominator).normalize()
    return f"{decimal:E}" if abs(decimal.adjusted()) > 3 else f"{decimal:f}"


def is_exact(text: str) -> bool:
    """Whether a value is printed exactly, not rounded."""
    return _FRACTION.match(text) is None or "/" not in text or len(text) <= _LONGEST


def point_latex(point: str, names: Mapping[str, str], most: int = 3) -> str:
    r"""A point, `x = 7/2, y = 0`, with the printed names of its variables; dots stand for what is
    left out: arrays, and variables after the first few.

    >>> point_latex("x = -261/9444732965739290427392, theta = ((1, 2), (3, 4))", {})
    'x \\approx -2.763 \\cdot 10^{-20}, \\dots'
    """
    shown: list[str] = []
    hidden = False
    for name, value in entries(point):
        if value.startswith("(") or len(shown) == most:
            hidden = True
            continue
        relation = "=" if is_exact(value) else r"\approx"
        shown.append(f"{names.get(name, text_in_math(name))} {relation} {number_latex(value)}")
    if hidden:
        shown.append(r"\dots")
    return ", ".join(shown)


def place_latex(point: str, names: Mapping[str, str], room: float) -> str:
    """A point in a column of `room` em; as much of it as there is place for."""
    for most in (3, 2, 1):
        latex = point_latex(point, names, most)
        if width_em(latex) <= room:
            return latex
    return ""


def text_in_math(name: str) -> str:
    return name if len(name) == 1 else rf"\mathrm{{{text_latex(name)}}}"


def entries(point: str) -> Iterator[tuple[str, str]]:
    """The names and values in the text of a point."""
    depth, start = 0, 0
    pieces = []
    for place, letter in enumerate(point):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            pieces.append(point[start:place])
            start = place + 1
    for piece in (*pieces, point[start:]):
        name, equals, value = piece.partition("=")
        if equals:
            yield name.strip(), value.strip()


def printed_names(claim: Claim) -> dict[str, str]:
    """How the variables of a claim are printed, by name."""
    return {variable.name: to_latex(variable) for variable, _ in claim.on}
