"""The figures that the README quotes, both sides of each in one run.

Run it with `make bench`. Machines are noisy: quote the ratios and the medians.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from itertools import islice
from pathlib import Path

import mpmath
import sympy

from derivations.core import Derivation
from derivations.core.to_sympy import to_sympy
from derivations.sigmoid import DERIVATIVE
from numeric.judging.compare import Bench
from numeric.points.sample import points_of

COMMAND = (sys.executable, "-m", "reports.cli")
DIGITS = 50
POINTS = 200


def seconds_of(*arguments: str, times: int = 1) -> list[float]:
    """The wall seconds of the command in a new process, `times` times."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False)
        found.append(time.perf_counter() - start)
        if done.returncode:
            raise SystemExit(f"derivations {' '.join(arguments)} failed: {done.stderr}")
    return found


def worked() -> float:
    """The processor seconds of all commands so far: the wall tells what else the machine does."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def per_second(work: Callable[[], int]) -> float:
    """Points per second, the median of five runs after one that warms up."""
    work()
    rates = []
    for _ in range(5):
        start = time.perf_counter()
        points = work()
        rates.append(points / (time.perf_counter() - start))
    return statistics.median(rates)


def certified(derivation: Derivation) -> Callable[[], int]:
    """Both sides by Arb's balls and by mpmath at raised precision, compared."""
    claim = derivation.claim
    sample = list(islice(points_of(claim, seed=0), POINTS))

    def work() -> int:
        bench = Bench(iter(sample), DIGITS)
        for number in range(POINTS):
            bench.finding(claim.lhs, claim.rel, claim.rhs, number)
        return POINTS

    return work


def plain(derivation: Derivation) -> Callable[[], int]:
    """Both sides by mpmath through SymPy's lambdify at a fixed precision, subtracted."""
    claim = derivation.claim
    (variable, _), *_ = claim.on
    x = to_sympy(variable)
    sides = [
        sympy.lambdify(x, to_sympy(side, claim.domains).doit(), "mpmath")
        for side in (claim.lhs, claim.rhs)
    ]
    sample = islice(points_of(claim, seed=0), POINTS)
    values = [Fraction(point[variable]) for point in sample]

    def work() -> int:
        with mpmath.workdps(DIGITS):
            for value in values:
                at = mpmath.mpf(value.numerator) / value.denominator
                abs(sides[0](at) - sides[1](at))
        return len(values)

    return work


def main() -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors")
    starts = seconds_of("list", times=5)
    print(f"derivations list           {statistics.median(starts):7.2f} s  (median of 5)")
    one = seconds_of("verify", "--jobs", "1")[0]
    print(f"verify all, one job        {one:7.2f} s")
    before = worked()
    two = seconds_of("verify", "--jobs", "2")[0]
    print(f"verify all, two jobs       {two:7.2f} s  ({one / two:.2f} times as fast)")
    print(f"  of processors' time      {worked() - before:7.2f} s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest process            {peak:7.0f} MB")
    ours, theirs = per_second(certified(DERIVATIVE)), per_second(plain(DERIVATIVE))
    print(f"certified comparison       {ours:7.0f} points/s  ({DERIVATIVE.id}, {DIGITS} digits)")
    print(
        f"mpmath through lambdify    {theirs:7.0f} points/s  (the same points, nothing certified)"
    )
    print(f"ratio                      {ours / theirs:7.2f}")


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parent.parent)
    main()
