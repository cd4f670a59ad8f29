"""What stated facts tell of two formulas: their difference, a fact and constants, two facts."""

from __future__ import annotations

from itertools import combinations

from derivations.core.formula import Formula, Relation
from derivations.core.substitute import free_names
from derivations.proving.reasons.relations import (
    FLIPPED,
    combined,
    constants_compared,
    sharper,
)
from derivations.proving.similar import direction, similar


def stated(facts: tuple[Relation, ...], u: Formula, v: Formula) -> str:
    """A fact whose difference of sides is that of u and v, up to a positive factor."""
    wanted, turned, found = direction(v - u), direction(u - v), ""
    for fact in facts:
        known = direction(fact.rhs - fact.lhs)
        if known == wanted:
            found = sharper(found, fact.rel)
        elif known == turned:
            found = sharper(found, FLIPPED[fact.rel])
    if found in ("<", ">", "="):
        return found
    return sharper(found, _by_way_of(facts, u, v) or _by_two(facts, u, v))


def _by_two(facts: tuple[Relation, ...], u: Formula, v: Formula) -> str:
    """u < v from u < w and w < v."""
    if len(facts) > 12:
        return ""
    wanted = direction(v - u)
    for one, two in combinations(facts, 2):
        for turned in (two, Relation(two.rhs, FLIPPED[two.rel], two.lhs)):
            rel = combined(one.rel, turned.rel)
            if not rel:
                continue
            gap = direction(one.rhs - one.lhs + turned.rhs - turned.lhs)
            if gap == wanted:
                return rel
            if gap == direction(-(v - u)):
                return FLIPPED[rel]
    return ""


def _by_way_of(facts: tuple[Relation, ...], u: Formula, v: Formula) -> str:
    """u < c from a fact and c <= v between constants."""
    if free_names(u) and free_names(v):
        return ""
    for fact in facts:
        for a, b, rel in (
            (fact.lhs, fact.rhs, fact.rel),
            (fact.rhs, fact.lhs, FLIPPED[fact.rel]),
        ):
            if similar(a, u) and not free_names(b) and not free_names(v):
                found = combined(rel, constants_compared(b, v))
            elif similar(b, v) and not free_names(a) and not free_names(u):
                found = combined(constants_compared(u, a), rel)
            else:
                continue
            if found:
                return found
    return ""
