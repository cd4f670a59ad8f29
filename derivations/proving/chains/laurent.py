"""Polynomials in t and 1/t."""

from __future__ import annotations

from flint import fmpq

from derivations.core.formula import Formula, Symbol
from derivations.core.substitute import free_names
from derivations.proving.field import Field, FieldError, Fractional
from derivations.proving.rebuild import formula_of


def laurent(u: Formula, t: Symbol) -> dict[int, Formula] | None:
    """The coefficients of a polynomial in t and 1/t; None where u is none."""
    try:
        normal = Field().fractional(u)[0]
    except FieldError:
        return None
    moving = [t in free_names(atom) for atom in normal.atoms]
    if any(m and atom != t for m, atom in zip(moving, normal.atoms, strict=True)):
        return None
    if t not in normal.atoms:
        return {0: formula_of(normal)}
    at = normal.atoms.index(t)
    below = [tuple(int(n) for n in powers) for powers in normal.denominator.monoms()]
    if len({powers[at] for powers in below}) != 1:
        return None
    lowest = below[0][at]
    context = normal.denominator.context()
    rest = context.from_dict(
        {
            (*powers[:at], 0, *powers[at + 1 :]): c
            for powers, c in zip(below, normal.denominator.coeffs(), strict=True)
        }
    )
    groups: dict[int, dict[tuple[int, ...], fmpq]] = {}
    for powers, c in normal.numerator.terms():
        exponents = tuple(int(n) for n in powers)
        degree = exponents[at] - lowest
        groups.setdefault(degree, {})[(*exponents[:at], 0, *exponents[at + 1 :])] = c
    return {
        degree: formula_of(Fractional(context.from_dict(terms), rest, normal.atoms))
        for degree, terms in groups.items()
    }
