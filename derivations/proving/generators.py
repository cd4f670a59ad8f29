"""The generators of a rewriting, chosen so far, and what is asked of formulas over them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from dataclasses import field as own
from fractions import Fraction
from typing import Final

from derivations.core.calculus import Product
from derivations.core.formula import (
    ZERO,
    Call,
    Formula,
    I,
    Number,
    Relation,
    pi,
)
from derivations.core.formula import Pow as Power
from derivations.core.substitute import free_symbols
from derivations.proving.complexes import conjugated
from derivations.proving.field import Field, Fractional
from derivations.proving.gammas import Gammas
from derivations.proving.ladders import Ladders
from derivations.proving.places import Place, Sign
from derivations.proving.quick_signs import quick_sign
from derivations.proving.rebuild import formula_of
from derivations.proving.relations import lowered, reduced

I_PI: Final = I * pi


@dataclass(slots=True)
class Generators(ABC):
    """A common unit for the exponents of each monomial, a common root for the powers of each base.
    A rewriting is repeated until they no longer change."""

    field: Field = own(default_factory=Field)
    units: dict[Formula, Fraction] = own(default_factory=dict)
    roots: dict[Formula, int] = own(default_factory=dict)
    gammas: Gammas = own(default_factory=Gammas)
    ladders: Ladders = own(default_factory=Ladders)
    conditions: dict[str, None] = own(default_factory=dict)
    changed: bool = False

    def __post_init__(self) -> None:
        self.field.fractional(I_PI)  # I comes before pi in every monomial

    def restart(self) -> None:
        """Before the formulas are rewritten once more."""
        self.changed = self.ladders.changed = self.gammas.shifts.changed = False
        self.conditions.clear()

    @property
    def has_changed(self) -> bool:
        return self.changed or self.ladders.changed or self.gammas.shifts.changed

    @abstractmethod
    def rewritten(self, formula: Formula, here: Place) -> Formula:
        """The formula over the generators."""

    def _note(self, condition: Formula, truth: bool = True) -> None:
        if any(s.name.startswith(("_", "index")) for s in free_symbols(condition)):
            return  # about generators under a sum, of no interest to a reader
        self.conditions[f"{condition}" if truth else f"not ({condition})"] = None

    def positive(self, formula: Formula, here: Place) -> bool:
        """Whether the formula is certainly positive; it is then a recorded condition."""
        if quick_sign(formula, here) is not Sign.POSITIVE:
            return False
        if not isinstance(formula, Number | Call | Power | Product):
            self._note(Relation(formula, ">", ZERO))
        return True

    def sign(self, formula: Formula, here: Place) -> Sign:
        """The signs that a formula can have, by its tree and by its generators."""
        found = quick_sign(formula, here)
        if found & Sign.ZERO or len(found) > 1:
            form = lowered(self.rewritten(formula, here), self.field)
            found &= quick_sign(self._in_lowest_terms(form), here)
        return found

    def _in_lowest_terms(self, formula: Formula) -> Formula:
        return formula_of(self.field.fractional(formula)[0])

    def _parts(self, u: Formula, here: Place) -> tuple[Formula, Formula] | None:
        """The real and the imaginary part of a rewritten formula."""
        mirror = conjugated(u, here)
        if mirror is None:
            return None
        mirror = self.rewritten(mirror, here)
        real = self._in_lowest_terms(lowered((u + mirror) / 2, self.field))
        imaginary = self._in_lowest_terms(lowered((u - mirror) / (2 * I), self.field))
        return real, self._in_lowest_terms(reduced(imaginary))

    def _even(self, call: Call) -> Formula:
        """An even function, with the sign of the argument's first term."""
        normal = self.field.fractional(call.args[0])[0]
        if normal.is_zero or normal.numerator.leading_coefficient() > 0:
            return Call(call.head, (formula_of(normal),))
        flipped = Fractional(-normal.numerator, normal.denominator, normal.atoms)
        return Call(call.head, (formula_of(flipped),))
