"""Balls on arrays enclose what Arb says, and say nothing where they do not know."""

from __future__ import annotations

import numpy as np
import pytest
from flint import arb, ctx

from derivations.core import Abs, Max, exp, log, pi, sqrt, symbols, tanh
from derivations.core.functions import cosh
from numeric.accuracy import certified as certifying
from numeric.accuracy import wide_balls
from numeric.accuracy.certified import Certified
from numeric.accuracy.wide_balls import FUNCTIONS, Balls, constant, whole

x, y = symbols("x y")
COUNT = 400


@pytest.fixture(autouse=True)
def many_bits():
    with ctx.workprec(600), np.errstate(all="ignore"):
        yield


def pairs(values):
    """Balls without a radius around numbers of more than a double."""
    random = np.random.default_rng(5)
    high = np.asarray(values, dtype=np.float64)
    return Balls(high, high * random.uniform(-1, 1, high.size) * 2.0**-54, 0.0)


def exactly(balls):
    return [
        arb(float(h)) + arb(float(low))
        for h, low in zip(balls.high, np.broadcast_to(balls.low, balls.high.shape), strict=True)
    ]


def encloses(balls, right, least=0.9):
    """Whether every ball with a radius holds its number; most have one."""
    radii = np.broadcast_to(balls.radius, np.shape(balls.high))
    known = np.isfinite(radii)
    assert known.mean() >= least
    for k in np.flatnonzero(known):
        middle = arb(float(balls.high[k])) + arb(float(balls.low[k]))
        assert abs(right[k] - middle) <= arb(float(radii[k])), (k, right[k], middle)


random = np.random.default_rng(2)
SIGNS = random.choice([-1.0, 1.0], COUNT)
RANGES = {
    "near": random.uniform(-40, 40, COUNT),
    "tiny": SIGNS * 10.0 ** random.uniform(-30, -1, COUNT),
    "wide": SIGNS * 10.0 ** random.uniform(-100, 100, COUNT),
}


@pytest.mark.parametrize("name", RANGES)
def test_sums_products_and_quotients_are_enclosed(name):
    one, two = pairs(RANGES[name]), pairs(RANGES[name][::-1] * 1.1)
    a, b = exactly(one), exactly(two)
    encloses(one + two, [p + q for p, q in zip(a, b, strict=True)])
    encloses(one - two, [p - q for p, q in zip(a, b, strict=True)])
    encloses(one * two, [p * q for p, q in zip(a, b, strict=True)])
    encloses(one / two, [p / q for p, q in zip(a, b, strict=True)])
    encloses(3 / one - 1, [3 / p - 1 for p in a])
    encloses(one**3 + one**-2, [p**3 + p**-2 for p in a])
    encloses(one.max(two), [p.max(q) for p, q in zip(a, b, strict=True)])
    encloses(abs(one).min(abs(two)), [abs(p).min(abs(q)) for p, q in zip(a, b, strict=True)])


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("name", ["near", "tiny"])
@pytest.mark.parametrize("end", [-1, 0, 1])
def test_functions_are_enclosed_for_every_number_of_a_ball(function, name, end):
    given = pairs(RANGES[name])
    if function in {"log", "log1p", "sqrt"}:
        given = abs(given)
    given.radius = np.abs(given.high) * 2.0**-70
    moved = [p + end * arb(float(r)) for p, r in zip(exactly(given), given.radius, strict=True)]
    encloses(getattr(given, function)(), [getattr(p, function)() for p in moved])


def test_logarithms_near_one_are_enclosed():
    near = pairs(1 + RANGES["tiny"])
    encloses(near.log(), [p.log() for p in exactly(near)])
    less = pairs(-np.abs(RANGES["tiny"]) * 5)
    encloses(less.log1p(), [p.log1p() for p in exactly(less)])


