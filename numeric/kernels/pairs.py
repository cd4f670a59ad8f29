"""Numbers of two doubles, high + low: about 100 bits, on arrays.

A kernel whose terms cancel is computed in them where they do; the source of what it uses is copied
into the kernel. Sums and products of two doubles are exact (Knuth 1969, Dekker 1971). Everything
else is within 2**-90 of its value, relative to it, as long as no part of a product is below 1e-290
or beyond 1e290: what rounds off there is lost. Call them with NumPy's warnings off.

>>> high, low = exp((np.array([1.0]), 0.0))
>>> float(high[0]), float(low[0])
(2.718281828459045, 1.4456468917292502e-16)
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

# Arrays, and floats where they are the same for all.
Doubles: TypeAlias = Any
Pair: TypeAlias = tuple[Doubles, Doubles]


def two_sum(a: Doubles, b: Doubles) -> Pair:
    """a + b, exactly."""
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def quick_sum(a: Doubles, b: Doubles) -> Pair:
    """a + b, exactly where |a| >= |b|."""
    total = a + b
    return total, b - (total - a)


def halves(a: Doubles) -> Pair:
    """a as a sum of two numbers of 26 bits."""
    moved = 134217729.0 * a
    high = moved - (moved - a)
    return high, a - high


def two_product(a: Doubles, b: Doubles) -> Pair:
    """a * b, exactly."""
    product = a * b
    (a1, a2), (b1, b2) = halves(a), halves(b)
    return product, ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2


def add(a: Pair, b: Pair) -> Pair:
    high, error = two_sum(a[0], b[0])
    low, rest = two_sum(a[1], b[1])
    high, error = quick_sum(high, error + low)
    return quick_sum(high, error + rest)


def negative(a: Pair) -> Pair:
    return -a[0], -a[1]


def multiply(a: Pair, b: Pair) -> Pair:
    high, low = two_product(a[0], b[0])
    return quick_sum(high, low + (a[0] * b[1] + a[1] * b[0]))


def divide(a: Pair, b: Pair) -> Pair:
    first = a[0] / b[0]
    rest = add(a, negative(multiply((first, 0.0), b)))
    second = rest[0] / b[0]
    rest = add(rest, negative(multiply((second, 0.0), b)))
    high, low = quick_sum(first, second)
    return quick_sum(high, low + rest[0] / b[0])


def sqrt(a: Pair) -> Pair:
    root = np.sqrt(a[0])
    rest = add(a, negative(two_product(root, root)))
    return quick_sum(root, rest[0] / (2.0 * root))


def choose(test: NDArray[np.bool_], a: Pair, b: Pair) -> Pair:
    """a where the test holds, b elsewhere."""
    return np.where(test, a[0], b[0]), np.where(test, a[1], b[1])


def absolute(a: Pair) -> Pair:
    return choose(np.less(a[0], 0.0), negative(a), a)


def maximum(a: Pair, b: Pair) -> Pair:
    return choose(np.less(add(a, negative(b))[0], 0.0), b, a)


def minimum(a: Pair, b: Pair) -> Pair:
    return choose(np.less(add(a, negative(b))[0], 0.0), a, b)


def powers_of_two(count: int) -> Pair:
    """2**(j/count) for j = 0, ..., count - 1."""
    with localcontext() as context:
        context.prec = 50
        exact = [Decimal(2) ** (Decimal(j) / count) for j in range(count)]
        near = [float(value) for value in exact]
        rest = [float(value - Decimal(high)) for value, high in zip(exact, near, strict=True)]
    return np.array(near), np.array(rest)


POWERS = powers_of_two(256)


def small_expm1(x: Pair) -> Pair:
    """exp(x) - 1 for |x| < 0.0014: the polynomial of Taylor, its first terms in pairs."""
    r = x[0]
    tail = 1 / 120 + r * (1 / 720 + r * (1 / 5040 + r * (1 / 40320 + r / 362880)))
    q = add((0.041666666666666664, 2.3129646346357427e-18), (r * tail, 0.0))
    q = add((0.16666666666666666, 9.25185853854297e-18), multiply(x, q))
    q = add((0.5, 0.0), multiply(x, q))
    q = add((1.0, 0.0), multiply(x, q))
    return multiply(x, q)


def reduced(a: Pair) -> tuple[Doubles, Pair, Pair]:
    """n, p and x with exp(a) = 2**n * p * exp(x), p from 1 to 2 and |x| < 0.0014."""
    steps = np.rint(a[0] * 369.3299304675746)
    # log(2)/256 in three parts; products with the first two are exact.
    rest = two_sum(a[0] - steps * 0.002707606173999011, -(steps * 6.327543041506426e-14))
    x = add(rest, two_sum(a[1], -(steps * 1.5629239639119998e-24)))
    places = steps.astype(np.intp) & 255
    return np.floor(steps / 256.0), (POWERS[0][places], POWERS[1][places]), x


def exp(a: Pair) -> Pair:
    n, p, x = reduced(a)
    high, low = add(p, multiply(p, small_expm1(x)))
    n = n.astype(np.intc)
    return np.ldexp(high, n), np.ldexp(low, n)


def expm1(a: Pair) -> Pair:
    n, p, x = reduced(a)
    scale = np.ldexp(1.0, n.astype(np.intc))
    rest = multiply(p, small_expm1(x))
    most = add((p[0] * scale, p[1] * scale), (-1.0, 0.0))
    return add(most, (rest[0] * scale, rest[1] * scale))


def log1p(a: Pair) -> Pair:
    near = np.log1p(a[0])
    below = expm1((near, 0.0))
    off = divide(add(a, negative(below)), add((1.0, 0.0), below))
    return add((near, 0.0), (off[0] - 0.5 * off[0] * off[0], off[1]))


def log(a: Pair) -> Pair:
    near = np.log(a[0])
    off = add(multiply(a, exp((-near, 0.0))), (-1.0, 0.0))
    small = add((near, 0.0), (off[0] - 0.5 * off[0] * off[0], off[1]))
    return choose(np.less(a[0], 0.5), small, log1p(add(a, (-1.0, 0.0))))


def pi() -> Decimal:
    """pi to the digits of the context, and two more: the series of asin(1/2)."""
    with localcontext() as context:
        context.prec += 4
        term, total, k = Decimal(3), Decimal(0), 0
        while total + term != total:
            total += term
            k += 1
            term *= Decimal((2 * k - 1) ** 2) / (8 * k * (2 * k + 1))
        return total


def rounded(formula: Callable[..., Decimal], *numbers: float) -> float:
    """The formula in decimal digits, more of them until two attempts round alike."""
    last = 0.0
    exact = [Decimal(float(number)) for number in numbers]
    for digits in (50, 100, 200, 400, 800):
        with localcontext(Context(digits, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])):
            value = float(formula(*exact))
        if value == last != 0.0:
            break
        last = value
    return last
