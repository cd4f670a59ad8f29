"""An integral at a point: its integrand as a function of balls, and Arb's rule over a range."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from flint import acb, arb

from derivations.core.calculus import Integral
from derivations.core.formula import ZERO, Formula, FormulaError, Symbol
from derivations.core.substitute import free_symbols, fresh_symbol, substitute
from numeric.balls.values import Indeterminate, Infinity, Undefined, ball
from numeric.calculus.breaks import edges
from numeric.calculus.divergence import plain_body, vanishes_at
from numeric.calculus.even import parity
from numeric.calculus.parts import EncloseParts
from numeric.calculus.straight import straight

_ROUGH: Final = 40
# Bits of working precision beyond those asked for.
GUARD: Final = 24
# Samples of an integrand that are all below this say nothing about the size of its integral.
TINY: Final = arb(2) ** -GUARD
# The terms of an expansion by which a tail is bounded.
SERIES_TERMS: Final = 3
# How often a quadrature may ask for the integrand.
_MOST_VALUES: Final = 24_000
# Where an integrand is not decided.
NOTHING: Final = acb(arb.nan())
NOUGHT: Final = arb(0)

Body = Callable[[acb, bool], acb]
# Where a cut was made, or a rule served, at the point before.
Memory: TypeAlias = "dict[object, int]"


@dataclass(frozen=True, slots=True)
class Quadrature:
    """An integral that is asked for at a point, and how precisely."""

    node: Integral
    enclose: EncloseParts
    bits: int  # the relative accuracy that is aimed at
    memory: Memory

    @property
    def rough(self) -> Quadrature:
        """The same to a few digits. (The precision stays: who encloses the parts may remember
        them.)"""
        return replace(self, bits=_ROUGH)

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

    def fresh(self) -> Symbol:
        taken = free_symbols(self.node) | {self.node.variable}
        return fresh_symbol(Symbol("t"), taken)

    def at(self, place: Formula) -> Formula:
        """The integrand at a place."""
        try:
            return substitute(self.node.body, {self.node.variable: place})
        except FormulaError as error:
            raise Indeterminate(f"{self.node} is not moved to infinity: {error}") from error

    def parity(self) -> int:
        """1 for an integrand that is even, -1 for one that is odd, as far as that is seen."""
        try:
            return parity(plain_body(self.node), self.node.variable)
        except FormulaError:
            return 0

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
                return NOTHING
            return NOTHING if isinstance(value, Infinity) else acb(ball(value))

        return body

    def vanishing(self, t: Symbol) -> Callable[[Formula], bool]:
        """Whether a formula is 0 where t is infinite: it may hold 1/t, at a singular end."""
        return lambda formula: vanishes_at(formula, 1 / t, ZERO, self.enclose)


def has_edges(node: Integral) -> bool:
    """Whether the integrand may have kinks, jumps or singular places."""
    try:
        return bool(edges(plain_body(node), node.variable))
    except FormulaError:
        return False


def integrated(body: Body, a: arb, b: arb, size: arb, bits: int, noise: arb = NOUGHT) -> acb:
    """The integral over [a, b] by Arb's quadrature, to `bits` relative to `size`, or as well as an
    integrand that is inexact by `noise` allows; not finite where it does not end."""
    goal = arb(2) ** -bits
    size = size if size > 0 else arb(1)
    least = max(goal * size, noise * abs(b - a) / 2)
    failures: list[BaseException] = []

    def careful(z: acb, analytic: bool) -> acb:
        # An exception must not pass through the C code of the quadrature.
        if failures:
            return NOTHING
        try:
            return body(z, analytic)
        except BaseException as error:
            failures.append(error)
            return NOTHING

    value = acb.integral(
        careful, acb(a), acb(b), rel_tol=goal, abs_tol=least, eval_limit=_MOST_VALUES
    )
    if failures:
        raise failures[0]
    return value


def largest(values: Any) -> arb:
    """The largest absolute value, of those that are known."""
    largest = arb(0)
    for value in values:
        if value.is_finite():
            size = value.abs_upper()
            largest = max(largest, size)
    return largest


def noise_of(values: list[acb]) -> arb:
    """How inexact an integrand is by itself: a parameter may be a wide ball."""
    known = [value for value in values if value.is_finite()]
    return max((arb(value.rad()) for value in known), default=NOUGHT)
