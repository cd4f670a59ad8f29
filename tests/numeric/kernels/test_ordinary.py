"""A short form for ordinary numbers, another one for the rest."""

from __future__ import annotations

import numpy as np
import pytest

from derivations.core import Abs, Claim, Max, Min, Positive, Reals, exp, log, sqrt, symbols
from numeric.accuracy.asserting import assert_accurate
from numeric.accuracy.target import target_of
from numeric.cache import Cache
from numeric.kernels.emit import source_of
from numeric.kernels.kernel import found_kernel
from numeric.kernels.ordinary import both_ways, shortened
from numeric.kernels.program import program_of
from numeric.kernels.signs import never_negative

x, s = symbols("x s")
SHORT = x / sqrt(1 + x**2)
CAREFUL = Max(Min(x, 1), -1) / sqrt(1 + (Max(Min(x, 1), -1) / Max(Abs(x), 1)) ** 2)


def target(formula):
    return target_of(Claim("it", formula, "=", formula, on={x: Reals, s: Positive}), {})


def function(formula):
    namespace = {}
    exec(source_of(program_of(formula, (x,)), "f", ""), namespace)
    return namespace["f"]


@pytest.mark.parametrize(
    ("formula", "measures"),
    [
        (SHORT, ["sqrt(1 + x**2) < 2**500", "Abs(x/sqrt(1 + x**2)) < 2**1000"]),
        (x / s, ["s < 2**500", "Abs(x/s) < 2**1000"]),
        (exp(x) / 2, ["exp(x)/2 < 2**1000"]),
        (1 / (x * s), ["Abs(x*s) < 2**500", "Abs(1/(x*s)) < 2**1000"]),
    ],
)
def test_what_is_of_ordinary_size_is_a_denominator_or_the_result(formula, measures):
    found = list(shortened(formula, x, target(formula)))
    assert [str(one.conditions[0]) for one in found] == measures
    assert {both_ways(one).values for one in found} == {(formula, x)}


@pytest.mark.parametrize("formula", [exp(x) + Abs(x), sqrt(x) * s, Max(x, 0) / s, x**2 / 3])
def test_what_is_never_negative(formula):
    assert never_negative(formula, {s})
    assert not never_negative(-formula, {s})
    assert not never_negative(formula + x, {s})


@pytest.mark.parametrize("k", [0, 1])
def test_each_point_takes_its_way_whatever_its_neighbours_take(k):
    together = function(list(shortened(SHORT, CAREFUL, target(SHORT)))[k])
    points = np.random.default_rng(0).normal(0, 100, 40_000)
    ways = function(SHORT), function(CAREFUL)
    assert (together(points) == ways[0](points)).all()
    points[[0, 1, 35_000]] = np.nan, -np.inf, 3e200
    values = together(points)
    assert np.isnan(values[0])
    assert np.isnan(together(np.nan))
    # The short way gives 0 at 3e200, which is a result of ordinary size.
    assert values[35_000] == together(3e200) == ways[1 - k](3e200) == 1 - k
    assert values[1] == together(-np.inf) == -1.0
    ordinary = np.delete(points, [0, 1, 35_000])
    assert (np.delete(values, [0, 1, 35_000]) == ways[0](ordinary)).all()


def test_a_value_of_either_sign_is_looked_at_from_both_sides():
    f = function(next(iter(shortened(x / (3 - x), log(x), target(x / (3 - x))))))
    assert list(f([1.0, 2.0, -1e200, 1e200])[:2]) == [0.5, 2.0]
    assert np.isnan(f([-1e200, 1.0])[0])
    assert f([1.0, 1e200])[1] == np.log(1e200)


def test_a_kernel_with_two_ways_is_found_again_and_a_damaged_one_flagged(tmp_path):
    cache = Cache(tmp_path)
    found = found_kernel("squashing.areas.algebraic", cache)
    assert "rare" in str(found.rewritten)
    found_kernel.cache_clear()
    assert found_kernel("squashing.areas.algebraic", cache) == found
    assert "if len(rare):" in found.source
    namespace = {}
    exec(found.source.replace("if len(rare):", "if False:"), namespace)
    with pytest.raises(AssertionError):
        assert_accurate(namespace[found.name], found.id, points=2000, searching=0)
