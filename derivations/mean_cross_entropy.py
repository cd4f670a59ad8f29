r"""The mean cross-entropy J, which the training of a logistic regression makes small.

J is the mean of the cross-entropies H(y_i, h_theta(x_i)) over the samples of the chapter
`likelihood`: to maximise the log-likelihood l is to minimise J. theta' is a second choice of
parameters, and what belongs to it bears a prime.

Claims
------
mean_cross_entropy.from_likelihood            J is -l/m
mean_cross_entropy.from_likelihood_elsewhere  and so it is at theta'
mean_cross_entropy.lower_cost                 if l(theta) < l(theta'), then J(theta') < J(theta)
mean_cross_entropy.higher_likelihood          if J(theta') < J(theta), then l(theta) < l(theta')
mean_cross_entropy.gradient                   D(J, theta_j) = 1/m sum_i (h_i - y_i) x_ij
mean_cross_entropy.gradient_as_matrix         which is entry j of X^T (h - y) / m
mean_cross_entropy.descent                    theta_j - alpha/m sum_i (h_i - y_i) x_ij
mean_cross_entropy.descent_is_ascent          descent of J at rate alpha is ascent at alpha/m
"""

from __future__ import annotations

from derivations.core import (
    Claim,
    D,
    Definition,
    Derivation,
    Entry,
    Family,
    Matmul,
    Reals,
    Transpose,
    algebra,
    array,
    define,
    derive,
    entries,
    fold,
    given,
    indices,
    linearity,
    log,
    total,
    unfold,
    using,
)
from derivations.cross_entropy import H
from derivations.likelihood import (
    DATA,
    GRADIENT,
    alpha,
    h,
    i,
    j,
    k,
    l,
    m,
    n,
    sample_l,
    theta,
    x,
    y,
)
from derivations.sigmoid import sigma
from derivations.squared_error_gradient import BISHOP

J = define("J", (), 1 / m * total(H(y[i], h(i)), i, 1, m), latex=r"J(\theta)")
descended = define("theta_minus", j, theta[j] - alpha * D(J(), theta[j]), latex=r"\theta_{#1}^{-}")

# The same model at other parameters theta'.
theta2 = array("theta2", n, latex=r"\theta'")
z2 = define("z2", i, total(theta2[k] * x[i, k], k, 1, n), latex="z'_{#1}")
h2 = define("h2", i, sigma(z2(i)), latex=r"h_{\theta'}(x_{#1})")
sample_l2 = define(
    "l2_i", i, y[i] * log(h2(i)) + (1 - y[i]) * log(1 - h2(i)), latex=r"\ell_{#1}(\theta')"
)
l2 = define("l2", (), total(sample_l2(i), i, 1, m), latex=r"\ell(\theta')")
J2 = define("J2", (), 1 / m * total(H(y[i], h2(i)), i, 1, m), latex=r"J(\theta')")


def _mean(name: str, cost: Definition, likelihood: Definition, of_one: Definition) -> Derivation:
    """J = -l/m for one choice of parameters, from what is defined for it."""
    prediction = h if cost is J else h2
    return derive(
        Claim(
            name,
            cost(),
            "=",
            -likelihood() / m,
            on=DATA if cost is J else {**DATA, theta2: Reals},
            title="The mean cross-entropy is the negative mean log-likelihood"
            + ("" if cost is J else r", also at $\theta'$"),
            says=r"$J$ is $-\ell / m$" + ("." if cost is J else r", at $\theta'$ too."),
        ),
        (1 / m * total(H(y[i], prediction(i)), i, 1, m), unfold(cost)),
        (
            1
            / m
            * total(-(y[i] * log(prediction(i)) + (1 - y[i]) * log(1 - prediction(i))), i, 1, m),
            unfold(H),
        ),
        (1 / m * total(-of_one(i), i, 1, m), fold(of_one)),
        (1 / m * -total(of_one(i), i, 1, m), linearity),
        (1 / m * -likelihood(), fold(likelihood)),
        (-likelihood() / m, algebra),
    )


MEAN = _mean("mean_cross_entropy.from_likelihood", J, l, sample_l)
MEAN_ELSEWHERE = _mean("mean_cross_entropy.from_likelihood_elsewhere", J2, l2, sample_l2)

