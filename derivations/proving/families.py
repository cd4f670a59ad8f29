"""Families of polynomials and numbers with an integer index: explicit members, and recurrences.

Every family here obeys f(k + 1) = a(k) f(k) + b(k) f(k - 1) for k >= 1, from f(0) and f(1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flint import fmpq

from derivations.core.formula import ONE, ZERO, Call, Formula, Number, Q, num
from derivations.core.functions import factorial
from derivations.core.special_functions import FUNCTIONS
from derivations.proving.bounds import is_integer
from derivations.proving.field import normal
from derivations.proving.places import Place
from derivations.proving.rebuild import formula_of

MOST_STEPS: Final = 40


@dataclass(frozen=True, slots=True)
class Recurrence:
    """f(0), f(1), and the coefficients of f(k) and f(k - 1) in f(k + 1)."""

    first: Formula
    second: Formula
    step: Callable[[Formula], tuple[Formula, Formula]]


def recurrence_of(name: str, more: tuple[Formula, ...]) -> Recurrence | None:
    """The recurrence of a family with its further arguments, as in legendre(n, x)."""
    x = more[-1] if more else ZERO
    match name:
        case "chebyshevt":
            return Recurrence(ONE, x, lambda k: (2 * x, num(-1)))
        case "chebyshevu":
            return Recurrence(ONE, 2 * x, lambda k: (2 * x, num(-1)))
        case "hermite":
            return Recurrence(ONE, 2 * x, lambda k: (2 * x, -2 * k))
        case "legendre":
            return Recurrence(ONE, x, lambda k: ((2 * k + 1) * x / (k + 1), -(k / (k + 1))))
        case "laguerre":
            return Recurrence(ONE, 1 - x, lambda k: ((2 * k + 1 - x) / (k + 1), -(k / (k + 1))))
        case "assoc_laguerre":
            a = more[0]
            return Recurrence(
                ONE, 1 + a - x, lambda k: ((2 * k + 1 + a - x) / (k + 1), -((k + a) / (k + 1)))
            )
        case "gegenbauer":
            a = more[0]
            return Recurrence(
                ONE,
                2 * a * x,
                lambda k: (2 * (k + a) * x / (k + 1), -((k + 2 * a - 1) / (k + 1))),
            )
        case "fibonacci":
            return Recurrence(ZERO, ONE, lambda k: (ONE, ONE))
        case "lucas":
            return Recurrence(num(2), ONE, lambda k: (ONE, ONE))
    return None


def family_member(call: Call, here: Place) -> Formula | None:
    """A member with an explicit small index, written out."""
    index, *more = call.args
    if not isinstance(index, Number) or index.value > MOST_STEPS:
        return None
    n = index.value
    recurrence = recurrence_of(call.head.name, tuple(more))
    if recurrence is not None:
        members = [recurrence.first, recurrence.second]
        for k in range(1, n):
            a, b = recurrence.step(num(k))
            # In normal form, or the tree would double with every step.
            members.append(formula_of(normal(a * members[k] + b * members[k - 1])))
        return members[n]
    match call.head.name, more:
        case "catalan", []:
            return factorial(2 * n) / (factorial(n) * factorial(n + 1))
        case "harmonic", []:
            total: Formula = ZERO
            for k in range(1, n + 1):
                total = total + Q(1, k)
            return total
        case "factorial2", []:
            result: Formula = ONE
            for k in range(n, 0, -2):
                result = result * k
            return result
        case "bernoulli", [] if n != 1:  # for which two signs are in use
            return _bernoulli(n)
    return None


def _bernoulli(n: int) -> Formula:
    value = fmpq.bernoulli(n)
    return Q(int(value.p), int(value.q))


def with_lower_index(call: Call, here: Place) -> tuple[Formula, Formula, Formula, Formula] | None:
    """f(index) = a * f(index - 1) + b * f(index - 2), as (a, f(index - 1), b, f(index - 2)).

    For an integer index that is at least 2.
    """
    index, *more = call.args
    recurrence = recurrence_of(call.head.name, tuple(more))
    if recurrence is None or not is_integer(index, here.box):
        return None
    a, b = recurrence.step(index - 1)
    one, two = index - 1, index - 2
    return a, Call(call.head, (one, *more)), b, Call(call.head, (two, *more))


FAMILIES: Final = frozenset(
    name for name in FUNCTIONS if recurrence_of(name, (ONE, ONE)) is not None
)
