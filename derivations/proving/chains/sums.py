"""The derivative of a finite sum, term by term."""

from __future__ import annotations

from derivations.core.calculus import Derivative, Sum
from derivations.core.formula import Formula, FormulaError, Neg, oo
from derivations.core.substitute import free_names
from derivations.proving.bounds import is_integer
from derivations.proving.chains.spots import Spot, inside, is_defined
from derivations.proving.smooth import has_no_kink

_INFINITE = (oo, Neg(oo))


def slope_of_sum(node: Derivative, spot: Spot) -> Formula | None:
    """The sum of the derivatives of the terms, where each term is differentiable and their number
    does not depend on the variable."""
    body, variable = node.body, node.variable
    if not isinstance(body, Sum) or node.order != 1:
        return None
    moving = free_names(variable)
    around = inside(node, spot)
    assert around is not None  # a derivative
    ends = (body.lower, body.upper)
    if body.variable in moving or any(free_names(end) & _own(node) for end in ends):
        return None
    if any(e in _INFINITE or not is_integer(e, p.box) for e in ends for p in around.places):
        return None
    terms = inside(body, around)
    if terms is None:
        return None
    try:
        for here in terms.places:
            if not is_defined(body.body, here) or not has_no_kink(body.body, variable, here):
                return None
    except FormulaError:
        return None
    return Sum(Derivative(body.body, variable), body.variable, body.lower, body.upper)


def _own(node: Derivative) -> frozenset[object]:
    """The name that moves."""
    variable = node.variable
    return frozenset({getattr(variable, "array", variable)})
