"""A formula of rows rewritten around one of its scores: exp(z_i) as exp(z_p)*exp(z_i - z_p).

It is an equal of the formula for every index p, and for that of the largest score no exponential
overflows: softmax is invariant under shifts, a log-sum-exp moves with them. Where the class p is
taken out of the sums besides, 1 + (the others) stands there, whose logarithm is a log1p.

>>> from derivations.core import array, exp, log, symbols, total
>>> K, i, k, p = symbols("K i k p")
>>> z = array("z", K)
>>> S = total(exp(z[k]), k, 1, K)
>>> pivoted(exp(z[i]) / S, z, p)
exp(z[i] - z[p])/Sum(exp(z[k] - z[p]), (k, 1, K))
>>> pivoted(z[i] - log(S), z, p, apart=True)
z[i] - z[p] - log1p(Sum((1 - KroneckerDelta(k, p))*exp(z[k] - z[p]), (k, 1, K)))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from derivations.core.calculus import Sum
from derivations.core.conditions import Cases
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
    Number,
    Pow,
    Symbol,
    num,
)
from derivations.core.functions import delta, exp, log
from derivations.core.substitute import free_names, substitute
from derivations.proving.assembled import minus, over, plus, times
from numeric.kernels.stable import log1p


class NoPivotError(ValueError):
    """The formula is not one of exponentials of scores; one sentence says why."""


def pivoted(formula: Formula, scores: Array, p: Symbol, *, apart: bool = False) -> Formula:
    """An equal of the formula in the differences z_i - z_p; with `apart`, with the class p taken
    out of the sums.

    Errors: `NoPivotError` where the exponentials do not combine.
    """
    found = _Pivot(scores, p, apart).of(formula)
    return found.value if not found.power else times(_raised(scores[p], found.power), found.value)


@dataclass(frozen=True, slots=True)
class _Scaled:
    """exp(power * z_p) * value."""

    power: int
    value: Formula


@dataclass(frozen=True, slots=True)
class _Pivot:
    scores: Array
    p: Symbol
    apart: bool

    def of(self, formula: Formula) -> _Scaled:
        match formula:
            case Neg(arg=arg):
                inner = self.of(arg)
                return _Scaled(inner.power, minus(inner.value))
            case Add(args=args):
                return self.sum_of([self.of(arg) for arg in args])
            case Mul(args=args):
                parts = [self.of(arg) for arg in args]
                power = sum(part.power for part in parts)
                return _Scaled(power, times(*(part.value for part in parts)))
            case Div(numerator=top, denominator=bottom):
                above, below = self.of(top), self.of(bottom)
                return _Scaled(above.power - below.power, over(above.value, below.value))
            case Pow(base=base, exponent=Number(value=n)):
                inner = self.of(base)
                return _Scaled(n * inner.power, inner.value ** num(n))
            case Sum():
                return self.total(formula)
            case Call(head=head, args=(arg,)) if head == exp:
                return self.exponential(arg)
            case Call(head=head, args=(arg,)) if head == log:
                inner = self.of(arg)
                return _Scaled(0, _gathered([self.p_times(inner.power), *_logs(inner.value)], self))
            case Cases(values=values, conditions=conditions):
                parts = [self.of(value) for value in values]
                return _Scaled(
                    self.common_power(parts), Cases(tuple(part.value for part in parts), conditions)
                )
        if self.scores in free_names(formula) and not isinstance(formula, Item):
            raise NoPivotError(f"{formula} is no sum, product or exponential of scores")
        return _Scaled(0, formula)

    def sum_of(self, parts: list[_Scaled]) -> _Scaled:
        return _Scaled(self.common_power(parts), _gathered([part.value for part in parts], self))

    def common_power(self, parts: list[_Scaled]) -> int:
        powers = {part.power for part in parts if part.value != ZERO}
        if len(powers) > 1:
            raise NoPivotError("terms of different powers of an exponential are added")
        return powers.pop() if powers else 0

    def total(self, node: Sum) -> _Scaled:
        body = self.of(node.body)
        k = node.variable
        top, bottom = _parted(body.value, k)
        if self.apart and _has_exponential(top, k):
            first = _simplified(substitute(top, {k: self.p}))
            others = Sum(times(1 - delta(k, self.p), top), k, node.lower, node.upper)
            return _Scaled(body.power, _under(plus(first, others), bottom))
        return _Scaled(body.power, _under(Sum(top, k, node.lower, node.upper), bottom))

    def exponential(self, exponent: Formula) -> _Scaled:
        """exp of a sum of scores and other terms."""
        terms = list(_signed(exponent))
        power = sum(sign for sign, term in terms if self.is_score(term))
        value = _gathered(
            [*(minus(t) if s < 0 else t for s, t in terms), self.p_times(-power)], self
        )
        return _Scaled(power, ONE if value == ZERO else exp(value))

    def is_score(self, term: Formula) -> bool:
        return isinstance(term, Item) and term.array == self.scores

    def p_times(self, power: int) -> Formula:
        score = self.scores[self.p]
        if abs(power) > 1:
            return minus(times(num(-power), score)) if power < 0 else times(num(power), score)
        return (ZERO, score, minus(score))[power]


def _raised(score: Formula, power: int) -> Formula:
    return exp(times(num(power), score) if power > 0 else minus(times(num(-power), score)))


def _gathered(terms: list[Formula], pivot: _Pivot) -> Formula:
    """The sum of the terms: differences of two scores first, then the rest; opposites cancel."""
    signed = [pair for term in terms for pair in _signed(term) if pair[1] != ZERO]
    rest: list[tuple[int, Formula]] = []
    for sign, term in signed:
        if (-sign, term) in rest:
            rest.remove((-sign, term))
        else:
            rest.append((sign, term))
    scores = [pair for pair in rest if pivot.is_score(pair[1])]
    others = [pair for pair in rest if not pivot.is_score(pair[1])]
    chosen: list[tuple[int, Formula]] = []
    while True:
        ups = [term for sign, term in scores if sign > 0]
        downs = [term for sign, term in scores if sign < 0]
        if not ups or not downs:
            break
        up, down = ups[0], downs[0]
        scores.remove((1, up))
        scores.remove((-1, down))
        if down == pivot.scores[pivot.p] or up != pivot.scores[pivot.p]:
            chosen.append((1, up - down))
        else:  # z_p - z_i is -(z_i - z_p)
            others.append((-1, down - up))
    ordered = [*chosen, *scores, *others]
    ordered.sort(key=lambda pair: pair[0] < 0 and pair in others)
    return plus(*(minus(term) if sign < 0 else term for sign, term in ordered)) if ordered else ZERO


def _signed(formula: Formula, sign: int = 1) -> Iterator[tuple[int, Formula]]:
    """The terms of a sum, nested ones too."""
    match formula:
        case Neg(arg=arg):
            yield from _signed(arg, -sign)
        case Add(args=args):
            for arg in args:
                yield from _signed(arg, sign)
        case _:
            yield sign, formula


def _logs(formula: Formula) -> Iterator[Formula]:
    """The logarithm of a formula as a sum."""
    match formula:
        case Div(numerator=top, denominator=bottom):
            yield from _logs(top)
            yield from (minus(part) for part in _logs(bottom))
        case Mul(args=args):
            for arg in args:
                yield from _logs(arg)
        case Call(head=head, args=(arg,)) if head == exp:
            yield arg
        case Add(args=(first, *rest)) if first == ONE:
            yield log1p(plus(*rest))
        case _ if formula != ONE:
            yield log(formula)


def _parted(formula: Formula, k: Symbol) -> tuple[Formula, Formula]:
    """A summand as a numerator and a denominator that is the same for all k."""
    match formula:
        case Div(numerator=top, denominator=bottom) if k not in free_names(bottom):
            return top, bottom
        case Mul(args=args):
            parts = [_parted(arg, k) for arg in args]
            return times(*(top for top, _ in parts)), times(*(bottom for _, bottom in parts))
    return formula, ONE


def _under(top: Formula, bottom: Formula) -> Formula:
    return top if bottom == ONE else over(top, bottom)


def _has_exponential(formula: Formula, k: Symbol) -> bool:
    """Whether an exponential depends on k, outside of other sums."""
    if isinstance(formula, Sum) or k not in free_names(formula):
        return False
    if isinstance(formula, Call) and formula.head == exp:
        return True
    return any(_has_exponential(part, k) for part in formula.parts)


def _simplified(formula: Formula) -> Formula:
    """exp(z_p - z_p) as 1."""
    match formula:
        case Call(head=head, args=(arg,)) if head == exp:
            terms = list(_signed(arg))
            left = [t for t in terms if (-t[0], t[1]) not in terms]
            return formula if left else ONE
        case Mul(args=args):
            return times(*map(_simplified, args))
        case Add(args=args):
            return plus(*map(_simplified, args))
    return formula
