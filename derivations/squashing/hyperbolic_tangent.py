r"""The hyperbolic tangent, tanh(x) = (e^x - e^-x) / (e^x + e^-x), range (-1, 1).

It is its own normalised form: slope 1 at 0, limits -1 and 1.

Claims
------
squashing.tanh.value_at_zero        tanh(0) = 0
squashing.tanh.fraction             tanh(x) = (1 - e^(-2x)) / (1 + e^(-2x))
squashing.tanh.odd                  tanh(-x) = -tanh(x)
squashing.tanh.sigmoid              tanh(x) = 2 sigma(2x) - 1
squashing.tanh.limit_plus           tanh tends to 1 at oo
squashing.tanh.limit_minus          tanh tends to -1 at -oo
squashing.tanh.upper_bound          tanh(x) < 1
squashing.tanh.lower_bound          -1 < tanh(x)
squashing.tanh.derivative           the derivative is 1 - tanh(x)^2
squashing.tanh.slope_at_zero        the slope at 0 is 1: tanh is its own normalised form
squashing.tanh.four_times_sigmoid   its slope at 0 is four times the sigmoid's
"""

from __future__ import annotations

from derivations.core import (
    Claim,
    D,
    Q,
    Reals,
    algebra,
    derive,
    evaluate,
    exp,
    exp_log_laws,
    fold,
    limit,
    limit_laws,
    num,
    oo,
    positivity,
    prime,
    quotient_rule,
    symbol,
    tanh,
    unfold,
    using,
)
from derivations.sigmoid import sigma
from derivations.sigmoid_derivative import DERIVATIVE_AT_ZERO

x = symbol("x")
u = -x
SOURCE = "NIST Digital Library of Mathematical Functions, 4.28 to 4.37"

VALUE_AT_ZERO = derive(
    Claim(
        "squashing.tanh.value_at_zero",
        tanh(0),
        "=",
        0,
        on={},
        title="Value at 0",
        says="The hyperbolic tangent passes through the origin.",
    ),
    ((exp(0) - exp(-num(0))) / (exp(0) + exp(-num(0))), unfold(tanh)),
    ((num(1) - 1) / (num(1) + 1), evaluate),
    (0, algebra),
)

AS_FRACTION = derive(
    Claim(
        "squashing.tanh.fraction",
        tanh(x),
        "=",
        (1 - exp(-2 * x)) / (1 + exp(-2 * x)),
        on={x: Reals},
        title="In terms of $e^{-2x}$",
        says="Divided above and below by $e^x$, it has bounded exponentials on the right.",
    ),
    ((exp(x) - exp(-x)) / (exp(x) + exp(-x)), unfold(tanh)),
    (
        (1 - exp(-2 * x)) / (1 + exp(-2 * x)),
        exp_log_laws("divide both by $e^x$"),
    ),
)

ODD = derive(
    Claim(
        "squashing.tanh.odd",
        tanh(-x),
        "=",
        -tanh(x),
        on={x: Reals},
        title="Symmetry",
        says="The hyperbolic tangent is odd.",
    ),
    ((exp(u) - exp(-u)) / (exp(u) + exp(-u)), unfold(tanh)),
    (-((exp(x) - exp(-x)) / (exp(x) + exp(-x))), algebra),
    (-tanh(x), fold(tanh)),
)

SIGMOID = derive(
    Claim(
        "squashing.tanh.sigmoid",
        tanh(x),
        "=",
        2 * sigma(2 * x) - 1,
        on={x: Reals},
        title="From the sigmoid",
        says="The hyperbolic tangent is the sigmoid, stretched to the range $(-1, 1)$.",
    ),
    ((1 - exp(-2 * x)) / (1 + exp(-2 * x)), using(AS_FRACTION)),
    (2 * (1 / (1 + exp(-2 * x))) - 1, algebra),
    (2 * sigma(2 * x) - 1, fold(sigma)),
)

