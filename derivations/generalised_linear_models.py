r"""Generalised linear models: from three assumptions to the sigmoid and to least squares.

A generalised linear model assumes that

1. given x, the label y has an exponential-family distribution with natural parameter eta,
2. the prediction is the mean, h(x) = E[T(Y) | x],
3. the natural parameter is linear in the inputs, eta = theta^T x.

For the Bernoulli the prediction is then the sigmoid of theta^T x; for the Gaussian it is
theta^T x itself, and maximal likelihood is least squares.

Claims
------
glm.bernoulli.response            phi = 1 / (1 + exp(-eta)) inverts eta = log(phi / (1 - phi))
glm.bernoulli.prediction          the Bernoulli's prediction is sigma(theta^T x)
glm.bernoulli.log_odds            the log-odds of the prediction are linear in x
glm.gaussian.prediction           the Gaussian's prediction is theta^T x (identity link)
glm.gaussian.log_likelihood       the log-likelihood is a constant minus half the squared errors
glm.gaussian.least_squares        its gradient is minus half that of the sum of squares
glm.gaussian.gradient             the gradient of the log-likelihood is sum_i (y_i - z_i) x_ij
"""

from __future__ import annotations

from typing import Final

from derivations.core import (
    Claim,
    D,
    Domain,
    Q,
    Reals,
    Remark,
    Sizes,
    UnitInterval,
    Variable,
    algebra,
    array,
    chain_rule,
    define,
    derive,
    differentiate,
    exp,
    exp_log_laws,
    fold,
    indices,
    linearity,
    log,
    pi,
    product,
    sqrt,
    sum_rules,
    symbols,
    total,
    unfold,
    using,
)
from derivations.exponential_family import bernoulli, gaussian
from derivations.sigmoid import sigma

i, j, k, m, n, phi = symbols("i j k m n phi")
x = array("x", n)
theta = array("theta", n)
linear = define("eta", (), total(theta[j] * x[j], j, 1, n), latex=r"\theta^{\top} x")

SOURCE = "McCullagh and Nelder (1989), Generalized Linear Models, chapter 2"
MODEL: Final[dict[Variable, Domain]] = {n: Sizes, x: Reals, theta: Reals}

ASSUMPTIONS = Remark(
    "glm.assumptions",
    r"A generalised linear model makes three assumptions: (1) given $x$, the label $y$ has an "
    r"exponential-family distribution with natural parameter $\eta$; (2) the prediction is the "
    r"mean, $h_\theta(x) = \mathrm{E}[T(Y) \mid x]$; (3) the natural parameter is linear in the "
    r"inputs, $\eta = \theta^{\top} x$.",
    SOURCE,
    title="The three assumptions",
)

RESPONSE = derive(
    Claim(
        "glm.bernoulli.response",
        1 / (1 + exp(-bernoulli.natural(phi))),
        "=",
        phi,
        on={phi: UnitInterval},
        title="The response function of the Bernoulli",
        source=SOURCE,
    ),
    (1 / (1 + exp(-log(phi / (1 - phi)))), unfold(bernoulli.natural)),
    (1 / (1 + (1 - phi) / phi), exp_log_laws(r"$e^{-\log u} = 1/u$")),
    (phi, algebra),
)

prediction = define("h", (), bernoulli.mean(linear()), latex=r"h_\theta(x)")

PREDICTION = derive(
    Claim(
        "glm.bernoulli.prediction",
        prediction(),
        "=",
        1 / (1 + exp(-linear())),
        on=MODEL,
        title="The Bernoulli predicts by the sigmoid",
        source=SOURCE,
    ),
    (bernoulli.mean(linear()), unfold(prediction)),
    (sigma(linear()), using(bernoulli.MEAN_VALUE, eta=linear())),
    (1 / (1 + exp(-linear())), unfold(sigma)),
)

LOG_ODDS = derive(
    Claim(
        "glm.bernoulli.log_odds",
        log(prediction() / (1 - prediction())),
        "=",
        total(theta[j] * x[j], j, 1, n),
        on=MODEL,
        title="The log-odds are linear in the inputs",
        source=SOURCE,
    ),
    (
        log(1 / (1 + exp(-linear())) / (1 - 1 / (1 + exp(-linear())))),
        using(PREDICTION),
    ),
    (log(1 / exp(-linear())), algebra),
    (linear(), exp_log_laws),
    (total(theta[j] * x[j], j, 1, n), unfold(linear)),
)

gaussian_prediction = define("h", (), gaussian.mean(linear()), latex=r"h_\theta(x)")

IDENTITY_LINK = derive(
    Claim(
        "glm.gaussian.prediction",
        gaussian_prediction(),
        "=",
        linear(),
        on=MODEL,
        title="The Gaussian predicts by the linear form itself",
        source=SOURCE,
    ),
    (gaussian.mean(linear()), unfold(gaussian_prediction)),
    (linear(), using(gaussian.MEAN_VALUE, eta=linear())),
)

