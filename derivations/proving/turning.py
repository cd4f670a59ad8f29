"""The sign of a formula of several real variables, by one variable at a time.

A homogeneous formula, as a*log(a/b) - a + b, is a function of the ratio t = a/b times a power of
b; exp(x) - exp(y) - exp(y)*(x - y) is one of the difference. And a formula that is 0 where
q = p, that rises for q > p and falls for q < p, is not negative: for fixed values of the others it
has its least value there.
"""

from __future__ import annotations

from itertools import permutations
from typing import Final

from derivations.core.calculus import BINDERS, Derivative, Prime
from derivations.core.claim import Variable
from derivations.core.formula import ONE, ZERO, Formula, Symbol, walk
from derivations.core.functions import exp, log
from derivations.core.substitute import free_symbols, fresh_symbol, substitute
from derivations.proving import ranges
from derivations.proving.bounds import Box, range_of
from derivations.proving.derivatives import derivative
from derivations.proving.places import Place, Sign
from derivations.proving.ranges import Range
from derivations.proving.signs import reached, sign_at
from derivations.proving.smooth import is_smooth

MOST_VARIABLES: Final = 4
_TURNS: Final = (ZERO, ONE)


def by_ratio(formula: Formula, here: Place, wanted: Sign) -> Sign:
    """a = t*b for positive a and b."""
    return _by_new_variable(formula, here, wanted, ratio=True)


def by_difference(formula: Formula, here: Place, wanted: Sign) -> Sign:
    """a = t + b for real a and b, where they occur in exponents."""
    return _by_new_variable(formula, here, wanted, ratio=False)


def _real_variables(formula: Formula, here: Place) -> list[Symbol]:
    """The variables of the formula, where all are real, not whole, and it has no binders."""
    if any(isinstance(node, (Derivative, Prime, *BINDERS)) for node in walk(formula)):
        return []
    found = sorted(free_symbols(formula), key=lambda s: s.name)
    for x in found:
        r = here.box.ranges.get(x)
        if r is None or r.value is not None or x in here.box.integers:
            return []
    return found if len(found) <= MOST_VARIABLES else []


def _by_new_variable(formula: Formula, here: Place, wanted: Sign, *, ratio: bool) -> Sign:
    head = log if ratio else exp
    if not any(getattr(node, "head", None) == head for node in walk(formula)):
        return Sign.UNKNOWN
    variables = _real_variables(formula, here)
    if len(variables) < 2:
        return Sign.UNKNOWN
    sign = Sign.UNKNOWN
    for a, b in permutations(variables, 2):
        one, two = here.box.ranges[a], here.box.ranges[b]
        assert one is not None
        assert two is not None
        if ratio and not (one.positive and two.positive):
            continue
        t = fresh_symbol(Symbol("t"), set(variables))
        values = range_of(a / b if ratio else a - b, here.box)
        if values is None:
            continue
        if ratio:
            values = ranges.intersection(values, ranges.POSITIVE) or values
        known: dict[Variable, Range | None] = {
            v: here.box.ranges[v] for v in variables if v not in (a, b)
        }
        # What the range of a says of t and b is left out: more is proved than is asked.
        place = Place(Box({**known, b: two, t: values}))
        changed = substitute(formula, {a: t * b if ratio else t + b})
        sign &= sign_at(changed, place, wanted=wanted)
        if sign in wanted:
            return sign
        if len(variables) > 2:
            sign &= by_turning(changed, place, wanted)
            if sign in wanted:
                return sign
    return sign


def by_turning(formula: Formula, here: Place, wanted: Sign) -> Sign:
    """A sign where one variable is another one, 0 or 1, from which the formula goes up on both
    sides (or down on both)."""
    variables = _real_variables(formula, here)
    if not variables or here.facts:
        return Sign.UNKNOWN
    for q in variables:
        slope: Formula | None = None
        for p in (*(v for v in variables if v != q), *_TURNS):
            if not _is_within(p, q, here):
                continue
            at = sign_at(substitute(formula, {q: p}), here, 1)
            if at not in Sign.NONNEGATIVE and at not in Sign.NONPOSITIVE:
                continue
            if slope is None:
                if not is_smooth(formula, q, here):
                    break
                slope = derivative(formula, q)
            found = at
            for condition, side in ((q > p, Sign.POSITIVE), (q < p, Sign.NEGATIVE)):
                part = here.given(condition)
                if part is not None and found in Sign.REAL:
                    found |= reached(at, sign_at(slope, part, 1).times(side))
            if found in wanted:
                return found
    return Sign.UNKNOWN


def _is_within(p: Formula, q: Symbol, here: Place) -> bool:
    """Whether every value of p at the place is one that q may have."""
    values, whole = range_of(p, here.box), here.box.ranges[q]
    if values is None or whole is None:
        return False
    both = ranges.intersection(values, whole)
    return both == values
