"""Claims made to deceive the judge, each with its truth."""

from __future__ import annotations

import pytest

from numeric import Verdict, check
from tests.numeric import traps_of_limits, traps_of_sums, traps_of_texts, traps_of_values
from tests.numeric.trapping import EMPTY, FALSE, NOT_FALSE, NOT_TRUE, TRUE

TEXTS = traps_of_texts.TRAPS
ALL = [*traps_of_values.TRAPS, *traps_of_sums.TRAPS, *traps_of_limits.TRAPS, *TEXTS]

ALLOWED = {
    FALSE: {Verdict.REFUTED},
    NOT_TRUE: {Verdict.REFUTED, Verdict.UNKNOWN},
    TRUE: {Verdict.PROVED, Verdict.CONSISTENT},
    NOT_FALSE: {Verdict.PROVED, Verdict.CONSISTENT, Verdict.UNKNOWN},
    EMPTY: {Verdict.UNKNOWN},
}


@pytest.mark.parametrize("trap", ALL, ids=lambda trap: trap.id)
def test_no_false_word_is_said_of(trap):
    evidence = check(trap.claim, points=40)
    assert evidence.verdict in ALLOWED[trap.truth], evidence


def test_every_trap_has_a_name_of_its_own():
    assert len({trap.id for trap in ALL}) == len(ALL) > 400
