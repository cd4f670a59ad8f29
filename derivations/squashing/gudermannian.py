r"""The Gudermannian, gd(x) = 2 arctan(tanh(x/2)); its normalised form is (2/pi) gd(pi x / 2).

Claims
------
squashing.gudermannian.value_at_zero            gd(0) = 0
squashing.gudermannian.limit_plus               gd tends to pi/2 at oo
squashing.gudermannian.limit_minus              gd tends to -pi/2 at -oo
squashing.gudermannian.upper_bound              gd(x) < pi/2
squashing.gudermannian.lower_bound              -pi/2 < gd(x)
squashing.gudermannian.odd                      gd(-x) = -gd(x)
squashing.gudermannian.derivative               the derivative is 1/cosh(x)
squashing.gudermannian.derivative_positive      it is positive
squashing.gudermannian.normalised_derivative    that of the normalised form is 1/cosh(pi x / 2)
squashing.gudermannian.normalised_slope         the normalised form has slope 1 at 0
squashing.gudermannian.normalised_odd           the normalised form is odd
squashing.gudermannian.normalised_limit_plus    the normalised form tends to 1 at oo
squashing.gudermannian.normalised_limit_minus   the normalised form tends to -1 at -oo
squashing.gudermannian.normalised_upper_bound   the normalised form is below 1
squashing.gudermannian.normalised_lower_bound   the normalised form is above -1
"""

from __future__ import annotations

from derivations.core import (
    Claim,
    D,
    Q,
    Reals,
    algebra,
    atan,
    chain_rule,
    cosh,
    define,
    derive,
    evaluate,
    exp,
    exp_log_laws,
    fold,
    limit,
    limit_laws,
    monotonicity,
    num,
    oo,
    pi,
    positivity,
    prime,
    symbol,
    tanh,
    unfold,
    using,
)
from derivations.squashing import arctangent, hyperbolic_tangent

x = symbol("x")
SOURCE = "NIST Digital Library of Mathematical Functions, 4.23(viii)"
gd = define("gd", x, 2 * atan(tanh(x / 2)), latex=r"\operatorname{gd}")
normalised = define("gd_1", x, 2 / pi * gd(pi * x / 2), latex=r"s_{\mathrm{gd}}")

VALUE_AT_ZERO = derive(
    Claim(
        "squashing.gudermannian.value_at_zero",
        gd(0),
        "=",
        0,
        on={},
        title="Value at 0",
        says="The Gudermannian passes through the origin.",
    ),
    (2 * atan(tanh(num(0) / 2)), unfold(gd)),
    (0, evaluate),
)

LIMIT_PLUS = derive(
    Claim(
        "squashing.gudermannian.limit_plus",
        limit(gd(x), x, oo),
        "=",
        pi / 2,
        on={},
        title="Limit on the right",
        says=r"Towards $\infty$ the Gudermannian tends to $\pi/2$.",
    ),
    (limit(2 * atan(tanh(x / 2)), x, oo), unfold(gd)),
    (2 * atan(1), limit_laws),
    (2 * (pi / 4), evaluate),
    (pi / 2, algebra),
)

LIMIT_MINUS = derive(
    Claim(
        "squashing.gudermannian.limit_minus",
        limit(gd(x), x, -oo),
        "=",
        -pi / 2,
        on={},
        title="Limit on the left",
        says=r"Towards $-\infty$ the Gudermannian tends to $-\pi/2$.",
    ),
    (limit(2 * atan(tanh(x / 2)), x, -oo), unfold(gd)),
    (2 * atan(-num(1)), limit_laws),
    (2 * (-pi / 4), evaluate),
    (-pi / 2, algebra),
)

UPPER_BOUND = derive(
    Claim(
        "squashing.gudermannian.upper_bound",
        gd(x),
        "<",
        pi / 2,
        on={x: Reals},
        title="Upper bound",
        says="The Gudermannian never reaches its limit on the right.",
    ),
    (2 * atan(tanh(x / 2)), unfold(gd)),
    ("<", 2 * atan(1), monotonicity(r"$\tanh(x/2) < 1$")),
    (2 * (pi / 4), evaluate),
    (pi / 2, algebra),
)

LOWER_BOUND = derive(
    Claim(
        "squashing.gudermannian.lower_bound",
        gd(x),
        ">",
        -pi / 2,
        on={x: Reals},
        title="Lower bound",
        says="The Gudermannian never reaches its limit on the left.",
    ),
    (2 * atan(tanh(x / 2)), unfold(gd)),
    (">", 2 * atan(-num(1)), monotonicity(r"$\tanh(x/2) > -1$")),
    (2 * (-pi / 4), evaluate),
    (-pi / 2, algebra),
)

ODD = derive(
    Claim(
        "squashing.gudermannian.odd",
        gd(-x),
        "=",
        -gd(x),
        on={x: Reals},
        title="Symmetry",
        says="The Gudermannian is odd.",
    ),
    (2 * atan(tanh(-x / 2)), unfold(gd)),
    (2 * atan(-tanh(x / 2)), using(hyperbolic_tangent.ODD, x=x / 2)),
    (2 * -atan(tanh(x / 2)), using(arctangent.ODD, x=tanh(x / 2))),
    (-(2 * atan(tanh(x / 2))), algebra),
    (-gd(x), fold(gd)),
)

