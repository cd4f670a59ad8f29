"""A logistic regression trained by gradient descent, with the derived cost and gradient.

Cost and gradient are compiled from the claims of `derivations.mean_cross_entropy`, not written
a second time. Why the result is not the theta that made the labels is what the chapter
`derivations.training` derives.

>>> result = train()
>>> [round(value, 5) for value in result.theta]
[0.34324, 0.90688, 1.55689]
>>> round(result.test_loss, 8)
0.27879988
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from derivations.likelihood import j, theta, x, y
from derivations.mean_cross_entropy import COST_GRADIENT, MEAN
from numeric.compile import numpy_function

Floats: TypeAlias = NDArray[np.float64]

SEED: Final = 42
SAMPLES: Final = 100
TEST_SAMPLES: Final = 20
TRUE_THETA: Final = (1.0, 2.0, 3.0)
NOISE: Final = 0.2
RATE: Final = 0.01
STEPS: Final = 1000


@dataclass(frozen=True, slots=True)
class Data:
    """Samples: `features` of shape (m, n), `labels` of shape (m,), each 0.0 or 1.0."""

    features: Floats
    labels: Floats


@dataclass(frozen=True, slots=True)
class Training:
    """What a training run gives.

    `train_losses` and `test_losses` hold the mean cross-entropy before the first step and after
    every step, so they are one longer than the number of steps.
    """

    theta: tuple[float, ...]
    train_losses: tuple[float, ...]
    test_losses: tuple[float, ...]
    rate: float

    @property
    def steps(self) -> int:
        return len(self.train_losses) - 1

    @property
    def test_loss(self) -> float:
        return self.test_losses[-1]


def noisy_labels(seed: int = SEED) -> Data:
    """100 samples: a column of ones, two normal features, and the labels
    `features @ (1, 2, 3) + 0.2 * noise > 0`.

    Drawn from NumPy's legacy `RandomState(seed)`, the features before the noise.
    """
    state = np.random.RandomState(seed)
    features = np.column_stack((np.ones(SAMPLES), state.randn(SAMPLES, len(TRUE_THETA) - 1)))
    scores = features @ np.array(TRUE_THETA) + NOISE * state.randn(SAMPLES)
    return Data(features, (scores > 0).astype(np.float64))


def split(data: Data, seed: int = SEED) -> tuple[Data, Data]:
    """Training and test samples; the first 20 of `RandomState(seed).permutation` are the test."""
    order = np.random.RandomState(seed).permutation(len(data.labels))
    test, rest = order[:TEST_SAMPLES], order[TEST_SAMPLES:]
    return (
        Data(data.features[rest], data.labels[rest]),
        Data(data.features[test], data.labels[test]),
    )


@cache
def cost() -> Callable[[Floats, Floats, Floats], Floats]:
    """The mean cross-entropy of (features, labels, theta), compiled from its definition."""
    return numpy_function(MEAN.claim.lhs, (x, y, theta))


@cache
def gradient() -> Callable[[Floats, Floats, Floats, NDArray[np.int64]], Floats]:
    """Entries j (counted from 1) of the gradient at (features, labels, theta, j), compiled from
    the right side of `mean_cross_entropy.gradient`."""
    return numpy_function(COST_GRADIENT.claim.rhs, (x, y, theta, j))


def fit(train: Data, test: Data, *, rate: float = RATE, steps: int = STEPS) -> Training:
    """Gradient descent of the mean cross-entropy from theta = 0: theta -= rate * gradient."""
    parameters = np.zeros(train.features.shape[1])
    entries = np.arange(1, len(parameters) + 1)
    train_losses = [float(cost()(train.features, train.labels, parameters))]
    test_losses = [float(cost()(test.features, test.labels, parameters))]
    for _ in range(steps):
        slope = gradient()(train.features, train.labels, parameters, entries)
        parameters = parameters - rate * slope
        train_losses.append(float(cost()(train.features, train.labels, parameters)))
        test_losses.append(float(cost()(test.features, test.labels, parameters)))
    return Training(
        tuple(float(value) for value in parameters),
        tuple(train_losses),
        tuple(test_losses),
        rate,
    )


@cache
def train() -> Training:
    """The run of the book: the noisy labels, rate 0.01, 1000 steps."""
    return fit(*split(noisy_labels()))
