r"""Student's t distribution with nu degrees of freedom, and its distribution functions as sigmoids.

With one degree of freedom it is the Cauchy distribution, with two it is an algebraic function. The
total mass, and with it the limits of the distribution function, are for nu = 1, ..., 5.

Claims
------
distributions.student.derivative                the distribution function has the density as slope
distributions.student.total                     the density integrates to 1
distributions.student.limit_plus                the distribution function tends to 1 at oo
distributions.student.limit_minus               the distribution function tends to 0 at -oo
distributions.student.even                      the density is even
distributions.student.unimodal                  the density falls strictly on [0, oo)
distributions.student.cauchy                    with one degree of freedom it is the Cauchy density
distributions.student.cauchy_cdf                its distribution function is 1/2 + arctan(x)/pi
distributions.student.cauchy_limit_minus        it tends to 0 at -oo
distributions.student.cauchy_limit_plus         it tends to 1 at oo
distributions.student.two_degrees               with two degrees of freedom it is (2 + x^2)^(-3/2)
distributions.student.two_degrees_cdf           its distribution function is an algebraic sigmoid
distributions.student.two_degrees_limit_minus   it tends to 0 at -oo
distributions.student.two_degrees_limit_plus    it tends to 1 at oo
"""

from __future__ import annotations

from derivations.core import (
    Claim,
    D,
    NonNegative,
    Positive,
    Q,
    Reals,
    algebra,
    antiderivative,
    atan,
    cited,
    define,
    derive,
    differentiate,
    evaluate,
    exp_log_laws,
    fold,
    gamma,
    integers,
    integral,
    interval,
    limit,
    limit_laws,
    linearity,
    monotonicity,
    num,
    oo,
    pi,
    sqrt,
    substitution,
    symbols,
    unfold,
    using,
)
from derivations.squashing import algebraic

x, t, a, b, nu, w = symbols("x t a b nu w")
FALLING = {a: NonNegative, b: NonNegative}

SOURCE = "Johnson, Kotz and Balakrishnan (1994, 1995), Continuous Univariate Distributions"
IMPROPER = "NIST Digital Library of Mathematical Functions, 1.4(v)"
BETA = "NIST Digital Library of Mathematical Functions, 5.12"

weight = define("c", nu, gamma((nu + 1) / 2) / (sqrt(nu * pi) * gamma(nu / 2)), latex=r"c_{#1}")
student = define("f", (x, nu), weight(nu) * (1 + x**2 / nu) ** (-(nu + 1) / 2), latex="f_{#2}(#1)")
student_cdf = define("F", (x, nu), integral(student(t, nu), t, -oo, x), latex="F_{#2}(#1)")

DERIVATIVE = derive(
    Claim(
        "distributions.student.derivative",
        D(student_cdf(x, nu), x),
        "=",
        student(x, nu),
        on={x: Reals, nu: interval(1, oo, lower_open=False)},
        title="The density of Student's $t$",
        says="The density is the derivative of the distribution function.",
        source=SOURCE,
    ),
    (D(integral(student(t, nu), t, -oo, x), x), unfold(student_cdf)),
    (student(x, nu), differentiate("fundamental theorem of calculus")),
)

TOTAL = derive(
    Claim(
        "distributions.student.total",
        integral(student(t, nu), t, -oo, oo),
        "=",
        1,
        on={nu: integers(1, 5)},
        title="The density of Student's $t$ has total mass 1",
        says="For up to five degrees of freedom, the density integrates to 1.",
        source=SOURCE,
    ),
    (integral(weight(nu) * (1 + t**2 / nu) ** (-(nu + 1) / 2), t, -oo, oo), unfold(student)),
    (weight(nu) * integral((1 + t**2 / nu) ** (-(nu + 1) / 2), t, -oo, oo), linearity),
    (
        weight(nu) * (sqrt(nu * pi) * gamma(nu / 2) / gamma((nu + 1) / 2)),
        cited("the beta integral", BETA),
    ),
    (
        gamma((nu + 1) / 2)
        / (sqrt(nu * pi) * gamma(nu / 2))
        * (sqrt(nu * pi) * gamma(nu / 2) / gamma((nu + 1) / 2)),
        unfold(weight),
    ),
    (1, algebra),
)

