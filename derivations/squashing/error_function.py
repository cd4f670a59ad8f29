r"""The error function; its normalised form is erf(sqrt(pi) x / 2).

Claims
------
squashing.erf.value_at_zero            erf(0) = 0
squashing.erf.integral                 it is 2/sqrt(pi) times the integral of exp(-t^2)
squashing.erf.limit_plus               erf tends to 1 at oo
squashing.erf.limit_minus              erf tends to -1 at -oo
squashing.erf.odd                      erf(-x) = -erf(x)
squashing.erf.upper_bound              erf(x) < 1
squashing.erf.lower_bound              -1 < erf(x)
squashing.erf.derivative               the derivative is 2/sqrt(pi) exp(-x^2)
squashing.erf.derivative_positive      it is positive
squashing.erf.normalised_derivative    that of the normalised form is exp(-(sqrt(pi) x / 2)^2)
squashing.erf.normalised_slope         the normalised form has slope 1 at 0
squashing.erf.normalised_odd           the normalised form is odd
squashing.erf.normalised_limit_plus    the normalised form tends to 1 at oo
squashing.erf.normalised_limit_minus   the normalised form tends to -1 at -oo
squashing.erf.normalised_upper_bound   the normalised form is below 1
squashing.erf.normalised_lower_bound   the normalised form is above -1
"""

from __future__ import annotations

from derivations.core import (
    Claim,
    D,
    Reals,
    algebra,
    chain_rule,
    cited,
    define,
    derive,
    differentiate,
    erf,
    evaluate,
    exp,
    fold,
    integral,
    limit,
    limit_laws,
    linearity,
    num,
    oo,
    pi,
    positivity,
    prime,
    sqrt,
    substitution,
    symbols,
    unfold,
    using,
)

x, t, s, w = symbols("x t s w")
SOURCE = "NIST Digital Library of Mathematical Functions, 7.2 and 7.4"
normalised = define("erf_1", x, erf(sqrt(pi) * x / 2), latex=r"s_{\mathrm{erf}}")

VALUE_AT_ZERO = derive(
    Claim(
        "squashing.erf.value_at_zero",
        erf(0),
        "=",
        0,
        on={},
        title="Value at 0",
        says="The error function passes through the origin.",
    ),
    (0, evaluate),
)

INTEGRAL = derive(
    Claim(
        "squashing.erf.integral",
        erf(x),
        "=",
        2 / sqrt(pi) * integral(exp(-(t**2)), t, 0, x),
        on={x: Reals},
        title="The error function as an integral",
        says="The error function is defined by the integral of a Gaussian.",
        source=SOURCE,
    ),
    (
        2 / sqrt(pi) * integral(exp(-(t**2)), t, 0, x),
        cited("the definition of the error function", SOURCE),
    ),
)

LIMIT_PLUS = derive(
    Claim(
        "squashing.erf.limit_plus",
        limit(erf(x), x, oo),
        "=",
        1,
        on={},
        title="Limit on the right",
        says=r"Towards $\infty$ the error function tends to 1.",
    ),
    (1, limit_laws),
)

LIMIT_MINUS = derive(
    Claim(
        "squashing.erf.limit_minus",
        limit(erf(x), x, -oo),
        "=",
        -num(1),
        on={},
        title="Limit on the left",
        says=r"Towards $-\infty$ the error function tends to $-1$.",
    ),
    (-num(1), limit_laws),
)

ODD = derive(
    Claim(
        "squashing.erf.odd",
        erf(-x),
        "=",
        -erf(x),
        on={x: Reals},
        title="Symmetry",
        says="The error function is odd.",
    ),
    (2 / sqrt(pi) * integral(exp(-(t**2)), t, 0, -x), using(INTEGRAL, x=-x)),
    (2 / sqrt(pi) * integral(-exp(-((-s) ** 2)), s, 0, x), substitution(t, -s)),
    (2 / sqrt(pi) * integral(-exp(-(s**2)), s, 0, x), algebra),
    (-(2 / sqrt(pi) * integral(exp(-(s**2)), s, 0, x)), linearity),
    (-erf(x), using(INTEGRAL)),
)

UPPER_BOUND = derive(
    Claim(
        "squashing.erf.upper_bound",
        erf(x),
        "<",
        1,
        on={x: Reals},
        title="Upper bound",
        says="The error function never reaches its limit on the right.",
    ),
    (
        1 - 2 / sqrt(pi) * integral(exp(-(t**2)), t, x, oo),
        cited("the complementary error function", SOURCE),
    ),
    ("<", 1, positivity),
)

LOWER_BOUND = derive(
    Claim(
        "squashing.erf.lower_bound",
        erf(x),
        ">",
        -num(1),
        on={x: Reals},
        title="Lower bound",
        says="The error function never reaches its limit on the left.",
    ),
    (-erf(-x), using(ODD)),
    (">", -num(1), using(UPPER_BOUND, x=-x)),
)

