"""Proofs that an integral has no value: a pole inside, or at an end.

The integral diverges where the integrand is at least c/|t - p| in absolute value on one side of a
place p of its range, with c > 0 and without a change of sign; a principal value is no value. Two
ways certify that:

- The integrand is a product of powers of functions that are analytic at p
  (`numeric.calculus.poles`). Those below the line that are 0 at p are at most L*|t - p| there, and
  nothing above the line is 0. That they are 0 at p is known exactly, or p is where the sign changes
  between two places.
- The leading term of the integrand at p, as an expansion with a bounded error on the whole tail of
  s = 1/|t - p|, is not integrable.

What neither decides is left to the quadrature. Ends at infinity are decided with the bound on
their tail (`numeric.calculus.integrals`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from typing import Final

from flint import acb, arb, fmpq

from derivations.core.calculus import Integral
from derivations.core.claim import Claim
from derivations.core.formula import ZERO, Formula, FormulaError, Symbol, as_formula
from derivations.core.substitute import free_names, free_symbols, replaced, substitute
from derivations.proving.casework import plain
from derivations.proving.prove import prove
from numeric.balls.values import (
    Indeterminate,
    Infinity,
    Scalar,
    Undefined,
    ball,
    is_zero,
    sign_of,
)
from numeric.calculus.parts import EncloseParts, Extended
from numeric.calculus.poles import Factor, denominators, factors, zeros
from numeric.calculus.sign_changes import cells, halved
from numeric.calculus.waves import is_wave
from numeric.tails.expand import Walk
from numeric.tails.expansions import Tail
from numeric.tails.growth import integrable
from numeric.written import infinity_of

# Half the width of the balls around a place in which the factors are bounded, the widest first.
_RADII: Final = (-10, -40)
# Where an expansion at a place begins (a power of 2), and how many terms of a series it keeps.
_TAILS: Final = ((64, 3), (256, 6))
# Where signs are opposite, the way between is halved so often.
_HALVINGS: Final = 40
_MOST_PLACES: Final = 24


def refuse_divergent(node: Integral, enclose: EncloseParts) -> None:
    """Raise `Undefined` where the integral certainly diverges at a place of its range."""
    try:
        body = plain_body(node)
    except FormulaError:
        return
    endless = any(map(infinity_of, (node.lower, node.upper))) and node.lower != node.upper
    if endless and is_wave(body, node.variable, enclose):
        raise Undefined(f"{node} diverges: it goes up and down for ever")
    below = denominators(body, node.variable)
    if not below:
        return
    lower, upper = enclose(node.lower, {}), enclose(node.upper, {})
    low, high = _real(lower), _real(upper)
    if low is None or high is None:
        return
    if is_less(low, high):
        way = _Way(node, body, enclose, (node.lower, node.upper), low, high)
    elif is_less(high, low):
        way = _Way(node, body, enclose, (node.upper, node.lower), high, low)
    else:
        return
    moving = [f for f in below if way.may_vanish(f)]
    seen: dict[Formula, None] = {}
    for factor in moving:
        seen.update(dict.fromkeys(way.places_of(factor)))
    for place in list(seen)[:_MOST_PLACES]:
        if way.diverges_at(place):
            raise Undefined(f"{node} diverges at {node.variable} = {place}")
    for factor in moving:
        between = way.changes_sign(factor)
        if between is not None:
            near = between.str(6, radius=False)
            raise Undefined(f"{node} diverges at the zero of {factor.base} near {near}")


def plain_body(node: Integral) -> Formula:
    """The integrand with its definitions unfolded. Errors: `FormulaError`."""
    return _plain(node.body)


@lru_cache(maxsize=512)
def _plain(formula: Formula) -> Formula:
    return plain(formula)


def _real(value: Extended) -> arb | fmpq | Infinity | None:
    return None if isinstance(value, acb) else value


def is_less(a: arb | fmpq | Infinity, b: arb | fmpq | Infinity) -> bool:
    """Whether a < b certainly."""
    if isinstance(a, Infinity) or isinstance(b, Infinity):
        side = (a.sign if isinstance(a, Infinity) else 0) - (
            b.sign if isinstance(b, Infinity) else 0
        )
        return side < 0
    return bool(a < b)


@dataclass(frozen=True, slots=True)
class _Way:
    """The range of an integral, from below to above, at the current point."""

    node: Integral
    body: Formula
    enclose: EncloseParts
    ends: tuple[Formula, Formula]
    low: arb | fmpq | Infinity
    high: arb | fmpq | Infinity

    @property
    def variable(self) -> Symbol:
        return self.node.variable

    def value(self, formula: Formula, at: Scalar | None = None) -> Scalar | None:
        """A finite value, analytic in the variable where that is a ball; else None."""
        bound = {} if at is None else {self.variable: at}
        try:
            value = self.enclose(formula, bound, isinstance(at, acb))
        except (Indeterminate, Undefined):
            return None
        if isinstance(value, Infinity):
            return None
        return value if isinstance(value, fmpq) or value.is_finite() else None

    def exponent(self, factor: Factor) -> arb | None:
        """The exponent of a factor, where it is real."""
        power = arb(fmpq(factor.power.numerator, factor.power.denominator))
        if factor.exponent is None:
            return power
        value = self.value(factor.exponent)
        return None if value is None or isinstance(value, acb) else power * value

    def may_vanish(self, factor: Factor) -> bool:
        """Whether a factor may be below the line, and 0 on the way."""
        exponent = self.exponent(factor)
        if exponent is None or exponent >= 0:
            return False
        if isinstance(self.low, Infinity) or isinstance(self.high, Infinity):
            return True
        value = self.value(factor.base, acb(arb(self.low).union(arb(self.high))))
        return value is None or bool(ball(value).contains(0))

    # ------------------------------------------------------------------ places in closed form

    def places_of(self, factor: Factor) -> Iterator[Formula]:
        """Places on the way where a factor may be 0: the ends, and zeros in closed form."""
        for end, value in zip(self.ends, (self.low, self.high), strict=True):
            if not isinstance(value, Infinity):
                yield end
        yield from zeros(factor.base, self.variable)

    def sides_of(self, place: Formula, at: arb | fmpq) -> tuple[int, ...]:
        """The sides of a place that certainly belong to the way."""
        if is_less(self.low, at) and is_less(at, self.high):
            return -1, 1
        for end, value, side in zip(self.ends, (self.low, self.high), (1, -1), strict=True):
            if place == end or (isinstance(at, fmpq) and isinstance(value, fmpq) and at == value):
                return (side,)
        return ()

    def diverges_at(self, place: Formula) -> bool:
        at = self.value(place)
        if at is None or isinstance(at, acb):
            return False
        sides = self.sides_of(place, at)
        if not sides:
            return False
        exactly = [f for f in factors(self.body, self.variable) if self.is_zero_at(f, place, at)]
        if exactly and any(self.blows_up(arb(at), reach, exactly) for reach in _RADII):
            return True
        return any(self.leads_to_oo(place, side) for side in sides)

    def is_zero_at(self, factor: Factor, place: Formula, at: arb | fmpq) -> bool:
        """Whether a factor is exactly 0 at a place."""
        value = self.value(factor.base, at)
        if value is None:
            return False
        if is_zero(value):
            return True
        return bool(ball(value).contains(0)) and _is_zero(factor.base, self.variable, place)

    def blows_up(self, at: arb, reach: int, vanishing: list[Factor]) -> bool:
        """Whether the integrand is at least c/|t - p|, where the vanishing factors are 0 at a
        place p of the ball `at`, widened."""
        wide = acb(at + arb(0, arb(2) ** reach * (1 + abs(at).upper())))
        total = arb(0)
        for factor in factors(self.body, self.variable):
            exponent = self.exponent(factor)
            value = self.value(factor.base, wide)
            if exponent is None or value is None:
                return False
            if factor in vanishing:
                if not exponent < 0:
                    return False
                total -= exponent
            elif ball(value).contains(0) and not (exponent < 0):
                return False
        return bool(total >= 1)

    def leads_to_oo(self, place: Formula, side: int) -> bool:
        """Whether the leading term on one side of a place is not integrable."""
        for bits, order in _TAILS:
            tail = Tail(arb(2) ** bits, order)
            walk = Walk(tail, self.enclose, {})
            try:
                step = tail.variable(-1)
                centre = tail.constant(walk.constant(place))
                walk.places[self.variable] = tail.add(
                    centre, step if side > 0 else tail.negative(step)
                )
                body = tail.multiply(walk.expand(self.body), tail.variable(-2))
                if not body.terms or integrable(body.terms[0][0]):
                    return False
                return body.terms[0][1].sign() != 0
            except (Indeterminate, Undefined):
                continue
        return False

    # ------------------------------------------------------------------- places between signs

    def changes_sign(self, factor: Factor) -> arb | None:
        """A ball with a zero of a factor at which the integral diverges."""
        if factor not in factors(self.body, self.variable):
            return None
        for a, b in cells(factor.base, self.variable, self.low, self.high):
            if not (is_less(self.low, a) and is_less(b, self.high)):
                continue
            left, right = self.sign_at(factor, a), self.sign_at(factor, b)
            if left is None or right is None or left * right > 0:
                continue
            found = b if left else a  # for one that is exactly 0 there
            if left and right:
                found = halved(partial(self.sign_at, factor), a, b, right, _HALVINGS)
            if self.value(factor.base, acb(found)) is not None and any(
                self.blows_up(found, reach, [factor]) for reach in _RADII
            ):
                return found
        return None

    def sign_at(self, factor: Factor, at: arb) -> int | None:
        value = self.value(factor.base, at)
        return None if value is None else sign_of(value)


def vanishes_at(formula: Formula, old: Formula, new: Formula, enclose: EncloseParts) -> bool:
    """Whether a formula is certainly 0 where the `new` part stands for the `old` one, at the
    current point."""
    try:
        value = replaced(formula, old, new)
        known: dict[Symbol, Formula] = {}
        for symbol in free_symbols(value):
            at = enclose(symbol, {})
            if not isinstance(at, fmpq):
                return False
            known[symbol] = as_formula(Fraction(int(at.p), int(at.q)))
        return _is_proved_zero(substitute(value, known) if known else value)
    except (FormulaError, Indeterminate, Undefined, KeyError):
        return False


@lru_cache(maxsize=2048)
def _is_proved_zero(value: Formula) -> bool:
    try:
        return not free_names(value) and prove(Claim("zero", value, "=", ZERO)) is not None
    except FormulaError:
        return False


@lru_cache(maxsize=2048)
def _is_zero(formula: Formula, variable: Symbol, place: Formula) -> bool:
    """Whether a formula that has a value at a place in closed form is proved to be 0 there."""
    try:
        value = substitute(formula, {variable: place})
        if free_names(value):
            return False
        return prove(Claim("zero", value, "=", ZERO)) is not None
    except FormulaError:
        return False
