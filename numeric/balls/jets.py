"""Taylor arithmetic: numbers that carry small formal increments.

A `Jet` is a polynomial in increments e1, e2, ... truncated at an order of its own in each; one
increment for each derivative that is being taken, the innermost last. Its constant term is the
value at the point. An inner increment is infinitely small against every power of an outer one,
which is what decides a sign at a kink.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Final, TypeAlias

from flint import acb, arb, fmpq

from numeric.balls.elementary import FUNCTIONS, power
from numeric.balls.elementary_series import NoSeries, power_taylor, taylor
from numeric.balls.values import (
    ONE,
    ZERO,
    Indeterminate,
    Scalar,
    as_int,
    divided,
    is_zero,
    may_vanish,
    sign_of,
    simplified,
    times,
)

Monomial: TypeAlias = tuple[int, ...]  # exponents of e1, e2, ..., trailing zeros left out


class Jet:
    """`terms` by monomial; `orders` is the highest power kept of each increment."""

    __slots__ = ("orders", "terms")

    def __init__(self, terms: dict[Monomial, Scalar], orders: tuple[int, ...]) -> None:
        self.terms = terms
        self.orders = orders

    @property
    def constant(self) -> Scalar:
        return self.terms.get((), ZERO)


Number: TypeAlias = "Scalar | Jet"


def constant_of(value: Number) -> Scalar:
    """The value at the point, without the increments."""
    return value.constant if isinstance(value, Jet) else value


def moves(value: Number) -> bool:
    """Whether an increment of it is not exactly 0."""
    return isinstance(value, Jet) and any(m and not is_zero(t) for m, t in value.terms.items())


def increment(value: Number, orders: tuple[int, ...]) -> Jet:
    """The value plus the innermost increment."""
    terms: dict[Monomial, Scalar] = {}
    if isinstance(value, Jet):
        terms.update(value.terms)
    else:
        terms[()] = value
    terms[(0,) * (len(orders) - 1) + (1,)] = ONE
    return Jet(terms, orders)


def coefficient(value: Number, level: int, power_of: int) -> Number:
    """The coefficient of a power of the innermost increment, number `level` from 0."""
    if not isinstance(value, Jet):
        return value if power_of == 0 else ZERO
    found: dict[Monomial, Scalar] = {}
    for monomial, term in value.terms.items():
        if (monomial[level] if len(monomial) > level else 0) == power_of:
            found[_trimmed(monomial[:level])] = term
    return Jet(found, value.orders[:level]) if level else found.get((), ZERO)


def _trimmed(monomial: Monomial) -> Monomial:
    end = len(monomial)
    while end and not monomial[end - 1]:
        end -= 1
    return monomial[:end]


def added(a: Number, b: Number) -> Number:
    if not isinstance(a, Jet):
        if not isinstance(b, Jet):
            return simplified(a + b)
        a, b = b, a
    if not isinstance(b, Jet):
        terms = dict(a.terms)
        terms[()] = terms[()] + b if () in terms else b
        return Jet(terms, a.orders)
    orders = max(a.orders, b.orders, key=len)
    terms = dict(a.terms)
    for monomial, term in b.terms.items():
        terms[monomial] = terms[monomial] + term if monomial in terms else term
    return Jet(terms, orders)


def negated(a: Number) -> Number:
    if isinstance(a, Jet):
        return Jet({m: -t for m, t in a.terms.items()}, a.orders)
    return -a


def multiplied(a: Number, b: Number) -> Number:
    if not isinstance(a, Jet):
        if not isinstance(b, Jet):
            return times(a, b)
        a, b = b, a
    if not isinstance(b, Jet):
        return Jet({m: times(t, b) for m, t in a.terms.items()}, a.orders)
    orders = max(a.orders, b.orders, key=len)
    if orders == (1,):
        return _slope_of_product(a.terms, b.terms, orders)
    terms: dict[Monomial, Scalar] = {}
    for m, s in a.terms.items():
        for n, t in b.terms.items():
            if not m or not n:
                monomial = m or n
            elif len(m) == len(n) == 1:
                monomial = (m[0] + n[0],)
            else:
                monomial = tuple(map(sum, zip_longest(m, n, fillvalue=0)))
            if len(monomial) == 1:
                if monomial[0] > orders[0]:
                    continue
            elif any(k > order for k, order in zip(monomial, orders, strict=False)):
                continue
            product = times(s, t)
            terms[monomial] = terms[monomial] + product if monomial in terms else product
    return Jet(terms, orders)


_SLOPE: Final[Monomial] = (1,)


def _slope_of_product(
    a: dict[Monomial, Scalar], b: dict[Monomial, Scalar], orders: tuple[int, ...]
) -> Jet:
    """A product where nothing but one first derivative is kept."""
    first, second = a.get(()), b.get(())
    left, right = a.get(_SLOPE), b.get(_SLOPE)
    terms: dict[Monomial, Scalar] = {}
    if first is not None and second is not None:
        terms[()] = times(first, second)
    if first is not None and right is not None:
        terms[_SLOPE] = times(first, right)
    if left is not None and second is not None:
        slope = times(left, second)
        terms[_SLOPE] = terms[_SLOPE] + slope if _SLOPE in terms else slope
    return Jet(terms, orders)


def composed(coefficients: list[Scalar], inner: Jet) -> Jet:
    """Sum of coefficients[k] * (inner - constant)**k, by Horner's rule."""
    if inner.orders == (1,) and len(coefficients) == 2:
        start, slope = coefficients
        speed = inner.terms.get(_SLOPE)
        if speed is None:
            return Jet({(): start}, inner.orders)
        return Jet({_SLOPE: times(slope, speed), (): start}, inner.orders)
    small = Jet({m: t for m, t in inner.terms.items() if m}, inner.orders)
    result: Number = coefficients[-1]
    for c in reversed(coefficients[:-1]):
        result = added(multiplied(result, small), c)
    return result if isinstance(result, Jet) else Jet({(): result}, inner.orders)


