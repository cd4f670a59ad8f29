"""Points are exact, deterministic, inside the domain, and where something may happen."""

from fractions import Fraction
from itertools import islice

import pytest

from derivations.core import (
    Binary,
    Claim,
    Complex,
    E,
    NonNegative,
    Q,
    Reals,
    Sizes,
    UnitInterval,
    array,
    closed,
    eq,
    exp,
    finite_set,
    indicator,
    indices,
    integers,
    interval,
    log,
    ne,
    symbols,
    total,
)
from derivations.core.conditions import And
from numeric.points.arranged import Condition
from numeric.points.sample import domain_size, points_of

x, y, z, a, b, i, m, n, k = symbols("x y z a b i m n k")


def claim(lhs, on, where=None):
    return Claim("c", lhs, "=", lhs, on=on, where=where)


def drawn(c, count=200, seed=0):
    return list(islice(points_of(c, seed=seed), count))


def test_samples_reach_both_tails():
    values = [p[x] for p in drawn(claim(x, {x: Reals}))]
    assert len(values) == 200
    assert {700, -700, 10**6, -(10**6)} <= set(values)
    assert sum(v > 50 for v in values) > 5
    assert sum(v < -50 for v in values) > 5
    assert any(0 < v < 1e-12 for v in values)


def test_samples_start_with_special_values():
    values = [p[x] for p in drawn(claim(x, {x: Reals}), 12)]
    assert {0, 1, -1, 2, -2, Fraction(1, 2), Fraction(-1, 2)} <= set(values)


def test_samples_hold_the_thresholds_written_in_the_formula():
    values = [
        p[x] for p in drawn(claim(indicator(x < 37) + indicator(x > exp(5) - 7), {x: Reals}), 80)
    ]
    assert {37, -37, 5, 7} <= set(values)


def test_every_point_is_new():
    points = drawn(claim(x * y, {x: UnitInterval, y: Binary}), 300)
    assert len({(p[x], p[y]) for p in points}) == 300


def test_the_same_seed_draws_the_same_points():
    c = claim(x + y, {x: Reals, y: UnitInterval})
    assert drawn(c) == drawn(c)
    assert drawn(c) != drawn(c, seed=1)


@pytest.mark.parametrize(
    "domain",
    [UnitInterval, closed(0, 1), NonNegative, interval(-log(E - 1), 0), interval(3, 4), Reals],
    ids=str,
)
def test_samples_lie_in_the_interval(domain):
    from derivations.core import oo
    from numeric.balls.enclose import enclose

    for p in drawn(claim(x, {x: domain})):
        for end, side in ((domain.lower, 1), (domain.upper, -1)):
            if end in (oo, -oo):
                continue
            gap = side * (enclose(x - end, p, 400))
            open_end = domain.lower_open if side > 0 else domain.upper_open
            assert gap > 0 if open_end else gap >= 0


def test_closed_ends_are_points_and_open_ends_are_not():
    shut = [p[x] for p in drawn(claim(x, {x: closed(0, 1)}))]
    ajar = [p[x] for p in drawn(claim(x, {x: UnitInterval}))]
    assert {0, 1} <= set(shut)
    assert not {0, 1} & set(ajar)
    assert any(v < 1e-9 for v in ajar)
    assert any(1 - v < 1e-9 for v in ajar)


def test_finite_domains_are_exhausted():
    c = claim(x * y, {x: finite_set(0, 1), y: integers(-1, 2)})
    assert domain_size(c) == 8
    assert len(drawn(c)) == 8


def test_members_of_finite_domains_are_crossed_with_the_rest():
    points = drawn(claim(x * y, {x: Reals, y: Binary}), 40)
    assert {(p[x], p[y]) for p in points} >= {(v, label) for v in (0, 1, -1) for label in (0, 1)}


def test_negative_integers_are_drawn():
    values = [p[k] for p in drawn(claim(k, {k: integers()}), 100)]
    assert {0, 1, -1, 2, -2} <= set(values)


def test_sizes_are_small_and_unequal():
    data, labels = array("X", m, n), array("y", m)
    c = claim(
        total(data[i, 1] * labels[i], i, 1, m), {data: Reals, labels: Binary, m: Sizes, n: Sizes}
    )
    points = drawn(c, 40)
    assert {(2, 2), (2, 3), (3, 2)} <= {(p[m], p[n]) for p in points}
    for p in points:
        assert len(p[data]) == len(p[labels]) == p[m]
        assert {len(row) for row in p[data]} == {p[n]}
        assert set(p[labels]) <= {0, 1}


def test_indices_run_up_to_their_size():
    v = array("v", n)
    points = drawn(claim(v[k], {v: Reals, n: Sizes, k: indices(n)}), 60)
    assert all(1 <= p[k] <= p[n] for p in points)
    assert {p[k] for p in points} >= {1, 2, 3}


def test_an_order_condition_is_met_by_sorting():
    points = drawn(claim(a + b, {a: Reals, b: Reals}, where=a < b))
    assert len(points) == 200
    assert all(p[a] < p[b] for p in points)


def test_a_condition_leaves_out_its_exceptions():
    values = [p[x] for p in drawn(claim(x, {x: Reals}, where=ne(x, 0)))]
    assert len(values) == 200
    assert 0 not in values


def test_an_empty_domain_has_no_points():
    assert drawn(claim(x, {x: UnitInterval}, where=x > 1)) == []


def test_complex_points_are_drawn():
    values = [p[z] for p in drawn(claim(z, {z: Complex}), 60)]
    assert any(getattr(v, "imag", 0) for v in values)
    assert -1 in values


def test_a_condition_on_the_sum_of_an_array_finds_all_the_points_that_are_asked_for():
    weights = array("w", m)
    points = drawn(
        claim(weights[1], {m: Sizes, weights: Reals}, where=eq(total(weights[k], k, 1, m), 1))
    )
    assert len(points) == 200
    assert all(sum(p[weights]) == 1 for p in points)
    assert {p[m] for p in points} >= {1, 2, 3}


IN_A_BALL = x**2 + y**2 + z**2 <= 1
IN_TWO_BALLS = And((x**2 + y**2 + z**2 <= 1, a**2 + b**2 + i**2 <= 1))
IN_A_SHELL = And((x**2 + y**2 > 1, x**2 + y**2 < Q(101, 100)))
ON_A_SPHERE = eq(x**2 + y**2 + z**2 + a**2, 1)


@pytest.mark.parametrize(
    ("variables", "where"),
    [
        ((x, y, z), IN_A_BALL),
        ((x, y, z, a, b, i), IN_TWO_BALLS),
        ((x, y), IN_A_SHELL),
        ((x, y, z, a), ON_A_SPHERE),
    ],
)
def test_points_are_found_in_narrow_conditions(variables, where):
    points = drawn(claim(x, dict.fromkeys(variables, Reals), where))
    assert len(points) == 200
    allowed = Condition(where)
    assert all(allowed.holds(point) for point in points)
    assert len({point[x] for point in points}) > 50
