"""Scales of growth, `exp(q(t)) * t**p * log(t)**l`, and arithmetic with `scale * (c + o(1))`.

Signs of coefficients are proved on the place of the other variables; where one is not decided,
`Undecided` names it, so that cases may be taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from derivations.core.formula import ONE, ZERO, Formula, FormulaError, Symbol, as_formula, num
from derivations.proving.bounds import range_of
from derivations.proving.chains.spots import is_defined
from derivations.proving.field import Field, FieldError
from derivations.proving.places import Place, Sign
from derivations.proving.rebuild import formula_of
from derivations.proving.signs import sign_at

MOST_POWER: Final = 64


class NoGrowth(FormulaError):
    """The rules here do not tell how the formula behaves."""


class Undecided(NoGrowth):
    """The sign of a coefficient decides, and is not known."""

    def __init__(self, coefficient: Formula) -> None:
        super().__init__(f"the sign of {coefficient} is not known")
        self.coefficient = coefficient


@dataclass(frozen=True, slots=True)
class Scale:
    """exp(sum of c*t**d) * t**power * log(t)**logs; `exponent` has the pairs (d, c), d falling."""

    exponent: tuple[tuple[int, Formula], ...] = ()
    power: Formula = ZERO
    logs: Fraction = Fraction(0)


UNIT: Final = Scale()


@dataclass(frozen=True, slots=True)
class Behaviour:
    """`scale * (coefficient + o(1))`, defined for all large t."""

    coefficient: Formula
    scale: Scale = UNIT


# The constant 0.
NOTHING: Final = Behaviour(ZERO, Scale(power=num(-MOST_POWER)))


@dataclass(slots=True)
class Scales:
    """Arithmetic with behaviours as `t` tends to infinity, at each point of `here`, which does not
    know t."""

    t: Symbol
    here: Place

    def require_defined(self, f: Formula) -> None:
        """Errors: `NoGrowth` where a formula without t is not known to be defined."""
        if not is_defined(f, self.here):
            raise NoGrowth(f"{f} is not known to be defined")

    def neat(self, c: Formula) -> Formula:
        """A coefficient in lowest terms."""
        try:
            return formula_of(Field().fractional(c)[0])
        except FieldError:
            return c

    def sign(self, c: Formula) -> int:
        """Errors: `Undecided`."""
        found = sign_at(c, self.here, wanted=Sign.IMPOSSIBLE)
        if found is Sign.POSITIVE:
            return 1
        if found is Sign.NEGATIVE:
            return -1
        if found is Sign.ZERO:
            return 0
        raise Undecided(c)

    def is_zero(self, c: Formula) -> bool:
        return c == ZERO or sign_at(c, self.here) is Sign.ZERO

    def require_nonzero(self, c: Formula) -> None:
        if self.is_zero(c):
            raise NoGrowth("a division by what may vanish")
        if sign_at(c, self.here, wanted=Sign.NONZERO) not in Sign.NONZERO:
            raise Undecided(c)

    def times(self, a: Behaviour, b: Behaviour) -> Behaviour:
        return Behaviour(
            self.neat(a.coefficient * b.coefficient), self._scales_times(a.scale, b.scale)
        )

    def _scales_times(self, a: Scale, b: Scale) -> Scale:
        degrees = dict(a.exponent)
        for degree, c in b.exponent:
            degrees[degree] = self.neat(degrees[degree] + c) if degree in degrees else c
        return Scale(self._exponent(degrees), self.neat(a.power + b.power), a.logs + b.logs)

    def _exponent(self, degrees: dict[int, Formula]) -> tuple[tuple[int, Formula], ...]:
        kept = [(d, c) for d, c in degrees.items() if not self.is_zero(c)]
        return tuple(sorted(kept, key=lambda pair: -pair[0]))

    def to_power(self, a: Behaviour, n: Formula) -> Behaviour:
        """a**n; a coefficient 0 has positive powers only, a negative one integer powers only."""
        value = Field().fractional(n)[0].constant
        c = a.coefficient
        if value is not None and value.denominator == 1 and abs(value) <= MOST_POWER:
            if value < 0:
                self.require_nonzero(c)
            powered = ONE if value == 0 else c ** as_formula(value)
        else:
            # (scale * (c + o(1)))**n is scale**n * (c + o(1))**n where both are near the positive
            # half line.
            if range_of(n, self.here.box) is None:
                raise NoGrowth(f"the exponent {n} is not known to be real")
            if self.sign(c) <= 0:
                raise NoGrowth(f"a power of {c}")
            powered = ONE if c == ONE else c**n
        if a.scale.logs and value is None:
            raise NoGrowth("a symbolic power of a logarithm")
        logs = a.scale.logs * value if value is not None else Fraction(0)
        degrees = {d: self.neat(k * n) for d, k in a.scale.exponent}
        scale = Scale(self._exponent(degrees), self.neat(a.scale.power * n), logs)
        return Behaviour(self.neat(powered), scale)

    def _which(self, a: Behaviour, b: Behaviour) -> int:
        return self.compared(a.scale, b.scale)

    def compared(self, a: Scale, b: Scale) -> int:
        """Which scale is the greater one for large t."""
        one, two = dict(a.exponent), dict(b.exponent)
        for degree in sorted({*one, *two}, reverse=True):
            side = self._difference(one.get(degree, ZERO), two.get(degree, ZERO))
            if side:
                return side
        side = self._difference(a.power, b.power)
        return side or (a.logs > b.logs) - (a.logs < b.logs)

    def _difference(self, one: Formula, two: Formula) -> int:
        return 0 if one == two else self.sign(self.neat(one - two))

    def tendency(self, scale: Scale) -> int:
        """1 where the scale grows beyond bounds, -1 where it tends to 0, 0 for the unit."""
        return self.compared(scale, UNIT)
