"""Euler's integrals, by their definitions: the gamma and the beta function.

integral of t**(s - 1)*exp(-k*t**q) over (0, oo) = gamma(s/q)/(q*k**(s/q))   for s, k, q > 0
integral of t**(a - 1)*(1 - t)**(b - 1) over (0, 1) = beta(a, b)             for a, b > 0
"""

from __future__ import annotations

from derivations.core.calculus import Integral
from derivations.core.formula import (
    ONE,
    Call,
    Formula,
    FormulaError,
    Neg,
    Number,
    Symbol,
    num,
    oo,
    pi,
)
from derivations.core.functions import cos, exp, gamma, sin, sqrt
from derivations.core.special_functions import SPECIAL_FUNCTIONS
from derivations.core.substitute import free_names
from derivations.proving.bounds import range_of
from derivations.proving.casework import plain
from derivations.proving.chains.antiderivatives import Factor, factors_of, sum_of_exponents
from derivations.proving.chains.laurent import laurent
from derivations.proving.chains.spots import Spot
from derivations.proving.field import FieldError
from derivations.proving.places import Sign
from derivations.proving.signs import sign_at

_ZERO = num(0)
_MINUS_INFINITY = Neg(oo)


def eulers_value(node: Integral, spot: Spot) -> Formula | None:
    """The value of one of these integrals at all places of the spot; None for others."""
    t = node.variable
    try:
        coefficient, factors = factors_of(plain(node.body), t)
        found = _valued(node, factors, spot)
    except (FormulaError, FieldError):
        return None
    return None if found is None else found if coefficient == ONE else coefficient * found


def _valued(node: Integral, factors: list[Factor], spot: Spot) -> Formula | None:
    t = node.variable
    powers: list[Formula] = [ONE]
    others: list[Factor] = []
    for base, exponent in factors:
        if base == t and t not in free_names(exponent):
            powers.append(exponent)
        else:
            others.append((base, exponent))
    s = sum_of_exponents(powers)
    line = node.lower == _MINUS_INFINITY and node.upper == oo
    if line:
        return _over_line(others, s, t, spot)
    if node.lower != _ZERO:
        return None
    if node.upper == ONE and len(others) == 1 and t not in free_names(others[0][1]):
        return _beta(*others[0], s, t, spot) if _is_positive(s, spot) else None
    return _over_half(others, s, t, spot) if node.upper == oo else None


def _calls(others: list[Factor]) -> dict[str, Formula] | None:
    """The arguments of exp, sin and cos, each of which occurs once; None for other factors."""
    found: dict[str, Formula] = {}
    for base, exponent in others:
        if exponent != ONE or not isinstance(base, Call) or base.head not in (exp, sin, cos):
            return None
        if base.head.name in found:
            return None
        found[base.head.name] = base.args[0]
    return found


def _over_half(others: list[Factor], s: Formula, t: Symbol, spot: Spot) -> Formula | None:
    calls = _calls(others)
    if calls is None:
        return None
    if set(calls) == {"exp"}:
        return _gamma(calls["exp"], s, t, spot) if _is_positive(s, spot) else None
    wave = next((name for name in ("sin", "cos") if name in calls), None)
    if wave is None:
        return None
    degree, b = _monomial(calls[wave], t)
    if b is None:
        return None
    if len(calls) == 1:
        if s == _ZERO and wave == "sin" and degree == 1 and _is_positive(b, spot):
            return pi / 2
        if s == ONE and degree == 2 and _is_positive(b, spot):
            return sqrt(pi / (8 * b))
        return None
    falling, c = _monomial(calls.get("exp", _ZERO), t)
    if len(calls) != 2 or c is None or s != ONE or (falling, degree) != (1, 1):
        return None
    a = _minus(c)
    if not _is_positive(a, spot) or not _is_real(b, spot):
        return None
    return (a if wave == "cos" else b) / (a**2 + b**2)


def _over_line(others: list[Factor], s: Formula, t: Symbol, spot: Spot) -> Formula | None:
    calls = _calls(others)
    if calls is None or not calls:
        return None
    if set(calls) == {"exp", "cos"} and s == ONE:
        (q, c), (one, b) = _monomial(calls["exp"], t), _monomial(calls["cos"], t)
        if (q, one) != (2, 1) or b is None or c is None:
            return None
        a = _minus(c)
        if not _is_positive(a, spot) or not _is_real(b, spot):
            return None
        return sqrt(pi / a) * exp(-(b**2) / (4 * a))
    # An even integrand: t to an even power times a function of t**2, or sin(a*t)/t.
    inner = [_monomial(u, t)[0] for u in calls.values()]
    if (isinstance(s, Number) and s.value % 2 == 1 and inner == [2]) or (
        s == _ZERO and set(calls) == {"sin"} and inner == [1]
    ):
        half = _over_half(others, s, t, spot)
    else:
        return None
    return None if half is None else 2 * half


def _monomial(u: Formula, t: Symbol) -> tuple[int, Formula | None]:
    """q and c with u = c*t**q."""
    terms = laurent(u, t)
    if terms is None or len(terms) != 1:
        return 0, None
    ((q, c),) = terms.items()
    return q, c


def _minus(c: Formula) -> Formula:
    return c.arg if isinstance(c, Neg) else -c


def _is_real(f: Formula, spot: Spot) -> bool:
    return all(range_of(f, p.box) is not None for p in spot.places)


def _is_positive(f: Formula, spot: Spot) -> bool:
    return all(sign_at(f, p) is Sign.POSITIVE for p in spot.places)


def _gamma(u: Formula, s: Formula, t: Symbol, spot: Spot) -> Formula | None:
    q, c = _monomial(u, t)
    if c is None or q < 1:
        return None
    k = _minus(c)
    if not _is_positive(k, spot):
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
