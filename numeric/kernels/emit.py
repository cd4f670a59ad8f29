"""A program as the source of a NumPy function: blocks that stay in the cache, and `out=`.

The source stands alone (NumPy, and SciPy where a function of it is used), takes floats and
arrays of any shape, and gives for an array what it gives for each float in it.
"""

from __future__ import annotations

from math import inf
from textwrap import indent
from typing import Final

from numeric.kernels.copied import copied
from numeric.kernels.naming import names_of
from numeric.kernels.program import Operand, Operation, Patch, Program, Shortcut, Value

# Doubles in a block: a few of its buffers fit into a processor's second cache, and what a call
# costs besides (half a microsecond) is spread over many of them.
BLOCK: Final = 32768
# Points that are computed again at a time: the arrays in between are many.
_AGAIN: Final = 8192
_BESIDE: Final = 16384
_NAMES: Final = "abcdefghijklmnopqrstuvw"
# The function of points that are not ordinary.
_RARE: Final = "everywhere"
_AS_WELL: Final = "The same where the shorter way is not enough."
_PIECE: Final = "A part of it, asked for where it is needed."


def source_of(program: Program, name: str, docstring: str) -> str:
    """The source of a module with one function `name` of the program's variables."""
    shortcut = program.shortcut
    functions, helpers = _functions(program, name, docstring)
    if shortcut is not None:
        rare, of_rare = _functions(shortcut.everywhere, _RARE, _AS_WELL)
        functions, helpers = [*rare, *functions], of_rare | helpers
    code = "\n".join([*helpers.values(), *functions])
    lines = [
        "import numpy as np",
        *(["from scipy import special"] if "special." in code else []),
        *copied(code),
        *(line for source in helpers.values() for line in ("", "", source)),
        *functions,
        "",
    ]
    return "\n".join(lines)


def _functions(program: Program, name: str, docstring: str) -> tuple[list[str], dict[str, str]]:
    """The lines of the function `name` after those of its pieces, and their helpers."""
    lines: list[str] = []
    helpers = dict(program.helpers)
    for operation in program.operations:
        for part, piece in operation.pieces:
            more, of_piece = _functions(piece, part, _PIECE)
            lines += more
            helpers |= of_piece
    return [*lines, "", "", *_function(program, name, docstring)], helpers


def _function(program: Program, name: str, docstring: str) -> list[str]:
    """The lines of the function `name`."""
    body = _Body(program)
    body.write()
    arguments = argument_names(program)
    single = _single(program)
    lines = [f"def {name}({', '.join(arguments)}):", indent(f'"""{docstring}"""', "    ")]
    for argument in arguments:
        lines.append(f"    {argument} = np.asarray({argument}, dtype=np.float64)")
    if len(arguments) > 1:
        joined = ", ".join(arguments)
        lines.append(f"    {joined} = np.broadcast_arrays({joined})")
    if single:
        return [*lines, '    with np.errstate(all="ignore"):', f"        return {single}"]
    first = arguments[0]
    lines += [
        f"    result = np.empty({first}.shape)",
        "    flat = result.reshape(-1)",
        *(f"    {argument} = {argument}.reshape(-1)" for argument in arguments),
        f"    size = min(flat.size, {BLOCK})",
        *(["    marked = np.empty(flat.size, dtype=bool)"] if program.patch is not None else []),
    ]
    if body.buffers:
        lines.append(f"    work = np.empty(({body.buffers}, size))")
    if body.masks:
        lines.append(f"    tests = np.empty(({body.masks}, size), dtype=bool)")
    lines += [
        '    with np.errstate(all="ignore"):',
        f"        for start in range(0, flat.size, {BLOCK}):",
        f"            block = slice(start, start + {BLOCK})",
        "            out = flat[block]",
    ]
    if body.buffers:
        lines.append(f"            {_row(body.buffer_names)} = work[:, : out.size]")
    if body.masks:
        lines.append(f"            {_row(body.mask_names)} = tests[:, : out.size]")
    lines += [f"            {argument}_ = {argument}[block]" for argument in arguments]
    lines += [f"            {line}" for line in body.lines]
    if program.patch is not None:
        lines += _patched(program.patch, arguments)
    return [*lines, "    return result[()]"]


