"""ULP errors: the reference is the nearest double, and the worst point is found."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st

from derivations.catalogue import SHIPPED
from derivations.core import Claim, array, define, exp, limit, log, num, oo, sqrt, symbols, total
from derivations.loading import load_module
from numeric.compile import numpy_function
from numeric.evidence import Evidence, Verdict
from numeric.judging.compare import Bench
from numeric.judging.rounding import with_ulps
from numeric.points.sample import points_of
from numeric.special_values import special_values
from numeric.ulp import agrees_with_mpmath, correctly_rounded, nearest_double, ulp_report, ulps

x, p, i, m = symbols("x p i m")
sigma = define("sigma", x, 1 / (1 + exp(-x)))
POINTS = [{x: Fraction(k, 7)} for k in range(-250, 251, 10)]
CATALOGUE = {
    derivation.id: derivation
    for name in SHIPPED
    for derivation in load_module(f"derivations.{name}").derivations
}


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_double_is_its_own_rounding(value: float) -> None:
    with ctx.workprec(64):
        assert nearest_double(arb(value)) == value


@given(st.fractions(min_value=-(10**6), max_value=10**6))
def test_a_fraction_is_rounded_as_python_does(value: Fraction) -> None:
    assert correctly_rounded(x, {x: value}) == float(value)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (exp(num(1)), math.e),
        (exp(num(800)), math.inf),
        (exp(num(-800)), 0.0),
        (exp(num(-740)), 4.2e-322),
        (log(num(0)), None),
        (sqrt(num(-1)), None),
    ],
    ids=str,
)
def test_the_correct_rounding_at_the_ends_of_the_range(formula: object, expected: object) -> None:
    assert correctly_rounded(formula, {}) == expected


def test_a_cancelled_difference_is_still_rounded_correctly() -> None:
    # 1 - sigma(700) is about 1e-304, far below the rounding of 1.
    assert correctly_rounded(1 - sigma(x), {x: 700}) == pytest.approx(math.exp(-700), rel=1e-15)


def test_the_sigmoid_is_good_to_a_few_ulps() -> None:
    report = ulp_report(sigma(x), (x,), POINTS)
    assert report.points == len(POINTS)
    assert 0 < report.max_ulp < 6


def test_cancellation_is_found_with_its_worst_point() -> None:
    report = ulp_report(1 - sigma(x), (x,), POINTS)
    assert report.max_ulp > 1e10
    assert report.worst is not None
    assert report.worst[x] > 30


def test_an_overflow_is_an_infinite_error() -> None:
    report = ulp_report(log(1 + exp(x)), (x,), [{x: 800}, {x: 1}])
    assert report.max_ulp == math.inf
    assert report.overflows == 1
    assert report.worst == {x: 800}


def test_points_without_a_value_are_skipped() -> None:
    report = ulp_report(log(x), (x,), [{x: 0}, {x: -1}, {x: 2}])
    assert (report.points, report.skipped) == (1, 2)


def test_arrays_are_compared_too() -> None:
    y = array("y", m)
    report = ulp_report(total(exp(y[i]), i, 1, m), (y,), [{y: (1, Fraction(1, 3)), m: 2}])
    assert report.points == 1
    assert report.max_ulp <= 2


def test_a_spoiled_reference_would_be_noticed() -> None:
    point = {x: Fraction(3, 2)}
    correct = correctly_rounded(sigma(x), point)
    assert correct is not None
    assert agrees_with_mpmath(sigma(x), point, correct)
    assert not agrees_with_mpmath(sigma(x), point, correct * (1 + 1e-12))


def test_ulps_count_neighbouring_doubles() -> None:
    assert ulps(math.nextafter(3.0, 4.0), 3.0) == 1
    assert ulps(3.0, 3.0) == 0
    assert ulps(math.nan, 3.0) == math.inf
    assert ulps(5e-324, 0.0) == 1


def test_special_values_of_sigmoid_and_logit_there_and_back() -> None:
    logit = numpy_function(log(p / (1 - p)), (p,))
    rows = special_values(numpy_function(sigma(x), (x,)), logit)
    assert [row.point for row in rows] == [-np.inf, -5, -1, 0, 1, 5, np.inf]
    assert [row.sigmoid for row in rows] == pytest.approx(
        [0, 0.0066928509242848554, 0.2689414213699951, 0.5, 0.7310585786300049,
         0.9933071490757153, 1], rel=1e-15
    )  # fmt: skip
    assert [row.back for row in rows] == pytest.approx([row.point for row in rows], rel=1e-14)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_long_mantissa_beyond_the_range_of_doubles_rounds_to_zero_or_infinity(sign: int) -> None:
    long = sign * (3**2000 + 1)
    with ctx.workprec(5000):
        assert nearest_double(arb(long)) == sign * math.inf
        tiny = nearest_double(arb(long) * arb(2) ** -6000)
    assert tiny == 0
    assert math.copysign(1, tiny) == sign


def _with_ulps(claim: Claim) -> Evidence:
    return with_ulps(Evidence(claim.id, Verdict.PROVED, points=3), claim, Bench(points_of(claim)))


@pytest.mark.parametrize("id", CATALOGUE)
def test_every_claim_has_a_largest_error_or_the_reason_why_not(id: str) -> None:
    found = _with_ulps(CATALOGUE[id].claim)
    assert found.max_ulp is not None or found.not_compiled.startswith(
        ("both sides: ", "left side: ")
    )


def test_a_constant_is_compiled_and_measured() -> None:
    found = _with_ulps(Claim("constant", exp(1) / 3, "=", exp(1) / (1 + num(2)), on={}))
    assert found.max_ulp is not None
    assert found.max_ulp < 4
    assert not found.not_compiled


def test_a_side_that_is_not_compiled_is_named_with_its_reason() -> None:
    found = _with_ulps(Claim("limit", limit(1 / x, x, oo), "=", num(0), on={}))
    assert found.not_compiled == "left side: a limit is not compiled"
    assert found.max_ulp == 0
    found = _with_ulps(Claim("infinite", limit(x, x, oo), "=", oo, on={}))
    assert found.max_ulp is None
    assert "right side: no finite real value" in found.not_compiled
