"""Every claim of the corpora beside the tests is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivations.core.text import to_text
from derivations.reading import read_lines, read_relation

CORPORA = sorted((Path(__file__).parents[1] / "corpora").glob("*.jsonl"))


def test_there_are_corpora() -> None:
    assert CORPORA


@pytest.mark.parametrize("file", CORPORA, ids=lambda file: file.name)
def test_every_line_of_a_corpus_is_a_claim(file: Path) -> None:
    for line in read_lines(file):
        assert line.claim, f"{file.name}:{line.number}: {line.error}"
        names = {variable.name for variable in line.claim.domains}
        assert read_relation(to_text(line.claim.statement), names) == line.claim.statement
