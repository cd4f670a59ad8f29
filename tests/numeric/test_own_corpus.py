"""Claims of our own with known truth: inequalities, ends, holes, cuts, sums, integrals, limits ...

Each line of `tests/corpora/own.jsonl` is a line of a claims file, with `truth`, `kind`, `why`, and
for a false claim mostly a `witness`, which is asked too.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from derivations.reading.claims import read_claim
from derivations.reading.plain import read_formula
from numeric import Verdict, check
from numeric.exact.irrational import closed
from numeric.judging.compare import Bench
from numeric.judging.findings import Outcome
from numeric.points.inside import is_inside

LINES = (Path(__file__).parent.parent / "corpora" / "own.jsonl").read_text().splitlines()
RECORDS = {record["id"]: record for record in map(json.loads, LINES)}
TRUE = [name for name, record in RECORDS.items() if record["truth"]]
FALSE = [name for name, record in RECORDS.items() if not record["truth"]]
WITNESSED = [name for name in FALSE if "witness" in RECORDS[name]]

# False claims that are left open: a difference that is not seen.
UNDECIDED_THOUGH_FALSE = frozenset({"near-07"})


@cache
def claim_of(name):
    record = RECORDS[name]
    return read_claim(
        {key: record[key] for key in ("id", "claim", "domain", "where") if key in record}
    )


@pytest.mark.parametrize("name", TRUE)
def test_a_true_claim_is_accepted(name):
    evidence = check(claim_of(name))
    assert evidence.verdict in {Verdict.PROVED, Verdict.CONSISTENT}, evidence


@pytest.mark.parametrize("name", FALSE)
def test_a_false_claim_is_refuted(name):
    evidence = check(claim_of(name))
    allowed = {Verdict.REFUTED}
    if name in UNDECIDED_THOUGH_FALSE:
        allowed.add(Verdict.UNKNOWN)
    assert evidence.verdict in allowed, evidence


@pytest.mark.parametrize("name", WITNESSED)
def test_the_known_witness_is_one(name):
    claim = claim_of(name)
    values = {key: closed(read_formula(text, ())) for key, text in RECORDS[name]["witness"].items()}
    point = {variable: values[variable.name] for variable, _ in claim.on}
    assert all(is_inside(point[variable], domain) for variable, domain in claim.on)
    finding = Bench(iter([point])).finding(claim.lhs, claim.rel, claim.rhs, 0)
    if name in UNDECIDED_THOUGH_FALSE:
        assert finding.outcome in {Outcome.FAILS, Outcome.DOUBTFUL}
        return
    assert finding.outcome is Outcome.FAILS


def test_the_corpus_is_large_and_says_why():
    assert len(RECORDS) == len(LINES) > 480
    assert len({(r["claim"], str(r["domain"]), r.get("where")) for r in RECORDS.values()}) == len(
        LINES
    )
    assert all(record["why"] and record["kind"] for record in RECORDS.values())
    assert min(len(TRUE), len(FALSE)) > 200
