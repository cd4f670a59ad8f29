"""Where to look in one domain: its special values, and draws from its generic places and tails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import count
from math import exp, log
from random import Random
from typing import Final, TypeAlias

from flint import arb, ctx, fmpq

from derivations.core.domain import Complexes, Domain, FiniteSet, Integers, Interval
from derivations.core.formula import Formula
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import Frame
from numeric.balls.values import (
    Exact,
    Gaussian,
    Indeterminate,
    Infinity,
    Undefined,
    as_number,
    the_integer_in,
)
from numeric.exact.irrational import closed
from numeric.exact.rational import rational_of

Member: TypeAlias = "int | Fraction | Gaussian | Exact"

__all__ = ["FAR", "Member", "Places", "places_of", "rational_of"]

# Tails are visited up to here: exp(710) no longer is a float64.
FAR: Final = 700
_NEAR: Final = Fraction(1, 10**10)

_SIMPLE: Final = (
    *map(Fraction, (0, 1, -1, 2, -2)),
    *(Fraction(sign, 2) for sign in (1, -1)),
    *map(Fraction, (3, -3)),
    *(Fraction(p, q) for p, q in ((1, 3), (-1, 3), (1, 4), (3, 4), (-3, 4), (3, 2), (-3, 2))),
    *(Fraction(p, q) for p, q in ((2, 3), (-2, 3))),
    *map(Fraction, (4, -4, 5, -5, 10, -10)),
)
_EXTREME: Final = (_NEAR, -_NEAR, Fraction(30), Fraction(-30), Fraction(FAR), Fraction(-FAR))


@dataclass(frozen=True, slots=True)
class Places:
    """`special` values, simplest first; `draw` for the rest; `members` where there are few."""

    special: tuple[Member, ...]
    draw: Callable[[Random], Member]
    members: tuple[Member, ...] | None = None

    def draw_simple(self, random: Random) -> Member:
        return _pick(random, self.special[:10]) if self.special else self.draw(random)


def places_of(domain: Domain, hints: tuple[Fraction, ...] = ()) -> Places:
    """The places of a domain; `hints` are values near which something may happen."""
    match domain:
        case FiniteSet(members=formulas):
            members = tuple(_member(formula) for formula in formulas)
            return Places(members, lambda random: _pick(random, members), members)
        case Integers(lower=lower, upper=upper):
            return _integer_places(lower, upper, hints)
        case Complexes():
            return _complex_places(hints)
        case Interval():
            return _interval_places(domain, hints)
    raise Indeterminate(f"the domain {domain} has no places of its own")


def _pick(random: Random, values: tuple[Member, ...]) -> Member:
    return values[random.randrange(len(values))]


def _member(formula: Formula) -> Member:
    value = closed(formula)
    if value is None:
        raise Indeterminate(f"the member {formula} of a finite set has no value")
    return value


def _unique(values: Iterable[Fraction]) -> tuple[Fraction, ...]:
    return tuple(dict.fromkeys(values))


# ------------------------------------------------------------------------------------- integers


def _integer_places(lower: int | None, upper: int | None, hints: tuple[Fraction, ...]) -> Places:
    if lower is not None and upper is not None and upper - lower < 4096:
        members = tuple(sorted(range(lower, upper + 1), key=lambda k: (abs(k), k < 0)))
        return Places(members, lambda random: _pick(random, members), members)

    def inside(k: int) -> bool:
        return (lower is None or lower <= k) and (upper is None or k <= upper)

    near = [int(h) for h in hints if h.denominator == 1]
    ends = [e + d for e in (lower, upper) if e is not None for d in (0, 1, -1, 2, -2)]
    small = [k for m in range(13) for k in (m, -m)]
    special = tuple(k for k in dict.fromkeys((*small[:9], *ends, *near, *small)) if inside(k))

    drawn = count()

    def draw(random: Random) -> int:
        # The wider, the more were drawn: few numbers are soon used up.
        widest = 100 + next(drawn)
        reach = int(exp(random.random() * log(60))) if random.random() < 0.7 else widest
        k = random.randrange(reach + 1)
        if lower is not None:
            k += lower
        elif upper is not None:
            k = upper - k
        elif random.random() < 0.5:
            k = -k
        return k if inside(k) else special[k % len(special)]

    return Places(special, draw)


# ------------------------------------------------------------------------------------- complex


def _complex_places(hints: tuple[Fraction, ...]) -> Places:
    half = Fraction(1, 2)
    parts = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (2, 0), (-2, 0), (1, -1)]
    pairs = [(Fraction(a), Fraction(b)) for a, b in parts]
    pairs += [(half, Fraction(0)), (-half, Fraction(0)), (half, half), (Fraction(0), half)]
    pairs += [(Fraction(0), Fraction(2)), (Fraction(-2), Fraction(-1)), (Fraction(-3), Fraction(3))]
    pairs += [(hint, Fraction(0)) for hint in hints]
    special = tuple(dict.fromkeys(_complex(a, b) for a, b in pairs))

    def draw(random: Random) -> Member:
        return _complex(_anywhere(random) / 4, _anywhere(random) / 4)

    return Places(special, draw)


def _complex(a: Fraction, b: Fraction) -> Member:
    return as_number(a) if not b else Gaussian(a, b)


# ------------------------------------------------------------------------------------ intervals


@dataclass(frozen=True, slots=True)
class _Ends:
    """Rational ends, None where infinite; an end that is not rational was moved inwards."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool
    high_open: bool

    def inside(self, q: Fraction) -> bool:
        above = self.low is None or (q > self.low if self.low_open else q >= self.low)
        below = self.high is None or (q < self.high if self.high_open else q <= self.high)
        return above and below


