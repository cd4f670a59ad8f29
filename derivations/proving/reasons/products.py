"""Two products: shared factors set aside, denominators moved over, the rest factor by factor."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from derivations.core.formula import ONE, Formula, Pow, as_formula, num
from derivations.proving.reasons.comparing import Comparing
from derivations.proving.reasons.lines import factors, joined_product, without_common
from derivations.proving.reasons.relations import FLIPPED, product_of, scaled, weak
from derivations.proving.reasons.values import rational_value
from derivations.proving.similar import similar

MOST_PAIRS: Final = 3


def products_compared(order: Comparing, u: Formula, v: Formula, depth: int) -> str:
    (c, one), (d, two) = factors(u), factors(v)
    if c == 0 or d == 0:
        return ""
    if (c > 0) != (d > 0):
        c, one = abs(c), one if c > 0 else [*one, (num(-1), ONE)]
        d, two = abs(d), two if d > 0 else [*two, (num(-1), ONE)]
    if c < 0:
        rest = (joined_product(-c, one), joined_product(-d, two))
        return FLIPPED.get(products_compared(order, *rest, depth), "")
    first = [joined_product(Fraction(1), [power]) for power in one]
    second = [joined_product(Fraction(1), [power]) for power in two]
    left, right = without_common(first, second)
    shared, _ = without_common(first, left)
    if c != d:
        small = min(c, d)
        left, right = scaled(c / small, left), scaled(d / small, right)
    if shared or c == d != 1:
        sign = order.sign(joined_product(Fraction(1), [(f, ONE) for f in shared]))
        rest = product_of(left), product_of(right)
        found = order.compare(*rest, depth) if sign in (">", ">=", "<", "<=") else ""
        if sign in ("<", "<="):
            found = FLIPPED.get(found, "")
        return found if sign in ("<", ">") else weak(found)
    if len(left) == len(right) == 1:
        return _powers_compared(order, left[0], right[0], depth)
    if len(left) != len(right):
        found = _without_denominators(order, left, right, depth)
        if found:
            return found
    return _positive_products(order, left, right, depth)


def _without_denominators(
    order: Comparing, left: list[Formula], right: list[Formula], depth: int
) -> str:
    """a/b against c as a against b*c, for b > 0."""
    (c, one), (d, two) = factors(product_of(left)), factors(product_of(right))
    sides: list[list[tuple[Formula, Formula]]] = [[], []]
    moved = False
    for index, powers in enumerate((one, two)):
        for base, exponent in powers:
            n = rational_value(exponent)
            if n is not None and n < 0:
                if order.sign(base, depth) != ">":
                    return ""
                sides[1 - index].append((base, as_formula(-n)))
                moved = True
            else:
                sides[index].append((base, exponent))
    if not moved:
        return ""
    return order.compare(joined_product(c, sides[0]), joined_product(d, sides[1]), depth)


def _positive_products(
    order: Comparing, left: list[Formula], right: list[Formula], depth: int
) -> str:
    if len(left) != len(right) or not 0 < len(left) <= MOST_PAIRS:
        return ""
    signs = {order.sign(f) for f in (*left, *right)}
    if not signs <= {">", ">="}:
        return ""
    found = order.pairs(left, right, depth)
    return found if signs == {">"} else weak(found)


def _powers_compared(order: Comparing, u: Formula, v: Formula, depth: int) -> str:
    if isinstance(u, Pow) and isinstance(v, Pow) and similar(u.base, v.base):
        against = {">": "", "<": "flip"}.get(order.sign(u.base - 1))
        found = order.compare(u.exponent, v.exponent, depth) if against is not None else ""
        if against == "flip":
            return FLIPPED.get(found, "") if order.sign(u.base) == ">" else ""
        return found
    (_, one), (_, two) = factors(u), factors(v)
    if len(one) != 1 or len(two) != 1 or one[0][1] != two[0][1]:
        return ""
    exponent = rational_value(one[0][1])
    if exponent is None and one[0][0] != u:
        a, b = one[0][0], two[0][0]
        direction = order.sign(one[0][1], depth)
        found = order.compare(a, b, depth) if direction in ("<", ">") else ""
        if {order.sign(a), order.sign(b)} != {">"}:
            return ""
        return found if direction == ">" else FLIPPED.get(found, "")
    if exponent is None or (one[0][0] == u and exponent == 1):
        return ""
    a, b = one[0][0], two[0][0]
    found, signs = order.compare(a, b, depth), {order.sign(a), order.sign(b)}
    odd = exponent.denominator == 1 and exponent.numerator % 2 == 1
    even = exponent.denominator == 1 and not odd
    if exponent > 0 and (signs <= {">", ">=", "="} or odd):
        return found
    if exponent > 0 and even and signs <= {"<", "<=", "="}:
        return FLIPPED.get(found, "")
    if exponent < 0 and (signs == {">"} or (odd and signs == {"<"})):
        return FLIPPED.get(found, "")
    return found if exponent < 0 and even and signs == {"<"} else ""
