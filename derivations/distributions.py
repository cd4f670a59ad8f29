r"""Distribution functions as sigmoids: logistic, normal, Student t.

Each distribution function is defined by its integral, F(x) = int_{-oo}^x f(t) dt; its density is
its derivative, even and unimodal.

Claims
------
distributions.logistic.derivative       the density is the derivative of the distribution function
distributions.logistic.cdf              the distribution function is the sigmoid
distributions.logistic.limit_minus      the distribution function tends to 0 at -oo
distributions.logistic.limit_plus       the distribution function tends to 1 at oo
distributions.logistic.even             the density is even
distributions.logistic.unimodal         the density falls strictly on [0, oo)
distributions.normal.derivative         the density is the derivative of the distribution function
distributions.normal.cdf                the distribution function is (1 + erf(x / sqrt 2)) / 2
distributions.normal.limit_minus        the distribution function tends to 0 at -oo
distributions.normal.limit_plus         the distribution function tends to 1 at oo
distributions.normal.even               the density is even
distributions.normal.unimodal           the density falls strictly on [0, oo)
distributions.student.derivative        the density is the derivative of the distribution function
distributions.student.total             the density integrates to 1, for nu = 1, ..., 5
distributions.student.even              the density is even
distributions.student.unimodal          the density falls strictly on [0, oo)
distributions.student.cauchy            with one degree of freedom it is the Cauchy density
distributions.student.cauchy_cdf        its distribution function is 1/2 + arctan(x)/pi
distributions.student.two_degrees       with two degrees of freedom it is (2 + x^2)^(-3/2)
distributions.student.two_degrees_cdf   its distribution function is the algebraic sigmoid, rescaled
"""

from __future__ import annotations

from derivations import sigmoid
from derivations.core import (
    Claim,
    D,
    NonNegative,
    Positive,
    Q,
    Reals,
    algebra,
    antiderivative,
    atan,
    cited,
    cosh,
    define,
    derive,
    differentiate,
    erf,
    evaluate,
    exp,
    exp_log_laws,
    fold,
    gamma,
    integers,
    integral,
    interval,
    limit,
    limit_laws,
    linearity,
    monotonicity,
    num,
    oo,
    pi,
    sqrt,
    symbols,
    unfold,
    using,
)
from derivations.exponential_family.gaussian_moments import phi
from derivations.sigmoid import sigma
from derivations.squashing import algebraic

x, t, a, b, nu = symbols("x t a b nu")
FALLING = {a: NonNegative, b: NonNegative}

SOURCE = "Johnson, Kotz and Balakrishnan (1994, 1995), Continuous Univariate Distributions"
BETA = "NIST Digital Library of Mathematical Functions, 5.12"

# ------------------------------------------------------------------------------ logistic
logistic_cdf = define(
    "F", x, integral(sigmoid.density(t), t, -oo, x), latex=r"F_{\mathrm{logistic}}"
)

LOGISTIC_DERIVATIVE = derive(
    Claim(
        "distributions.logistic.derivative",
        D(logistic_cdf(x), x),
        "=",
        sigmoid.density(x),
        on={x: Reals},
        title="The logistic density",
        says="The density is the derivative of the distribution function.",
        source=SOURCE,
    ),
    (D(integral(sigmoid.density(t), t, -oo, x), x), unfold(logistic_cdf)),
    (sigmoid.density(x), differentiate("fundamental theorem of calculus")),
)

LOGISTIC_CDF = derive(
    Claim(
        "distributions.logistic.cdf",
        logistic_cdf(x),
        "=",
        sigma(x),
        on={x: Reals},
        title="The logistic distribution function is the sigmoid",
        says="The logistic distribution function is the logistic sigmoid.",
        source=SOURCE,
    ),
    (integral(sigmoid.density(t), t, -oo, x), unfold(logistic_cdf)),
    (sigma(x), using(sigmoid.CDF)),
)

LOGISTIC_LIMIT_MINUS = derive(
    Claim(
        "distributions.logistic.limit_minus",
        limit(logistic_cdf(x), x, -oo),
        "=",
        0,
        on={},
        title="The logistic distribution function on the left",
        says=r"Towards $-\infty$ the distribution function tends to 0.",
    ),
    (limit(sigma(x), x, -oo), using(LOGISTIC_CDF)),
    (0, using(sigmoid.LIMIT_AT_MINUS_INFINITY)),
)