@lru_cache(maxsize=256)
def _ends_of(domain: Interval) -> _Ends:
    low, moved_low = _end(domain.lower, 1)
    high, moved_high = _end(domain.upper, -1)
    return _Ends(
        low, high, domain.lower_open and not moved_low, domain.upper_open and not moved_high
    )


def _end(formula: Formula, inwards: int) -> tuple[Fraction | None, bool]:
    with ctx.workprec(200):
        try:
            value = evaluated(Compiler().compile(formula), Frame(None, {}))
        except Undefined as error:
            raise Indeterminate(f"the end {formula} of a domain has no value: {error}") from error
        if isinstance(value, Infinity):
            return None, False
        if isinstance(value, fmpq):
            return Fraction(int(value.p), int(value.q)), False
        if not isinstance(value, arb):
            raise Indeterminate(f"{formula} is no end of an interval: it is not real")
        # A binary fraction next to the end, certainly inside.
        bound = ((value.upper() if inwards > 0 else value.lower()) * 2**160).mid()
        floor = the_integer_in(bound.floor())
        if floor is None:
            raise Indeterminate(f"the end {formula} of a domain is too large")
        whole = floor + (1 if inwards > 0 else 0)
        return Fraction(whole + (1 if inwards > 0 else -1), 2**160), True


def _interval_places(domain: Interval, hints: tuple[Fraction, ...]) -> Places:
    ends = _ends_of(domain)
    low, high = ends.low, ends.high
    closeness = _NEAR if low is None or high is None else min(_NEAR, (high - low) / 10**6)
    special: list[Fraction] = [*_SIMPLE]
    for end, inwards in ((low, 1), (high, -1)):
        if end is not None:
            special += [end, end + inwards * closeness, end + inwards]
    if low is not None and high is not None:
        width = high - low
        special += [low + width * Fraction(k, 8) for k in (4, 2, 6, 1, 7)]
    for hint in hints:
        special += [hint]
    special += [*_EXTREME]
    special += [h + d for h in hints[:6] for d in (_NEAR, -_NEAR)]
    # Between an end and what is written in the formula, however near they are.
    special += [(h + e) / 2 for h in hints[:6] for e in (low, high) if e is not None]
    chosen = tuple(as_number(q) for q in _unique(special) if ends.inside(q))
    if low is not None and high is not None and (low > high or (low == high and not chosen)):
        return Places((), lambda random: _pick(random, ()), ())

    def draw(random: Random) -> Member:
        for _ in range(100):
            q = _drawn(ends, random)
            if ends.inside(q):
                return as_number(q)
        return _pick(random, chosen)

    return Places(chosen, draw)


def _drawn(ends: _Ends, random: Random) -> Fraction:
    low, high = ends.low, ends.high
    if low is None and high is None:
        return _anywhere(random)
    if low is not None and high is not None:
        width = high - low
        kind = random.random()
        if kind < 0.6:
            return low + width * Fraction(1 + random.getrandbits(16), 2**16 + 2)
        part = width * _short(exp(-random.random() * log(1e20)))
        return low + part if kind < 0.8 else high - part
    size = abs(_anywhere(random))
    if low is not None:
        return low + size
    assert high is not None
    return high - size


def _anywhere(random: Random) -> Fraction:
    """A real number: uniform in the middle, logarithmic in both tails, or near 0."""
    kind, side = random.random(), 1 if random.random() < 0.5 else -1
    if kind < 0.45:
        return Fraction(random.getrandbits(14) - 2**13, 2**10)
    if kind < 0.8:
        return side * _short(exp(random.random() * log(FAR)))
    return side * _short(exp(-random.random() * log(1e20)))


def _short(value: float) -> Fraction:
    """A positive float as a fraction of few bits."""
    scale = 2 ** max(0, 12 - int(log(value, 2)))
    return Fraction(max(1, round(value * scale)), scale)
