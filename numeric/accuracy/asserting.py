"""`assert_accurate`: the audit inside somebody's own test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from numeric.accuracy.audit import POINTS, SEARCHED, audit
from numeric.accuracy.called import Arrange, in_order
from numeric.accuracy.findings import MAX_ULP, Audit
from numeric.accuracy.named import claim_named
from numeric.accuracy.sentences import complaints


def assert_accurate(
    function: Callable[..., Any],
    id: str,
    *,
    max_ulp: float = MAX_ULP,
    points: int = POINTS,
    searching: int = SEARCHED,
    seed: int = 0,
    fixed: Mapping[str, Fraction | int] | None = None,
    arrange: Arrange = in_order,
) -> Audit:
    """Assert that a float64 function is within `max_ulp` ULP of the result of a claim, everywhere.

    `fixed` gives variables of the claim numbers (`{"y": 1}`); the others are the function's
    arguments in the claim's order, unless `arrange` makes them. Returns the audit.

    Errors: `AssertionError` with the worst input; `AuditError` where there is nothing to audit.

    >>> import numpy as np
    >>> assert_accurate(
    ...     lambda x: 1 / (1 + np.exp(-x)), "sigmoid.exp_form", searching=0
    ... ).max_ulp <= 4
    True
    """
    numbers = {name: Fraction(value) for name, value in (fixed or {}).items()}
    found = audit(
        function,
        claim_named(id),
        points=points,
        searching=searching,
        seed=seed,
        fixed=numbers,
        arrange=arrange,
    )
    wrong = complaints(found, max_ulp)
    if wrong:
        raise AssertionError(f"{found.function} as {id}: {'; '.join(wrong)} (seed {seed})")
    return found
