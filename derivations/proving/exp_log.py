"""Equality in the field of exponentials, logarithms and roots on declared domains.

>>> from derivations.core.domain import Positive, Reals
>>> from derivations.core.formula import symbols
>>> from derivations.core.functions import exp, log
>>> x, y = symbols("x y")
>>> equal_by_exp_log(log(x * y), log(x) + log(y), {x: Positive, y: Positive})
ExpLogResult(conditions=('y > 0', 'x > 0'))
>>> equal_by_exp_log(log(x * y), log(x) + log(y), {x: Reals, y: Reals}) is None
True
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from derivations.core.claim import Variable
from derivations.core.domain import Domain
from derivations.core.formula import Formula, FormulaError
from derivations.proving.exp_log_form import Rewriting
from derivations.proving.gammas import Relation
from derivations.proving.places import Place, Sign, place
from derivations.proving.quick_signs import quick_sign
from derivations.proving.relations import same

__all__ = ["ExpLogResult", "equal_at", "equal_by_exp_log", "rewritten", "same"]

MOST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class ExpLogResult:
    """The sides are equal wherever both are defined; `conditions` were proved on the way."""

    conditions: tuple[str, ...]


def equal_by_exp_log(
    left: Formula,
    right: Formula,
    on: Mapping[Variable, Domain],
    where: Formula | None = None,
) -> ExpLogResult | None:
    """Whether the sides are equal wherever both are defined, by the laws of exponentials,
    logarithms and powers whose conditions hold on the domain; None where that is not shown."""
    return equal_at(left, right, place(on, where))


def equal_at(left: Formula, right: Formula, here: Place) -> ExpLogResult | None:
    """The same at a place."""
    try:
        (one, two), rewriting = _rewritten((left, right), here)
        known = _reflections(rewriting, here)
        return ExpLogResult(tuple(rewriting.conditions)) if same(one, two, known) else None
    except (FormulaError, RecursionError):
        return None


def rewritten(
    formulas: tuple[Formula, ...], here: Place
) -> tuple[tuple[Formula, ...], tuple[str, ...]]:
    """The formulas over common generators, and the conditions that were used."""
    known: tuple[tuple[Formula, ...], tuple[str, ...]] | None
    known = here.memory.get(("rewritten", formulas))
    if known is None:
        found, rewriting = _rewritten(formulas, here)
        known = found, tuple(rewriting.conditions)
    return known


def _rewritten(formulas: tuple[Formula, ...], here: Place) -> tuple[tuple[Formula, ...], Rewriting]:
    rewriting = Rewriting()
    found = formulas
    for _ in range(MOST_ROUNDS):
        rewriting.restart()
        found = tuple(rewriting.rewritten(formula, here) for formula in formulas)
        if not rewriting.has_changed:
            break
    # Several ways to a proof begin with the same forms.
    here.memory["rewritten", formulas] = found, tuple(rewriting.conditions)
    return found, rewriting


def _reflections(rewriting: Rewriting, here: Place) -> list[Relation]:
    """The reflections of gamma whose factors are certainly not 0."""
    return [
        relation
        for relation in rewriting.gammas.relations(lambda f: rewriting.rewritten(f, here))
        if Sign.ZERO not in quick_sign(relation.factor, here)
    ]
