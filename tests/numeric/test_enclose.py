"""The two evaluations: what is exact, what is undefined, what a kink does, where they agree."""

from fractions import Fraction

import flint
import mpmath
import pytest

from derivations.core import (
    Abs,
    Cases,
    D,
    Entry,
    Formula,
    I,
    Indicator,
    Matmul,
    Max,
    Q,
    Transpose,
    acos,
    acosh,
    array,
    asin,
    asinh,
    atan,
    atanh,
    cases,
    cos,
    cosh,
    define,
    delta,
    eq,
    erf,
    erfc,
    exp,
    factorial,
    gamma,
    indicator,
    integral,
    log,
    loggamma,
    num,
    oo,
    opaque,
    prime,
    product,
    sin,
    sinh,
    sqrt,
    symbols,
    tan,
    tanh,
    total,
)
from numeric.balls.enclose import enclose
from numeric.balls.values import Gaussian, Indeterminate, Undefined
from numeric.reference.evaluate import evaluate

x, y, z, t, i, j, m, n = symbols("x y z t i j m n")
a = array("a", m)
X = array("X", m, n)
sigma = define("sigma", x, 1 / (1 + exp(-x)))

softplus = cases((log(1 + exp(-x)), x > 0), (-x + log(1 + exp(x)), None))


def agree(formula, point, digits=40):
    ball = enclose(formula, point, 256)
    with mpmath.workdps(digits + 20):
        value = evaluate(formula, point, digits + 20)
        middle = mpmath.mpmathify(ball.mid() if isinstance(ball, flint.arb) else ball)
        return abs(value - middle) <= mpmath.mpf(10) ** -digits * max(1, abs(middle))


@pytest.mark.parametrize(
    ("formula", "point", "value"),
    [
        (num(0) ** 0, {}, 1),
        (x**0, {x: 0}, 1),
        (0 * log(x), {x: 2}, 0),
        (sigma(x), {x: 0}, Fraction(1, 2)),
        (indicator(x < 0), {x: 0}, 0),
        (indicator(sigma(x) >= Q(1, 2)), {x: 0}, 1),
        (Max(x, 1), {x: Fraction(1, 3)}, 1),
        (1 / gamma(x), {x: -3}, 0),
        (1 / (2 * factorial(x)), {x: -1}, 0),
        (sqrt(x), {x: Fraction(9, 4)}, Fraction(3, 2)),
        (x ** Q(2, 3), {x: 8}, 4),
        (delta(i, j), {i: 2, j: 2}, 1),
        (total(i**2, i, 1, 3), {}, 14),
        (total(i, i, 3, 2), {}, 0),
        (product(i, i, 1, 5), {}, 120),
        (product(i, i, 2, 1), {}, 1),
        (total(a[i], i, 1, m), {a: (1, 2, 3), m: 3}, 6),
        (
            Entry(Matmul(Transpose(X), a), (j,)),
            {X: ((1, 2), (3, 4)), a: (5, 6), m: 2, n: 2, j: 2},
            34,
        ),
        (D(x * Abs(x), x), {x: 0}, 0),
        (D(total(a[i] ** 2, i, 1, m), a[j]), {a: (1, 2, 3), m: 3, j: 2}, 4),
        (D(D(x**2 * y**3, x), y), {x: 2, y: 3}, 108),
        (D(x**5, x, 3), {x: 2}, 240),
        (D(Abs(x**3), x, 2), {x: 0}, 0),
        (D(integral(t**2, t, 0, x), x), {x: 3}, 9),
    ],
    ids=str,
)
def test_value_is_exact(formula, point, value):
    ball = enclose(formula, point, 128)
    assert ball.is_exact() or ball.contains(
        flint.fmpq(Fraction(value).numerator, Fraction(value).denominator)
    )
    assert (
        abs(ball - flint.arb(flint.fmpq(Fraction(value).numerator, Fraction(value).denominator)))
        < 1e-30
    )
    assert agree(formula, point)


