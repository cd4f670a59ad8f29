"""What was found out about a claim, and how. Plain data: it travels between processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from math import inf


class Verdict(Enum):
    """Exactly these four words."""

    PROVED = "proved"
    CONSISTENT = "consistent"
    REFUTED = "refuted"
    UNKNOWN = "unknown"

    def __str__(self) -> str:
        return self.value

    @property
    def is_pass(self) -> bool:
        """Proved and consistent pass; unknown is never a pass."""
        return self in {Verdict.PROVED, Verdict.CONSISTENT}


@dataclass(frozen=True, slots=True)
class Witness:
    """A point at which a claim fails, with the values of its two sides, all as text."""

    point: tuple[tuple[str, str], ...]
    lhs: str
    rhs: str

    def __str__(self) -> str:
        return ", ".join(f"{name} = {value}" for name, value in self.point)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verdict with how it was reached.

    `points` were tried and at `effective_points` of them both evaluations decided; `worst_point`
    is where they decided least narrowly, to within a relative (or, near 0, absolute)
    `worst_error`. `conditions` are the side conditions of a proof, discharged on the domain.
    `max_ulp` is the largest error of a side's compiled float64 function in units in the last
    place, at `max_ulp_point`: information, never a verdict. `sizes` are the instances that a
    symbolic size was given. `limited` means that a limit of time was met on the way: with more
    time another verdict might have been found. `did_you_mean` is a claim close to a refuted one,
    which was judged proved or consistent itself. `excluding` is the condition that would exclude
    the witness, where it is an isolated point at which exactly one side is undefined;
    `exceptions` are such points that were left out on request, each with its condition.
    """

    id: str
    verdict: Verdict
    method: str = ""
    digits: int = 50
    points: int = 0
    effective_points: int = 0
    worst_point: str = ""
    worst_error: str = ""
    witness: Witness | None = None
    conditions: tuple[str, ...] = ()
    max_ulp: float | None = None
    max_ulp_point: str = ""
    not_compiled: str = ""
    sizes: tuple[str, ...] = ()
    reason: str = ""
    seconds: float = 0.0
    seed: int = 0
    limited: bool = False
    did_you_mean: str = ""
    excluding: str = ""
    exceptions: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, object]:
        """The object of the `claims` list of a JSON document."""
        witness = self.witness
        return {
            "id": self.id,
            "verdict": self.verdict.value,
            "method": self.method,
            "digits": self.digits,
            "points": self.points,
            "effective_points": self.effective_points,
            "worst_point": self.worst_point or None,
            "worst_error": self.worst_error or None,
            "witness": None if witness is None else dict(witness.point),
            "lhs": None if witness is None else witness.lhs,
            "rhs": None if witness is None else witness.rhs,
            "conditions": list(self.conditions),
            # JSON has no infinity: an overflow of the float64 function is the text "inf".
            "max_ulp": "inf" if self.max_ulp == inf else self.max_ulp,
            "max_ulp_point": self.max_ulp_point or None,
            "not_compiled": self.not_compiled or None,
            "sizes": list(self.sizes),
            "reason": self.reason,
            "seconds": round(self.seconds, 3),
            "seed": self.seed,
        }


@dataclass(frozen=True, slots=True)
class StepEvidence:
    """What was found out about a step: its two lines as a claim, and its reason.

    `rejection` says why the reason does not carry the step; it is empty when it does.
    `message` is the whole complaint, empty for a step that passes.
    """

    number: int
    note: str
    evidence: Evidence
    rejection: str = ""
    message: str = ""

    @property
    def accepted(self) -> bool:
        return self.evidence.verdict.is_pass and not self.rejection

    def as_json(self) -> dict[str, object]:
        return {
            **self.evidence.as_json(),
            "step": self.number,
            "note": self.note,
            "rejection": self.rejection,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class KernelNote:
    """The certificate of the code that `derivations kernel` makes of a result, in brief.

    `max_ulp` is its largest error in units in the last place, at `worst`; where the terms cancel,
    `max_conditioned` bounds it in units of 1 + condition number. `verdict` is that on
    `result = computed_as`. Where an argument is a row, `worst` has all its numbers.
    """

    computed_as: str
    verdict: str
    max_ulp: float
    max_conditioned: float
    worst: tuple[tuple[str, float | tuple[float, ...]], ...]
    points: int
    searched: int
    seed: int
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The evidence for a derivation: its claim, its steps, the claims that it uses, by id; the
    certificate of its kernel, where one was asked for."""

    claim: Evidence
    steps: tuple[StepEvidence, ...] = ()
    uses: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    seconds: float = 0.0
    kernel: KernelNote | None = None

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def verdict(self) -> Verdict:
        """Refuted if the claim or a step is; unknown if one is, or a reason is rejected; proved if
        the claim is, directly or by a chain of proved steps; else consistent."""
        verdicts = [self.claim.verdict, *(step.evidence.verdict for step in self.steps)]
        if Verdict.REFUTED in verdicts:
            return Verdict.REFUTED
        rejected = any(step.rejection for step in self.steps)
        if Verdict.UNKNOWN in verdicts or rejected or self.problems:
            return Verdict.UNKNOWN
        return self.claim.verdict

    @property
    def messages(self) -> tuple[str, ...]:
        """Every complaint, in reading order; none when the derivation passes."""
        own = () if self.claim.verdict.is_pass else (complaint(self.claim),)
        return (*own, *self.problems, *(step.message for step in self.steps if step.message))

    def as_json(self) -> dict[str, object]:
        """The claim's object with the verdict of the whole derivation, and its steps."""
        return {
            **self.claim.as_json(),
            "verdict": self.verdict.value,
            "reason": "\n".join(self.messages),
            "uses": list(self.uses),
            "steps": [step.as_json() for step in self.steps],
            "seconds": round(self.seconds, 3),
        }


def complaint(evidence: Evidence) -> str:
    """One sentence about a claim that does not pass."""
    where = ""
    if evidence.witness is not None and evidence.witness.point:
        where = f" at {evidence.witness}"
    return f"{evidence.id} is {evidence.verdict}{where}: {evidence.reason}"


def as_json(reports: Iterable[Report | Evidence]) -> dict[str, object]:
    """The one JSON document of a run."""
    many = list(reports)
    counts = Counter(report.verdict.value for report in many)
    return {
        "schema": 1,
        "claims": [report.as_json() for report in many],
        "summary": {verdict.value: counts[verdict.value] for verdict in Verdict},
    }