# Many samples: x_ij is the j-th input of the i-th sample, z_i = theta^T x_i its prediction.
X = array("x", m, n)
y = array("y", m)
z = define("z", i, total(theta[k] * X[i, k], k, 1, n), latex="z_{#1}")
likelihood = define("L", (), product(gaussian.density(y[i], z(i)), i, 1, m), latex=r"L(\theta)")
log_likelihood = define("l", (), log(likelihood()), latex=r"\ell(\theta)")
squares = define("S", (), total((y[i] - z(i)) ** 2, i, 1, m), latex=r"S(\theta)")
SAMPLES: Final[dict[Variable, Domain]] = {m: Sizes, n: Sizes, X: Reals, y: Reals, theta: Reals}

LOG_LIKELIHOOD = derive(
    Claim(
        "glm.gaussian.log_likelihood",
        log_likelihood(),
        "=",
        -m / 2 * log(2 * pi) - Q(1, 2) * squares(),
        on=SAMPLES,
        title="The Gaussian log-likelihood is least squares",
        source=SOURCE,
    ),
    (log(likelihood()), unfold(log_likelihood)),
    (log(product(gaussian.density(y[i], z(i)), i, 1, m)), unfold(likelihood)),
    (
        log(product(1 / sqrt(2 * pi) * exp(-Q(1, 2) * (y[i] - z(i)) ** 2), i, 1, m)),
        unfold(gaussian.density),
    ),
    (
        total(log(1 / sqrt(2 * pi) * exp(-Q(1, 2) * (y[i] - z(i)) ** 2)), i, 1, m),
        exp_log_laws("logarithm of a product"),
    ),
    (
        total(-Q(1, 2) * log(2 * pi) - Q(1, 2) * (y[i] - z(i)) ** 2, i, 1, m),
        exp_log_laws,
    ),
    (
        total(-Q(1, 2) * log(2 * pi), i, 1, m) - Q(1, 2) * total((y[i] - z(i)) ** 2, i, 1, m),
        linearity,
    ),
    (
        m * (-Q(1, 2) * log(2 * pi)) - Q(1, 2) * total((y[i] - z(i)) ** 2, i, 1, m),
        sum_rules("$m$ equal terms"),
    ),
    (-m / 2 * log(2 * pi) - Q(1, 2) * total((y[i] - z(i)) ** 2, i, 1, m), algebra),
    (-m / 2 * log(2 * pi) - Q(1, 2) * squares(), fold(squares)),
)

LEAST_SQUARES = derive(
    Claim(
        "glm.gaussian.least_squares",
        D(log_likelihood(), theta[j]),
        "=",
        -Q(1, 2) * D(squares(), theta[j]),
        on=SAMPLES | {j: indices(n)},
        title="Climbing the likelihood is descending the sum of squares",
        source=SOURCE,
    ),
    (D(-m / 2 * log(2 * pi) - Q(1, 2) * squares(), theta[j]), using(LOG_LIKELIHOOD)),
    (-Q(1, 2) * D(squares(), theta[j]), linearity("the first term is constant")),
)

GRADIENT = derive(
    Claim(
        "glm.gaussian.gradient",
        D(log_likelihood(), theta[j]),
        "=",
        total((y[i] - z(i)) * X[i, j], i, 1, m),
        on=SAMPLES | {j: indices(n)},
        title="The gradient of the Gaussian log-likelihood",
        source=SOURCE,
    ),
    (-Q(1, 2) * D(squares(), theta[j]), using(LEAST_SQUARES)),
    (-Q(1, 2) * D(total((y[i] - z(i)) ** 2, i, 1, m), theta[j]), unfold(squares)),
    (-Q(1, 2) * total(D((y[i] - z(i)) ** 2, theta[j]), i, 1, m), linearity),
    (
        -Q(1, 2) * total(2 * (y[i] - z(i)) * (-D(z(i), theta[j])), i, 1, m),
        chain_rule,
    ),
    (
        -Q(1, 2)
        * total(2 * (y[i] - z(i)) * (-D(total(theta[k] * X[i, k], k, 1, n), theta[j])), i, 1, m),
        unfold(z),
    ),
    (
        -Q(1, 2) * total(2 * (y[i] - z(i)) * -X[i, j], i, 1, m),
        differentiate("only the term $k = j$ depends on it"),
    ),
    (-Q(1, 2) * total(-2 * ((y[i] - z(i)) * X[i, j]), i, 1, m), algebra),
    (-Q(1, 2) * (-2 * total((y[i] - z(i)) * X[i, j], i, 1, m)), linearity),
    (total((y[i] - z(i)) * X[i, j], i, 1, m), algebra),
)
