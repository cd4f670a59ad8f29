r"""The likelihood of logistic regression, and how to climb it.

Samples (x_i, y_i), i = 1..m, have n features x_i1, ..., x_in and a label y_i in {0, 1}. The model
says that the label is 1 with probability h_theta(x_i) = sigma(z_i), where z_i = theta^T x_i. Sizes
m and n stay symbolic. (That maximising the likelihood is minimising the mean cross-entropy is the
chapter `cross_entropy`.)

Claims
------
likelihood.mass_of_one          the one formula for the mass gives phi for the label 1
likelihood.mass_of_zero         and 1 - phi for the label 0
likelihood.mass_by_cases        so it is the mass by cases
likelihood.masses_add_up        the masses of the two labels add up to 1
likelihood.product              the likelihood is a product over the samples
likelihood.log                  its logarithm is the sum l of the samples' log-likelihoods
likelihood.score_slope          the slope of z_i in theta_j is x_ij
likelihood.sample_gradient      one sample: D(l_i, theta_j) = (y_i - h_i) x_ij
likelihood.gradient             all samples: D(l, theta_j) = sum_i (y_i - h_i) x_ij
likelihood.ascent               gradient ascent: theta_j + alpha sum_i (y_i - h_i) x_ij
likelihood.stochastic_ascent    with one sample: theta_j + alpha (y_i - h_i) x_ij
"""

from __future__ import annotations

from typing import Final

from derivations import sigmoid
from derivations.core import (
    Binary,
    Claim,
    D,
    Domain,
    Reals,
    Sizes,
    UnitInterval,
    Variable,
    algebra,
    array,
    by_cases,
    cases,
    chain_rule,
    define,
    delta,
    derive,
    differentiate,
    eq,
    exp_log_laws,
    fold,
    indices,
    linearity,
    log,
    num,
    prime,
    product,
    sum_rules,
    symbol,
    symbols,
    total,
    unfold,
    using,
)
from derivations.sigmoid import sigma

SOURCE: Final = "A. Ng, CS229 Lecture Notes, Part II: Classification and logistic regression"

m, n, i, j, k = symbols("m n i j k")
x = array("x", m, n)
y = array("y", m)
theta = array("theta", n, latex=r"\theta")
alpha = symbol("alpha", r"\alpha")
label, phi = symbol("y"), symbol("phi", r"\phi")

# The mass of a label under the probability phi of the label 1.
p = define("p", (label, phi), phi**label * (1 - phi) ** (1 - label), latex="p(#1; #2)")

z = define("z", i, total(theta[k] * x[i, k], k, 1, n), latex="z_{#1}")
h = define("h", i, sigma(z(i)), latex=r"h_\theta(x_{#1})")
L = define("L", (), product(p(y[i], h(i)), i, 1, m), latex=r"L(\theta)")
sample_l = define(
    "l_i",
    i,
    y[i] * log(h(i)) + (1 - y[i]) * log(1 - h(i)),
    latex=r"\ell_{#1}(\theta)",
)
l = define("l", (), total(sample_l(i), i, 1, m), latex=r"\ell(\theta)")

ascended = define("theta_plus", j, theta[j] + alpha * D(l(), theta[j]), latex=r"\theta_{#1}^{+}")
ascended_by_one = define(
    "theta_plus_i",
    (i, j),
    theta[j] + alpha * D(sample_l(i), theta[j]),
    latex=r"\theta_{#2}^{+(#1)}",
)

DATA: Final[dict[Variable, Domain]] = {m: Sizes, n: Sizes, x: Reals, y: Binary, theta: Reals}

MASS_OF_ONE = derive(
    Claim(
        "likelihood.mass_of_one",
        p(1, phi),
        "=",
        phi,
        on={phi: UnitInterval},
        title="The mass of the label 1",
        says=r"The label 1 has the mass $\phi$.",
        source=SOURCE,
    ),
    (phi**1 * (1 - phi) ** (num(1) - 1), unfold(p)),
    (phi, algebra),
)

