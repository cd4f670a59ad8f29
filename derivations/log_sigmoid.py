r"""The logarithm of the sigmoid, log(sigma(z)), and softplus(x) = log(1 + exp(x)).

The two are one function in two mirrors, log(sigma(z)) = -softplus(-z).

Claims
------
log_sigmoid.softplus_form             log(sigma(z)) = -softplus(-z)
log_sigmoid.negative                  log(sigma(z)) < 0
log_sigmoid.limit_at_minus_infinity   log(sigma(z)) tends to -oo as z tends to -oo
log_sigmoid.limit_at_infinity         log(sigma(z)) tends to 0 as z tends to oo
log_sigmoid.increasing                log(sigma(a)) < log(sigma(b)) where a < b
log_sigmoid.derivative                the derivative of log(sigma(z)) is 1 - sigma(z)
log_sigmoid.second_derivative         the second derivative is -sigma(z) (1 - sigma(z))
log_sigmoid.concave                   the second derivative is negative
softplus.at_zero                      softplus(0) = log(2)
softplus.limit_at_minus_infinity      softplus(x) tends to 0 as x tends to -oo
softplus.limit_at_infinity            softplus(x) tends to oo as x tends to oo
softplus.positive                     softplus(x) > 0
softplus.reflection                   softplus(x) = x + softplus(-x)
softplus.difference                   softplus(x) - softplus(-x) = x
softplus.above_identity               softplus(x) > x
softplus.asymptote                    softplus(x) - x tends to 0 as x tends to oo
softplus.increasing                   softplus(a) < softplus(b) where a < b
softplus.log_sigmoid_form             softplus(x) = -log(sigma(-x))
softplus.inverse                      softplus(log(exp(y) - 1)) = y for y > 0
softplus.stable_form                  softplus(x) = max(x, 0) + log(1 + exp(-abs(x)))
softplus.second_derivative            softplus''(x) = sigma(x) (1 - sigma(x))
softplus.convex                       softplus''(x) > 0
"""

