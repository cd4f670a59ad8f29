r"""Distribution functions as sigmoids: logistic and normal.

Each distribution function is defined by its integral, F(x) = int_{-oo}^x f(t) dt; its density is
its derivative, even and unimodal. Student's distribution is the chapter `student`.

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
"""

from __future__ import annotations

from derivations import sigmoid
from derivations.core import (
    Claim,
    D,
    NonNegative,
    Reals,
    algebra,
    antiderivative,
    cosh,
    define,
    derive,
    differentiate,
    erf,
    exp,
    exp_log_laws,
    fold,
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
IMPROPER = "NIST Digital Library of Mathematical Functions, 1.4(v)"
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
    ((1 + -num(1)) / 2, limit_laws),
    (0, algebra),
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
    ((num(1) + 1) / 2, limit_laws),
    (1, algebra),
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
