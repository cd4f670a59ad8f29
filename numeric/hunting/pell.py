"""u**2 - D*v**2 = N in whole numbers: a solution of each class, for D that is no square.

D > 0 by continued fractions of the numbers (z + sqrt(D))/m with z**2 = D modulo m (Lagrange,
Matthews, Mollin), D < 0 by Euclid's algorithm on m and z (Cornacchia); m is N without a square.
Sources: K. Matthews, The Diophantine equation x**2 - D*y**2 = N, D > 0, Expositiones Mathematicae
18 (2000) 323-331; H. Cohen, A Course in Computational Algebraic Number Theory, 1.5.2.

>>> classes(61, 1), classes(61, -1), classes(-1, 25)
([(1766319049, 226153980)], [(29718, 3805)], [(4, 3), (3, 4), (5, 0), (0, 5)])
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import isqrt
from typing import Final

from numeric.hunting.congruences import prime_factors, roots_modulo

# So many steps of a continued fraction are taken.
_MOST_STEPS: Final = 30_000
_MOST_PARTS: Final = 64


def classes(discriminant: int, norm: int) -> list[tuple[int, int]]:
    """Solutions (u, v), each once; none where the continued fraction is too long to be followed.

    (0, 0) alone where the norm is 0.
    """
    if not norm:
        return [(0, 0)]
    search = _of_negative if discriminant < 0 else _of_positive
    return list(dict.fromkeys(search(discriminant, norm)))


def _square_parts(norm: int) -> Iterator[int]:
    """The f with f**2 dividing a number."""
    parts = [1]
    for prime, power in prime_factors(norm):
        parts = [part * prime**k for part in parts for k in range(power // 2 + 1)]
    yield from parts[:_MOST_PARTS]


def _of_positive(discriminant: int, norm: int) -> Iterator[tuple[int, int]]:
    minus_one: tuple[int, int] | None = None
    asked = False
    for f in _square_parts(norm):
        m = norm // (f * f)
        size = abs(m)
        for z in [0] if size == 1 else roots_modulo([-discriminant, 0, 1], size):
            found = _continued(z if 2 * z <= size else z - size, size, discriminant)
            for u, v in found:
                here = u * u - discriminant * v * v
                if here == m:
                    yield f * abs(u), f * abs(v)
                    break
                if here == -m:
                    if not asked:
                        asked = True
                        units = _continued(0, 1, discriminant)
                        minus_one = next((p for p in units if _norm(p, discriminant) < 0), None)
                    if minus_one is not None:
                        t, s = minus_one
                        yield f * abs(u * t + discriminant * v * s), f * abs(u * s + v * t)
                    if size > 1:
                        break


def _norm(pair: tuple[int, int], discriminant: int) -> int:
    return pair[0] ** 2 - discriminant * pair[1] ** 2


def _continued(p: int, q: int, discriminant: int) -> Iterator[tuple[int, int]]:
    """(G, B) with G**2 - D*B**2 = (-1)**i * Q_i * Q_0 along the continued fraction of
    (p + sqrt(D))/q, where Q_i is 1 or -1: at most two of them."""
    root = isqrt(discriminant)
    before, here = (-p, 1), (q, 0)
    # A period of odd length is gone through twice.
    seen: dict[tuple[int, int], int] = {}
    yielded = 0
    while seen.get((p, q), 0) < 2 and len(seen) < _MOST_STEPS:
        seen[p, q] = seen.get((p, q), 0) + 1
        # floor((p + sqrt(D))/q), the root not rational
        a = (p + root) // q if q > 0 else (p + root + 1) // q
        before, here = here, (a * here[0] + before[0], a * here[1] + before[1])
        p = a * q - p
        q = (discriminant - p * p) // q
        if abs(q) == 1:
            yield here
            yielded += 1
            if yielded == 2:
                return


def _of_negative(discriminant: int, norm: int) -> Iterator[tuple[int, int]]:
    if norm < 0:
        return
    for f in _square_parts(norm):
        m = norm // (f * f)
        for z in [0] if m == 1 else roots_modulo([-discriminant, 0, 1], m):
            a, b = m, z
            while b * b > m:
                a, b = b, a % b
            rest = m - b * b
            if rest % -discriminant == 0:
                square = rest // -discriminant
                s = isqrt(square)
                if s * s == square:
                    yield f * b, f * s
                    if discriminant == -1:
                        yield f * s, f * b
        # What is not found by a remainder: v = 0, and u = 0.
        if isqrt(m) ** 2 == m:
            yield f * isqrt(m), 0
    yield from islice(_upright(discriminant, norm), 1)


def _upright(discriminant: int, norm: int) -> Iterator[tuple[int, int]]:
    square, rest = divmod(norm, -discriminant)
    if not rest and isqrt(square) ** 2 == square:
        yield 0, isqrt(square)
