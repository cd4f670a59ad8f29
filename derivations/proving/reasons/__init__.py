"""Whether a reason carries its step.

A reason names a theory, the set of equalities (or inequalities) that it may use. The line must
follow from the line before in that theory, must have moved, and no weaker theory may suffice.
The truth of the step is checked besides, by other means; what is judged here is the label.

>>> from derivations.core import Claim, Reals, algebra, chain_rule, symbol
>>> from derivations.core.derivation import Step
>>> x = symbol("x")
>>> claim = Claim("square", (x + 1) ** 2, "=", x**2 + 2 * x + 1, on={x: Reals})
>>> rejection(claim.lhs, Step(claim.rhs, "=", algebra), claim)
>>> rejection(claim.lhs, Step(claim.rhs, "=", chain_rule), claim)
'chain_rule: there is no derivative in either line'
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from derivations.core.claim import Claim
from derivations.core.derivation import Derivation, Step, implies
from derivations.core.formula import Formula, FormulaError
from derivations.core.reason import DERIVATIVE_RULES
from derivations.proving.reasons.casework import by_cases_told_apart, by_hypothesis
from derivations.proving.reasons.differentiating import differentiating
from derivations.proving.reasons.identities import by_algebra, by_evaluation, by_exp_log
from derivations.proving.reasons.inequalities import by_monotonicity, by_signs
from derivations.proving.reasons.instances import using_claim
from derivations.proving.reasons.integrating import by_antiderivative, by_substitution
from derivations.proving.reasons.limiting import by_limit_laws
from derivations.proving.reasons.linearity import by_linearity
from derivations.proving.reasons.summing import by_sum_rules
from derivations.proving.reasons.unfolding import folding, unfolding, writing_entries

Judge = Callable[[Formula, Step, Claim], "str | None"]


def by_citation(before: Formula, step: Step, claim: Claim) -> str | None:
    """Accepts any line with a source; only its numbers are checked."""
    if not step.reason.source.strip():
        return "cited: a fact from elsewhere needs its source"
    return "cited: the line did not move" if before == step.line else None


_JUDGES: Final[dict[str, Judge]] = {
    "unfold": unfolding,
    "fold": folding,
    "entries": writing_entries,
    "algebra": by_algebra,
    "exp_log_laws": by_exp_log,
    "evaluate": by_evaluation,
    "linearity": by_linearity,
    "sum_rules": by_sum_rules,
    "using": using_claim,
    "cases": by_cases_told_apart,
    "given": by_hypothesis,
    "limit_laws": by_limit_laws,
    "positivity": by_signs,
    "monotonicity": by_monotonicity,
    "antiderivative": by_antiderivative,
    "substitution": by_substitution,
    "cited": by_citation,
    **dict.fromkeys(DERIVATIVE_RULES, differentiating),
}

# The theories whose steps may be inequalities; all others are about equations.
_ORDERS: Final = frozenset(
    {"using", "cases", "given", "positivity", "monotonicity", "cited", "limit_laws"}
)


def rejection(before: Formula, step: Step, claim: Claim) -> str | None:
    """Why the step's reason does not carry it from the line before; None where it does."""
    theory = step.reason.theory
    judge = _JUDGES.get(theory)
    if judge is None:
        return f"{theory} is no reason that this version knows"
    if theory not in _ORDERS and not implies("=", step.rel):
        return f"{theory}: it gives equations; this step says {step.rel}"
    try:
        return judge(before, step, claim)
    except FormulaError as error:
        return f"{theory}: {error}"
    except RecursionError:
        return f"{theory}: the line is nested too deeply to judge"


def rejections(derivation: Derivation) -> tuple[str | None, ...]:
    """The judgement of every step of a derivation, in order."""
    return tuple(
        rejection(before, step, derivation.claim)
        for before, step in zip(derivation.lines, derivation.steps, strict=False)
    )
