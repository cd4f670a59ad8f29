"""What the special functions mean where books differ: exact values as SymPy has them, values on
cuts and from which side, places without a value, and places of which nothing is said."""

from __future__ import annotations

import time
from fractions import Fraction

import mpmath
import pytest
import sympy
from flint import acb, arb

from derivations.core.calculus import D, integral, subs
from derivations.core.formula import Formula, I, Q, num, oo, pi, symbol
from derivations.core.functions import Abs, exp, gamma, log
from derivations.core.special_functions import FUNCTIONS, hypergeometric
from derivations.core.to_sympy import to_sympy
from numeric.balls.enclose import Compiler, enclose, evaluated
from numeric.balls.frames import root_frame
from numeric.balls.values import Gaussian, Indeterminate, Undefined, fmpq
from numeric.reference.evaluate import evaluate
from tests.numeric.special_cases import agree

x = symbol("x")


def f(name: str, *args: Formula | int) -> Formula:
    return FUNCTIONS[name](*args)


def exactly(formula: Formula) -> object:
    return evaluated(Compiler().compile(formula), root_frame({}))


# name, arguments, the exact value
EXACT = [
    ("floor", (Q(-7, 2),), -4), ("ceiling", (Q(-7, 2),), -3), ("frac", (Q(-1, 3),), Q(2, 3)),
    ("floor", (num(5),), 5), ("ceiling", (num(5),), 5), ("frac", (num(5),), 0),
    ("Mod", (num(-7), num(3)), 2), ("Mod", (num(7), num(-3)), -2),
    ("Mod", (Q(7, 2), Q(-1, 3)), Q(-1, 6)), ("Mod", (num(0), num(3)), 0),
    ("gcd", (num(-4), num(6)), 2), ("gcd", (num(0), num(0)), 0), ("lcm", (num(-4), num(6)), 12),
    ("lcm", (num(0), num(3)), 0), ("binomial", (num(-3), num(2)), 6),
    ("binomial", (num(-1), num(-1)), 0), ("binomial", (num(-3), num(-5)), 0),
    ("binomial", (num(3), num(5)), 0), ("binomial", (num(0), num(-1)), 0),
    ("binomial", (Q(1, 2), num(-1)), 0), ("binomial", (Q(1, 2), num(3)), Q(1, 16)),
    ("binomial", (num(-1), num(0)), 1), ("binomial", (num(402), num(201)), None),
    ("binomial", (num(-5), num(300)), None), ("RisingFactorial", (num(-2), num(5)), 0),
    ("RisingFactorial", (num(2), num(-1)), 1), ("RisingFactorial", (Q(1, 2), num(-2)), Q(4, 3)),
    ("RisingFactorial", (num(-2), num(-1)), Q(-1, 3)), ("RisingFactorial", (num(0), num(0)), 1),
    ("RisingFactorial", (Q(1, 2), num(3)), Q(15, 8)),
    ("FallingFactorial", (num(2), num(-1)), Q(1, 3)), ("FallingFactorial", (num(3), num(5)), 0),
    ("FallingFactorial", (num(-1), num(2)), 2), ("FallingFactorial", (Q(1, 2), num(2)), Q(-1, 4)),
    ("factorial2", (num(-3),), -1), ("factorial2", (num(7),), 105), ("factorial2", (num(8),), 384),
    ("factorial2", (num(0),), 1), ("factorial2", (num(-1),), 1),
    ("factorial2", (num(-5),), Q(1, 3)), ("fibonacci", (num(-4),), -3),
    ("fibonacci", (num(-5),), 5), ("fibonacci", (num(10),), 55), ("lucas", (num(-3),), -4),
    ("lucas", (num(0),), 2), ("lucas", (num(6),), 18), ("bernoulli", (num(1),), Q(1, 2)),
    ("bernoulli", (num(0),), 1), ("bernoulli", (num(12),), Q(-691, 2730)),
    ("bernoulli", (num(1), Q(1, 2)), 0), ("bernoulli", (num(3), num(-2)), -15),
    ("euler", (num(3),), 0), ("euler", (num(4),), 5), ("euler", (num(3), Q(1, 3)), Q(13, 108)),
    ("catalan", (num(5),), 42), ("catalan", (num(0),), 1), ("harmonic", (num(0),), 0),
    ("harmonic", (num(4),), Q(25, 12)), ("harmonic", (num(3), num(2)), Q(49, 36)),
    ("harmonic", (num(3), num(-2)), 14), ("zeta", (num(0),), Q(-1, 2)),
    ("zeta", (num(-1),), Q(-1, 12)), ("zeta", (num(-2),), 0), ("zeta", (num(0), num(-1)), Q(3, 2)),
    ("zeta", (num(-2), num(-3)), 14), ("zeta", (num(-1), num(0)), Q(-1, 12)),
    ("dirichlet_eta", (num(0),), Q(1, 2)), ("dirichlet_eta", (num(-2),), 0),
    ("polylog", (num(-1), num(2)), 2), ("polylog", (num(0), num(3)), Q(-3, 2)),
    ("polylog", (num(-3), Q(1, 2)), 26), ("polylog", (num(5), num(0)), 0),
    ("legendre", (num(-1), num(2)), 1), ("legendre", (num(-3), Q(1, 2)), Q(-1, 8)),
    ("legendre", (num(3), Q(1, 2)), Q(-7, 16)), ("chebyshevt", (num(-3), num(2)), 26),
    ("chebyshevu", (num(-3), num(2)), -4), ("chebyshevu", (num(-1), num(2)), 0),
    ("chebyshevu", (num(-2), num(2)), -1), ("hermite", (num(3), Q(1, 2)), -5),
    ("laguerre", (num(2), num(3)), Q(-1, 2)),
    ("assoc_laguerre", (num(2), num(-1), num(3)), Q(3, 2)),
    ("assoc_laguerre", (num(2), num(-3), Q(1, 2)), Q(13, 8)),
    ("gegenbauer", (num(3), Q(1, 2), num(2)), 17), ("gegenbauer", (num(2), Q(-1, 2), num(3)), -4),
    ("gegenbauer", (num(0), num(0), num(3)), 1), ("gegenbauer", (num(2), num(0), Q(1, 3)), 0),
    ("jacobi", (num(2), num(1), num(-1), num(3)), 18),
    ("jacobi", (num(2), num(-1), num(-2), num(3)), 0),
    ("assoc_legendre", (num(3), num(2), num(3)), -360), ("Heaviside", (num(0),), Q(1, 2)),
    ("Heaviside", (num(-3),), 0), ("Heaviside", (num(2),), 1), ("sinc", (num(0),), 1),
    ("LambertW", (num(0),), 0), ("li", (num(0),), 0), ("Li", (num(2),), 0),
    ("erfinv", (num(0),), 0), ("elliptic_e", (num(1),), 1), ("besselj", (num(0), num(0)), 1),
    ("besselj", (Q(1, 2), num(0)), 0), ("besselj", (num(-1), num(0)), 0),
    ("jn", (num(2), num(0)), 0), ("expint", (num(3), num(0)), Q(1, 2)),
    ("uppergamma", (num(1), num(0)), 1), ("lowergamma", (num(1), num(0)), 0),
    ("root", (num(-8), Q(-1, 1)), Q(-1, 8)), ("root", (num(8), num(-3)), Q(1, 2)),
    ("root", (num(4), Q(1, 2)), 16), ("cbrt", (num(27),), 3), ("arg", (num(2),), 0),
    ("atan2", (num(0), num(3)), 0), ("re", (num(-2),), -2), ("im", (num(-2),), 0),
    ("conjugate", (Q(1, 3),), Q(1, 3)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args", "value"), EXACT, ids=lambda v: str(v))
def test_exact_values_are_exact_and_sympys(
    name: str, args: tuple[Formula, ...], value: Formula | int | None
) -> None:
    found = exactly(f(name, *args))
    assert isinstance(found, fmpq), found
    if name in {"gcd", "lcm"}:
        theirs = getattr(sympy, name)(*(to_sympy(arg) for arg in args))
    else:
        theirs = to_sympy(f(name, *args)).doit()
    # SymPy has no value of these at the point itself.
    if theirs.is_Rational:
        assert found == fmpq(int(theirs.p), int(theirs.q))
    if value is not None:
        wanted = exactly(num(value) if isinstance(value, int) else value)
        assert found == wanted


HYPER = [
    ((2, 1), (-2, Q(1, 3), Q(3, 2), 5)), ((2, 1), (-1, 3, -2, 2)), ((1, 1), (-3, Q(1, 2), 4)),
    ((2, 0), (-3, 2, Q(1, 5))), ((3, 2), (-2, 1, 1, 2, 3, 7)),
]  # fmt: skip


@pytest.mark.parametrize(("counts", "args"), HYPER, ids=str)
def test_a_hypergeometric_series_that_ends_is_summed_exactly(counts: tuple, args: tuple) -> None:
    p, _ = counts
    found = exactly(hypergeometric(*counts)(*args))
    numbers = [sympy.Rational(str(a)) if not isinstance(a, int) else a for a in args]
    upper, lower, z = numbers[:p], numbers[p:-1], numbers[-1]
    end = min(-a for a in upper if a == int(a) and a <= 0)
    total = sum(
        sympy.prod(sympy.rf(a, k) for a in upper)
        / sympy.prod(sympy.rf(b, k) for b in lower)
        * z**k
        / sympy.factorial(k)
        for k in range(int(end) + 1)
    )
    assert found == fmpq(int(total.p), int(total.q))


# On a cut: name, arguments, the side of the value (the sign of I*0 to be added to the last one).
ON_CUT = [
    ("polylog", (2, 2), -1), ("polylog", (Q(1, 2), 3), -1), ("polylog", (1, 3), -1),
    ("elliptic_k", (2,), -1), ("elliptic_e", (2,), -1), ("expint", (1, -1), 1),
    ("expint", (Q(1, 2), -2), 1), ("uppergamma", (Q(1, 2), -2), 1), ("uppergamma", (0, -2), 1),
    ("uppergamma", (-1, -2), 1), ("lowergamma", (Q(1, 3), -2), 1), ("Ci", (-1,), 1),
    ("Chi", (-1,), 1), ("li", (-1,), 1), ("LambertW", (-1,), 1), ("besselj", (Q(1, 3), -2), 1),
    ("bessely", (0, -1), 1), ("bessely", (Q(1, 3), -1), 1), ("besseli", (Q(1, 3), -1), 1),
    ("besselk", (0, -1), 1), ("besselk", (Q(1, 3), -1), 1), ("hankel1", (0, -1), 1),
    ("hankel2", (0, -1), 1), ("zeta", (Q(1, 2), Q(-1, 2)), 1), ("legendre", (Q(1, 2), -2), 1),
    ("chebyshevt", (Q(1, 2), -3), 1), ("cbrt", (-8,), 1), ("arg", (-1,), 1),
    ("acoth", (Q(1, 2),), 1), ("acoth", (Q(-1, 2),), -1), ("asec", (Q(1, 2),), 1),
    ("acsc", (Q(1, 2),), 1), ("asech", (2,), -1), ("asech", (-2,), -1),
    ("elliptic_pi", (Q(1, 2), 2), 0), ("elliptic_pi", (2, Q(1, 4)), 0),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args", "side"), ON_CUT, ids=lambda v: str(v))
def test_on_a_cut_the_value_is_that_of_one_side_and_mpmaths_and_sympys(
    name: str, args: tuple, side: int
) -> None:
    formula = f(name, *args)
    value = enclose(formula, {}, 192)
    assert value.rel_accuracy_bits() > 150
    if name != "elliptic_pi":  # of which mpmath takes too long
        assert agree(value, evaluate(formula, {}, 60))
    theirs = sympy.N(to_sympy(formula), 40)
    with mpmath.workdps(40):
        assert agree(value, mpmath.mpmathify(theirs), 20)
    if side:
        last = args[-1] if isinstance(args[-1], Formula) else num(args[-1])
        near = f(name, *args[:-1], x)
        place = exactly(last)
        real = Fraction(int(place.p), int(place.q))
        close, far = (
            enclose(near, {x: Gaussian(real, Fraction(sign, 10**40))}, 192)
            for sign in (side, -side)
        )
        assert abs(acb(close) - acb(value)) < arb(10) ** -12
        assert abs(acb(far) - acb(value)) > arb(10) ** -3


UNDEFINED = [
    f("cot", 0), f("csc", 0), f("coth", 0), f("csch", 0), f("asec", 0), f("acsc", 0), f("asech", 0),
    f("acsch", 0), f("acoth", 1), f("acoth", -1), f("acot", I), f("acot", -I), f("atan2", 0, 0),
    f("arg", 0), f("Mod", 3, 0), f("root", 4, 0), f("Heaviside", I), f("binomial", -2, Q(1, 2)),
    f("RisingFactorial", 1, -1), f("RisingFactorial", Q(-5, 2), Q(1, 2)),
    f("FallingFactorial", -1, -1), f("FallingFactorial", -2, Q(1, 2)), f("factorial2", -2),
    f("catalan", Q(-1, 2)), f("harmonic", -1), f("harmonic", -3, 2), f("digamma", 0),
    f("digamma", -3), f("polygamma", 2, -1), f("beta", -1, Q(1, 2)), f("beta", 0, 1),
    f("beta", 0, 0), f("beta", -2, 3), f("lowergamma", 0, 2), f("lowergamma", -1, 2),
    f("lowergamma", Q(-1, 2), 0), f("uppergamma", 0, 0), f("uppergamma", Q(-1, 2), 0), f("zeta", 1),
    f("zeta", 1, 2), f("zeta", 2, 0), f("zeta", 2, -1), f("zeta", Q(1, 2), 0), f("polylog", 1, 1),
    f("lerchphi", Q(1, 2), 2, 0), f("lerchphi", Q(1, 2), 2, -1), f("erfinv", 1), f("erfinv", 2),
    f("erfcinv", 0), f("erfcinv", 3), f("Ei", 0), f("expint", 1, 0), f("expint", Q(1, 2), 0),
    f("li", 1), f("Li", 1), f("Ci", 0), f("Chi", 0), f("LambertW", 0, -1), f("LambertW", 0, 2),
    f("besselj", Q(-1, 2), 0), f("bessely", 0, 0), f("besseli", Q(-1, 2), 0), f("besselk", 0, 0),
    f("hankel1", 0, 0), f("jn", -1, 0), f("yn", 0, 0), f("legendre", Q(1, 2), -1),
    f("elliptic_k", 1), f("elliptic_pi", 1, Q(1, 2)), f("elliptic_pi", Q(1, 2), 1),
    hypergeometric(1, 1)(1, -1, 2), hypergeometric(1, 1)(-3, -2, 2), D(f("floor", x), x),
    D(f("acot", x), x), D(f("Heaviside", x), x), D(f("ceiling", x), x), D(f("frac", x), x),
]  # fmt: skip


@pytest.mark.parametrize("formula", UNDEFINED, ids=str)
def test_there_is_no_value(formula: Formula) -> None:
    with pytest.raises(Undefined):
        enclose(formula, {x: 0}, 128)


UNSAID = [
    f("beta", -2, 1), f("beta", -2, 2), f("jn", 0, -1), f("yn", 1, -2), f("polylog", 0, 1),
    f("polylog", Q(1, 2), 1), f("zeta", Q(-1, 2), 0), f("lerchphi", 0, 2, 0),
    f("bessely", Q(-1, 2), 0), f("gcd", Q(1, 2), Q(1, 3)), f("fibonacci", Q(1, 2)), f("euler", -1),
    f("factorial2", Q(1, 2)), f("hermite", -1, 2), f("polygamma", -2, 3), f("lerchphi", 2, 2, 3),
    f("elliptic_f", 2, 2), f("assoc_legendre", 2, 3, Q(1, 3)), hypergeometric(1, 1)(-2, -2, 2),
    hypergeometric(1, 1)(1, -1, 0), hypergeometric(2, 0)(1, 2, Q(1, 2)),
    hypergeometric(3, 2)(1, 1, 1, 2, 2, 3),
    # infinite, but 0 times it is what polynomials of degree -1 are made of
    hypergeometric(2, 1)(1, 2, 3, 1),
    # balls that hold a jump, a pole or the end of a cut
    f("floor", exp(1) - exp(1)), f("frac", log(2) - log(2)), f("digamma", exp(1) - exp(1)),
    f("elliptic_k", exp(1) - exp(1) + 1), f("polylog", 2, exp(1) - exp(1) + 1),
    f("arg", exp(I * pi)), f("LambertW", -exp(-1)), f("zeta", exp(1) - exp(1) + 1),
    f("Heaviside", pi - pi), f("atan2", pi - pi, -1), f("Ei", pi - pi),
]  # fmt: skip


@pytest.mark.parametrize("formula", UNSAID, ids=str)
def test_nothing_is_said(formula: Formula) -> None:
    with pytest.raises(Indeterminate):
        enclose(formula, {}, 128)


HUGE = 10**9
COSTLY = [
    f("binomial", HUGE, HUGE // 10), f("binomial", 10**30, 10**29), f("zeta", 10**6),
    f("zeta", -(10**6)), f("zeta", Q(1, 2) + I * 10**9), f("besselj", 10**6, 3),
    f("besselj", 0, 10**12), f("chebyshevt", 10**7, Q(1, 3)), f("legendre", 10**7, Q(1, 3)),
    f("hermite", 10**6, 3), f("fibonacci", HUGE), f("fibonacci", 10**40), f("harmonic", HUGE),
    f("harmonic", 10**7, 3), f("bernoulli", 10**7), f("euler", 10**6), f("factorial2", HUGE),
    f("catalan", 10**12), f("polygamma", 10**6, 3), f("RisingFactorial", 3, 10**12),
    f("polylog", -(10**6), Q(1, 2)), f("polylog", 10**9, Q(1, 2)), f("lerchphi", Q(1, 2), 10**9, 3),
    f("expint", 10**12, 3), f("LambertW", 3, 10**30), f("jacobi", 10**6, 1, 2, Q(1, 3)),
    f("gegenbauer", 10**6, 1, Q(1, 3)), f("assoc_laguerre", 10**6, 1, Q(1, 3)),
    f("laguerre", 10**6, Q(1, 3)), f("floor", num(10) ** 10**7), f("gcd", num(10) ** 10**6, 6),
    f("Mod", num(3) ** 10**6, 7), hypergeometric(2, 1)(-(10**9), 1, 2, 3),
    hypergeometric(1, 1)(10**12, 2, 3), hypergeometric(0, 1)(2, 10**30), f("uppergamma", 10**12, 3),
    f("lowergamma", Q(1, 2), 10**40), f("Ei", 10**40), f("airyai", 10**9),
    f("elliptic_f", 10**12, Q(1, 2)), f("erfi", 10**9), f("Si", 10**40),
]  # fmt: skip


@pytest.mark.parametrize("formula", COSTLY, ids=str)
def test_a_huge_argument_takes_no_time(formula: Formula) -> None:
    begin = time.process_time()
    try:
        value = enclose(formula, {}, 256)
    except Indeterminate:
        value = arb(0)
    assert value.is_finite()
    assert time.process_time() - begin < 2


def test_the_constants() -> None:
    from derivations.core.formula import Catalan, GoldenRatio

    for constant, number in ((Catalan, mpmath.catalan), (GoldenRatio, mpmath.phi)):
        with mpmath.workdps(60):
            assert agree(enclose(constant, {}, 192), +number, 50)
            assert agree(enclose(constant, {}, 192), evaluate(constant, {}, 60), 50)


def test_a_value_at_a_point_is_taken_after_the_derivative() -> None:
    formula = subs(D(f("digamma", x), x), x, Q(1, 2))
    with mpmath.workdps(60):
        assert agree(enclose(formula, {}, 192), mpmath.pi**2 / 2, 50)
        assert agree(enclose(formula, {}, 192), evaluate(formula, {}, 60), 50)


def test_parts_of_a_complex_number_have_a_derivative_along_the_reals_only() -> None:
    assert enclose(D(f("re", exp(I * x)), x), {x: 0}, 64) == 0
    assert enclose(D(f("im", exp(I * x)), x), {x: 0}, 64) == 1
    with pytest.raises(Undefined):
        enclose(D(f("re", x), x), {x: Gaussian(Fraction(1), Fraction(1))}, 64)


def test_no_derivative_is_taken_across_a_cut() -> None:
    for formula in (log(-1 + I * x), FUNCTIONS["atan"](2 * I + x), FUNCTIONS["acosh"](-2 + I * x)):
        with pytest.raises(Indeterminate):
            enclose(D(formula, x), {x: 0}, 64)
    assert enclose(D(log(x), x), {x: -2}, 64) == arb("-0.5")


def test_a_formula_for_coefficients_that_breaks_leaves_the_derivative_open_or_known() -> None:
    # d/da zeta(0, a) is -1, where -s*zeta(s + 1, a) is 0 times a pole.
    value = enclose(D(f("zeta", 0, x), x), {x: 3}, 128)
    assert abs(value + 1) < arb(10) ** -25


INTEGRALS = [
    (f("zeta", x), 2, 3), (f("besselj", 0, x), 0, 1), (f("polylog", 2, x), 0, Q(1, 2)),
    (f("elliptic_k", x), 0, Q(1, 2)), (f("legendre", 3, x) ** 2, -1, 1), (f("sinc", x), 1, 2),
    (hypergeometric(2, 1)(1, 1, 2, x), 0, Q(1, 2)), (f("sech", x), 0, 1), (f("cot", x), 1, 2),
    (f("LambertW", x), 1, 2), (f("digamma", x), 1, 3),
]  # fmt: skip


BY_PARAMETERS = [
    f("besselj", x, 2), f("uppergamma", x, 2), f("beta", x, x), f("beta", 2, x),
    hypergeometric(2, 1)(x, 1, 2, Q(1, 3)), f("elliptic_e", x), f("binomial", 2 * x, x),
    f("harmonic", x, 2), f("dirichlet_eta", x), f("expint", x, 2), f("elliptic_f", 1, x),
]  # fmt: skip


@pytest.mark.parametrize("formula", BY_PARAMETERS, ids=str)
@pytest.mark.parametrize("order", [1, 2])
def test_derivatives_by_orders_and_parameters(formula: Formula, order: int) -> None:
    value = enclose(D(formula, x, order), {x: Fraction(1, 3)}, 192)
    assert value.rel_accuracy_bits() > 120
    assert agree(value, evaluate(D(formula, x, order), {x: Fraction(1, 3)}, 40), 20)


def test_cauchys_formula_finds_no_series_across_a_cut_or_at_a_pole() -> None:
    for formula, at in ((f("elliptic_e", x), 2), (f("dirichlet_eta", log(x)), 0)):
        with pytest.raises((Indeterminate, Undefined)):
            enclose(D(formula, x), {x: at}, 128)


@pytest.mark.parametrize(("body", "low", "high"), INTEGRALS, ids=str)
def test_inside_an_integral(body: Formula, low: Formula, high: Formula) -> None:
    formula = integral(body, x, low, high)
    value = enclose(formula, {}, 128)
    assert value.rel_accuracy_bits() > 60
    assert agree(value, evaluate(formula, {}, 30), 15)


def test_a_tail_of_what_is_not_known_there_is_no_error() -> None:
    with pytest.raises(Indeterminate):
        enclose(integral(f("besselj", 0, x), x, 0, oo), {}, 128)
    area = enclose(integral(f("sech", x), x, 0, oo), {}, 128)
    assert area.overlaps(arb.pi() / 2)


def test_abs_of_gamma_on_the_line_is_known_by_reflection() -> None:
    left = Abs(gamma(I * x)) ** 2
    right = pi / (x * FUNCTIONS["sinh"](pi * x))
    for at in (Fraction(1, 3), Fraction(5)):
        assert enclose(left, {x: at}, 128).overlaps(enclose(right, {x: at}, 128))
