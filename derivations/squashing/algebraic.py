r"""The algebraic sigmoid x / sqrt(1 + x^2); slope 1 and range (-1, 1) as it stands.

Claims
------
squashing.algebraic.value_at_zero   g(0) = 0
squashing.algebraic.on_the_right    g(x) = 1/sqrt(1 + 1/x^2) for x > 0
squashing.algebraic.limit_plus      g tends to 1 at oo
squashing.algebraic.odd             g(-x) = -g(x)
squashing.algebraic.below_root      x < sqrt(1 + x^2)
squashing.algebraic.upper_bound     g(x) < 1
squashing.algebraic.lower_bound     -1 < g(x)
squashing.algebraic.on_the_left     g(x) = -1/sqrt(1 + 1/x^2) for x < 0
squashing.algebraic.limit_minus     g tends to -1 at -oo
squashing.algebraic.derivative      the derivative is (1 + x^2)^(-3/2)
squashing.algebraic.increasing      the derivative is positive
squashing.algebraic.slope_at_zero   the slope at 0 is 1: it is its own normalised form
"""

from __future__ import annotations

from derivations.core import (
    Abs,
    Claim,
    D,
    Negative,
    Positive,
    Q,
    Reals,
    algebra,
    by_cases,
    define,
    derive,
    differentiate,
    evaluate,
    exp_log_laws,
    fold,
    limit,
    limit_laws,
    monotonicity,
    num,
    oo,
    positivity,
    prime,
    sqrt,
    symbol,
    unfold,
    using,
)

CARLILE = (
    "Carlile, Delamarter, Kinney, Marti and Whitney (2017), Improving deep learning by "
    "inverse square root linear units (ISRLUs), arXiv:1710.09967"
)

x = symbol("x")
g = define("g", x, x / sqrt(1 + x**2))

VALUE_AT_ZERO = derive(
    Claim(
        "squashing.algebraic.value_at_zero",
        g(0),
        "=",
        0,
        on={},
        title="Value at 0",
        says="The algebraic sigmoid passes through the origin.",
    ),
    (num(0) / sqrt(1 + num(0) ** 2), unfold(g)),
    (0, evaluate),
)

ON_THE_RIGHT = derive(
    Claim(
        "squashing.algebraic.on_the_right",
        g(x),
        "=",
        1 / sqrt(1 + 1 / x**2),
        on={x: Positive},
        title="For positive arguments",
        says="For $x > 0$ the argument can be taken under the root.",
    ),
    (x / sqrt(1 + x**2), unfold(g)),
    (1 / sqrt(1 + 1 / x**2), exp_log_laws("divide both by $x > 0$")),
)

LIMIT_PLUS = derive(
    Claim(
        "squashing.algebraic.limit_plus",
        limit(g(x), x, oo),
        "=",
        1,
        on={},
        title="Limit on the right",
        says=r"Towards $\infty$ the algebraic sigmoid tends to 1.",
    ),
    (limit(1 / sqrt(1 + 1 / x**2), x, oo), using(ON_THE_RIGHT)),
    (1 / sqrt(num(1) + 0), limit_laws),
    (1, evaluate),
)

ODD = derive(
    Claim(
        "squashing.algebraic.odd",
        g(-x),
        "=",
        -g(x),
        on={x: Reals},
        title="Symmetry",
        says="The algebraic sigmoid is odd.",
    ),
    (-x / sqrt(1 + (-x) ** 2), unfold(g)),
    (-(x / sqrt(1 + x**2)), algebra),
    (-g(x), fold(g)),
)

BELOW_ROOT = derive(
    Claim(
        "squashing.algebraic.below_root",
        x,
        "<",
        sqrt(1 + x**2),
        on={x: Reals},
        title="The root exceeds its argument",
        says="The root in the denominator exceeds the numerator.",
    ),
    ("<=", Abs(x), by_cases),
    (sqrt(x**2), exp_log_laws(r"$|u| = \sqrt{u^2}$")),
    ("<", sqrt(1 + x**2), monotonicity(r"$x^2 < 1 + x^2$, and the root rises")),
)

