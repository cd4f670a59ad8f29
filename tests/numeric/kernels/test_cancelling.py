"""Kernels near a root: two doubles, then decimal digits, and none of it anywhere else."""

from __future__ import annotations

from decimal import localcontext

import numpy as np
import pytest
from flint import arb, ctx

from derivations.core import Abs, Claim, EulerGamma, Q, Reals, exp, log, num, pi, sqrt, symbols
from derivations.core.conditions import cases
from numeric.accuracy.asserting import assert_accurate
from numeric.accuracy.battery import columns_of
from numeric.accuracy.certified import Certified
from numeric.accuracy.named import claim_named
from numeric.accuracy.ordinals import ulps
from numeric.accuracy.target import target_of
from numeric.evidence import Verdict
from numeric.kernels import pairs
from numeric.kernels.cancelling import guarded, unguarded
from numeric.kernels.copied import copied
from numeric.kernels.emit import source_of
from numeric.kernels.extended import extended
from numeric.kernels.kernel import found_kernel
from numeric.kernels.program import NoProgramError, program_of
from numeric.kernels.stable import precise

x, y, z = symbols("x y z")


def target(formula):
    return target_of(Claim("given", formula, "=", formula, on={x: Reals}), {})


# ------------------------------------------------------------------------ two doubles

ONE_ARGUMENT = [
    (pairs.exp, lambda v: v.exp(), (-600, 700)),
    (pairs.exp, lambda v: v.exp(), (-1, 1)),
    (pairs.expm1, lambda v: v.expm1(), (-40, 700)),
    (pairs.expm1, lambda v: v.expm1(), (-1e-3, 1e-3)),
    (pairs.expm1, lambda v: v.expm1(), (-1e-20, 1e-20)),
    (pairs.log1p, lambda v: v.log1p(), (-0.5, 1e-3)),
    (pairs.log1p, lambda v: v.log1p(), (1, 1e9)),
    (pairs.log, lambda v: v.log(), (2, 1e280)),
    (pairs.log, lambda v: v.log(), (1e-280, 1e-200)),
    (pairs.log, lambda v: v.log(), (0.3, 1.7)),
    (pairs.log, lambda v: v.log(), (1 - 1e-14, 1 + 1e-14)),
    (pairs.sqrt, lambda v: v.sqrt(), (1e-9, 1e9)),
    (pairs.absolute, abs, (-2, 2)),
    (lambda a: pairs.divide((1.0, 0.0), a), lambda v: 1 / v, (-3, 5)),
    (lambda a: pairs.multiply(a, a), lambda v: v * v, (-3, 5)),
    (lambda a: pairs.add(a, (-3.0, 1e-17)), lambda v: v - 3 + arb(1e-17), (3.5, 5)),
]


@pytest.mark.parametrize(("function", "exact", "span"), ONE_ARGUMENT)
def test_a_function_of_two_doubles_has_ninety_bits(function, exact, span):
    high = np.random.default_rng(3).uniform(*span, 60)
    low = high * 2.0**-54
    with np.errstate(all="ignore"):
        values = zip(*function((high, low)), strict=True)
    with ctx.workprec(300):
        for a, b, value in zip(high, low, values, strict=True):
            right = exact(arb(a) + arb(b))
            error = abs((arb(value[0]) + arb(value[1]) - right) / right)
            assert error < arb(2) ** -90


def test_the_larger_and_the_smaller_are_told_apart_by_the_second_double():
    a, b = (np.array([1.0]), np.array([1e-17])), (np.array([1.0]), np.array([2e-17]))
    assert pairs.maximum(a, b)[1] == 2e-17
    assert pairs.minimum(a, b)[1] == 1e-17


def test_a_choice_by_bits_is_that_of_numpy():
    a = np.array([1.0, -0.0, np.nan, np.inf, 5e-324])
    b = np.array([-2.0, 0.0, 3.0, -np.inf, np.nan])
    for bits in range(32):
        test = np.array([bits >> k & 1 for k in range(5)], dtype=bool)
        right = np.where(test, a, b)
        into = b.copy()
        pairs.put(test, a.copy(), into)
        assert into.tobytes() == right.tobytes()
        assert pairs.mixed(test, a, b).tobytes() == right.tobytes()
        assert (pairs.mixed(test, 0.0, 1.0) == ~test).all()


