"""Signs of polynomials whose generators have known ranges: exact, no rounding decides.

A polynomial is tried term by term, by its real roots when it has one generator (Sturm's theorem),
as a quadratic in one of its generators (by its discriminant), and by the given facts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeAlias

from flint import fmpq, fmpq_mpoly, fmpq_poly

from derivations.proving import ranges
from derivations.proving.places import Sign, sign_of_range
from derivations.proving.ranges import Range
from derivations.proving.work import spend

MOST_FACTORED_TERMS = 400
MOST_FACTORED_DEGREE = 1000
MOST_STURM_DEGREE = 60

Ranges: TypeAlias = "Sequence[Range | None]"
Known: TypeAlias = "Callable[[fmpq_mpoly], Sign]"


def nothing_known(polynomial: fmpq_mpoly) -> Sign:
    return Sign.UNKNOWN


def factored(polynomial: fmpq_mpoly) -> tuple[fmpq, list[tuple[fmpq_mpoly, int]]]:
    """The constant and the irreducible factors with their powers; a polynomial of a very high
    degree, which the factoring would not end for, is its own factor."""
    if len(polynomial) > 1 and polynomial.total_degree() > MOST_FACTORED_DEGREE:
        return fmpq(1), [(polynomial, 1)]
    constant, factors = polynomial.factor()
    return fmpq(constant), [(factor, int(power)) for factor, power in factors]


def sign_of_polynomial(
    polynomial: fmpq_mpoly, values: Ranges, known: Known = nothing_known
) -> Sign:
    """The signs that a polynomial can have where its generators have the given ranges."""
    if polynomial.is_zero():
        return Sign.ZERO
    sign = sign_of_irreducible(polynomial, values, known)
    if len(sign) <= 1 or len(polynomial) > MOST_FACTORED_TERMS or polynomial.is_constant():
        return sign
    spend(len(polynomial) ** 2)
    constant, factors = factored(polynomial)
    product = Sign.POSITIVE if constant > 0 else Sign.NEGATIVE
    for factor, power in factors:
        product = product.times(sign_of_irreducible(factor, values, known).to_power(int(power)))
    return sign & product


def sign_of_irreducible(
    polynomial: fmpq_mpoly, values: Ranges, known: Known, depth: int = 2
) -> Sign:
    sign = _by_terms(polynomial, values)
    if len(sign) > 1:
        sign &= known(polynomial)
    used = [i for i, degree in enumerate(polynomial.degrees()) if degree]
    if len(sign) > 1 and len(used) == 1:
        sign &= _by_roots(polynomial, used[0], values[used[0]])
    if len(sign) > 1 and depth and len(used) > 1:
        for i in used:
            if polynomial.degrees()[i] == 2 and all(values[k] is not None for k in used):
                sign &= _by_discriminant(polynomial, i, values, known, depth)
    return sign


def range_of_polynomial(polynomial: fmpq_mpoly, values: Ranges) -> Range | None:
    """A range by the terms; None where a generator that occurs has none."""
    spend(len(polynomial))
    total = ranges.point(0)
    for powers, coefficient in polynomial.terms():
        term = ranges.point(coefficient)
        for i, power in enumerate(powers):
            if power:
                r = values[i]
                if r is None:
                    return None
                term = ranges.times(term, ranges.to_power(r, int(power)))
        total = ranges.plus(total, term)
    return total


def _by_terms(polynomial: fmpq_mpoly, values: Ranges) -> Sign:
    return sign_of_range(range_of_polynomial(polynomial, values))


def _by_roots(polynomial: fmpq_mpoly, i: int, r: Range | None) -> Sign:
    """One generator: the sign at one point, if no root is between the ends."""
    if r is None:
        return Sign.UNKNOWN
    degree = int(polynomial.degrees()[i])
    if degree > MOST_STURM_DEGREE:
        return Sign.REAL
    coefficients = [fmpq(0)] * (degree + 1)
    for powers, coefficient in polynomial.terms():
        coefficients[int(powers[i])] = coefficient
    dense = fmpq_poly(coefficients)
    found = Sign.IMPOSSIBLE
    inner = dense
    for end, is_open in ((r.low, r.low_open), (r.high, r.high_open)):
        if end is not None:
            if not is_open:
                found |= _sign_of_number(dense(end))
            while inner.degree() > 0 and inner(end) == 0:
                inner = inner // fmpq_poly([-end, 1])
    if r.value is not None:
        return found
    if count_of_roots(inner, r.low, r.high):
        return Sign.REAL
    return found | _sign_of_number(dense(_between(r)))


def _between(r: Range) -> fmpq:
    if r.low is None:
        return fmpq(0) if r.high is None else r.high - 1
    return r.low + 1 if r.high is None else (r.low + r.high) / 2


def _sign_of_number(value: fmpq) -> Sign:
    return Sign.ZERO if value == 0 else Sign.POSITIVE if value > 0 else Sign.NEGATIVE


def count_of_roots(polynomial: fmpq_poly, low: fmpq | None, high: fmpq | None) -> int:
    """The number of distinct real roots between two ends that are no roots (Sturm)."""
    if polynomial.degree() <= 0:
        return 0
    chain = [polynomial, polynomial.derivative()]
    while chain[-1].degree() > 0:
        rest = -(chain[-2] % chain[-1])
        if not rest:
            break
        chain.append(rest)
    return _changes(chain, low, -1) - _changes(chain, high, 1)


def _changes(chain: list[fmpq_poly], end: fmpq | None, side: int) -> int:
    signs = []
    for member in chain:
        if end is not None:
            value = member(end)
        else:
            value = member[member.degree()] * (side ** int(member.degree()))
        if value != 0:
            signs.append(value > 0)
    return sum(one != two for one, two in pairwise(signs))


def _by_discriminant(
    polynomial: fmpq_mpoly, i: int, values: Ranges, known: Known, depth: int
) -> Sign:
    """A quadratic a v**2 + b v + c without real roots has the sign of a."""
    context = polynomial.context()
    parts = [{}, {}, {}]  # type: list[dict[tuple[int, ...], fmpq]]
    for powers, coefficient in polynomial.terms():
        rest = tuple(0 if k == i else int(n) for k, n in enumerate(powers))
        parts[int(powers[i])][rest] = coefficient
    c, b, a = (context.from_dict(part) for part in parts)
    leading = sign_of_irreducible(a, values, known, depth - 1)
    if leading not in (Sign.POSITIVE, Sign.NEGATIVE):
        # Where a = 0, b = 0 follows from b**2 <= 4 a c, and the value is c.
        leading |= sign_of_irreducible(c, values, known, depth - 1)
        if leading not in Sign.NONNEGATIVE and leading not in Sign.NONPOSITIVE:
            return Sign.UNKNOWN
        leading |= Sign.ZERO
    spend(len(b) ** 2 + len(a) * len(c))
    discriminant = b * b - 4 * a * c
    if discriminant.is_zero():
        return leading | Sign.ZERO
    spend(len(discriminant) ** 2)
    constant, factors = factored(discriminant)
    sign = Sign.POSITIVE if constant > 0 else Sign.NEGATIVE
    for factor, power in factors:
        inner = sign_of_irreducible(factor, values, known, depth - 1)
        sign = sign.times(inner.to_power(int(power)))
    if sign is Sign.NEGATIVE:
        return leading
    if sign in Sign.NONPOSITIVE:
        return leading | Sign.ZERO
    return Sign.UNKNOWN
