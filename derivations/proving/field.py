"""The field of rational functions: numbers, sums, products, quotients and integer powers are
arithmetic; every other head is an opaque generator.

A generator is identified by its head and its normalised parts, so `exp(-(x + y))` and
`exp(-x - y)` are one, and bound variables have no names of their own. Equality here is equality
of rational functions: it holds wherever all denominators differ from 0, and says nothing about
where they do (`derivations.proving.demands` collects that from the tree).

>>> from derivations.core.formula import symbols
>>> x, y = symbols("x y")
>>> equal_by_algebra((x**2 - y**2) / (x - y), x + y)
True
>>> equal_by_algebra((x + y) ** 2, x**2 + y**2)
False
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import TypeAlias

from flint import Ordering, fmpq_mpoly, fmpq_mpoly_ctx

from derivations.core.calculus import Derivative, Integral, Limit, Prime, Product, Sum
from derivations.core.conditions import And, Cases, Indicator, Not, Or
from derivations.core.formula import (
    Add,
    Call,
    Div,
    Formula,
    FormulaError,
    Item,
    Mul,
    Neg,
    Number,
    Relation,
)
from derivations.core.formula import Pow as Power
from derivations.core.formula import oo as infinity
from derivations.core.matrix import Entry, Family, Matmul, Transpose
from derivations.core.substitute import canonical_names
from derivations.proving.work import left, spend

MOST_TERMS = 20_000
MOST_DEGREE = 100_000
MOST_BITS = 100_000

Ratio: TypeAlias = "tuple[fmpq_mpoly, fmpq_mpoly]"
Key: TypeAlias = "tuple[object, ...]"


class FieldError(FormulaError):
    """A formula has no normal form here: a denominator 0, an infinity, a size out of bounds."""


@dataclass(frozen=True, slots=True)
class Fractional:
    """`numerator / denominator`, coprime, the denominator monic, in the generators `atoms`:
    one for each variable of the polynomials' context, in its order."""

    numerator: fmpq_mpoly
    denominator: fmpq_mpoly
    atoms: tuple[Formula, ...]

    @property
    def is_zero(self) -> bool:
        return bool(self.numerator.is_zero())

    @property
    def constant(self) -> Fraction | None:
        """The value, where no generator is left."""
        if not (self.numerator.is_constant() and self.denominator.is_constant()):
            return None
        if self.numerator.is_zero():
            return Fraction(0)
        value = self.numerator.leading_coefficient() / self.denominator.leading_coefficient()
        return Fraction(int(value.p), int(value.q))


