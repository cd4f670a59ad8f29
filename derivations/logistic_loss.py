r"""The logistic loss, L(z) = -log(sigma(z)), of a margin z.

Its base-2 variant is the chapter `base2_loss`.

Claims
------
logistic_loss.log_form                  L(z) = log(1 + exp(-z))
logistic_loss.softplus_form             L(z) = softplus(-z)
logistic_loss.at_zero                   L(0) = log(2)
logistic_loss.limit_at_minus_infinity   L(z) tends to oo as z tends to -oo: it is unbounded
logistic_loss.limit_at_infinity         L(z) tends to 0 as z tends to oo
logistic_loss.reflection                L(-z) = z + L(z)
logistic_loss.positive                  L(z) > 0
logistic_loss.above_line                L(z) > -z
logistic_loss.decreasing                L(a) > L(b) where a < b
logistic_loss.derivative                L'(z) = sigma(z) - 1
logistic_loss.derivative_negative       L'(z) < 0
logistic_loss.second_derivative         L''(z) = sigma(z) (1 - sigma(z))
logistic_loss.convex                    L''(z) > 0
logistic_loss.asymptote                 L(z) + z tends to 0 as z tends to -oo
logistic_loss.stable_for_positive       L(z) = log(1 + exp(-z)) for z > 0
logistic_loss.stable_otherwise          L(z) = -z + log(1 + exp(z)) for z <= 0
logistic_loss.stable_form               L(z) is the one branch for z > 0, the other otherwise
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

HASTIE = (
    "Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, second edition"
)

BOYD = "Boyd and Vandenberghe (2004), Convex Optimization"

z, a, b = symbols("z a b")

L = define("L", z, -log(sigma(z)))

NonPositive = interval(-oo, 0, upper_open=False)

# ---------------------------------------------------------------- definition, values, limits

LOG_FORM = derive(
    Claim(
        "logistic_loss.log_form",
        L(z),
        "=",
        log(1 + exp(-z)),
        on={z: Reals},
        title="The logistic loss without the sigmoid",
        says="The loss is a logarithm of one exponential.",
        source=HASTIE,
    ),
    (-log(sigma(z)), unfold(L)),
    (-log(1 / (1 + exp(-z))), unfold(sigma)),
    (log(1 + exp(-z)), exp_log_laws("the logarithm of an inverse")),
)

SOFTPLUS_FORM = derive(
    Claim(
        "logistic_loss.softplus_form",
        L(z),
        "=",
        softplus(-z),
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
        L(0),
        "=",
        log(num(2)),
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
        limit(L(z), z, -oo),
        "=",
        oo,
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
        limit(L(z), z, oo),
        "=",
        0,
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
        L(-z),
        "=",
        z + L(z),
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
        L(z),
        ">",
        0,
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
        L(z),
        ">",
        -z,
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
        L(a),
        ">",
        L(b),
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
        D(L(z), z),
        "=",
        sigma(z) - 1,
        on={z: Reals},
        title="The derivative of the logistic loss",
        says="The slope of the loss is the probability less 1.",
        source=HASTIE,
    ),
    (D(-log(sigma(z)), z), unfold(L)),
    (-D(log(sigma(z)), z), linearity),
    (-(1 - sigma(z)), using(LOG_DERIVATIVE)),
    (sigma(z) - 1, algebra),
)

DERIVATIVE_NEGATIVE = derive(
    Claim(
        "logistic_loss.derivative_negative",
        D(L(z), z),
        "<",
        0,
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
        D(L(z), z, 2),
        "=",
        sigma(z) * (1 - sigma(z)),
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
        D(L(z), z, 2),
        ">",
        0,
        on={z: Reals},
        title="The logistic loss is strictly convex",
        says="The curvature of the loss is positive everywhere.",
        source=BOYD,
    ),
    (D(sigma(z) - 1, z), using(LOSS_DERIVATIVE)),
    (D(sigma(z), z), linearity),
    (">", 0, using(SLOPE_POSITIVE, x=z)),
)

ASYMPTOTE = derive(
    Claim(
        "logistic_loss.asymptote",
        limit(L(z) + z, z, -oo),
        "=",
        0,
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
        L(z),
        "=",
        log(1 + exp(-z)),
        on={z: Positive},
        title="The stable branch of a positive margin",
        says=r"For $z > 0$ the exponential $e^{-z}$ is less than 1 and cannot overflow.",
    ),
    (log(1 + exp(-z)), using(LOG_FORM)),
)

STABLE_OTHERWISE = derive(
    Claim(
        "logistic_loss.stable_otherwise",
        L(z),
        "=",
        -z + log(1 + exp(z)),
        on={z: NonPositive},
        title="The stable branch of the other margins",
        says=r"For $z \le 0$ the exponential $e^z$ is at most 1 and cannot overflow.",
    ),
    (log(1 + exp(-z)), using(LOG_FORM)),
    (log(exp(-z) * (exp(z) + 1)), exp_log_laws("$e^{-z} e^z = 1$")),
    (-z + log(1 + exp(z)), exp_log_laws("the logarithm of a product")),
)

STABLE_FORM = derive(
    Claim(
        "logistic_loss.stable_form",
        L(z),
        "=",
        cases((log(1 + exp(-z)), z > 0), (-z + log(1 + exp(z)), None)),
        on={z: Reals},
        title="The stable form of the logistic loss",
        says="The two branches together are the loss.",
    ),
    (log(1 + exp(-z)), using(LOG_FORM)),
    (
        cases((log(1 + exp(-z)), z > 0), (log(1 + exp(-z)), None)),
        by_cases("the sign of the margin is told apart"),
    ),
    (
        cases((log(1 + exp(-z)), z > 0), (log(exp(-z) * (exp(z) + 1)), None)),
        exp_log_laws("$e^{-z} e^z = 1$"),
    ),
    (
        cases((log(1 + exp(-z)), z > 0), (-z + log(1 + exp(z)), None)),
        exp_log_laws("the logarithm of a product"),
    ),
)
