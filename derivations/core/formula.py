"""The inert formula tree: what the author wrote, in the author's order, never simplified.

Canonical forms are few, and exist only so that print and read are inverse to each other:

- a `Number` is a natural number; a sign is always a `Neg`, a fraction always a `Div`;
- a leading minus leaves products and quotients: `-x*y` and `-(x*y)` are one tree,
  `(-1)*x` is `-(1*x)`; a minus elsewhere stays where it was written, as in `x*(-1)`;
- `a - b` is `a + (-b)`; sums and products written from the left are flat: `a + b + c` has
  three terms, `a + (b + c)` has two;
- `e**u` is `exp(u)`; nothing else is touched (`x/x`, `0*log(x)`, `1 + 1` stay).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Final, NoReturn, TypeAlias

if TYPE_CHECKING:
    from derivations.core.functions import Head

RELATIONS: Final = ("=", "!=", "<=", "<", ">=", ">")


class FormulaError(ValueError):
    """A formula cannot be built or transformed as asked; the message says why."""


# What a node is made of, by its kind: read for every comparison and every hash.
_FIELDS: dict[type, Callable[[object], object]] = {}


class Formula:
    """A node of the tree. Immutable; `==` is structural; hashes are cached bottom-up."""

    __slots__ = ("_hash",)
    __match_args__: ClassVar[tuple[str, ...]] = ()
    _hash: int
    # NumPy scalars on the left of an operator must not swallow a formula into an object array.
    __array_ufunc__: ClassVar[None] = None

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        kind = type(self)
        if kind is not type(other):
            return False
        try:
            if self._hash != other._hash:
                return False
        except AttributeError:
            if hash(self) != hash(other):
                return False
        fields = _FIELDS.get(kind)
        if fields is None:
            return self._content() == other._content()
        return fields(self) == fields(other)

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            value = hash((type(self).__name__, self._content()))
            object.__setattr__(self, "_hash", value)
            return value

    def _content(self) -> object:
        kind = type(self)
        try:
            return _FIELDS[kind](self)
        except KeyError:
            _FIELDS[kind] = operator.attrgetter(*kind.__match_args__)
            return _FIELDS[kind](self)

    @property
    def parts(self) -> tuple[Formula, ...]:
        """The sub-formulas, in reading order (bound variables are not parts)."""
        return ()

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        """The same node over other parts, as many as `parts` has."""
        return self

    def __add__(self, other: FormulaLike) -> Formula:
        return add(self, as_formula(other))

    def __radd__(self, other: FormulaLike) -> Formula:
        return add(as_formula(other), self)

    def __sub__(self, other: FormulaLike) -> Formula:
        return add(self, neg(as_formula(other)))

    def __rsub__(self, other: FormulaLike) -> Formula:
        return add(as_formula(other), neg(self))

    def __mul__(self, other: FormulaLike) -> Formula:
        return mul(self, as_formula(other))

    def __rmul__(self, other: FormulaLike) -> Formula:
        return mul(as_formula(other), self)

    def __truediv__(self, other: FormulaLike) -> Formula:
        return div(self, as_formula(other))

    def __rtruediv__(self, other: FormulaLike) -> Formula:
        return div(as_formula(other), self)

    def __pow__(self, other: FormulaLike) -> Formula:
        return power(self, as_formula(other))

    def __rpow__(self, other: FormulaLike) -> Formula:
        return power(as_formula(other), self)

    def __neg__(self) -> Formula:
        return neg(self)

    def __pos__(self) -> Formula:
        return self

    def __lt__(self, other: FormulaLike) -> Relation:
        return Relation(self, "<", as_formula(other))

    def __le__(self, other: FormulaLike) -> Relation:
        return Relation(self, "<=", as_formula(other))

    def __gt__(self, other: FormulaLike) -> Relation:
        return Relation(self, ">", as_formula(other))

    def __ge__(self, other: FormulaLike) -> Relation:
        return Relation(self, ">=", as_formula(other))

    def __bool__(self) -> NoReturn:
        raise FormulaError(
            "a formula has no truth value: write And(a < b, b < c) for a chain, "
            "eq(a, b) for an equation, and check a claim to know whether it holds"
        )

    def __iter__(self) -> NoReturn:
        raise FormulaError("a formula is not a sequence")

    # How a formula shows itself; the printers stand above this file and are given to it by
    # `derivations.core.display`.
    text_printer: ClassVar[Callable[[Formula], str]] = object.__repr__
    latex_printer: ClassVar[Callable[[Formula], str]] = object.__repr__

    def __str__(self) -> str:
        return type(self).text_printer(self)

    def __repr__(self) -> str:
        return type(self).text_printer(self)

    def _repr_latex_(self) -> str:
        return f"${type(self).latex_printer(self)}$"


FormulaLike: TypeAlias = "Formula | int | Fraction"


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Number(Formula):
    """A natural number."""

    value: int

    def __post_init__(self) -> None:
        if self.value < 0:
            raise FormulaError("a Number is a natural number; use num(-1) for a negative one")


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Constant(Formula):
    """A named constant: pi, I, oo (infinity, only as an end or the value of a Limit) ..."""

    name: str


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Symbol(Formula):
    """A bare name. Its domain is stated once, in the claim."""

    name: str
    latex: str = ""


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Array(Formula):
    """Indexed data of known shape, `x` in `x[i, j]`; indices run from 1 to the sizes."""

    name: str
    sizes: tuple[Formula, ...]
    latex: str = ""

    def __getitem__(self, indices: FormulaLike | tuple[FormulaLike, ...]) -> Item:
        many = indices if isinstance(indices, tuple) else (indices,)
        if len(many) != len(self.sizes):
            raise FormulaError(f"{self.name} has {len(self.sizes)} indices, not {len(many)}")
        return Item(self, tuple(as_formula(i) for i in many))


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Item(Formula):
    """An element of an array, x[i, j]."""

    array: Array
    indices: tuple[Formula, ...]

    @property
    def parts(self) -> tuple[Formula, ...]:
        return self.indices

    def rebuilt(self, parts: tuple[Formula, ...]) -> Item:
        return Item(self.array, parts)


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Neg(Formula):
    arg: Formula

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.arg,)

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        return neg(*parts)


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Add(Formula):
    """A sum of two or more terms, in the author's order; a difference has a `Neg` term."""

    args: tuple[Formula, ...]

    @property
    def parts(self) -> tuple[Formula, ...]:
        return self.args

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        first, *rest = parts
        # A term that became a sum itself keeps its brackets unless it comes first.
        for term in rest:
            first = add(first, term)
        return first


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Mul(Formula):
    """A product of two or more factors, in the author's order; its first factor is no `Neg`."""

    args: tuple[Formula, ...]

    @property
    def parts(self) -> tuple[Formula, ...]:
        return self.args

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        first, *rest = parts
        for factor in rest:
            first = mul(first, factor)
        return first


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Div(Formula):
    numerator: Formula
    denominator: Formula

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.numerator, self.denominator)

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        return div(*parts)


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Pow(Formula):
    base: Formula
    exponent: Formula

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.base, self.exponent)

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        return power(*parts)


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Call(Formula):
    """A function at a point: exp(x), sigma(x), or a definition without parameters."""

    head: Head
    args: tuple[Formula, ...]

    @property
    def parts(self) -> tuple[Formula, ...]:
        return self.args

    def rebuilt(self, parts: tuple[Formula, ...]) -> Call:
        return Call(self.head, parts)


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Relation(Formula):
    """`lhs rel rhs`: a condition, or the statement of a claim."""

    lhs: Formula
    rel: str
    rhs: Formula

    def __post_init__(self) -> None:
        if self.rel not in RELATIONS:
            raise FormulaError(f"{self.rel!r} is no relation; one of {' '.join(RELATIONS)}")

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.lhs, self.rhs)

    def rebuilt(self, parts: tuple[Formula, ...]) -> Relation:
        return Relation(parts[0], self.rel, parts[1])


