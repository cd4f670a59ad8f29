"""What a function is audited against: a side of a claim, a function of scalars on a domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from derivations.core.calculus import BINDERS, Derivative, Prime
from derivations.core.claim import Claim
from derivations.core.domain import Domain
from derivations.core.formula import (
    Call,
    Formula,
    FormulaError,
    Relation,
    Symbol,
    as_formula,
    walk,
)
from derivations.core.functions import Function
from derivations.core.meaning import unfolded
from derivations.core.substitute import free_symbols, substitute
from numeric.accuracy.called import AuditError


@dataclass(frozen=True, slots=True)
class Target:
    """The right values: `formula` (and its equals) of `variables` on their domains."""

    id: str
    formula: Formula
    equals: tuple[Formula, ...]
    variables: tuple[Symbol, ...]
    domains: tuple[Domain, ...]

    def __str__(self) -> str:
        return f"{self.formula}"


def target_of(claim: Claim, fixed: Mapping[str, Fraction]) -> Target:
    """The function that a claim's two equal sides are, with some variables given numbers.

    Errors: `AuditError` where the claim is no equation, holds on a condition only, or its sides
    are no function of scalars that can be evaluated at once (a limit, an integral, an array).
    """
    if claim.rel != "=":
        raise AuditError(
            f"{claim.id} is no equation, so it gives no right values: {claim.statement}"
        )
    if claim.where is not None and not _excludes_a_point(claim.where):
        raise AuditError(f"{claim.id} holds where {claim.where} only: name a claim without that")
    names = {variable.name: variable for variable, _ in claim.on}
    for name in fixed:
        if name not in names:
            raise AuditError(f"{claim.id} has no variable {name}; it has {', '.join(names)}")
    values: dict[Symbol, Formula] = {}
    for name, number in fixed.items():
        variable = names[name]
        if not isinstance(variable, Symbol):
            raise AuditError(f"{name} is an array: only scalars are given numbers")
        values[variable] = as_formula(number)
    sides = [_side(side, values) for side in (claim.rhs, claim.lhs)]
    usable = [side for side in sides if side is not None and free_symbols(side)]
    if not usable:
        raise AuditError(
            f"{claim.id} says nothing about a function of its variables: {claim.statement}"
        )
    used = free_symbols(usable[0])
    kept = [(v, d) for v, d in claim.on if isinstance(v, Symbol) and v in used]
    if len(kept) != len(used):
        raise AuditError(f"{claim.id} is about arrays: {claim.statement}")
    return Target(
        claim.id,
        usable[0],
        tuple(usable),
        tuple(v for v, _ in kept),
        tuple(d for _, d in kept),
    )


def _excludes_a_point(where: Formula) -> bool:
    """x != 0: the function is the same everywhere else, and by continuity there."""
    return isinstance(where, Relation) and where.rel == "!="


def _side(side: Formula, values: Mapping[Symbol, Formula]) -> Formula | None:
    """A side without definitions, or None where it is nothing to evaluate at a million points."""
    try:
        plain = substitute(unfolded(side), dict(values))
    except FormulaError:
        return None
    for node in walk(plain):
        if isinstance(node, (*BINDERS, Derivative, Prime)):
            return None
        if isinstance(node, Call) and isinstance(node.head, Function) and not node.head.builtin:
            return None
    return plain
