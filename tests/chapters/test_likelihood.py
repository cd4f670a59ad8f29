"""The likelihood and the cost against plain NumPy, and the sizes stay symbolic."""

from __future__ import annotations

import numpy as np
import pytest

from derivations import likelihood, mean_cross_entropy
from derivations.core import Derivation
from derivations.core.substitute import free_symbols
from derivations.likelihood import alpha, j, m, n, theta, x, y
from numeric.compile import numpy_function

SHAPES = [(2, 2), (2, 3), (3, 2), (5, 4)]

GRADIENTS = [
    likelihood.GRADIENT,
    likelihood.ASCENT,
    mean_cross_entropy.COST_GRADIENT,
    mean_cross_entropy.GRADIENT_MATRIX,
    mean_cross_entropy.DESCENT,
]


def plain_cost(features: np.ndarray, labels: np.ndarray, parameters: np.ndarray) -> float:
    h = 1 / (1 + np.exp(-features @ parameters))
    return float(-np.mean(labels * np.log(h) + (1 - labels) * np.log(1 - h)))


def samples(shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.RandomState(sum(shape))
    size, features = shape
    labels = (random.rand(size) > 0.5).astype(np.float64)
    return random.randn(size, features), labels, random.randn(features)


def central_difference(data: tuple[np.ndarray, np.ndarray, np.ndarray]) -> np.ndarray:
    features, labels, parameters = data
    steps = 1e-5 * np.eye(len(parameters))
    ends = [
        (
            plain_cost(features, labels, parameters + step),
            plain_cost(features, labels, parameters - step),
        )
        for step in steps
    ]
    return np.array([(high - low) / 2e-5 for high, low in ends])


@pytest.mark.parametrize("derivation", GRADIENTS, ids=lambda d: d.id)
def test_the_sizes_stay_symbolic(derivation: Derivation) -> None:
    assert {m, n} <= set(derivation.claim.domains)
    assert all(m in free_symbols(line) for line in derivation.lines[1:-1])


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "derivation",
    [mean_cross_entropy.COST_GRADIENT, mean_cross_entropy.GRADIENT_MATRIX],
    ids=lambda d: d.id,
)
def test_the_gradient_of_the_cost_is_its_difference_quotient(
    derivation: Derivation, shape: tuple[int, int]
) -> None:
    data = samples(shape)
    gradient = numpy_function(derivation.claim.rhs, (x, y, theta, j))
    entries = np.arange(1, shape[1] + 1)
    assert np.asarray(gradient(*data, entries)) == pytest.approx(
        central_difference(data), rel=1e-6, abs=1e-9
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_a_step_of_descent_lowers_the_cost_and_a_step_of_ascent_raises_the_likelihood(
    shape: tuple[int, int],
) -> None:
    features, labels, parameters = samples(shape)
    entries = np.arange(1, shape[1] + 1)
    for derivation in (mean_cross_entropy.DESCENT, likelihood.ASCENT):
        step = numpy_function(derivation.claim.rhs, (x, y, theta, alpha, j))
        moved = np.asarray(step(features, labels, parameters, 1e-3, entries))
        assert plain_cost(features, labels, moved) < plain_cost(features, labels, parameters)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_steps_for_single_samples_add_up_to_the_step_for_all(shape: tuple[int, int]) -> None:
    features, labels, parameters = samples(shape)
    entries = np.arange(1, shape[1] + 1)
    whole = numpy_function(likelihood.ASCENT.claim.rhs, (x, y, theta, alpha, j))
    single = numpy_function(
        likelihood.STOCHASTIC_ASCENT.claim.rhs, (x, y, theta, alpha, likelihood.i, j)
    )
    moves = [
        np.asarray(single(features, labels, parameters, 0.5, sample, entries)) - parameters
        for sample in range(1, shape[0] + 1)
    ]
    all_at_once = np.asarray(whole(features, labels, parameters, 0.5, entries)) - parameters
    assert np.sum(moves, axis=0) == pytest.approx(all_at_once, rel=1e-12)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_likelihood_is_the_product_of_the_probabilities_of_the_labels(
    shape: tuple[int, int],
) -> None:
    features, labels, parameters = samples(shape)
    h = 1 / (1 + np.exp(-features @ parameters))
    product = numpy_function(likelihood.PRODUCT.claim.rhs, (x, y, theta))
    assert float(product(features, labels, parameters)) == pytest.approx(
        float(np.prod(np.where(labels == 1, h, 1 - h))), rel=1e-12
    )
