"""The audit finds what is wrong in float64 code, and clears what is right."""

from __future__ import annotations

import shlex
import subprocess
import sys
from fractions import Fraction
from math import inf, nan

import numpy as np
import pytest
from scipy import special, stats

from derivations.core import Reals, UnitInterval, exp, log, symbol
from numeric.accuracy.asserting import assert_accurate
from numeric.accuracy.audit import audit
from numeric.accuracy.called import AuditError
from numeric.accuracy.certified import Certified
from numeric.accuracy.imported import function_named
from numeric.accuracy.independent import held_against_mpmath
from numeric.accuracy.landmarks import landmarks
from numeric.accuracy.named import argument_map, claim_named
from numeric.accuracy.ordinals import doubles, neighbours, ordinals, ulps
from numeric.accuracy.points import range_of
from numeric.accuracy.sentences import reproducer
from numeric.accuracy.target import target_of
from numeric.ulp import correctly_rounded

x = symbol("x")
SIGMA = 1 / (1 + exp(-x))
FAST = {"points": 4000, "searching": 200_000}


def damaged_by_a_threshold(z):
    """Softplus as it is often written: the argument itself from 20 on."""
    return np.where(z > 20, z, np.log1p(np.exp(np.minimum(z, 20.0))))


def damaged_by_a_dropped_branch(z):
    """The stable form for positive arguments only."""
    return z + np.log1p(np.exp(-z))


def damaged_by_a_float32_constant(z):
    return special.expit(z) * np.float64(np.float32(1 + 1e-7))


def damaged_by_a_sign(z):
    return special.expit(-z)


SOFTPLUS = "softplus.stable_form"
SIGMOID = "sigmoid.exp_form"


@pytest.mark.parametrize(
    ("function", "id"),
    [
        (special.expit, SIGMOID),
        (special.log_expit, "log_sigmoid.softplus_form"),
        (lambda z: np.logaddexp(0, z), SOFTPLUS),
        (lambda z: special.expit(z) * special.expit(-z), "sigmoid.derivative"),
        (np.tanh, "squashing.tanh.fraction"),
    ],
)
def test_an_accurate_function_is_cleared(function, id):
    assert assert_accurate(function, id, **FAST).passes(4)


@pytest.mark.parametrize(
    ("function", "id"),
    [
        (damaged_by_a_threshold, SOFTPLUS),
        (damaged_by_a_dropped_branch, SOFTPLUS),
        (damaged_by_a_float32_constant, SIGMOID),
        (damaged_by_a_sign, SIGMOID),
        (lambda z: np.log(1 + np.exp(z)), SOFTPLUS),
        (lambda z: special.expit(z) * (1 - special.expit(z)), "sigmoid.derivative"),
        (stats.logistic.pdf, "sigmoid.derivative"),
        (lambda z: np.log(special.expit(z)), "log_sigmoid.softplus_form"),
        (lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)), "squashing.tanh.fraction"),
    ],
)
def test_a_damaged_function_is_flagged(function, id):
    with pytest.raises(AssertionError, match="seed 0"):
        assert_accurate(function, id, max_ulp=8, **FAST)


def _spoilt(function, where, spoil):
    """The function with other values at some places."""

    def spoilt(z):
        values = function(z)
        return np.where(where(np.asarray(z)), spoil(z, values), values)

    return spoilt


def _seventeen_ulps_off(z, values):
    return values + 17 * np.spacing(np.abs(values))


@pytest.mark.parametrize(
    ("function", "id"),
    [
        # a series about a root, used at a millionth's distance from it
        (
            _spoilt(special.logit, lambda p: np.abs(p - 0.5) < 1e-6, lambda p, _: 4 * (p - 0.5)),
            "logit.difference",
        ),
        # one binade of the arguments
        (
            _spoilt(np.tanh, lambda z: (z >= 2.0**-333) & (z < 2.0**-332), _seventeen_ulps_off),
            "squashing.tanh.fraction",
        ),
        # one argument
        (_spoilt(special.expit, lambda z: z == 20, _seventeen_ulps_off), SIGMOID),
        # a normal number in the place of a subnormal one
        (_spoilt(special.expit, lambda z: z < -709, lambda z, _: 3e-308 + 0 * z), SIGMOID),
        # floats only
        (lambda z: special.expit(z) if isinstance(z, np.ndarray) else 0.25, SIGMOID),
        (lambda z: special.expit(z) if isinstance(z, np.ndarray) else nan, SIGMOID),
    ],
)
def test_a_small_fault_is_found_with_the_default_settings(function, id):
    with np.errstate(all="ignore"), pytest.raises(AssertionError, match=r"right|infinitely"):
        assert_accurate(function, id, max_ulp=8)


def test_the_worst_point_gives_the_error_that_is_said():
    found = audit(stats.logistic.pdf, claim_named("sigmoid.derivative"), **FAST)
    ((_, worst),) = found.worst
    assert float(stats.logistic.pdf(worst)) == found.got
    right = correctly_rounded(SIGMA * (1 - SIGMA), {x: Fraction(worst)})
    assert right == found.correct
    assert float(ulps(found.got, found.correct)) == found.max_ulp


