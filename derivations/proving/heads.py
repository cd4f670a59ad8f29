"""The further heads by the elementary ones: cot = cos/sin, sinc, Heaviside, ceiling, Mod ...

An expansion is an equality at every point of a place where the call is defined. Where it depends
on a sign that is not known there, nothing is said; a case distinction may decide it.

>>> from derivations.core.domain import Reals
>>> from derivations.core.formula import symbol
>>> from derivations.core.special_functions import FUNCTIONS
>>> from derivations.proving.places import place
>>> x = symbol("x")
>>> expanded(FUNCTIONS["sec"](2 * x), place({x: Reals}))
1/cos(2*x)
>>> expanded(FUNCTIONS["sinc"](x), place({x: Reals})) is None
True
"""

from __future__ import annotations

from typing import Final

from derivations.core.formula import (
    ONE,
    ZERO,
    Call,
    EulerGamma,
    Formula,
    Neg,
    Number,
    Q,
    num,
    pi,
)
from derivations.core.functions import (
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atanh,
    cos,
    cosh,
    factorial,
    gamma,
    sin,
    sinh,
)
from derivations.core.special_functions import FUNCTIONS
from derivations.proving.bounds import range_of
from derivations.proving.families import bernoulli_number, family_member
from derivations.proving.places import Place, Sign
from derivations.proving.quick_signs import quick_sign

floor: Final = FUNCTIONS["floor"]
digamma: Final = FUNCTIONS["digamma"]
MOST_FACTORS: Final = 24
MOST_INDEX: Final = 60


def expanded(call: Call, here: Place) -> Formula | None:
    """What the call is by simpler heads, where it is defined; None where nothing is known."""
    if not getattr(call.head, "builtin", False) or not call.args:
        return None
    u, *more = call.args
    match call.head.name, more:
        case "cot", []:
            return cos(u) / sin(u)
        case "sec", []:
            return 1 / cos(u)
        case "csc", []:
            return 1 / sin(u)
        case "coth", []:
            return cosh(u) / sinh(u)
        case "sech", []:
            return 1 / cosh(u)
        case "csch", []:
            return 1 / sinh(u)
        case "asec", []:
            return acos(1 / u)
        case "acsc", []:
            return asin(1 / u)
        case "asech", []:
            return acosh(1 / u)
        case "acsch", []:
            return asinh(1 / u)
        case "cbrt", []:
            return u ** Q(1, 3)
        case "root", [n]:
            return u ** (1 / n)
        case "polygamma", [v] if u == ZERO:
            return digamma(v)
        case "harmonic", [] if quick_sign(u + 1, here) is Sign.POSITIVE:
            return digamma(u + 1) + EulerGamma
        case "zeta", []:
            return _zeta(u)
        case ("acot" | "acoth" | "sinc" | "Heaviside") as name, []:
            return _by_sign(name, u, here)
        case ("ceiling" | "frac" | "Mod") as name, _:
            return _by_floor(name, call.args, here)
        case ("binomial" | "RisingFactorial" | "FallingFactorial" | "beta") as name, [v]:
            return _by_gamma(name, u, v, here)
    return family_member(call, here)


def _zeta(u: Formula) -> Formula | None:
    """zeta at even positive integers by powers of pi, at 0 and below by Bernoulli's numbers."""
    match u:
        case Number(n) if 0 < n <= MOST_INDEX and n % 2 == 0:
            sign = 1 if n % 4 == 2 else -1
            return sign * bernoulli_number(n) * (2 * pi) ** n / (2 * factorial(n))
        case Number(0):
            return -Q(1, 2)
        case Neg(Number(n)) if n <= MOST_INDEX:
            return -bernoulli_number(n + 1) / (n + 1)
    return None


def _by_sign(name: str, u: Formula, here: Place) -> Formula | None:
    sign = quick_sign(u, here)
    if sign is Sign.ZERO:
        return {"acot": pi / 2, "sinc": ONE, "Heaviside": Q(1, 2)}.get(name)
    if name == "Heaviside":
        return ONE if sign is Sign.POSITIVE else ZERO if sign is Sign.NEGATIVE else None
    if sign & Sign.ZERO:
        return None
    return {"acot": atan(1 / u), "acoth": atanh(1 / u), "sinc": sin(u) / u}[name]


def _by_floor(name: str, args: tuple[Formula, ...], here: Place) -> Formula | None:
    if any(range_of(arg, here.box) is None for arg in args):
        return None
    u = args[0]
    if name == "ceiling":
        return -floor(-u)
    if name == "frac":
        return u - floor(u)
    return u - args[1] * floor(u / args[1])


def _by_gamma(name: str, u: Formula, v: Formula, here: Place) -> Formula | None:
    """Explicit small orders as products; else by gamma where all its arguments are positive."""
    if isinstance(v, Number) and v.value <= MOST_FACTORS and name != "beta":
        step = 1 if name == "RisingFactorial" else -1
        result: Formula = ONE
        for k in range(v.value):
            result = result * (u + num(step * k))
        return result / factorial(v) if name == "binomial" else result

    def positive(*formulas: Formula) -> bool:
        return all(quick_sign(f, here) is Sign.POSITIVE for f in formulas)

    if name == "beta" and positive(u, v):
        return gamma(u) * gamma(v) / gamma(u + v)
    if name == "RisingFactorial" and positive(u, u + v):
        return gamma(u + v) / gamma(u)
    if name == "FallingFactorial" and positive(u + 1, u - v + 1):
        return gamma(u + 1) / gamma(u - v + 1)
    if name == "binomial" and positive(u + 1):
        return gamma(u + 1) / (gamma(v + 1) * gamma(u - v + 1))
    return None
