"""Whole numbers that are never equal, by their remainders modulo some number.

Two sides made of polynomials of whole variables and of powers b**(c*n + d) differ if modulo some
number their difference is never 0: x**3 + y**3 + z**3 != 9*k + 4, 2**a - 3**b != 3. And a form,
with terms that are all of one degree, is 0 at no whole numbers but 0, ..., 0 if modulo a power of a
prime it is 0 only where all variables are divisible by the prime: a**2 + b**2 != 3*c**2.

>>> from derivations.core import Claim, integers, symbols
>>> a, b, c = symbols("a b c")
>>> whole = {v: integers(1) for v in (a, b, c)}
>>> never_equal(Claim("c", a**2 + b**2, "!=", 3 * c**2, on=whole))
True
>>> never_equal(Claim("c", a**2 + b**2, "!=", 2 * c**2, on=whole))
False
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final

from derivations.core.claim import Claim
from derivations.core.domain import Integers
from derivations.core.formula import Add, Formula, Mul, Neg, Number, Symbol
from derivations.core.formula import Pow as Power
from derivations.core.substitute import free_symbols
from derivations.proving.remainders import (
    NotWhole,
    moduli_inside,
    powers_in,
    remainder,
    representatives,
)
from derivations.proving.work import spend

# Beside all up to 41: those modulo which powers have few remainders.
_MODULI: Final = (
    *range(2, 42), 43, 45, 48, 49, 52, 56, 60, 63, 64, 65, 72, 73, 80, 81, 84, 91, 104, 117, 120,
    126, 128, 144, 168, 180, 216, 240, 252, 255, 504,
)  # fmt: skip
_PRIME_POWERS: Final = (
    (2, 4), (2, 8), (2, 16), (3, 9), (3, 27), (5, 5), (5, 25), (7, 7), (7, 49), (11, 11),
    (11, 121), (13, 13), (13, 169),
)  # fmt: skip
_MOST_STATES: Final = 3000


def never_equal(claim: Claim) -> bool:
    """Whether the sides of a `!=` of whole numbers are shown to differ for all remainders."""
    whole = {v: d for v, d in claim.on if isinstance(v, Symbol) and isinstance(d, Integers)}
    names = free_symbols(claim.lhs) | free_symbols(claim.rhs)
    if claim.rel != "!=" or not names or not names <= set(whole):
        return False
    if any(moduli_inside(claim.lhs)) or any(moduli_inside(claim.rhs)):
        return False  # a remainder is known modulo multiples of its own modulus only
    on = {v: whole[v] for v in sorted(names, key=lambda v: v.name)}
    terms = [*_terms(claim.lhs, 1), *_terms(claim.rhs, -1)]
    groups = _groups(terms)
    try:
        for modulus in _MODULI:
            found = _sums(groups, on, modulus)
            if found is not None and not found & 1:
                return True
        return _descends(claim, groups, on)
    except NotWhole:
        return False


def _terms(formula: Formula, sign: int) -> Iterator[Formula]:
    match formula:
        case Add(args=args):
            for arg in args:
                yield from _terms(arg, sign)
        case Neg(arg=arg):
            yield from _terms(arg, -sign)
        case _:
            yield formula if sign > 0 else -formula


_Groups = list[tuple[frozenset[Symbol], list[Formula]]]


def _groups(terms: list[Formula]) -> _Groups:
    """The terms in sets of which no two hold a variable in common."""
    groups: _Groups = []
    for term in terms:
        names, members = frozenset(free_symbols(term)), [term]
        apart: _Groups = []
        for other, theirs in groups:
            if names & other or (not names and not other):
                names, members = names | other, [*theirs, *members]
            else:
                apart.append((other, theirs))
        groups = [*apart, (names, members)]
    return groups


def _sums(
    groups: _Groups,
    on: Mapping[Symbol, Integers],
    modulus: int,
    unit: tuple[Symbol, int] | None = None,
) -> int | None:
    """The remainders of the sum of all terms, as the bits of a number; with `unit`, where that
    variable is not divisible by the prime. None where there are too many to look at."""
    everything = (1 << modulus) - 1
    total = 1
    for names, terms in groups:
        rows = [_values(v, on[v], terms, modulus, unit) for v in names]
        count = 1
        for row in rows:
            count *= len(row)
        if count > _MOST_STATES:
            return None
        spend(count * len(terms))
        here = 0
        for values in product(*rows):
            at = dict(zip(names, values, strict=True))
            here |= 1 << sum(remainder(term, at, modulus) for term in terms) % modulus
        turned = 0
        for k in range(modulus):
            if here >> k & 1:
                turned |= total << k
        total = (turned | turned >> modulus) & everything
    return total


def _values(
    v: Symbol, domain: Integers, terms: list[Formula], modulus: int, unit: tuple[Symbol, int] | None
) -> list[int]:
    if any(v in free_symbols(e) for term in terms for _, e in powers_in(term)):
        # Powers of several terms repeat together.
        return representatives(v, domain, sum(terms[1:], terms[0]), modulus)
    values = range(modulus)
    if unit is not None and unit[0] == v:
        return [k for k in values if k % unit[1]]
    return list(values)


def _descends(claim: Claim, groups: _Groups, on: Mapping[Symbol, Integers]) -> bool:
    """Whether a form is only 0 where all variables are, and one of them never is."""
    degrees = {_degree(claim.lhs), _degree(claim.rhs)} - {-1}
    if len(degrees) != 1 or None in degrees or 0 in degrees:
        return False
    if not any((d.lower or 0) > 0 or (d.upper is not None and d.upper < 0) for d in on.values()):
        return False
    for prime, modulus in _PRIME_POWERS:
        for v in on:
            found = _sums(groups, on, modulus, (v, prime))
            if found is None or found & 1:
                break
        else:
            return True
    return False


def _degree(formula: Formula) -> int | None:
    """The degree of a form; None where it is none, -1 for 0, which is of any degree."""
    match formula:
        case Number(value=value):
            return 0 if value else -1
        case Symbol():
            return 1
        case Neg(arg=arg):
            return _degree(arg)
        case Add(args=args):
            degrees = {_degree(arg) for arg in args} - {-1}
            return degrees.pop() if len(degrees) == 1 else None
        case Mul(args=args):
            found = [_degree(arg) for arg in args]
            known = [degree for degree in found if degree is not None]
            if len(known) < len(found):
                return None
            return -1 if -1 in known else sum(known)
        case Power(base=base, exponent=Number(value=n)) if n > 0:
            inner = _degree(base)
            return None if inner is None else inner * n if inner >= 0 else -1
    return None