LIMIT_PLUS = derive(
    Claim(
        "distributions.student.limit_plus",
        limit(student_cdf(x, nu), x, oo),
        "=",
        1,
        on={nu: integers(1, 5)},
        title="The distribution function of Student's $t$ on the right",
        says=r"Towards $\infty$ it tends to the total mass.",
    ),
    (limit(integral(student(t, nu), t, -oo, x), x, oo), unfold(student_cdf)),
    (
        integral(student(t, nu), t, -oo, oo),
        cited("the definition of an improper integral", IMPROPER),
    ),
    (1, using(TOTAL)),
)

LIMIT_MINUS = derive(
    Claim(
        "distributions.student.limit_minus",
        limit(student_cdf(x, nu), x, -oo),
        "=",
        0,
        on={nu: integers(1, 5)},
        title="The distribution function of Student's $t$ on the left",
        says=r"Towards $-\infty$ it tends to 0.",
    ),
    (limit(integral(student(t, nu), t, -oo, x), x, -oo), unfold(student_cdf)),
    (0, cited("the tail of a convergent integral", IMPROPER)),
)

EVEN = derive(
    Claim(
        "distributions.student.even",
        student(-x, nu),
        "=",
        student(x, nu),
        on={x: Reals, nu: Positive},
        title="The density of Student's $t$ is even",
        says="The density is symmetric about 0.",
    ),
    (weight(nu) * (1 + (-x) ** 2 / nu) ** (-(nu + 1) / 2), unfold(student)),
    (weight(nu) * (1 + x**2 / nu) ** (-(nu + 1) / 2), algebra),
    (student(x, nu), fold(student)),
)

UNIMODAL = derive(
    Claim(
        "distributions.student.unimodal",
        student(a, nu),
        ">",
        student(b, nu),
        on=FALLING | {nu: Positive},
        where=a < b,
        title="The density of Student's $t$ falls on $[0, \\infty)$",
        says="Even, and strictly falling away from 0, the density has one mode, at 0.",
    ),
    (weight(nu) * (1 + a**2 / nu) ** (-(nu + 1) / 2), unfold(student)),
    (">", weight(nu) * (1 + b**2 / nu) ** (-(nu + 1) / 2), monotonicity),
    (student(b, nu), fold(student)),
)

CAUCHY = derive(
    Claim(
        "distributions.student.cauchy",
        student(x, 1),
        "=",
        1 / (pi * (1 + x**2)),
        on={x: Reals},
        title="One degree of freedom: the Cauchy density",
        says="With one degree of freedom the density is that of Cauchy.",
        source=SOURCE,
    ),
    (weight(1) * (1 + x**2 / 1) ** (-(num(1) + 1) / 2), unfold(student)),
    (
        gamma((num(1) + 1) / 2)
        / (sqrt(1 * pi) * gamma(num(1) / 2))
        * (1 + x**2 / 1) ** (-(num(1) + 1) / 2),
        unfold(weight),
    ),
    (1 / (sqrt(1 * pi) * sqrt(pi)) * (1 + x**2 / 1) ** -num(1), evaluate),
    (1 / pi * (1 + x**2 / 1) ** -num(1), exp_log_laws(r"$\sqrt{\pi} \sqrt{\pi} = \pi$")),
    (1 / (pi * (1 + x**2)), algebra),
)

CAUCHY_CDF = derive(
    Claim(
        "distributions.student.cauchy_cdf",
        student_cdf(x, 1),
        "=",
        Q(1, 2) + atan(x) / pi,
        on={x: Reals},
        title="One degree of freedom: the arctangent",
        says="The Cauchy distribution function is the arctangent, rescaled.",
        source=SOURCE,
    ),
    (integral(student(t, 1), t, -oo, x), unfold(student_cdf)),
    (integral(1 / (pi * (1 + t**2)), t, -oo, x), using(CAUCHY, x=t)),
    (
        atan(x) / pi - limit(atan(t) / pi, t, -oo),
        antiderivative(atan(t) / pi),
    ),
    (atan(x) / pi - -pi / 2 / pi, limit_laws),
    (Q(1, 2) + atan(x) / pi, algebra),
)

