"""An earlier claim at an instance: where it holds, and what it replaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from derivations.core.calculus import Derivative, Integral, Limit, Prime, Product, Sum
from derivations.core.claim import Claim
from derivations.core.formula import (
    Formula,
    Number,
    Relation,
    Symbol,
)
from derivations.core.substitute import same_up_to_bound_names
from derivations.proving.chains.alike import are_alike
from derivations.proving.chains.domains import applies
from derivations.proving.chains.spots import Spot, inside, rewritten_at
from derivations.proving.reasons.instances import Instance, instances
from derivations.proving.reasons.matching import primes
from derivations.proving.reasons.replacing import factors_replaced, terms_replaced
from derivations.proving.similar import key

_OPAQUE: Final = (Limit, Integral, Sum, Product, Derivative)


@dataclass(slots=True)
class Uses:
    """What came of replacing by a claim: whether it was used at all."""

    count: int = 0


def replaced_by(
    line: Formula, other: Formula, used: Claim, at: Mapping[Symbol, Formula], spot: Spot
) -> list[Formula]:
    """The line with instances of one side of an equation replaced by the other side, wherever
    the instance certainly holds: from left to right, and from right to left."""
    found = instances(used, at, (line, primes(line), primes(other)))
    results = []
    for written in dict.fromkeys((primes(line), line)):
        for forward in (True, False):
            uses = Uses()
            new = _replaced(written, found, used, forward, spot, uses)
            if uses.count and new not in results:
                results.append(new)
    return results


def _replaced(
    line: Formula, found: list[Instance], used: Claim, forward: bool, spot: Spot, uses: Uses
) -> Formula:
    pairs = []
    for instance in found:
        s = instance.statement
        old, new = (s.lhs, s.rhs) if forward else (s.rhs, s.lhs)
        if not isinstance(old, Number | Symbol):
            pairs.append((key(old), old, new, dict(instance.values)))

    def rule(node: Formula, here: Spot) -> Formula | None:
        if isinstance(node, Relation):
            return None
        for wanted, old, new, values in pairs:
            if _is_instance(node, wanted, old, here) and applies(used, values, here):
                uses.count += 1
                return new
        for _, old, new, values in pairs:
            further = _further(node, old, new)
            if further is not None and _applies_around(used, values, further, here):
                uses.count += 1
                return further
            found_inside = terms_replaced(node, old, new) or factors_replaced(node, old, new)
            if found_inside is None or not applies(used, values, here):
                continue
            rest, put = found_inside
            there_and_back = put(rest)
            if same_up_to_bound_names(there_and_back, node):
                continue
            # What was taken out of the node and put back is the node.
            whole = (terms_replaced(node, old, old) or factors_replaced(node, old, old)) or None
            if whole is None or not are_alike(whole[1](whole[0]), node, here):
                continue
            uses.count += 1
            return put(rewritten_at(rest, here, rule, topmost=True))
        return None

    return rewritten_at(line, spot, rule, topmost=True)


def _is_instance(node: Formula, wanted: str, old: Formula, here: Spot) -> bool:
    if key(node) == wanted:
        return same_up_to_bound_names(node, old) or are_alike(node, old, here)
    if type(node) is type(old) and isinstance(node, _OPAQUE):
        return here.knows(old) and are_alike(node, old, here)
    return False


def _further(node: Formula, old: Formula, new: Formula) -> Derivative | None:
    """f'' where the claim is about f': the derivative of what f' is."""
    if not isinstance(node, Prime) or not isinstance(old, Prime):
        return None
    if old.head != node.head or old.point != node.point or node.order <= old.order:
        return None
    if not isinstance(node.point, Symbol):
        return None
    return Derivative(new, node.point, node.order - old.order)


def _applies_around(
    used: Claim, values: Mapping[Symbol, Formula], further: Derivative, here: Spot
) -> bool:
    around = inside(further, here)
    return around is not None and applies(used, values, around)
