r"""The arctangent; its normalised form is (2/pi) arctan(pi x / 2).

Claims
------
squashing.arctan.value_at_zero            arctan(0) = 0
squashing.arctan.limit_plus               arctan tends to pi/2 at oo
squashing.arctan.limit_minus              arctan tends to -pi/2 at -oo
squashing.arctan.upper_bound              arctan(x) < pi/2
squashing.arctan.lower_bound              -pi/2 < arctan(x)
squashing.arctan.odd                      arctan(-x) = -arctan(x)
squashing.arctan.derivative               the derivative is 1/(1 + x^2)
squashing.arctan.derivative_positive      it is positive
squashing.arctan.normalised_derivative    that of the normalised form is 1/(1 + (pi x/2)^2)
squashing.arctan.normalised_slope         the normalised form has slope 1 at 0
squashing.arctan.normalised_odd           the normalised form is odd
squashing.arctan.normalised_limit_plus    the normalised form tends to 1 at oo
squashing.arctan.normalised_limit_minus   the normalised form tends to -1 at -oo
squashing.arctan.normalised_upper_bound   the normalised form is below 1
squashing.arctan.normalised_lower_bound   the normalised form is above -1
"""

from __future__ import annotations

from derivations.core import (
    Claim,
    D,
    Reals,
    algebra,
    atan,
    chain_rule,
    cited,
    define,
    derive,
    differentiate,
    evaluate,
    fold,
    limit,
    limit_laws,
    num,
    oo,
    pi,
    positivity,
    prime,
    symbol,
    unfold,
    using,
)

x = symbol("x")
SOURCE = "NIST Digital Library of Mathematical Functions, 4.23 and 4.24"
normalised = define("arctan_1", x, 2 / pi * atan(pi * x / 2), latex=r"s_{\arctan}")

VALUE_AT_ZERO = derive(
    Claim(
        "squashing.arctan.value_at_zero",
        atan(0),
        "=",
        0,
        on={},
        title="Value at 0",
        says="The arctangent passes through the origin.",
    ),
    (0, evaluate),
)

LIMIT_PLUS = derive(
    Claim(
        "squashing.arctan.limit_plus",
        limit(atan(x), x, oo),
        "=",
        pi / 2,
        on={},
        title="Limit on the right",
        says=r"Towards $\infty$ the arctangent tends to $\pi/2$.",
    ),
    (pi / 2, limit_laws),
)

LIMIT_MINUS = derive(
    Claim(
        "squashing.arctan.limit_minus",
        limit(atan(x), x, -oo),
        "=",
        -pi / 2,
        on={},
        title="Limit on the left",
        says=r"Towards $-\infty$ the arctangent tends to $-\pi/2$.",
    ),
    (-pi / 2, limit_laws),
)

UPPER_BOUND = derive(
    Claim(
        "squashing.arctan.upper_bound",
        atan(x),
        "<",
        pi / 2,
        on={x: Reals},
        title="Upper bound",
        says="The arctangent never reaches its limit on the right.",
        source=SOURCE,
    ),
    ("<", pi / 2, cited(r"$\arctan$ takes its values between $-\pi/2$ and $\pi/2$", SOURCE)),
)

LOWER_BOUND = derive(
    Claim(
        "squashing.arctan.lower_bound",
        atan(x),
        ">",
        -pi / 2,
        on={x: Reals},
        title="Lower bound",
        says="The arctangent never reaches its limit on the left.",
        source=SOURCE,
    ),
    (">", -pi / 2, cited(r"$\arctan$ takes its values between $-\pi/2$ and $\pi/2$", SOURCE)),
)

ODD = derive(
    Claim(
        "squashing.arctan.odd",
        atan(-x),
        "=",
        -atan(x),
        on={x: Reals},
        title="Symmetry",
        says="The arctangent is odd.",
    ),
    (-atan(x), cited(r"$\arctan$ is odd", SOURCE)),
)

DERIVATIVE = derive(
    Claim(
        "squashing.arctan.derivative",
        D(atan(x), x),
        "=",
        1 / (1 + x**2),
        on={x: Reals},
        title="Derivative",
        says="The derivative of the arctangent is a rational function.",
        source=SOURCE,
    ),
    (1 / (1 + x**2), differentiate),
)

