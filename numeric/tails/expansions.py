"""Arithmetic of functions on a tail t >= start, known by their leading terms and a bounded error.

An `Expansion` is a finite sum of constants times orders of growth, largest first, and an error
that is at most `bound * growth(t)` in absolute value for *every* t >= start. So its limit is the
constant of its leading term exactly, however slowly it converges, and its tail integral is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key

from flint import arb, arb_series, ctx

from numeric.balls.values import Indeterminate
from numeric.exact import constants
from numeric.exact.constants import Constant, rational, unnamed
from numeric.tails.growth import UNIT, Growth, supremum

Term = tuple[Growth, Constant]


@dataclass(frozen=True, slots=True)
class Error:
    """At most bound * growth(t) in absolute value, for all t >= start."""

    growth: Growth
    bound: arb


@dataclass(frozen=True, slots=True)
class Expansion:
    terms: tuple[Term, ...]
    error: Error | None = None

    @property
    def constant(self) -> Constant | None:
        """Its value where it is exactly a constant."""
        if self.error is not None or any(growth != UNIT for growth, _ in self.terms):
            return None
        return self.terms[0][1] if self.terms else constants.ZERO


@dataclass(frozen=True, slots=True)
class Tail:
    """The tail t >= start > 1, and how many terms of a series are kept."""

    start: arb
    order: int

    def constant(self, value: Constant) -> Expansion:
        return Expansion(() if value.is_zero else ((UNIT, value),))

    def variable(self, power: Fraction | int = 1) -> Expansion:
        return Expansion(((Growth(power=Fraction(power)), constants.ONE),))

    def add(self, *parts: Expansion) -> Expansion:
        terms = (term for part in parts for term in part.terms)
        errors = (part.error for part in parts if part.error is not None)
        return self._collected(terms, errors)

    def scaled(self, part: Expansion, factor: Constant) -> Expansion:
        return self.multiply(part, self.constant(factor))

    def negative(self, part: Expansion) -> Expansion:
        return Expansion(tuple((g, -c) for g, c in part.terms), part.error)

    def multiply(self, left: Expansion, right: Expansion) -> Expansion:
        terms = [(g * h, c * d) for g, c in left.terms for h, d in right.terms]
        errors: list[Error] = []
        for one, two in ((left, right), (right, left)):
            if two.error is not None:
                errors += [
                    Error(g * two.error.growth, _size(c.value) * two.error.bound)
                    for g, c in one.terms
                ]
        if left.error is not None and right.error is not None:
            errors.append(
                Error(left.error.growth * right.error.growth, left.error.bound * right.error.bound)
            )
        return self._collected(terms, errors)

    def envelope(self, part: Expansion) -> Error | None:
        """One bound for the absolute value; None for the function that is 0."""
        errors = [Error(g, _size(c.value)) for g, c in part.terms]
        if part.error is not None:
            errors.append(part.error)
        return self._one_error(errors)

    def leading(self, part: Expansion) -> tuple[Growth, Constant, Expansion]:
        """g, c, delta with: part = c * g * (1 + delta), c not 0, delta tending to 0.

        Errors: `Indeterminate` where no term outgrows the error.
        """
        if not part.terms:
            raise Indeterminate("the leading term of a part of the tail was not found")
        growth, constant = part.terms[0]
        constant.sign()  # must be decided
        if part.error is not None and part.error.growth.against(growth) >= 0:
            raise Indeterminate("the leading term of a part of the tail was not found")
        factor = Expansion(((growth.inverse(), constant.inverse()),))
        rest = self.multiply(Expansion(part.terms[1:], part.error), factor)
        return growth, constant, rest

    def sign(self, part: Expansion) -> int:
        """The sign on the whole tail. Errors: `Indeterminate` where it is not decided."""
        if part.constant is not None:
            return part.constant.sign()
        _, constant, rest = self.leading(part)
        self.small(rest)
        return constant.sign()

    def bound(self, error: Error | None) -> arb:
        """A bound of the error on the whole tail; `Indeterminate` where it grows."""
        if error is None:
            return arb(0)
        return (error.bound * supremum(error.growth, self.start)).upper()

    def small(self, part: Expansion) -> arb:
        """A bound below 1/2 of the absolute value on the whole tail."""
        bound = self.bound(self.envelope(part))
        if not bound < arb(0.5):
            raise Indeterminate("the tail is not cut far enough out")
        return bound

    def power(self, base: Expansion, exponent: Fraction) -> Expansion:
        """base**exponent, for a base that is positive on the tail (or a whole exponent)."""
        if exponent.denominator == 1 and 0 <= exponent <= 4:
            result = self.constant(constants.ONE)
            for _ in range(int(exponent)):
                result = self.multiply(result, base)
            return result
        growth, constant, rest = self.leading(base)
        if constant.sign() < 0 and exponent.denominator != 1:
            raise Indeterminate("a power of a negative number in the tail is not supported")
        factor = _constant_power(constant, exponent)
        degree = constants.as_arb(exponent)
        series = self.composed(
            lambda x: _series_power(x, exponent, degree),
            constants.ONE,
            rest,
            _binomials(exponent, self.order),
        )
        head = Expansion(((growth.to_the(exponent), factor),))
        return self.multiply(head, series)

    def inverse(self, part: Expansion) -> Expansion:
        return self.power(part, Fraction(-1))

    def composed(
        self,
        function: Callable[[arb_series], arb_series],
        centre: Constant,
        delta: Expansion,
        known: list[Constant] | None = None,
    ) -> Expansion:
        """function(centre + delta) for delta tending to 0, by Taylor's formula with its remainder.

        `function` must be analytic at the centre and on the ball of delta's values around it;
        `known` are its first `order` Taylor coefficients there, where they are known exactly.
        """
        if not delta.terms and delta.error is None:
            return self._taylor(function, centre, 1)[0]
        reach = self.small(delta)
        if known is None:
            expansion, coefficients = self._taylor(function, centre, self.order)
        else:
            expansion, coefficients = self.constant(known[0]), known
        ball = centre.value + arb(0, reach)
        with _series_length(self.order + 1):
            far = _applied(function, arb_series([ball, arb(1)]))[self.order]
        if not far.is_finite():
            raise Indeterminate("a function in the tail is not smooth at its limit")
        envelope = self.envelope(delta)
        assert envelope is not None
        power: Expansion = self.constant(constants.ONE)
        for coefficient in coefficients[1:]:
            power = self.multiply(power, delta)
            expansion = self.add(expansion, self.scaled(power, coefficient))
        remainder = Error(
            envelope.growth.to_the(Fraction(self.order)),
            (_size(far) * envelope.bound**self.order).upper(),
        )
        return self.add(expansion, Expansion((), remainder))

    def _taylor(
        self, function: Callable[[arb_series], arb_series], centre: Constant, length: int
    ) -> tuple[Expansion, list[Constant]]:
        with _series_length(length):
            series = _applied(function, arb_series([centre.value, arb(1)]))
        values = [series[k] for k in range(length)]
        if not all(value.is_finite() for value in values):
            raise Indeterminate("a function in the tail is not smooth at its limit")
        coefficients = [_recognised(value) for value in values]
        return self.constant(coefficients[0]), coefficients

    def _collected(self, terms: Iterable[Term], errors: Iterable[Error]) -> Expansion:
        sums: dict[Growth, Constant] = {}
        for growth, constant in terms:
            sums[growth] = sums[growth] + constant if growth in sums else constant
        ordered = sorted(
            ((g, c) for g, c in sums.items() if not c.is_zero),
            key=cmp_to_key(_larger_first),
        )
        small = [Error(g, _size(c.value)) for g, c in ordered[2 * self.order :]]
        kept = ordered[: 2 * self.order]
        error = self._one_error([*errors, *small])
        if error is not None:
            # A term that the error outgrows says nothing more.
            covered = [term for term in kept if term[0].against(error.growth) <= 0]
            kept = kept[: len(kept) - len(covered)]
            error = self._one_error([error, *(Error(g, _size(c.value)) for g, c in covered)])
        return Expansion(tuple(kept), error)

    def _one_error(self, errors: list[Error]) -> Error | None:
        errors = [error for error in errors if error.bound != 0]
        if not errors:
            return None
        largest = errors[0].growth
        for error in errors[1:]:
            if error.growth.against(largest) > 0:
                largest = error.growth
        bound = arb(0)
        for error in errors:
            if error.growth == largest:
                bound += error.bound
            else:
                bound += error.bound * supremum(error.growth / largest, self.start)
        return Error(largest, bound.upper())


def _larger_first(one: Term, two: Term) -> int:
    return two[0].against(one[0])


def _size(value: arb) -> arb:
    return abs(value).upper()


def _applied(function: Callable[[arb_series], arb_series], x: arb_series) -> arb_series:
    try:
        return function(x)
    except (ValueError, ZeroDivisionError) as error:  # a quotient that is no power series
        raise Indeterminate("a function in the tail is not smooth at its limit") from error


def _recognised(value: arb) -> Constant:
    """A Taylor coefficient: an exact ball is a rational number, any other only a ball."""
    if value.is_exact():
        mantissa, exponent = value.man_exp()
        if abs(int(exponent)) < 64:
            return rational(Fraction(int(mantissa)) * Fraction(2) ** int(exponent))
    return unnamed(value)


def _constant_power(constant: Constant, exponent: Fraction) -> Constant:
    exact = constant.rational
    if exact is not None and exponent.denominator == 1:
        return rational(exact ** int(exponent))
    if exact == 1:
        return constant
    if exponent == -1:
        return constant.inverse()
    if exponent.denominator == 1:
        return constants.named(("**", constant, exponent), constant.value ** int(exponent))
    value = constant.value ** constants.as_arb(exponent)
    return constants.named(("**", constant, exponent), value)


def _binomials(exponent: Fraction, length: int) -> list[Constant]:
    """The first Taylor coefficients of x**exponent at 1."""
    coefficients = [Fraction(1)]
    for k in range(1, length):
        coefficients.append(coefficients[-1] * (exponent - k + 1) / k)
    return [rational(coefficient) for coefficient in coefficients]


def _series_power(x: arb_series, exponent: Fraction, value: arb) -> arb_series:
    if exponent.denominator == 1:
        return x ** int(exponent) if exponent >= 0 else (1 / x) ** int(-exponent)
    return (x.log() * arb_series([value])).exp()


class _series_length:  # noqa: N801  (read as a with statement)
    """The number of coefficients that series keep, restored afterwards."""

    def __init__(self, length: int) -> None:
        self.length = length

    def __enter__(self) -> None:
        self.before = ctx.cap
        ctx.cap = self.length

    def __exit__(self, *_: object) -> None:
        ctx.cap = self.before
