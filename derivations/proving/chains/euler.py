"""Euler's integrals, by their definitions: the gamma and the beta function.

integral of t**(s - 1)*exp(-k*t**q) over (0, oo) = gamma(s/q)/(q*k**(s/q))   for s, k, q > 0
integral of t**(a - 1)*(1 - t)**(b - 1) over (0, 1) = beta(a, b)             for a, b > 0
"""

from __future__ import annotations

from derivations.core.calculus import Integral
from derivations.core.formula import ONE, Call, Formula, FormulaError, Neg, Symbol, num, oo
from derivations.core.functions import exp, gamma
from derivations.core.special_functions import SPECIAL_FUNCTIONS
from derivations.core.substitute import free_names
from derivations.proving.casework import plain
from derivations.proving.chains.antiderivatives import factors_of, sum_of_exponents
from derivations.proving.chains.laurent import laurent
from derivations.proving.chains.spots import Spot
from derivations.proving.field import FieldError
from derivations.proving.places import Sign
from derivations.proving.signs import sign_at

_ZERO = num(0)


def eulers_value(node: Integral, spot: Spot) -> Formula | None:
    """The value of one of Euler's integrals at all places of the spot; None for others."""
    if node.lower != _ZERO or node.upper not in (oo, ONE):
        return None
    t = node.variable
    try:
        coefficient, factors = factors_of(plain(node.body), t)
        powers: list[Formula] = [ONE]
        found: Formula | None = None
        others: list[tuple[Formula, Formula]] = []
        for base, exponent in factors:
            if base == t and t not in free_names(exponent):
                powers.append(exponent)
            else:
                others.append((base, exponent))
        if len(others) != 1:
            return None
        base, exponent = others[0]
        s = sum_of_exponents(powers)
        if not _is_positive(s, spot):
            return None
        if node.upper == oo and exponent == ONE and isinstance(base, Call) and base.head == exp:
            found = _gamma(base.args[0], s, t, spot)
        elif node.upper == ONE and t not in free_names(exponent):
            found = _beta(base, exponent, s, t, spot)
    except (FormulaError, FieldError):
        return None
    return None if found is None else found if coefficient == ONE else coefficient * found


def _is_positive(f: Formula, spot: Spot) -> bool:
    return all(sign_at(f, p) is Sign.POSITIVE for p in spot.places)


def _gamma(u: Formula, s: Formula, t: Symbol, spot: Spot) -> Formula | None:
    terms = laurent(u, t)
    if terms is None or len(terms) != 1:
        return None
    ((q, c),) = terms.items()
    k = c.arg if isinstance(c, Neg) else -c
    if q < 1 or not _is_positive(k, spot):
        return None
    if q == 1:
        return gamma(s) / k**s
    return gamma(s / num(q)) / (num(q) * k ** (s / num(q)))


def _beta(base: Formula, exponent: Formula, a: Formula, t: Symbol, spot: Spot) -> Formula | None:
    terms = laurent(base, t)
    if terms != {0: ONE, 1: num(-1)}:
        return None
    b = sum_of_exponents([exponent, ONE])
    return SPECIAL_FUNCTIONS["beta"](a, b) if _is_positive(b, spot) else None
