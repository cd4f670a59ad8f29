"""Riemann's sums: the sum of f(k/n)/n, or of f(k/n), over k = 1, ..., n as n goes to infinity.

Where the slope of f is at most M on [0, 1], each strip differs from its part of the integral by at
most M/(2*n**2), so

    abs(sum - integral of f over [0, 1]) <= M/(2*n),

and each term more or less is at most sup abs(f)/n.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Protocol

from flint import arb, fmpq

from derivations.core.calculus import BINDERS, Derivative, Integral, Prime, Sum
from derivations.core.formula import ONE, ZERO, Call, Formula, FormulaError, Symbol, walk
from derivations.core.substitute import free_names, fresh_symbol, rewrite, substitute
from derivations.proving.bounds import Box
from derivations.proving.casework import plain
from derivations.proving.demands import demands
from derivations.proving.derivatives import derivative
from derivations.proving.exp_log import rewritten
from derivations.proving.field import Field
from derivations.proving.places import Place
from derivations.proving.prove import is_met
from derivations.proving.ranges import Range
from derivations.proving.rebuild import formula_of
from numeric.balls.values import Indeterminate, Infinity, ball
from numeric.calculus.parts import EncloseParts
from numeric.exact.constants import Constant
from numeric.exact.rational import rational_of
from numeric.tails.expansions import Error, Expansion, Tail
from numeric.tails.growth import Growth

# The interval is looked at in so many parts.
_PARTS: Final = 64
# So many terms may be missing of 1, ..., n.
_MOST_MISSING: Final = 20


class Expanding(Protocol):
    """What is asked of a walk over the tail (`numeric.tails.expand.Walk`)."""

    tail: Tail
    places: dict[Symbol, Expansion]
    enclose: EncloseParts

    def constant(self, formula: Formula) -> Constant: ...


def by_strips(here: Expanding, node: Sum) -> Expansion | None:
    """The sum up to n = t, t whole, of what is f(k/n) or f(k/n)/n; None where it is not seen to be
    that.

    Errors: `Indeterminate` where no bound for f and its slope is found.
    """
    if len(here.places) != 1:
        return None
    ((n, place),) = here.places.items()
    if place != here.tail.variable():
        return None
    x = fresh_symbol(Symbol("x"), {s for s in free_names(node) if isinstance(s, Symbol)} | {n})
    try:
        missing = _missing(node, n)
        found = None if missing is None else _scaled(node, n, x)
        if missing is None or found is None:
            return None
        f, power = found
        slope = derivative(f, x)
    except FormulaError:
        return None
    bound = _greatest(slope, x, here.enclose) / 2
    if missing:
        bound += _greatest(f, x, here.enclose) * missing
    whole = here.tail.constant(here.constant(Integral(f, x, ZERO, ONE)))
    value = here.tail.add(whole, Expansion((), Error(Growth(power=Fraction(-1)), bound.upper())))
    return here.tail.multiply(here.tail.variable(power), value)


def _missing(node: Sum, n: Symbol) -> int | None:
    """How many of the terms 1, ..., n are missing, or k = 0 is there besides."""
    first = rational_of(node.lower)
    less = Field().fractional(n - node.upper)[0].constant
    if first is None or less is None or first.denominator != 1 or less.denominator != 1:
        return None
    missing = abs(int(first) - 1) + int(less)
    return missing if first >= 0 and less >= 0 and missing <= _MOST_MISSING else None


def _scaled(node: Sum, n: Symbol, x: Symbol) -> tuple[Formula, int] | None:
    """f and p where the body is n**(p - 1)*f(k/n) for all whole k up to n, f free of n."""
    k, body = node.variable, plain(node.body)
    if any(isinstance(part, (*BINDERS, Derivative, Prime)) for part in walk(body)):
        return None
    first = rational_of(node.lower)
    assert first is not None
    large, index = Range(fmpq(1), None), Range(fmpq(int(first)), None)
    whole = Place(Box({n: large, k: index}, frozenset({n, k}))).given(k <= n)
    if whole is None or not all(is_met(demand) for demand in demands(body, whole)):
        return None
    strip = Place(Box({n: large, x: Range(fmpq(0), fmpq(1))}))
    moved = substitute(body, {k: n * x})
    for scaled, power in ((n * moved, 0), (moved, 1)):
        for form in (rewrite(scaled, _neat), rewritten((scaled,), strip)[0][0]):
            f = formula_of(Field().fractional(form)[0])
            if n not in free_names(f):
                return f, power
    return None


def _neat(node: Formula) -> Formula | None:
    """A function with its arguments in lowest terms."""
    if not isinstance(node, Call):
        return None
    return Call(node.head, tuple(formula_of(Field().fractional(arg)[0]) for arg in node.args))


def _greatest(f: Formula, x: Symbol, enclose: EncloseParts) -> arb:
    """A bound of abs(f) on [0, 1]."""
    bound = arb(0)
    for part in range(_PARTS):
        strip = arb(fmpq(2 * part + 1, 2 * _PARTS), fmpq(1, 2 * _PARTS))
        value = enclose(f, {x: strip}, analytic=True)
        if isinstance(value, Infinity) or not ball(value).is_finite():
            raise Indeterminate(f"no bound for {f} on [0, 1] was found")
        bound = bound.max(abs(ball(value)).upper())
    return bound
