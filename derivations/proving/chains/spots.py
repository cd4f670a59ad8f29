"""Where a part of a line is evaluated: the values that its variables have there.

Two lines are equal in the sense of a claim when at each point both are undefined, or both are
defined and equal. A part may be exchanged for one that is equal in that sense at every point where
the whole looks at it: an integrand strictly between the ends, the body of a limit near its point,
the body of a derivative on an open neighbourhood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from flint import fmpq

from derivations.core.calculus import (
    BINDERS,
    Derivative,
    Integral,
    Limit,
    Product,
    Subs,
    Sum,
)
from derivations.core.claim import Claim, Variable
from derivations.core.domain import FiniteSet
from derivations.core.formula import (
    Add,
    Call,
    Formula,
    Item,
    Mul,
    Neg,
    Number,
    Symbol,
    oo,
    walk,
)
from derivations.core.formula import Pow as Power
from derivations.core.functions import exp
from derivations.core.substitute import bound_variable, free_names, free_symbols
from derivations.proving import ranges
from derivations.proving.bounds import is_integer, range_of
from derivations.proving.casework import plain
from derivations.proving.demands import demands
from derivations.proving.places import Place, Sign, place
from derivations.proving.prove import is_met
from derivations.proving.quick_signs import quick_sign
from derivations.proving.ranges import LINE, Range
from derivations.proving.signs import sign_at

FAR: Final = fmpq(1000)
NEAR: Final = fmpq(1, 1000)
MOST_CHAINED: Final = 4
_MINUS_INFINITY: Final = Neg(oo)
# Conditions of these signs hold on a neighbourhood of each point where they hold.
_OPEN_SIGNS: Final = (Sign.POSITIVE, Sign.NEGATIVE, Sign.NONZERO, Sign.NONZERO_REAL)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a part is evaluated: at all points of each of the places. `hidden` are the names that
    do not have the claim's domain there, because a binder or a derivative moves them."""

    claim: Claim
    places: tuple[Place, ...]
    hidden: frozenset[Variable] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether this is the claim's domain and condition, no more and no less."""
        return not self.hidden and len(self.places) == 1

    def members(self, symbol: Symbol) -> FiniteSet | None:
        """The finite domain of a symbol that the claim declares."""
        domain = None if symbol in self.hidden else self.claim.domains.get(symbol)
        return domain if isinstance(domain, FiniteSet) else None

    def knows(self, formula: Formula) -> bool:
        """Whether every name in the formula is declared or bound here."""
        return all(name in p.box.ranges for p in self.places for name in free_names(formula))


def whole(claim: Claim) -> Spot:
    """The domain of a claim. Errors: `FormulaError` as `derivations.proving.places.place`."""
    here = place(claim.domains, claim.where)
    return Spot(claim, (Place(here.box, (*here.facts, *_chained(here.facts))),))


def _chained(
    facts: tuple[tuple[Formula, Sign], ...],
) -> Iterator[tuple[Formula, Sign]]:
    """What a < b and b < c say of a and c: sums of two facts of one sign."""
    for i, (one, sign) in enumerate(facts[:MOST_CHAINED]):
        for two, other in facts[i + 1 : MOST_CHAINED]:
            for both in (Sign.NEGATIVE, Sign.POSITIVE):
                loose = both | Sign.ZERO
                if sign in loose and other in loose:
                    strict = both in (sign, other)
                    yield one + two, both if strict else loose
                elif sign.opposite in loose and other in loose:
                    strict = both in (sign.opposite, other)
                    yield two - one, both if strict else loose


def inside(node: Formula, spot: Spot) -> Spot | None:
    """Where the first part of a binder or a derivative is evaluated; None where nothing tells."""
    if isinstance(node, Derivative):
        name: Variable = node.variable.array if isinstance(node.variable, Item) else node.variable
        places = tuple(opened(p, node.variable) for p in spot.places)
        return Spot(spot.claim, places, spot.hidden | {name})
    if not isinstance(node, BINDERS):
        return None
    places = tuple(inner for p in spot.places for inner in _places_of_body(node, p))
    return Spot(spot.claim, places, spot.hidden | {node.variable})


