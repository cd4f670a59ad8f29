"""An audit as it is asked for by name: `scipy.special:expit`, as `sigmoid.exp_form`.

The function's arguments are the claim's variables in the claim's order, unless an argument map
says otherwise: `raw=z` hands z to the parameter `raw`, `y=1` gives the claim's variable y the
number 1, bare names (`z, y`) give the order of the positional arguments.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from derivations import catalogue
from derivations.core.claim import Claim
from derivations.core.derivation import Derivation
from derivations.loading import CatalogueError
from numeric.accuracy.audit import audit
from numeric.accuracy.called import Arrange, AuditError, in_order
from numeric.accuracy.findings import Audit
from numeric.accuracy.imported import function_named
from numeric.accuracy.rows.target import is_of_rows, row_target_of
from numeric.accuracy.target import target_of


@dataclass(frozen=True, slots=True)
class Request:
    """What is audited (`MODULE:FUNCTION` or `FILE.py:FUNCTION`), as what, and how thoroughly."""

    function: str
    id: str
    points: int
    searching: int
    seed: int = 0
    argument_map: str = ""


def answered(request: Request) -> Audit:
    """The audit that is asked for. What the function prints goes to standard error.

    Errors: `AuditError` where the function cannot be imported or called, or the claim gives no
    right values.
    """
    claim = claim_named(request.id)
    fixed, arrange = argument_map(request.argument_map, claim)
    with redirect_stdout(sys.stderr):
        function = function_named(request.function)
        return audit(
            function,
            claim,
            name=request.function,
            points=request.points,
            searching=request.searching,
            seed=request.seed,
            fixed=fixed,
            arrange=arrange,
        )


def claim_named(id: str) -> Claim:
    """The claim of that id.

    Errors: `AuditError` where there is none.
    """
    try:
        member = catalogue.find(id)
    except CatalogueError as error:
        raise AuditError(str(error).rstrip(".")) from error
    if not isinstance(member, Derivation):
        raise AuditError(f"{id} is a remark, and gives no right values")
    return member.claim


def argument_map(text: str, claim: Claim) -> tuple[dict[str, Fraction], Arrange]:
    """The variables that are given numbers, and how the others become arguments.

    Errors: `AuditError` where an entry is neither, or names no variable of the claim.
    """
    if not text.strip():
        return {}, in_order
    variables = [variable.name for variable, _ in claim.on]
    fixed: dict[str, Fraction] = {}
    order: list[str] = []
    keywords: dict[str, str] = {}
    for entry in (part.strip() for part in text.split(",")):
        left, equals, right = (part.strip() for part in entry.partition("="))
        if not equals and left in variables:
            order.append(left)
        elif equals and right in variables:
            keywords[left] = right
        elif equals and left in variables and (number := _number(right)) is not None:
            fixed[left] = number
        else:
            raise AuditError(
                f"{entry!r} in the argument map is no PARAMETER=VARIABLE, VARIABLE=NUMBER or "
                f"VARIABLE of {claim.id}, which has {', '.join(variables)}"
            )
    free = _arguments(claim, fixed)
    taken = [*order, *keywords.values()]
    if len(set(taken)) != len(taken):
        raise AuditError(f"a variable is handed over twice by the argument map {text!r}")
    idle = [name for name in taken if name not in free]
    if idle:
        raise AuditError(f"the value of {claim.id} does not depend on {', '.join(idle)}")
    positional = [*order, *(name for name in free if name not in taken)]
    places = {name: place for place, name in enumerate(free)}

    def arrange(values: Sequence[Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        named = {parameter: values[places[name]] for parameter, name in keywords.items()}
        return tuple(values[places[name]] for name in positional), named

    return fixed, arrange


def _arguments(claim: Claim, fixed: dict[str, Fraction]) -> list[str]:
    """The names of what the value of a claim is a function of."""
    if is_of_rows(claim):
        return [array.name for array in row_target_of(claim, fixed).arrays]
    return [variable.name for variable in target_of(claim, fixed).variables]


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
