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

from typing import TYPE_CHECKING, Final

from derivations.core.domain import (
    Complexes,
    Domain,
    FiniteSet,
    Integers,
    Interval,
    NonNegative,
    Positive,
    Reals,
)
from derivations.core.formula import Array, Formula, Symbol, oo
from derivations.core.latex_names import is_tall
from derivations.core.latex_printer import Printer
from derivations.core.substitute import free_symbols

if TYPE_CHECKING:
    from derivations.core.claim import Claim, Variable

_INDEX_NAMES: Final = "ijklpqrs"


def to_latex(formula: Formula) -> str:
    """The formula in LaTeX math mode (amsmath), without dollars.

    Errors: `FormulaError` for a name outside ASCII without a printed form of its own.
    """
    return Printer(formula).whole(formula)


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
    r"""That variables of one kind lie in a domain: `x, y \in \mathbb{R}`, `x > 0`.

    >>> from derivations.core.formula import array, symbols
    >>> x, y, m = symbols("x y m")
    >>> print(membership_latex((x, y), Positive))
    x, y > 0
    >>> print(membership_latex((array("y", m),), Reals))
    y_{1}, \dots, y_{m} \in \mathbb{R}
    """
    names = ", ".join(_member(v) for v in variables)
    if domain == Positive:
        return f"{names} > 0"
    if domain == NonNegative:
        return rf"{names} \ge 0"
    if isinstance(domain, Interval) and domain != Reals:
        if domain.upper == oo:
            above = ">" if domain.lower_open else r"\ge"
            return f"{names} {above} {to_latex(domain.lower)}"
        if domain.lower == Reals.lower:
            below = "<" if domain.upper_open else r"\le"
            return f"{names} {below} {to_latex(domain.upper)}"
    return rf"{names} \in {domain_latex(domain)}"


def _member(variable: Variable) -> str:
    if isinstance(variable, Symbol):
        return to_latex(variable)
    if len(variable.sizes) == 1:
        size = variable.sizes[0]
        return rf"{to_latex(variable[1])}, \dots, {to_latex(variable[size])}"
    return to_latex(variable[_indices(variable)])


def _indices(variable: Array) -> tuple[Symbol, ...]:
    taken = {s.name for size in variable.sizes for s in free_symbols(size)}
    names = [name for name in _INDEX_NAMES if name not in taken]
    return tuple(Symbol(name) for name in names[: len(variable.sizes)])


def _ranges(variable: Array) -> str:
    """The ranges of the indices of a matrix: `1 \\le i \\le m`."""
    return ", ".join(
        rf"1 \le {to_latex(index)} \le {to_latex(size)}"
        for index, size in zip(_indices(variable), variable.sizes, strict=True)
    )


def hypotheses_latex(claim: Claim) -> tuple[str, ...]:
    r"""The hypotheses of a claim, each in LaTeX math mode, variables of a domain together:
    `x, y \in \mathbb{R}`, then the condition `x \ne y`."""
    groups: dict[tuple[Domain, int], list[Variable]] = {}
    matrices: list[str] = []
    for variable, domain in claim.on:
        if isinstance(variable, Array) and len(variable.sizes) > 1:
            member = membership_latex((variable,), domain)
            matrices.append(rf"{member} \text{{ for }} {_ranges(variable)}")
        else:
            kind = len(groups) if isinstance(variable, Array) else -1
            groups.setdefault((domain, kind), []).append(variable)
    plain = [membership_latex(tuple(vs), domain) for (domain, _), vs in groups.items()]
    condition = [] if claim.where is None else [to_latex(claim.where)]
    return (*plain, *matrices, *condition)


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
