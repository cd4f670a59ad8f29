"""Whole numbers that solve an equation: what is found solves it, and small ones are not missed."""

from __future__ import annotations

from itertools import islice, product
from random import Random

import pytest
from flint import fmpz_mpoly_ctx

from derivations.core import Claim, both, integers, sqrt, symbols
from derivations.core.special_functions import FUNCTIONS
from numeric.hunting.congruences import common_roots, roots_modulo
from numeric.hunting.diophantine import whole_solutions
from numeric.hunting.quadratic import solutions_of
from numeric.judging.judge import check

n, m, k, j = symbols("n m k j")
POSITIVE = integers(1)


@pytest.mark.parametrize(
    ("lhs", "rhs", "where", "names"),
    [
        (n**2 - 61 * m**2, 1, None, "n m"),
        (991 * n**2 + 1, m**2, None, "n m"),
        (n**2 + m**2, 10**12 + 61, None, "n m"),
        (n**2 - m**2, 10**9 + 7, None, "n m"),
        (n * m - 3 * n - 5 * m, 10**6, m > 10, "n m"),
        (1234567 * n - 7654321 * m, 1, None, "n m"),
        (m**2 - n**3, 17, n > 100, "n m"),
        (n**3 + m**3, k**3 - 1, n > 1, "n m k"),
        (n**4 + m**4, k**4 + j**4, both(n < k, k < j, j < m), "n m k j"),
        (n * m * k, n + m + k + 1000, None, "n m k"),
        (sqrt(61 * n**2 + 1), m, None, "n m"),
        (n * (n + 1) / 2, 5000000050000000, None, "n"),
    ],
)
def test_an_equation_that_has_solutions_is_no_inequation(lhs, rhs, where, names):
    on = dict.fromkeys((v for v in (n, m, k, j) if v.name in names), POSITIVE)
    assert check(Claim("equation", lhs, "!=", rhs, on=on, where=where)).verdict.value == "refuted"


def test_divisors_in_common_are_found_however_far():
    far = Claim("far", FUNCTIONS["gcd"](n**17 + 9, (n + 1) ** 17 + 9), "=", 1, on={n: POSITIVE})
    evidence = check(far)
    assert evidence.verdict.value == "refuted"
    assert evidence.witness.point == (
        ("n", "8424432925592889329288197322308900672459420460792433"),
    )


@pytest.mark.parametrize("seed", range(3))
def test_quadratic_equations_with_a_known_solution(seed):
    random = Random(seed)
    for _ in range(8):
        a, b, c, d, e = (random.randint(-4, 4) for _ in range(5))
        x0, y0 = random.randint(-6, 6), random.randint(-6, 6)
        f = -(a * x0**2 + b * x0 * y0 + c * y0**2 + d * x0 + e * y0)
        for x, y in islice(solutions_of(a, b, c, d, e, f, lambda x, y: True), 40):
            assert a * x * x + b * x * y + c * y * y + d * x + e * y + f == 0


@pytest.mark.parametrize("seed", range(3))
def test_small_solutions_of_two_unknowns_are_found(seed):
    random = Random(seed)
    ring = fmpz_mpoly_ctx.get(("x", "y"), "lex")
    box = integers(-6, 6)
    for _ in range(12):
        terms = {
            powers: random.randint(-3, 3)
            for powers in product(range(3), repeat=2)
            if sum(powers) <= 3 and random.random() < 0.6
        }
        polynomial = ring.from_dict(terms)
        if polynomial.is_constant():
            continue
        wanted = {
            p
            for p in product(range(-6, 7), repeat=2)
            if sum(v * p[0] ** i * p[1] ** q for (i, q), v in terms.items()) == 0
        }
        found = [
            (s.get(n), s.get(m)) for s in whole_solutions((polynomial, (n, m)), {n: box, m: box})
        ]
        for one, two in found:
            assert any(
                (one is None or one == p[0]) and (two is None or two == p[1]) for p in wanted
            )
        assert bool(found) == bool(wanted)


def test_roots_modulo_a_number_are_all_of_them():
    random = Random(7)
    for _ in range(60):
        coefficients = [random.randint(-9, 9) for _ in range(random.randint(2, 5))]
        modulus = random.randint(2, 400)
        expected = [
            r
            for r in range(modulus)
            if sum(c * r**i for i, c in enumerate(coefficients)) % modulus == 0
        ]
        found = sorted(roots_modulo(coefficients, modulus))
        assert set(found) <= set(expected)
        assert len(expected) > 64 or found == expected


def test_common_divisors_hold_where_they_are_said_to():
    for root, modulus in common_roots([7, 0, 1], [2, 0, 0, 1]):
        assert (root**2 + 7) % modulus == 0
        assert (root**3 + 2) % modulus == 0
