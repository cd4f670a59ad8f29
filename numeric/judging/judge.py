"""The verdict on a claim: the ladder of proof, refutation at a witness, and consistency."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from derivations.core.claim import Claim
from derivations.core.domain import Complexes
from derivations.core.formula import Symbol
from derivations.proving.chains.carried import attempt
from derivations.proving.prove import Proof
from numeric.balls.values import Point, Value, Variable
from numeric.deadline import Clock, within
from numeric.evidence import Evidence, Verdict, Witness
from numeric.hunting.hunt import hunted
from numeric.hunting.touching import touching_points
from numeric.judging.compare import Bench
from numeric.judging.findings import Finding, Outcome, is_near
from numeric.judging.undecided import may_hide, told_apart
from numeric.judging.witness import shrunk
from numeric.points.arranged import Condition
from numeric.points.crossings import crossing
from numeric.points.exhaust import suspects
from numeric.points.holes import excluding, is_hole
from numeric.points.inside import is_inside
from numeric.points.minima import valleys
from numeric.points.sample import domain_size, is_enumerated, points_of, size_symbols

# So many points are tried for each effective one that is wanted.
_TRIES = 4
# What is proved is asked at one in so many points where each takes a quadrature, a series or a
# limit, and at no fewer than these: the points are a second line of defence there. What is not
# proved is asked at all of them.
_COSTLY_IF_PROVED = 20
_COSTLY_LEAST_IF_PROVED = 2
# Under a limit of time: so many points come before the proof, in at most this part of the time,
# and the proof in at most this part of the rest.
_FIRST_POINTS = 12
_FOR_FIRST_POINTS = 0.4
_FOR_A_PROOF = 0.5
# No point may take more work than this part of the time; one with a quadrature or series, this.
_FOR_A_POINT = 0.02
_FOR_A_COSTLY_POINT = 0.2
# The members of a small domain are all looked at, in so many seconds.
_FOR_EVERY_MEMBER = 1.0
# So many sizes are named in the evidence.
_SIZES_NAMED = 16


class ContradictionError(RuntimeError):
    """A claim has both a proof and a witness against it: one of our own checkers is wrong."""


@dataclass(slots=True)
class Tally:
    """What the points of a domain said, taken together."""

    wanted: int = 0
    tried: int = 0
    effective: int = 0
    silent: int = 0
    doubtful: int = 0
    hurried: bool = False  # a point was given up because it took too long
    hard: str = ""  # one of them at which the claim may be false, such as an end of the domain
    exhausted: bool = False
    doubt: str = ""
    doubtful_point: Point = field(default_factory=dict)
    worst_bits: int | None = None
    worst_point: Point = field(default_factory=dict)
    failure: Finding | None = None
    witness: Point = field(default_factory=dict)


def check(
    claim: Claim,
    *,
    digits: int = 50,
    points: int = 200,
    seed: int = 0,
    bench: Bench | None = None,
    points_if_proved: int | None = None,
    proof: Proof | None = None,
    prover: Callable[[Claim], Proof | None] | None = None,
    seconds: float | None = None,
) -> Evidence:
    """Judge one claim.

    `digits` is how closely equal sides must agree, `points` how many effective points are wanted,
    `seed` which ones. `bench` shares points and evaluations between claims on one domain.
    A proof needs no points; they are asked all the same, to catch a wrong proof, but no more than
    `points_if_proved` of them, and at a twentieth of these where each takes a quadrature, a series
    or a limit. (What is not proved is asked at all `points`.) None is looked for where the caller
    has a `proof` already; `prover` looks for one.

    `seconds` is a soft limit of time: what was found until then is judged, and the evidence is
    marked as `limited` where more time might have found more. A few points are asked first then,
    so that what is cheap to refute is refuted at once, and no more than half of the time is spent
    on a proof.

    Errors: `ContradictionError` where a witness contradicts a proof.

    >>> from derivations.core import Reals, symbol
    >>> x = symbol("x")
    >>> check(Claim("wrong", x + x, "=", 3 * x, on={x: Reals})).verdict.value
    'refuted'
    """
    start = time.perf_counter()
    clock = Clock(seconds)
    if bench is None:
        bench = Bench(points_of(claim, seed=seed), digits)
    bench.compiler.complex_variables = _complex_variables(claim)
    costly = bench.is_costly(claim.lhs, claim.rhs)
    tally = Tally()
    limited = unproved = False
    part = _FOR_A_COSTLY_POINT if costly else _FOR_A_POINT
    for_each = clock.share(max(part, 1 / (domain_size(claim) or 1 / part)))
    if seconds is not None:
        with within(clock.share(_FOR_FIRST_POINTS)) as first:
            tallied(claim, bench, min(points, _FIRST_POINTS), tally, for_each)
        if first.ended and tally.failure is None:
            # What draws the points may have been interrupted: it would seem exhausted.
            bench, tally = Bench(points_of(claim, seed=seed), digits), Tally()
            bench.compiler.complex_variables = _complex_variables(claim)
    if proof is None and tally.failure is None:
        with within(clock.share(_FOR_A_PROOF)) as proving:
            proof = (prover or attempt)(claim)
        unproved = proving.ended and proof is None
    if proof is not None and points_if_proved is not None:
        points = min(points, points_if_proved)
    if costly and proof is not None:
        points = max(min(points, _COSTLY_LEAST_IF_PROVED), points // _COSTLY_IF_PROVED)
    with within(clock.left) as asking:
        tallied(claim, bench, points, tally, for_each, proof is not None)
    found: Evidence | None = None
    if not asking.ended:
        with within(clock.left):
            found = _judged(claim, tally, proof, bench, digits, seed)
    if found is None:
        found = _judged(claim, tally, proof, bench, digits, seed, hurried=True)
        limited = True
    match found.verdict:
        case Verdict.CONSISTENT:  # enough points were effective, whatever others took too long
            limited |= unproved
        case Verdict.UNKNOWN:
            limited |= unproved or asking.ended or tally.hurried
    return replace(found, limited=limited, seconds=time.perf_counter() - start)


def _complex_variables(claim: Claim) -> frozenset[Symbol]:
    return frozenset(v for v, d in claim.on if isinstance(v, Symbol) and isinstance(d, Complexes))


def tallied(
    claim: Claim,
    bench: Bench,
    points: int,
    tally: Tally,
    for_each: float | None = None,
    proved: bool = False,
) -> None:
    """Ask the points of the bench from where the tally stands, until `points` of them were
    effective or one refutes; none for longer than `for_each` seconds."""
    size = domain_size(claim)
    tally.wanted = points if size is None else min(points, size)
    number = tally.tried
    while (
        tally.failure is None and tally.effective < tally.wanted and number < _TRIES * tally.wanted
    ):
        point = bench.point(number)
        if point is None:
            tally.exhausted = is_enumerated(claim)
            tally.doubt = tally.doubt or bench.trouble
            break
        finding = Finding(Outcome.DOUBTFUL, "a value takes too long")
        with within(for_each, of_work=True) as asking:
            finding = bench.finding(claim.lhs, claim.rel, claim.rhs, number, proved)
        tally.hurried |= asking.ended
        number += 1
        tally.tried = number
        match finding.outcome:
            case Outcome.FAILS:
                tally.witness = point
                tally.failure = finding
            case Outcome.HOLDS:
                tally.effective += 1
                if tally.worst_bits is None or finding.bits < tally.worst_bits:
                    tally.worst_bits, tally.worst_point = finding.bits, point
            case Outcome.SILENT:
                tally.silent += 1
            case Outcome.DOUBTFUL:
                # Where only the second opinion is missing, the balls hide nothing.
                tally.doubtful += not finding.bits
                if not asking.ended and not tally.hard and may_hide(claim, bench, point, finding):
                    told = told_apart(claim, bench, point) if is_near(finding) else None
                    if told is None:
                        tally.hard = f"{described(point)}: {finding.reason}"
                    elif told.outcome is Outcome.FAILS:
                        tally.witness, tally.failure = point, told
                if not tally.doubt:
                    tally.doubt, tally.doubtful_point = finding.reason, point


def _judged(
    claim: Claim,
    tally: Tally,
    proof: Proof | None,
    bench: Bench,
    digits: int,
    seed: int,
    hurried: bool = False,
) -> Evidence:
    """What the tally says. Nothing is evaluated any more when `hurried`."""

    def evidence(
        verdict: Verdict,
        method: str,
        reason: str = "",
        witness: Witness | None = None,
        conditions: tuple[str, ...] = (),
    ) -> Evidence:
        bits = tally.worst_bits
        return Evidence(
            claim.id,
            verdict,
            method,
            digits,
            tally.tried,
            tally.effective,
            described(tally.worst_point) if bits else "",
            _error(bits) if bits and claim.rel == "=" else "",
            witness,
            conditions,
            sizes=sizes_of(claim, bench, tally.tried),
            reason=reason,
            seed=seed,
        )

    if tally.failure is not None:
        point, finding = tally.witness, tally.failure
        if not hurried:
            point, finding = shrunk(claim, point, finding, bench)
        witness = Witness(as_text(point), finding.lhs, finding.rhs)
        if proof is not None:
            raise ContradictionError(
                f"{claim} has a proof ({proof.method}) and a witness against it: {witness}, "
                f"left side {finding.lhs}, right side {finding.rhs}"
            )
        reason = finding.reason or f"the left side is {finding.lhs}, the right side {finding.rhs}"
        method = "disjoint enclosures at a witness"
        if not is_hole(finding):
            return evidence(Verdict.REFUTED, method, reason, witness)
        condition = None if hurried else excluding(claim, point, bench)
        if condition is not None:
            reason = f'{reason}; "where": "{condition}" would exclude the point'
        found = evidence(Verdict.REFUTED, "exactly one side is undefined", reason, witness)
        return replace(found, excluding="" if condition is None else str(condition))
    # What says nothing at every point that was found, or has none, is not worth a proof.
    if proof is not None and tally.tried > tally.silent:
        return evidence(Verdict.PROVED, proof.method, conditions=proof.conditions)
    complete = tally.exhausted and tally.effective + tally.silent == tally.tried
    # A few hard points are left out; where every third one is hard, or an end that belongs to the
    # domain (a series may diverge there), something may be hidden.
    clear = tally.effective > 2 * tally.doubtful and not tally.hard
    if clear and not hurried and (tally.effective >= tally.wanted or complete):
        hidden = _in_a_valley(claim, tally, bench)
        if not complete and not bench.is_costly(claim.lhs, claim.rhs):
            with within(_FOR_EVERY_MEMBER, of_work=True):
                _among_the_rest(claim, tally, bench)
        if tally.failure is None:
            undecided = _hunted(claim, tally, bench)
            hidden = hidden or undecided
        if tally.failure is not None:
            return _judged(claim, tally, proof, bench, digits, seed)
        hidden = hidden or crossing(claim, bench, tally.tried)
        if hidden:
            return evidence(Verdict.UNKNOWN, "", hidden)
        method = f"Arb and mpmath at {tally.effective} points"
        return evidence(Verdict.CONSISTENT, method)
    if not hurried and (not tally.tried or tally.tried > tally.silent):
        _hunted(claim, tally, bench)
        if tally.failure is not None:
            return _judged(claim, tally, proof, bench, digits, seed)
    return evidence(Verdict.UNKNOWN, "", _why_unknown(tally, hurried))


def _in_a_valley(claim: Claim, tally: Tally, bench: Bench) -> str:
    """Ask where the sides of an inequality come nearest; what may be hidden there, if anything."""
    hidden = ""
    for valley in valleys(claim, bench, tally.tried):
        finding = bench.finding_at(claim.lhs, claim.rel, claim.rhs, valley.point)
        if finding.outcome is Outcome.FAILS:
            tally.witness, tally.failure = valley.point, finding
            return ""
        if valley.touches and claim.rel in {"<", ">"}:
            for point in touching_points(claim, bench.compiler, valley.point):
                if not _is_allowed(claim, point):
                    continue
                finding = bench.finding_at(claim.lhs, claim.rel, claim.rhs, point)
                if finding.outcome is Outcome.FAILS:
                    tally.witness, tally.failure = point, finding
                    return ""
            hidden = f"the sides are nearly equal at {described(valley.point)}, and may meet there"
    return hidden


def _is_allowed(claim: Claim, point: Point) -> bool:
    domains = claim.domains
    inside = all(is_inside(value, domains[v]) for v, value in point.items())
    return inside and Condition(claim.where).holds(point)


def _hunted(claim: Claim, tally: Tally, bench: Bench) -> str:
    """Ask where no sample leads; what is not decided there, if anything."""
    prey = hunted(claim, bench)
    if prey is None:
        return ""
    if prey.finding.outcome is Outcome.FAILS:
        tally.witness, tally.failure = prey.point, prey.finding
        return ""
    return f"not decided at {described(prey.point)}: {prey.finding.reason}"


def _among_the_rest(claim: Claim, tally: Tally, bench: Bench) -> None:
    """Ask the members of a small domain that a glance throws doubt upon."""
    for point in () if tally.failure is not None else suspects(claim):
        finding = bench.finding_at(claim.lhs, claim.rel, claim.rhs, point)
        if finding.outcome is Outcome.FAILS:
            tally.witness, tally.failure = point, finding
            return


def _why_unknown(tally: Tally, hurried: bool = False) -> str:
    if hurried:
        return f"out of time: {tally.effective} of {tally.wanted} points were effective until then"
    if not tally.tried:
        return "no point of the domain was found" + (f": {tally.doubt}" if tally.doubt else "")
    place = described(tally.doubtful_point)
    why = f"; at {place}: {tally.doubt}" if place else f": {tally.doubt}" if tally.doubt else ""
    if tally.silent == tally.tried:
        return f"both sides are undefined at all of {tally.tried} points"
    if not tally.effective:
        return f"none of {tally.tried} points was effective{why}"
    if tally.hard and tally.effective >= tally.wanted:
        return f"a point at which the claim may be false was not decided; at {tally.hard}"
    if tally.effective >= tally.wanted:
        return f"{tally.doubtful} of {tally.tried} points were not decided{why}"
    return f"only {tally.effective} of {tally.wanted} points were effective{why}"


def _error(bits: int) -> str:
    """An upper bound on an error of so many bits, as a power of ten."""
    return f"1e-{int(bits * 0.30103)}"


def sizes_of(claim: Claim, bench: Bench, tried: int) -> tuple[str, ...]:
    """The instances of the symbolic sizes that were tried, as text."""
    names = size_symbols(claim)
    if not names:
        return ()
    found: dict[str, None] = {}
    for number in range(tried):
        if len(found) >= _SIZES_NAMED:
            break
        point = bench.point(number)
        if point is not None:
            found[", ".join(f"{name} = {point[name]}" for name in names)] = None
    return tuple(found)


def as_text(point: Point) -> tuple[tuple[str, str], ...]:
    return tuple((_name(variable), _text(value)) for variable, value in point.items())


def described(point: Point) -> str:
    """A point on one line, `x = -2, y = 1/3`."""
    return ", ".join(f"{name} = {value}" for name, value in as_text(point))


def _name(variable: Variable) -> str:
    return variable.name


def _text(value: Value) -> str:
    if isinstance(value, tuple):
        return "(" + ", ".join(map(_text, value)) + ")"
    return str(value)
