"""The special functions once more, by mpmath: the second opinion of `numeric.reference.evaluate`.

Nothing here is shared with the balls but the conventions. A function of a power series is known
where it is made of elementary ones; of the others mpmath takes difference quotients.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, Final

import mpmath
from mpmath import mp, mpc, mpf

from derivations.core.special_functions import hypergeometric_counts
from numeric.balls.values import Indeterminate, Undefined
from numeric.reference.series import Series
from numeric.special.reference_numbers import falling, nearest_integer, rising, whole
from numeric.special.reference_polynomials import (
    associated,
    associated_laguerre,
    chebyshev_t,
    chebyshev_u,
    gegenbauer,
    hermite,
    jacobi,
    laguerre,
    legendre,
)
from numeric.special.reference_series import of_series

Function = Callable[..., Any]
_MOST_INDEX: Final = 100_000
# How mpmath's errors say that there is no value.
_AT_A_POLE: Final = re.compile(r"\bpole\b|infinity|defined only")
_MOST_DEGREE: Final = 1000
_MOST_BITS: Final = 40
_MOST_HEIGHT: Final = 20_000


def _floor(x: Any) -> Any:
    if isinstance(x, mpc) and x.imag != 0:
        return mpc(_floor(x.real), _floor(x.imag))
    x = mpmath.re(x)
    n = nearest_integer(x)
    return mp.floor(x) if n is None else mpf(n)


def _ceiling(x: Any) -> Any:
    return -_floor(-x)


def _fraction(x: Any) -> Any:
    return x - _floor(x)


def _modulo(a: Any, b: Any) -> Any:
    if b == 0:
        raise Undefined("Mod by 0")
    return a - b * _floor(a / b)


def _divisor(a: Any, b: Any) -> Any:
    return mpf(math.gcd(whole(a, "gcd", 2**4096), whole(b, "gcd", 2**4096)))


def _multiple(a: Any, b: Any) -> Any:
    divisor = _divisor(a, b)
    return abs(a * b) / divisor if divisor else mpf(0)


def _heaviside(x: Any) -> Any:
    if mpmath.im(x) != 0:
        raise Undefined("Heaviside of a number that is not real")
    return (mp.sign(mpmath.re(x)) + 1) / 2


def _argument(x: Any) -> Any:
    if x == 0:
        raise Undefined("the argument of 0")
    return mp.arg(x)


def _atan2(y: Any, x: Any) -> Any:
    if mpmath.im(x) != 0 or mpmath.im(y) != 0:
        return -mpc(0, 1) * mp.log((x + mpc(0, 1) * y) / mp.sqrt(x * x + y * y))
    if x == 0 and y == 0:
        raise Undefined("atan2 at (0, 0)")
    return mp.atan2(mpmath.re(y), mpmath.re(x))


# -------------------------------------------------------------------------------- gamma and so on


def _root(x: Any, n: Any) -> Any:
    return mpf(0) if x == 0 and mpmath.re(1 / n) > 0 else x ** (1 / n)


def _binomial(n: Any, k: Any) -> Any:
    below, above = nearest_integer(k), nearest_integer(n)
    if below is not None:
        if below < 0 or (above is not None and 0 <= above < below):
            return mpf(0)
        if below <= 64:
            return mp.ff(n, below) / mp.factorial(below)
        if above is not None and above < 0:
            return (-1) ** (below % 2) * mp.binomial(below - above - 1, below)
    elif above is not None and above < 0:
        raise Undefined("binomial of a negative integer above and no integer below")
    return mp.binomial(n, k)


def _double_factorial(x: Any) -> Any:
    n = whole(x, "factorial2")
    if n < 0 and n % 2 == 0:
        raise Undefined("factorial2 at a pole")
    return mp.fac2(n)


def _bernoulli(n: Any, x: Any = None) -> Any:
    k = nearest_integer(n)
    if x is not None:
        if k is not None and 0 <= k <= _MOST_DEGREE:
            return mp.bernpoly(k, x)
        return -n * _zeta(1 - n, x)
    if k == 1:
        return mpf(1) / 2
    if k is not None and 0 <= k <= _MOST_INDEX:
        return mp.bernoulli(k)
    return -n * mp.zeta(1 - n)


def _euler(n: Any, x: Any = None) -> Any:
    k = whole(n, "euler", 2000)
    if k < 0:
        raise Indeterminate("mpmath knows no Euler number of negative index")
    return mp.eulernum(k) if x is None else mp.eulerpoly(k, x)


def _catalan(n: Any) -> Any:
    top = mpf(4) ** n * mp.gamma(n + mpf(1) / 2)
    return top * mp.rgamma(n + 2) / mp.sqrt(mp.pi)


def _harmonic(n: Any, m: Any = None) -> Any:
    order = 1 if m is None else m
    count = nearest_integer(n)
    if count is not None and 0 <= count <= 2000:
        return mp.fsum(mpf(k) ** -order for k in range(1, count + 1))
    if order == 1:
        return mp.harmonic(n)
    return mp.zeta(order) - mp.zeta(order, n + 1)


def _lucas(n: Any) -> Any:
    k = whole(n, "lucas")
    return mp.fib(k - 1) + mp.fib(k + 1)


def _polygamma(n: Any, x: Any) -> Any:
    order = whole(n, "polygamma", 1000)
    return mp.loggamma(x) if order == -1 else mp.psi(order, x)


def _lower_gamma(s: Any, x: Any) -> Any:
    if x == 0:
        if mpmath.re(s) > 0:
            return mpf(0)
        raise Undefined("lowergamma at 0")
    return x**s / s * mp.hyp1f1(s, s + 1, -x)


def _beta(a: Any, b: Any) -> Any:
    return mp.gamma(a) * mp.gamma(b) * mp.rgamma(a + b)


# ----------------------------------------------------------------------------------- zeta and so on

# Left of here Hurwitz's formula has fewer terms than mpmath takes; so often is its a shifted.
_FAR_LEFT: Final = -60
_MOST_SHIFTS: Final = 30


def _zeta(s: Any, a: Any = 1) -> Any:
    if s == 1:
        raise Undefined("zeta at its pole")
    if abs(mpmath.im(s)) > _MOST_HEIGHT or mpmath.re(s) < -2000:
        raise Indeterminate("mpmath is not asked for zeta so far out")
    if a == 1:
        return mp.zeta(s)
    if not mpmath.im(s) and mpmath.re(s) < _FAR_LEFT and not mpmath.im(a) and 0 < a <= _MOST_SHIFTS:
        return _hurwitz(mpmath.re(s), mpmath.re(a))
    return mp.zeta(s, a)


def _hurwitz(s: Any, a: Any) -> Any:
    """zeta(s, a) far to the left of 0 by Hurwitz's formula, a Fourier series in a of few terms."""
    # The series may be 0, and what is left is small beside its factor.
    large = max(0, mpmath.mag(mp.gamma(1 - s) / (2 * mp.pi) ** (1 - s)))
    with mpmath.workprec(mp.prec + 40 + large):
        shifted, at = mp.zero, +a
        while at > 1:
            at -= 1
            shifted += at ** (-s)
        turn = 2 * mp.pi
        total, n = mp.zero, 1
        while True:
            size = mpf(n) ** (s - 1)
            if size < mpf(2) ** -(mp.prec + 10):
                break
            total += size * mp.sin(turn * n * at + mp.pi * s / 2)
            n += 1
        value = 2 * mp.gamma(1 - s) / turn ** (1 - s) * total - shifted
    return +value


