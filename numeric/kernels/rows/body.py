"""The lines of a program of rows for one block of rows.

A block stands as columns, one for each row; a column whose value is dead is written over.
"""

from __future__ import annotations

from typing import Final

from numeric.kernels.rows.helpers import LONG, LONG_QUICK
from numeric.kernels.rows.operations import Input, Operand, Operation, RowProgram, Value

# The function for rows that need a shift.
OTHER: Final = "_around_the_largest"
_NAMES: Final = "abcdefghijklmnopqrstuvw"
_RESERVED: Final = frozenset(
    {"np", "axis", "size", "shape", "rows", "many", "start", "result", "t", "out", "far",
     "places", "owners"}
)  # fmt: skip


def array_name(name: str) -> str:
    """The name of an argument, another one where it means something in the source."""
    return f"{name}_1" if name in _RESERVED else name


class Body:
    """The lines inside the loop over blocks; `write` makes them."""

    def __init__(self, program: RowProgram) -> None:
        self.program = program
        self.lines: list[str] = []
        self.long = LONG_QUICK if program.quick else LONG
        taken = {array_name(array.name) for array in program.target.arrays}
        self.letters = [letter for letter in _NAMES if letter not in taken | {"t"}]
        self.homes: dict[int, str] = {}
        self.last: dict[int, int] = {}
        for number, operation in enumerate(program.operations):
            for operand in operation.operands:
                if isinstance(operand, Value):
                    self.last[operand.number] = number
        names = [operation.name for operation in program.operations]
        # The operation that says where the largest stands: done together with finding it.
        self.front = names.index("first") if "first" in names and not program.quick else 0
        if isinstance(program.result, Value):
            self.last[program.result.number] = len(program.operations)
        self.into_result = self._into_result()

    def write(self) -> None:
        operations = self.program.operations
        result = self.program.result
        for number, operation in enumerate(operations):
            self._operation(number, operation)
        text = self._text(result)
        indices = len(self.program.target.indices)
        if indices == 0:
            if self.program.quick:
                self.lines.append(f"far = _far_or_at_an_end(far, {text})")
            self.lines.append(f"result[t] = {text}")
            return
        if indices == 2:
            self.lines.insert(0, "out = result[t].transpose(1, 2, 0)")
        else:
            scores = array_name(self.program.scores)
            self.lines.insert(
                0, f"out = result[t].T if size >= {self.long} else np.empty_like({scores}_)"
            )
        if text != "out":
            self.lines.append(f"out[...] = {text}")
        if indices == 1:
            self.lines += [f"if size < {self.long}:", "    result[t] = out.T"]

    def _into_result(self) -> frozenset[int]:
        """The operations of columns whose values are made in the result's own place: the last one,
        and those before that are dead in the next."""
        operations = self.program.operations
        found: set[int] = set()
        number = self.program.result.number if isinstance(self.program.result, Value) else -1
        while number >= 0 and operations[number].rank == 1 == len(self.program.target.indices):
            if operations[number].name in {"first", "mark", "weighted"}:
                break
            found.add(number)
            number = next(
                (
                    operand.number
                    for operand in operations[number].operands
                    if isinstance(operand, Value)
                    and operations[operand.number].rank == 1
                    and operations[operand.number].name != "first"
                    and self.last[operand.number] == number
                ),
                -1,
            )
        return frozenset(found)

    def _text(self, operand: Operand) -> str:
        match operand:
            case Value(number=number, view=view):
                return f"{self.homes[number]}{_VIEWS[view]}"
            case Input(name=name, view=view):
                return f"{array_name(name)}_{_VIEWS[view]}"
        return repr(operand)

    def _operation(self, number: int, operation: Operation) -> None:
        quick = self.program.quick
        if operation.name == "first" and not quick:  # found with the largest
            return
        texts = [self._text(operand) for operand in operation.operands]
        dead = "out" if number in self.into_result else self._dead(number, operation)
        home = self.homes[number] = dead or self._fresh(number)
        match operation.name:
            case "first":
                self.lines.append(f"{home}, places, owners = _more_than({', '.join(texts)})")
            case "largest":
                if not self.front:
                    self.lines.append(f"{home} = {texts[0]}.max(axis=0)")
                    return
                self.homes[self.front] = self._fresh(number, home)
                self.lines.append(f"{home}, {self.homes[self.front]} = _front({texts[0]})")
            case "others":
                x, first = texts[0], "places" if quick else texts[1]
                if dead and dead != x:
                    self.lines.append(f"{dead}[...] = {x}")
                own = dead or f'np.copy({x}, order="K")'
                self.lines.append(f"{home} = _others({own}, {first})")
            case "patched":
                column, value, first = texts
                if column != "out":
                    self.lines.append(f"out[...] = {column}")
                if quick:
                    first, value = "places", f"{value}[owners]"
                self.lines.append(f'out.ravel("K")[{first}] = {value}')
            case "chosen":
                x, first = texts
                self.lines.append(f'{home} = {x}.ravel("K")[{first}]')
            case "total":
                self.lines.append(f"{home} = _total({texts[0]}, {self.long})")
                if quick and number == self.program.sum_of_exponentials:
                    scores = array_name(self.program.scores)
                    self.lines.append(f"far = _far({scores}_, {home})")
                    given = ", ".join(
                        f"{array_name(array.name)}[t]" for array in self.program.target.arrays
                    )
                    self.lines += [
                        f"if len(far) == len({home}):",
                        f"    {OTHER}({given}, result[t])",
                        "    continue",
                    ]
            case "less" | "power" if dead:
                self.lines.append(f"_{operation.name}({', '.join(texts)}, {dead})")
            case "less" | "shift" | "scale" | "power" | "mark" | "weighted":
                self.lines.append(f"{home} = _{operation.name}({', '.join(texts)})")
            case "diagonal":
                square, diagonal = texts
                if square != "out":
                    self.lines.append(f"out[...] = {square}")
                self.lines.append(f'np.einsum("iin->in", out)[...] = {diagonal}')
                self.homes[number] = "out"
            case name if operation.rank == 2:
                self.lines.append(f"np.{name}({', '.join(texts)}, out=out)")
                self.homes[number] = "out"
            case name:
                call = f"np.{name}({', '.join(texts)}"
                self.lines.append(f"{call}, out={home})" if dead else f"{home} = {call})")

    def _busy(self, number: int) -> set[str]:
        """The names whose values are needed after that operation."""
        return {self.homes[n] for n, last in self.last.items() if n in self.homes and last > number}

    def _dead(self, number: int, operation: Operation) -> str:
        """The name of a column that the operation may write over, if there is one."""
        if operation.rank != 1 or operation.name in _NEW:
            return ""
        for operand in operation.operands:
            if isinstance(operand, Value) and not operand.view:
                made, home = self.program.operations[operand.number], self.homes[operand.number]
                if made.rank == 1 and made.name != "first" and home not in self._busy(number):
                    return home
        return ""

    def _fresh(self, number: int, *taken: str) -> str:
        """A name that is free, and is none of the operation's own."""
        operands = self.program.operations[number].operands
        own = {self.homes[v.number] for v in operands if isinstance(v, Value)}
        busy = self._busy(number) | own | set(taken)
        return next(letter for letter in self.letters if letter not in busy)


_VIEWS: Final = {"": "", "rows": "[:, None]", "columns": "[None]"}
_NEW: Final = frozenset(
    [
        "largest",
        "first",
        "less",
        "shift",
        "power",
        "chosen",
        "mark",
        "weighted",
        "total",
        "diagonal",
        "patched",
    ]
)
