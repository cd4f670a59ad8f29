"""One derivation as a document that stands alone, and as a fragment for somebody else's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from derivations.core import Claim, Derivation
from derivations.core.latex import hypotheses_sentence, to_latex
from derivations.core.reason_latex import text_latex
from derivations.loading import formulas_of, used_definitions
from numeric.evidence import Report
from reports.bibliography import Bibliography, Source, cite_in_words
from reports.blocks import Page, claim_block, definitions_body, used_claims
from reports.checks import (
    TableRow,
    check_sentence,
    has,
    table_rows,
    ulp_sentence,
)
from reports.condition_latex import conditions_sentence
from reports.kernel_notes import kernel_sentence
from reports.layout import display
from reports.templating import MARKER, rendered
from reports.widths import width_em
from reports.words import plain

# The page is 416pt wide, and an em of an 11pt font is 10.95pt.
WIDTH: Final = 37.9
# LaTeX's own classes have 345pt for 10pt, 360pt for 11pt.
FRAGMENT_WIDTH: Final = 32.5


@dataclass(frozen=True, slots=True)
class Check:
    """What the section on checking says, in LaTeX."""

    sentence: str
    conditions: str
    settings: str
    ulp: str
    rows: list[TableRow]
    worst: bool
    ulps: bool


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document, and the sources that it cites in order."""

    text: str
    sources: tuple[Source, ...]


@cache
def preamble() -> str:
    """What all single documents begin with."""
    return rendered("preamble.tex", options="11pt,a4paper", **{"class": "article"}, within="")


def user_preamble() -> str:
    """What a document needs before it can take in fragments."""
    return rendered("derivations-preamble.tex", within="")


def document(derivation: Derivation, report: Report) -> Document:
    """A derivation with all definitions that it needs, its evidence and its sources."""
    cited = Bibliography()
    page = Page(WIDTH, cited.cite)
    definitions = used_definitions(formulas_of(derivation))
    block = claim_block(derivation, report, page)
    title = derivation.claim.title or derivation.id
    text = rendered(
        "document.tex",
        preamble=preamble().rstrip("\n"),
        marker=MARKER,
        plain_title=text_latex(plain(title)),
        id=text_latex(derivation.id),
        definitions=definitions_body(definitions, WIDTH),
        block=block,
        uses=[_use(claim) for claim in used_claims(derivation)],
        check=_check(derivation, report),
        sources=cited.sources,
    )
    return Document(text, cited.sources)


def fragment(derivation: Derivation, report: Report) -> str:
    """A derivation for `\\input` in a document that has taken in the preamble for fragments."""
    page = Page(FRAGMENT_WIDTH, cite_in_words)
    definitions = used_definitions(formulas_of(derivation))
    return rendered(
        "fragment.tex",
        id=derivation.id,
        definitions=definitions_body(definitions, FRAGMENT_WIDTH),
        block=claim_block(derivation, report, page),
    )


def _use(claim: Claim) -> str:
    title = rf"\emph{{{text_latex(claim.title)}.}} " if claim.title else ""
    hypotheses = hypotheses_sentence(claim)
    where = f"{hypotheses} Then " if hypotheses else ""
    latex = to_latex(claim.statement)
    if width_em(latex) <= 0.6 * WIDTH:
        return f"{title}{where}${latex}$."
    return f"{title}{where}\n{display(claim.lhs, claim.rel, claim.rhs, WIDTH - 5)}"


def _check(derivation: Derivation, report: Report) -> Check:
    rows = table_rows(derivation, report)
    evidence = report.claim
    passes = report.verdict.is_pass
    return Check(
        sentence=check_sentence(derivation, report) if passes else "The claim did not pass.",
        conditions=conditions_sentence(derivation, evidence.conditions) if passes else "",
        settings=settings_sentence(report),
        ulp=" ".join(
            filter(
                None,
                (
                    ulp_sentence(derivation, evidence),
                    kernel_sentence(report.kernel, derivation.claim),
                ),
            )
        ),
        rows=rows,
        worst=has(rows, "worst"),
        ulps=has(rows, "ulp"),
    )


def settings_sentence(report: Report) -> str:
    """Digits and seed, once for all rows of the table."""
    evidence = report.claim
    sizes = (
        f" The sizes were {'; '.join(f'${s}$' for s in evidence.sizes)}." if evidence.sizes else ""
    )
    return (
        f"Both sides were evaluated by mpmath and enclosed by Arb's balls, to {evidence.digits} "
        f"digits or more; the points have the seed {evidence.seed}.{sizes}"
    )