def _patched(patch: Patch, arguments: list[str]) -> list[str]:
    """After the blocks: what is marked once more, by the patch's function."""
    lines: list[str] = []
    if patch.first:
        lines += _at_marked(f"flat[at], marked[at] = {patch.first}", _BESIDE, arguments)
    return [*lines, *_at_marked(f"flat[at] = {patch.name}", _AGAIN, arguments)]


def _at_marked(given: str, size: int, arguments: list[str]) -> list[str]:
    points = ", ".join(f"{argument}[at]" for argument in arguments)
    return [
        "        places = np.flatnonzero(marked)",
        f"        for start in range(0, places.size, {size}):",
        f"            at = places[start : start + {size}]",
        f"            {given}({points})",
    ]


def argument_names(program: Program) -> list[str]:
    """The names of the program's variables in the source."""
    return names_of(program.variables)


def _row(names: list[str]) -> str:
    return ", ".join(names) + ("," if len(names) == 1 else "")


def _single(program: Program) -> str:
    """The call that is all of the program, if one ufunc is: it needs no blocks."""
    if len(program.operations) != 1 or program.result != Value(0) or program.shortcut is not None:
        return ""
    (operation,) = program.operations
    if operation.name == "where" or operation.is_mask or operation.name in program.helpers:
        return ""
    arguments = argument_names(program)
    texts = [
        repr(operand) if isinstance(operand, float) else arguments[-1 - operand.number]
        for operand in operation.operands
    ]
    return f"{_ufunc(operation.name)}({', '.join(texts)})"


def _ufunc(name: str) -> str:
    return name if name.startswith("special.") else f"np.{name}"


