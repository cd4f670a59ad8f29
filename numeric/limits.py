"""Limits: certified by expansions with bounded remainders over a whole tail, and by mpmath."""

from __future__ import annotations

from typing import Any

from flint import arb

from derivations.core.calculus import Limit
from numeric.parts import EncloseParts, EvaluateParts
from numeric.values import Indeterminate, Infinity


def enclose_limit(node: Limit, enclose: EncloseParts) -> arb | Infinity:
    """An enclosure of the limit; `Infinity(1)` or `Infinity(-1)` where it is oo or -oo.

    Errors: `Undefined` where the limit certainly does not exist (two sides that differ),
    `Indeterminate` where it was not found.
    """
    raise Indeterminate(f"the limit {node} was not found")


def reference_limit(node: Limit, evaluate: EvaluateParts, digits: int) -> Any:
    """The limit as mpmath sees it: the value where two points far out agree to `digits` digits,
    `mpmath.inf` or `-mpmath.inf` where the values grow beyond all bounds.

    An estimate, not a proof. Errors: `Indeterminate` where the values do not settle (slowly
    convergent ones such as 1/log(x)), `Undefined` where two sides differ.
    """
    raise Indeterminate(f"the limit {node} was not found")
