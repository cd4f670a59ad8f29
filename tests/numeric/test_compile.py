"""Compiled functions agree with plain NumPy and mpmath, and refuse what they cannot compute."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
import scipy.special

from derivations.core import (
    D,
    Formula,
    FormulaError,
    Matmul,
    Max,
    Min,
    Q,
    Transpose,
    array,
    cases,
    define,
    delta,
    erf,
    exp,
    indicator,
    integral,
    limit,
    log,
    num,
    oo,
    opaque,
    pi,
    prime,
    product,
    symbols,
    total,
)
from derivations.core.calculus import subs
from derivations.core.formula import Catalan, GoldenRatio
from derivations.core.functions import BUILTINS, Function
from derivations.core.special_functions import SPECIAL_FUNCTIONS, hypergeometric
from derivations.core.to_sympy import to_sympy
from numeric.compile import mpmath_function, numpy_function
from numeric.compile_special import NOT_IN_MPMATH, NOT_IN_SCIPY

x, t, i, j, k, m, n = symbols("x t i j k m n")
sigma = define("sigma", x, 1 / (1 + exp(-x)))
X, y, theta = array("x", m, n), array("y", m), array("theta", n)
z = define("z", i, total(theta[j] * X[i, j], j, 1, n))
h = define("h", i, sigma(z(i)))
cost = -(total(y[i] * log(h(i)) + (1 - y[i]) * log(1 - h(i)), i, 1, m) / m)
gradient = total((h(i) - y[i]) * X[i, j], i, 1, m) / m

STATE = np.random.RandomState(7)
FEATURES, LABELS = STATE.randn(30, 3), (STATE.randn(30) > 0).astype(float)
WEIGHTS = np.array([0.3, -1.2, 0.7])
PREDICTED = scipy.special.expit(FEATURES @ WEIGHTS)
PLAIN_COST = -np.mean(LABELS * np.log(PREDICTED) + (1 - LABELS) * np.log(1 - PREDICTED))
PLAIN_GRADIENT = FEATURES.T @ (PREDICTED - LABELS) / 30


def test_a_scalar_formula_takes_numbers_and_arrays() -> None:
    points = np.linspace(-30, 30, 7)
    compiled = numpy_function(sigma(x), (x,))
    assert np.allclose(compiled(points), scipy.special.expit(points), rtol=1e-14)
    assert compiled(0.0) == 0.5


def test_a_constant_has_a_value_for_every_point() -> None:
    assert numpy_function(num(3), (x,))(np.zeros(4)).tolist() == [3, 3, 3, 3]


def test_a_derivative_is_carried_out() -> None:
    both = numpy_function(D(sigma(x), x), (x,)), numpy_function(prime(sigma, x), (x,))
    for compiled in both:
        assert compiled(0.0) == 0.25


def test_the_cost_is_vectorised_over_samples_and_features() -> None:
    compiled = numpy_function(cost, (theta, X, y))
    assert compiled(WEIGHTS, FEATURES, LABELS) == pytest.approx(PLAIN_COST, rel=1e-14)


def test_the_gradient_comes_for_all_its_indices_at_once() -> None:
    compiled = numpy_function(gradient, (theta, X, y, j))
    found = compiled(WEIGHTS, FEATURES, LABELS, np.arange(1, 4))
    assert np.allclose(found, PLAIN_GRADIENT, rtol=1e-13)


def test_the_derivative_of_the_cost_is_the_gradient() -> None:
    compiled = numpy_function(D(cost, theta[k]), (theta, X, y, k))
    found = compiled(WEIGHTS, FEATURES, LABELS, np.arange(1, 4))
    assert np.allclose(found, PLAIN_GRADIENT, rtol=1e-12)


def test_mpmath_computes_the_cost_to_its_precision() -> None:
    with mpmath.workdps(40):
        found = mpmath_function(cost, (theta, X, y))(WEIGHTS, FEATURES, LABELS)
        predicted = [
            1 / (1 + mpmath.exp(-sum(mpmath.mpf(w) * a for w, a in zip(WEIGHTS, row, strict=True))))
            for row in FEATURES.tolist()
        ]
        expected = -sum(
            mpmath.log(p if label else 1 - p) for p, label in zip(predicted, LABELS, strict=True)
        )
        assert abs(found - expected / 30) < mpmath.mpf(10) ** -38


def test_branches_and_indicators_choose_pointwise() -> None:
    points = np.array([-800.0, 0.0, 800.0])
    stable = cases((log(1 + exp(-x)), x > 0), (-x + log(1 + exp(x)), None))
    assert numpy_function(stable, (x,))(points).tolist() == [800, pytest.approx(np.log(2)), 0]
    assert numpy_function(indicator(x < 0), (x,))(points).tolist() == [1, 0, 0]
    assert numpy_function(Max(x, 2) + Min(x, 2), (x,))(points).tolist() == [-798, 2, 802]


def test_sums_and_products_of_indices_and_deltas() -> None:
    body = total(y[i] * delta(i, k), i, 1, m) + product(y[i], i, 1, m) + total(i, i, 1, m)
    found = numpy_function(body, (y, k))(np.array([2.0, 3.0, 5.0]), np.array([1, 3]))
    assert found.tolist() == [2 + 30 + 6, 5 + 30 + 6]


def test_an_empty_sum_is_0_and_an_empty_product_1() -> None:
    assert numpy_function(total(i, i, 3, 2), (x,))(1.0) == 0
    assert numpy_function(product(i, i, 3, 2), (x,))(1.0) == 1


@pytest.mark.parametrize("name", sorted(set(BUILTINS) - {"KroneckerDelta"}))
def test_every_builtin_function_is_compiled_in_both_ways(name: str) -> None:
    head = BUILTINS[name]
    formula = head(x) if 1 in head.arities else head(x, 2)
    value = 1.5 if name == "acosh" else 3.0 if name == "factorial" else 1 / 3
    scalar = numpy_function(formula, (x,))(value)
    indexed = numpy_function(formula + total(0 * i, i, 1, 1), (x,))(value)
    with mpmath.workdps(30):
        exact = mpmath.mpf(1.5 if name == "acosh" else 3 if name == "factorial" else 1) / (
            1 if name in {"acosh", "factorial"} else 3
        )
        reference = mpmath_function(formula, (x,))(exact)
        walked = mpmath_function(formula + total(0 * i, i, 1, 1), (x,))(exact)
        assert abs(reference - walked) < 1e-28
    assert scalar == pytest.approx(float(reference), rel=1e-13)
    assert indexed == pytest.approx(float(reference), rel=1e-13)


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        (limit(sigma(x), x, oo), "a limit is not compiled"),
        (integral(exp(-t), t, 0, oo), "infinite end"),
        (total(x**k, k, 0, oo), "infinite end"),
        (opaque("f")(x), "nothing is known about f"),
        (x + t, "also depends on t"),
        (Matmul(Transpose(X), y), "not compiled|no counterpart|also depends"),
    ],
    ids=str,
)
def test_what_has_no_pointwise_value_is_refused(formula: Formula, sentence: str) -> None:
    for compiler in (numpy_function, mpmath_function):
        with pytest.raises(FormulaError, match=sentence):
            compiler(formula, (x,))


def test_shapes_that_do_not_fit_are_named() -> None:
    compiled = numpy_function(cost, (theta, X, y))
    with pytest.raises(ValueError, match="n is 2 and 3 at once"):
        compiled(WEIGHTS[:2], FEATURES, LABELS)
    with pytest.raises(ValueError, match="x has 2 axes"):
        compiled(WEIGHTS, LABELS, LABELS)


def test_an_index_below_1_is_an_error_and_not_the_last_element() -> None:
    with pytest.raises(FormulaError, match="begin at 1"):
        numpy_function(y[i - 1], (y, i))(LABELS, 1)


def test_overflow_is_silent() -> None:
    assert numpy_function(sigma(x), (x,))(-800.0) == 0


def test_a_proper_integral_is_a_number() -> None:
    node = integral(2 / pi ** Q(1, 2) * exp(-(t**2)), t, 0, x)
    assert numpy_function(node, (x,))(0.75) == pytest.approx(scipy.special.erf(0.75), rel=1e-12)
    assert numpy_function(erf(x), (x,))(0.75) == scipy.special.erf(0.75)


LETTERS = symbols("a b c d")
ARGUMENTS = {1: (Q(3, 5),), 2: (num(2), Q(3, 5)), 3: (num(2), num(1), Q(3, 5))}
ARGUMENTS[4] = (num(2), num(1), num(3), Q(3, 5))
WHOLE = ("fibonacci", "lucas", "bernoulli", "euler", "factorial2")
OTHER = {
    "acoth": (Q(5, 3),), "asec": (Q(5, 3),), "acsc": (Q(5, 3),),
    "elliptic_f": (Q(3, 5), Q(1, 3)), "elliptic_e": (Q(3, 5), Q(1, 3)),
    "elliptic_pi": (Q(1, 4), Q(3, 5), Q(1, 3)), "lerchphi": (Q(1, 2), num(2), Q(3, 5)),
}  # fmt: skip


def special_calls() -> list[tuple[Function, tuple[Formula, ...]]]:
    found = []
    for name, head in SPECIAL_FUNCTIONS.items():
        for arity in head.arities if name != "erfcinv" else ():
            given = OTHER.get(name, ())
            whole = arity == 1 and name in WHOLE
            args = given if len(given) == arity else ARGUMENTS[arity]
            args = (Q(1, 4), Q(3, 5)) if name == "elliptic_pi" and arity == 2 else args
            found.append((head, (num(5),) if whole else args))
    for p, q in ((0, 1), (1, 1), (2, 1), (1, 2)):
        found.append((hypergeometric(p, q), ARGUMENTS[p + q + 1]))
    return found


@pytest.mark.parametrize(
    ("head", "args"), special_calls(), ids=lambda v: getattr(v, "name", str(v))
)
def test_a_special_function_is_compiled_or_refused_by_its_name(
    head: Function, args: tuple[Formula, ...]
) -> None:
    letters = LETTERS[: len(args)]
    call = head(*letters)
    if head.name in NOT_IN_MPMATH:
        for compiler in (numpy_function, mpmath_function):
            with pytest.raises(FormulaError, match=rf"has no function for {head.name}\("):
                compiler(call, letters)
        return
    with mpmath.workdps(30):
        # SymPy's own evaluation, which knows nothing of the compiled code
        exact = to_sympy(head(*args)).doit().evalf(30)
        reference = mpmath.mpmathify(exact._to_mpmath(110))
        values = [mpmath.mpmathify(to_sympy(a).evalf(30)._to_mpmath(110)) for a in args]
        assert abs(mpmath_function(call, letters)(*values) - reference) < 1e-25
    try:
        compiled = numpy_function(call, letters)
    except FormulaError as error:
        refused = head.name in NOT_IN_SCIPY or head.name in ("harmonic", "hyper_1_2")
        assert refused, error  # noqa: PT017  (both ways are right, each for its functions)
        return
    assert head.name not in NOT_IN_SCIPY
    value = compiled(*(float(v) for v in values))
    assert complex(value) == pytest.approx(complex(reference), rel=1e-12)


def test_the_inverse_of_erfc_is_compiled() -> None:
    (a,) = LETTERS[:1]
    inverse = SPECIAL_FUNCTIONS["erfcinv"](a)
    assert scipy.special.erfc(numpy_function(inverse, (a,))(0.6)) == pytest.approx(0.6, rel=1e-14)
    assert mpmath.almosteq(mpmath.erfc(mpmath_function(inverse, (a,))(0.6)), 0.6, 1e-14)


def test_an_index_that_is_no_integer_has_no_value() -> None:
    a, b = LETTERS[:2]
    assert np.isnan(numpy_function(SPECIAL_FUNCTIONS["hermite"](a, b), (a, b))(1.5, 0.3))
    for name in ("bernoulli", "euler", "polygamma"):
        call = SPECIAL_FUNCTIONS[name](a, b)
        with pytest.raises(ValueError, match="no integer"):
            mpmath_function(call, (a, b))(1.5, 0.3)


@pytest.mark.parametrize(
    ("name", "args", "value"),
    [
        ("FallingFactorial", (5, 5), 120),
        ("FallingFactorial", (3, 5), 0),
        ("FallingFactorial", (0.5, 2), -0.25),
        ("RisingFactorial", (-3, 2), 6),
        ("binomial", (2, 3), 0),
        ("binomial", (0.5, 2), -0.125),
    ],
)
def test_a_factorial_is_compiled_where_gamma_has_a_pole(
    name: str, args: tuple[float, float], value: float
) -> None:
    a, b = LETTERS[:2]
    for compiler in (numpy_function, mpmath_function):
        call = SPECIAL_FUNCTIONS[name]
        assert float(compiler(call(a, b), (a, b))(*args)) == pytest.approx(value)
        same = compiler(SPECIAL_FUNCTIONS["FallingFactorial"](a, a), (a,))
        assert float(same(4.0)) == pytest.approx(24)


def test_a_value_at_a_point_is_compiled() -> None:
    formula = subs(D(t**3 * x, t), t, x + 1)
    assert numpy_function(formula, (x,))(1.0) == 12.0


def test_the_constants_are_compiled_in_both_ways() -> None:
    for formula in (Catalan + x, GoldenRatio + total(x * i, i, 1, 1)):
        with mpmath.workdps(30):
            reference = mpmath_function(formula, (x,))(mpmath.mpf(0))
        assert numpy_function(formula, (x,))(0.0) == pytest.approx(float(reference), rel=1e-15)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (t / (1 / x), 12),
        (t / x ** Q(-1, 2), 6),
        (t / x ** num(-1), 12),
        (t * (1 / x) ** num(-1), 12),
        (t - 5 / (1 / x), -17),
        (t / (1 / x) / (1 / t), 36),
        (t * exp(-((t / (1 / x ** Q(1, 2))) ** 2) / 36), 3 * np.exp(-1)),
        (1 / (1 / x), 4),
    ],
)
def test_what_is_divided_by_a_reciprocal_is_multiplied(formula: Formula, value: float) -> None:
    assert numpy_function(formula, (x, t))(4.0, 3.0) == pytest.approx(value)
    assert float(mpmath_function(formula, (x, t))(4, 3)) == pytest.approx(value)
