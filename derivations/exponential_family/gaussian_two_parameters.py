r"""The Gaussian distribution with unknown mean and variance in exponential-family form.

With eta_1 = mu / sigma^2 and eta_2 = -1 / (2 sigma^2) < 0 the density has T(y) = (y, y^2),
b = 1 / sqrt(2 pi) and a(eta) = -eta_1^2 / (4 eta_2) - log(-2 eta_2) / 2.

Claims
------
exponential_family.gaussian2.log_partition_at   a at (mu/s^2, -1/(2 s^2)) is mu^2/(2 s^2) + log s
exponential_family.gaussian2.form               the density is b exp(eta^T T(y) - a(eta))
exponential_family.gaussian2.centred            the density about its mean m with deviation r
exponential_family.gaussian2.normalised         the density integrates to 1 for all eta_2 < 0
exponential_family.gaussian2.mean_1             the mean of Y is m
exponential_family.gaussian2.mean_2             the mean of Y^2 is m^2 + r^2
exponential_family.gaussian2.slope_1            the slope of a in eta_1 is the mean of Y
exponential_family.gaussian2.slope_2            the slope of a in eta_2 is the mean of Y^2
"""

from __future__ import annotations

from derivations.core import (
    Claim,
    D,
    Formula,
    Negative,
    Positive,
    Reals,
    algebra,
    define,
    derive,
    differentiate,
    exp,
    exp_log_laws,
    fold,
    integral,
    linearity,
    log,
    num,
    oo,
    pi,
    sqrt,
    substitution,
    symbol,
    symbols,
    unfold,
    using,
)
from derivations.exponential_family import gaussian_moments as moments
from derivations.exponential_family.bernoulli import BROWN
from derivations.exponential_family.gaussian_moments import phi

y, mu = symbols("y mu")
s = symbol("s", r"\sigma")
eta1, eta2 = symbol("eta_1"), symbol("eta_2")

density = define(
    "p",
    (y, mu, s),
    1 / (sqrt(2 * pi) * s) * exp(-((y - mu) ** 2) / (2 * s**2)),
    latex="p(#1; #2, #3)",
)

b = define("b", y, 1 / sqrt(2 * pi))
T1 = define("T_1", y, y)
T2 = define("T_2", y, y**2)
a = define("a", (eta1, eta2), -(eta1**2) / (4 * eta2) - log(-2 * eta2) / 2)
natural1 = define("eta_1", (mu, s), mu / s**2, latex=r"\eta_1")
natural2 = define("eta_2", s, -1 / (2 * s**2), latex=r"\eta_2")

family = define(
    "p_eta",
    (y, eta1, eta2),
    b(y) * exp(eta1 * T1(y) + eta2 * T2(y) - a(eta1, eta2)),
    latex=r"p_{\eta}(#1; #2, #3)",
)
t = symbol("t")

# The mean and the standard deviation of Y, in natural parameters.
m = define("m", (eta1, eta2), -eta1 / (2 * eta2), latex="m(#1, #2)")
r = define("r", eta2, 1 / sqrt(-2 * eta2))

NATURAL = {eta1: Reals, eta2: Negative}

LOG_PARTITION_AT = derive(
    Claim(
        "exponential_family.gaussian2.log_partition_at",
        a(natural1(mu, s), natural2(s)),
        "=",
        mu**2 / (2 * s**2) + log(s),
        on={mu: Reals, s: Positive},
        title="Log-partition of the Gaussian",
    ),
    (
        -(natural1(mu, s) ** 2) / (4 * natural2(s)) - log(-2 * natural2(s)) / 2,
        unfold(a),
    ),
    (
        -((mu / s**2) ** 2) / (4 * (-1 / (2 * s**2))) - log(-2 * (-1 / (2 * s**2))) / 2,
        unfold(natural1, natural2),
    ),
    (mu**2 / (2 * s**2) - log(1 / s**2) / 2, algebra),
    (mu**2 / (2 * s**2) + log(s), exp_log_laws(r"$\log \sigma^{-2} = -2 \log \sigma$")),
)