DERIVATIVE = derive(
    Claim(
        "squashing.erf.derivative",
        D(erf(x), x),
        "=",
        2 / sqrt(pi) * exp(-(x**2)),
        on={x: Reals},
        title="Derivative",
        says="The derivative of the error function is a Gaussian.",
        source=SOURCE,
    ),
    (D(2 / sqrt(pi) * integral(exp(-(t**2)), t, 0, x), x), using(INTEGRAL)),
    (2 / sqrt(pi) * exp(-(x**2)), differentiate("fundamental theorem of calculus")),
)

DERIVATIVE_POSITIVE = derive(
    Claim(
        "squashing.erf.derivative_positive",
        D(erf(x), x),
        ">",
        0,
        on={x: Reals},
        title="The derivative is positive",
        says="The error function is strictly increasing.",
    ),
    (2 / sqrt(pi) * exp(-(x**2)), using(DERIVATIVE)),
    (">", 0, positivity),
)

NORMALISED_DERIVATIVE = derive(
    Claim(
        "squashing.erf.normalised_derivative",
        D(normalised(x), x),
        "=",
        exp(-((sqrt(pi) * x / 2) ** 2)),
        on={x: Reals},
        title="Derivative of the normalised form",
        says="The normalised form has a Gaussian of height 1 as its derivative.",
    ),
    (D(erf(sqrt(pi) * x / 2), x), unfold(normalised)),
    (2 / sqrt(pi) * exp(-((sqrt(pi) * x / 2) ** 2)) * (sqrt(pi) / 2), chain_rule),
    (exp(-((sqrt(pi) * x / 2) ** 2)), algebra),
)

NORMALISED_SLOPE = derive(
    Claim(
        "squashing.erf.normalised_slope",
        prime(normalised, 0),
        "=",
        1,
        on={},
        title="The normalised form has slope 1",
        says="Argument and value are scaled so that the slope at 0 is 1.",
    ),
    (exp(-((sqrt(pi) * 0 / 2) ** 2)), using(NORMALISED_DERIVATIVE, x=0)),
    (1, evaluate),
)

NORMALISED_ODD = derive(
    Claim(
        "squashing.erf.normalised_odd",
        normalised(-x),
        "=",
        -normalised(x),
        on={x: Reals},
        title="The normalised form is odd",
        says="The normalised form is odd as well.",
    ),
    (erf(sqrt(pi) * -x / 2), unfold(normalised)),
    (erf(-(sqrt(pi) * x / 2)), algebra),
    (-erf(sqrt(pi) * x / 2), using(ODD, x=sqrt(pi) * x / 2)),
    (-normalised(x), fold(normalised)),
)

NORMALISED_LIMIT_PLUS = derive(
    Claim(
        "squashing.erf.normalised_limit_plus",
        limit(normalised(x), x, oo),
        "=",
        1,
        on={},
        title="The normalised form tends to 1",
        says=r"Towards $\infty$ the normalised form tends to 1.",
    ),
    (limit(erf(sqrt(pi) * x / 2), x, oo), unfold(normalised)),
    (limit(erf(w), w, oo), substitution(x, 2 * w / sqrt(pi))),
    (1, using(LIMIT_PLUS)),
)

NORMALISED_LIMIT_MINUS = derive(
    Claim(
        "squashing.erf.normalised_limit_minus",
        limit(normalised(x), x, -oo),
        "=",
        -num(1),
        on={},
        title="The normalised form tends to $-1$ on the left",
        says=r"Towards $-\infty$ the normalised form tends to $-1$.",
    ),
    (limit(erf(sqrt(pi) * x / 2), x, -oo), unfold(normalised)),
    (limit(erf(w), w, -oo), substitution(x, 2 * w / sqrt(pi))),
    (-num(1), using(LIMIT_MINUS)),
)

NORMALISED_UPPER_BOUND = derive(
    Claim(
        "squashing.erf.normalised_upper_bound",
        normalised(x),
        "<",
        1,
        on={x: Reals},
        title="The normalised form is below 1",
        says="The range of the normalised form ends below 1.",
    ),
    (erf(sqrt(pi) * x / 2), unfold(normalised)),
    ("<", 1, using(UPPER_BOUND, x=sqrt(pi) * x / 2)),
)

NORMALISED_LOWER_BOUND = derive(
    Claim(
        "squashing.erf.normalised_lower_bound",
        normalised(x),
        ">",
        -num(1),
        on={x: Reals},
        title="The normalised form is above $-1$",
        says="The range of the normalised form begins above $-1$.",
    ),
    (erf(sqrt(pi) * x / 2), unfold(normalised)),
    (">", -num(1), using(LOWER_BOUND, x=sqrt(pi) * x / 2)),
)
