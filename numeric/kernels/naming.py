"""What the arguments of a kernel are called."""

from __future__ import annotations

from collections.abc import Sequence
from keyword import iskeyword
from typing import Final

from derivations.core.formula import Symbol
from numeric.kernels.copied import NAMES

# What the source names itself.
_RESERVED: Final = NAMES | {
    "np", "special", "result", "flat", "size", "work", "tests", "start", "block", "out", "marked",
    "places", "at", "near", "rare", "everywhere", "value", "sure", "high", "low", "k",
    *(f"m{k}" for k in range(16)), *(f"v{k}" for k in range(400)),
}  # fmt: skip


def names_of(variables: Sequence[Symbol]) -> list[str]:
    """The variables' names, another one where it means something in the source.

    >>> from derivations.core.formula import symbols
    >>> names_of(symbols("z np lambda out"))
    ['z', 'np_1', 'lambda_1', 'out_1']
    """
    return [
        f"{variable.name}_1"
        if variable.name in _RESERVED or iskeyword(variable.name)
        else variable.name
        for variable in variables
    ]
