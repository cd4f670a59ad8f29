"""A claim: an identified statement `lhs rel rhs` on a declared domain, with its source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from derivations.core.conditions import require_condition
from derivations.core.domain import Domain, IndexRange
from derivations.core.formula import (
    RELATIONS,
    Array,
    Formula,
    FormulaLike,
    Relation,
    Symbol,
    as_formula,
)
from derivations.core.latex import hypotheses_sentence, to_latex
from derivations.core.substitute import free_names

Variable: TypeAlias = Symbol | Array

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/-]*\Z")


class ClaimError(ValueError):
    """A claim is not well formed: a variable without a domain, an unknown relation, a bad id."""


@dataclass(frozen=True, slots=True, init=False)
class Claim:
    """At every point of the domain where both sides are defined, `lhs rel rhs`.

    `on` gives each free symbol and array its domain, `where` an optional condition besides.
    `title` heads the printed theorem; `says` is its sentence in words; `source` is cited.
    `falsehood` is set when the claim is a counterexample: it is the sentence that the claim
    disproves ("the natural-log loss bounds the zero-one loss from above").

    Errors: `ClaimError` where a variable has no domain, a domain no variable, the relation or
    the id is none.
    """

    id: str
    lhs: Formula
    rel: str
    rhs: Formula
    on: tuple[tuple[Variable, Domain], ...]
    where: Formula | None
    title: str
    says: str
    source: str
    falsehood: str

    def __init__(
        self,
        id: str,
        lhs: FormulaLike,
        rel: str,
        rhs: FormulaLike,
        *,
        # The keys are Variables; Any, because a Mapping is invariant in its keys.
        on: Mapping[Any, Domain] = MappingProxyType({}),
        where: Formula | None = None,
        title: str = "",
        says: str = "",
        source: str = "",
        falsehood: str = "",
    ) -> None:
        def put(name: str, value: object) -> None:
            object.__setattr__(self, name, value)

        put("id", id)
        put("lhs", as_formula(lhs))
        put("rel", "=" if rel == "==" else rel)
        put("rhs", as_formula(rhs))
        put("on", tuple(on.items()))
        put("where", where)
        put("title", title)
        put("says", says)
        put("source", source)
        put("falsehood", falsehood)
        _require_well_formed(self)

    @property
    def statement(self) -> Relation:
        return Relation(self.lhs, self.rel, self.rhs)

    @property
    def domains(self) -> dict[Variable, Domain]:
        return dict(self.on)

    def __str__(self) -> str:
        return f"{self.id}: {self.statement}"

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {to_latex(self.statement)}$"

    def _repr_markdown_(self) -> str:
        words = (f"**{self.title or self.id}.**", hypotheses_sentence(self), self.says)
        return f"{' '.join(filter(None, words))}\n\n$${to_latex(self.statement)}$$"


def _require_well_formed(claim: Claim) -> None:
    if not _ID.match(claim.id):
        raise ClaimError(f"{claim.id!r} is no id: letters, digits and . _ : / - only")
    if claim.rel not in RELATIONS:
        raise ClaimError(f"{claim.id}: {claim.rel!r} is no relation; one of {' '.join(RELATIONS)}")
    used = free_names(claim.lhs) | free_names(claim.rhs)
    if claim.where is not None:
        require_condition(claim.where)
        used |= free_names(claim.where)
    for _, domain in claim.on:
        if isinstance(domain, IndexRange):
            used |= free_names(domain.upper)
    declared = claim.domains
    missing = sorted(name.name for name in used - declared.keys())
    if missing:
        names = ", ".join(missing)
        raise ClaimError(f"{claim.id}: no domain for {names}; say on={{{missing[0]}: Reals}}")
