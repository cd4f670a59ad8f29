r"""The logistic loss in bits, L_2(z) = -log_2(sigma(z)), the natural one divided by log(2).

Claims
------
base2_loss.natural_form              L_2(z) = L(z) / log(2)
base2_loss.log_form                  L_2(z) = the logarithm of 1 + exp(-z) to base 2
base2_loss.at_zero                   L_2(0) = 1
base2_loss.limit_at_minus_infinity   L_2(z) tends to oo as z tends to -oo
base2_loss.limit_at_infinity         L_2(z) tends to 0 as z tends to oo
base2_loss.positive                  L_2(z) > 0
base2_loss.decreasing                L_2(a) > L_2(b) where a < b
base2_loss.derivative                L_2'(z) = (sigma(z) - 1) / log(2)
base2_loss.second_derivative         L_2''(z) = sigma(z) (1 - sigma(z)) / log(2)
base2_loss.convex                    L_2''(z) > 0
"""

from derivations.core import (
    Claim,
    D,
    Reals,
    algebra,
    define,
    derive,
    exp,
    fold,
    limit,
    limit_laws,
    linearity,
    log,
    monotonicity,
    num,
    oo,
    positivity,
    symbols,
    unfold,
    using,
)
from derivations.logistic_loss import AT_ZERO as NATURAL_AT_ZERO
from derivations.logistic_loss import BOYD, LOSS_DERIVATIVE, LOSS_SECOND, L
from derivations.logistic_loss import LIMIT_AT_INFINITY as NATURAL_LIMIT
from derivations.logistic_loss import LOG_FORM as NATURAL_LOG_FORM
from derivations.sigmoid import sigma

BARTLETT = (
    "Bartlett, Jordan and McAuliffe (2006), Convexity, classification, and risk bounds, "
    "Journal of the American Statistical Association 101, 138-156"
)

z, a, b = symbols("z a b")

L2 = define("L2", z, -log(sigma(z), 2), latex="L_2")

# ------------------------------------------------------------------------------------- base 2

NATURAL_FORM = derive(
    Claim(
        "base2_loss.natural_form",
        L2(z),
        "=",
        L(z) / log(num(2)),
        on={z: Reals},
        title="The base-2 loss and the natural one",
        says=r"In bits the loss is divided by $\log 2$.",
    ),
    (-log(sigma(z), 2), unfold(L2)),
    (-(log(sigma(z)) / log(num(2))), unfold(log)),
    (L(z) / log(num(2)), fold(L)),
)

LOG_FORM = derive(
    Claim(
        "base2_loss.log_form",
        L2(z),
        "=",
        log(1 + exp(-z), 2),
        on={z: Reals},
        title="The base-2 loss without the sigmoid",
        says="The loss in bits is a logarithm of one exponential.",
    ),
    (L(z) / log(num(2)), using(NATURAL_FORM)),
    (log(1 + exp(-z)) / log(num(2)), using(NATURAL_LOG_FORM)),
    (log(1 + exp(-z), 2), fold(log)),
)

AT_ZERO = derive(
    Claim(
        "base2_loss.at_zero",
        L2(0),
        "=",
        1,
        on={},
        title="The base-2 loss of no margin",
        says="At 0 the loss is one bit.",
        source=BARTLETT,
    ),
    (L(0) / log(num(2)), using(NATURAL_FORM, z=0)),
    (log(num(2)) / log(num(2)), using(NATURAL_AT_ZERO)),
    (1, algebra),
)

LIMIT_AT_MINUS_INFINITY = derive(
    Claim(
        "base2_loss.limit_at_minus_infinity",
        limit(L2(z), z, -oo),
        "=",
        oo,
        on={},
        title="The base-2 loss is unbounded",
        says=r"Towards $-\infty$ the base-2 loss rises without bound.",
    ),
    (limit(L(z) / log(num(2)), z, -oo), using(NATURAL_FORM)),
    (limit(log(1 + exp(-z)) / log(num(2)), z, -oo), using(NATURAL_LOG_FORM)),
    (oo, limit_laws),
)

LIMIT_AT_INFINITY = derive(
    Claim(
        "base2_loss.limit_at_infinity",
        limit(L2(z), z, oo),
        "=",
        0,
        on={},
        title="The base-2 loss vanishes on the right",
        says=r"Towards $\infty$ the base-2 loss tends to 0.",
    ),
    (limit(L(z) / log(num(2)), z, oo), using(NATURAL_FORM)),
    (limit(L(z), z, oo) / log(num(2)), linearity),
    (num(0) / log(num(2)), using(NATURAL_LIMIT)),
    (0, algebra),
)

POSITIVE = derive(
    Claim(
        "base2_loss.positive",
        L2(z),
        ">",
        0,
        on={z: Reals},
        title="The base-2 loss is positive",
        says="No margin is without loss in bits.",
    ),
    (log(1 + exp(-z), 2), using(LOG_FORM)),
    (">", 0, positivity("the logarithm of a number above 1 is positive")),
)

DECREASING = derive(
    Claim(
        "base2_loss.decreasing",
        L2(a),
        ">",
        L2(b),
        on={a: Reals, b: Reals},
        where=a < b,
        title="The base-2 loss is strictly decreasing",
        says="A greater margin has a smaller loss in bits.",
    ),
    (log(1 + exp(-a), 2), using(LOG_FORM, z=a)),
    (">", log(1 + exp(-b), 2), monotonicity("the exponential and the logarithm rise")),
    (L2(b), using(LOG_FORM, z=b)),
)

DERIVATIVE = derive(
    Claim(
        "base2_loss.derivative",
        D(L2(z), z),
        "=",
        (sigma(z) - 1) / log(num(2)),
        on={z: Reals},
        title="The derivative of the base-2 loss",
        says=r"The slope too is divided by $\log 2$.",
    ),
    (D(L(z) / log(num(2)), z), using(NATURAL_FORM)),
    (D(L(z), z) / log(num(2)), linearity),
    ((sigma(z) - 1) / log(num(2)), using(LOSS_DERIVATIVE)),
)

SECOND = derive(
    Claim(
        "base2_loss.second_derivative",
        D(L2(z), z, 2),
        "=",
        sigma(z) * (1 - sigma(z)) / log(num(2)),
        on={z: Reals},
        title="The second derivative of the base-2 loss",
        says=r"The curvature too is divided by $\log 2$.",
    ),
    (D(L(z) / log(num(2)), z, 2), using(NATURAL_FORM)),
    (D(L(z), z, 2) / log(num(2)), linearity),
    (sigma(z) * (1 - sigma(z)) / log(num(2)), using(LOSS_SECOND)),
)

CONVEX = derive(
    Claim(
        "base2_loss.convex",
        D(L2(z), z, 2),
        ">",
        0,
        on={z: Reals},
        title="The base-2 loss is strictly convex",
        says="The curvature of the base-2 loss is positive everywhere.",
        source=BOYD,
    ),
    (sigma(z) * (1 - sigma(z)) / log(num(2)), using(SECOND)),
    (">", 0, positivity("the sigmoid is between 0 and 1")),
)
