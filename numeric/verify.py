"""The verdict on a derivation: its claim, its steps as claims, every reason performed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from multiprocessing import get_context
from typing import Any

from pebble import ProcessPool

from derivations.core.calculus import Derivative
from derivations.core.claim import Claim, ClaimError
from derivations.core.derivation import Derivation, Step, composed, implies
from derivations.core.formula import Formula, Item
from derivations.core.text import to_text
from derivations.proving.prove import Proof
from derivations.proving.reasons import rejection
from numeric.compare import Bench
from numeric.evidence import Evidence, Report, StepEvidence, Verdict
from numeric.judge import check
from numeric.rounding import with_ulps
from numeric.sample import points_of, walk_all

# A wrong proof of a step is looked for at so many of the special points; the claim itself is
# always asked at all points.
_POINTS_OF_A_PROVED_STEP = 40
# The same where each point takes a derivative by an element of an array.
_POINTS_OF_A_PROVED_SLOPE = 3


def verify(derivation: Derivation, *, digits: int = 50, points: int = 200, seed: int = 0) -> Report:
    """Judge a derivation: its claim, each pair of neighbouring lines, each reason, and the ends.

    A claim whose every step is proved is proved by its chain.

    Errors: `numeric.judge.ContradictionError` where a witness contradicts a proof.
    """
    start = time.perf_counter()
    claim = derivation.claim
    bench = Bench(points_of(claim, derivation.lines, seed), digits)
    options: dict[str, Any] = {"digits": digits, "points": points, "seed": seed}
    steps: list[StepEvidence] = []
    before = claim.lhs
    for number, step in enumerate(derivation.steps, start=1):
        steps.append(_judged_step(claim, before, step, number, bench, options))
        before = step.line
    problems = _problems(derivation)
    proof = None if problems else _chained(steps)
    evidence = with_ulps(check(claim, bench=bench, proof=proof, **options), claim, bench)
    seconds = time.perf_counter() - start
    return Report(evidence, tuple(steps), uses_of(derivation), problems, seconds)


def _chained(steps: Sequence[StepEvidence]) -> Proof | None:
    """The proof of a claim by a chain that has its ends and its relation."""
    if not steps or any(
        step.evidence.verdict is not Verdict.PROVED or step.rejection for step in steps
    ):
        return None
    conditions = dict.fromkeys(c for step in steps for c in step.evidence.conditions)
    return Proof("every step of the chain is proved", tuple(conditions))


def uses_of(derivation: Derivation) -> tuple[str, ...]:
    """The ids of the claims that the steps use, in order."""
    claims = (step.reason.claim for step in derivation.steps)
    return tuple(dict.fromkeys(claim.id for claim in claims if claim is not None))


def _judged_step(
    claim: Claim,
    before: Formula,
    step: Step,
    number: int,
    bench: Bench,
    options: dict[str, Any],
) -> StepEvidence:
    name = f"{claim.id}.step-{number}"
    note = step.reason.note or step.reason.theory
    try:
        own = Claim(name, before, step.rel, step.line, on=claim.domains, where=claim.where)
    except ClaimError as error:
        unknown = Evidence(name, Verdict.UNKNOWN, reason=str(error))
        return StepEvidence(number, note, unknown, message=f"{claim.id}, step {number}: {error}")
    slopes = any(map(_is_slope, (*walk_all(before), *walk_all(step.line))))
    enough = _POINTS_OF_A_PROVED_SLOPE if slopes else _POINTS_OF_A_PROVED_STEP
    evidence = check(own, bench=bench, points_if_proved=enough, **options)
    rejected = rejection(before, step, claim) or ""
    plain = StepEvidence(number, note, evidence, rejected)
    return replace(plain, message=_message(claim, before, step, plain))


def _is_slope(node: Formula) -> bool:
    return isinstance(node, Derivative) and isinstance(node.variable, Item)


def _message(claim: Claim, before: Formula, step: Step, found: StepEvidence) -> str:
    """The complaint about a step: where, why, both lines and a witness; empty when it passes."""
    if found.accepted:
        return ""
    evidence, where = found.evidence, f"{claim.id}, step {found.number} ({found.note})"
    lines = [to_text(before), to_text(step.line)]
    width = max(map(len, lines))
    parts: list[str] = []
    if evidence.verdict is Verdict.REFUTED and evidence.witness is not None:
        at = f" at {evidence.witness}" if evidence.witness.point else ""
        head = f"{where} is refuted{at}:"
        values = (evidence.witness.lhs, evidence.witness.rhs)
        shown = [
            f"    {line.ljust(width)} = {value}" for line, value in zip(lines, values, strict=True)
        ]
        parts.append("\n".join([head, *shown]))
        if step.rel != "=":
            parts.append(f"    the step says: first {step.rel} second")
        if "undefined" in evidence.reason:
            parts.append(f"    {evidence.reason}")
    elif evidence.verdict is Verdict.UNKNOWN:
        parts.append(f"{where} is unknown: {evidence.reason}")
        parts += [f"    {lines[0]}", f"    {step.rel} {lines[1]}"]
    if found.rejection:
        parts.append(f"{where}: the reason does not carry the step: {found.rejection}")
        if len(parts) == 1:
            parts += [f"    {lines[0]}", f"    {step.rel} {lines[1]}"]
    return "\n".join(parts)


def _problems(derivation: Derivation) -> tuple[str, ...]:
    """What is wrong with the chain as a whole: its ends, its relations, its use of itself."""
    claim, steps = derivation.claim, derivation.steps
    if not steps:
        return ()
    found: list[str] = []
    if steps[-1].line != claim.rhs:
        found.append(
            f"{claim.id}: the last line is {steps[-1].line}, the claim ends in {claim.rhs}"
        )
    got = composed(tuple(step.rel for step in steps))
    if not implies(got, claim.rel):
        found.append(f"{claim.id}: the steps give {got or 'nothing'}, not {claim.rel}")
    if claim.id in uses_of(derivation):
        found.append(f"{claim.id} uses itself")
    return tuple(found)


# ------------------------------------------------------------------------------- many at once

# What the workers see: they are forked after it is set, so that nothing has to be pickled.
_work: Sequence[Derivation] = ()
_options: dict[str, int] = {}


def verify_all(
    derivations: Sequence[Derivation],
    *,
    jobs: int = 1,
    digits: int = 50,
    points: int = 200,
    seed: int = 0,
) -> Iterator[Report]:
    """The reports of many derivations, in their order, as they become known.

    `jobs` processes work at once; the reports do not depend on how many.

    Errors: `ClaimError` where claims use each other in a circle.
    """
    refuse_circles(derivations)
    options = {"digits": digits, "points": points, "seed": seed}
    if jobs <= 1 or len(derivations) <= 1:
        for derivation in derivations:
            yield verify(derivation, **options)
        return
    global _work, _options
    _work, _options = derivations, options
    # What every worker needs is imported once, before they are forked.
    import_module("numeric.ulp")
    pool = ProcessPool(max_workers=jobs, context=get_context("fork"))
    try:
        yield from pool.map(_verified, range(len(derivations)), chunksize=1).result()
        pool.close()  # type: ignore[no-untyped-call]
    except BaseException:
        # Whoever interrupts, or reads no further, does not wait for what is under way.
        pool.stop()  # type: ignore[no-untyped-call]
        raise
    finally:
        pool.join()


def _verified(number: int) -> Report:
    return verify(_work[number], **_options)


def refuse_circles(derivations: Sequence[Derivation]) -> None:
    """Errors: `ClaimError` naming a circle, where claims rest on each other."""
    uses = {derivation.id: uses_of(derivation) for derivation in derivations}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circle = " -> ".join((*path[path.index(name) :], name))
            raise ClaimError(f"claims use each other in a circle: {circle}")
        if name in done:
            return
        for other in uses.get(name, ()):
            visit(other, (*path, name))
        done.add(name)

    for name in uses:
        visit(name, ())
