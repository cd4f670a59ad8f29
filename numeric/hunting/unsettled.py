"""Equations of whole numbers that no search settles: x**3 + y**3 + z**3 = 33 has its least solution
at 16 digits.

Of polynomials of the second degree in two unknowns, and of those that are linear in one of two, all
solutions are known. Of others, and of those with powers like 2**n, factorials and the like, a
solution may lie beyond every search, so that a `!=` of them is not to be called consistent.

>>> from derivations.core import Claim, integers, symbols
>>> x, y, z = symbols("x y z")
>>> whole = dict.fromkeys((x, y, z), integers())
>>> is_unsettled(Claim("c", x**3 + y**3 + z**3, "!=", 33, on=whole))
True
>>> is_unsettled(Claim("c", x**2 - 34 * y**2, "!=", -1, on=whole))
False
"""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

from flint import fmpz_mpoly_ctx

from derivations.core.claim import Claim
from derivations.core.domain import Integers
from derivations.core.formula import Call, Formula, Symbol, walk
from derivations.core.substitute import free_names
from numeric.hunting.boxes import letters_in
from numeric.hunting.coordinates import written_out
from numeric.hunting.equations import lettered
from numeric.points.narrowed import narrowed

_MOST_LETTERS: Final = 12
# Functions of two whole numbers that go up and down without end.
_RESTLESS: Final = frozenset({"Mod", "gcd", "lcm"})
_LEAST_OF_FERMAT: Final = 3


def is_unsettled(claim: Claim) -> bool:
    """Whether a `!=` of whole numbers may fail beyond what is searched, for all that is known."""
    if claim.rel != "!=":
        return False
    written = written_out(claim)
    if written is None:
        return False
    (lhs, rhs), _ = written
    equation = lhs - rhs
    domains = narrowed(claim)
    open_ = _without_end(claim, domains, equation)
    if open_ is None or not open_:
        return False
    letters = tuple(islice(dict.fromkeys(letters_in(equation)), _MOST_LETTERS + 1))
    if any(_is_restless(letter, open_) for letter in letters):
        return True
    if len(open_) < 2:
        return False
    terms = lettered(equation, letters) if len(letters) <= _MOST_LETTERS else None
    if terms is None:
        return True
    ring = fmpz_mpoly_ctx.get(tuple(f"x{k}" for k in range(len(letters))), "lex")
    _, factors = ring.from_dict(terms).factor()
    return any(_is_hard(factor, letters, open_, domains) for factor, _ in factors)


def _without_end(claim: Claim, domains: Any, equation: Formula) -> frozenset[Symbol] | None:
    """The variables that take infinitely many values; None where one is no whole number."""
    names = free_names(equation)
    found: set[Symbol] = set()
    for v, _ in claim.on:
        if v not in names:
            continue
        domain = domains[v]
        if not isinstance(v, Symbol) or not isinstance(domain, Integers):
            return None
        if domain.lower is None or domain.upper is None:
            found.add(v)
    return frozenset(found)


def _is_restless(letter: Formula, open_: frozenset[Symbol]) -> bool:
    """Whether a remainder or divisor is of something that is no polynomial: Mod(2**n, n)."""
    for node in walk(letter):
        if isinstance(node, Call) and node.head.name in _RESTLESS:
            inner = [part for arg in node.args for part in letters_in(arg)]
            moving = all(free_names(arg) & open_ for arg in node.args)
            if moving and any(not isinstance(part, Symbol) for part in inner):
                return True
    return False


def _is_hard(
    factor: Any, letters: tuple[Formula, ...], open_: frozenset[Symbol], domains: Any
) -> bool:
    terms = {tuple(map(int, powers)): int(n) for powers, n in factor.to_dict().items()}
    used = [k for k, degree in enumerate(factor.degrees()) if degree]
    names = set().union(*(free_names(letters[k]) for k in used)) & open_ if used else set()
    if len(names) < 2:
        return False
    if any(not isinstance(letters[k], Symbol) for k in used):
        return True
    degrees = [max(powers[k] for powers in terms) for k in used]
    if len(used) == 2 and min(degrees) == 1:
        return False
    return max(map(sum, terms)) >= 3 and not _is_of_fermat(terms, used, letters, domains)


def _is_of_fermat(
    terms: dict[tuple[int, ...], int], used: list[int], letters: tuple[Formula, ...], domains: Any
) -> bool:
    """x**n + y**n = z**n of positive numbers, which Wiles and Taylor have settled, and
    x**4 + y**4 = z**2 and x**4 - y**4 = z**2, which Fermat and Euler have."""
    if len(used) != 3 or len(terms) != 3 or any(sum(powers) != max(powers) for powers in terms):
        return False
    if any(abs(n) != 1 for n in terms.values()) or abs(sum(terms.values())) != 1:
        return False
    if not all((domains[letters[k]].lower or 0) > 0 for k in used):
        return False
    powers = sorted(map(max, terms))
    return powers == [2, 4, 4] or (powers[0] == powers[2] >= _LEAST_OF_FERMAT)
