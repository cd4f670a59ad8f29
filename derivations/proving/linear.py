"""The sign of a linear combination of what conditions compare: x >= z where x >= y and y >= z.

A formula is at least 0 where the conditions contradict its being negative: the variables are
eliminated one after the other (Fourier and Motzkin), exactly. Generators that are no variables,
and products, count as variables.

>>> from derivations.core.domain import Reals
>>> from derivations.core.formula import symbols
>>> from derivations.proving.bounds import box
>>> x, y, z = symbols("x y z")
>>> facts = [(x - y, Sign.NONNEGATIVE), (z - y, Sign.NEGATIVE)]
>>> sign_by_conditions(x - z, facts, box({x: Reals, y: Reals, z: Reals}))
<Sign.POSITIVE: 4>
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from flint import fmpq, fmpq_mpoly

from derivations.core.formula import Formula, FormulaError
from derivations.core.substitute import free_symbols
from derivations.proving.bounds import Box, range_of
from derivations.proving.field import Field
from derivations.proving.places import Sign
from derivations.proving.rebuild import monomial_of
from derivations.proving.work import spend

MOST_FACTS: Final = 10
MOST_TERMS: Final = 12
MOST_ROWS: Final = 60

Monomial: TypeAlias = "tuple[int, ...]"
# A sum of coefficients times monomials, with the constant at the monomial of zeros, is >= 0 (> 0).
Row: TypeAlias = "tuple[dict[Monomial, fmpq], bool]"


def sign_by_conditions(formula: Formula, facts: Sequence[tuple[Formula, Sign]], where: Box) -> Sign:
    """The signs that a formula can have where facts of known signs hold."""
    if range_of(formula, where) is None:
        return Sign.UNKNOWN
    names = free_symbols(formula)
    near = [(f, s) for f, s in facts if s in Sign.REAL and s not in (Sign.REAL, Sign.NONZERO_REAL)]
    if not any(names & free_symbols(f) for f, _ in near[:MOST_FACTS]):
        return Sign.UNKNOWN
    try:
        whole, *normals = Field().fractional(formula, *(fact for fact, _ in near[:MOST_FACTS]))
    except FormulaError:
        return Sign.UNKNOWN
    if any(
        not normal.denominator.is_constant() or len(normal.numerator) > MOST_TERMS
        for normal in (whole, *normals)
    ):
        return Sign.UNKNOWN
    if any(range_of(atom, where) is None for atom in whole.atoms):
        return Sign.UNKNOWN
    rows: list[Row] = []
    for normal, (_, sign) in zip(normals, near, strict=False):
        sum_ = _sum_of(normal.numerator)
        if sign in Sign.NONNEGATIVE:
            rows.append((sum_, sign is Sign.POSITIVE))
        if sign in Sign.NONPOSITIVE:
            rows.append((_scaled(sum_, fmpq(-1)), sign is Sign.NEGATIVE))
    target = _sum_of(whole.numerator)
    for key in {key for row, _ in rows for key in row} | set(target):
        rows.extend(_bounds(key, whole.atoms, where))
    found = Sign.REAL
    for sign, row in (
        (Sign.NEGATIVE, (_scaled(target, fmpq(-1)), True)),
        (Sign.POSITIVE, (target, True)),
    ):
        if _contradictory([*rows, row]):
            found &= ~sign
    if found & Sign.ZERO and _contradictory(
        [*rows, (target, False), (_scaled(target, fmpq(-1)), False)]
    ):
        found &= ~Sign.ZERO
    return found


def _sum_of(polynomial: fmpq_mpoly) -> dict[Monomial, fmpq]:
    return {tuple(int(n) for n in powers): c for powers, c in polynomial.terms()}


def _scaled(sum_: dict[Monomial, fmpq], factor: fmpq) -> dict[Monomial, fmpq]:
    return {key: c * factor for key, c in sum_.items()}


def _bounds(key: Monomial, atoms: tuple[Formula, ...], where: Box) -> Iterator[Row]:
    """What the ranges say of a monomial."""
    if not any(key):
        return
    r = range_of(monomial_of(key, atoms), where)
    if r is None:
        return
    constant = (0,) * len(key)
    if r.low is not None:
        yield {key: fmpq(1), constant: -r.low}, r.low_open
    if r.high is not None:
        yield {key: fmpq(-1), constant: r.high}, r.high_open


def _contradictory(rows: list[Row]) -> bool:
    """Whether no real values of the monomials satisfy all rows."""
    while True:
        keys = {key for row, _ in rows for key in row if any(key)}
        for row, strict in rows:
            if not any(any(key) for key in row):
                value = next(iter(row.values()), fmpq(0))
                if value < 0 or (strict and value <= 0):
                    return True
        if not keys or len(rows) > MOST_ROWS:
            return False
        spend(len(rows))
        key = min(keys, key=lambda k: (_cost(rows, k), k))
        above = [(row, s) for row, s in rows if row.get(key, fmpq(0)) > 0]
        below = [(row, s) for row, s in rows if row.get(key, fmpq(0)) < 0]
        rows = [(row, s) for row, s in rows if key not in row]
        for one, strict in above:
            for two, also in below:
                rows.append((_without(key, one, two), strict or also))


def _cost(rows: list[Row], key: Monomial) -> int:
    signs = [row[key] > 0 for row, _ in rows if key in row]
    return sum(signs) * (len(signs) - sum(signs))


def _without(
    key: Monomial, one: dict[Monomial, fmpq], two: dict[Monomial, fmpq]
) -> dict[Monomial, fmpq]:
    """The combination with positive factors in which the monomial is cancelled."""
    a, b = one[key], -two[key]
    found = _scaled(one, 1 / a)
    for other, c in two.items():
        found[other] = found.get(other, fmpq(0)) + c / b
    return {k: c for k, c in found.items() if c != 0}
