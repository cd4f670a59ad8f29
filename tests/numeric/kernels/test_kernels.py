"""Kernels are accurate, right at the ends, equal to the result, and stand alone."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest
from click.testing import CliRunner

import numeric
from derivations.core import (
    Abs,
    Claim,
    Max,
    Min,
    Reals,
    Relation,
    Symbol,
    cases,
    exp,
    log,
    num,
    sign,
    sin,
    symbols,
    tanh,
)
from derivations.proving.prove import prove
from numeric.accuracy.asserting import assert_accurate
from numeric.accuracy.audit import audit
from numeric.accuracy.named import claim_named
from numeric.kernels.branches import two_sided
from numeric.kernels.exponential_form import NoFormError, on_side
from numeric.kernels.hyperbolic import in_hyperbolic_functions
from numeric.kernels.kernel import KernelError, found_kernel, is_right, kernel
from numeric.kernels.program import NoProgramError, program_of
from numeric.kernels.shelf import KERNELS
from numeric.kernels.stable import precise
from reports.cli import main

SEVERAL = {
    "distributions.normal.cdf",
    "soft_label.one_softplus",
    "signed_label.log_form",
    "signed_label.derivative",
    "squared_error.derivative",
    "exponential_family.log_mass.bernoulli",
    "exponential_family.log_density.gaussian",
    "exponential_family.log_density.gaussian2",
    "exponential_family.gaussian2.gradient_1",
    "exponential_family.gaussian2.gradient_2",
}
x, z, w = symbols("x z w")


@pytest.mark.parametrize("id", KERNELS)
def test_a_kernel_is_accurate_everywhere_and_equal_to_the_result(id):
    found = found_kernel(id)
    assert found.certificate.verdict.is_pass
    if id not in SEVERAL:
        assert found.certificate.audit.max_ulp <= 4
    function = kernel(id)
    # Other points than those of the certificate.
    assert is_right(audit(function, claim_named(id), points=1500, searching=0, seed=11))
    if len(found.variables) == 1:
        takes_any_shape_and_leaves_its_argument_alone(function)


def takes_any_shape_and_leaves_its_argument_alone(function):
    points = np.linspace(0.001, 0.999, 9003).reshape(3, 3001)[:, ::2]
    before = points.copy()
    values = function(points)
    assert values.shape == points.shape
    assert values.dtype == np.float64
    assert (points == before).all()
    assert isinstance(function(0.5), np.float64)
    assert function(points[1, 7]) == values[1, 7]
    assert function([]).shape == (0,)
    assert function(np.float32(0.5)).dtype == np.float64


def test_many_blocks_are_as_each_point_alone():
    function = kernel("softplus.stable_form")
    points = np.linspace(-50, 50, 70_001)
    values = function(points)
    assert all(values[k] == function(points[k]) for k in (0, 32_767, 32_768, 65_536, 70_000))
    assert (
        values == np.concatenate([function(part) for part in np.split(points, [9, 33_000])])
    ).all()


def test_of_a_special_function_the_bound_is_relative_to_the_condition_number():
    found = found_kernel("distributions.normal.cdf")
    assert found.certificate.audit.max_ulp > 4
    assert found.certificate.audit.max_conditioned <= 4
    assert "condition number" in found.source


def test_the_source_stands_alone(tmp_path):
    file = tmp_path / "softplus.py"
    found = found_kernel("softplus.stable_form")
    file.write_text(found.source + "\nprint(repr(float(softplus_stable_form(-740.0))))\n")
    said = subprocess.run(
        [sys.executable, "-I", file.name], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert float(said.stdout) == kernel("softplus.stable_form")(-740.0)
    assert "Certificate" in found.source
    assert "proved" in found.source


def test_the_command_prints_the_source_and_json():
    result = CliRunner().invoke(main, ["kernel", "sigmoid.derivative"])
    assert result.exit_code == 0
    assert result.stdout.startswith("import numpy as np\n")
    document = json.loads(
        CliRunner().invoke(main, ["kernel", "sigmoid.derivative", "--format", "json"]).stdout
    )
    assert document["schema"] == 1
    assert document["kernel"]["audit"]["max_ulp"] <= 4
    assert document["kernel"]["verdict"] == "proved"


@pytest.mark.parametrize("id", ["sigmoid.positive", "sigmoid.at_zero", "no.such.claim"])
def test_where_there_is_no_kernel_the_command_says_so(id):
    result = CliRunner().invoke(main, ["kernel", id])
    assert result.exit_code == 2
    assert id in result.stderr
    assert not result.stdout


def test_the_package_hands_out_kernels_and_the_assertion():
    slope = numeric.kernel("squashing.softsign.derivative")
    assert slope(1.0) == 0.25
    assert numeric.assert_accurate(slope, "squashing.softsign.derivative", searching=0).max_ulp <= 4


def test_what_is_not_accurate_is_not_emitted():
    with pytest.raises(KernelError, match="no rewriting"):
        found_kernel("cross_entropy.tangent_gap")


# ----------------------------------------------------------------------- damaged kernels


@pytest.mark.parametrize(
    ("id", "old", "new"),
    [
        ("logistic_loss.log_form", "np.negative(z_", "np.positive(z_"),
        ("softplus.stable_form", "np.log1p(out, out=out)", "np.log(out + 1, out=out)"),
        ("log_sigmoid.softplus_form", "np.minimum", "np.maximum"),
        ("sigmoid.second_derivative", "np.add(1.0", "np.add(1.0000001"),
        ("sigmoid.second_derivative", "np.expm1", "np.exp"),
        ("sigmoid.exp_form", "np.minimum(x_, 0.0, out=a)", "np.copyto(a, x_)"),
        ("base2_loss.log_form", "1.4426950408889634", "1.4426950216293335"),
    ],
)
def test_a_damaged_kernel_is_flagged(id, old, new):
    found = found_kernel(id)
    assert old in found.source
    namespace = {}
    exec(found.source.replace(old, new), namespace)
    with pytest.raises(AssertionError):
        assert_accurate(namespace[found.name], id, points=4000, searching=100_000)


# -------------------------------------------------------------------------- the rewritings


@pytest.mark.parametrize(
    "formula",
    [
        1 / (1 + exp(-z)),
        (exp(z) - exp(-z)) / (exp(z) + exp(-z)),
        log(1 + exp(-z)),
        exp(z) * (1 - exp(z)) / (1 + exp(z)) ** 3,
        log(3 + exp(2 * z)) - 5 * z,
        (1 - 2 * exp(z)) / (1 + exp(z)) ** 2,
    ],
)
@pytest.mark.parametrize("expanded", [True, False])
def test_the_form_in_the_small_exponential_is_equal_to_the_formula(formula, expanded):
    sides = [on_side(formula, z, side, Symbol("w"), expanded=expanded) for side in (1, -1)]
    candidate = two_sided(*sides, z, Symbol("w"))
    assert prove(Claim("same", formula, "=", candidate, on={z: Reals})) is not None


@pytest.mark.parametrize("formula", [z**2, log(log(1 + exp(z))), exp(z**2), exp(exp(z)), exp(z)])
def test_another_kind_of_formula_is_refused(formula):
    with pytest.raises(NoFormError):
        on_side(formula, z, 1, w)


@pytest.mark.parametrize(
    ("right", "left", "joined"),
    [
        (w, num(0), "Max(z, 0)"),
        (num(0), -w, "Min(z, 0)"),
        (num(1), exp(-w), "exp(Min(z, 0))"),
        (w + exp(-w), exp(-w), "Max(z, 0) + exp(-Abs(z))"),
        (1 / w, -(1 / w), "sign(z)*(1/Abs(z))"),
        (w, 2 * w, "Abs(z)*Piecewise((2, z < 0), (1, True))"),
        (x * exp(-w), x, "x*exp(Min(-z, 0))"),
    ],
)
def test_two_sides_are_joined_where_they_differ(right, left, joined):
    assert str(two_sided(right, left, z, w)) == joined


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        (1 - tanh(z) ** 2, "(1/cosh(z))**2"),
        (exp(z) * (1 - exp(z)) / (1 + exp(z)) ** 3, "-(1/2/cosh(1/2*z))**2*tanh(1/2*z)"),
        (-4 / (exp(z) + exp(-z)) ** 2, "-(1/cosh(z))**2"),
    ],
)
def test_a_product_in_hyperbolic_functions_is_equal_to_the_formula(formula, found):
    forms = list(in_hyperbolic_functions(formula, z))
    assert found in map(str, forms)
    for form in forms:
        assert prove(Claim("same", formula, "=", form, on={z: Reals})) is not None


@pytest.mark.parametrize("formula", [1 / (2 + exp(z)), exp(z) / (1 + exp(z)), z * tanh(z), sin(z)])
def test_what_is_no_such_product_has_no_such_form(formula):
    assert not list(in_hyperbolic_functions(formula, z))


@pytest.mark.parametrize(
    ("formula", "names"),
    [
        (-(z / 2 * z) - num(1), ["multiply", "multiply", "subtract"]),
        (Max(-z, 0) + exp(z), ["exp", "minimum", "subtract"]),
        (-(x - z), ["subtract"]),
        (Max(Min(z, 1), -1), ["clip"]),
    ],
)
def test_signs_and_bounds_cost_no_operation_of_their_own(formula, names):
    program = program_of(formula, (x, z))
    assert [operation.name for operation in program.operations] == names


def test_the_sign_of_a_constant_that_is_no_double_stays():
    difference = -(z - log(num(3)))
    assert len(program_of(difference, (z,)).operations) == 3
    assert len(program_of(difference, (z,), split=False).operations) == 2


def test_a_guard_computes_no_term_anew():
    total = -(x / w / 2 * (x / w)) - log(w)
    near = Relation(Abs(total), "<", (Abs(x / w / 2 * (x / w)) + Abs(log(w))) / 2)
    program = program_of(cases((precise(total), near), (total, None)), (x, w))
    names = [operation.name for operation in program.operations]
    assert (names.count("log"), names.count("divide"), names.count("multiply")) == (1, 1, 3)
    assert len(names) == 10


def test_equal_parts_are_computed_once():
    program = program_of(exp(-Abs(z)) / (1 + exp(-Abs(z))) + sign(z), (z,))
    assert [operation.name for operation in program.operations].count("exp") == 1


@pytest.mark.parametrize("formula", [z**z, cases((z, z < 0), (num(1), z < 1), (num(2), None))])
def test_what_has_no_operation_is_refused(formula):
    with pytest.raises(NoProgramError):
        program_of(formula, (z,))
