"""Products of what grows beyond every known order: gamma functions, factorials, n**n.

`gamma(n + a)/gamma(n)` is exp of a difference of logarithms, in which the terms n*log(n) cancel.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from derivations.core.formula import ONE, Call, Div, Formula, Mul, Pow, Symbol
from derivations.core.functions import Definition, factorial, gamma
from derivations.core.functions import exp as exp_of
from derivations.core.substitute import free_names
from numeric.balls.values import Indeterminate, Undefined
from numeric.exact import constants
from numeric.exact.constants import rational
from numeric.exact.rational import rational_of
from numeric.tails.expansions import Expansion, Tail
from numeric.tails.functions import exp, log, log_gamma, towards


class Expanding(Protocol):
    """What is asked of a walk over the tail (`numeric.tails.expand.Walk`)."""

    tail: Tail
    places: dict[Symbol, Expansion]

    def expand(self, formula: Formula) -> Expansion: ...


def is_beyond_scale(walk: Expanding, formula: Formula) -> bool:
    """Whether a factor may be beyond the scale; 1/k! alone is not, there is a bound for it."""
    large = [factor for factor in _factors(formula) if _is_large(walk, factor[0])]
    if len(large) == 1 and not isinstance(formula, Call):
        ((factor, power),) = large
        plain = (
            isinstance(factor, Call) and factor.head == factorial and factor.args[0] in walk.places
        )
        return not (plain and power == -1)
    return bool(large)


def _is_large(walk: Expanding, f: Formula) -> bool:
    names = free_names(f)
    if not any(symbol in names for symbol in walk.places):
        return False
    match f:
        case Call(head=head, args=args) if not isinstance(head, Definition):
            if head.name in {"gamma", "factorial"}:
                return towards(walk.tail, walk.expand(args[0])) > 0
            return head.name in {"binomial", "beta"}
        case Pow(base=base, exponent=exponent):
            inside, above = free_names(base), free_names(exponent)
            moving = any(symbol in above for symbol in walk.places)
            return moving and any(symbol in inside for symbol in walk.places)
    return False


def _factors(f: Formula, power: int = 1) -> Iterator[tuple[Formula, int]]:
    match f:
        case Mul(args=args):
            for arg in args:
                yield from _factors(arg, power)
        case Div(numerator=over, denominator=under):
            yield from _factors(over, power)
            yield from _factors(under, -power)
        case Pow(base=base, exponent=exponent):
            whole = rational_of(exponent)
            if whole is not None and whole.denominator == 1:
                yield from _factors(base, power * int(whole))
            else:
                yield f, power
        case _:
            yield f, power


def by_logarithms(walk: Expanding, formula: Formula) -> Expansion:
    """The product, its large factors by their logarithms. Errors: `Indeterminate`."""
    tail = walk.tail
    total = tail.constant(constants.ZERO)
    above: list[Formula] = []
    below: list[Formula] = []
    for factor, power in _factors(formula):
        # exp and powers of a constant are added to the exponents that they cancel with.
        if _is_large(walk, factor) or _is_exponential(factor):
            total = tail.add(total, tail.scaled(logarithm(walk, factor), rational(power)))
        else:
            (above if power > 0 else below).extend([factor] * abs(power))
    value = exp(tail, total)
    for factor in above:
        value = tail.multiply(value, walk.expand(factor))
    for factor in below:
        value = tail.multiply(value, tail.inverse(walk.expand(factor)))
    return value


def _is_exponential(f: Formula) -> bool:
    match f:
        case Call(head=head):
            return head == exp_of
        case Pow(base=base, exponent=exponent):
            value = rational_of(base)
            return value is not None and value > 0 and rational_of(exponent) is None
    return False


def logarithm(walk: Expanding, f: Formula) -> Expansion:
    """log(f) for f > 0 on the tail. Errors: `Indeterminate`."""
    tail = walk.tail
    match f:
        case Mul() | Div() if is_beyond_scale(walk, f):
            total = tail.constant(constants.ZERO)
            for factor, power in _factors(f):
                total = tail.add(total, tail.scaled(logarithm(walk, factor), rational(power)))
            return total
        case Pow(base=base, exponent=exponent) if _is_large(walk, f):
            return tail.multiply(walk.expand(exponent), logarithm(walk, base))
        case Call(head=head, args=args) if not isinstance(head, Definition):
            match head.name:
                case "exp":
                    return walk.expand(args[0])
                case "gamma":
                    return _log_gamma(walk, args[0])
                case "factorial":
                    return _log_gamma(walk, args[0] + ONE)
                case "binomial":
                    n, k = args
                    return tail.add(
                        _log_gamma(walk, n + ONE),
                        tail.negative(_log_gamma(walk, k + ONE)),
                        tail.negative(_log_gamma(walk, n - k + ONE)),
                    )
                case "beta":
                    a, b = args
                    return tail.add(
                        _log_gamma(walk, a),
                        _log_gamma(walk, b),
                        tail.negative(_log_gamma(walk, a + b)),
                    )
    return log(tail, walk.expand(f))


def _log_gamma(walk: Expanding, f: Formula) -> Expansion:
    u = walk.expand(f)
    if towards(walk.tail, u) > 0:
        return log_gamma(walk.tail, u)
    try:
        return log(walk.tail, walk.expand(gamma(f)))
    except Undefined as error:  # a binomial coefficient may be defined where its gammas are not
        raise Indeterminate(str(error)) from None
