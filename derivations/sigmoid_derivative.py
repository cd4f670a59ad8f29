r"""The derivative of the sigmoid as a function of its own: even, a hump of height 1/4 at 0.

It tends to 0 in both tails. Its inflections are the chapter `sigmoid_inflections`.

Claims
------
sigmoid.derivative_even                       sigma'(-x) = sigma'(x)
sigmoid.derivative_positive                   sigma'(x) > 0
sigmoid.derivative_at_zero                    sigma'(0) = 1/4
sigmoid.derivative_square_form                sigma'(x) = 1/4 - (sigma(x) - 1/2)^2
sigmoid.derivative_at_most_quarter            sigma'(x) <= 1/4
sigmoid.derivative_below_quarter              sigma'(x) < 1/4 where x is not 0
sigmoid.derivative_decreasing                 sigma'(a) > sigma'(b) where 0 < a < b
sigmoid.derivative_limit_at_minus_infinity    sigma'(x) tends to 0 as x tends to -oo
sigmoid.derivative_limit_at_infinity          sigma'(x) tends to 0 as x tends to oo
sigmoid.second_derivative                     sigma''(x) = sigma(x) (1 - sigma(x)) (1 - 2 sigma(x))
sigmoid.second_derivative_fraction            sigma''(x) = e^x (1 - e^x) / (e^x + 1)^3
sigmoid.second_derivative_positive_on_left    sigma''(x) > 0 for x < 0
sigmoid.second_derivative_at_zero             sigma''(0) = 0
sigmoid.second_derivative_negative_on_right   sigma''(x) < 0 for x > 0
"""

from derivations.core import (
    Claim,
    D,
    Negative,
    Positive,
    Q,
    Reals,
    algebra,
    derive,
    exp,
    limit,
    limit_laws,
    monotonicity,
    ne,
    num,
    oo,
    positivity,
    prime,
    product_rule,
    symbols,
    using,
)
from derivations.sigmoid import (
    AT_ZERO,
    DERIVATIVE,
    DERIVATIVE_FRACTION,
    EXP_FORM,
    REFLECTION,
    sigma,
)

MINAI = "Minai and Williams (1993), On the derivatives of the sigmoid, Neural Networks 6, 845-853"

x, a, b = symbols("x a b")

# ------------------------------------------------------------------------- symmetry and bounds

EVEN = derive(
    Claim(
        "sigmoid.derivative_even",
        prime(sigma, -x),
        "=",
        prime(sigma, x),
        on={x: Reals},
        title="The derivative is even",
        says="The slopes at a point and at its mirror image are equal.",
    ),
    (sigma(-x) * (1 - sigma(-x)), using(DERIVATIVE, x=-x)),
    ((1 - sigma(x)) * (1 - (1 - sigma(x))), using(REFLECTION)),
    (sigma(x) * (1 - sigma(x)), algebra),
    (prime(sigma, x), using(DERIVATIVE)),
)

POSITIVE = derive(
    Claim(
        "sigmoid.derivative_positive",
        prime(sigma, x),
        ">",
        0,
        on={x: Reals},
        title="The derivative is positive",
        says="The sigmoid has a positive slope everywhere.",
    ),
    (exp(-x) / (1 + exp(-x)) ** 2, using(DERIVATIVE_FRACTION)),
    (">", 0, positivity),
)

DERIVATIVE_AT_ZERO = derive(
    Claim(
        "sigmoid.derivative_at_zero",
        prime(sigma, 0),
        "=",
        Q(1, 4),
        on={},
        title="The slope at zero",
        says="At 0 the slope is one quarter.",
    ),
    (sigma(0) * (1 - sigma(0)), using(DERIVATIVE, x=0)),
    (Q(1, 2) * (1 - Q(1, 2)), using(AT_ZERO)),
    (Q(1, 4), algebra),
)

SQUARE_FORM = derive(
    Claim(
        "sigmoid.derivative_square_form",
        prime(sigma, x),
        "=",
        Q(1, 4) - (sigma(x) - Q(1, 2)) ** 2,
        on={x: Reals},
        title="The derivative as one quarter less a square",
        says="What the slope lacks to one quarter is a square.",
    ),
    (sigma(x) * (1 - sigma(x)), using(DERIVATIVE)),
    (sigma(x) - sigma(x) ** 2, algebra("expand")),
    (Q(1, 4) - (sigma(x) - Q(1, 2)) ** 2, algebra("complete the square")),
)

AT_MOST_QUARTER = derive(
    Claim(
        "sigmoid.derivative_at_most_quarter",
        prime(sigma, x),
        "<=",
        Q(1, 4),
        on={x: Reals},
        title="The derivative is at most one quarter",
        says="No slope exceeds one quarter.",
        source=MINAI,
    ),
    (Q(1, 4) - (sigma(x) - Q(1, 2)) ** 2, using(SQUARE_FORM)),
    ("<=", Q(1, 4), positivity("a square is not negative")),
)

BELOW_QUARTER = derive(
    Claim(
        "sigmoid.derivative_below_quarter",
        prime(sigma, x),
        "<",
        Q(1, 4),
        on={x: Reals},
        where=ne(x, 0),
        title="The greatest slope is at zero only",
        says="Away from 0 the slope is less than one quarter.",
    ),
    (Q(1, 4) - (sigma(x) - Q(1, 2)) ** 2, using(SQUARE_FORM)),
    (Q(1, 4) - (exp(x) / (exp(x) + 1) - Q(1, 2)) ** 2, using(EXP_FORM)),
    (Q(1, 4) - ((exp(x) - 1) / (2 * (exp(x) + 1))) ** 2, algebra("a common denominator")),
    ("<", Q(1, 4), positivity("$e^x$ is 1 at 0 only")),
)