DERIVATIVE = derive(
    Claim(
        "squashing.gudermannian.derivative",
        D(gd(x), x),
        "=",
        1 / cosh(x),
        on={x: Reals},
        title="Derivative",
        says="The derivative of the Gudermannian is the hyperbolic secant.",
        source=SOURCE,
    ),
    (D(2 * atan(tanh(x / 2)), x), unfold(gd)),
    (2 * (1 / (1 + tanh(x / 2) ** 2)) * D(tanh(x / 2), x), chain_rule),
    (
        2 * (1 / (1 + tanh(x / 2) ** 2)) * ((1 - tanh(x / 2) ** 2) * Q(1, 2)),
        chain_rule,
    ),
    ((1 - tanh(x / 2) ** 2) / (1 + tanh(x / 2) ** 2), algebra),
    (
        (1 - ((exp(x / 2) - exp(-x / 2)) / (exp(x / 2) + exp(-x / 2))) ** 2)
        / (1 + ((exp(x / 2) - exp(-x / 2)) / (exp(x / 2) + exp(-x / 2))) ** 2),
        unfold(tanh),
    ),
    (
        2 * (exp(x / 2) * exp(-x / 2)) / (exp(x / 2) ** 2 + exp(-x / 2) ** 2),
        algebra("multiply above and below by the square of the denominators, and expand"),
    ),
    (1 / ((exp(x) + exp(-x)) / 2), exp_log_laws("$e^u e^{-u} = 1$")),
    (1 / cosh(x), fold(cosh)),
)

DERIVATIVE_POSITIVE = derive(
    Claim(
        "squashing.gudermannian.derivative_positive",
        D(gd(x), x),
        ">",
        0,
        on={x: Reals},
        title="The derivative is positive",
        says="The Gudermannian is strictly increasing.",
    ),
    (1 / cosh(x), using(DERIVATIVE)),
    (">", 0, positivity),
)

NORMALISED_DERIVATIVE = derive(
    Claim(
        "squashing.gudermannian.normalised_derivative",
        D(normalised(x), x),
        "=",
        1 / cosh(pi * x / 2),
        on={x: Reals},
        title="Derivative of the normalised form",
        says="The factors inside and outside of the Gudermannian cancel.",
    ),
    (D(2 / pi * gd(pi * x / 2), x), unfold(normalised)),
    (2 / pi * (prime(gd, pi * x / 2) * (pi / 2)), chain_rule),
    (2 / pi * (1 / cosh(pi * x / 2) * (pi / 2)), using(DERIVATIVE, x=pi * x / 2)),
    (1 / cosh(pi * x / 2), algebra),
)

NORMALISED_SLOPE = derive(
    Claim(
        "squashing.gudermannian.normalised_slope",
        prime(normalised, 0),
        "=",
        1,
        on={},
        title="The normalised form has slope 1",
        says="Argument and value are scaled so that the slope at 0 is 1.",
    ),
    (1 / cosh(pi * 0 / 2), using(NORMALISED_DERIVATIVE, x=0)),
    (1, evaluate),
)

NORMALISED_ODD = derive(
    Claim(
        "squashing.gudermannian.normalised_odd",
        normalised(-x),
        "=",
        -normalised(x),
        on={x: Reals},
        title="The normalised form is odd",
        says="The normalised form is odd as well.",
    ),
    (2 / pi * gd(pi * -x / 2), unfold(normalised)),
    (2 / pi * gd(-(pi * x / 2)), algebra),
    (2 / pi * -gd(pi * x / 2), using(ODD, x=pi * x / 2)),
    (-(2 / pi * gd(pi * x / 2)), algebra),
    (-normalised(x), fold(normalised)),
)

NORMALISED_LIMIT_PLUS = derive(
    Claim(
        "squashing.gudermannian.normalised_limit_plus",
        limit(normalised(x), x, oo),
        "=",
        1,
        on={},
        title="The normalised form tends to 1",
        says=r"Towards $\infty$ the normalised form tends to 1.",
    ),
    (limit(2 / pi * gd(pi * x / 2), x, oo), unfold(normalised)),
    (2 / pi * (pi / 2), limit_laws),
    (1, algebra),
)

NORMALISED_LIMIT_MINUS = derive(
    Claim(
        "squashing.gudermannian.normalised_limit_minus",
        limit(normalised(x), x, -oo),
        "=",
        -num(1),
        on={},
        title="The normalised form tends to $-1$ on the left",
        says=r"Towards $-\infty$ the normalised form tends to $-1$.",
    ),
    (limit(2 / pi * gd(pi * x / 2), x, -oo), unfold(normalised)),
    (2 / pi * (-pi / 2), limit_laws),
    (-num(1), algebra),
)

NORMALISED_UPPER_BOUND = derive(
    Claim(
        "squashing.gudermannian.normalised_upper_bound",
        normalised(x),
        "<",
        1,
        on={x: Reals},
        title="The normalised form is below 1",
        says="The range of the normalised form ends below 1.",
    ),
    (2 / pi * gd(pi * x / 2), unfold(normalised)),
    ("<", 1, using(UPPER_BOUND, x=pi * x / 2)),
)

NORMALISED_LOWER_BOUND = derive(
    Claim(
        "squashing.gudermannian.normalised_lower_bound",
        normalised(x),
        ">",
        -num(1),
        on={x: Reals},
        title="The normalised form is above $-1$",
        says="The range of the normalised form begins above $-1$.",
    ),
    (2 / pi * gd(pi * x / 2), unfold(normalised)),
    (">", -num(1), using(LOWER_BOUND, x=pi * x / 2)),
)
