"""What the bound names of a formula stand for while it is written on a tape."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from derivations.core.formula import (
    Array,
    Formula,
)
from derivations.core.substitute import free_names
from numeric.reference.tape_lookups import Index
from numeric.reference.tape_series import Value


class Scope:
    """What the bound names stand for, and what was written with them."""

    __slots__ = ("bound", "level", "outer", "written")

    def __init__(self, bound: Mapping[Any, Any], outer: Scope | None, level: int) -> None:
        self.bound = bound
        self.outer = outer
        self.level = level  # of the next derivative
        self.written: dict[Formula, Value] = {}

    def look_up(self, name: object) -> Any:
        """What a name is bound to, or None."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.bound:
                return scope.bound[name]
            scope = scope.outer
        return None

    def home(self, formula: Formula) -> Scope:
        """The outermost scope in which the formula means the same."""
        names = _names(formula)
        scope = self
        while scope.outer is not None and names.isdisjoint(scope.bound):
            scope = scope.outer
        return scope


@lru_cache(maxsize=20_000)
def _names(formula: Formula) -> frozenset[object]:
    """The free names of a formula; an array goes by its name."""
    return frozenset(v.name if isinstance(v, Array) else v for v in free_names(formula))


class Whole:
    """The value of a bound index."""

    __slots__ = ("value",)

    def __init__(self, value: int) -> None:
        self.value = value


class Moves:
    """An array of which the element at `where` moves, and how it moves besides."""

    __slots__ = ("level", "order", "outer", "where")

    def __init__(
        self, level: int, order: int, where: tuple[Index, ...], outer: Moves | None
    ) -> None:
        self.level = level
        self.order = order
        self.where = where
        self.outer = outer
