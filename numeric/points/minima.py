"""Where the two sides of an inequality come nearest: the points at which it fails, if it does.

A strict inequality may fail in a range so narrow that no drawn point meets it. The difference of
the sides is followed downhill, from the points where it was least, to its local minima.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from flint import acb, arb, ctx, fmpq

from derivations.core.claim import Claim
from derivations.core.domain import Interval
from derivations.core.formula import Symbol
from derivations.proving.casework import plain
from numeric.balls.enclose import evaluated
from numeric.balls.frames import root_frame
from numeric.balls.values import Exact, Indeterminate, Infinity, Point, Undefined, as_number, ball
from numeric.judging.compare import Bench
from numeric.points.arranged import Condition, is_allowed
from numeric.points.critical import is_continuous

_BITS: Final = 192
# So many of the lowest valleys are followed, each so many steps.
_VALLEYS: Final = 6
_STEPS: Final = 80
_DESCENTS: Final = 120
_GOLDEN: Final = Fraction(39603, 64079)  # a ratio of Lucas numbers
_TINY: Final = 10.0**-14
# A point so near to an end of its domain, or so far out, only approaches what lies there.
_INNER: Final = Fraction(1, 10**5)
_OUTER: Final = 1000


@dataclass(frozen=True, slots=True)
class Valley:
    """A point near a local minimum of the margin; `touches` where the sides come very near."""

    point: Point
    touches: bool


def valleys(claim: Claim, bench: Bench, tried: int) -> Iterator[Valley]:
    """The lowest local minima of the difference of two sides in order, the lowest first."""
    if claim.rel not in {"<", "<=", ">", ">="} or bench.is_costly(claim.lhs, claim.rhs):
        return
    moving = [v for v, d in claim.on if isinstance(v, Symbol) and isinstance(d, Interval)]
    if not moving:
        return
    search = _Search(claim, bench)
    points = [p for number in range(tried) if (p := bench.point(number)) is not None]
    known = [(margin, p) for p in points if (margin := search.margin(p)) is not None]
    if len(claim.on) == 1:
        yield from _along_a_line(search, moving[0], known)
    known.sort(key=lambda pair: search.relative(*pair))
    for margin, point in known[: _VALLEYS if len(claim.on) > 1 else 2]:
        found, low = search.descended(point, margin, moving)
        yield Valley(found, search.is_touching(found, low, margin))


class _Search:
    """The margin by which an inequality holds, at exact points of its domain."""

    def __init__(self, claim: Claim, bench: Bench) -> None:
        self.claim = claim
        self.domains = claim.domains
        larger = claim.rel in {">", ">="}
        high, low = (claim.lhs, claim.rhs) if larger else (claim.rhs, claim.lhs)
        self.run = bench.compiler.compile(high - low)
        self.size = bench.compiler.compile(claim.lhs)
        self.condition = Condition(claim.where)
        # Where a side may jump the least margin need not be met.
        self.is_smooth = is_continuous(plain(high - low))

    def margin(self, point: Point) -> arb | None:
        """How far the inequality is from failing; None where that is not known."""
        return self._value(self.run, point)

    def _value(self, run: object, point: Point) -> arb | None:
        assert callable(run)
        with ctx.workprec(_BITS):
            try:
                value = evaluated(run, root_frame(point))
            except (Undefined, Indeterminate):
                return None
            if isinstance(value, Infinity | acb):
                return None
            around = arb(ball(value))  # type: ignore[arg-type]  # a real ball
            # What may be 0 or of either sign says nothing of where it is least.
            return arb(around.mid()) if not around.contains(0) or around.is_zero() else None

    def relative(self, margin: arb, point: Point) -> float:
        size = self._value(self.size, point)
        with ctx.workprec(64):
            ratio = margin / (arb(1) if size is None else abs(size) + arb(10) ** -30)
            return float(ratio)

    def is_touching(self, point: Point, margin: arb, around: arb) -> bool:
        """Whether the sides come far nearer than around, and not because an end is near."""
        return (
            self.is_smooth
            and bool(margin < around * _TINY)
            and self.is_inner(point)
            and self.rises_around(point, margin)
        )

    def rises_around(self, point: Point, margin: arb) -> bool:
        """Whether the margin is known to be larger some way off along each variable, on both sides:
        where it goes on to fall, or is too small to be known, the sides meet nowhere near."""
        for v, value in point.items():
            if not isinstance(self.domains[v], Interval) or not isinstance(value, int | Fraction):
                continue
            width = max(abs(Fraction(value)), Fraction(1)) / 64
            for move in (width, -width):
                beside: Point = {**point, v: as_number(_short(value + move))}
                if not self.allowed(beside):
                    continue
                higher = self.margin(beside)
                if higher is None or not higher > margin:
                    return False
        return True

    def allowed(self, point: Point) -> bool:
        return is_allowed(point, self.domains, self.condition)

    def descended(self, point: Point, margin: arb, moving: list[Symbol]) -> tuple[Point, arb]:
        """Downhill by steps along one variable at a time, shorter where none goes down."""
        step = {
            v: max(abs(Fraction(value)), Fraction(1, 8)) / 4
            for v in moving
            if isinstance(value := point[v], int | Fraction)
        }
        for _ in range(_DESCENTS):
            for v, width in step.items():
                lower = self._lower(point, margin, v, width) or self._lower(
                    point, margin, v, -width
                )
                step[v] = width / 2 if lower is None else _short(width * 3 / 2)
                point, margin = lower or (point, margin)
            if margin < 0:
                break
        return point, margin

    def _lower(
        self, point: Point, margin: arb, v: Symbol, move: Fraction
    ) -> tuple[Point, arb] | None:
        value = point[v]
        assert isinstance(value, int | Fraction)
        candidate: Point = {**point, v: as_number(_short(value + move))}
        found = self.margin(candidate) if self.allowed(candidate) else None
        return None if found is None or not found < margin else (candidate, found)

    def is_inner(self, point: Point) -> bool:
        """Whether a point is neither near an end of its domain or its condition, nor far out."""
        return all(
            not isinstance(self.domains[v], Interval)
            or (
                isinstance(value, int | Fraction)
                and -_OUTER < value < _OUTER
                and all(self.allowed({**point, v: as_number(value + d)}) for d in (_INNER, -_INNER))
            )
            for v, value in point.items()
        )


def _along_a_line(search: _Search, v: Symbol, known: list[tuple[arb, Point]]) -> Iterator[Valley]:
    placed: dict[Fraction, arb] = {}
    for margin, point in known:
        value = point[v]
        if isinstance(value, int | Fraction):
            placed[Fraction(value)] = margin
        elif isinstance(value, Exact):
            placed.update(_beside(search, v, value))
    line = sorted(placed.items())
    found: list[tuple[float, Fraction, Fraction, Fraction]] = []
    for (left, a), (middle, b), (right, c) in zip(line, line[1:], line[2:], strict=False):
        if b <= a and b <= c:
            found.append((search.relative(b, {v: as_number(middle)}), left, middle, right))
    for _, left, middle, right in sorted(found)[:_VALLEYS]:
        point, low = _narrowed(search, v, left, middle, right)
        yield Valley(point, search.is_touching(point, low, min(placed[left], placed[right])))


def _beside(search: _Search, v: Symbol, value: Exact) -> Iterator[tuple[Fraction, arb]]:
    """A fraction next to an irrational point, with its margin."""
    with ctx.workprec(80):
        here = value.enclosed()
    if isinstance(here, acb | fmpq):
        return
    mantissa, exponent = here.mid().man_exp()
    near = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    point: Point = {v: near}
    margin = search.margin(point) if search.allowed(point) else None
    if margin is not None:
        yield near, margin


def _narrowed(
    search: _Search, v: Symbol, low: Fraction, middle: Fraction, high: Fraction
) -> tuple[Point, arb]:
    """Golden section: the lowest point between two others, above which both lie."""
    best_point: Point = {v: as_number(middle)}
    best = search.margin(best_point)
    assert best is not None
    for _ in range(_STEPS):
        right = high - middle > middle - low
        wide = high - middle if right else middle - low
        probe = _short(middle + wide * (1 - _GOLDEN) * (1 if right else -1))
        if not low < probe < high or probe == middle:
            break
        point: Point = {v: as_number(probe)}
        # A gap that the condition leaves between two points is a wall.
        margin = search.margin(point) if search.allowed(point) else best
        if margin is None:
            break
        if margin < best:
            low, high = (middle, high) if right else (low, middle)
            middle, best, best_point = probe, margin, point
            if best < 0:
                break
        elif right:
            high = probe
        else:
            low = probe
    return best_point, best


def _short(value: Fraction) -> Fraction:
    """A fraction of at most 160 bits next to this one."""
    excess = value.denominator.bit_length() - 160
    if excess <= 0:
        return value
    scale = 2**160
    return Fraction(round(value * scale), scale)
