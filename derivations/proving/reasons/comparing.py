"""What the parts of an order ask of the whole: signs and relations of smaller formulas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, Self

from derivations.core.calculus import Integral, Limit, Product, Sum
from derivations.core.claim import Variable
from derivations.core.domain import Domain
from derivations.core.formula import Formula


class Comparing(Protocol):
    """What is known of an order, as `reasons.ordering.Order` knows it."""

    @property
    def on(self) -> Mapping[Variable, Domain]: ...

    def sign(self, formula: Formula, depth: int = 0) -> str: ...

    def compare(self, u: Formula, v: Formula, depth: int = 0) -> str: ...

    def pairs(self, left: list[Formula], right: list[Formula], depth: int) -> str: ...

    def known(self, one: Formula, two: Formula, relation: str) -> bool: ...

    def ends(self, node: Integral) -> str: ...

    def under(self, node: Sum | Integral | Product | Limit) -> Self: ...
