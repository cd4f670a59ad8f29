"""Nodes that bind a variable: derivative, integral, sum, product, limit, the value at a point; and
the derivative of a function at a point.

The bound variable of an integral, a sum, a product, a limit or a `Subs` is not free in the node.
The variable of `D(f, x)` is: the node is a function of x, the derivative there. The derivative at
another point is `prime(sigma, z)`, a node of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from derivations.core.formula import (
    ONE,
    Formula,
    FormulaError,
    FormulaLike,
    Item,
    Symbol,
    as_formula,
)
from derivations.core.functions import Head

SIDES = ("+", "-", "+-")


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Derivative(Formula):
    """The derivative of `body` by `variable` (a symbol or an array's element), `order` times."""

    body: Formula
    variable: Symbol | Item
    order: int = 1

    def __post_init__(self) -> None:
        if not isinstance(self.variable, Symbol | Item):
            raise FormulaError(
                f"a derivative is taken by a symbol or an x[i], not by {self.variable}; "
                "for the derivative at a point write prime(f, point)"
            )
        if self.order < 1:
            raise FormulaError(f"the order of a derivative is 1 or more, not {self.order}")

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.body, self.variable)

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        body, variable = parts
        if not isinstance(variable, Symbol | Item):
            raise FormulaError(
                f"{variable} cannot replace {self.variable}, by which {self.body} is derived: "
                "write prime(f, point)"
            )
        return Derivative(body, variable, self.order)


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Prime(Formula):
    """The derivative of a function of one variable at a point: sigma'(z), sigma''(2*x)."""

    head: Head
    point: Formula
    order: int = 1

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.point,)

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        return Prime(self.head, parts[0], self.order)


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Ranged(Formula):
    """What binds a variable that runs from `lower` to `upper`."""

    body: Formula
    variable: Symbol
    lower: Formula
    upper: Formula

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.body, self.lower, self.upper)

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        return type(self)(parts[0], self.variable, parts[1], parts[2])


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Integral(Ranged):
    """The integral of `body` by `variable`."""


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Sum(Ranged):
    """The sum of `body` over the integers lower..upper; empty sums are 0."""


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Product(Ranged):
    """The product of `body` over the integers lower..upper; empty products are 1."""


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Limit(Formula):
    """The limit of `body` as `variable` tends to `point`, from the right ("+"), the left ("-")
    or both sides ("+-"); at oo and -oo the side does not matter."""

    body: Formula
    variable: Symbol
    point: Formula
    side: str = "+-"

    def __post_init__(self) -> None:
        if self.side not in SIDES:
            raise FormulaError(f"{self.side!r} is no side of a limit; one of {', '.join(SIDES)}")

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.body, self.point)

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        return Limit(parts[0], self.variable, parts[1], self.side)


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Subs(Formula):
    """The value of `body` at `variable = point`, derivatives taken first: f'(x) at x = a."""

    body: Formula
    variable: Symbol
    point: Formula

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.body, self.point)

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        return Subs(parts[0], self.variable, parts[1])


Binder: TypeAlias = Integral | Sum | Product | Limit | Subs
BINDERS = (Integral, Sum, Product, Limit, Subs)


def D(body: FormulaLike, variable: Formula, order: int = 1) -> Formula:  # noqa: N802
    """The derivative of `body` by `variable`: `D(sigma(x), x)`, `D(l, theta[j])`."""
    return Derivative(as_formula(body), variable, order)  # type: ignore[arg-type]  # checked there


def prime(head: Head, point: FormulaLike, order: int = 1) -> Formula:
    """The derivative of a function of one variable at a point, `prime(sigma, 0)` for sigma'(0)."""
    return Prime(head, as_formula(point), order)


def integral(
    body: FormulaLike, variable: Symbol, lower: FormulaLike, upper: FormulaLike
) -> Formula:
    """The definite integral of `body` for `variable` from lower to upper."""
    return Integral(as_formula(body), variable, as_formula(lower), as_formula(upper))


def total(
    body: FormulaLike, index: Symbol, lower: FormulaLike = ONE, upper: FormulaLike = ONE
) -> Formula:
    """The sum of `body` for index = lower..upper: `total(x[i], i, 1, m)`."""
    return Sum(as_formula(body), index, as_formula(lower), as_formula(upper))


def product(
    body: FormulaLike, index: Symbol, lower: FormulaLike = ONE, upper: FormulaLike = ONE
) -> Formula:
    """The product of `body` for index = lower..upper."""
    return Product(as_formula(body), index, as_formula(lower), as_formula(upper))


def limit(body: FormulaLike, variable: Symbol, point: FormulaLike, side: str = "+-") -> Formula:
    """The limit of `body` as variable tends to point: `limit(sigma(x), x, -oo)`."""
    return Limit(as_formula(body), variable, as_formula(point), side)


def subs(body: FormulaLike, variable: Symbol, point: FormulaLike) -> Formula:
    """The value of `body` at `variable = point`, derivatives taken first."""
    return Subs(as_formula(body), variable, as_formula(point))
