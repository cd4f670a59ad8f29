"""Kernels of rows: softmax, its logarithm, the log-sum-exp, their gradients."""

from __future__ import annotations

import math
import subprocess
import sys
import warnings
from functools import cache

import numpy as np
import pytest
import scipy.special
from click.testing import CliRunner

from derivations.core import Reals, Sizes, array, exp, indices, log, symbols, total
from derivations.core.claim import Claim
from derivations.core.conditions import cases
from derivations.core.formula import eq
from numeric.accuracy.audit import audit
from numeric.accuracy.named import claim_named as found_claim
from numeric.accuracy.rows.audit import audit_rows
from numeric.accuracy.rows.target import row_target_of
from numeric.evidence import Verdict
from numeric.judging.judge import check
from numeric.kernels.kernel import KernelError, found_kernel, is_right
from numeric.kernels.made import function_of
from numeric.kernels.rows.judged import judged
from numeric.kernels.rows.kernel import kernel_of_rows
from numeric.kernels.rows.pivot import NoPivotError, pivoted
from numeric.kernels.shelf import ROW_KERNELS
from reports.cli import main

K, i, k, p = symbols("K i k p")
z = array("z", K)
S = total(exp(z[k]), k, 1, K)
inf, nan = np.inf, np.nan
TAKES_TWO = {
    "softmax.jacobian_product": "v",
    "softmax.cross_entropy_scores": "y",
    "softmax.cross_entropy_slope": "y",
    "softmax.cross_entropy_gradient": "y",
}


claim_named = cache(found_claim)


@cache
def kernel(id):
    return found_kernel(id).compiled()


def rows_for(id, scores):
    """The scores, and weights of the same shape where the kernel takes some."""
    scores = np.asarray(scores)
    weights = np.linspace(0.1, 1.0, scores.shape[-1]) if scores.shape[-1] else scores
    return (scores, np.broadcast_to(weights, scores.shape)) if id in TAKES_TWO else (scores,)


@pytest.mark.parametrize("id", ROW_KERNELS)
def test_a_kernel_keeps_its_bound_and_is_equal_to_the_result(id):
    found = found_kernel(id)
    assert found.certificate.verdict.is_pass
    assert found.certificate.audit.max_conditioned <= 4
    # Other rows than those of the certificate.
    again = audit_rows(
        kernel(id),
        row_target_of(claim_named(id), {}),
        name=id,
        points=500,
        climbing=False,
        seed=11,
    )
    assert again.max_conditioned <= 4
    assert again.wrong_nonfinite == again.scalar_differs == 0
    assert not again.warnings
    assert again.nan_kept


@pytest.mark.parametrize("id", ROW_KERNELS)
def test_what_the_derivation_gives_is_proved_for_every_size(id):
    assert found_kernel(id).certificate.verdict is Verdict.PROVED


@pytest.mark.parametrize(
    ("there", "beside"),
    [(2 * exp(z[p]) / S, exp(z[i]) / S), (exp(z[p]) / S, 2 * exp(z[i]) / S)],
)
def test_a_candidate_that_is_wrong_in_one_part_is_not_shown_by_its_parts(there, beside):
    target = row_target_of(claim_named("softmax.shift"), {})
    wrong = cases((there, eq(i, p)), (beside, None))
    assert judged(wrong, target, symbols("p c b"), None).verdict is Verdict.REFUTED


@pytest.mark.parametrize("id", ROW_KERNELS)
def test_any_shape_along_any_axis(id):
    function = kernel(id)
    table = np.random.default_rng(5).normal(size=(2, 3, 5)) * 20
    last = function(*rows_for(id, table))
    for row in np.ndindex(2, 3):
        assert np.array_equal(last[row], function(*(r[row] for r in rows_for(id, table))))
    moved = function(*(np.moveaxis(r, -1, 0) for r in rows_for(id, table)), axis=0)
    if last.shape == table.shape:
        moved = np.moveaxis(moved, 0, -1)
    assert np.array_equal(last, moved)
    assert last.dtype == np.float64


