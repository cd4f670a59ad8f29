"""How fast the kernels of rows are: beside the formula as it is written in NumPy, and SciPy's.

`python -m benchmarks.rows` prints, for a million numbers in rows of 3 to 1000, the median
nanoseconds of one thread a number, and the ratios, taken in the same run. (A Jacobian has a million
entries.)
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import special

from benchmarks.kernels import POINTS, interleaved
from numeric.accuracy.named import claim_named
from numeric.accuracy.rows.target import row_target_of
from numeric.cache import Cache
from numeric.kernels.kernel import kernel

SIZES = (3, 10, 20, 30, 100, 1000)


def _shares(z: Any) -> Any:
    powers = np.exp(z)
    return powers / powers.sum(axis=-1, keepdims=True)


def _log_sum(z: Any) -> Any:
    return np.log(np.exp(z).sum(axis=-1))


def _along(z: Any, v: Any) -> Any:
    s = _shares(z)
    return s * (v - (s * v).sum(axis=-1, keepdims=True))


def _jacobian(z: Any) -> Any:
    s = _shares(z)
    return s[..., :, None] * (np.eye(z.shape[-1]) - s[..., None, :])


def _costs(z: Any, y: Any) -> Any:
    return (y * (_log_sum(z)[..., None] - z)).sum(axis=-1)


# The formulas as they are derived, each sum computed once.
NAIVE: dict[str, Callable[..., Any]] = {
    "softmax.shift": _shares,
    "softmax.log": lambda z: z - _log_sum(z)[..., None],
    "softmax.logsumexp_others": _log_sum,
    "softmax.jacobian": _jacobian,
    "softmax.log_jacobian": lambda z: np.eye(z.shape[-1]) - _shares(z)[..., None, :],
    "softmax.jacobian_product": _along,
    "softmax.cross_entropy_scores": _costs,
    "softmax.cross_entropy_slope": lambda z, y: _shares(z) * y.sum(axis=-1, keepdims=True) - y,
    "softmax.cross_entropy_gradient": lambda z, y: _shares(z) - y,
}
SCIPY: dict[str, Callable[..., Any]] = {
    "softmax.shift": lambda z: special.softmax(z, axis=-1),
    "softmax.log": lambda z: special.log_softmax(z, axis=-1),
    "softmax.logsumexp_others": lambda z: special.logsumexp(z, axis=-1),
}


def main() -> int:
    print(f"{'result':32} {'rows of':>7} {'kernel':>8} {'naive':>8} {'ratio':>6}")
    for id, naive in NAIVE.items():
        ours = kernel(id, cache=Cache())
        rivals = {"scipy": SCIPY[id]} if id in SCIPY else {}
        for size in SIZES:
            columns = _columns(id, size)
            if columns is None:
                continue
            times = interleaved({"kernel": ours, "naive": naive, **rivals}, columns)
            line = (
                f"{id:32} {size:7} {times['kernel']:6.2f}ns {times['naive']:6.2f}ns "
                f"{times['kernel'] / times['naive']:6.2f}"
            )
            if rivals:
                ratio = times["kernel"] / times["scipy"]
                line += f"  scipy {times['scipy']:.2f}ns, ratio {ratio:.2f}"
            print(line)
    return 0


def _columns(id: str, size: int) -> list[Any] | None:
    """Scores uniform over [-20, 20], and weights that add up to 1 where some are taken; None where
    a Jacobian would be of one row."""
    target = row_target_of(claim_named(id), {})
    rows = POINTS // size ** max(len(target.indices), 1)
    if rows < SIZES[1]:
        return None
    random = np.random.default_rng(0)
    columns = [random.uniform(-20, 20, (rows, size))]
    return columns + [random.dirichlet(np.ones(size), rows) for _ in target.arrays[1:]]


if __name__ == "__main__":
    sys.exit(main())
