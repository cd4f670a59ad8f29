"""The operations of a formula on values and jets, as closures over a `Frame`."""

from __future__ import annotations

from typing import Any, TypeGuard

from flint import acb, arb, fmpq

from derivations.core.formula import Symbol
from numeric.balls.cuts import applied_across, powered_across
from numeric.balls.elementary_series import NoSeries
from numeric.balls.frames import Frame, Run, positions, taken
from numeric.balls.jets import (
    Jet,
    Monomial,
    Number,
    added,
    applied,
    constant_of,
    leading_sign,
    moves,
    multiplied,
    negated,
    powered,
    quotient,
    root_of_vanishing,
)
from numeric.balls.values import (
    ONE,
    ZERO,
    Indeterminate,
    Infinity,
    Scalar,
    Undefined,
    is_zero,
    may_vanish,
    sign_of,
)


def constant(name: str) -> Run:
    match name:
        case "pi":
            return lambda frame: arb.pi()
        case "I":
            return lambda frame: acb(0, 1)
        case "oo":
            return lambda frame: Infinity(1)
        case "EulerGamma":
            return lambda frame: arb.const_euler()
        case "Catalan":
            return lambda frame: arb.const_catalan()
        case "GoldenRatio":
            return lambda frame: (1 + arb(5).sqrt()) / 2
    return unsupported(f"the constant {name} is not known")


def unsupported(sentence: str) -> Run:
    def run(frame: Frame) -> Any:
        raise Indeterminate(sentence)

    return run


def sum_of(runs: list[Run]) -> Run:
    first, *rest = runs

    def run(frame: Frame) -> Number:
        total = first(frame)
        for term in rest:
            total = added(total, term(frame))
        return total

    return run


def product_of(runs: list[Run]) -> Run:
    first, *rest = runs

    def run(frame: Frame) -> Number:
        result = first(frame)
        for factor in rest:
            result = multiplied(result, factor(frame))
        return result

    return run


def power_of(base: Run, exponent: Run) -> Run:
    def run(frame: Frame) -> Number:
        b, e = base(frame), exponent(frame)
        if _vanishes(b) and isinstance(e, fmpq) and e.q == 2 and e > 0:
            return powered(_root(b, frame), fmpq(e.p))
        return powered_across(b, e, frame.sides) if frame.turned else powered(b, e)

    return run


def _vanishes(value: Number) -> TypeGuard[Jet]:
    return isinstance(value, Jet) and is_zero(value.constant)


def _root(vanishing: Jet, frame: Frame) -> Number:
    root = root_of_vanishing(vanishing, frame.sides)
    if frame.turned and moves(root):
        # Both sides along the real axis are not all sides.
        raise Indeterminate("a root that vanishes is not differentiated by a complex variable")
    return root


def reciprocal_of(run: Run) -> Run:
    return lambda frame: quotient(ONE, run(frame))


def function_of(name: str, argument: Run) -> Run:
    def run(frame: Frame) -> Number:
        u = argument(frame)
        if not isinstance(u, Jet):
            return applied(name, u)
        if name == "sqrt" and is_zero(u.constant):
            return _root(u, frame)
        return applied_across(name, u, frame.sides) if frame.turned else applied(name, u)

    return run


def call_of(body: Run, params: tuple[Symbol, ...], args: list[Run]) -> Run:
    def run(frame: Frame) -> Any:
        values = (arg(frame) for arg in args)
        return body(frame.inner(dict(zip(params, values, strict=True))))

    return run


def item_of(name: str, indices: list[Run]) -> Run:
    return lambda frame: taken(frame.look_up(name), positions(indices, frame), name)


# ---------------------------------------------------------------------------------- conditions


def _side(value: Number, frame: Frame) -> int | None:
    """The sign of a value; None where the precision does not decide."""
    if isinstance(value, Jet):
        if frame.turned and moves(value):
            return None  # it moves off the real line
        constant = value.constant
        # A number that moves off the real line has no side.
        if any(isinstance(term, acb) for term in value.terms.values()):
            return None
        found = sign_of(constant)
        return leading_sign(value, frame.sides, sign_of) if found == 0 else found
    return sign_of(value)


def relation(rel: str, left: Run, right: Run) -> Run:
    def run(frame: Frame) -> bool:
        a, b = left(frame), right(frame)
        if isinstance(a, Infinity) or isinstance(b, Infinity):
            return _with_infinity(rel, a, b)
        difference = ZERO if left is right else added(a, negated(b))
        constant = difference.constant if isinstance(difference, Jet) else difference
        if isinstance(constant, acb):
            if not frame.analytic:
                return _complex_relation(rel, constant, a, b)
            difference = constant.real
        elif rel not in {"=", "!="} and not frame.analytic and not _are_real(a, b):
            return False  # I < 1 + I is false, though the difference is real
        elif rel not in {"=", "!="} and not frame.analytic and (_leaves_line(a) or _leaves_line(b)):
            raise Indeterminate(f"there is a kink where a side of a {rel} leaves the real line")
        if rel in {"=", "!="} and not isinstance(constant, acb) and sign_of(constant):
            return rel == "!="
        side = _side(difference, frame)
        if side is None:
            raise Indeterminate(f"the precision does not tell the two sides of a {rel} apart")
        return holds(rel, side)

    return run