def _lambert(z: Any, k: Any = 0) -> Any:
    branch = whole(k, "LambertW", 10**6)
    if z == 0 and branch:
        raise Undefined("LambertW at 0")
    return mp.lambertw(z, branch)


def _erfcinv(x: Any) -> Any:
    with mpmath.extraprec(max(0, -int(mpmath.mag(x))) + 8 if x else 8):
        value = mp.erfinv(1 - x)
    return +value


def _logarithmic_offset(x: Any) -> Any:
    return mp.li(x) - mp.li(2)


def _spherical(kind: Function) -> Function:
    def value(n: Any, z: Any) -> Any:
        if z == 0:
            order = nearest_integer(n)
            if kind is mp.besselj and order is not None and order >= 0:
                return mpf(1) if order == 0 else mpf(0)
            raise Undefined("a spherical Bessel function at 0")
        return mp.sqrt(mp.pi / (2 * z)) * kind(n + mpf(1) / 2, z)

    return value


def _elliptic_pi(n: Any, *rest: Any) -> Any:
    for value in (n, rest[-1]):
        if mpmath.im(value) == 0 and mpmath.re(value) > 1:
            raise Indeterminate("mpmath is too slow for elliptic_pi on its cuts")
    return mp.ellippi(n, *rest)


def _hyper(p: int, q: int) -> Function:
    def value(*args: Any) -> Any:
        upper, lower, z = list(args[:p]), list(args[p : p + q]), args[-1]
        ends = [-n for a in upper if (n := nearest_integer(a)) is not None and n <= 0]
        if not ends or min(ends) > _MOST_DEGREE:
            if mpmath.mag(z) > _MOST_BITS and p <= q:
                raise Indeterminate("mpmath is too slow for hyper so far out")
            return mp.hyper(upper, lower, z)
        # Far out mpmath takes an asymptotic series, of which these are not the case.
        total = term = mpf(1)
        for k in range(min(ends)):
            over = mp.fprod(a + k for a in upper)
            term = term * over * z / (mp.fprod(b + k for b in lower) * (k + 1))
            total = total + term
        return total

    return value


