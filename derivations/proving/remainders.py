"""Claims about remainders of whole numbers, decided by looking at finitely many of them.

Where each variable is whole and occurs only in Mod(e, m) and in (-1)**e, with e made of sums,
products, whole powers and powers b**(c*n + d) of whole b, the claim depends on the remainders of
the variables n and of the b**n, which repeat: all that occur are looked through. And two sides are
different if they differ modulo some m: n**2 != 3*m - 1.

>>> from derivations.core.domain import Integers
>>> from derivations.core.formula import num, symbol
>>> from derivations.core.special_functions import FUNCTIONS
>>> n = symbol("n")
>>> def fifths(formula, rel, value):
...     return Claim("c", FUNCTIONS["Mod"](formula, num(5)), rel, num(value), on={n: Integers()})
>>> holds_by_remainders(fifths(n**5 - n, "=", 0)), holds_by_remainders(fifths(n**2, "!=", 3))
(True, True)
>>> holds_by_remainders(fifths(n**3 - n, "=", 0))
False
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import lcm, prod
from typing import Final

from derivations.core.claim import Claim
from derivations.core.domain import Domain, Integers
from derivations.core.formula import Add, Call, Formula, Mul, Neg, Number, Relation, Symbol, num
from derivations.core.formula import Pow as Power
from derivations.core.functions import Function
from derivations.core.substitute import free_symbols
from derivations.proving.field import Field, FieldError
from derivations.proving.work import spend

LARGEST_MODULUS: Final = 2000
MOST_STATES: Final = 5000
MODULI: Final = (2, 3, 4, 5, 7, 8, 9, 11, 13, 16)


class NotWhole(Exception):  # noqa: N818 (a message between looks, no error)
    """A formula whose remainder does not follow from those of its variables."""


def holds_by_remainders(claim: Claim) -> bool:
    """Whether the claim holds for all remainders; False where that is not shown."""
    on = dict(claim.on)
    variables = sorted(free_symbols(claim.statement), key=lambda s: s.name)
    domains = {v: on.get(v) for v in variables}
    whole = {v: d for v, d in domains.items() if isinstance(d, Integers)}
    if not variables or claim.where is not None or len(whole) < len(domains):
        return False
    try:
        return _follows(claim.statement, whole)
    except (NotWhole, FieldError):
        pass  # the sides may still differ modulo some number
    try:
        return claim.rel == "!=" and _differs(claim.lhs, claim.rhs, whole)
    except NotWhole:
        return False


def _follows(statement: Relation, on: Mapping[Symbol, Integers]) -> bool:
    moduli = list(_moduli(statement))
    if not moduli:
        return False
    modulus = lcm(*moduli)
    if modulus > LARGEST_MODULUS:
        return False
    values = [representatives(v, d, statement, modulus) for v, d in on.items()]
    if prod(map(len, values)) > MOST_STATES:
        return False
    for choice in product(*values):
        at = dict(zip(on, choice, strict=True))
        sides = [_valued(side, at, modulus) for side in (statement.lhs, statement.rhs)]
        if not _compares(sides[0], statement.rel, sides[1]):
            return False
    return True


def _moduli(formula: Formula) -> Iterator[int]:
    """The moduli of the remainders in a formula, 2 for a power of -1; no variable is outside."""
    match formula:
        case Call(head=Function(name="Mod", builtin=True), args=(e, Number(m))) if m > 0:
            yield m
            yield from moduli_inside(e)
        case Power(Neg(Number(1)), e) if free_symbols(e):
            yield 2
            yield from moduli_inside(e)
        case Symbol():
            raise NotWhole
        case _:
            for part in formula.parts:
                yield from _moduli(part)


def moduli_inside(formula: Formula) -> Iterator[int]:
    """The moduli of remainders inside a whole number; variables are allowed here."""
    match formula:
        case Call(head=Function(name="Mod", builtin=True), args=(_, Number(m))) if m > 0:
            yield m
        case Power(Neg(Number(1)), e) if free_symbols(e):
            yield 2
    for part in formula.parts:
        yield from moduli_inside(part)


def representatives(
    variable: Symbol, domain: Integers, formula: Formula, modulus: int
) -> list[int]:
    """Members of the domain of which each other one has the remainders of one, and those of the
    powers b**n of the bases in the formula."""
    bases = sorted({b for b, exponent in powers_in(formula) if variable in free_symbols(exponent)})
    low, high = domain.lower, domain.upper
    if low is None:
        if bases:
            raise NotWhole
        first = 0 if high is None else high - modulus + 1
        return list(range(first, first + modulus))
    if bases and low < 0:
        raise NotWhole
    found: list[int] = []
    seen: set[tuple[int, ...]] = set()
    n = low
    state = (n % modulus, *(pow(b, n, modulus) for b in bases))
    while state not in seen and (high is None or n <= high):
        seen.add(state)
        found.append(n)
        if len(found) > MOST_STATES:
            raise NotWhole
        n += 1
        state = (n % modulus, *(pow(b, n, modulus) for b in bases))
    return found


def powers_in(formula: Formula) -> Iterator[tuple[int, Formula]]:
    """The powers of whole numbers with variables in the exponent, but for those of -1."""
    match formula:
        case Power(Number(b), exponent) if free_symbols(exponent):
            yield b, exponent
        case Power(Neg(Number(b)), exponent) if free_symbols(exponent) and b != 1:
            yield -b, exponent
    for part in formula.parts:
        yield from powers_in(part)


def _valued(formula: Formula, at: Mapping[Symbol, int], modulus: int) -> Fraction:
    """The value of a side, its remainders replaced by numbers."""

    def replaced(node: Formula) -> Formula:
        match node:
            case Call(head=Function(name="Mod", builtin=True), args=(_, Number(m))) if m > 0:
                return num(remainder(node, at, modulus))
            case Power(Neg(Number(1)), e) if free_symbols(e):
                return num(-1 if remainder(e, at, modulus) % 2 else 1)
        if not node.parts:
            return node
        return node.rebuilt(tuple(replaced(part) for part in node.parts))

    spend(10)
    value = Field().fractional(replaced(formula))[0].constant
    if value is None:
        raise NotWhole
    return value


def remainder(formula: Formula, at: Mapping[Symbol, int], modulus: int) -> int:
    """The remainder of a whole number modulo `modulus`, a multiple of every modulus inside."""
    match formula:
        case Number(value):
            return value % modulus
        case Symbol():
            return at[formula] % modulus
        case Neg(arg):
            return -remainder(arg, at, modulus) % modulus
        case Add(args):
            return sum(remainder(arg, at, modulus) for arg in args) % modulus
        case Mul(args):
            return prod(remainder(arg, at, modulus) for arg in args) % modulus
        case Call(head=Function(name="Mod", builtin=True), args=(e, Number(m))) if m > 0:
            return remainder(e, at, modulus) % m
        case Power(Neg(Number(1)), e) if free_symbols(e):
            return modulus - 1 if remainder(e, at, modulus) % 2 else 1 % modulus
        case Power(base, Number(n)):
            return pow(remainder(base, at, modulus), n, modulus)
        case Power(Number() | Neg(Number()) as base, exponent):
            return pow(remainder(base, at, modulus), _natural(exponent, at), modulus)
    raise NotWhole


def _natural(exponent: Formula, at: Mapping[Symbol, int]) -> int:
    """The value of c*n + d + ... with natural coefficients, of variables that are not negative:
    then b**(c*n + d) depends on b**n alone."""
    match exponent:
        case Number(value):
            return value
        case Symbol():
            if at[exponent] < 0:
                raise NotWhole
            return at[exponent]
        case Add(args):
            return sum(_natural(arg, at) for arg in args)
        case Mul((Number(c), rest)):
            return c * _natural(rest, at)
    raise NotWhole


def _compares(left: Fraction, rel: str, right: Fraction) -> bool:
    return {
        "=": left == right, "!=": left != right, "<": left < right, "<=": left <= right,
        ">": left > right, ">=": left >= right,
    }[rel]  # fmt: skip


def _differs(lhs: Formula, rhs: Formula, on: Mapping[Symbol, Domain]) -> bool:
    """Whether the sides, whole numbers, differ modulo one of a few numbers for all remainders."""
    if any(powers_in(lhs)) or any(powers_in(rhs)):
        return False
    if any(moduli_inside(lhs)) or any(moduli_inside(rhs)):
        return False
    for modulus in MODULI:
        if modulus ** len(on) > MOST_STATES:
            return False
        for choice in product(range(modulus), repeat=len(on)):
            spend(10)
            at = dict(zip(on, choice, strict=True))
            if remainder(lhs, at, modulus) == remainder(rhs, at, modulus):
                break
        else:
            return True
    return False
