"""Equality of rewritten formulas by algebra and what is known of their generators.

The known relations: I**2 = -1, roots of unity, sqrt(3)**2 = 3, (-1)**k squared is 1 for whole k,
products of two reciprocal gamma functions. What is left after them is a polynomial in generators
about which nothing is known, with algebraic numbers as coefficients; each of these is decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpz_poly

from derivations.core.formula import ONE, Call, Div, Formula, I, Neg, Number
from derivations.core.formula import Pow as Power
from derivations.core.functions import Function
from derivations.proving.algebraic import is_algebraic, order_of_unity, polynomial_vanishes
from derivations.proving.field import Field, FieldError, Fractional
from derivations.proving.gammas import Relation as Known
from derivations.proving.rebuild import formula_of

MOST_ROUNDS: Final = 6
MOST_DEGREE: Final = 64
MOST_TERMS: Final = 5_000
TURN: Final = Function("turn", (2,))  # turn(k, 1/d) is exp(I*pi*k/d) for whole k


@dataclass(frozen=True, slots=True)
class _Relation:
    """The monomial with the exponents `lead` is above / below."""

    lead: tuple[int, ...]
    above: fmpq_mpoly
    below: fmpq_mpoly


def same(left: Formula, right: Formula, known: Sequence[Known] = ()) -> bool:
    """Whether rewritten formulas are equal by algebra and the relations of their generators.

    The factors of the `known` relations must not be 0; the caller answers for that.
    """
    one, two = Field().fractional(left, right)
    if one.numerator == two.numerator and one.denominator == two.denominator:
        return True
    found = _with_relations((left, right), known)
    if found is None:
        return False
    (one, two), relations = found
    difference = one.numerator * two.denominator - two.numerator * one.denominator
    return _vanishes(difference, relations, one.atoms)


def reduced(formula: Formula) -> Formula:
    """The formula with its numerator and its denominator reduced by the relations."""
    found = _with_relations((formula,), ())
    if found is None:
        return formula
    ((normal,), relations) = found
    above, scale = _fully_reduced(normal.numerator, relations)
    below, other = _fully_reduced(normal.denominator, relations)
    one = normal.numerator.context().constant(1)
    if scale != one or other != one or below.is_zero():
        return formula
    return formula_of(Fractional(above, one, normal.atoms)) / formula_of(
        Fractional(below, one, normal.atoms)
    )


def lowered(u: Formula, field: Field | None = None) -> Formula:
    """The formula with powers of I and of roots lowered: (t/sqrt(2))**2 is t**2/2."""
    normal = (field or Field()).fractional(u)[0]
    for polynomial in (normal.numerator, normal.denominator):
        for atom, degree in zip(normal.atoms, polynomial.degrees(), strict=True):
            match atom:
                case Power(_, Div(Number(1), Number(n))) if degree >= n:
                    return reduced(u)
                case Power(Neg(Number(1)), _) if degree >= 2:
                    return reduced(u)
            if atom == I and degree >= 2:
                return reduced(u)
    return u


def _with_relations(
    formulas: tuple[Formula, ...], known: Sequence[Known]
) -> tuple[tuple[Fractional, ...], list[_Relation]] | None:
    """The formulas over generators whose relations lie in the same context."""
    sides = [side for relation in known for side in (relation.factor, relation.value)]
    normals = Field().fractional(*formulas, *sides)
    bases = _bases(normals[0].atoms)
    for _ in range(MOST_ROUNDS):
        normals = Field().fractional(*formulas, *sides, *(base for base, _ in bases.values()))
        more = _bases(normals[0].atoms)
        if more.keys() == bases.keys():
            break
        bases = more
    else:
        return None
    count, atoms = len(formulas), normals[0].atoms
    middle = count + len(sides)
    roots = dict(zip(bases, normals[middle:], strict=True))
    degrees = {atom: degree for atom, (_, degree) in bases.items()}
    relations = _relations(atoms, roots, degrees)
    for i, relation in enumerate(known):
        factor, value = normals[count + 2 * i], normals[count + 2 * i + 1]
        if any(atom not in atoms for atom in relation.atoms):
            continue
        lead = [0] * len(atoms)
        for atom in relation.atoms:
            lead[atoms.index(atom)] += 1
        above = value.numerator * factor.denominator
        relations.append(_Relation(tuple(lead), above, value.denominator * factor.numerator))
    return normals[:count], relations


def _bases(atoms: tuple[Formula, ...]) -> dict[Formula, tuple[Formula, int]]:
    """The generators of which a power is known: it, and which power."""
    found: dict[Formula, tuple[Formula, int]] = {}
    for atom in atoms:
        match atom:
            case Power(base, Div(Number(1), Number(degree))) if 1 < degree <= MOST_DEGREE:
                found[atom] = base, degree
            case Power(Neg(Number(1)), exponent) if exponent.parts or exponent != ONE:
                found[atom] = ONE, 2
            case Call(head=head, args=(_, Div(Number(1), Number(d)))) if head == TURN:
                found[atom] = ONE, 2 * d
    return found


def _relations(
    atoms: tuple[Formula, ...], roots: dict[Formula, Fractional], degrees: dict[Formula, int]
) -> list[_Relation]:
    found: list[_Relation] = []
    position_of_i: int | None = None
    root_of_unity: tuple[int, int] | None = None
    for position, atom in enumerate(atoms):
        if atom == I:
            position_of_i = position
        elif atom in roots:
            normal = roots[atom]
            lead = _lead(len(atoms), position, degrees[atom])
            found.append(_Relation(lead, normal.numerator, normal.denominator))
        else:
            order = order_of_unity(atom)
            if order is not None:
                root_of_unity = position, order
    context = fmpq_mpoly_ctx.get(tuple(f"g{i}" for i in range(len(atoms))), Ordering.lex)
    one, gens = context.constant(1), context.gens()
    if root_of_unity is not None:
        position, order = root_of_unity
        found.append(_cyclotomic(position, order, gens[position], one))
        if position_of_i is not None and order % 4 == 0:
            lead = _lead(len(atoms), position_of_i, 1)
            found.insert(0, _Relation(lead, gens[position] ** (order // 4), one))
            position_of_i = None
    if position_of_i is not None:
        found.append(_Relation(_lead(len(atoms), position_of_i, 2), -one, one))
    return found


def _lead(size: int, position: int, degree: int) -> tuple[int, ...]:
    return tuple(degree if i == position else 0 for i in range(size))


def _cyclotomic(position: int, order: int, gen: fmpq_mpoly, one: fmpq_mpoly) -> _Relation:
    polynomial = fmpz_poly.cyclotomic(order)
    degree = int(polynomial.degree())
    lower = -sum((one * int(polynomial[k]) * gen**k for k in range(degree)), one * 0)
    size = len(one.context().gens())
    return _Relation(_lead(size, position, degree), lower, one)


def _vanishes(
    polynomial: fmpq_mpoly, relations: list[_Relation], atoms: tuple[Formula, ...]
) -> bool:
    for _ in range(MOST_ROUNDS):
        before = polynomial
        for relation in relations:
            polynomial, _ = _reduced(polynomial, relation)
            if polynomial.is_zero():
                return True
        if polynomial == before:
            break
    return _vanishes_by_coefficients(polynomial, atoms)


def _vanishes_by_coefficients(polynomial: fmpq_mpoly, atoms: tuple[Formula, ...]) -> bool:
    """Whether all coefficients, algebraic numbers, of the other generators' monomials are 0."""
    algebraic = [is_algebraic(atom) for atom in atoms]
    if not any(algebraic):
        return False
    context = polynomial.context()
    groups: dict[tuple[int, ...], dict[tuple[int, ...], fmpq]] = {}
    for powers, coefficient in polynomial.terms():
        outer = tuple(0 if a else int(n) for n, a in zip(powers, algebraic, strict=True))
        inner = tuple(int(n) if a else 0 for n, a in zip(powers, algebraic, strict=True))
        groups.setdefault(outer, {})[inner] = coefficient
    if any(len(terms) == 1 for terms in groups.values()):
        return False  # one term alone: a product of numbers, none of them 0 in lowest terms
    return all(
        polynomial_vanishes(context.from_dict(terms), atoms) is True for terms in groups.values()
    )


