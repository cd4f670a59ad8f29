r"""The covariance of the statistics (Y, Y^2) of the Gaussian is the Hessian of its log-partition.

With m the mean and r the standard deviation of Y in natural parameters.

Claims
------
exponential_family.gaussian2.covariance_11   the variance of Y is r^2
exponential_family.gaussian2.hessian_11      the Hessian's first entry is the variance of Y
exponential_family.gaussian2.covariance_12   the covariance of Y and Y^2 is 2 m r^2
exponential_family.gaussian2.hessian_12      its mixed entry is the covariance of Y and Y^2
exponential_family.gaussian2.covariance_22   the variance of Y^2 is 4 m^2 r^2 + 2 r^4
exponential_family.gaussian2.hessian_22      its last entry is the variance of Y^2
"""

from __future__ import annotations

from derivations.core import (
    Claim,
    D,
    algebra,
    derive,
    differentiate,
    exp_log_laws,
    fold,
    integral,
    linearity,
    log,
    num,
    oo,
    sqrt,
    unfold,
    using,
)
from derivations.exponential_family import gaussian_moments as moments
from derivations.exponential_family.bernoulli import BROWN
from derivations.exponential_family.gaussian_moments import phi
from derivations.exponential_family.gaussian_two_parameters import (
    CENTRED,
    CENTRED_P,
    NATURAL,
    STANDARDISE,
    M,
    R,
    a,
    eta1,
    eta2,
    m,
    mean_of,
    over_normal,
    r,
    t,
    y,
)

COVARIANCE_11 = derive(
    Claim(
        "exponential_family.gaussian2.covariance_11",
        mean_of((y - M) ** 2),
        "=",
        R**2,
        on=NATURAL,
        title="The variance of $Y$",
    ),
    (integral((y - M) ** 2 * CENTRED_P, y, -oo, oo), using(CENTRED)),
    (over_normal((M + R * t - M) ** 2), STANDARDISE),
    (
        integral(R**2 * (t**2 * phi(t)), t, -oo, oo),
        algebra("multiply out"),
    ),
    (R**2 * over_normal(t**2), linearity),
    (R**2 * num(1), using(moments.SECOND)),
    (R**2, algebra),
)

HESSIAN_11 = derive(
    Claim(
        "exponential_family.gaussian2.hessian_11",
        D(a(eta1, eta2), eta1, 2),
        "=",
        mean_of((y - M) ** 2),
        on=NATURAL,
        title="The first entry of the Hessian is the variance of $Y$",
        source=BROWN,
    ),
    (D(-(eta1**2) / (4 * eta2) - log(-2 * eta2) / 2, eta1, 2), unfold(a)),
    (D(-(2 * eta1) / (4 * eta2), eta1), differentiate),
    (-num(2) / (4 * eta2), differentiate),
    (1 / (-2 * eta2), algebra),
    ((1 / sqrt(-2 * eta2)) ** 2, exp_log_laws(r"$(\sqrt{u})^2 = u$")),
    (R**2, fold(r)),
    (mean_of((y - M) ** 2), using(COVARIANCE_11)),
)

COVARIANCE_12 = derive(
    Claim(
        "exponential_family.gaussian2.covariance_12",
        mean_of((y - M) * (y**2 - (M**2 + R**2))),
        "=",
        2 * M * R**2,
        on=NATURAL,
        title="The covariance of $Y$ and $Y^2$",
    ),
    (integral(((y - M) * (y**2 - (M**2 + R**2))) * CENTRED_P, y, -oo, oo), using(CENTRED)),
    (over_normal((M + R * t - M) * ((M + R * t) ** 2 - (M**2 + R**2))), STANDARDISE),
    (
        integral(
            2 * M * R**2 * (t**2 * phi(t)) + R**3 * (t**3 * phi(t)) - R**3 * (t * phi(t)),
            t,
            -oo,
            oo,
        ),
        algebra("multiply out"),
    ),
    (
        2 * M * R**2 * over_normal(t**2) + R**3 * over_normal(t**3) - R**3 * over_normal(t),
        linearity,
    ),
    (
        2 * M * R**2 * num(1) + R**3 * over_normal(t**3) - R**3 * over_normal(t),
        using(moments.SECOND),
    ),
    (2 * M * R**2 * num(1) + R**3 * num(0) - R**3 * over_normal(t), using(moments.THIRD)),
    (2 * M * R**2 * num(1) + R**3 * num(0) - R**3 * num(0), using(moments.FIRST)),
    (2 * M * R**2, algebra),
)

HESSIAN_12 = derive(
    Claim(
        "exponential_family.gaussian2.hessian_12",
        D(D(a(eta1, eta2), eta1), eta2),
        "=",
        mean_of((y - M) * (y**2 - (M**2 + R**2))),
        on=NATURAL,
        title="The mixed entry of the Hessian is the covariance of $Y$ and $Y^2$",
        source=BROWN,
    ),
    (D(D(-(eta1**2) / (4 * eta2) - log(-2 * eta2) / 2, eta1), eta2), unfold(a)),
    (D(-(2 * eta1) / (4 * eta2), eta2), differentiate),
    (2 * eta1 * 4 / (4 * eta2) ** 2, differentiate),
    (2 * (-eta1 / (2 * eta2)) * (1 / (-2 * eta2)), algebra),
    (
        2 * (-eta1 / (2 * eta2)) * (1 / sqrt(-2 * eta2)) ** 2,
        exp_log_laws(r"$(\sqrt{u})^2 = u$"),
    ),
    (2 * M * R**2, fold(m, r)),
    (mean_of((y - M) * (y**2 - (M**2 + R**2))), using(COVARIANCE_12)),
)

