"""How a name is printed in LaTeX: Greek letters, subscripts, templates with `#1`, `#2`.

Different names print differently: `theta_1` is a theta with a subscript, `theta1` a word. A
`Symbol("e")` or `Symbol("pi")` is set apart from the constants.

>>> name_latex("theta_j"), name_latex("x_test_1"), name_latex("rate")
('\\\\theta_{j}', 'x_{\\\\mathrm{test},1}', '\\\\mathrm{rate}')
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from derivations.core.formula import FormulaError
from derivations.core.functions import Head
from derivations.core.special_functions import FUNCTIONS

_GREEK_NAMES: Final = (  # no pi: that is the constant's
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi "
    "rho varrho sigma varsigma tau upsilon phi varphi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
_GREEK: Final = frozenset(_GREEK_NAMES.split())
_WORD: Final = re.compile(r"[A-Za-z0-9]+\Z")
_SET_APART: Final = {"e": r"\mathsf{e}", "_": r"\_"}
_GROUP: Final = re.compile(r"(?<!\\)\{[^{}]*\}")
_BRACKETS: Final = re.compile(
    r"\([^()\[\]]*\)|\[[^()\[\]]*\]"
    r"|\\lvert\b.*?\\rvert\b|\\lfloor\b.*?\\rfloor\b|\\lceil\b.*?\\rceil\b|\\\{.*?\\\}"
)
# What may carry an exponent: a letter or macro with its braces, a subscript, a pair of brackets.
_BASE: Final = re.compile(
    r"(?:(?!\\(?:d|t)?frac\b|\\sqrt\b|\\log\b(?!_|@|$))\\[A-Za-z]+|[A-Za-z])?\s*~*\s*"
    r"(?:_(?:~|[A-Za-z0-9]|\\[A-Za-z]+))?\s*@?\Z"
)
_INDEXED: Final = re.compile(r"(\\?[A-Za-z]+(?:\{[A-Za-z]+\})?)_\{[^{}, ]*\}\Z")
_OPENS: Final = ("(", "[", r"\{", r"\lvert", r"\lfloor", r"\lceil", r"\langle", r"\lVert")
_CLOSES: Final = (")", "]", r"\}", r"\rvert", r"\rfloor", r"\rceil", r"\rangle", r"\rVert")
_TOKEN: Final = re.compile(r"#[1-9]|\\[A-Za-z]+|\\.|.", re.DOTALL)
_TALL: Final = re.compile(r"\\(?:[dt]?frac|sum|prod|int|lim|binom|left|begin)(?![A-Za-z])")


def name_latex(name: str, word: str = r"\mathrm") -> str:
    """The printed form of a name; `word` sets the letters of a base that is a whole word.

    Errors: `FormulaError` for a name with letters outside ASCII.
    """
    base, subscripts = _split(name)
    printed = _SET_APART.get(base) or _part(base, word)
    return f"{printed}_{{{','.join(subscripts)}}}" if subscripts else printed


def indexed_latex(name: str, latex: str, indices: list[str], *, juxtaposed: bool) -> str:
    """A name with indices: `x_{i j}`, or `x_{1,2}` where the indices are not single letters.

    `latex` may be a macro, or a template such as `x^{(#1)}_{#2}`.
    """
    if "#" in latex:
        return filled(latex, indices)
    joined = (" " if juxtaposed else ", ").join(indices)
    if not latex:
        base, subscripts = _split(name)
        printed = _SET_APART.get(base) or _part(base, r"\mathrm")
        return f"{printed}_{{{', '.join((*subscripts, joined))}}}"
    return f"{{{latex}}}_{{{joined}}}" if "_" in _flat(latex) else f"{latex}_{{{joined}}}"


def head_latex(head: Head) -> str:
    r"""The name of a function alone: `\sigma`, `\log`, `h_\theta`, `z`."""
    if not head.latex:
        return name_latex(head.name, r"\operatorname")
    if "#" not in head.latex:
        return head.latex
    macro = re.match(r"(.*?)\s*(?:\(#1\)|\(#1[^()]*\)|_\{#1\})\Z", head.latex)
    if macro and macro[1] and "#" not in macro[1]:
        return macro[1]
    return re.sub(r"#[1-9]", lambda _: r"\cdot", head.latex)


def definiendum_latex(head: Head) -> str:
    r"""What a definition defines, by name, or with its parameters where the style needs them:
    `\sigma`, but `z_{i}`."""
    params = getattr(head, "params", ())
    if "#" not in head.latex or not params:
        return head_latex(head)
    return filled(head.latex, [p.latex or name_latex(p.name) for p in params])


def template_of(head: Head, arity: int) -> str:
    """The printed form of a call: the head's template, or its name and bracketed arguments."""
    style = dict(getattr(head, "styles", ())).get(arity, head.latex)
    if "#" in style:
        return style
    if not arity:
        return head_latex(head)
    return f"{head_latex(head)}({', '.join(f'#{n}' for n in range(1, arity + 1))})"