class Field:
    """The generators met so far, and the normal forms over them."""

    def __init__(self) -> None:
        self.atoms: list[Formula] = []
        self._index: dict[Key, int] = {}
        self._nodes: dict[Formula, int] = {}
        self._integers: dict[Formula, int | None] = {}
        self._found: dict[tuple[Formula, ...], _Known] = {}

    def fractional(self, *formulas: Formula) -> tuple[Fractional, ...]:
        """The formulas over one common context. Errors: `FieldError`."""
        is_new = not self._nodes
        known = (_known if is_new else self._found).get(formulas)
        if known is not None:
            spend(known.work)
            if known.field is not None:
                self._become(known.field)
            return known.normals
        before = left()
        try:
            named = tuple(canonical_names(formula) for formula in formulas)
            found = sorted({i for formula in named for i in self._generators(formula)})
            # What these took is not taken again by the same field.
            between = before if is_new else left()
            normals = self._normals(named, found)
        except RecursionError:
            raise FieldError("the formula is nested too deeply for a normal form") from None
        after = left()
        if between is None or after is None:
            return normals
        if is_new:
            if len(_known) >= _MOST_KNOWN:
                _known.clear()
            own = Field()
            own._become(self)
            _known[formulas] = _Known(normals, between - after, own)
        else:
            self._found[formulas] = _Known(normals, between - after)
        return normals

    def _become(self, other: Field) -> None:
        """Take over what another field has met."""
        self.atoms = list(other.atoms)
        self._index = dict(other._index)
        self._nodes = dict(other._nodes)
        self._integers = dict(other._integers)

    def _normals(self, named: tuple[Formula, ...], found: list[int]) -> tuple[Fractional, ...]:
        context = _context(len(found))
        position = dict(zip(found, context.gens(), strict=True))
        atoms = tuple(self.atoms[i] for i in found)
        ratios = (self._ratio(formula, position, context) for formula in named)
        return tuple(Fractional(*_lowest(ratio), atoms) for ratio in ratios)

    def _generators(self, formula: Formula) -> Iterator[int]:
        """The indices of the generators in the arithmetic of a formula."""
        match formula:
            case Number():
                return
            case Add() | Mul() | Neg() | Div():
                for part in formula.parts:
                    yield from self._generators(part)
            case Power(base, exponent) if self._integer(exponent) is not None:
                yield from self._generators(base)
            case _:
                yield self._generator(formula)

    def _generator(self, formula: Formula) -> int:
        if formula in self._nodes:
            return self._nodes[formula]
        if formula == infinity:
            raise FieldError("infinity is no number to calculate with")
        key: Key = (
            type(formula),
            _own(formula),
            tuple(self._key(part) for part in formula.parts),
        )
        index = self._index.get(key)
        if index is None:
            index = self._index[key] = len(self.atoms)
            self.atoms.append(formula)
        self._nodes[formula] = index
        return index

    def _key(self, formula: Formula) -> Key:
        """The normal form of a part of a generator, as a value to look up."""
        if formula in (infinity, Neg(infinity)):
            return (formula,)
        found = sorted(set(self._generators(formula)))
        context = _context(len(found))
        position = dict(zip(found, context.gens(), strict=True))
        numerator, denominator = _lowest(self._ratio(formula, position, context))
        return (_terms(numerator, found), _terms(denominator, found))

    def _integer(self, exponent: Formula) -> int | None:
        """The value of an exponent that is an integer, 1 + 1 included."""
        if isinstance(exponent, Number):
            return exponent.value
        if exponent not in self._integers:
            value = None
            if not any(True for _ in self._generators(exponent)):
                numerator, denominator = self._ratio(exponent, {}, _context(0))
                quotient = Fractional(numerator, denominator, ()).constant
                if quotient is not None and quotient.denominator == 1:
                    value = quotient.numerator
            self._integers[exponent] = value
        return self._integers[exponent]

    def _ratio(
        self, formula: Formula, position: dict[int, fmpq_mpoly], context: fmpq_mpoly_ctx
    ) -> Ratio:
        spend(1)
        one = context.constant(1)
        match formula:
            case Number(value):
                if value.bit_length() > MOST_BITS:
                    raise FieldError("a number is too long for a normal form")
                return context.constant(value), one
            case Neg(arg):
                numerator, denominator = self._ratio(arg, position, context)
                return -numerator, denominator
            case Add(args):
                total = (context.constant(0), one)
                for arg in args:
                    total = _sum(total, self._ratio(arg, position, context))
                return total
            case Mul(args):
                result = (one, one)
                for arg in args:
                    result = _product(result, self._ratio(arg, position, context))
                return result
            case Div(above, below):
                top = self._ratio(above, position, context)
                return _product(top, _inverse(self._ratio(below, position, context), below))
            case Power(base, exponent) if (n := self._integer(exponent)) is not None:
                ratio = self._ratio(base, position, context)
                if n < 0:
                    ratio = _inverse(ratio, base)
                return _power(ratio[0], abs(n)), _power(ratio[1], abs(n))
        return position[self._generator(formula)], one


@dataclass(frozen=True, slots=True)
class _Known:
    """The normal forms of some formulas, the work that they took, and what a field that was new
    has met then."""

    normals: tuple[Fractional, ...]
    work: int
    field: Field | None = None


