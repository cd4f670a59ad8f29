"""Points far out, and points very near to an end: where `x*sin(x) < 10**320` fails.

Beyond what float64 and the sample reach there is nothing but size: powers of ten of both signs, as
far as balls go, the same distances from the ends of the domain and from the poles of the claim, and
where a wave is met there, its best phases. Each is a point of the domain, of which balls of few
bits say what they can.

>>> from derivations.core import Reals, log, symbol
>>> x = symbol("x")
>>> first = next(iter(far_points(Claim("c", log(x), "<", 1000, on={x: Reals}))))
>>> first[x] == 10**20
True
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product
from typing import Final

from flint import arb, ctx, fmpq

from derivations.core.calculus import BINDERS, Derivative, Prime
from derivations.core.claim import Claim
from derivations.core.domain import Domain, Integers, Interval
from derivations.core.formula import (
    Call,
    Formula,
    FormulaError,
    Pow,
    Symbol,
    as_formula,
    num,
    walk,
)
from derivations.core.functions import Definition
from derivations.core.substitute import free_names
from derivations.proving.casework import plain
from numeric.balls.values import Exact, Value, Variable, the_integer_in
from numeric.exact.irrational import closed
from numeric.hunting.phases import waves_of
from numeric.points.critical import quantities, zeros_in
from numeric.points.notable import growth_of

Far = dict[Variable, Value]

# Powers of ten, by how far balls go: of claims without exponentials, with them, with others.
_FARTHEST: Final = (
    (20, 100, 301, 310, 325, 350, 400, 460, 530, 610, 700, 800, 920, 1060, 1220, 1400, 1610, 1850,
     2130, 2450, 2820, 3240, 3730, 4200, 10**4, 30_000, 10**5, 10**6),
    (3, 4, 5, 6, 7, 8, 9, 12, 15, 18),
    (3, 4, 5),
)  # fmt: skip
# Between the powers of ten, where there are few of them.
_BETWEEN: Final = (1, 2, 3, 5)
# Of several variables.
_FAR_TOGETHER: Final = ((20, 310, 400, 1000, 4000), (3, 4, 6, 8), (3,))
_NEAR: Final = (16, 20, 30, 50, 100, 200, 310, 330, 400, 500, 700, 1000, 2000, 4000)
_NEAR_OF_FEW: Final = (20, 310, 400, 1000)
_MOST_VARIABLES: Final = 3
_MOST_QUANTITIES: Final = 6
# A whole number has its digits written out.
_LONGEST_WHOLE: Final = 4200
# The phases of a wave are tried at these powers of ten, to so many bits.
_WAVING: Final = (7, 12, 20, 100, 305, 322, 350, 402, 500, 700, 1001, 1500, 2000, 3000)
_PHASES: Final = 12
_PHASE_BITS: Final = 64
# Functions beyond the elementary ones of which far values are soon known.
_KNOWN_FAR: Final = frozenset(
    {"gamma", "factorial", "loggamma", "erf", "erfc", "erfi", "digamma", "harmonic", "binomial"}
)
# Numbers beyond this power of ten, and below its inverse, are out of reach of what else is tried.
_BEYOND: Final = 300


def far_points(claim: Claim) -> Iterator[Far]:
    """Points far out or near to an end, of variables of one kind; the condition is not asked."""
    domains = {v: d for v, d in claim.on if isinstance(v, Symbol)}
    if len(domains) != len(claim.on) or not 1 <= len(domains) <= _MOST_VARIABLES:
        return
    if not all(isinstance(d, Interval | Integers) for d in domains.values()):
        return
    growth = _growth(claim)
    if growth is None:
        return
    if len(domains) > 1:
        yield from _together(domains, growth)
        return
    ((v, domain),) = domains.items()
    for k in _FARTHEST[growth]:
        for factor in _BETWEEN if growth else (1,):
            yield from _both_signs(v, domain, k, factor)
    if isinstance(domain, Interval):
        for place in islice(_places(claim, v, domain), 8):
            for k in _NEAR:
                for sign in (1, -1):
                    value = closed(place + sign * num(10) ** num(-k))
                    if value is not None:
                        yield {v: value}
    if growth < 2:
        yield from _at_phases(claim, v, domain)


def holds_huge_number(claim: Claim) -> bool:
    """Whether a number is written in a claim that is larger, or smaller, than what is sought
    through: `10**400`, `exp(-10**5)`."""
    for formula in (claim.lhs, claim.rhs, *(() if claim.where is None else (claim.where,))):
        for node in walk(formula):
            if isinstance(node, Pow | Call) and not free_names(node):
                value = closed(node)
                if isinstance(value, int | Fraction):
                    bits = max(abs(value.numerator).bit_length(), value.denominator.bit_length())
                    if bits > _BEYOND * 3.33:
                        return True
                elif isinstance(value, Exact) and _is_huge(value):
                    return True
    return False


def _is_huge(value: Exact) -> bool:
    with ctx.workprec(64):
        here = value.enclosed()
        if not isinstance(here, arb | fmpq):
            return False
        size, bound = abs(arb(here)), arb(10) ** _BEYOND
        return bool(size > bound or (size > 0 and size < 1 / bound))


def _growth(claim: Claim) -> int | None:
    """0 for elementary claims, 1 with exponentials, 2 with others known far out, else None."""
    growth = growth_of(claim)
    if growth < 2:
        return growth
    try:
        nodes = [node for side in (claim.lhs, claim.rhs) for node in walk(plain(side))]
    except (FormulaError, RecursionError):
        return None
    if any(isinstance(node, (*BINDERS, Derivative, Prime)) for node in nodes):
        return None
    heads = {node.head for node in nodes if isinstance(node, Call)}
    if any(isinstance(head, Definition) for head in heads):
        return None
    return 2 if growth == 9 and any(head.name in _KNOWN_FAR for head in heads) else None


def _power(k: int, factor: int = 1) -> Formula:
    return num(10) ** num(k) if factor == 1 else num(factor) * num(10) ** num(k)


def _both_signs(v: Symbol, domain: Domain, k: int, factor: int) -> Iterator[Far]:
    if isinstance(domain, Integers):
        if k > _LONGEST_WHOLE:
            return
        size = factor * 10**k
        for whole in (size, -size, size + 1):
            yield {v: whole}
        return
    for formula in (_power(k, factor), -_power(k, factor)):
        value = closed(formula)
        if value is not None:
            yield {v: value}


def _places(claim: Claim, v: Symbol, domain: Interval) -> Iterator[Formula]:
    """The finite ends of the domain, and what the claim is special at."""
    done: set[Formula] = set()
    for end in (domain.lower, domain.upper):
        if closed(end) is not None:
            done.add(end)
            yield end
    for quantity in quantities(claim)[:_MOST_QUANTITIES]:
        for value in islice(zeros_in(quantity, v, domain, {}), 3):
            if isinstance(value, int | Fraction):
                written: Formula | None = as_formula(value)
            else:
                written = value.formula if isinstance(value, Exact) else None
            if written is not None and written not in done:
                done.add(written)
                yield written


def _together(domains: dict[Symbol, Domain], growth: int) -> Iterator[Far]:
    """All variables far out, of all signs; or one of them, or two of unlike size."""
    names = tuple(domains)

    def sized(powers: tuple[int, ...]) -> Iterator[Far]:
        """Every sign of these powers of ten; where the power is 0 a 1."""
        for signs in product((1, -1), repeat=len(names)):
            found: Far = {}
            for v, k, sign in zip(names, powers, signs, strict=True):
                value = closed(sign * _power(k)) if k else sign
                whole = isinstance(domains[v], Integers)
                if value is None or (whole and k < 0):
                    break
                found[v] = sign * 10**k if whole else value
            else:
                yield found

    for k in _FAR_TOGETHER[growth]:
        yield from sized((k,) * len(names))
        for place in range(len(names)):
            for others in (0, -k):
                yield from sized(tuple(k if p == place else others for p in range(len(names))))
    for k in _NEAR_OF_FEW:
        yield from sized((-k,) * len(names))


def _at_phases(claim: Claim, v: Symbol, domain: Domain) -> Iterator[Far]:
    """Numbers far out at which a wave of the claim has each of its simple phases."""
    if not isinstance(domain, Interval):
        return
    for power in _WAVING:
        bits = int(power * 3.33) + 2 * _PHASE_BITS
        with ctx.workprec(bits):
            waves = waves_of(claim, v)
            if not waves:
                return
            for wave in waves[:2]:
                for sign in (1, -1):
                    turns = sign * 10**power
                    for part in range(_PHASES):
                        angle = wave.period * (turns + arb(part) / _PHASES)
                        x = (angle - wave.start) / wave.slope
                        middle = arb((x * arb(2) ** _PHASE_BITS).mid())
                        scaled = the_integer_in(middle.floor())
                        if scaled is not None:
                            value = Fraction(scaled, 1 << _PHASE_BITS)
                            yield {v: int(value) if value.denominator == 1 else value}
