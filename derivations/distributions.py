r"""Distribution functions as sigmoids: logistic, normal, Student t.

Each distribution function is defined by its integral, F(x) = int_{-oo}^x f(t) dt; its density is
its derivative, even and unimodal.

Claims
------
distributions.logistic.derivative   the density is the derivative of the distribution function
distributions.logistic.cdf          the distribution function is the sigmoid
distributions.logistic.even         the density is even
distributions.logistic.unimodal     the density falls on [0, oo)
distributions.normal.derivative     the density is the derivative of the distribution function
distributions.normal.cdf            the distribution function is (1 + erf(x / sqrt 2)) / 2
distributions.normal.even           the density is even
distributions.normal.unimodal       the density falls on [0, oo)
distributions.student.derivative    the density is the derivative of the distribution function
distributions.student.even          the density is even
distributions.student.unimodal      the density falls on [0, oo)
distributions.student.cauchy        with one degree of freedom it is the Cauchy distribution
"""

from __future__ import annotations

from derivations import sigmoid
from derivations.core import (
    Claim,
    D,
    NonNegative,
    Positive,
    Reals,
    algebra,
    antiderivative,
    closed,
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
    integral,
    limit,
    limit_laws,
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

x, t, a, b, nu = symbols("x t a b nu")
FALLING = {a: NonNegative, b: NonNegative}

SOURCE = "Johnson, Kotz and Balakrishnan (1994, 1995), Continuous Univariate Distributions"

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
        source=SOURCE,
    ),
    (integral(sigmoid.density(t), t, -oo, x), unfold(logistic_cdf)),
    (sigma(x), using(sigmoid.CDF)),
)

LOGISTIC_EVEN = derive(
    Claim(
        "distributions.logistic.even",
        sigmoid.density(-x),
        "=",
        sigmoid.density(x),
        on={x: Reals},
        title="The logistic density is even",
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

NORMAL_EVEN = derive(
    Claim(
        "distributions.normal.even",
        phi(-x),
        "=",
        phi(x),
        on={x: Reals},
        title="The normal density is even",
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
        on={x: Reals, nu: closed(1, 30)},
        title="The density of Student's $t$",
        says="The density is the derivative of the distribution function.",
        source=SOURCE,
    ),
    (D(integral(student(t, nu), t, -oo, x), x), unfold(student_cdf)),
    (student(x, nu), differentiate("fundamental theorem of calculus")),
)

STUDENT_EVEN = derive(
    Claim(
        "distributions.student.even",
        student(-x, nu),
        "=",
        student(x, nu),
        on={x: Reals, nu: Positive},
        title="The density of Student's $t$ is even",
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
    (1 / pi * (1 + x**2 / 1) ** -num(1), exp_log_laws),
    (1 / (pi * (1 + x**2)), algebra),
)
