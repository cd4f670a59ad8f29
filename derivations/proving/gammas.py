"""The gamma function in normal forms, by its reciprocal R = 1/gamma, which is entire.

Three equations hold at every complex number, poles of gamma included:

    R(u) = u R(u + 1),    R(u) R(1 - u) = sin(pi u) / pi,
    R(2 u) = 2**(1 - 2 u) sqrt(pi) R(u) R(u + 1/2).

Arguments that differ by an integer share one generator, the one of the greatest argument.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from math import factorial as factorial_of
from math import floor as floor_of
from typing import Final

from derivations.core.formula import ONE, Formula, Q, as_formula, num, pi
from derivations.core.functions import Function, sin
from derivations.proving.bounds import RECIPROCAL_GAMMA
from derivations.proving.field import Field, Fractional
from derivations.proving.rebuild import formula_of

MOST_STEPS: Final = 64
rgamma: Final[Function] = RECIPROCAL_GAMMA


@dataclass(frozen=True, slots=True)
class Relation:
    """product * factor = value: what the product of two generators is."""

    atoms: tuple[Formula, ...]
    factor: Formula  # not 0, or the relation says nothing
    value: Formula


@dataclass(slots=True)
class Shifts:
    """The classes of arguments modulo the integers, each with its greatest shift so far."""

    greatest: dict[tuple[Formula, Fraction], int] = field(default_factory=dict)
    changed: bool = False

    def place_of(self, normal: Fractional) -> tuple[Formula, Fraction, int] | None:
        """The argument as rest + fraction + shift; None where it is no polynomial."""
        if not normal.denominator.is_constant():
            return None
        context = normal.numerator.context()
        zero = (0,) * len(normal.atoms)
        constant = Fraction(0)
        rest = {}
        for powers, coefficient in normal.numerator.terms():
            if tuple(int(n) for n in powers) == zero:
                constant = Fraction(int(coefficient.p), int(coefficient.q))
            else:
                rest[tuple(int(n) for n in powers)] = coefficient
        numerator = context.from_dict(rest)
        lead = normal.denominator.leading_coefficient()
        constant *= Fraction(int(lead.q), int(lead.p))
        whole = formula_of(Fractional(numerator / lead, context.constant(1), normal.atoms))
        shift = floor_of(constant)
        return whole, constant - shift, shift

    def top(self, key: tuple[Formula, Fraction], shift: int) -> int:
        """The greatest shift of a class, after one more was met."""
        known = self.greatest.get(key)
        if known is None or (known < shift <= known + MOST_STEPS):
            self.greatest[key] = shift
            self.changed = True
        return self.greatest[key]


@dataclass(slots=True)
class Gammas:
    """The gamma functions of a set of formulas."""

    shifts: Shifts = field(default_factory=Shifts)

    def reciprocal(self, normal: Fractional, rewritten: Callable[[Formula], Formula]) -> Formula:
        """R(u) by the generators."""
        u = formula_of(normal)
        parts = self.shifts.place_of(normal)
        if parts is None:
            return rgamma(u)
        rest, fraction, shift = parts
        constant = normal.constant
        if constant is not None and constant.denominator <= 2 and abs(constant) <= MOST_STEPS:
            return _of_half(constant, rewritten)
        half = formula_of(Field().fractional(rest / 2)[0])
        if constant is None and any(key[0] == half for key in self.shifts.greatest):
            both = rgamma(u / 2) * rgamma((u + 1) / 2)
            return rewritten(num(2) ** (1 - u) * pi ** Q(1, 2) * both)
        double = formula_of(Field().fractional(rest * 2)[0])
        if constant is None and any(key[0] == double for key in self.shifts.greatest):
            self.shifts.changed = True
            for key in [key for key in self.shifts.greatest if key[0] == double]:
                del self.shifts.greatest[key]
        top = self.shifts.top((rest, fraction), shift)
        if not shift <= top <= shift + MOST_STEPS:
            return rgamma(u)
        result: Formula = ONE
        for k in range(top - shift):
            result = result * (u + k)
        return result * rgamma(_argument(rest, fraction, top))

    def relations(self, rewritten: Callable[[Formula], Formula]) -> list[Relation]:
        """The reflections between classes: R(v) R(w) for v + w an integer."""
        found: list[Relation] = []
        classes = list(self.shifts.greatest.items())
        for i, ((rest, fraction), top) in enumerate(classes):
            for (other, second), most in classes[i:]:
                total = Field().fractional(rest + other)[0]
                if not total.is_zero or (fraction + second).denominator != 1:
                    continue
                v, w = _argument(rest, fraction, top), _argument(other, second, most)
                n = int(fraction + second) + top + most - 1  # w = 1 - v + n
                if abs(n) > MOST_STEPS:
                    continue
                factor: Formula = ONE
                below: Formula = ONE
                for k in range(n):  # R(1 - v) = (1 - v) ... (n - v) R(w)
                    factor = factor * (1 - v + k)
                for k in range(-n):  # R(w) = w ... (-v) R(1 - v)
                    below = below * (w + k)
                value = below * sin(pi * v) / pi
                atoms = (rgamma(v), rgamma(w))
                found.append(Relation(atoms, factor, rewritten(value)))
        return found


def _argument(rest: Formula, fraction: Fraction, shift: int) -> Formula:
    return formula_of(Field().fractional(rest + as_formula(fraction + shift))[0])


def _of_half(value: Fraction, rewritten: Callable[[Formula], Formula]) -> Formula:
    """R at an integer or half an odd integer."""
    if value.denominator == 1:
        return num(0) if value <= 0 else 1 / num(factorial_of(int(value) - 1))
    result = Fraction(1)  # R(1/2) = 1/sqrt(pi)
    while value < Fraction(1, 2):
        result *= value
        value += 1
    while value > Fraction(1, 2):
        value -= 1
        result /= value
    return as_formula(result) * rewritten(pi ** Q(-1, 2))
