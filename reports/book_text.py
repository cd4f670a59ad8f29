"""The whole book as one LaTeX document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from derivations.core import Claim, Definition, Derivation
from derivations.core.reason_latex import claim_reference
from derivations.loading import Chapter, formulas_of, used_definitions
from numeric.evidence import Report, Verdict
from reports.bibliography import Bibliography
from reports.blocks import (
    Block,
    Page,
    RemarkBlock,
    claim_block,
    definitions_body,
    environment,
    remark_block,
)
from reports.chapter_heads import Head, head_of
from reports.checks import TableRow, evidence_row, has
from reports.document import WIDTH
from reports.figures import Figure
from reports.float_tables import Table, tables_of
from reports.kernel_notes import KernelTable, kernel_table
from reports.templating import rendered

_ENVIRONMENTS: Final = {
    "theorem": "Theorem",
    "proposition": "Proposition",
    "counterexample": "Counterexample",
}
_VERSIONS: Final = ("derivations", "SymPy", "mpmath", "python-flint", "NumPy")


@dataclass(frozen=True, slots=True)
class Item:
    """A claim or a remark, with the definitions that are new there."""

    definitions: str = ""
    claim: Block | None = None
    remark: RemarkBlock | None = None


@dataclass(frozen=True, slots=True)
class EvidenceTable:
    """A chapter's results with their evidence; `steps` says of each how many steps are proved."""

    rows: list[tuple[TableRow, str]]
    worst: bool
    ulps: bool


@dataclass(frozen=True, slots=True)
class ChapterText:
    head: Head
    recalled: str
    items: list[Item]
    figures: list[Figure]
    tables: list[Table]
    evidence: EvidenceTable
    kernels: KernelTable | None


def book_text(
    chapters: Sequence[Chapter],
    reports: Mapping[str, Report],
    cited: Bibliography,
    figures: Sequence[Figure],
) -> str:
    """The book of these chapters; `cited` collects its sources."""
    kinds = _printed_kinds(chapters, reports)
    page = Page(WIDTH, cited.cite, lambda claim: _reference(claim, kinds), label="claim:")
    defined: dict[Definition, None] = {}
    texts = [_chapter(chapter, reports, page, defined, figures) for chapter in chapters]
    evidence = [report.claim for report in reports.values()]
    preface = rendered(
        "preface.tex",
        counts=_counts(reports.values()),
        points=max((e.effective_points for e in evidence), default=0),
        digits=max((e.digits for e in evidence), default=50),
        seed=evidence[0].seed if evidence else 0,
        ulps=any(e.max_ulp is not None for e in evidence),
    )
    preamble = rendered(
        "preamble.tex",
        options="11pt,a4paper,oneside,openany",
        **{"class": "book"},
        within="[chapter]",
    )
    return rendered(
        "book.tex",
        preamble=preamble.rstrip("\n"),
        versions=" \\quad ".join(_versions()),
        preface=preface,
        chapters=texts,
        sources=cited.sources,
    )


def _printed_kinds(chapters: Sequence[Chapter], reports: Mapping[str, Report]) -> dict[Claim, str]:
    """The environments of the claims that the book numbers."""
    kinds: dict[Claim, str] = {}
    for derivation in (d for chapter in chapters for d in chapter.derivations):
        report = reports[derivation.id]
        if report.verdict.is_pass:
            kinds[derivation.claim] = environment(derivation, report)
    return kinds


def _reference(claim: Claim, kinds: Mapping[Claim, str]) -> str:
    kind = kinds.get(claim)
    if kind is None:
        return claim_reference(claim)
    return rf"{_ENVIRONMENTS[kind]}~\ref{{claim:{claim.id}}}"


def _counts(reports: Iterable[Report]) -> str:
    counts = Counter(report.verdict for report in reports)
    total = sum(counts.values())
    words = [
        f"{counts[verdict]} {'is' if counts[verdict] == 1 else 'are'} {verdict}"
        for verdict in Verdict
        if counts[verdict]
    ]
    noun = "claim" if total == 1 else "claims"
    listed = f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
    return f"Of the {total} {noun} of this book {listed}."


def _versions() -> Iterable[str]:
    for name in _VERSIONS:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield name


# -------------------------------------------------------------------------------- chapters


def _chapter(
    chapter: Chapter,
    reports: Mapping[str, Report],
    page: Page,
    defined: dict[Definition, None],
    figures: Sequence[Figure],
) -> ChapterText:
    formulas = [f for derivation in chapter.derivations for f in formulas_of(derivation)]
    recalled = [d for d in used_definitions(formulas) if d in defined]
    items = []
    for member in chapter.members:
        if not isinstance(member, Derivation):
            items.append(Item(remark=remark_block(member, page)))
            continue
        new = [d for d in used_definitions(formulas_of(member)) if d not in defined]
        defined.update(dict.fromkeys(new))
        items.append(
            Item(
                definitions_body(new, page.width) if new else "",
                claim_block(member, reports[member.id], page),
            )
        )
    return ChapterText(
        head_of(chapter),
        definitions_body(recalled, page.width) if recalled else "",
        items,
        [figure for figure in figures if figure.chapter == chapter.name],
        tables_of(chapter),
        _evidence(chapter, reports, page),
        kernel_table(chapter.derivations, reports, page.label),
    )


def _evidence(chapter: Chapter, reports: Mapping[str, Report], page: Page) -> EvidenceTable:
    rows = []
    for derivation in chapter.derivations:
        report = reports[derivation.id]
        name = rf"\ref{{{page.label}{derivation.id}}}" if report.verdict.is_pass else "--"
        row = evidence_row(name, report.claim, derivation.claim, report.verdict)
        proved = sum(step.evidence.verdict is Verdict.PROVED for step in report.steps)
        rows.append((row, f"{proved}/{len(report.steps)}" if report.steps else ""))
    plain = [row for row, _ in rows]
    return EvidenceTable(rows, has(plain, "worst"), has(plain, "ulp"))
