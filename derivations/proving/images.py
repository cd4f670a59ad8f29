"""The ranges of the built-in functions on a range of reals; None where a value is not real."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import floor as floor_of
from typing import Final

import flint
from flint import arb, fmpq

from derivations.proving import ranges
from derivations.proving.ranges import LINE, NONNEGATIVE, POSITIVE, Range

LARGEST_EXPONENT: Final = 1024  # beyond it exp is bounded by what it is there, not more


def log_of(value: fmpq) -> Range:
    found = log(Range(value, value)) if value > 0 else None
    return LINE if found is None else found


def exp(r: Range) -> Range:
    if r.high is not None and r.high > LARGEST_EXPONENT:
        r = Range(r.low, None, r.low_open)
    if r.low is not None and r.low > LARGEST_EXPONENT:
        r = Range(fmpq(LARGEST_EXPONENT), r.high)
    if r.low is not None and r.low < -LARGEST_EXPONENT:
        r = Range(None, r.high, True, r.high_open)
    if r.high is not None and r.high < -LARGEST_EXPONENT:
        r = Range(r.low, fmpq(-LARGEST_EXPONENT))
    return ranges.increasing(r, arb.exp, {0: 1}, below=fmpq(0))


def log(r: Range) -> Range | None:
    if not r.nonnegative:
        return None
    if r.low == 0:
        r = Range(fmpq(0), r.high, True, r.high_open)
        if r.high == 0:
            return None
        upper = ranges.increasing(Range(r.high, r.high, r.high_open, r.high_open), arb.log, {1: 0})
        return Range(None, None if r.high is None else upper.high, True, upper.high_open)
    return ranges.increasing(r, arb.log, {1: 0})


def _sqrt(r: Range) -> Range | None:
    if not r.nonnegative:
        return None
    result = ranges.increasing(r, arb.sqrt, {0: 0, 1: 1, 4: 2, 9: 3, 16: 4})
    return ranges.intersection(result, POSITIVE if r.positive else NONNEGATIVE)


def _cosh(r: Range) -> Range:
    return ranges.increasing(ranges.magnitude(r), arb.cosh, {0: 1})


def _wave(function: Callable[[arb], arb]) -> Callable[[Range], Range]:
    """sin or cos: in [-1, 1], and by a ball where the argument is narrow."""

    def image(r: Range) -> Range:
        whole = Range(fmpq(-1), fmpq(1))
        if r.low is None or r.high is None or r.high - r.low > 4:
            return whole
        with flint.ctx.workprec(ranges.PRECISION):
            ball = function(arb(r.low).union(arb(r.high)))
            if not ball.is_finite():
                return whole
            found = Range(ball.lower().fmpq(), ball.upper().fmpq())
        return ranges.intersection(found, whole) or whole

    return image


def _inside(
    below: int, above: int, function: Callable[[arb], arb]
) -> Callable[[Range], Range | None]:
    """An increasing function that is real on [below, above] only."""

    def image(r: Range) -> Range | None:
        if r.low is None or r.high is None or r.low < below or r.high > above:
            return None
        return ranges.increasing(r, function, {0: 0})

    return image


def _gamma(r: Range) -> Range:
    return POSITIVE if r.positive else LINE


def _sign(r: Range) -> Range:
    low = 1 if r.positive else 0 if r.nonnegative else -1
    high = -1 if r.negative else 0 if r.nonpositive else 1
    return Range(fmpq(low), fmpq(high))


def _mapped(
    function: Callable[[arb], arb],
    exact: dict[int, int],
    below: fmpq | None = None,
    above: fmpq | None = None,
) -> Callable[[Range], Range | None]:
    return lambda r: ranges.increasing(r, function, exact, below, above)


def _ball(value: arb) -> Range:
    return Range(value.lower().fmpq(), value.upper().fmpq())


with flint.ctx.workprec(ranges.PRECISION):
    _PI: Final = _ball(arb.pi())
    CONSTANTS: Final[dict[str, Range]] = {
        "pi": _PI,
        "EulerGamma": _ball(arb.const_euler()),
        "Catalan": _ball(arb.const_catalan()),
        "GoldenRatio": _ball((1 + arb(5).sqrt()) / 2),
    }

ARGUMENT: Final = Range(None if _PI.high is None else -_PI.high, _PI.high)
_HALF_PI = Range(
    None if _PI.low is None else _PI.low / 2, None if _PI.high is None else _PI.high / 2
)


def _floor(r: Range) -> Range:
    low = None if r.low is None else fmpq(floor_of(Fraction(int(r.low.p), int(r.low.q))))
    high = None if r.high is None else fmpq(floor_of(Fraction(int(r.high.p), int(r.high.q))))
    if high is not None and high == r.high and r.high_open:
        high -= 1
    return Range(low, high)


FUNCTIONS: Final[dict[str, Callable[[Range], Range | None]]] = {
    "exp": exp,
    "sqrt": _sqrt,
    "Abs": ranges.magnitude,
    "sign": _sign,
    "sin": _wave(arb.sin),
    "cos": _wave(arb.cos),
    "tan": lambda r: LINE,
    "sinh": _mapped(arb.sinh, {0: 0}),
    "cosh": _cosh,
    "tanh": _mapped(arb.tanh, {0: 0}, fmpq(-1), fmpq(1)),
    "asin": _inside(-1, 1, arb.asin),
    "acos": lambda r: None if (a := _inside(-1, 1, arb.asin)(r)) is None
    else ranges.plus(_HALF_PI, ranges.negated(a)),
    "atan": _mapped(arb.atan, {0: 0}, ranges.negated(_HALF_PI).low, _HALF_PI.high),
    "asinh": _mapped(arb.asinh, {0: 0}),
    "acosh": lambda r: None if r.low is None or r.low < 1
    else ranges.increasing(r, arb.acosh, {1: 0}),
    "atanh": lambda r: None if r.low is None or r.high is None or r.low < -1 or r.high > 1
    else ranges.increasing(r, arb.atanh, {0: 0}),
    "erf": _mapped(arb.erf, {0: 0}, fmpq(-1), fmpq(1)),
    "erfc": lambda r: ranges.plus(
        ranges.point(1), ranges.negated(ranges.increasing(r, arb.erf, {0: 0}, fmpq(-1), fmpq(1)))
    ),
    "gamma": _gamma,
    "rgamma": _gamma,
    "digamma": lambda r: LINE,
    "cot": lambda r: LINE,
    "sec": lambda r: LINE,
    "csc": lambda r: LINE,
    "acot": lambda r: Range(ranges.negated(_HALF_PI).low, _HALF_PI.high),
    "coth": lambda r: LINE,
    "csch": lambda r: LINE,
    "sech": lambda r: ranges.reciprocal(_cosh(r)),
    "acsch": lambda r: LINE,
    "sinc": lambda r: Range(fmpq(-1), fmpq(1)),
    "erfi": lambda r: POSITIVE if r.positive else ranges.negated(POSITIVE) if r.negative else LINE,
    "Heaviside": lambda r: Range(fmpq(0), fmpq(1)),
    "floor": _floor,
    "ceiling": lambda r: ranges.negated(_floor(ranges.negated(r))),
    "frac": lambda r: Range(fmpq(0), fmpq(1), False, True),
    "conjugate": lambda r: r,
    "loggamma": lambda r: LINE if r.positive else None,
    "factorial": lambda r: POSITIVE if r.nonnegative else LINE,
}  # fmt: skip


def remainder(divisor: Range) -> Range:
    """Mod(a, b) lies between 0 and b, with the sign of b."""
    if divisor.positive:
        return Range(fmpq(0), divisor.high, False, True)
    if divisor.negative:
        return Range(divisor.low, fmpq(0), True, False)
    return LINE


def maximum(known: list[Range]) -> Range:
    """The greatest of several values."""
    result = known[0]
    for r in known[1:]:
        both = ranges.hull(result, r)
        low, low_open = both.low, both.low_open
        for one in (result, r):
            if one.low is not None and (low is None or one.low > low):
                low, low_open = one.low, one.low_open
            elif one.low is not None and one.low == low:
                low_open = low_open or one.low_open
        result = Range(low, both.high, low_open, both.high_open)
    return result


def minimum(known: list[Range]) -> Range:
    """The least of several values."""
    return ranges.negated(maximum([ranges.negated(r) for r in known]))