FORM = derive(
    Claim(
        "exponential_family.gaussian2.form",
        density(y, mu, s),
        "=",
        b(y) * exp(natural1(mu, s) * T1(y) + natural2(s) * T2(y) - a(natural1(mu, s), natural2(s))),
        on={y: Reals, mu: Reals, s: Positive},
        title="The Gaussian is a two-parameter exponential family",
        source=BROWN,
    ),
    (1 / (sqrt(2 * pi) * s) * exp(-((y - mu) ** 2) / (2 * s**2)), unfold(density)),
    (
        1 / (sqrt(2 * pi) * s) * exp(mu / s**2 * y + -1 / (2 * s**2) * y**2 - mu**2 / (2 * s**2)),
        algebra("expand the square"),
    ),
    (
        1
        / sqrt(2 * pi)
        * exp(mu / s**2 * y + -1 / (2 * s**2) * y**2 - (mu**2 / (2 * s**2) + log(s))),
        exp_log_laws(r"$1/\sigma = e^{-\log \sigma}$"),
    ),
    (
        1
        / sqrt(2 * pi)
        * exp(natural1(mu, s) * y + natural2(s) * y**2 - (mu**2 / (2 * s**2) + log(s))),
        fold(natural1, natural2),
    ),
    (
        1
        / sqrt(2 * pi)
        * exp(natural1(mu, s) * y + natural2(s) * y**2 - a(natural1(mu, s), natural2(s))),
        using(LOG_PARTITION_AT),
    ),
    (
        b(y) * exp(natural1(mu, s) * T1(y) + natural2(s) * T2(y) - a(natural1(mu, s), natural2(s))),
        fold(b, T1, T2),
    ),
)

CENTRED = derive(
    Claim(
        "exponential_family.gaussian2.centred",
        family(y, eta1, eta2),
        "=",
        1 / r(eta2) * phi((y - m(eta1, eta2)) / r(eta2)),
        on=NATURAL | {y: Reals},
        title="The density about its mean",
    ),
    (
        b(y) * exp(eta1 * T1(y) + eta2 * T2(y) - a(eta1, eta2)),
        unfold(family),
    ),
    (
        1 / sqrt(2 * pi) * exp(eta1 * y + eta2 * y**2 - a(eta1, eta2)),
        unfold(b, T1, T2),
    ),
    (
        1
        / sqrt(2 * pi)
        * exp(eta1 * y + eta2 * y**2 - (-(eta1**2) / (4 * eta2) - log(-2 * eta2) / 2)),
        unfold(a),
    ),
    (
        1 / sqrt(2 * pi) * exp(eta2 * (y + eta1 / (2 * eta2)) ** 2 + log(-2 * eta2) / 2),
        algebra("complete the square"),
    ),
    (
        sqrt(-2 * eta2)
        * (exp(-(((y + eta1 / (2 * eta2)) * sqrt(-2 * eta2)) ** 2) / 2) / sqrt(2 * pi)),
        exp_log_laws(r"$e^{\frac12 \log u} = \sqrt{u}$"),
    ),
    (
        1
        / (1 / sqrt(-2 * eta2))
        * (exp(-(((y - -eta1 / (2 * eta2)) / (1 / sqrt(-2 * eta2))) ** 2) / 2) / sqrt(2 * pi)),
        algebra,
    ),
    (
        1 / r(eta2) * (exp(-(((y - m(eta1, eta2)) / r(eta2)) ** 2) / 2) / sqrt(2 * pi)),
        fold(r, m),
    ),
    (1 / r(eta2) * phi((y - m(eta1, eta2)) / r(eta2)), fold(phi)),
)

M, R = m(eta1, eta2), r(eta2)
P = family(y, eta1, eta2)
CENTRED_P = 1 / R * phi((y - M) / R)


def mean_of(statistic: Formula) -> Formula:
    """The mean of a statistic of Y at the natural parameters (eta_1, eta_2)."""
    return integral(statistic * P, y, -oo, oo)


def over_normal(body: Formula) -> Formula:
    """The integral of `body` against the standard normal density of t."""
    return integral(body * phi(t), t, -oo, oo)


STANDARDISE = substitution(y, M + R * t)