def quotient(a: Number, b: Number) -> Number:
    if not isinstance(b, Jet):
        if isinstance(a, Jet):
            return Jet({m: divided(t, b) for m, t in a.terms.items()}, a.orders)
        return divided(a, b)
    divided(ONE, b.constant)  # complains in its own words
    return multiplied(a, composed(power_taylor(b.constant, -ONE, sum(b.orders) + 1), b))


def powered(base: Number, exponent: Number) -> Number:
    if isinstance(exponent, Jet):
        if len(exponent.terms) == 1 and () in exponent.terms:
            exponent = exponent.constant
        elif is_zero(base.constant if isinstance(base, Jet) else base):
            if not isinstance(base, Jet) and sign_of(exponent.constant) == 1:
                return ZERO
            raise Indeterminate("a power of 0 whose exponent varies")
        else:
            return applied("exp", multiplied(exponent, applied("log", base)))
    if not isinstance(base, Jet):
        return power(base, exponent)
    if as_int(exponent) == 1:
        return base
    if as_int(exponent) is None:
        _require_one_branch("log", base)
    try:
        series = power_taylor(base.constant, exponent, sum(base.orders) + 1)
    except NoSeries as error:
        raise _marked(error, base) from None
    return composed(series, base)


def applied(name: str, argument: Number) -> Number:
    """A built-in function of one argument (not `Abs` and `sign` of a jet: they have kinks)."""
    if not isinstance(argument, Jet):
        return FUNCTIONS[name](argument)
    _require_one_branch(name, argument)
    try:
        series = taylor(name, argument.constant, sum(argument.orders) + 1)
    except NoSeries as error:
        raise _marked(error, argument) from None
    return composed(series, argument)


# The real numbers on a cut, by function; on it a Taylor series holds along the cut only.
_ON_CUT: Final[dict[str, Callable[[arb], bool]]] = {
    "log": lambda u: u < 0,
    "sqrt": lambda u: u < 0,
    "loggamma": lambda u: u < 0,
    "asin": lambda u: abs(u) > 1,
    "acos": lambda u: abs(u) > 1,
    "atanh": lambda u: abs(u) > 1,
    "acosh": lambda u: u < 1,
}


