"""Taylor arithmetic: numbers that carry small formal increments.

A `Jet` is a polynomial in increments e1, e2, ... truncated at an order of its own in each; one
increment for each derivative that is being taken, the innermost last. Its constant term is the
value at the point. An inner increment is infinitely small against every power of an outer one,
which is what decides a sign at a kink.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import TypeAlias

from numeric.elementary import FUNCTIONS, power, power_taylor, taylor
from numeric.values import ONE, ZERO, Indeterminate, Scalar, as_int, divided, is_zero, times

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
            return a + b
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
    terms: dict[Monomial, Scalar] = {}
    for m, s in a.terms.items():
        for n, t in b.terms.items():
            monomial = tuple(map(sum, zip_longest(m, n, fillvalue=0))) if m and n else m or n
            if any(k > order for k, order in zip(monomial, orders, strict=False)):
                continue
            product = times(s, t)
            terms[monomial] = terms[monomial] + product if monomial in terms else product
    return Jet(terms, orders)


def composed(coefficients: list[Scalar], inner: Jet) -> Jet:
    """Sum of coefficients[k] * (inner - constant)**k, by Horner's rule."""
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
        else:
            return applied("exp", multiplied(exponent, applied("log", base)))
    if not isinstance(base, Jet):
        return power(base, exponent)
    if as_int(exponent) == 1:
        return base
    return composed(power_taylor(base.constant, exponent, sum(base.orders) + 1), base)


def applied(name: str, argument: Number) -> Number:
    """A built-in function of one argument (not `Abs` and `sign` of a jet: they have kinks)."""
    if not isinstance(argument, Jet):
        return FUNCTIONS[name](argument)
    return composed(taylor(name, argument.constant, sum(argument.orders) + 1), argument)


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
