r"""The slope and the curvature of the squared error s(y, z) = (y - sigma(z))^2, and its sum's.

The squared error is not convex in z, and its gradient vanishes where the model is confidently
wrong; the gradient of the logistic loss does not.

Claims
------
squared_error.derivative                   it is -2 (y - sigma(z)) sigma(z) (1 - sigma(z))
squared_error.second_derivative_for_one    it is -2 sigma(z) (1 - sigma(z))^2 (1 - 3 sigma(z))
squared_error.second_derivative_for_zero   it is 2 sigma(z)^2 (1 - sigma(z)) (2 - 3 sigma(z))
squared_error.not_convex                   the second derivative is < 0 for y = 1, z < -log(2)
squared_error.not_convex_for_zero          the second derivative is < 0 for y = 0, z > log(2)
squared_error.not_convex_chord             s(1, -2) > (s(1, -4) + s(1, 0)) / 2: a counterexample
squared_error.gradient_vanishes_for_one    the derivative tends to 0 for y = 1, z to -oo
squared_error.gradient_vanishes_for_zero   the derivative tends to 0 for y = 0, z to oo
logistic_loss.gradient_stays_for_one       L'(z) tends to -1 as z tends to -oo
logistic_loss.gradient_stays_for_zero      the derivative of L(-z) tends to 1 as z tends to oo
squared_error.sum_gradient                 the gradient of sum_i s(y_i, z_i) in z_j
squared_error.score_slope                  the slope of z_i = theta^T x_i in theta_j is x_ij
squared_error.sum_gradient_in_theta        its gradient in theta_j where z_i = theta^T x_i
"""

from derivations.core import (
    Binary,
    Claim,
    D,
    Formula,
    Q,
    Reals,
    Sizes,
    algebra,
    array,
    chain_rule,
    define,
    delta,
    derive,
    differentiate,
    exp,
    fold,
    indices,
    interval,
    limit,
    limit_laws,
    linearity,
    log,
    num,
    oo,
    positivity,
    prime,
    product_rule,
    sum_rules,
    symbols,
    total,
    unfold,
    using,
)
from derivations.logistic_loss import LOSS_DERIVATIVE, L
from derivations.sigmoid import (
    AT_ZERO,
    DERIVATIVE,
    EXP_FORM,
    LIMIT_AT_MINUS_INFINITY,
    REFLECTION,
    sigma,
)
from derivations.squared_error import squared

RUMELHART = (
    "Rumelhart, Hinton and Williams (1986), Learning representations by back-propagating "
    "errors, Nature 323, 533-536"
)

BISHOP = "Bishop (2006), Pattern Recognition and Machine Learning"

y, z, i, j, k, m, n = symbols("y z i j k m n")

labels = array("y", m)
margins = array("z", m)
features = array("x", m, n)
theta = array("theta", n, latex=r"\theta")
score = define("z", i, total(theta[k] * features[i, k], k, 1, n), latex="z_{#1}")

# ------------------------------------------------------------------------ slope and curvature

SLOPE = derive(
    Claim(
        "squared_error.derivative",
        D(squared(y, z), z),
        "=",
        -2 * (y - sigma(z)) * sigma(z) * (1 - sigma(z)),
        on={y: Binary, z: Reals},
        title="The derivative of the squared error",
        says="The slope has the slope of the sigmoid as a factor.",
        source=RUMELHART,
    ),
    (D((y - sigma(z)) ** 2, z), unfold(squared)),
    (2 * (y - sigma(z)) * (-D(sigma(z), z)), chain_rule),
    (2 * (y - sigma(z)) * (-(sigma(z) * (1 - sigma(z)))), using(DERIVATIVE, x=z)),
    (-2 * (y - sigma(z)) * sigma(z) * (1 - sigma(z)), algebra),
)