LOWER_COST = derive(
    Claim(
        "mean_cross_entropy.lower_cost",
        J2(),
        "<",
        J(),
        on={**DATA, theta2: Reals},
        where=l() < l2(),
        title="More likely is cheaper",
        says="Parameters with a higher log-likelihood have a lower mean cross-entropy.",
        source=BISHOP,
    ),
    (-l2() / m, using(MEAN_ELSEWHERE)),
    ("<", -l() / m, given(l() < l2())),
    (J(), using(MEAN)),
)

HIGHER_LIKELIHOOD = derive(
    Claim(
        "mean_cross_entropy.higher_likelihood",
        l(),
        "<",
        l2(),
        on={**DATA, theta2: Reals},
        where=J2() < J(),
        title="Cheaper is more likely",
        says="Parameters with a lower mean cross-entropy have a higher log-likelihood, so that to "
        r"maximise $\ell$ is to minimise $J$.",
    ),
    (-m * (-l() / m), algebra),
    (-m * J(), using(MEAN)),
    ("<", -m * J2(), given(J2() < J())),
    (-m * (-l2() / m), using(MEAN_ELSEWHERE)),
    (l2(), algebra),
)

COST_GRADIENT = derive(
    Claim(
        "mean_cross_entropy.gradient",
        D(J(), theta[j]),
        "=",
        1 / m * total((h(i) - y[i]) * x[i, j], i, 1, m),
        on={**DATA, j: indices(n)},
        title="The gradient of the mean cross-entropy",
        says="The gradient is the mean of the errors times the features.",
        source=BISHOP,
    ),
    (D(-l() / m, theta[j]), using(MEAN)),
    (-D(l(), theta[j]) / m, linearity),
    (-total((y[i] - h(i)) * x[i, j], i, 1, m) / m, using(GRADIENT)),
    (total(-((y[i] - h(i)) * x[i, j]), i, 1, m) / m, linearity),
    (1 / m * total((h(i) - y[i]) * x[i, j], i, 1, m), algebra),
)

GRADIENT_MATRIX = derive(
    Claim(
        "mean_cross_entropy.gradient_as_matrix",
        D(J(), theta[j]),
        "=",
        Entry(Matmul(Transpose(x), Family(h(i), i, m, "h") - y) / m, (j,)),
        on={**DATA, j: indices(n)},
        title="The gradient in matrix form",
        says=r"In matrix notation the gradient is $X^{\top} (h - y) / m$.",
    ),
    (1 / m * total((h(i) - y[i]) * x[i, j], i, 1, m), using(COST_GRADIENT)),
    (total(x[i, j] * (h(i) - y[i]), i, 1, m) / m, algebra),
    (Entry(Matmul(Transpose(x), Family(h(i), i, m, "h") - y) / m, (j,)), entries),
)

DESCENT = derive(
    Claim(
        "mean_cross_entropy.descent",
        descended(j),
        "=",
        theta[j] - alpha / m * total((h(i) - y[i]) * x[i, j], i, 1, m),
        on={**DATA, alpha: Reals, j: indices(n)},
        title="Gradient descent",
        says=r"A step of rate $\alpha$ down the gradient of the mean cross-entropy.",
    ),
    (theta[j] - alpha * D(J(), theta[j]), unfold(descended)),
    (
        theta[j] - alpha * (1 / m * total((h(i) - y[i]) * x[i, j], i, 1, m)),
        using(COST_GRADIENT),
    ),
    (theta[j] - alpha / m * total((h(i) - y[i]) * x[i, j], i, 1, m), algebra),
)

DESCENT_IS_ASCENT = derive(
    Claim(
        "mean_cross_entropy.descent_is_ascent",
        descended(j),
        "=",
        theta[j] + alpha / m * D(l(), theta[j]),
        on={**DATA, alpha: Reals, j: indices(n)},
        title="Descent of the cost is ascent of the likelihood",
        says=r"Descending $J$ at the rate $\alpha$ is ascending $\ell$ at the rate $\alpha / m$.",
    ),
    (theta[j] - alpha * D(J(), theta[j]), unfold(descended)),
    (theta[j] - alpha * D(-l() / m, theta[j]), using(MEAN)),
    (theta[j] - alpha * (-D(l(), theta[j]) / m), linearity),
    (theta[j] + alpha / m * D(l(), theta[j]), algebra),
)
