"""Derivatives at a point where the pieces of a function meet: x*Abs(x) at 0.

Beside the point the body is one formula on the left and one on the right, each smooth on a
neighbourhood. Where both have the value that the body has at the point, and the same slope, that
is the derivative of the body.
"""

from __future__ import annotations

from typing import Final

from flint import fmpq

from derivations.core.calculus import BINDERS, Derivative, Prime
from derivations.core.formula import Formula, FormulaError, Relation, Symbol, walk
from derivations.core.substitute import free_symbols, rewrite, substitute
from derivations.proving.casework import count_of_conditions, decided, plain
from derivations.proving.demands import demands
from derivations.proving.derivatives import derivative
from derivations.proving.exp_log import equal_at
from derivations.proving.places import Place
from derivations.proving.quick_signs import quick_sign
from derivations.proving.ranges import Range
from derivations.proving.rebuild import number
from derivations.proving.smooth import is_smooth

NEAR: Final = fmpq(1, 16)


def with_slopes_at_points(statement: Relation, here: Place) -> Relation:
    """The statement with the derivatives at single points that exist replaced by their values."""

    def rule(node: Formula) -> Formula | None:
        match node:
            case Derivative(body=body, variable=Symbol() as x, order=1):
                r = here.box.ranges.get(x)
                if r is None or r.value is None or x in here.box.integers:
                    return None
                try:
                    return _slope(plain(body), x, r.value, here)
                except FormulaError:
                    return None
        return None

    if any(isinstance(node, BINDERS) for node in walk(statement)):
        return statement
    found = rewrite(statement, rule)
    assert isinstance(found, Relation)
    return found


def _slope(body: Formula, x: Symbol, c: fmpq, here: Place) -> Formula | None:
    if any(isinstance(node, (Derivative, Prime, *BINDERS)) for node in walk(body)):
        return None
    elsewhere = tuple((f, s) for f, s in here.facts if x not in free_symbols(f))
    point = {x: number(c)}
    value = substitute(body, point)
    if any(quick_sign(d.formula, d.here) not in d.wanted for d in demands(value, here)):
        return None

    def at(r: Range) -> Place:
        return Place(here.box.narrowed(x, r), elsewhere)

    around = at(Range(c - NEAR, c + NEAR, True, True))
    slopes: list[Formula] = []
    for side in (at(Range(c, c + NEAR, True, True)), at(Range(c - NEAR, c, True, True))):
        piece = decided(decided(body, side), side)
        if count_of_conditions(piece) or not is_smooth(piece, x, around):
            return None
        if equal_at(substitute(piece, point), value, here) is None:
            return None
        slopes.append(substitute(derivative(piece, x), point))
    return None if equal_at(slopes[0], slopes[1], here) is None else slopes[0]
