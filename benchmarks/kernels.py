"""How fast the kernels are: beside the formula as it is written, and the fastest accurate library.

`python -m benchmarks.kernels` prints, for a million points in one thread, the median nanoseconds
of its time a point of each kernel, of the naive lambdified formula, and of each library function
that is accurate to 5 ULP (NumPy, SciPy, scikit-learn), with ratios taken in the same run; then the
slope of the soft label for other labels and scores, as its time depends on how many are near its
root; then the points a second of the certified reference beside mpmath through `lambdify` at 50
digits, and of the search. `python -m benchmarks.kernels ID ...` times these kernels alone. Kernels
of rows are in `benchmarks.rows`.

Where memory is fresh the naive formula pays for its large arrays, up to three times its time, and
how often that happens is chance. So glibc is told to keep memory that was used before, and the
naive formula is at its fastest; the first line says whether that is so.
"""

from __future__ import annotations

import ctypes
import importlib
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import mpmath
import numpy as np

from benchmarks.field import FIELD
from derivations.core.domain import Interval
from numeric.accuracy.audit import audit
from numeric.accuracy.certified import Certified
from numeric.accuracy.guide import guide_for
from numeric.accuracy.named import claim_named
from numeric.accuracy.points import battery, range_of
from numeric.accuracy.target import Target, target_of
from numeric.cache import Cache
from numeric.compile import mpmath_function, numpy_function
from numeric.kernels.kernel import kernel
from numeric.kernels.shelf import KERNELS

POINTS = 1_000_000
ROUNDS = 9
ACCURATE = 5.0
RIVALS = ("numpy", "scipy", "sklearn")


# What `mallopt` calls the sizes from which memory is given back, and taken from the system anew.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3


def memory_is_kept() -> bool:
    """Arrays take memory that was used before from now on, if this is glibc."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is None:
        return False
    return all(mallopt(size, 1 << 30) == 1 for size in (_MMAP_THRESHOLD, _TRIM_THRESHOLD))


def main(ids: Sequence[str] = ()) -> int:
    kept = memory_is_kept()
    print("in memory that was used before" if kept else "in memory that may be new: ratios vary")
    print(f"{'result':46} {'kernel':>8} {'naive':>8} {'ratio':>6}  fastest accurate rival")
    for id in ids or KERNELS:
        claim = claim_named(id)
        target = target_of(claim, {})
        columns = _columns(target)
        naive = numpy_function(target.formula, target.variables)
        rivals = _rivals(id) if len(columns) == 1 else {}
        ours = kernel(id, cache=Cache())
        times = interleaved({"kernel": ours, "naive": naive, **rivals}, columns)
        line = (
            f"{id:46} {times['kernel']:6.2f}ns {times['naive']:6.2f}ns "
            f"{times['kernel'] / times['naive']:6.2f}"
        )
        if rivals:
            best = min(rivals, key=lambda name: times[name])
            line += f"  {best} {times[best]:.2f}ns, ratio {times['kernel'] / times[best]:.2f}"
        print(line, flush=True)
    if not ids:
        _labels()
        _references()
    return 0


def _rivals(id: str) -> dict[str, Callable[..., Any]]:
    """The functions of the libraries that are accurate."""
    found: dict[str, Callable[..., Any]] = {}
    for entry in FIELD.get(id, ()):
        if not entry.name.startswith(RIVALS):
            continue
        try:
            function = entry.make(importlib.import_module)
        except ImportError:
            continue
        if audit(function, claim_named(id), points=4000, searching=0).passes(ACCURATE):
            found[entry.name] = function
    return found


def _columns(target: Target) -> list[Any]:
    """Uniform points of each domain, at most 40 from 0; labels are drawn."""
    random = np.random.default_rng(0)
    columns = []
    for domain in target.domains:
        if isinstance(domain, Interval):
            low, high = (float(end) for end in range_of(domain).ends)
            columns.append(random.uniform(max(low, -40.0), min(high, 40.0), POINTS))
        else:
            columns.append(random.choice(battery(domain, np.array([]), 2, random), POINTS))
    return columns


def _labels() -> None:
    """The slope of the soft label: labels 0 and 1, or uniform; scores uniform, or normal."""
    id = "soft_label.derivative"
    target = target_of(claim_named(id), {})
    functions = {
        "kernel": kernel(id, cache=Cache()),
        "naive": numpy_function(target.formula, target.variables),
    }
    random = np.random.default_rng(0)
    labels = {
        "labels 0 and 1": random.integers(0, 2, POINTS).astype(float),
        "uniform labels": random.uniform(0, 1, POINTS),
    }
    scores = {
        "scores uniform to 40": random.uniform(-40, 40, POINTS),
        "scores N(0, 2)": random.normal(0, 2, POINTS),
    }
    print()
    for label, y in labels.items():
        for score, z in scores.items():
            times = interleaved(functions, [y, z])
            print(
                f"{id}, {label}, {score}: {times['kernel']:.2f}ns {times['naive']:.2f}ns "
                f"{times['kernel'] / times['naive']:.2f}"
            )


def interleaved(functions: dict[str, Callable[..., Any]], columns: list[Any]) -> dict[str, float]:
    """Median nanoseconds a point; the functions take turns, so that noise meets all alike. Each is
    called twice in its turn, and timed at the second: what memory the first one finds is chance."""
    seconds: dict[str, list[float]] = {name: [] for name in functions}
    for _ in range(ROUNDS):
        for name, function in functions.items():
            function(*columns)
            start = time.thread_time()
            function(*columns)
            seconds[name].append(time.thread_time() - start)
    return {name: 1e9 * statistics.median(many) / POINTS for name, many in seconds.items()}


def _references() -> None:
    print()
    for id in ("sigmoid.exp_form", "sigmoid.derivative", "softplus.stable_form"):
        target = target_of(claim_named(id), {})
        points = np.random.default_rng(0).uniform(-40, 40, 40_000)
        certified = _rate(Certified(target.formula, target.variables), points)
        plain = _plain(target, points[:4000])
        print(
            f"{id:36} certified {certified:9.0f} points/s, mpmath at 50 digits {plain:7.0f}: "
            f"ratio {certified / plain:.1f}"
        )
        _search(target, points)


def _rate(function: Callable[[Any], Any], points: Any) -> float:
    rates = []
    for _ in range(5):
        start = time.thread_time()
        function(points)
        rates.append(points.size / (time.thread_time() - start))
    return statistics.median(rates)


def _plain(target: Target, points: Any) -> float:
    function = mpmath_function(target.formula, target.variables)
    with mpmath.workdps(50):
        arguments = [mpmath.mpf(point) for point in points.tolist()]
        rates = []
        for _ in range(5):
            start = time.thread_time()
            for argument in arguments:
                function(argument)
            rates.append(len(arguments) / (time.thread_time() - start))
    return statistics.median(rates)


def _search(target: Target, points: Any) -> None:
    correct = Certified(target.formula, target.variables)(points)
    guide = guide_for(target.equals, target.variables, [points], correct)
    if guide is None:
        print(f"{'':36} no guide on this machine")
        return
    ours = kernel(target.id)
    many = np.random.default_rng(1).uniform(-40, 40, POINTS)
    rate = _rate(lambda at: guide.errors([at], ours(at)), many)
    print(f"{'':36} searched  {rate / 1e6:.1f} million points/s")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
