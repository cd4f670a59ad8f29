"""An integrand between two of its kinks and jumps: the smooth function that it is there.

`Abs(t)` between -1 and 0 is -t: that t < 0 on the whole way is proved, by balls between the ends
and by the slope, or an expansion, at an end where t is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

from flint import acb, arb, fmpq

from derivations.core.calculus import Derivative, Prime
from derivations.core.conditions import And, Cases, Indicator, Not, Or
from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Call,
    Div,
    Formula,
    FormulaError,
    Mul,
    Neg,
    Relation,
    Symbol,
    as_formula,
    num,
)
from derivations.core.functions import Definition
from derivations.core.substitute import (
    bound_variable,
    free_names,
    free_symbols,
    fresh_symbol,
    rewrite,
)
from numeric.balls.operations import holds
from numeric.balls.values import (
    Indeterminate,
    Infinity,
    Scalar,
    Undefined,
    ball,
    sign_of,
    the_integer_in,
)
from numeric.calculus.breaks import Place, places
from numeric.calculus.divergence import vanishes_at
from numeric.calculus.parts import EncloseParts, real_value
from numeric.tails.expand import Walk
from numeric.tails.expansions import Expansion, Tail

# A way is cut so often until each part is judged; an end is looked at on parts halved so often.
_MOST_PARTS: Final = 160
_HALVINGS: Final = 12
# Where expansions begin, as powers of 2.
_TAILS: Final = (8, 32, 128)
_ORDER: Final = 4

End: TypeAlias = Place | Infinity


class _Open(Exception):  # noqa: N818 (a message inside of this file)
    """A sign is not decided."""


def marked(
    body: Formula, t: Symbol, enclose: EncloseParts, ends: Sequence[Formula]
) -> tuple[End, ...] | None:
    """The ends of the pieces of an integral, from below to above; None where it is one piece
    without singular ends."""
    values = [enclose(end, {}) for end in ends]
    low, high = values
    assert not isinstance(low, acb)
    assert not isinstance(high, acb)
    found = places(body, t, enclose, low, high)
    if not found:
        return None
    marks: list[End] = []
    for formula, value in zip(ends, (low, high), strict=True):
        if isinstance(value, Infinity):
            marks.append(value)
            continue
        here = [place for place in found if arb(place.value).overlaps(arb(value))]
        rough = any(place.rough for place in here)
        marks.append(Place(value, formula, rough, is_end=True))
        found = tuple(place for place in found if place not in here)
    one, two = marks
    if not found and not any(isinstance(end, Place) and end.rough for end in marks):
        # A kink at an end is resolved as one inside is.
        return (one, two)
    return (one, *found, two)


def inside_of(place: Place, direction: int) -> Place:
    """An exact place beside another one."""
    at = arb((arb(place.value) + direction).mid())
    return Place(fraction_of(at), written_out(at), False)


def fraction_of(at: arb) -> fmpq:
    mantissa, exponent = at.man_exp()
    scale = int(exponent)
    return fmpq(int(mantissa) << scale) if scale >= 0 else fmpq(int(mantissa), 1 << -scale)


def written_out(at: arb) -> Formula:
    """An exact ball as a formula."""
    value = fraction_of(at)
    return as_formula(Fraction(int(value.p), int(value.q)))


def exactly(formula: Formula | None, at: arb) -> Formula:
    """What a place is called, else its value, which is exact."""
    return written_out(at) if formula is None else formula


def smooth(body: Formula, t: Symbol, low: End, high: End, enclose: EncloseParts) -> Formula:
    """The integrand between two neighbouring places, with the kinks and jumps resolved whose sides
    are proved there; the others are left."""
    piece = _Piece(t, low, high, enclose)
    found = piece.resolved(body)
    if found == body:
        return body
    # 0 times what has a value is 0.
    shorter = rewrite(found, _without_zeros)
    middle = piece.value(found, {t: piece.middle()}) if shorter != found else None
    return found if middle is None else shorter


def _without_zeros(node: Formula) -> Formula | None:
    match node:
        case Neg(arg=arg) if arg == ZERO:
            return ZERO
        case Mul(args=args) if ZERO in args:
            return ZERO
        case Div(numerator=over) if over == ZERO:
            return ZERO
        case Add(args=args) if ZERO in args:
            rest = tuple(arg for arg in args if arg != ZERO)
            return Add(rest) if len(rest) > 1 else rest[0] if rest else ZERO
    return None


@dataclass(frozen=True, slots=True)
class _Piece:
    t: Symbol
    low: End
    high: End
    enclose: EncloseParts

    def resolved(self, node: Formula) -> Formula:
        if self.t not in free_names(node) or bound_variable(node) is not None:
            return node
        if isinstance(node, Derivative | Prime):
            return node
        try:
            found = self.chosen(node)
        except (_Open, FormulaError):
            found = None
        if found is not None:
            return self.resolved(found)
        if not node.parts:
            return node
        parts = tuple(self.resolved(part) for part in node.parts)
        return node if parts == node.parts else node.rebuilt(parts)

    def chosen(self, node: Formula) -> Formula | None:
        """What the node is on the whole piece, None for one without kinks. Errors: `_Open`."""
        match node:
            case Indicator(condition=condition):
                return ONE if self.holds(condition) else ZERO
            case Cases(values=values, conditions=conditions):
                for value, condition in zip(values, conditions, strict=False):
                    if self.holds(condition):
                        return value
                return values[-1] if len(values) > len(conditions) else None
            case Call(head=head, args=args) if not isinstance(head, Definition):
                return self.call(head.name, args)
        return None

    def call(self, name: str, args: tuple[Formula, ...]) -> Formula | None:
        u = args[0]
        match name:
            case "Abs":
                return u if self.sign(u) > 0 else -u
            case "sign":
                return num(self.sign(u))
            case "Heaviside":
                return ONE if self.sign(u) > 0 else ZERO
            case "Max" | "Min":
                direction = 1 if name == "Max" else -1
                best = args[0]
                for other in args[1:]:
                    if other != best and self.sign(other - best) == direction:
                        best = other
                return best
            case "floor":
                return num(self.whole(u))
            case "ceiling":
                return num(self.whole(u) + 1)
            case "frac":
                return u - num(self.whole(u))
            case "Mod" if self.t not in free_names(args[1]):
                return u - num(self.whole(u / args[1])) * args[1]
        return None

    def holds(self, condition: Formula) -> bool:
        match condition:
            case Relation(lhs=lhs, rel=rel, rhs=rhs):
                if self.t not in free_names(condition):
                    side = self.fixed_sign(lhs - rhs)
                else:
                    side = self.sign(lhs - rhs)
                return holds(rel, side)
            case And(args=args):
                return all(self.holds(arg) for arg in args)
            case Or(args=args):
                return any(self.holds(arg) for arg in args)
            case Not(arg=arg):
                return not self.holds(arg)
        raise _Open

    def fixed_sign(self, u: Formula) -> int:
        value = self.value(u, {})
        side = None if value is None else sign_of(value)
        if side is None:
            raise _Open
        return side

    def whole(self, u: Formula) -> int:
        """The whole part of u, the same on the whole piece."""
        value = self.value(u, {self.t: self.middle()})
        found = None if value is None else the_integer_in(arb(value).floor())
        if found is None or self.sign(u - num(found)) < 0 or self.sign(u - num(found + 1)) > 0:
            raise _Open
        return found

    # ----------------------------------------------------------------------------------- signs

    def value(self, formula: Formula, bound: dict[Symbol, Scalar]) -> arb | fmpq | None:
        return real_value(self.enclose, formula, bound)

    def sign_at(self, u: Formula, at: Scalar) -> int | None:
        value = self.value(u, {self.t: at})
        return None if value is None else sign_of(value)

    def middle(self) -> arb:
        """An exact place inside."""
        low, high = self.low, self.high
        if isinstance(low, Infinity) and isinstance(high, Infinity):
            return arb(0)
        if isinstance(high, Infinity):
            assert isinstance(low, Place)
            return arb((low.after + 1).mid())
        if isinstance(low, Infinity):
            return arb((high.before - 1).mid())
        return arb(((low.after + high.before) / 2).mid())

    def sign(self, u: Formula) -> int:
        """The sign that u has on the whole piece, its ends left out. Errors: `_Open`."""
        middle = self.middle()
        side = self.sign_at(u, middle)
        if not side:
            raise _Open
        for end, direction in ((self.low, -1), (self.high, 1)):
            if isinstance(end, Infinity):
                far = self.expanded(u, side, _outward(direction))
                self.between(u, side, middle, direction * far)
            elif end.rough and end.formula is not None and not isinstance(end.value, fmpq):
                reach = self.expanded(u, side, _towards(end.formula, -direction), end.formula)
                self.between(u, side, middle, arb(end.value) - direction / reach)
            else:
                edge = end.before if direction > 0 else end.after
                exact = end.value if isinstance(end.value, fmpq) else edge
                self.up_to(u, side, middle, edge, exact, direction)
        return side

    def between(self, u: Formula, side: int, a: arb, b: arb) -> None:
        """Certify the sign from a to b, in either order. Errors: `_Open`."""
        waiting = [(a, b)]
        for _ in range(_MOST_PARTS):
            if not waiting:
                return
            a, b = waiting.pop()
            if self.sign_at(u, a.union(b)) == side:
                continue
            middle = arb(((a + b) / 2).mid())
            if self.sign_at(u, middle) == -side:
                break
            waiting += [(a, middle), (middle, b)]
        raise _Open

    def up_to(
        self, u: Formula, side: int, start: arb, edge: arb, exact: arb | fmpq, direction: int
    ) -> None:
        """Certify the sign from `start` to an end at which u may be 0. Errors: `_Open`."""
        if self.sign_at(u, start.union(edge)) == side:
            return
        at_end = self.sign_at(u, exact)
        if at_end not in (0, side):
            raise _Open
        slope = Derivative(u, self.t)
        near = edge
        for k in range(2, _HALVINGS):
            # The last part of the way, in which u falls to 0 along a line.
            near = arb((edge + (start - edge) / 2**k).mid())
            if self.sign_at(slope, near.union(edge)) == -side * direction:
                self.between(u, side, start, near)
                return
        if not isinstance(exact, fmpq):
            raise _Open
        place = as_formula(Fraction(int(exact.p), int(exact.q)))
        reach = self.expanded(u, side, _towards(place, -direction))
        self.between(u, side, start, edge - direction / reach)

    def expanded(
        self,
        u: Formula,
        side: int,
        place: Callable[[Tail, Walk], Expansion],
        end: Formula | None = None,
    ) -> arb:
        """From where on u has the sign on a tail."""
        vanishes = None
        if end is not None:

            def vanishes(formula: Formula) -> bool:
                return vanishes_at(formula, self.t, end, self.enclose)

        for bits in _TAILS:
            tail = Tail(arb(2) ** bits, _ORDER)
            walk = Walk(tail, self.enclose, {})
            try:
                walk.places[self.t] = place(tail, walk)
                walk.vanishes = vanishes
                if tail.sign(walk.expand(u)) == side:
                    return tail.start
            except (Indeterminate, Undefined):
                continue
        raise _Open


def _outward(direction: int) -> Callable[[Tail, Walk], Expansion]:
    def place(tail: Tail, walk: Walk) -> Expansion:
        return tail.variable() if direction > 0 else tail.negative(tail.variable())

    return place


def _towards(end: Formula, direction: int) -> Callable[[Tail, Walk], Expansion]:
    def place(tail: Tail, walk: Walk) -> Expansion:
        step = tail.variable(-1)
        centre = tail.constant(walk.constant(end))
        return tail.add(centre, step if direction > 0 else tail.negative(step))

    return place


def on_a_ball(body: Formula, t: Symbol, at: arb, enclose: EncloseParts) -> acb:
    """An enclosure of all values of the integrand on a ball that may hold kinks and jumps.

    Errors: `Indeterminate`, `Undefined`.
    """
    bound: dict[Symbol, Scalar] = {t: at}

    def value(formula: Formula) -> arb:
        found = enclose(formula, bound)
        if isinstance(found, Infinity | acb):
            raise Indeterminate("a jump of what is not real")
        return arb(found)

    def named(found: arb) -> Symbol:
        name = fresh_symbol(Symbol("j"), {*bound, *free_symbols(body)})
        bound[name] = found
        return name

    def rule(node: Formula) -> Formula | None:
        match node:
            case Indicator():
                return named(arb(0).union(arb(1)))
            case Cases(values=values):
                hull = value(values[0])
                for other in values[1:]:
                    hull = hull.union(value(other))
                return named(hull)
            case Call(head=head, args=args) if not isinstance(head, Definition):
                match head.name:
                    case "sign":
                        return named(arb(-1).union(arb(1)))
                    case "Heaviside" | "frac":
                        return named(arb(0).union(arb(1)))
                    case "floor":
                        u = value(args[0])
                        return named(u.union(u - 1))
                    case "ceiling":
                        u = value(args[0])
                        return named(u.union(u + 1))
                    case "Mod":
                        return named(arb(0).union(value(args[1])))
        return None

    rewritten = rewrite(body, rule)
    found = enclose(rewritten, bound)
    if isinstance(found, Infinity):
        raise Undefined("infinity is not a number")
    return acb(ball(found))