# The normal forms that new fields found before: a line is asked for its own again and again.
# The work counts each time, so that what is proved does not depend on what was asked before.
_known: dict[tuple[Formula, ...], _Known] = {}
_MOST_KNOWN = 4_096


def _own(formula: Formula) -> object:
    """What distinguishes a node besides its parts."""
    match formula:
        case Call(head=head):
            return head
        case Prime(head=head, order=order):
            return head, order
        case Derivative(order=order):
            return order
        case Item(array=array):
            return array
        case Relation(rel=rel):
            return rel
        case Limit(variable=variable, side=side):
            return variable, side
        case Family(variable=variable, latex=latex):
            return variable, latex
        case Integral(variable=variable) | Sum(variable=variable) | Product(variable=variable):
            return variable
        case Cases(values=values):
            return len(values)
        case Power() | And() | Or() | Not() | Indicator() | Transpose() | Matmul() | Entry():
            return None
    return formula  # a leaf, or a node this file does not know: itself


def _context(size: int) -> fmpq_mpoly_ctx:
    return fmpq_mpoly_ctx.get(tuple(f"g{i}" for i in range(size)), Ordering.lex)


def _terms(polynomial: fmpq_mpoly, found: list[int]) -> tuple[object, ...]:
    """A polynomial by the indices of its generators, independent of its context."""
    return tuple(
        (tuple((found[i], int(n)) for i, n in enumerate(powers) if n), str(coefficient))
        for powers, coefficient in polynomial.terms()
    )


def _lowest(ratio: Ratio) -> Ratio:
    numerator, denominator = ratio
    if not denominator.is_constant():
        spend(len(numerator) * len(denominator))
        common = numerator.gcd(denominator)
        numerator, denominator = numerator // common, denominator // common
    lead = denominator.leading_coefficient()
    return numerator / lead, denominator / lead


def _within_bounds(terms: int) -> None:
    if terms > MOST_TERMS:
        raise FieldError("a product has too many terms for a normal form")


def _times(left: fmpq_mpoly, right: fmpq_mpoly) -> fmpq_mpoly:
    size = len(left) * len(right)
    _within_bounds(size // 16)
    spend(size)
    return left * right


def _sum(left: Ratio, right: Ratio) -> Ratio:
    if left[1] == right[1]:
        return left[0] + right[0], left[1]
    top = _times(left[0], right[1]) + _times(right[0], left[1])
    return _lowest((top, _times(left[1], right[1])))


def _product(left: Ratio, right: Ratio) -> Ratio:
    ratio = _times(left[0], right[0]), _times(left[1], right[1])
    return ratio if ratio[1].is_constant() else _lowest(ratio)


def _inverse(ratio: Ratio, formula: Formula) -> Ratio:
    if ratio[0].is_zero():
        raise FieldError(f"the denominator {formula} is 0 everywhere")
    return ratio[1], ratio[0]


def _power(base: fmpq_mpoly, n: int) -> fmpq_mpoly:
    terms = len(base)
    if n > MOST_DEGREE or base.total_degree() * n > MOST_DEGREE:
        raise FieldError("an exponent is too large for a normal form")
    bits = max((c.p.bit_length() + c.q.bit_length() for c in base.coeffs()), default=0)
    if bits > 2 and bits * n > MOST_BITS:
        raise FieldError("an exponent is too large for a normal form")
    if terms > 1:
        _within_bounds(comb(n + terms - 1, min(n, terms - 1)) if n < MOST_TERMS else MOST_TERMS + 1)
    return base**n


def normal(formula: Formula) -> Fractional:
    """The normal form of one formula. Errors: `FieldError`."""
    return Field().fractional(formula)[0]


def equal_by_algebra(left: Formula, right: Formula) -> bool:
    """Whether the two are one rational function of their generators.

    False where they are not, or where one has no normal form (a denominator that is 0).
    """
    try:
        one, two = Field().fractional(left, right)
    except FieldError:
        return False
    return bool(one.numerator == two.numerator and one.denominator == two.denominator)
