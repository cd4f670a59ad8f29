"""Exponents in two doubles, and complements of functions that saturate.

The rounding of an exponent is multiplied by its size, so exp(-pi*x/2) loses a digit in each
decade of x when the product is rounded first; in two doubles it keeps them.
"""

from __future__ import annotations

import sympy

from derivations.core.conditions import cases
from derivations.core.formula import Add, Call, Formula, Neg, Q, Relation, num, walk
from derivations.core.from_sympy import from_sympy
from derivations.core.functions import atan, erf, erfc, exp
from derivations.core.substitute import free_symbols, rewrite
from derivations.core.to_sympy import to_sympy
from numeric.kernels.signs import is_signed_variable
from numeric.kernels.stable import arccot, erfcx, exp_of_pair

# From here on erfcx is the more accurate one, measured against SciPy's erfc.
_TAIL = Q(7, 10)


def exponents_in_pairs(formula: Formula) -> Formula:
    """exp(u) with u in two doubles, where u is a function of one variable that is rounded.

    >>> from derivations.core.formula import pi, symbol
    >>> x = symbol("x")
    >>> print(exponents_in_pairs(exp(-x) + exp(-(pi * x / 2))))
    exp(-x) + exp_of_pair(-pi*x/2)
    """

    def wide(node: Formula) -> Formula | None:
        if not isinstance(node, Call) or node.head != exp or is_signed_variable(node.args[0]):
            return None
        return exp_of_pair(node.args[0]) if len(free_symbols(node)) == 1 else None

    return rewrite(formula, wide)


def complements(formula: Formula) -> Formula:
    """1 - erf(u) as erfc(u), 1 + erf(u) as erfc(-u), and pi/2 + atan(u) as arccot(-u), with any
    factor.

    >>> from derivations.core.formula import pi, symbol
    >>> from derivations.core.functions import atan
    >>> x = symbol("x")
    >>> print(complements(Q(1, 2) + atan(x) / pi))
    1/pi*arccot(-x)
    """

    def complement(node: Formula) -> Formula | None:
        match node:
            case Add(args=(first, second)):
                fixed, moving = (second, first) if free_symbols(first) else (first, second)
                arc = None if free_symbols(fixed) else _beside_an_arc(fixed, moving)
                if arc is not None:
                    return arc
        match node:
            case Add(args=(one, Call(head=head, args=(u,)))) if (one, head) == (num(1), erf):
                return erfc(-u)
            case Add(args=(one, Neg(arg=Call(head=head, args=(u,))))):
                return erfc(u) if (one, head) == (num(1), erf) else None
        return None

    return rewrite(formula, complement)


def _beside_an_arc(constant: Formula, term: Formula) -> Formula | None:
    """constant + k*atan(u) by the angle that is left, where it vanishes far out on one side."""
    arcs = {node for node in walk(term) if isinstance(node, Call) and node.head == atan}
    if len(arcs) != 1:
        return None
    (arc,) = arcs
    assert isinstance(arc, Call)
    factor = sympy.cancel(to_sympy(term) / to_sympy(arc))
    side = sympy.simplify(2 * to_sympy(constant) / (factor * sympy.pi))
    if factor.free_symbols or side not in (1, -1):
        return None
    (u,) = arc.args
    return from_sympy(factor) * arccot(-u) if side == 1 else -from_sympy(factor) * arccot(u)


def scaled_tails(formula: Formula) -> Formula:
    """erfc(u) for u > 7/10 as erfcx(u)*exp(-u**2): the tail is all in the exponent."""

    def scaled(node: Formula) -> Formula | None:
        if not isinstance(node, Call) or node.head != erfc:
            return None
        (u,) = node.args
        square = from_sympy(sympy.expand(-(to_sympy(u) ** 2)))
        return cases((erfcx(u) * exp(square), Relation(u, ">", _TAIL)), (node, None))

    return rewrite(formula, scaled)