@pytest.mark.parametrize("id", ROW_KERNELS)
@pytest.mark.parametrize("size", [1, 2, 31, 32, 33, 1000])
def test_long_and_short_rows_strided_and_in_either_order(id, size):
    function = kernel(id)
    if size == 1000 and "jacobian" in id:
        size = 40
    given = rows_for(id, np.random.default_rng(size).normal(size=(7, size)) * 9)
    want = function(*given)
    for other in (
        [np.asfortranarray(r) for r in given],
        [np.repeat(r, 2, axis=0)[::2] for r in given],
    ):
        before = [r.copy() for r in other]
        assert np.array_equal(function(*other), want)
        assert all(np.array_equal(r, b) for r, b in zip(other, before, strict=True))


@pytest.mark.parametrize("id", ROW_KERNELS)
def test_what_is_no_array_of_real_numbers_is_refused_in_a_sentence(id):
    function = kernel(id)
    one = [2.0] * (2 if id in TAKES_TWO else 1)
    with pytest.raises(ValueError, match="goes along an axis"):
        function(*one)
    with pytest.raises(TypeError, match="real numbers"):
        function(*([1j, 2.0] for _ in one))
    if id in TAKES_TWO:
        with pytest.raises(ValueError, match="of one size"):
            function(np.zeros(3), np.zeros(1))


@pytest.mark.parametrize("id", ROW_KERNELS)
def test_other_types_are_taken_and_floats64_given(id):
    function = kernel(id)
    want = function(*rows_for(id, [1.0, 2.0, 3.0]))
    for dtype in (np.float32, np.int16):
        scores, *weights = rows_for(id, np.array([1, 2, 3]))
        value = function(scores.astype(dtype), *weights)
        assert value.dtype == np.float64
        assert np.array_equal(value, want)


def test_settings_of_numpy_are_as_they_were():
    before = np.getbufsize(), np.geterr()
    for size in (3, 40, 300):
        kernel("softmax.log")(np.zeros((2, size)))
    assert (np.getbufsize(), np.geterr()) == before


def test_many_rows_in_blocks_are_as_each_alone():
    table = np.random.default_rng(3).uniform(-60, 60, (70_000, 3))
    table[::9] -= 900.0  # a few rows that need a shift among those that do not
    for id in ("softmax.log", "softmax.cross_entropy_gradient"):
        given = rows_for(id, table)
        values = kernel(id)(*given)
        for row in range(0, 70_000, 4099):
            assert np.array_equal(values[row], kernel(id)(*(r[row] for r in given)))


def test_rows_that_need_no_shift_are_computed_without_one_and_as_accurately():
    """Where short rows are left to the form around the largest score they are made to be quick."""
    found = found_kernel("softmax.log")
    assert "if size < 12:" in found.source
    source = found.source.replace("if size < 12:", "if size < 0:")
    quick = function_of(source, found.name)
    target = row_target_of(claim_named("softmax.log"), {})
    least = f", {math.log(0.5625)})"
    assert least in source
    damaged = function_of(source.replace(least, ", 1.0)"), found.name)
    assert not audit_rows(damaged, target, name="log", points=500, climbing=False).passes()
    again = audit_rows(quick, target, name="log", points=500, climbing=True, seed=3)
    assert again.max_conditioned <= 4
    assert again.wrong_nonfinite == again.scalar_differs == 0
    table = np.random.default_rng(3).uniform(-60, 60, (5, 40))
    np.testing.assert_allclose(quick(table), kernel("softmax.log")(table), rtol=1e-13)
    ties = np.array([[1.7, 1.7], [0.0, 0.0], [30.0, 30.0]])  # no class has more than half
    np.testing.assert_allclose(quick(ties), -np.log(2), rtol=1e-14)