FUNCTIONS: Final[dict[str, Function]] = {
    "cot": mp.cot, "sec": mp.sec, "csc": mp.csc, "acot": mp.acot, "asec": mp.asec,
    "acsc": mp.acsc, "coth": mp.coth, "sech": mp.sech, "csch": mp.csch, "acoth": mp.acoth,
    "asech": mp.asech, "acsch": mp.acsch, "atan2": _atan2, "sinc": mp.sinc,
    "re": mp.re, "im": mp.im, "arg": _argument, "conjugate": mp.conj,
    "floor": _floor, "ceiling": _ceiling, "frac": _fraction, "Mod": _modulo,
    "gcd": _divisor, "lcm": _multiple, "Heaviside": _heaviside,
    "binomial": _binomial, "RisingFactorial": rising, "FallingFactorial": falling,
    "factorial2": _double_factorial, "fibonacci": lambda n: mp.fib(whole(n, "fibonacci")),
    "lucas": _lucas, "bernoulli": _bernoulli, "euler": _euler, "catalan": _catalan,
    "harmonic": _harmonic, "cbrt": lambda x: mp.root(x, 3), "root": _root,
    "digamma": mp.digamma, "polygamma": _polygamma, "beta": _beta,
    "lowergamma": _lower_gamma, "uppergamma": mp.gammainc,
    "zeta": _zeta, "dirichlet_eta": mp.altzeta, "polylog": mp.polylog, "lerchphi": mp.lerchphi,
    "erfi": mp.erfi, "erfinv": mp.erfinv, "erfcinv": _erfcinv,
    "fresnels": mp.fresnels, "fresnelc": mp.fresnelc, "Ei": mp.ei, "expint": mp.expint,
    "li": mp.li, "Li": _logarithmic_offset, "Si": mp.si, "Ci": mp.ci, "Shi": mp.shi,
    "Chi": mp.chi, "LambertW": _lambert,
    "besselj": mp.besselj, "bessely": mp.bessely, "besseli": mp.besseli, "besselk": mp.besselk,
    "hankel1": mp.hankel1, "hankel2": mp.hankel2,
    "jn": _spherical(mp.besselj), "yn": _spherical(mp.bessely),
    "airyai": mp.airyai, "airybi": mp.airybi,
    "airyaiprime": lambda z: mp.airyai(z, derivative=1),
    "airybiprime": lambda z: mp.airybi(z, derivative=1),
    "legendre": legendre, "assoc_legendre": associated, "chebyshevt": chebyshev_t,
    "chebyshevu": chebyshev_u, "hermite": hermite, "laguerre": laguerre,
    "assoc_laguerre": associated_laguerre, "gegenbauer": gegenbauer, "jacobi": jacobi,
    "elliptic_k": mp.ellipk, "elliptic_f": mp.ellipf, "elliptic_e": mp.ellipe,
    "elliptic_pi": _elliptic_pi,
}  # fmt: skip


def special_function(name: str) -> Function | None:
    """The function by its name; None for one that is not known here.

    What it raises: `Undefined` where it has no value, `Indeterminate` where mpmath is not asked,
    `NotSmooth` of a series that is not known.
    """
    counts = hypergeometric_counts(name)
    known = _hyper(*counts) if counts is not None else FUNCTIONS.get(name)
    if known is None:
        return None

    def value(*args: Any) -> Any:
        if any(isinstance(arg, Series) for arg in args):
            return of_series(name, args, value)
        try:
            found = known(*args)
        except (ZeroDivisionError, ValueError) as error:
            if isinstance(error, ZeroDivisionError) or _AT_A_POLE.search(str(error)):
                raise Undefined(f"{name} at a pole") from error
            raise
        except TypeError as error:  # numbers too long for mpmath's own conversions
            raise Indeterminate(f"mpmath gave up on {name}: {error}") from error
        if not mpmath.isfinite(found):
            raise Undefined(f"{name} is infinite")
        return found

    return value
