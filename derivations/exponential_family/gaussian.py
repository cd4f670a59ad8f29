r"""The Gaussian distribution with unit variance in exponential-family form.

The density exp(-(y - mu)^2 / 2) / sqrt(2 pi) has b(y) = exp(-y^2 / 2) / sqrt(2 pi), eta = mu,
T(y) = y and a(eta) = eta^2 / 2.

Claims
------
exponential_family.gaussian.form                      the density is b(y) exp(eta T(y) - a(eta))
exponential_family.gaussian.normalised                the density integrates to 1
exponential_family.gaussian.log_partition_slope       a'(eta) = eta
exponential_family.gaussian.mean_value                the mean of Y is eta
exponential_family.gaussian.mean                      a' is the mean of T(Y)
exponential_family.gaussian.log_partition_curvature   a'' = 1
exponential_family.gaussian.variance_value            the variance of Y is 1
exponential_family.gaussian.variance                  a'' is the variance of T(Y)
"""

from __future__ import annotations

from derivations.core import (
    Claim,
    D,
    Q,
    Reals,
    algebra,
    define,
    derive,
    exp,
    exp_log_laws,
    fold,
    integral,
    linearity,
    num,
    oo,
    pi,
    power_rule,
    prime,
    sqrt,
    substitution,
    symbols,
    unfold,
    using,
)
from derivations.exponential_family import gaussian_moments as moments
from derivations.exponential_family.bernoulli import BROWN, NG
from derivations.exponential_family.gaussian_moments import phi

y, mu, eta, t = symbols("y mu eta t")

density = define("p", (y, mu), 1 / sqrt(2 * pi) * exp(-Q(1, 2) * (y - mu) ** 2), latex="p(#1; #2)")

b = define("b", y, exp(-Q(1, 2) * y**2) / sqrt(2 * pi))
T = define("T", y, y)
a = define("a", eta, eta**2 / 2)
natural = define("eta", mu, mu, latex=r"\eta")

mean = define(
    "E_T", eta, integral(T(y) * density(y, eta), y, -oo, oo), latex=r"\mathrm{E}_{#1}[T(Y)]"
)
variance = define(
    "Var_T",
    eta,
    integral((T(y) - mean(eta)) ** 2 * density(y, eta), y, -oo, oo),
    latex=r"\mathrm{Var}_{#1}[T(Y)]",
)

FORM = derive(
    Claim(
        "exponential_family.gaussian.form",
        density(y, mu),
        "=",
        b(y) * exp(natural(mu) * T(y) - a(natural(mu))),
        on={y: Reals, mu: Reals},
        title="The Gaussian with unit variance is an exponential family",
        source=NG,
    ),
    (1 / sqrt(2 * pi) * exp(-Q(1, 2) * (y - mu) ** 2), unfold(density)),
    (
        1 / sqrt(2 * pi) * exp(-Q(1, 2) * y**2 + (mu * y - mu**2 / 2)),
        algebra("expand the square"),
    ),
    (
        1 / sqrt(2 * pi) * (exp(-Q(1, 2) * y**2) * exp(mu * y - mu**2 / 2)),
        exp_log_laws("$e^{u + v} = e^u e^v$"),
    ),
    (exp(-Q(1, 2) * y**2) / sqrt(2 * pi) * exp(mu * y - mu**2 / 2), algebra("regroup")),
    (b(y) * exp(mu * T(y) - a(mu)), fold(b, T, a)),
    (b(y) * exp(natural(mu) * T(y) - a(natural(mu))), fold(natural)),
)

NORMALISED = derive(
    Claim(
        "exponential_family.gaussian.normalised",
        integral(density(y, mu), y, -oo, oo),
        "=",
        1,
        on={mu: Reals},
        title="The density integrates to 1",
    ),
    (integral(1 / sqrt(2 * pi) * exp(-Q(1, 2) * (y - mu) ** 2), y, -oo, oo), unfold(density)),
    (
        integral(1 / sqrt(2 * pi) * exp(-Q(1, 2) * t**2), t, -oo, oo),
        substitution(y, mu + t),
    ),
    (integral(exp(-(t**2) / 2) / sqrt(2 * pi), t, -oo, oo), algebra),
    (integral(phi(t), t, -oo, oo), fold(phi)),
    (1, using(moments.TOTAL)),
)