SECOND_FOR_ONE = derive(
    Claim(
        "squared_error.second_derivative_for_one",
        D(squared(1, z), z, 2),
        "=",
        -2 * sigma(z) * (1 - sigma(z)) ** 2 * (1 - 3 * sigma(z)),
        on={z: Reals},
        title="The curvature with the label 1",
        says=r"The curvature has the sign of $3 \sigma(z) - 1$.",
    ),
    (D(-2 * (1 - sigma(z)) * sigma(z) * (1 - sigma(z)), z), using(SLOPE, y=1)),
    (D(-2 * sigma(z) * (1 - sigma(z)) ** 2, z), algebra),
    (
        -2 * D(sigma(z), z) * (1 - sigma(z)) ** 2 + 4 * sigma(z) * (1 - sigma(z)) * D(sigma(z), z),
        product_rule,
    ),
    (-2 * D(sigma(z), z) * (1 - sigma(z)) * (1 - 3 * sigma(z)), algebra("factor")),
    (
        -2 * (sigma(z) * (1 - sigma(z))) * (1 - sigma(z)) * (1 - 3 * sigma(z)),
        using(DERIVATIVE, x=z),
    ),
    (-2 * sigma(z) * (1 - sigma(z)) ** 2 * (1 - 3 * sigma(z)), algebra),
)

SECOND_FOR_ZERO = derive(
    Claim(
        "squared_error.second_derivative_for_zero",
        D(squared(0, z), z, 2),
        "=",
        2 * sigma(z) ** 2 * (1 - sigma(z)) * (2 - 3 * sigma(z)),
        on={z: Reals},
        title="The curvature with the label 0",
        says=r"The curvature has the sign of $2 - 3 \sigma(z)$.",
    ),
    (D(-2 * (0 - sigma(z)) * sigma(z) * (1 - sigma(z)), z), using(SLOPE, y=0)),
    (D(2 * sigma(z) ** 2 * (1 - sigma(z)), z), algebra),
    (
        4 * sigma(z) * D(sigma(z), z) * (1 - sigma(z)) - 2 * sigma(z) ** 2 * D(sigma(z), z),
        product_rule,
    ),
    (2 * sigma(z) * D(sigma(z), z) * (2 - 3 * sigma(z)), algebra("factor")),
    (
        2 * sigma(z) * (sigma(z) * (1 - sigma(z))) * (2 - 3 * sigma(z)),
        using(DERIVATIVE, x=z),
    ),
    (2 * sigma(z) ** 2 * (1 - sigma(z)) * (2 - 3 * sigma(z)), algebra),
)

NOT_CONVEX = derive(
    Claim(
        "squared_error.not_convex",
        D(squared(1, z), z, 2),
        "<",
        0,
        on={z: interval(-oo, -log(num(2)))},
        title="The squared error is not convex",
        says=r"With the label 1 the curvature is negative where $\sigma(z) < \frac{1}{3}$.",
        falsehood="The squared error is a convex function of the margin.",
    ),
    (-2 * sigma(z) * (1 - sigma(z)) ** 2 * (1 - 3 * sigma(z)), using(SECOND_FOR_ONE)),
    (
        -2
        * (exp(z) / (exp(z) + 1))
        * (1 - exp(z) / (exp(z) + 1)) ** 2
        * (1 - 3 * (exp(z) / (exp(z) + 1))),
        using(EXP_FORM, x=z),
    ),
    (-2 * exp(z) * (1 - 2 * exp(z)) / (exp(z) + 1) ** 4, algebra("common denominators")),
    ("<", 0, positivity(r"$e^z$ is less than $\frac{1}{2}$")),
)

NOT_CONVEX_FOR_ZERO = derive(
    Claim(
        "squared_error.not_convex_for_zero",
        D(squared(0, z), z, 2),
        "<",
        0,
        on={z: interval(log(num(2)), oo)},
        title="The squared error is not convex with the label 0 either",
        says=r"With the label 0 the curvature is negative where $\sigma(z) > \frac{2}{3}$.",
        falsehood="The squared error is a convex function of the margin.",
    ),
    (2 * sigma(z) ** 2 * (1 - sigma(z)) * (2 - 3 * sigma(z)), using(SECOND_FOR_ZERO)),
    (
        2
        * (exp(z) / (exp(z) + 1)) ** 2
        * (1 - exp(z) / (exp(z) + 1))
        * (2 - 3 * (exp(z) / (exp(z) + 1))),
        using(EXP_FORM, x=z),
    ),
    (2 * exp(z) ** 2 * (2 - exp(z)) / (exp(z) + 1) ** 4, algebra("common denominators")),
    ("<", 0, positivity("$e^z$ is greater than 2")),
)

