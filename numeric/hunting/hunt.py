"""The last search before a claim is called consistent, where no sample leads.

Solutions of equations of whole numbers, however large; places where waves of unlike lengths come
together; the lowest points of an inequality, on all scales. Each candidate is glanced at in balls
of few bits, and what does not certainly hold there is asked in full.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from flint import ctx, fmpq

from derivations.core.calculus import Product, Sum
from derivations.core.claim import Claim
from derivations.core.domain import Integers
from derivations.core.formula import Formula, Symbol, walk
from numeric.balls.enclose import evaluated
from numeric.balls.frames import root_frame
from numeric.balls.operations import holds
from numeric.balls.values import Indeterminate, Infinity, Point, Undefined
from numeric.deadline import Clock, within
from numeric.hunting.exactly import difference
from numeric.hunting.whole import whole_points
from numeric.judging.compare import Bench
from numeric.judging.findings import Finding, Outcome, is_near, related, shown
from numeric.judging.undecided import is_open, is_ordinary, may_hide, parts_of, told_apart
from numeric.points.arranged import Condition
from numeric.points.inside import is_inside
from numeric.points.notable import growth_of
from numeric.points.places import places_of
from numeric.points.resonance import resonances
from numeric.points.sample import size_symbols

# So many candidates are glanced at, fewer where a value takes a quadrature, a series or a limit.
_MOST: Final = 2000
_MOST_COSTLY: Final = 12
_MOST_ASKED: Final = 12
_BITS: Final = 320
# So many convergents of the length of a wave, computed with so many bits.
_RESONANCES: Final = 440
_RESONANT_BITS: Final = 2000
# Numbers of terms that are tried, by how deep sums are inside of one another.
_SIZES: Final = {1: (64, 100, 200, 500, 1000, 4000, 20_000), 2: (60, 100)}
_LARGEST_SIZE: Final = 25  # as a power of ten, where a sum has a closed form
# The next one is not begun where one took longer than this.
_FOR_A_SIZE: Final = 0.5
_TOUCHED: Final = "the sides are nearly equal on the border of the condition, and may meet there"
_OUT_OF_REACH: Final = "numbers of the size of those in the claim are out of reach of the search"
# Seconds of work for what is far out, and for all of it.
_FOR_FAR: Final = 0.7
_FOR_ALL: Final = 3.0
# How far out a claim is asked: an elementary one, one with exponentials, any other.
_REACH: Final = (10**300, 10**6, 700)


@dataclass(frozen=True, slots=True)
class Prey:
    """A point that was found: the claim fails there, or is not decided."""

    point: Point
    finding: Finding


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A point to ask: whether it solves an equation of whole numbers, and whether it lies on a
    border that belongs to what the condition allows."""

    point: Point
    solves: bool = False
    on_border: bool = False


def hunted(claim: Claim, bench: Bench) -> Prey | None:
    """A point of the domain at which the claim fails; else one at which it is not decided, though
    it is simple, or solves an equation of the claim."""
    found: list[Prey] = []
    finding = _compared_exactly(claim, bench)
    if finding is not None:
        return Prey({}, finding)
    if all(isinstance(v, Symbol) for v, _ in claim.on):
        with within(_FOR_ALL, of_work=True):
            _hunt(claim, bench, found)
    return found[-1] if found else None


def _compared_exactly(claim: Claim, bench: Bench) -> Finding | None:
    """What refutes a claim without variables, if an exact difference of its sides does."""
    if claim.on or not Condition(claim.where).holds({}):
        return None
    apart = difference(claim.lhs, claim.rhs)
    if apart is None or holds(claim.rel, (apart > 0) - (apart < 0)):
        return None
    with ctx.workprec(_BITS):
        try:
            sides = [
                evaluated(bench.compiler.compile(side), root_frame({}))
                for side in (claim.lhs, claim.rhs)
            ]
        except (Undefined, Indeterminate):
            return None
    if any(isinstance(side, Infinity) for side in sides):
        return None
    reason = f"the left side less the right one is {apart}, exactly"
    return Finding(Outcome.FAILS, reason, lhs=shown(sides[0]), rhs=shown(sides[1]))


def _far_out(claim: Claim, bench: Bench, condition: Condition) -> Prey | None:
    """What balls say far out and near to ends. Where they decide nothing at some place, and the
    claim is about numbers of that size, it may fail there."""
    from numeric.hunting.far import far_points, holds_huge_number

    if bench.is_costly(claim.lhs, claim.rhs):
        return None
    open_: Prey | None = None
    with within(_FOR_FAR, of_work=True):
        for point in far_points(claim):
            if not all(is_inside(point[v], domain) for v, domain in claim.on):
                continue
            finding = _in_balls(claim, bench, point)
            if finding is not None and finding.outcome is Outcome.HOLDS:
                continue
            if not condition.holds(point):
                continue
            if finding is not None:
                return Prey(point, finding)
            open_ = open_ or Prey(point, Finding(Outcome.DOUBTFUL, _OUT_OF_REACH))
    if open_ is not None and claim.rel not in {"=", "!="} and holds_huge_number(claim):
        return open_
    return None


