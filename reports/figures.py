"""The figures of the book. What is plotted is compiled from the chapters' own definitions.

A figure belongs to a chapter, and is drawn only for a report with that chapter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from derivations.loading import Chapter


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as PDF; `caption` is LaTeX, `chapter` the name of the shipped chapter it is for."""

    chapter: str
    file: str
    caption: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Plan:
    file: str
    draw: str  # the name of a function in `reports.drawings`
    caption: str


_PLANS: Final[dict[str, tuple[_Plan, ...]]] = {
    "sigmoid": (_Plan("sigmoid.pdf", "sigmoid", "The sigmoid and its derivative."),),
    "logistic_loss": (
        _Plan(
            "ulp.pdf",
            "rounding",
            "Errors of the float64 functions that are compiled from the formulas as they stand, in "
            "units in the last place of the correctly rounded value. Errors below $10^{-1}$ are "
            "drawn at the lower edge, and values that are lost altogether (infinite, or not a "
            "number) at the upper one.",
        ),
    ),
    "zero_one_loss": (
        _Plan(
            "losses.pdf",
            "losses",
            "The logistic losses against the zero-one loss. The natural-log loss is below it just "
            "to the left of $0$; the base-2 loss is not.",
        ),
    ),
    "squared_error": (
        _Plan(
            "squared_error.pdf",
            "squared_error",
            "The squared error, and four times the squared error, of the label $1$, against the "
            "error: as functions of the probability $p = \\sigma(z)$ (left) and of $z$ (right).",
        ),
    ),
    "squashing.saturation": (
        _Plan(
            "sigmoid_family.pdf",
            "family",
            "The normalised sigmoid functions, with slope $1$ at $0$ and limits $-1$ and $1$.",
        ),
        _Plan(
            "saturation.pdf",
            "saturation",
            "The derivatives of the normalised sigmoid functions, with logarithmic axes: "
            "exponential, Gaussian and polynomial decay.",
        ),
    ),
    "training": (
        _Plan(
            "training.pdf",
            "training",
            "The mean cross-entropy on the training samples and on the test samples, step by step.",
        ),
    ),
}


def figures_of(chapters: Iterable[Chapter]) -> list[Figure]:
    """The figures of those shipped chapters that are among these, in their order."""
    wanted = [c.name for c in chapters if c.origin == f"derivations.{c.name}" and c.name in _PLANS]
    if not wanted:
        return []
    from reports import drawings  # Matplotlib takes its time to start

    found = []
    for name in wanted:
        for plan in _PLANS[name]:
            draw: Callable[[], bytes] = getattr(drawings, plan.draw)
            found.append(Figure(name, plan.file, plan.caption, draw()))
    return found
