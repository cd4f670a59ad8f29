"""The short way for ordinary numbers: a form that is only wrong far out, beside one that is not.

x/sqrt(1 + x**2) overflows where x**2 does; what does not costs more everywhere. So where something
in the short form (a denominator, the result) is of ordinary size that is taken, and the other one
elsewhere. The code looks at the extremes of a block, and has to look at its points in the rare
case only; which form a point takes does not depend on its neighbours.

A product of powers such as x/y**2 may be lost on the way as well: there the result must be neither
large nor small. In x/y/y, each step of which lies between x and the result, nothing is lost then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from derivations.core.conditions import Cases, both, cases
from derivations.core.formula import Call, Div, Formula, Neg, Pow, Relation, Symbol, num, walk
from derivations.core.functions import Abs
from derivations.core.substitute import free_symbols
from numeric.accuracy.target import Target
from numeric.kernels.cancelling import unguarded
from numeric.kernels.signs import never_negative, positive_variables
from numeric.kernels.stable import exponent_apart, rare

# Squares of this are finite; so is what is twice as large as the other.
_SQUARED: Final = num(2) ** 500
_RESULT: Final = num(2) ** 1000


def shortened(short: Formula, everywhere: Formula, target: Target) -> Iterator[Formula]:
    """`short` where it is of ordinary size by one measure or another, `everywhere` elsewhere.

    >>> from derivations.core import Claim, Max, Reals, exp, symbol
    >>> from numeric.accuracy.target import target_of
    >>> x = symbol("x")
    >>> target = target_of(Claim("s", 1 / (1 + exp(-x)), "=", 1 / (1 + exp(-x)), on={x: Reals}), {})
    >>> print(*shortened(target.formula, 1 - 1 / (1 + exp(x)), target), sep="\\n")
    Piecewise((1/(1 + exp(-x)), 1 + exp(-x) < 2**500), (rare(1 - 1/(1 + exp(x))), True))
    Piecewise((1/(1 + exp(-x)), 1/(1 + exp(-x)) < 2**1000), (rare(1 - 1/(1 + exp(x))), True))
    """
    positive = positive_variables(target)
    apart = isinstance(everywhere, Call) and everywhere.head == exponent_apart
    measures = _neither_large_nor_small if apart else _measures
    for ordinary in measures(unguarded(short), positive):
        yield cases((short, ordinary), (rare(everywhere), None))


def both_ways(formula: Formula) -> Formula:
    """The formula without its marks of what is rare and what is precise: equal to it."""
    match formula:
        case Cases(values=(short, Call(head=head, args=(every,))), conditions=(ordinary,)) if (
            head == rare
        ):
            return cases((unguarded(short), ordinary), (unguarded(every), None))
    return unguarded(formula)


def _neither_large_nor_small(short: Formula, positive: frozenset[Symbol]) -> Iterator[Formula]:
    less = _less(short, _SQUARED, positive)
    yield both(Relation(less.lhs, ">", 1 / _SQUARED), less)


def _measures(short: Formula, positive: frozenset[Symbol]) -> Iterator[Relation]:
    below = {node.denominator for node in walk(short) if isinstance(node, Div)}
    below |= {
        node.base
        for node in walk(short)
        if isinstance(node, Pow) and isinstance(node.exponent, Neg)
    }
    for node in sorted(below, key=str):
        if free_symbols(node):
            yield _less(node, _SQUARED, positive)
    yield _less(short, _RESULT, positive)


def _less(node: Formula, bound: Formula, positive: frozenset[Symbol]) -> Relation:
    node = node.arg if isinstance(node, Neg) else node
    return Relation(node if never_negative(node, positive) else Abs(node), "<", bound)
