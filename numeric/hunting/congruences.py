"""Whole numbers at which a polynomial is divisible by a number, or has a divisor in common with
another one: by roots modulo primes, lifted to their powers and put together.

The divisors that two polynomials of one unknown can have in common at a whole number divide their
resultant: gcd(n**17 + 9, (n + 1)**17 + 9) is 1 up to n = 8.4e51, and not there.

>>> [n for n in range(13) if (n**2 + 1) % 65 == 0], sorted(roots_modulo([1, 0, 1], 65))
([8], [8, 18, 47, 57])
>>> common_roots([-5, 0, 0, 0, 0, 1], [-4, 5, 10, 10, 5, 1])
[(1435390, 1968751)]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, Final

from flint import fmpz, fmpz_mod_ctx, fmpz_mod_poly, fmpz_mod_poly_ctx, fmpz_poly

# Numbers of more bits are only factored as far as trial division goes.
_MOST_BITS_FACTORED: Final = 120
_MOST_BITS: Final = 4096
_SMALL_FACTORS: Final = 24  # bits
_MOST_ROOTS: Final = 64
# Roots that are not simple are lifted by trial, modulo primes up to this.
_LARGEST_TRIED: Final = 1000
_LARGEST_DEGREE: Final = 40


def roots_modulo(coefficients: Sequence[int], modulus: int) -> list[int]:
    """The remainders at which a polynomial is divisible by the modulus, 64 of them at most.

    `coefficients` come from the constant term up. Empty where the modulus cannot be factored.
    """
    residues = [0]
    whole = 1
    if modulus.bit_length() > _MOST_BITS or len(coefficients) > _LARGEST_DEGREE:
        return []
    for prime, power in prime_factors(modulus):
        here = _modulo_power(coefficients, prime, power)
        if not here:
            return []
        step = prime**power
        residues = [_joined(one, whole, other, step) for one, other in product(residues, here)][
            :_MOST_ROOTS
        ]
        whole *= step
    return residues if whole == abs(modulus) else []


def common_roots(one: Sequence[int], other: Sequence[int]) -> list[tuple[int, int]]:
    """(remainder, modulus) such that both polynomials are divisible by the modulus there; the
    modulus goes through the primes of their resultant, and their product comes last."""
    f, g = fmpz_poly(list(one)), fmpz_poly(list(other))
    if max(f.degree(), g.degree()) > _LARGEST_DEGREE or min(f.degree(), g.degree()) < 1:
        return []
    resultant = int(f.resultant(g))
    if not resultant or resultant.bit_length() > _MOST_BITS:
        return []
    found: list[tuple[int, int]] = []
    for prime, _ in prime_factors(resultant):
        ring = _ring(prime)
        both = ring([int(c) for c in one]).gcd(ring([int(c) for c in other]))
        found += [(root, prime) for root in _roots_of(both, prime)]
    primes: dict[int, int] = {}
    for root, prime in found:
        primes.setdefault(prime, root)
    if len(primes) > 1:
        total, whole = 0, 1
        for prime, root in primes.items():
            total, whole = _joined(total, whole, root, prime), whole * prime
        found.append((total, whole))
    return found


def prime_factors(number: int) -> Iterator[tuple[int, int]]:
    """The primes of a number with their powers; of a long one those that are soon found."""
    size = fmpz(abs(number))
    if size < 2:
        return
    if int(size).bit_length() <= _MOST_BITS_FACTORED:
        yield from ((int(p), int(n)) for p, n in size.factor())
        return
    for p, n in size.factor_smooth(_SMALL_FACTORS):
        if p.is_probable_prime():
            yield int(p), int(n)


def _ring(prime: int) -> Any:
    return fmpz_mod_poly_ctx(fmpz_mod_ctx(prime))


def _roots_of(polynomial: fmpz_mod_poly, prime: int) -> list[int]:
    if polynomial.is_zero():
        return list(range(min(prime, _MOST_ROOTS)))
    if polynomial.degree() < 1:
        return []
    return sorted(int(root) for root, _ in polynomial.roots())[:_MOST_ROOTS]


def _modulo_power(coefficients: Sequence[int], prime: int, power: int) -> list[int]:
    roots = _roots_of(_ring(prime)([int(c) for c in coefficients]), prime)
    whole = fmpz_poly(list(coefficients))
    slope = whole.derivative()
    modulus = prime
    for _ in range(power - 1):
        lifted: list[int] = []
        for root in roots:
            steepness = int(slope(root)) % prime
            if steepness:
                turn = -int(whole(root)) // modulus * pow(steepness, -1, prime) % prime
                lifted.append(root + turn * modulus)
            elif prime <= _LARGEST_TRIED:
                tried = (root + turn * modulus for turn in range(prime))
                lifted += [k for k in tried if int(whole(k)) % (modulus * prime) == 0]
        roots = lifted[:_MOST_ROOTS]
        modulus *= prime
    return roots


def _joined(a: int, m: int, b: int, n: int) -> int:
    """The remainder modulo m*n that is a modulo m and b modulo n, which have no common factor."""
    return a + m * ((b - a) * pow(m, -1, n) % n) if n > 1 else a
