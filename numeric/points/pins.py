"""Conditions that leave finitely many points: `x = 2`, `x = 2 or x = -2`, `x**2 = 4 and y = x`.

>>> from derivations.core import Reals, symbol
>>> from derivations.core.formula import eq
>>> x = symbol("x")
>>> most_points(Claim("four", x**4, "=", 16, on={x: Reals}, where=eq(x**2, 4)))
2
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Any, Final

from flint import acb, arb, ctx, fmpq_poly

from derivations.core.claim import Claim
from derivations.core.conditions import And, Or
from derivations.core.domain import Complexes, Domain, Interval
from derivations.core.formula import Formula, Relation, Symbol
from derivations.core.substitute import free_names
from numeric.exact.rational import rational_of
from numeric.exact.roots import polynomial_in

_MOST_CASES: Final = 16


def most_points(claim: Claim) -> int | None:
    """How many points the condition leaves at most; None where it may be infinitely many."""
    if claim.where is None or not all(isinstance(variable, Symbol) for variable, _ in claim.on):
        return None
    cases = list(_cases(claim.where))
    if len(cases) > _MOST_CASES:
        return None
    counts = [_count(case, claim) for case in cases]
    return None if None in counts else sum(count for count in counts if count is not None)


def _cases(condition: Formula) -> Iterator[tuple[Formula, ...]]:
    """The cases of a condition, each of which is a list of conditions that all hold."""
    match condition:
        case Or(args=args):
            for arg in args:
                yield from _cases(arg)
        case And(args=args):
            for parts in product(*(list(_cases(arg)) for arg in args)):
                yield tuple(part for each in parts for part in each)
        case _:
            yield (condition,)


def _count(parts: tuple[Formula, ...], claim: Claim) -> int | None:
    """The points of one case: each variable has finitely many values where the others have one."""
    equations = [part for part in parts if isinstance(part, Relation) and part.rel == "="]
    open_ = {variable: domain for variable, domain in claim.on if isinstance(variable, Symbol)}
    counts: list[int] = []
    found = True
    while open_ and found:
        found = False
        for equation in equations:
            for variable in list(open_):
                count = _values(equation, variable, open_)
                if count is not None:
                    counts.append(count)
                    del open_[variable]
                    found = True
    return None if open_ else prod(counts)


def _values(equation: Relation, x: Symbol, open_: dict[Symbol, Domain]) -> int | None:
    """How many values the equation leaves to a variable at most, the others pinned before."""
    for one, two in ((equation.lhs, equation.rhs), (equation.rhs, equation.lhs)):
        if one == x and not free_names(two) & set(open_):
            return 1
    if free_names(equation) - {x}:
        return None
    polynomial = polynomial_in(equation.lhs - equation.rhs, x)
    if polynomial is None or polynomial.degree() < 1:
        return None
    return _roots(polynomial, open_[x])


def _roots(polynomial: fmpq_poly, domain: Domain) -> int:
    """How many roots may lie in a domain."""
    with ctx.workprec(128):
        roots: list[acb] = []
        for factor, _ in polynomial.numer().factor()[1]:
            found: Any = factor.complex_roots()
            roots += [root for root, _ in found]
    if isinstance(domain, Complexes):
        return len(roots)
    real = [root.real for root in roots if root.imag.contains(0)]
    return sum(not _is_outside(root, domain) for root in real)


def _is_outside(root: arb, domain: Domain) -> bool:
    if not isinstance(domain, Interval):
        return False
    low, high = rational_of(domain.lower), rational_of(domain.upper)
    below = low is not None and root < arb(low.numerator) / low.denominator
    above = high is not None and root > arb(high.numerator) / high.denominator
    return bool(below or above)
