r"""The Bernoulli distribution in exponential-family form.

p(y; phi) = phi^y (1 - phi)^(1 - y) for y in {0, 1} has b(y) = 1, eta = log(phi / (1 - phi)),
T(y) = y and a(eta) = log(1 + e^eta).

Claims
------
exponential_family.bernoulli.log_partition_at_phi   a at eta(phi) is -log(1 - phi)
exponential_family.bernoulli.form                   the mass is b(y) exp(eta T(y) - a(eta))
exponential_family.bernoulli.normalised             the masses of 0 and 1 add up to 1
exponential_family.bernoulli.log_partition_slope    a' is the sigmoid
exponential_family.bernoulli.mass_at_1              the mass of 1 is sigma(eta)
exponential_family.bernoulli.mass_at_0              the mass of 0 is 1 - sigma(eta)
exponential_family.bernoulli.mean_value             the mean of T(Y) is sigma(eta)
exponential_family.bernoulli.mean                   a' is the mean of T(Y)
exponential_family.bernoulli.variance_value         the variance of T(Y) is sigma (1 - sigma)
exponential_family.bernoulli.variance               a'' is the variance of T(Y)
"""

from __future__ import annotations

from derivations import sigmoid
from derivations.core import (
    Binary,
    Claim,
    D,
    Reals,
    UnitInterval,
    algebra,
    chain_rule,
    define,
    derive,
    evaluate,
    exp,
    exp_log_laws,
    fold,
    log,
    num,
    prime,
    sum_rules,
    symbols,
    total,
    unfold,
    using,
)

NG = "A. Ng, CS229 Lecture Notes, Part III: Generalized linear models"

BROWN = "Brown (1986), Fundamentals of Statistical Exponential Families"

y, phi, eta = symbols("y phi eta")

mass = define("p", (y, phi), phi**y * (1 - phi) ** (1 - y), latex="p(#1; #2)")

b = define("b", y, 1)
T = define("T", y, y)
a = define("a", eta, log(1 + exp(eta)))
natural = define("eta", phi, log(phi / (1 - phi)), latex=r"\eta")

family = define("p_eta", (y, eta), b(y) * exp(eta * T(y) - a(eta)), latex=r"p_{\eta}(#1; #2)")
mean = define("E_T", eta, total(T(y) * family(y, eta), y, 0, 1), latex=r"\mathrm{E}_{#1}[T(Y)]")
variance = define(
    "Var_T",
    eta,
    total((T(y) - mean(eta)) ** 2 * family(y, eta), y, 0, 1),
    latex=r"\mathrm{Var}_{#1}[T(Y)]",
)

LOG_PARTITION_AT_PHI = derive(
    Claim(
        "exponential_family.bernoulli.log_partition_at_phi",
        a(natural(phi)),
        "=",
        -log(1 - phi),
        on={phi: UnitInterval},
        title="Log-partition of the Bernoulli",
    ),
    (log(1 + exp(natural(phi))), unfold(a)),
    (log(1 + exp(log(phi / (1 - phi)))), unfold(natural)),
    (log(1 + phi / (1 - phi)), exp_log_laws(r"$e^{\log u} = u$")),
    (log(1 / (1 - phi)), algebra("common denominator")),
    (-log(1 - phi), exp_log_laws),
)

FORM = derive(
    Claim(
        "exponential_family.bernoulli.form",
        mass(y, phi),
        "=",
        b(y) * exp(natural(phi) * T(y) - a(natural(phi))),
        on={y: Binary, phi: UnitInterval},
        title="The Bernoulli is an exponential family",
        source=NG,
    ),
    (phi**y * (1 - phi) ** (1 - y), unfold(mass)),
    (exp(y * log(phi) + (1 - y) * log(1 - phi)), exp_log_laws(r"$u^v = e^{v \log u}$")),
    (exp((log(phi) - log(1 - phi)) * y + log(1 - phi)), algebra("collect $y$")),
    (exp(log(phi / (1 - phi)) * y + log(1 - phi)), exp_log_laws("logarithm of a quotient")),
    (exp(natural(phi) * y + log(1 - phi)), fold(natural)),
    (exp(natural(phi) * y - -log(1 - phi)), algebra("two minus signs")),
    (exp(natural(phi) * y - a(natural(phi))), using(LOG_PARTITION_AT_PHI)),
    (1 * exp(natural(phi) * y - a(natural(phi))), algebra("a factor 1")),
    (b(y) * exp(natural(phi) * T(y) - a(natural(phi))), fold(b, T)),
)

NORMALISED = derive(
    Claim(
        "exponential_family.bernoulli.normalised",
        total(mass(y, phi), y, 0, 1),
        "=",
        1,
        on={phi: UnitInterval},
        title="The masses add up to 1",
    ),
    (mass(0, phi) + mass(1, phi), sum_rules("two terms")),
    (
        phi**0 * (1 - phi) ** (num(1) - 0) + phi**1 * (1 - phi) ** (num(1) - 1),
        unfold(mass),
    ),
    (1 - phi + phi, evaluate),
    (1, algebra),
)

