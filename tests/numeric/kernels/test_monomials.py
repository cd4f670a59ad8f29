"""Sums of products of powers, with the exponents of 2 apart."""

from __future__ import annotations

from fractions import Fraction
from math import inf, isnan, ldexp, nan, nextafter

import numpy as np
import pytest

from derivations.core import Claim, Negative, Positive, Reals, exp, symbols
from numeric.accuracy.named import claim_named
from numeric.accuracy.target import target_of
from numeric.kernels.constants import NoProgramError
from numeric.kernels.emit import source_of
from numeric.kernels.made import function_of
from numeric.kernels.monomials import monomials_of, with_exponents_apart
from numeric.kernels.program import program_of

x, y = symbols("x y")
LARGEST = nextafter(inf, 0)
COVARIANCES = {
    "exponential_family.gaussian2.covariance_12": lambda a, b: a / (2 * b * b),
    "exponential_family.gaussian2.covariance_22": lambda a, b: 1 / (2 * b**2) - a * a / (2 * b**3),
}


def compiled(target):
    (formula,) = set(with_exponents_apart(target))
    return function_of(source_of(program_of(formula, target.variables), "made", ""), "made")


def rounded(value):
    """The double nearest to a fraction."""
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf


@pytest.mark.parametrize("id", COVARIANCES)
def test_the_value_is_the_one_nearest_to_the_exact_one_over_all_doubles(id):
    function = compiled(target_of(claim_named(id), {}))
    random = np.random.default_rng(7)
    a = np.ldexp(random.uniform(-2, 2, 3000), random.integers(-1074, 1023, 3000))
    b = -np.ldexp(random.uniform(1, 2, 3000), random.integers(-1074, 1023, 3000) // 2)
    for value, one, other in zip(function(a, b).tolist(), a.tolist(), b.tolist(), strict=True):
        correct = rounded(COVARIANCES[id](Fraction(one), Fraction(other)))
        assert value == correct or abs(value - correct) <= 5e-324


def test_ends_of_the_doubles():
    function = compiled(target_of(claim_named("exponential_family.gaussian2.covariance_22"), {}))
    assert function(0.0, -1e-100) == 5e199  # a term that is 0 has no exponent
    assert function(1e300, -1e-300) == inf
    assert function(inf, -1.0) == inf
    assert function(1.0, -inf) == 0
    assert isnan(function(nan, -1.0))
    assert function(5e-324, -LARGEST) == 0


def test_a_quotient_beside_the_largest_double_does_not_overflow():
    claim = Claim("q", x / y**2, "=", x / y**2, on={x: Reals, y: Positive})
    function = compiled(target_of(claim, {}))
    assert function(ldexp(LARGEST, -200), ldexp(1.0, -100)) == LARGEST
    assert function(ldexp(5e-324, 200), ldexp(1.0, 100)) == 5e-324


@pytest.mark.parametrize("formula", [exp(x) / y, x ** (y + 1), 1 / (x + y)])
def test_what_is_no_sum_of_products_is_refused(formula):
    with pytest.raises(NoProgramError, match="no product"):
        monomials_of(formula)


def test_one_multiplication_or_division_is_left_as_it_is():
    claim = Claim("q", x / (2 * y), "=", x / (2 * y), on={x: Reals, y: Negative})
    assert not list(with_exponents_apart(target_of(claim, {})))
