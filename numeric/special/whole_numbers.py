"""gcd, lcm, and the sequences of Fibonacci, Lucas, Bernoulli, Euler and the harmonic numbers.

B_1 is 1/2, and off the integers B_s is -s*zeta(1 - s), B_s(x) is -s*zeta(1 - s, x), as in SymPy.
Harmonic numbers are continued by H_z = digamma(z + 1) + EulerGamma and, of order m, by
zeta(m) - zeta(m, z + 1).
"""

from __future__ import annotations

from math import comb
from typing import Final

from flint import arb, fmpq, fmpz

from numeric.balls.values import (
    ONE,
    ZERO,
    Indeterminate,
    Scalar,
    Undefined,
    as_int,
    ball,
    shortened,
    times,
)
from numeric.special.basics import MOST_BITS, index, is_real, real_result, result, wide
from numeric.special.gammas import polygamma
from numeric.special.zetas import bernoulli_number, bernoulli_polynomial, zeta

_MOST_SUMMED: Final = 5000
_MOST_DEGREE: Final = 1000


def gcd(a: Scalar, b: Scalar) -> Scalar:
    """The greatest common divisor of two integers, 0 for 0 and 0."""
    return fmpq(fmpz(_integer(a, "gcd")).gcd(fmpz(_integer(b, "gcd"))))


def lcm(a: Scalar, b: Scalar) -> Scalar:
    """The least common multiple of two integers, 0 if one is 0; never negative."""
    return fmpq(fmpz(_integer(a, "lcm")).lcm(fmpz(_integer(b, "lcm"))))


def _integer(value: Scalar, name: str) -> int:
    return index(value, name, 2**MOST_BITS)


def fibonacci(u: Scalar) -> Scalar:
    """F_n, for negative n by the recurrence."""
    n = index(u, "fibonacci", 10**12)
    small = abs(n) <= MOST_BITS
    value: Scalar = fmpq(fmpz.fib_ui(fmpz(abs(n)))) if small else arb.fib(abs(n))
    return -value if n < 0 and n % 2 == 0 else value


def lucas(u: Scalar) -> Scalar:
    """L_n = F_{n-1} + F_{n+1}."""
    n = index(u, "lucas", 10**12)
    return fibonacci(fmpq(n - 1)) + fibonacci(fmpq(n + 1))


def bernoulli(*args: Scalar) -> Scalar:
    """B_s, or the polynomial B_s(x)."""
    s, x = args[0], args[1] if len(args) == 2 else ONE
    n = as_int(s)
    if n is not None and n >= 0:
        if len(args) == 1:
            if n <= 2 * _MOST_DEGREE:
                return shortened(bernoulli_number(n))
            return arb.bernoulli(index(s, "bernoulli", 10**6))
        degree = index(s, "bernoulli", _MOST_DEGREE)
        if isinstance(x, fmpq) and degree * _bits(x) <= MOST_BITS:
            return shortened(bernoulli_polynomial(degree, x))
        value = wide(x).bernoulli_poly(degree)
        return real_result(value, "bernoulli") if is_real(x) else result(value, "bernoulli")
    return times(-s, zeta(1 - s, x))


def _bits(x: fmpq) -> int:
    return int(x.p.height_bits() + x.q.height_bits())


def bernoulli_taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
    if which == 0:
        raise Indeterminate("bernoulli is not differentiated by its index")
    n, x = as_int(args[0]), args[1]
    if n is None or n < 0:
        raise Indeterminate("a Bernoulli polynomial of such a degree is not differentiated")
    terms: list[Scalar] = []
    for k in range(length):
        terms.append(times(fmpq(comb(n, k)), bernoulli(fmpq(n - k), x)) if k <= n else ZERO)
    return terms


def euler(*args: Scalar) -> Scalar:
    """The Euler number E_n, or the polynomial E_n(x), n = 0, 1, 2, ..."""
    n = index(args[0], "euler", _MOST_DEGREE)
    if n < 0:
        raise Indeterminate("euler of a negative index is not supported")
    if len(args) == 1:
        return shortened(fmpq(fmpz.euler_number(n)))
    x = args[1]
    half = bernoulli(fmpq(n + 1), x / 2)
    whole = bernoulli(fmpq(n + 1), x)
    return times(fmpq(2, n + 1), whole - times(fmpq(2) ** (n + 1), half))


def euler_taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
    if which == 0:
        raise Indeterminate("euler is not differentiated by its index")
    n, x = index(args[0], "euler", _MOST_DEGREE), args[1]
    terms: list[Scalar] = []
    for k in range(length):
        terms.append(times(fmpq(comb(n, k)), euler(fmpq(n - k), x)) if k <= n else ZERO)
    return terms


def harmonic(*args: Scalar) -> Scalar:
    """H_n = 1 + 1/2 + ... + 1/n, or the sum of k**-m; undefined at n = -1, -2, ..."""
    z, m = args[0], args[1] if len(args) == 2 else ONE
    n, order = as_int(z), as_int(m)
    if n is not None and 0 <= n <= _MOST_SUMMED:
        return _summed(n, m)
    if order == 1:
        if n is not None and n < 0:
            raise Undefined(f"harmonic at its pole {n}")
        return polygamma(ZERO, z + 1) + arb.const_euler()
    return zeta(m) - zeta(m, z + 1)


def _summed(n: int, m: Scalar) -> Scalar:
    order = as_int(m)
    if order is not None and abs(order) * n.bit_length() <= MOST_BITS:
        if order == 1:
            return shortened(fmpq.harmonic(n))
        if abs(order) * n <= MOST_BITS:
            return shortened(sum((fmpq(k) ** -order for k in range(1, n + 1)), start=fmpq(0)))
    total: Scalar = ZERO
    for k in range(1, n + 1):
        power = ball(fmpq(k)).log() * ball(m)
        total = total + (-power).exp()
    return total


def harmonic_taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
    if which or (len(args) == 2 and as_int(args[1]) != 1):
        raise Indeterminate("harmonic of an order is not differentiated")
    terms = [harmonic(*args)]
    factor = fmpq(1)
    for k in range(1, length):
        factor /= k
        terms.append(times(factor, polygamma(fmpq(k), args[0] + 1)))
    return terms