NORMALISED = derive(
    Claim(
        "exponential_family.gaussian2.normalised",
        integral(P, y, -oo, oo),
        "=",
        1,
        on=NATURAL,
        title="The density integrates to 1",
    ),
    (integral(CENTRED_P, y, -oo, oo), using(CENTRED)),
    (integral(phi(t), t, -oo, oo), STANDARDISE),
    (1, using(moments.TOTAL)),
)

MEAN_1 = derive(
    Claim(
        "exponential_family.gaussian2.mean_1",
        mean_of(T1(y)),
        "=",
        M,
        on=NATURAL,
        title="The mean of $Y$",
    ),
    (mean_of(y), unfold(T1)),
    (integral(y * CENTRED_P, y, -oo, oo), using(CENTRED)),
    (over_normal(M + R * t), STANDARDISE),
    (integral(M * phi(t) + R * (t * phi(t)), t, -oo, oo), algebra("multiply out")),
    (M * integral(phi(t), t, -oo, oo) + R * over_normal(t), linearity),
    (M * num(1) + R * over_normal(t), using(moments.TOTAL)),
    (M * num(1) + R * num(0), using(moments.FIRST)),
    (M, algebra),
)

MEAN_2 = derive(
    Claim(
        "exponential_family.gaussian2.mean_2",
        mean_of(T2(y)),
        "=",
        M**2 + R**2,
        on=NATURAL,
        title="The mean of $Y^2$",
    ),
    (mean_of(y**2), unfold(T2)),
    (integral(y**2 * CENTRED_P, y, -oo, oo), using(CENTRED)),
    (over_normal((M + R * t) ** 2), STANDARDISE),
    (
        integral(M**2 * phi(t) + 2 * M * R * (t * phi(t)) + R**2 * (t**2 * phi(t)), t, -oo, oo),
        algebra("multiply out"),
    ),
    (
        M**2 * integral(phi(t), t, -oo, oo) + 2 * M * R * over_normal(t) + R**2 * over_normal(t**2),
        linearity,
    ),
    (M**2 * num(1) + 2 * M * R * over_normal(t) + R**2 * over_normal(t**2), using(moments.TOTAL)),
    (M**2 * num(1) + 2 * M * R * num(0) + R**2 * over_normal(t**2), using(moments.FIRST)),
    (M**2 * num(1) + 2 * M * R * num(0) + R**2 * num(1), using(moments.SECOND)),
    (M**2 + R**2, algebra),
)

SLOPE_1 = derive(
    Claim(
        "exponential_family.gaussian2.slope_1",
        D(a(eta1, eta2), eta1),
        "=",
        mean_of(T1(y)),
        on=NATURAL,
        title=r"The slope in $\eta_1$ is the mean of $Y$",
        source=BROWN,
    ),
    (D(-(eta1**2) / (4 * eta2) - log(-2 * eta2) / 2, eta1), unfold(a)),
    (-(2 * eta1) / (4 * eta2), differentiate),
    (-eta1 / (2 * eta2), algebra),
    (M, fold(m)),
    (mean_of(T1(y)), using(MEAN_1)),
)

SLOPE_2 = derive(
    Claim(
        "exponential_family.gaussian2.slope_2",
        D(a(eta1, eta2), eta2),
        "=",
        mean_of(T2(y)),
        on=NATURAL,
        title=r"The slope in $\eta_2$ is the mean of $Y^2$",
        source=BROWN,
    ),
    (D(-(eta1**2) / (4 * eta2) - log(-2 * eta2) / 2, eta2), unfold(a)),
    (eta1**2 / (4 * eta2**2) - 1 / (-2 * eta2) * (-2) / 2, differentiate),
    ((-eta1 / (2 * eta2)) ** 2 + 1 / (-2 * eta2), algebra),
    ((-eta1 / (2 * eta2)) ** 2 + (1 / sqrt(-2 * eta2)) ** 2, exp_log_laws(r"$(\sqrt{u})^2 = u$")),
    (M**2 + R**2, fold(m, r)),
    (mean_of(T2(y)), using(MEAN_2)),
)