def _of_huge_size(claim: Claim, bench: Bench, condition: Condition) -> Prey | None:
    """Where a claim about sums up to n fails for a large n, by what the sums are in closed form."""
    from numeric.hunting.partial_sums import added_up

    if len(claim.on) != 1 or not any(isinstance(node, Sum) for node in _nodes(claim)):
        return None
    changed = added_up(claim)
    if changed is None:
        return None
    ((v, domain),) = claim.on
    for power in range(4, _LARGEST_SIZE):
        point: Point = {v: 10**power}
        if is_inside(point[v], domain):
            finding = _in_balls(changed, bench, point)
            if finding is not None and finding.outcome is Outcome.FAILS and condition.holds(point):
                return Prey(point, finding)
    return None


def _nodes(claim: Claim) -> Iterator[Formula]:
    for side in (claim.lhs, claim.rhs):
        yield from walk(side)


def _hunt(claim: Claim, bench: Bench, found: list[Prey]) -> None:
    from numeric.hunting.borders import is_touched

    condition = Condition(claim.where)
    far = _far_out(claim, bench, condition) or _of_huge_size(claim, bench, condition)
    if far is not None:
        found.append(far)
        if far.finding.outcome is Outcome.FAILS:
            return
    asked = 0
    most = _MOST_COSTLY if bench.is_costly(claim.lhs, claim.rhs) else _MOST
    for candidate in islice(_candidates(claim), most):
        point, solves = candidate.point, candidate.solves
        if not all(is_inside(point[v], domain) for v, domain in claim.on):
            continue
        if not condition.holds(point):
            continue
        seen = _in_balls(claim, bench, point)
        if seen is not None and seen.outcome is Outcome.HOLDS:
            if candidate.on_border and not found and is_touched(claim, bench.compiler, point):
                found.append(Prey(point, Finding(Outcome.DOUBTFUL, _TOUCHED)))
            continue
        asked += 1
        finding = bench.finding_at(claim.lhs, claim.rel, claim.rhs, point)
        if is_near(finding) and (solves or is_ordinary(point)):
            finding = told_apart(claim, bench, point) or finding
        if finding.outcome is Outcome.FAILS:
            found.append(Prey(point, finding))
            return
        if is_open(claim.rel, finding) and (solves or may_hide(claim, bench, point, finding)):
            found.insert(0, Prey(point, finding))
        if asked >= _MOST_ASKED:
            return


def _candidates(claim: Claim) -> Iterator[_Candidate]:
    from numeric.hunting.borders import border_points, corner_points, joint_points
    from numeric.hunting.lattice import lattice_points
    from numeric.hunting.lowlands import lowlands
    from numeric.hunting.phases import meeting_points
    from numeric.hunting.scan import scanned

    yield from (_Candidate(point, solves=True) for point in whole_points(claim))
    yield from map(_Candidate, _resonant(claim))
    growth = growth_of(claim)
    reach = _REACH[min(growth, 2)]
    yield from map(_Candidate, _of_large_size(claim))
    for candidate in chain(
        map(_Candidate, scanned(claim)),
        map(_Candidate, lattice_points(claim)),
        map(_Candidate, meeting_points(claim)),
        map(_Candidate, lowlands(claim)),
        map(_Candidate, joint_points(claim)),
        (_Candidate(point, on_border=closed) for point, closed in border_points(claim)),
        map(_Candidate, corner_points(claim)),
    ):
        values = candidate.point.values()
        if all(abs(part) <= reach for value in values for part in parts_of(value)):
            yield candidate


def _resonant(claim: Claim) -> Iterator[Point]:
    """Integers far out at which a wave is near to a quarter of its length."""
    if len(claim.on) == 1:
        ((v, domain),) = claim.on
        if isinstance(v, Symbol) and isinstance(domain, Integers):
            for k in resonances(claim, v, _RESONANCES, _RESONANT_BITS):
                yield {v: k}


def _of_large_size(claim: Claim) -> Iterator[Point]:
    """Sums and products of many terms, each variable besides at a simple place."""
    sizes = size_symbols(claim)
    depth = max(_depth(side) for side in (claim.lhs, claim.rhs))
    if len(sizes) != 1 or depth not in _SIZES:
        return
    try:
        places = {v: places_of(domain).special for v, domain in claim.on}
    except Indeterminate:
        return
    if all(places.values()):
        for size in _SIZES[depth]:
            clock = Clock(_FOR_A_SIZE, of_work=True)
            yield {v: size if v in sizes else places[v][min(2, len(places[v]) - 1)] for v in places}
            if not clock.left:
                return


def _depth(formula: Formula) -> int:
    """How many sums and products are inside of one another."""
    inner = max(map(_depth, formula.parts), default=0)
    return inner + isinstance(formula, Sum | Product)


def _in_balls(claim: Claim, bench: Bench, point: Point) -> Finding | None:
    """What balls of few bits say of the claim at a point, None where they do not decide."""
    bits = _BITS + 2 * max(
        (abs(part).numerator.bit_length() for value in point.values() for part in parts_of(value)),
        default=0,
    )
    with ctx.workprec(bits):
        try:
            frame = root_frame(point)
            one = evaluated(bench.compiler.compile(claim.lhs), frame)
            other = evaluated(bench.compiler.compile(claim.rhs), frame)
        except (Undefined, Indeterminate):
            return None
        same = isinstance(one, fmpq) and isinstance(other, fmpq) and one == other
        return related(one, claim.rel, other, same, 1, bits, bits)
