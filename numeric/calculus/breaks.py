"""Where an integrand is not analytic on its way: kinks, jumps, and places that may be singular.

They are places to cut at, nothing more: none is claimed to be one, nor to be all. What is
integrated between two of them is judged there (`numeric.calculus.pieces`).

>>> from derivations.core import Abs, sqrt, symbol
>>> t = symbol("t")
>>> edges(Abs(t - 1) / sqrt(t), t)
(Edge(kind='kink', argument=t - 1), Edge(kind='rough', argument=t))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import combinations
from typing import Final

from flint import arb, ctx, fmpq

from derivations.core.calculus import Derivative, Prime
from derivations.core.formula import Call, Formula, Pow, Relation, Symbol, as_formula
from derivations.core.functions import Definition
from derivations.core.substitute import bound_variable, free_names
from numeric.balls.values import Indeterminate, Infinity, Scalar, ball, sign_of
from numeric.calculus.parts import EncloseParts, real_value
from numeric.calculus.poles import denominators, zeros
from numeric.calculus.sign_changes import cells, halved
from numeric.exact.rational import rational_of

# A zero is known up to so many of the last bits.
_LOST: Final = 16
# At most so many places are cut at, and so many jumps of one whole part.
_MOST_PLACES: Final = 400
_MOST_STEPS: Final = 200
# Where functions of one argument are singular, or have a branch point, on the real line.
_SINGULAR: Final[dict[str, tuple[int, ...]]] = {
    "log": (0,),
    "sqrt": (0,),
    "cbrt": (0,),
    "asin": (1, -1),
    "acos": (1, -1),
    "atanh": (1, -1),
    "acosh": (1, -1),
    "acoth": (1, -1),
    "asec": (1, -1),
    "acsc": (1, -1),
    "asech": (0, 1),
    "acsch": (0,),
    "Ei": (0,),
    "Ci": (0,),
    "Chi": (0,),
    "li": (0, 1),
    "elliptic_k": (1,),
    "elliptic_e": (1,),
    "erfinv": (1, -1),
    "sinc": (0,),
}


@dataclass(frozen=True, slots=True)
class Edge:
    """A zero of the argument is a "kink" or a jump, or it is "rough": the integrand may be singular
    there; an argument of "steps" jumps at each integer."""

    kind: str
    argument: Formula


@dataclass(frozen=True, slots=True)
class Place:
    """A place to cut at: `value`, or somewhere in that ball. `formula` says it exactly, where that
    is known."""

    value: arb | fmpq
    formula: Formula | None
    rough: bool
    is_end: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether a piece begins or ends right there; else the ball is a piece of its own."""
        return isinstance(self.value, fmpq) or (self.rough and self.formula is not None)

    @property
    def before(self) -> arb:
        """The end of the piece before."""
        return arb(self.value) if self.is_exact else arb(arb(self.value).lower())

    @property
    def after(self) -> arb:
        return arb(self.value) if self.is_exact else arb(arb(self.value).upper())


@lru_cache(maxsize=512)
def edges(body: Formula, t: Symbol) -> tuple[Edge, ...]:
    """What to look at in an integrand whose definitions are unfolded."""
    found: dict[Edge, None] = {}
    todo = [body]
    for node in todo:
        if t not in free_names(node) or bound_variable(node) is not None:
            continue
        found.update(dict.fromkeys(_edges_at(node, t)))
        if not isinstance(node, Derivative | Prime):
            todo += node.parts
    for factor in denominators(body, t):
        found[Edge("rough", factor.base)] = None
    return tuple(edge for edge in found if t in free_names(edge.argument))


def _edges_at(node: Formula, t: Symbol) -> Iterator[Edge]:
    match node:
        case Relation(lhs=lhs, rhs=rhs):
            yield Edge("kink", lhs - rhs)
        case Pow(base=base, exponent=exponent):
            power = rational_of(exponent)
            if power is None or power.denominator != 1:
                yield Edge("rough", base)
        case Call(head=head, args=args) if not isinstance(head, Definition):
            u = args[0]
            match head.name:
                case "Abs" | "sign" | "Heaviside" | "arg":
                    yield Edge("kink", u)
                case "Max" | "Min":
                    for one, two in combinations(args, 2):
                        yield Edge("kink", one - two)
                case "floor" | "ceiling" | "frac":
                    yield Edge("steps", u)
                case "Mod":
                    yield Edge("steps", u / args[1])
                case "beta" | "uppergamma" | "lowergamma" | "besselk" | "bessely":
                    yield Edge("rough", args[-1])
                case "polylog" | "zeta":
                    yield Edge("rough", args[-1] - 1)
                case name:
                    for value in _SINGULAR.get(name, ()):
                        yield Edge("rough", u if not value else u - as_formula(value))


