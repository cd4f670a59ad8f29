"""Numbers of two doubles, high + low: about 100 bits, on arrays.

A kernel whose terms cancel is computed in them where they do; the source of what it uses is copied
into the kernel. Sums and products of two doubles are exact (Knuth 1969, Dekker 1971). Everything
else is within 2**-90 of its value, relative to it (a sum: to its terms), as long as no part of a
product is below 1e-290 or beyond 1e290: what rounds off there is lost. Call them with NumPy's
warnings off.

>>> high, low = exp((np.array([1.0]), 0.0))
>>> float(high[0]), float(low[0])
(2.718281828459045, 1.4456468917292428e-16)
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
    """a + b to 2**-104 of its terms."""
    high, error = two_sum(a[0], b[0])
    return quick_sum(high, error + (a[1] + b[1]))


def plus(a: Pair, b: Doubles) -> Pair:
    """a + b for one double b."""
    high, error = two_sum(a[0], b)
    return quick_sum(high, error + a[1])


def negative(a: Pair) -> Pair:
    return -a[0], -a[1]


def multiply(a: Pair, b: Pair) -> Pair:
    high, low = two_product(a[0], b[0])
    return quick_sum(high, low + (a[0] * b[1] + a[1] * b[0]))


def divide(a: Pair, b: Pair) -> Pair:
    first = a[0] / b[0]
    product, error = two_product(first, b[0])
    rest = ((a[0] - product) - error) + (a[1] - first * b[1])
    return quick_sum(first, rest / b[0])


def sqrt(a: Pair) -> Pair:
    root = np.sqrt(a[0])
    rest = add(a, negative(two_product(root, root)))
    return quick_sum(root, rest[0] / (2.0 * root))


def bits_of(test: NDArray[np.bool_]) -> NDArray[np.int64]:
    """All bits where the test holds, none elsewhere."""
    return np.negative(test.view(np.int8)).astype(np.int64)


def mixed(test: NDArray[np.bool_], a: Doubles, b: Doubles) -> Doubles:
    """`np.where` without a branch, which is slow where the next test cannot be foreseen."""
    one, other = np.asarray(a).view(np.int64), np.asarray(b).view(np.int64)
    return (((one ^ other) & bits_of(test)) ^ other).view(np.float64)


def put(test: NDArray[np.bool_], values: Doubles, into: Doubles) -> None:
    """`np.putmask(into, test, values)` without a branch; `values` is lost."""
    one, other = values.view(np.int64), into.view(np.int64)
    one ^= other
    one &= bits_of(test)
    other ^= one


def choose(test: NDArray[np.bool_], a: Pair, b: Pair) -> Pair:
    """a where the test holds, b elsewhere."""
    return mixed(test, a[0], b[0]), mixed(test, a[1], b[1])


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
        step = Decimal(2) ** (1 / Decimal(count))
        exact = [Decimal(1)]
        for _ in range(count - 1):
            exact.append(exact[-1] * step)
        near = [float(value) for value in exact]
        rest = [float(value - Decimal(high)) for value, high in zip(exact, near, strict=True)]
    return np.array(near), np.array(rest)


POWERS = powers_of_two(4096)


def small_expm1(x: Pair) -> Pair:
    """exp(x) - 1 for |x| < 0.0001: the polynomial of Taylor, its first terms in pairs."""
    r = x[0]
    tail = r * (1 / 24 + r * (1 / 120 + r / 720))
    q = plus((0.16666666666666666, 9.25185853854297e-18), tail)
    q = plus(multiply(x, q), 0.5)
    q = plus(multiply(x, q), 1.0)
    return multiply(x, q)


def reduced(a: Pair) -> tuple[Doubles, Pair, Pair]:
    """n, p and x with exp(a) = 2**n * p * exp(x), p from 1 to 2 and |x| < 0.0001."""
    steps = np.rint(a[0] * 5909.278887481194)
    # log(2)/4096 in three parts; products with the first two are exact.
    high, low = two_sum(a[0] - steps * 0.00016922538588914904, -(steps * -1.0256140311365355e-14))
    x = quick_sum(high, low + (a[1] - steps * -2.797449396191097e-24))
    places = steps.astype(np.intp) & 4095
    return np.floor(steps / 4096.0), (POWERS[0][places], POWERS[1][places]), x


def exp(a: Pair) -> Pair:
    n, p, x = reduced(a)
    r, rest = x
    # exp(x) - 1 as x + x**2/2 + ..., of which only the first two need more than a double.
    start, end = halves(r)
    half, error = quick_sum(0.5 * start * start, 0.5 * (r + start) * end)
    third = half * (r * (1 / 3 + r * (1 / 12 + r * (1 / 60 + r / 360))))
    half, below = quick_sum(half, third)
    r, low = quick_sum(r, half)
    low = low + (below + (error + (rest + r * rest)))
    high, error = two_product(p[0], r)
    error = error + (p[0] * low + p[1] * (1.0 + r))
    high, low = quick_sum(p[0], high)
    high, low = quick_sum(high, low + error)
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


def high_bits(a: Doubles) -> Doubles:
    """The first 26 bits of a: products of two such numbers are exact."""
    return (a.view(np.int64) & -134217728).view(np.float64)


def exponentials() -> Pair:
    """exp(k/512) for |k| <= 16384, 26 bits and what is left; nan beside them."""
    nodes = np.arange(-16384.0, 16385.0) / 512.0
    high, low = exp((nodes, 0.0 * nodes))
    head = high_bits(high)
    low = (high - head) + low
    return np.pad(head, 1, constant_values=np.nan), np.pad(low, 1, constant_values=np.nan)


EXPONENTIALS = exponentials()


def exp_in_parts(x: Doubles) -> Pair:
    """exp(x) as 26 bits and what is left, to 2**-61; nan where |x| > 32."""
    moved = x + 13194139533312.0  # 1.5 * 2**43: what is kept of x are multiples of 1/512
    rest = x - (moved - 13194139533312.0)
    places = moved.view(np.int64) - 4803089002590617599
    head = EXPONENTIALS[0].take(places, mode="clip")
    low = EXPONENTIALS[1].take(places, mode="clip")
    return head, low + (head + low) * np.expm1(rest)


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
