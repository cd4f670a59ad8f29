"""Domains of whole numbers with the bounds that a condition gives them: `n > 1000`, `5 <= n`.

>>> from derivations.core import Claim, both, integers, symbols
>>> n, m = symbols("n m")
>>> on = {n: integers(1), m: integers()}
>>> [str(d) for d in narrowed(Claim("c", n, "!=", m, on=on, where=both(n > 10, m <= 3))).values()]
['Z[11, oo)', 'Z(-oo, 3]']
"""

from __future__ import annotations

from math import ceil, floor

from derivations.core.claim import Claim
from derivations.core.domain import Domain, Integers
from derivations.core.formula import FormulaError
from derivations.proving.casework import plain
from derivations.proving.places import conjuncts
from numeric.balls.values import Variable
from numeric.exact.rational import rational_of

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


def narrowed(claim: Claim) -> dict[Variable, Domain]:
    """The domains of a claim's variables; whole numbers between bounds that its condition names."""
    domains: dict[Variable, Domain] = dict(claim.on)
    if claim.where is None or not any(isinstance(d, Integers) for d in domains.values()):
        return domains
    try:
        parts = conjuncts(plain(claim.where))
    except (FormulaError, RecursionError):
        return domains
    for part in parts:
        for v, rel, bound in (
            (part.lhs, part.rel, rational_of(part.rhs)),
            (part.rhs, _TURNED.get(part.rel, ""), rational_of(part.lhs)),
        ):
            domain = domains.get(v)  # type: ignore[call-overload]
            if not isinstance(domain, Integers) or bound is None:
                continue
            low, high = domain.lower, domain.upper
            if rel in {">", ">=", "="}:
                least = floor(bound) + 1 if rel == ">" else ceil(bound)
                low = least if low is None else max(low, least)
            if rel in {"<", "<=", "="}:
                most = ceil(bound) - 1 if rel == "<" else floor(bound)
                high = most if high is None else min(high, most)
            if low is None or high is None or low <= high:
                domains[v] = Integers(low, high)  # type: ignore[index]
    return domains
