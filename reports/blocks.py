r"""What the documents are made of: definitions, theorems with proofs, counterexamples, remarks.

A block says what is printed and nothing about where; templates turn it into LaTeX. Only a claim
that is proved becomes a theorem; one that is consistent becomes a proposition, whose lines are a
derivation and not a proof; a true claim against a false sentence becomes a counterexample.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from derivations.core import Claim, Definition, Derivation, Reason, Remark
from derivations.core.latex import hypotheses_sentence, relation_latex, to_latex
from derivations.core.reason_latex import claim_reference, reason_latex, text_latex
from numeric.evidence import Evidence, Report, StepEvidence, Verdict
from reports.breaking import broken
from reports.checks import check_sentence, value_text
from reports.instances import Instance, instance
from reports.layout import Line, chain_body, display
from reports.typeset_numbers import point_latex, printed_names
from reports.widths import width_em


@dataclass(frozen=True, slots=True)
class Page:
    """How wide a page is, and how it refers to sources and to other claims."""

    width: float  # em
    cite: Callable[[str], str]
    refer: Callable[[Claim], str] = claim_reference
    label: str = ""  # before the id, in labels; empty for no labels


@dataclass(frozen=True, slots=True)
class Block:
    """A claim as it is printed. `kind` is the name of the environment.

    `complaints` is what is wrong with a claim that is open or refuted; such a one has no proof.
    """

    kind: str
    id: str
    label: str
    title: str
    cited: str
    hypotheses: str
    display: str
    says: str
    falsehood: str = ""
    instance: Instance | None = None
    proof: str = "Proof"
    chain: str = ""
    check: str = ""
    complaints: tuple[str, ...] = ()


def claim_block(derivation: Derivation, report: Report, page: Page) -> Block:
    """A claim with its proof; or, where it does not pass, with what is wrong."""
    claim = derivation.claim
    passes = report.verdict.is_pass
    hypotheses = hypotheses_sentence(claim)
    return Block(
        kind=environment(derivation, report),
        id=claim.id,
        label=f"{page.label}{claim.id}" if page.label else "",
        title=text_latex(claim.title or claim.id),
        cited=page.cite(claim.source) if claim.source else "",
        hypotheses=f"{hypotheses} Then" if hypotheses else "We have",
        display=display(claim.lhs, claim.rel, claim.rhs, page.width - 1),
        says=text_latex(claim.says),
        falsehood=text_latex(claim.falsehood),
        instance=instance(claim) if claim.falsehood and passes else None,
        proof="Proof" if report.verdict is Verdict.PROVED else "Derivation",
        chain=_chain(derivation, page) if passes else "",
        check=check_sentence(derivation, report) if passes else "",
        complaints=() if passes else tuple(_complaints(derivation, report, page)),
    )


def environment(derivation: Derivation, report: Report) -> str:
    """The name of the environment that a claim is printed in."""
    if report.verdict is Verdict.REFUTED:
        return "refutedclaim"
    if not report.verdict.is_pass:
        return "openclaim"
    if derivation.claim.falsehood:
        return "counterexample"
    return "theorem" if report.verdict is Verdict.PROVED else "proposition"


def _chain(derivation: Derivation, page: Page) -> str:
    if not derivation.steps:
        return ""
    lines = [Line(step.rel, step.line, reason_text(step.reason, page)) for step in derivation.steps]
    return chain_body(derivation.claim.lhs, lines, page.width)


def reason_text(reason: Reason, page: Page) -> str:
    """A reason in words, with the page's own way to cite and to refer."""
    if reason.theory == "cited":
        note = text_latex(reason.note)
        return f"{note} {page.cite(reason.source)}".strip() if reason.source else note
    return reason_latex(reason, page.refer)


# --------------------------------------------------------------------------- what is wrong


def _complaints(derivation: Derivation, report: Report, page: Page) -> list[str]:
    """Paragraphs of LaTeX: why the claim is not printed as a theorem."""
    found = []
    evidence, claim = report.claim, derivation.claim
    if not evidence.verdict.is_pass:
        found.append(_failure("The claim", evidence, claim))
    found += [text_latex(problem) + "." for problem in report.problems]
    before = claim.lhs
    for step, judged in zip(derivation.steps, report.steps, strict=True):
        if not judged.accepted:
            found.append(_step_complaint(derivation, judged, page))
            rows = [
                *broken(to_latex(before), page.width - 5),
                *broken(f"{relation_latex(step.rel)} {to_latex(step.line)}", page.width - 5),
            ]
            body = " \\\\\n".join(f"  & {row}" for row in map(_narrow(page), rows))
            found.append(f"\\begin{{align*}}\n{body}\n\\end{{align*}}")
        before = step.line
    return found


def _narrow(page: Page) -> Callable[[str], str]:
    room = page.width - 3

    def fitted(row: str) -> str:
        if width_em(row) <= room:
            return row
        return rf"\resizebox{{{room:.1f}em}}{{!}}{{$\displaystyle {row}$}}"

    return fitted


def _step_complaint(derivation: Derivation, judged: StepEvidence, page: Page) -> str:
    step = derivation.steps[judged.number - 1]
    name = f"Step {judged.number} ({reason_text(step.reason, page)})"
    parts = []
    if not judged.evidence.verdict.is_pass:
        parts.append(_failure(name, judged.evidence, derivation.claim))
    if judged.rejection:
        subject = "its reason" if parts else f"{name}: the reason"
        sentence = f"{subject} does not carry the step: {text_latex(judged.rejection)}."
        parts.append(sentence[0].upper() + sentence[1:])
    return " ".join(parts)


def _failure(name: str, evidence: Evidence, claim: Claim) -> str:
    verdict, witness = evidence.verdict, evidence.witness
    if witness is None:
        reason = text_latex(evidence.reason)
        return f"{name} is {verdict}{': ' + reason if reason else ''}.".replace("..", ".")
    point = point_latex(str(witness), printed_names(claim))
    at = f" at ${point}$" if point else ""
    return (
        f"{name} is {verdict}{at}, where the left side is {value_text(witness.lhs)} "
        f"and the right side is {value_text(witness.rhs)}."
    )


# --------------------------------------------------------------- definitions, remarks, uses


@dataclass(frozen=True, slots=True)
class RemarkBlock:
    kind: str
    id: str
    title: str
    text: str
    cited: str


def remark_block(remark: Remark, page: Page) -> RemarkBlock:
    cited = page.cite(remark.source) if remark.source else ""
    return RemarkBlock("remark", remark.id, text_latex(remark.title), remark.text, cited)


def definitions_body(definitions: Sequence[Definition], width: float) -> str:
    """The definitions below each other, as the body of an `align*`."""
    rows = []
    for definition in definitions:
        left = f"{to_latex(definition.generic)} & :="
        room = width - width_em(to_latex(definition.generic)) - 3
        first, *others = broken(to_latex(definition.body), room - 2, room)
        rows.append(f"  {left} {first}")
        rows += [rf"  & \qquad {{}} {other}" for other in others]
        rows[-1] += "." if definition is definitions[-1] else ","
    return " \\\\\n".join(rows)


def used_claims(derivation: Derivation) -> tuple[Claim, ...]:
    """The earlier claims that the steps use, in order, each once."""
    claims = (step.reason.claim for step in derivation.steps)
    return tuple({claim.id: claim for claim in claims if claim is not None}.values())