def _places_of_body(node: Formula, here: Place) -> tuple[Place, ...]:
    match node:
        case Integral():
            return (between(node.variable, node.lower, node.upper, here),)
        case Sum() | Product():
            return (_of_indices(node, here),)
        case Limit():
            return tuple(beside(node.variable, node.point, side, here) for side in sides_of(node))
        case Subs(variable=variable, point=point):
            return (here.inside(variable, range_of(point, here.box), False),)
    raise AssertionError(node)


def sides_of(node: Limit) -> str:
    """From which sides the point of a limit is approached; one suffices at an infinite one."""
    return "+" if node.point in (oo, _MINUS_INFINITY) else node.side


def between(variable: Symbol, lower: Formula, upper: Formula, here: Place) -> Place:
    """Strictly between the ends of an integral, in whichever order they come."""
    spans = [_span(end, here) for end in (lower, upper)]
    if None in spans:
        return here.inside(variable, None, False)
    low, high = spans
    assert low is not None
    assert high is not None
    both = ranges.hull(low, high)
    inner = here.inside(variable, Range(both.low, both.high, True, True), False)
    if variable in free_symbols(lower) | free_symbols(upper):
        return inner
    kept = half_lines(variable, (lower, upper), here)
    inner = Place(inner.box, (*inner.facts, *kept)) if kept else inner
    if not _is_forward(lower, upper, here):
        return inner
    facts = list(inner.facts)
    if lower != _MINUS_INFINITY:
        facts.append((variable - lower, Sign.POSITIVE))
    if upper != oo:
        facts.append((variable - upper, Sign.NEGATIVE))
    return Place(inner.box, tuple(facts))


def half_lines(
    variable: Symbol, ends: tuple[Formula, ...], here: Place
) -> tuple[tuple[Formula, Sign], ...]:
    """Facts that the variable lies on one side of a number, as all the ends do between which it is:
    0 and x < pi/2 are both below pi/2."""
    found: list[tuple[Formula, Sign]] = []
    for end in ends:
        if not isinstance(end, Symbol):
            continue
        for fact, sign in here.facts:
            match fact:
                case Add((first, rest)) if first == end and not free_symbols(rest) & {
                    end,
                    variable,
                }:
                    pass
                case _:
                    continue
            if sign not in Sign.NONNEGATIVE and sign not in Sign.NONPOSITIVE:
                continue
            others = [other for other in ends if other != end]
            if any(other in (oo, _MINUS_INFINITY) for other in others):
                continue
            signs = [sign_at(other + rest, here, wanted=sign) for other in others]
            if all(known and known in sign for known in signs):
                found.append((variable + rest, sign))
    return tuple(found)


def _span(end: Formula, here: Place) -> Range | None:
    return LINE if end in (oo, _MINUS_INFINITY) else range_of(end, here.box)


def _is_forward(lower: Formula, upper: Formula, here: Place) -> bool:
    if lower == _MINUS_INFINITY or upper == oo:
        return lower != oo and upper != _MINUS_INFINITY
    if lower == oo or upper == _MINUS_INFINITY:
        return False
    return quick_sign(upper - lower, here) in Sign.NONNEGATIVE


def _of_indices(node: Sum | Product, here: Place) -> Place:
    low, high = _span(node.lower, here), _span(node.upper, here)
    if low is None or high is None:
        return here.inside(node.variable, None, True)
    span = Range(low.low, high.high, low.low_open, high.high_open)
    inner = here.inside(node.variable, span, True)
    ends = [end for end in (node.lower, node.upper) if end not in (oo, _MINUS_INFINITY)]
    if any(node.variable in free_symbols(end) or not is_integer(end, here.box) for end in ends):
        return inner
    facts = list(inner.facts)
    if node.lower != _MINUS_INFINITY:
        facts.append((node.variable - node.lower, Sign.NONNEGATIVE))
    if node.upper != oo:
        facts.append((node.upper - node.variable, Sign.NONNEGATIVE))
    return Place(inner.box, tuple(facts))