def places(
    body: Formula,
    t: Symbol,
    enclose: EncloseParts,
    low: arb | fmpq | Infinity,
    high: arb | fmpq | Infinity,
) -> tuple[Place, ...]:
    """The places between `low` and `high`, both included, in order."""
    found: list[Place] = []
    search = _Search(t, enclose, low, high)
    for edge in edges(body, t):
        for place in search.places(edge):
            same = next((k for k, other in enumerate(found) if _meet(place, other)), None)
            if same is None:
                found.append(place)
            elif place.rough and not found[same].rough:
                other = found[same]
                better = other.formula is not None and isinstance(other.value, fmpq)
                found[same] = Place(other.value, other.formula, True) if better else place
        if len(found) > _MOST_PLACES:
            raise Indeterminate("an integrand has too many kinks or jumps")
    return tuple(sorted(found, key=lambda place: float(arb(place.value).mid())))


def _widened(value: arb) -> arb:
    """So wide that what is 0 in the ball is told from 0 at its ends."""
    return value + arb(0, arb(2) ** (_LOST - ctx.prec) * (1 + abs(value).upper()))


def _meet(one: Place, two: Place) -> bool:
    if isinstance(one.value, fmpq) and isinstance(two.value, fmpq):
        return one.value == two.value
    return bool(arb(one.value).overlaps(arb(two.value)))


@dataclass(frozen=True, slots=True)
class _Search:
    t: Symbol
    enclose: EncloseParts
    low: arb | fmpq | Infinity
    high: arb | fmpq | Infinity

    def value(self, formula: Formula, at: Scalar | None = None) -> arb | fmpq | None:
        """The real value at the current point, where it has one."""
        return real_value(self.enclose, formula, {} if at is None else {self.t: at})

    def is_outside(self, at: arb | fmpq) -> bool:
        below = not isinstance(self.low, Infinity) and at < self.low
        above = not isinstance(self.high, Infinity) and at > self.high
        return bool(below or above)

    def places(self, edge: Edge) -> Iterator[Place]:
        if edge.kind == "steps":
            for whole in self.steps(edge.argument):
                shifted = edge.argument - as_formula(whole) if whole else edge.argument
                yield from self.zeros_of(shifted, "kink")
            return
        if self.never_zero(edge.argument):
            return
        yield from self.zeros_of(edge.argument, edge.kind)

    def never_zero(self, u: Formula) -> bool:
        if isinstance(self.low, Infinity) or isinstance(self.high, Infinity):
            return False
        value = self.value(u, arb(self.low).union(arb(self.high)))
        return value is not None and not ball(value).contains(0)

    def zeros_of(self, u: Formula, kind: str) -> Iterator[Place]:
        closed = False
        for formula in zeros(u, self.t):
            value = self.value(formula)
            if value is None:
                continue
            closed = True
            if not self.is_outside(value):
                yield from self.place(u, kind, formula, value)
        if not closed:
            yield from self.between_signs(u, kind)

    def place(self, u: Formula, kind: str, formula: Formula, value: arb | fmpq) -> Iterator[Place]:
        if kind == "kink" and not isinstance(value, fmpq):
            value = _widened(value)
        yield Place(value, formula, kind == "rough")

    def steps(self, u: Formula) -> range:
        """The integers that u passes, at most."""
        if isinstance(self.low, Infinity) or isinstance(self.high, Infinity):
            raise Indeterminate("an integrand jumps without end")
        value = self.value(u, arb(self.low).union(arb(self.high)))
        if value is None:
            return range(0)
        first, last = arb(value).lower().ceil(), arb(value).upper().floor()
        if not last - first < _MOST_STEPS or not abs(first) < 2**53:
            raise Indeterminate("an integrand jumps too often")
        return range(int(float(first)), int(float(last)) + 1)

    def between_signs(self, u: Formula, kind: str) -> Iterator[Place]:
        """Zeros without a closed form, between two places at which the signs are opposite."""
        for a, b in cells(u, self.t, self.low, self.high):
            if self.is_outside(a) or self.is_outside(b):
                continue
            one, two = self.sign_at(u, a), self.sign_at(u, b)
            if one and two and one != two:
                yield Place(
                    _widened(halved(partial(self.sign_at, u), a, b, two, 2 * ctx.prec)),
                    None,
                    kind == "rough",
                )

    def sign_at(self, u: Formula, at: arb) -> int | None:
        value = self.value(u, at)
        return None if value is None else sign_of(value)