def is_of_a_family(latex: str) -> bool:
    r"""Whether a bracket behind this would be taken for the argument of a listed function with
    an index, such as P_n(x), J_n(x), B_n(x).

    >>> [is_of_a_family(s) for s in ("P_{n}", "T_{k i}", "x_{n}", r"\mathrm{B}_{#1}")]
    [True, False, False, True]
    """
    found = _INDEXED.match(latex)
    return found is not None and found[1] in _families()


@cache
def _families() -> frozenset[str]:
    named = re.compile(r"(.*?)_\{#\d\}.*\(")
    templates = (template_of(head, n) for head in FUNCTIONS.values() for n in head.arities)
    return frozenset(found[1] for template in templates if (found := named.match(template)))


def _split(name: str) -> tuple[str, list[str]]:
    base, *rest = name.split("_")
    if not base or not all(rest):
        return name, []
    return base, [_part(part, r"\mathrm") for part in rest]


def _part(part: str, word: str) -> str:
    if part in _GREEK:
        return f"\\{part}"
    if len(part) == 1 and part.isascii() and part.isalpha():
        return part
    if part.isascii() and part.isdigit():
        return part
    escaped = part.replace("_", r"\_")
    if not _WORD.match(part.replace("_", "") or "x"):
        raise FormulaError(f"the name {part!r} has no LaTeX: give the symbol its latex=...")
    return f"{word}{{{escaped}}}"


def _flat(latex: str) -> str:
    """The LaTeX with braced groups as `~` and bracketed ones as `@`."""
    before = ""
    while before != latex:
        before, latex = latex, _GROUP.sub("~", latex)
    before = ""
    while before != latex:
        before, latex = latex, _BRACKETS.sub("@", latex)
    return latex


def may_carry_exponent(latex: str) -> bool:
    r"""Whether `latex^{2}` reads as the square of the whole.

    >>> [may_carry_exponent(s) for s in (r"\sigma(x)", "x_{i}", "x^{(i)}", r"\sqrt{x}", "n!")]
    [True, True, False, False, False]
    """
    return _BASE.match(_flat(latex)) is not None


def is_sum(latex: str) -> bool:
    """Whether a template has a `+`, `-` or relation outside all brackets."""
    return re.search(r"[-+=<>]", _flat(latex)) is not None


def is_tall(latex: str) -> bool:
    """Whether brackets around this must grow."""
    return _TALL.search(latex) is not None


def bare_slots(template: str) -> frozenset[int]:
    """The numbers of the slots that stand outside all brackets and braces, as in `#1!`."""
    depth = 0
    bare = set()
    for token in _TOKEN.findall(template):
        if token == "{" or token in _OPENS:
            depth += 1
        elif token == "}" or token in _CLOSES:
            depth -= 1
        elif token.startswith("#") and depth == 0:
            bare.add(int(token[1:]))
    return frozenset(bare)


def filled(template: str, args: list[str]) -> str:
    """The template with its slots filled; its brackets grow where an argument is tall.

    Errors: `FormulaError` where the template has a slot that the arguments do not fill.
    """
    slots = {int(n) for n in re.findall(r"#([1-9])", template)}
    if slots and max(slots) > len(args):
        raise FormulaError(f"the template {template!r} has more slots than arguments: {len(args)}")
    tokens = _TOKEN.findall(template)
    growing = frozenset() if is_tall(template) else _around_tall(tokens, args)
    out = []
    for place, token in enumerate(tokens):
        if token.startswith("#") and len(token) == 2:
            out.append(args[int(token[1:]) - 1])
        elif place in growing:
            out.append((r"\left" if token in _OPENS else r"\right") + token)
        else:
            out.append(token)
    return "".join(out)


def _around_tall(tokens: list[str], args: list[str]) -> frozenset[int]:
    """The places of the brackets that have a tall argument between them. The square brackets of a
    root are no such pair: they belong to the macro."""
    opened: list[tuple[int, bool]] = []
    found: set[int] = set()
    for place, token in enumerate(tokens):
        if token in _OPENS:
            opened.append((place, False))
        elif token in _CLOSES and opened:
            start, tall = opened.pop()
            of_root = token == "]" and start > 0 and tokens[start - 1] == r"\sqrt"
            if tall and not of_root:
                found |= {start, place}
            if tall and opened:
                opened[-1] = (opened[-1][0], True)
        elif token.startswith("#") and len(token) == 2 and is_tall(args[int(token[1:]) - 1]):
            opened = [(start, True) for start, _ in opened]
    return frozenset(found)


def bracketed(latex: str) -> str:
    r"""In round brackets, which grow only around what is tall."""
    return rf"\left({latex}\right)" if is_tall(latex) else f"({latex})"
