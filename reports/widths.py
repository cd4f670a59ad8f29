r"""How wide LaTeX mathematics is when typeset, estimated in em from above.

The table is Latin Modern's (Computer Modern has the same metrics), measured with pdflatex at 10pt
and 11pt; the larger value is kept. What is not in the table is taken to be an em wide. A test
compares the estimates with pdflatex's own boxes.

>>> width_em("x") < width_em(r"\frac{x + 1}{2}") < width_em("x + 1 + x^{2}")
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ITALIC_WIDTHS: Final = """
    .529 .429 .433 .520 .466 .597 .513 .576 .345 .469 .552 .318 .878 .600 .485 .503 .482 .479 .469
    .361 .572 .521 .743 .572 .526 .509 .750 .809 .786 .856 .796 .782 .786 .912 .518 .651 .921 .681
    1.079 .912 .791 .781 .791 .767 .671 .723 .792 .806 1.083 .907 .803 .754"""
_ROMAN_WIDTHS: Final = """
    .500 .556 .444 .556 .444 .306 .500 .556 .278 .306 .528 .278 .833 .556 .500 .556 .528 .392 .394
    .389 .556 .528 .722 .528 .528 .444 .750 .708 .722 .764 .681 .653 .785 .750 .361 .514 .778 .625
    .917 .750 .778 .681 .778 .736 .556 .722 .750 .750 1.028 .750 .750 .611"""
_ITALIC: Final = dict(zip(_LETTERS, map(float, _ITALIC_WIDTHS.split()), strict=True))
_ROMAN: Final = dict(zip(_LETTERS, map(float, _ROMAN_WIDTHS.split()), strict=True))
_MACRO: Final = {
    "alpha": 0.643, "beta": 0.618, "gamma": 0.573, "delta": 0.482, "epsilon": 0.406,
    "varepsilon": 0.466, "zeta": 0.511, "eta": 0.532, "theta": 0.497, "vartheta": 0.591,
    "iota": 0.354, "kappa": 0.576, "lambda": 0.583, "mu": 0.603, "nu": 0.558, "xi": 0.484,
    "rho": 0.517, "varrho": 0.517, "sigma": 0.607, "varsigma": 0.443, "tau": 0.55,
    "upsilon": 0.576, "phi": 0.596, "varphi": 0.654, "chi": 0.626, "psi": 0.687, "omega": 0.658,
    "pi": 0.606, "Gamma": 0.625, "Delta": 0.833, "Theta": 0.778, "Lambda": 0.694, "Xi": 0.667,
    "Pi": 0.75, "Sigma": 0.722, "Upsilon": 0.778, "Phi": 0.722, "Psi": 0.778, "Omega": 0.722,
    "ell": 0.417, "infty": 1.0, "partial": 0.586, "top": 0.778, "lnot": 0.667, "dots": 1.5,
    "lvert": 0.278, "rvert": 0.278, "lVert": 0.5, "rVert": 0.5, "lfloor": 0.444, "rfloor": 0.444,
    "lceil": 0.444, "rceil": 0.444, "langle": 0.389, "rangle": 0.389, "prime": 0.275,
    ",": 0.167, ";": 0.278, ":": 0.222, "!": -0.167, " ": 0.333, "quad": 1.0, "qquad": 2.0,
    "{": 0.5, "}": 0.5, "%": 0.833, "displaystyle": 0.0, "textstyle": 0.0, "limits": 0.0,
}  # fmt: skip
_BINARY: Final = {"+": 0.778, "-": 0.778, r"\cdot": 0.278, r"\times": 0.778, r"\pm": 0.778}
_RELATIONS: Final = {
    "=": 0.778, "<": 0.778, ">": 0.778, r"\le": 0.778, r"\ge": 0.778, r"\ne": 0.778,
    r"\to": 1.0, r"\in": 0.667, r"\mid": 0.278, r"\sim": 0.778, r"\approx": 0.778,
}  # fmt: skip
_PLAIN: Final = {"(": 0.389, ")": 0.389, "[": 0.283, "]": 0.283, "!": 0.278, "'": 0.275, "/": 0.5,
                 "|": 0.278, ".": 0.278, ":": 0.278, "?": 0.472, " ": 0.0}  # fmt: skip
# Large operators in a display, where the limits of all but the integral are above and below.
_LARGE: Final = {
    "sum": 1.444, "prod": 1.278, "int": 1.0, "lim": 1.389, "max": 1.834, "min": 1.667,
}  # fmt: skip
_NAMED: Final = frozenset(
    ("log", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan")
)
_SIZED: Final = {"big": 0.458, "Big": 0.597, "bigg": 0.736, "Bigg": 0.792}
_THIN, _MEDIUM, _THICK = 0.167, 0.223, 0.278
_SCRIPT: Final = 0.8  # small letters are wider than 7pt over 10pt
_MARGIN: Final = 1.01
_TOKEN: Final = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)


@lru_cache(maxsize=1 << 16)
def width_em(latex: str, *, display: bool = True) -> float:
    """The width of LaTeX mathematics in em, estimated from above."""
    return _MARGIN * _Reader(_TOKEN.findall(latex)).width(display=display)


@lru_cache(maxsize=1 << 14)
def text_width_em(text: str) -> float:
    """The width of words in LaTeX's text mode, `$...$` in them being mathematics."""
    words, *others = re.split(r"(?<!\\)\$", text)
    width = _words(words)
    for n, piece in enumerate(others):
        width += _words(piece) if n % 2 else width_em(piece, display=False)
    return _MARGIN * width


