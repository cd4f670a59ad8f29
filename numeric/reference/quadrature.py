"""Integrals over infinite ranges by mpmath's floats: double-exponential rules about the peak.

The trapezoidal rule in t, where x = c + w*sinh(t) on the whole line (c + w*t for what falls like a
Gaussian) and x = a + w*exp(t - exp(-t)) on a half line, c and w the place and the width of the
integrand's peak; where the integrand falls slowly, with sinh(t)*pi/2 for t in both. The step is
halved until three results agree. An estimate: it proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import mpmath
from mpmath import mp, mpf
from mpmath.calculus.quadrature import GaussLegendre

from numeric.balls.values import Indeterminate, Undefined

Function = Callable[[Any], Any]

# The first step of the rule, and where its points begin: never on 0, where a quotient may have
# a hole.
_STEP: Final = 0.5
_OFFSET: Final = 1 / 3
_LEVELS: Final = 8
# How many times as many digits are right after a halving: they double for what grows like an
# exponential off the real line, and grow fourfold for a Gaussian.
_GAINS: Final = {False: 2, True: 3}
_MOST_NODES: Final = 5000
# So far does t go, by the kind of the rule: where it is exceeded, the integrand falls slowly.
_FAST: Final = 16
_REACHES: Final = {"plain": _FAST + 4, "line": 11, "half": 11, "slow": 9}
# Gauss's rules with 6, 12, 24, 48 and 96 nodes, by mpmath's numbers for them.
_DEGREES: Final = (2, 3, 4, 5, 6)
# So many small values in a row end the sum.
_SMALL_ONES: Final = 4
# A peak is looked for at this place times powers of 2: no round number.
_PLACE: Final = 1.0373


def whole_line(f: Function, digits: int) -> Any | None:
    """The integral of f from -oo to oo to about `digits` digits of that of |f|; None where the
    rule does not converge."""
    distances = [mpf(_PLACE) * mpf(2) ** k for k in range(-3, 12)]
    places = [-d for d in reversed(distances)] + [mpf(_PLACE) / 64, *distances]
    peak = _peak(f, places)
    if peak is None:
        return None
    centre, width = peak
    if _falls_fast(f, centre, width, digits):
        value = Rule(f, centre, width, "plain").value(digits)
        if value is not None:
            return value
    return _by_rule(f, centre, width, "line", digits)


def _falls_fast(f: Function, centre: Any, width: Any, digits: int) -> bool:
    """Whether nothing is left so many widths from the peak: the rule needs no other variable."""
    try:
        top = abs(f(centre))
        sizes = [abs(f(centre + side * _FAST * width)) for side in (1, -1)]
    except (Undefined, ZeroDivisionError):
        return False
    return bool(max(sizes) <= top * mpf(10) ** -(digits + 3))


def half_line(f: Function, start: Any, digits: int) -> Any | None:
    """The integral of f from `start` to oo, likewise."""
    peak = _peak(f, [start + mpf(_PLACE) * mpf(2) ** k for k in range(-6, 12)])
    if peak is None:
        return None
    centre, width = peak
    if centre - start < 4 * width:
        return _by_rule(f, start, centre - start + width, "half", digits)
    above = _by_rule(f, centre, width, "half", digits)
    if above is None:
        return None
    below, error = mpmath.quad(f, [start, centre], error=True, maxdegree=10)
    small = mpf(10) ** -digits * max(1, abs(above + below))
    return above + below if error <= small else None


def _by_rule(f: Function, centre: Any, width: Any, kind: str, digits: int) -> Any | None:
    for slow in (False, True):
        value = Rule(f, centre, width, kind + (" slow" if slow else "")).value(digits)
        if value is not None:
            return value
    return None


class Rule:
    """The trapezoidal rule for one integrand."""

    def __init__(self, f: Function, centre: Any, width: Any, kind: str) -> None:
        self.f = f
        self.centre, self.width = centre, width
        self.kind = kind
        self.reach = _REACHES.get(kind.rsplit(maxsplit=1)[-1], _FAST)

    @staticmethod
    def variable(level: int, k: int) -> Any:
        """The variable of the rule at a point of a level."""
        first = mpf(_OFFSET) * _STEP
        if level == 0:
            return first + k * mpf(_STEP)
        step = mpf(_STEP) / 2 ** (level - 1)
        return first + k * step + step / 2

    def at(self, level: int, k: int) -> Any:
        """The transformed integrand at a point of a level."""
        place, weight = _node(self.kind, level, k, mp.prec)
        return self.f(self.centre + self.width * place) * weight

    def value(self, digits: int) -> Any | None:
        try:
            # What is left out at each end is below the size of the rest times this.
            least = mpf(10) ** -(digits + 3)
            first = self.at(0, 0)
            total, size = first, abs(first)
            ends = []
            for side in (1, -1):
                k, small = 0, 0
                while small < _SMALL_ONES:
                    k += side
                    if abs(k) * _STEP > self.reach:
                        return None
                    term = self.at(0, k)
                    if not mpmath.isfinite(term):
                        return None
                    total, size = total + term, size + abs(term)
                    small = small + 1 if abs(term) <= least * size else 0
                ends.append(k - side * (_SMALL_ONES - 1))
            return self._refined(total, size, ends[1], ends[0], digits)
        except (Undefined, ZeroDivisionError):
            return None

    def _refined(self, total: Any, size: Any, low: int, high: int, digits: int) -> Any | None:
        results = [total * _STEP]
        for level in range(1, _LEVELS + 1):
            count = (high - low + 1) * 2 ** (level - 1)
            if count > _MOST_NODES:
                return None
            begin = low * 2 ** (level - 1)
            for k in range(begin, begin + count):
                term = self.at(level, k)
                total, size = total + term, size + abs(term)
            step = mpf(_STEP) / 2**level
            if not mpmath.isfinite(total):
                return None
            results.append(total * step)
            if _agreed(results, size * step, digits, _GAINS[self.kind == "plain"]):
                return results[-1] * self.width
        return None


def _agreed(results: list[Any], size: Any, digits: int, gain: int) -> bool:
    """Whether the last result is right to `digits` digits of `size`, as far as three results tell:
    each halving of the step multiplies the right digits as the last one did, at most by `gain`."""
    if size == 0:
        return True
    if len(results) < 3:
        return False
    new, old, oldest = results[:-4:-1]
    one, two = (abs(new - other) / size for other in (old, oldest))
    if one <= mpf(10) ** -digits:
        return True
    one, two = mp.log10(one), mp.log10(two)
    if two >= -1:
        return False
    return bool(max(one * one / two, gain * one) <= -digits - 2)


@lru_cache(maxsize=20_000)
def _node(kind: str, level: int, k: int, prec: int) -> tuple[Any, Any]:
    """Where a point of a level lies, in units of the width from the centre, and its weight."""
    t = Rule.variable(level, k)
    slope = mpf(1)
    if kind == "plain":
        return t, slope
    if "slow" in kind:
        t, slope = mp.pi / 2 * mp.sinh(t), mp.pi / 2 * mp.cosh(t)
    if kind.startswith("line"):
        return mp.sinh(t), slope * mp.cosh(t)
    if "slow" in kind:
        return mp.exp(t), slope * mp.exp(t)
    back = mp.exp(-t)
    place = mp.exp(t - back)
    return place, place * (1 + back)


def _peak(f: Function, places: list[Any]) -> tuple[Any, Any] | None:
    """Where |f| is large, and how wide it is there; None where it seems to be 0."""

    def size(x: Any) -> Any:
        try:
            value = abs(f(x))
        except (Undefined, ZeroDivisionError):
            return mpf(0)
        return value if mpmath.isfinite(value) else mpf(0)

    sizes = [size(x) for x in places]
    best = max(range(len(places)), key=lambda k: sizes[k])
    if not sizes[best]:
        return None
    centre, top = places[best], sizes[best]
    low = places[max(best - 1, 0)]
    high = places[min(best + 1, len(places) - 1)]
    at_low, at_high = size(low), size(high)
    for _ in range(40):
        if min(at_low, at_high) * 8 >= top:
            break
        right = high - centre > centre - low
        new = (centre + (high if right else low)) / 2
        value = size(new)
        if value > top:
            if right:
                low, at_low = centre, top
            else:
                high, at_high = centre, top
            centre, top = new, value
        elif right:
            high, at_high = new, value
        else:
            low, at_low = new, value
    width = max(high - centre, centre - low)
    for _ in range(12):
        ahead, back = centre + 2 * width, centre - 2 * width
        if (places[0] > back or size(back) * 8 < top) and size(ahead) * 8 < top:
            break
        width *= 2
    return centre, width


def integrated(f: Function, lower: Any, upper: Any, digits: int) -> Any:
    """The integral by mpmath's floats, an estimate to about `digits` digits.

    Errors: `Indeterminate` where the estimated error is larger.
    """
    value = None
    if mpmath.isinf(lower) and mpmath.isinf(upper):
        if lower == upper:
            return mp.zero
        value = whole_line(f, digits)
        if value is not None and lower > upper:
            value = -value
    elif mpmath.isinf(upper):
        value = half_line(f, lower, digits) if upper > 0 else _below(f, lower, digits)
        value = -value if value is not None and upper < 0 else value
    elif mpmath.isinf(lower):
        value = _below(f, upper, digits) if lower < 0 else half_line(f, upper, digits)
        value = -value if value is not None and lower > 0 else value
    if value is not None:
        return value
    if mpmath.isfinite(lower) and mpmath.isfinite(upper):
        value = by_gauss(f, lower, upper, digits)
        if value is not None:
            return value
    ends = [lower, upper]
    if mpmath.isinf(lower) and mpmath.isinf(upper):
        ends = [lower, 0, upper]
    value, error = mpmath.quad(f, ends, error=True, maxdegree=10)
    if not error <= mpf(10) ** -digits * max(1, abs(value)):
        raise Indeterminate("mpmath's quadrature did not converge")
    return value


def by_gauss(f: Function, lower: Any, upper: Any, digits: int) -> Any | None:
    """The integral of what is smooth up to both ends, by Gauss's rules; None where no two that
    follow each other agree."""
    middle, half = (lower + upper) / 2, (upper - lower) / 2
    before = None
    for degree in _DEGREES:
        total = size = mp.zero
        try:
            for x, weight in _gauss_nodes(degree, mp.prec):
                term = weight * f(middle + half * x)
                total, size = total + term, size + abs(term)
        except (Undefined, ZeroDivisionError):
            return None
        if not mpmath.isfinite(total):
            return None
        if before is not None and abs(total - before) <= mpf(10) ** -(digits + 2) * size:
            return total * half
        before = total
    return None


@lru_cache(maxsize=64)
def _gauss_nodes(degree: int, prec: int) -> tuple[tuple[Any, Any], ...]:
    return tuple(GaussLegendre(mp).calc_nodes(degree, prec))


def _below(f: Function, end: Any, digits: int) -> Any | None:
    """From -oo up to `end`."""
    return half_line(lambda x: f(-x), -end, digits)