def _fully_reduced(
    polynomial: fmpq_mpoly, relations: list[_Relation]
) -> tuple[fmpq_mpoly, fmpq_mpoly]:
    """The reduced polynomial, and by what it was multiplied on the way."""
    scale = polynomial.context().constant(1)
    for _ in range(MOST_ROUNDS):
        before = polynomial
        for relation in relations:
            polynomial, factor = _reduced(polynomial, relation)
            scale = scale * factor
        if polynomial == before:
            break
    return polynomial, scale


def _reduced(polynomial: fmpq_mpoly, relation: _Relation) -> tuple[fmpq_mpoly, fmpq_mpoly]:
    """The polynomial, times a power of a denominator that is not 0, without the lead; and that."""
    context = polynomial.context()
    lead = relation.lead
    used = [i for i, n in enumerate(lead) if n]
    scale = context.constant(1)
    while True:
        low: dict[tuple[int, ...], fmpq] = {}
        high: dict[tuple[int, ...], fmpq] = {}
        for powers, coefficient in polynomial.terms():
            exponents = [int(n) for n in powers]
            if all(exponents[i] >= lead[i] for i in used):
                for i in used:
                    exponents[i] -= lead[i]
                high[tuple(exponents)] = coefficient
            else:
                low[tuple(exponents)] = coefficient
        if not high:
            return polynomial, scale
        polynomial = context.from_dict(low) * relation.below
        polynomial += context.from_dict(high) * relation.above
        scale = scale * relation.below
        if len(polynomial) > MOST_TERMS:
            raise FieldError("the reduction by radicals has too many terms")
