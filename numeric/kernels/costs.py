"""What operations on arrays cost: candidates of kernels are tried in this order.

Measured in blocks that fit the second cache, on a processor with AVX-512 (NumPy 2.4, SciPy 1.17),
and written down, so that the same kernel is found everywhere and always. Units are 1/20 of a
nanosecond a number; what is slower elsewhere (exp and log without wide registers) is so for all.
"""

from __future__ import annotations

from typing import Final

from numeric.kernels.constants import COMPARED

_COSTS: Final = {
    "add": 4, "subtract": 4, "multiply": 4, "negative": 3, "absolute": 3, "square": 3, "floor": 3,
    "signbit": 3, **dict.fromkeys(COMPARED.values(), 3),
    "clip": 6, "divide": 8, "minimum": 10, "maximum": 10, "sign": 12, "where": 20,
    "exp": 18, "log": 18, "cosh": 18, "log1p": 23, "sinh": 24, "arctan": 26, "arcsin": 26,
    "arccos": 26, "expm1": 26, "sqrt": 26, "tan": 28, "arctanh": 31, "tanh": 34, "arcsinh": 42,
    "arccosh": 48, "sin": 320, "cos": 320,
}  # fmt: skip
# SciPy's functions, and helpers in two doubles that all points need.
_OTHERS: Final = 320
# A helper in two doubles for the few points that need it; the extreme of a block.
HELPED: Final = 160
EXTREME: Final = 4
# A point that is gathered and computed again in two doubles; in a few more bits.
AGAIN: Final = 1500
AGAIN_FIRST: Final = 400


def cost_of(name: str) -> int:
    """The cost of the operation of that name.

    >>> cost_of("exp") - cost_of("add"), cost_of("special.erf")
    (14, 320)
    """
    return _COSTS.get(name, _OTHERS)
