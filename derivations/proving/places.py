"""Where a statement is to hold: the ranges of its variables, and the facts that conditions add.

>>> from derivations.core.domain import Reals
>>> from derivations.core.formula import symbols
>>> a, b = symbols("a b")
>>> place({a: Reals, b: Reals}, a < b).facts
((a - b, <Sign.NEGATIVE: 1>),)
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from derivations.core.claim import Variable
from derivations.core.conditions import And, Not, Or
from derivations.core.domain import Domain, IndexRange, Interval
from derivations.core.formula import Add, Call, Formula, Neg, Relation, Symbol
from derivations.core.functions import Abs
from derivations.core.substitute import free_symbols
from derivations.proving import ranges
from derivations.proving.bounds import EMPTY, Box, box, range_of
from derivations.proving.field import Field, FieldError
from derivations.proving.ranges import Range
from derivations.proving.rebuild import formula_of, formula_of_polynomial


class Sign(enum.Flag):
    """The signs that a value may have; the fewer, the more is known."""

    NEGATIVE = 1
    ZERO = 2
    POSITIVE = 4
    NOT_REAL = 8
    NONNEGATIVE = 6
    NONPOSITIVE = 3
    NONZERO_REAL = 5
    REAL = 7
    NONZERO = 13
    UNKNOWN = 15
    IMPOSSIBLE = 0

    def times(self, other: Sign) -> Sign:
        """The signs of a product."""
        if not self or not other:
            return Sign.IMPOSSIBLE
        found = Sign.IMPOSSIBLE
        for one in self:
            for two in other:
                found |= _PRODUCTS[one, two]
        return found

    def to_power(self, n: int) -> Sign:
        """The signs of the n-th power of a value, n > 0."""
        found = Sign.IMPOSSIBLE
        for one in self:
            if one is Sign.NOT_REAL and n > 1:
                found |= Sign.NONZERO
            else:
                found |= Sign.POSITIVE if one is Sign.NEGATIVE and n % 2 == 0 else one
        return found

    @property
    def opposite(self) -> Sign:
        return self.times(Sign.NEGATIVE)


_PRODUCTS: Final[dict[tuple[Sign, Sign], Sign]] = {}
for _one in Sign.UNKNOWN:
    for _two in Sign.UNKNOWN:
        if Sign.ZERO in (_one, _two):
            _PRODUCTS[_one, _two] = Sign.ZERO
        elif _one is _two is Sign.NOT_REAL:
            _PRODUCTS[_one, _two] = Sign.NONZERO
        elif Sign.NOT_REAL in (_one, _two):
            _PRODUCTS[_one, _two] = Sign.NOT_REAL
        else:
            _PRODUCTS[_one, _two] = Sign.POSITIVE if _one is _two else Sign.NEGATIVE


def sign_of_range(r: Range | None) -> Sign:
    if r is None:
        return Sign.UNKNOWN
    found = Sign.REAL
    if r.nonnegative:
        found &= Sign.NONNEGATIVE
    if r.nonpositive:
        found &= Sign.NONPOSITIVE
    if r.positive or r.negative:
        found &= Sign.NONZERO_REAL
    return found


RANGE_OF: Final[dict[Sign, Range]] = {
    Sign.POSITIVE: ranges.POSITIVE,
    Sign.NONNEGATIVE: ranges.NONNEGATIVE,
    Sign.NEGATIVE: ranges.negated(ranges.POSITIVE),
    Sign.NONPOSITIVE: ranges.negated(ranges.NONNEGATIVE),
    Sign.ZERO: ranges.point(0),
}
SIGN_OF_RELATION: Final[dict[str, Sign]] = {
    "<": Sign.NEGATIVE,
    "<=": Sign.NONPOSITIVE,
    ">": Sign.POSITIVE,
    ">=": Sign.NONNEGATIVE,
    "=": Sign.ZERO,
    "!=": Sign.NONZERO,
}
NEGATED: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
SWAPPED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True, slots=True)
class Place:
    """A box, and differences whose signs the conditions give."""

    box: Box
    facts: tuple[tuple[Formula, Sign], ...] = ()
    memory: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def inside(self, variable: Symbol, values: Range | None, integer: bool) -> Place:
        """The place inside a binder; facts about an outer variable of that name are left out."""
        from_outside = tuple((f, s) for f, s in self.facts if variable not in free_symbols(f))
        return Place(self.box.binding(variable, values, integer), from_outside)

    def comparisons(self) -> list[tuple[Formula, Formula, Sign]]:
        """The facts that compare two formulas, lhs - rhs of a sign."""
        found = []
        for fact, sign in self.facts:
            if isinstance(fact, Add) and len(fact.args) == 2 and isinstance(fact.args[1], Neg):
                found.append((fact.args[0], fact.args[1].arg, sign))
        return found

    def narrowed(self, variable: Variable, values: Range) -> Place:
        return Place(self.box.narrowed(variable, values), self.facts)

    def given(self, condition: Formula) -> Place | None:
        """The part where a condition holds besides; None where that is certainly nowhere."""
        current: Place | None = self
        # Twice, so that a < b and b < 0 bound a in any order.
        for relation in conjuncts(condition) * 2:
            current = None if current is None else current._given(relation)
        return current

    def _given(self, relation: Relation) -> Place | None:
        sign = SIGN_OF_RELATION[relation.rel]
        fact = (relation.lhs - relation.rhs, sign)
        facts = self.facts if fact in self.facts else (*self.facts, fact)
        here: Place | None = replace(self, facts=facts, memory={})
        for part in _within(relation, self):
            here = None if here is None else here._given(part)
        if here is None:
            return None
        for one, rel, two in isolated(relation, here):
            known = here.box.ranges.get(one)
            values = range_of(two, here.box)
            if known is None or values is None:
                continue
            narrow = _half_line(rel, values)
            if narrow is None:
                here = _without_end(here, one, known, values)
                continue
            both = ranges.intersection(known, narrow)
            if both is None:
                return None
            here = replace(here, box=here.box.narrowed(one, both), memory={})
        return here


def _within(relation: Relation, here: Place) -> tuple[Relation, ...]:
    """|u| < c says -c < u and u < c."""
    lhs, rel, rhs = relation.lhs, relation.rel, relation.rhs
    if isinstance(rhs, Call) and rhs.head.name == "Abs":
        lhs, rel, rhs = rhs, SWAPPED[rel], lhs
    if rel in ("<", "<=") and isinstance(lhs, Call) and lhs.head == Abs:
        (u,) = lhs.args
        if range_of(u, here.box) is not None:
            return Relation(u, rel, rhs), Relation(u, SWAPPED[rel], -rhs)
    return ()


def isolated(relation: Relation, here: Place) -> list[tuple[Symbol, str, Formula]]:
    """The relation solved for each symbol in which it is linear, with a constant slope."""
    found: list[tuple[Symbol, str, Formula]] = []
    for one, rel, two in (
        (relation.lhs, relation.rel, relation.rhs),
        (relation.rhs, SWAPPED[relation.rel], relation.lhs),
    ):
        if isinstance(one, Symbol) and one not in free_symbols(two):
            found.append((one, rel, two))
    if found or any(range_of(side, here.box) is None for side in relation.parts):
        return found
    try:
        normal = Field().fractional(relation.lhs - relation.rhs)[0]
    except FieldError:
        return found
    if not normal.denominator.is_constant():
        return found
    context = normal.numerator.context()
    for i, atom in enumerate(normal.atoms):
        if not isinstance(atom, Symbol) or normal.numerator.degrees()[i] != 1:
            continue
        if any(atom in free_symbols(other) for other in normal.atoms if other != atom):
            continue
        terms = [(tuple(int(n) for n in powers), c) for powers, c in normal.numerator.terms()]
        slope = {tuple(0 if k == i else n for k, n in enumerate(p)): c for p, c in terms if p[i]}
        rest = {p: c for p, c in terms if not p[i]}
        a = formula_of_polynomial(context.from_dict(slope), normal.atoms)
        sign = sign_of_range(range_of(a, here.box))
        if sign not in (Sign.POSITIVE, Sign.NEGATIVE):
            continue
        lead = normal.denominator.leading_coefficient()
        rel = relation.rel if (sign is Sign.POSITIVE) == (lead > 0) else SWAPPED[relation.rel]
        b = formula_of_polynomial(context.from_dict(rest), normal.atoms)
        found.append((atom, rel, formula_of(Field().fractional(-b / a)[0])))
    return found


def _without_end(here: Place, variable: Symbol, known: Range, values: Range) -> Place:
    """x != c opens an end of the range of x that is c."""
    if values.value is None:
        return here
    low_open = known.low_open or known.low == values.value
    high_open = known.high_open or known.high == values.value
    narrow = Range(known.low, known.high, low_open, high_open)
    return replace(here, box=here.box.narrowed(variable, narrow))


def _half_line(rel: str, values: Range) -> Range | None:
    match rel:
        case "<":
            return Range(None, values.high, True, True)
        case "<=":
            return Range(None, values.high, True, values.high_open)
        case ">":
            return Range(values.low, None, True)
        case ">=":
            return Range(values.low, None, values.low_open)
        case "=":
            return values
    return None


def conjuncts(condition: Formula | None) -> list[Relation]:
    """The relations that a condition certainly implies."""
    match condition:
        case Relation():
            return [condition]
        case And(args):
            return [relation for arg in args for relation in conjuncts(arg)]
        case Not(Relation(lhs, "=" | "!=" as rel, rhs)):
            return [Relation(lhs, NEGATED[rel], rhs)]
        case Not(Or(args)):
            return [relation for arg in args for relation in conjuncts(Not(arg))]
        case Not(Not(arg)):
            return conjuncts(arg)
    return []


def _facts_of_ends(variable: Symbol, domain: Domain) -> list[tuple[Formula, Sign]]:
    """What a range with rational ends does not say: symbolic and irrational ends."""
    if isinstance(domain, IndexRange):
        return [(domain.upper - variable, Sign.NONNEGATIVE)]
    found: list[tuple[Formula, Sign]] = []
    if isinstance(domain, Interval):
        for end, is_open, side in (
            (domain.lower, domain.lower_open, Sign.POSITIVE),
            (domain.upper, domain.upper_open, Sign.NEGATIVE),
        ):
            r = range_of(end, EMPTY)
            if r is not None and r.value is None:
                found.append((variable - end, side if is_open else side | Sign.ZERO))
    return found


def place(on: Mapping[Variable, Domain], where: Formula | None = None) -> Place:
    """The place that declared domains and a condition describe.

    A contradictory condition narrows nothing here: what is proved is proved on the domains.
    """
    facts = (
        fact
        for variable, domain in on.items()
        if isinstance(variable, Symbol)
        for fact in _facts_of_ends(variable, domain)
    )
    here = Place(box(on), tuple(facts))
    if where is None:
        return here
    return here.given(where) or here
