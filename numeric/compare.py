"""Two formulas at the points of one domain: which of them the evaluations can tell apart.

A `Bench` holds the points of a domain and the compiled formulas, so that the lines of a chain
share every sub-formula and every point.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from typing import Any, Final

import mpmath
from flint import acb, ctx, fmpq
from mpmath import mp, mpc

from derivations.core.calculus import Integral, Limit, Product, Sum
from derivations.core.formula import Constant, Formula, Relation
from numeric.deadline import within
from numeric.enclose import Compiler, evaluated
from numeric.findings import Finding, Outcome, Side, one_undefined, related
from numeric.frames import Frame, root_frame
from numeric.reference import Library, valued
from numeric.reference_operations import Scope, scope_of
from numeric.sample import walk_all
from numeric.second_opinion import QuickReference
from numeric.settled import Facts, facts_at
from numeric.values import (
    Exact,
    Indeterminate,
    Infinity,
    Point,
    Scalar,
    Undefined,
    ball,
    is_zero,
)

# The second opinion is not asked for where a side is smaller than this many bits below 1.
_MOST_EXTRA_BITS: Final = 1 << 14
# Bits of the last attempt to tell two sides apart.
MOST_BITS: Final = 4096
# The first points, the special ones, are compared to so many digits: 50 can agree by accident.
_SEARCHING_DIGITS: Final = 200
_SEARCHED: Final = 32
# The very first to so many.
_DEEPEST_DIGITS: Final = 1000
_SEARCHED_DEEPLY: Final = 2
# Balls about 0 are believed to be 0 only from so many bits on.
_ZERO_BITS: Final = 1024
# The same two limits where each evaluation takes a quadrature, a series or a limit.
_MOST_COSTLY_BITS: Final = 512
_ZERO_COSTLY_BITS: Final = 360
# The first point of such a claim is asked once more with so many bits, for so many seconds.
_DEEPER_COSTLY_BITS: Final = 768
_FOR_A_DEEPER_LOOK: Final = 1.0


class Bench:
    """The points of a domain, drawn as needed, and the formulas compiled so far."""

    def __init__(self, points: Iterator[Point], digits: int = 50) -> None:
        self._source = points
        self._points: list[Point] = []
        self.compiler = Compiler()
        self.library = Library()
        self.quick = QuickReference()
        self.digits = digits
        self.base = 64 * (1 + (int(digits * 3.3219281) + 64) // 64)
        self._frames: dict[tuple[int, int], Frame] = {}
        self._scopes: dict[tuple[int, int], Scope] = {}
        # What depends on no variable is evaluated once for all points.
        self._grounds: dict[int, Frame] = {}
        self._lowest: dict[int, Scope] = {}
        self._costly: dict[Formula, bool] = {}
        self._facts: dict[tuple[Formula, Formula, int | None], Facts] = {}
        self.trouble = ""  # why no more points were found

    def point(self, number: int) -> Point | None:
        """Point number 0, 1, ...; None after the last."""
        while len(self._points) <= number:
            try:
                new = next(self._source, None)
            except (Indeterminate, Undefined) as error:
                self.trouble, new = str(error), None
            if new is None:
                return None
            self._points.append(new)
        return self._points[number]

    def is_costly(self, *formulas: Formula) -> bool:
        """Whether a value of one of the formulas takes a quadrature, a series or a limit."""
        for formula in formulas:
            if formula not in self._costly:
                self._costly[formula] = any(map(_is_costly, walk_all(formula)))
        return any(self._costly[formula] for formula in formulas)

    def _ladder(self, start: int, most: int) -> Iterator[int]:
        """The precisions to try, in bits."""
        bits = start
        while bits <= most:
            yield bits
            bits *= 2

    def finding(self, lhs: Formula, rel: str, rhs: Formula, number: int) -> Finding:
        """What point number `number` says about `lhs rel rhs`."""
        point = self.point(number)
        assert point is not None
        return self._decided(lhs, rel, rhs, point, number)

    def finding_at(self, lhs: Formula, rel: str, rhs: Formula, point: Point) -> Finding:
        """The same for a point that is not one of the bench's own."""
        return self._decided(lhs, rel, rhs, point, None)

    def _decided(
        self, lhs: Formula, rel: str, rhs: Formula, point: Point, number: int | None
    ) -> Finding:
        known = self._known(lhs, rhs, point, number)
        found = self._on_ladder(lhs, rel, rhs, point, number, known)
        if (
            found.outcome is Outcome.HOLDS
            and rel == "="
            and number is not None
            and number < _SEARCHED_DEEPLY
            and not self.is_costly(lhs, rhs)
        ):
            deeper = self._on_ladder(lhs, rel, rhs, point, None, known, _DEEPEST_DIGITS)
            if deeper.outcome is Outcome.FAILS:
                return deeper
        elif found.outcome is Outcome.HOLDS and rel == "=" and number == 0:
            return self._told_apart(lhs, rhs, point) or found
        # Where only the second opinion is missing, nothing more is to be known.
        if found.outcome is not Outcome.DOUBTFUL or found.bits or known or self.is_costly(lhs, rhs):
            return found
        known = self._facts_of(lhs, rhs, point)
        return self._on_ladder(lhs, rel, rhs, point, None, known) if known else found

    def _told_apart(self, lhs: Formula, rhs: Formula, point: Point) -> Finding | None:
        """The finding if the balls of a costly claim part at a precision beyond what is compared:
        100 digits of a quadrature, a series or a limit can agree by accident, too."""
        with within(_FOR_A_DEEPER_LOOK, of_work=True), ctx.workprec(_DEEPER_COSTLY_BITS):
            frame = root_frame(point)
            left, right = self._side(lhs, frame), self._side(rhs, frame)
            if not any(isinstance(side, Undefined | Indeterminate) for side in (left, right)):
                found = related(
                    left, "=", right, False, _SEARCHING_DIGITS, _DEEPER_COSTLY_BITS, MOST_BITS
                )
                if found is not None and found.outcome is Outcome.FAILS:
                    return found
        return None

    def _on_ladder(
        self,
        lhs: Formula,
        rel: str,
        rhs: Formula,
        point: Point,
        number: int | None,
        known: Facts,
        least_digits: int = 0,
    ) -> Finding:
        """What a point says, with the precision raised until it is decided."""
        doubt = ""
        same = lhs == rhs or known.get(Relation(lhs, "=", rhs)) is True
        costly = self.is_costly(lhs, rhs)
        digits, start = self.digits, self.base - 64 if costly else self.base
        if rel == "=" and number is not None and number < _SEARCHED and not costly:
            digits, start = max(digits, _SEARCHING_DIGITS), max(start, 1024)
        if least_digits > digits:
            digits, start = least_digits, MOST_BITS
        most = max(2 * start, _MOST_COSTLY_BITS) if costly else MOST_BITS
        zero_from = max(2 * start, _ZERO_COSTLY_BITS) if costly else _ZERO_BITS
        for bits in self._ladder(start, most):
            with ctx.workprec(bits):
                frame = self._frame(point, number, bits)
                self.compiler.seed(frame, known)
                left, right = self._side(lhs, frame), self._side(rhs, frame)
                gone = [isinstance(side, Undefined) for side in (left, right)]
                if all(gone):
                    return Finding(Outcome.SILENT, str(left))
                unsure = [side for side in (left, right) if isinstance(side, Indeterminate)]
                if unsure:
                    doubt = str(unsure[0])
                    continue
                if any(gone):
                    return one_undefined(left, right)
                found = related(left, rel, right, same, digits, bits, zero_from)
                if found is None:
                    doubt = f"{bits} bits do not tell the sides apart"
                    continue
                if found.outcome is Outcome.HOLDS:
                    return self._confirmed(
                        found, lhs, rel, rhs, (left, right), point, number, min(bits, 2 * self.base)
                    )
                return found
        return Finding(Outcome.DOUBTFUL, doubt)

    def _known(self, lhs: Formula, rhs: Formula, point: Point, number: int | None) -> Facts:
        """What is known exactly of the two sides at an irrational point, or without a point."""
        if point and not any(isinstance(value, Exact) for value in point.values()):
            return {}
        key = (lhs, rhs, number)
        if number is None or key not in self._facts:
            self._facts[key] = self._facts_of(lhs, rhs, point)
        return self._facts[key]

    def _facts_of(self, lhs: Formula, rhs: Formula, point: Point) -> Facts:
        return facts_at(point, (lhs, rhs, Relation(lhs, "=", rhs)), self.compiler)

    def _frame(self, point: Point, number: int | None, bits: int) -> Frame:
        if number is None or bits > max(1024, 2 * self.base):
            return root_frame(point)
        key = (number, bits)
        if key not in self._frames:
            ground = self._grounds.setdefault(bits, Frame(None, {}))
            self._frames[key] = root_frame(point, ground)
        return self._frames[key]

    def _scope(self, point: Point, number: int | None, bits: int) -> Scope:
        if number is None or bits > 2 * self.base:
            return scope_of(point)
        key = (number, bits)
        if key not in self._scopes:
            ground = self._lowest.setdefault(bits, Scope({}))
            self._scopes[key] = scope_of(point, ground)
        return self._scopes[key]

    def _side(self, formula: Formula, frame: Frame) -> Side:
        try:
            return evaluated(self.compiler.compile(formula), frame)
        except (Undefined, Indeterminate) as error:
            return error.with_traceback(None)

    # -------------------------------------------------------------------- the second opinion

    def _confirmed(
        self,
        found: Finding,
        lhs: Formula,
        rel: str,
        rhs: Formula,
        balls: tuple[Side, Side],
        point: Point,
        number: int | None,
        bits: int,
    ) -> Finding:
        """The finding if mpmath, asked for both sides, agrees with the balls."""
        for more in (16, 64):
            with mpmath.workprec(bits + more):
                values = self.quick.values((lhs, rhs), point, number, bits + more)
            if values is None:
                break
            if all(map(_agree, values, balls, repeat(self.digits))):
                return found
        steps = (self.library.step(lhs), self.library.step(rhs))
        extra = max(_lost_bits(side) for side in balls)
        if extra > _MOST_EXTRA_BITS:
            return Finding(Outcome.DOUBTFUL, "a side is too small for mpmath", found.bits)
        reason = ""
        # A quadrature is not asked for more than is compared; else the balls' precision does.
        first = 16 if not self.is_costly(lhs, rhs) else int(self.digits * 3.33) + 24 - bits
        for more in (first, 64 + extra, 192 + 3 * extra):
            with mpmath.workprec(bits + more):
                scope = self._scope(point, number, bits + more)
                try:
                    values = [valued(step, scope) for step in steps]
                except Undefined as error:
                    reason = f"mpmath finds no value where the balls do: {error}"
                    continue
                except Indeterminate as error:
                    return Finding(Outcome.DOUBTFUL, str(error), found.bits)
                if all(
                    _agree(value, side, self.digits)
                    for value, side in zip(values, balls, strict=True)
                ):
                    return found
                reason = "mpmath and Arb disagree"
        return Finding(Outcome.DOUBTFUL, reason, found.bits)