LOG_PARTITION_SLOPE = derive(
    Claim(
        "exponential_family.gaussian.log_partition_slope",
        prime(a, eta),
        "=",
        eta,
        on={eta: Reals},
        title="The slope of the log-partition",
    ),
    (D(eta**2 / 2, eta), unfold(a)),
    (2 * eta / 2, power_rule),
    (eta, algebra),
)

MEAN_VALUE = derive(
    Claim(
        "exponential_family.gaussian.mean_value",
        mean(eta),
        "=",
        eta,
        on={eta: Reals},
        title="The mean of the Gaussian",
    ),
    (integral(T(y) * density(y, eta), y, -oo, oo), unfold(mean)),
    (
        integral(y * (1 / sqrt(2 * pi) * exp(-Q(1, 2) * (y - eta) ** 2)), y, -oo, oo),
        unfold(T, density),
    ),
    (
        integral((eta + t) * (1 / sqrt(2 * pi) * exp(-Q(1, 2) * t**2)), t, -oo, oo),
        substitution(y, eta + t),
    ),
    (integral((eta + t) * (exp(-(t**2) / 2) / sqrt(2 * pi)), t, -oo, oo), algebra),
    (integral((eta + t) * phi(t), t, -oo, oo), fold(phi)),
    (integral(eta * phi(t) + t * phi(t), t, -oo, oo), algebra("multiply out")),
    (
        eta * integral(phi(t), t, -oo, oo) + integral(t * phi(t), t, -oo, oo),
        linearity,
    ),
    (eta * num(1) + integral(t * phi(t), t, -oo, oo), using(moments.TOTAL)),
    (eta * num(1) + 0, using(moments.FIRST)),
    (eta, algebra),
)

MEAN = derive(
    Claim(
        "exponential_family.gaussian.mean",
        prime(a, eta),
        "=",
        mean(eta),
        on={eta: Reals},
        title="The log-partition's derivative is the mean",
        source=BROWN,
    ),
    (eta, using(LOG_PARTITION_SLOPE)),
    (mean(eta), using(MEAN_VALUE)),
)

LOG_PARTITION_CURVATURE = derive(
    Claim(
        "exponential_family.gaussian.log_partition_curvature",
        prime(a, eta, 2),
        "=",
        1,
        on={eta: Reals},
        title="The curvature of the log-partition",
    ),
    (D(eta**2 / 2, eta, 2), unfold(a)),
    (D(eta, eta), power_rule),
    (1, power_rule),
)

VARIANCE_VALUE = derive(
    Claim(
        "exponential_family.gaussian.variance_value",
        variance(eta),
        "=",
        1,
        on={eta: Reals},
        title="The variance of the Gaussian",
    ),
    (integral((T(y) - mean(eta)) ** 2 * density(y, eta), y, -oo, oo), unfold(variance)),
    (integral((T(y) - eta) ** 2 * density(y, eta), y, -oo, oo), using(MEAN_VALUE)),
    (
        integral((y - eta) ** 2 * (1 / sqrt(2 * pi) * exp(-Q(1, 2) * (y - eta) ** 2)), y, -oo, oo),
        unfold(T, density),
    ),
    (
        integral(t**2 * (1 / sqrt(2 * pi) * exp(-Q(1, 2) * t**2)), t, -oo, oo),
        substitution(y, eta + t),
    ),
    (integral(t**2 * (exp(-(t**2) / 2) / sqrt(2 * pi)), t, -oo, oo), algebra),
    (integral(t**2 * phi(t), t, -oo, oo), fold(phi)),
    (1, using(moments.SECOND)),
)

VARIANCE = derive(
    Claim(
        "exponential_family.gaussian.variance",
        prime(a, eta, 2),
        "=",
        variance(eta),
        on={eta: Reals},
        title="The log-partition's second derivative is the variance",
        source=BROWN,
    ),
    (1, using(LOG_PARTITION_CURVATURE)),
    (variance(eta), using(VARIANCE_VALUE)),
)