MASS_OF_ZERO = derive(
    Claim(
        "likelihood.mass_of_zero",
        p(0, phi),
        "=",
        1 - phi,
        on={phi: UnitInterval},
        title="The mass of the label 0",
        says=r"The label 0 has the mass $1 - \phi$.",
        source=SOURCE,
    ),
    (phi**0 * (1 - phi) ** (num(1) - 0), unfold(p)),
    (1 - phi, algebra),
)

MASS_BY_CASES = derive(
    Claim(
        "likelihood.mass_by_cases",
        p(label, phi),
        "=",
        cases((phi, eq(label, 1)), (1 - phi, eq(label, 0))),
        on={label: Binary, phi: UnitInterval},
        title="The Bernoulli mass in one formula",
        says="One formula gives the mass of both labels.",
        source=SOURCE,
    ),
    (phi**label * (1 - phi) ** (1 - label), unfold(p)),
    (cases((phi, eq(label, 1)), (1 - phi, eq(label, 0))), by_cases),
)

MASSES_ADD_UP = derive(
    Claim(
        "likelihood.masses_add_up",
        total(p(label, phi), label, 0, 1),
        "=",
        1,
        on={phi: UnitInterval},
        title="The masses add up to 1",
        says="The masses of the two labels add up to 1.",
    ),
    (p(0, phi) + p(1, phi), sum_rules("two terms")),
    (1 - phi + p(1, phi), using(MASS_OF_ZERO)),
    (1 - phi + phi, using(MASS_OF_ONE)),
    (1, algebra),
)

PRODUCT = derive(
    Claim(
        "likelihood.product",
        L(),
        "=",
        product(h(i) ** y[i] * (1 - h(i)) ** (1 - y[i]), i, 1, m),
        on=DATA,
        title="Likelihood",
        says="The likelihood of independent samples is the product of their masses.",
        source=SOURCE,
    ),
    (product(p(y[i], h(i)), i, 1, m), unfold(L)),
    (product(h(i) ** y[i] * (1 - h(i)) ** (1 - y[i]), i, 1, m), unfold(p)),
)

LOG = derive(
    Claim(
        "likelihood.log",
        log(L()),
        "=",
        l(),
        on=DATA,
        title="Log-likelihood",
        says="The logarithm turns the product over the samples into a sum.",
        source=SOURCE,
    ),
    (
        log(product(h(i) ** y[i] * (1 - h(i)) ** (1 - y[i]), i, 1, m)),
        using(PRODUCT),
    ),
    (
        total(log(h(i) ** y[i] * (1 - h(i)) ** (1 - y[i])), i, 1, m),
        exp_log_laws("the logarithm of a product is the sum of the logarithms"),
    ),
    (
        total(log(h(i) ** y[i]) + log((1 - h(i)) ** (1 - y[i])), i, 1, m),
        exp_log_laws("the logarithm of a product"),
    ),
    (
        total(y[i] * log(h(i)) + (1 - y[i]) * log(1 - h(i)), i, 1, m),
        exp_log_laws("the logarithm of a power"),
    ),
    (total(sample_l(i), i, 1, m), fold(sample_l)),
    (l(), fold(l)),
)

SCORE_SLOPE = derive(
    Claim(
        "likelihood.score_slope",
        D(z(i), theta[j]),
        "=",
        x[i, j],
        on={m: Sizes, n: Sizes, x: Reals, theta: Reals, i: indices(m), j: indices(n)},
        title="The slope of the score",
        says=r"The score $z_i = \theta^{\top} x_i$ is linear in the parameters.",
    ),
    (D(total(theta[k] * x[i, k], k, 1, n), theta[j]), unfold(z)),
    (total(D(theta[k], theta[j]) * x[i, k], k, 1, n), linearity),
    (total(delta(k, j) * x[i, k], k, 1, n), differentiate),
    (x[i, j], sum_rules("only the term $k = j$ remains")),
)

