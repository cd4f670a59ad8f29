"""All float32: what is right is cleared, what is wrong counted, and a run goes on where it was."""

from __future__ import annotations

import sys
from fractions import Fraction
from functools import partial

import numpy as np
import pytest

from derivations.core import exp, symbol
from numeric.accuracy.called import AuditError
from numeric.accuracy.exhaustive import CHUNK, Exhausted, Work, exhaust, judged
from numeric.accuracy.named import claim_named
from numeric.accuracy.target import target_of
from numeric.kernels.kernel import kernel
from numeric.ulp import correctly_rounded
from numeric.workers import Failure

ID = "sigmoid.exp_form"
CLAIM = claim_named(ID)
FROM = int(np.float32(0.75).view(np.uint32))
SOME = range(FROM, FROM + CHUNK // 4)


def rounded(x):
    """The kernel in double, rounded to float32: right but for double rounding."""
    return kernel(ID)(x.astype(np.float64)).astype(np.float32)


def run(function, name, **options):
    return exhaust(
        partial(judged, Work(name, function, kernel(ID), target_of(CLAIM, {}))),
        id=ID, name=name, **options,
    )  # fmt: skip


def last(function, name="somebody's", **options) -> Exhausted:
    *_, found = run(function, name, **options)
    return found


def test_a_right_function_has_no_wrong_result():
    found = last(rounded, inputs=SOME)
    assert found.wrong == 0
    assert found.judged == len(SOME)


def test_a_wrong_result_is_counted_and_shown():
    def off(x):
        values = rounded(x)
        values[x == np.float32(0.75)] += np.float32(1e-6)
        return values

    found = last(off, inputs=SOME)
    assert found.wrong == 1
    assert found.faithless == 1
    assert found.worst == 0.75


def test_the_right_value_is_the_correctly_rounded_one():
    x = symbol("x")
    points = np.linspace(0.75, 0.751, 50).astype(np.float32)
    exact = [correctly_rounded(1 / (1 + exp(-x)), {x: Fraction(float(p))}) for p in points]
    assert rounded(points).tolist() == np.array(exact).astype(np.float32).tolist()


def test_an_interrupted_run_goes_on(tmp_path):
    state = tmp_path / "state.json"
    whole = last(rounded, "r", inputs=range(FROM, FROM + 2 * CHUNK))
    begun = run(rounded, "r", state=state, inputs=range(FROM, FROM + 2 * CHUNK))
    next(begun)
    begun.close()
    rest = list(run(rounded, "r", state=state, inputs=range(FROM, FROM + 2 * CHUNK)))
    assert len(rest) == 1
    assert rest[-1] == whole
    assert list(run(rounded, "r", state=state, inputs=range(FROM, FROM + 2 * CHUNK))) == [whole]


def test_the_state_of_another_audit_is_refused(tmp_path):
    state = tmp_path / "state.json"
    last(rounded, "one", state=state, inputs=SOME)
    with pytest.raises(AuditError, match="belongs to"):
        last(rounded, "two", state=state, inputs=SOME)
    state.write_text("{")
    with pytest.raises(AuditError, match="no state"):
        last(rounded, "one", state=state, inputs=SOME)


def _raises_at(x):
    if (x == np.float32(0.7500001)).any():
        raise OverflowError("not this one")
    return rounded(x)


def _writes(x):
    x[:] = 1
    return x


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (lambda x: x.astype(np.float64), "gives float64"),
        (lambda x: x[1:], "of shape"),
        (lambda x: None, "gives object"),
        (lambda x: sys.exit("over"), "raises SystemExit: over"),
        (_raises_at, r"OverflowError: not this one .*: 0\.75000011920"),
        (_writes, "writes into its argument"),
    ],
)
def test_what_cannot_be_audited_is_refused_with_a_sentence(function, sentence):
    with pytest.raises(AuditError, match=sentence):
        last(function, inputs=SOME)


def test_a_part_without_an_answer_ends_the_audit_and_nothing_before_is_lost(tmp_path):
    def second_fails(judge, chunks):
        yield judge(next(chunks))
        yield Failure("out of time after 1 s")

    state = tmp_path / "state.json"
    inputs = range(FROM, FROM + 2 * CHUNK)
    with pytest.raises(AuditError, match=r"from 0\.8125 on: out of time"):
        last(rounded, "r", state=state, inputs=inputs, through=second_fails)
    (rest,) = run(rounded, "r", state=state, inputs=inputs)
    assert rest == last(rounded, "r", inputs=inputs)
