"""The chapters on the logistic family state what is promised.

`statements.txt` is changed by a person only: no claim is weakened or lost unnoticed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from derivations.catalogue import shipped
from derivations.core import Claim

CLAIMS = {d.id: d.claim for chapter in shipped() for d in chapter.derivations}
LINES = Path(__file__).with_name("statements.txt").read_text(encoding="utf-8").splitlines()
STATEMENTS = {id: statement for id, _, statement in (line.partition(": ") for line in LINES)}


def written(claim: Claim) -> str:
    """The statement with its domain, as plain text."""
    text = str(claim.statement)
    if claim.on:
        text += " for " + ", ".join(f"{variable} in {domain}" for variable, domain in claim.on)
    if claim.where is not None:
        text += f" where {claim.where}"
    return f"counterexample: {text}" if claim.falsehood else text


@pytest.mark.parametrize("id", STATEMENTS)
def test_chapter_states_what_is_promised(id: str) -> None:
    assert written(CLAIMS[id]) == STATEMENTS[id]
