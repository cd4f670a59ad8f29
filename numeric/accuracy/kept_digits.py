"""A formula rewritten where differences lose digits: for evaluation in a fixed precision.

Each rule is an identity wherever its left side is defined, and holds of what the formula means;
an enclosure of the new formula is one of the old.
"""

from __future__ import annotations

from derivations.core.formula import Add, Call, Div, Formula, Neg, Number, Pow, num
from derivations.core.functions import cosh, exp, log, tanh
from derivations.core.meaning import unfolded
from derivations.core.substitute import rewrite
from numeric.kernels.stable import expm1, log1p

_ONE = num(1)


def digits_kept(formula: Formula) -> Formula:
    """log(1 + u), exp(u) - 1, 1 - tanh(u)**2 and 1 - a/(a + b) without the difference.

    >>> from derivations.core.formula import symbol
    >>> x = symbol("x")
    >>> digits_kept(1 - 1 / (1 + exp(-x))), digits_kept(log(exp(x) + 1))
    (exp(-x)/(1 + exp(-x)), log1p(exp(x)))
    """
    return rewrite(unfolded(formula), _rewritten)


def _rewritten(node: Formula) -> Formula | None:
    match node:
        case Call(head=head, args=(Add(args=terms),)) if head == log and len(terms) == 2:
            rest = _without(terms, _ONE)
            return None if rest is None else log1p(rest)
        case Add(args=terms) if len(terms) == 2:
            return _difference(terms)
    return None


def _difference(terms: tuple[Formula, ...]) -> Formula | None:
    power = _without(terms, -_ONE)
    if isinstance(power, Call) and power.head == exp:
        return expm1(power.args[0])
    taken = _without(terms, _ONE)
    if not isinstance(taken, Neg):
        return None
    match taken.arg:
        case Call(head=head, args=(u,)) if head == exp:
            return -expm1(u)
        case Pow(base=Call(head=head, args=(u,)), exponent=Number(value=2)) if head == tanh:
            return _ONE / cosh(u) ** 2
        case Div(numerator=over, denominator=Add(args=parts)) if len(parts) == 2:
            rest = _without(parts, over)
            return None if rest is None else rest / Add(parts)
    return None


def _without(terms: tuple[Formula, ...], one: Formula) -> Formula | None:
    """The other one of two terms."""
    first, second = terms
    return second if first == one else first if second == one else None
