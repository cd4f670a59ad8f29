"""What `derivations show --format latex` prints: a claim and its steps, to paste into a document.

The lines stand as the author wrote them and nothing has been verified; the documents that
`derivations report` writes are the ones that tell what was checked, and break long lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivations.core import Derivation, Remark
from derivations.core.latex import hypotheses_sentence, relation_latex, to_latex
from derivations.core.reason_latex import reason_latex, text_latex
from derivations.loading import formulas_of, used_definitions


def latex_lines(member: Derivation | Remark) -> Iterator[str]:
    """A member as LaTeX for amsmath: definitions, hypotheses, statement, the chain of steps."""
    if isinstance(member, Remark):
        yield f"% {member.id}"
        yield member.text
        return
    claim = member.claim
    yield f"% {claim.id}"
    for definition in used_definitions(formulas_of(member)):
        yield rf"% where ${to_latex(definition.generic)} := {to_latex(definition.body)}$"
    yield from filter(None, (hypotheses_sentence(claim), text_latex(claim.says)))
    yield rf"\[ {to_latex(claim.statement)} \]"
    if member.steps:
        yield r"\begin{align*}"
        yield rf"{to_latex(claim.lhs)}"
        *before, last = (
            rf"  & {relation_latex(step.rel)} {to_latex(step.line)}"
            rf" && \text{{{reason_latex(step.reason)}}}"
            for step in member.steps
        )
        yield from (rf"{line} \\" for line in before)
        yield last
        yield r"\end{align*}"
