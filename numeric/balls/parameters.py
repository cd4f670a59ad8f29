"""Derivatives by a parameter of an integrand, and of the terms of an infinite sum, by jets."""

from __future__ import annotations

from collections.abc import Callable
from math import factorial
from typing import Any, Final

from flint import acb, arb, fmpq

from derivations.core.calculus import Integral, Product, Sum
from derivations.core.formula import Formula, FormulaError, Symbol
from derivations.proving.derivatives import derivative as slope_of
from numeric.balls.frames import Frame, Name, Run, has_jet, still
from numeric.balls.jets import Jet, Number, added, composed, constant_of
from numeric.balls.values import ZERO, Indeterminate, Infinity, Scalar, as_int
from numeric.calculus.integrals import enclose_integral
from numeric.calculus.leibniz import Beside, require_leibniz
from numeric.calculus.parts import EncloseParts
from numeric.calculus.quadrature import Memory
from numeric.calculus.ratios import disc_of_series

# Integrals are differentiated so often, less one, under their sign.
_MOST_SLOPES: Final = 6


def by_parameter(
    formula: Integral,
    frame: Frame,
    inside: frozenset[Name],
    at_ends: frozenset[Name],
    parts_of: Callable[[Frame], EncloseParts],
    memory: Memory,
) -> Number:
    """An integral whose integrand moves: by its Taylor series, under the integral sign."""
    x, moving = _only_jet(frame, inside - {formula.variable}, formula)
    if any(has_jet(frame, name) for name in at_ends):
        raise Indeterminate(f"{formula} is not differentiated by its ends and its body")
    at, length = moving.constant, sum(moving.orders) + 1
    if length > _MOST_SLOPES:
        raise Indeterminate(f"{formula} is not differentiated so often")
    slopes = [formula.body]
    try:
        for _ in range(length - 1):
            slopes.append(slope_of(slopes[-1], x))
    except FormulaError as error:
        raise Indeterminate(str(error)) from None
    plain = parts_of(still(frame, {x: at}))
    require_leibniz(formula, slopes, x, at, plain)
    terms: list[Scalar] = []
    for order, slope in enumerate(slopes):
        node = Integral(slope, formula.variable, formula.lower, formula.upper)
        value = enclose_integral(node, plain, memory)
        terms.append(value / fmpq(factorial(order)))
    return composed(terms, moving)


def series_of_jets(
    formula: Sum | Product,
    body: Run,
    frame: Frame,
    inside: frozenset[Name],
    first: Any,
    parts_of: Callable[[Frame], EncloseParts],
) -> Number:
    """A sum to infinity whose terms move, term by term; the rest by Cauchy's estimate."""
    x, moving = _only_jet(frame, inside - {formula.variable}, formula)
    start = None if isinstance(first, Infinity) else as_int(first)
    if start is None or not isinstance(formula, Sum):
        raise Indeterminate(f"{formula} is not differentiated term by term")
    at, length = moving.constant, sum(moving.orders) + 1
    plain = parts_of(still(frame, {x: at}))

    def enclose_on(radius: arb) -> Beside:
        return Beside(plain, x, acb(at) + acb(arb(0, radius), arb(0, radius)))

    found = disc_of_series(formula, enclose_on, start, length)
    if found is None:
        raise Indeterminate(f"{formula} is not differentiated term by term")
    end, radius, bound = found
    result: Number = ZERO
    real = not isinstance(at, acb)
    for k in range(start, end):
        term = body(frame.inner({formula.variable: fmpq(k)}))
        real = real and not isinstance(constant_of(term), acb)
        result = added(result, term)
    rest: list[Scalar] = []
    for order in range(length):
        error = arb(0, (bound / radius**order).upper())
        rest.append(error if real else acb(error, error))
    return added(result, composed(rest, moving))


def _only_jet(frame: Frame, names: frozenset[Name], formula: Formula) -> tuple[Symbol, Jet]:
    """The only name that moves. Errors: `Indeterminate` where there are several."""
    moving = [name for name in names if has_jet(frame, name)]
    value = frame.look_up(moving[0]) if len(moving) == 1 else None
    if not isinstance(value, Jet) or not isinstance(moving[0], Symbol):
        raise Indeterminate(f"{formula} is not differentiated by several parameters at once")
    return moving[0], value
