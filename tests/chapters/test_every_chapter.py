"""Every shipped claim, its steps and its reasons, as `derivations verify` judges them."""

from __future__ import annotations

import pytest

from derivations.core import Derivation
from numeric.evidence import Verdict
from numeric.points.sample import domain_size, is_enumerated
from tests.kept import DERIVATIONS
from tests.kept import kept_report as report

POINTS = 200

each_claim = pytest.mark.parametrize("id", DERIVATIONS)


@each_claim
def test_every_claim_is_proved_or_consistent(id: str) -> None:
    evidence = report(id).claim
    assert evidence.verdict.is_pass, f"{evidence.verdict}: {evidence.reason}"


@each_claim
def test_every_step_is_proved_or_consistent(id: str) -> None:
    failing = [step.message for step in report(id).steps if not step.evidence.verdict.is_pass]
    assert not failing, "\n".join(failing)


@each_claim
def test_every_reason_is_accepted(id: str) -> None:
    rejected = [
        f"step {step.number}: {step.rejection}" for step in report(id).steps if step.rejection
    ]
    assert not rejected, "\n".join(rejected)


@each_claim
def test_what_is_consistent_is_so_at_all_points_that_were_asked_for(id: str) -> None:
    claim = DERIVATIONS[id].claim
    wanted = min(POINTS, domain_size(claim) or POINTS)
    for evidence in (report(id).claim, *(step.evidence for step in report(id).steps)):
        if evidence.verdict is Verdict.CONSISTENT and not is_enumerated(claim):
            assert evidence.effective_points == wanted, evidence.id


@each_claim
def test_every_derivation_passes_as_a_whole(id: str) -> None:
    assert report(id).verdict.is_pass, "\n".join(report(id).messages)


def test_a_claim_is_used_only_after_it_is_derived() -> None:
    earlier: set[str] = set()
    for derivation in DERIVATIONS.values():
        for used in _used(derivation):
            assert used in earlier, f"{derivation.id} uses {used}, which comes later or nowhere"
        earlier.add(derivation.id)


def _used(derivation: Derivation) -> list[str]:
    return [step.reason.claim.id for step in derivation.steps if step.reason.claim is not None]