def _leaves_line(value: Number) -> bool:
    """Whether a number that is real at the point has increments that are not."""
    return isinstance(value, Jet) and any(
        isinstance(term, acb) and not term.imag.is_zero() for m, term in value.terms.items() if m
    )


def _with_infinity(rel: str, a: Any, b: Any) -> bool:
    """`x < oo` as a condition on x: real numbers lie between -oo and oo, others nowhere."""
    for value in (a, b):
        constant = value.constant if isinstance(value, Jet) else value
        if isinstance(constant, acb):
            if rel in {"=", "!="}:
                return rel == "!="
            if constant.imag.contains(0):
                raise Indeterminate("the precision does not tell a real number from a complex one")
            return False
    one, two = (v.sign if isinstance(v, Infinity) else 0 for v in (a, b))
    return holds(rel, one - two)


def holds(rel: str, side: int) -> bool:
    """Whether a relation holds where left - right has this sign."""
    match rel:
        case "=":
            return side == 0
        case "!=":
            return side != 0
        case "<":
            return side < 0
        case "<=":
            return side <= 0
        case ">":
            return side > 0
    return side >= 0


def _complex_relation(rel: str, difference: acb, a: Any, b: Any) -> bool:
    if rel in {"=", "!="}:
        if is_zero(difference):
            return rel == "="
        if not difference.contains(0):
            return rel == "!="
    elif not _are_real(a, b):
        return False  # an order comparison with a number that is not real
    raise Indeterminate(f"the precision does not decide a {rel} between complex numbers")


def _are_real(*sides: Number) -> bool:
    """Whether all sides are real numbers; False where one is certainly none.

    Errors: `Indeterminate` where the precision does not tell.
    """
    parts = [c.imag for side in sides if isinstance(c := constant_of(side), acb)]
    if parts and all(part.contains(0) for part in parts):
        raise Indeterminate("the precision does not tell a real number from a complex one")
    return not parts


def connective(conjunction: bool, runs: list[Run]) -> Run:
    def run(frame: Frame) -> bool:
        doubt: Indeterminate | None = None
        for part in runs:
            try:
                if part(frame) is not conjunction:
                    return not conjunction
            except Indeterminate as error:
                doubt = error
        if doubt is not None:
            raise doubt
        return conjunction

    return run


def cases_of(values: list[Run], conditions: list[Run]) -> Run:
    def run(frame: Frame) -> Number:
        for value, condition in zip(values, conditions, strict=False):
            if condition(frame):
                return value(frame)
        if len(values) > len(conditions):
            return values[-1](frame)
        raise Undefined("no case applies")

    return run


def kinked(name: str, argument: Run) -> Run:
    def run(frame: Frame) -> Number:
        u = argument(frame)
        if not isinstance(u, Jet):
            if not isinstance(u, acb) or not frame.analytic:
                return applied(name, u)
            side = sign_of(u.real)
        elif frame.turned and moves(u):
            error = NoSeries(f"{name} has no complex derivative")
            error.bare = len(u.orders) == 1 and not may_vanish(u.terms.get((1,), ZERO))
            raise error
        elif any(isinstance(term, acb) for term in u.terms.values()) and not may_vanish(u.constant):
            size = _modulus(u)
            return size if name == "Abs" else quotient(u, size)
        else:
            side = _side(u, frame)
        if side is None:
            raise Indeterminate(f"the precision does not tell the side of the kink of {name}")
        if name == "sign":
            return fmpq(side)
        return u if side > 0 else negated(u)

    return run


def _modulus(u: Jet) -> Number:
    """The absolute value of a complex number that moves with real increments."""
    conjugate = {m: t.conjugate() if isinstance(t, acb) else t for m, t in u.terms.items()}
    square = multiplied(u, Jet(conjugate, u.orders))
    assert isinstance(square, Jet)
    real: dict[Monomial, Scalar] = {
        m: t.real if isinstance(t, acb) else t for m, t in square.terms.items()
    }
    return applied("sqrt", Jet(real, u.orders))


def extreme(direction: int, runs: list[Run]) -> Run:
    def run(frame: Frame) -> Number:
        best, *rest = (_ordered(one(frame), frame) for one in runs)
        for other in rest:
            best = _greater(best, other, direction, frame)
        return best

    return run


def _ordered(value: Number, frame: Frame) -> Number:
    """A real number, or, where a path leaves the reals, what goes on from real ones."""
    start = constant_of(value)
    if isinstance(start, acb) and not frame.analytic:
        if not start.imag.contains(0):
            raise Undefined("the greatest of numbers that are not real")
        raise Indeterminate("the precision does not tell a real number from a complex one")
    return value


def _greater(a: Number, b: Number, direction: int, frame: Frame) -> Number:
    difference = added(a, negated(b))
    side = sign_of(difference.real) if isinstance(difference, acb) else _side(difference, frame)
    if side is None:
        if isinstance(a, Jet | acb) or isinstance(b, Jet | acb) or frame.analytic:
            raise Indeterminate("the precision does not tell which is the greatest")
        one, two = arb(a), arb(b)
        return one.max(two) if direction > 0 else one.min(two)
    return a if side * direction >= 0 else b
