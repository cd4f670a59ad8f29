"""The elementary functions of an expansion on a tail: at a finite limit, and at infinity.

At a finite limit a function is its Taylor series with a bounded remainder; at infinity each has a
rule of its own (`exp` shifts the order of growth, `atan` turns to pi/2 - atan(1/u), ...).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from flint import arb, arb_series

from numeric import constants
from numeric.constants import Constant, named, rational
from numeric.expansions import Error, Expansion, Tail
from numeric.growth import UNIT, Growth
from numeric.values import Indeterminate

Series = Callable[[arb_series], arb_series]


def _cosh(x: arb_series) -> arb_series:
    return (x.exp() + (-x).exp()) / 2


def _sinh(x: arb_series) -> arb_series:
    return (x.exp() - (-x).exp()) / 2


def _asinh(x: arb_series) -> arb_series:
    return (x + (x * x + 1).sqrt()).log()


# Functions that are analytic at every finite limit of their argument where Arb gives finite balls.
_ANALYTIC: Final[dict[str, Series]] = {
    "exp": lambda x: x.exp(),
    "log": lambda x: x.log(),
    "sin": lambda x: x.sin(),
    "cos": lambda x: x.cos(),
    "tan": lambda x: x.tan(),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": lambda x: _sinh(x) / _cosh(x),
    "asin": lambda x: x.asin(),
    "acos": lambda x: x.acos(),
    "atan": lambda x: x.atan(),
    "asinh": _asinh,
    "acosh": lambda x: (x + (x * x - 1).sqrt()).log(),
    "atanh": lambda x: ((1 + x) / (1 - x)).log() / 2,
    "erf": lambda x: x.erf(),
    "erfc": lambda x: x.erfc(),
    "gamma": lambda x: x.gamma(),
    "loggamma": lambda x: x.lgamma(),
    "factorial": lambda x: (x + 1).gamma(),
}


def function(tail: Tail, name: str, u: Expansion) -> Expansion:
    """A built-in function of one argument. Errors: `Indeterminate` where it is not supported."""
    match name:
        case "exp":
            return exp(tail, u)
        case "log":
            return log(tail, u)
        case "sqrt":
            return tail.power(u, Fraction(1, 2))
        case "Abs":
            return u if tail.sign(u) >= 0 else tail.negative(u)
        case "sign":
            return tail.constant(rational(tail.sign(u)))
    direction = towards(tail, u)
    if direction:
        return at_infinity(tail, name, u, direction)
    centre, delta = near(u)
    if name not in _ANALYTIC:
        raise Indeterminate(f"the tail of {name} is not supported")
    return tail.composed(_ANALYTIC[name], centre, delta)


def towards(tail: Tail, u: Expansion) -> int:
    """1 or -1 where u tends to oo or -oo, 0 where it stays bounded."""
    if not u.terms or u.terms[0][0].trend() <= 0:
        return 0
    tail.small(tail.leading(u)[2])
    return u.terms[0][1].sign()


def near(u: Expansion) -> tuple[Constant, Expansion]:
    """The finite limit of u, and the rest, which tends to 0."""
    if u.error is not None and u.error.growth.trend() >= 0:
        raise Indeterminate("an argument in the tail is only known to be bounded")
    if u.terms and u.terms[0][0] == UNIT:
        return u.terms[0][1], Expansion(u.terms[1:], u.error)
    return constants.ZERO, u


def exp(tail: Tail, u: Expansion) -> Expansion:
    growth = Growth()
    rest: list[tuple[Growth, Constant]] = []
    for g, c in u.terms:
        if g.trend() <= 0:
            rest.append((g, c))
        elif not g.exponent and not g.logs:
            growth *= Growth(exponent=((g.power, c),))
        elif g == Growth(logs=Fraction(1)) and c.rational is not None:
            growth *= Growth(power=c.rational)
        else:
            return beyond_scale(tail, u)
    head = Expansion(((growth, constants.ONE),))
    bounded = Expansion(tuple(rest), u.error)
    if u.error is not None and u.error.growth.trend() >= 0:
        if u.error.growth != UNIT:
            raise Indeterminate("the exponent of an exponential in the tail is not known")
        size = tail.envelope(bounded)
        assert size is not None
        return Expansion((), Error(growth, (size.bound * size.growth.at(tail.start)).exp()))
    centre, delta = near(bounded)
    if not delta.terms and delta.error is None and centre.is_zero:
        return head
    factor = constants.ONE if centre.is_zero else named(("exp", centre), centre.value.exp())
    series = tail.composed(lambda x: x.exp(), constants.ZERO, delta)
    return tail.scaled(tail.multiply(head, series), factor)


def beyond_scale(tail: Tail, u: Expansion) -> Expansion:
    """exp(u) where u -> -oo faster than every power: it is at most exp(-t**2)."""
    growth, constant, delta = tail.leading(u)
    if constant.sign() > 0 or not growth.exponent:
        raise Indeterminate("an exponential in the tail grows or falls beyond the known orders")
    square = Growth(power=Fraction(2))
    size = (-constant.value * (1 - tail.small(delta))).lower()
    falling = square / growth
    # t**2 / growth <= size makes u <= -t**2.
    if not tail.bound(Error(falling, arb(1))) <= size:
        raise Indeterminate("the tail is not cut far enough out")
    return Expansion((), Error(Growth(exponent=((Fraction(2), rational(-1)),)), arb(1)))


def log(tail: Tail, u: Expansion) -> Expansion:
    growth, constant, delta = tail.leading(u)
    if constant.sign() < 0:
        raise Indeterminate("the logarithm of a negative number in the tail is not supported")
    if growth.logs:
        raise Indeterminate("the logarithm of a logarithm in the tail is not supported")
    parts = [Expansion(((Growth(power=k), a),)) for k, a in growth.exponent]
    if growth.power:
        parts.append(Expansion(((Growth(logs=Fraction(1)), rational(growth.power)),)))
    if constant != constants.ONE:
        parts.append(tail.constant(named(("log", constant), constant.value.log())))
    return tail.add(*parts, tail.composed(lambda x: x.log(), constants.ONE, delta))


def at_infinity(tail: Tail, name: str, u: Expansion, direction: int) -> Expansion:
    one = tail.constant(constants.ONE)
    size = u if direction > 0 else tail.negative(u)

    def odd(value: Expansion) -> Expansion:
        return value if direction > 0 else tail.negative(value)

    match name:
        case "sin" | "cos":
            return Expansion((), Error(UNIT, arb(1)))
        case "sinh" | "cosh":
            grown, fallen = exp(tail, u), exp(tail, tail.negative(u))
            other = fallen if name == "cosh" else tail.negative(fallen)
            return tail.scaled(tail.add(grown, other), rational(Fraction(1, 2)))
        case "tanh":
            fallen = exp(tail, tail.scaled(size, rational(-2)))
            top = tail.add(one, tail.negative(fallen))
            return odd(tail.multiply(top, tail.inverse(tail.add(one, fallen))))
        case "atan":
            centre = named("pi", arb.pi()) * rational(Fraction(1, 2))
            small = tail.composed(_ANALYTIC["atan"], constants.ZERO, tail.inverse(size))
            return odd(tail.add(tail.constant(centre), tail.negative(small)))
        case "asinh" | "acosh" if name == "asinh" or direction > 0:
            shift = rational(1 if name == "asinh" else -1)
            square = tail.add(tail.multiply(size, size), tail.constant(shift))
            return odd(log(tail, tail.add(size, tail.power(square, Fraction(1, 2)))))
        case "erf" | "erfc":
            # 0 < 1 - erf(v) <= exp(-v**2) for v >= 0.
            fallen = exp(tail, tail.negative(tail.multiply(size, size)))
            value = odd(tail.add(one, Expansion((), tail.envelope(fallen))))
            return value if name == "erf" else tail.add(one, tail.negative(value))
    raise Indeterminate(f"the tail of {name} at infinity is not supported")
