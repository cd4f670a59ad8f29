"""Whether a candidate is equal to a result of rows: as a claim of its own, or by cases.

A candidate that computes the class p apart is A where i = p, and B elsewhere. It is equal to the
result f where f = A with p for i, and f = B with 0 for a delta of i and p, which it is there. Both
are claims without these cases, and lie within reach of a proof where the whole does not. So it is
with the diagonal of a Jacobian, where i = j, and with a delta anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from derivations.core.calculus import Sum
from derivations.core.claim import Claim, Variable
from derivations.core.conditions import Cases
from derivations.core.domain import Domain, Positive, Reals, Sizes, indices
from derivations.core.formula import ONE, ZERO, Call, Formula, Relation, Symbol, walk
from derivations.core.functions import delta
from derivations.core.substitute import free_symbols, rewrite, substitute
from numeric.accuracy.rows.target import RowTarget
from numeric.evidence import Evidence, Verdict
from numeric.judging.judge import check

# How often cases are told apart: i and j, i and p, j and p.
_DEPTH: Final = 3


def judged(
    formula: Formula,
    target: RowTarget,
    names: tuple[Symbol, Symbol, Symbol],
    where: Formula | None,
) -> Evidence:
    """The evidence that the formula is equal to the target's, for every class p, real c and b > 0;
    `names` are these."""
    judge = _Judge(target, *names, where)
    whole = judge.evidence(target.formula, formula)
    if whole.verdict is not Verdict.CONSISTENT:
        return whole
    parts = judge.by_cases(target.formula, formula, _DEPTH)
    if not parts:
        return whole
    methods = ", ".join(dict.fromkeys(part.method for part in parts))
    conditions = dict.fromkeys(said for part in parts for said in part.conditions)
    return replace(
        parts[0], id=whole.id, method=f"{methods}, by cases", conditions=tuple(conditions)
    )


@dataclass(frozen=True, slots=True)
class _Judge:
    target: RowTarget
    p: Symbol
    c: Symbol
    b: Symbol
    where: Formula | None

    def evidence(self, result: Formula, candidate: Formula) -> Evidence:
        used = free_symbols(result) | free_symbols(candidate)
        size = self.target.size
        on: dict[Variable, Domain] = {size: Sizes}
        on.update(zip(self.target.arrays, self.target.domains, strict=True))
        on.update({index: indices(size) for index in self._indices if index in used})
        if self.c in used:
            on[self.c] = Reals
        if self.b in used:
            on[self.b] = Positive
        name = f"{self.target.id}.kernel"
        return check(Claim(name, result, "=", candidate, on=on, where=self.where))

    @property
    def _indices(self) -> tuple[Symbol, ...]:
        return (*self.target.indices, self.p)

    def by_cases(self, result: Formula, candidate: Formula, depth: int) -> list[Evidence]:
        """Proofs that the two are equal where two of their indices are one, and where they are
        not; none where they are not proved."""
        pair = self._pair(result, candidate) if depth else None
        if pair is None:
            return []
        first, second = pair
        sides = result, candidate
        where_one = (substitute(_told(f, first, second, ONE), {first: second}) for f in sides)
        where_two = (_told(f, first, second, ZERO) for f in sides)
        found: list[Evidence] = []
        for one, other in (where_one, where_two):
            evidence = self.evidence(one, other)
            proofs = [evidence]
            if evidence.verdict is not Verdict.PROVED:
                proofs = self.by_cases(one, other, depth - 1)
            if not proofs:
                return []
            found += proofs
        return found

    def _pair(self, *formulas: Formula) -> tuple[Symbol, Symbol] | None:
        """Two indices that a formula compares, bound by no sum in any."""
        nodes = [node for formula in formulas for node in walk(formula)]
        bound = {node.variable for node in nodes if isinstance(node, Sum)}
        free = [index for index in self._indices if index not in bound]
        compared = [set(_compared(node)) for node in nodes]
        for n, first in enumerate(free):
            for second in free[n + 1 :]:
                if {first, second} in compared:
                    return first, second
        return None


def _compared(node: Formula) -> Sequence[Formula]:
    """What a delta, or the test of a case, compares."""
    match node:
        case Call(head=head, args=args) if head == delta:
            return args
        case Relation(lhs=lhs, rel="=", rhs=rhs):
            return lhs, rhs
    return ()


def _told(formula: Formula, first: Symbol, second: Symbol, equal: Formula) -> Formula:
    """The formula where the two are one (`equal` is 1), or two (0)."""
    pair = {first, second}

    def rule(node: Formula) -> Formula | None:
        match node:
            case Call(head=head, args=args) if head == delta and set(args) == pair:
                return equal
            case Cases(values=(there, beside), conditions=(test,)) if set(_compared(test)) == pair:
                return there if equal == ONE else beside
        return None

    return rewrite(formula, rule)
