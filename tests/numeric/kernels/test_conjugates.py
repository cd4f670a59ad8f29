"""Sums of two terms that cancel, as a quotient of a difference of squares."""

from __future__ import annotations

from math import inf

import pytest

from derivations.core import Claim, Reals, exp, sqrt, symbols
from numeric.judging.judge import check
from numeric.kernels.conjugates import conjugated, conjugated_on_each_side
from numeric.kernels.emit import source_of
from numeric.kernels.kernel import found_kernel, kernel
from numeric.kernels.made import function_of
from numeric.kernels.program import program_of
from numeric.ulp import correctly_rounded

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


@pytest.mark.parametrize(
    "formula",
    [1 + x / sqrt(1 + x**2), (1 - x / sqrt(2) / sqrt(1 + x**2 / 2)) / 3, sqrt(x**2 + 5) + x],
)
def test_on_the_side_where_terms_cancel_there_is_a_quotient(formula):
    changed = conjugated_on_each_side(formula, x)
    assert changed is not None
    claim = Claim("conjugate", formula, "=", changed, on={x: Reals})
    assert check(claim, points=60).verdict.is_pass
    function = function_of(source_of(program_of(changed, (x,)), "made", ""), "made")
    for place in (-(10**9), -3, 0, 3, 10**9):
        assert abs(function(place) / correctly_rounded(formula, {x: place}) - 1) < 1e-15


@pytest.mark.parametrize("formula", [x / sqrt(1 + x**2), 1 + x**2, exp(x) + sqrt(2)])
def test_where_nothing_cancels_there_is_no_quotient(formula):
    assert conjugated_on_each_side(formula, x) is None


def test_a_shorter_way_for_ordinary_numbers_beside_the_reciprocal_far_out():
    found = found_kernel("distributions.student.two_degrees_cdf")
    assert "2 + Abs(x)**2 < 2**500" in str(found.rewritten)


def test_the_tail_of_the_distribution_function_with_two_degrees():
    function = kernel("distributions.student.two_degrees_cdf")
    assert function(0.0) == 0.5
    assert abs(function(-1e10) - 5e-21) < 2e-36
    assert function(-1e160) == 5e-321
    assert [function(-inf), function(inf), function(1e308)] == [0, 1, 1]
