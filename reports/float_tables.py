"""Tables of float64 values in the book, computed by functions compiled from the definitions."""

from __future__ import annotations

from dataclasses import dataclass
from math import isinf

from derivations.loading import Chapter
from reports.typeset_numbers import number_latex


@dataclass(frozen=True, slots=True)
class Table:
    """In LaTeX: a `tabular`, and what stands below it."""

    body: str
    caption: str


def tables_of(chapter: Chapter) -> list[Table]:
    """The tables of a shipped chapter; of most there are none."""
    return [_there_and_back()] if chapter.origin == "derivations.sigmoid" else []


def _there_and_back() -> Table:
    from derivations import sigmoid
    from numeric.compile import numpy_function
    from numeric.special_values import special_values

    there = numpy_function(sigmoid.sigma(sigmoid.x), (sigmoid.x,))
    back = numpy_function(sigmoid.logit(sigmoid.p), (sigmoid.p,))
    rows = [
        " & ".join(f"${_float(value)}$" for value in (row.point, row.sigmoid, row.back))
        for row in special_values(there, back)
    ]
    body = "\n".join((
        r"\begin{tabular}{@{}rll@{}}",
        r"\toprule",
        r"$x$ & $\sigma(x)$ & $\operatorname{logit}(\sigma(x))$ \\",
        r"\midrule",
        *(rf"{row} \\" for row in rows),
        r"\bottomrule",
        r"\end{tabular}",
    ))  # fmt: skip
    return Table(body, "The sigmoid in float64, and back by the logit, all digits printed.")


def _float(value: float) -> str:
    if isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    return number_latex(repr(value).removesuffix(".0"))
