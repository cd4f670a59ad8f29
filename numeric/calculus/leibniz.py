"""Derivatives under the integral sign, and term by term: whether they are right.

Where f(t, x) is analytic in t and x beside the path of integration, and the integrals of its
derivatives by x converge uniformly for x near a point, the integral has the integrals of these for
its derivatives there (Leibniz). A sum of analytic terms whose neighbours are in a ratio of at most
q < 1 on a whole disc converges uniformly on it, and is differentiated term by term (Weierstrass);
what is left out of its Taylor series is bounded by Cauchy's estimate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from flint import acb, arb

from derivations.core.calculus import Integral
from derivations.core.formula import Formula, Symbol
from numeric.balls.values import Indeterminate, Infinity, Scalar, Undefined, ball
from numeric.calculus.parts import EncloseParts, Extended
from numeric.tails.expand import Walk
from numeric.tails.expansions import Tail
from numeric.tails.growth import tail_integral

# How far beside a point is looked.
_BESIDE: Final = (4, 10, 20)
# How often a range is halved at most, and where a tail begins.
_DEEPEST: Final = 9
_TAILS: Final = ((16, 3), (256, 3), (2**20, 4))


class Beside:
    """The parts of a formula with one name in a ball about its value."""

    def __init__(self, enclose: EncloseParts, x: Symbol, values: Scalar) -> None:
        self.enclose, self.x, self.values = enclose, x, values

    def __call__(
        self, formula: Formula, bound: Mapping[Symbol, Scalar], analytic: bool = False
    ) -> Extended:
        return self.enclose(formula, {self.x: self.values, **bound}, analytic)


def require_leibniz(
    node: Integral, slopes: Sequence[Formula], x: Symbol, at: Scalar, enclose: EncloseParts
) -> None:
    """Whether an integral whose ends do not move is differentiated by x at a point under its sign;
    `slopes` are its integrand and the derivatives by x.

    Errors: `Indeterminate` where that is not seen.
    """
    trouble: Indeterminate | None = None
    for bits in _BESIDE:
        size = arb(2) ** -bits * (1 + abs(ball(at)))
        try:
            _require_beside(node, slopes, x, at, size, enclose)
        except (Indeterminate, Undefined) as error:
            trouble = Indeterminate(str(error))
        else:
            return
    assert trouble is not None
    raise trouble


def _require_beside(
    node: Integral,
    slopes: Sequence[Formula],
    x: Symbol,
    at: Scalar,
    size: arb,
    enclose: EncloseParts,
) -> None:
    disc = acb(at) + acb(arb(0, size), arb(0, size))
    around = Beside(enclose, x, disc)
    ends = [enclose(end, {}) for end in (node.lower, node.upper)]
    low, high = (None if isinstance(end, Infinity) else ball(end) for end in ends)
    if isinstance(low, acb) or isinstance(high, acb):
        raise Indeterminate("an end of an integral is not real")
    if low is None or high is None:
        if isinstance(at, acb):
            raise Indeterminate("an improper integral is differentiated by a real number only")
        along = Beside(enclose, x, arb(at) + arb(0, size))
        start = _require_tails(node, slopes, along, ends)
        low = -start if low is None else low
        high = start if high is None else high
    _require_analytic(node, around, low, high, 0)


def _require_tails(
    node: Integral, slopes: Sequence[Formula], along: Beside, ends: Sequence[Extended]
) -> arb:
    """Where tails begin in which the integrals of all derivatives converge uniformly."""
    trouble: Indeterminate | None = None
    for cut, order in _TAILS:
        tail = Tail(arb(cut), order)
        try:
            for end, moving in (
                (ends[0], tail.negative(tail.variable())),
                (ends[1], tail.variable()),
            ):
                if not isinstance(end, Infinity):
                    if abs(ball(end)) < cut:
                        continue
                    raise Indeterminate("the tail begins before an end")
                for slope in slopes:
                    walk = Walk(tail, along, {node.variable: moving})
                    envelope = tail.envelope(walk.expand(slope))
                    if envelope is not None:
                        tail_integral(envelope.growth, tail.start)
        except Indeterminate as error:
            trouble = error
        else:
            return tail.start
    assert trouble is not None
    raise trouble


def _require_analytic(node: Integral, around: Beside, low: arb, high: arb, depth: int) -> None:
    """That the integrand is analytic beside each t from low to high."""
    middle, half = (low + high) / 2, abs(high - low).upper() / 2
    piece = acb(middle + arb(0, half), arb(0, half / 4))
    try:
        value = around(node.body, {node.variable: piece}, True)
        fine = not isinstance(value, Infinity) and ball(value).is_finite()
    except (Indeterminate, Undefined):
        fine = False
    if fine:
        return
    if depth >= _DEEPEST:
        raise Indeterminate(f"{node} is not seen to be analytic beside its range")
    _require_analytic(node, around, low, middle, depth + 1)
    _require_analytic(node, around, middle, high, depth + 1)
