"""The orthogonal polynomials by mpmath: recurrences and explicit sums, degree first."""

from __future__ import annotations

from typing import Any

from mpmath import mp, mpf

from numeric.balls.values import Indeterminate, Undefined
from numeric.special.reference_numbers import falling, nearest_integer, rising, whole


def chebyshev_t(n: Any, x: Any) -> Any:
    k = nearest_integer(n)
    if k is None:
        return mp.chebyt(n, x)
    return _long_recurrence(abs(k), mpf(1), x, 2 * x)


def chebyshev_u(n: Any, x: Any) -> Any:
    k = nearest_integer(n)
    if k is None:
        return mp.chebyu(n, x)
    if k == -1:
        return mpf(0)
    value = _long_recurrence(k if k >= 0 else -k - 2, mpf(1), 2 * x, 2 * x)
    return value if k >= 0 else -value


def _long_recurrence(n: int, before: Any, last: Any, factor: Any) -> Any:
    if n > 10_000:
        raise Indeterminate("mpmath is not asked for a polynomial of such a degree")
    if n == 0:
        return before + 0 * last
    for _ in range(n - 1):
        before, last = last, factor * last - before
    return last


def legendre(n: Any, x: Any) -> Any:
    k = nearest_integer(n)
    if k is None:
        if x == -1:
            raise Undefined("a Legendre function at its singularity")
        return mp.legendre(n, x)
    degree = k if k >= 0 else -k - 1
    if degree > 10_000:
        raise Indeterminate("mpmath is not asked for a polynomial of such a degree")
    before, last = mpf(1), x
    if degree == 0:
        return before + 0 * x
    for j in range(2, degree + 1):
        before, last = last, ((2 * j - 1) * x * last - (j - 1) * before) / j
    return last


def associated(n: Any, m: Any, x: Any) -> Any:
    """(-1)**m (1 - x**2)**(m/2) times the m-th derivative of P_n, by its coefficients."""
    degree, order = whole(n, "assoc_legendre", 1000), whole(m, "assoc_legendre", 1000)
    size = abs(order)
    total = mpf(0)
    for k in range((degree - size) // 2 + 1):
        power = degree - 2 * k
        factor = mp.binomial(degree, k) * mp.binomial(2 * degree - 2 * k, degree)
        total += (-1) ** k * factor * mp.ff(power, size) * x ** (power - size)
    value = (-1) ** size * mpf(2) ** -degree * total * (1 - x * x) ** (mpf(size) / 2)
    if order >= 0:
        return value
    return (-1) ** size * mp.factorial(degree - size) / mp.factorial(degree + size) * value


def hermite(n: Any, x: Any) -> Any:
    degree = whole(n, "hermite", 10_000)
    before, last = mpf(1), 2 * x
    if degree == 0:
        return before + 0 * x
    for j in range(2, degree + 1):
        before, last = last, 2 * x * last - 2 * (j - 1) * before
    return last


def laguerre(n: Any, x: Any) -> Any:
    return mp.hyp1f1(-n, 1, x)


def associated_laguerre(n: Any, a: Any, x: Any) -> Any:
    """The sum of (-x)**k / k! * binomial(n + a, n - k)."""
    degree = whole(n, "assoc_laguerre", 10_000)
    total = mpf(0)
    for k in range(degree + 1):
        top = rising(a + k + 1, degree - k) / mp.factorial(degree - k)
        total += top * (-x) ** k / mp.factorial(k)
    return total


def gegenbauer(n: Any, a: Any, x: Any) -> Any:
    """The sum of (-1)**k (a)_{n-k} / (k! (n - 2k)!) * (2x)**(n - 2k)."""
    degree = whole(n, "gegenbauer", 10_000)
    total = mpf(0)
    for k in range(degree // 2 + 1):
        under = mp.factorial(k) * mp.factorial(degree - 2 * k)
        total += (-1) ** k * rising(a, degree - k) / under * (2 * x) ** (degree - 2 * k)
    return total


def jacobi(n: Any, a: Any, b: Any, x: Any) -> Any:
    """The sum of C(n + a, n - k) C(n + b, k) ((x - 1)/2)**k ((x + 1)/2)**(n - k)."""
    degree = whole(n, "jacobi", 1000)
    total = mpf(0)
    for k in range(degree + 1):
        first = falling(degree + a, degree - k) / mp.factorial(degree - k)
        second = falling(degree + b, k) / mp.factorial(k)
        total += first * second * ((x - 1) / 2) ** k * ((x + 1) / 2) ** (degree - k)
    return total
