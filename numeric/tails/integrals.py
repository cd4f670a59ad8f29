"""The integral of an expansion over its tail: of each term exactly, of the error a bound.

So a singular end of an integral needs no quadrature far in: `log(t)/sqrt(t)` near 0 is summed as
its expansion is.
"""

from __future__ import annotations

from flint import arb

from numeric.balls.values import Undefined
from numeric.exact.constants import as_arb
from numeric.tails.expansions import Error, Expansion, Tail
from numeric.tails.growth import Growth, integrable, real_power, tail_integral


def integral_of_tail(tail: Tail, expansion: Expansion) -> tuple[arb, arb]:
    """The integral over [start, oo), and a bound on its error.

    Errors: `Undefined` where it certainly diverges, `Indeterminate` where no bound is known.

    >>> from numeric.tails.expand import Walk
    >>> tail = Tail(arb(16), 4)
    >>> print(*integral_of_tail(tail, tail.variable(-2)))
    0.0625000000000000 0
    """
    total = arb(0)
    if expansion.terms and not integrable(expansion.terms[0][0]):
        expansion.terms[0][1].sign()  # certainly not 0, or Indeterminate
        raise Undefined("an integral diverges")
    rest = [] if expansion.error is None else [expansion.error]
    for growth, constant in expansion.terms:
        logs = growth.logs
        if not growth.exponent and growth.power == -1 and logs < -1:
            # The slope of log(t)**(r + 1)/(r + 1) is log(t)**r/t.
            exponent = as_arb(logs + 1)
            total -= constant.value * tail.start.log() ** exponent / exponent
        elif growth.exponent or growth.power >= -1 or logs < 0 or logs.denominator != 1:
            rest.append(Error(growth, abs(constant.value).upper()))
        else:
            total += constant.value * _integral_of(growth, int(logs), tail.start)
    bound = arb(0)
    for error in rest:
        factor, growth = tail_integral(error.growth, tail.start)
        bound += (error.bound * factor * growth.at(tail.start)).upper()
    return total, bound


def _integral_of(growth: Growth, logs: int, start: arb) -> arb:
    """The integral of t**p*log(t)**r over [start, oo), p < -1, by parts."""
    below = as_arb(growth.power + 1)
    head = real_power(start, growth.power + 1) / below
    value = arb(0)
    for r in range(logs + 1):
        value = -head * start.log() ** r - r * value / below
    return value
