"""What a function of rows is audited against: a side of a claim about arrays of one size.

A row is the argument: K numbers z_1, ..., z_K (and perhaps K labels or a direction besides). The
value is a number for each row, or one for each index, or for each pair of indices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from derivations.core.calculus import BINDERS, Derivative, Prime, Subs, Sum
from derivations.core.claim import Claim
from derivations.core.domain import Domain, IndexRange, Interval
from derivations.core.formula import ONE, Array, Call, Formula, FormulaError, Symbol, walk
from derivations.core.functions import Function
from derivations.core.meaning import unfolded
from derivations.core.substitute import free_names
from numeric.accuracy.called import AuditError


@dataclass(frozen=True, slots=True)
class RowTarget:
    """The right values: `formula` (and its equals) of rows of `size` numbers.

    `indices` are the free indices of the value, none, one or two, in the order of its axes.
    """

    id: str
    formula: Formula
    equals: tuple[Formula, ...]
    size: Symbol
    arrays: tuple[Array, ...]
    domains: tuple[Interval, ...]
    indices: tuple[Symbol, ...]

    def __str__(self) -> str:
        return f"{self.formula}"

    def shape(self, rows: int, size: int) -> tuple[int, ...]:
        """The shape of the values of so many rows."""
        return (rows, *(size for _ in self.indices))


def is_of_rows(claim: Claim) -> bool:
    """Whether a claim is about arrays, so that its value, if it has one, is of rows."""
    return any(isinstance(variable, Array) for variable, _ in claim.on)


def row_target_of(claim: Claim, fixed: Mapping[str, Fraction]) -> RowTarget:
    """The function of rows that a side of the claim is, the right one if it is one.

    A condition on the arrays alone (labels that add up to 1) leaves the right side to be computed:
    the claim says what it is good for.

    Errors: `AuditError` where the claim is no equation, holds for some sizes only, or no side is a
    function of arrays of one size that can be evaluated at once.
    """
    if fixed:
        raise AuditError(f"{claim.id} is about arrays: no variable of it is given a number")
    if claim.rel != "=":
        raise AuditError(f"{claim.id} is no equation, so it gives no right values: {claim}")
    sides: tuple[Formula, ...] = (claim.rhs, claim.lhs)
    if claim.where is not None:
        if not any(isinstance(name, Array) for name in free_names(claim.where)):
            raise AuditError(
                f"{claim.id} holds where {claim.where} only: name a claim without that"
            )
        sides = (claim.rhs,)
    domains = claim.domains
    plain = [side for side in map(_plain, sides) if side is not None]
    if any(not _arrays(side) for side in plain):
        raise AuditError(f"{claim.id} is about a constant: {claim}")
    usable = [side for side in plain if _is_of_one_size(side, domains)]
    if not usable:
        raise AuditError(f"{claim.id} is not about a function of arrays of one size: {claim}")
    # The log-sum-exp with some class in front is the log-sum-exp: fewest indices, then the right.
    formula = min(usable, key=lambda side: len(free_names(side)))
    names = free_names(formula)
    arrays = tuple(v for v, _ in claim.on if isinstance(v, Array) and v in names)
    (size,) = arrays[0].sizes
    assert isinstance(size, Symbol)
    return RowTarget(
        claim.id,
        formula,
        tuple(side for side in usable if free_names(side) == names),
        size,
        arrays,
        tuple(d for v, d in claim.on if v in arrays and isinstance(d, Interval)),
        tuple(
            v
            for v, d in claim.on
            if isinstance(d, IndexRange) and isinstance(v, Symbol) and v in names
        ),
    )


def _plain(side: Formula) -> Formula | None:
    """A side without definitions, or None where it is nothing to evaluate at many rows."""
    try:
        plain = unfolded(side)
    except FormulaError:
        return None
    for node in walk(plain):
        if isinstance(node, (*BINDERS, Derivative, Prime, Subs)) and not isinstance(node, Sum):
            return None
        if isinstance(node, Call) and isinstance(node.head, Function) and not node.head.builtin:
            return None
    return plain


def _arrays(side: Formula) -> list[Array]:
    return [name for name in free_names(side) if isinstance(name, Array)]


def _is_of_one_size(side: Formula, domains: Mapping[Array | Symbol, Domain]) -> bool:
    """Real arrays of one axis and one size, indices over that size, sums over all of it."""
    names = free_names(side)
    arrays = _arrays(side)
    if not arrays or any(not isinstance(domains[array], Interval) for array in arrays):
        return False
    sizes = {array.sizes for array in arrays}
    if len(sizes) != 1 or len(arrays[0].sizes) != 1 or not isinstance(arrays[0].sizes[0], Symbol):
        return False
    (size,) = arrays[0].sizes
    free = [name for name in names if isinstance(name, Symbol) and name != size]
    if len(free) > 2 or any(domains[name] != IndexRange(size) for name in free):
        return False
    sums = (node for node in walk(side) if isinstance(node, Sum))
    return all(node.lower == ONE and node.upper == size for node in sums)