class _Body:
    """The lines inside the loop, with buffers used again when their value is dead.

    While lines are written a buffer is a number in braces; at the end that of the result is called
    `out`, the part of the result that the block fills."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.lines: list[str] = []
        self.arguments = argument_names(program)
        self.buffer_names: list[str] = []
        self.masks = 0
        self.made = 0
        self.free: list[str] = []
        self.homes: dict[int, str] = {}
        self.last = self._last_uses()

    @property
    def buffers(self) -> int:
        return len(self.buffer_names)

    @property
    def mask_names(self) -> list[str]:
        return [f"m{k}" for k in range(self.masks)]

    def _last_uses(self) -> dict[int, int]:
        last: dict[int, int] = {}
        for number, operation in enumerate(self.program.operations):
            for operand in operation.operands:
                if isinstance(operand, Value):
                    last[operand.number] = number
        if isinstance(self.program.result, Value):
            last[self.program.result.number] = len(self.program.operations)
        return last

    def write(self) -> None:
        shortcut = self.program.shortcut
        if shortcut is not None and shortcut.value.number < 0:
            self.lines += self._seldom(shortcut)
        for number, operation in enumerate(self.program.operations):
            self._operation(number, operation)
            if shortcut is not None and shortcut.value.number == number:
                self.lines += self._seldom(shortcut)
        result = self._text(self.program.result)
        letters = (letter for letter in _NAMES if letter not in self.arguments)
        names = ["out" if result == f"{{{k}}}" else next(letters) for k in range(self.made)]
        self.buffer_names = [name for name in names if name != "out"]
        self.lines = [line.format(*names) for line in self.lines]
        if "out" not in names:
            self.lines.append(f"np.copyto(out, {result})")
        if shortcut is not None:
            points = ", ".join(f"{argument}_[rare]" for argument in self.arguments)
            self.lines += ["if len(rare):", f"    out[rare] = {_RARE}({points})"]

    def _seldom(self, shortcut: Shortcut) -> list[str]:
        """The places where the program is not right; most blocks have none, and one look at their
        extremes says so. (What is no number is within no bounds.)"""
        text = self._text(shortcut.value)
        low, high = shortcut.low, shortcut.high
        if low == -inf:
            most, each = f"{text}.max() < {high!r}", f"{text} < {high!r}"
        elif high == inf:
            most, each = f"{text}.min() > {low!r}", f"{text} > {low!r}"
        else:
            most = f"{low!r} < {text}.min() and {text}.max() < {high!r}"
            each = f"np.absolute({text}) < {high!r}"
            if low != -high:
                each = f"({low!r} < {text}) & ({text} < {high!r})"
        where = f"    rare = np.flatnonzero(~({each}))"
        return ["rare = ()", f"if not ({most}):", where]

    def _text(self, operand: Operand) -> str:
        if isinstance(operand, float):
            return repr(operand)
        if operand.number < 0:
            return f"{self.arguments[-1 - operand.number]}_"
        return self.homes[operand.number]

    def _operation(self, number: int, operation: Operation) -> None:
        texts = [self._text(operand) for operand in operation.operands]
        dying = [
            operand.number
            for operand in operation.operands
            if isinstance(operand, Value)
            and operand.number >= 0
            and self.last[operand.number] == number
            and not self.program.operations[operand.number].is_mask
        ]
        patch = self.program.patch
        if operation.is_mask and patch is not None and patch.mask.number == number:
            self.homes[number] = "near"
            self._release(dying)
            self.lines.append("near = marked[block]")
        elif operation.is_mask:
            self.homes[number] = f"m{self.masks}"
            self.masks += 1
            self._release(dying)
        elif operation.name == "where":
            self._where(number, operation, texts, dying)
            return
        else:
            self._release(dying)
            self.homes[number] = self._fresh()
        operands, home = ", ".join(texts), self.homes[number]
        if operation.pieces:
            self._apart(operation, home, texts)
        elif operation.name in self.program.helpers:
            self.lines.append(f"{home}[:] = {operation.name}({operands})")
        else:
            self.lines.append(f"{_ufunc(operation.name)}({operands}, out={home})")

    def _apart(self, operation: Operation, home: str, texts: list[str]) -> None:
        """Each piece at its points, nan among those of the second."""
        mask, *points = texts
        taken = ", ".join(f"{point}[at]" for point in points)
        for sign, (name, _) in zip(("", "~"), operation.pieces, strict=True):
            self.lines.append(f"at = np.flatnonzero({sign}{mask})")
            self.lines.append(f"{home}[at] = {name}({taken})")

    def _where(self, number: int, operation: Operation, texts: list[str], dying: list[int]) -> None:
        """Into the buffer of the second value, if nobody needs that any more; `np.where` has no
        `out=`, and a copy with `where=` is slower."""
        test, value, other = operation.operands
        mask, chosen, rest = texts
        if isinstance(other, Value) and other.number in dying:
            if self._is_sign(test):
                if not isinstance(value, Value) or value.number not in dying:
                    chosen = self._fresh()
                    self.free.append(chosen)
                    self.lines.append(f"np.copyto({chosen}, {texts[1]})")
                self.lines.append(f"put({mask}, {chosen}, {rest})")
            else:
                self.lines.append(f"np.putmask({rest}, {mask}, {chosen})")
            self._release([value for value in dying if value != other.number])
            self.homes[number] = rest
            return
        self._release(dying)
        home = self.homes[number] = self._fresh()
        self.lines.append(f"{home}[:] = np.where({', '.join(texts)})")

    def _is_sign(self, test: Operand) -> bool:
        """Whether the test is for the sign of a variable, which nobody foresees."""
        if not isinstance(test, Value):
            return False
        side, end = self.program.operations[test.number].operands
        return isinstance(side, Value) and side.number < 0 and end == 0.0

    def _release(self, numbers: list[int]) -> None:
        self.free += [self.homes[n] for n in dict.fromkeys(numbers)]

    def _fresh(self) -> str:
        if self.free:
            return self.free.pop()
        self.made += 1
        return f"{{{self.made - 1}}}"