LOGISTIC_LIMIT_PLUS = derive(
    Claim(
        "distributions.logistic.limit_plus",
        limit(logistic_cdf(x), x, oo),
        "=",
        1,
        on={},
        title="The logistic distribution function on the right",
        says=r"Towards $\infty$ the distribution function tends to 1.",
    ),
    (limit(sigma(x), x, oo), using(LOGISTIC_CDF)),
    (1, using(sigmoid.LIMIT_AT_INFINITY)),
)

LOGISTIC_EVEN = derive(
    Claim(
        "distributions.logistic.even",
        sigmoid.density(-x),
        "=",
        sigmoid.density(x),
        on={x: Reals},
        title="The logistic density is even",
        says="The density is symmetric about 0.",
    ),
    (exp(x) / (1 + exp(x)) ** 2, unfold(sigmoid.density)),
    (exp(-x) / (1 + exp(-x)) ** 2, exp_log_laws("multiply both by $e^{-2x}$")),
    (sigmoid.density(x), fold(sigmoid.density)),
)

LOGISTIC_UNIMODAL = derive(
    Claim(
        "distributions.logistic.unimodal",
        sigmoid.density(a),
        ">",
        sigmoid.density(b),
        on=FALLING,
        where=a < b,
        title="The logistic density falls on $[0, \\infty)$",
        says="Even, and strictly falling away from 0, the density has one mode, at 0.",
    ),
    (exp(-a) / (1 + exp(-a)) ** 2, unfold(sigmoid.density)),
    (1 / (exp(a) + exp(-a) + 2), exp_log_laws),
    (1 / (2 * ((exp(a) + exp(-a)) / 2) + 2), algebra),
    (1 / (2 * cosh(a) + 2), fold(cosh)),
    (">", 1 / (2 * cosh(b) + 2), monotonicity(r"$\cosh$ rises on $[0, \infty)$")),
    (1 / (2 * ((exp(b) + exp(-b)) / 2) + 2), unfold(cosh)),
    (1 / (exp(b) + exp(-b) + 2), algebra),
    (exp(-b) / (1 + exp(-b)) ** 2, exp_log_laws),
    (sigmoid.density(b), fold(sigmoid.density)),
)

# -------------------------------------------------------------------------------- normal
normal_cdf = define("Phi", x, integral(phi(t), t, -oo, x), latex=r"\Phi")

NORMAL_DERIVATIVE = derive(
    Claim(
        "distributions.normal.derivative",
        D(normal_cdf(x), x),
        "=",
        phi(x),
        on={x: Reals},
        title="The normal density",
        says="The density is the derivative of the distribution function.",
        source=SOURCE,
    ),
    (D(integral(phi(t), t, -oo, x), x), unfold(normal_cdf)),
    (phi(x), differentiate("fundamental theorem of calculus")),
)

NORMAL_CDF = derive(
    Claim(
        "distributions.normal.cdf",
        normal_cdf(x),
        "=",
        (1 + erf(x / sqrt(2))) / 2,
        on={x: Reals},
        title="The normal distribution function by the error function",
        says="The normal distribution function is the error function, rescaled.",
        source=SOURCE,
    ),
    (integral(phi(t), t, -oo, x), unfold(normal_cdf)),
    (
        erf(x / sqrt(2)) / 2 - limit(erf(t / sqrt(2)) / 2, t, -oo),
        antiderivative(erf(t / sqrt(2)) / 2),
    ),
    (erf(x / sqrt(2)) / 2 - -num(1) / 2, limit_laws),
    ((1 + erf(x / sqrt(2))) / 2, algebra),
)

NORMAL_LIMIT_MINUS = derive(
    Claim(
        "distributions.normal.limit_minus",
        limit(normal_cdf(x), x, -oo),
        "=",
        0,
        on={},
        title="The normal distribution function on the left",
        says=r"Towards $-\infty$ the distribution function tends to 0.",
    ),
    (limit((1 + erf(x / sqrt(2))) / 2, x, -oo), using(NORMAL_CDF)),
    (0, limit_laws),
)

