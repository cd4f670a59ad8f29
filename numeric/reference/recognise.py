"""Constants recognised from their digits: a fraction, a product of powers of small primes, pi and
e, a combination of well-known constants.

What is recognised is a guess. Who uses it has it judged.

>>> from flint import arb, ctx
>>> with ctx.workprec(400):
...     factor(2 * arb.pi().sqrt()), summand(arb.pi() / 3 - 1)
(2*sqrt(pi), pi/3 - 1)
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from operator import mul
from typing import Any, Final

import mpmath
from flint import arb

from derivations.core.formula import (
    Catalan,
    EulerGamma,
    Formula,
    Number,
    as_formula,
    num,
    pi,
    power,
)
from derivations.core.functions import exp, log, sqrt

# Digits that are compared, and the size of the numbers that may occur.
_DIGITS: Final = 90
_LARGEST_DENOMINATOR: Final = 10_000
_LARGEST: Final = 60

_FACTORS: Final[tuple[Formula, ...]] = (num(2), num(3), num(5), num(7), pi, exp(1))
_SUMMANDS: Final[tuple[Formula, ...]] = (
    num(1),
    pi,
    exp(1),
    log(2),
    EulerGamma,
    sqrt(2),
    sqrt(3),
    power(pi, num(2)),
    Catalan,
)


def factor(value: arb) -> Formula | None:
    """A nonzero constant as a fraction or a product of powers."""
    found = rational(value)
    return _product(value) if found is None else found


def summand(value: arb) -> Formula | None:
    """A constant as a fraction or a short combination of constants."""
    found = rational(value)
    return _combination(value) if found is None else found


def rational(value: arb) -> Formula | None:
    """A fraction with a small denominator.

    >>> rational(arb(3) / 7)
    3/7
    """
    try:
        middle = Fraction(*map(int, _ratio(value)))
    except (ValueError, OverflowError):
        return None
    near = middle.limit_denominator(_LARGEST_DENOMINATOR)
    if abs(near.numerator) > _LARGEST_DENOMINATOR or not value.contains(_arb(near)):
        return None
    # A wide ball holds a fraction by accident.
    return as_formula(near) if value.rel_accuracy_bits() > 40 or value.is_exact() else None


def _ratio(value: arb) -> tuple[Any, Any]:
    middle = value.mid().fmpq()
    return middle.p, middle.q


def _arb(value: Fraction) -> arb:
    return arb(value.numerator) / value.denominator


def _product(value: arb) -> Formula | None:
    with mpmath.workdps(_DIGITS + 20):
        size = mpmath.log(abs(_mp(value)))
        logs = [size, *(mpmath.log(_known(one)) for one in _FACTORS)]
        found = _related(logs)
    if found is None or not found[0] or abs(found[0]) > 4:
        return None
    root, *powers = found
    times = Fraction(-1 if value < 0 else 1)
    parts: list[Formula] = []
    for base, power_of in zip(_FACTORS, powers, strict=True):
        exponent = Fraction(-power_of, root)
        if isinstance(base, Number) and exponent.denominator == 1:
            times *= Fraction(base.value) ** int(exponent)
        elif exponent:
            parts.append(_raised(base, exponent))
    if not parts:
        return as_formula(times)
    return _multiple(times, reduce(mul, parts))


def _raised(base: Formula, exponent: Fraction) -> Formula:
    if exponent == 1:
        return base
    return sqrt(base) if exponent == Fraction(1, 2) else power(base, as_formula(exponent))


def _combination(value: arb) -> Formula | None:
    with mpmath.workdps(_DIGITS + 20):
        found = _related([_mp(value), *map(_known, _SUMMANDS)])
    if found is None or not found[0]:
        return None
    whole, *times = found
    total: Formula | None = None
    for constant, count in reversed(list(zip(_SUMMANDS, times, strict=True))):
        coefficient = Fraction(-count, whole)
        if not coefficient:
            continue
        part = _multiple(abs(coefficient), constant)
        if total is None:
            total = -part if coefficient < 0 else part
        else:
            total = total - part if coefficient < 0 else total + part
    return total


def _multiple(times: Fraction, constant: Formula) -> Formula:
    if constant == Number(1):
        return as_formula(times)
    size = abs(times.numerator)
    top = constant if size == 1 else size * constant
    whole = top if times.denominator == 1 else top / times.denominator
    return -whole if times < 0 else whole


def _related(numbers: list[Any]) -> list[int] | None:
    """Small integers, not all 0, with which the numbers add up to 0."""
    tolerance = mpmath.mpf(10) ** -_DIGITS
    found = mpmath.pslq(numbers, tol=tolerance, maxcoeff=_LARGEST, maxsteps=2000)
    return None if found is None else [int(n) for n in found]


def _known(constant: Formula) -> Any:
    from numeric.reference.evaluate import Library, valued
    from numeric.reference.operations import scope_of

    return valued(Library().step(constant), scope_of({}))


def _mp(value: arb) -> Any:
    mantissa, exponent = value.mid().man_exp()
    return mpmath.ldexp(int(mantissa), int(exponent))
