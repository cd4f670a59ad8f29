"""Whole solutions of equations of the second degree in two unknowns: Pell's, circles, hyperbolas.

a*x**2 + b*x*y + c*y**2 + d*x + e*y + f = 0 becomes u**2 - D*v**2 = N with D = b**2 - 4*a*c,
v = 2*a*x + b*y + d and u = D*y + b*d - 2*a*e (times -1). `numeric.hunting.pell` has its classes;
each class is followed by powers of the fundamental unit, and what is no whole (x, y) is left out.
Source: L. E. Dickson, History of the Theory of Numbers II, chapter XIII.

>>> next(solutions_of(1, 0, -61, 0, 0, -1, lambda x, y: y > 0))
(1766319049, 226153980)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from math import gcd, isqrt
from typing import Final

from flint import fmpz

from numeric.hunting.pell import classes

# What is larger is neither factored nor searched.
_MOST_BITS: Final = 120
_MOST_DIVISORS: Final = 4096
# So many powers of the unit, and solutions of so many bits, are looked at.
_MOST_POWERS: Final = 60
_LONGEST: Final = 12_000
_MOST_CLASSES: Final = 40
# A parabola is searched for so many remainders.
_MOST_REMAINDERS: Final = 20_000

Test = Callable[[int, int], bool]


def solutions_of(
    a: int, b: int, c: int, d: int, e: int, f: int, wanted: Test
) -> Iterator[tuple[int, int]]:
    """Whole (x, y) with a*x**2 + b*x*y + c*y**2 + d*x + e*y + f = 0 that are wanted, not all."""
    if not a:
        if c:
            swapped = solutions_of(c, b, a, e, d, f, lambda y, x: wanted(x, y))
            yield from ((x, y) for y, x in swapped)
        return
    discriminant = b * b - 4 * a * c
    if not discriminant:
        yield from _on_parabola(a, b, d, e, f, wanted)
        return
    # (D*y + b*d - 2*a*e)**2 - D*(2*a*x + b*y + d)**2 = N
    shift = b * d - 2 * a * e
    norm = shift * shift - discriminant * (d * d - 4 * a * f)
    for u, v in _of_norm(discriminant, norm):
        y, rest = divmod(u - shift, discriminant)
        if rest:
            continue
        x, rest = divmod(v - b * y - d, 2 * a)
        if not rest and wanted(x, y):
            yield x, y


def _of_norm(discriminant: int, norm: int) -> Iterator[tuple[int, int]]:
    """Some (u, v) with u**2 - D*v**2 = N, all signs."""
    if norm.bit_length() > _MOST_BITS or discriminant.bit_length() > _MOST_BITS:
        return
    root = isqrt(discriminant) if discriminant > 0 else 0
    if discriminant > 0 and root * root == discriminant:
        if norm:
            yield from _of_product(root, norm)
        return
    yield from _with_signs(classes(discriminant, norm)[:_MOST_CLASSES], discriminant)


def _of_product(root: int, norm: int) -> Iterator[tuple[int, int]]:
    """(u - r*v)*(u + r*v) = N."""
    for one in divisors(norm):
        for first in (one, -one):
            second = norm // first
            u, odd = divmod(first + second, 2)
            v, rest = divmod(second - first, 2 * root)
            if not odd and not rest:
                yield u, v


def _with_signs(found: list[tuple[int, int]], discriminant: int) -> Iterator[tuple[int, int]]:
    """The classes multiplied by powers of the unit t + s*sqrt(D), the small ones first."""
    units = classes(discriminant, 1) if found and discriminant > 0 else []
    unit = units[0] if units else (1, 0)
    t, s = abs(unit[0]), abs(unit[1])
    # Both directions along a class are the class with one sign changed.
    here = list(dict.fromkeys(pair for u, v in found for pair in ((u, v), (u, -v))))
    for _ in range(_MOST_POWERS if s else 1):
        here = [pair for pair in here if abs(pair[0]).bit_length() <= _LONGEST]
        for u, v in sorted(here, key=lambda pair: abs(pair[0])):
            yield u, v
            yield -u, -v
        here = [(t * u + discriminant * s * v, t * v + s * u) for u, v in here]


def _on_parabola(a: int, b: int, d: int, e: int, f: int, wanted: Test) -> Iterator[tuple[int, int]]:
    """(2*a*x + b*y + d)**2 = (2*b*d - 4*a*e)*y + d**2 - 4*a*f: the root gives y, then x."""
    slope, start = 2 * b * d - 4 * a * e, d * d - 4 * a * f
    if not slope:
        return
    found = 0
    for root in range(min(abs(slope) * 2 * abs(a), _MOST_REMAINDERS)):
        if (root * root - start) % slope:
            continue
        y = (root * root - start) // slope
        for signed in (root, -root):
            x, rest = divmod(signed - b * y - d, 2 * a)
            if not rest and wanted(x, y):
                yield x, y
                found += 1
        if found > _MOST_CLASSES:
            return


def divisors(number: int) -> list[int]:
    """The positive divisors of a number of moderate size, the nearest to its root first.

    >>> divisors(-12)
    [3, 4, 2, 6, 1, 12]
    """
    size = abs(number)
    if not size or size.bit_length() > _MOST_BITS:
        return []
    powers = [[int(p) ** k for k in range(n + 1)] for p, n in fmpz(size).factor()]
    count = 1
    for each in powers:
        count *= len(each)
    if count > _MOST_DIVISORS:
        return []
    found = []
    for chosen in product(*powers):
        total = 1
        for factor in chosen:
            total *= factor
        found.append(total)
    middle = isqrt(size)
    return sorted(found, key=lambda k: (max(k, size // k) - middle, k))


def on_line(a: int, b: int, c: int) -> tuple[int, int, int, int] | None:
    """(x, y, p, q) such that a*(x + p*t) + b*(y + q*t) + c = 0 for every whole t; None where no
    whole number solves it.

    >>> on_line(17, 23, -1)
    (19, -14, 23, -17)
    """
    common = gcd(a, b)
    if c % common:
        return None
    a, b, c = a // common, b // common, c // common
    x = -c * pow(a, -1, abs(b)) % abs(b) if abs(b) > 1 else 0
    return x, -(a * x + c) // b, b, -a