def test_a_choice_by_the_sign_of_a_variable_has_no_branch():
    by_sign = program_of(cases((x * exp(x), x < 0), (exp(x) + 1, None)), (x,))
    by_size = program_of(cases((x * exp(x), x < 3), (exp(x) + 1, None)), (x,))
    assert "put(m0, " in source_of(by_sign, "f", "")
    assert "np.putmask(" in source_of(by_size, "f", "")
    points = np.array([-2.0, -0.0, 0.0, 2.5, -np.inf, np.nan])
    for program, end in ((by_sign, 0), (by_size, 3)):
        namespace = {}
        exec(source_of(program, "f", ""), namespace)
        with np.errstate(all="ignore"):
            right = np.where(points < end, points * np.exp(points), np.exp(points) + 1)
        assert np.array_equal(namespace["f"](points), right, equal_nan=True)
        assert namespace["f"](2.5) == right[3]


def test_a_guard_is_taken_off_only_where_both_branches_are_one():
    f = exp(x) - 2
    assert unguarded(cases((precise(f), x < 1), (f, None))) == f
    other = cases((precise(f), x < 1), (f + 1, None))
    assert unguarded(other) == other


def test_digits_are_added_until_they_decide():
    assert pairs.rounded(lambda x: 1 - (-x).exp(), 1e-300) == 1e-300
    assert pairs.rounded(lambda x: x.exp() - 1, 0.0) == 0.0


# --------------------------------------------------------------------- source of it


def test_only_what_is_called_is_copied():
    lines = "\n".join(copied("add(a, b)"))
    assert "def two_sum(a, b):" in lines
    assert "def multiply" not in lines
    assert "decimal" not in lines


def test_without_decimal_digits_two_doubles_are_the_end():
    assert "rounded" not in extended("near", exp(x) - EulerGamma, (x,), ("x",))


@pytest.mark.parametrize("digits", [20, 200])
def test_pi_has_as_many_digits_as_are_asked_for(digits):
    with localcontext() as context, ctx.workdps(digits + 10):
        context.prec = digits
        assert abs(arb(str(+pairs.pi())) - arb.pi()) < arb(10) ** (2 - digits)


@pytest.mark.parametrize("formula", [x**x, x**9, x ** Q(1, 3)])
def test_what_two_doubles_do_not_compute_is_refused(formula):
    with pytest.raises(NoProgramError):
        extended("near", formula - 1, (x,), ("x",))


@pytest.mark.parametrize(
    ("formula", "points"),
    [
        (exp(x) - 2, [0.6931471805599453, 0.6931471805599454]),
        (log(x) - sqrt(num(2)), [4.113250378782927, 4.113250378782928]),
        (x**2 - 2, [1.4142135623730951, 1.414213562373095]),
        (log(x) - pi, [23.140692632779267, 23.14069263277927]),
        ((exp(-Abs(x)) - Q(1, 3)) * x**-2, [1.0986122886681098, -1.0986122886681098]),
    ],
)
def test_the_guarded_formula_is_right_beside_a_root(formula, points):
    given = np.array([*points, 3.0])
    for candidate in guarded(formula, target(formula)):
        namespace = {}
        exec(source_of(program_of(candidate, (x,)), "f", ""), namespace)
        assert (ulps(namespace["f"](given), Certified(formula, (x,))(given)) <= 2).all()


def test_terms_of_one_sign_need_no_guard():
    formula = (1 + exp(x)) / (2 + exp(x) ** 2)
    assert not list(guarded(formula, target(formula)))


def test_a_sum_that_is_small_almost_everywhere_is_not_guarded():
    formula = 1 - 1 / (1 + exp(-x))
    assert not list(guarded(formula, target(formula)))


# ------------------------------------------------------------------------ the soft label