def num(value: int) -> Formula:
    """An integer as a formula, where Python would fold constants: `num(2) + 2` stays 2 + 2."""
    return Neg(Number(-value)) if value < 0 else Number(value)


def Q(numerator: int, denominator: int) -> Formula:  # noqa: N802 (the field's letter)
    """The fraction of two integers, as written: Q(2, 4) stays 2/4.

    >>> Q(1, 2)
    1/2
    """
    return div(num(numerator), num(denominator))


def as_formula(value: FormulaLike) -> Formula:
    """A formula from an int or a Fraction; a Formula stays itself. Floats are refused."""
    if isinstance(value, Formula):
        return value
    if isinstance(value, bool):
        raise FormulaError("a truth value is not a number")
    if isinstance(value, Fraction):
        return Q(value.numerator, value.denominator) if value.denominator != 1 else num(int(value))
    try:
        return num(operator.index(value))
    except TypeError:
        pass
    if isinstance(value, float):
        raise FormulaError(f"the float {value!r} is not exact: write Q(1, 2) for one half")
    raise FormulaError(f"{value!r} ({type(value).__name__}) is no formula")


def neg(arg: Formula) -> Formula:
    return Neg(arg)


def add(left: Formula, right: Formula) -> Formula:
    terms = left.args if isinstance(left, Add) else (left,)
    return Add((*terms, right))


