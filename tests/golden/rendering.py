"""What a golden file holds: hypotheses, statement, and every line with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from derivations import catalogue
from derivations.core import Derivation
from derivations.core.latex import hypotheses_sentence, relation_latex, to_latex
from derivations.core.reason_latex import reason_latex

FOLDER: Final = Path(__file__).parent / "latex"
ACCEPT: Final = "python -m tests.golden.accept"


def derivations() -> dict[str, Derivation]:
    """The derivations of the shipped chapters by id, in book order."""
    members = (member for chapter in catalogue.shipped() for member in chapter.members)
    return {member.id: member for member in members if isinstance(member, Derivation)}


def golden_file(id: str) -> Path:
    return FOLDER / f"{id.replace('/', '+').replace(':', '+')}.tex"


def rendered(derivation: Derivation) -> str:
    r"""Comments are words in LaTeX, other lines are mathematics.

    >>> from derivations.core import Claim, Reals, algebra, derive, symbol
    >>> x = symbol("x")
    >>> claim = Claim("double", x + x, "=", 2 * x, on={x: Reals})
    >>> print(rendered(derive(claim, (2 * x, algebra))))
    % Let $x \in \mathbb{R}$.
    x + x = 2 x
    <BLANKLINE>
    x + x
    = 2 x
      % algebra
    <BLANKLINE>
    """
    claim = derivation.claim
    hypotheses = hypotheses_sentence(claim)
    lines = [f"% {hypotheses}"] if hypotheses else []
    lines.append(to_latex(claim.statement))
    if derivation.steps:
        lines += ["", to_latex(claim.lhs)]
    for step in derivation.steps:
        lines.append(f"{relation_latex(step.rel)} {to_latex(step.line)}")
        lines.append(f"  % {reason_latex(step.reason)}")
    return "\n".join(lines) + "\n"
