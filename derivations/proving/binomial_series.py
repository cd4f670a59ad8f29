"""Newton's series: sums to infinity of binomial coefficients times powers, DLMF 1.2.7, 4.6.7.

    sum of C(n, k)*r**k = (1 + r)**n,    C(k + m, k)*r**k: (1 - r)**(-m - 1),
    C(2*k, k)*r**k: (1 - 4*r)**(-1/2),

over k = 0, 1, ..., where the base of r**k is less than 1 in size.

>>> from derivations.core.formula import symbols
>>> k, x = symbols("k x")
>>> newton_factor(SPECIAL_FUNCTIONS["binomial"](2 * k, k) * x**k, k)
Newton(scale=4, exponent=-1/2, lower=None, rest=x**k)
"""

from __future__ import annotations

from dataclasses import dataclass

from derivations.core.formula import ONE, Call, Div, Formula, Mul, Q, Symbol, num
from derivations.core.special_functions import SPECIAL_FUNCTIONS
from derivations.core.substitute import free_symbols
from derivations.proving.assembled import times
from derivations.proving.field import Field, equal_by_algebra
from derivations.proving.rebuild import formula_of


@dataclass(frozen=True, slots=True)
class Newton:
    """A term is `rest` times the coefficient of r**k in (1 - scale*r)**exponent; `lower` must not
    be negative."""

    scale: Formula
    exponent: Formula
    lower: Formula | None
    rest: Formula


def newton_factor(body: Formula, k: Symbol) -> Newton | None:
    """The only binomial coefficient above the line, and the rest; None where there is none."""
    if isinstance(body, Div):
        inner = newton_factor(body.numerator, k)
        if inner is None:
            return None
        return Newton(inner.scale, inner.exponent, inner.lower, inner.rest / body.denominator)
    factors = body.args if isinstance(body, Mul) else (body,)
    for i, factor in enumerate(factors):
        if isinstance(factor, Call) and factor.head == SPECIAL_FUNCTIONS["binomial"]:
            found = _coefficient(factor.args[0], factor.args[1], k)
            if found is not None:
                return Newton(*found, times(*factors[:i], *factors[i + 1 :]))
    return None


def _coefficient(
    n: Formula, m: Formula, k: Symbol
) -> tuple[Formula, Formula, Formula | None] | None:
    if m == k and k not in free_symbols(n):
        return num(-1), n, None
    if m == k and equal_by_algebra(n, 2 * k):
        return num(4), Q(-1, 2), None
    above = formula_of(Field().fractional(n - k)[0])
    if k not in free_symbols(above) and (m == k or equal_by_algebra(m, above)):
        return ONE, formula_of(Field().fractional(-above - ONE)[0]), above
    return None