def test_the_same_seed_gives_the_same_audit():
    one, two = (audit(special.expit, claim_named(SIGMOID), seed=3, **FAST) for _ in range(2))
    assert one == two


def test_wrong_limits_and_lost_nans_are_said():
    found = audit(
        lambda z: np.where(np.abs(z) < 1e300, special.expit(np.nan_to_num(z)), 0.5),
        claim_named(SIGMOID),
        **FAST,
    )
    assert found.at_infinity == (
        "at -inf it gives 0.5, the limit is 0.0",
        "at inf it gives 0.5, the limit is 1.0",
    )
    assert not found.nan_kept


def test_lost_subnormals_bounds_and_order_are_counted():
    found = audit(lambda z: special.expit(z) + 1e-12 * (z > 1), claim_named(SIGMOID), **FAST)
    assert found.subnormal_losses > 0
    assert found.out_of_bounds > 0
    wavy = audit(lambda z: special.expit(z) + 1e-3 * np.sin(z), claim_named(SIGMOID), **FAST)
    assert wavy.not_monotone > 0


def test_warnings_are_noticed_and_calls_with_floats_compared():
    def differs(z):
        return 1 / (1 + np.exp(-z)) if isinstance(z, np.ndarray) else 0.25

    found = audit(differs, claim_named(SIGMOID), **FAST)
    assert found.scalar_differs > 100
    assert any("overflow" in text for text, _ in found.warnings)


def test_a_function_of_floats_only_is_audited():
    from math import exp as exp_of_floats

    def sigmoid(z: float) -> float:
        return 1 / (1 + exp_of_floats(-z))

    found = audit(sigmoid, claim_named(SIGMOID), points=400, searching=0)
    # exp overflows below -709.78, and math.exp raises.
    assert found.failures > 0
    assert "OverflowError" in found.first_failure
    assert not found.passes(4)


def test_a_function_of_a_file_is_reproduced_by_a_line_of_shell(tmp_path):
    (tmp_path / "own.py").write_text(
        "class Own:\n    @staticmethod\n    def sigmoid(z):\n        return 0.25 + 0*z\n"
    )
    found = audit(lambda z: 0.25 + 0 * z, claim_named(SIGMOID), name="own.py:Own.sigmoid", **FAST)
    said = subprocess.run(
        shlex.split(reproducer(found).replace("python", sys.executable, 1)),
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert float(said.stdout) == found.got == 0.25


def test_the_line_of_shell_hands_the_arguments_over_as_the_audit_did():
    claim = claim_named("cross_entropy.slope")  # of q and p
    _, arrange = argument_map("raw=p", claim)
    found = audit(lambda q, raw: 0 * q, claim, name="own:f", arrange=arrange, **FAST)
    (_, q), (_, p) = found.worst
    assert f"m.f({q!r}, raw={p!r})" in reproducer(found, arrange)


def test_a_worst_point_of_arrays_only_is_shown_in_an_array():
    found = audit(
        lambda z: 0.25 + 0 * z if isinstance(z, np.ndarray) else special.expit(z),
        claim_named(SIGMOID), name="own:f", **FAST,
    )  # fmt: skip
    assert found.only_in_arrays
    assert "m.f(np.array([" in reproducer(found)


def test_a_function_of_arrays_only_is_no_worse_for_it():
    def sigmoid(z):
        if not isinstance(z, np.ndarray):
            raise TypeError("arrays only")
        return special.expit(z)

    found = audit(sigmoid, claim_named(SIGMOID), points=400, searching=0)
    assert found.scalar_raises == 200
    assert found.scalar_differs == found.failures == 0
    assert found.passes(4)


def test_a_buffer_that_a_function_gives_again_and_again_is_read_at_once():
    buffer = np.empty(1_000_000)

    def sigmoid(z):
        return special.expit(z, out=buffer[: np.size(z)].reshape(np.shape(z)))

    found = audit(sigmoid, claim_named(SIGMOID), points=400, searching=0)
    assert found.passes(4)
    assert found.wrong_zeros == 0


def test_a_function_that_raises_at_many_inputs_is_not_searched():
    def refuses(z):
        if np.any(np.abs(z) > 50):
            raise ValueError("too large")
        return special.expit(z)

    found = audit(refuses, claim_named(SIGMOID), points=400, searching=100_000)
    assert found.failures > 100
    assert found.searched == 0
    assert "ValueError: too large at " in found.first_failure
    assert not found.passes(4)


def _writes(z):
    z *= 0
    return z


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (lambda z: z[:2], "an array of shape"),
        (lambda z: "text", "gives a str, no numbers"),
        (lambda z: None, "gives None, no numbers"),
        (lambda z: sys.exit(3), "SystemExit: 3"),
        (lambda z: (_ for _ in ()).throw(BaseException("over")), "BaseException: over"),
        (lambda z: z.astype(np.float32), "float32"),
        (lambda z: z + 1j, "complex"),
        (_writes, "writes into its argument"),
        (lambda: 1.0, "TypeError"),
    ],
)
def test_a_function_that_cannot_be_audited_is_refused_with_a_sentence(function, sentence):
    with pytest.raises(AuditError, match=sentence):
        audit(function, claim_named(SIGMOID), points=50, searching=0)