LIMIT_PLUS = derive(
    Claim(
        "squashing.tanh.limit_plus",
        limit(tanh(x), x, oo),
        "=",
        1,
        on={},
        title="Limit on the right",
        says=r"Towards $\infty$ the hyperbolic tangent tends to 1.",
    ),
    (limit((1 - exp(-2 * x)) / (1 + exp(-2 * x)), x, oo), using(AS_FRACTION)),
    ((num(1) - 0) / (num(1) + 0), limit_laws),
    (1, algebra),
)

LIMIT_MINUS = derive(
    Claim(
        "squashing.tanh.limit_minus",
        limit(tanh(x), x, -oo),
        "=",
        -num(1),
        on={},
        title="Limit on the left",
        says=r"Towards $-\infty$ it tends to $-1$.",
    ),
    (limit(2 * sigma(2 * x) - 1, x, -oo), using(SIGMOID)),
    (2 * num(0) - 1, limit_laws("the sigmoid tends to 0")),
    (-num(1), algebra),
)

UPPER_BOUND = derive(
    Claim(
        "squashing.tanh.upper_bound",
        tanh(x),
        "<",
        1,
        on={x: Reals},
        title="Upper bound",
        says="It never reaches 1, its limit on the right.",
    ),
    ((1 - exp(-2 * x)) / (1 + exp(-2 * x)), using(AS_FRACTION)),
    (1 - 2 * (exp(-2 * x) / (1 + exp(-2 * x))), algebra),
    ("<", 1, positivity),
)

LOWER_BOUND = derive(
    Claim(
        "squashing.tanh.lower_bound",
        tanh(x),
        ">",
        -num(1),
        on={x: Reals},
        title="Lower bound",
        says="It never reaches $-1$, its limit on the left.",
    ),
    ((1 - exp(-2 * x)) / (1 + exp(-2 * x)), using(AS_FRACTION)),
    (2 / (1 + exp(-2 * x)) - 1, algebra),
    (">", -num(1), positivity),
)

DERIVATIVE = derive(
    Claim(
        "squashing.tanh.derivative",
        D(tanh(x), x),
        "=",
        1 - tanh(x) ** 2,
        on={x: Reals},
        title="Derivative",
        says="The derivative is a polynomial in the function itself.",
        source=SOURCE,
    ),
    (D((exp(x) - exp(-x)) / (exp(x) + exp(-x)), x), unfold(tanh)),
    (
        ((exp(x) + exp(-x)) * (exp(x) + exp(-x)) - (exp(x) - exp(-x)) * (exp(x) - exp(-x)))
        / (exp(x) + exp(-x)) ** 2,
        quotient_rule,
    ),
    (1 - ((exp(x) - exp(-x)) / (exp(x) + exp(-x))) ** 2, algebra("split the fraction")),
    (1 - tanh(x) ** 2, fold(tanh)),
)

SLOPE_AT_ZERO = derive(
    Claim(
        "squashing.tanh.slope_at_zero",
        prime(tanh, 0),
        "=",
        1,
        on={},
        title="Slope at 0: tanh is its own normalised form",
        says="With slope 1 at 0 and range $(-1, 1)$ it is its own normalised form.",
    ),
    (1 - tanh(0) ** 2, using(DERIVATIVE, x=0)),
    (1 - num(0) ** 2, using(VALUE_AT_ZERO)),
    (1, evaluate),
)

FOUR_TIMES = derive(
    Claim(
        "squashing.tanh.four_times_sigmoid",
        prime(tanh, 0),
        "=",
        4 * prime(sigma, 0),
        on={},
        title="Four times the slope of the sigmoid",
        says="The slope at 0 is four times that of the sigmoid.",
    ),
    (1, using(SLOPE_AT_ZERO)),
    (4 * Q(1, 4), algebra),
    (4 * prime(sigma, 0), using(DERIVATIVE_AT_ZERO)),
)