UPPER_BOUND = derive(
    Claim(
        "squashing.algebraic.upper_bound",
        g(x),
        "<",
        1,
        on={x: Reals},
        title="Upper bound",
        says="The algebraic sigmoid never reaches its limit on the right.",
    ),
    (x / sqrt(1 + x**2), unfold(g)),
    ("<", sqrt(1 + x**2) / sqrt(1 + x**2), using(BELOW_ROOT)),
    (1, algebra),
)

LOWER_BOUND = derive(
    Claim(
        "squashing.algebraic.lower_bound",
        g(x),
        ">",
        -num(1),
        on={x: Reals},
        title="Lower bound",
        says="The algebraic sigmoid never reaches its limit on the left.",
    ),
    (-g(-x), using(ODD)),
    (">", -num(1), using(UPPER_BOUND, x=-x)),
)

ON_THE_LEFT = derive(
    Claim(
        "squashing.algebraic.on_the_left",
        g(x),
        "=",
        -1 / sqrt(1 + 1 / x**2),
        on={x: Negative},
        title="For negative arguments",
        says="For $x < 0$ the argument leaves its sign in front of the root.",
    ),
    (x / sqrt(1 + x**2), unfold(g)),
    (-1 / sqrt(1 + 1 / x**2), exp_log_laws("divide both by $-x > 0$")),
)

LIMIT_MINUS = derive(
    Claim(
        "squashing.algebraic.limit_minus",
        limit(g(x), x, -oo),
        "=",
        -num(1),
        on={},
        title="Limit on the left",
        says=r"Towards $-\infty$ the algebraic sigmoid tends to $-1$.",
    ),
    (limit(-1 / sqrt(1 + 1 / x**2), x, -oo), using(ON_THE_LEFT)),
    (-1 / sqrt(num(1) + 0), limit_laws),
    (-num(1), evaluate),
)

DERIVATIVE = derive(
    Claim(
        "squashing.algebraic.derivative",
        D(g(x), x),
        "=",
        (1 + x**2) ** -Q(3, 2),
        on={x: Reals},
        title="Derivative",
        says="The derivative is a power of $1 + x^2$.",
        source=CARLILE,
    ),
    (D(x / sqrt(1 + x**2), x), unfold(g)),
    (
        (sqrt(1 + x**2) - x * (2 * x / (2 * sqrt(1 + x**2)))) / sqrt(1 + x**2) ** 2,
        differentiate,
    ),
    (
        (sqrt(1 + x**2) ** 2 - x**2) / (sqrt(1 + x**2) * sqrt(1 + x**2) ** 2),
        algebra(r"multiply both by $\sqrt{1 + x^2}$"),
    ),
    (
        (1 + x**2 - x**2) / (sqrt(1 + x**2) * sqrt(1 + x**2) ** 2),
        exp_log_laws(r"$(\sqrt{u})^2 = u$"),
    ),
    (1 / (sqrt(1 + x**2) * sqrt(1 + x**2) ** 2), algebra),
    ((1 + x**2) ** -Q(3, 2), exp_log_laws(r"$(\sqrt{u})^3 = u^{3/2}$")),
)

INCREASING = derive(
    Claim(
        "squashing.algebraic.increasing",
        D(g(x), x),
        ">",
        0,
        on={x: Reals},
        title="The derivative is positive",
        says="The algebraic sigmoid is strictly increasing.",
    ),
    ((1 + x**2) ** -Q(3, 2), using(DERIVATIVE)),
    (">", 0, positivity),
)

SLOPE_AT_ZERO = derive(
    Claim(
        "squashing.algebraic.slope_at_zero",
        prime(g, 0),
        "=",
        1,
        on={},
        title="Slope at 0: it is its own normalised form",
        says="With slope 1 at 0 and range $(-1, 1)$ it is its own normalised form.",
    ),
    ((1 + num(0) ** 2) ** -Q(3, 2), using(DERIVATIVE, x=0)),
    (1, evaluate),
)
