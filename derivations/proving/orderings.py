"""Signs of polynomials in several variables, by the order of their sizes.

Where x >= y >= z >= 0, put z = t, y = t + s, x = t + s + r with s, r >= 0: if the polynomial has
no negative coefficient in the new variables, it is not negative there. All orders together cover
all x, y, z >= 0; variables of any sign are taken with both signs. A polynomial that is not
homogeneous is made so with a further variable, of which it is the value at 1 (successive
differences; Yang, "Solving harder problems with lesser mathematics", 2005).

>>> from flint import Ordering, fmpq_mpoly_ctx
>>> from derivations.proving.ranges import LINE, NONNEGATIVE
>>> x, y, z = fmpq_mpoly_ctx.get(("x", "y", "z"), Ordering.lex).gens()
>>> sign_by_orderings(x**3 + y**3 + z**3 - 3 * x * y * z, (NONNEGATIVE,) * 3)
<Sign.NONNEGATIVE: 6>
>>> sign_by_orderings(x**3 + y**3 + z**3 - 3 * x * y * z, (LINE,) * 3)
<Sign.REAL: 7>
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations, product
from math import comb
from typing import Final, TypeAlias

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from derivations.proving.places import Sign
from derivations.proving.ranges import Range
from derivations.proving.work import spend

MOST_VARIABLES: Final = 4
MOST_DEGREE: Final = 8
MOST_TERMS: Final = 60
MOST_EXPANDED: Final = 500

Terms: TypeAlias = "dict[tuple[int, ...], fmpq]"


def sign_by_orderings(polynomial: fmpq_mpoly, values: Sequence[Range | None]) -> Sign:
    """The signs that a polynomial can have where its generators have the given real ranges."""
    used = [i for i, degree in enumerate(polynomial.degrees()) if degree]
    ranges = [values[i] for i in used]
    if len(polynomial) > MOST_TERMS or not 2 <= len(used) <= MOST_VARIABLES:
        return Sign.UNKNOWN
    if any(r is None for r in ranges):
        return Sign.UNKNOWN
    terms = {tuple(int(powers[i]) for i in used): c for powers, c in polynomial.terms()}
    terms, halved = _squares(terms)
    degree = max(sum(powers) for powers in terms)
    if degree > MOST_DEGREE:
        return Sign.REAL
    signs = [
        (1,) if even or (r is not None and r.nonnegative) else
        (-1,) if r is not None and r.nonpositive else (1, -1)
        for r, even in zip(ranges, halved, strict=True)
    ]  # fmt: skip
    whole = all(r is not None and (r.positive or r.negative) for r in ranges)
    if any(sum(powers) != degree for powers in terms):
        terms = {(*powers, degree - sum(powers)): c for powers, c in terms.items()}
        signs.append((1,))
    if len(signs) > MOST_VARIABLES or comb(degree + len(signs) - 1, degree) > MOST_EXPANDED:
        return Sign.REAL
    found = Sign.IMPOSSIBLE
    for choice in product(*signs):
        flipped = {powers: c * _sign_of_monomial(powers, choice) for powers, c in terms.items()}
        found |= _in_all_orders(flipped, degree, whole, 2 if len(choice) <= 3 else 1)
        if found is Sign.REAL:
            return found
    return found


def _in_all_orders(terms: Terms, degree: int, whole: bool, rounds: int) -> Sign:
    """The signs of a homogeneous polynomial where no variable is negative (all are positive
    where they are `whole`); orders that decide nothing are parted once more."""
    found = Sign.IMPOSSIBLE
    for order in permutations(range(len(next(iter(terms))))):
        sign, changed = _in_order(terms, order, degree, whole)
        if sign is Sign.REAL and rounds > 1:
            sign = _in_all_orders(changed, degree, False, rounds - 1)
        found |= sign
        if found is Sign.REAL:
            break
    return found


def _squares(terms: Terms) -> tuple[Terms, list[bool]]:
    """A variable that occurs with even powers only is replaced by its square."""
    count = len(next(iter(terms)))
    even = [all(powers[i] % 2 == 0 for powers in terms) for i in range(count)]
    return {
        tuple(n // 2 if e else n for n, e in zip(powers, even, strict=True)): c
        for powers, c in terms.items()
    }, even


def _sign_of_monomial(powers: Sequence[int], choice: Sequence[int]) -> int:
    negative = sum(n for n, side in zip(powers, choice, strict=True) if side < 0)
    return -1 if negative % 2 else 1


def _in_order(terms: Terms, order: Sequence[int], degree: int, whole: bool) -> tuple[Sign, Terms]:
    """The sign where the first variable in the order is the largest, and the terms there."""
    context = fmpq_mpoly_ctx.get(tuple(f"t{i}" for i in range(len(order))), Ordering.lex)
    steps = context.gens()
    sums = [steps[-1]]
    for step in reversed(steps[:-1]):
        sums.append(sums[-1] + step)
    values = [sums[-1]] * len(order)
    for place, variable in enumerate(reversed(order)):
        values[variable] = sums[place]
    total = context.constant(0)
    for powers, c in terms.items():
        term = context.constant(c)
        for value, power in zip(values, powers, strict=True):
            if power:
                term *= value**power
                spend(len(term))
        total += term
    found: Terms = {tuple(int(n) for n in powers): c for powers, c in total.terms()}
    if not found:
        return Sign.ZERO, found
    strict = whole and (*([0] * (len(order) - 1)), degree) in found
    if all(c > 0 for c in found.values()):
        return Sign.POSITIVE if strict else Sign.NONNEGATIVE, found
    if all(c < 0 for c in found.values()):
        return Sign.NEGATIVE if strict else Sign.NONPOSITIVE, found
    return Sign.REAL, found
