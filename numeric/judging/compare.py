"""Two formulas at the points of one domain: which of them the evaluations can tell apart.

A `Bench` holds the points of a domain and the compiled formulas, so that the lines of a chain
share every sub-formula and every point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from flint import ctx

from derivations.core.calculus import Integral, Limit, Product, Sum
from derivations.core.formula import Constant, Formula, Relation
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import Frame, Run, root_frame
from numeric.balls.values import ZERO, Exact, Indeterminate, Point, Undefined
from numeric.deadline import within
from numeric.exact.settled import BITS, Facts, Settled
from numeric.judging.findings import Finding, Outcome, Side, one_undefined, related
from numeric.points.sample import walk_all
from numeric.reference.agreement import SecondOpinion

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


class _Line:
    """A formula of a bench, and what came of it at the bench's own points.

    Neighbouring steps share a line: what it came to, at a point and a precision, is the right side
    of the one and the left side of the other.
    """

    __slots__ = ("confirmed", "costly", "formula", "run", "sides")

    def __init__(self, formula: Formula, run: Run) -> None:
        self.formula = formula
        self.run = run
        self.costly = any(map(_is_costly, walk_all(formula)))
        # By the number of the point, the bits, and how much was known exactly at the point.
        self.sides: dict[tuple[int, int, int], Side] = {}
        # What the second opinion agreed with, by the number and the bits.
        self.confirmed: dict[tuple[int, int], Side] = {}


@dataclass(frozen=True, slots=True)
class _Said:
    """What the balls say, with so many bits."""

    finding: Finding
    left: Side = ZERO
    right: Side = ZERO
    bits: int = 0


class Bench:
    """The points of a domain, drawn as needed, and the formulas compiled so far."""

    def __init__(self, points: Iterator[Point], digits: int = 50) -> None:
        self._source = points
        self._points: list[Point] = []
        self.compiler = Compiler()
        self.digits = digits
        self.base = 64 * (1 + (int(digits * 3.3219281) + 64) // 64)
        self._second = SecondOpinion(digits, self.base)
        self._lines: dict[Formula, _Line] = {}
        # By the identity of a formula, which is kept with it.
        self._asked: dict[int, tuple[Formula, _Line]] = {}
        self._frames: dict[tuple[int, int], Frame] = {}
        # What depends on no variable is evaluated once for all points.
        self._grounds: dict[int, Frame] = {}
        self._settled: dict[int, Settled] = {}
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
        return any(self._line(formula).costly for formula in formulas)

    def finding(
        self, lhs: Formula, rel: str, rhs: Formula, number: int, proved: bool = False
    ) -> Finding:
        """What point number `number` says about `lhs rel rhs`.

        Of what is `proved`, no agreement by accident is looked for beyond the digits compared.
        """
        point = self.point(number)
        assert point is not None
        return self._decided(self._line(lhs), rel, self._line(rhs), point, number, proved)

    def finding_at(self, lhs: Formula, rel: str, rhs: Formula, point: Point) -> Finding:
        """The same for a point that is not one of the bench's own."""
        return self._decided(self._line(lhs), rel, self._line(rhs), point, None)

    def _line(self, formula: Formula) -> _Line:
        # The same object is asked for at each point: it is not compared with itself.
        known = self._asked.get(id(formula))
        if known is not None:
            return known[1]
        line = self._lines.get(formula)
        if line is None:
            line = self._lines[formula] = _Line(formula, self.compiler.compile(formula))
        self._asked[id(formula)] = (formula, line)
        return line

    def _decided(
        self,
        lhs: _Line,
        rel: str,
        rhs: _Line,
        point: Point,
        number: int | None,
        proved: bool = False,
    ) -> Finding:
        costly = lhs.costly or rhs.costly
        searched = rel == "=" and not proved
        # Without a point a proof of the equality has nothing to add to the one at hand.
        known = {} if proved and not point else self._known(lhs, rel, rhs, point, number)
        count = len(known)
        found = self._on_ladder(lhs, rel, rhs, point, number, known, searched)
        if found.outcome is Outcome.HOLDS and searched:
            if not costly and number is not None and number < _SEARCHED_DEEPLY:
                ladder = (_DEEPEST_DIGITS, MOST_BITS, MOST_BITS)
                deeper = self._balls(lhs, rel, rhs, point, number, known, ladder).finding
                if deeper.outcome is Outcome.FAILS:
                    return deeper
            elif number == 0:
                return self._told_apart(lhs, rhs, point) or found
        # Where only the second opinion is missing, nothing more is to be known.
        if found.outcome is not Outcome.DOUBTFUL or found.bits or (costly and point):
            return found
        more = self._facts_of(lhs, rhs, point, number)
        if len(more) == count:
            return found
        return self._on_ladder(lhs, rel, rhs, point, None, more, searched)

    def _told_apart(self, lhs: _Line, rhs: _Line, point: Point) -> Finding | None:
        """The finding if the balls of a costly claim part at a precision beyond what is compared:
        100 digits of a quadrature, a series or a limit can agree by accident, too."""
        bits = _DEEPER_COSTLY_BITS
        with within(_FOR_A_DEEPER_LOOK, of_work=True), ctx.workprec(bits):
            frame = self._frame(point, 0, bits)
            left = self._side(lhs, frame, (0, bits, 0))
            right = self._side(rhs, frame, (0, bits, 0))
            if not any(isinstance(side, Undefined | Indeterminate) for side in (left, right)):
                found = related(left, "=", right, False, _SEARCHING_DIGITS, bits, MOST_BITS)
                if found is not None and found.outcome is Outcome.FAILS:
                    return found
        return None

    def _on_ladder(
        self,
        lhs: _Line,
        rel: str,
        rhs: _Line,
        point: Point,
        number: int | None,
        known: Facts,
        searched: bool,
    ) -> Finding:
        """What a point says, with the precision raised until it is decided."""
        costly = lhs.costly or rhs.costly
        digits, start = self.digits, self.base - 64 if costly else self.base
        if searched and number is not None and number < _SEARCHED and not costly:
            digits, start = max(digits, _SEARCHING_DIGITS), max(start, 1024)
        most = max(2 * start, _MOST_COSTLY_BITS) if costly else MOST_BITS
        said = self._balls(lhs, rel, rhs, point, number, known, (digits, start, most))
        if said.finding.outcome is not Outcome.HOLDS:
            return said.finding
        return self._confirmed(said, lhs, rhs, point, number)

    def _balls(
        self,
        lhs: _Line,
        rel: str,
        rhs: _Line,
        point: Point,
        number: int | None,
        known: Facts,
        ladder: tuple[int, int, int],
    ) -> _Said:
        """What the balls say; `ladder` has the digits to compare, the bits to begin with, and the
        most."""
        doubt = ""
        digits, bits, most = ladder
        costly = lhs.costly or rhs.costly
        same = lhs is rhs or (
            bool(known) and known.get(Relation(lhs.formula, "=", rhs.formula)) is True
        )
        zero_from = max(2 * bits, _ZERO_COSTLY_BITS) if costly else _ZERO_BITS
        while bits <= most:
            with ctx.workprec(bits):
                frame = self._frame(point, number, bits)
                if known:
                    self.compiler.seed(frame, known)
                key = None if number is None else (number, bits, len(known))
                left, right = self._side(lhs, frame, key), self._side(rhs, frame, key)
                left_gone, right_gone = isinstance(left, Undefined), isinstance(right, Undefined)
                if left_gone and right_gone:
                    return _Said(Finding(Outcome.SILENT, str(left)))
                if isinstance(left, Indeterminate):
                    doubt = str(left)
                elif isinstance(right, Indeterminate):
                    doubt = str(right)
                elif left_gone or right_gone:
                    return _Said(one_undefined(left, right))
                else:
                    found = related(left, rel, right, same, digits, bits, zero_from)
                    if found is not None:
                        return _Said(found, left, right, bits)
                    doubt = f"{bits} bits do not tell the sides apart"
            bits *= 2
        return _Said(Finding(Outcome.DOUBTFUL, doubt))

    def _known(self, lhs: _Line, rel: str, rhs: _Line, point: Point, number: int | None) -> Facts:
        """What is known exactly of the two sides at an irrational point, or without a point.

        Whether the sides themselves are equal is asked first only where that decides: the balls
        of an equation tell unequal sides apart without it.
        """
        if point and not any(isinstance(value, Exact) for value in point.values()):
            return {}
        if point and rel == "=":
            return self._settled_at(point, number).facts((lhs.formula, rhs.formula))
        return self._facts_of(lhs, rhs, point, number)

    def _facts_of(self, lhs: _Line, rhs: _Line, point: Point, number: int | None) -> Facts:
        one, two = lhs.formula, rhs.formula
        return self._settled_at(point, number).facts((one, two, Relation(one, "=", two)))

    def _settled_at(self, point: Point, number: int | None) -> Settled:
        if number is None:
            return Settled(point, self.compiler)
        found = self._settled.get(number)
        if found is None:
            with ctx.workprec(BITS):
                frame = self._frame(point, number, BITS)
            found = self._settled[number] = Settled(point, self.compiler, frame)
        return found

    def _frame(self, point: Point, number: int | None, bits: int) -> Frame:
        if number is None or (bits > max(1024, 2 * self.base) and number >= _SEARCHED_DEEPLY):
            return root_frame(point)
        key = (number, bits)
        frame = self._frames.get(key)
        if frame is None:
            ground = self._grounds.setdefault(bits, Frame(None, {}))
            frame = self._frames[key] = root_frame(point, ground)
        return frame

    def _side(self, line: _Line, frame: Frame, key: tuple[int, int, int] | None) -> Side:
        if key is not None and key in line.sides:
            return line.sides[key]
        side: Side
        try:
            side = evaluated(line.run, frame)
        except (Undefined, Indeterminate) as error:
            side = error.with_traceback(None)
        if key is not None:
            line.sides[key] = side
        return side

    def _confirmed(
        self, said: _Said, lhs: _Line, rhs: _Line, point: Point, number: int | None
    ) -> Finding:
        """The finding if mpmath, asked for both sides, agrees with the balls."""
        found, bits = said.finding, min(said.bits, 2 * self.base)
        key = None if number is None else (number, bits)
        waiting = [
            (line, side)
            for line, side in ((lhs, said.left), (rhs, said.right))
            if key is None or line.confirmed.get(key) is not side
        ]
        if not waiting:
            return found
        doubt = self._second.doubt(
            [(line.formula, side) for line, side in waiting],
            (said.left, said.right),
            point,
            number,
            bits,
            lhs.costly or rhs.costly,
        )
        if doubt:
            return Finding(Outcome.DOUBTFUL, doubt, found.bits)
        if key is not None:
            for line, side in waiting:
                line.confirmed[key] = side
        return found


def _is_costly(node: Formula) -> bool:
    if isinstance(node, Sum | Product):
        return isinstance(node.upper, Constant)
    return isinstance(node, Integral | Limit)