def mul(left: Formula, right: Formula) -> Formula:
    if isinstance(left, Neg):
        return neg(mul(left.arg, right))
    factors = left.args if isinstance(left, Mul) else (left,)
    return Mul((*factors, right))


def div(left: Formula, right: Formula) -> Formula:
    if isinstance(left, Neg):
        return neg(div(left.arg, right))
    return Div(left, right)


def power(base: Formula, exponent: Formula) -> Formula:
    if isinstance(base, Call) and base.head.name == "exp" and base.args == (ONE,):
        return Call(base.head, (exponent,))
    return Pow(base, exponent)


def eq(lhs: FormulaLike, rhs: FormulaLike) -> Relation:
    """The equation lhs = rhs as a condition (`==` compares trees)."""
    return Relation(as_formula(lhs), "=", as_formula(rhs))


def ne(lhs: FormulaLike, rhs: FormulaLike) -> Relation:
    """The condition lhs != rhs."""
    return Relation(as_formula(lhs), "!=", as_formula(rhs))


@cache
def symbol(name: str, latex: str = "") -> Symbol:
    """A variable or an index. `latex` is its printed form where the name does not tell it.

    One name is one object, so that looking it up compares no strings.
    """
    return Symbol(name, latex)


def symbols(names: str) -> tuple[Symbol, ...]:
    """Several variables at once: `x, y = symbols("x y")`."""
    return tuple(symbol(name) for name in names.replace(",", " ").split())


def array(name: str, *sizes: FormulaLike, latex: str = "") -> Array:
    """Indexed data, `x = array("x", m, n)` for x[i, j] with i = 1..m and j = 1..n."""
    if not sizes:
        raise FormulaError(f"the array {name} has no size: array({name!r}, m)")
    return Array(name, tuple(as_formula(size) for size in sizes), latex)


def walk(formula: Formula) -> Iterator[Formula]:
    """Every node, parents before parts, without recursion."""
    stack = [formula]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(current.parts))


ZERO: Final = Number(0)
ONE: Final = Number(1)
pi: Final = Constant("pi")
I: Final = Constant("I")
oo: Final = Constant("oo")
EulerGamma: Final = Constant("EulerGamma")
Catalan: Final = Constant("Catalan")  # 1 - 1/9 + 1/25 - ...
GoldenRatio: Final = Constant("GoldenRatio")  # (1 + sqrt(5))/2
