"""Whole numbers at which remainders meet: Mod(n, 10007) + Mod(n, 10009) = 0 at their product.

Where a claim holds remainders of linear functions of one whole variable, and its condition asks for
some, they are put together (Chinese remainder theorem): all the condition's, with each of the
claim's at some value of note, and with all of the claim's at once.

>>> from derivations.core import Claim, integers, symbol
>>> from derivations.core.special_functions import FUNCTIONS
>>> n = symbol("n")
>>> Mod = FUNCTIONS["Mod"]
>>> both = Claim("c", Mod(n, 10007) + Mod(n, 10009), ">", 0, on={n: integers(1)})
>>> any(k == 10007 * 10009 for k in meeting_remainders(both, n, integers(1)))
True
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd
from typing import Final

from derivations.core.claim import Claim
from derivations.core.domain import Integers
from derivations.core.formula import Call, Formula, FormulaError, Symbol, walk
from derivations.proving.casework import plain
from derivations.proving.places import conjuncts
from numeric.exact.rational import rational_of
from numeric.hunting.equations import whole_polynomial
from numeric.points.critical import fractions_of

_MOST_REMAINDERS: Final = 40
_MOST_VALUES: Final = 8
_TURNS: Final = 3

# n = remainder modulo modulus
_Class = tuple[int, int]


def meeting_remainders(claim: Claim, v: Symbol, domain: Integers) -> Iterator[int]:
    """Members of the domain at which the condition's remainders and some of the claim's are met."""
    try:
        nodes = [node for side in (claim.lhs, claim.rhs) for node in walk(plain(side))]
        parts = conjuncts(None if claim.where is None else plain(claim.where))
    except (FormulaError, RecursionError):
        return
    found = dict.fromkeys(line for node in nodes if (line := _line(node, v)) is not None)
    lines = list(found)[:_MOST_REMAINDERS]
    demanded: _Class | None = (0, 1)
    for part in parts:
        value = rational_of(part.rhs)
        line = _line(part.lhs, v)
        if part.rel == "=" and line is not None and value is not None and demanded is not None:
            demanded = _joined(demanded, _solved(line, value))
    if demanded is None or (not lines and demanded == (0, 1)):
        return
    classes: list[_Class | None] = [demanded]
    values = [Fraction(0), Fraction(-1), *fractions_of(claim)][:_MOST_VALUES]
    for value in values:
        every: _Class | None = demanded
        for line in lines:
            here = _solved(line, value)
            every = _joined(every, here)
            classes.append(_joined(demanded, here))
        classes.insert(1, every)
    for known in dict.fromkeys(classes):
        if known is not None:
            yield from _members(*known, domain)


def _line(node: Formula, v: Symbol) -> tuple[int, int, int] | None:
    """(a, b, m) of Mod(a*v + b, m)."""
    if not isinstance(node, Call) or node.head.name != "Mod" or len(node.args) != 2:
        return None
    modulus = rational_of(node.args[1])
    polynomial = whole_polynomial(node.args[0], v)
    if modulus is None or modulus.denominator != 1 or modulus <= 1 or polynomial is None:
        return None
    if len(polynomial) != 2:
        return None
    return polynomial[1], polynomial[0], int(modulus)


def _solved(line: tuple[int, int, int], value: Fraction) -> _Class | None:
    """Where a*v + b has this remainder."""
    a, b, modulus = line
    if value.denominator != 1:
        return None
    rest = (int(value) - b) % modulus
    common = gcd(a, modulus)
    if rest % common:
        return None
    smaller = modulus // common
    return (rest // common * pow(a // common, -1, smaller) % smaller if smaller > 1 else 0), smaller


def _joined(one: _Class | None, other: _Class | None) -> _Class | None:
    """What belongs to both classes."""
    if one is None or other is None:
        return None
    (a, m), (b, n) = one, other
    common = gcd(m, n)
    if (b - a) % common:
        return None
    step = n // common
    turns = (b - a) // common * pow(m // common, -1, step) % step if step > 1 else 0
    return (a + m * turns) % (m * step), m * step


def _members(remainder: int, modulus: int, domain: Integers) -> Iterator[int]:
    low, high = domain.lower, domain.upper
    start = low if low is not None else (high - _TURNS * modulus if high is not None else -modulus)
    for turn in range(_TURNS):
        value = start + (remainder - start) % modulus + turn * modulus
        if (low is None or low <= value) and (high is None or value <= high):
            yield value
