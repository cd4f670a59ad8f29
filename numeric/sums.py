"""Infinite sums and products: partial sums with a bound on the tail, by Arb and by mpmath.

Finite ones are plain loops, and belong to `numeric.enclose` and `numeric.reference`.
"""

from __future__ import annotations

from typing import Any

from derivations.core.calculus import Product, Sum
from numeric.parts import EncloseParts, EvaluateParts
from numeric.values import Indeterminate, Scalar


def enclose_infinite(node: Sum | Product, enclose: EncloseParts) -> Scalar:
    """An enclosure of a sum or product whose upper end is oo.

    Errors: `Undefined` where it certainly diverges, `Indeterminate` where no bound on the tail was
    proved.
    """
    raise Indeterminate(f"no bound on the tail of {node} was proved")


def reference_infinite(node: Sum | Product, evaluate: EvaluateParts, digits: int) -> Any:
    """The sum or product by mpmath (`nsum`, `nprod`), an estimate."""
    raise Indeterminate(f"the sum {node} was not found")
