"""The operations of a function of rows: each part of a formula once, on columns of numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from derivations.core.formula import Symbol
from numeric.accuracy.rows.target import RowTarget

# About what an operation costs beside an addition, on whole columns.
_COSTS: Final = {"exp": 8, "log": 10, "log1p": 14, "divide": 3, "largest": 2, "power": 9,
    "first": 0, "patched": 0,
}  # fmt: skip
_SQUARE: Final = 100  # an operation for each pair of indices, in operations for each index


@dataclass(frozen=True, slots=True)
class Value:
    """The result of operation `number`; `view` says along which of two axes its index runs."""

    number: int
    view: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """An argument, its index running along an axis."""

    name: str
    view: str = ""


Operand: TypeAlias = "Value | Input | float"


@dataclass(frozen=True, slots=True)
class Operation:
    """`rank` counts the axes of indices: 0 for a number a row, 1 for a column, 2 for a square.

    Besides NumPy's names: `largest` (of the scores), `less` (what is left of scores without the
    largest), `shift` (what is taken away from scores, the largest or 0), `power` (the exponential
    of what is left), `first` (where the largest stands), `mark` (1 there, else 0), `others` (0
    there, else the operand), `chosen` (what is there, of another column), `patched` (a column with
    another number there), `total` (along the column), `weighted` (a product that is 0 where its
    first factor is), `diagonal` (a square with another diagonal), `scale` (a number that keeps
    differences of the scores from overflowing). In a quick program `first` is
    where an entry is larger than a number that one entry at most is larger than.
    """

    name: str
    operands: tuple[Operand, ...]
    rank: int


@dataclass(slots=True)
class RowProgram:
    """The operations for a target, on arguments with the names of its arrays; `quick` ones are
    for rows that need no shift, and p is the class of the largest share."""

    target: RowTarget
    p: Symbol
    c: Symbol
    b: Symbol
    quick: bool = False
    operations: list[Operation] = field(default_factory=list)
    result: Operand = 0.0

    @property
    def names(self) -> tuple[Symbol, Symbol, Symbol]:
        """What p, c and b are called."""
        return self.p, self.c, self.b

    @property
    def cost(self) -> int:
        """About its time."""
        scale = {0: 0, 1: 1, 2: _SQUARE}
        return sum(_COSTS.get(op.name, 1) * scale[op.rank] for op in self.operations)

    @property
    def operations_a_row(self) -> int:
        """How many operations there are on one number a row."""
        return sum(op.rank == 0 for op in self.operations)

    @property
    def is_shifted(self) -> bool:
        """Whether scores are taken relative to the largest."""
        return any(operation.name in {"less", "power"} for operation in self.operations)

    @property
    def sum_of_exponentials(self) -> int | None:
        """The number of the operation that adds up the exponentials of the scores."""
        power = Operation("exp", (Input(self.scores),), 1)
        if power not in self.operations:
            return None
        total = Operation("total", (Value(self.operations.index(power)),), 0)
        return self.operations.index(total) if total in self.operations else None

    @property
    def scores(self) -> str:
        """The name of the argument whose largest entry is p's."""
        return self.target.arrays[0].name
