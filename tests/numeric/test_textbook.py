"""Claims of textbooks and of the field with known truth: what is true is proved, what is false
beside is refuted.

Each line of `tests/corpora/textbook.jsonl` and `field.jsonl` is a line of a claims file, with
`truth`, `kind` and `why`. A true claim is proved without looking at a point, or passes as its
`verdict` says; a false one has a witness and no proof.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from derivations.core.claim import Claim
from derivations.proving.prove import Proof, prove
from derivations.reading.claims import read_claim
from numeric import Verdict, check

CORPORA = Path(__file__).parent.parent / "corpora"
LINES = [
    line
    for name in ("textbook", "field")
    for line in (CORPORA / f"{name}.jsonl").read_text().splitlines()
]
RECORDS: list[dict[str, Any]] = [json.loads(line) for line in LINES]
TRUE = [record for record in RECORDS if record["truth"] and "verdict" not in record]
UNPROVED = [record for record in RECORDS if record["truth"] and "verdict" in record]
FALSE = [record for record in RECORDS if not record["truth"]]


def _claim(record: dict[str, Any]) -> Claim:
    return read_claim(
        {key: record[key] for key in ("id", "claim", "domain", "where") if key in record}
    )


@pytest.mark.parametrize("record", TRUE, ids=lambda record: record["id"])
def test_a_true_claim_is_proved(record: dict[str, Any]) -> None:
    assert isinstance(prove(_claim(record)), Proof), record


@pytest.mark.parametrize("record", UNPROVED, ids=lambda record: record["id"])
def test_a_true_claim_without_a_proof_passes(record: dict[str, Any]) -> None:
    assert check(_claim(record)).verdict.is_pass, record


@pytest.mark.parametrize("record", FALSE, ids=lambda record: record["id"])
def test_a_false_claim_is_refuted_and_not_proved(record: dict[str, Any]) -> None:
    claim = _claim(record)
    assert prove(claim) is None, record
    assert check(claim).verdict is Verdict.REFUTED, record


def test_the_corpus_is_large_and_says_why() -> None:
    assert min(len(TRUE), len(FALSE)) > 400
    assert len({record["id"] for record in RECORDS}) == len(RECORDS)
    assert all(record["why"] and record["kind"] for record in RECORDS)
