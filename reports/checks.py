"""How a claim was checked, in a sentence and in a table, in LaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf
from typing import Final

from derivations.core import Claim, Derivation
from derivations.core.reason_latex import text_latex
from numeric.evidence import Evidence, Report, Verdict
from reports.typeset_numbers import number_latex, place_latex, point_latex, printed_names

_METHODS: Final = {
    "exp_log": r"laws of $\exp$ and $\log$",
    "derivatives": "differentiation",
    "Arb and mpmath": "Arb, mpmath",
    "signs": "signs",
}

_PLACE: Final = 9.5  # em, the column of the worst points


def method_text(evidence: Evidence) -> str:
    """The method in words, without the number of points, which has a place of its own."""
    method = re.sub(r" at \d+ points?\Z", "", evidence.method)
    return ", ".join(_METHODS.get(part, breakable(text_latex(part))) for part in method.split(", "))


def breakable(words: str) -> str:
    """A line may end after a dot or an underscore within an id that is longer than a column."""
    return re.sub(r"(?<=\w)(\.|\\_)(?=\w)", r"\1\\allowbreak{}", words)


def check_sentence(derivation: Derivation, report: Report) -> str:
    """Whether a claim is proved or checked numerically, how, and at how many points."""
    evidence, rel = report.claim, derivation.claim.rel
    points = _at_points(evidence, derivation.claim)
    agreed = (
        f"the two sides agree to {evidence.digits} digits" if rel == "=" else "the relation holds"
    )
    proved = sum(step.evidence.verdict is Verdict.PROVED for step in report.steps)
    steps = f"; {proved} of {len(report.steps)} steps are proved" if report.steps else ""
    if report.verdict is Verdict.PROVED:
        # The claim may be proved by another way than by its lines.
        steps = steps if proved < len(report.steps) else ""
        found = f"; {agreed}{points}" if evidence.points else ""
        return f"Proved symbolically ({method_text(evidence)}){found}{steps}."
    return f"Checked numerically, not proved symbolically: {agreed}{points}{steps}."


def _at_points(evidence: Evidence, claim: Claim) -> str:
    """Empty for a claim without variables, which is evaluated once."""
    count = evidence.effective_points
    if not claim.on or not evidence.points:
        return ""
    return f" at {count} {'point' if count == 1 else 'points'}"


def value_text(value: str) -> str:
    """A value of a witness, which is a number or a word such as `undefined`."""
    if re.match(r"-?\d", value):
        return f"${number_latex(_shortened(value))}$"
    return text_latex(value)


def _shortened(value: str) -> str:
    found = re.match(r"(-?\d+\.\d{12})\d*(?:\.\.\.)?((?:[eE][+-]?\d+)?)\Z", value)
    return f"{found[1]}{found[2]}" + ("" if found[2] else "...") if found else value


# --------------------------------------------------------------------------------- tables


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the table of evidence, in LaTeX; `worst` and `place` may be empty."""

    name: str
    verdict: str
    method: str
    points: str
    worst: str
    place: str
    ulp: str


def table_rows(derivation: Derivation, report: Report) -> list[TableRow]:
    """The claim's row, and one for each step."""
    claim = derivation.claim
    rows = [evidence_row("claim", report.claim, claim, report.verdict)]
    for step in report.steps:
        rejected = Verdict.UNKNOWN if step.rejection else step.evidence.verdict
        rows.append(evidence_row(f"step {step.number}", step.evidence, claim, rejected))
    return rows


def evidence_row(name: str, evidence: Evidence, claim: Claim, verdict: Verdict) -> TableRow:
    place = place_latex(evidence.worst_point, printed_names(claim), _PLACE)
    return TableRow(
        name,
        str(verdict) if verdict.is_pass else rf"\textbf{{{verdict}}}",
        method_text(evidence),
        _points(evidence),
        f"${number_latex(evidence.worst_error)}$" if evidence.worst_error else "",
        f"${place}$" if place and evidence.worst_error else "",
        ulp_text(evidence),
    )


def _points(evidence: Evidence) -> str:
    if not evidence.points:
        return ""
    return f"{evidence.effective_points}/{evidence.points}"


def ulp_text(evidence: Evidence) -> str:
    """The largest error of the compiled float64 function, in ULPs; `--` where there is none."""
    if evidence.max_ulp is None:
        return "--" if evidence.not_compiled else ""
    return r"$\infty$" if isinf(evidence.max_ulp) else f"${two_digits(evidence.max_ulp)}$"


def two_digits(value: float) -> str:
    """A number of ULPs."""
    if value < 1000:
        return f"{value:.2g}" if value < 10 else f"{value:.0f}"
    return number_latex(f"{value:.1e}".replace("e+", "e"))


def ulp_sentence(derivation: Derivation, evidence: Evidence) -> str:
    """What the ULP error says, for information, and why a side has none."""
    missing = (
        f"Not measured in float64: {text_latex(evidence.not_compiled)}."
        if evidence.not_compiled
        else ""
    )
    return " ".join(filter(None, (_error_sentence(derivation, evidence), missing)))


def _error_sentence(derivation: Derivation, evidence: Evidence) -> str:
    if evidence.max_ulp is None:
        return ""
    point = point_latex(evidence.max_ulp_point, printed_names(derivation.claim))
    place = point.replace(", ", "$, $")  # a text may break between the variables
    at = f", at ${place}$" if place else ""
    if isinf(evidence.max_ulp):
        return (
            "Compiled to float64, a side overflows or loses its value"
            f"{at} (information, no verdict)."
        )
    return (
        "Compiled to float64, the sides are off by at most "
        f"{ulp_text(evidence)} units in the last place{at} (information, no verdict)."
    )


def has(rows: Sequence[TableRow], column: str) -> bool:
    return any(getattr(row, column) for row in rows)
