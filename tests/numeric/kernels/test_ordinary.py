"""A short form for ordinary numbers, another one for the rest."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import numpy as np
import pytest

from derivations.core import Abs, Claim, Max, Min, Positive, Reals, exp, log, sqrt, symbols
from numeric.accuracy.asserting import assert_accurate
from numeric.accuracy.target import target_of
from numeric.cache import Cache
from numeric.kernels.constants import NoProgramError
from numeric.kernels.emit import source_of
from numeric.kernels.kernel import found_kernel
from numeric.kernels.ordinary import both_ways, shortened
from numeric.kernels.program import program_of
from numeric.kernels.signs import never_negative
from numeric.kernels.stable import exponent_apart

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


def test_beside_exponents_apart_the_result_is_neither_large_nor_small():
    (formula,) = shortened(x / s / s, exponent_apart(x / s**2), target(x / s**2))
    less, more = "Abs(x/s/s) < 2**500", "Abs(x/s/s) > 1/2**500"
    assert str(formula.conditions[0]) == f"And({more}, {less})"
    program = program_of(formula, (x, s))
    assert program.shortcut is not None
    assert (program.shortcut.low, program.shortcut.high) == (2.0**-500, 2.0**500)
    namespace = {}
    exec(source_of(program, "f", ""), namespace)
    random = np.random.default_rng(3)
    over = np.ldexp(random.uniform(-2, 2, 2000), random.integers(-1074, 1023, 2000))
    under = np.ldexp(random.uniform(1, 2, 2000), random.integers(-1074, 1023, 2000) // 2)
    # The quotient of the first two is subnormal where the result is not.
    over[:4], under[:4] = (5e-324, 1e-310, 0.0, 1e200), (1e-3, 0.3, 1e-200, 1e-300)
    values = namespace["f"](over, under)
    for value, one, other in zip(values.tolist(), over.tolist(), under.tolist(), strict=True):
        exact = Fraction(one) / Fraction(other) ** 2
        if abs(exact) < 2**1023:
            assert abs(Fraction(value) - exact) <= max(abs(exact) / 2**51, Fraction(5e-324))
        else:
            assert abs(value) == inf or exact < 2**1024
    assert namespace["f"](3.0, 2.0) == 0.75
    assert np.isnan(namespace["f"]([np.nan, 1.0], 1.0)[0])


def test_other_conditions_than_a_range_of_one_value_are_no_short_way():
    (found,) = shortened(x / s / s, exponent_apart(x / s**2), target(x / s**2))
    more, less = found.conditions[0].args
    for parts in ((less, more), (more, less.rebuilt((s, less.rhs)))):
        changed = found.rebuilt((*found.values, found.conditions[0].rebuilt(parts)))
        with pytest.raises(NoProgramError, match="no ordinary points"):
            program_of(changed, (x, s))