DERIVATIVE_POSITIVE = derive(
    Claim(
        "squashing.arctan.derivative_positive",
        D(atan(x), x),
        ">",
        0,
        on={x: Reals},
        title="The derivative is positive",
        says="The arctangent is strictly increasing.",
    ),
    (1 / (1 + x**2), using(DERIVATIVE)),
    (">", 0, positivity),
)

NORMALISED_DERIVATIVE = derive(
    Claim(
        "squashing.arctan.normalised_derivative",
        D(normalised(x), x),
        "=",
        1 / (1 + (pi * x / 2) ** 2),
        on={x: Reals},
        title="Derivative of the normalised form",
        says="The factors inside and outside of the arctangent cancel.",
    ),
    (D(2 / pi * atan(pi * x / 2), x), unfold(normalised)),
    (2 / pi * (1 / (1 + (pi * x / 2) ** 2) * (pi / 2)), chain_rule),
    (1 / (1 + (pi * x / 2) ** 2), algebra),
)

NORMALISED_SLOPE = derive(
    Claim(
        "squashing.arctan.normalised_slope",
        prime(normalised, 0),
        "=",
        1,
        on={},
        title="The normalised form has slope 1",
        says="Argument and value are scaled so that the slope at 0 is 1.",
    ),
    (1 / (1 + (pi * 0 / 2) ** 2), using(NORMALISED_DERIVATIVE, x=0)),
    (1, algebra),
)

NORMALISED_ODD = derive(
    Claim(
        "squashing.arctan.normalised_odd",
        normalised(-x),
        "=",
        -normalised(x),
        on={x: Reals},
        title="The normalised form is odd",
        says="The normalised form is odd as well.",
    ),
    (2 / pi * atan(pi * -x / 2), unfold(normalised)),
    (2 / pi * atan(-(pi * x / 2)), algebra),
    (2 / pi * -atan(pi * x / 2), using(ODD, x=pi * x / 2)),
    (-(2 / pi * atan(pi * x / 2)), algebra),
    (-normalised(x), fold(normalised)),
)

NORMALISED_LIMIT_PLUS = derive(
    Claim(
        "squashing.arctan.normalised_limit_plus",
        limit(normalised(x), x, oo),
        "=",
        1,
        on={},
        title="The normalised form tends to 1",
        says=r"Towards $\infty$ the normalised form tends to 1.",
    ),
    (limit(2 / pi * atan(pi * x / 2), x, oo), unfold(normalised)),
    (2 / pi * (pi / 2), limit_laws),
    (1, algebra),
)

NORMALISED_LIMIT_MINUS = derive(
    Claim(
        "squashing.arctan.normalised_limit_minus",
        limit(normalised(x), x, -oo),
        "=",
        -num(1),
        on={},
        title="The normalised form tends to $-1$ on the left",
        says=r"Towards $-\infty$ the normalised form tends to $-1$.",
    ),
    (limit(2 / pi * atan(pi * x / 2), x, -oo), unfold(normalised)),
    (2 / pi * (-pi / 2), limit_laws),
    (-num(1), algebra),
)

NORMALISED_UPPER_BOUND = derive(
    Claim(
        "squashing.arctan.normalised_upper_bound",
        normalised(x),
        "<",
        1,
        on={x: Reals},
        title="The normalised form is below 1",
        says="The range of the normalised form ends below 1.",
    ),
    (2 / pi * atan(pi * x / 2), unfold(normalised)),
    ("<", 1, using(UPPER_BOUND, x=pi * x / 2)),
)

NORMALISED_LOWER_BOUND = derive(
    Claim(
        "squashing.arctan.normalised_lower_bound",
        normalised(x),
        ">",
        -num(1),
        on={x: Reals},
        title="The normalised form is above $-1$",
        says="The range of the normalised form begins above $-1$.",
    ),
    (2 / pi * atan(pi * x / 2), unfold(normalised)),
    (">", -num(1), using(LOWER_BOUND, x=pi * x / 2)),
)
