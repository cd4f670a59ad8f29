"""Finite sums, term by term: constants in front, Kronecker's delta collapsed."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq, fmpq_mpoly

from derivations.core.calculus import Sum
from derivations.core.formula import ONE, ZERO, Call, Div, Formula, Mul, Neg, Symbol, as_formula
from derivations.core.formula import oo as infinity
from derivations.core.functions import Function
from derivations.core.substitute import free_names, replaced, substitute
from derivations.proving.bounds import is_integer
from derivations.proving.field import Fractional
from derivations.proving.places import Place, Sign
from derivations.proving.polynomials import factored
from derivations.proving.quick_signs import quick_sign
from derivations.proving.rebuild import formula_of_polynomial


def is_finite(*ends: Formula) -> bool:
    """Whether no end of a sum is infinite."""
    return not any(end in (infinity, Neg(infinity)) for end in ends)


def linear_sum(body: Fractional, k: Symbol, lower: Formula, upper: Formula, here: Place) -> Formula:
    """Sum(body, (k, lower, upper)) as a combination of sums of monomials."""
    depends = [k in free_names(atom) for atom in body.atoms]
    below, outside = _split(body.denominator, depends, body.atoms)
    groups: dict[tuple[int, ...], dict[tuple[int, ...], fmpq]] = {}
    for powers, coefficient in body.numerator.terms():
        bound = tuple(int(n) if d else 0 for n, d in zip(powers, depends, strict=True))
        free = tuple(0 if d else int(n) for n, d in zip(powers, depends, strict=True))
        groups.setdefault(bound, {})[free] = coefficient
    context = body.numerator.context()
    result: Formula = ZERO
    for bound, terms in groups.items():
        factor = formula_of_polynomial(context.from_dict(terms), body.atoms)
        summand = formula_of_polynomial(context.from_dict({bound: fmpq(1)}), body.atoms)
        inner = summand if below == ONE else summand / below
        result = result + factor * _single(inner, k, lower, upper, here)
    return result if outside == ONE else result / outside


def _split(
    denominator: fmpq_mpoly, depends: list[bool], atoms: tuple[Formula, ...]
) -> tuple[Formula, Formula]:
    """The factors of a denominator that contain the index, and the others."""
    inside: Formula = ONE
    outside: Formula = ONE
    if denominator.is_constant():
        return inside, outside  # it is 1
    unit, factors = factored(denominator)
    if unit != 1:
        outside = as_formula(Fraction(int(unit.p), int(unit.q)))
    for factor, power in factors:
        piece = formula_of_polynomial(factor, atoms) ** int(power)
        if any(n and d for n, d in zip(factor.degrees(), depends, strict=True)):
            inside = piece if inside == ONE else inside * piece
        else:
            outside = piece if outside == ONE else outside * piece
    return inside, outside


def _single(inner: Formula, k: Symbol, lower: Formula, upper: Formula, here: Place) -> Formula:
    """The sum of one monomial."""
    if inner == ONE and is_integer(upper - lower, here.box):
        length = upper - lower + 1
        if quick_sign(length, here) in Sign.NONNEGATIVE:
            return length
    top = inner.numerator if isinstance(inner, Div) else inner
    factors = top.args if isinstance(top, Mul) else (top,)
    for factor in factors:
        match factor:
            case Call(head=Function(name="KroneckerDelta", builtin=True), args=(one, two)):
                other = two if one == k else one if two == k else None
                if other is None or k in free_names(other):
                    continue
                if _certainly_between(lower, other, upper, here):
                    at = substitute(inner, {k: other})
                    return replaced(at, factor.rebuilt((other, other)), ONE)
    return Sum(inner, k, lower, upper)


def _certainly_between(lower: Formula, index: Formula, upper: Formula, here: Place) -> bool:
    return (
        is_integer(index, here.box)
        and quick_sign(index - lower, here) in Sign.NONNEGATIVE
        and quick_sign(upper - index, here) in Sign.NONNEGATIVE
    )
