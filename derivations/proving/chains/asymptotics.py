"""How a formula behaves as its variable tends to infinity, proved: `scale * (c + o(1))`.

The scale is `exp(q(t)) * t**p * log(t)**l` with a polynomial q; the coefficient c is free of t, and
may be 0. What `Growth.of` returns also says that the formula is defined for all large t. Signs of
coefficients are proved on the place of the other variables; where one is not decided, `Undecided`
names it, so that cases may be taken.

>>> from derivations.core.domain import Reals
>>> from derivations.core.formula import symbols
>>> from derivations.proving.places import place
>>> t, a = symbols("t a")
>>> found = Growth(t, place({a: Reals})).of((a * t + 1) * exp(-2 * t) / t**3)
>>> found.coefficient, found.scale.power, found.scale.exponent
(a, -2, ((1, -2),))
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cmp_to_key
from typing import Final

from flint import fmpq

from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Call,
    Div,
    Formula,
    FormulaError,
    Mul,
    Neg,
    Q,
    Symbol,
    as_formula,
    num,
    pi,
)
from derivations.core.formula import Pow as Power
from derivations.core.functions import Function, exp, log
from derivations.core.meaning import meaning
from derivations.core.substitute import free_names
from derivations.proving.bounds import range_of
from derivations.proving.chains.spots import FAR, is_defined
from derivations.proving.exp_log import rewritten
from derivations.proving.field import Field, FieldError, Fractional
from derivations.proving.places import Place, Sign
from derivations.proving.ranges import Range
from derivations.proving.rebuild import formula_of
from derivations.proving.signs import sign_at

MOST_WORK: Final = 2_000  # nodes that are looked at for one limit
MOST_POWER: Final = 64

_ODD_AT_ZERO: Final = {"sin", "tan", "sinh", "tanh", "asin", "atan", "asinh", "atanh"}
_ONE_AT_ZERO: Final = {"exp", "cos", "cosh", "erfc"}
_ENTIRE: Final = {"exp", "sin", "cos", "sinh", "cosh", "erf", "erfc"}
_REAL_ANALYTIC: Final = {"tanh", "atan", "asinh"}


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
class Growth:
    """The behaviour of formulas as `t` tends to infinity, at each point of `here`, which does not
    know t."""

    t: Symbol
    here: Place
    work: int = 0
    known: dict[Formula, Behaviour] = field(default_factory=dict)
    _lowering: set[Formula] = field(default_factory=set)

    def of(self, f: Formula) -> Behaviour:
        """Errors: `NoGrowth`; `Undecided` where a sign would tell more."""
        if f not in self.known:
            self.work += 1
            if self.work > MOST_WORK:
                raise NoGrowth("the formula is too large to tell how it grows")
            self.known[f] = self._of(f)
        return self.known[f]

    def _of(self, f: Formula) -> Behaviour:
        if f == self.t:
            return Behaviour(ONE, Scale(power=ONE))
        if self.t not in free_names(f):
            self.require_defined(f)
            c = self.neat(f)
            return NOTHING if c == ZERO else Behaviour(c)
        match f:
            case Neg(arg):
                inner = self.of(arg)
                return Behaviour(self.neat(-inner.coefficient), inner.scale)
            case Add(args):
                return self.sum(f, [self.of(arg) for arg in args])
            case Mul(args):
                result = Behaviour(ONE)
                for arg in args:
                    result = self.times(result, self.of(arg))
                return result
            case Div(above, below):
                return self.times(self.of(above), self.to_power(self.of(below), num(-1)))
            case Power(base, exponent) if self.t not in free_names(exponent):
                self.require_defined(exponent)
                return self.to_power(self.of(base), exponent)
            case Power(base, exponent) if self.sign(self.of(base).coefficient) > 0:
                return self.of(exp(exponent * log(base)))
            case Call(head=Function(builtin=True) as head, args=(u,)) as call:
                return self.call(head, u, call)
            case Call(args=args) as call:
                body = meaning(call)
                if body is not None:
                    for arg in args:
                        self.of(arg)
                    return self.of(body)
        raise NoGrowth(f"the growth of {f} is not known")

    # ------------------------------------------------------------------------- coefficients

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

    # ------------------------------------------------------------------------- arithmetic

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

    def sum(self, f: Formula, parts: list[Behaviour]) -> Behaviour:
        largest = max(parts, key=cmp_to_key(self._which))
        total: Formula = ZERO
        for part in parts:
            if self.compared(part.scale, largest.scale) == 0:
                total = part.coefficient if total == ZERO else total + part.coefficient
        total = self.neat(total)
        if not self.is_zero(total):
            return Behaviour(total, largest.scale)
        # The leading terms cancel: in lowest terms there may be a smaller one.
        lower = self._lowered(f)
        return Behaviour(ZERO, largest.scale) if lower is None else lower

    def _lowered(self, f: Formula) -> Behaviour | None:
        if f in self._lowering:
            return None
        self._lowering.add(f)
        inner = self.here.inside(self.t, Range(FAR, None, True), False)
        try:
            (form,), _ = rewritten((f,), inner)
            normal = Field().fractional(form)[0]
            if normal.is_zero:
                return NOTHING
            return self._of_normal(normal)
        except FormulaError:
            return None
        finally:
            self._lowering.discard(f)

    def _of_normal(self, normal: Fractional) -> Behaviour | None:
        parts = []
        for polynomial in (normal.numerator, normal.denominator):
            one = polynomial.context().constant(1)
            form = formula_of(Fractional(polynomial, one, normal.atoms))
            if form in self._lowering:
                return None
            self._lowering.add(form)
            try:
                parts.append(self.of(form))
            finally:
                self._lowering.discard(form)
        above, below = parts
        if above.coefficient == ZERO:
            return None
        return self.times(above, self.to_power(below, num(-1)))

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

    # ------------------------------------------------------------------------- functions

    def call(self, head: Function, u: Formula, f: Call) -> Behaviour:
        name = head.name
        if name == "exp":
            return self.exponential(u)
        if name in ("sinh", "cosh"):
            body = meaning(f)
            assert body is not None  # by exponentials
            return self.of(body)
        at = self.of(u)
        if name == "log":
            return self.logarithm(u, at)
        if name == "sqrt":
            return self.to_power(at, Q(1, 2))
        if name == "Abs":
            if at.coefficient == ZERO:
                return at
            return Behaviour(self.neat(at.coefficient * self.sign(at.coefficient)), at.scale)
        if name == "sign":
            self._require_real(u)
            side = self.sign(at.coefficient)
            if not side:
                raise NoGrowth("the sign of what may vanish")
            return Behaviour(num(side))
        if self.tendency(at.scale) > 0:
            return self.at_infinity(name, at)
        return self.at_point(head, self.value(at), at)

    def value(self, at: Behaviour) -> Formula:
        """The finite limit of what does not grow."""
        return at.coefficient if self.tendency(at.scale) == 0 else ZERO

    def _require_real(self, u: Formula) -> None:
        inner = self.here.inside(self.t, Range(FAR, None, True), False)
        if range_of(u, inner.box) is None:
            raise NoGrowth(f"{u} is not known to be real")

    def at_infinity(self, name: str, at: Behaviour) -> Behaviour:
        side = self.sign(at.coefficient)
        if not side:
            raise NoGrowth("a function of what is smaller than a growing scale")
        match name:
            case "atan":
                return Behaviour(self.neat(side * pi / 2))
            case "tanh" | "erf":
                return Behaviour(num(side))
            case "erfc":
                return Behaviour(ZERO if side > 0 else num(2))
            case "asinh":
                raise NoGrowth("asinh at infinity")
        raise NoGrowth(f"{name} at infinity is not known here")

    def at_point(self, head: Function, value: Formula, at: Behaviour) -> Behaviour:
        """By continuity; an odd function near 0 is its argument."""
        name = head.name
        if self.is_zero(value):
            if name in _ODD_AT_ZERO:
                return at
            if name == "erf":
                return self.times(Behaviour(self.neat(2 / Power(pi, Q(1, 2)))), at)
            if name in _ONE_AT_ZERO:
                return Behaviour(ONE)
        if name in _ENTIRE:
            return Behaviour(head(value))
        if range_of(value, self.here.box) is None:
            raise NoGrowth(f"{value} is not known to be real")
        if name in _REAL_ANALYTIC:
            return Behaviour(head(value))
        if name in ("asin", "acos", "atanh"):
            if self.sign(ONE - value) > 0 and self.sign(ONE + value) > 0:
                return Behaviour(head(value))
        elif name in ("gamma", "loggamma"):
            if self.sign(value) > 0:
                return Behaviour(head(value))
        elif name == "acosh" and self.sign(value - 1) > 0:
            return Behaviour(head(value))
        raise NoGrowth(f"{name} at {value} is not known here")

    def logarithm(self, u: Formula, at: Behaviour) -> Behaviour:
        """log(scale) + log(c + o(1)) for c > 0."""
        if self.sign(at.coefficient) <= 0:
            raise NoGrowth(f"the logarithm of {u}")
        if at.scale.exponent:
            degree, c = at.scale.exponent[0]
            return Behaviour(c, Scale(power=num(degree)))
        if not self.is_zero(at.scale.power):
            return Behaviour(at.scale.power, Scale(logs=Fraction(1)))
        if at.scale.logs:
            raise NoGrowth("a logarithm of a logarithm")
        if not self.is_zero(at.coefficient - 1):
            return Behaviour(log(at.coefficient))
        # log(1 + v) is v * (1 + o(1)) for a small v.
        try:
            small = self.of(_less_one(u))
        except NoGrowth:
            return Behaviour(ZERO)
        return small if self.tendency(small.scale) < 0 else Behaviour(ZERO)

    def exponential(self, u: Formula) -> Behaviour:
        """exp of a Laurent polynomial and of what has a finite limit."""
        rest: list[Formula] = []
        degrees: dict[int, Formula] = {}
        for term in _terms(u):
            found = self.laurent(term)
            if found is None:
                rest.append(term)
                continue
            for degree, c in found.items():
                self.require_defined(c)
                degrees[degree] = self.neat(degrees[degree] + c) if degree in degrees else c
        for term in _terms(u):
            self.of(term)  # it is defined for all large t
        constant = degrees.pop(0, ZERO)
        grown = {d: c for d, c in degrees.items() if d > 0}
        result = Behaviour(
            ONE if self.is_zero(constant) else exp(constant), Scale(self._exponent(grown))
        )
        if not rest:
            return result
        other = self.of(rest[0] if len(rest) == 1 else Add(tuple(rest)))
        if self.tendency(other.scale) <= 0:
            value = self.value(other)
            return result if self.is_zero(value) else self.times(result, Behaviour(exp(value)))
        if self.sign(other.coefficient) < 0 and not result.scale.exponent:
            return Behaviour(ZERO)
        raise NoGrowth(f"the growth of exp({u}) is not known")

    def laurent(self, u: Formula) -> dict[int, Formula] | None:
        """The coefficients of a polynomial in t and 1/t; None where u is none."""
        try:
            normal = Field().fractional(u)[0]
        except FieldError:
            return None
        moving = [self.t in free_names(atom) for atom in normal.atoms]
        if any(m and atom != self.t for m, atom in zip(moving, normal.atoms, strict=True)):
            return None
        if self.t not in normal.atoms:
            return {0: formula_of(normal)}
        at = normal.atoms.index(self.t)
        below = [tuple(int(n) for n in powers) for powers in normal.denominator.monoms()]
        if len({powers[at] for powers in below}) != 1:
            return None
        lowest = below[0][at]
        context = normal.denominator.context()
        rest = context.from_dict(
            {
                (*powers[:at], 0, *powers[at + 1 :]): c
                for powers, c in zip(below, normal.denominator.coeffs(), strict=True)
            }
        )
        groups: dict[int, dict[tuple[int, ...], fmpq]] = {}
        for powers, c in normal.numerator.terms():
            exponents = tuple(int(n) for n in powers)
            degree = exponents[at] - lowest
            groups.setdefault(degree, {})[(*exponents[:at], 0, *exponents[at + 1 :])] = c
        return {
            degree: formula_of(Fractional(context.from_dict(terms), rest, normal.atoms))
            for degree, terms in groups.items()
        }


def _less_one(u: Formula) -> Formula:
    """u - 1, with a 1 in the sum u cancelled."""
    if isinstance(u, Add) and ONE in u.args:
        rest = list(u.args)
        rest.remove(ONE)
        return rest[0] if len(rest) == 1 else Add(tuple(rest))
    return u - ONE


def _terms(u: Formula) -> Iterable[Formula]:
    return u.args if isinstance(u, Add) else (u,)
