"""Exponents whose rounding is made good."""

from __future__ import annotations

import numpy as np
import pytest

from derivations.core import Abs, Claim, Reals, cosh, exp, pi, sqrt, symbols
from derivations.proving.prove import prove
from numeric.accuracy.certified import Certified
from numeric.accuracy.ordinals import ulps
from numeric.kernels.emit import source_of
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
