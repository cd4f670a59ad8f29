r"""The logistic loss, L(z) = -log(sigma(z)), of a margin z, and its base-2 variant.

Claims
------
logistic_loss.log_form                  L(z) = log(1 + exp(-z))
logistic_loss.softplus_form             L(z) = softplus(-z)
logistic_loss.at_zero                   L(0) = log(2)
logistic_loss.limit_at_minus_infinity   L(z) tends to oo as z tends to -oo: it is unbounded
logistic_loss.limit_at_infinity         L(z) tends to 0 as z tends to oo
logistic_loss.asymptote                 L(z) + z tends to 0 as z tends to -oo
logistic_loss.positive                  L(z) > 0
logistic_loss.above_line                L(z) > -z
logistic_loss.decreasing                L(a) > L(b) where a < b
logistic_loss.reflection                L(-z) = z + L(z)
logistic_loss.derivative                L'(z) = sigma(z) - 1
logistic_loss.derivative_negative       L'(z) < 0
logistic_loss.second_derivative         L''(z) = sigma(z) (1 - sigma(z))
logistic_loss.convex                    L''(z) > 0
logistic_loss.stable_for_positive       L(z) = log(1 + exp(-z)) for z > 0
logistic_loss.stable_otherwise          L(z) = -z + log(1 + exp(z)) for z <= 0
logistic_loss.stable_form               L(z) is the one branch for z > 0, the other otherwise
base2_loss.natural_form                 L_2(z) = L(z) / log(2)
base2_loss.log_form                     L_2(z) = the logarithm of 1 + exp(-z) to base 2
base2_loss.at_zero                      L_2(0) = 1
base2_loss.limit_at_minus_infinity      L_2(z) tends to oo as z tends to -oo
base2_loss.limit_at_infinity            L_2(z) tends to 0 as z tends to oo
base2_loss.positive                     L_2(z) > 0
base2_loss.decreasing                   L_2(a) > L_2(b) where a < b
base2_loss.derivative                   L_2'(z) = (sigma(z) - 1) / log(2)
base2_loss.second_derivative            L_2''(z) = sigma(z) (1 - sigma(z)) / log(2)
base2_loss.convex                       L_2''(z) > 0
"""

