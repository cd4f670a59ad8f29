"""Exponents in two doubles, and the tail of the error function's complement."""

from __future__ import annotations

import numpy as np
import pytest

from derivations.core import Claim, Q, Reals, atan, cosh, erf, erfc, exp, pi, sqrt, symbols
from derivations.proving.prove import prove
from numeric.accuracy.certified import Certified
from numeric.accuracy.ordinals import ulps
from numeric.kernels.emit import source_of
from numeric.kernels.exponential_form import on_side
from numeric.kernels.exponents import complements, exponents_in_pairs, scaled_tails
from numeric.kernels.kernel import found_kernel
from numeric.kernels.program import program_of

x, w = symbols("x w")


@pytest.mark.parametrize(
    "formula", [exp(-((pi * x) ** 2)), exp(sqrt(pi) * x / 3), 1 + exp(-(x**2) / 2)]
)
def test_an_exponent_in_two_doubles_keeps_its_digits(formula):
    changed = exponents_in_pairs(formula)
    assert changed != formula
    namespace = {}
    exec(source_of(program_of(changed, (x,)), "f", ""), namespace)
    points = np.array([8.3, -7.7, 0.3, 1e-300, -1e-9, 300.1, -380.3, 1e200, -1e308])
    assert (ulps(namespace["f"](points), Certified(formula, (x,))(points)) <= 2).all()
    assert namespace["f"](-np.inf) in {0.0, 1.0}
    assert np.isnan(namespace["f"](np.nan))


def test_an_exponent_that_is_exact_stays():
    assert exponents_in_pairs(exp(-x) + exp(x)) == exp(-x) + exp(x)


@pytest.mark.parametrize("formula", [(1 + erf(x / sqrt(2))) / 2, 1 - erf(x), 3 * erfc(2 * x)])
def test_tails_are_the_same_function(formula):
    tails = scaled_tails(complements(formula))
    assert "erfcx" in str(tails)
    points = np.array([-40.0, -3.0, -0.6, 0.1, 2.0, 11.0])
    both = Certified(formula, (x,))(points), Certified(tails, (x,))(points)
    assert (both[0] == both[1]).all()


@pytest.mark.parametrize(
    ("formula", "angle"),
    [
        (Q(1, 2) + atan(x) / pi, "arccot(-x)"),
        (2 * atan(3 * x) - pi, "-2*arccot(3*x)"),
        (pi / 2 - atan(x), "arccot(x)"),
    ],
)
def test_an_angle_that_vanishes_far_out_is_written_by_what_is_left(formula, angle):
    changed = complements(formula)
    assert angle in str(changed)
    points = np.array([-1e308, -3e9, -2.0, -1.0, -0.3, -5e-324, 0.0, 0.4, 1.0, 7.0, 1e8, 1e305])
    right = Certified(formula, (x,))(points)
    assert (right == Certified(changed, (x,))(points)).all()
    namespace = {}
    exec(source_of(program_of(changed, (x,)), "f", ""), namespace)
    assert (ulps(namespace["f"](points), right) <= 3).all()
    assert namespace["f"](-0.0) == namespace["f"](0.0)
    ends = {float(Certified(formula, (x,))(np.array([end]))[0]) for end in (-1e300, 1e300)}
    assert 0.0 in {namespace["f"](-np.inf), namespace["f"](np.inf)}
    assert max(map(abs, ends)) in map(abs, (namespace["f"](-np.inf), namespace["f"](np.inf)))
    assert np.isnan(namespace["f"](np.nan))


def test_an_angle_that_vanishes_nowhere_stays():
    assert complements(1 + atan(x)) == 1 + atan(x)


def test_exponentials_of_multiples_of_pi_have_one_unit():
    right, left = (on_side(1 / cosh(pi * x / 2), x, side, w) for side in (1, -1))
    assert right == left
    claim = Claim("same", 1 / cosh(pi * w / 2), "=", right, on={w: Reals})
    assert prove(claim) is not None


def test_the_normal_distribution_function_is_accurate_in_its_tail():
    found = found_kernel("distributions.normal.cdf")
    tail = np.linspace(-37.5, -2, 400)
    right = Certified(found.formula, (found.variables[0][0],))(tail)
    assert (ulps(found.compiled()(tail), right) <= 5).all()
    assert found.certificate.audit.max_conditioned <= 4
