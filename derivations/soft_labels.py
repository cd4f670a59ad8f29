r"""The logistic loss of a score z under a label y: hard in {0, 1} or {-1, 1}, soft in between.

l(y, z) = y softplus(-z) + (1 - y) softplus(z) is the cross-entropy of the label y and the
prediction sigma(z). With labels -1 and 1 the loss is that of the margin, L(y z).

Claims
------
soft_label.cross_entropy       H(y, sigma(z)) = l(y, z)
soft_label.label_one           l(1, z) = L(z)
soft_label.label_zero          l(0, z) = L(-z)
soft_label.one_softplus        l(y, z) = softplus(z) - y z
soft_label.derivative          l'(z) = sigma(z) - y
soft_label.root                the derivative is 0 at z = logit(y)
soft_label.second_derivative   l''(z) = sigma(z) (1 - sigma(z))
signed_label.log_form          L(y z) = log(1 + exp(-y z))
signed_label.derivative        d/dz L(y z) = -y sigma(-y z)
signed_label.second_derivative d^2/dz^2 L(y z) = sigma(z) (1 - sigma(z)) for labels -1 and 1
"""

from __future__ import annotations

from derivations.core import (
    Claim,
    ClosedUnitInterval,
    D,
    Reals,
    UnitInterval,
    algebra,
    by_cases,
    chain_rule,
    define,
    derive,
    differentiate,
    exp,
    finite_set,
    fold,
    linearity,
    log,
    num,
    prime,
    symbols,
    unfold,
    using,
)
from derivations.cross_entropy import H
from derivations.log_sigmoid import LOG_SIGMOID as SOFTPLUS_FORM_OF_LOG_SIGMOID
from derivations.log_sigmoid import REFLECTION as SOFTPLUS_REFLECTION
from derivations.logistic_loss import LOG_FORM, LOSS_DERIVATIVE, L
from derivations.logistic_loss import SOFTPLUS_FORM as LOSS_AS_SOFTPLUS
from derivations.sigmoid import (
    ANTIDERIVATIVE,
    DERIVATIVE,
    REFLECTION,
    SIGMOID_OF_LOGIT,
    logit,
    sigma,
    softplus,
)

y, z = symbols("y z")

l = define("l", (y, z), y * softplus(-z) + (1 - y) * softplus(z), latex=r"\ell(#1, #2)")

Signs = finite_set(-1, 1)

CROSS_ENTROPY = derive(
    Claim(
        "soft_label.cross_entropy",
        H(y, sigma(z)),
        "=",
        l(y, z),
        on={y: ClosedUnitInterval, z: Reals},
        title="The loss is a cross-entropy",
        says=r"The loss is the cross-entropy of the label and the prediction $\sigma(z)$.",
    ),
    (-(y * log(sigma(z)) + (1 - y) * log(1 - sigma(z))), unfold(H)),
    (-(y * log(sigma(z)) + (1 - y) * log(sigma(-z))), using(REFLECTION, x=z)),
    (-(y * -softplus(-z) + (1 - y) * log(sigma(-z))), using(SOFTPLUS_FORM_OF_LOG_SIGMOID)),
    (-(y * -softplus(-z) + (1 - y) * -softplus(z)), using(SOFTPLUS_FORM_OF_LOG_SIGMOID, z=-z)),
    (y * softplus(-z) + (1 - y) * softplus(z), algebra),
    (l(y, z), fold(l)),
)

LABEL_ONE = derive(
    Claim(
        "soft_label.label_one",
        l(1, z),
        "=",
        L(z),
        on={z: Reals},
        title="The loss under the label 1",
        says="Under the label 1 the loss is the logistic loss of the score.",
    ),
    (1 * softplus(-z) + (num(1) - 1) * softplus(z), unfold(l)),
    (softplus(-z), algebra),
    (L(z), using(LOSS_AS_SOFTPLUS)),
)

LABEL_ZERO = derive(
    Claim(
        "soft_label.label_zero",
        l(0, z),
        "=",
        L(-z),
        on={z: Reals},
        title="The loss under the label 0",
        says="Under the label 0 the loss is the logistic loss of the negative score.",
    ),
    (0 * softplus(-z) + (num(1) - 0) * softplus(z), unfold(l)),
    (softplus(z), algebra),
    (L(-z), using(LOSS_AS_SOFTPLUS, z=-z)),
)

