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
    antiderivative,
    cos,
    define,
    derive,
    evaluate,
    exp,
    fold,
    integral,
    limit,
    num,
    oo,
    opaque,
    sin,
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


def _cosine_claim(value, id="used"):
    return Claim(id, cos(x), "=", value, on={x: Reals})


@pytest.mark.parametrize(
    ("value", "verdict"), [(x, "refuted"), (opaque("mystery")(x), "unknown")], ids=str
)
def test_a_derivation_that_rests_on_a_claim_that_does_not_pass_is_unknown(value, verdict):
    used = derive(_cosine_claim(value))
    zero = Claim("user", 0 * cos(x) + 0 * value, "=", 0, on={x: Reals})
    user = derive(zero, (0 * value + 0 * value, using(used)), (num(0), algebra))
    report = verify(user, points=10)
    assert report.verdict is Verdict.UNKNOWN
    assert f"user uses used, which is {verdict}" in report.messages


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_used_is_judged_before_its_users_in_whatever_order_they_come(jobs):
    h = define("h", x, sin(x) ** 2 + cos(x) ** 2)
    value = derive(Claim("value", h(x), "=", 1, on={x: Reals}))
    inside = Claim("inside", integral(h(x) * exp(-x), x, 0, oo), "=", 1)
    moved = (
        (integral(1 * exp(-x), x, 0, oo), using(value)),
        (limit(-exp(-x), x, oo) - (-exp(num(0))), antiderivative(-exp(-x))),
        (num(1), evaluate),
    )
    user = derive(inside, *moved)
    reports = list(verify_all([user, value], jobs=jobs, points=10))
    assert [report.id for report in reports] == ["inside", "value"]
    assert [step.evidence.verdict for step in reports[0].steps][:2] == [Verdict.PROVED] * 2


def test_a_used_derivation_is_found_through_the_reason_and_proves_the_step():
    f = define("f", x, exp(x) / (exp(x) + 1))
    form = derive(Claim("form", f(x), "=", sigma(x), on={x: Reals}))
    user = derive(
        Claim("user", limit(f(x), x, oo), "=", limit(sigma(x), x, oo)),
        (limit(sigma(x), x, oo), using(form)),
    )
    (step,) = verify(user, points=5).steps
    assert step.evidence.verdict is Verdict.PROVED
    assert "an earlier claim" in step.evidence.method


def test_a_forged_claim_of_the_same_id_is_not_taken_for_the_proved_one():
    true = Claim("form", sin(x), "=", sin(x), on={x: Reals})
    forged = Claim("form", sin(x), "=", x, on={x: Reals})
    user = derive(
        Claim("user", limit(sin(x), x, 0), "=", limit(x, x, 0)),
        (limit(x, x, 0), using(forged)),
    )
    reports = list(verify_all([derive(true), user], points=5))
    assert reports[1].verdict is Verdict.UNKNOWN


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
