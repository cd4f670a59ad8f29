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
    num,
    pi,
)
from derivations.core.formula import Pow as Power
from derivations.core.functions import Function, exp, log
from derivations.core.meaning import meaning
from derivations.core.substitute import free_names
from derivations.proving.bounds import range_of
from derivations.proving.chains.laurent import laurent
from derivations.proving.chains.scales import NOTHING, Behaviour, NoGrowth, Scale, Scales
from derivations.proving.chains.spots import FAR
from derivations.proving.exp_log import rewritten
from derivations.proving.field import Field, Fractional
from derivations.proving.ranges import Range
from derivations.proving.rebuild import formula_of

MOST_WORK: Final = 2_000  # nodes that are looked at for one limit

_ODD_AT_ZERO: Final = {"sin", "tan", "sinh", "tanh", "asin", "atan", "asinh", "atanh"}
_ONE_AT_ZERO: Final = {"exp", "cos", "cosh", "erfc"}
_ENTIRE: Final = {"exp", "sin", "cos", "sinh", "cosh", "erf", "erfc"}
_REAL_ANALYTIC: Final = {"tanh", "atan", "asinh"}


@dataclass(slots=True)
class Growth(Scales):
    """The behaviour of formulas as `t` tends to infinity, at each point of `here`."""

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
            found = laurent(term, self.t)
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


def _less_one(u: Formula) -> Formula:
    """u - 1, with a 1 in the sum u cancelled."""
    if isinstance(u, Add) and ONE in u.args:
        rest = list(u.args)
        rest.remove(ONE)
        return rest[0] if len(rest) == 1 else Add(tuple(rest))
    return u - ONE


def _terms(u: Formula) -> Iterable[Formula]:
    return u.args if isinstance(u, Add) else (u,)
