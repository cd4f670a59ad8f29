"""Sums and products of two doubles without an error: the rounded one, and what it misses.

Knuth 1969, Dekker 1971; on arrays, and on floats where these are the same for all. NumPy carries
out each operation by itself and rounded to the nearest, as IEEE 754 says; where something overflows
the second part is nan.
"""

from __future__ import annotations

from typing import Any, TypeAlias

Numbers: TypeAlias = Any


def two_sum(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """a + b, exactly."""
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def quick_sum(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """a + b, exactly where |a| >= |b|."""
    total = a + b
    return total, b - (total - a)


def two_product(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """a*b, exactly; nan in the second part where it overflows."""
    product = a * b
    moved = 134217729.0 * a
    a1 = moved - (moved - a)
    a2 = a - a1
    moved = 134217729.0 * b
    b1 = moved - (moved - b)
    b2 = b - b1
    return product, ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2
