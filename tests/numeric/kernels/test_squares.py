"""Squares in exponents keep their digits, and are the same function."""

from __future__ import annotations

import numpy as np
import pytest

from derivations.core import Claim, Q, Reals, exp, pi, sqrt, symbols
from derivations.proving.prove import prove
from numeric.accuracy.asserting import assert_accurate
from numeric.accuracy.certified import Certified
from numeric.accuracy.ordinals import ulps
from numeric.kernels.emit import source_of
from numeric.kernels.kernel import found_kernel
from numeric.kernels.program import program_of
from numeric.kernels.squares import split_squares

x, y = symbols("x y")
SQUARES = [exp(-(x**2)), exp(-((sqrt(pi) * x / 2) ** 2)), exp(x**2 / 3), exp(-(10**9) * x**2)]


@pytest.mark.parametrize("formula", SQUARES)
def test_a_split_square_is_the_same_function(formula):
    assert prove(Claim("same", formula, "=", split_squares(formula, x), on={x: Reals})) is not None


@pytest.mark.parametrize("formula", SQUARES)
def test_a_split_square_keeps_its_digits(formula):
    namespace = {}
    exec(source_of(program_of(split_squares(formula, x), (x,)), "f", ""), namespace)
    random = np.random.default_rng(0)
    points = np.concatenate([random.uniform(-40, 40, 200), random.uniform(-1, 1, 200) * 8e-4])
    right = Certified(formula, (x,))(points)
    normal = (right > 1e-307) & np.isfinite(right)
    assert normal.sum() > 100
    assert (ulps(namespace["f"](points), right) <= 3)[normal].all()
    far = np.array([-np.inf, -1e308, 1e300, np.inf])
    assert (namespace["f"](far) == Certified(formula, (x,))(far)).all()
    assert np.isnan(namespace["f"](np.nan))


@pytest.mark.parametrize("formula", [exp(-x), exp(x**2 + x), exp(y * x**2), exp(-Q(1, 2))])
def test_what_is_no_square_stays(formula):
    assert split_squares(formula, x) == formula


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("-1.5695823932524066e-07", "-1.5695e-07"),
        ("0.7853981633974483", "0.78539816"),
        ("61446.0", "2048.0"),
        ("np.subtract(b, a", "np.subtract(a, b"),
    ],
)
def test_a_damaged_square_is_flagged(old, new):
    found = found_kernel("squashing.erf.normalised_derivative")
    assert old in found.source
    namespace = {}
    exec(found.source.replace(old, new), namespace)
    with pytest.raises(AssertionError):
        assert_accurate(namespace[found.name], found.id, points=2000, searching=0)