def beside(variable: Symbol, point: Formula, side: str, here: Place) -> Place:
    """A punctured neighbourhood of a point, on one of its sides."""
    if point == oo:
        return here.inside(variable, Range(FAR, None, True), False)
    if point == _MINUS_INFINITY:
        return here.inside(variable, Range(None, -FAR, True, True), False)
    at = range_of(point, here.box)
    if at is None:
        return here.inside(variable, None, False)
    if at.value is not None:
        low, high = (at.value, at.value + NEAR) if side == "+" else (at.value - NEAR, at.value)
        return here.inside(variable, Range(low, high, True, True), False)
    inner = here.inside(variable, LINE, False)
    if variable in free_symbols(point):
        return inner
    sign = Sign.POSITIVE if side == "+" else Sign.NEGATIVE
    return Place(inner.box, (*inner.facts, (variable - point, sign)))


def opened(here: Place, variable: Symbol | Item) -> Place:
    """A place that holds a neighbourhood of each of its points, as far as the variable moves.

    Open ends and open conditions stay; where the variable may be at a closed end, it is anywhere.
    """
    name: Variable = variable.array if isinstance(variable, Item) else variable
    known = here.box.ranges.get(name, LINE)
    if known is not None and not (known.low_open and known.high_open):
        known = LINE
    if name in here.box.integers or name not in here.box.ranges:
        known = LINE
    facts = tuple(
        (fact, sign)
        for fact, sign in here.facts
        if name not in free_names(fact) or (sign in _OPEN_SIGNS and _is_entire(fact))
    )
    box = replace(
        here.box,
        ranges={**here.box.ranges, name: known},
        integers=here.box.integers - {name},
        memory={},
    )
    return Place(box, facts)


def _is_entire(formula: Formula) -> bool:
    """Continuous everywhere, by its parts."""
    for node in walk(formula):
        match node:
            case Number() | Symbol() | Neg() | Add() | Mul():
                continue
            case Power(exponent=Number()):
                continue
            case Call(head=head) if head == exp:
                continue
        return False
    return True


def is_defined(formula: Formula, here: Place) -> bool:
    """Whether the formula certainly has a value at each point of the place."""
    return all(is_met(demand) for demand in demands(plain(formula), here))


Rule: TypeAlias = "Callable[[Formula, Spot], Formula | None]"


def rewritten_at(formula: Formula, spot: Spot, rule: Rule, *, topmost: bool = False) -> Formula:
    """Every part for which the rule, asked where the part is evaluated, knows another form.

    Parts come before the whole; with `topmost` the rule is asked from above, and not below a part
    that it has changed.
    """
    if topmost:
        changed = rule(formula, spot)
        if changed is not None:
            return changed
    if formula.parts:
        formula = _with_parts(formula, spot, rule, topmost)
    changed = None if topmost else rule(formula, spot)
    return formula if changed is None else changed


def _with_parts(formula: Formula, spot: Spot, rule: Rule, topmost: bool) -> Formula:
    moves = isinstance(formula, Derivative) or bound_variable(formula) is not None
    first, *rest = formula.parts
    if moves:
        inner = inside(formula, spot)
        head = first if inner is None else rewritten_at(first, inner, rule, topmost=topmost)
    else:
        head = rewritten_at(first, spot, rule, topmost=topmost)
    if isinstance(formula, Derivative):
        parts: tuple[Formula, ...] = (head, *rest)
    else:
        parts = (head, *(rewritten_at(part, spot, rule, topmost=topmost) for part in rest))
    return formula if parts == formula.parts else formula.rebuilt(parts)
