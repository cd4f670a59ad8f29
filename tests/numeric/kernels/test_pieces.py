"""A choice between functions that take long: each is computed at its own points."""

from __future__ import annotations

import numpy as np
import pytest

from derivations.core import Relation, cases, erf, erfc, symbols
from numeric.accuracy.asserting import assert_accurate
from numeric.accuracy.certified import Certified
from numeric.accuracy.ordinals import ulps
from numeric.kernels.emit import source_of
from numeric.kernels.kernel import found_kernel
from numeric.kernels.program import program_of
from numeric.kernels.stable import exp_of_pair

x, y = symbols("x y")


def compiled(formula, variables):
    namespace = {}
    exec(source_of(program_of(formula, variables), "f", ""), namespace)
    return namespace["f"]


def test_each_piece_sees_its_own_points_only():
    small = Relation(x, "<", 0 * x)
    formula = 2 + cases((erf(x * y), small), (erfc(x) + y, None))
    function = compiled(formula, (x, y))
    random = np.random.default_rng(0)
    a, b = random.uniform(-2, 2, (2, 3, 50))
    right = Certified(formula, (x, y))(a.ravel(), b.ravel())
    assert (ulps(function(a, b).ravel(), right) <= 4).all()
    assert function(a, b)[1, 7] == function(a[1, 7], b[1, 7])
    assert np.isnan(function(np.nan, 1.0))
    assert function(np.empty((0, 3)), 1.0).shape == (0, 3)


def test_pieces_of_pieces_and_their_helpers_are_told_apart():
    inner = cases((erfc(x), Relation(x, "<", 2 + 0 * x)), (erf(x) * exp_of_pair(-x * x / 3), None))
    formula = cases((erf(x) * exp_of_pair(-x * x / 7), Relation(x, "<", 0 * x)), (inner, None))
    points = np.linspace(-3, 5, 400)
    right = Certified(formula, (x,))(points)
    assert (ulps(compiled(formula, (x,))(points), right) <= 6).all()


@pytest.mark.parametrize(
    ("old", "new"),
    [("flatnonzero(~m0)", "flatnonzero(m0)"), ("np.greater", "np.less"), ("0.7,", "7.0,")],
)
def test_damaged_pieces_are_flagged(old, new):
    found = found_kernel("distributions.normal.cdf")
    assert old in found.source
    namespace = {}
    exec(found.source.replace(old, new), namespace)
    with pytest.raises(AssertionError):
        assert_accurate(namespace[found.name], found.id, points=2000, searching=0, max_ulp=8)
