"""Integrals within integrals, sums within sums: what does not move with the inner variable goes
before the inner one.

Only factors that are never 0 are taken out: 0 times a divergent integral has no value, the integral
of 0 has one.

>>> from derivations.core import exp, integral, oo, symbols
>>> x, y = symbols("x y")
>>> drawn_out(integral(exp(-(x**2) - y**2), x, -oo, oo))
exp(-y**2)*Integral(exp(-x**2), (x, -oo, oo))
>>> from derivations.core import num, total
>>> sums_drawn_out(total(total(1 / num(2) ** (x + y), x, 0, oo), y, 0, oo))
Sum(1/2**y*Sum(1/2**x, (x, 0, oo)), (y, 0, oo))
"""

from __future__ import annotations

from derivations.core.calculus import Integral, Sum
from derivations.core.formula import ONE, Add, Call, Div, Formula, Mul, Neg, Number, Pow, Symbol
from derivations.core.functions import exp
from derivations.core.substitute import free_names, rewrite
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


def sums_drawn_out(node: Sum, freely: bool = False) -> Sum:
    """The sum with what rests in the sums within it taken out of these; `freely` also what may be
    0, which is right where the sums that are left converge."""

    def rule(part: Formula) -> Formula | None:
        if not isinstance(part, Sum) or node.variable not in free_names(part.body):
            return None
        outside, inside = _parted(part.body, part.variable, freely, True)
        if not outside:
            return None
        whole = Sum(_product(inside), part.variable, part.lower, part.upper)
        return _product([*outside, whole])

    body = rewrite(node.body, rule)
    return node if body == node.body else Sum(body, node.variable, node.lower, node.upper)


def _parted(
    f: Formula, t: Symbol, freely: bool = False, below_line: bool = False
) -> tuple[list[Formula], list[Formula]]:
    """The factors that rest and are never 0, and the others; `freely` all that rest, and those
    `below_line`, of which the reciprocal is never 0."""
    if freely and t not in free_names(f):
        return [f], []

    def exponents(exponent: Formula) -> tuple[list[Formula], list[Formula]]:
        terms = exponent.args if isinstance(exponent, Add) else (exponent,)
        return (
            [term for term in terms if t not in free_names(term)],
            [term for term in terms if t in free_names(term)],
        )

    match f:
        case Neg(arg=arg):
            outside, inside = _parted(arg, t, freely, below_line)
            return (outside, [-_product(inside)]) if outside else ([], [f])
        case Mul(args=args):
            outside, inside = [], []
            for arg in args:
                one, two = _parted(arg, t, freely, below_line)
                outside += one
                inside += two
            return outside, inside
        case Div(numerator=over, denominator=under):
            outside, inside = _parted(over, t, freely, below_line)
            below, rest = _parted(under, t, freely or below_line, below_line)
            if not outside and not below:
                return [], [f]
            bottom = _product(rest)
            top = _product(inside)
            kept = [] if top == bottom == ONE else [top if bottom == ONE else top / bottom]
            return [*outside, *(ONE / factor for factor in below)], kept
        case Call(head=head, args=(u,)) if head == exp:
            resting, moving = exponents(u)
            if not moving:
                return [f], []
            return ([exp(_sum(resting))], [exp(_sum(moving))]) if resting else ([], [f])
        case Pow(base=Number(value=value) as base, exponent=exponent) if value:
            resting, moving = exponents(exponent)
            if not moving:
                return [f], []
            return ([base ** _sum(resting)], [base ** _sum(moving)]) if resting else ([], [f])
    return [], [f]


def _product(factors: list[Formula]) -> Formula:
    if len(factors) < 2:
        return factors[0] if factors else ONE
    return Mul(tuple(factors))


def _sum(terms: list[Formula]) -> Formula:
    return terms[0] if len(terms) == 1 else Add(tuple(terms))
