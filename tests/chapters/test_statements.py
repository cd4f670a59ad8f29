"""The chapters on the logistic family state what is promised.

`statements.txt` pins every claim and is changed by a person only (`tests.chapters.statements`):
no claim is weakened, lost or added unnoticed.
"""

from __future__ import annotations

import pytest

from derivations.catalogue import shipped
from derivations.core import Claim, Positive, symbol
from tests.chapters.statements import pinned, written

CLAIMS = {d.id: d.claim for chapter in shipped() for d in chapter.derivations}
STATEMENTS = pinned()


@pytest.mark.parametrize("id", STATEMENTS)
def test_chapter_states_what_is_promised(id: str) -> None:
    assert id in CLAIMS, f"{id} is pinned and no chapter states it"
    assert written(CLAIMS[id]) == STATEMENTS[id]


def test_every_claim_is_pinned_in_book_order() -> None:
    assert list(STATEMENTS) == list(CLAIMS)


def test_domain_condition_and_falsehood_are_pinned_too() -> None:
    x = symbol("x")
    claim = Claim("square", x**2, ">", 1, on={x: Positive}, where=x > 2, falsehood="It is small.")
    assert written(claim) == "counterexample: x**2 > 1 for x in (0, oo) where x > 2"
