"""The printed LaTeX of every shipped claim and step is what a person has accepted.

No test writes these files; `python -m tests.golden.accept` shows what changed, and with `--write`
accepts it.
"""

from __future__ import annotations

import re

import pytest

from derivations.core.reason_latex import text_latex
from tests.golden.rendering import ACCEPT, FOLDER, derivations, golden_file, rendered

DERIVATIONS = derivations()
every_claim = pytest.mark.parametrize("id", DERIVATIONS)


@every_claim
def test_printed_latex_is_the_accepted_one(id: str) -> None:
    path = golden_file(id)
    if not path.exists():
        pytest.fail(f"{id} has no golden file; read and accept it: {ACCEPT} --write {id}")
    accepted = path.read_text(encoding="utf-8")
    assert rendered(DERIVATIONS[id]) == accepted, f"read the change, then: {ACCEPT} --write {id}"


def test_no_golden_file_is_left_without_a_claim() -> None:
    wanted = {golden_file(id) for id in DERIVATIONS}
    left = sorted(path.name for path in set(FOLDER.glob("*")) - wanted)
    assert not left, f"remove them: {ACCEPT} --write"


def test_every_claim_has_a_golden_file_of_its_own() -> None:
    assert len({golden_file(id) for id in DERIVATIONS}) == len(DERIVATIONS) > 0


@every_claim
def test_words_keep_their_mathematics_between_dollars(id: str) -> None:
    derivation = DERIVATIONS[id]
    claim = derivation.claim
    notes = [step.reason.note for step in derivation.steps]
    for words in (claim.title, claim.says, claim.falsehood, *notes):
        plain = re.sub(r"\$[^$]*\$", "", text_latex(words))
        assert not re.search(r"\\textasciicircum|\\textbackslash|\\_|\\\$", plain), words
