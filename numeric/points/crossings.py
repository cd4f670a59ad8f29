"""What no point meets: a zero of a denominator, or a point where two sides cross.

A continuous quantity that is positive at one point of a domain and negative at another is 0
somewhere between. A side that is undefined there, or a `!=` that fails there, is then not to be
called consistent, however many points hold; nor is one of whole numbers that no search settles.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flint import ctx, fmpz_mpoly_ctx, fmpz_poly

from derivations.core.claim import Claim
from derivations.core.domain import Interval
from derivations.core.formula import Formula, FormulaError, Symbol
from derivations.core.substitute import free_symbols
from derivations.proving.casework import plain
from derivations.proving.demands import Demand, demands
from derivations.proving.field import Field
from derivations.proving.places import Place, Sign, conjuncts, place
from numeric.balls.enclose import evaluated
from numeric.balls.frames import root_frame
from numeric.balls.values import Indeterminate, Infinity, Undefined, sign_of
from numeric.hunting.complex_zeros import complex_meeting
from numeric.hunting.equations import lettered
from numeric.hunting.partial_sums import is_drifting
from numeric.hunting.unsettled import is_unsettled
from numeric.judging.compare import Bench
from numeric.points.sample import has_binders

# So many of the bench's points are asked for the sign of a quantity.
_ASKED = 64


def crossing(claim: Claim, bench: Bench, tried: int) -> str:
    """A sentence about what may be hidden between the points; empty where nothing is seen.

    Only domains without gaps are looked at, intervals and no condition, or one with an equation;
    and equations of whole numbers.
    """
    if is_unsettled(claim) and _changes_sign(claim.lhs - claim.rhs, bench, tried):
        return "whether the sides are equal at some whole numbers is not decided"
    if is_drifting(claim):
        return "the sides come nearer as the sum or product grows, and may cross"
    near = complex_meeting(claim)
    if near:
        return f"the sides are nearly equal near {near}, and may meet there"
    connected = all(isinstance(v, Symbol) and isinstance(d, Interval) for v, d in claim.on)
    if not claim.on or not connected:
        return ""
    if claim.where is not None and (claim.rel != "!=" or not _is_on_a_curve(claim)):
        return ""
    if claim.rel == "!=" and _changes_sign(claim.lhs - claim.rhs, bench, tried):
        return "the difference of the two sides takes both signs, and may be 0 between"
    for zero in _zeros_of_one_side(claim) if claim.where is None else ():
        if _changes_sign(zero, bench, tried):
            return f"one side is undefined where {zero} = 0, which happens on the domain"
    return ""


def _is_on_a_curve(claim: Claim) -> bool:
    """Whether the condition has an equation: along its curve the sides may meet between points.

    Not where curve and sides are polynomials of two variables that are never 0 together.
    """
    try:
        parts = conjuncts(None if claim.where is None else plain(claim.where))
        difference = plain(claim.lhs) - plain(claim.rhs)
    except (FormulaError, RecursionError):
        return False
    equations = [part.lhs - part.rhs for part in parts if part.rel == "="]
    return any(not _are_apart(equation, difference) for equation in equations)


def _are_apart(one: Formula, other: Formula) -> bool:
    """Whether two polynomials of two variables have no real zero in common, by a resultant."""
    names = tuple(sorted(free_symbols(one) | free_symbols(other), key=lambda v: v.name))
    first, second = lettered(one, names), lettered(other, names)
    if len(names) != 2 or first is None or second is None:
        return False
    ring = fmpz_mpoly_ctx.get(("x0", "x1"), "lex")
    resultant = ring.from_dict(first).resultant(ring.from_dict(second), "x0")
    coefficients = {int(powers[1]): int(n) for powers, n in resultant.to_dict().items()}
    if not coefficients:
        return False
    roots: Any = fmpz_poly(
        [coefficients.get(k, 0) for k in range(max(coefficients) + 1)]
    ).complex_roots()
    return not any(root.imag.contains(0) for root, _ in roots)


def _zeros_of_one_side(claim: Claim) -> Iterator[Formula]:
    """What must not be 0 on one side, and is not seen to be demanded by the other."""
    if has_binders(claim.lhs) or has_binders(claim.rhs):
        return
    try:
        here = place(claim.domains)
        sides = [_demanded(side, here) for side in (claim.lhs, claim.rhs)]
    except (FormulaError, RecursionError):
        return
    # What both sides demand in unlike forms may be the same (1/sin(2*x), 1/(sin(x)*cos(x))).
    if not all(sides):
        for demand in (*sides[0], *sides[1]):
            if demand.necessary and demand.here is here and demand.wanted is Sign.NONZERO:
                yield demand.formula


def _demanded(side: Formula, here: Place) -> list[Demand]:
    return [demand for demand in demands(plain(side), here) if not _is_constant(demand.formula)]


def _is_constant(formula: Formula) -> bool:
    try:
        return Field().fractional(formula)[0].constant is not None
    except FormulaError:
        return False


def _changes_sign(formula: Formula, bench: Bench, tried: int) -> bool:
    signs: set[int | None] = set()
    run = bench.compiler.compile(formula)
    for number in range(min(tried, _ASKED)):
        point = bench.point(number)
        if point is None:
            break
        with ctx.workprec(256):
            try:
                value = evaluated(run, root_frame(point))
            except (Undefined, Indeterminate):
                continue
        if not isinstance(value, Infinity):
            signs.add(sign_of(value))
        if {1, -1} <= signs:
            return True
    return False
