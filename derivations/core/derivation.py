"""A derivation: a claim and the steps that lead from its left side to its right side.

`derive(...)` records and compares ends; it verifies nothing (`numeric.verify` does).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from derivations.core.claim import Claim, ClaimError
from derivations.core.formula import RELATIONS, Formula, FormulaLike, as_formula
from derivations.core.latex import relation_latex, to_latex
from derivations.core.reason import Reason
from derivations.core.reason_latex import reason_latex


@dataclass(frozen=True, slots=True)
class Step:
    """A line, its relation to the line before, and the reason."""

    line: Formula
    rel: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Derivation:
    """A claim and its steps; a claim without steps is only stated, and checked as it stands."""

    claim: Claim
    steps: tuple[Step, ...] = ()

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def lines(self) -> tuple[Formula, ...]:
        """The left side of the claim, then the line of every step."""
        return (self.claim.lhs, *(step.line for step in self.steps))

    def _repr_latex_(self) -> str:
        if not self.steps:
            return self.claim._repr_latex_()
        rows = " \\\\\n".join(
            rf"& {relation_latex(s.rel)} {to_latex(s.line)} && \text{{{reason_latex(s.reason)}}}"
            for s in self.steps
        )
        lines = f"{to_latex(self.claim.lhs)} {rows}"
        return f"$\\displaystyle \\begin{{aligned}}\n{lines}\n\\end{{aligned}}$"

    def _repr_markdown_(self) -> str:
        proof = f"\n\n${self._repr_latex_()}$" if self.steps else ""
        return self.claim._repr_markdown_() + proof


@dataclass(frozen=True, slots=True)
class Remark:
    """A cited fact that is not ours to prove, `text` in LaTeX; printed as a remark."""

    id: str
    text: str
    source: str
    title: str = ""


StepLike: TypeAlias = "tuple[FormulaLike, Reason] | tuple[str, FormulaLike, Reason]"


def derive(claim: Claim, *steps: StepLike) -> Derivation:
    """Record a derivation: each step is `(line, reason)` or `(relation, line, reason)`.

    Errors: `ClaimError` where the last line is not the claim's right side, or the relations of
    the steps do not add up to the claim's (`a < b = c <= d` gives `a < d`).
    """
    recorded = tuple(_step(step) for step in steps)
    if recorded:
        last = recorded[-1].line
        if last != claim.rhs:
            raise ClaimError(f"{claim.id}: the last line is {last}, the claim ends in {claim.rhs}")
        got = composed(tuple(step.rel for step in recorded))
        if not implies(got, claim.rel):
            raise ClaimError(f"{claim.id}: the steps give {got or 'nothing'}, not {claim.rel}")
    return Derivation(claim, recorded)


def _step(step: StepLike) -> Step:
    rel, line, reason = ("=", *step) if len(step) == 2 else step
    if rel not in RELATIONS:
        raise ClaimError(f"{rel!r} is no relation; one of {' '.join(RELATIONS)}")
    if not isinstance(reason, Reason):
        raise ClaimError(f"the step to {line} has no reason: {reason!r}")
    return Step(as_formula(line), rel, reason)


def composed(relations: tuple[str, ...]) -> str:
    """The relation of the first line to the last: `= < <=` gives `<`; empty where none follows."""
    kinds = set(relations) - {"="}
    if not kinds:
        return "="
    if kinds == {"!="} and relations.count("!=") == 1:
        return "!="
    for strict, loose in (("<", "<="), (">", ">=")):
        if kinds <= {strict, loose}:
            return strict if strict in kinds else loose
    return ""


def implies(stronger: str, weaker: str) -> bool:
    """Whether `a stronger b` gives `a weaker b`."""
    return stronger == weaker or (stronger, weaker) in {
        ("=", "<="), ("=", ">="), ("<", "<="), (">", ">="), ("<", "!="), (">", "!="),
    }  # fmt: skip
