"""The audit of functions of rows: certified values, limits, ways to call, what is flagged."""

from __future__ import annotations

import json
from functools import cache

import mpmath
import numpy as np
import pytest
import scipy.special
from click.testing import CliRunner

from numeric.accuracy.asserting import assert_accurate
from numeric.accuracy.audit import audit
from numeric.accuracy.called import AuditError
from numeric.accuracy.named import argument_map
from numeric.accuracy.named import claim_named as found_claim
from numeric.accuracy.ordinals import ulps
from numeric.accuracy.rows.certified import CertifiedRows, Conditioning
from numeric.accuracy.rows.target import row_target_of
from reports.cli import main

inf, nan = np.inf, np.nan


claim_named = cache(found_claim)


def target(id):
    return row_target_of(claim_named(id), {})


def naive_softmax(z):
    powers = np.exp(z)
    return powers / powers.sum(axis=-1, keepdims=True)


def shifted_lse(z):
    top = z.max(axis=-1)
    return top + np.log(np.exp(z - top[..., None]).sum(axis=-1))


def test_certified_values_are_those_of_mpmath():
    rows = np.random.default_rng(1).normal(size=(6, 4)) * 30
    certified = CertifiedRows(target("softmax.log"))(rows)
    with mpmath.workdps(60):
        for row, values in zip(rows, certified, strict=True):
            lse = mpmath.log(mpmath.fsum(mpmath.exp(mpmath.mpf(x)) for x in row))
            assert values.tolist() == [float(mpmath.mpf(x) - lse) for x in row]


@pytest.mark.parametrize(
    ("row", "shares"),
    [
        ([inf, 3.0], [1, 0]),
        ([-inf, 3.0], [0, 1]),
        ([-inf, -inf], [nan, nan]),
        ([inf, inf, 3.0], [nan, nan, 0]),
        ([nan, 3.0], [nan, nan]),
        ([1.7e308, -1.7e308], [1, 0]),
        ([-1e300], [1]),
    ],
)
def test_at_infinite_scores_the_value_is_the_limit_if_there_is_one(row, shares):
    found = CertifiedRows(target("softmax.shift"))(np.array([row]))[0]
    np.testing.assert_array_equal(found, shares)


def test_a_small_error_in_well_conditioned_rows_is_not_hidden_by_large_ones_in_others():
    def softmax(z, axis):
        shares = scipy.special.softmax(z, axis=axis)
        return shares * (1 + 5e-14) if z.shape[-1] == 2 else shares

    found = audit(softmax, claim_named("softmax.shift"), points=20_000)
    assert not found.passes(8)
    (_, scores), _ = found.worst
    assert len(scores) == 2


def test_the_condition_number_of_a_log_sum_exp_is_large_near_its_root():
    conditioning = Conditioning(target("softmax.logsumexp_others"))
    rows = np.array([[-np.log(2.0), -np.log(2.0) + 1e-9], [5.0, 6.0]])
    correct = CertifiedRows(target("softmax.logsumexp_others"))(rows)
    near, far = conditioning.at([rows], [], correct)
    assert near > 1e8
    assert far < 1


@pytest.mark.parametrize(
    ("function", "id"),
    [
        (scipy.special.softmax, "softmax.shift"),
        (scipy.special.logsumexp, "softmax.logsumexp_others"),
        (lambda z: scipy.special.softmax(np.asarray(z)), "softmax.shift"),  # rows one by one
        (lambda z: np.apply_along_axis(scipy.special.softmax, 1, z), "softmax.shift"),  # tables
    ],
    ids=["softmax", "logsumexp", "single rows", "tables only"],
)
def test_what_is_right_passes_however_it_is_called(function, id):
    assert assert_accurate(function, id, points=400, searching=0).failures == 0


@pytest.mark.parametrize(
    ("function", "id"),
    [
        (naive_softmax, "softmax.shift"),
        (lambda z: naive_softmax(z - z.mean(axis=-1, keepdims=True)), "softmax.shift"),
        (lambda z: scipy.special.softmax(z.astype("f4"), -1).astype(float), "softmax.shift"),
        (lambda z: -scipy.special.softmax(z, axis=-1), "softmax.shift"),
        (shifted_lse, "softmax.logsumexp_others"),
        (scipy.special.log_softmax, "softmax.log"),
        (lambda z: np.log(scipy.special.softmax(z, axis=-1)), "softmax.log"),
        (
            lambda z, y: scipy.special.softmax(z, axis=-1) - 1.0001 * y,
            "softmax.cross_entropy_gradient",
        ),
    ],
    ids=[
        "no shift",
        "the mean",
        "float32",
        "sign",
        "lse",
        "log_softmax",
        "log of softmax",
        "label",
    ],
)
def test_what_loses_digits_is_flagged(function, id):
    found = audit(function, claim_named(id), points=400, searching=0)
    assert not found.passes()


def test_the_worst_row_shows_the_error_it_is_said_to_have():
    found = audit(scipy.special.log_softmax, claim_named("softmax.log"), points=400, searching=1)
    (_, row), (_, index) = found.worst
    value = scipy.special.log_softmax(np.array(row))[int(index) - 1]
    assert value == found.got
    assert ulps([value], [found.correct])[0] <= found.max_ulp


def test_the_command_audits_a_function_of_rows():
    arguments = ["audit", "scipy.special:log_softmax", "--as", "softmax.log", "--points", "400"]
    said = CliRunner().invoke(main, [*arguments, "--search", "0"])
    assert said.exit_code == 1
    assert "np.array([" in said.stdout
    assert "times (1 + condition number) ULP" in said.stdout
    as_json = CliRunner().invoke(main, [*arguments, "--search", "0", "--format", "json"])
    assert isinstance(json.loads(as_json.stdout)["audit"]["worst"]["z"], list)


def _writes(z):
    z -= z.max(axis=-1, keepdims=True)
    return scipy.special.softmax(z, axis=-1)


@pytest.mark.parametrize(
    ("function", "why"),
    [
        (_writes, "writes into its argument"),
        (lambda z: z.sum(axis=-1), "shape"),
        (lambda z: scipy.special.softmax(z, axis=-1).astype("f4"), "float32"),
        (lambda z: z[7, 7, 7], "raises IndexError"),
    ],
)
def test_what_cannot_be_audited_is_said_in_a_sentence(function, why):
    with pytest.raises(AuditError, match=why):
        audit(function, claim_named("softmax.shift"), points=100, searching=0)


@pytest.mark.parametrize(
    ("id", "why"),
    [
        ("softmax.positive", "no equation"),
        ("softmax.two_classes", "K = 2 only"),
        ("softmax.sum", "a constant"),
        ("likelihood.gradient", "arrays of one size"),
    ],
)
def test_claims_that_give_no_right_values_of_rows(id, why):
    with pytest.raises(AuditError, match=why):
        target(id)


def test_the_arguments_may_be_named():
    claim = claim_named("softmax.cross_entropy_gradient")
    _, arrange = argument_map("label=y, scores=z", claim)
    assert arrange(["Z", "Y"]) == ((), {"label": "Y", "scores": "Z"})
    with pytest.raises(AuditError, match="no variable of it is given a number"):
        argument_map("y=1", claim)


def test_a_function_along_an_axis_that_is_right_for_single_rows_only_is_flagged():
    def only_alone(z, axis=-1):
        shares = scipy.special.softmax(z, axis=axis)
        return shares if np.ndim(z) == 1 else shares[::-1]

    found = audit(only_alone, claim_named("softmax.shift"), points=300, searching=0)
    assert not found.passes()