DECREASING = derive(
    Claim(
        "sigmoid.derivative_decreasing",
        prime(sigma, a),
        ">",
        prime(sigma, b),
        on={a: Positive, b: Positive},
        where=a < b,
        title="The derivative falls on the right",
        says="To the right of 0 the slope is strictly decreasing.",
    ),
    (Q(1, 4) - (sigma(a) - Q(1, 2)) ** 2, using(SQUARE_FORM, x=a)),
    (
        ">",
        Q(1, 4) - (sigma(b) - Q(1, 2)) ** 2,
        monotonicity("the sigmoid rises, and is above one half"),
    ),
    (prime(sigma, b), using(SQUARE_FORM, x=b)),
)

# -------------------------------------------------------------------------------------- tails

LIMIT_AT_MINUS_INFINITY = derive(
    Claim(
        "sigmoid.derivative_limit_at_minus_infinity",
        limit(prime(sigma, x), x, -oo),
        "=",
        0,
        on={},
        title="The slope on the left",
        says=r"Towards $-\infty$ the slope tends to 0.",
    ),
    (limit(sigma(x) * (1 - sigma(x)), x, -oo), using(DERIVATIVE)),
    (0 * (num(1) - 0), limit_laws),
    (0, algebra),
)

LIMIT_AT_INFINITY = derive(
    Claim(
        "sigmoid.derivative_limit_at_infinity",
        limit(prime(sigma, x), x, oo),
        "=",
        0,
        on={},
        title="The slope on the right",
        says=r"Towards $\infty$ the slope tends to 0.",
    ),
    (limit(sigma(x) * (1 - sigma(x)), x, oo), using(DERIVATIVE)),
    (1 * (num(1) - 1), limit_laws),
    (0, algebra),
)

# -------------------------------------------------------------------------- second derivative

SECOND = derive(
    Claim(
        "sigmoid.second_derivative",
        D(sigma(x), x, 2),
        "=",
        sigma(x) * (1 - sigma(x)) * (1 - 2 * sigma(x)),
        on={x: Reals},
        title="The second derivative",
        says=r"The slope of the slope is a polynomial in $\sigma(x)$.",
        source=MINAI,
    ),
    (D(sigma(x) * (1 - sigma(x)), x), using(DERIVATIVE)),
    (
        D(sigma(x), x) * (1 - sigma(x)) + sigma(x) * (-D(sigma(x), x)),
        product_rule,
    ),
    (D(sigma(x), x) * (1 - 2 * sigma(x)), algebra("factor")),
    (sigma(x) * (1 - sigma(x)) * (1 - 2 * sigma(x)), using(DERIVATIVE)),
)

SECOND_FRACTION = derive(
    Claim(
        "sigmoid.second_derivative_fraction",
        D(sigma(x), x, 2),
        "=",
        exp(x) * (1 - exp(x)) / (exp(x) + 1) ** 3,
        on={x: Reals},
        title="The second derivative as a fraction",
        says="The sign of the second derivative is that of $1 - e^x$.",
    ),
    (sigma(x) * (1 - sigma(x)) * (1 - 2 * sigma(x)), using(SECOND)),
    (
        exp(x) / (exp(x) + 1) * (1 - exp(x) / (exp(x) + 1)) * (1 - 2 * (exp(x) / (exp(x) + 1))),
        using(EXP_FORM),
    ),
    (
        exp(x) / (exp(x) + 1) * (1 / (exp(x) + 1)) * ((1 - exp(x)) / (exp(x) + 1)),
        algebra("common denominators"),
    ),
    (exp(x) * (1 - exp(x)) / (exp(x) + 1) ** 3, algebra("multiply")),
)

SECOND_POSITIVE_ON_LEFT = derive(
    Claim(
        "sigmoid.second_derivative_positive_on_left",
        prime(sigma, x, 2),
        ">",
        0,
        on={x: Negative},
        title="The sigmoid is convex on the left",
        says="To the left of 0 the slope rises.",
    ),
    (exp(x) * (1 - exp(x)) / (exp(x) + 1) ** 3, using(SECOND_FRACTION)),
    (">", 0, positivity("$e^x$ is less than 1")),
)

SECOND_AT_ZERO = derive(
    Claim(
        "sigmoid.second_derivative_at_zero",
        prime(sigma, 0, 2),
        "=",
        0,
        on={},
        title="The inflection of the sigmoid",
        says="At 0 the sigmoid changes from convex to concave.",
    ),
    (sigma(0) * (1 - sigma(0)) * (1 - 2 * sigma(0)), using(SECOND, x=0)),
    (Q(1, 2) * (1 - Q(1, 2)) * (1 - 2 * Q(1, 2)), using(AT_ZERO)),
    (0, algebra),
)

SECOND_NEGATIVE_ON_RIGHT = derive(
    Claim(
        "sigmoid.second_derivative_negative_on_right",
        prime(sigma, x, 2),
        "<",
        0,
        on={x: Positive},
        title="The sigmoid is concave on the right",
        says="To the right of 0 the slope falls.",
    ),
    (exp(x) * (1 - exp(x)) / (exp(x) + 1) ** 3, using(SECOND_FRACTION)),
    ("<", 0, positivity("$e^x$ is greater than 1")),
)
