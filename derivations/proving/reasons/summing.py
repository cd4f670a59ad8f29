"""The rules of sums and products over an index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

from derivations.core.calculus import Product, Sum
from derivations.core.claim import Claim
from derivations.core.derivation import Step
from derivations.core.formula import (
    ONE,
    ZERO,
    Formula,
    FormulaError,
    Pow,
    Symbol,
    num,
    oo,
    walk,
)
from derivations.core.substitute import (
    free_names,
    free_symbols,
    rewrite,
    same_up_to_bound_names,
    substitute,
)
from derivations.proving.deltas import collapsed
from derivations.proving.field import equal_by_algebra
from derivations.proving.reasons.linearity import Powers, same_spread, spread, through
from derivations.proving.reasons.lines import (
    expanded,
    factors,
    joined_product,
    joined_sum,
    notation,
)
from derivations.proving.reasons.values import evaluated, rational_value
from derivations.proving.similar import key, similar

_MOST_TERMS = 12


def by_sum_rules(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts sums and products over an index split, joined, shifted, renamed, swapped, evaluated,
    terms split off, a Kronecker delta collapsed."""
    after = step.line
    if before == after:
        return "sum_rules: the line did not move"
    one, two = notation(before), notation(after)
    if not any(isinstance(n, Sum | Product) for line in (one, two) for n in walk(line)):
        return "sum_rules: there is no sum or product over an index in either line"
    if same_up_to_bound_names(one, two):
        return None
    if equal_by_algebra(one, two):
        return "sum_rules: no rule of sums is used; algebra suffices"
    lines = (one, two)
    for shift in (False, True):
        try:
            left, right = _matched_ends(tuple(_series_normal(line, shift) for line in lines))
        except FormulaError as error:
            return f"sum_rules: {error}"
        if same_spread(left, right):
            return None
        left, right = evaluated(left), evaluated(right)
        if same_spread(left, right):
            return None
    return f"sum_rules: {before} and {after} are not one by the rules of sums"


def _series_normal(formula: Formula, shift: bool) -> Formula:
    def rule(node: Formula) -> Formula | None:
        if isinstance(node, Sum):
            return _sum_normal(node, shift)
        if isinstance(node, Product):
            return _product_normal(node, shift)
        return None

    return spread(rewrite(collapsed(spread(formula)), rule))


def _sum_normal(node: Sum, shift: bool) -> Formula:
    found = _written_out(node)
    if found is not None:
        return joined_sum(found)
    if rational_value(node.upper - node.lower + 1) == 0:
        return ZERO
    if node.variable not in free_symbols(node.body) and node.upper != oo:
        return node.body * _count(node)
    if shift:
        node = _shifted(node)  # type: ignore[assignment]  # a sum stays a sum
    if isinstance(node.body, Sum):
        return _nested(node)
    result = through(node, False)
    return result


def _count(node: Sum | Product) -> Formula:
    return node.upper if node.lower == ONE else node.upper - node.lower + 1


def _written_out(node: Sum | Product) -> list[Formula] | None:
    """The terms of a sum whose number of terms is a small number."""
    count = rational_value(evaluated(node.upper - node.lower)) if node.upper != oo else None
    if count is None and node.upper != oo and key(node.upper - node.lower) == "0":
        count = Fraction(0)
    if count is None or not 0 <= count < _MOST_TERMS:
        return None
    low = rational_value(node.lower)
    values = (
        num(int(low) + k) if low is not None else node.lower + k if k else node.lower
        for k in range(int(count) + 1)
    )
    return [substitute(node.body, {node.variable: value}) for value in values]


