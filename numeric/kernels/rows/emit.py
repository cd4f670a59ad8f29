"""A program of rows as the source of a NumPy function that stands alone.

The function goes along an axis, takes arrays of any shape, works in blocks of rows that stay in
the cache, and gives for a row what it gives for it among others. Short rows lie side by side in a
block, so that NumPy's loops run over many of them at once.
"""

from __future__ import annotations

from textwrap import indent
from typing import Final

from numeric.kernels.rows.body import OTHER, Body, array_name
from numeric.kernels.rows.helpers import SHORT, helpers_of
from numeric.kernels.rows.operations import RowProgram

# Doubles in a block.
BLOCK: Final = 131072


def source_of(
    program: RowProgram,
    name: str,
    docstring: str,
    *,
    empty: float,
    ties_are_one: bool,
    quick: RowProgram | None = None,
) -> str:
    """The source of a module with one function `name` of the target's arrays and an axis.

    `empty` is what an empty row gives where the value is a number. `ties_are_one` says that
    infinite scores that are alike have the difference 0, else it is unknown. A `quick` program goes
    first, and leaves rows that need a shift to the other.
    """
    bodies = [Body(one) for one in (program, quick) if one is not None]
    for body in bodies:
        body.write()
    arrays = [array_name(array.name) for array in program.target.arrays]
    lines = ["import numpy as np", "", ""]
    for helper in helpers_of([line for body in bodies for line in body.lines], ties_are_one):
        lines += [helper, ""]
    if quick is not None:
        lines += _of_tables(bodies[0], arrays)
    indices = len(program.target.indices)
    lines += [
        f"def {name}({', '.join(arrays)}, axis=-1):",
        indent(f'"""{docstring}"""', "    "),
        *_entered(name, arrays),
        "    shape, size = " + f"{arrays[0]}.shape, {arrays[0]}.shape[-1]",
        *_results(indices, arrays, empty),
        *([] if quick is None else _short(program, quick, arrays)),
        *_loop(bodies[-1], arrays),
        *_left(indices),
        "",
    ]
    return "\n".join(lines)


def _of_tables(body: Body, arrays: list[str]) -> list[str]:
    """The function for the rows that the quick program leaves."""
    return [
        f"def {OTHER}({', '.join(arrays)}, result):",
        '    """The same around the largest score of each row of tables, into `result`."""',
        f"    size = {arrays[0]}.shape[1]",
        *_loop(body, arrays),
        "    return result",
        "",
        "",
    ]


def is_left_short(program: RowProgram, quick: RowProgram) -> bool:
    """Whether short rows are left to the other program, which does less for a row as a whole."""
    return quick.operations_a_row > program.operations_a_row


def _short(program: RowProgram, quick: RowProgram, arrays: list[str]) -> list[str]:
    """The lines that hand short rows to the other function, if that is done."""
    if not is_left_short(program, quick):
        return []
    return [
        f"    if size < {SHORT}:  # the other does less for a row as a whole",
        f"        {OTHER}({', '.join(arrays)}, result)",
        *(f"    {line}" for line in _left(len(program.target.indices))),
    ]


def _loop(body: Body, arrays: list[str]) -> list[str]:
    """The result of contiguous tables, block by block."""
    entries = "size**2" if len(body.program.target.indices) == 2 else "size"
    lines = [
        f"    many = max(1, {BLOCK} // {entries})",
        '    with np.errstate(all="ignore"):',
        "        # A number a row is copied for each entry where NumPy's buffer holds whole rows;",
        "        # that is worth its time for short ones only. Restored with the error state.",
        f"        np.setbufsize(1008 if {body.long} <= size < 256 else 16)",
        f"        for start in range(0, len({arrays[0]}), many):",
        "            t = slice(start, start + many)",
    ]
    for array in arrays:
        lines.append(
            f"            {array}_ = {array}[t].T if size >= {body.long} else "
            f"np.ascontiguousarray({array}[t].T)"
        )
    lines += [f"            {line}" for line in body.lines]
    if body.program.quick:
        rows = ", ".join(f"{array}[start + far]" for array in arrays)
        lines += [
            "            if len(far):",
            f"                result[start + far] = {OTHER}({rows}, result[start + far])",
        ]
    return lines


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
