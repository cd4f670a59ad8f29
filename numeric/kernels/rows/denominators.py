"""Differences of shares over one denominator, where what would cancel is left out.

With the class p taken out of the sums a share is s_i = (o_i + delta_ip)/(1 + R), where o_i is
exp(z_i - z_p) for i != p and 0 for p, and R is the sum of the o_k. So c - s_i is
((c - delta_ip) + (c*R - o_i))/(1 + R): for c = 1 at the largest score, R/(1 + R), all digits kept.
"""

from __future__ import annotations

from derivations.core.calculus import Sum
from derivations.core.conditions import cases
from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Array,
    Call,
    Div,
    Formula,
    Item,
    Mul,
    Neg,
    Symbol,
    eq,
    walk,
)
from derivations.core.functions import delta, exp
from derivations.core.substitute import replaced, rewrite, substitute
from derivations.proving.assembled import minus, over, plus, times


def over_one_denominator(formula: Formula, scores: Array, p: Symbol) -> Formula | None:
    """The formula (with the class p apart) with its differences of shares over one denominator;
    None where it has none."""

    def rule(node: Formula) -> Formula | None:
        return _joined(node, scores, p) if isinstance(node, Add) else None

    found = rewrite(formula, rule)
    return None if found == formula else found


def _joined(node: Add, scores: Array, p: Symbol) -> Formula | None:
    split = [_fraction(term) for term in node.args]
    below = {bottom for _, bottom in split if bottom is not None}
    if len(below) != 1 or all(bottom is not None for _, bottom in split):
        return None
    (denominator,) = below
    if not isinstance(denominator, Add) or denominator.args[0] != ONE:
        return None
    others = plus(*denominator.args[1:])
    plain: list[Formula] = []
    small: list[Formula] = []
    for top, bottom in split:
        if bottom is None:
            plain.append(top)
            small.append(times(top, others))
            continue
        if (halves := _halves(top)) is not None:
            plain.append(halves[0])
            small.append(halves[1])
            continue
        share = _share_in(top, scores, p)
        if share is None:
            return None
        index, exponential = share
        mark = delta(index, p)
        plain.append(_without_one(replaced(top, exponential, mark)))
        small.append(replaced(top, exponential, times(1 - mark, exponential)))
    return over(plus(_ordered(plain), _ordered(small)), denominator)


def _ordered(terms: list[Formula]) -> Formula:
    """What is added before what is taken away."""
    return plus(*sorted(terms, key=lambda term: isinstance(term, Neg)))


def _without_one(formula: Formula) -> Formula:
    match formula:
        case Neg(arg=arg):
            return minus(_without_one(arg))
        case Mul(args=args):
            return times(*(arg for arg in args if arg != ONE))
    return formula


def _fraction(term: Formula) -> tuple[Formula, Formula | None]:
    """A term as a numerator and a denominator, if it has one."""
    match term:
        case Neg(arg=arg):
            top, bottom = _fraction(arg)
            return minus(top), bottom
        case Div(numerator=top, denominator=bottom):
            return top, bottom
        case Mul(args=args):
            for n, arg in enumerate(args):
                if isinstance(arg, Div):
                    return times(*args[:n], arg.numerator, *args[n + 1 :]), arg.denominator
    return term, None


def _halves(top: Formula) -> tuple[Formula, Formula] | None:
    """A numerator that is what the class p gives and a sum over the others."""
    match top:
        case Neg(arg=arg):
            found = _halves(arg)
            return None if found is None else (minus(found[0]), minus(found[1]))
        case Add(args=(*first, Sum() as others)) if not any(map(_has_exponential, first)):
            return plus(*first), others
    return None


def _has_exponential(formula: Formula) -> bool:
    return any(isinstance(part, Call) and part.head == exp for part in walk(formula))


def _share_in(top: Formula, scores: Array, p: Symbol) -> tuple[Formula, Formula] | None:
    """The index i and the exponential exp(z_i - z_p) in a numerator, if there is just one."""
    found = {}
    for part in walk(top):
        if isinstance(part, Call) and part.head == exp:
            match part.args[0]:
                case Add(args=(Item(array=array, indices=(index,)), Neg(arg=other))) if (
                    array == scores and other == scores[p]
                ):
                    found[part] = index
                case _:
                    return None
    if len(found) != 1:
        return None
    ((exponential, index),) = found.items()
    return index, exponential


def split_at_the_diagonal(formula: Formula, i: Symbol, j: Symbol) -> Formula | None:
    """A formula with delta_ij as one on the diagonal and one beside it; None without a delta."""
    marks = {
        node
        for node in walk(formula)
        if isinstance(node, Call) and node.head == delta and set(node.args) == {i, j}
    }
    if len(marks) != 1:
        return None
    (mark,) = marks
    on = substitute(_simpler(replaced(formula, mark, ONE)), {j: i})
    beside = _simpler(replaced(formula, mark, ZERO))
    return cases((on, eq(i, j)), (beside, None))


def _simpler(formula: Formula) -> Formula:
    """Without the terms 0 and factors 1 that a delta left."""

    def rule(node: Formula) -> Formula | None:
        match node:
            case Add(args=args):
                return plus(*args)
            case Mul(args=args):
                return times(*args)
        return None

    return rewrite(formula, rule)
