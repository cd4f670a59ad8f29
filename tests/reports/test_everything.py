"""All shipped chapters at once: nothing that is printed with the evidence of all points sticks out
or refers to nothing."""

from __future__ import annotations

import re

import pytest

from derivations.catalogue import shipped
from reports.bibliography import Bibliography
from reports.book_text import book_text
from reports.document import document, preamble
from reports.pdf import Job, compiled_book
from tests.kept import DERIVATIONS, kept_report
from tests.reports.made import assert_clean, needs_latex


@pytest.mark.slow
@needs_latex
def test_everything_compiles_with_the_evidence_of_all_points() -> None:
    reports = {id: kept_report(id) for id in DERIVATIONS}
    bodies = []
    for number, (id, derivation) in enumerate(DERIVATIONS.items()):
        text = document(derivation, reports[id]).text
        body = text.partition(r"\begin{document}")[2].partition(r"\end{document}")[0]
        # Each document numbers its sources from 1.
        bodies.append(re.sub(r"(\\cite|\\bibitem)\{source", rf"\1{{document{number}-source", body))
    together = "\n\\clearpage\n".join(bodies)
    text = f"{preamble()}\\begin{{document}}\n{together}\n\\end{{document}}\n"
    assert_clean(compiled_book(Job("documents", text), {}).log)
    book = book_text(shipped(), reports, Bibliography(), [])
    assert_clean(compiled_book(Job("book", book), {}).log)
