"""Exact arithmetic with constants that also have a certified value.

A `Constant` is a polynomial with rational coefficients in named atoms (log(2), sqrt(pi), ...),
each of which carries its ball: `log(2) - log(2)` is exactly 0, where balls only say "about 0".
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from flint import acb, arb, fmpq

from numeric.balls.values import Indeterminate

_MOST_TERMS = 12


@dataclass(frozen=True, slots=True)
class Atom:
    """A constant known by its name and its value; equal names mean equal constants."""

    name: Hashable
    value: arb = field(compare=False)


Monomial = tuple[tuple[Atom, int], ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """Pairs of a product of atoms and its nonzero rational coefficient; none at all is 0."""

    terms: frozenset[tuple[Monomial, Fraction]]

    def __add__(self, other: Constant) -> Constant:
        return _collect((*self.terms, *other.terms))

    def __neg__(self) -> Constant:
        return Constant(frozenset((m, -c) for m, c in self.terms))

    def __sub__(self, other: Constant) -> Constant:
        return self + (-other)

    def __mul__(self, other: Constant) -> Constant:
        if self.terms == _OF_ONE:
            return other
        if other.terms == _OF_ONE:
            return self
        return _collect((_times(m, n), c * d) for m, c in self.terms for n, d in other.terms)

    def inverse(self) -> Constant:
        """1 over it. Errors: `Indeterminate` where it may be 0."""
        if len(self.terms) == 1:
            ((monomial, coefficient),) = self.terms
            if all(not _touches_zero(atom.value) for atom, _ in monomial):
                inverted = tuple((atom, -power) for atom, power in monomial)
                return Constant(frozenset({(inverted, 1 / coefficient)}))
        value = self.value
        if _touches_zero(value):
            raise Indeterminate("a divisor in the tail could not be told from 0")
        return named(("1/", self), 1 / value)

    @property
    def rational(self) -> Fraction | None:
        """Its value where it is a rational number without atoms."""
        if not self.terms:
            return Fraction(0)
        if len(self.terms) == 1:
            ((monomial, coefficient),) = self.terms
            return coefficient if not monomial else None
        return None

    @property
    def value(self) -> arb:
        total = arb(0)
        for monomial, coefficient in self.terms:
            factor = as_arb(coefficient)
            for atom, power in monomial:
                factor *= _to_the(atom.value, power)
            total += factor
        return total

    @property
    def is_zero(self) -> bool:
        """Certainly 0, by exact arithmetic."""
        return not self.terms

    def sign(self) -> int:
        """-1, 0 or 1. Errors: `Indeterminate` where the ball does not decide."""
        exact = self.rational
        if exact is not None:
            return (exact > 0) - (exact < 0)
        value = self.value
        if value > 0:
            return 1
        if value < 0:
            return -1
        raise Indeterminate("the sign of a constant in the tail is not decided at this precision")


def rational(value: Fraction | int) -> Constant:
    """A rational number as a constant."""
    return Constant(frozenset({((), Fraction(value))})) if value else ZERO


def named(name: Hashable, value: arb) -> Constant:
    """The constant with this name and value."""
    if not value.is_finite():
        raise Indeterminate("a constant in the tail has no finite enclosure at this precision")
    return Constant(frozenset({(((Atom(name, value), 1),), Fraction(1))}))


def unnamed(value: arb) -> Constant:
    """A constant of which only the ball is known; it equals no other."""
    return named(object(), value)


def as_arb(value: Fraction | int) -> arb:
    """An enclosure of a rational number."""
    value = Fraction(value)
    return arb(fmpq(value.numerator, value.denominator))


def _to_the(value: arb, power: int) -> arb:
    # arb gives nan for a power of a ball whose middle is 0.
    if power > 1 and _touches_zero(value):
        return (acb(value) ** power).real
    return value**power


def _touches_zero(value: arb) -> bool:
    return bool(value.contains(0))


def _times(left: Monomial, right: Monomial) -> Monomial:
    powers = dict(left)
    for atom, power in right:
        powers[atom] = powers.get(atom, 0) + power
    return tuple(sorted(((a, p) for a, p in powers.items() if p), key=lambda pair: hash(pair[0])))


def _collect(terms: Iterable[tuple[Monomial, Fraction]]) -> Constant:
    collected: dict[Monomial, Fraction] = {}
    for monomial, coefficient in terms:
        collected[monomial] = collected.get(monomial, Fraction(0)) + coefficient
    result = Constant(frozenset((m, c) for m, c in collected.items() if c))
    return result if len(result.terms) <= _MOST_TERMS else unnamed(result.value)


ZERO = Constant(frozenset())
_OF_ONE = frozenset({((), Fraction(1))})
ONE = Constant(_OF_ONE)
