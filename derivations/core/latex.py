r"""Formulas, domains and hypotheses in LaTeX, in the author's order and grouping.

Different meanings never print alike: a sign after an operator, a power of a power, a sum that is
not the last factor or term stand in brackets; a dot parts factors that would misread side by side.

>>> from derivations.core.formula import symbol
>>> from derivations.core.functions import exp, log
>>> x = symbol("x")
>>> print(to_latex(1 / (1 + exp(-x))))
\frac{1}{1 + e^{-x}}
>>> print(to_latex(-x * (-1) * (log(x) - 2) ** 2))
-x \cdot (-1) (\log(x) - 2)^{2}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivations.core.domain import (
    Complexes,
    Domain,
    FiniteSet,
    IndexRange,
    Integers,
    Interval,
    Reals,
)
from derivations.core.formula import Array, Formula, oo
from derivations.core.latex_names import is_tall
from derivations.core.latex_printer import RELATION_LATEX, Printer

if TYPE_CHECKING:
    from derivations.core.claim import Claim, Variable


def to_latex(formula: Formula) -> str:
    """The formula in LaTeX math mode (amsmath), without dollars.

    Errors: `FormulaError` for a name outside ASCII without a printed form of its own.
    """
    return Printer(formula).whole(formula)


def relation_latex(rel: str) -> str:
    r"""A relation sign: `<=` is `\le`."""
    return RELATION_LATEX[rel]


def domain_latex(domain: Domain) -> str:
    r"""A domain in LaTeX math mode.

    >>> from derivations.core.domain import Binary, integers, closed
    >>> [domain_latex(d) for d in (Reals, Binary, closed(0, 1), integers(1), integers(0, 2))]
    ['\\mathbb{R}', '\\{0, 1\\}', '[0, 1]', '\\{1, 2, \\dots\\}', '\\{0, 1, 2\\}']
    """
    match domain:
        case Complexes():
            return r"\mathbb{C}"
        case FiniteSet(members=members):
            return rf"\{{{', '.join(map(to_latex, members))}\}}"
        case Integers(lower=lower, upper=upper):
            return _integers(lower, upper)
        case IndexRange(upper=size):
            return rf"\{{1, \dots, {to_latex(size)}\}}"
    return r"\mathbb{R}" if domain == Reals else _interval(domain)


def _interval(domain: Interval) -> str:
    inner = f"{to_latex(domain.lower)}, {to_latex(domain.upper)}"
    left, right = "(" if domain.lower_open else "[", ")" if domain.upper_open else "]"
    return rf"\left{left}{inner}\right{right}" if is_tall(inner) else f"{left}{inner}{right}"


def _integers(lower: int | None, upper: int | None) -> str:
    if lower is None and upper is None:
        return r"\mathbb{Z}"
    if lower is None:
        assert upper is not None
        return rf"\{{\dots, {upper - 1}, {upper}\}}"
    if upper is None:
        return rf"\{{{lower}, {lower + 1}, \dots\}}"
    if upper - lower <= 3:
        return rf"\{{{', '.join(map(str, range(lower, upper + 1)))}\}}"
    return rf"\{{{lower}, {lower + 1}, \dots, {upper}\}}"


def membership_latex(variables: tuple[Variable, ...], domain: Domain) -> str:
    r"""That variables of one shape lie in a domain: `x, y \in \mathbb{R}`, `x > 0`; arrays lie in
    a power of it.

    >>> from derivations.core.domain import Positive
    >>> from derivations.core.formula import array, symbols
    >>> x, y, m, n = symbols("x y m n")
    >>> print(membership_latex((x, y), Positive))
    x, y > 0
    >>> print(membership_latex((array("X", m, n),), Reals))
    X \in \mathbb{R}^{m \times n}
    """
    names = ", ".join(map(to_latex, variables))
    shape = _shape(variables[0])
    if shape:
        power = r" \times ".join(map(to_latex, shape))
        return rf"{names} \in {domain_latex(domain)}^{{{power}}}"
    if isinstance(domain, Interval) and domain != Reals:
        if domain.upper == oo:
            above = ">" if domain.lower_open else r"\ge"
            return f"{names} {above} {to_latex(domain.lower)}"
        if domain.lower == Reals.lower:
            below = "<" if domain.upper_open else r"\le"
            return f"{names} {below} {to_latex(domain.upper)}"
    return rf"{names} \in {domain_latex(domain)}"


def _shape(variable: Variable) -> tuple[Formula, ...]:
    return variable.sizes if isinstance(variable, Array) else ()


def hypotheses_latex(claim: Claim) -> tuple[str, ...]:
    r"""The hypotheses of a claim, each in LaTeX math mode, variables of one domain together:
    `x, y \in \mathbb{R}`, then the condition `x \ne y`."""
    groups: dict[tuple[Domain, tuple[Formula, ...]], list[Variable]] = {}
    for variable, domain in claim.on:
        groups.setdefault((domain, _shape(variable)), []).append(variable)
    members = (membership_latex(tuple(names), domain) for (domain, _), names in groups.items())
    condition = [] if claim.where is None else [to_latex(claim.where)]
    return (*members, *condition)


def hypotheses_sentence(claim: Claim) -> str:
    r"""The hypotheses as words to go before the statement: `Let $x \in \mathbb{R}$.`; empty where
    the claim has no variable.

    >>> from derivations.core.claim import Claim
    >>> from derivations.core.formula import ne, symbols
    >>> x, y = symbols("x y")
    >>> claim = Claim("q", x / y, "=", x / y, on={x: Reals, y: Reals}, where=ne(y, 0))
    >>> print(hypotheses_sentence(claim))
    Let $x, y \in \mathbb{R}$ with $y \ne 0$.
    """
    pieces = [f"${piece}$" for piece in hypotheses_latex(claim)]
    condition = "" if claim.where is None else f" with {pieces.pop()}"
    if not pieces:
        return ""
    *before, last = pieces
    listed = f"{', '.join(before)} and {last}" if before else last
    return f"Let {listed}{condition}."