NORMAL_LIMIT_PLUS = derive(
    Claim(
        "distributions.normal.limit_plus",
        limit(normal_cdf(x), x, oo),
        "=",
        1,
        on={},
        title="The normal distribution function on the right",
        says=r"Towards $\infty$ the distribution function tends to 1.",
    ),
    (limit((1 + erf(x / sqrt(2))) / 2, x, oo), using(NORMAL_CDF)),
    (1, limit_laws),
)

NORMAL_EVEN = derive(
    Claim(
        "distributions.normal.even",
        phi(-x),
        "=",
        phi(x),
        on={x: Reals},
        title="The normal density is even",
        says="The density is symmetric about 0.",
    ),
    (exp(-((-x) ** 2) / 2) / sqrt(2 * pi), unfold(phi)),
    (exp(-(x**2) / 2) / sqrt(2 * pi), algebra),
    (phi(x), fold(phi)),
)

NORMAL_UNIMODAL = derive(
    Claim(
        "distributions.normal.unimodal",
        phi(a),
        ">",
        phi(b),
        on=FALLING,
        where=a < b,
        title="The normal density falls on $[0, \\infty)$",
        says="Even, and strictly falling away from 0, the density has one mode, at 0.",
    ),
    (exp(-(a**2) / 2) / sqrt(2 * pi), unfold(phi)),
    (">", exp(-(b**2) / 2) / sqrt(2 * pi), monotonicity),
    (phi(b), fold(phi)),
)

# ----------------------------------------------------------------------------- Student t
weight = define("c", nu, gamma((nu + 1) / 2) / (sqrt(nu * pi) * gamma(nu / 2)), latex=r"c_{#1}")
student = define("f", (x, nu), weight(nu) * (1 + x**2 / nu) ** (-(nu + 1) / 2), latex="f_{#2}(#1)")
student_cdf = define("F", (x, nu), integral(student(t, nu), t, -oo, x), latex="F_{#2}(#1)")

STUDENT_DERIVATIVE = derive(
    Claim(
        "distributions.student.derivative",
        D(student_cdf(x, nu), x),
        "=",
        student(x, nu),
        on={x: Reals, nu: interval(1, oo, lower_open=False)},
        title="The density of Student's $t$",
        says="The density is the derivative of the distribution function.",
        source=SOURCE,
    ),
    (D(integral(student(t, nu), t, -oo, x), x), unfold(student_cdf)),
    (student(x, nu), differentiate("fundamental theorem of calculus")),
)

STUDENT_TOTAL = derive(
    Claim(
        "distributions.student.total",
        integral(student(t, nu), t, -oo, oo),
        "=",
        1,
        on={nu: integers(1, 5)},
        title="The density of Student's $t$ has total mass 1",
        says="For up to five degrees of freedom, the density integrates to 1.",
        source=SOURCE,
    ),
    (integral(weight(nu) * (1 + t**2 / nu) ** (-(nu + 1) / 2), t, -oo, oo), unfold(student)),
    (weight(nu) * integral((1 + t**2 / nu) ** (-(nu + 1) / 2), t, -oo, oo), linearity),
    (
        weight(nu) * (sqrt(nu * pi) * gamma(nu / 2) / gamma((nu + 1) / 2)),
        cited("the beta integral", BETA),
    ),
    (
        gamma((nu + 1) / 2)
        / (sqrt(nu * pi) * gamma(nu / 2))
        * (sqrt(nu * pi) * gamma(nu / 2) / gamma((nu + 1) / 2)),
        unfold(weight),
    ),
    (1, algebra),
)

STUDENT_EVEN = derive(
    Claim(
        "distributions.student.even",
        student(-x, nu),
        "=",
        student(x, nu),
        on={x: Reals, nu: Positive},
        title="The density of Student's $t$ is even",
        says="The density is symmetric about 0.",
    ),
    (weight(nu) * (1 + (-x) ** 2 / nu) ** (-(nu + 1) / 2), unfold(student)),
    (weight(nu) * (1 + x**2 / nu) ** (-(nu + 1) / 2), algebra),
    (student(x, nu), fold(student)),
)

