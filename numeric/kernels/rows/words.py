"""What a kernel of rows says of itself, beside what every kernel says."""

from __future__ import annotations

from textwrap import fill
from typing import Final

from derivations.core.formula import Formula
from derivations.core.substitute import free_symbols
from numeric.accuracy.rows.target import RowTarget
from numeric.kernels.rows.helpers import LARGE, SHORT
from numeric.kernels.rows.operations import RowProgram
from numeric.kernels.rows.quick import APART, LARGEST_SUM, LEAST_SCORE, LEAST_SUM, LEAST_VALUE

_WIDTH: Final = 92
_RESULTS: Final = (
    "The result is without that axis.",
    "The result has the shape of the arguments.",
    "The two indices of the result are its last axes.",
)


def of_rows(
    target: RowTarget,
    formula: Formula,
    elsewhere: Formula | None,
    program: RowProgram,
    *,
    short: bool,
) -> str:
    """What rows are, what the class p is and the number c; which rows are computed by a formula
    `elsewhere` (`short` ones too)."""
    (p, c, b), scores = program.names, target.arrays[0]
    largest = f"{p} is the index of the largest score of a row"
    lines = [
        "Rows lie along `axis`.",
        _RESULTS[len(target.indices)],
        "Where a score is infinite the value is the limit, or nan if there is none.",
    ]
    if elsewhere is None:
        lines.append(f"{largest}.")
    else:
        if p in free_symbols(formula):
            lines.append(f"{p} is the class with a share of more than {APART}, if there is one.")
        root = (
            ""
            if target.indices
            else f", or with a value that is infinite or below {LEAST_VALUE} in size"
        )
        few = f", or of less than {SHORT} numbers" if short else ""
        lines.append(
            f"Rows whose exponentials add up to {LARGEST_SUM:g} or more, or to less than "
            f"{LEAST_SUM:g} with a score below {LEAST_SCORE:g}{root}{few}, are computed as "
            f"{elsewhere}, where {largest}."
        )
    if c in free_symbols(formula if elsewhere is None else elsewhere):
        top = scores[p]
        lines.append(f"Any {c} would do; it is 0 where 0 <= {top} < 600, else {top}.")
    if b in free_symbols(formula if elsewhere is None else elsewhere):
        lines.append(
            f"Any {b} > 0 would do; it is 1 where all scores are below {LARGE:g} in size, "
            "else 2**64."
        )
    return "\n" + "\n".join(fill(line, _WIDTH) for line in lines) + "\n"
