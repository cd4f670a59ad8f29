"""Sums over Kronecker's delta.

>>> from derivations.core.formula import array, symbols
>>> from derivations.core.calculus import total
>>> j, k, n = symbols("j k n")
>>> a = array("a", n)
>>> collapsed(total(delta(k, j) * a[k], k, 1, n))
a[j]
"""

from __future__ import annotations

from derivations.core.calculus import Sum
from derivations.core.formula import ONE, Call, Div, Formula, Mul, Neg, Symbol
from derivations.core.functions import delta
from derivations.core.substitute import free_symbols, rewrite, substitute
from derivations.proving.assembled import minus, over, times


def collapsed(formula: Formula) -> Formula:
    """Every sum over a Kronecker delta, `Sum(delta(k, j)*f(k), (k, 1, n))`, as its one term f(j).

    It is so where lower <= j <= upper, as for the index of an array's element of that size; the
    caller answers for that. Indices run from 1: a sum from elsewhere is left alone.
    """
    return rewrite(formula, collapsed_sum)


def collapsed_sum(node: Formula) -> Formula | None:
    """One sum over a delta as its one term; None where the node is no such sum."""
    if not isinstance(node, Sum) or node.lower != ONE:
        return None
    k = node.variable
    found = _delta_of(node.body, k)
    if found is None:
        return None
    rest, index = found
    return substitute(rest, {k: index})


def _delta_of(body: Formula, k: Symbol) -> tuple[Formula, Formula] | None:
    """The body without its factor delta(k, j), and j."""
    match body:
        case Call(head=head, args=(one, two)) if head == delta:
            for this, index in ((one, two), (two, one)):
                if this == k and k not in free_symbols(index):
                    return ONE, index
        case Neg(arg=arg):
            found = _delta_of(arg, k)
            return None if found is None else (minus(found[0]), found[1])
        case Div(numerator=top, denominator=bottom):
            found = _delta_of(top, k)
            return None if found is None else (over(found[0], bottom), found[1])
        case Mul(args=args):
            for i, arg in enumerate(args):
                found = _delta_of(arg, k)
                if found is not None:
                    return times(*args[:i], found[0], *args[i + 1 :]), found[1]
    return None
