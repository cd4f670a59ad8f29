"""'Did you mean ...?': a claim close to a refuted one that holds.

What differs by a constant factor or summand is mended by it; else every slip in a single place is
tried (see `numeric.judging.edits`). A candidate is compared at a few points first, and is proposed
only when `check` finds it proved or consistent.

>>> from derivations.core import Claim, Reals, cos, sin, symbol
>>> x = symbol("x")
>>> wrong = Claim("double", sin(2 * x), "=", 2 * sin(x) * sin(x), on={x: Reals})
>>> repair(wrong).statement
sin(2*x) = 2*cos(x)*sin(x)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain, islice
from typing import Any, Final

from flint import acb, arb, ctx, fmpq

from derivations.core.calculus import D
from derivations.core.claim import Claim, ClaimError
from derivations.core.domain import Interval
from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Div,
    Formula,
    FormulaError,
    Neg,
    Number,
    Relation,
    Symbol,
    add,
    as_formula,
    num,
)
from derivations.core.functions import Abs
from derivations.core.substitute import free_names
from numeric.balls.enclose import evaluated
from numeric.balls.frames import Frame, root_frame
from numeric.balls.values import Indeterminate, Infinity, Undefined, ball
from numeric.deadline import Clock, within
from numeric.evidence import Evidence, Verdict
from numeric.judging.compare import Bench
from numeric.judging.edits import RANKS, edits, opposite
from numeric.judging.judge import check
from numeric.points.places import rational_of
from numeric.points.sample import points_of
from numeric.reference.recognise import factor, summand

# The points at which candidates are compared first: behind the most special ones.
_POINTS: Final = 5
_FROM: Final = 9
_BITS: Final = 400
# A value with fewer certain bits tells nothing.
_CERTAIN: Final = 60
# So many slips are tried where a value is cheap, and where it takes a quadrature or a series.
_MOST_EDITS: Final = 1500
_MOST_COSTLY_EDITS: Final = 60
# So many candidates that pass the first comparison are judged.
_MOST_JUDGED: Final = 3
# No more than this is spent, whatever limit the claim has.
_MOST_SECONDS: Final = 3.0


def with_repair(claim: Claim, evidence: Evidence, clock: Clock) -> Evidence:
    """The evidence for a refuted claim with what was meant, if that is found in the time left."""
    if evidence.verdict is not Verdict.REFUTED or evidence.excluding:
        return evidence
    hurried = clock.left is not None and clock.left < _MOST_SECONDS
    left = clock.left if hurried else _MOST_SECONDS
    mended: Claim | None = None
    with within(left) as trying:
        mended = repair(claim, digits=evidence.digits, seed=evidence.seed)
    if mended is None:
        return replace(evidence, limited=evidence.limited or (hurried and trying.ended))
    return replace(evidence, did_you_mean=str(mended.statement))


def repair(claim: Claim, *, digits: int = 50, points: int = 60, seed: int = 0) -> Claim | None:
    """A claim that differs from a false one in little, and is proved or consistent; None where
    none is found."""
    judged = 0
    for statement in _candidates(claim, seed):
        try:
            mended = Claim(
                claim.id,
                statement.lhs,
                statement.rel,
                statement.rhs,
                on=claim.domains,
                where=claim.where,
            )
        except ClaimError:
            continue
        if check(mended, digits=digits, points=points, seed=seed).verdict.is_pass:
            return mended
        judged += 1
        if judged == _MOST_JUDGED:
            break
    return None


def _candidates(claim: Claim, seed: int) -> Iterator[Relation]:
    if claim.rel != "=":
        yield from _other_relations(claim)
        return
    trial = _Trial.of(claim, seed)
    if trial is None:
        return
    constant = trial.constant()
    if constant is not None and constant.simple:
        yield constant.statement
    left = _MOST_COSTLY_EDITS if trial.costly else _MOST_EDITS
    for statement in _slips(claim, None if constant is None else constant.statement):
        if statement is not None and statement.lhs != statement.rhs:
            left -= 1
            if trial.agree(statement.lhs, statement.rhs):
                yield statement
        if not left:
            return


def _other_relations(claim: Claim) -> Iterator[Relation]:
    """The other relations that may have been meant: `<=` for `<`, and the other way round."""
    others = {"<": ("<=", ">", ">="), ">": (">=", "<", "<="), "<=": (">=",), ">=": ("<=",)}
    for rel in others.get(claim.rel, ()):
        yield Relation(claim.lhs, rel, claim.rhs)


def _slips(claim: Claim, by_a_constant: Relation | None) -> Iterator[Relation | None]:
    """The claim with one slip mended, the likeliest first."""
    lhs, rhs = claim.lhs, claim.rhs

    def edited(rank: int) -> Iterator[Relation]:
        yield from (Relation(lhs, "=", side) for side in edits(rhs, rank))
        yield from (Relation(side, "=", rhs) for side in edits(lhs, rank))

    signs, names, numbers, *others = map(edited, RANKS)
    variables = [
        variable
        for variable, domain in claim.on
        if isinstance(variable, Symbol) and isinstance(domain, Interval)
    ]
    yield from signs
    yield from names
    for variable in variables:
        if variable in free_names(rhs):
            yield Relation(lhs, "=", D(rhs, variable))
        if variable in free_names(lhs):
            yield Relation(D(lhs, variable), "=", rhs)
    yield Relation(lhs, "=", Abs(rhs))
    yield Relation(Abs(lhs), "=", rhs)
    if not claim.on:  # the constant says it all
        yield by_a_constant
    yield from numbers
    yield by_a_constant
    for more in others:
        yield from more
    for variable in variables:
        yield Relation(lhs, "=", variable * rhs)
        yield Relation(lhs, "=", rhs / variable)


@dataclass(frozen=True, slots=True)
class _Constant:
    """A statement mended by a constant; `simple` when that is a sign."""

    statement: Relation
    simple: bool


@dataclass(frozen=True, slots=True)
class _Trial:
    """A few points of a domain, and what both sides of a claim are there."""

    claim: Claim
    bench: Bench
    frames: tuple[Frame, ...]
    costly: bool

    @staticmethod
    def of(claim: Claim, seed: int) -> _Trial | None:
        bench = Bench(points_of(claim, seed=seed))
        costly = bench.is_costly(claim.lhs, claim.rhs)
        with ctx.workprec(_BITS):
            numbers = islice(chain(range(_FROM, 40), range(_FROM)), 40)
            drawn = [bench.point(number) for number in range(40)]
            points = [drawn[number] for number in numbers if drawn[number] is not None]
            frames: list[Frame] = []
            for point in points:
                if point is None:
                    continue
                frame = root_frame(point)
                sides = [_value(side, bench, frame) for side in (claim.lhs, claim.rhs)]
                if all(side is not None and side != 0 for side in sides):
                    frames.append(frame)
                if len(frames) == (2 if costly else _POINTS):
                    break
        return _Trial(claim, bench, tuple(frames), costly) if frames else None

    def agree(self, lhs: Formula, rhs: Formula) -> bool:
        """Whether two formulas cannot be told apart at the points, and are certain there."""
        with ctx.workprec(_BITS):
            for frame in self.frames:
                left, right = (_value(side, self.bench, frame) for side in (lhs, rhs))
                if left is None or right is None or not (left - right).contains(0):
                    return False
        return True

    def constant(self) -> _Constant | None:
        """The claim with a constant factor or summand on its right, where it needs one."""
        with ctx.workprec(_BITS):
            values = [
                [_value(side, self.bench, frame) for side in (self.claim.lhs, self.claim.rhs)]
                for frame in self.frames
            ]
            if not self.claim.on:
                value = _common([values[0][0]])
                found = None if value is None else factor(value)
                if found is not None:
                    return _Constant(Relation(self.claim.lhs, "=", found), False)
            ratio = _common([left / right for left, right in values])
            if ratio is not None:
                found = factor(ratio)
                if found is not None:
                    return self._times(found)
            difference = _common([left - right for left, right in values])
            found = None if difference is None else summand(difference)
        if found is None or (self.claim.on and len(self.frames) < 2):
            return None
        return _Constant(Relation(self.claim.lhs, "=", _plus(self.claim.rhs, found)), False)

    def _times(self, found: Formula) -> _Constant:
        lhs, rhs = self.claim.lhs, self.claim.rhs
        if found == num(-1):
            if isinstance(lhs, Neg) and not isinstance(rhs, Neg):
                return _Constant(Relation(opposite(lhs), "=", rhs), True)
            return _Constant(Relation(lhs, "=", opposite(rhs)), True)
        if rhs == ONE:
            return _Constant(Relation(lhs, "=", found), False)
        match found:
            case Div(numerator=Number(value=top), denominator=under):
                whole = rhs if top == 1 else top * rhs
                return _Constant(Relation(lhs, "=", whole / under), False)
        return _Constant(Relation(lhs, "=", found * rhs), False)


def _plus(formula: Formula, constant: Formula) -> Formula:
    """The sum, with numbers put together: x + 1 and -1 make x."""
    if formula == ZERO:
        return constant
    terms = formula.args if isinstance(formula, Add) else (formula,)
    number = rational_of(constant)
    numbers = [rational_of(term) for term in terms]
    places = [place for place, known in enumerate(numbers) if known is not None]
    if number is None or not places:
        return formula + constant
    known = numbers[places[0]]
    assert known is not None
    left = [term for place, term in enumerate(terms) if place != places[0]]
    if number + known or not left:
        left.append(as_formula(number + known))
    return reduce(add, left)


def _common(values: list[Any]) -> arb | None:
    """The real value that all are, as far as the balls tell."""
    first = values[0]
    for value in values:
        if isinstance(value, acb) and not value.imag.contains(0):
            return None
        if not (value - first).contains(0):
            return None
    real = first.real if isinstance(first, acb) else first
    return real if real.is_finite() else None


def _value(formula: Formula, bench: Bench, frame: Frame) -> Any:
    """A certain value as a ball, or None."""
    try:
        value = evaluated(bench.compiler.compile(formula), frame)
    except (Undefined, Indeterminate, FormulaError):
        return None
    if isinstance(value, Infinity | Undefined | Indeterminate):
        return None
    if not isinstance(value, fmpq) and value.rel_accuracy_bits() < _CERTAIN:
        return None
    return ball(value)
