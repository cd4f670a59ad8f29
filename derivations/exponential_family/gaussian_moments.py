r"""The moments of the standard normal density phi(t) = exp(-t^2 / 2) / sqrt(2 pi).

Claims
------
exponential_family.normal.integral          exp(-t^2/2) integrates to sqrt(2 pi)
exponential_family.normal.total             phi integrates to 1
exponential_family.normal.first_moment      the first moment is 0
exponential_family.normal.second_by_parts   (t^2 - 1) phi integrates to 0
exponential_family.normal.second_moment     the second moment is 1
exponential_family.normal.third_moment      the third moment is 0
exponential_family.normal.fourth_by_parts   (t^4 - 3 t^2) phi integrates to 0
exponential_family.normal.fourth_moment     the fourth moment is 3
"""

from __future__ import annotations

from derivations.core import (
    Claim,
    algebra,
    antiderivative,
    cited,
    define,
    derive,
    exp,
    integral,
    limit,
    limit_laws,
    linearity,
    num,
    oo,
    pi,
    sqrt,
    symbol,
    unfold,
    using,
)

t = symbol("t")
phi = define("phi", t, exp(-(t**2) / 2) / sqrt(2 * pi), latex=r"\varphi")

INTEGRAL = derive(
    Claim(
        "exponential_family.normal.integral",
        integral(exp(-(t**2) / 2), t, -oo, oo),
        "=",
        sqrt(2 * pi),
        on={},
        title="The Gaussian integral",
        source="NIST Digital Library of Mathematical Functions, 7.2",
    ),
    (
        sqrt(2 * pi),
        cited("the Gaussian integral", "NIST Digital Library of Mathematical Functions, 7.2"),
    ),
)

TOTAL = derive(
    Claim(
        "exponential_family.normal.total",
        integral(phi(t), t, -oo, oo),
        "=",
        1,
        on={},
        title="The standard normal density integrates to 1",
    ),
    (integral(exp(-(t**2) / 2) / sqrt(2 * pi), t, -oo, oo), unfold(phi)),
    (integral(exp(-(t**2) / 2), t, -oo, oo) / sqrt(2 * pi), linearity),
    (sqrt(2 * pi) / sqrt(2 * pi), using(INTEGRAL)),
    (1, algebra),
)

FIRST = derive(
    Claim(
        "exponential_family.normal.first_moment",
        integral(t * phi(t), t, -oo, oo),
        "=",
        0,
        on={},
        title="The first moment",
    ),
    (
        limit(-phi(t), t, oo) - limit(-phi(t), t, -oo),
        antiderivative(-phi(t)),
    ),
    (num(0) - 0, limit_laws("the Gaussian outweighs every power")),
    (0, algebra),
)

SECOND_BY_PARTS = derive(
    Claim(
        "exponential_family.normal.second_by_parts",
        integral((t**2 - 1) * phi(t), t, -oo, oo),
        "=",
        0,
        on={},
        title="The second moment by parts",
    ),
    (
        limit(-t * phi(t), t, oo) - limit(-t * phi(t), t, -oo),
        antiderivative(-t * phi(t)),
    ),
    (num(0) - 0, limit_laws("the Gaussian outweighs every power")),
    (0, algebra),
)

SECOND = derive(
    Claim(
        "exponential_family.normal.second_moment",
        integral(t**2 * phi(t), t, -oo, oo),
        "=",
        1,
        on={},
        title="The second moment",
    ),
    (integral((t**2 - 1) * phi(t) + phi(t), t, -oo, oo), algebra("$t^2 = (t^2 - 1) + 1$")),
    (
        integral((t**2 - 1) * phi(t), t, -oo, oo) + integral(phi(t), t, -oo, oo),
        linearity,
    ),
    (0 + integral(phi(t), t, -oo, oo), using(SECOND_BY_PARTS)),
    (num(0) + 1, using(TOTAL)),
    (1, algebra),
)

THIRD = derive(
    Claim(
        "exponential_family.normal.third_moment",
        integral(t**3 * phi(t), t, -oo, oo),
        "=",
        0,
        on={},
        title="The third moment",
    ),
    (
        limit(-(t**2 + 2) * phi(t), t, oo) - limit(-(t**2 + 2) * phi(t), t, -oo),
        antiderivative(-(t**2 + 2) * phi(t)),
    ),
    (num(0) - 0, limit_laws("the Gaussian outweighs every power")),
    (0, algebra),
)

FOURTH_BY_PARTS = derive(
    Claim(
        "exponential_family.normal.fourth_by_parts",
        integral((t**4 - 3 * t**2) * phi(t), t, -oo, oo),
        "=",
        0,
        on={},
        title="The fourth moment by parts",
    ),
    (
        limit(-(t**3) * phi(t), t, oo) - limit(-(t**3) * phi(t), t, -oo),
        antiderivative(-(t**3) * phi(t)),
    ),
    (num(0) - 0, limit_laws("the Gaussian outweighs every power")),
    (0, algebra),
)

FOURTH = derive(
    Claim(
        "exponential_family.normal.fourth_moment",
        integral(t**4 * phi(t), t, -oo, oo),
        "=",
        3,
        on={},
        title="The fourth moment",
    ),
    (
        integral((t**4 - 3 * t**2) * phi(t) + 3 * (t**2 * phi(t)), t, -oo, oo),
        algebra("$t^4 = (t^4 - 3 t^2) + 3 t^2$"),
    ),
    (
        integral((t**4 - 3 * t**2) * phi(t), t, -oo, oo) + 3 * integral(t**2 * phi(t), t, -oo, oo),
        linearity,
    ),
    (0 + 3 * integral(t**2 * phi(t), t, -oo, oo), using(FOURTH_BY_PARTS)),
    (num(0) + 3 * num(1), using(SECOND)),
    (3, algebra),
)
