"""The elementary functions of an expansion on a tail: at a finite limit, and at infinity.

At a finite limit a function is its Taylor series with a bounded remainder; at infinity each has a
rule of its own (`exp` shifts the order of growth, `atan` turns to pi/2 - atan(1/u), ...).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial
from typing import Final

from flint import acb, arb, arb_series, fmpq, fmpz

from derivations.core.formula import Constant as Written
from numeric.balls.values import Indeterminate, the_integer_in
from numeric.exact import constants
from numeric.exact.constants import Atom, Constant, named, rational
from numeric.tails.expansions import Error, Expansion, Tail
from numeric.tails.growth import UNIT, Growth

Series = Callable[[arb_series], arb_series]


def _cosh(x: arb_series) -> arb_series:
    return (x.exp() + (-x).exp()) / 2


def _sinh(x: arb_series) -> arb_series:
    return (x.exp() - (-x).exp()) / 2


def _asinh(x: arb_series) -> arb_series:
    return (x + (x * x + 1).sqrt()).log()


# Fractions of larger numbers are not factored.
_LARGEST_FACTORED: Final = 10**12
# gamma is expanded at so many of its poles.
_MOST_POLES: Final = 40

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


def _pi() -> Constant:
    """Named as where it is written in a formula: pi/2 - atan(t) is exactly what falls."""
    return named(Written("pi"), arb.pi())


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
        case "cbrt":
            side = tail.sign(u)
            if side < 0:
                raise Indeterminate("the cubic root of a negative number in the tail")
            return tail.power(u, Fraction(1, 3)) if side else u
        case "Heaviside":
            return tail.constant(rational(Fraction(1 + tail.sign(u), 2)))
        case "floor" | "ceiling" | "frac":
            return whole_part(tail, name, u)
        case "loggamma" if towards(tail, u) > 0:
            return log_gamma(tail, u)
        case "gamma" | "factorial" if towards(tail, u) > 0:
            one = tail.constant(constants.ONE)
            return exp(tail, log_gamma(tail, u if name == "gamma" else tail.add(u, one)))
        case "gamma" | "factorial":
            found = beside_pole(
                tail, u if name == "gamma" else tail.add(u, tail.constant(constants.ONE))
            )
            if found is not None:
                return found
        case "zeta" if not towards(tail, u) and near(u)[0] == constants.ONE:
            return zeta_at_pole(tail, near(u)[1])
        case "digamma" | "harmonic" if towards(tail, u) > 0:
            return digamma(tail, u, name == "harmonic")
    direction = towards(tail, u)
    if direction:
        return at_infinity(tail, name, u, direction)
    centre, delta = near(u)
    if name not in _ANALYTIC:
        raise Indeterminate(f"the tail of {name} is not supported")
    return tail.composed(_ANALYTIC[name], centre, delta)


def whole_part(tail: Tail, name: str, u: Expansion) -> Expansion:
    """floor, ceiling and frac of what tends to a finite limit: the same on the whole tail, if that
    begins beyond the last jump."""
    centre, delta = near(u)
    reach = tail.bound(tail.envelope(delta))
    exact = centre.rational
    if exact is not None and exact.denominator == 1:
        if not reach < 1:
            raise Indeterminate("the tail is not cut far enough out")
        side = tail.sign(delta) if delta.terms or delta.error else 0
        below = int(exact) - (side < 0)
        above = int(exact) + (side > 0)
    else:
        found = the_integer_in((centre.value + arb(0, reach)).floor())
        if found is None:
            raise Indeterminate("a whole part in the tail is not decided")
        below, above = found, found + 1
    if name == "frac":
        return tail.add(u, tail.constant(rational(-below)))
    return tail.constant(rational(below if name == "floor" else above))


def beside_pole(tail: Tail, u: Expansion) -> Expansion | None:
    """gamma(u) where u tends to 0, -1, -2, ...: gamma(u + m + 1)/(u*(u + 1)*...*(u + m))."""
    centre = near(u)[0].rational
    if centre is None or centre.denominator != 1 or not -_MOST_POLES < centre <= 0:
        return None
    below = u
    for k in range(1, 1 - int(centre)):
        below = tail.multiply(below, tail.add(u, tail.constant(rational(k))))
    shifted = tail.add(u, tail.constant(rational(1 - int(centre))))
    rest = tail.composed(_ANALYTIC["gamma"], constants.ONE, near(shifted)[1])
    return tail.multiply(rest, tail.inverse(below))


def zeta_at_pole(tail: Tail, delta: Expansion) -> Expansion:
    """zeta(1 + d) = 1/d + the sum of (-1)**n * g_n * d**n/n! with Stieltjes' constants g_n, of
    which abs(g_n) <= n!/2**(n + 1) for n >= 1 (Lavrik 1976)."""
    if not tail.small(delta) < 1:
        raise Indeterminate("the tail is not cut far enough out")
    value = tail.inverse(delta)
    power = tail.constant(constants.ONE)
    for n in range(tail.order):
        size: arb = acb.stieltjes(n).real if n else arb.const_euler()
        name = ("Stieltjes", n) if n else Written("EulerGamma")
        factor = named(name, size) * rational(Fraction((-1) ** n, factorial(n)))
        value = tail.add(value, tail.scaled(power, factor))
        power = tail.multiply(power, delta)
    # What is left out is at most the sum of abs(d)**n/2**(n + 1) for n >= order, and abs(d) < 1.
    rest = tail.scaled(power, rational(Fraction(1, 2**tail.order)))
    return tail.add(value, Expansion((), tail.envelope(rest)))


def log_gamma(tail: Tail, u: Expansion) -> Expansion:
    """Stirling's series, whose error is at most the first term left out for real u > 0."""
    half = rational(Fraction(1, 2))
    value = tail.multiply(tail.add(u, tail.constant(-half)), log(tail, u))
    turn = log_of(_pi() * rational(2))
    value = tail.add(value, tail.negative(u), tail.constant(turn * half))
    terms = [
        (2 * k - 1, Fraction(_bernoulli(2 * k), 2 * k * (2 * k - 1)))
        for k in range(1, tail.order // 2 + 2)
    ]
    return tail.add(value, _inverse_powers(tail, u, terms))


def digamma(tail: Tail, u: Expansion, harmonic: bool) -> Expansion:
    """digamma(u), or harmonic(u) = digamma(u) + 1/u + EulerGamma, likewise."""
    terms = [(2 * k, Fraction(-_bernoulli(2 * k), 2 * k)) for k in range(1, tail.order // 2 + 2)]
    first = rational(Fraction(1 if harmonic else -1, 2))
    value = tail.add(log(tail, u), tail.scaled(tail.inverse(u), first))
    if harmonic:
        value = tail.add(value, tail.constant(named(Written("EulerGamma"), arb.const_euler())))
    return tail.add(value, _inverse_powers(tail, u, terms))


def _inverse_powers(tail: Tail, u: Expansion, terms: list[tuple[int, Fraction]]) -> Expansion:
    """The sum of c/u**n; the last one bounds the error."""
    below = tail.inverse(u)
    square = tail.multiply(below, below)
    power = below if terms[0][0] == 1 else square
    value = tail.constant(constants.ZERO)
    for _, coefficient in terms[:-1]:
        value = tail.add(value, tail.scaled(power, rational(coefficient)))
        power = tail.multiply(power, square)
    return tail.add(value, Expansion((), tail.envelope(tail.scaled(power, rational(terms[-1][1])))))


def _bernoulli(n: int) -> Fraction:
    value = fmpq.bernoulli(n)
    return Fraction(int(value.p), int(value.q))


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
    if constant.sign() < 0 and growth == Growth(power=Fraction(1), logs=Fraction(1)):
        # u <= -K*t where K = |c|*(1 - delta)*log(start).
        rate = (-constant.value * (1 - tail.small(delta)) * tail.start.log()).lower()
        falling = Growth(exponent=((Fraction(1), constants.unnamed(-rate)),))
        return Expansion((), Error(falling, arb(1)))
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
        parts.append(tail.constant(log_of(constant)))
    return tail.add(*parts, tail.composed(lambda x: x.log(), constants.ONE, delta))


def fibonacci(tail: Tail, name: str, u: Expansion) -> Expansion:
    """p**n/sqrt(5) for Fibonacci's numbers, p**n for Lucas', p the golden ratio, and at most p**-n
    beside it."""
    root = arb(5).sqrt()
    rate = named("log(GoldenRatio)", ((1 + root) / 2).log())
    grown = exp(tail, tail.scaled(u, rate))
    error = Expansion((), tail.envelope(exp(tail, tail.scaled(u, -rate))))
    factor = named("1/sqrt(5)", 1 / root) if name == "fibonacci" else constants.ONE
    return tail.add(tail.scaled(grown, factor), error)


def log_of(constant: Constant) -> Constant:
    """The logarithm of a positive constant; of a fraction by those of its primes, of a product by
    those of its factors, so that equal logarithms cancel."""
    exact = constant.rational
    if exact is None and len(constant.terms) == 1:
        ((factors, coefficient),) = constant.terms
        if coefficient > 0 and all(atom.value > 0 for atom, _ in factors):
            total = log_of(rational(coefficient))
            for atom, power in factors:
                total += _log_of_atom(atom) * rational(power)
            return total
    if exact is None or max(exact.numerator, exact.denominator) > _LARGEST_FACTORED:
        return named(("log", constant), constant.value.log())
    total = constants.ZERO
    for part, sign in ((exact.numerator, 1), (exact.denominator, -1)):
        for prime, power in fmpz(part).factor():
            name = ("log", rational(int(prime)))
            total += named(name, arb(prime).log()) * rational(sign * int(power))
    return total


def _log_of_atom(atom: Atom) -> Constant:
    match atom.name:
        case ("exp", Constant() as exponent):
            return exponent
    return named(("log", atom.name), atom.value.log())


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
            centre = _pi() * rational(Fraction(1, 2))
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
        case "zeta" if direction > 0:
            # 0 < zeta(s) - 1 <= 2**-s + 2**(1 - s)/(s - 1) <= 3/2**s for s >= 2.
            fallen = exp(tail, tail.scaled(u, -log_of(rational(2))))
            beside = tail.envelope(tail.scaled(fallen, rational(3)))
            return tail.add(one, Expansion((), beside))
        case "Si":
            # At most 1/v + 1/v**2 beside pi/2.
            beside = tail.envelope(tail.scaled(tail.inverse(size), rational(2)))
            centre = _pi() * rational(Fraction(1, 2))
            return odd(tail.add(tail.constant(centre), Expansion((), beside)))
        case "fibonacci" | "lucas" if direction > 0:
            return fibonacci(tail, name, u)
    raise Indeterminate(f"the tail of {name} at infinity is not supported")
