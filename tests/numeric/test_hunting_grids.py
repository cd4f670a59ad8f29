"""Whole numbers at very many points: residues are exact, and planted solutions are found."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from math import comb, factorial, isqrt
from random import Random

import numpy as np
import pytest
from flint import arb

from derivations.core import Claim, Q, Sum, both, integers, log, num, symbols
from derivations.core.formula import Formula
from derivations.core.special_functions import FUNCTIONS
from derivations.reading.claims import read_claim
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import root_frame
from numeric.hunting.glance import Glance, NotSeen
from numeric.hunting.grids import grid_solutions
from numeric.hunting.partial_sums import added_up, is_drifting
from numeric.hunting.pell import classes
from numeric.hunting.residues import Residues
from numeric.hunting.unsettled import is_unsettled
from numeric.judging.judge import check
from numeric.points.narrowed import narrowed

n, m, k = symbols("n m k")


@pytest.mark.parametrize(
    "text",
    [
        "n**3 - 7*n + 2",
        "(2 - 3*n)*5**n",
        "factorial(n) - fibonacci(n + 2)*lucas(n)",
        "binomial(n, 3) + binomial(2*n, n)",
        "Sum(k**2 - k, (k, 1, n)) + Product(2*k + 1, (k, 3, n))",
        "floor(n/3)*Mod(n, 4) - gcd(n, 6)",
    ],
)
def test_residues_and_glances_are_those_of_the_exact_values(text):
    formula = read_claim({"id": "c", "claim": f"{text} = 0", "domain": {"n": "Z"}}).lhs
    values = np.arange(15)
    words = np.broadcast_to(Residues({n: values}).at(formula), values.shape)
    seen = np.broadcast_to(Glance({n: values.astype(float)}).at(formula), values.shape)
    run = Compiler().compile(formula)
    exact = [int(evaluated(run, root_frame({n: int(value)})).p) for value in values]
    assert [int(word) for word in words] == [value % 2**64 for value in exact]
    assert np.allclose(seen, np.array(exact, dtype=float), rtol=1e-12)


def test_what_has_no_residue_is_not_seen():
    for formula in (n / 2, num(2) ** (-n), FUNCTIONS["factorial"](-n), FUNCTIONS["gcd"](n, 2**n)):
        with pytest.raises(NotSeen):
            Residues({n: np.array([1, 1000])}).at(formula)


@pytest.mark.parametrize("seed", range(3))
def test_a_planted_solution_is_found(seed):
    random = Random(seed)
    a, b = random.randint(20, 60), random.randint(1000, 100_000)
    planted = num(2) ** n - m**2 - (2**a - b**2)
    whole = {n: integers(1), m: integers(1)}
    assert {n: a, m: b} in grid_solutions(planted, whole, lambda values: None)
    p, q, r = sorted(random.sample(range(2, 90), 3))
    total = Q(1, p) + Q(1, q) + Q(1, r) - 1 / n - 1 / m - 1 / k
    every = grid_solutions(total, dict.fromkeys((n, m, k), integers(1)), lambda _: None)
    wanted = Fraction(1, p) + Fraction(1, q) + Fraction(1, r)
    found = [sum(Fraction(1, value) for value in s.values()) for s in islice(every, 5)]
    assert found
    assert set(found) == {wanted}


def test_all_that_is_found_solves_the_equation():
    equation = FUNCTIONS["binomial"](n, 3) - m**2 + 3
    for found in grid_solutions(equation, {n: integers(3), m: integers(0)}, lambda _: None):
        assert comb(found[n], 3) + 3 == found[m] ** 2
    brocard = FUNCTIONS["factorial"](n) + 1 - m**2
    every = grid_solutions(brocard, {n: integers(1), m: integers(1)}, lambda _: None)
    assert {s[n] for s in every if factorial(s[n]) + 1 == s[m] ** 2} == {4, 5, 7}


@pytest.mark.parametrize("discriminant", [2, 3, 5, 7, 13, 19, -1, -2, -3, -5])
def test_the_classes_of_a_norm_give_all_small_solutions(discriminant):
    units = classes(discriminant, 1) if discriminant > 0 else [(1, 0)]
    t, s = units[0]
    for norm in (1, -1, 2, -3, 4, 6, -9, 13, 25, 29):
        found = set()
        for u, v in classes(discriminant, norm):
            for sign in (1, -1):
                a, b = u, sign * v
                for _ in range(12):
                    assert a * a - discriminant * b * b == norm
                    found.add((abs(a), abs(b)))
                    a, b = t * a + discriminant * s * b, t * b + s * a
        for v in range(60):
            square = norm + discriminant * v * v
            if square >= 0 and isqrt(square) ** 2 == square:
                assert (isqrt(square), v) in found


def test_the_bounds_of_a_condition_narrow_a_domain():
    on = {n: integers(1), m: integers()}
    claim = Claim("c", n, "!=", m, on=on, where=both(n > Q(21, 2), m < n, m >= -3))
    assert narrowed(claim) == {n: integers(11), m: integers(-3)}
    empty = Claim("c", n, "!=", m, on=on, where=both(n < 0, m > 1))
    assert narrowed(empty)[n] == integers(1)


FALSE = [
    ("2**n - 7 != m**2", "n > 8"),
    ("factorial(n) + 1 != m**2", "n > 5"),
    ("4/1009 != 1/n + 1/m + 1/k", None),
    ("n**3 + m**3 != k**3 + 1", "And(n > 1, m > 1)"),
    ("n**2 != m**3 + 24", "m > 10"),
    ("binomial(n, 3) != binomial(m, 2)", "n > 22"),
    ("Sum(k**5, (k, 1, n)) != m**2", "n > 1"),
    ("n**2 + m**2 + k**2 != 3*n*m*k", "And(2 < n, n < m, m < k)"),
]


@pytest.mark.parametrize(("text", "where"), FALSE)
def test_an_equation_with_a_large_solution_is_no_inequation(text, where):
    record = {"id": "c", "claim": text, "domain": dict.fromkeys("nmk", "Z[1, oo)")}
    claim = read_claim(record if where is None else {**record, "where": where})
    assert check(claim).verdict.value == "refuted"


def test_values_of_a_kind_are_met_in_order():
    letters = symbols("e d c b a")
    powers = sum((v**5 for v in letters[:-1]), -(letters[-1] ** 5))
    first = next(grid_solutions(powers, dict.fromkeys(letters, integers(1)), lambda _: None))
    assert sorted(first.values()) == [27, 84, 110, 133, 144]


@pytest.mark.parametrize(
    ("text", "domain", "open_"),
    [
        ("n**3 + m**3 + k**3 != 30", "Z", True),
        ("n/(m + k) + m/(n + k) + k/(n + m) != 4", "Z[1, oo)", True),
        ("n**2 + 7 != 2**m", "Z[1, oo)", True),
        ("Mod(2**n, n) != 3", "Z[2, oo)", True),
        ("(n - m)*(n**3 + m**2 + 5) != 0", "Z", True),
        ("n**2 - 34*m**2 != -1", "Z", False),
        ("n**3*m - n + 2 != m", "Z", False),
        ("n**3 + m**3 != k**3", "Z[1, oo)", False),
        ("n**4 - m**4 != k**2", "Z[1, oo)", False),
        ("n**3 + m**3 != 2*k**3", "Z[1, oo)", True),
        ("n**3 + m**3 = k**3 + 5", "Z", False),
        ("2**n != n**3 + 1", "Z[1, oo)", False),
        ("n**3 + m**3 + k**3 != 30", "Z[0, 90]", False),
    ],
)
def test_what_no_search_settles_is_known(text, domain, open_):
    record = {"id": "c", "claim": text, "domain": dict.fromkeys("nmk", domain)}
    assert is_unsettled(read_claim(record)) is open_


def test_equations_that_no_search_settles_are_left_open():
    whole = dict.fromkeys((n, m, k), integers())
    cubes = Claim("c", n**3 + m**3 + k**3, "!=", 30, on=whole)
    assert check(cubes).verdict.value == "unknown"
    apart = Claim("c", n**4 + m**2 + k**2 + 1, "!=", 0, on=whole)
    assert check(apart).verdict.value in {"proved", "consistent"}


def test_a_large_root_is_found_exactly():
    equation = num(2) ** n - m**2
    ranges = {n: integers(300, 320), m: integers(1)}
    assert {n: 310, m: 2**155} in list(grid_solutions(equation, ranges, lambda _: None))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Sum(1/k, (k, 1, n)) < 20", "refuted"),
        ("Sum(3/(2*k + 1), (k, 0, n)) <= 40", "refuted"),
        ("Sum(1/k**2, (k, 1, n)) < pi**2/6 - 1/10**9", "refuted"),
        ("Product(1 + 1/k, (k, 1, n)) < 10**7", "unknown"),
        ("Sum(1/k**2, (k, 1, n)) < pi**2/6", "consistent"),
        ("Sum(1/k, (k, 1, n)) > log(n) + EulerGamma", "consistent"),
    ],
)
def test_sums_are_followed_far_beyond_what_is_added_up(text, word):
    claim = read_claim({"id": "c", "claim": text, "domain": {"n": "Z[1, oo)"}})
    assert check(claim, points=40).verdict.value == word


def test_closed_forms_of_sums_are_the_sums():
    for text in (
        "Sum(3/(2*k + 5), (k, 2, n))",
        "Sum(1/sqrt(3*k + 1), (k, 0, n))",
        "Sum(k**(-3), (k, 1, n))",
    ):
        claim = read_claim({"id": "c", "claim": f"{text} = 0", "domain": {"n": "Z[1, oo)"}})
        changed = added_up(claim)
        assert "Sum" not in str(changed.lhs)
        for size in (2, 9):
            one, other = (
                arb(evaluated(Compiler().compile(side), root_frame({n: size})))
                for side in (claim.lhs, changed.lhs)
            )
            assert abs(one - other) < 1e-12


@pytest.mark.parametrize(
    ("body", "drifts"), [(1 / (k * log(k)), True), (1 / k**2, False)], ids=["Bertrand's", "1/k**2"]
)
def test_a_bound_for_a_series_that_diverges_slowly_is_left_open(
    body: Formula, drifts: bool
) -> None:
    claim = Claim("c", Sum(body, k, num(2), n), "<", 5, on={n: integers(2)})
    assert is_drifting(claim) is drifts
