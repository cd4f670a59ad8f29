"""The gamma function's relatives: digamma, polygamma, beta, binomials, rising factorials, and the
incomplete gamma functions.

Conventions where books differ (SymPy's): binomial(n, k) is 0 for a negative integer k, the
polynomial n(n-1)...(n-k+1)/k! for an integer k >= 0, and undefined where n is a negative integer
and k is no integer. Rising and falling factorials of integer order are products, of negative
order their reciprocals.
"""

from __future__ import annotations

from collections.abc import Callable
from math import factorial
from typing import Final

from flint import acb, arb, fmpq

from numeric.balls import elementary
from numeric.balls.jets import (
    Jet,
    Number,
    added,
    applied,
    constant_of,
    multiplied,
    negated,
    quotient,
)
from numeric.balls.values import (
    ONE,
    ZERO,
    Indeterminate,
    Scalar,
    Undefined,
    as_int,
    ball,
    divided,
    shortened,
    times,
)
from numeric.special.basics import (
    MOST_BITS,
    MOST_INDEX,
    index,
    is_pole,
    is_real,
    real_result,
    result,
    wide,
)


def digamma(u: Scalar) -> Scalar:
    """The logarithmic derivative of gamma; undefined at 0, -1, -2, ..."""
    return polygamma(ZERO, u)


def digamma_taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
    return polygamma_taylor(1, [ZERO, *args], length)


def polygamma(n: Scalar, u: Scalar) -> Scalar:
    """The n-th derivative of digamma, n = 0, 1, 2, ...; undefined at 0, -1, -2, ..."""
    order = index(n, "polygamma", 1000)
    if order == -1:
        return elementary.loggamma(u)
    if order < 0:
        raise Indeterminate(f"polygamma of the order {order} is not supported")
    if is_pole(u, "polygamma"):
        raise Undefined(f"polygamma at its pole {u}")
    if order == 0:
        return result(ball(u).digamma(), "digamma")
    value = wide(u).polygamma(order)
    return real_result(value, "polygamma") if is_real(u) else result(value, "polygamma")


def polygamma_taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
    if which == 0:
        raise Indeterminate("polygamma is not differentiated by its order")
    order = index(args[0], "polygamma", 1000)
    terms: list[Scalar] = []
    factor = fmpq(1)
    for k in range(length):
        terms.append(times(factor, polygamma(fmpq(order + k), args[1])))
        factor /= k + 1
    return terms


def beta(a: Scalar, b: Scalar) -> Scalar:
    """gamma(a)*gamma(b)/gamma(a + b)."""
    poles = is_pole(a, "beta"), is_pole(b, "beta")
    if any(poles):
        if all(poles) or not is_pole(a + b, "beta"):
            raise Undefined(f"beta at its pole ({a}, {b})")
        raise Indeterminate(f"beta at ({a}, {b}), where a pole meets a zero")
    return times(times(elementary.gamma(a), elementary.gamma(b)), elementary.rgamma(a + b))


def beta_jets(a: Number, b: Number) -> Number:
    for value in (a, b):
        if is_pole(constant_of(value), "beta"):
            raise Indeterminate("beta is not differentiated at a pole")
    product = multiplied(applied("gamma", a), applied("gamma", b))
    return multiplied(product, applied("1/gamma", added(a, b)))


# ------------------------------------------------------------------------- binomials, factorials


def falling(u: Number, k: int) -> Number:
    """u*(u - 1)*...*(u - k + 1) for k >= 0; 1/((u + 1)*...*(u - k)) for k < 0."""
    if k < 0:
        return quotient(ONE, falling(added(u, fmpq(-k)), -k))
    return _product(u, k, -1)


def _product(u: Number, k: int, step: int) -> Number:
    """u*(u + step)*... with k factors."""
    start = constant_of(u)
    n = as_int(start)
    if n is not None and 0 <= -n * step < k and not isinstance(u, Jet):
        return ZERO
    if isinstance(u, Jet):
        if k > 1000:
            raise Indeterminate(f"a product of {k} factors is not differentiated")
    elif isinstance(start, fmpq):
        bits = start.p.height_bits() + start.q.height_bits() + k.bit_length()
        if bits * k <= MOST_BITS:
            exact = fmpq(1)
            for j in range(k):
                exact *= start + step * j
            return shortened(exact)
        return _long_product(arb(start), k, step)
    else:
        return _long_product(start, k, step)
    result: Number = ONE
    for j in range(k):
        result = multiplied(result, added(u, fmpq(step * j)))
    return result


