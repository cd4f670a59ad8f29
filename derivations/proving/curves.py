"""Signs of formulas of one angle, and of curves of one curvature.

sin(x) and cos(x) are 2*t/(1 + t**2) and (1 - t**2)/(1 + t**2) for some real t, but for 0 and -1:
a polynomial in them is a rational function of t. And what is concave, and not negative at both
ends of an interval, is not negative between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final

from derivations.core.calculus import BINDERS, Derivative, Prime
from derivations.core.formula import (
    ONE,
    ZERO,
    Call,
    Formula,
    Symbol,
    num,
    walk,
)
from derivations.core.functions import Function
from derivations.core.substitute import free_symbols, fresh_symbol, rewrite, substitute
from derivations.proving.bounds import Box
from derivations.proving.continuity import is_continuous
from derivations.proving.derivatives import derivative
from derivations.proving.field import Field
from derivations.proving.places import Place, Sign
from derivations.proving.ranges import LINE, Range
from derivations.proving.rebuild import formula_of, number
from derivations.proving.signs import sign_at
from derivations.proving.smooth import is_smooth

MOST_TURNS: Final = 6


def by_half_angle(formula: Formula, here: Place, wanted: Sign) -> Sign:
    """A variable that occurs in sin(q*x), cos(q*x) with rational q only; it is taken as any real
    number."""
    if any(isinstance(node, (Derivative, Prime, *BINDERS)) for node in walk(formula)):
        return Sign.UNKNOWN
    for x in sorted(free_symbols(formula), key=lambda s: s.name):
        if here.box.ranges.get(x) is None:
            continue
        multiples = _multiples(formula, x)
        if not multiples:
            continue
        scale = lcm(*(q.denominator for q in multiples))
        if any(abs(q * scale) > MOST_TURNS for q in multiples):
            continue
        t = fresh_symbol(Symbol("t"), {s for s in here.box.ranges if isinstance(s, Symbol)})
        known = {v: r for v, r in here.box.ranges.items() if v != x}
        facts = tuple((f, s) for f, s in here.facts if x not in free_symbols(f))
        place = Place(Box({**known, t: LINE}, here.box.integers - {x}), facts)
        sign = Sign.IMPOSSIBLE
        for c, s in (
            ((1 - t**2) / (1 + t**2), 2 * t / (1 + t**2)),
            (num(-1), ZERO),
        ):
            changed = _in_terms(formula, x, scale, c, s)
            sign |= sign_at(changed, place, wanted=wanted)
        return sign
    return Sign.UNKNOWN


def _multiples(formula: Formula, x: Symbol) -> list[Fraction]:
    """The q of all sin(q*x) and cos(q*x); none where x occurs outside of them."""
    found: list[Fraction] = []
    stack = [formula]
    while stack:
        node = stack.pop()
        if x not in free_symbols(node):
            continue
        match node:
            case Call(head=Function(builtin=True, name="sin" | "cos"), args=(u,)):
                q = Field().fractional(u / x)[0].constant
                if q is None:
                    return []
                found.append(q)
            case Symbol():
                return []
            case _:
                stack.extend(node.parts)
    return found


def _in_terms(formula: Formula, x: Symbol, scale: int, c: Formula, s: Formula) -> Formula:
    """sin(q*x) and cos(q*x) by the cosine c and the sine s of x/scale."""

    def rule(node: Formula) -> Formula | None:
        match node:
            case Call(head=Function(builtin=True, name="sin" | "cos" as name), args=(u,)) if (
                x in free_symbols(u)
            ):
                q = Field().fractional(u / x)[0].constant
                assert q is not None
                turns = int(q * scale)
                cosine: Formula = ONE
                sine: Formula = ZERO
                for _ in range(abs(turns)):
                    cosine, sine = cosine * c - sine * s, sine * c + cosine * s
                return cosine if name == "cos" else sine if turns >= 0 else -sine
        return None

    return rewrite(formula, rule)


@dataclass(frozen=True, slots=True)
class _End:
    """An end of an interval, exactly, and whether it belongs to it."""

    value: Formula
    closed: bool


def by_curvature(formula: Formula, here: Place, wanted: Sign) -> Sign:
    """One variable between two finite ends."""
    free = free_symbols(formula)
    if len(free) != 1:
        return Sign.UNKNOWN
    (x,) = free
    r = here.box.ranges.get(x)
    if r is None or r.low is None or r.high is None or r.value is not None:
        return Sign.UNKNOWN
    ends = list(_ends(x, r, here))
    if len(ends) != 2 or x in here.box.integers:
        return Sign.UNKNOWN
    hull = Place(Box({x: Range(r.low, r.high)}))
    if not (is_continuous(formula, hull) and is_smooth(formula, x, hull)):
        return Sign.UNKNOWN
    slope = derivative(formula, x)
    if not is_smooth(slope, x, hull):
        return Sign.UNKNOWN
    bend = sign_at(derivative(slope, x), Place(here.box, here.facts), 1)
    values = [sign_at(substitute(formula, {x: end.value}), hull, 1) for end in ends]
    both = values[0] | values[1]
    for side, strict in (
        (Sign.NONNEGATIVE, Sign.POSITIVE),
        (Sign.NONPOSITIVE, Sign.NEGATIVE),
    ):
        if both in side and bend in side.opposite:
            found = strict if bend is strict.opposite else side
            for end, value in zip(ends, values, strict=True):
                found |= value if end.closed else Sign.IMPOSSIBLE
            return found
    return Sign.UNKNOWN


def _ends(x: Symbol, r: Range, here: Place) -> Iterator[_End]:
    """The lower and the upper end; none where the conditions say something else of x."""
    low = high = None
    for fact, sign in here.facts:
        end = formula_of(Field().fractional(x - fact)[0])
        if free_symbols(fact) != {x} or free_symbols(end):
            return
        if sign in Sign.NONNEGATIVE:
            low = _End(end, bool(sign & Sign.ZERO))
        elif sign in Sign.NONPOSITIVE:
            high = _End(end, bool(sign & Sign.ZERO))
        else:
            return
    assert r.low is not None
    assert r.high is not None
    yield low or _End(number(r.low), not r.low_open)
    yield high or _End(number(r.high), not r.high_open)
