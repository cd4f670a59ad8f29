"""What the check makes of 749 claims of known truth, taken together."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from derivations.reading.claims import read_claim
from derivations.reading.records import Record, lines_of, read_records
from numeric.evidence import Evidence, Verdict
from numeric.judging.judge import check
from numeric.workers import Failure, Limits, each

PATH = Path(__file__).parent.parent / "corpora" / "fungrim.jsonl"
# A busy machine may take its time; the limit only ends what would never come to an end.
SECONDS = 60.0

pytestmark = pytest.mark.slow


def judged(content: Mapping[str, Any]) -> Evidence:
    return check(read_claim(content), seconds=0.9 * SECONDS)


@pytest.fixture(scope="module")
def found() -> list[tuple[Record, Evidence | Failure]]:
    with PATH.open("rb") as stream:
        records = list(read_records(lines_of(stream)))
    contents = [record.content for record in records]
    return list(zip(records, each(judged, contents, Limits(SECONDS), jobs=2), strict=True))


def those(
    found: list[tuple[Record, Evidence | Failure]], truth: bool, **other: object
) -> dict[str, Evidence | Failure]:
    wanted = {"truth": truth, **other}
    return {
        record.id: evidence
        for record, evidence in found
        if all(record.extra[key] == value for key, value in wanted.items())
    }


def having(found: dict[str, Evidence | Failure], *verdicts: Verdict) -> set[str]:
    return {
        id
        for id, evidence in found.items()
        if isinstance(evidence, Evidence) and evidence.verdict in verdicts
    }


def test_every_claim_is_there(found: list[tuple[Record, Evidence | Failure]]) -> None:
    assert len(those(found, True)) == 233
    assert len(those(found, False)) == 516


def test_no_false_claim_is_accepted(found: list[tuple[Record, Evidence | Failure]]) -> None:
    assert having(those(found, False), Verdict.PROVED, Verdict.CONSISTENT) == set()


def test_no_true_claim_is_refuted(found: list[tuple[Record, Evidence | Failure]]) -> None:
    assert having(those(found, True), Verdict.REFUTED) == set()


def test_false_claims_are_refuted_with_a_witness(
    found: list[tuple[Record, Evidence | Failure]],
) -> None:
    false = those(found, False)
    refuted = having(false, Verdict.REFUTED)
    assert len(refuted) >= 0.99 * len(false), sorted(false.keys() - refuted)
    for id in refuted:
        evidence = false[id]
        assert isinstance(evidence, Evidence)
        assert evidence.witness is not None
        assert evidence.witness.lhs != evidence.witness.rhs


def test_true_claims_are_proved_or_consistent(
    found: list[tuple[Record, Evidence | Failure]],
) -> None:
    true = those(found, True)
    accepted = having(true, Verdict.PROVED, Verdict.CONSISTENT)
    assert len(accepted) >= 0.97 * len(true), sorted(true.keys() - accepted)


def test_true_claims_of_elementary_functions_are_proved(
    found: list[tuple[Record, Evidence | Failure]],
) -> None:
    core = those(found, True, core=True)
    proved = having(core, Verdict.PROVED)
    assert len(proved) >= 0.85 * len(core), sorted(core.keys() - proved)


def test_published_errors_are_refuted(found: list[tuple[Record, Evidence | Failure]]) -> None:
    errors = those(found, False, kind="published_error")
    assert errors
    assert having(errors, Verdict.REFUTED) == errors.keys()