ONE_SOFTPLUS = derive(
    Claim(
        "soft_label.one_softplus",
        l(y, z),
        "=",
        softplus(z) - y * z,
        on={y: ClosedUnitInterval, z: Reals},
        title="The loss with one softplus",
        says="The label enters the loss by a linear term only.",
    ),
    (y * softplus(-z) + (1 - y) * softplus(z), unfold(l)),
    (y * softplus(-z) + (1 - y) * (z + softplus(-z)), using(SOFTPLUS_REFLECTION, x=z)),
    ((z + softplus(-z)) - y * z, algebra),
    (softplus(z) - y * z, using(SOFTPLUS_REFLECTION, x=z)),
)

LOSS_SLOPE = derive(
    Claim(
        "soft_label.derivative",
        D(l(y, z), z),
        "=",
        sigma(z) - y,
        on={y: ClosedUnitInterval, z: Reals},
        title="The derivative of the loss",
        says="The slope of the loss is the prediction less the label, hard or soft.",
    ),
    (D(softplus(z) - y * z, z), using(ONE_SOFTPLUS)),
    (D(softplus(z), z) - D(y * z, z), linearity),
    (sigma(z) - D(y * z, z), using(ANTIDERIVATIVE, x=z)),
    (sigma(z) - y, differentiate),
)

ROOT = derive(
    Claim(
        "soft_label.root",
        sigma(logit(y)) - y,
        "=",
        0,
        on={y: UnitInterval},
        title="Where the loss is least",
        says=r"The slope of the loss vanishes at the score $\operatorname{logit}(y)$.",
    ),
    (y - y, using(SIGMOID_OF_LOGIT, p=y)),
    (0, algebra),
)

LOSS_CURVATURE = derive(
    Claim(
        "soft_label.second_derivative",
        D(l(y, z), z, 2),
        "=",
        sigma(z) * (1 - sigma(z)),
        on={y: ClosedUnitInterval, z: Reals},
        title="The second derivative of the loss",
        says="The curvature of the loss does not depend on the label.",
    ),
    (D(sigma(z) - y, z), using(LOSS_SLOPE)),
    (D(sigma(z), z), linearity),
    (sigma(z) * (1 - sigma(z)), using(DERIVATIVE, x=z)),
)

SIGNED_LOG_FORM = derive(
    Claim(
        "signed_label.log_form",
        L(y * z),
        "=",
        log(1 + exp(-(y * z))),
        on={y: Signs, z: Reals},
        title="The loss of the margin",
        says=r"With labels $-1$ and $1$ the margin is $y z$.",
    ),
    (log(1 + exp(-(y * z))), using(LOG_FORM, z=y * z)),
)

SIGNED_SLOPE = derive(
    Claim(
        "signed_label.derivative",
        D(L(y * z), z),
        "=",
        -y * sigma(-(y * z)),
        on={y: Signs, z: Reals},
        title="The derivative of the loss of the margin",
        says="The slope has the sign opposite to the label.",
    ),
    (prime(L, y * z) * y, chain_rule),
    ((sigma(y * z) - 1) * y, using(LOSS_DERIVATIVE, z=y * z)),
    (-y * (1 - sigma(y * z)), algebra),
    (-y * sigma(-(y * z)), using(REFLECTION, x=y * z)),
)

SIGNED_CURVATURE = derive(
    Claim(
        "signed_label.second_derivative",
        D(L(y * z), z, 2),
        "=",
        sigma(z) * (1 - sigma(z)),
        on={y: Signs, z: Reals},
        title="The second derivative of the loss of the margin",
        says="The curvature is the same for both labels.",
    ),
    (D(-y * sigma(-(y * z)), z), using(SIGNED_SLOPE)),
    (-y * (prime(sigma, -(y * z)) * -y), chain_rule),
    (y**2 * prime(sigma, -(y * z)), algebra),
    (y**2 * (sigma(-(y * z)) * (1 - sigma(-(y * z)))), using(DERIVATIVE, x=-(y * z))),
    (sigma(z) * (1 - sigma(z)), by_cases("$y$ is $1$ or $-1$, and the sigmoid reflects")),
)
