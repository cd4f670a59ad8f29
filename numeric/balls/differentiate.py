"""Derivatives by Taylor arithmetic; at a kink both one-sided expansions must agree."""

from __future__ import annotations

from collections.abc import Callable
from math import factorial
from typing import Any, Final

from flint import acb, fmpq

from derivations.core.calculus import BINDERS, Derivative, Limit, Prime
from derivations.core.conditions import Cases, Indicator
from derivations.core.formula import Call, Div, Formula, Neg, Pow, Symbol, walk
from derivations.core.formula import Number as Numeral
from derivations.core.functions import Function
from derivations.proving.rebuild import number
from numeric.balls.elementary_series import NoSeries
from numeric.balls.frames import Frame, Name, Run
from numeric.balls.jets import (
    Jet,
    Kink,
    Number,
    Truncated,
    added,
    coefficient,
    composed,
    constant_of,
    increment,
    leading_sign,
    multiplied,
    negated,
)
from numeric.balls.values import ZERO, Indeterminate, Infinity, Scalar, Undefined, ball, sign_of


class NoExpansion(Indeterminate):
    """A body has a value at a kink, and no Taylor series on one of its sides: x**2*sin(1/x)."""


def derivative_at(
    body: Run,
    frame: Frame,
    order: int,
    at: Number,
    bind: Callable[[Number], dict[Name, Any]],
    simple: bool = False,
    turned: bool = False,
) -> Number:
    """The derivative of a body by the variable that `bind` binds, where it has the value `at`.

    A body is `simple` when one function without a series leaves it without a derivative. The
    variable moves along the reals, or in all directions where it is `turned`: where it is a
    complex variable, or has a complex value.

    Errors: `NoExpansion` at a kink on a side of which there is no series.
    """
    error: Truncated | None = None
    for extra in (0, 2, 4):
        try:
            return _taylor_derivative(body, frame, order, order + extra, at, bind, turned)
        except Truncated as truncated:
            error = truncated
        except NoSeries as missing:
            if simple and missing.bare and not extra:
                raise Undefined(str(missing)) from None
            if order == 1 and not frame.orders and (turned or isinstance(at, acb)):
                return _by_both_axes(body, frame, at, bind, missing)
            raise
    assert error is not None
    raise error


def _taylor_derivative(
    body: Run,
    frame: Frame,
    order: int,
    kept: int,
    at: Number,
    bind: Callable[[Number], dict[Name, Any]],
    turned: bool,
) -> Number:
    level = len(frame.orders)
    orders = (*frame.orders, kept)
    moved = bind(increment(at, orders))

    def on(side: int) -> Number:
        inner = Frame(frame, moved, orders, (*frame.sides, side), frame.analytic)
        inner.turned = frame.turned or turned or isinstance(constant_of(at), acb)
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
        return multiplied(scale, _known(coefficient(value, level, order)))
    here = body(frame.inner(bind(at)))
    try:
        right, left = on(1), on(-1)
    except Undefined as error:
        # 1/h in x**2*sin(1/x): the formula may have a derivative beside what is put in its place.
        raise NoExpansion(f"no expansion at a kink: {error}") from None
    _require_equal(coefficient(right, level, 0), here)
    for k in range(order + 1):
        _require_equal(coefficient(right, level, k), coefficient(left, level, k))
    return multiplied(scale, _known(coefficient(right, level, order)))


def as_limit(body: Formula, variable: Symbol, at: Number, value: Number) -> Limit | None:
    """The derivative by its definition, at a rational place at which the body has a rational
    value; None at others."""
    if not (isinstance(at, fmpq) and isinstance(value, fmpq)):
        return None
    c, f = number(at), number(value)
    return Limit((body - f) / (variable - c), variable, c, "+-")


def _by_both_axes(
    body: Run,
    frame: Frame,
    at: Number,
    bind: Callable[[Number], dict[Name, Any]],
    missing: NoSeries,
) -> Number:
    """The complex derivative of what is made of re, im, conjugate and Abs by its definition: it is
    differentiable in the real sense, and so by a complex variable where, and only where, the
    derivatives along both axes agree (the equations of Cauchy and Riemann).

    Errors: `Undefined` where they certainly differ, `missing` where there is no such expansion.
    """
    found: list[Number] = []
    for direction in (fmpq(1), acb(0, 1)):
        moved = Jet({(): constant_of(at), (1,): direction}, (1,))
        inner = Frame(frame, bind(moved), (1,), (0,), frame.analytic)
        inner.turned = False
        try:
            value = body(inner)
        except (Kink, Indeterminate, Undefined):
            raise missing from None
        if isinstance(value, Infinity):
            raise missing
        slope = _known(coefficient(value, 0, 1))
        found.append(multiplied(slope, acb(0, -1)) if found else slope)
    _require_equal(found[0], found[1], "the derivatives along the two axes differ")
    return found[0]


def _known(value: Number) -> Number:
    terms = value.terms.values() if isinstance(value, Jet) else (value,)
    if not all(isinstance(term, fmpq) or term.is_finite() for term in terms):
        raise Truncated("the derivative is not known at this order")
    return value


def _require_equal(
    one: Number, two: Number, otherwise: str = "the one-sided derivatives differ"
) -> None:
    """Errors: `Undefined` where the two certainly differ."""
    difference = added(one, negated(two))
    terms = difference.terms.values() if isinstance(difference, Jet) else (difference,)
    for term in terms:
        if not (ball(term).contains(0)):
            raise Undefined(otherwise)


def moved_end(body: Run, variable: Symbol, end: Jet, frame: Frame) -> Number:
    """The integral of the body from the constant term of `end` to `end`, by its Taylor series.

    Errors: `Kink` where the integrand breaks at the end, and the side to which it moves matters.
    """
    length = sum(end.orders) + 1
    level = len(frame.orders)
    orders = (*frame.orders, length)
    moved: dict[Name, Any] = {variable: increment(end.constant, orders)}

    def on(side: int) -> Number:
        value: Number = body(Frame(frame, moved, orders, (*frame.sides, side), frame.analytic))
        return value

    try:
        series = on(0)
    except Kink as kink:
        if kink.level != level:
            raise
        # The integrand breaks where the end is: it counts on the side to which the end moves.
        series = on(leading_sign(end, frame.sides, sign_of))
    terms: list[Scalar] = [ZERO]
    for k in range(length - 1):
        term = coefficient(series, level, k)
        if isinstance(term, Jet):
            term = term.constant
        terms.append(term / (k + 1))
    return composed(terms, end)


def one_part_varies(body: Formula, variable: Symbol) -> bool:
    """Whether a body is one function of a smooth argument, perhaps negated or over a number."""
    while True:
        match body:
            case Neg(arg=inner) | Div(numerator=inner, denominator=Numeral()):
                body = inner
            case Call(head=Function(), args=(inner,)) | Pow(base=inner, exponent=Numeral() | Div()):
                return not any(isinstance(node, _ROUGH) for node in walk(inner))
            case _:
                return False


_ROUGH: Final = (Call, Pow, *BINDERS, Derivative, Prime, Cases, Indicator)
