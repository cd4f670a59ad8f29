"""A formula rewritten so that no exponential in it grows on the tail.

`exp(t)/(1 + exp(t))**2` is `exp(-t)/(exp(-t) + 1)**2`: the same function, but on a wide ball of
large t the first is known only to lie between -oo and oo, the second is seen to be tiny. Every
node is kept as exp(exponent) * rest; a sum takes out its largest exponential. The result is equal
to the formula wherever that is defined, whichever term of a sum is taken for the largest.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from derivations.core.formula import (
    ONE,
    Add,
    Call,
    Div,
    Formula,
    Mul,
    Neg,
    Pow,
    as_formula,
    num,
)
from derivations.core.functions import Definition, exp
from derivations.core.meaning import meaning
from derivations.core.substitute import substitute
from numeric.balls.values import Indeterminate, Undefined
from numeric.tails.expand import Walk
from numeric.tails.functions import towards
from numeric.tails.growth import Growth

# exp of the sum of rational multiples of formulas
Exponent = dict[Formula, Fraction]


@dataclass(frozen=True, slots=True)
class _Split:
    exponent: Exponent
    rest: Formula


def balanced(formula: Formula, walk: Walk) -> Formula:
    """The same function on the tail of `walk`, without exponentials that grow where it can be."""
    split = _split(formula, walk)
    return _joined(split.exponent, split.rest, walk)


def _joined(exponent: Exponent, rest: Formula, walk: Walk) -> Formula:
    argument = _written(exponent)
    if argument is None:
        return rest
    argument = _completed(argument, walk)
    return exp(argument) if rest == ONE else exp(argument) * rest


def _written(exponent: Exponent) -> Formula | None:
    terms = [as_formula(factor) * u for u, factor in exponent.items() if factor]
    if not terms:
        return None
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def _completed(argument: Formula, walk: Walk) -> Formula:
    """A quadratic with its square completed: on a ball, a*(t + b)**2 is far narrower than
    a*t**2 + 2*a*b*t."""
    try:
        expansion = walk.expand(argument)
    except (Indeterminate, Undefined):
        return argument
    quadratic: dict[Fraction, Fraction] = {}
    for growth, constant in expansion.terms:
        value = constant.rational
        if growth != Growth(power=growth.power):
            return argument
        if value is None:
            if growth.power:
                return argument
            continue
        quadratic[growth.power] = value
    variable = next((s for s, place in walk.places.items() if place == walk.tail.variable()), None)
    if expansion.error is not None or variable is None or not set(quadratic) <= {2, 1, 0}:
        return argument
    a, b = (quadratic.get(Fraction(k), Fraction(0)) for k in (2, 1))
    if not a or not b:
        return argument
    # A polynomial of degree 2 on the tail is one everywhere; what is left is its value at 0.
    half, at_zero = b / (2 * a), quadratic.get(Fraction(0))
    if at_zero is None:
        rest = substitute(argument, {variable: num(0)}) - as_formula(a * half**2)
    else:
        rest = as_formula(at_zero - a * half**2)
    return as_formula(a) * (variable + as_formula(half)) ** 2 + rest


def _combined(one: Exponent, two: Exponent, sign: int = 1) -> Exponent:
    result = dict(one)
    for u, factor in two.items():
        result[u] = result.get(u, Fraction(0)) + sign * factor
    return {u: factor for u, factor in result.items() if factor}


def _split(formula: Formula, walk: Walk) -> _Split:
    if not walk.moves(formula):
        return _Split({}, formula)
    match formula:
        case Call(head=head) if isinstance(head, Definition):
            body = meaning(formula)
            assert body is not None
            return _split(body, walk)
        case Call(head=head, args=(u,)) if head.name == "exp":
            while isinstance(u, Neg) and isinstance(u.arg, Neg):
                u = u.arg.arg
            if isinstance(u, Neg):
                return _Split({u.arg: Fraction(-1)}, ONE)
            return _Split({u: Fraction(1)}, ONE)
        case Call(head=head) if head.name in {"sinh", "cosh", "tanh"}:
            body = meaning(formula)
            assert body is not None
            return _split(body, walk)
        case Neg(arg=arg):
            inner = _split(arg, walk)
            return _Split(inner.exponent, -inner.rest)
        case Mul(args=args):
            exponent: Exponent = {}
            rest: Formula = ONE
            for inner in (_split(arg, walk) for arg in args):
                exponent = _combined(exponent, inner.exponent)
                rest = inner.rest if rest == ONE else rest * inner.rest
            return _Split(exponent, rest)
        case Div(numerator=numerator, denominator=denominator):
            over, under = _split(numerator, walk), _split(denominator, walk)
            quotient = over.rest if under.rest == ONE else over.rest / under.rest
            return _Split(_combined(over.exponent, under.exponent, -1), quotient)
        case Pow(base=base, exponent=power):
            value = _rational(power, walk)
            inner = _split(base, walk)
            # (exp(u)*r)**p is exp(p*u)*r**p for a whole p, and for every p where r > 0.
            if value is not None and (value.denominator == 1 or _positive(inner.rest, walk)):
                scaled = {u: factor * value for u, factor in inner.exponent.items()}
                return _Split(scaled, ONE if inner.rest == ONE else inner.rest**power)
        case Add(args=args):
            return _sum([_split(arg, walk) for arg in args], walk)
    if formula.parts and isinstance(formula, Call):
        return _Split({}, Call(formula.head, tuple(balanced(part, walk) for part in formula.args)))
    return _Split({}, formula)


def _sum(terms: list[_Split], walk: Walk) -> _Split:
    largest: Exponent = {}
    for term in terms:
        if _grows(_combined(term.exponent, largest, -1), walk):
            largest = term.exponent
    total: Formula | None = None
    for term in terms:
        part = _joined(_combined(term.exponent, largest, -1), term.rest, walk)
        total = part if total is None else total + part
    assert total is not None
    return _Split(largest, total)


def _grows(exponent: Exponent, walk: Walk) -> bool:
    argument = _written(exponent)
    if argument is None:
        return False
    try:
        return towards(walk.tail, walk.expand(argument)) > 0
    except (Indeterminate, Undefined):
        return False


def _rational(formula: Formula, walk: Walk) -> Fraction | None:
    if walk.moves(formula):
        return None
    try:
        return walk.constant(formula).rational
    except (Indeterminate, Undefined):
        return None


def _positive(formula: Formula, walk: Walk) -> bool:
    """Whether it is written with sums, products and powers of what is positive for *all* values."""
    if not walk.moves(formula):
        try:
            return walk.constant(formula).sign() > 0
        except (Indeterminate, Undefined):
            return False
    match formula:
        case Call(head=head):
            return head.name in {"exp", "cosh"}
        case Add(args=args) | Mul(args=args):
            return all(_positive(arg, walk) for arg in args)
        case Div(numerator=numerator, denominator=denominator):
            return _positive(numerator, walk) and _positive(denominator, walk)
        case Pow(base=base):
            return _positive(base, walk)
    return False
