"""Sums of two terms that cancel, as a quotient of a difference of squares."""

from __future__ import annotations

from math import inf

import pytest

from derivations.core import Claim, Reals, exp, sqrt, symbols
from numeric.judging.judge import check
from numeric.kernels.conjugates import conjugated
from numeric.kernels.kernel import kernel

x, u = symbols("x u")


@pytest.mark.parametrize(
    "formula",
    [1 - 1 / sqrt(1 + u**2), sqrt(1 + u**2) - u, (2 - 2 * u / sqrt(2 + u**2)) / 3],
)
def test_the_quotient_is_equal_to_the_difference(formula):
    changed = conjugated(formula)
    assert changed != formula
    claim = Claim("conjugate", formula, "=", changed, on={u: Reals})
    assert check(claim, points=60).verdict.is_pass


@pytest.mark.parametrize(
    "formula", [1 - u**2, exp(u) - 1, u - sqrt(exp(u) + sqrt(u)), sqrt(2) - 1, 1 + u]
)
def test_what_squares_leave_a_root_in_or_has_none_is_left_as_it_is(formula):
    assert conjugated(formula) == formula


def test_the_tail_of_the_distribution_function_with_two_degrees():
    function = kernel("distributions.student.two_degrees_cdf")
    assert function(0.0) == 0.5
    assert abs(function(-1e10) - 5e-21) < 2e-36
    assert function(-1e160) == 5e-321
    assert [function(-inf), function(inf), function(1e308)] == [0, 1, 1]
