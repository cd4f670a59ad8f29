"""Deterministic exact points of a domain: special values first, then generic places and tails.

Every value is an integer or a fraction (arrays: nested tuples of them), so that a point means the
same to every evaluation. The order is fixed by the seed and the claim's id.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import cycle, islice, product
from math import prod
from random import Random
from typing import TypeVar

from flint import ctx

from derivations.core.calculus import BINDERS, Derivative, Prime, Product, Sum
from derivations.core.claim import Claim
from derivations.core.conditions import And
from derivations.core.domain import Domain, FiniteSet, IndexRange, Integers, Interval
from derivations.core.formula import Array, Formula, Relation, Symbol, walk
from derivations.core.functions import Definition
from derivations.core.matrix import Family
from derivations.core.substitute import free_symbols
from numeric.balls.enclose import Compiler
from numeric.balls.frames import root_frame
from numeric.balls.values import Point, Value, Variable
from numeric.exact.rational import rational_of
from numeric.points.arranged import Condition
from numeric.points.notable import notable_points, sharp_points
from numeric.points.pins import most_points
from numeric.points.places import Places, places_of
from numeric.points.reached import Reaching

# A condition is tried on so many candidates for each point that is asked for.
_PATIENCE = 200
# Simple points are combined from so many special values of each variable.
_SIMPLE = 12
# The sizes that are tried of a sum alone.
_MANY_SIZES = 230
# The simple points go through so many of the sizes in turn: (2, 2), (2, 3) and (3, 2).
_FIRST_SHAPES = 3

# So many of the simplest points come before those where something may happen.
_BEFORE = 8

_T = TypeVar("_T")


def points_of(claim: Claim, formulas: Iterable[Formula] = (), seed: int = 0) -> Iterator[Point]:
    """Points of the claim's domain, simple ones first; all of them when they are finitely many.

    `formulas` are looked through for constants near which something may happen, besides the
    claim's two sides. A domain that cannot be entered yields nothing.
    """
    hints = hints_in((claim.lhs, claim.rhs, *formulas, *_some(claim.where)))
    sampler = _Sampler(claim, hints, Random(f"{seed}:{claim.id}"))
    allowed = Condition(claim.where)
    seen: set[tuple[Value, ...]] = set()
    reaching = Reaching(claim)
    refused = 0
    for candidate in sampler.candidates():
        point = allowed.arranged(candidate, claim.domains)
        if point is None:
            point = reaching.reached(candidate)
        else:
            reaching.note(point)
        if point is not None:
            key = tuple(point[variable] for variable, _ in claim.on)
            if key not in seen:
                seen.add(key)
                refused = 0
                yield point
                continue
        refused += 1
        if refused > _PATIENCE:
            return


def domain_size(claim: Claim) -> int | None:
    """How many points the domain has at most, or None for infinitely many. Of the conditions only
    equations are counted that pin each variable."""
    sizes = [_size(variable, domain) for variable, domain in claim.on]
    whole = None if None in sizes else prod(size for size in sizes if size is not None)
    pinned = most_points(claim)
    return whole if pinned is None else pinned if whole is None else min(whole, pinned)


def is_enumerated(claim: Claim) -> bool:
    """Whether running out of points means that none is left: every variable has few values, is a
    size or an index, or is pinned by an equation with a number."""
    sizes = set(size_symbols(claim))
    parts = claim.where.args if isinstance(claim.where, And) else _some(claim.where)
    pinned = {
        part.lhs
        for part in parts
        if isinstance(part, Relation) and part.rel == "=" and rational_of(part.rhs) is not None
    }
    return all(
        variable in sizes
        or variable in pinned
        or isinstance(domain, IndexRange)
        or _size(variable, domain) is not None
        or (isinstance(domain, Interval) and domain.lower == domain.upper)
        for variable, domain in claim.on
    )


def size_symbols(claim: Claim, formulas: Iterable[Formula] = ()) -> list[Symbol]:
    """The variables that are sizes of arrays, or ends of sums, products and families."""
    found: set[Symbol] = set()
    for variable, domain in claim.on:
        if isinstance(variable, Array):
            found = found.union(*(free_symbols(size) for size in variable.sizes))
        if isinstance(domain, IndexRange):
            found |= free_symbols(domain.upper)
    for formula in (claim.lhs, claim.rhs, *formulas):
        for node in walk_all(formula):
            if isinstance(node, Sum | Product):
                found |= free_symbols(node.upper)
            elif isinstance(node, Family):
                found |= free_symbols(node.size)
    domains = claim.domains
    return [v for v, _ in claim.on if v in found and isinstance(domains[v], Integers)]  # type: ignore[misc]


def hints_in(formulas: Iterable[Formula]) -> tuple[Fraction, ...]:
    """The rational constants written in formulas, and their negatives: thresholds, kinks, poles."""
    found: dict[Fraction, None] = {}
    for formula in formulas:
        for node in walk_all(formula):
            value = rational_of(node)
            if value is not None and abs(value) < 1000:
                found[value] = None
                found[-value] = None
    return tuple(sorted(found, key=lambda q: (q.denominator + abs(q.numerator), q < 0)))[:24]


def has_binders(formula: Formula) -> bool:
    """Whether a sum, an integral, a limit or a derivative is somewhere in a formula."""
    return any(isinstance(node, (*BINDERS, Derivative, Prime)) for node in walk_all(formula))


def walk_all(formula: Formula) -> Iterator[Formula]:
    """Every node, those of the bodies of definitions included."""
    done: set[Definition] = set()
    waiting = [formula]
    while waiting:
        for node in walk(waiting.pop()):
            yield node
            head = getattr(node, "head", None)
            if isinstance(head, Definition) and head not in done:
                done.add(head)
                waiting.append(head.body)


def _some(where: Formula | None) -> tuple[Formula, ...]:
    return () if where is None else (where,)


def _size(variable: Variable, domain: Domain) -> int | None:
    match domain:
        case FiniteSet(members=members) if isinstance(variable, Symbol):
            return len(members)
        case Integers(lower=int(lower), upper=int(upper)) if isinstance(variable, Symbol):
            return max(0, upper - lower + 1)
    return None


class _Sampler:
    """Candidates of a claim's domain, its condition not yet asked."""

    def __init__(self, claim: Claim, hints: tuple[Fraction, ...], random: Random) -> None:
        self.random = random
        self.claim = claim
        domains = claim.domains
        sizes = size_symbols(claim)
        self.sizes = sizes
        self.indices = {v: d for v, d in claim.on if isinstance(d, IndexRange)}
        self.arrays = {v: d for v, d in claim.on if isinstance(v, Array)}
        self.places: dict[Variable, Places] = {
            v: places_of(d, hints) for v, d in claim.on if v not in self.indices
        }
        self.plain = [
            v
            for v, _ in claim.on
            if v not in self.indices and v not in self.arrays and v not in sizes
        ]
        self.finite = [v for v in self.plain if self.places[v].members is not None]
        self.order = [v for v, _ in claim.on]
        many = len(claim.on) == 1 and not _loops_are_long(claim)
        self.size_values = _size_values([domains[v] for v in sizes], bool(self.arrays), many)

    def candidates(self) -> Iterator[Point]:
        plain = self._unordered()
        if self.sizes and self.arrays:
            return map(self._ordered, plain)
        notable = notable_points(self.claim, self.places, self.random)
        sharp = sharp_points(self.claim, self.places, self.random)
        if len(self.plain) == 1:
            return map(self._ordered, _woven(plain, notable, self._generic(), notable))
        return map(self._ordered, _woven(plain, self._generic(), notable, sharp, plain))

    def _ordered(self, point: Mapping[Variable, Value]) -> Point:
        return {variable: point[variable] for variable in self.order}

    def _unordered(self) -> Iterator[dict[Variable, Value]]:
        members = [self.places[v].members or () for v in self.finite]
        everywhere = list(islice(product(*members), 4096))
        infinite = [v for v in self.plain if v not in self.finite]
        shapes: list[dict[Variable, Value]] = [
            dict(zip(self.sizes, values, strict=True)) for values in self.size_values
        ]
        if not shapes:
            return
        if not infinite and not self.arrays:
            yield from _in_turn(self._all_of(shape, everywhere) for shape in shapes)
            return
        if self.arrays and everywhere and all(places.special for places in self.places.values()):
            # Arrays whose entries are all equal: where means, sums and norms are met exactly.
            for rank in range(2):
                for shape in shapes[:_FIRST_SHAPES]:
                    same = {v: _ranked(self.places[v], rank) for v in infinite}
                    values = {**shape, **dict(zip(self.finite, everywhere[0], strict=True)), **same}
                    yield self._completed(values, simple=True, rank=rank)
        turns = cycle(shapes[:_FIRST_SHAPES])
        for choice in self._simple(infinite):
            for combination in everywhere[:16]:
                values = {**next(turns), **choice}
                values.update(zip(self.finite, combination, strict=True))
                yield self._completed(values, simple=True)
        yield from self._drawn(shapes, everywhere, infinite)

    def _generic(self) -> Iterator[dict[Variable, Value]]:
        """Points drawn at random from the start, for claims without arrays."""
        infinite = [v for v in self.plain if v not in self.finite]
        if not infinite or self.arrays or self.indices:
            return
        members = [self.places[v].members or () for v in self.finite]
        shapes: list[dict[Variable, Value]] = [
            dict(zip(self.sizes, values, strict=True)) for values in self.size_values
        ]
        if shapes:
            yield from self._drawn(shapes, list(islice(product(*members), 4096)), infinite)

    def _drawn(
        self,
        shapes: Sequence[dict[Variable, Value]],
        everywhere: Sequence[tuple[Value, ...]],
        infinite: Sequence[Variable],
    ) -> Iterator[dict[Variable, Value]]:
        turn = 0
        while everywhere:
            values = {**shapes[turn % len(shapes)]}
            values.update(
                zip(self.finite, everywhere[turn // len(shapes) % len(everywhere)], strict=True)
            )
            for v in infinite:
                values[v] = self.places[v].draw(self.random)
            yield self._completed(values, simple=turn % 5 == 0)
            turn += 1

    def _simple(self, infinite: list[Variable]) -> list[dict[Variable, Value]]:
        """Combinations of special values, the simplest together first."""
        if not infinite:
            return []
        depth = 64 if len(infinite) == 1 else max(2, round(_SIMPLE / len(infinite)))
        special = [self.places[v].special[:depth] for v in infinite]
        ranks = sorted(
            islice(product(*(range(len(values)) for values in special)), 4096),
            key=lambda ranks: (sum(ranks), ranks),
        )
        return [
            {v: values[k] for v, values, k in zip(infinite, special, rank, strict=True)}
            for rank in ranks[: 64 if len(infinite) == 1 else 48]
        ]

    def _all_of(
        self, shape: dict[Variable, Value], everywhere: Sequence[tuple[Value, ...]]
    ) -> Iterator[dict[Variable, Value]]:
        """Every point of one size."""
        for combination in everywhere:
            yield from self._with_all_indices(
                {**shape, **dict(zip(self.finite, combination, strict=True))}
            )

    def _with_all_indices(self, values: dict[Variable, Value]) -> Iterator[dict[Variable, Value]]:
        ranges = [range(1, _end(domain, values) + 1) for domain in self.indices.values()]
        for chosen in product(*ranges):
            yield {**values, **dict(zip(self.indices, chosen, strict=True))}

    def _completed(
        self, values: dict[Variable, Value], *, simple: bool, rank: int | None = None
    ) -> dict[Variable, Value]:
        for v, domain in self.indices.items():
            values[v] = 1 + self.random.randrange(max(1, _end(domain, values)))
        for array in self.arrays:
            assert isinstance(array, Array)
            shape = [_whole(size, values) for size in array.sizes]
            values[array] = (
                self._filled(self.places[array], shape, simple)
                if rank is None
                else _constant(_ranked(self.places[array], rank), shape)
            )
        return values

    def _filled(self, places: Places, shape: list[int], simple: bool) -> Value:
        if not shape:
            return places.draw_simple(self.random) if simple else places.draw(self.random)
        return tuple(self._filled(places, shape[1:], simple) for _ in range(shape[0]))


def _woven(*streams: Iterator[_T]) -> Iterator[_T]:
    """The first few of the first stream, then one of each in turn."""
    first, *others = streams
    yield from islice(first, _BEFORE)
    yield from _in_turn((first, *others))


def _in_turn(streams: Iterable[Iterator[_T]]) -> Iterator[_T]:
    """One of each stream, then the next of each, until all have ended."""
    waiting = deque(streams)
    while waiting:
        stream = waiting.popleft()
        for value in stream:
            yield value
            waiting.append(stream)
            break


def _ranked(places: Places, rank: int) -> Value:
    return places.special[min(rank, len(places.special) - 1)]


def _constant(value: Value, shape: list[int]) -> Value:
    return tuple(_constant(value, shape[1:]) for _ in range(shape[0])) if shape else value


def _loops_are_long(claim: Claim) -> bool:
    """Whether a sum or product holds another one, an integral, a limit or a derivative."""
    nodes = (node for side in (claim.lhs, claim.rhs) for node in walk_all(side))
    return any(has_binders(node.body) for node in nodes if isinstance(node, Sum | Product))


def _size_values(domains: list[Domain], arrays: bool, many: bool) -> list[tuple[int, ...]]:
    """Small values for the sizes, unequal ones among them; all values of a small range.

    Without arrays larger ones cost little: a claim about 1 + ... + n may fail from n = 20 on. Where
    `many` are wanted there are as many as points are asked for.
    """
    if not domains:
        return [()]
    count = len(domains)
    wanted = [tuple(least) for least in product(*map(_least_values, domains))]
    if count == 1:
        wanted = [(2,), (3,), (4,), (1,), *wanted, (5,), (7,)]
        if not arrays:
            wanted += [(6,), *((n,) for n in range(8, 17)), (20,), (30,), (50,)]
            wanted += [(n,) for n in _members(domains[0])]
            wanted += [(n,) for n in range(17, _MANY_SIZES)] if many else []
    else:
        mixed = [
            tuple(base + (k == odd) for k in range(count))
            for base, odd in ((2, -1), (2, 1), (2, 0), (1, -1), (4, 0))
        ]
        wanted = [*mixed, *wanted]
        if not arrays and count == 2:
            wanted += list(product(range(1, 7), repeat=2))
    allowed = [
        values
        for values in dict.fromkeys(wanted)
        if all(_is_within(value, domain) for value, domain in zip(values, domains, strict=True))
    ]
    return allowed


def _least_values(domain: Domain) -> tuple[int, ...]:
    """The least size of a domain; 1 where there is no least one."""
    if isinstance(domain, Integers) and domain.lower is not None:
        return (domain.lower,)
    return (1, 0, -1)


def _members(domain: Domain) -> range:
    if isinstance(domain, Integers) and domain.lower is not None and domain.upper is not None:
        return range(domain.lower, min(domain.upper, domain.lower + 255) + 1)
    return range(0)


def _is_within(value: int, domain: Domain) -> bool:
    if not isinstance(domain, Integers):
        return False
    low, high = domain.lower, domain.upper
    return (low is None or low <= value) and (high is None or value <= high)


def _end(domain: Domain, values: Mapping[Variable, Value]) -> int:
    assert isinstance(domain, IndexRange)
    return _whole(domain.upper, values)


def _whole(formula: Formula, values: Mapping[Variable, Value]) -> int:
    known = values.get(formula) if isinstance(formula, Symbol) else None
    if isinstance(known, int):
        return known
    with ctx.workprec(64):
        return int(Compiler().compile(formula)(root_frame(dict(values))))