def test_constants_are_enclosed():
    for number in (arb.pi(), arb(2).log(), arb(1) / 3):
        made = constant(number)
        assert abs(number - made.high - made.low) <= made.radius
    large = whole(3**100)
    assert abs(arb(3**100) - large.high - large.low) <= large.radius
    with pytest.raises(OverflowError):
        whole(10**400)


@pytest.mark.parametrize("bad", [np.inf, -np.inf, np.nan, 1e300, -1e300])
def test_what_overflows_or_is_no_number_is_not_decided(bad):
    balls = Balls(np.array([bad, 0.5]), 0.0, 0.0)
    for found in (
        balls.exp(), balls.tanh(), balls * balls, 1 / (1 + (balls * balls)), balls.expm1(),
        (balls * balls).max(whole(0)), 0 - (balls * balls).min(balls), abs(balls.cosh()),
    ):  # fmt: skip
        assert np.isnan(found.nearest()[0])
    for found in (Balls(np.array([-1.0, 0.0]), 0.0, 0.0).log(), 1 / Balls(np.zeros(2), 0.0, 0.0)):
        assert np.isnan(found.nearest()).all()


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("name", ["near", "tiny", "wide"])
def test_wide_and_far_balls_are_enclosed_or_not_at_all(function, name):
    given = pairs(RANGES[name])
    given.radius = 10.0 ** np.random.default_rng(7).uniform(-6, 2, COUNT)
    for end in (-1, 1):
        moved = [p + end * arb(float(r)) for p, r in zip(exactly(given), given.radius, strict=True)]
        right = [getattr(p, function)() for p in moved]
        found = getattr(given, function)()
        defined = np.array([not p.is_nan() for p in right])
        found.radius = np.where(defined, found.radius, np.nan)
        encloses(found, right, least=0)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_far_out_no_function_is_mistaken_for_another_value(function):
    far = Balls(np.array([301.0, -301.0, 700.0, -800.0, 1e16, -1e300, 1e131, 1e-131]), 0.0, 0.0)
    known = getattr(far, function)() + 2
    encloses(known, [getattr(p, function)() + 2 for p in exactly(far)], least=0)


def test_half_way_between_two_doubles_nothing_is_decided():
    tie = Balls(np.array([1.0]), np.array([2.0**-53]), 0.0) + 0
    assert np.isnan(tie.nearest()[0])
    assert (Balls(np.array([1.0]), np.array([2.0**-54]), 0.0) + 0).nearest()[0] == 1


@pytest.mark.parametrize(
    "formula",
    [
        1 / (1 + exp(-x)),
        exp(x) / (exp(x) + 1) * (1 - 1 / (1 + exp(-x))),
        Max(x, 0) + log(1 + exp(-Abs(x))),
        1 - tanh(x) ** 2,
        log(cosh(x)) / sqrt(2 * pi),
        x / sqrt(1 + x**2) - exp(-(x**2) / 2),
        x**2 * y - log(1 + exp(y - x)),
    ],
)
def test_what_arrays_decide_is_what_arb_decides(formula, monkeypatch):
    variables = (x, y) if "y" in str(formula) else (x,)
    points = np.random.default_rng(3).uniform(-30, 30, (len(variables), 600))
    points[:, :8] = [0.0, -0.0, 1e-300, 5e-324, 709.0, -745.0, 1e300, -1e200]
    fast = Certified(formula, variables)
    assert np.isfinite(fast._wide(list(points))).mean() > 0.6
    values = fast(*points)
    monkeypatch.setattr(certifying, "_MANY", 10**9)
    assert np.array_equal(values, Certified(formula, variables)(*points), equal_nan=True)


def test_a_damaged_table_is_found_out(monkeypatch):
    monkeypatch.setattr(wide_balls, "_POWERS_HIGH", wide_balls._POWERS_HIGH * (1 + 2.0**-40))
    with pytest.raises(ArithmeticError, match="contradict"):
        Certified(exp(x), (x,))(np.linspace(-20, 20, 1000))