NOT_CONVEX_CHORD = derive(
    Claim(
        "squared_error.not_convex_chord",
        squared(1, -2),
        ">",
        (squared(1, -4) + squared(1, 0)) / 2,
        on={},
        title="A chord below the graph",
        says="The value in the middle, about 0.776, exceeds the mean of the ends, about 0.607.",
        falsehood="The squared error is a convex function of the margin.",
    ),
    ((1 - sigma(-num(2))) ** 2, unfold(squared)),
    ((1 - (1 - sigma(2))) ** 2, using(REFLECTION, x=2)),
    (sigma(2) ** 2, algebra),
    ((1 / (1 + exp(-num(2)))) ** 2, unfold(sigma)),
    (">", (1 / (1 + Q(1, 4))) ** 2, positivity("$e^2$ is greater than 4")),
    (">", (1 + (1 - Q(1, 2)) ** 2) / 2, positivity(r"$\frac{16}{25} > \frac{5}{8}$")),
    ((1 + (1 - sigma(0)) ** 2) / 2, using(AT_ZERO)),
    (
        ">",
        ((1 - sigma(-num(4))) ** 2 + (1 - sigma(0)) ** 2) / 2,
        positivity("the sigmoid is between 0 and 1"),
    ),
    ((squared(1, -4) + squared(1, 0)) / 2, fold(squared)),
)

# ------------------------------------------------------------------------ confidently wrong

VANISHES_FOR_ONE = derive(
    Claim(
        "squared_error.gradient_vanishes_for_one",
        limit(D(squared(1, z), z), z, -oo),
        "=",
        0,
        on={},
        title="The gradient vanishes where the model is confidently wrong",
        says=r"With the label 1, towards $-\infty$, the slope of the squared error tends to 0.",
        source=BISHOP,
    ),
    (limit(-2 * (1 - sigma(z)) * sigma(z) * (1 - sigma(z)), z, -oo), using(SLOPE, y=1)),
    (-2 * (num(1) - 0) * 0 * (num(1) - 0), limit_laws),
    (0, algebra),
)

VANISHES_FOR_ZERO = derive(
    Claim(
        "squared_error.gradient_vanishes_for_zero",
        limit(D(squared(0, z), z), z, oo),
        "=",
        0,
        on={},
        title="The gradient vanishes for the label 0 too",
        says=r"With the label 0, towards $\infty$, the slope of the squared error tends to 0.",
    ),
    (limit(-2 * (0 - sigma(z)) * sigma(z) * (1 - sigma(z)), z, oo), using(SLOPE, y=0)),
    (-2 * (num(0) - 1) * 1 * (num(1) - 1), limit_laws),
    (0, algebra),
)

STAYS_FOR_ONE = derive(
    Claim(
        "logistic_loss.gradient_stays_for_one",
        limit(prime(L, z), z, -oo),
        "=",
        -1,
        on={},
        title="The gradient of the logistic loss does not vanish",
        says=r"With the label 1, towards $-\infty$, the slope of the logistic loss tends to $-1$.",
        source=BISHOP,
    ),
    (limit(sigma(z) - 1, z, -oo), using(LOSS_DERIVATIVE)),
    (limit(sigma(z), z, -oo) - 1, linearity),
    (num(0) - 1, using(LIMIT_AT_MINUS_INFINITY)),
    (-1, algebra),
)

STAYS_FOR_ZERO = derive(
    Claim(
        "logistic_loss.gradient_stays_for_zero",
        limit(D(L(-z), z), z, oo),
        "=",
        1,
        on={},
        title="The gradient of the logistic loss does not vanish for the label 0 either",
        says=r"With the label 0, towards $\infty$, the slope of the logistic loss tends to 1.",
    ),
    (limit(-prime(L, -z), z, oo), chain_rule),
    (limit(-(sigma(-z) - 1), z, oo), using(LOSS_DERIVATIVE, z=-z)),
    (-(num(0) - 1), limit_laws),
    (1, algebra),
)