@pytest.mark.parametrize(
    ("formula", "point"),
    [
        (x / x, {x: 0}),
        (0 * log(x), {x: 0}),
        (x / (x - x), {x: 3}),
        (x**-1, {x: 0}),
        (gamma(x), {x: -1}),
        (log(x - 1), {x: 1}),
        (atanh(x), {x: 1}),
        (D(Abs(x), x), {x: 0}),
        (D(x / (1 + Abs(x)), x, 2), {x: 0}),
        (D(Abs(x**3), x, 3), {x: 0}),
        (D(Max(x, 0), x), {x: 0}),
        (D(indicator(x < 0), x), {x: 0}),
        (D(D(Abs(x), x), x), {x: 0}),
        (D(sqrt(x), x), {x: 0}),
        (D(cases((num(5), eq(x, 0)), (x, None)), x), {x: 0}),
        (Cases((x,), (x > 0,)), {x: -1}),
        (oo + x, {x: 1}),
        (oo - oo, {}),
        (a[i], {a: (1, 2), i: 3, m: 2}),
    ],
    ids=str,
)
def test_value_is_certainly_undefined(formula: Formula, point):
    with pytest.raises(Undefined):
        enclose(formula, point, 128)


@pytest.mark.parametrize("at", [-3, Fraction(-1, 2), 0, Fraction(1, 3), 2], ids=str)
def test_smooth_at_a_change_of_cases(at):
    slope = enclose(D(softplus, x), {x: at}, 128)
    assert slope.overlaps(enclose(-1 / (1 + exp(x)), {x: at}, 128))


def test_an_undecided_sign_is_not_guessed():
    with pytest.raises(Indeterminate):
        enclose(indicator(sin(num(1)) ** 2 + cos(num(1)) ** 2 >= 1), {}, 128)


def test_an_opaque_function_has_no_value():
    with pytest.raises(Indeterminate, match="any function"):
        enclose(opaque("f")(x), {x: 1}, 64)


@pytest.mark.parametrize(
    "f", [exp, sin, cos, tan, sinh, cosh, tanh, asinh, atan, erf, erfc, gamma, loggamma, factorial,
          sqrt, log, Abs], ids=lambda f: f.name
)  # fmt: skip
@pytest.mark.parametrize("order", [0, 1, 2, 3])
def test_both_evaluations_agree(f, order):
    formula = D(f(x), x, order) if order else f(x)
    for at in (Fraction(1, 3), Fraction(5, 2), 7):
        assert agree(formula, {x: at})


@pytest.mark.parametrize("f", [asin, acos, atanh], ids=lambda f: f.name)
@pytest.mark.parametrize("order", [0, 1, 2])
def test_both_evaluations_agree_inside_the_unit_interval(f, order):
    assert agree(D(f(x), x, order) if order else f(x), {x: Fraction(-2, 7)})


def test_both_evaluations_agree_on_arcosh():
    assert agree(D(acosh(x), x), {x: Fraction(7, 3)})


@pytest.mark.parametrize("formula", [log(x), sqrt(x), x ** Q(1, 3), x**x, exp(I * x)], ids=str)
def test_negative_arguments_take_principal_complex_values(formula):
    assert isinstance(enclose(formula, {x: Fraction(-7, 2)}, 128), flint.acb)
    assert agree(formula, {x: Fraction(-7, 2)})


def test_complex_points_are_evaluated():
    point = {x: Gaussian(Fraction(1, 2), Fraction(-3))}
    assert agree(exp(x) / (1 + x**2), point)


def test_primes_are_derivatives_at_a_point():
    assert agree(prime(sigma, 2 * x, 2) - 4 * prime(tanh, x), {x: 1})
    assert enclose(prime(sigma, num(0)), {}, 128).overlaps(flint.arb(0.25))


def test_a_definition_depends_on_more_than_its_parameters():
    scaled = define("f", x, y * x**2)
    assert enclose(D(scaled(x), x), {x: 3, y: 5}, 64) == 30
    assert enclose(D(scaled(x), y), {x: 3, y: 5}, 64) == 9


def test_a_tail_keeps_its_relative_precision():
    value = enclose(D(sigma(x), x), {x: 700}, 256)
    assert value.rel_accuracy_bits() > 200
    assert agree(exp(-x) / (1 + exp(-x)) ** 2, {x: 700})


def test_precision_is_left_as_it_was():
    before = flint.ctx.prec, mpmath.mp.prec
    enclose(sigma(x), {x: 1}, 777)
    evaluate(sigma(x), {x: 1}, 77)
    for broken in (x / x, log(x)):
        with pytest.raises(Undefined):
            enclose(broken, {x: 0}, 777)
        with pytest.raises(Undefined):
            evaluate(broken, {x: 0}, 77)
    assert (flint.ctx.prec, mpmath.mp.prec) == before


def test_indicator_of_a_conjunction_is_decided_by_its_false_part():
    undecided = sin(num(1)) ** 2 + cos(num(1)) ** 2 >= 1
    from derivations.core import both

    assert enclose(Indicator(both(undecided, num(1) < 0)), {}, 128) == 0
