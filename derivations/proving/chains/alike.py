"""Whether two lines are equal in the sense of a claim, by congruence: what stands under a limit,
an integral, a sum or a derivative is proved equal where it is evaluated."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from derivations.core.calculus import Derivative, Integral, Limit, Prime, Product, Sum
from derivations.core.claim import Claim
from derivations.core.derivation import implies
from derivations.core.formula import Formula, FormulaError, Neg, Relation, oo, walk
from derivations.core.substitute import (
    bound_variable,
    free_symbols,
    fresh_symbol,
    same_up_to_bound_names,
    substitute,
)
from derivations.proving.bounds import range_of
from derivations.proving.casework import plain
from derivations.proving.chains.spots import Spot, inside, rewritten_at
from derivations.proving.chains.telling import certainly_differ
from derivations.proving.places import Place
from derivations.proving.prove import Proof, prove, prove_at
from derivations.proving.similar import key

_OPAQUE: Final = (Limit, Integral, Sum, Product, Derivative, Prime)
_INFINITE: Final = (oo, Neg(oo))
MOST_PAIRS: Final = 64


def proved(one: Formula, rel: str, two: Formula, spot: Spot) -> Proof | None:
    """A proof of `one rel two` at the spot: directly, or with the parts of `two` that are equal to
    parts of `one` written as these."""
    one, two = plain(one), plain(two)
    if rel == "=" and any(certainly_differ(one, two, here) for here in spot.places):
        return None
    aligned = two
    if implies("=", rel):
        if same_up_to_bound_names(one, two):
            return _of_one_line(one, rel, spot)
        aligned = _aligned(one, two, spot)
        if same_up_to_bound_names(one, aligned):
            return _of_one_line(one, rel, spot)
    if rel == "=" and _processes(one) != _processes(aligned):
        return None  # a limit or an integral stands in one line alone
    return directly(one, rel, aligned, spot)


def _of_one_line(line: Formula, rel: str, spot: Spot) -> Proof | None:
    """What is equal is <= too, where it is real: an order of other numbers is false."""
    if rel == "=" or all(range_of(line, here.box) is not None for here in spot.places):
        return Proof("the same line")
    return None


def _processes(line: Formula) -> set[str]:
    """The limits and integrals of a line."""
    return {key(node) for node in walk(line) if isinstance(node, Limit | Integral)}


def directly(one: Formula, rel: str, two: Formula, spot: Spot) -> Proof | None:
    """The same by `derivations.proving.prove` alone."""
    if one in _INFINITE or two in _INFINITE:
        return Proof("the same infinity") if one == two and rel == "=" else None
    if spot.is_whole:
        claim = spot.claim
        try:
            return prove(Claim(claim.id, one, rel, two, on=claim.domains, where=claim.where))
        except FormulaError:
            return None
    conditions: dict[str, None] = {}
    for here in spot.places:
        found = proved_at(one, rel, two, here)
        if found is None:
            return None
        conditions.update(dict.fromkeys(found.conditions))
    return Proof("equal under a binder", tuple(conditions))


def proved_at(one: Formula, rel: str, two: Formula, here: Place) -> Proof | None:
    try:
        return prove_at(Relation(one, rel, two), here)
    except (FormulaError, RecursionError):
        return None


def are_alike(one: Formula, two: Formula, spot: Spot) -> bool:
    """Whether both are undefined, or both defined and equal, at every point of the spot."""
    return proved(one, "=", two, spot) is not None


def _aligned(one: Formula, two: Formula, spot: Spot) -> Formula:
    """The second line with its opaque parts written as parts of the first that are alike."""
    if not any(isinstance(node, _OPAQUE) for node in walk(two)):
        return two
    known = _topmost(one, spot)
    pairs = [0]

    def rule(node: Formula, at: Spot) -> Formula | None:
        if not isinstance(node, _OPAQUE) or at is not spot:
            return None
        for other in known:
            if type(other) is not type(node) or same_up_to_bound_names(other, node):
                continue
            pairs[0] += 1
            if pairs[0] <= MOST_PAIRS and _same_kind(other, node, spot):
                return other
        return None

    if not known:
        return two
    return rewritten_at(two, spot, rule, topmost=True)


def _topmost(line: Formula, spot: Spot) -> list[Formula]:
    found: list[Formula] = []

    def rule(node: Formula, at: Spot) -> Formula | None:
        if isinstance(node, _OPAQUE) and at is spot:
            if node not in found:
                found.append(node)
            return node  # and nothing below it
        return None

    rewritten_at(line, spot, rule, topmost=True)
    return found


def _same_kind(one: Formula, two: Formula, spot: Spot) -> bool:
    """Whether two opaque parts are alike by their own parts."""
    if isinstance(one, Prime) and isinstance(two, Prime):
        same = one.head == two.head and one.order == two.order
        return same and are_alike(one.point, two.point, spot)
    if isinstance(one, Derivative) and isinstance(two, Derivative):
        if one.variable != two.variable or one.order != two.order:
            return False
        inner = inside(one, spot)
        return inner is not None and are_alike(one.body, two.body, inner)
    if not isinstance(one, Limit | Integral | Sum | Product) or type(one) is not type(two):
        return False
    assert isinstance(two, Limit | Integral | Sum | Product)
    if isinstance(one, Limit) and isinstance(two, Limit):
        if one.side != two.side and one.point not in _INFINITE:
            return False
        ends = [(one.point, two.point)]
    else:
        assert isinstance(one, Integral | Sum | Product)
        assert isinstance(two, Integral | Sum | Product)
        ends = [(one.lower, two.lower), (one.upper, two.upper)]
    if not all(a == b or are_alike(a, b, spot) for a, b in ends):
        return False
    first, second = in_one_variable(one, two)
    inner = inside(first, spot)
    return inner is not None and are_alike(first.parts[0], second.parts[0], inner)


def in_one_variable(one: Formula, two: Formula) -> tuple[Formula, Formula]:
    """Two binders, with a common bound variable that is free in neither."""
    a, b = bound_variable(one), bound_variable(two)
    assert a is not None
    assert b is not None
    if a == b:
        return one, two
    taken = free_symbols(one.parts[0]) | free_symbols(two.parts[0]) | {a, b}
    common = a if a not in free_symbols(two.parts[0]) else fresh_symbol(a, taken)
    return renamed(one, common), renamed(two, common)


def renamed(node: Formula, variable: object) -> Formula:
    """A binder with another bound variable. Errors: `FormulaError` under a derivative by it."""
    old = bound_variable(node)
    assert old is not None
    if old == variable:
        return node
    body = substitute(node.parts[0], {old: variable})  # type: ignore[dict-item]
    return replace(node, body=body, variable=variable)  # type: ignore[type-var]
