"""What the figures show, from functions compiled out of the chapters' definitions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from derivations import base2_loss, logistic_loss, zero_one_loss
from derivations import sigmoid as chapter
from derivations import squared_error as squares
from derivations.core import D, Formula, symbol, tanh
from derivations.core.latex import to_latex
from derivations.squashing import algebraic, arctangent, error_function, gudermannian, softsign
from numeric.compile import numpy_function
from numeric.training import train
from numeric.ulp import correctly_rounded, ulps
from reports.plotting import COLOURS, curve, drawn

if TYPE_CHECKING:
    from matplotlib.axes import Axes

x, z = symbol("x"), symbol("z")

# The normalised forms: slope 1 at 0, limits -1 and 1.
FAMILY: tuple[Formula, ...] = (
    error_function.normalised(x),
    tanh(x),
    gudermannian.normalised(x),
    algebraic.g(x),
    arctangent.normalised(x),
    softsign.f(x),
)


def _values(formula: Formula, variable: Any, at: Any) -> Any:
    return numpy_function(formula, (variable,))(at)


def _name(formula: Formula) -> str:
    return f"${to_latex(formula)}$"


def sigmoid() -> bytes:
    def draw(panels: Sequence[Axes]) -> None:
        (axes,) = panels
        at = np.linspace(-8, 8, 801)
        slope = D(chapter.sigma(x), x)
        curve(axes, at, _values(chapter.sigma(x), x, at), _name(chapter.sigma(x)), 0)
        curve(axes, at, _values(slope, x, at), r"$\sigma\,'(x)$", 1)
        axes.set(xlabel="$x$", xlim=(-8, 8), ylim=(0, 1.02), yticks=(0, 0.25, 0.5, 0.75, 1))
        for height in (0.25, 1):
            axes.axhline(height, color="#999999", linewidth=0.4, zorder=0)
        axes.legend(loc="upper left")

    return drawn(draw)


def losses() -> bytes:
    def draw(panels: Sequence[Axes]) -> None:
        (axes,) = panels
        at = np.linspace(-3, 3, 601)
        natural, bits = logistic_loss.L(z), base2_loss.L2(z)
        curve(axes, at, _values(natural, z, at), _name(natural), 0)
        curve(axes, at, _values(bits, z, at), _name(bits), 1)
        error = zero_one_loss.zero_one(z)
        for side in (at[at < 0], at[at >= 0]):
            label = _name(error) if side[0] < 0 else ""
            axes.plot(side, _values(error, z, side), color="black", linewidth=1.4, label=label)
        axes.plot([0], [1], "o", markersize=3.4, markerfacecolor="white", color="black")
        axes.plot([0], [0], "o", markersize=3.4, color="black", clip_on=False, zorder=5)
        axes.set(xlabel="$z$", xlim=(-3, 3), ylim=(0, 4))
        axes.legend(loc="upper right")

    return drawn(draw, height=2.7)


def squared_error() -> bytes:
    def draw(panels: Sequence[Axes]) -> None:
        left, right = panels
        probability = np.linspace(0, 1, 401)[1:-1]
        _against_the_error(
            left, _values(chapter.logit(chapter.p), chapter.p, probability), probability
        )
        left.set(xlabel=r"$p = \sigma(z)$", xlim=(0, 1), ylim=(0, 4))
        at = np.linspace(-6, 6, 601)
        _against_the_error(right, at, at)
        right.set(xlabel="$z$", xlim=(-6, 6), ylim=(0, 4))
        right.legend(loc="upper right")

    return drawn(draw, panels=2)


def _against_the_error(axes: Axes, at: Any, shown: Any) -> None:
    single = squares.squared(1, z)
    for number, formula in enumerate((single, 4 * single)):
        curve(axes, shown, _values(formula, z, at), _name(formula), number)
    error = squares.error(1, z)
    values = _values(error, z, at)
    for number, side in enumerate((at < 0, at >= 0)):
        label = "" if number else _name(error)
        axes.plot(shown[side], values[side], color="black", linewidth=1.4, label=label)


def family() -> bytes:
    def draw(panels: Sequence[Axes]) -> None:
        (axes,) = panels
        at = np.linspace(-5, 5, 801)
        for number, formula in enumerate(FAMILY):
            curve(axes, at, _values(formula, x, at), _name(formula), number)
        axes.set(xlabel="$x$", xlim=(-5, 5), ylim=(-1.02, 1.02), yticks=(-1, -0.5, 0, 0.5, 1))
        axes.legend(loc="lower right")

    return drawn(draw, height=3.1)


def saturation() -> bytes:
    def draw(panels: Sequence[Axes]) -> None:
        (axes,) = panels
        at = np.logspace(-1, 2, 601)
        for number, formula in enumerate(FAMILY):
            curve(axes, at, _values(_slope(formula), x, at), _name(formula), number)
        axes.set(xscale="log", yscale="log", xlabel="$x$", xlim=(0.1, 100), ylim=(1e-12, 2))
        axes.legend(loc="lower left")

    return drawn(draw, height=3.1)


def _slope(formula: Formula) -> Formula:
    """The derivative; that of softsign, which has a kink, is the right side of its claim."""
    if formula == softsign.f(x):
        return softsign.DERIVATIVE.claim.rhs
    return D(formula, x)


def training() -> bytes:
    def draw(panels: Sequence[Axes]) -> None:
        (axes,) = panels
        run = train()
        steps = np.arange(run.steps + 1)
        curve(axes, steps, run.train_losses, "training samples", 0)
        curve(axes, steps, run.test_losses, "test samples", 1)
        axes.set(xlabel="step", ylabel="mean cross-entropy", xlim=(0, run.steps), ylim=(0.2, 0.72))
        axes.legend(loc="upper right")

    return drawn(draw)


# ---------------------------------------------------------------------------- rounding errors

_LEAST, _MOST = 1e-1, 1e18


def rounding() -> bytes:
    """Errors in ULPs of formulas of one variable, at points on both sides of 0."""
    formulas = (
        chapter.sigma(z),
        chapter.softplus(z),
        logistic_loss.L(z),
    )

    def draw(panels: Sequence[Axes]) -> None:
        at = [Fraction(n, 2) + Fraction(1, 7) for n in range(-90, 90)]
        for number, (axes, formula) in enumerate(zip(panels, formulas, strict=True)):
            errors = [_error(formula, point) for point in at]
            shown = np.clip([_MOST if e is None else e for e in errors], _LEAST, _MOST)
            axes.plot(
                [float(point) for point in at], shown, ".", markersize=2.2, color=COLOURS[number]
            )
            axes.set(
                yscale="log",
                xlabel="$z$",
                xlim=(-46, 46),
                ylim=(_LEAST, _MOST),
                title=_name(formula),
            )
            if number:
                axes.set_yticklabels([])
        panels[0].set_ylabel("error in ulp")

    return drawn(draw, panels=len(formulas), height=2.4)


def _error(formula: Formula, point: Fraction) -> float | None:
    """The error at the float64 next to a point; None where the reference is not known."""
    rounded = float(point)
    correct = correctly_rounded(formula, {z: Fraction(rounded)})
    if correct is None:
        return None
    return ulps(float(_values(formula, z, rounded)), correct)
