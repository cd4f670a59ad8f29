"""Matrix notation, and what it abbreviates.

A tensor formula is an `Array`, a `Family` (the vector of all `h(i)`), a `Transpose`, a `Matmul`,
or a sum, difference or scalar multiple of tensors. It has no value of its own: an `Entry` of it
has, `Entry(Transpose(X) @ (h - y) / m, (j,))`, and
`derivations.core.meaning.entry_meaning` writes that out with indices.
"""

from __future__ import annotations

from dataclasses import dataclass

from derivations.core.formula import (
    Add,
    Array,
    Div,
    Formula,
    FormulaError,
    Mul,
    Neg,
    Symbol,
)


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Family(Formula):
    """The vector of `body` for index = 1..size, printed as `latex` (the vector h of all h(i))."""

    body: Formula
    variable: Symbol
    size: Formula
    latex: str

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.body, self.size)

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        return Family(parts[0], self.variable, parts[1], self.latex)


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Transpose(Formula):
    arg: Formula

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.arg,)

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        return Transpose(parts[0])


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Matmul(Formula):
    """A product of two tensors, summed over the left one's last index and the right one's first."""

    left: Formula
    right: Formula

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.left, self.right)

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        return Matmul(parts[0], parts[1])


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Entry(Formula):
    """One entry of a tensor formula: (X^T (h - y))_j."""

    tensor: Formula
    indices: tuple[Formula, ...]

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.tensor, *self.indices)

    def rebuilt(self, parts: tuple[Formula, ...]) -> Formula:
        return Entry(parts[0], parts[1:])


def sizes(tensor: Formula) -> tuple[Formula, ...]:
    """The shape of a tensor formula; a scalar has the empty shape. Unequal shapes are an error."""
    match tensor:
        case Array(sizes=shape):
            return shape
        case Family(size=size):
            return (size,)
        case Transpose(arg=arg):
            return tuple(reversed(sizes(arg)))
        case Matmul(left=left, right=right):
            one, two = sizes(left), sizes(right)
            if not one or not two or one[-1] != two[0]:
                raise FormulaError(f"the sizes of {left} and {right} do not fit a matrix product")
            return one[:-1] + two[1:]
        case Add(args=args):
            shapes = {sizes(arg) for arg in args}
            if len(shapes) != 1:
                raise FormulaError(f"the terms of {tensor} have different sizes")
            return shapes.pop()
        case Neg(arg=arg) | Div(numerator=arg):
            return sizes(arg)
        case Mul(args=args):
            shapes = {sizes(arg) for arg in args} - {()}
            if len(shapes) > 1:
                raise FormulaError(f"{tensor} multiplies tensors: write Matmul(a, b)")
            return shapes.pop() if shapes else ()
    return ()