def _product_normal(node: Product, shift: bool) -> Formula:
    found = _written_out(node)
    if found is not None:
        return joined_product(Fraction(1), [(term, ONE) for term in found])
    if rational_value(node.upper - node.lower + 1) == 0:
        return ONE
    if node.variable not in free_symbols(node.body) and node.upper != oo:
        return Pow(node.body, _count(node))
    if shift:
        node = _shifted(node)  # type: ignore[assignment]  # a product stays a product
    number, powers = factors(node.body)
    result: Powers = []
    for base, exponent in powers:
        if node.variable in free_symbols(exponent):
            result.append((Product(Pow(base, exponent), node.variable, *node.parts[1:]), ONE))
        else:
            result.append((_product_normal_of(base, node), exponent))
    if number != 1:
        result.append((joined_product(number, []), _count(node)))
    return joined_product(Fraction(1), result)


def _product_normal_of(base: Formula, node: Product) -> Formula:
    if node.variable not in free_symbols(base):
        return Pow(base, _count(node))
    return Product(base, node.variable, node.lower, node.upper)


def _shifted(node: Sum | Product) -> Sum | Product:
    """The index running from 1 on."""
    low = rational_value(node.lower)
    if low is None or low == 1:
        return node
    step = int(low) - 1
    body = substitute(node.body, {node.variable: node.variable + num(step)})
    upper = node.upper if node.upper == oo else evaluated(node.upper - num(step))
    return replace(node, body=body, lower=ONE, upper=upper)


def _nested(node: Sum) -> Formula:
    """Sums within sums over independent ranges, in one order that both lines share."""
    chain: list[Sum] = []
    body: Formula = node
    while isinstance(body, Sum) and len(chain) < 3:
        chain.append(body)
        body = body.body
    variables = {s.variable for s in chain}
    ends = frozenset(n for s in chain for end in s.parts[1:] for n in free_names(end))
    if len(variables) < len(chain) or variables & ends:
        return node

    def built(order: Iterable[Sum]) -> Formula:
        inner = body
        for one in order:
            inner = through(Sum(inner, one.variable, one.lower, one.upper), False)
        return inner

    return min((built(order) for order in permutations(chain)), key=key)


def _matched_ends(lines: tuple[Formula, ...]) -> tuple[Formula, Formula]:
    """Sums of one body whose ends differ by a number, made equal by splitting terms off."""
    nodes = [n for line in lines for n in walk(line) if isinstance(n, Sum | Product)]
    groups: dict[tuple[type[Formula], str], list[Sum | Product]] = {}
    for node in nodes:
        free = substitute(node.body, {node.variable: Symbol("_index")})
        groups.setdefault((type(node), key(free)), []).append(node)

    def rule(node: Formula) -> Formula | None:
        if not isinstance(node, Sum | Product):
            return None
        free = substitute(node.body, {node.variable: Symbol("_index")})
        return _split_to(node, groups.get((type(node), key(free)), []))

    first, second = (rewrite(line, rule) for line in lines)
    return first, second


def _split_to(node: Sum | Product, group: list[Sum | Product]) -> Formula | None:
    """The node on the range that the whole group shares, and the terms beside it."""
    below = above = 0
    for other in group:
        low = rational_value(evaluated(expanded(other.lower - node.lower)))
        high = _distance(node.upper, other.upper)
        if low is None or high is None:
            continue
        below, above = max(below, int(low)), max(above, int(high))
    if not (below or above) or below + above > _MOST_TERMS:
        return None
    lower = evaluated(node.lower + below)
    upper = node.upper if not above else node.upper - above
    inner = node.rebuilt((node.body, lower, upper))
    places = [evaluated(node.lower + k) for k in range(below)]
    places += [node.upper - k if k else node.upper for k in range(above)]
    parts = [inner, *(substitute(node.body, {node.variable: place}) for place in places)]
    if isinstance(node, Sum):
        return joined_sum(parts)
    return joined_product(Fraction(1), [(part, ONE) for part in parts])


def _distance(one: Formula, two: Formula) -> Fraction | None:
    if similar(one, two):
        return Fraction(0)
    if oo in (one, two):
        return None
    difference = one - two
    value = rational_value(difference)
    if value is None:
        from_key = key(difference)
        try:
            value = Fraction(from_key)
        except ValueError:
            return None
    return value
