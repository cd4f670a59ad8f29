"""A sum in a double and a short rest: right, or it says that it is not sure."""

from __future__ import annotations

import numpy as np
import pytest
from flint import arb, ctx

from derivations.core import exp, num, symbols
from numeric.accuracy.certified import Certified
from numeric.accuracy.ordinals import ulps
from numeric.kernels import pairs
from numeric.kernels.constants import NoProgramError
from numeric.kernels.copied import copied
from numeric.kernels.middle import middle

x, y, z = symbols("x y z")


def compiled(formula, total, variables):
    names = tuple(variable.name for variable in variables)
    source = middle("beside", formula, total, variables, names)
    namespace = {"np": np}
    exec("\n".join([*copied(source), source]), namespace)
    return namespace["beside"]


def test_an_exponential_in_parts_has_sixty_bits():
    points = np.concatenate([np.random.default_rng(1).uniform(-32, 32, 300), [0.0, 32.0, -32.0]])
    heads, tails = pairs.exp_in_parts(points)
    assert (pairs.high_bits(heads) == heads).all()
    with ctx.workprec(200):
        for point, head, tail in zip(points, heads, tails, strict=True):
            right = arb(point).exp()
            assert abs(arb(head) + arb(tail) - right) < right * arb(2) ** -60


def test_an_exponential_in_parts_is_nan_beyond_its_table():
    far = [32.01, -32.01, 1e10, -1e14, 1e300, -1e300, np.inf, -np.inf, np.nan]
    with np.errstate(invalid="ignore"):
        assert np.isnan(pairs.exp_in_parts(np.array(far))[0]).all()


SLOPE = y - 1 + y * exp(-z)


@pytest.mark.parametrize(
    ("formula", "total", "variables", "root"),
    [
        (-SLOPE / (1 + exp(-z)), SLOPE, (y, z), lambda y: -np.log(y / (1 - y))),
        (exp(x) - 2 * exp(-x) + y, exp(x) - 2 * exp(-x) + y, (y, x),
         lambda y: np.log((np.sqrt(y**2 + 8) - y) / 2)),
    ],
)  # fmt: skip
def test_a_sum_is_right_or_not_sure(formula, total, variables, root):
    random = np.random.default_rng(7)
    first = random.uniform(0.01, 0.99, 4000)
    beside = root(first) * (1 if formula == total else -1)
    second = beside + random.uniform(-1, 1, 4000) * 10.0 ** -random.uniform(0, 6, 4000)
    with np.errstate(all="ignore"):
        values, unsure = compiled(formula, total, variables)(first, second)
    errors = ulps(values, Certified(formula, variables)(first, second))
    assert errors[~unsure].max() <= 4
    assert errors[unsure].max() > 100
    assert 0.3 < unsure.mean() < 0.8


@pytest.mark.parametrize("total", [num(1) + x, x * y, exp(x * y) - 1, x * y * exp(x) - 1])
def test_other_sums_are_refused(total):
    with pytest.raises(NoProgramError):
        middle("beside", total, total, (x, y), ("x", "y"))