STUDENT_UNIMODAL = derive(
    Claim(
        "distributions.student.unimodal",
        student(a, nu),
        ">",
        student(b, nu),
        on=FALLING | {nu: Positive},
        where=a < b,
        title="The density of Student's $t$ falls on $[0, \\infty)$",
        says="Even, and strictly falling away from 0, the density has one mode, at 0.",
    ),
    (weight(nu) * (1 + a**2 / nu) ** (-(nu + 1) / 2), unfold(student)),
    (">", weight(nu) * (1 + b**2 / nu) ** (-(nu + 1) / 2), monotonicity),
    (student(b, nu), fold(student)),
)

CAUCHY = derive(
    Claim(
        "distributions.student.cauchy",
        student(x, 1),
        "=",
        1 / (pi * (1 + x**2)),
        on={x: Reals},
        title="One degree of freedom: the Cauchy density",
        says="With one degree of freedom the density is that of Cauchy.",
        source=SOURCE,
    ),
    (weight(1) * (1 + x**2 / 1) ** (-(num(1) + 1) / 2), unfold(student)),
    (
        gamma((num(1) + 1) / 2)
        / (sqrt(1 * pi) * gamma(num(1) / 2))
        * (1 + x**2 / 1) ** (-(num(1) + 1) / 2),
        unfold(weight),
    ),
    (1 / (sqrt(1 * pi) * sqrt(pi)) * (1 + x**2 / 1) ** -num(1), evaluate),
    (1 / pi * (1 + x**2 / 1) ** -num(1), exp_log_laws(r"$\sqrt{\pi} \sqrt{\pi} = \pi$")),
    (1 / (pi * (1 + x**2)), algebra),
)

CAUCHY_CDF = derive(
    Claim(
        "distributions.student.cauchy_cdf",
        student_cdf(x, 1),
        "=",
        Q(1, 2) + atan(x) / pi,
        on={x: Reals},
        title="One degree of freedom: the arctangent",
        says="The Cauchy distribution function is the arctangent, rescaled.",
        source=SOURCE,
    ),
    (integral(student(t, 1), t, -oo, x), unfold(student_cdf)),
    (integral(1 / (pi * (1 + t**2)), t, -oo, x), using(CAUCHY, x=t)),
    (
        atan(x) / pi - limit(atan(t) / pi, t, -oo),
        antiderivative(atan(t) / pi),
    ),
    (atan(x) / pi - -pi / 2 / pi, limit_laws),
    (Q(1, 2) + atan(x) / pi, algebra),
)

STUDENT_TWO = derive(
    Claim(
        "distributions.student.two_degrees",
        student(x, 2),
        "=",
        (2 + x**2) ** -Q(3, 2),
        on={x: Reals},
        title="Two degrees of freedom",
        says="With two degrees of freedom the density is an algebraic function.",
        source=SOURCE,
    ),
    (weight(2) * (1 + x**2 / 2) ** (-(num(2) + 1) / 2), unfold(student)),
    (
        gamma((num(2) + 1) / 2)
        / (sqrt(2 * pi) * gamma(num(2) / 2))
        * (1 + x**2 / 2) ** (-(num(2) + 1) / 2),
        unfold(weight),
    ),
    (sqrt(pi) / 2 / sqrt(2 * pi) * (1 + x**2 / 2) ** -Q(3, 2), evaluate),
    ((2 + x**2) ** -Q(3, 2), exp_log_laws),
)

STUDENT_TWO_CDF = derive(
    Claim(
        "distributions.student.two_degrees_cdf",
        student_cdf(x, 2),
        "=",
        (1 + algebraic.g(x / sqrt(2))) / 2,
        on={x: Reals},
        title="Two degrees of freedom: the algebraic sigmoid",
        says="Its distribution function is the algebraic sigmoid, rescaled.",
        source=SOURCE,
    ),
    (integral(student(t, 2), t, -oo, x), unfold(student_cdf)),
    (integral((2 + t**2) ** -Q(3, 2), t, -oo, x), using(STUDENT_TWO, x=t)),
    (
        algebraic.g(x / sqrt(2)) / 2 - limit(algebraic.g(t / sqrt(2)) / 2, t, -oo),
        antiderivative(algebraic.g(t / sqrt(2)) / 2),
    ),
    (algebraic.g(x / sqrt(2)) / 2 - -num(1) / 2, limit_laws),
    ((1 + algebraic.g(x / sqrt(2))) / 2, algebra),
)
