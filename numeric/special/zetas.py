"""Zeta functions, polylogarithms, and Lambert's W.

The Hurwitz zeta function continues the sum of (n + a)**-s with principal powers, so it is complex
for most negative a; at a = 0, -1, -2, ... it has a value (a polynomial's) for s = 0, -1, -2, ...
only. The cut of the polylogarithm and of Lerch's function is z > 1, where the value is that from
below; W_k has the value from above on its cut, the negative axis beyond its branch point.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import acb, acb_series, arb, arb_series, ctx, fmpq

from numeric.balls.elementary import power
from numeric.balls.values import (
    ONE,
    ZERO,
    Indeterminate,
    Scalar,
    Undefined,
    as_int,
    ball,
    divided,
    is_zero,
    may_vanish,
    simplified,
    times,
)
from numeric.special.basics import (
    MOST_BITS,
    below,
    beyond,
    index,
    is_pole,
    is_real,
    is_value,
    of_moderate_size,
    real_part,
    real_result,
    result,
    wide,
)

# Beyond this, the analytic continuation takes too long.
_MOST_IMAGINARY = 10**6
_MOST_NEGATIVE = 10**5
# Arb integrates numerically for Lerch's function: beyond this it takes too long.
_MOST_PRECISION = 1200


def _of_moderate_order(s: Scalar, name: str) -> None:
    of_moderate_size(s, name, 40)
    real = real_part(s)
    tall = isinstance(s, acb) and not abs(s.imag) < _MOST_IMAGINARY
    if tall or not real > -_MOST_NEGATIVE:
        raise Indeterminate(f"{name} is asked too far from the real axis or to the left")


def zeta(s: Scalar, a: Scalar = ONE) -> Scalar:
    """The zeta function of Riemann, or of Hurwitz; undefined at s = 1."""
    if is_value(s, 1, "zeta"):
        raise Undefined("zeta at its pole 1")
    n = as_int(s)
    if as_int(a) == 1:
        if n is not None and -60 <= n <= 0:
            return divided(-bernoulli_number(1 - n), fmpq(1 - n)) if n else fmpq(-1, 2)
        _of_moderate_order(s, "zeta")
        if n is not None and n < 0 and n % 2 == 0:
            return ZERO
        return result(ball(s).zeta(), "zeta")
    _of_moderate_order(s, "zeta")
    of_moderate_size(a, "zeta", 64)
    if n is not None and n <= 0:
        if -n <= 60 and isinstance(a, fmpq):
            return divided(-bernoulli_polynomial(1 - n, a), fmpq(1 - n))
        value = wide(s).zeta(wide(a))
        return real_result(value, "zeta") if is_real(a) else result(value, "zeta")
    if is_pole(a, "zeta(s, a)"):
        # SymPy finds no value; the term 0**-s vanishes where s < 0.
        _refuse_pole(s, a)
    if n is None:
        below(a, 0, "zeta(s, a)")
    real = real_part(a)
    if not real > -10_000:
        raise Indeterminate("zeta(s, a) is asked too far to the left")
    value = wide(s).zeta(wide(a))
    if is_real(s, a) and (n is not None or real > 0):
        return real_result(value, "zeta")
    return result(value, "zeta")


def _refuse_pole(s: Scalar, a: Scalar) -> None:
    real = real_part(s)
    if real > 0 and is_real(s):
        raise Undefined(f"zeta(s, a) at a = {a}")
    raise Indeterminate(f"zeta(s, a) at a = {a}, where books differ")


def bernoulli_number(n: int) -> fmpq:
    """B_n with B_1 = 1/2."""
    return fmpq(1, 2) if n == 1 else fmpq.bernoulli(n)


def bernoulli_polynomial(n: int, x: fmpq) -> fmpq:
    value, binomial = fmpq(0), 1
    for k in range(n + 1):
        value += binomial * (fmpq(-1, 2) if k == 1 else fmpq.bernoulli(k)) * x ** (n - k)
        binomial = binomial * (n - k) // (k + 1)
    return value


def zeta_taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
    s, a = args[0], args[1] if len(args) == 2 else ONE
    zeta(s, a)
    n = as_int(s)
    if which == 1:
        terms: list[Scalar] = []
        if n is not None and n <= 0:
            raise Indeterminate("a Bernoulli polynomial is differentiated by its values")
        factor: Scalar = ONE
        for k in range(length):
            terms.append(times(factor, zeta(s + k, a)))
            factor = times(factor, -(s + k) / (k + 1))
        return terms
    real = is_real(s, a) and (real_part(a) > 0)
    if real:
        series: Any = arb_series([real_part(s), 1], prec=length).zeta(real_part(a))
    else:
        below(a, 0, "zeta(s, a)")
        series = acb_series([wide(s), 1], prec=length).zeta(wide(a))
    return [result(series[k], "a derivative of zeta") for k in range(length)]


def dirichlet_eta(s: Scalar) -> Scalar:
    """(1 - 2**(1 - s))*zeta(s), log(2) at 1: an entire function."""
    _of_moderate_order(s, "dirichlet_eta")
    n = as_int(s)
    if n is not None and -60 <= n <= 0:
        return times(fmpq(1) - fmpq(2) ** (1 - n), zeta(s))
    value = wide(s).dirichlet_eta()
    return real_result(value, "dirichlet_eta") if is_real(s) else result(value, "dirichlet_eta")


# --------------------------------------------------------------------------- polylogarithms


def polylog(s: Scalar, z: Scalar) -> Scalar:
    """Li_s(z). At z = 1 it is zeta(s) where the real part of s exceeds 1."""
    name = "polylog"
    if is_zero(z):
        return ZERO
    n = as_int(s)
    _of_moderate_order(s, name)
    if n is not None and n <= 0:
        if is_value(z, 1, name):
            # zeta(n) for SymPy, while the rational function has a pole.
            raise Indeterminate(f"polylog({n}, 1), where books differ")
        return _rational_polylog(-n, z)
    if as_int(z) == 1:
        real = real_part(s)
        if real > 1:
            return zeta(s)
        if n == 1:
            raise Undefined("polylog(1, z) at its pole 1")
        raise Indeterminate("polylog at 1 is known where the real part of its order exceeds 1 only")
    cut = beyond(z, 1, name)
    value = wide(z).polylog(wide(s))
    return real_result(value, name) if is_real(s, z) and not cut else result(value, name)


def _rational_polylog(n: int, z: Scalar) -> Scalar:
    """Li_{-n}(z) by the Eulerian polynomials: z*A_n(z)/(1 - z)**(n + 1)."""
    index(fmpq(n), "polylog", 200)
    if n == 0:
        return divided(z, 1 - z)
    row = [1]
    for m in range(2, n + 1):
        row = [
            (k + 1) * (row[k] if k < len(row) else 0) + (m - k) * (row[k - 1] if k else 0)
            for k in range(m)
        ]
    top: Scalar = ZERO
    for coefficient in row:
        top = times(top, z) + coefficient
    return divided(times(top, z), (1 - z) ** (n + 1))


def polylog_taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
    s, z = args
    first = polylog(s, z)
    if length == 1:
        return [first]
    if which == 0:
        if as_int(z) == 1 or beyond(z, 1, "polylog"):
            raise Indeterminate("polylog is not differentiated by its order on the cut")
        series = acb_series.polylog(acb_series([wide(s), 1], prec=length), wide(z))
        return [result(series[k], "a derivative of polylog") for k in range(length)]
    if is_zero(z):
        return [ZERO, *(_reciprocal_power(k, s) for k in range(1, length))]
    if may_vanish(z):
        raise Indeterminate("polylog is not differentiated so near to 0")
    # z**k * Li_s^(k)(z) is the sum of stirling(k, j)*Li_{s-j}(z), with signed numbers.
    lower = [polylog(s - j, z) for j in range(length)]
    terms: list[Scalar] = [first]
    stirling, factorial, power = [fmpq(0), fmpq(1)], fmpq(1), z
    for k in range(1, length):
        total: Scalar = ZERO
        for j in range(1, k + 1):
            total = total + times(stirling[j], lower[j])
        terms.append(divided(divided(total, factorial), power))
        factorial *= k + 1
        power = times(power, z)
        stirling = [
            (stirling[j - 1] if j else fmpq(0)) - k * (stirling[j] if j <= k else fmpq(0))
            for j in range(k + 2)
        ]
    return terms


def _reciprocal_power(k: int, s: Scalar) -> Scalar:
    n = as_int(s)
    if n is not None and abs(n) * k.bit_length() <= MOST_BITS:
        return fmpq(k) ** -n
    return simplified((-ball(s) * arb(k).log()).exp())


def lerch_phi(z: Scalar, s: Scalar, a: Scalar) -> Scalar:
    """The continuation of the sum of z**n/(n + a)**s; undefined for a = 0, -1, -2, ..."""
    name = "lerchphi"
    if is_pole(a, name):
        if is_zero(z) or not (is_real(s) and real_part(s) > 0):
            raise Indeterminate(f"lerchphi at a = {a}, where books differ")
        raise Undefined(f"lerchphi at a = {a}")
    if is_zero(z):
        return power(a, -s)
    if as_int(z) == 1:
        real = real_part(s)
        if real > 1:
            return zeta(s, a)
        if as_int(s) == 1:
            raise Undefined("lerchphi(1, 1, a) at a pole")
        raise Indeterminate("lerchphi at 1 is known where the real part of s exceeds 1 only")
    for value in (z, s, a):
        of_moderate_size(value, name, 12)
    if beyond(z, 1, name):
        raise Indeterminate("lerchphi on its cut is not supported")
    if ctx.prec > _MOST_PRECISION:
        raise Indeterminate(f"lerchphi to more than {_MOST_PRECISION} bits")
    if not abs(ball(z)) < 1 and not real_part(a) > 0:
        raise Indeterminate("lerchphi beyond the unit disc is known for re(a) > 0 only")
    n = as_int(s)
    if n is None:
        below(a, 0, name)
    value = wide(z).lerch_phi(wide(s), wide(a))
    real_valued = is_real(z, s, a) and (n is not None or real_part(a) > 0)
    return real_result(value, name) if real_valued else result(value, name)


def lerch_taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
    z, s, a = args
    if which != 2:
        raise Indeterminate("lerchphi is differentiated by its last argument only")
    terms: list[Scalar] = []
    factor: Scalar = ONE
    for k in range(length):
        terms.append(times(factor, lerch_phi(z, s + k, a)))
        factor = times(factor, -(s + k) / (k + 1))
    return terms


# ------------------------------------------------------------------------------- Lambert's W


def lambert_w(z: Scalar, branch: Scalar = ZERO) -> Scalar:
    """W_k(z), which solves w*exp(w) = z; W(0) is 0, the other branches have no value at 0."""
    name = "LambertW"
    k = index(branch, name, 10**6)
    if is_zero(z):
        if k:
            raise Undefined(f"LambertW(0, {k})")
        return ZERO
    of_moderate_size(z, name, 10**6)
    start = -(arb(-1).exp())
    if is_real(z) and real_part(z) < 0:
        at_start = real_part(z) - start
        if k in {0, -1} and not (at_start > 0 or at_start < 0):
            raise Indeterminate(
                "the precision does not tell an argument of W from its branch point"
            )
        if k in {0, -1} and at_start > 0:
            return real_result(wide(z).lambertw(k), name)
        return result(wide(z).lambertw(k), name)
    if k == 0:
        below(z, start, name)
    else:
        below(z, 0, name)
    value = wide(z).lambertw(k)
    return real_result(value, name) if is_real(z) and k == 0 else result(value, name)


def lambert_taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
    z = args[0]
    k = index(args[1], "LambertW", 10**6) if len(args) == 2 else 0
    first = lambert_w(z, fmpq(k))
    if which or length == 1:
        return [first]
    # Newton's iteration on series would need a guess; W' = 1/(z + exp(W)) gives term after term.
    terms: list[Scalar] = [first]
    make: Callable[..., Any] = arb_series if is_real(z, first) else acb_series
    while len(terms) < length:
        n = len(terms)
        w = make([ball(t) for t in terms], prec=n)
        slope = 1 / (make([ball(z), 1], prec=n) + w.exp())
        terms.append(result(slope[n - 1] / n, "a derivative of LambertW"))
    return terms
