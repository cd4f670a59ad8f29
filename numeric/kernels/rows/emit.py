"""A program of rows as the source of a NumPy function that stands alone.

The function goes along an axis, takes arrays of any shape, works in blocks of rows that stay in
the cache, and gives for a row what it gives for it among others. Short rows lie side by side in a
block, so that NumPy's loops run over many of them at once.
"""

from __future__ import annotations

from textwrap import indent
from typing import Final

from numeric.kernels.rows.helpers import LONG, helpers_of
from numeric.kernels.rows.program import Input, Operand, Operation, RowProgram, Value

# Doubles in a block.
BLOCK: Final = 131072
_NAMES: Final = "abcdefghijklmnopqrstuvw"
_RESERVED: Final = frozenset(
    {"np", "axis", "size", "shape", "rows", "many", "start", "result", "t"}
)


def source_of(
    program: RowProgram, name: str, docstring: str, *, empty: float, ties_are_one: bool
) -> str:
    """The source of a module with one function `name` of the target's arrays and an axis.

    `empty` is what an empty row gives where the value is a number. `ties_are_one` says that
    infinite scores that are alike have the difference 0, else it is unknown.
    """
    body = _Body(program)
    body.write()
    target = program.target
    arrays = [array_name(array.name) for array in target.arrays]
    lines = ["import numpy as np", "", ""]
    for helper in helpers_of(body.lines, ties_are_one):
        lines += [helper, ""]
    lines += [
        f"def {name}({', '.join(arrays)}, axis=-1):",
        indent(f'"""{docstring}"""', "    "),
        *_entered(name, arrays),
        "    shape, size = " + f"{arrays[0]}.shape, {arrays[0]}.shape[-1]",
        *_results(len(target.indices), arrays, empty),
    ]
    if len(target.indices) < 2:
        lines.append(f"    many = max(1, {BLOCK} // size)")
    else:
        lines.append(f"    many = max(1, {BLOCK} // size**2)")
    lines += [
        '    with np.errstate(all="ignore"):',
        "        # A number a row is copied for each entry where NumPy's buffer holds whole rows;",
        "        # that is worth its time for short ones only. Restored with the error state.",
        f"        np.setbufsize(1008 if {LONG} <= size < 256 else 16)",
        f"        for start in range(0, len({arrays[0]}), many):",
        "            t = slice(start, start + many)",
    ]
    for array in arrays:
        lines.append(
            f"            {array}_ = {array}[t].T if size >= {LONG} else "
            f"np.ascontiguousarray({array}[t].T)"
        )
    lines += [f"            {line}" for line in body.lines]
    lines += [*_left(len(target.indices)), ""]
    return "\n".join(lines)


def array_name(name: str) -> str:
    """The name of an argument, another one where it means something in the source."""
    return f"{name}_1" if name in _RESERVED else name


def _entered(name: str, arrays: list[str]) -> list[str]:
    """Checks and conversions of the arguments: floats, the axis last, rows of one table."""
    lines = []
    for array in arrays:
        lines += [
            f"    {array} = np.asarray({array})",
            f'    if {array}.dtype.kind not in "fiub":',
            f'        raise TypeError("{name} takes real numbers, {array} has the type "'
            f" + str({array}.dtype))",
            f"    if not {array}.ndim:",
            f'        raise ValueError("{name} goes along an axis: {array} is one number")',
            f"    {array} = np.moveaxis({array}.astype(np.float64, copy=False), axis, -1)",
        ]
    if len(arrays) > 1:
        sizes = ", ".join(f"{array}.shape[-1]" for array in arrays)
        joined = ", ".join(arrays)
        lines += [
            f"    if len({{{sizes}}}) > 1:",
            f'        raise ValueError("{name} takes {" and ".join(arrays)} of one size, not "',
            f"                         + str(({sizes})))",
            f"    {joined} = np.broadcast_arrays({joined})",
        ]
    return lines


def _results(indices: int, arrays: list[str], empty: float) -> list[str]:
    lines = []
    if indices == 0:
        lines += [
            "    if not size:",
            f"        return np.full(shape[:-1], {_number(empty)})[()]",
            "    result = np.empty(shape[:-1]).reshape(-1)",
        ]
    else:
        square = "(*shape, size)" if indices == 2 else "shape"
        lines += [
            f"    if not size or not {arrays[0]}.size:",
            f"        return np.moveaxis(np.empty({square}), -1, axis)"
            if indices == 1
            else f"        return np.empty({square})",
            f"    result = np.empty(({arrays[0]}.size // size, size"
            + (", size))" if indices == 2 else "))"),
        ]
    lines += [f"    {a} = np.ascontiguousarray({a}.reshape(-1, size))" for a in arrays]
    return lines


def _left(indices: int) -> list[str]:
    if indices == 0:
        return ["    return result.reshape(shape[:-1])[()]"]
    if indices == 1:
        return ["    return np.moveaxis(result.reshape(shape), -1, axis)"]
    return ["    return result.reshape(*shape, size)"]


def _number(value: float) -> str:
    return repr(value) if value - value == 0 else f'float("{value}")'


class _Body:
    """The lines inside the loop; a column whose value is dead is written over."""

    def __init__(self, program: RowProgram) -> None:
        self.program = program
        self.lines: list[str] = []
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
        self.front = names.index("first") if "first" in names else 0
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
            self.lines.append(f"result[t] = {text}")
            return
        if indices == 2:
            self.lines.insert(0, "out = result[t].transpose(1, 2, 0)")
        else:
            scores = array_name(self.program.scores)
            self.lines.insert(
                0, f"out = result[t].T if size >= {LONG} else np.empty_like({scores}_)"
            )
        if text != "out":
            self.lines.append(f"out[...] = {text}")
        if indices == 1:
            self.lines += [f"if size < {LONG}:", "    result[t] = out.T"]

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
        if operation.name == "first":  # found with the largest
            return
        texts = [self._text(operand) for operand in operation.operands]
        dead = "out" if number in self.into_result else self._dead(number, operation)
        home = self.homes[number] = dead or self._fresh(number)
        match operation.name:
            case "largest":
                if not self.front:
                    self.lines.append(f"{home} = {texts[0]}.max(axis=0)")
                    return
                self.homes[self.front] = self._fresh(number, home)
                self.lines.append(f"{home}, {self.homes[self.front]} = _front({texts[0]})")
            case "others":
                x, first = texts
                if dead and dead != x:
                    self.lines.append(f"{dead}[...] = {x}")
                own = dead or f'np.copy({x}, order="K")'
                self.lines.append(f"{home} = _others({own}, {first})")
            case "patched":
                column, value, first = texts
                if column != "out":
                    self.lines.append(f"out[...] = {column}")
                self.lines.append(f'out.ravel("K")[{first}] = {value}')
            case "chosen":
                x, first = texts
                self.lines.append(f'{home} = {x}.ravel("K")[{first}]')
            case "less" | "power" if dead:
                self.lines.append(f"_{operation.name}({', '.join(texts)}, {dead})")
            case "less" | "shift" | "power" | "total" | "mark" | "weighted":
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