# ------------------------------------------------------------------------------------- the sum

SUM_GRADIENT = derive(
    Claim(
        "squared_error.sum_gradient",
        D(total((labels[i] - sigma(margins[i])) ** 2, i, 1, m), margins[j]),
        "=",
        -2 * (labels[j] - sigma(margins[j])) * sigma(margins[j]) * (1 - sigma(margins[j])),
        on={m: Sizes, labels: Binary, margins: Reals, j: indices(m)},
        title="The gradient of the sum of squared errors",
        says="Each margin has a share in its own error only.",
        source=RUMELHART,
    ),
    (
        total(D((labels[i] - sigma(margins[i])) ** 2, margins[j]), i, 1, m),
        linearity,
    ),
    (
        total(
            2 * (labels[i] - sigma(margins[i])) * (-(prime(sigma, margins[i]) * delta(i, j))),
            i,
            1,
            m,
        ),
        chain_rule,
    ),
    (
        2 * (labels[j] - sigma(margins[j])) * (-prime(sigma, margins[j])),
        sum_rules("only the term $i = j$ remains"),
    ),
    (
        2 * (labels[j] - sigma(margins[j])) * (-(sigma(margins[j]) * (1 - sigma(margins[j])))),
        using(DERIVATIVE, x=margins[j]),
    ),
    (
        -2 * (labels[j] - sigma(margins[j])) * sigma(margins[j]) * (1 - sigma(margins[j])),
        algebra,
    ),
)


def residual(index: Formula) -> Formula:
    """The label less the prediction of a sample."""
    return labels[index] - sigma(score(index))


SCORE_SLOPE = derive(
    Claim(
        "squared_error.score_slope",
        D(score(i), theta[j]),
        "=",
        features[i, j],
        on={m: Sizes, n: Sizes, features: Reals, theta: Reals, i: indices(m), j: indices(n)},
        title="The slope of the margin",
        says=r"The margin $z_i = \theta^{\top} x_i$ is linear in the parameters.",
    ),
    (D(total(theta[k] * features[i, k], k, 1, n), theta[j]), unfold(score)),
    (total(D(theta[k], theta[j]) * features[i, k], k, 1, n), linearity),
    (total(delta(k, j) * features[i, k], k, 1, n), differentiate),
    (features[i, j], sum_rules("only the term $k = j$ remains")),
)

SUM_GRADIENT_IN_THETA = derive(
    Claim(
        "squared_error.sum_gradient_in_theta",
        D(total(residual(i) ** 2, i, 1, m), theta[j]),
        "=",
        -2 * total(residual(i) * sigma(score(i)) * (1 - sigma(score(i))) * features[i, j], i, 1, m),
        on={m: Sizes, n: Sizes, features: Reals, labels: Binary, theta: Reals, j: indices(n)},
        title="The gradient of the sum of squared errors in the parameters",
        says="Every sample has a share by its features, damped by the slope of the sigmoid.",
    ),
    (total(D(residual(i) ** 2, theta[j]), i, 1, m), linearity),
    (total(2 * residual(i) * (-D(sigma(score(i)), theta[j])), i, 1, m), chain_rule),
    (
        total(2 * residual(i) * (-(prime(sigma, score(i)) * D(score(i), theta[j]))), i, 1, m),
        chain_rule,
    ),
    (
        total(
            2 * residual(i) * (-(sigma(score(i)) * (1 - sigma(score(i))) * D(score(i), theta[j]))),
            i,
            1,
            m,
        ),
        using(DERIVATIVE, x=score(i)),
    ),
    (
        total(
            2 * residual(i) * (-(sigma(score(i)) * (1 - sigma(score(i))) * features[i, j])),
            i,
            1,
            m,
        ),
        using(SCORE_SLOPE),
    ),
    (
        -2 * total(residual(i) * sigma(score(i)) * (1 - sigma(score(i))) * features[i, j], i, 1, m),
        linearity,
    ),
)