CAUCHY_LIMIT_MINUS = derive(
    Claim(
        "distributions.student.cauchy_limit_minus",
        limit(student_cdf(x, 1), x, -oo),
        "=",
        0,
        on={},
        title="The Cauchy distribution function on the left",
        says=r"Towards $-\infty$ the distribution function tends to 0.",
    ),
    (limit(Q(1, 2) + atan(x) / pi, x, -oo), using(CAUCHY_CDF)),
    (Q(1, 2) + -pi / 2 / pi, limit_laws),
    (0, algebra),
)

CAUCHY_LIMIT_PLUS = derive(
    Claim(
        "distributions.student.cauchy_limit_plus",
        limit(student_cdf(x, 1), x, oo),
        "=",
        1,
        on={},
        title="The Cauchy distribution function on the right",
        says=r"Towards $\infty$ the distribution function tends to 1.",
    ),
    (limit(Q(1, 2) + atan(x) / pi, x, oo), using(CAUCHY_CDF)),
    (Q(1, 2) + pi / 2 / pi, limit_laws),
    (1, algebra),
)

TWO = derive(
    Claim(
        "distributions.student.two_degrees",
        student(x, 2),
        "=",
        (2 + x**2) ** -Q(3, 2),
        on={x: Reals},
        title="Two degrees of freedom",
        says="With two degrees of freedom the density is an algebraic function.",
        source=SOURCE,
    ),
    (weight(2) * (1 + x**2 / 2) ** (-(num(2) + 1) / 2), unfold(student)),
    (
        gamma((num(2) + 1) / 2)
        / (sqrt(2 * pi) * gamma(num(2) / 2))
        * (1 + x**2 / 2) ** (-(num(2) + 1) / 2),
        unfold(weight),
    ),
    (sqrt(pi) / 2 / sqrt(2 * pi) * (1 + x**2 / 2) ** -Q(3, 2), evaluate),
    ((2 + x**2) ** -Q(3, 2), exp_log_laws),
)

TWO_CDF = derive(
    Claim(
        "distributions.student.two_degrees_cdf",
        student_cdf(x, 2),
        "=",
        (1 + algebraic.g(x / sqrt(2))) / 2,
        on={x: Reals},
        title="Two degrees of freedom: the algebraic sigmoid",
        says="Its distribution function is the algebraic sigmoid, rescaled.",
        source=SOURCE,
    ),
    (integral(student(t, 2), t, -oo, x), unfold(student_cdf)),
    (integral((2 + t**2) ** -Q(3, 2), t, -oo, x), using(TWO, x=t)),
    (
        algebraic.g(x / sqrt(2)) / 2 - limit(algebraic.g(t / sqrt(2)) / 2, t, -oo),
        antiderivative(algebraic.g(t / sqrt(2)) / 2),
    ),
    (algebraic.g(x / sqrt(2)) / 2 - -num(1) / 2, limit_laws),
    ((1 + algebraic.g(x / sqrt(2))) / 2, algebra),
)

TWO_LIMIT_MINUS = derive(
    Claim(
        "distributions.student.two_degrees_limit_minus",
        limit(student_cdf(x, 2), x, -oo),
        "=",
        0,
        on={},
        title="Two degrees of freedom on the left",
        says=r"Towards $-\infty$ the distribution function tends to 0.",
    ),
    (limit((1 + algebraic.g(x / sqrt(2))) / 2, x, -oo), using(TWO_CDF)),
    (limit((1 + algebraic.g(w)) / 2, w, -oo), substitution(x, sqrt(2) * w)),
    ((1 + limit(algebraic.g(w), w, -oo)) / 2, linearity),
    ((1 + -num(1)) / 2, using(algebraic.LIMIT_MINUS)),
    (0, algebra),
)

TWO_LIMIT_PLUS = derive(
    Claim(
        "distributions.student.two_degrees_limit_plus",
        limit(student_cdf(x, 2), x, oo),
        "=",
        1,
        on={},
        title="Two degrees of freedom on the right",
        says=r"Towards $\infty$ the distribution function tends to 1.",
    ),
    (limit((1 + algebraic.g(x / sqrt(2))) / 2, x, oo), using(TWO_CDF)),
    (limit((1 + algebraic.g(w)) / 2, w, oo), substitution(x, sqrt(2) * w)),
    ((1 + limit(algebraic.g(w), w, oo)) / 2, linearity),
    ((num(1) + 1) / 2, using(algebraic.LIMIT_PLUS)),
    (1, algebra),
)
