"""The value of a limit, proved; infinite ones included."""

from __future__ import annotations

from typing import Final

from derivations.core.calculus import Limit
from derivations.core.formula import (
    ZERO,
    Formula,
    FormulaError,
    Neg,
    Symbol,
    oo,
    walk,
)
from derivations.core.substitute import bound_variable, free_symbols, fresh_symbol, substitute
from derivations.proving.bounds import range_of
from derivations.proving.carry import carried_out, has_derivatives
from derivations.proving.casework import plain
from derivations.proving.chains.asymptotics import Growth
from derivations.proving.chains.scales import NoGrowth
from derivations.proving.chains.spots import beside, is_defined, sides_of
from derivations.proving.places import Place, Sign
from derivations.proving.prove import is_met
from derivations.proving.signs import sign_at

INFINITE: Final = (oo, Neg(oo))


def limit_value(node: Limit, here: Place) -> Formula:
    """The limit at each point of the place: a defined formula, or oo, or -oo.

    Errors: `NoGrowth` where the rules do not tell it, `Undecided` where a sign would tell more.
    """
    if node.point not in INFINITE and (
        range_of(node.point, here.box) is None or not is_defined(node.point, here)
    ):
        raise NoGrowth(f"{node.point} is not known to be a real number")
    values = [
        one_sided(node.body, node.variable, node.point, side, here) for side in sides_of(node)
    ]
    first = values[0]
    for other in values[1:]:
        if other == first:
            continue
        if first in INFINITE or other in INFINITE:
            raise NoGrowth(f"from the two sides the limits are {first} and {other}")
        if sign_at(first - other, here) is not Sign.ZERO:
            raise NoGrowth(f"from the two sides the limits are {first} and {other}")
    return first


def one_sided(body: Formula, x: Symbol, point: Formula, side: str, here: Place) -> Formula:
    """The limit from one side. Errors: as `limit_value`."""
    _, growth, moved = at_infinity(body, x, point, side, here)
    found = growth.of(moved)
    tendency = growth.tendency(found.scale)
    if tendency < 0:
        return ZERO
    if tendency == 0:
        return found.coefficient
    direction = growth.sign(found.coefficient)
    if not direction or range_of(plain(body), beside(x, point, side, here).box) is None:
        raise NoGrowth(f"{body} grows, but not certainly to an infinity")
    return oo if direction > 0 else Neg(oo)


def at_infinity(
    body: Formula, x: Symbol, point: Formula, side: str, here: Place
) -> tuple[Symbol, Growth, Formula]:
    """The body with its variable written by one that tends to oo. Errors: `NoGrowth`."""
    body = without_derivatives(plain(body), beside(x, point, side, here))
    taken = free_symbols(body) | free_symbols(point) | {x}
    taken |= {b for node in walk(body) if (b := bound_variable(node)) is not None}
    taken |= {s for s in here.box.ranges if isinstance(s, Symbol)}
    t = fresh_symbol(Symbol("t"), taken)
    if point == oo:
        at: Formula = t
    elif point == Neg(oo):
        at = -t
    else:
        at = point + 1 / t if side == "+" else point - 1 / t
    if point == ZERO:
        at = 1 / t if side == "+" else -(1 / t)
    try:
        moved = substitute(body, {x: at})
    except FormulaError as error:
        raise NoGrowth(str(error)) from None
    return t, Growth(t, here), moved


def without_derivatives(body: Formula, near: Place) -> Formula:
    """The body with its derivatives carried out, where they certainly exist. Errors: `NoGrowth`."""
    if not has_derivatives(body):
        return body
    try:
        carried = carried_out(body, near)
    except FormulaError as error:
        raise NoGrowth(str(error)) from None
    if not all(is_met(demand) for demand in carried.demands):
        raise NoGrowth(f"a derivative in {body} may not exist")
    return plain(carried.formula)
