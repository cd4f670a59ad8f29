"""What can be read off a formula as it is written."""

from __future__ import annotations

from derivations.core.formula import Formula, Neg, oo


def infinity_of(formula: Formula) -> int:
    """1 for oo, -1 for -oo, 0 for everything else.

    >>> infinity_of(-oo)
    -1
    """
    if isinstance(formula, Neg):
        return -infinity_of(formula.arg)
    return 1 if formula == oo else 0
