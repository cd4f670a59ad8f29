r"""Where the derivative of the sigmoid has its inflections: at log(2 + r) and -log(2 + r), r^2 = 3.

There the third derivative of the sigmoid changes sign.

Claims
------
sigmoid.third_derivative                        it is = sigma (1 - sigma) (1 - 6 sigma + 6 sigma^2)
sigmoid.third_derivative_fraction               sigma'''(x) as a fraction in e^x, factored
sigmoid.inflection_on_right                     sigma'''(log(2 + sqrt(3))) = 0
sigmoid.inflection_on_left                      sigma'''(-log(2 + sqrt(3))) = 0
sigmoid.third_derivative_left_of_inflections    sigma'''(x) > 0 for x < -log(2 + sqrt(3))
sigmoid.third_derivative_between_inflections    sigma'''(x) < 0 for abs(x) < log(2 + sqrt(3))
sigmoid.third_derivative_right_of_inflections   sigma'''(x) > 0 for x > log(2 + sqrt(3))
sigmoid.derivative_at_inflection                sigma'(log(2 + sqrt(3))) = 1/6
"""

from derivations.core import (
    Claim,
    D,
    Formula,
    Q,
    Reals,
    algebra,
    chain_rule,
    derive,
    exp,
    exp_log_laws,
    interval,
    log,
    num,
    oo,
    positivity,
    prime,
    sqrt,
    symbol,
    using,
)
from derivations.sigmoid import (
    DERIVATIVE,
    DERIVATIVE_FRACTION,
    EXP_FORM,
    sigma,
)
from derivations.sigmoid_derivative import MINAI, SECOND

x = symbol("x")
r = sqrt(num(3))
inflection = log(2 + r)

# ------------------------------------------------------------- third derivative, inflections

THIRD = derive(
    Claim(
        "sigmoid.third_derivative",
        D(sigma(x), x, 3),
        "=",
        sigma(x) * (1 - sigma(x)) * (1 - 6 * sigma(x) + 6 * sigma(x) ** 2),
        on={x: Reals},
        title="The third derivative",
        says="The curvature of the slope is a polynomial in $\\sigma(x)$ too.",
        source=MINAI,
    ),
    (D(sigma(x) * (1 - sigma(x)) * (1 - 2 * sigma(x)), x), using(SECOND)),
    (D(sigma(x) - 3 * sigma(x) ** 2 + 2 * sigma(x) ** 3, x), algebra("expand")),
    (
        D(sigma(x), x)
        - 3 * (2 * sigma(x) * D(sigma(x), x))
        + 2 * (3 * sigma(x) ** 2 * D(sigma(x), x)),
        chain_rule,
    ),
    (D(sigma(x), x) * (1 - 6 * sigma(x) + 6 * sigma(x) ** 2), algebra("factor")),
    (
        sigma(x) * (1 - sigma(x)) * (1 - 6 * sigma(x) + 6 * sigma(x) ** 2),
        using(DERIVATIVE),
    ),
)

THIRD_FRACTION = derive(
    Claim(
        "sigmoid.third_derivative_fraction",
        D(sigma(x), x, 3),
        "=",
        exp(x) * (exp(x) - (2 + r)) * (exp(x) - (2 - r)) / (exp(x) + 1) ** 4,
        on={x: Reals},
        title="The third derivative as a fraction",
        says=r"The third derivative is 0 where $e^x$ is $2 + \sqrt{3}$ or $2 - \sqrt{3}$.",
    ),
    (
        sigma(x) * (1 - sigma(x)) * (1 - 6 * sigma(x) + 6 * sigma(x) ** 2),
        using(THIRD),
    ),
    (
        exp(x)
        / (exp(x) + 1)
        * (1 - exp(x) / (exp(x) + 1))
        * (1 - 6 * (exp(x) / (exp(x) + 1)) + 6 * (exp(x) / (exp(x) + 1)) ** 2),
        using(EXP_FORM),
    ),
    (
        exp(x)
        / (exp(x) + 1)
        * (1 / (exp(x) + 1))
        * ((exp(x) ** 2 - 4 * exp(x) + 1) / (exp(x) + 1) ** 2),
        algebra("common denominators"),
    ),
    (
        exp(x) * (exp(x) ** 2 - 4 * exp(x) + 1) / (exp(x) + 1) ** 4,
        algebra("multiply"),
    ),
    (
        exp(x) * (exp(x) - (2 + r)) * (exp(x) - (2 - r)) / (exp(x) + 1) ** 4,
        exp_log_laws(r"$\sqrt{3}^2 = 3$"),
    ),
)


