"""The last search before a claim is called consistent: it finds what is there, and nothing else."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from flint import arb, ctx

from derivations.core import (
    Abs,
    Claim,
    Max,
    Q,
    Reals,
    UnitInterval,
    both,
    closed,
    cos,
    eq,
    exp,
    gamma,
    integers,
    interval,
    log,
    ne,
    num,
    oo,
    pi,
    sin,
    sqrt,
    symbols,
    tan,
    tanh,
)
from derivations.core.domain import Complexes
from derivations.core.special_functions import FUNCTIONS
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import root_frame
from numeric.balls.values import Gaussian
from numeric.hunting.borders import border_points, joint_points
from numeric.hunting.exactly import difference
from numeric.hunting.glance import Glance
from numeric.hunting.hunt import hunted
from numeric.hunting.lattice import lattice_points
from numeric.hunting.lowlands import lowlands
from numeric.hunting.phases import meeting_points
from numeric.hunting.scan import scanned
from numeric.judging.compare import Bench
from numeric.judging.findings import Outcome
from numeric.judging.judge import check
from numeric.judging.undecided import is_ordinary, told_apart

floor, cot = FUNCTIONS["floor"], FUNCTIONS["cot"]
x, y, z, n = symbols("x y z n")
PLANE = {x: Reals, y: Reals}


def fails_at(claim, points):
    """Whether the claim fails at one of the points."""
    bench = Bench(iter(()))
    return any(
        bench.finding_at(claim.lhs, claim.rel, claim.rhs, point).outcome is Outcome.FAILS
        for point in points
    )


@pytest.mark.parametrize(
    "formula",
    [
        x**2 - 3 / (1 + x**2),
        exp(-(x**2)) * sin(3 * x) + Abs(x - 1),
        sqrt(1 + x**2) * log(2 + cos(x)),
        Max(x, 1 - x) ** 3 - floor(x) + tanh(x / 2),
        gamma(2 + x**2) ** Q(1, 3),
    ],
)
def test_a_glance_is_near_to_the_balls(formula):
    at = np.array([-2.75, -1.0, -0.3125, 0.0, 0.5, 2.25])
    seen = Glance({x: at}).at(formula)
    run = Compiler().compile(formula)
    with ctx.workprec(64):
        exact = [float(arb(evaluated(run, root_frame({x: Fraction(k)})))) for k in at]
    assert np.allclose(seen, exact, rtol=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_the_bottom_of_a_planted_bowl_is_found(seed):
    random = Random(seed)
    a, b = (Fraction(random.randint(-900, 900), random.randint(1, 97)) for _ in range(2))
    k = random.randint(1, 5)
    bowl = (x - a) ** 2 + 10**k * (y - b - (x - a) ** 2) ** 2
    low = Claim("c", bowl, ">", Q(1, 10**8), on=PLANE)
    assert fails_at(low, lowlands(low))
    bump = exp(-(10**4) * bowl)
    narrow = Claim("c", bump, "<", Q(1, 2), on=PLANE)
    assert fails_at(narrow, lowlands(narrow))


@pytest.mark.parametrize("seed", range(4))
def test_waves_are_led_to_any_phases(seed):
    random = Random(seed)
    a, b = random.sample([2, 3, 5, 7, 11, 13], 2)
    signs = [random.choice((1, -1)) for _ in range(3)]
    total = (
        signs[0] * sin(x) + signs[1] * cos(sqrt(num(a)) * x) + signs[2] * sin(sqrt(num(b)) * x + 1)
    )
    claim = Claim("c", total, "<", Q(2999, 1000), on={x: Reals})
    assert fails_at(claim, meeting_points(claim))
    whole = Claim("c", total, "<", Q(2999, 1000), on={x: integers(1)})
    points = [p for p in meeting_points(whole) if p[x] >= 1]
    assert all(isinstance(p[x], int) for p in points)
    assert fails_at(whole, points)


def test_what_is_seen_of_a_line_is_asked_for():
    window = Claim("c", exp(-(10**10) * (cos(x) - x) ** 2), "<", Q(1, 2), on={x: Reals})
    assert fails_at(window, scanned(window))


@pytest.mark.parametrize(
    "claim",
    [
        Claim("c", x * sin(x), "<", num(10) ** 320, on={x: Reals}),
        Claim("c", log(x), "<", 1000 * sqrt(log(x)) + 5, on={x: interval(1, oo)}),
        Claim("c", Max(x, num(10) ** 310), "=", num(10) ** 310, on={x: Reals}),
        Claim("c", -log(1 - x), "<", 1000, on={x: UnitInterval}),
        Claim("c", FUNCTIONS["factorial"](n), "<", num(1000) ** n, on={n: integers(1)}),
        Claim("c", x * y - x, "<", num(10) ** 330, on=PLANE),
    ],
    ids=str,
)
def test_far_out_and_near_to_ends_a_claim_is_asked_too(claim):
    assert hunted(claim, Bench(iter(()))).finding.outcome is Outcome.FAILS


def test_numbers_out_of_reach_leave_an_inequality_open():
    # The wave is too fast for its phases to be met.
    wave = sin(x**5) + sin(x**3)
    assert (
        hunted(
            Claim("c", x * wave, "<", num(10) ** 20000, on={x: Reals}), Bench(iter(()))
        ).finding.outcome
        is Outcome.DOUBTFUL
    )
    prey = hunted(Claim("c", wave, "<", 10, on={x: Reals}), Bench(iter(())))
    assert prey is None or prey.finding.outcome is not Outcome.FAILS


@pytest.mark.parametrize(
    "claim",
    [
        Claim("c", sin(x**2) * cos(x), "<", 1 - Q(1, 10**6), on={x: Reals}),
        Claim("c", sin(x) * sin(10**6 * x), "<", 1 - Q(1, 10**9), on={x: closed(0, 7)}),
        Claim("c", tanh(10**9 * (x - pi)) - tanh(10**9 * (x - pi) - 100), "<", 1, on={x: Reals}),
    ],
    ids=str,
)
def test_fast_waves_and_steps_are_seen(claim):
    assert fails_at(claim, [*scanned(claim), *meeting_points(claim)])


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        (Claim("c", exp(z), "!=", z, on={z: Complexes()}), "unknown"),
        (Claim("c", tanh(z), "!=", 1, on={z: Complexes()}), "consistent"),
        (Claim("c", x**2 + y**2, "!=", 7, on=PLANE, where=eq(x * y, 3)), "unknown"),
        (Claim("c", x, "!=", y, on=PLANE, where=eq(x * y, -1)), "consistent"),
        (Claim("c", 2 * tan(x) + cot(x), ">", 2 * sqrt(num(2)), on={x: UnitInterval}), "refuted"),
        (Claim("c", x**2 + 2 * y**2, ">", 2 * x * y, on=PLANE, where=both(x > 0, y > 0)), "proved"),
    ],
    ids=str,
)
def test_places_where_sides_seem_to_meet_decide(claim, word):
    assert check(claim).verdict.value == word


@pytest.mark.parametrize(
    "margin",
    [Abs(n * pi - x) - 1 / n**2, Abs(n**3 - x**2) - sqrt(n) / 2],
    ids=str,
)
def test_whole_numbers_are_led_to_a_small_difference(margin):
    far = {n: integers(50), x: integers(1)}
    where = ne(n**3, x**2)
    claim = Claim("c", margin, ">", 0, on=far, where=where)
    assert fails_at(claim, lattice_points(claim))


def test_a_gap_that_no_float_shows_is_looked_into():
    narrow = both(x**2 < 2, x**2 > 2 - Q(1, 10**20))
    assert (
        check(Claim("c", x, "<", 0, on={x: interval(1, 2)}, where=narrow)).verdict.value
        == "refuted"
    )


def test_remainders_are_met_together():
    mod = FUNCTIONS["Mod"]
    where = both(eq(mod(n, 1009), 5), eq(mod(n, 1013), 8))
    claim = Claim("c", mod(3 * n + 1, 7), "!=", 3, on={n: integers(10**6)}, where=where)
    evidence = check(claim)
    assert evidence.verdict.value == "refuted"
    k = int(dict(evidence.witness.point)["n"])
    assert (k % 1009, k % 1013, (3 * k + 1) % 7) == (5, 8, 3)
    assert k >= 10**6


def test_borders_are_met_exactly():
    circle = eq(x**2 + y**2, 1)
    high = Claim("c", x * y, "<", Q(499999, 10**6), on=PLANE, where=circle)
    assert fails_at(high, (point for point, _ in border_points(high)))
    unlike = Claim("c", x, "!=", y, on=PLANE, where=circle)
    assert fails_at(unlike, joint_points(unlike))


@pytest.mark.parametrize(
    "claim",
    [
        Claim("c", (x * y - 1) ** 2 + x**2, ">", 0, on=PLANE),
        Claim("c", sin(x) + sin(sqrt(num(2)) * x), "<", 2, on={x: Reals}),
        Claim("c", x**2 + y**2, ">=", 2 * x * y, on=PLANE),
        Claim("c", exp(x), ">=", 1 + x, on={x: Reals}),
        Claim("c", n**2 - 34 * x**2, "!=", -1, on={n: integers(), x: integers()}),
        Claim("c", x + y, "<=", sqrt(num(2)), on=PLANE, where=x**2 + y**2 <= 1),
        Claim("c", 1 - exp(-exp(x)), "<", 1, on={x: Reals}),
        Claim("c", Abs(z + 1), "<=", Abs(z) + 1, on={z: Complexes()}),
    ],
    ids=str,
)
def test_nothing_is_found_of_what_is_true(claim):
    prey = hunted(claim, Bench(iter(())))
    assert prey is None or prey.finding.outcome is not Outcome.FAILS


def test_long_numbers_are_compared_exactly():
    long = num(7) ** (num(10) ** 9)
    assert difference(long * 2 + 1, long + long) == 1
    assert difference(long, num(49) ** (num(10) ** 9)) is None
    assert check(Claim("c", long, "=", long + 1, on={})).verdict.value == "refuted"


def test_more_bits_part_what_is_nearly_equal():
    claim = Claim("c", 1 - exp(-exp(x)), "<", 1, on={x: Reals})
    bench = Bench(iter(()))
    assert told_apart(claim, bench, {x: 9}).outcome is Outcome.HOLDS
    assert told_apart(claim, bench, {x: 100}) is None


def test_simple_points_are_ordinary():
    assert is_ordinary({x: Fraction(355, 113), z: Gaussian(Fraction(1, 2), Fraction(-3))})
    assert not is_ordinary({x: 700})
    assert not is_ordinary({})


def test_a_point_of_equal_sides_is_not_passed_over():
    # The sides are equal at 1, by a formula of Gauss that nothing here knows.
    third = gamma(Q(1, 3)) * gamma(Q(2, 3)) * sqrt(num(3)) / (2 * pi)
    claim = Claim("c", floor(x * third), "=", floor(x), on={x: closed(0, 3)})
    assert check(claim).verdict.value in {"unknown", "proved"}


def test_conditions_of_several_parts_are_kept():
    claim = Claim(
        "c", x * y, "<", Q(1, 2) - Q(1, 10**6), on=PLANE, where=both(eq(x**2 + y**2, 1), x > y)
    )
    for point, _ in border_points(claim):
        assert set(point) == {x, y}


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        (Claim("touch", x * y, "<", Q(1, 2), on=PLANE, where=eq(x**2 + y**2, 1)), "unknown"),
        (Claim("touch", x * y, "<", Q(1, 2), on=PLANE, where=x**2 + y**2 <= 1), "unknown"),
        (Claim("inside", x * y, "<", Q(1, 2), on=PLANE, where=x**2 + y**2 < 1), "consistent"),
        (Claim("room", x * y, "<", Q(51, 100), on=PLANE, where=x**2 + y**2 <= 1), "consistent"),
    ],
    ids=["on the circle", "on the disc", "inside of the circle", "with room to spare"],
)
def test_sides_that_touch_on_a_border_of_the_condition_are_left_open(claim, word):
    assert check(claim).verdict.value == word
