"""The variables of a claim as rows of floats, and rows of floats as exact points."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np
from flint import acb, arb, ctx

from derivations.core.claim import Claim
from derivations.core.domain import Complexes, FiniteSet, Integers, Interval
from derivations.core.formula import Formula, FormulaError, Symbol, pi
from derivations.proving.casework import plain
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import Frame
from numeric.balls.values import (
    Gaussian,
    Indeterminate,
    Infinity,
    Point,
    Undefined,
    Value,
    Variable,
    as_number,
)
from numeric.exact.irrational import closed

_HUGE: Final = 1e300
_SIMPLE: Final = 10_000  # denominators of fractions that are tried for a float


@dataclass(frozen=True, slots=True)
class Axis:
    """One real coordinate: from `low` to `high`, whole numbers only or all; or some members."""

    low: float = -np.inf
    high: float = np.inf
    whole: bool = False
    members: tuple[float, ...] = ()

    def fitted(self, values: Any) -> Any:
        """Values moved to the range."""
        if self.members:
            given = np.asarray(self.members)
            return given[np.abs(values[..., None] - given).argmin(axis=-1)]
        inside = np.clip(values, self.low, self.high)
        return np.rint(inside) if self.whole else inside


@dataclass(frozen=True, slots=True)
class Chart:
    """The axes of all variables in order; a complex variable has two."""

    variables: tuple[Symbol, ...]
    complex_ones: frozenset[Symbol]
    axes: tuple[Axis, ...]

    def arrays(self, rows: Any) -> dict[Symbol, Any]:
        """The values of the variables, from one row of floats for each axis."""
        values: dict[Symbol, Any] = {}
        k = 0
        for v in self.variables:
            if v in self.complex_ones:
                values[v] = rows[k] + 1j * rows[k + 1]
                k += 2
            else:
                values[v] = rows[k]
                k += 1
        return values

    def fitted(self, rows: Any) -> Any:
        return np.stack([axis.fitted(row) for axis, row in zip(self.axes, rows, strict=True)])

    def point(self, column: Any, *, simple: bool = False) -> Point | None:
        """The exact point of a column of floats, or simple fractions near it."""
        if not all(np.isfinite(value) and abs(value) < _HUGE for value in column):
            return None
        exact = [_fraction(float(value), simple) for value in column]
        if simple and not self.complex_ones:
            turned = [_turned(float(value)) for value in column]
            if any(turned):
                both = zip(turned, exact, strict=True)
                values_of = (angle or as_number(fraction) for angle, fraction in both)
                return dict(zip(self.variables, values_of, strict=True))
        values: dict[Variable, Value] = {}
        k = 0
        for v in self.variables:
            if v in self.complex_ones:
                real, imag = exact[k], exact[k + 1]
                values[v] = Gaussian(real, imag) if imag else as_number(real)
                k += 2
            else:
                values[v] = as_number(exact[k])
                k += 1
        return values


def _turned(value: float) -> Value | None:
    """The simple multiple of pi that a float seems to be, but for 0."""
    twelfths = round(12 * value / np.pi)
    near = abs(value - twelfths * np.pi / 12) <= 1e-7 * max(1, abs(value))
    return closed(twelfths * pi / 12) if twelfths and near and abs(twelfths) < 1000 else None


def _fraction(value: float, simple: bool) -> Fraction:
    given = Fraction(value)
    if not simple or abs(given) > 10**12:
        return given
    near = given.limit_denominator(_SIMPLE)
    return near if abs(near - given) <= max(Fraction(1), abs(given)) / 10**6 else given


def written_out(claim: Claim) -> tuple[tuple[Formula, Formula], Formula | None] | None:
    """The sides of a claim and its condition, definitions unfolded; None where they cannot be."""
    try:
        sides = plain(claim.lhs), plain(claim.rhs)
        return sides, None if claim.where is None else plain(claim.where)
    except (FormulaError, RecursionError):
        return None


def chart_of(claim: Claim) -> Chart | None:
    """The chart of a claim; None where a variable has no coordinates."""
    axes: list[Axis] = []
    for v, domain in claim.on:
        if not isinstance(v, Symbol):
            return None
        match domain:
            case Complexes():
                axes += [Axis(), Axis()]
            case Interval(lower=lower, upper=upper):
                left, right = _float(lower), _float(upper)
                if left is None or right is None or not left < right:
                    return None
                axes.append(Axis(left, right))
            case Integers(lower=low, upper=high):
                if max(abs(low or 0), abs(high or 0)) > _HUGE:
                    return None
                axes.append(
                    Axis(
                        -np.inf if low is None else float(low),
                        np.inf if high is None else float(high),
                        whole=True,
                    )
                )
            case FiniteSet(members=formulas):
                values = [closed(formula) for formula in formulas]
                if not all(isinstance(value, int | Fraction) for value in values):
                    return None
                axes.append(Axis(members=tuple(float(value) for value in values)))  # type: ignore[arg-type]
            case _:
                return None
    return Chart(
        tuple(v for v, _ in claim.on if isinstance(v, Symbol)),
        frozenset(v for v, d in claim.on if isinstance(v, Symbol) and isinstance(d, Complexes)),
        tuple(axes),
    )


def _float(formula: Formula) -> float | None:
    with ctx.workprec(64):
        try:
            value = evaluated(Compiler().compile(formula), Frame(None, {}))
        except (Undefined, Indeterminate):
            return None
    if isinstance(value, Infinity):
        return value.sign * np.inf
    if isinstance(value, acb):
        return None
    return float(arb(value).mid())


def drawn(axis: Axis, random: Any, count: int) -> Any:
    """Values of one axis: even near 0 or between the ends, of all magnitudes, and whole."""
    if axis.members:
        return random.choice(np.asarray(axis.members), count)
    sign = random.choice([-1.0, 1.0], count)
    kinds = np.stack(
        [
            random.uniform(-10, 10, count),
            sign * np.exp(random.uniform(-14, 14, count)),
            np.rint(random.uniform(-6, 6, count)),
        ]
    )
    low, high = axis.low, axis.high
    if np.isfinite(low) and np.isfinite(high):
        even = low + (high - low) * random.uniform(0, 1, (2, count))
        kinds = np.concatenate([even, kinds[2:]])
    elif np.isfinite(low):
        kinds = low + np.abs(kinds)
    elif np.isfinite(high):
        kinds = high - np.abs(kinds)
    return axis.fitted(kinds[random.integers(0, 3, count), np.arange(count)])
