"""Integrals with a pole on their way have no value; those that converge are never refused."""

import pytest
from flint import ctx

from derivations.core.calculus import Integral
from derivations.reading import read_claim, read_formula
from numeric.balls.enclose import Compiler
from numeric.balls.frames import root_frame
from numeric.balls.values import Undefined
from numeric.calculus.divergence import refuse_divergent
from numeric.judging.judge import Verdict, check

DIVERGENT = [
    "Integral(1/t**2, (t, -1, 1))",
    "Integral(1/t, (t, -1, 2))",
    "Integral(1/t, (t, 0, 1))",
    "Integral(1/t, (t, 2, -1))",
    "Integral(1/(1 - t), (t, 0, 2))",
    "Integral(1/t**3, (t, -1, 1))",
    "Integral(1/t**2, (t, -oo, oo))",
    "Integral(1/t**Rational(3, 2), (t, 0, 1))",
    "Integral(1/t + 1/t**2, (t, -1, 1))",
    "Integral(exp(t)/t, (t, -oo, 1))",
    "Integral(exp(1/t), (t, 0, 1))",
    "Integral(1/log(t), (t, 0, 2))",
    "Integral(1/(t*log(t)), (t, 0, Rational(1, 2)))",
    "Integral(1/(t*log(t)**2), (t, 1, 2))",
    # roots, absolute values
    "Integral(1/sqrt(t**2), (t, -1, 1))",
    "Integral(1/Abs(t), (t, -1, 1))",
    "Integral(1/(t**2 - 2*t + 1), (t, 0, 3))",
    "Integral(1/(sqrt(t)*sqrt(t)), (t, 0, 1))",
    # places that are no fractions, at an end or inside
    "Integral(tan(t), (t, 0, pi))",
    "Integral(tan(t), (t, 0, pi/2))",
    "Integral(1/sin(t), (t, 1, pi))",
    "Integral(1/(1 - cos(t)), (t, 1, 7))",
    "Integral(1/cos(t)**2, (t, 0, pi))",
    "Integral(cos(t)/sin(t)**2, (t, -pi/2, pi/2))",
    "Integral(1/(t**2 - 2), (t, 0, 2))",
    "Integral(1/(t**2 - 2)**2, (t, 0, 2))",
    "Integral(1/(t**2 - 2), (t, sqrt(2), 2))",
    "Integral(1/(t**3 - t - 1), (t, 0, 2))",
    "Integral(1/(exp(t) - 2), (t, 0, 1))",
    "Integral(1/(cos(t) - t), (t, 0, 1))",
    "Integral(1/(cos(t) - t), (t, 0, oo))",
    "Integral(1/(t - pi), (t, 0, 4))",
    "Integral(cosh(t)/sinh(t), (t, -1, 1))",
    # up and down for ever
    "Integral(sin(t), (t, 0, oo))",
    "Integral(-2*cos(pi*t/3 + 1)/5, (t, -oo, oo))",
    "Integral(gamma(t), (t, -Rational(3, 2), -Rational(1, 2)))",
]