from derivations.core import (
    Claim,
    D,
    Positive,
    Reals,
    algebra,
    by_cases,
    cases,
    define,
    derive,
    evaluate,
    exp,
    exp_log_laws,
    fold,
    interval,
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
from derivations.log_sigmoid import LOG_DERIVATIVE, LOG_SIGMOID
from derivations.log_sigmoid import REFLECTION as SOFTPLUS_REFLECTION
from derivations.sigmoid import DERIVATIVE as SIGMOID_DERIVATIVE
from derivations.sigmoid import LESS_THAN_ONE, sigma, softplus
from derivations.sigmoid_derivative import POSITIVE as SLOPE_POSITIVE

# fmt: off  (a statement stays on one line)
z, a, b = symbols("z a b")

L = define("L", z, -log(sigma(z)))
L2 = define("L2", z, -log(sigma(z), 2), latex="L_2")

NonPositive = interval(-oo, 0, upper_open=False)

# ---------------------------------------------------------------- definition, values, limits

LOG_FORM = derive(
    Claim(
        "logistic_loss.log_form",
        L(z), "=", log(1 + exp(-z)),
        on={z: Reals},
        title="The logistic loss without the sigmoid",
        says="The loss is a logarithm of one exponential.",
    ),
    (-log(sigma(z)), unfold(L)),
    (-log(1 / (1 + exp(-z))), unfold(sigma)),
    (log(1 + exp(-z)), exp_log_laws("the logarithm of an inverse")),
)

SOFTPLUS_FORM = derive(
    Claim(
        "logistic_loss.softplus_form",
        L(z), "=", softplus(-z),
        on={z: Reals},
        title="The logistic loss is softplus in the mirror",
        says="The loss of a margin is softplus at its mirror image.",
    ),
    (-log(sigma(z)), unfold(L)),
    (-(-softplus(-z)), using(LOG_SIGMOID)),  # noqa: B002  (two signs, not a decrement)
    (softplus(-z), algebra),
)

AT_ZERO = derive(
    Claim(
        "logistic_loss.at_zero",
        L(0), "=", log(num(2)),
        on={},
        title="The loss of no margin",
        says=r"At 0 the loss is $\log 2$.",
    ),
    (log(1 + exp(-num(0))), using(LOG_FORM, z=0)),
    (log(num(1) + 1), evaluate),
    (log(num(2)), algebra),
)

LIMIT_AT_MINUS_INFINITY = derive(
    Claim(
        "logistic_loss.limit_at_minus_infinity",
        limit(L(z), z, -oo), "=", oo,
        on={},
        title="The loss is unbounded",
        says=r"Towards $-\infty$ the loss rises without bound.",
    ),
    (limit(log(1 + exp(-z)), z, -oo), using(LOG_FORM)),
    (oo, limit_laws),
)

LIMIT_AT_INFINITY = derive(
    Claim(
        "logistic_loss.limit_at_infinity",
        limit(L(z), z, oo), "=", 0,
        on={},
        title="The loss vanishes on the right",
        says=r"Towards $\infty$ the loss tends to 0.",
    ),
    (limit(log(1 + exp(-z)), z, oo), using(LOG_FORM)),
    (log(num(1) + 0), limit_laws),
    (0, evaluate),
)

REFLECTION = derive(
    Claim(
        "logistic_loss.reflection",
        L(-z), "=", z + L(z),
        on={z: Reals},
        title="The loss at the mirror image",
        says="The losses of a margin and of its mirror image differ by the margin.",
    ),
    (softplus(-(-z)), using(SOFTPLUS_FORM, z=-z)),  # noqa: B002  (two signs)
    (softplus(z), algebra),
    (z + softplus(-z), using(SOFTPLUS_REFLECTION, x=z)),
    (z + L(z), using(SOFTPLUS_FORM)),
)

# ------------------------------------------------------------------- bounds and monotonicity

LOSS_POSITIVE = derive(
    Claim(
        "logistic_loss.positive",
        L(z), ">", 0,
        on={z: Reals},
        title="The loss is positive",
        says="No margin is without loss.",
    ),
    (log(1 + exp(-z)), using(LOG_FORM)),
    (">", 0, positivity("the logarithm of a number above 1 is positive")),
)

ABOVE_LINE = derive(
    Claim(
        "logistic_loss.above_line",
        L(z), ">", -z,
        on={z: Reals},
        title="The loss exceeds a line",
        says="A wrong margin costs more than its size.",
    ),
    (log(1 + exp(-z)), using(LOG_FORM)),
    (">", log(exp(-z)), monotonicity("the logarithm rises")),
    (-z, exp_log_laws),
)

DECREASING = derive(
    Claim(
        "logistic_loss.decreasing",
        L(a), ">", L(b),
        on={a: Reals, b: Reals},
        where=a < b,
        title="The loss is strictly decreasing",
        says="A greater margin has a smaller loss.",
    ),
    (log(1 + exp(-a)), using(LOG_FORM, z=a)),
    (">", log(1 + exp(-b)), monotonicity("the exponential and the logarithm rise")),
    (L(b), using(LOG_FORM, z=b)),
)

# ------------------------------------------------------------------------------- derivatives

LOSS_DERIVATIVE = derive(
    Claim(
        "logistic_loss.derivative",
        D(L(z), z), "=", sigma(z) - 1,
        on={z: Reals},
        title="The derivative of the logistic loss",
        says="The slope of the loss is the probability less 1.",
    ),
    (D(-log(sigma(z)), z), unfold(L)),
    (-D(log(sigma(z)), z), linearity),
    (-(1 - sigma(z)), using(LOG_DERIVATIVE)),
    (sigma(z) - 1, algebra),
)

DERIVATIVE_NEGATIVE = derive(
    Claim(
        "logistic_loss.derivative_negative",
        D(L(z), z), "<", 0,
        on={z: Reals},
        title="The slope of the loss is negative",
        says="The loss falls everywhere.",
    ),
    (sigma(z) - 1, using(LOSS_DERIVATIVE)),
    ("<", num(1) - 1, using(LESS_THAN_ONE, x=z)),
    (0, algebra),
)

LOSS_SECOND = derive(
    Claim(
        "logistic_loss.second_derivative",
        D(L(z), z, 2), "=", sigma(z) * (1 - sigma(z)),
        on={z: Reals},
        title="The second derivative of the logistic loss",
        says="The curvature of the loss is the slope of the sigmoid.",
    ),
    (D(sigma(z) - 1, z), using(LOSS_DERIVATIVE)),
    (D(sigma(z), z), linearity),
    (sigma(z) * (1 - sigma(z)), using(SIGMOID_DERIVATIVE, x=z)),
)

CONVEX = derive(
    Claim(
        "logistic_loss.convex",
        D(L(z), z, 2), ">", 0,
        on={z: Reals},
        title="The logistic loss is strictly convex",
        says="The curvature of the loss is positive everywhere.",
    ),
    (D(sigma(z) - 1, z), using(LOSS_DERIVATIVE)),
    (D(sigma(z), z), linearity),
    (">", 0, using(SLOPE_POSITIVE, x=z)),
)

ASYMPTOTE = derive(
    Claim(
        "logistic_loss.asymptote",
        limit(L(z) + z, z, -oo), "=", 0,
        on={},
        title="The asymptote of the loss",
        says="Far to the left the loss is the size of the margin.",
    ),
    (limit(L(-z), z, -oo), using(REFLECTION)),
    (limit(log(1 + exp(-(-z))), z, -oo), using(LOG_FORM, z=-z)),  # noqa: B002  (two signs)
    (limit(log(1 + exp(z)), z, -oo), algebra),
    (log(num(1) + 0), limit_laws),
    (0, evaluate),
)

# ------------------------------------------------------------------------ the stable branches

STABLE_FOR_POSITIVE = derive(
    Claim(
        "logistic_loss.stable_for_positive",
        L(z), "=", log(1 + exp(-z)),
        on={z: Positive},
        title="The stable branch of a positive margin",
        says=r"For $z > 0$ the exponential $e^{-z}$ is less than 1 and cannot overflow.",
    ),
    (log(1 + exp(-z)), using(LOG_FORM)),
)

STABLE_OTHERWISE = derive(
    Claim(
        "logistic_loss.stable_otherwise",
        L(z), "=", -z + log(1 + exp(z)),
        on={z: NonPositive},
        title="The stable branch of the other margins",
        says=r"For $z \le 0$ the exponential $e^z$ is at most 1 and cannot overflow.",
    ),
    (log(1 + exp(-z)), using(LOG_FORM)),
    (log(exp(-z) * (exp(z) + 1)), exp_log_laws("e^(-z) e^z = 1")),
    (-z + log(1 + exp(z)), exp_log_laws("the logarithm of a product")),
)

STABLE_FORM = derive(
    Claim(
        "logistic_loss.stable_form",
        L(z), "=", cases((log(1 + exp(-z)), z > 0), (-z + log(1 + exp(z)), None)),
        on={z: Reals},
        title="The stable form of the logistic loss",
        says="The two branches together are the loss.",
    ),
    (
        cases((log(1 + exp(-z)), z > 0), (-z + log(1 + exp(z)), None)),
        by_cases("by the two claims before"),
    ),
)

# ------------------------------------------------------------------------------------- base 2

BASE2_NATURAL = derive(
    Claim(
        "base2_loss.natural_form",
        L2(z), "=", L(z) / log(num(2)),
        on={z: Reals},
        title="The base-2 loss and the natural one",
        says=r"In bits the loss is divided by $\log 2$.",
    ),
    (-log(sigma(z), 2), unfold(L2)),
    (-(log(sigma(z)) / log(num(2))), unfold(log)),
    (-log(sigma(z)) / log(num(2)), algebra),
    (L(z) / log(num(2)), fold(L)),
)

BASE2_LOG_FORM = derive(
    Claim(
        "base2_loss.log_form",
        L2(z), "=", log(1 + exp(-z), 2),
        on={z: Reals},
        title="The base-2 loss without the sigmoid",
        says="The loss in bits is a logarithm of one exponential.",
    ),
    (L(z) / log(num(2)), using(BASE2_NATURAL)),
    (log(1 + exp(-z)) / log(num(2)), using(LOG_FORM)),
    (log(1 + exp(-z), 2), fold(log)),
)

BASE2_AT_ZERO = derive(
    Claim(
        "base2_loss.at_zero",
        L2(0), "=", 1,
        on={},
        title="The base-2 loss of no margin",
        says="At 0 the loss is one bit.",
    ),
    (L(0) / log(num(2)), using(BASE2_NATURAL, z=0)),
    (log(num(2)) / log(num(2)), using(AT_ZERO)),
    (1, algebra),
)

BASE2_LIMIT_AT_MINUS_INFINITY = derive(
    Claim(
        "base2_loss.limit_at_minus_infinity",
        limit(L2(z), z, -oo), "=", oo,
        on={},
        title="The base-2 loss is unbounded",
        says=r"Towards $-\infty$ the base-2 loss rises without bound.",
    ),
    (limit(L(z) / log(num(2)), z, -oo), using(BASE2_NATURAL)),
    (limit(log(1 + exp(-z)) / log(num(2)), z, -oo), using(LOG_FORM)),
    (oo, limit_laws),
)

BASE2_LIMIT_AT_INFINITY = derive(
    Claim(
        "base2_loss.limit_at_infinity",
        limit(L2(z), z, oo), "=", 0,
        on={},
        title="The base-2 loss vanishes on the right",
        says=r"Towards $\infty$ the base-2 loss tends to 0.",
    ),
    (limit(L(z) / log(num(2)), z, oo), using(BASE2_NATURAL)),
    (limit(L(z), z, oo) / log(num(2)), linearity),
    (num(0) / log(num(2)), using(LIMIT_AT_INFINITY)),
    (0, algebra),
)

BASE2_POSITIVE = derive(
    Claim(
        "base2_loss.positive",
        L2(z), ">", 0,
        on={z: Reals},
        title="The base-2 loss is positive",
        says="No margin is without loss in bits.",
    ),
    (log(1 + exp(-z)) / log(num(2)), using(BASE2_LOG_FORM)),
    (">", 0, positivity("both logarithms are of numbers above 1")),
)

BASE2_DECREASING = derive(
    Claim(
        "base2_loss.decreasing",
        L2(a), ">", L2(b),
        on={a: Reals, b: Reals},
        where=a < b,
        title="The base-2 loss is strictly decreasing",
        says="A greater margin has a smaller loss in bits.",
    ),
    (log(1 + exp(-a), 2), using(BASE2_LOG_FORM, z=a)),
    (">", log(1 + exp(-b), 2), monotonicity("the exponential and the logarithm rise")),
    (L2(b), using(BASE2_LOG_FORM, z=b)),
)

BASE2_DERIVATIVE = derive(
    Claim(
        "base2_loss.derivative",
        D(L2(z), z), "=", (sigma(z) - 1) / log(num(2)),
        on={z: Reals},
        title="The derivative of the base-2 loss",
        says=r"The slope too is divided by $\log 2$.",
    ),
    (D(L(z) / log(num(2)), z), using(BASE2_NATURAL)),
    (D(L(z), z) / log(num(2)), linearity),
    ((sigma(z) - 1) / log(num(2)), using(LOSS_DERIVATIVE)),
)

BASE2_SECOND = derive(
    Claim(
        "base2_loss.second_derivative",
        D(L2(z), z, 2), "=", sigma(z) * (1 - sigma(z)) / log(num(2)),
        on={z: Reals},
        title="The second derivative of the base-2 loss",
        says=r"The curvature too is divided by $\log 2$.",
    ),
    (D(L(z) / log(num(2)), z, 2), using(BASE2_NATURAL)),
    (D(L(z), z, 2) / log(num(2)), linearity),
    (sigma(z) * (1 - sigma(z)) / log(num(2)), using(LOSS_SECOND)),
)

BASE2_CONVEX = derive(
    Claim(
        "base2_loss.convex",
        D(L2(z), z, 2), ">", 0,
        on={z: Reals},
        title="The base-2 loss is strictly convex",
        says="The curvature of the base-2 loss is positive everywhere.",
    ),
    (sigma(z) * (1 - sigma(z)) / log(num(2)), using(BASE2_SECOND)),
    (">", 0, positivity("the sigmoid is between 0 and 1")),
)