LOG_PARTITION_SLOPE = derive(
    Claim(
        "exponential_family.bernoulli.log_partition_slope",
        prime(a, eta),
        "=",
        sigmoid.sigma(eta),
        on={eta: Reals},
        title="The log-partition's derivative is the sigmoid",
    ),
    (D(log(1 + exp(eta)), eta), unfold(a)),
    (1 / (1 + exp(eta)) * exp(eta), chain_rule),
    (exp(eta) / (1 + exp(eta)), algebra),
    (1 / (1 + exp(-eta)), exp_log_laws(r"divide both by $e^{\eta}$")),
    (sigmoid.sigma(eta), fold(sigmoid.sigma)),
)

MASS_AT_1 = derive(
    Claim(
        "exponential_family.bernoulli.mass_at_1",
        family(1, eta),
        "=",
        sigmoid.sigma(eta),
        on={eta: Reals},
        title="The mass of 1",
    ),
    (b(1) * exp(eta * T(1) - a(eta)), unfold(family)),
    (1 * exp(eta * 1 - a(eta)), unfold(b, T)),
    (exp(eta - a(eta)), algebra),
    (exp(eta - log(1 + exp(eta))), unfold(a)),
    (exp(eta) / (1 + exp(eta)), exp_log_laws),
    (1 / (1 + exp(-eta)), exp_log_laws(r"divide both by $e^{\eta}$")),
    (sigmoid.sigma(eta), fold(sigmoid.sigma)),
)

MASS_AT_0 = derive(
    Claim(
        "exponential_family.bernoulli.mass_at_0",
        family(0, eta),
        "=",
        1 - sigmoid.sigma(eta),
        on={eta: Reals},
        title="The mass of 0",
    ),
    (b(0) * exp(eta * T(0) - a(eta)), unfold(family)),
    (1 * exp(eta * 0 - a(eta)), unfold(b, T)),
    (exp(-a(eta)), algebra),
    (exp(-log(1 + exp(eta))), unfold(a)),
    (1 / (1 + exp(eta)), exp_log_laws),
    (1 - 1 / (1 + exp(-eta)), exp_log_laws),
    (1 - sigmoid.sigma(eta), fold(sigmoid.sigma)),
)

MEAN_VALUE = derive(
    Claim(
        "exponential_family.bernoulli.mean_value",
        mean(eta),
        "=",
        sigmoid.sigma(eta),
        on={eta: Reals},
        title="The mean of the Bernoulli",
    ),
    (total(T(y) * family(y, eta), y, 0, 1), unfold(mean)),
    (T(0) * family(0, eta) + T(1) * family(1, eta), sum_rules("two terms")),
    (0 * family(0, eta) + 1 * family(1, eta), unfold(T)),
    (family(1, eta), algebra),
    (sigmoid.sigma(eta), using(MASS_AT_1)),
)

MEAN = derive(
    Claim(
        "exponential_family.bernoulli.mean",
        prime(a, eta),
        "=",
        mean(eta),
        on={eta: Reals},
        title="The log-partition's derivative is the mean",
        source=BROWN,
    ),
    (sigmoid.sigma(eta), using(LOG_PARTITION_SLOPE)),
    (mean(eta), using(MEAN_VALUE)),
)

VARIANCE_VALUE = derive(
    Claim(
        "exponential_family.bernoulli.variance_value",
        variance(eta),
        "=",
        sigmoid.sigma(eta) * (1 - sigmoid.sigma(eta)),
        on={eta: Reals},
        title="The variance of the Bernoulli",
    ),
    (total((T(y) - mean(eta)) ** 2 * family(y, eta), y, 0, 1), unfold(variance)),
    (
        (T(0) - mean(eta)) ** 2 * family(0, eta) + (T(1) - mean(eta)) ** 2 * family(1, eta),
        sum_rules("two terms"),
    ),
    (
        (0 - mean(eta)) ** 2 * family(0, eta) + (1 - mean(eta)) ** 2 * family(1, eta),
        unfold(T),
    ),
    (
        (0 - mean(eta)) ** 2 * (1 - sigmoid.sigma(eta)) + (1 - mean(eta)) ** 2 * family(1, eta),
        using(MASS_AT_0),
    ),
    (
        (0 - mean(eta)) ** 2 * (1 - sigmoid.sigma(eta)) + (1 - mean(eta)) ** 2 * sigmoid.sigma(eta),
        using(MASS_AT_1),
    ),
    (
        (0 - sigmoid.sigma(eta)) ** 2 * (1 - sigmoid.sigma(eta))
        + (1 - sigmoid.sigma(eta)) ** 2 * sigmoid.sigma(eta),
        using(MEAN_VALUE),
    ),
    (sigmoid.sigma(eta) * (1 - sigmoid.sigma(eta)), algebra("factor")),
)

VARIANCE = derive(
    Claim(
        "exponential_family.bernoulli.variance",
        prime(a, eta, 2),
        "=",
        variance(eta),
        on={eta: Reals},
        title="The log-partition's second derivative is the variance",
        source=BROWN,
    ),
    (D(sigmoid.sigma(eta), eta), using(LOG_PARTITION_SLOPE)),
    (sigmoid.sigma(eta) * (1 - sigmoid.sigma(eta)), using(sigmoid.DERIVATIVE, x=eta)),
    (variance(eta), using(VARIANCE_VALUE)),
)