CONVERGENT = [
    "Integral(1/t, (t, 1, 2))",
    "Integral(1/t, (t, -2, -1))",
    "Integral(1/t, (t, 0, 0))",
    "Integral(1/sqrt(t), (t, 0, 1))",
    "Integral(1/sqrt(Abs(t)), (t, -1, 1))",
    "Integral(cos(t)/sqrt(t), (t, 0, 1))",
    "Integral(log(t), (t, 0, 1))",
    "Integral(1/(sqrt(t)*log(t)**2), (t, 0, Rational(1, 2)))",
    "Integral(1/(t*log(t)**2), (t, 0, Rational(1, 2)))",
    "Integral(1/sqrt(1 - t**2), (t, -1, 1))",
    "Integral(1/sqrt(sin(t)), (t, 0, pi))",
    "Integral(1/cbrt(t**2 - 2), (t, 0, 2))",
    # nothing is left of the pole
    "Integral(sin(t)/t, (t, -1, 1))",
    "Integral((t**2 - 1)/(t - 1), (t, 0, 2))",
    "Integral((t**2 - 2)/(t - sqrt(2)), (t, 0, 2))",
    "Integral((1 - cos(t))/t**2, (t, -1, 1))",
    "Integral(1/t - 1/sin(t), (t, -1, 1))",
    "Integral(1/t - 1/tan(t), (t, -1, 1))",
    "Integral(1/(exp(t) - 1) - 1/t, (t, 0, 1))",
    "Integral(1/t - 1/t, (t, -1, 1))",
    "Integral((t - pi)*tan(t - pi/2), (t, 1, 5))",
    "Integral((cos(t) - t)/(cos(t) - t), (t, 0, 1))",
    "Integral(log(t)/(t - 1), (t, 0, 2))",
    "Integral(Abs(t)/t, (t, -1, 2))",
    "Integral(1/(t**2*exp(1/t)), (t, 0, 1))",
    "Integral(Piecewise((1/t, t > 1), (0, True)), (t, -1, 2))",
    "Integral(gamma(t)*t, (t, 0, 1))",
    "Integral(atanh(t), (t, 0, 1))",
    # waves that grow smaller or narrower
    "Integral(sin(t)/t, (t, 1, oo))",
    "Integral(sin(t)*exp(-t), (t, 0, oo))",
    "Integral(cos(t**2), (t, 0, oo))",
    "Integral(sin(0*t), (t, 0, oo))",
    "Integral((pi - pi)*sin(t), (t, 0, oo))",
    "Integral(sin(t), (t, oo, oo))",
    # a power of a power that is none of the base
    "Integral((t**I)**I, (t, 0, 1))",
    # more that is integrable, bounded or removable
    "Integral(sqrt(t)/t, (t, 0, 1))",
    "Integral(cos(t)*t**(-Rational(1,2)), (t, 0, 1))",
    "Integral((1-cos(t))/t**Rational(5,2), (t, 0, 1))",
    "Integral(log(t)/sqrt(t), (t, 0, 1))",
    "Integral(1/(t+1/t), (t, -1, 1))",
    "Integral(1/(1+exp(1/t)), (t, -1, 1))",
    "Integral(tanh(1/t), (t, -1, 1))",
    "Integral(sin(1/t), (t, -1, 1))",
    "Integral(exp(-1/t**2)/t**3, (t, -1, 1))",
    "Integral(t/Abs(t), (t, -1, 1))",
    "Integral(1/(1/t), (t, -1, 1))",
    "Integral(sin(t)/tan(t), (t, -1, 1))",
    "Integral(1/gamma(t), (t, -3, 1))",
    "Integral(gamma(t)/gamma(t+1)*t, (t, -3, 1))",
    "Integral(atan(1/t), (t, -1, 1))",
    "Integral(1/log(t), (t, 0, Rational(1,2)))",
    "Integral(t**t, (t, 0, 1))",
    "Integral((t**2)**(-Rational(1,4)), (t, -1, 1))",
    "Integral(Abs(t)**(-Rational(1,2))*sign(t), (t, -1, 1))",
    "Integral(cot(t) - 1/t, (t, -1, 1))",
    "Integral(1/sin(t)**2 - 1/t**2, (t, -1, 1))",
    "Integral((exp(t)-1)/t, (t, -1, 1))",
    "Integral((exp(t)-1-t)/t**2, (t, -1, 1))",
    "Integral(sin(pi*t)/(t*(1-t)), (t, 0, 1))",
    "Integral(cos(t)/(t-pi/2), (t, 0, pi))",
    "Integral((t-pi/2)/cos(t), (t, 0, pi))",
    "Integral(sqrt(1-cos(t))/t, (t, -1, 1))",
    "Integral((sqrt(1+t)-1)/t, (t, -1, 1))",
    "Integral(log(1+t)/t, (t, -1, 1))",
    "Integral((t**3-2)/(t-cbrt(2)), (t, 0, 2))",
    "Integral((t-sqrt(2))/(t**2-2), (t, 0, 2))",
    "Integral((t**2-2)/(t**4-4), (t, 0, 2))",
    "Integral(1/(t**2-2)-1/(t**2-2), (t, 0, 2))",
    "Integral(1/(t**2-2)-1/((t-sqrt(2))*(t+sqrt(2))), (t, 0, 2))",
    "Integral(erf(t)/t, (t, -1, 1))",
    "Integral((1-t**t)/t**Rational(1,2), (t, 0, 1))",
    "Integral(tan(t)*cos(t), (t, 0, pi))",
    "Integral(tan(t)*(t-pi/2), (t, 0, Rational(31,10)))",
    "Integral(Max(t,0)/t, (t, -1, 1))",
    "Integral((Abs(t)-t)/t, (t, -1, 1))",
    "Integral(floor(t)/t, (t, 0, Rational(1,2)))",
    "Integral(KroneckerDelta(floor(t),1)/t, (t, 0, 1))",
    "Integral(t**I/sqrt(t), (t, 0, 1))",
    "Integral(1/(t-I), (t, -1, 1))",
    "Integral(1/sqrt(cos(t)), (t, 0, pi/2))",
    "Integral(asin(t)/t, (t, -1, 1))",
    "Integral(1/(log(t)**2*t), (t, 0, Rational(1,2)))",
    "Integral(exp(-t)/sqrt(t), (t, 0, oo))",
    "Integral(1/(sqrt(t)*(1+t)), (t, 0, oo))",
    "Integral(t/(exp(t)-1), (t, 0, oo))",
    "Integral(1/cosh(t), (t, -oo, oo))",
    "Integral(besselj(1,t)/t, (t, -1, 1))",
    "Integral(sinc(t), (t, -1, 1))",
    # no zero of the denominator on the way
    "Integral(1/(1 + t**2), (t, -oo, oo))",
    "Integral(1/(t**2 - 2), (t, 2, 3))",
    "Integral(1/(t**2 - t + 1), (t, -5, 5))",
    "Integral(1/(t - pi), (t, 0, 3))",
]


