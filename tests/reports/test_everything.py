"""All shipped chapters at once: nothing that is printed with the evidence of all points sticks out
or refers to nothing, and no text depends on the hash seed or the number of jobs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from derivations.catalogue import shipped
from numeric.verify import verify_all
from reports.bibliography import Bibliography
from reports.book_text import book_text
from reports.document import document, preamble
from reports.pdf import Job, compiled_book
from reports.processors import processors
from tests.reports.made import assert_clean, needs_latex

DERIVATIONS = [derivation for chapter in shipped() for derivation in chapter.derivations]

# Prints a digest of every document, at a few points.
DIGESTS = """
import sys
from hashlib import sha256
from derivations.catalogue import shipped
from numeric.verify import verify_all
from reports.document import document, fragment

derivations = [derivation for chapter in shipped() for derivation in chapter.derivations]
for derivation, report in zip(
    derivations, verify_all(derivations, jobs=int(sys.argv[1]), points=3), strict=True
):
    text = document(derivation, report).text + fragment(derivation, report)
    print(derivation.id, sha256(text.encode()).hexdigest())
"""


@pytest.mark.slow
@needs_latex
def test_everything_compiles_with_the_evidence_of_all_points() -> None:
    reports = {r.id: r for r in verify_all(DERIVATIONS, jobs=processors(), points=200)}
    bodies = []
    for number, derivation in enumerate(DERIVATIONS):
        text = document(derivation, reports[derivation.id]).text
        body = text.partition(r"\begin{document}")[2].partition(r"\end{document}")[0]
        # Each document numbers its sources from 1.
        bodies.append(re.sub(r"(\\cite|\\bibitem)\{source", rf"\1{{document{number}-source", body))
    together = "\n\\clearpage\n".join(bodies)
    text = f"{preamble()}\\begin{{document}}\n{together}\n\\end{{document}}\n"
    assert_clean(compiled_book(Job("documents", text), {}).log)
    book = book_text(shipped(), reports, Bibliography(), [])
    assert_clean(compiled_book(Job("book", book), {}).log)


@pytest.mark.slow
def test_no_document_depends_on_the_hash_seed_or_the_number_of_jobs() -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", DIGESTS, jobs],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed, jobs in (("1", "1"), ("2", "2"))
    ]
    one, two = (process.communicate()[0].splitlines() for process in running)
    assert [process.returncode for process in running] == [0, 0]
    assert len(one) == len(DERIVATIONS)
    assert [(a, b) for a, b in zip(one, two, strict=True) if a != b] == []
