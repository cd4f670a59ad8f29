"""Sums of waves whose height falls slowly, by mpmath's floats: summation by parts. Estimates.

With z = exp(i*w) not near 1 and D the difference f(k + 1) - f(k),

    sum of z**k*f(k) over k >= M = z**M/(1 - z) * sum over j >= 0 of (z/(1 - z))**j * D**j f(M),

an asymptotic series whose terms fall as long as j is below about M*abs(1 - z).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final

import mpmath
from mpmath import mp, mpf

from numeric.reference.sums import by_integrals, by_terms

Term = Callable[[Any], Any]


class Height:
    """The height of a wave at whole numbers, and its differences, each found once."""

    def __init__(self, digits: int) -> None:
        self.digits = digits
        self.working = 2 * digits + 20
        self._values: dict[int, Any] = {}
        self._rows: dict[int, tuple[Any, ...]] = {}

    def at(self, k: int, term: Term) -> Any:
        if k not in self._values:
            with mpmath.workdps(self.working):
                self._values[k] = term(mpf(k))
        return self._values[k]

    def differences(self, start: int, sign: int, term: Term) -> tuple[Any, ...]:
        """f, D f, D**2 f, ... at the start, of the height times sign**k."""
        key = start if sign > 0 else -start
        if key not in self._rows:
            ks = range(start, start + _MOST_DIFFERENCES)
            row = [self.at(k, term) * (sign if k % 2 else 1) for k in ks]
            found = []
            while row:
                found.append(row[0])
                row = [after - before for before, after in pairwise(row)]
            self._rows[key] = tuple(found)
        return self._rows[key]


_MOST_TERMS: Final = 4800
_FIRST_COUNT: Final = 150
# Terms that are summed one by one, for each digit and unit of 1/abs(1 - z).
_FOR_A_DIGIT: Final = 4
_MOST_DIFFERENCES: Final = 120
# Where a height is asked whether its sign alternates, counted from the first index.
_PROBES: Final = range(8, 16)


def by_parts(height: Height, term: Term, phase: Any, speed: Any, first: int) -> Any | None:
    """The sum of term(k)*exp(i*(phase + speed*k)) over k >= first; None where it is not found.

    `height` remembers the term at whole numbers.
    """
    digits = height.digits
    probes = [height.at(max(first, 0) + k, term) for k in _PROBES]
    sign = -1 if all(one * two < 0 for one, two in pairwise(probes)) else 1
    z = mpmath.expj(speed) * sign
    beside = abs(1 - z)
    if beside < mpf(10) ** (-mp.dps // 2):

        def still(k: Any) -> Any:
            return term(k) * sign ** int(k) if sign < 0 else term(k)

        value = by_terms(still, first, digits)
        value = by_integrals(still, first, digits) if value is None else value
        return None if value is None else mpmath.expj(phase) * value
    many = _FIRST_COUNT
    while many * beside < digits * _FOR_A_DIGIT:
        many *= 2
        if many > _MOST_TERMS:
            return None
    start = max(first, 0) + many
    with mpmath.workdps(height.working):
        z = mpmath.expj(speed) * sign
        total, power = mp.zero, z**first
        for k in range(first, start):
            total += power * height.at(k, term) * (sign if k % 2 else 1)
            power *= z
        factor, before = power / (1 - z), None
        for difference in height.differences(start, sign, term):
            part = factor * difference
            size = abs(part)
            if before is not None and size > before:
                return None
            total += part
            if size <= mpf(10) ** -(digits + 8):
                return mpmath.expj(phase) * total
            before = size
            factor *= z / (1 - z)
    return None
