"""Exponents whose rounding is made good."""

from __future__ import annotations

import numpy as np
import pytest

from derivations.core import Abs, Claim, Reals, cosh, exp, pi, sqrt, symbols
from derivations.proving.prove import prove
from numeric.accuracy.asserting import assert_accurate
from numeric.accuracy.certified import Certified
from numeric.accuracy.ordinals import ulps
from numeric.kernels.emit import source_of
from numeric.kernels.kernel import found_kernel
from numeric.kernels.program import program_of
from numeric.kernels.rests import with_rests

x, y = symbols("x y")
FORMULAS = [exp(3 * x), exp(-pi * Abs(x) / 7), 1 / cosh(pi * x / 2), 2 / cosh(sqrt(2) * x)]


@pytest.mark.parametrize("formula", FORMULAS)
def test_an_exponent_with_its_rest_is_the_same_function(formula):
    changed = with_rests(formula, x)
    assert "lost" in str(changed)
    assert prove(Claim("same", formula, "=", changed, on={x: Reals})) is not None


@pytest.mark.parametrize("formula", FORMULAS)
def test_an_exponent_with_its_rest_keeps_its_digits(formula):
    random = np.random.default_rng(0)
    points = random.uniform(-1, 1, 400) * 10.0 ** random.uniform(-3, 3, 400)
    right = Certified(formula, (x,))(points)
    normal = (right > 1e-306) & (right < 1e306)
    assert normal.sum() > 200
    namespace = {}
    exec(source_of(program_of(with_rests(formula, x), (x,)), "f", ""), namespace)
    assert (ulps(namespace["f"](points), right) <= 4)[normal].all()
    exec(source_of(program_of(formula, (x,)), "f", ""), namespace)
    assert ulps(namespace["f"](points), right)[normal].max() > 30


@pytest.mark.parametrize("formula", [exp(-x), cosh(x / 2), exp(3 * x + 1), exp(y * x), exp(x**2)])
def test_what_is_exact_or_no_multiple_stays(formula):
    assert with_rests(formula, x) == formula


@pytest.mark.parametrize("formula", [exp(3 * x), exp(-pi * x / 5), exp(-pi * Abs(x) / 7)])
def test_no_digit_is_lost_far_out_either(formula):
    changed = with_rests(formula, x, far=True)
    assert prove(Claim("same", formula, "=", changed, on={x: Reals})) is not None
    namespace = {}
    exec(source_of(program_of(changed, (x,)), "f", ""), namespace)
    points = np.array([-np.inf, -1e308, -3e3, -700.0, -30.3, 0.0, 77.7, 2e3, 1e300, np.inf])
    right = Certified(formula, (x,))(points)
    assert (ulps(namespace["f"](points), right) <= 4).all()
    assert np.isnan(namespace["f"](np.nan))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("6.223372171896613e-14", "6.2e-14"),
        ("np.subtract(c, a", "np.subtract(a, c"),
        ("np.minimum(a, 1024.0", "np.minimum(a, 64.0"),
        ("np.flatnonzero(~(", "np.flatnonzero(("),
    ],
)
def test_a_damaged_rest_is_flagged(old, new):
    found = found_kernel("squashing.gudermannian.normalised_derivative")
    assert old in found.source
    namespace = {}
    exec(found.source.replace(old, new), namespace)
    with pytest.raises(AssertionError):
        assert_accurate(namespace[found.name], found.id, points=2000, searching=0)