SAMPLE_GRADIENT = derive(
    Claim(
        "likelihood.sample_gradient",
        D(sample_l(i), theta[j]),
        "=",
        (y[i] - h(i)) * x[i, j],
        on={**DATA, i: indices(m), j: indices(n)},
        title="The gradient for one sample",
        says="Each sample pulls along its features, by the error of its prediction.",
        source=SOURCE,
    ),
    (D(y[i] * log(h(i)) + (1 - y[i]) * log(1 - h(i)), theta[j]), unfold(sample_l)),
    (
        D(y[i] * log(sigma(z(i))) + (1 - y[i]) * log(1 - sigma(z(i))), theta[j]),
        unfold(h),
    ),
    (
        y[i] * D(log(sigma(z(i))), theta[j]) + (1 - y[i]) * D(log(1 - sigma(z(i))), theta[j]),
        linearity,
    ),
    (
        y[i] * (1 / sigma(z(i)) * D(sigma(z(i)), theta[j]))
        + (1 - y[i]) * (1 / (1 - sigma(z(i))) * -D(sigma(z(i)), theta[j])),
        chain_rule("derivative of the logarithm"),
    ),
    (
        (y[i] * (1 / sigma(z(i))) - (1 - y[i]) * (1 / (1 - sigma(z(i)))))
        * D(sigma(z(i)), theta[j]),
        algebra("factor"),
    ),
    (
        (y[i] * (1 / sigma(z(i))) - (1 - y[i]) * (1 / (1 - sigma(z(i)))))
        * (prime(sigma, z(i)) * D(z(i), theta[j])),
        chain_rule,
    ),
    (
        (y[i] * (1 / sigma(z(i))) - (1 - y[i]) * (1 / (1 - sigma(z(i)))))
        * (sigma(z(i)) * (1 - sigma(z(i))) * D(z(i), theta[j])),
        using(sigmoid.DERIVATIVE, x=z(i)),
    ),
    (
        (y[i] * (1 / sigma(z(i))) - (1 - y[i]) * (1 / (1 - sigma(z(i)))))
        * (sigma(z(i)) * (1 - sigma(z(i))) * x[i, j]),
        using(SCORE_SLOPE),
    ),
    (
        (y[i] * (1 - sigma(z(i))) - (1 - y[i]) * sigma(z(i))) * x[i, j],
        algebra("multiply out and cancel"),
    ),
    ((y[i] - sigma(z(i))) * x[i, j], algebra("the products cancel")),
    ((y[i] - h(i)) * x[i, j], fold(h)),
)

GRADIENT = derive(
    Claim(
        "likelihood.gradient",
        D(l(), theta[j]),
        "=",
        total((y[i] - h(i)) * x[i, j], i, 1, m),
        on={**DATA, j: indices(n)},
        title="The gradient of the log-likelihood",
        says="The gradient is the sum of the samples' errors times their features.",
        source=SOURCE,
    ),
    (D(total(sample_l(i), i, 1, m), theta[j]), unfold(l)),
    (total(D(sample_l(i), theta[j]), i, 1, m), linearity),
    (total((y[i] - h(i)) * x[i, j], i, 1, m), using(SAMPLE_GRADIENT)),
)

ASCENT = derive(
    Claim(
        "likelihood.ascent",
        ascended(j),
        "=",
        theta[j] + alpha * total((y[i] - h(i)) * x[i, j], i, 1, m),
        on={**DATA, alpha: Reals, j: indices(n)},
        title="Gradient ascent, all samples at once",
        says=r"A step of rate $\alpha$ up the gradient of the log-likelihood.",
        source=SOURCE,
    ),
    (theta[j] + alpha * D(l(), theta[j]), unfold(ascended)),
    (theta[j] + alpha * total((y[i] - h(i)) * x[i, j], i, 1, m), using(GRADIENT)),
)

STOCHASTIC_ASCENT = derive(
    Claim(
        "likelihood.stochastic_ascent",
        ascended_by_one(i, j),
        "=",
        theta[j] + alpha * ((y[i] - h(i)) * x[i, j]),
        on={**DATA, alpha: Reals, i: indices(m), j: indices(n)},
        title="Stochastic gradient ascent, one sample at a time",
        says=r"A step of rate $\alpha$ up the gradient of one sample's log-likelihood.",
        source=SOURCE,
    ),
    (theta[j] + alpha * D(sample_l(i), theta[j]), unfold(ascended_by_one)),
    (theta[j] + alpha * ((y[i] - h(i)) * x[i, j]), using(SAMPLE_GRADIENT)),
)
