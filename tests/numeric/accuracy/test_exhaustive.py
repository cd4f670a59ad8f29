"""All float32: what is right is cleared, what is wrong counted, and a run goes on where it was."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from derivations.core import exp, symbol
from numeric.accuracy.called import AuditError
from numeric.accuracy.exhaustive import CHUNK, Exhausted, exhaust
from numeric.accuracy.named import claim_named
from numeric.kernels.kernel import kernel
from numeric.ulp import correctly_rounded

ID = "sigmoid.exp_form"
CLAIM = claim_named(ID)
FROM = int(np.float32(0.75).view(np.uint32))
SOME = range(FROM, FROM + CHUNK // 4)


def rounded(x):
    """The kernel in double, rounded to float32: right but for double rounding."""
    return kernel(ID)(x.astype(np.float64)).astype(np.float32)


def last(*arguments, **options) -> Exhausted:
    *_, found = exhaust(*arguments, **options)
    return found


def test_a_right_function_has_no_wrong_result():
    found = last(rounded, kernel(ID), CLAIM, name="rounded", inputs=SOME)
    assert found.wrong == 0
    assert found.judged == len(SOME)


def test_a_wrong_result_is_counted_and_shown():
    def off(x):
        values = rounded(x)
        values[x == np.float32(0.75)] += np.float32(1e-6)
        return values

    found = last(off, kernel(ID), CLAIM, name="off", inputs=SOME)
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
    whole = last(rounded, kernel(ID), CLAIM, name="r", inputs=range(FROM, FROM + 2 * CHUNK))
    run = exhaust(
        rounded, kernel(ID), CLAIM, name="r", state=state, inputs=range(FROM, FROM + 2 * CHUNK)
    )
    next(run)
    run.close()
    rest = list(
        exhaust(
            rounded, kernel(ID), CLAIM, name="r", state=state, inputs=range(FROM, FROM + 2 * CHUNK)
        )
    )
    assert len(rest) == 1
    assert rest[-1] == whole


def test_the_state_of_another_audit_is_refused(tmp_path):
    state = tmp_path / "state.json"
    last(rounded, kernel(ID), CLAIM, name="one", state=state, inputs=SOME)
    with pytest.raises(AuditError, match="belongs to"):
        last(rounded, kernel(ID), CLAIM, name="two", state=state, inputs=SOME)
    state.write_text("{")
    with pytest.raises(AuditError, match="no state"):
        last(rounded, kernel(ID), CLAIM, name="one", state=state, inputs=SOME)


def test_what_gives_no_float32_is_refused():
    with pytest.raises(AuditError, match="float64"):
        last(lambda x: x.astype(np.float64), kernel(ID), CLAIM, name="wide", inputs=SOME)