def _is_costly(node: Formula) -> bool:
    if isinstance(node, Sum | Product):
        return isinstance(node.upper, Constant)
    return isinstance(node, Integral | Limit)


def _lost_bits(side: Side) -> int:
    """How far a value is below 1: a difference quotient loses as many bits."""
    if isinstance(side, Infinity | Undefined | Indeterminate) or is_zero(side):
        return 0
    middle = abs(ball(side)).mid()
    if middle.is_zero():
        return 0
    mantissa, exponent = middle.man_exp()
    return max(0, -(int(exponent) + int(mantissa).bit_length()))


def _agree(value: Any, side: Side, digits: int) -> bool:
    """Whether mpmath's value is the ball's, to `digits` digits."""
    if isinstance(side, Infinity):
        return bool(value == side.sign * mp.inf)
    if isinstance(side, Undefined | Indeterminate) or not mpmath.isfinite(value):
        return False
    middle = _as_mp(side)
    error = abs(value - middle)
    size = abs(middle)
    tolerance = mpmath.mpf(10) ** -digits
    if error <= tolerance * size:
        return True
    radius = mpmath.mpf(0) if isinstance(side, fmpq) else _as_mp(side.rad())
    return bool((size <= radius or size == 0) and error <= tolerance)


def _as_mp(value: Scalar) -> Any:
    if isinstance(value, fmpq):
        return mpmath.mpf(int(value.p)) / int(value.q)
    if isinstance(value, acb):
        return mpc(_as_mp(value.real), _as_mp(value.imag))
    mantissa, exponent = value.mid().man_exp()
    return mpmath.ldexp(int(mantissa), int(exponent))
