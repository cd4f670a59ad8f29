"""Powers of what is rounded less."""

from __future__ import annotations

import numpy as np
import pytest

from derivations.core import Claim, Q, Reals, pi, sqrt, symbols
from derivations.proving.prove import prove
from numeric.accuracy.certified import Certified
from numeric.accuracy.ordinals import ulps
from numeric.kernels.emit import source_of
from numeric.kernels.kernel import found_kernel
from numeric.kernels.powers import constants_out_of_powers, roots_first
from numeric.kernels.program import program_of

x, y = symbols("x y")


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        (1 / (1 + (pi * x / 2) ** 2), "1/(1 + pi**2/2**2*x**2)"),
        ((-(3 * x)) ** 3, "-3**3*x**3"),
        ((-(x / sqrt(2))) ** 2, "1/sqrt(2)**2*x**2"),
    ],
)
def test_constants_are_raised_by_themselves(formula, written):
    changed = constants_out_of_powers(formula)
    assert str(changed) == written
    assert prove(Claim("same", formula, "=", changed, on={x: Reals})) is not None


def test_a_power_with_half_an_exponent_starts_with_the_root():
    formula = (1 + x**2) ** (-Q(3, 2)) + (2 + x**2) ** (-Q(5, 2))
    changed = roots_first(formula)
    assert str(changed) == "sqrt(1/(1 + x**2))/(1 + x**2) + sqrt(1/(2 + x**2))/(2 + x**2)**2"
    assert prove(Claim("same", formula, "=", changed, on={x: Reals})) is not None


@pytest.mark.parametrize("formula", [(x * y) ** 2, (2 + x) ** 2, x**3, sqrt(3 * x), x ** Q(3, 2)])
def test_other_powers_stay(formula):
    assert constants_out_of_powers(formula) == roots_first(formula) == formula


def test_a_root_taken_first_rounds_less():
    formula = (1 + x**2) ** (-Q(3, 2))
    points = np.array([7.95549350190568, 63.99961045032767])
    assert str(roots_first(formula)) == str(
        found_kernel("squashing.algebraic.derivative").rewritten
    )
    right = Certified(formula, (x,))(points)
    errors = []
    for form in (formula, roots_first(formula)):
        namespace = {}
        exec(source_of(program_of(form, (x,)), "f", ""), namespace)
        errors.append(ulps(namespace["f"](points), right).max())
    assert errors[0] == 5 > 4 >= errors[1]


def test_a_squared_constant_is_not_rounded_twice():
    found = found_kernel("squashing.arctan.normalised_derivative")
    points = np.array([85948745.65218827, 20.4143553157638, 60468892.213240646])
    right = Certified(found.formula, (found.variables[0][0],))(points)
    assert (ulps(found.compiled()(points), right) <= 4).all()
