"""Rewritings of a derived formula that may keep their digits in float64: candidates, no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from derivations.core.domain import Interval
from derivations.core.formula import Formula, FormulaError, Symbol
from derivations.core.substitute import fresh_symbol
from numeric.accuracy.points import range_of
from numeric.accuracy.target import Target
from numeric.kernels.branches import two_sided
from numeric.kernels.exponential_form import NoFormError, on_side


def candidates(target: Target) -> list[tuple[str, Formula]]:
    """Equals of the target's formula, with how they were found, each once."""
    found: dict[Formula, str] = {}
    for name, recipe in RECIPES:
        try:
            for formula in recipe(target):
                found.setdefault(formula, name)
        except (NoFormError, FormulaError):
            continue
    return [(name, formula) for formula, name in found.items()]


def as_written(target: Target) -> Iterator[Formula]:
    """The sides of the claim as they stand."""
    yield from target.equals


def in_the_small_exponential(target: Target) -> Iterator[Formula]:
    """Branches on the sign of a variable, each in the exponential that is at most 1."""
    for variable, domain in zip(target.variables, target.domains, strict=True):
        if not isinstance(domain, Interval):
            continue
        distance = fresh_symbol(Symbol("w"), frozenset(target.variables))
        for expanded in (True, False):
            yield _on_domain(target.formula, variable, domain, distance, expanded)


def _on_domain(
    formula: Formula, variable: Symbol, domain: Interval, distance: Symbol, expanded: bool
) -> Formula:
    """Both sides of 0, or the one in which the domain lies."""
    first, last = range_of(domain).ends
    sides = {
        side: on_side(formula, variable, side, distance, expanded=expanded)
        for side, is_there in ((1, last > 0), (-1, first < 0))
        if is_there
    }
    right = sides.get(1, sides.get(-1))
    left = sides.get(-1, sides.get(1))
    assert right is not None
    assert left is not None
    return two_sided(right, left, variable, distance)


RECIPES: Final[tuple[tuple[str, Callable[[Target], Iterator[Formula]]], ...]] = (
    ("as it is derived", as_written),
    ("in the exponential that is at most 1", in_the_small_exponential),
)
