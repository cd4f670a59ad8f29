"""The trained logistic regression: its numbers, and the reasons why they are not the true ones."""

from __future__ import annotations

from math import log, pi, sqrt
from random import Random

import numpy as np
import pytest

from numeric.training import (
    NOISE,
    RATE,
    STEPS,
    TRUE_THETA,
    Data,
    Floats,
    Training,
    cost,
    fit,
    gradient,
    noisy_labels,
    split,
    train,
)


@pytest.fixture(scope="module")
def trained() -> Training:
    return train()


def sigmoid(z: Floats) -> Floats:
    return 1 / (1 + np.exp(-z))


def plain_loss(data: Data, theta: Floats) -> float:
    # log(1 + exp(-+z)), which keeps small losses where 1 - sigmoid(z) rounds to 0.
    signs = 2 * data.labels - 1
    return float(np.mean(np.logaddexp(0, -signs * (data.features @ theta))))


def plain_gradient(data: Data, theta: Floats) -> Floats:
    error = sigmoid(data.features @ theta) - data.labels
    return data.features.T @ error / len(data.labels)


def test_training_gives_the_known_parameters_and_test_loss(trained: Training) -> None:
    assert trained.theta == pytest.approx((0.34324, 0.90688, 1.55689), abs=5e-6)
    assert trained.test_loss == pytest.approx(0.27879988, abs=5e-9)
    assert (trained.steps, trained.rate) == (1000, 0.01)


def test_a_plain_loop_gives_the_same_parameters_and_losses(trained: Training) -> None:
    data, test = split(noisy_labels())
    theta = np.zeros(3)
    losses = [plain_loss(data, theta)]
    for _ in range(STEPS):
        theta = theta - RATE * plain_gradient(data, theta)
        losses.append(plain_loss(data, theta))
    assert trained.theta == pytest.approx(tuple(theta), rel=1e-12)
    assert trained.train_losses == pytest.approx(losses, rel=1e-12)
    assert trained.test_loss == pytest.approx(plain_loss(test, theta), rel=1e-12)


def test_the_data_are_drawn_as_described() -> None:
    state = np.random.RandomState(42)
    x = state.randn(100, 2)
    noise = state.randn(100)
    data = noisy_labels()
    assert np.array_equal(data.features, np.column_stack((np.ones(100), x)))
    labels = (1 + 2 * x[:, 0] + 3 * x[:, 1] + 0.2 * noise) > 0
    assert np.array_equal(data.labels, labels)
    rest, test = split(data)
    assert (len(rest.labels), len(test.labels)) == (80, 20)
    first = np.random.RandomState(42).permutation(100)[0]
    assert np.array_equal(test.features[0], data.features[first])


@pytest.mark.parametrize(("m", "n"), [(1, 1), (2, 3), (7, 2)])
def test_the_compiled_cost_and_gradient_are_those_of_plain_numpy(m: int, n: int) -> None:
    random = np.random.RandomState(Random(m).randrange(1000))
    data = Data(random.randn(m, n), (random.rand(m) > 0.5).astype(np.float64))
    theta = random.randn(n)
    entries = np.arange(1, n + 1)
    assert float(cost()(data.features, data.labels, theta)) == pytest.approx(
        plain_loss(data, theta), rel=1e-12
    )
    compiled = gradient()(data.features, data.labels, theta, entries)
    assert np.asarray(compiled) == pytest.approx(plain_gradient(data, theta), rel=1e-12)


def test_the_cost_begins_at_log_2_and_falls_in_every_step(trained: Training) -> None:
    assert trained.train_losses[0] == pytest.approx(log(2), rel=1e-15)
    assert np.all(np.diff(trained.train_losses) < 0)


def test_descent_has_not_arrived(trained: Training) -> None:
    data, _ = split(noisy_labels())
    slope = plain_gradient(data, np.array(trained.theta))
    assert float(np.linalg.norm(slope)) > 0.1
    # Newton's method does arrive: far away, where the gradient vanishes and the cost is a fifth.
    theta = np.zeros(3)
    for _ in range(30):
        h = sigmoid(data.features @ theta)
        hessian = (data.features * (h * (1 - h))[:, None]).T @ data.features / len(h)
        theta = theta - np.linalg.solve(hessian, plain_gradient(data, theta))
    assert float(np.linalg.norm(plain_gradient(data, theta))) < 1e-12
    assert theta == pytest.approx((16.194, 28.292, 42.481), abs=1e-3)
    assert plain_loss(data, theta) < 0.2 * trained.train_losses[-1]
    # A multiple of (1, 2, 3) that the noise sets would be 8; the true parameters are no minimum.
    assert 4 / (NOISE * sqrt(2 * pi)) == pytest.approx(7.98, abs=0.005)
    assert float(np.linalg.norm(plain_gradient(data, np.array(TRUE_THETA)))) > 0.01


def test_a_longer_run_goes_past_the_true_parameters() -> None:
    longer = fit(*split(noisy_labels()), rate=1.0, steps=1000)
    assert all(value > true for value, true in zip(longer.theta, TRUE_THETA, strict=True))