def _require_one_branch(name: str, jet: Jet) -> None:
    """Errors: `Indeterminate` where the increments lead off a cut on which the jet starts."""
    start = jet.constant
    moving = [term for monomial, term in jet.terms.items() if monomial and not is_zero(term)]
    if not isinstance(start, acb):
        leaves = any(isinstance(t, acb) for t in moving)
        crossing = leaves and name in _ON_CUT and _ON_CUT[name](arb(start))
    else:
        upright = start.real.is_zero() and not abs(start.imag) < 1
        crossing = (
            name in {"atan", "asinh"}
            and upright
            and not all(isinstance(t, acb) and t.real.is_zero() for t in moving)
        )
    if crossing:
        raise Indeterminate(f"{name} is not differentiated across its cut")


def _marked(error: NoSeries, argument: Jet) -> NoSeries:
    """Marks a missing series where the argument moves through the bad place at a speed that is
    not 0, so that the function of the increment certainly has no derivative either."""
    speed = argument.terms.get(_SLOPE, ZERO)
    error.bare = len(argument.orders) == 1 and not may_vanish(speed)
    return error


def root_of_vanishing(jet: Jet, sides: tuple[int, ...]) -> Number:
    """The square root of a jet whose constant term is exactly 0: |e|**k * sqrt(g) for e**2k * g.

    Errors: `Kink` where the side of the increment matters and is not given, `NoSeries` where
    the leading power is odd, `Truncated` where all terms that are kept vanish.
    """
    if len(jet.orders) != 1:
        raise Indeterminate("the root of a second increment that vanishes is not supported")
    powers = sorted(m[0] for m, t in jet.terms.items() if m and not is_zero(t))
    if not powers:
        raise Truncated("the root of an increment is not decided at this order")
    lead, kept = powers[0], jet.orders[0]
    half = lead // 2
    if lead % 2:
        error = NoSeries("sqrt has no derivative at 0")
        error.bare = lead == 1 and not may_vanish(jet.terms[(1,)])
        raise error
    first = jet.terms[(lead,)]
    if may_vanish(first):
        raise Indeterminate("the precision does not tell the order of a root")
    if half % 2 and not sides[0]:
        raise Kink(0)
    rest = Jet({_power(m[0] - lead): t for m, t in jet.terms.items() if m}, jet.orders)
    root = composed(power_taylor(first, fmpq(1, 2), kept + 1), rest)
    side = sides[0] if half % 2 else 1
    # Of e**2k * g, g is known to 2k orders fewer, so the root to k fewer.
    known = kept - half
    terms: dict[Monomial, Scalar] = {(k,): arb("nan") for k in range(known + 1, kept + 1)}
    for m, term in root.terms.items():
        power_of = half + sum(m)
        if power_of <= known:
            terms[(power_of,)] = side * term
    return Jet(terms, jet.orders)


def _power(k: int) -> Monomial:
    return (k,) if k else ()


class Kink(Exception):  # noqa: N818 (a message between evaluations, no error)
    """The sign of an increment decides; it is asked on both sides of increment `level`."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.level = level


class Truncated(Indeterminate):
    """All terms that are kept vanish: a higher order is needed."""


def leading_sign(jet: Jet, sides: tuple[int, ...], sign: Callable[[Scalar], int | None]) -> int:
    """The sign of a jet whose constant term is exactly 0, on the given sides of the increments.

    Errors: `Kink` where the side of an increment matters and is not given.
    """
    depth = len(jet.orders)
    by_size = sorted(
        (m for m in jet.terms if m and not is_zero(jet.terms[m])),
        key=lambda m: tuple(reversed(m + (0,) * (depth - len(m)))),
    )
    if not by_size:
        raise Truncated("the side of a kink is not decided at this order")
    monomial = by_size[0]
    result = sign(jet.terms[monomial])
    if result is None or result == 0:
        raise Indeterminate("the precision does not tell the side of a kink")
    for level, k in enumerate(monomial):
        if k and not sides[level]:
            raise Kink(level)
        if k % 2:
            result *= sides[level]
    return result
