"""Whether mpmath, asked for a value that the balls have, agrees with them: the second opinion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import mpmath
from flint import acb, arb, ctx, fmpq
from mpmath import mp, mpc, mpf

from derivations.core.formula import Formula
from numeric.balls.values import Indeterminate, Infinity, Point, Scalar, Undefined, ball, is_zero
from numeric.judging.findings import Side
from numeric.reference.evaluate import Library, valued
from numeric.reference.operations import Scope, scope_of
from numeric.reference.second_opinion import QuickReference

# The second opinion is not asked for where a side is smaller than this many bits below 1.
_MOST_EXTRA_BITS: Final = 1 << 14
# Bits beyond those of the balls, at first and when that was not enough.
_FIRST: Final = 16
_MORE: Final = 64
_MOST: Final = 192
# Two values are compared with so many bits more than their digits have.
_GUARD: Final = 32


class SecondOpinion:
    """mpmath's values of formulas at the points of a bench; `base` bits are usual there.

    What is real and elementary is evaluated on a tape (`numeric.reference.second_opinion`),
    everything else by the general evaluation (`numeric.reference.evaluate`), and so is what the
    tape gets differently.
    """

    def __init__(self, digits: int, base: int) -> None:
        self.digits = digits
        self.base = base
        self.library = Library()
        self.quick = QuickReference()
        self._scopes: dict[tuple[int, int], Scope] = {}
        # What depends on no variable is evaluated once for all points.
        self._lowest: dict[int, Scope] = {}

    def doubt(
        self,
        sides: Sequence[tuple[Formula, Side]],
        sizes: Sequence[Side],
        point: Point,
        number: int | None,
        bits: int,
        costly: bool,
    ) -> str:
        """Why mpmath does not confirm the balls of formulas; empty where it does.

        `sizes` tell how much a difference may lose. What is `costly` is asked for no more digits
        than are compared; else the precision of the balls does.
        """
        with ctx.workprec(int(self.digits * 3.33) + 2 * _GUARD):
            return self._doubt(sides, sizes, point, number, bits, costly)

    def _doubt(
        self,
        sides: Sequence[tuple[Formula, Side]],
        sizes: Sequence[Side],
        point: Point,
        number: int | None,
        bits: int,
        costly: bool,
    ) -> str:
        waiting = sides if costly else self._left(sides, point, number, bits)
        if not waiting:
            return ""
        extra = max(map(_lost_bits, sizes))
        if extra > _MOST_EXTRA_BITS:
            return "a side is too small for mpmath"
        reason = ""
        first = int(self.digits * 3.33) + 24 if costly else min(bits, self.base) + _FIRST
        ladder = (first, bits + _MORE + extra, bits + _MOST + 3 * extra)
        for prec in ladder:
            doubted = []
            for formula, side in waiting:
                value = self.quick.value(formula, point, number, prec)
                if value is not None:
                    if agree(value, side, self.digits):
                        continue
                    reason = "mpmath and Arb disagree"
                    if prec != ladder[-1]:
                        doubted.append((formula, side))
                        continue
                try:
                    value = self._general(formula, point, number, prec)
                except Undefined as error:
                    reason = f"mpmath finds no value where the balls do: {error}"
                except Indeterminate as error:
                    if costly or prec >= bits:
                        return str(error)
                    reason = str(error)
                else:
                    if agree(value, side, self.digits):
                        continue
                    reason = "mpmath and Arb disagree"
                doubted.append((formula, side))
            waiting = doubted
            if not waiting:
                return ""
        return reason

    def _left(
        self, sides: Sequence[tuple[Formula, Side]], point: Point, number: int | None, bits: int
    ) -> Sequence[tuple[Formula, Side]]:
        """The formulas that the tape, asked twice, does not confirm."""
        for prec in (min(bits, self.base) + _FIRST, bits + _MORE):
            doubted = []
            for formula, side in sides:
                value = self.quick.value(formula, point, number, prec)
                if value is None or not agree(value, side, self.digits):
                    doubted.append((formula, side))
            sides = doubted
            if not sides:
                break
        return sides

    def _general(self, formula: Formula, point: Point, number: int | None, prec: int) -> Any:
        with mpmath.workprec(prec):
            return valued(self.library.step(formula), self._scope(point, number, prec))

    def _scope(self, point: Point, number: int | None, bits: int) -> Scope:
        if number is None or bits > 2 * self.base:
            return scope_of(point)
        key = (number, bits)
        if key not in self._scopes:
            ground = self._lowest.setdefault(bits, Scope({}))
            self._scopes[key] = scope_of(point, ground)
        return self._scopes[key]


def _lost_bits(side: Side) -> int:
    """How far a value is below 1: a difference quotient loses as many bits."""
    if isinstance(side, Infinity | Undefined | Indeterminate) or is_zero(side):
        return 0
    middle = abs(ball(side)).mid()
    if middle.is_zero():
        return 0
    mantissa, exponent = middle.man_exp()
    return max(0, -(int(exponent) + int(mantissa).bit_length()))


def agree(value: Any, side: Side, digits: int) -> bool:
    """Whether mpmath's value is the ball's, to `digits` digits (at a precision of balls that has
    these and some more)."""
    if isinstance(side, Infinity):
        return bool(value == side.sign * mp.inf)
    if isinstance(side, Undefined | Indeterminate) or not mp.isfinite(value):
        return False
    if isinstance(value, mpf) and not isinstance(side, acb) and _surely_agree(value, side, digits):
        return True
    with mpmath.workprec(int(digits * 3.33) + 2 * _GUARD):
        middle = _as_mp(side)
        error = abs(value - middle)
        size = abs(middle)
        tolerance = mpmath.mpf(10) ** -digits
        if error <= tolerance * size:
            return True
        radius = mpmath.mpf(0) if isinstance(side, fmpq) else _as_mp(side.rad())
        return bool((size <= radius or size == 0) and error <= tolerance)


def _surely_agree(value: Any, side: fmpq | arb, digits: int) -> bool:
    """The same, told by balls around the exact numbers; False where they do not tell."""
    middle = arb(side) if isinstance(side, fmpq) else side.mid()
    # A difference of dyadic numbers is rounded once; a float of mpmath's is taken exactly.
    return bool(abs(arb(value) - middle) <= abs(middle) * _tolerance(digits))


_tolerances: dict[int, arb] = {}


def _tolerance(digits: int) -> arb:
    """A ball just below 10**-digits."""
    if digits not in _tolerances:
        with ctx.workprec(int(digits * 3.33) + 2 * _GUARD):
            _tolerances[digits] = (1 / arb(10) ** digits).lower()
    return _tolerances[digits]


def _as_mp(value: Scalar) -> Any:
    if isinstance(value, fmpq):
        return mpmath.mpf(int(value.p)) / int(value.q)
    if isinstance(value, acb):
        return mpc(_as_mp(value.real), _as_mp(value.imag))
    mantissa, exponent = value.mid().man_exp()
    return mpmath.ldexp(int(mantissa), int(exponent))
