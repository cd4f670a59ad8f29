"""Integrals within integrals: what does not move with the inner variable goes before the integral.

Only factors that are never 0 are taken out: 0 times a divergent integral has no value, the integral
of 0 has one.

>>> from derivations.core import exp, integral, oo, symbols
>>> x, y = symbols("x y")
>>> drawn_out(integral(exp(-(x**2) - y**2), x, -oo, oo))
exp(-y**2)*Integral(exp(-x**2), (x, -oo, oo))
"""

from __future__ import annotations

from derivations.core.calculus import Integral
from derivations.core.formula import ONE, Add, Call, Div, Formula, Mul, Neg, Symbol
from derivations.core.functions import exp
from derivations.core.substitute import free_names
from numeric.written import infinity_of


def drawn_out(node: Integral) -> Formula:
    """The integral with exponentials that rest while its variable moves taken out of it; of what
    rests altogether it is a product."""
    finite = not infinity_of(node.lower) and not infinity_of(node.upper)
    if finite and node.variable not in free_names(node.body):
        return node.body * (node.upper - node.lower)
    outside, inside = _parted(node.body, node.variable)
    if not outside:
        return node
    whole = Integral(_product(inside), node.variable, node.lower, node.upper)
    return _product([*outside, whole])


def _parted(f: Formula, t: Symbol) -> tuple[list[Formula], list[Formula]]:
    """The factors that rest and are never 0, and the others."""
    match f:
        case Neg(arg=arg):
            outside, inside = _parted(arg, t)
            return (outside, [-_product(inside)]) if outside else ([], [f])
        case Mul(args=args):
            outside, inside = [], []
            for arg in args:
                one, two = _parted(arg, t)
                outside += one
                inside += two
            return outside, inside
        case Div(numerator=over, denominator=under):
            outside, inside = _parted(over, t)
            below, rest = _parted(under, t)
            if not outside and not below:
                return [], [f]
            bottom = _product(rest)
            top = _product(inside)
            kept = [] if top == bottom == ONE else [top if bottom == ONE else top / bottom]
            return [*outside, *(ONE / factor for factor in below)], kept
        case Call(head=head, args=(u,)) if head == exp:
            if t not in free_names(u):
                return [f], []
            terms = u.args if isinstance(u, Add) else (u,)
            resting = [term for term in terms if t not in free_names(term)]
            if not resting:
                return [], [f]
            moving = [term for term in terms if t in free_names(term)]
            return [exp(_sum(resting))], [exp(_sum(moving))]
    return [], [f]


def _product(factors: list[Formula]) -> Formula:
    if len(factors) < 2:
        return factors[0] if factors else ONE
    return Mul(tuple(factors))


def _sum(terms: list[Formula]) -> Formula:
    return terms[0] if len(terms) == 1 else Add(tuple(terms))
