"""The trapezoidal rule: its bound holds, and it is not used where it is not good."""

from fractions import Fraction

import pytest
from flint import acb, arb, ctx

from derivations.core import cos, exp, integral, log, num, oo, pi, sqrt, symbols
from derivations.core.calculus import Integral
from numeric.balls.enclose import enclose
from numeric.balls.values import the_integer_in
from numeric.calculus.entire import is_entire
from numeric.calculus.trapezoid import peak, trapezoidal
from numeric.reference.evaluate import evaluate

x, m, s, u = symbols("x m s u")
BITS = 216
GOAL = arb(2) ** -180


def _bell(centre, width):
    return lambda z: (-((z - centre) ** 2) / (2 * width * width)).exp()


@pytest.mark.parametrize("centre", [0, 3, Fraction(-1, 7), 1000])
@pytest.mark.parametrize("width", [1, Fraction(1, 64), 20])
@pytest.mark.parametrize("first", [0, 2, 4])
def test_the_enclosure_holds_the_integral_of_a_bell(centre, width, first):
    with ctx.workprec(BITS):
        c, w = (arb(q.numerator) / q.denominator for q in map(Fraction, (centre, width)))
        found = trapezoidal(_bell(c, w), arb(-4096), arb(8192), GOAL, entire=True, first=first)
        assert found is not None
        value = found[0].real
        right = w * (2 * arb.pi()).sqrt()
        assert value.overlaps(right)
        assert value.rad() < arb(2) ** -150


@pytest.mark.parametrize("rate", [1, 2, 5])
def test_the_bound_of_the_error_is_needed_and_holds(rate):
    # cos(rate*x) times a bell: the rule errs by what its bound allows, never by more.
    with ctx.workprec(BITS):
        for goal in (arb(2) ** -8, arb(2) ** -30, arb(2) ** -90):
            found = trapezoidal(
                lambda z: (rate * z).cos() * (-z * z / 2).exp(),
                arb(-64),
                arb(64),
                goal,
                entire=True,
            )
            assert found is not None
            right = (2 * arb.pi()).sqrt() * (-arb(rate * rate) / 2).exp()
            assert found[0].real.overlaps(right)
            assert found[0].real.rad() < 4 * goal


def test_a_pole_near_the_reals_is_no_place_for_a_high_rectangle():
    def spiky(z):
        return (-z * z).exp() / (z * z + arb(1) / 100)

    with ctx.workprec(BITS):
        found = trapezoidal(spiky, arb(-16), arb(16), arb(2) ** -30, entire=False)
        quadrature = acb.integral(lambda z, _: spiky(z), -16, 16)
        assert found is None or found[0].overlaps(quadrature)


def test_a_pole_on_the_reals_is_refused():
    with ctx.workprec(BITS):
        body = lambda z: (-z * z).exp() / (z - 1)  # noqa: E731
        assert trapezoidal(body, arb(-16), arb(16), GOAL, entire=False) is None


@pytest.mark.parametrize("centre", [0, 700, -(10**5), 10**8])
def test_a_peak_is_found_far_out(centre):
    with ctx.workprec(BITS):
        assert peak(_bell(arb(centre), arb(1))) > arb(2) ** -40


def test_entire_functions_are_known():
    assert is_entire(exp(-(x**2) / s) * cos(x) + x / s, x)
    assert not is_entire(1 / (1 + exp(-x)), x)
    assert not is_entire(sqrt(x), x)
    assert not is_entire(log(x), x)
    assert is_entire(log(s), x)


DENSITY = exp(-((x - m) ** 2) / (2 * s**2)) / (s * sqrt(2 * pi))
POINTS = [
    {m: Fraction(1, 3), s: Fraction(2)},
    {m: Fraction(-700), s: Fraction(1, 50)},
    {m: Fraction(10**6), s: Fraction(30)},
    {m: Fraction(0), s: Fraction(10**4)},
]


@pytest.mark.parametrize("point", POINTS, ids=str)
@pytest.mark.parametrize(
    ("body", "right"),
    [
        (DENSITY, num(1)),
        (x * DENSITY, m),
        ((x - m) ** 2 * DENSITY, s**2),
        (exp(x * m / s**2 - x**2 / (2 * s**2) - m**2 / (2 * s**2)) / (s * sqrt(2 * pi)), num(1)),
    ],
    ids=["total", "mean", "variance", "not completed"],
)
def test_moments_of_the_normal_distribution(body, right, point):
    formula = integral(body, x, -oo, oo)
    found = enclose(formula, point, 256)
    wanted = enclose(right, point, 256)
    assert found.overlaps(wanted)
    assert found.rad() <= arb(2) ** -150 * (1 + abs(wanted).upper())


def test_the_rule_runs_backwards_too():
    assert enclose(Integral(exp(-(x**2)), x, oo, -oo), {}, 192) < -1.77


def test_the_second_evaluation_agrees():
    for point in POINTS[:2]:
        value = evaluate(integral((x - m) ** 2 * DENSITY, x, -oo, oo), point, 50)
        right = Fraction(point[s]) ** 2
        assert abs(value * right.denominator / right.numerator - 1) < 1e-40


@pytest.mark.parametrize(
    ("ball", "whole"),
    [
        (arb(7, arb(2) ** -(10**25)), 7),
        (arb((arb(2) ** -(10**20)).abs_upper()), None),
        (arb(0, arb(2) ** -(10**20)), 0),
        (arb(3, 2), None),
        (arb(-3, 0.5), -3),
        (arb("nan"), None),
    ],
)
def test_the_integer_in_a_ball_is_found_without_ending_the_process(ball, whole):
    assert the_integer_in(ball) == whole
