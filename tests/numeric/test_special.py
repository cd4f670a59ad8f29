"""Every special function by Arb and by mpmath: on the reals, off them, on cuts, at and near poles,
at tiny and huge arguments; and balls against the points in them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import acb, arb, ctx, fmpq

from derivations.core.calculus import D
from numeric.balls.enclose import enclose
from numeric.balls.values import Gaussian, Indeterminate, Scalar, Undefined, ball, exact, simplified
from numeric.reference.evaluate import evaluate
from numeric.special.table import HEADS
from tests.numeric.special_cases import (
    REAL,
    VARIABLES,
    agree,
    arguments,
    heads,
    text,
)

ALL = list(heads())
# How many of the points must be decided by both, at the least: what is left open is in the
# docstrings of `numeric.special` (no integer index, too large, a place where books differ).
DECIDED = {
    ("factorial2", 1): 10, ("fibonacci", 1): 9, ("lucas", 1): 9, ("euler", 1): 5,
    ("harmonic", 2): 16, ("lerchphi", 3): 6, ("erfinv", 1): 23, ("erfcinv", 1): 23,
    ("LambertW", 2): 10, ("jn", 2): 24, ("yn", 2): 26, ("assoc_legendre", 3): 24,
    ("elliptic_f", 2): 21, ("elliptic_e", 2): 23, ("elliptic_pi", 2): 3, ("elliptic_pi", 3): 5,
    ("hyper_2_0", 3): 20,
}  # fmt: skip


# mpmath takes seconds for some of these.
_FEW = {"lerchphi": 12, "elliptic_pi": 12, "polylog": 16, "harmonic": 24}


def _named(case: tuple[str, object, int]) -> str:
    return f"{case[0]}-{case[2]}"


@pytest.mark.parametrize("case", ALL, ids=_named)
def test_arb_and_mpmath_agree(case: tuple) -> None:
    name, function, arity = case
    formula = function(*VARIABLES[:arity])
    decided, disputed = 0, []
    cases = arguments(name, arity, _FEW.get(name, 40))
    for args in cases:
        if name == "Mod" and max(map(_size, args)) > 10**20:
            continue  # beyond the digits that mpmath is given here
        point = dict(zip(VARIABLES, args, strict=False))
        try:
            value = enclose(formula, point, 192)
        except Indeterminate:
            continue
        except Undefined:
            decided += 1
            continue
        try:
            number = evaluate(formula, point, 60)
        except Indeterminate:
            continue
        except Undefined as error:
            disputed.append(f"{name}({text(args)}) = {value}, but mpmath: {error}")
            continue
        if value.rel_accuracy_bits() < 100:
            continue  # most of it cancels
        decided += 1
        if not agree(value, number):
            disputed.append(f"{name}({text(args)}) = {value}, by mpmath {number}")
    assert not disputed, "\n".join(disputed)
    assert decided >= DECIDED.get((name, arity), len(cases) * 7 // 10), f"{decided} decided"


def _size(arg: Fraction | Gaussian) -> Fraction:
    return abs(arg.real) + abs(arg.imag)


@pytest.mark.parametrize("case", ALL, ids=_named)
def test_an_enclosure_is_met_by_a_narrower_one(case: tuple) -> None:
    name, function, arity = case
    formula = function(*VARIABLES[:arity])
    for args in arguments(name, arity, 30):
        point = dict(zip(VARIABLES, args, strict=False))
        found = []
        for bits in (53, 300):
            try:
                found.append(enclose(formula, point, bits))
            except Indeterminate:
                found.append(None)
            except Undefined:
                found.append("undefined")
        wide, narrow = found
        if wide is None or narrow is None:
            continue
        assert (wide == "undefined") is (narrow == "undefined"), text(args)
        if wide != "undefined":
            assert acb(wide).overlaps(acb(narrow)), text(args)


# Indices are not moved, only the arguments by which the function is analytic.
_MOVED = dict.fromkeys(HEADS, -1) | {"beta": 0, "elliptic_f": 0, "elliptic_e": 0}
_REAL = {"erfinv", "erfcinv"}
_WHOLE = {"gcd", "lcm", "fibonacci", "lucas", "factorial2", "bernoulli", "euler"}


@pytest.mark.parametrize(
    ("name", "complex_radius"),
    [
        (name, complex_radius)
        for name in sorted(set(HEADS) - _WHOLE)
        for complex_radius in (False, True)
        if not (complex_radius and name in _REAL)
    ],
)
def test_the_value_on_a_ball_holds_the_values_at_its_points(
    name: str, complex_radius: bool
) -> None:
    head = HEADS[name]
    arity = next(a for n, _, a in ALL if n == name)
    place = _MOVED[name] % arity
    held = 0
    with ctx.workprec(100):
        for args in arguments(name, arity, 50):
            values = [exact(arg) for arg in args]
            for radius in (fmpq(1, 1000), fmpq(1, 8)):
                around = list(values)
                shift: Scalar = arb(0, arb(radius).upper())
                around[place] = ball(values[place]) + (
                    acb(shift, shift) if complex_radius else shift
                )
                try:
                    wide = head.value(*around)
                except (Indeterminate, Undefined):
                    continue
                for step in _steps(radius, complex_radius):
                    inner = list(values)
                    inner[place] = simplified(values[place] + step)
                    try:
                        narrow = head.value(*inner)
                    except Indeterminate:
                        continue
                    except Undefined:
                        pytest.fail(f"{name} at {inner} is undefined, inside of {around}")
                    held += 1
                    assert acb(ball(wide)).overlaps(acb(ball(narrow))), (name, inner, around)
    assert held > 20


def _steps(radius: fmpq, complex_radius: bool) -> list[Scalar]:
    along = [radius * fmpq(k, 7) for k in (-7, -3, 0, 2, 7)]
    if not complex_radius:
        return list(along)
    return [acb(arb(a), arb(b)) for a in along for b in along[::2]]


# Those that are no functions of z alone, and those whose real parameters may lie on a cut.
_TURNING = {"hankel1", "hankel2", "im", "arg", "floor", "ceiling", "frac", "Mod"}
_ANALYTIC = [case for case in ALL if case[0] not in _TURNING]


@pytest.mark.parametrize("case", _ANALYTIC, ids=_named)
def test_a_function_with_real_coefficients_is_conjugate_at_the_conjugate(case: tuple) -> None:
    """Off the cuts f(conj(z)) is conj(f(z)): no head may turn a half plane by itself."""
    name, function, arity = case
    formula = function(*VARIABLES[:arity])
    for args in arguments(name, arity, 60):
        others = all(arg in REAL and 0 < arg < 1 for arg in args[:-1])
        if not others or args[-1] in REAL or args[-1].real == 0:
            continue
        turned = (*args[:-1], Gaussian(args[-1].real, -args[-1].imag))
        try:
            one = enclose(formula, dict(zip(VARIABLES, args, strict=False)), 128)
            two = enclose(formula, dict(zip(VARIABLES, turned, strict=False)), 128)
        except (Undefined, Indeterminate):
            continue
        assert acb(one).conjugate().overlaps(acb(two)), text(args)


_STILL = {"floor", "ceiling", "gcd", "lcm", "factorial2", "fibonacci", "lucas"}
_MOVING = [case for case in ALL if case[0] not in _STILL and case[::2] != ("LambertW", 2)]


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("case", _MOVING, ids=_named)
def test_derivatives_agree(case: tuple, order: int) -> None:
    name, function, arity = case
    variable = VARIABLES[arity - 1]
    formula = D(function(*VARIABLES[:arity]), variable, order)
    disputed = []
    for args in arguments(name, arity, 3 if name in _FEW else 12):
        point = dict(zip(VARIABLES, args, strict=False))
        if any(arg in REAL and abs(arg) > 100 for arg in args) or (
            name == "LambertW" and arity == 2
        ):
            continue
        try:
            value = enclose(formula, point, 192)
        except (Undefined, Indeterminate):
            continue
        try:
            number = evaluate(formula, point, 60)
        except Indeterminate:
            continue
        except Undefined as error:
            disputed.append(f"{name}({text(args)}): {value}, but mpmath: {error}")
            continue
        if value.rel_accuracy_bits() >= 100 and not agree(value, number, 20):
            disputed.append(f"{name}({text(args)}): {value}, by mpmath {number}")
    assert not disputed, "\n".join(disputed)