@pytest.mark.parametrize(
    ("id", "sentence"),
    [
        ("sigmoid.positive", "no equation"),
        ("sigmoid.at_zero", "says nothing about a function"),
        ("likelihood.gradient", r"array|nothing"),
        ("no.such", r"no\.such"),
    ],
)
def test_a_claim_without_right_values_is_refused_with_a_sentence(id, sentence):
    with pytest.raises(AuditError, match=sentence):
        audit(special.expit, claim_named(id), points=50, searching=0)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("no_such_module:f", "cannot be imported"),
        ("math", "names no function"),
        ("math:no_such", "has no"),
        ("math:pi", "no function"),
        ("no_such_file.py:f", "cannot be imported: there is no such file"),
    ],
)
def test_a_wrong_name_is_refused_with_a_sentence(name, sentence):
    with pytest.raises(AuditError, match=sentence):
        function_named(name)


def test_the_argument_map_orders_names_and_fixes():
    claim = claim_named("cross_entropy.slope")  # of q and p
    fixed, arrange = argument_map("raw=p", claim)
    assert fixed == {}
    assert arrange([1.0, 2.0]) == ((1.0,), {"raw": 2.0})
    fixed, arrange = argument_map("p, q=1/2", claim)
    assert fixed == {"q": Fraction(1, 2)}
    assert arrange([2.0]) == ((2.0,), {})
    for wrong in ("r", "q=z=1", "p, p", "=", "q=one"):
        with pytest.raises(AuditError, match=r"argument map|twice"):
            argument_map(wrong, claim)


# ------------------------------------------------------------------------- the reference


@pytest.mark.parametrize(
    "formula", [SIGMA, SIGMA * (1 - SIGMA), log(1 + exp(x)), exp(-(x**2) / 2), x / (1 + x**2)]
)
def test_the_straight_line_agrees_with_the_general_evaluation(formula):
    points = np.random.default_rng(1).uniform(-60, 60, 40)
    certified = Certified(formula, (x,))(points)
    general = [correctly_rounded(formula, {x: Fraction(point)}) for point in points.tolist()]
    assert certified.tolist() == general


def test_certified_values_are_held_against_mpmath():
    target = target_of(claim_named("sigmoid.derivative"), {})
    points = np.linspace(-700, 700, 50)
    correct = Certified(target.formula, target.variables)(points)
    held_against_mpmath(target, [points], correct)
    with pytest.raises(AuditError, match="mpmath disagree"):
        held_against_mpmath(target, [points], correct * (1 + 1e-14))


def test_undefined_points_and_ties_are_left_to_the_general_evaluation():
    values = Certified(x / x, (x,))([0.0, 2.0])
    assert np.isnan(values[0])
    assert values[1] == 1
    half = Certified(x / 2, (x,))([5e-324, 1.5e-323])
    assert half.tolist() == [0.0, 1e-323]  # ties go to even


def test_thresholds_and_roots_are_found_in_the_formula():
    marks = landmarks(exp(x) * (1 - exp(x)) / (1 + exp(x)) ** 3, x, range_of(Reals))
    for place in (-745.1332191019411, 709.782712893384, 0.0):
        assert np.abs(marks - place).min() <= 1e-9
    (root, *_) = landmarks(log(x / (1 - x)), x, range_of(UnitInterval))
    assert root == 0.5 - 2**-54  # the last double before it


# --------------------------------------------------------------------------- the row of doubles


def test_every_double_has_its_place():
    values = np.array([-inf, -1.0, -5e-324, -0.0, 0.0, 5e-324, 1.0, 1.7976931348623157e308, inf])
    places = ordinals(values)
    assert (np.diff(places) >= 0).all()
    assert doubles(places).tolist() == values.tolist()
    assert neighbours(1.0, 1).tolist() == [1 - 2**-53, 1.0, 1 + 2**-52]


@pytest.mark.parametrize(
    ("got", "right", "error"),
    [
        (1.0, 1.0, 0.0),
        (1 + 2**-52, 1.0, 1.0),
        (0.0, 5e-324, 1.0),
        (-5e-324, 5e-324, 2.0),
        (-1.7976931348623157e308, 1.7976931348623157e308, 2.0**54 - 2),
        (nan, 1.0, inf),
        (1.0, inf, inf),
        (1.0, 0.0, 1.7976931348623157e308),
        (inf, inf, 0.0),
    ],
)
def test_an_error_is_counted_in_units_of_the_correct_value(got, right, error):
    assert float(ulps(got, right)) == error


def test_a_function_of_finitely_many_points_is_searched_at_these():
    claim = claim_named("training.start")
    found = audit(lambda q: np.full_like(q, np.log(2)), claim, points=100, searching=1000)
    assert found.passes()
    assert found.max_ulp == 0
