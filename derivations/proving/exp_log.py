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

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpz_poly

from derivations.core.claim import Variable
from derivations.core.domain import Domain
from derivations.core.formula import Call, Div, Formula, FormulaError, I, Number, pi
from derivations.core.formula import Pow as Power
from derivations.core.functions import Function
from derivations.proving.exp_log_form import Rewriting
from derivations.proving.field import Field, FieldError, Fractional
from derivations.proving.places import Place, place

MOST_ROUNDS = 6
MOST_DEGREE = 64
MOST_TERMS = 5_000


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
        (one, two), conditions = rewritten((left, right), here)
        return ExpLogResult(conditions) if same(one, two) else None
    except (FormulaError, RecursionError):
        return None


def rewritten(
    formulas: tuple[Formula, ...], here: Place
) -> tuple[tuple[Formula, ...], tuple[str, ...]]:
    """The formulas over common generators, and the conditions that were used."""
    rewriting = Rewriting()
    found = formulas
    for _ in range(MOST_ROUNDS):
        rewriting.changed = False
        rewriting.conditions.clear()
        found = tuple(rewriting.rewritten(formula, here) for formula in formulas)
        if not rewriting.changed:
            break
    return found, tuple(rewriting.conditions)


def same(left: Formula, right: Formula) -> bool:
    """Whether rewritten formulas are equal by algebra and the relations of their generators,
    such as I**2 = -1 and sqrt(3)**2 = 3."""
    one, two = Field().fractional(left, right)
    difference = one.numerator * two.denominator - two.numerator * one.denominator
    if difference.is_zero():
        return True
    bases = _radical_bases(one.atoms)
    for _ in range(MOST_ROUNDS):
        one, two, *rest = Field().fractional(left, right, *bases.values())
        more = _radical_bases(one.atoms)
        if more.keys() == bases.keys():
            break
        bases = more
    else:
        return False
    relations = _relations(one.atoms, dict(zip(bases, rest, strict=True)))
    difference = one.numerator * two.denominator - two.numerator * one.denominator
    return _vanishes(difference, relations)


@dataclass(frozen=True, slots=True)
class _Relation:
    """generator**degree = above / below."""

    position: int
    degree: int
    above: fmpq_mpoly
    below: fmpq_mpoly


def _radical_bases(atoms: tuple[Formula, ...]) -> dict[Formula, Formula]:
    return {
        atom: atom.base
        for atom in atoms
        if isinstance(atom, Power) and _degree(atom.exponent) is not None
    }


def _degree(exponent: Formula) -> int | None:
    match exponent:
        case Div(Number(1), Number(degree)) if 1 < degree <= MOST_DEGREE:
            return degree
    return None


def _relations(atoms: tuple[Formula, ...], bases: dict[Formula, Fractional]) -> list[_Relation]:
    found: list[_Relation] = []
    position_of_i: int | None = None
    root_of_unity: tuple[int, int] | None = None
    for position, atom in enumerate(atoms):
        if atom == I:
            position_of_i = position
        elif isinstance(atom, Power) and atom in bases:
            normal, degree = bases[atom], _degree(atom.exponent)
            assert degree is not None
            found.append(_Relation(position, degree, normal.numerator, normal.denominator))
        else:
            order = _order_of_unity(atom)
            if order is not None:
                root_of_unity = position, order
    context = fmpq_mpoly_ctx.get(tuple(f"g{i}" for i in range(len(atoms))), Ordering.lex)
    one, gens = context.constant(1), context.gens()
    if root_of_unity is not None:
        position, order = root_of_unity
        found.append(_cyclotomic(position, order, gens[position], one))
        if position_of_i is not None and order % 4 == 0:
            found.insert(0, _Relation(position_of_i, 1, gens[position] ** (order // 4), one))
            position_of_i = None
    if position_of_i is not None:
        found.append(_Relation(position_of_i, 2, -one, one))
    return found


def _order_of_unity(atom: Formula) -> int | None:
    """2 d for the atom exp(I*pi/d)."""
    match atom:
        case Call(head=Function(name="exp", builtin=True), args=(u,)):
            c = Field().fractional(u / (I * pi))[0].constant
            if c is not None and c.numerator == 1 and c.denominator <= MOST_DEGREE:
                return 2 * c.denominator
    return None


def _cyclotomic(position: int, order: int, gen: fmpq_mpoly, one: fmpq_mpoly) -> _Relation:
    polynomial = fmpz_poly.cyclotomic(order)
    degree = int(polynomial.degree())
    lower = -sum((one * int(polynomial[k]) * gen**k for k in range(degree)), one * 0)
    return _Relation(position, degree, lower, one)


def _vanishes(polynomial: fmpq_mpoly, relations: list[_Relation]) -> bool:
    for _ in range(MOST_ROUNDS):
        before = polynomial
        for relation in relations:
            polynomial = _reduced(polynomial, relation)
            if polynomial.is_zero():
                return True
        if polynomial == before:
            return False
    return False


def _reduced(polynomial: fmpq_mpoly, relation: _Relation) -> fmpq_mpoly:
    """The polynomial, times a power of a denominator that is not 0, with a lower degree."""
    context = polynomial.context()
    at, degree = relation.position, relation.degree
    while int(polynomial.degrees()[at]) >= degree:
        low: dict[tuple[int, ...], fmpq] = {}
        high: dict[tuple[int, ...], fmpq] = {}
        for powers, coefficient in polynomial.terms():
            exponents = [int(n) for n in powers]
            if exponents[at] >= degree:
                exponents[at] -= degree
                high[tuple(exponents)] = coefficient
            else:
                low[tuple(exponents)] = coefficient
        polynomial = context.from_dict(low) * relation.below
        polynomial += context.from_dict(high) * relation.above
        if len(polynomial) > MOST_TERMS:
            raise FieldError("the reduction by radicals has too many terms")
    return polynomial