from derivations.core import (
    Abs,
    Claim,
    D,
    Max,
    Positive,
    Reals,
    algebra,
    by_cases,
    cases,
    chain_rule,
    derive,
    evaluate,
    exp,
    exp_log_laws,
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
from derivations.sigmoid import (
    ANTIDERIVATIVE,
    DERIVATIVE,
    DUGAS,
    LIMIT_AT_INFINITY,
    sigma,
    softplus,
)
from derivations.sigmoid_derivative import POSITIVE as SLOPE_POSITIVE

x, y, z, a, b = symbols("x y z a b")

# -------------------------------------------------------------------------------- log-sigmoid

LOG_SIGMOID = derive(
    Claim(
        "log_sigmoid.softplus_form",
        log(sigma(z)),
        "=",
        -softplus(-z),
        on={z: Reals},
        title="Log-sigmoid is softplus in the mirror",
        says="Log-sigmoid is softplus turned about the origin.",
    ),
    (log(1 / (1 + exp(-z))), unfold(sigma)),
    (-log(1 + exp(-z)), exp_log_laws),
    (-softplus(-z), fold(softplus)),
)

NEGATIVE = derive(
    Claim(
        "log_sigmoid.negative",
        log(sigma(z)),
        "<",
        0,
        on={z: Reals},
        title="Log-sigmoid is negative",
        says="The logarithm of a probability below 1 is negative.",
    ),
    (log(1 / (1 + exp(-z))), unfold(sigma)),
    (-log(1 + exp(-z)), exp_log_laws),
    ("<", 0, positivity("the logarithm of a number above 1 is positive")),
)

LOG_LIMIT_AT_MINUS_INFINITY = derive(
    Claim(
        "log_sigmoid.limit_at_minus_infinity",
        limit(log(sigma(z)), z, -oo),
        "=",
        -oo,
        on={},
        title="Log-sigmoid on the left",
        says=r"Towards $-\infty$ log-sigmoid falls without bound.",
    ),
    (limit(log(1 / (1 + exp(-z))), z, -oo), unfold(sigma)),
    (limit(-log(1 + exp(-z)), z, -oo), exp_log_laws),
    (-oo, limit_laws),
)

LOG_LIMIT_AT_INFINITY = derive(
    Claim(
        "log_sigmoid.limit_at_infinity",
        limit(log(sigma(z)), z, oo),
        "=",
        0,
        on={},
        title="Log-sigmoid on the right",
        says=r"Towards $\infty$ log-sigmoid tends to 0.",
    ),
    (log(limit(sigma(z), z, oo)), limit_laws("the logarithm is continuous")),
    (log(num(1)), using(LIMIT_AT_INFINITY)),
    (0, evaluate),
)

LOG_INCREASING = derive(
    Claim(
        "log_sigmoid.increasing",
        log(sigma(a)),
        "<",
        log(sigma(b)),
        on={a: Reals, b: Reals},
        where=a < b,
        title="Log-sigmoid is strictly increasing",
        says="A greater argument has a greater log-sigmoid.",
    ),
    (log(1 / (1 + exp(-a))), unfold(sigma)),
    (-log(1 + exp(-a)), exp_log_laws("the logarithm of an inverse")),
    ("<", -log(1 + exp(-b)), monotonicity("the exponential and the logarithm rise")),
    (log(1 / (1 + exp(-b))), exp_log_laws("the logarithm of an inverse")),
    (log(sigma(b)), fold(sigma)),
)

LOG_DERIVATIVE = derive(
    Claim(
        "log_sigmoid.derivative",
        D(log(sigma(z)), z),
        "=",
        1 - sigma(z),
        on={z: Reals},
        title="The derivative of log-sigmoid",
        says="The slope of log-sigmoid is what the sigmoid lacks to 1.",
    ),
    (1 / sigma(z) * D(sigma(z), z), chain_rule),
    (1 / sigma(z) * (sigma(z) * (1 - sigma(z))), using(DERIVATIVE, x=z)),
    (1 - sigma(z), algebra("cancel")),
)

LOG_SECOND = derive(
    Claim(
        "log_sigmoid.second_derivative",
        D(log(sigma(z)), z, 2),
        "=",
        -sigma(z) * (1 - sigma(z)),
        on={z: Reals},
        title="The second derivative of log-sigmoid",
        says="The curvature of log-sigmoid is the slope of the sigmoid with the other sign.",
    ),
    (D(1 - sigma(z), z), using(LOG_DERIVATIVE)),
    (-D(sigma(z), z), linearity),
    (-sigma(z) * (1 - sigma(z)), using(DERIVATIVE, x=z)),
)

LOG_CONCAVE = derive(
    Claim(
        "log_sigmoid.concave",
        D(log(sigma(z)), z, 2),
        "<",
        0,
        on={z: Reals},
        title="Log-sigmoid is strictly concave",
        says="The curvature of log-sigmoid is negative everywhere.",
    ),
    (D(1 - sigma(z), z), using(LOG_DERIVATIVE)),
    (-D(sigma(z), z), linearity),
    ("<", 0, using(SLOPE_POSITIVE, x=z)),
)

# ----------------------------------------------------------------------------------- softplus

AT_ZERO = derive(
    Claim(
        "softplus.at_zero",
        softplus(0),
        "=",
        log(num(2)),
        on={},
        title="Softplus at zero",
        says=r"At 0 softplus is $\log 2$.",
    ),
    (log(1 + exp(num(0))), unfold(softplus)),
    (log(num(1) + 1), evaluate),
    (log(num(2)), algebra),
)

LIMIT_ON_LEFT = derive(
    Claim(
        "softplus.limit_at_minus_infinity",
        limit(softplus(x), x, -oo),
        "=",
        0,
        on={},
        title="Softplus on the left",
        says=r"Towards $-\infty$ softplus tends to 0.",
    ),
    (limit(log(1 + exp(x)), x, -oo), unfold(softplus)),
    (log(num(1) + 0), limit_laws),
    (0, evaluate),
)

LIMIT_ON_RIGHT = derive(
    Claim(
        "softplus.limit_at_infinity",
        limit(softplus(x), x, oo),
        "=",
        oo,
        on={},
        title="Softplus on the right",
        says=r"Towards $\infty$ softplus rises without bound.",
    ),
    (limit(log(1 + exp(x)), x, oo), unfold(softplus)),
    (oo, limit_laws),
)

POSITIVE = derive(
    Claim(
        "softplus.positive",
        softplus(x),
        ">",
        0,
        on={x: Reals},
        title="Softplus is positive",
        says="Softplus never reaches 0, its limit on the left.",
        source=DUGAS,
    ),
    (log(1 + exp(x)), unfold(softplus)),
    (">", 0, positivity("the logarithm of a number above 1 is positive")),
)

REFLECTION = derive(
    Claim(
        "softplus.reflection",
        softplus(x),
        "=",
        x + softplus(-x),
        on={x: Reals},
        title="Softplus at the mirror image",
        says="Softplus at a point and at its mirror image differ by the point.",
    ),
    (log(1 + exp(x)), unfold(softplus)),
    (log(exp(x) * (exp(-x) + 1)), exp_log_laws("$e^x e^{-x} = 1$")),
    (x + log(1 + exp(-x)), exp_log_laws("the logarithm of a product")),
    (x + softplus(-x), fold(softplus)),
)

DIFFERENCE = derive(
    Claim(
        "softplus.difference",
        softplus(x) - softplus(-x),
        "=",
        x,
        on={x: Reals},
        title="The odd part of softplus",
        says="Softplus less its mirror image is the identity.",
    ),
    (x + softplus(-x) - softplus(-x), using(REFLECTION)),
    (x, algebra),
)

ABOVE_IDENTITY = derive(
    Claim(
        "softplus.above_identity",
        softplus(x),
        ">",
        x,
        on={x: Reals},
        title="Softplus lies above the identity",
        says="Softplus exceeds its argument.",
    ),
    (x + softplus(-x), using(REFLECTION)),
    (">", x, positivity("softplus is positive")),
)

ASYMPTOTE = derive(
    Claim(
        "softplus.asymptote",
        limit(softplus(x) - x, x, oo),
        "=",
        0,
        on={},
        title="The asymptote of softplus",
        says="Far to the right softplus is the identity.",
    ),
    (limit(x + softplus(-x) - x, x, oo), using(REFLECTION)),
    (limit(softplus(-x), x, oo), algebra),
    (limit(log(1 + exp(-x)), x, oo), unfold(softplus)),
    (log(num(1) + 0), limit_laws),
    (0, evaluate),
)

SOFTPLUS_INCREASING = derive(
    Claim(
        "softplus.increasing",
        softplus(a),
        "<",
        softplus(b),
        on={a: Reals, b: Reals},
        where=a < b,
        title="Softplus is strictly increasing",
        says="A greater argument has a greater softplus.",
        source=DUGAS,
    ),
    (log(1 + exp(a)), unfold(softplus)),
    ("<", log(1 + exp(b)), monotonicity("the exponential and the logarithm rise")),
    (softplus(b), fold(softplus)),
)

SOFTPLUS_LOG_SIGMOID = derive(
    Claim(
        "softplus.log_sigmoid_form",
        softplus(x),
        "=",
        -log(sigma(-x)),
        on={x: Reals},
        title="Softplus is log-sigmoid in the mirror",
        says="Softplus is log-sigmoid turned about the origin.",
    ),
    (-(-softplus(-(-x))), algebra),  # noqa: B002  (two signs, not a decrement)
    (-log(sigma(-x)), using(LOG_SIGMOID, z=-x)),
)

INVERSE = derive(
    Claim(
        "softplus.inverse",
        softplus(log(exp(y) - 1)),
        "=",
        y,
        on={y: Positive},
        title="The inverse of softplus",
        says=r"Softplus undoes $\log(e^y - 1)$ on the positive half line.",
    ),
    (log(1 + exp(log(exp(y) - 1))), unfold(softplus)),
    (log(1 + (exp(y) - 1)), exp_log_laws),
    (log(exp(y)), algebra),
    (y, exp_log_laws),
)

STABLE_FORM = derive(
    Claim(
        "softplus.stable_form",
        softplus(x),
        "=",
        Max(x, 0) + log(1 + exp(-Abs(x))),
        on={x: Reals},
        title="Softplus without overflow",
        says="The exponential in this form has no positive argument.",
    ),
    (log(1 + exp(x)), unfold(softplus)),
    (
        cases((log(1 + exp(x)), x > 0), (log(1 + exp(x)), None)),
        by_cases("the sign of $x$ is told apart"),
    ),
    (
        cases((log(exp(x) * (exp(-x) + 1)), x > 0), (log(1 + exp(x)), None)),
        exp_log_laws("$e^x e^{-x} = 1$"),
    ),
    (
        cases((x + log(1 + exp(-x)), x > 0), (log(1 + exp(x)), None)),
        exp_log_laws("the logarithm of a product"),
    ),
    (
        Max(x, 0) + log(1 + exp(-Abs(x))),
        by_cases(r"$\max(x, 0)$ and $-|x|$ are $x$ and $-x$ for $x > 0$, else 0 and $x$"),
    ),
)

SECOND = derive(
    Claim(
        "softplus.second_derivative",
        D(softplus(x), x, 2),
        "=",
        sigma(x) * (1 - sigma(x)),
        on={x: Reals},
        title="The second derivative of softplus",
        says="The curvature of softplus is the slope of the sigmoid.",
    ),
    (D(sigma(x), x), using(ANTIDERIVATIVE)),
    (sigma(x) * (1 - sigma(x)), using(DERIVATIVE)),
)

CONVEX = derive(
    Claim(
        "softplus.convex",
        D(softplus(x), x, 2),
        ">",
        0,
        on={x: Reals},
        title="Softplus is strictly convex",
        says="The curvature of softplus is positive everywhere.",
        source=DUGAS,
    ),
    (D(sigma(x), x), using(ANTIDERIVATIVE)),
    (">", 0, using(SLOPE_POSITIVE)),
)