def third(point: Formula) -> Formula:
    """The third derivative as a fraction, at a point."""
    e = exp(point)
    return e * (e - (2 + r)) * (e - (2 - r)) / (e + 1) ** 4


INFLECTION_ON_RIGHT = derive(
    Claim(
        "sigmoid.inflection_on_right",
        prime(sigma, inflection, 3),
        "=",
        0,
        on={},
        title="The inflection of the derivative on the right",
        says=r"The slope turns from concave to convex at $\log(2 + \sqrt{3})$.",
    ),
    (third(inflection), using(THIRD_FRACTION, x=inflection)),
    (
        (2 + r) * (2 + r - (2 + r)) * (2 + r - (2 - r)) / (2 + r + 1) ** 4,
        exp_log_laws,
    ),
    (0, algebra("the second factor is 0")),
)

INFLECTION_ON_LEFT = derive(
    Claim(
        "sigmoid.inflection_on_left",
        prime(sigma, -inflection, 3),
        "=",
        0,
        on={},
        title="The inflection of the derivative on the left",
        says=r"The slope turns from convex to concave at $-\log(2 + \sqrt{3})$.",
    ),
    (third(-inflection), using(THIRD_FRACTION, x=-inflection)),
    (
        (2 - r) * (2 - r - (2 + r)) * (2 - r - (2 - r)) / (2 - r + 1) ** 4,
        exp_log_laws(r"the inverse of $2 + \sqrt{3}$ is $2 - \sqrt{3}$"),
    ),
    (0, algebra("the third factor is 0")),
)

THIRD_LEFT = derive(
    Claim(
        "sigmoid.third_derivative_left_of_inflections",
        prime(sigma, x, 3),
        ">",
        0,
        on={x: interval(-oo, -inflection)},
        title="The slope is convex on the left",
        says="Left of both inflections the slope is convex.",
    ),
    (third(x), using(THIRD_FRACTION)),
    (
        exp(x) * (exp(x) - exp(inflection)) * (exp(x) - exp(-inflection)) / (exp(x) + 1) ** 4,
        exp_log_laws(r"the inverse of $2 + \sqrt{3}$ is $2 - \sqrt{3}$"),
    ),
    (">", 0, positivity("both differences are negative")),
)

THIRD_BETWEEN = derive(
    Claim(
        "sigmoid.third_derivative_between_inflections",
        prime(sigma, x, 3),
        "<",
        0,
        on={x: interval(-inflection, inflection)},
        title="The slope is concave in the middle",
        says="Between the inflections the slope is concave.",
    ),
    (third(x), using(THIRD_FRACTION)),
    (
        exp(x) * (exp(x) - exp(inflection)) * (exp(x) - exp(-inflection)) / (exp(x) + 1) ** 4,
        exp_log_laws(r"the inverse of $2 + \sqrt{3}$ is $2 - \sqrt{3}$"),
    ),
    ("<", 0, positivity("the differences have opposite signs")),
)

THIRD_RIGHT = derive(
    Claim(
        "sigmoid.third_derivative_right_of_inflections",
        prime(sigma, x, 3),
        ">",
        0,
        on={x: interval(inflection, oo)},
        title="The slope is convex on the right",
        says="Right of both inflections the slope is convex.",
    ),
    (third(x), using(THIRD_FRACTION)),
    (">", 0, positivity("both differences are positive")),
)

DERIVATIVE_AT_INFLECTION = derive(
    Claim(
        "sigmoid.derivative_at_inflection",
        prime(sigma, inflection),
        "=",
        Q(1, 6),
        on={},
        title="The slope at the inflections",
        says="At its inflections the slope is one sixth.",
    ),
    (
        exp(-inflection) / (1 + exp(-inflection)) ** 2,
        using(DERIVATIVE_FRACTION, x=inflection),
    ),
    (1 / (2 + r) / (1 + 1 / (2 + r)) ** 2, exp_log_laws),
    ((2 + r) / (2 + r + 1) ** 2, algebra("multiply above and below by the square")),
    (Q(1, 6), exp_log_laws(r"$\sqrt{3}^2 = 3$")),
)
