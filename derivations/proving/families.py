"""Families of polynomials and numbers with an integer index: explicit members, and recurrences.

Every family here obeys f(k + 1) = a(k) f(k) + b(k) f(k - 1) for k >= 1, from f(0) and f(1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flint import fmpq

from derivations.core.formula import ONE, ZERO, Call, Formula, Number, Q, num
from derivations.core.functions import Function, cos, exp, factorial, log, sqrt
from derivations.proving.bounds import is_integer
from derivations.proving.field import normal
from derivations.proving.places import Place, Sign
from derivations.proving.quick_signs import quick_sign
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
        case "fibonacci" if not more:
            return Recurrence(ZERO, ONE, lambda k: (ONE, ONE))
        case "lucas" if not more:
            return Recurrence(num(2), ONE, lambda k: (ONE, ONE))
    return None


def family_member(call: Call, here: Place) -> Formula | None:
    """A member with an explicit small index, written out."""
    index, *more = call.args
    if not isinstance(index, Number):
        return closed_form(call, here)
    if index.value > MOST_STEPS:
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
            return bernoulli_number(n)
    return None


def bernoulli_number(n: int) -> Formula:
    value = fmpq.bernoulli(n)
    return Q(int(value.p), int(value.q))


def closed_form(call: Call, here: Place) -> Formula | None:
    """A member with a symbolic whole index, by powers: Binet's formula, Chebyshev's polynomials.

    With w = x + sqrt(x**2 - 1), which is never 0: T_n = (w**n + w**-n)/2, and U_n is the quotient
    of w**(n + 1) - w**-(n + 1) by 2 sqrt(x**2 - 1), where x is not 1 or -1.
    """
    n, *more = call.args
    if not is_integer(n, here.box) or not getattr(call.head, "builtin", False):
        return None
    match call.head.name, more:
        case "fibonacci", []:
            return (_GOLDEN**n - (-1) ** n * _GOLDEN**-n) / _ROOT_OF_FIVE
        case "lucas", []:
            return _GOLDEN**n + (-1) ** n * _GOLDEN**-n
        case "chebyshevt", [Call(head=Function(name="cos", builtin=True), args=(v,))]:
            return cos(n * v)
        case "chebyshevt", [x]:
            w = log(x + sqrt(x**2 - 1))
            return (exp(n * w) + exp(-(n * w))) / 2
        case "chebyshevu", [x] if not quick_sign(x**2 - 1, here) & Sign.ZERO:
            w = log(x + sqrt(x**2 - 1))
            return (exp((n + 1) * w) - exp(-((n + 1) * w))) / (2 * sqrt(x**2 - 1))
    return None


_ROOT_OF_FIVE: Final = sqrt(num(5))
_GOLDEN: Final = (1 + _ROOT_OF_FIVE) / 2
FAMILIES: Final = frozenset({
    "chebyshevt", "chebyshevu", "hermite", "legendre", "laguerre", "assoc_laguerre", "gegenbauer",
    "fibonacci", "lucas",
})  # fmt: skip