COVARIANCE_22 = derive(
    Claim(
        "exponential_family.gaussian2.covariance_22",
        mean_of((y**2 - (M**2 + R**2)) ** 2),
        "=",
        4 * M**2 * R**2 + 2 * R**4,
        on=NATURAL,
        title="The variance of $Y^2$",
    ),
    (integral((y**2 - (M**2 + R**2)) ** 2 * CENTRED_P, y, -oo, oo), using(CENTRED)),
    (over_normal(((M + R * t) ** 2 - (M**2 + R**2)) ** 2), STANDARDISE),
    (
        integral(
            4 * M**2 * R**2 * (t**2 * phi(t))
            + 4 * M * R**3 * (t**3 * phi(t))
            + R**4 * (t**4 * phi(t))
            - 4 * M * R**3 * (t * phi(t))
            - 2 * R**4 * (t**2 * phi(t))
            + R**4 * phi(t),
            t,
            -oo,
            oo,
        ),
        algebra("multiply out"),
    ),
    (
        4 * M**2 * R**2 * over_normal(t**2)
        + 4 * M * R**3 * over_normal(t**3)
        + R**4 * over_normal(t**4)
        - 4 * M * R**3 * over_normal(t)
        - 2 * R**4 * over_normal(t**2)
        + R**4 * integral(phi(t), t, -oo, oo),
        linearity,
    ),
    (
        4 * M**2 * R**2 * num(1)
        + 4 * M * R**3 * over_normal(t**3)
        + R**4 * over_normal(t**4)
        - 4 * M * R**3 * over_normal(t)
        - 2 * R**4 * num(1)
        + R**4 * integral(phi(t), t, -oo, oo),
        using(moments.SECOND),
    ),
    (
        4 * M**2 * R**2 * num(1)
        + 4 * M * R**3 * num(0)
        + R**4 * over_normal(t**4)
        - 4 * M * R**3 * over_normal(t)
        - 2 * R**4 * num(1)
        + R**4 * integral(phi(t), t, -oo, oo),
        using(moments.THIRD),
    ),
    (
        4 * M**2 * R**2 * num(1)
        + 4 * M * R**3 * num(0)
        + R**4 * num(3)
        - 4 * M * R**3 * over_normal(t)
        - 2 * R**4 * num(1)
        + R**4 * integral(phi(t), t, -oo, oo),
        using(moments.FOURTH),
    ),
    (
        4 * M**2 * R**2 * num(1)
        + 4 * M * R**3 * num(0)
        + R**4 * num(3)
        - 4 * M * R**3 * num(0)
        - 2 * R**4 * num(1)
        + R**4 * integral(phi(t), t, -oo, oo),
        using(moments.FIRST),
    ),
    (
        4 * M**2 * R**2 * num(1)
        + 4 * M * R**3 * num(0)
        + R**4 * num(3)
        - 4 * M * R**3 * num(0)
        - 2 * R**4 * num(1)
        + R**4 * num(1),
        using(moments.TOTAL),
    ),
    (4 * M**2 * R**2 + 2 * R**4, algebra),
)

HESSIAN_22 = derive(
    Claim(
        "exponential_family.gaussian2.hessian_22",
        D(a(eta1, eta2), eta2, 2),
        "=",
        mean_of((y**2 - (M**2 + R**2)) ** 2),
        on=NATURAL,
        title="The last entry of the Hessian is the variance of $Y^2$",
        source=BROWN,
    ),
    (D(-(eta1**2) / (4 * eta2) - log(-2 * eta2) / 2, eta2, 2), unfold(a)),
    (D(eta1**2 / (4 * eta2**2) - 1 / (-2 * eta2) * (-2) / 2, eta2), differentiate),
    (D(eta1**2 / (4 * eta2**2) - 1 / (2 * eta2), eta2), algebra),
    (-(eta1**2) * (8 * eta2) / (4 * eta2**2) ** 2 + 2 / (2 * eta2) ** 2, differentiate),
    (4 * (-eta1 / (2 * eta2)) ** 2 * (1 / (-2 * eta2)) + 2 * (1 / (-2 * eta2)) ** 2, algebra),
    (
        4 * (-eta1 / (2 * eta2)) ** 2 * (1 / sqrt(-2 * eta2)) ** 2 + 2 * (1 / sqrt(-2 * eta2)) ** 4,
        exp_log_laws(r"$(\sqrt{u})^2 = u$"),
    ),
    (4 * M**2 * R**2 + 2 * R**4, fold(m, r)),
    (mean_of((y**2 - (M**2 + R**2)) ** 2), using(COVARIANCE_22)),
)
