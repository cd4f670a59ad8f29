"""Derivatives by Taylor arithmetic; at a kink both one-sided expansions must agree."""

from __future__ import annotations

from collections.abc import Callable
from math import factorial
from typing import Any

from flint import fmpq

from derivations.core.formula import Symbol
from numeric.frames import Frame, Name, Run
from numeric.jets import (
    Jet,
    Kink,
    Number,
    Truncated,
    added,
    coefficient,
    composed,
    increment,
    multiplied,
    negated,
)
from numeric.values import ZERO, Infinity, Scalar, Undefined, ball


def derivative_at(
    body: Run,
    frame: Frame,
    order: int,
    at: Number,
    bind: Callable[[Number], dict[Name, Any]],
) -> Number:
    """The derivative of a body by the variable that `bind` binds, where it has the value `at`."""
    error: Truncated | None = None
    for extra in (0, 2, 4):
        try:
            return _taylor_derivative(body, frame, order, order + extra, at, bind)
        except Truncated as truncated:
            error = truncated
    assert error is not None
    raise error


def _taylor_derivative(
    body: Run,
    frame: Frame,
    order: int,
    kept: int,
    at: Number,
    bind: Callable[[Number], dict[Name, Any]],
) -> Number:
    level = len(frame.orders)
    orders = (*frame.orders, kept)
    moved = bind(increment(at, orders))

    def on(side: int) -> Number:
        inner = Frame(frame, moved, orders, (*frame.sides, side), frame.analytic)
        value = body(inner)
        if isinstance(value, Infinity):
            raise Undefined("an infinite value has no derivative")
        return value

    scale = fmpq(factorial(order))
    try:
        value = on(0)
    except Kink as kink:
        if kink.level != level:
            raise
    else:
        return multiplied(scale, coefficient(value, level, order))
    right, left = on(1), on(-1)
    here = body(frame.inner(bind(at)))
    _require_equal(coefficient(right, level, 0), here)
    for k in range(order + 1):
        _require_equal(coefficient(right, level, k), coefficient(left, level, k))
    return multiplied(scale, coefficient(right, level, order))


def _require_equal(one: Number, two: Number) -> None:
    """Errors: `Undefined` where the two certainly differ."""
    difference = added(one, negated(two))
    terms = difference.terms.values() if isinstance(difference, Jet) else (difference,)
    for term in terms:
        if not (ball(term).contains(0)):
            raise Undefined("the one-sided derivatives differ")


def moved_end(body: Run, variable: Symbol, end: Jet, frame: Frame) -> Number:
    """The integral of the body from the constant term of `end` to `end`, by its Taylor series."""
    length = sum(end.orders) + 1
    level = len(frame.orders)
    orders = (*frame.orders, length)
    moved: dict[Name, Any] = {variable: increment(end.constant, orders)}
    series = body(Frame(frame, moved, orders, (*frame.sides, 0), frame.analytic))
    terms: list[Scalar] = [ZERO]
    for k in range(length - 1):
        term = coefficient(series, level, k)
        if isinstance(term, Jet):
            term = term.constant
        terms.append(term / (k + 1))
    return composed(terms, end)


def fixed_part(value: Any) -> Any:
    return value.constant if isinstance(value, Jet) else value
