"""What climbs by whole numbers: digamma, loggamma, and polynomials of a symbolic index.

Members of one ladder are expressed by one generator (by two for a recurrence of second order), so
that the recurrences become algebra. Upwards for digamma, whose greatest argument is no pole where
a smaller one is none; downwards for polynomials, by the recurrence that defines the family.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import factorial
from typing import Final

from derivations.core.formula import Call, EulerGamma, Formula, Number, as_formula, num, pi
from derivations.core.functions import cos, log, sin
from derivations.core.special_functions import FUNCTIONS
from derivations.proving.bounds import is_integer, range_of
from derivations.proving.families import FAMILIES, recurrence_of
from derivations.proving.field import Field
from derivations.proving.gammas import MOST_STEPS, Shifts
from derivations.proving.places import Place, Sign
from derivations.proving.quick_signs import quick_sign
from derivations.proving.rebuild import formula_of

ORDERED: Final = frozenset({"digamma", "polygamma", "loggamma"}) | FAMILIES
_DIGAMMA: Final = {Fraction(1): -EulerGamma, Fraction(1, 2): -EulerGamma - 2 * log(2)}

Key = tuple[object, ...]


@dataclass(slots=True)
class Ladders:
    """The ladders met so far: the greatest argument, or the least index."""

    shifts: dict[Key, Shifts] = field(default_factory=dict)
    lowest: dict[Key, int] = field(default_factory=dict)
    changed: bool = False

    def lowered(self, call: Call, here: Place) -> Formula | None:
        """The call by the generators of its ladder; None where it is a generator itself."""
        name, args = call.head.name, call.args
        if name in FAMILIES:
            return self._by_recurrence(call, here)
        position = 1 if name == "polygamma" else 0
        if name == "polygamma" and not isinstance(args[0], Number):
            return None
        normal = Field().fractional(args[position])[0]
        shifts = self.shifts.setdefault((name, *args[:position]), Shifts())
        parts = shifts.place_of(normal)
        if parts is None or (name == "loggamma" and quick_sign(args[0], here) is not Sign.POSITIVE):
            return None
        rest, fraction, shift = parts
        if normal.constant is not None and name == "digamma":
            return self._constant(normal.constant)
        shifts.changed = False
        top = shifts.top((rest, fraction), shift)
        self.changed |= shifts.changed
        if name == "digamma":
            mirrored = self._reflected(args[0], shifts, rest, fraction, here)
            if mirrored is not None:
                return mirrored
        if not shift < top <= shift + MOST_STEPS:
            return None
        u = args[position]
        up = Call(call.head, (*args[:position], u + 1))
        if name == "digamma":
            return up - 1 / u
        if name == "loggamma":
            return up - log(u)
        m = args[0]
        assert isinstance(m, Number)
        if not 1 <= m.value <= MOST_STEPS:
            return None
        step = as_formula((-1) ** m.value * factorial(m.value)) / u ** num(m.value + 1)
        return up - step

    def _reflected(
        self, w: Formula, shifts: Shifts, rest: Formula, fraction: Fraction, here: Place
    ) -> Formula | None:
        """digamma(1 - v) = digamma(v) + pi cot(pi v) for an earlier class of v, v no integer."""
        for (other, second), top in shifts.greatest.items():
            if (other, second) == (rest, fraction):
                return None
            total = Field().fractional(rest + other)[0]
            if not total.is_zero or (fraction + second).denominator != 1:
                continue
            v = formula_of(Field().fractional(other + as_formula(second + top))[0])
            n = Field().fractional(w + v - 1)[0].constant
            if n is None or n.denominator != 1 or abs(n) > MOST_STEPS:
                return None
            if quick_sign(sin(pi * v), here) & Sign.ZERO:
                return None
            result = Call(FUNCTIONS["digamma"], (v,)) + pi * cos(pi * v) / sin(pi * v)
            for k in range(int(n)):  # w = 1 - v + n
                result = result + 1 / (1 - v + k)
            for k in range(-int(n)):
                result = result - 1 / (w + k)
            return result
        return None

    def _constant(self, value: Fraction) -> Formula | None:
        """digamma at a positive integer or half one, from 1 and 1/2."""
        if value <= 0 or value.denominator > 2 or value > MOST_STEPS:
            return None
        start = Fraction(1, value.denominator)
        total = Fraction(0)
        while value > start:
            value -= 1
            total += 1 / value
        return _DIGAMMA[start] + as_formula(total)

    def _by_recurrence(self, call: Call, here: Place) -> Formula | None:
        index, *more = call.args
        recurrence = recurrence_of(call.head.name, tuple(more))
        if recurrence is None or not is_integer(index, here.box):
            return None
        normal = Field().fractional(index)[0]
        parts = Shifts().place_of(normal)
        if parts is None or parts[1] != 0:
            return None
        rest, _, shift = parts
        key: Key = (call.head, rest, *more)
        known = self.lowest.get(key)
        if known is None or known - MOST_STEPS <= shift < known:
            self.lowest[key] = shift
            self.changed = True
        low = self.lowest[key]
        if not low + 2 <= shift <= low + MOST_STEPS:
            return None
        values = range_of(index, here.box)
        if values is None or values.low is None or values.low < 2:
            return None
        a, b = recurrence.step(formula_of(Field().fractional(index - 1)[0]))
        one, two = (formula_of(Field().fractional(index - k)[0]) for k in (1, 2))
        return a * Call(call.head, (one, *more)) + b * Call(call.head, (two, *more))
