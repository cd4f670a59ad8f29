"""Identities true by construction are proved or left open; perturbed ones are never proved."""

from fractions import Fraction

import mpmath
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.core import (
    Abs,
    Claim,
    Formula,
    Positive,
    Q,
    Reals,
    cosh,
    exp,
    log,
    num,
    sinh,
    sqrt,
    symbols,
    tanh,
)
from derivations.core.formula import Add, Call, Div, Mul, Neg, Number, Pow, Symbol
from derivations.proving.prove import prove
from derivations.proving.signs import Sign, sign_of

x, y = symbols("x y")
DOMAINS = [{x: Reals, y: Reals}, {x: Positive, y: Positive}]
LEAVES = st.sampled_from([x, y, num(1), num(2), num(3), Q(1, 2), num(-1)])


def _grown(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        pairs.map(lambda p: p[0] + p[1]),
        pairs.map(lambda p: p[0] - p[1]),
        pairs.map(lambda p: p[0] * p[1]),
        pairs.map(lambda p: p[0] / p[1]),
        inner.map(lambda u: u**2),
        inner.map(lambda u: u**-1),
        st.tuples(st.sampled_from([exp, log, sqrt, tanh, sinh, cosh, Abs]), inner).map(
            lambda p: p[0](p[1])
        ),
    )


FORMULAS = st.recursive(LEAVES, _grown, max_leaves=7)


class Undefined(Exception):
    pass


def _require_nonzero(v: mpmath.mpc) -> None:
    if v == 0:
        raise Undefined
    if abs(v) < mpmath.mpf(10) ** -40:
        raise OverflowError  # too near to 0 to be told from it


def value(f: Formula, at: dict[Symbol, Fraction]) -> mpmath.mpc:
    """The value by mpmath, principal branches."""
    match f:
        case Number(n):
            return mpmath.mpc(n)
        case Symbol():
            return mpmath.mpc(at[f].numerator) / at[f].denominator
        case Neg(u):
            return -value(u, at)
        case Add(args):
            return mpmath.fsum(value(u, at) for u in args)
        case Mul(args):
            return mpmath.fprod(value(u, at) for u in args)
        case Div(u, v):
            below = value(v, at)
            _require_nonzero(below)
            return value(u, at) / below
        case Pow(u, v):
            base, exponent = value(u, at), value(v, at)
            if exponent.real < 0:
                _require_nonzero(base)
            return base**exponent
        case Call(head, (u,)):
            arg = value(u, at)
            if abs(arg) > 10**4:
                raise OverflowError
            if head.name == "log":
                _require_nonzero(arg)
            return getattr(mpmath, {"Abs": "fabs"}.get(head.name, head.name))(arg)
    raise AssertionError(f)


POINTS = [Fraction(n) for n in (0, 1, 2, -1, -3)] + [Fraction(1, 2), Fraction(-2, 7)]


def points(on: dict[Symbol, object]) -> list[dict[Symbol, Fraction]]:
    values = [v for v in POINTS if v > 0] if on[x] == Positive else POINTS
    return [{x: a, y: b} for a in values for b in values]


def compared(lhs: Formula, rhs: Formula, at: dict[Symbol, Fraction]) -> bool | None:
    """Whether the sides agree there; None where it cannot be told."""
    with mpmath.workdps(60):
        sides = []
        for side in (lhs, rhs):
            try:
                sides.append(value(side, at))
            except Undefined:
                sides.append(None)
            except (OverflowError, ValueError, ZeroDivisionError):
                return None
        one, two = sides
        if one is None or two is None:
            return one is two
        return bool(abs(one - two) <= mpmath.mpf(10) ** -30 * max(1, abs(one)))


@settings(max_examples=250, deadline=None)
@given(FORMULAS, FORMULAS, st.sampled_from(DOMAINS))
def test_what_is_proved_agrees_at_every_point(lhs: Formula, rhs: Formula, on: dict) -> None:
    for right in (rhs, lhs * rhs / rhs, (lhs + rhs) - rhs, log(exp(lhs)), sqrt(lhs**2)):
        if prove(Claim("r", lhs, "=", right, on=on)) is None:
            continue
        for at in points(on):
            assert compared(lhs, right, at) is not False, (lhs, right, at)


@settings(max_examples=150, deadline=None)
@given(FORMULAS, st.sampled_from(DOMAINS))
def test_a_perturbed_identity_is_never_proved(f: Formula, on: dict) -> None:
    for wrong in (f + Q(1, 10**20), f + exp(x) / 10**20):
        proof = prove(Claim("r", f, "=", wrong, on=on))
        if proof is not None:  # only where neither side is ever defined
            assert all(compared(f, wrong, at) is not False for at in points(on)), (f, on)


@settings(max_examples=250, deadline=None)
@given(FORMULAS, st.sampled_from(DOMAINS))
def test_signs_hold_at_every_point(f: Formula, on: dict) -> None:
    sign = sign_of(f, on)
    for at in points(on):
        with mpmath.workdps(60):
            try:
                got = value(f, at)
            except (Undefined, OverflowError, ValueError, ZeroDivisionError):
                continue
        tiny = mpmath.mpf(10) ** -30
        if abs(got) < tiny:
            continue  # too near to 0 to be told from it here
        if abs(got.imag) > tiny:
            actual = Sign.NOT_REAL
        else:
            actual = Sign.POSITIVE if got.real > 0 else Sign.NEGATIVE
        assert actual in sign, (f, at, sign)