def refused(text: str) -> bool:
    node = read_formula(text, ())
    assert isinstance(node, Integral)
    with ctx.workprec(192):
        try:
            refuse_divergent(node, Compiler().parts_of(root_frame({})))
        except Undefined:
            return True
    return False


@pytest.mark.parametrize("text", DIVERGENT)
def test_a_pole_on_the_way_leaves_no_value(text: str) -> None:
    assert refused(text)


@pytest.mark.parametrize("text", CONVERGENT)
def test_what_converges_is_not_refused(text: str) -> None:
    assert not refused(text)


def verdict(claim: str, domain: str = "", where: str = "") -> Verdict:
    record: dict[str, object] = {"claim": claim}
    if domain:
        record["domain"] = {"x": domain}
    if where:
        record["where"] = where
    return check(read_claim(record)).verdict


@pytest.mark.parametrize(
    ("claim", "domain", "where"),
    [
        ("Integral(1/t**2, (t, -1, 1)) = -2", "", ""),
        ("Integral(1/(1 - t), (t, 0, 2)) = 0", "", ""),
        ("Integral(t, (t, -oo, oo)) = 0", "", ""),
        ("Integral(t/(1 + t**2), (t, -oo, oo)) = 0", "", ""),
        ("Integral(1/t, (t, 1, oo)) = 7", "", ""),
        ("Integral(exp(t), (t, 0, oo)) = -1", "", ""),
        ("Integral(1/t, (t, 1, x)) = log(x)", "R", ""),
        ("Integral(1/t, (t, 1, x)) = log(Abs(x))", "R", "x != 0"),
        ("Integral(exp(-x*t), (t, 0, oo)) = 1/x", "R", "x != 0"),
        ("Integral(t**x, (t, 0, 1)) = 1/(x + 1)", "R", "x != -1"),
        ("Integral(1/(t - x), (t, 0, 1)) = log((1 - x)/x)", "(0, 1)", ""),
        ("Integral(1/(t - x)**2, (t, 0, 1)) = 1/(x - 1) - 1/x", "R", "And(x != 0, x != 1)"),
    ],
)
def test_an_antiderivative_across_a_pole_is_refuted(claim: str, domain: str, where: str) -> None:
    assert verdict(claim, domain, where) is Verdict.REFUTED


def test_a_divergent_integral_on_both_sides_says_nothing() -> None:
    assert verdict("Integral(1/t, (t, 0, 1)) = Integral(2/t, (t, 0, 1))") is Verdict.UNKNOWN


@pytest.mark.parametrize("depth", [1, 2, 3, 5, 40])
def test_a_continued_fraction_has_a_pole_and_is_not_expanded(depth: int) -> None:
    text = "t"
    for _ in range(depth):
        text = f"1 + 1/({text})"
    assert refused(f"Integral({text}, (t, -2, 2))")
    assert not refused(f"Integral({text}, (t, 1, 2))")
