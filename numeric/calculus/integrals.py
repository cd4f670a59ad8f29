"""Integrals: certified by Arb's quadrature with a proved bound on infinite tails.

An improper integral is cut at a finite T: the quadrature is certified up to T, and the rest is at
most a bound that is proved from an expansion of the integrand over the whole tail
(`numeric.tails.expand`). A singular end is moved to infinity first, x = a + 1/t.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any, Final, TypeAlias

from flint import acb, arb, ctx

from derivations.core.calculus import Integral
from derivations.core.formula import ZERO, Formula, FormulaError, Symbol, neg, num, oo, walk
from derivations.core.functions import exp
from derivations.core.substitute import free_symbols, fresh_symbol, rewrite, substitute
from numeric.balls.values import Indeterminate, Infinity, Scalar, Undefined, ball
from numeric.calculus.balance import balanced
from numeric.calculus.breaks import Place, edges
from numeric.calculus.divergence import is_less, plain_body, refuse_divergent, vanishes_at
from numeric.calculus.entire import is_entire
from numeric.calculus.even import parity
from numeric.calculus.iterated import drawn_out
from numeric.calculus.parts import EncloseParts
from numeric.calculus.pieces import exactly, inside_of, marked, on_a_ball, smooth
from numeric.calculus.straight import straight, straight_balls
from numeric.calculus.trapezoid import peak, trapezoidal
from numeric.calculus.wave_tails import integral_of_waves, waves_in
from numeric.tails.expand import Walk
from numeric.tails.expansions import Tail
from numeric.tails.growth import integrable, tail_integral
from numeric.tails.integrals import integral_of_tail

# Bits of working precision beyond those asked for.
_GUARD: Final = 24
_ROUGH: Final = 40
# ... and besides, where a place at which the integrand is cut is known by a ball.
_GUARD_OF_PIECES: Final = 128
# The terms of expansions that are summed, and where (a power of 2).
_SERIES_CUTS: Final = ((5, 48), (6, 80), (12, 96))
# A tail is cut at 2**k for the first of these k that is far enough out.
_CUTS: Final = (*range(1, 13), 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 1024, 2048, 4096)
# A cut of the point before is taken again unless its bound is beyond this power of the goal.
_FAR_TOO_SMALL: Final = 8
# How many times longer than its start a way is before it is measured by its logarithm.
_LONG: Final = 2**13
# The last cut that is no longer than that.
_NEAR_CUT: Final = arb(2) ** 12
_FAR: Final = 2**80
_SERIES_TERMS: Final = 3
# The same where waves are cut off: as near as can be.
_CUTS_OF_WAVES: Final = ((3, 2), (12, 6), (12, 10))
# How often a quadrature may ask for the integrand.
_MOST_VALUES: Final = 24_000
# Samples of an integrand that are all below this say nothing about the size of its integral.
_TINY: Final = arb(2) ** -_GUARD
_NOTHING: Final = acb(arb.nan())
_ZERO: Final = arb(0)

Body = Callable[[acb, bool], acb]
# Where a cut was made, or a rule served, at the point before.
Memory: TypeAlias = "dict[object, int]"


def enclose_integral(node: Integral, enclose: EncloseParts, memory: Memory | None = None) -> Scalar:
    """An enclosure of the integral at the current point, at the precision `flint.ctx.prec`.

    `enclose` is asked for the body at complex balls of the bound variable (see
    `numeric.calculus.parts`). `memory` keeps, from one point to the next, where to begin to look.

    Errors: `Undefined` where the integral certainly diverges, `Indeterminate` where no bound on a
    tail was proved or the quadrature did not end.
    """
    bits = ctx.prec
    # What is evaluated once, such as the places at which it is cut, is so at this precision.
    with ctx.workprec(bits + (_GUARD_OF_PIECES if has_edges(node) else _GUARD)):
        memory = {} if memory is None else memory
        value = _Quadrature(node, enclose, bits, memory).value()
    # Rounded to the precision that was asked for.
    value = value + 0
    return value.real if value.imag.is_zero() else value


def has_edges(node: Integral) -> bool:
    """Whether the integrand may have kinks, jumps or singular places."""
    try:
        return bool(edges(plain_body(node), node.variable))
    except FormulaError:
        return False


@dataclass(frozen=True, slots=True)
class _Quadrature:
    node: Integral
    enclose: EncloseParts
    bits: int  # the relative accuracy that is aimed at
    memory: Memory

    @property
    def rough(self) -> _Quadrature:
        """The same to a few digits. (The precision stays: who encloses the parts may remember
        them.)"""
        return replace(self, bits=_ROUGH)

    def value(self) -> acb:
        node = self.node
        if self.is_iterated():
            return self.value_of_iterated()
        refuse_divergent(node, self.enclose)
        value = self.in_pieces()
        if value is not None:
            return value
        value = self.along()
        if value is not None:
            return value
        return self.over(self.end(node.lower), self.end(node.upper))

    def over(self, lower: arb | Infinity, upper: arb | Infinity) -> acb:
        """The integral between two real or infinite ends."""
        if isinstance(lower, arb) and isinstance(upper, arb):
            return self.finite(lower, upper)
        if isinstance(lower, Infinity) and isinstance(upper, Infinity):
            if lower == upper:
                return acb(0)
            return self.whole_line(upper, lower)
        if isinstance(upper, arb):
            assert isinstance(lower, Infinity)
            return -self.half_line(lower, upper)
        assert isinstance(lower, arb)
        return self.half_line(upper, lower)

    def end(self, formula: Formula) -> arb | Infinity:
        value = self.enclose(formula, {})
        if isinstance(value, Infinity):
            return value
        value = ball(value)
        if isinstance(value, acb) and value.imag.is_zero():
            return value.real
        if isinstance(value, acb):
            raise Indeterminate(f"an integral along a complex path is not supported: {self.node}")
        return value

    def is_iterated(self) -> bool:
        return any(isinstance(part, Integral) for part in walk(self.node.body))

    def value_of_iterated(self) -> acb:
        """The integral of an integral: what rests in the inner one is taken out of it."""
        node = self.node

        def rule(part: Formula) -> Formula | None:
            return drawn_out(part) if isinstance(part, Integral) else None

        body = rewrite(node.body, rule)
        own = replace(self, node=Integral(body, node.variable, node.lower, node.upper))
        if not own.is_iterated():
            return own.value()
        return own.over(own.end(node.lower), own.end(node.upper))

    def along(self) -> acb | None:
        """The integral between complex ends, or None: on the straight way between them."""
        node = self.node
        ends = [self.enclose(end, {}) for end in (node.lower, node.upper)]
        if not any(isinstance(end, acb) and not end.imag.is_zero() for end in ends):
            return None
        if any(isinstance(end, Infinity) for end in ends):
            return None
        s = self.fresh()
        way = node.upper - node.lower
        body = self.at(node.lower + way * s) * way
        return replace(self, node=Integral(body, s, num(0), num(1))).finite(arb(0), arb(1))

    def in_pieces(self) -> acb | None:
        """The integral cut at kinks, jumps and singular places; None where there are none."""
        node = self.node
        if not has_edges(node):
            return None
        body = plain_body(node)
        values = [self.enclose(end, {}) for end in (node.lower, node.upper)]
        low, high = values
        if isinstance(low, acb) or isinstance(high, acb):
            return None
        sign = 1
        ends = [node.lower, node.upper]
        if is_less(high, low):
            low, high, sign, ends = high, low, -1, ends[::-1]
        elif not is_less(low, high):
            return None
        marks = marked(body, node.variable, self.enclose, ends)
        if marks is None:
            return None
        total = acb(0)
        for one, two in pairwise(marks):
            total += self.piece(body, one, two)
        for at in marks:
            if isinstance(at, Place) and not at.is_exact and at.before != at.after:
                width = (arb(at.value) if at.is_end else at.after) - at.before
                total += on_a_ball(body, node.variable, arb(at.value), self.enclose) * width
        return sign * total

    def piece(self, body: Formula, low: Place | Infinity, high: Place | Infinity) -> acb:
        """Between two neighbouring places."""
        t = self.node.variable
        body = smooth(body, t, low, high, self.enclose)
        if body == ZERO:
            return acb(0)
        if isinstance(low, Place) and isinstance(high, Place):
            return self.between(body, low, high)
        if isinstance(low, Infinity) and isinstance(high, Infinity):
            return replace(self, node=Integral(body, t, neg(oo), oo)).whole_line(high, low)
        place, end = (low, high) if isinstance(low, Place) else (high, low)
        assert isinstance(place, Place)
        assert isinstance(end, Infinity)
        start = place.after if end.sign > 0 else place.before
        total = acb(0)
        if place.rough:
            inner = inside_of(place, end.sign)
            ways = (place, inner) if end.sign > 0 else (inner, place)
            total, start = self.between(body, *ways), inner.after
        written = exactly(place.formula, start)
        other = replace(self, node=Integral(body, t, written, written))
        return total + end.sign * other.half_line(end, start)

    def between(self, body: Formula, low: Place, high: Place) -> acb:
        """Between two finite places, each of which may be singular."""
        a, b = low.after, high.before
        t = self.node.variable
        if not (low.rough or high.rough):
            value = self.regular_piece(body, t, a, b)
            if not value.is_finite():
                raise Indeterminate(f"the quadrature of {self.node} did not end at {ctx.prec} bits")
            return value
        written = exactly(low.formula, a), exactly(high.formula, b)
        own = replace(self, node=Integral(body, t, *written))
        if low.rough != high.rough:
            if low.rough:
                return -own.from_middle(written[0], a, b)
            return own.from_middle(written[1], b, a)
        middle = arb(((a + b) / 2).mid())
        upward = own.from_middle(written[1], b, middle)
        return upward - own.from_middle(written[0], a, middle)

    def regular_piece(self, body: Formula, t: Symbol, a: arb, b: arb) -> acb:
        """The integral where nothing is singular; not finite where the quadrature does not end."""
        function = self.function(body, t)
        values = [function(acb(a + (b - a) * k / 8), False) for k in range(9)]
        return self.finite_piece(body, t, a, b, _largest(values) * abs(b - a))

    def function(self, formula: Formula, variable: Symbol) -> Body:
        """The formula as a function of complex balls; not finite where it is not decided."""
        quick = straight(formula, variable, self.enclose)

        def body(z: acb, analytic: bool) -> acb:
            try:
                if quick is not None:
                    return acb(ball(quick(z)))
                value = self.enclose(formula, {variable: z}, analytic)
            except (Indeterminate, Undefined):
                # On a wide ball; the quadrature bisects and asks again.
                return _NOTHING
            return _NOTHING if isinstance(value, Infinity) else acb(ball(value))

        return body

    def finite(self, lower: arb, upper: arb) -> acb:
        """Between two finite ends, each of which may be a ball."""
        a, b = arb(lower.mid()), arb(upper.mid())
        body = self.function(self.node.body, self.node.variable)
        total = acb(0)
        for end, middle, sign in ((lower, a, -1), (upper, b, 1)):
            if not end.is_exact():
                # From the middle of the ball to wherever the end is.
                total += sign * body(acb(end), False) * (end - middle)
        if not total.is_finite():
            raise Indeterminate(f"the integrand of {self.node} is singular at an end")
        if a == b:
            return total
        values = [body(acb(a + (b - a) * k / 8), False) for k in range(9)]
        if values[0].is_finite() and values[-1].is_finite():
            size = _largest(values) * abs(b - a)
            value = _integrated(body, a, b, size, self.bits, _noise(values))
            if value.is_finite():
                return total + value
        middle = (a + b) / 2
        upward = self.from_middle(self.node.upper, b, middle)
        return total + upward - self.from_middle(self.node.lower, a, middle)

    def whole_line(self, upper: Infinity, lower: Infinity) -> acb:
        """Both halves, each only as precise as the larger one deserves."""
        zero = arb(0)
        value, least = self.at_one_go()
        if value is not None:
            return upper.sign * value
        if not least > _TINY:
            rough = self.rough
            ends = (upper,) if self.parity() == 1 else (upper, lower)
            least = max(rough.half_line(end, zero, arb(1)).abs_upper() for end in ends)
        above = self.half_line(upper, zero, least)
        if self.parity() == 1:
            return 2 * above
        return above - self.half_line(lower, zero, least)

    def parity(self) -> int:
        """1 for an integrand that is even, -1 for one that is odd, as far as that is seen."""
        try:
            return parity(plain_body(self.node), self.node.variable)
        except FormulaError:
            return 0

    def at_one_go(self) -> tuple[acb | None, arb]:
        """The integral from -oo to oo of what falls fast on both sides, by the trapezoidal rule;
        None where it does not. And how large the integrand is where it was seen largest."""
        formula, t = self.node.body, self.node.variable
        made = straight_balls(formula, t, self.enclose)
        if made is None:
            body = self.function(formula, t)
            places = (sign * arb(2) ** k for sign in (1, -1) for k in range(-8, 9))
            return None, _largest(body(acb(place), False) for place in places)
        line, real = partial(_finite_or_nothing, made[0]), made[1]
        size = peak(line)
        ends: list[arb] = []
        rest = arb(0)
        if not size > 0:
            return None, size
        goal = size * arb(2) ** -self.bits
        alike = self.parity() != 0
        for sign in (1, -1):
            if ends and alike:
                ends.append(-ends[0])
                rest += rest
                break
            moving = self.fresh()
            try:
                cut, bound = self.cut(
                    self.at(moving if sign > 0 else -moving), moving, arb(1), size, sign
                )
            except Indeterminate:
                return None, size
            if cut > _FAR:
                return None, size
            ends.append(sign * cut)
            rest += bound
        first, entire = self.memory.get((formula, t), 0), is_entire(formula, t)
        found = trapezoidal(line, ends[1], ends[0], goal, entire=entire, first=first)
        if found is None and entire:
            # With its square completed it is known better on wide balls.
            far = Tail(arb(2) ** 64, _SERIES_TERMS)
            formula = balanced(formula, Walk(far, self.enclose, {t: far.variable()}))
            made = straight_balls(formula, t, self.enclose)
            if made is not None and made[1] is real and is_entire(formula, t):
                line = partial(_finite_or_nothing, made[0])
                found = trapezoidal(line, ends[1], ends[0], goal, entire=True, first=first)
        if found is None:
            return None, size
        value, self.memory[self.node.body, t] = found
        value = acb(value) + acb(arb(0, rest.upper()), arb(0, rest.upper()))
        return acb(value.real) if real else value, size

    def half_line(self, infinity: Infinity, start: arb, least: arb = _ZERO) -> acb:
        """The integral from `start` to oo, or (with its sign) from `start` down to -oo; at least
        to the precision that a value of size `least` deserves."""
        t, sign = self.fresh(), infinity.sign
        moving = t if sign > 0 else -t
        begin = sign * start
        total = acb(0)
        if least > _TINY and start == 0:
            value = self.at_once(self.at(moving), t, least)
            if value is not None:
                return sign * value
        if not begin >= 1:
            lower = num(0) if start == 0 else self.node.lower if sign > 0 else self.node.upper
            near = Integral(self.node.body, self.node.variable, lower, num(sign))
            total = replace(self, node=near).finite(start, arb(sign))
            begin = arb(1)
        return total + sign * self.to_infinity(self.at(moving), t, begin, least)

    def at_once(self, formula: Formula, t: Symbol, size: arb) -> acb | None:
        """The integral over [0, oo) in one way where the integrand is regular at 0 and the cut is
        near, else None."""
        zero = arb(0)
        if not self.function(formula, t)(acb(0), False).is_finite():
            return None
        if not self.falls_by(_NEAR_CUT, formula, t, size):
            return None
        cut, bound = self.cut(formula, t, arb(1), size)
        if cut > _LONG:
            return None
        total = self.regular(formula, t, zero, cut, size)
        return total + acb(arb(0, bound), 0) if total.is_finite() else None

    def falls_by(self, cut: arb, formula: Formula, t: Symbol, size: arb) -> bool:
        """Whether nothing that counts is left of the integral from a cut on."""
        try:
            bound = self.quick_bound(formula, Tail(cut, _SERIES_TERMS), t)
        except Indeterminate:
            return False
        return bool(bound <= size * arb(2) ** -self.bits)

    def from_middle(self, written: Formula, end: arb, middle: arb) -> acb:
        """The integral from `middle` to an end where the integrand may be singular."""
        reach = end - middle
        sign = 1 if reach > 0 else -1
        t = self.fresh()
        step = 1 / t
        away = neg(step) if sign > 0 else step
        is_zero = self.enclose(written, {}) == 0
        body = self.at(away if is_zero else written + away) / t**2
        # In x = end -+ 1/t, the way in from the middle is from 1/|reach| to oo.
        return sign * self.to_infinity(body, t, 1 / abs(reach))

    def fresh(self) -> Symbol:
        taken = free_symbols(self.node) | {self.node.variable}
        return fresh_symbol(Symbol("t"), taken)

    def at(self, place: Formula) -> Formula:
        """The integrand at a place."""
        try:
            return substitute(self.node.body, {self.node.variable: place})
        except FormulaError as error:
            raise Indeterminate(f"{self.node} is not moved to infinity: {error}") from error

    def to_infinity(self, formula: Formula, t: Symbol, start: arb, least: arb = _ZERO) -> acb:
        """The integral over [start, oo), start > 0, with a proved bound on what is cut off."""
        body = self.function(formula, t)
        size = least
        if not size > _TINY:
            values = (body(acb(start + arb(2) ** k), False) for k in range(-8, 9))
            size = max(_largest(values), least)
        if not size > _TINY:
            # A peak that the samples missed, or an integral that is tiny indeed.
            size = max(size, self.rough.cut_off(formula, t, start, arb(1)).abs_lower())
        return self.cut_off(formula, t, start, size if size > 0 else arb(1))

    def by_series(self, formula: Formula, t: Symbol, start: arb, size: arb) -> acb | None:
        """The integral over [start, oo) where the expansion of the integrand is summed from a cut
        that is not far out; None where it is not known so well."""
        goal = size * arb(2) ** -self.bits
        for order, bits in _SERIES_CUTS:
            cut = arb(2) ** bits
            if not cut > start:
                continue
            tail = Tail(cut, order)
            try:
                walk = Walk(tail, self.enclose, {t: tail.variable()}, vanishes=self.vanishing(t))
                value, bound = integral_of_tail(tail, walk.expand(formula))
            except Indeterminate:
                continue
            if bound <= goal:
                rest = acb(value, 0) + acb(arb(0, bound), 0)
                try:
                    return self.up_to(formula, t, start, cut, size) + rest
                except Indeterminate:
                    # What falls like an exponential may have a much nearer cut.
                    return None
        return None

    def by_waves(self, formula: Formula, t: Symbol, start: arb, size: arb) -> acb | None:
        """The integral over [start, oo) of waves that fall like a power; None for others."""
        waves = waves_in(formula, t)
        if waves is None:
            return None
        goal = size * arb(2) ** -self.bits
        for order, bits in _CUTS_OF_WAVES:
            cut = arb(2) ** bits
            if not cut > start:
                continue
            walk = Walk(Tail(cut, order), self.enclose, {})
            walk.places[t] = walk.tail.variable()
            try:
                value, bound = integral_of_waves(waves, t, walk)
            except Indeterminate:
                continue
            if bound <= goal:
                return self.up_to(formula, t, start, cut, size) + acb(value + arb(0, bound))
        return None

    def vanishing(self, t: Symbol) -> Callable[[Formula], bool]:
        """Whether a formula is 0 where t is infinite: it may hold 1/t, at a singular end."""
        return lambda formula: vanishes_at(formula, 1 / t, ZERO, self.enclose)

    def cut_off(self, formula: Formula, t: Symbol, start: arb, size: arb) -> acb:
        """The integral over [start, oo) with an error of about size * 2**-precision."""
        for rule in (self.by_waves, self.by_series):
            value = rule(formula, t, start, size)
            if value is not None:
                return value
        cut, bound = self.cut(formula, t, start, size)
        return self.up_to(formula, t, start, cut, size) + acb(arb(0, bound), 0)

    def cut(
        self, formula: Formula, t: Symbol, start: arb, size: arb, side: int = 0
    ) -> tuple[arb, arb]:
        """Where the integral is cut off, and a bound on the rest. With a `side` the cut of the
        point before is taken where it still serves."""
        trouble = ""
        best: tuple[arb, arb] | None = None
        cuts = [cut for k in _CUTS if (cut := arb(2) ** k) > start]
        goal = size * arb(2) ** -self.bits
        # The bounds fall with the cut: the first one that will do is found by halving, the near
        # ones first.
        low, high = 0, len(cuts)
        key = (self.node.body, self.node.variable, side)
        hint = self.memory.get(key, -1) if side else -1
        # The cut of the point before comes first, then those beside it.
        beside = {hint - 1, hint + 1} if hint >= 0 else set()
        while low < high:
            middle = low + min(4, (high - low) // 2)
            if low <= hint < high:
                middle, hint = hint, -2
            elif near := [k for k in beside if low <= k < high]:
                middle = near[-1]
                beside.clear()
            tail = Tail(cuts[middle], _SERIES_TERMS)
            try:
                bound = self.quick_bound(formula, tail, t)
            except Indeterminate as error:
                trouble = str(error)
                low = middle + 1
                continue
            if best is None or bound <= goal or not best[1] <= goal:
                best = cuts[middle], bound
            if bound <= goal:
                high = middle
                if side:
                    self.memory[key] = middle
                if hint == -2 and bound > goal**_FAR_TOO_SMALL:
                    break
            else:
                low = middle + 1
        if best is None:
            raise Indeterminate(f"no bound on the tail of {self.node} was proved: {trouble}")
        return best

    def quick_bound(self, formula: Formula, tail: Tail, t: Symbol) -> arb:
        there = {t: tail.variable()}
        walk = Walk(tail, self.enclose, there, rough=True, vanishes=self.vanishing(t))
        try:
            return self.tail_bound(formula, walk)
        except Indeterminate:
            return self.tail_bound(formula, replace(walk, rough=False, known={}))

    def tail_bound(self, formula: Formula, walk: Walk) -> arb:
        """A bound of the integral of |formula| over the tail."""
        tail = walk.tail
        expansion = walk.expand(formula)
        if expansion.terms and not integrable(expansion.terms[0][0]):
            expansion.terms[0][1].sign()  # certainly not 0, or Indeterminate
            raise Undefined(f"{self.node} diverges")
        envelope = tail.envelope(expansion)
        if envelope is None:
            return arb(0)
        factor, growth = tail_integral(envelope.growth, tail.start)
        return (envelope.bound * factor * growth.at(tail.start)).upper()

    def up_to(self, formula: Formula, t: Symbol, start: arb, cut: arb, size: arb) -> acb:
        """The integral over [start, cut]; a long way goes in u = log(t), in fewer pieces."""
        if cut > _LONG * start:
            formula = substitute(formula, {t: exp(t)}) * exp(t)
            start, cut = start.log(), cut.log()
        total = self.regular(formula, t, start, cut, size)
        if not total.is_finite():
            raise Indeterminate(f"the quadrature of {self.node} did not end at {ctx.prec} bits")
        return total

    def regular(self, formula: Formula, t: Symbol, start: arb, cut: arb, size: arb) -> acb:
        """The integral over [start, cut]; not finite where the quadrature does not end."""
        far = Tail(arb(2) ** 64, _SERIES_TERMS)
        formula = balanced(formula, Walk(far, self.enclose, {t: far.variable()}))
        return self.finite_piece(formula, t, start, cut, size)

    def finite_piece(self, formula: Formula, t: Symbol, a: arb, b: arb, size: arb) -> acb:
        body = self.function(formula, t)
        low, high = arb(a.mid()), arb(b.mid())
        total = _integrated(body, low, high, size, self.bits)
        for end, middle, sign in ((a, low, -1), (b, high, 1)):
            if not end.is_exact():
                total += sign * body(acb(end), False) * (end - middle)
        return total


def _finite_or_nothing(quick: Callable[[Any], Any], z: arb | acb) -> Any:
    try:
        return quick(z)
    except (Indeterminate, Undefined):
        return _NOTHING


def _noise(values: list[acb]) -> arb:
    """How inexact an integrand is by itself: a parameter may be a wide ball."""
    known = [value for value in values if value.is_finite()]
    return max((arb(value.rad()) for value in known), default=_ZERO)


def _integrated(body: Body, a: arb, b: arb, size: arb, bits: int, noise: arb = _ZERO) -> acb:
    goal = arb(2) ** -bits
    size = size if size > 0 else arb(1)
    least = max(goal * size, noise * abs(b - a) / 2)
    failures: list[BaseException] = []

    def careful(z: acb, analytic: bool) -> acb:
        # An exception must not pass through the C code of the quadrature.
        if failures:
            return _NOTHING
        try:
            return body(z, analytic)
        except BaseException as error:
            failures.append(error)
            return _NOTHING

    value = acb.integral(
        careful, acb(a), acb(b), rel_tol=goal, abs_tol=least, eval_limit=_MOST_VALUES
    )
    if failures:
        raise failures[0]
    return value


def _largest(values: Any) -> arb:
    largest = arb(0)
    for value in values:
        if value.is_finite():
            size = value.abs_upper()
            largest = max(largest, size)
    return largest