def _words(text: str) -> float:
    plain = re.sub(r"\\[A-Za-z]+(?:\{\})?", "W", text).replace("\\", "")
    return sum(0.34 if c == " " else _ROMAN.get(c, 0.5) for c in plain)


@dataclass(slots=True)
class _Reader:
    tokens: list[str]
    position: int = 0

    def peek(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.position += 1
        return token

    def skip_spaces(self) -> None:
        while self.peek().isspace():
            self.position += 1

    def argument(self) -> list[str]:
        """The tokens of the next group, or the next token."""
        self.skip_spaces()
        if self.peek() != "{":
            return [self.take()]
        self.take()
        depth, found = 1, []
        while self.position < len(self.tokens):
            token = self.take()
            depth += {"{": 1, "}": -1}.get(token, 0)
            if depth == 0:
                break
            found.append(token)
        return found

    def until(self, opening: str, closing: str) -> list[str]:
        """The tokens up to the closing that balances an opening already taken."""
        depth, found = 1, []
        while self.position < len(self.tokens):
            token = self.take()
            depth += {opening: 1, closing: -1}.get(token, 0)
            if depth == 0:
                break
            found.append(token)
        return found

    def width(self, *, display: bool, script: bool = False) -> float:
        """Of all that is left. In scripts TeX sets no space around signs."""
        total, start = 0.0, True
        while self.position < len(self.tokens):
            token = self.take()
            if token.isspace():
                continue
            if token in _BINARY:
                total += _BINARY[token] + (0.0 if start or script else 2 * _MEDIUM)
            elif token in _RELATIONS:
                total += _RELATIONS[token] + (0.0 if script else 2 * _THICK)
            elif token in {",", ";"}:
                total += 0.278 + (0.0 if script else _THIN)
            else:
                total += self.atom(token, display, script)
            start = token in _BINARY or token in _RELATIONS or token in {"(", "[", ",", ";"}
        return total

    def atom(self, token: str, display: bool, script: bool) -> float:
        if token == "{":
            self.position -= 1
            return self.scripted(_of(self.argument(), display, script))
        if token.startswith("\\") and len(token) > 1:
            return self.macro(token[1:], display, script)
        if token in "^_":
            self.position -= 1
            return self.scripted(0.0)
        width = _ITALIC.get(token) or _PLAIN.get(token)
        return self.scripted(0.5 if width is None else width)

    def macro(self, name: str, display: bool, script: bool) -> float:
        thin = 0.0 if script else _THIN
        match name:
            case "frac" | "dfrac" | "tfrac" | "binom":
                parts = [_of(self.argument(), False, script or not display) for _ in range(2)]
                scale = 1.0 if (display and name != "tfrac") or name == "dfrac" else _SCRIPT
                return self.scripted(0.24 + scale * max(parts)) + 2 * thin
            case "left":
                return self.scripted(self.fenced(display, script)) + 2 * thin
            case "sqrt":
                return self.scripted(1.0 + _of(self.argument(), False, script))
            case "text" | "mathrm" | "operatorname" | "mathsf" | "mathit" | "mathbf" | "mathbb":
                letters = "".join(self.argument())
                wide = 1.2 if name == "mathbf" else 1.3 if name == "mathbb" else 1.0
                after = _THIN if name == "operatorname" else 0.0  # in scripts, too
                return self.scripted(wide * text_width_em(letters)) + after
            case "begin":
                return self.environment(script)
            case "bar" | "hat" | "tilde" | "vec" | "overline" | "dot":
                return self.scripted(_of(self.argument(), display, script))
        if name in _SIZED:
            self.take()
            return self.scripted(_SIZED[name])
        if name in _LARGE:
            stacked = display and name != "int"
            size = _LARGE[name] if display or name in {"lim", "max", "min"} else _LARGE[name] * 0.74
            return self.scripted(size, stacked=stacked) + 2 * thin
        if name in _NAMED:
            return self.scripted(_words(name)) + 2 * _THIN
        return self.scripted(_MACRO.get(name, 1.0))

    def scripted(self, nucleus: float, *, stacked: bool = False) -> float:
        """The nucleus with the exponent and the subscript that follow it."""
        scripts = [0.0]
        while True:
            self.skip_spaces()
            if self.peek() not in {"^", "_"}:
                break
            self.take()
            scripts.append(_SCRIPT * _of(self.argument(), False, True) + 0.06)
        return max(nucleus, *scripts) if stacked and len(scripts) > 1 else nucleus + max(scripts)

    def fenced(self, display: bool, script: bool) -> float:
        self.take()
        content = self.until(r"\left", r"\right")
        self.take()
        latex = " ".join(content)
        tower = latex.count(r"\frac") != len(re.findall(r"\\frac(?! \{ \\frac)", latex))
        big = tower or any(op in latex for op in (r"\sum", r"\prod", r"\int", r"\begin"))
        return 2 * (0.88 if big else 0.76) + _of(content, display, script)

    def environment(self, script: bool) -> float:
        display = "".join(self.argument()) != "cases"
        rows = "".join(self.until(r"\begin", r"\end")).split(r"\\")
        self.argument()
        columns: list[float] = []
        for row in rows:
            for n, cell in enumerate(row.split("&")):
                width = _of(_TOKEN.findall(cell), display, script)
                columns[n : n + 1] = [max([width, *columns[n : n + 1]])]
        return 1.2 + sum(columns) + len(columns)


def _of(tokens: list[str], display: bool, script: bool) -> float:
    return _Reader(tokens).width(display=display, script=script)