def beside_the_root(count):
    """Labels of all sizes, near 0, 1/2 and 1, with the scores next to their logit."""
    random = np.random.default_rng(5)
    bits = 2.0 ** -random.integers(1, 54, count).astype(float)
    labels = np.concatenate(
        [
            random.uniform(0, 1, 4 * count),
            10.0 ** random.uniform(-320, 0, count),
            [5e-324, 2.3e-308, 1e-300, 0.5, 1 - 2.0**-53, 0.75, 0.1, 0.9],
            1 - bits,
            0.5 + bits / 2,
            0.5 - bits / 2,
        ]
    )
    labels = labels[(labels > 0) & (labels < 1)]
    scores = np.log(labels) - np.log1p(-labels)
    near = [scores, np.nextafter(scores, np.inf), np.nextafter(scores, -np.inf), scores * 1.1]
    return np.tile(labels, 4), np.concatenate(near)


# The score is so small that its third power is all that is left.
WORST = (
    (0.5 + 2.0**-53, 2.0**-51),
    (0.5 - 2.0**-54, -(2.0**-52)),
    (0.5 + 2.0**-30, 2.0**-28),
)


def test_the_soft_label_slope_is_accurate_next_to_its_root():
    labels, scores = beside_the_root(60)
    labels = np.concatenate([labels, [pair[0] for pair in WORST]])
    scores = np.concatenate([scores, [pair[1] for pair in WORST]])
    right = Certified(1 / (1 + exp(-z)) - y, (y, z))(labels, scores)
    assert not np.isnan(right).any()
    slope = found_kernel("soft_label.derivative").compiled()
    assert (ulps(slope(labels, scores), right) <= 4).all()


def test_an_audit_of_several_variables_looks_next_to_many_roots():
    found = found_kernel("soft_label.derivative")
    labels, scores = columns_of(
        target_of(claim_named(found.id), {}), 1000, np.random.default_rng(2)
    )
    with np.errstate(all="ignore"):
        roots = np.log(labels) - np.log1p(-labels)
        beside = np.abs(scores - roots) < 1e-14 * np.abs(roots)
    assert np.unique(labels[beside]).size > 40


def test_the_certificate_of_the_soft_label_slope():
    found = found_kernel("soft_label.derivative")
    assert found.certificate.verdict == Verdict.PROVED
    assert found.certificate.audit.max_ulp <= 4
    assert found.certificate.audit.subnormal_losses == 0


def test_the_third_derivative_is_accurate_next_to_its_roots():
    root = 1.3169578969248166
    near = root + np.arange(-40, 41) * np.spacing(root)
    points = np.concatenate([near, -near])
    found = found_kernel("sigmoid.third_derivative")
    right = Certified(found.formula, (x,))(points)
    assert (ulps(found.compiled()(points), right) <= 2).all()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("np.flatnonzero(marked)", "np.flatnonzero(marked & False)"),
        ("1.0256140311365355e-14", "0.0"),
        ("134217729.0 * a", "129.0 * a"),
        ("-134217728", "-1"),
        ("* np.expm1(rest)", "* rest"),
        ("> 8.0 *", "> 1e-9 *"),
        ("len(rare)", "len(rare) and False"),
        ("sure &= ", "sure |= "),
        ("(50, 100, 200, 400, 800)", "(17,)"),
        ("0.6666666666666666, out", "0.001, out"),
        ("a1 * b2 + a2 * b1", "a1 * b2 - a2 * b1"),
    ],
)
def test_a_damaged_soft_label_slope_is_flagged(old, new):
    found = found_kernel("soft_label.derivative")
    assert old in found.source
    namespace = {}
    exec(found.source.replace(old, new), namespace)
    with pytest.raises(AssertionError):
        assert_accurate(namespace[found.name], found.id, points=1000, searching=0)


@pytest.mark.parametrize("bound", ["0.5", "1e-3"])
def test_a_guard_that_is_too_narrow_is_found_by_the_search_beside_the_root(bound):
    right = found_kernel("soft_label.derivative").compiled()

    def slope(y, z):
        small = np.exp(-np.abs(z))
        over = np.where(z < 0, y + (y - 1) * small, y - 1 + y * small)
        near = np.abs(over) < float(bound) * np.minimum(y, 1 - y)
        return np.where(near, right(y, z), -over / (1 + small))

    with pytest.raises(AssertionError, match="ULP"):
        assert_accurate(slope, "soft_label.derivative", points=4000, searching=1000)
