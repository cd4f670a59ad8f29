"""The softmax against SciPy's, and claims that are false without their hypothesis."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.special

from derivations import softmax
from derivations.core import Claim
from derivations.softmax import i, j, y, z
from numeric.compile import numpy_function
from numeric.evidence import Verdict
from numeric.judging.judge import check


@pytest.mark.parametrize("size", [1, 2, 3, 10])
def test_the_softmax_is_that_of_scipy(size: int) -> None:
    scores = np.random.RandomState(size).randn(size)
    share = numpy_function(softmax.POSITIVE.claim.lhs, (z, i))
    assert np.asarray(share(scores, np.arange(1, size + 1))) == pytest.approx(
        scipy.special.softmax(scores), rel=1e-14
    )


@pytest.mark.parametrize("size", [1, 2, 3, 10])
def test_the_jacobian_is_diag_of_s_less_its_outer_product(size: int) -> None:
    scores = np.random.RandomState(size).randn(size)
    s = scipy.special.softmax(scores)
    entry = numpy_function(softmax.JACOBIAN.claim.rhs, (z, i, j))
    classes = np.arange(1, size + 1)
    jacobian = np.asarray(entry(scores, classes[:, None], classes[None, :]))
    assert jacobian == pytest.approx(np.diag(s) - np.outer(s, s), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("label", [(0, 0, 1), (0.2, 0.3, 0.5)], ids=["one-hot", "soft"])
def test_the_gradient_of_the_cross_entropy_is_its_difference_quotient(
    label: tuple[float, ...],
) -> None:
    scores, weights = np.array([0.5, -1.0, 2.0]), np.array(label, dtype=np.float64)

    def cost(at: np.ndarray) -> float:
        return float(-np.sum(weights * scipy.special.log_softmax(at)))

    quotient = [(cost(scores + e) - cost(scores - e)) / 2e-5 for e in 1e-5 * np.eye(3)]
    gradient = numpy_function(softmax.CROSS_ENTROPY_GRADIENT.claim.rhs, (z, y, j))
    assert np.asarray(gradient(scores, weights, np.arange(1, 4))) == pytest.approx(
        quotient, rel=1e-6
    )


def test_the_gradient_is_refuted_where_the_weights_need_not_add_up_to_1() -> None:
    claim = softmax.CROSS_ENTROPY_GRADIENT.claim
    bare = Claim("bare", claim.lhs, claim.rel, claim.rhs, on=claim.domains)
    assert check(bare, points=20).verdict is Verdict.REFUTED


def test_the_sigmoid_is_refuted_for_more_than_two_classes() -> None:
    claim = softmax.TWO_CLASSES.claim
    bare = Claim("bare", claim.lhs, claim.rel, claim.rhs, on=claim.domains, where=softmax.K > 2)
    assert check(bare, points=20).verdict is Verdict.REFUTED