def test_the_cross_entropy_of_far_scores_and_of_a_certain_class():
    function = kernel("softmax.cross_entropy_scores")
    assert function([0.0, -40.0], [1, 0]) == np.exp(-40.0)
    far = function([1e308, -1e308], [1.0, 1e-10])  # a difference that overflows
    np.testing.assert_allclose(far, 2e298, rtol=1e-15)
    assert function([1e308, -1e308, 0.0], [1.0, 0.0, 0.0]) == 0
    assert function([1e308, -1e308], [0.0, 1.0]) == inf
    assert function([inf, 3.0], [1.0, 0.0]) == 0
    slope = kernel("softmax.cross_entropy_slope")([0.0, -708.0], [0.75, 0.25])
    np.testing.assert_array_equal(slope, [0.25, -0.25])


def test_a_row_of_log_shares_is_its_own_log_softmax():
    logs = scipy.special.log_softmax(np.random.default_rng(4).normal(size=(50, 20)) * 9, axis=-1)
    np.testing.assert_allclose(kernel("softmax.log")(logs), logs, rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(kernel("softmax.shift")(logs - 600), np.exp(logs), rtol=1e-12)


def test_empty_rows_and_no_rows():
    assert kernel("softmax.shift")(np.empty((3, 0))).shape == (3, 0)
    assert kernel("softmax.shift")(np.empty((0, 5))).shape == (0, 5)
    assert kernel("softmax.jacobian")(np.empty((3, 0))).shape == (3, 0, 0)
    assert kernel("softmax.logsumexp_others")(np.empty((0, 5))).shape == (0,)
    assert kernel("softmax.logsumexp_others")([]) == -inf


@pytest.mark.parametrize(
    ("scores", "shares", "logs", "lse"),
    [
        ([inf, 3.0], [1, 0], [0, -inf], inf),
        ([-inf, 3.0], [0, 1], [-inf, 0], 3.0),
        ([-inf, -inf], [nan, nan], [nan, nan], -inf),
        ([inf, inf, 1.0], [nan, nan, nan], [nan, nan, nan], inf),
        ([inf, nan], [nan, nan], [nan, nan], nan),
        ([nan], [nan], [nan], nan),
        ([5.0], [1], [0], 5.0),
        ([1.7e308, -1.7e308], [1, 0], [0, -inf], 1.7e308),
        ([0.0, -745.0], [1, 5e-324], [-5e-324, -745], 5e-324),
        ([1e300, 1e300], [0.5, 0.5], [-np.log(2)] * 2, 1e300),
    ],
)
def test_special_rows(scores, shares, logs, lse):
    for repeats in (1, 20):  # short rows and long ones
        row = np.array(scores + [-inf] * 40 if repeats > 1 else scores)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            values = [kernel(id)(row) for id in ("softmax.shift", "softmax.log")]
            total_ = kernel("softmax.logsumexp_others")(row)
        size = len(scores)
        np.testing.assert_array_equal(values[0][:size], shares)
        np.testing.assert_allclose(values[1][:size], logs, rtol=1e-15)
        np.testing.assert_array_equal(total_, lse)


def test_a_dominating_class_keeps_all_digits():
    logs = kernel("softmax.log")([0.0, -40.0])
    assert logs[0] == -np.exp(-40.0)
    assert scipy.special.log_softmax([0.0, -40.0])[0] == 0.0  # where SciPy has none
    gradient = kernel("softmax.cross_entropy_gradient")([0.0, -40.0], [1, 0])
    assert gradient[0] == -np.exp(-40.0)
    assert kernel("softmax.jacobian")([0.0, -40.0])[0, 0] == np.exp(-40.0)
    assert kernel("softmax.log_jacobian")([0.0, -40.0])[0, 0] == np.exp(-40.0)


def test_the_source_stands_alone_and_says_what_it_is(tmp_path):
    said = CliRunner().invoke(main, ["kernel", "softmax.logsumexp_others"])
    assert said.exit_code == 0
    for part in ("axis=-1", "softmax.logsumexp_others", "condition number", "proved", "log1p"):
        assert part in said.stdout
    file = tmp_path / "lse.py"
    file.write_text(said.stdout + "\nprint(repr(float(softmax_logsumexp_others([800.0, 0.0]))))\n")
    run = [sys.executable, "-I", file.name]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert float(done.stdout) == 800.0


def test_a_result_of_which_no_rewriting_is_accurate_has_no_kernel():
    square = total(z[k] ** 2, k, 1, K) - total(z[k], k, 1, K) ** 2 / K
    claim = Claim("variance", square, "=", square, on={K: Sizes, z: Reals})
    with pytest.raises(KernelError, match="variance has no rewriting"):
        kernel_of_rows(claim, row_target_of(claim, {}))


# ----------------------------------------------------------------------- damaged kernels


@pytest.mark.parametrize(
    ("id", "old", "new"),
    [
        ("softmax.shift", "np.where((top >= 0.0) & (top < 600.0), 0.0, top)", "0.0 * top"),
        ("softmax.shift", "np.multiply(", "np.divide("),
        ("softmax.log", "c = _others(", "c = _identity("),
        ("softmax.log", "np.log1p(", "np.log("),
        ("softmax.log", "z.astype(np.float64", "z.astype(np.float32"),
        ("softmax.logsumexp_others", "np.add(", "np.subtract("),
        ("softmax.logsumexp_others", "x.argmax(axis=0) * many", "x.argmin(axis=0) * many"),
        ("softmax.logsumexp_others", '"kn->n", x', '"kn->n", x[1:]'),
        ("softmax.jacobian", "np.negative(", "np.absolute("),
        ("softmax.cross_entropy_gradient", "np.exp(", "np.exp2("),
        ("softmax.cross_entropy_gradient", 'out.ravel("K")[', 'out.copy().ravel("K")['),
        ("softmax.jacobian_product", 'v_.ravel("K")[', 'z_.ravel("K")['),
        # what is left to the other form, and the class apart
        ("softmax.shift", "if len(far):", "if False:"),
        ("softmax.shift", "total < 1e+30)", "total <= np.inf)"),
        ("softmax.shift", "low >= -700.0", "low >= -800.0"),
        ("softmax.logsumexp_others", "size >= 0.25", "size >= 0.0"),
        ("softmax.cross_entropy_gradient", ", 0.5625)", ", 0.25)"),
        ("softmax.cross_entropy_scores", "np.exp(", "np.expm1("),
        ("softmax.cross_entropy_slope", 'y_.ravel("K")[', 'z_.ravel("K")['),
    ],
)
def test_a_damaged_kernel_is_flagged(id, old, new):
    found = found_kernel(id)
    assert old in found.source
    namespace = {"_identity": lambda x, first: x}
    exec(found.source.replace(old, new), namespace)
    damaged = audit(namespace[found.name], claim_named(id), points=500, searching=0)
    assert not damaged.passes()


# -------------------------------------------------------------------------- the rewritings


@pytest.mark.parametrize(
    "formula",
    [
        log(total(exp(z[k]), k, 1, K) + 1),
        exp(z[i]) + z[i],
    ],
)
def test_what_does_not_move_with_the_scores_is_no_pivot(formula):
    with pytest.raises(NoPivotError):
        pivoted(formula, z, p)


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize(
    "formula",
    [
        exp(z[i]) / total(exp(z[k]), k, 1, K),
        exp(2 * z[i]) / total(exp(z[k]), k, 1, K),
        exp(z[i]) ** 2 / total(exp(z[k]), k, 1, K) ** 2,
        log(exp(z[i]) / total(exp(z[k]), k, 1, K)),
        total(exp(z[k] - z[i]), k, 1, K),
        total(exp(z[k]), k, 1, K),
    ],
)
def test_the_pivoted_formula_is_equal_for_every_class(formula, apart):
    on = {K: Sizes, z: Reals, i: indices(K), p: indices(K)}
    used = on if "i" in str(formula) else {K: Sizes, z: Reals, p: indices(K)}
    claim = Claim("same", formula, "=", pivoted(formula, z, p, apart=apart), on=used)
    assert check(claim, points=40).verdict.is_pass


def test_is_right_wants_every_property():
    assert is_right(found_kernel("softmax.shift").certificate.audit)