def _long_product(u: arb | acb, k: int, step: int) -> Scalar:
    if k > 10**9:
        raise Indeterminate(f"a product of {k} factors")
    first = u if step > 0 else u - (k - 1)
    return result(first.rising(k), "a rising factorial")


def rising_factorial(u: Number, k: Number) -> Number:
    n = None if isinstance(k, Jet) else as_int(k)
    if n is not None:
        return _product(u, n, 1) if n >= 0 else quotient(ONE, falling(added(u, -ONE), -n))
    return multiplied(applied("gamma", added(u, k)), applied("1/gamma", u))


def falling_factorial(u: Number, k: Number) -> Number:
    n = None if isinstance(k, Jet) else as_int(k)
    if n is not None:
        return falling(u, n)
    u = added(u, ONE)
    return multiplied(applied("gamma", u), applied("1/gamma", added(u, negated(k))))


def binomial(n: Number, k: Number) -> Number:
    below_ = None if isinstance(k, Jet) else as_int(k)
    above = as_int(constant_of(n))
    if below_ is not None:
        if below_ < 0:
            return ZERO
        if above is not None and above >= 0 and not isinstance(n, Jet):
            below_ = min(below_, above - below_) if below_ <= above else -1
            if below_ < 0:
                return ZERO
        product = falling(n, below_)
        if isinstance(product, fmpq) and below_ <= MOST_BITS:
            return product / factorial(below_)
        return multiplied(product, elementary.rfactorial(fmpq(below_)))
    if above is not None and above < 0:
        if isinstance(k, Jet) and as_int(constant_of(k)) is not None:
            raise Indeterminate("binomial is not differentiated at a negative integer")
        raise Undefined(f"binomial({above}, {k}) with an integer above and none below")
    one_more = added(n, ONE)
    bottom = multiplied(
        applied("1/gamma", added(k, ONE)),
        applied("1/gamma", added(one_more, negated(k))),
    )
    return multiplied(applied("gamma", one_more), bottom)


def factorial2(u: Scalar) -> Scalar:
    """The product of u, u - 2, ... down to 1 or 2; for a negative odd u by the same recurrence."""
    n = as_int(u)
    if n is None:
        raise Indeterminate("factorial2 is known at integers only")
    if n % 2 == 0:
        if n < 0:
            raise Undefined(f"factorial2 at its pole {n}")
        return times(_two_to(n // 2), elementary.factorial(fmpq(n // 2)))
    if n > 0:
        m = (n + 1) // 2
        top = elementary.factorial(fmpq(2 * m))
        return divided(top, times(_two_to(m), elementary.factorial(fmpq(m))))
    sign = -1 if (1 - n) // 2 % 2 else 1
    return divided(fmpq(sign * n), factorial2(fmpq(-n)))


def _two_to(k: int) -> Scalar:
    return fmpq(2**k) if k <= MOST_BITS else arb(2) ** k


def catalan(n: Number) -> Number:
    """4**n*gamma(n + 1/2)/(sqrt(pi)*gamma(n + 2)), binomial(2n, n)/(n + 1)."""
    m = None if isinstance(n, Jet) else as_int(n)
    if m is not None and 0 <= m <= MOST_INDEX:
        return quotient(binomial(fmpq(2 * m), fmpq(m)), fmpq(m + 1))
    top = multiplied(applied("gamma", added(n, fmpq(1, 2))), applied("1/gamma", added(n, fmpq(2))))
    power = applied("exp", multiplied(n, arb(4).log()))
    return quotient(multiplied(power, top), arb.pi().sqrt())


COMPOSED: Final[dict[str, Callable[..., Number]]] = {
    "RisingFactorial": rising_factorial,
    "FallingFactorial": falling_factorial,
    "binomial": binomial,
    "catalan": catalan,
}
