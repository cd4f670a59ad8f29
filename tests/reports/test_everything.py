"""All shipped chapters at once: no text depends on the hash seed or the number of jobs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from derivations.catalogue import shipped

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
    derivations, verify_all(derivations, jobs=int(sys.argv[1]), points=8), strict=True
):
    text = document(derivation, report).text + fragment(derivation, report)
    print(derivation.id, sha256(text.encode()).hexdigest())
"""


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
