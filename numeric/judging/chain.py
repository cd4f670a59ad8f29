"""The verdict on one derivation: its claim, its steps as claims, every reason performed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from derivations.core.calculus import Derivative
from derivations.core.claim import Claim, ClaimError
from derivations.core.derivation import Derivation, Step, composed, implies
from derivations.core.formula import Formula, Item
from derivations.core.text import to_text
from derivations.proving.chains.carried import carried
from derivations.proving.prove import Proof
from derivations.proving.reasons import rejection
from numeric.evidence import Evidence, Report, StepEvidence, Verdict
from numeric.judging.compare import Bench
from numeric.judging.judge import check
from numeric.judging.rounding import with_ulps
from numeric.points.sample import points_of, walk_all

# A wrong proof of a step is looked for at so many of the special points; the claim itself is
# always asked at all points.
_POINTS_OF_A_PROVED_STEP = 40
# The same where each point takes a derivative by an element of an array.
_POINTS_OF_A_PROVED_SLOPE = 3


def judged(
    derivation: Derivation,
    known: Mapping[Claim, Verdict],
    *,
    digits: int = 50,
    points: int = 200,
    seed: int = 0,
) -> Report:
    """Judge a derivation: its claim, each pair of neighbouring lines, each reason, and the ends.

    `known` has the verdicts on the claims that it uses: a proved one may prove a step, and a
    derivation that rests on a claim which does not pass does not pass either. A claim whose every
    step is proved is proved by its chain.

    Errors: `numeric.judging.judge.ContradictionError` where a witness contradicts a proof.
    """
    start = time.perf_counter()
    claim = derivation.claim
    bench = Bench(points_of(claim, derivation.lines, seed), digits)
    options: dict[str, Any] = {"digits": digits, "points": points, "seed": seed}
    beside = tuple(used for used in used_claims(derivation) if used.id != claim.id)

    def is_proved(used: Claim) -> bool:
        return used in beside and known.get(used) is Verdict.PROVED

    steps: list[StepEvidence] = []
    before = claim.lhs
    for number, step in enumerate(derivation.steps, start=1):
        prover = _Prover(before, step, is_proved, beside)
        steps.append(_judged_step(claim, before, step, number, bench, prover, options))
        before = step.line
    problems = (*_problems(derivation), *_unfounded(derivation, known))
    proof = None if problems else _chained(steps)
    evidence = with_ulps(check(claim, bench=bench, proof=proof, **options), claim, bench)
    seconds = time.perf_counter() - start
    return Report(evidence, tuple(steps), uses_of(derivation), problems, seconds)


@dataclass(frozen=True, slots=True)
class _Prover:
    """Looks for the proof of a step by its reason."""

    before: Formula
    step: Step
    is_proved: Callable[[Claim], bool]
    beside: tuple[Claim, ...]

    def __call__(self, own: Claim) -> Proof | None:
        return carried(self.before, self.step, own, self.is_proved, self.beside)


def _chained(steps: Sequence[StepEvidence]) -> Proof | None:
    """The proof of a claim by a chain that has its ends and its relation."""
    if not steps or any(
        step.evidence.verdict is not Verdict.PROVED or step.rejection for step in steps
    ):
        return None
    conditions = dict.fromkeys(c for step in steps for c in step.evidence.conditions)
    return Proof("every step of the chain is proved", tuple(conditions))


def used_claims(derivation: Derivation) -> tuple[Claim, ...]:
    """The claims that the steps use, in order."""
    claims = (step.reason.claim for step in derivation.steps)
    return tuple(dict.fromkeys(claim for claim in claims if claim is not None))


def uses_of(derivation: Derivation) -> tuple[str, ...]:
    """Their ids."""
    return tuple(dict.fromkeys(claim.id for claim in used_claims(derivation)))


def _unfounded(derivation: Derivation, known: Mapping[Claim, Verdict]) -> tuple[str, ...]:
    """The claims that are used and do not pass."""
    return tuple(
        f"{derivation.id} uses {used.id}, which is {verdict}"
        for used in used_claims(derivation)
        if (verdict := known.get(used)) is not None and not verdict.is_pass
    )


def _judged_step(
    claim: Claim,
    before: Formula,
    step: Step,
    number: int,
    bench: Bench,
    prover: _Prover,
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
    evidence = check(own, bench=bench, points_if_proved=enough, prover=prover, **options)
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
