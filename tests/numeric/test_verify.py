"""Chains: a wrong step is found, shown with both lines, and nothing depends on the workers."""

import pytest

from derivations import sigmoid
from derivations.core import (
    Claim,
    ClaimError,
    Derivation,
    Reals,
    Step,
    algebra,
    derive,
    exp,
    fold,
    symbol,
    unfold,
    using,
)
from numeric import Verdict, as_json, verify, verify_all

x = symbol("x")
sigma = sigmoid.sigma


def wrong_middle():
    return derive(
        Claim("wrong.middle", 1 - sigma(x), "=", exp(-x) / (1 + exp(-x)), on={x: Reals}),
        (1 - 1 / (1 + exp(-x)), unfold(sigma)),
        ((1 + exp(-x) - 2) / (1 + exp(-x)), algebra("common denominator")),
        (exp(-x) / (1 + exp(-x)), algebra),
    )


def test_the_derivative_of_the_sigmoid_passes():
    report = verify(sigmoid.DERIVATIVE)
    assert report.verdict.is_pass, report.messages
    assert report.messages == ()
    assert report.claim.effective_points == 200
    assert all(step.evidence.effective_points >= 40 for step in report.steps)


def test_a_wrong_step_is_refuted_with_both_lines():
    report = verify(wrong_middle())
    assert report.verdict is Verdict.REFUTED
    assert report.claim.verdict.is_pass
    message = report.steps[1].message
    head, first, second, *_ = message.splitlines()
    assert head == "wrong.middle, step 2 (common denominator) is refuted at x = 0:"
    assert first.split(" = ")[0].strip() == "1 - 1/(1 + exp(-x))"
    assert first.endswith("= 1/2")
    assert second.split(" = ")[0].strip() == "(1 + exp(-x) - 2)/(1 + exp(-x))"
    assert second.endswith("= 0")
    assert message in report.messages


def test_a_claim_is_proved_by_its_chain_or_itself():
    report = verify(sigmoid.DERIVATIVE)
    if all(step.evidence.verdict is Verdict.PROVED for step in report.steps):
        assert report.verdict is Verdict.PROVED


def test_a_mislabelled_step_is_rejected():
    bad = derive(
        Claim("bad.label", sigma(x), "=", 1 / (1 + exp(-x)), on={x: Reals}),
        (1 / (1 + exp(-x)), algebra),
    )
    report = verify(bad)
    assert report.steps[0].rejection
    assert not report.verdict.is_pass


def test_ends_of_the_chain_are_compared_again():
    claim = Claim("ends", sigma(x), "=", 1 - sigma(-x), on={x: Reals})
    forged = Derivation(claim, (Step(1 / (1 + exp(-x)), "=", unfold(sigma)),))
    report = verify(forged)
    assert not report.verdict.is_pass
    assert any("last line" in message for message in report.messages)


def test_relations_of_the_chain_are_composed_again():
    claim = Claim("order", sigma(x) - 1, "<", sigma(x), on={x: Reals})
    forged = Derivation(claim, (Step(sigma(x), "<=", algebra),))
    assert any("the steps give <=" in message for message in verify(forged).messages)


def test_a_line_with_an_undeclared_variable_is_reported():
    y = symbol("y")
    claim = Claim("loose", sigma(x), "=", sigma(x) + 0 * x, on={x: Reals})
    forged = Derivation(
        claim,
        (Step(sigma(x) + 0 * y, "=", algebra), Step(sigma(x) + 0 * x, "=", algebra)),
    )
    report = verify(forged)
    assert not report.verdict.is_pass
    assert any("no domain for y" in message for message in report.messages)


def test_claims_that_use_each_other_are_an_error():
    one = Claim("one", sigma(x), "=", 1 / (1 + exp(-x)), on={x: Reals})
    two = Claim("two", 1 / (1 + exp(-x)), "=", sigma(x), on={x: Reals})
    chains = [
        derive(one, (1 / (1 + exp(-x)), using(two))),
        derive(two, (sigma(x), using(one))),
    ]
    with pytest.raises(ClaimError, match="one -> two -> one"):
        list(verify_all(chains))


def test_a_claim_that_uses_itself_does_not_pass():
    one = Claim("one", sigma(x), "=", 1 / (1 + exp(-x)), on={x: Reals})
    report = verify(derive(one, (1 / (1 + exp(-x)), using(one))))
    assert not report.verdict.is_pass


def test_reports_do_not_depend_on_the_number_of_workers():
    chains = [sigmoid.DERIVATIVE, wrong_middle(), sigmoid.DERIVATIVE]
    documents = []
    for jobs in (1, 2):
        document = as_json(verify_all(chains, jobs=jobs, points=20))
        documents.append(_timeless(document))
    assert documents[0] == documents[1]
    assert [claim["id"] for claim in documents[0]["claims"]] == [c.id for c in chains]


def _timeless(value):
    if isinstance(value, dict):
        return {k: _timeless(v) for k, v in value.items() if k != "seconds"}
    return [_timeless(v) for v in value] if isinstance(value, list) else value


def test_the_document_counts_its_verdicts():
    document = as_json([verify(wrong_middle(), points=10)])
    assert document["schema"] == 1
    assert document["summary"]["refuted"] == 1
    assert document["claims"][0]["steps"][1]["verdict"] == "refuted"


def test_unfold_and_fold_meet():
    there_and_back = derive(
        Claim("back", sigma(x), "=", sigma(x), on={x: Reals}),
        (1 / (1 + exp(-x)), unfold(sigma)),
        (sigma(x), fold(sigma)),
    )
    assert verify(there_and_back).verdict.is_pass
