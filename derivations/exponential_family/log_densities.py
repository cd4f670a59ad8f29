r"""What is computed with an exponential family: log-densities, and the slopes of log-partitions.

Claims
------
exponential_family.log_mass.bernoulli        log p_eta(y) = y eta - log(1 + exp(eta))
exponential_family.log_density.normal        log phi(t) = -t^2/2 - log(2 pi)/2
exponential_family.log_density.gaussian      log p(y; mu) = -(y - mu)^2/2 - log(2 pi)/2
exponential_family.log_density.gaussian2     the same with a standard deviation s
exponential_family.gaussian2.gradient_1      the slope of a in eta_1 is -eta_1/(2 eta_2)
exponential_family.gaussian2.gradient_2      the slope of a in eta_2 is the mean of Y^2
exponential_family.gaussian2.curvature_1     the second derivative of a in eta_1 is -1/(2 eta_2)
"""

from __future__ import annotations

from derivations.core import (
    Binary,
    Claim,
    D,
    Positive,
    Q,
    Reals,
    algebra,
    chain_rule,
    derive,
    differentiate,
    exp,
    exp_log_laws,
    log,
    num,
    pi,
    sqrt,
    symbols,
    unfold,
    using,
)
from derivations.exponential_family import bernoulli, gaussian
from derivations.exponential_family import gaussian_two_parameters as gaussian2
from derivations.exponential_family.bernoulli import family as bernoulli_mass
from derivations.exponential_family.gaussian_moments import phi
from derivations.exponential_family.gaussian_two_parameters import NATURAL, a

y, mu, t, eta = symbols("y mu t eta")
s, eta1, eta2 = gaussian2.s, gaussian2.eta1, gaussian2.eta2

BERNOULLI = derive(
    Claim(
        "exponential_family.log_mass.bernoulli",
        log(bernoulli_mass(y, eta)),
        "=",
        y * eta - log(1 + exp(eta)),
        on={y: Binary, eta: Reals},
        title="The log-mass of the Bernoulli distribution",
        says="The log-mass is linear in the label.",
    ),
    (
        log(bernoulli.b(y) * exp(eta * bernoulli.T(y) - bernoulli.a(eta))),
        unfold(bernoulli_mass),
    ),
    (
        log(1 * exp(eta * y - log(1 + exp(eta)))),
        unfold(bernoulli.b, bernoulli.T, bernoulli.a),
    ),
    (eta * y - log(1 + exp(eta)), exp_log_laws),
    (y * eta - log(1 + exp(eta)), algebra),
)

NORMAL = derive(
    Claim(
        "exponential_family.log_density.normal",
        log(phi(t)),
        "=",
        -(t**2) / 2 - log(2 * pi) / 2,
        on={t: Reals},
        title="The log-density of the standard normal distribution",
        says="The log-density is a parabola.",
    ),
    (log(exp(-(t**2) / 2) / sqrt(2 * pi)), unfold(phi)),
    (-(t**2) / 2 - log(2 * pi) / 2, exp_log_laws),
)

GAUSSIAN = derive(
    Claim(
        "exponential_family.log_density.gaussian",
        log(gaussian.density(y, mu)),
        "=",
        -((y - mu) ** 2) / 2 - log(2 * pi) / 2,
        on={y: Reals, mu: Reals},
        title="The log-density of the Gaussian with unit variance",
        says="The log-density is half the negative squared error, and a constant.",
    ),
    (log(1 / sqrt(2 * pi) * exp(-Q(1, 2) * (y - mu) ** 2)), unfold(gaussian.density)),
    (-((y - mu) ** 2) / 2 - log(2 * pi) / 2, exp_log_laws),
)

GAUSSIAN2 = derive(
    Claim(
        "exponential_family.log_density.gaussian2",
        log(gaussian2.density(y, mu, s)),
        "=",
        -(((y - mu) / s) ** 2) / 2 - log(s) - log(2 * pi) / 2,
        on={y: Reals, mu: Reals, s: Positive},
        title="The log-density of the Gaussian",
        says="The log-density is half the negative squared standard score, and what normalises it.",
    ),
    (
        log(1 / (sqrt(2 * pi) * s) * exp(-((y - mu) ** 2) / (2 * s**2))),
        unfold(gaussian2.density),
    ),
    (
        -((y - mu) ** 2) / (2 * s**2) - log(sqrt(2 * pi) * s),
        exp_log_laws("the logarithm of a product; exp is undone"),
    ),
    (
        -((y - mu) ** 2) / (2 * s**2) - log(s) - log(2 * pi) / 2,
        exp_log_laws("the logarithm of a product and of a root"),
    ),
    (-(((y - mu) / s) ** 2) / 2 - log(s) - log(2 * pi) / 2, algebra),
)

GRADIENT_1 = derive(
    Claim(
        "exponential_family.gaussian2.gradient_1",
        D(a(eta1, eta2), eta1),
        "=",
        -eta1 / (2 * eta2),
        on=NATURAL,
        title="The slope of the log-partition in the first parameter",
        says="It is the mean of $Y$.",
    ),
    (D(-(eta1**2) / (4 * eta2) - log(-2 * eta2) / 2, eta1), unfold(a)),
    (-(2 * eta1) / (4 * eta2), differentiate),
    (-eta1 / (2 * eta2), algebra),
)

GRADIENT_2 = derive(
    Claim(
        "exponential_family.gaussian2.gradient_2",
        D(a(eta1, eta2), eta2),
        "=",
        (eta1 / (2 * eta2)) ** 2 - 1 / (2 * eta2),
        on=NATURAL,
        title="The slope of the log-partition in the second parameter",
        says="It is the mean of $Y^2$: the squared mean and the variance.",
    ),
    (D(-(eta1**2) / (4 * eta2) - log(-2 * eta2) / 2, eta2), unfold(a)),
    (eta1**2 / (4 * eta2**2) - num(-2) / (-2 * eta2) / 2, chain_rule),
    ((eta1 / (2 * eta2)) ** 2 - 1 / (2 * eta2), algebra),
)

CURVATURE_1 = derive(
    Claim(
        "exponential_family.gaussian2.curvature_1",
        D(a(eta1, eta2), eta1, 2),
        "=",
        -1 / (2 * eta2),
        on=NATURAL,
        title="The second derivative in the first parameter",
        says="It is the variance of $Y$.",
    ),
    (D(-eta1 / (2 * eta2), eta1), using(GRADIENT_1)),
    (-1 / (2 * eta2), differentiate),
)
