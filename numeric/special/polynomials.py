"""Orthogonal polynomials, by their recurrences; other degrees by the hypergeometric function.

T_{-n} = T_n, U_{-n} = -U_{n-2}, P_{-n} = P_{n-1}; a Laguerre polynomial of negative degree is
1F1(-n; 1; x), as in SymPy. assoc_legendre has the phase (-1)**m and the root of 1 - x**2, so it is
complex for |x| > 1 and odd m.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flint import acb, arb, fmpq

from numeric.balls.jets import (
    Jet,
    Number,
    added,
    composed,
    constant_of,
    multiplied,
    negated,
    powered,
)
from numeric.balls.values import ONE, ZERO, Indeterminate, Scalar, Undefined, as_int
from numeric.special.basics import MOST_BITS, result
from numeric.special.gammas import rising_factorial
from numeric.special.hypergeometric import hyper, hyper_taylor

# Degrees up to here by recurrence; exact values only as long as they stay short.
_MOST_STEPS: Final = 4096
_MOST_DEGREE: Final = 10**6


def hypergeometric_of(upper: list[Scalar], lower: list[Scalar], z: Number) -> Number:
    """pFq of a number or a jet, its parameters fixed."""
    if not isinstance(z, Jet):
        return hyper(upper, lower, z)
    return composed(hyper_taylor(upper, lower, z.constant, sum(z.orders) + 1), z)


def _degree(n: Number, name: str) -> int | None:
    if isinstance(n, Jet):
        raise Indeterminate(f"{name} is not differentiated by its degree")
    degree = as_int(n)
    if degree is not None and abs(degree) > _MOST_DEGREE:
        raise Indeterminate(f"{name} of the degree {degree}")
    return degree


def _fixed(value: Number, name: str) -> Scalar:
    if isinstance(value, Jet):
        raise Indeterminate(f"{name} is not differentiated by a parameter")
    return value


Step = Callable[[int, Number, Number, Number], Number]  # degree, x, the last two -> the next


def _recurred(n: int, x: Number, first: Number, second: Number, step: Step) -> Number:
    if n > _MOST_STEPS:
        raise Indeterminate(f"a polynomial of degree {n} by its recurrence")
    x = _short_enough(x, n)
    if n == 0:
        return first
    before, last = first, second
    for k in range(2, n + 1):
        before, last = last, step(k, x, last, before)
    return last


def _short_enough(x: Number, n: int) -> Number:
    if isinstance(x, fmpq) and (x.p.height_bits() + x.q.height_bits()) * n > MOST_BITS:
        return arb(x)
    return x


def chebyshev_t(n: Number, x: Number) -> Number:
    degree = _degree(n, "chebyshevt")
    if degree is None:
        constant = _fixed(n, "chebyshevt")
        half = multiplied(fmpq(1, 2), added(ONE, negated(x)))
        return hypergeometric_of([-constant, constant], [fmpq(1, 2)], half)
    return _chebyshev(abs(degree), x, first_kind=True)


def chebyshev_u(n: Number, x: Number) -> Number:
    degree = _degree(n, "chebyshevu")
    if degree is None:
        constant = _fixed(n, "chebyshevu")
        half = multiplied(fmpq(1, 2), added(ONE, negated(x)))
        series = hypergeometric_of([-constant, constant + 2], [fmpq(3, 2)], half)
        return multiplied(constant + 1, series)
    if degree == -1:
        return ZERO
    if degree < -1:
        return negated(_chebyshev(-degree - 2, x, first_kind=False))
    return _chebyshev(degree, x, first_kind=False)


def _chebyshev(n: int, x: Number, *, first_kind: bool) -> Number:
    x = _short_enough(x, n)
    if not isinstance(x, Jet) and not isinstance(x, fmpq) and n > 8:
        # Arb's own method loses less than the recurrence.
        value = x.chebyshev_t(n) if first_kind else x.chebyshev_u(n)
        return result(value, "a Chebyshev polynomial")
    twice = multiplied(fmpq(2), x)
    return _recurred(
        n,
        x,
        ONE,
        x if first_kind else twice,
        lambda k, _, last, before: added(multiplied(twice, last), negated(before)),
    )


def legendre(n: Number, x: Number) -> Number:
    degree = _degree(n, "legendre")
    if degree is None:
        constant = _fixed(n, "legendre")
        if as_int(constant_of(x)) == -1:
            raise Undefined("a Legendre function at its singularity -1")
        half = multiplied(fmpq(1, 2), added(ONE, negated(x)))
        return hypergeometric_of([-constant, constant + 1], [ONE], half)
    if degree < 0:
        degree = -degree - 1
    x = _short_enough(x, degree)
    if isinstance(x, arb | acb) and degree > 8:
        return result(x.legendre_p(degree), "a Legendre polynomial")

    def step(k: int, u: Number, last: Number, before: Number) -> Number:
        ahead = multiplied(fmpq(2 * k - 1, k), multiplied(u, last))
        return added(ahead, multiplied(fmpq(1 - k, k), before))

    return _recurred(degree, x, ONE, x, step)


def assoc_legendre(n: Number, m: Number, x: Number) -> Number:
    name = "assoc_legendre"
    degree, order = _degree(n, name), _degree(m, name)
    if degree is None or order is None or degree < 0 or abs(order) > degree:
        raise Indeterminate(f"{name} is known for integers with |m| <= n only")
    size = abs(order)
    if degree > 1000:
        raise Indeterminate(f"{name} of the degree {degree}")
    # P_m^m is (-1)**m (2m - 1)!! (1 - x**2)**(m/2); from there the degree is raised.
    start: Number = fmpq(1)
    for k in range(size):
        start = multiplied(start, fmpq(-(2 * k + 1)))
    root = powered(added(ONE, negated(multiplied(x, x))), fmpq(size, 2)) if size else ONE
    before: Number = ZERO
    last = start
    for k in range(size + 1, degree + 1):
        ahead = multiplied(fmpq(2 * k - 1, k - size), multiplied(x, last))
        before, last = last, added(ahead, multiplied(fmpq(1 - k - size, k - size), before))
    value = multiplied(last, root)
    if order >= 0:
        return value
    factor = fmpq((-1) ** size)
    for k in range(degree - size + 1, degree + size + 1):
        factor /= k
    return multiplied(factor, value)


def hermite(n: Number, x: Number) -> Number:
    degree = _degree(n, "hermite")
    if degree is None or degree < 0:
        raise Indeterminate("hermite is known for the degrees 0, 1, 2, ... only")
    twice = multiplied(fmpq(2), _short_enough(x, 2 * degree))

    def step(k: int, u: Number, last: Number, before: Number) -> Number:
        return added(multiplied(twice, last), multiplied(fmpq(-2 * (k - 1)), before))

    return _recurred(degree, x, ONE, twice, step)


def laguerre(n: Number, x: Number) -> Number:
    degree = _degree(n, "laguerre")
    if degree is None or degree < 0:
        return hypergeometric_of([-_fixed(n, "laguerre")], [ONE], x)
    return assoc_laguerre(n, ZERO, x)


def assoc_laguerre(n: Number, a: Number, x: Number) -> Number:
    degree = _degree(n, "assoc_laguerre")
    if degree is None or degree < 0:
        raise Indeterminate("assoc_laguerre is known for the degrees 0, 1, 2, ... only")
    x, a = _short_enough(x, 2 * degree), _short_enough(a, 2 * degree)

    def step(k: int, u: Number, last: Number, before: Number) -> Number:
        ahead = multiplied(added(added(fmpq(2 * k - 1), a), negated(u)), last)
        behind = multiplied(added(fmpq(k - 1), a), before)
        return multiplied(fmpq(1, k), added(ahead, negated(behind)))

    return _recurred(degree, x, ONE, added(added(ONE, a), negated(x)), step)


def gegenbauer(n: Number, a: Number, x: Number) -> Number:
    degree = _degree(n, "gegenbauer")
    if degree is None or degree < 0:
        raise Indeterminate("gegenbauer is known for the degrees 0, 1, 2, ... only")
    x, a = _short_enough(x, 2 * degree), _short_enough(a, 2 * degree)

    def step(k: int, u: Number, last: Number, before: Number) -> Number:
        ahead = multiplied(multiplied(fmpq(2), added(fmpq(k - 1), a)), multiplied(u, last))
        behind = multiplied(added(fmpq(k - 2), multiplied(fmpq(2), a)), before)
        return multiplied(fmpq(1, k), added(ahead, negated(behind)))

    return _recurred(degree, x, ONE, multiplied(multiplied(fmpq(2), a), x), step)


def jacobi(n: Number, a: Number, b: Number, x: Number) -> Number:
    """The sum over k of C(n, k) (n + a + b + 1)_k (a + k + 1)_{n-k} / n! * ((x - 1)/2)**k."""
    degree = _degree(n, "jacobi")
    if degree is None or not 0 <= degree <= 1000:
        raise Indeterminate("jacobi is known for the degrees 0, 1, ..., 1000 only")
    half = multiplied(fmpq(1, 2), added(_short_enough(x, 2 * degree), -ONE))
    total: Number = ZERO
    binomial, factorial = 1, 1
    for k in range(2, degree + 1):
        factorial *= k
    for k in range(degree + 1):
        up = rising_factorial(added(added(a, b), fmpq(degree + 1)), fmpq(k))
        down = rising_factorial(added(a, fmpq(k + 1)), fmpq(degree - k))
        factor = multiplied(fmpq(binomial, factorial), multiplied(up, down))
        total = added(total, multiplied(factor, powered(half, fmpq(k))))
        binomial = binomial * (degree - k) // (k + 1)
    return total


COMPOSED: Final[dict[str, Callable[..., Number]]] = {
    "chebyshevt": chebyshev_t,
    "chebyshevu": chebyshev_u,
    "legendre": legendre,
    "assoc_legendre": assoc_legendre,
    "hermite": hermite,
    "laguerre": laguerre,
    "assoc_laguerre": assoc_laguerre,
    "gegenbauer": gegenbauer,
    "jacobi": jacobi,
}
