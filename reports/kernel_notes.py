"""The certificates of the float64 code that `derivations kernel` prints, in LaTeX.

A document says one in a sentence; a chapter of the book has a table of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from derivations.core import Claim, Derivation
from derivations.core.reason_latex import text_latex
from numeric.evidence import KernelNote, Report
from reports.checks import breakable, two_digits
from reports.typeset_numbers import number_latex, printed_names

_LONGEST_ROW: Final = 3


@dataclass(frozen=True, slots=True)
class KernelRow:
    """A row of the table: the theorem, the id, and what the certificate says."""

    name: str
    id: str
    verdict: str
    ulp: str
    place: str
    points: str
    searched: str


@dataclass(frozen=True, slots=True)
class KernelTable:
    """`conditioned`: some bounds are in units of 1 + the condition number."""

    rows: list[KernelRow]
    conditioned: bool
    made_with: str


def kernel_sentence(note: KernelNote | None, claim: Claim) -> str:
    """The certificate of one kernel; empty without one."""
    if note is None:
        return ""
    if _is_conditioned(note):
        bound = (
            f"at most {two_digits(note.max_conditioned)} times $1 + \\kappa$ units in the last "
            r"place, $\kappa$ the condition number"
        )
    else:
        unit = "unit" if two_digits(note.max_ulp) == "1" else "units"
        bound = f"at most ${two_digits(note.max_ulp)}$ {unit} in the last place"
        place = _place(note, claim)
        bound += f", met at {place}" if place else ""
    return (
        rf"The float64 code that \texttt{{derivations kernel {breakable(text_latex(claim.id))}}} "
        f"prints is {note.verdict} to be this result, and is off by {bound}, over "
        f"{_grouped(note.points)} certified points and {_grouped(note.searched)} searched "
        f"({_made_with(note)})."
    )


def kernel_table(
    derivations: Sequence[Derivation], reports: Mapping[str, Report], label: str
) -> KernelTable | None:
    """The kernels of a chapter; None where it has none."""
    noted = [(d.claim, reports[d.id]) for d in derivations if reports[d.id].kernel is not None]
    if not noted:
        return None
    notes = [report.kernel for _, report in noted if report.kernel is not None]
    rows = [
        KernelRow(
            rf"\ref{{{label}{claim.id}}}" if report.verdict.is_pass else "--",
            rf"\texttt{{{breakable(text_latex(claim.id))}}}",
            note.verdict,
            _bound(note),
            "" if _is_conditioned(note) else _place(note, claim),
            _grouped(note.points),
            _grouped(note.searched),
        )
        for (claim, report), note in zip(noted, notes, strict=True)
    ]
    made = "; ".join(dict.fromkeys(map(_made_with, notes)))
    return KernelTable(rows, any(map(_is_conditioned, notes)), made)


def _is_conditioned(note: KernelNote) -> bool:
    return note.max_ulp > note.max_conditioned


def _bound(note: KernelNote) -> str:
    if _is_conditioned(note):
        return rf"${two_digits(note.max_conditioned)}\,(1 + \kappa)$"
    return f"${two_digits(note.max_ulp)}$"


def _place(note: KernelNote, claim: Claim) -> str:
    names = printed_names(claim)
    return ", ".join(f"${names.get(name, name)} = {_value(at)}$" for name, at in note.worst)


def _value(at: float | tuple[float, ...]) -> str:
    if not isinstance(at, tuple):
        return number_latex(f"{at:.6g}")
    shown = [number_latex(f"{number:.3g}") for number in at[:_LONGEST_ROW]]
    if len(at) > _LONGEST_ROW:
        shown.append(r"\dots")
    return f"({'$, $'.join(shown)})"  # a line may end between the numbers


def _made_with(note: KernelNote) -> str:
    versions = text_latex(", ".join(f"{name} {number}" for name, number in note.versions))
    return f"seed {note.seed}; {versions}"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", r"\,")
