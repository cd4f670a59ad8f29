r"""Softsign, x / (1 + |x|): once, not twice, differentiable at 0.

Claims
------
squashing.softsign.value_at_zero              f(0) = 0
squashing.softsign.on_the_right               f(x) = x/(1 + x) for x > 0
squashing.softsign.on_the_left                f(x) = x/(1 - x) for x < 0
squashing.softsign.limit_plus                 f tends to 1 at oo
squashing.softsign.limit_minus                f tends to -1 at -oo
squashing.softsign.odd                        f(-x) = -f(x)
squashing.softsign.upper_bound                f(x) < 1
squashing.softsign.lower_bound                -1 < f(x)
squashing.softsign.derivative_right           for x > 0 the derivative is 1/(1 + x)^2
squashing.softsign.derivative_left            for x < 0 the derivative is 1/(1 - x)^2
squashing.softsign.derivative                 for x != 0 the derivative is 1/(1 + |x|)^2
squashing.softsign.derivative_positive        it is positive
squashing.softsign.slope_at_zero              the slope at 0 is 1: it is its own normalised form
squashing.softsign.derivative_continuous      the derivative tends to 1 at 0: it is continuous
squashing.softsign.second_right               from the right the slope of the derivative at 0 is -2
squashing.softsign.second_left                from the left it is 2
squashing.softsign.not_twice_differentiable   the two differ: a counterexample
"""

from __future__ import annotations

from derivations.core import (
    Abs,
    Claim,
    D,
    Negative,
    Positive,
    Reals,
    algebra,
    by_cases,
    define,
    derive,
    differentiate,
    evaluate,
    fold,
    limit,
    limit_laws,
    monotonicity,
    ne,
    num,
    oo,
    positivity,
    prime,
    quotient_rule,
    sign,
    symbol,
    unfold,
    using,
)

GLOROT = (
    "Glorot and Bengio (2010), Understanding the difficulty of training deep feedforward "
    "neural networks"
)

x, h = symbol("x"), symbol("h")
f = define("softsign", x, x / (1 + Abs(x)), latex=r"\operatorname{softsign}")

VALUE_AT_ZERO = derive(
    Claim(
        "squashing.softsign.value_at_zero",
        f(0),
        "=",
        0,
        on={},
        title="Value at 0",
        says="Softsign passes through the origin.",
    ),
    (num(0) / (1 + Abs(0)), unfold(f)),
    (0, evaluate),
)

ON_THE_RIGHT = derive(
    Claim(
        "squashing.softsign.on_the_right",
        f(x),
        "=",
        x / (1 + x),
        on={x: Positive},
        title="For positive arguments",
        says="For $x > 0$ softsign is a rational function.",
    ),
    (x / (1 + Abs(x)), unfold(f)),
    (x / (1 + x), evaluate("$|x| = x$ for $x > 0$")),
)

ON_THE_LEFT = derive(
    Claim(
        "squashing.softsign.on_the_left",
        f(x),
        "=",
        x / (1 - x),
        on={x: Negative},
        title="For negative arguments",
        says="For $x < 0$ softsign is another rational function.",
    ),
    (x / (1 + Abs(x)), unfold(f)),
    (x / (1 - x), evaluate("$|x| = -x$ for $x < 0$")),
)

LIMIT_PLUS = derive(
    Claim(
        "squashing.softsign.limit_plus",
        limit(f(x), x, oo),
        "=",
        1,
        on={},
        title="Limit on the right",
        says=r"Towards $\infty$ softsign tends to 1.",
    ),
    (limit(x / (1 + x), x, oo), using(ON_THE_RIGHT)),
    (limit(1 / (1 / x + 1), x, oo), algebra("divide both by $x$")),
    (1 / (num(0) + 1), limit_laws),
    (1, algebra),
)

LIMIT_MINUS = derive(
    Claim(
        "squashing.softsign.limit_minus",
        limit(f(x), x, -oo),
        "=",
        -num(1),
        on={},
        title="Limit on the left",
        says=r"Towards $-\infty$ softsign tends to $-1$.",
    ),
    (limit(x / (1 - x), x, -oo), using(ON_THE_LEFT)),
    (limit(1 / (1 / x - 1), x, -oo), algebra("divide both by $x$")),
    (1 / (num(0) - 1), limit_laws),
    (-num(1), algebra),
)

ODD = derive(
    Claim(
        "squashing.softsign.odd",
        f(-x),
        "=",
        -f(x),
        on={x: Reals},
        title="Symmetry",
        says="Softsign is odd.",
    ),
    (-x / (1 + Abs(-x)), unfold(f)),
    (-(x / (1 + Abs(x))), evaluate("$|-x| = |x|$")),
    (-f(x), fold(f)),
)

UPPER_BOUND = derive(
    Claim(
        "squashing.softsign.upper_bound",
        f(x),
        "<",
        1,
        on={x: Reals},
        title="Upper bound",
        says="Softsign never reaches its limit on the right.",
    ),
    (x / (1 + Abs(x)), unfold(f)),
    ("<=", Abs(x) / (1 + Abs(x)), monotonicity(r"$x \le |x|$")),
    (1 - 1 / (1 + Abs(x)), algebra),
    ("<", 1, positivity),
)

LOWER_BOUND = derive(
    Claim(
        "squashing.softsign.lower_bound",
        f(x),
        ">",
        -num(1),
        on={x: Reals},
        title="Lower bound",
        says="Softsign never reaches its limit on the left.",
    ),
    (-f(-x), using(ODD)),
    (">", -num(1), using(UPPER_BOUND, x=-x)),
)

DERIVATIVE_RIGHT = derive(
    Claim(
        "squashing.softsign.derivative_right",
        D(f(x), x),
        "=",
        1 / (1 + x) ** 2,
        on={x: Positive},
        title="Derivative for positive arguments",
        says="To the right of 0 the quotient rule applies.",
    ),
    (D(x / (1 + x), x), using(ON_THE_RIGHT)),
    ((1 + x - x) / (1 + x) ** 2, quotient_rule),
    (1 / (1 + x) ** 2, algebra),
)

DERIVATIVE_LEFT = derive(
    Claim(
        "squashing.softsign.derivative_left",
        D(f(x), x),
        "=",
        1 / (1 - x) ** 2,
        on={x: Negative},
        title="Derivative for negative arguments",
        says="To the left of 0 the quotient rule applies as well.",
    ),
    (D(x / (1 - x), x), using(ON_THE_LEFT)),
    ((1 - x + x) / (1 - x) ** 2, quotient_rule),
    (1 / (1 - x) ** 2, algebra),
)

DERIVATIVE = derive(
    Claim(
        "squashing.softsign.derivative",
        D(f(x), x),
        "=",
        1 / (1 + Abs(x)) ** 2,
        on={x: Reals},
        where=ne(x, 0),
        title="Derivative away from 0",
        says="Away from 0 one formula serves both sides.",
        source=GLOROT,
    ),
    (D(x / (1 + Abs(x)), x), unfold(f)),
    ((1 + Abs(x) - x * D(Abs(x), x)) / (1 + Abs(x)) ** 2, quotient_rule),
    ((1 + Abs(x) - x * sign(x)) / (1 + Abs(x)) ** 2, differentiate),
    ((1 + Abs(x) - Abs(x)) / (1 + Abs(x)) ** 2, by_cases),
    (1 / (1 + Abs(x)) ** 2, algebra),
)

DERIVATIVE_POSITIVE = derive(
    Claim(
        "squashing.softsign.derivative_positive",
        D(f(x), x),
        ">",
        0,
        on={x: Reals},
        where=ne(x, 0),
        title="The derivative is positive",
        says="Softsign is strictly increasing on either side of 0.",
    ),
    (1 / (1 + Abs(x)) ** 2, using(DERIVATIVE)),
    (">", 0, positivity),
)

SLOPE_AT_ZERO = derive(
    Claim(
        "squashing.softsign.slope_at_zero",
        limit((f(h) - f(0)) / h, h, 0),
        "=",
        1,
        on={},
        title="The slope at 0",
        says="Softsign is differentiable at 0; with slope 1 it is its own normalised form.",
    ),
    (limit((h / (1 + Abs(h)) - num(0) / (1 + Abs(0))) / h, h, 0), unfold(f)),
    (limit((h / (1 + Abs(h)) - 0) / h, h, 0), evaluate),
    (limit(1 / (1 + Abs(h)), h, 0), algebra(r"cancel $h \ne 0$")),
    (1 / (1 + Abs(0)), limit_laws("the denominator is continuous")),
    (1, evaluate),
)

DERIVATIVE_CONTINUOUS = derive(
    Claim(
        "squashing.softsign.derivative_continuous",
        limit(prime(f, h), h, 0),
        "=",
        1,
        on={},
        title="The derivative is continuous at 0",
        says="The derivative is continuous at 0 as well.",
    ),
    (limit(1 / (1 + Abs(h)) ** 2, h, 0), using(DERIVATIVE, x=h)),
    (1 / (1 + Abs(0)) ** 2, limit_laws("the denominator is continuous")),
    (1, evaluate),
)

SECOND_RIGHT = derive(
    Claim(
        "squashing.softsign.second_right",
        limit((prime(f, h) - 1) / h, h, 0, "+"),
        "=",
        -num(2),
        on={},
        title="The slope of the derivative at 0 from the right",
        says="From the right, the difference quotients of the derivative at 0 tend to $-2$.",
    ),
    (limit((1 / (1 + h) ** 2 - 1) / h, h, 0, "+"), using(DERIVATIVE_RIGHT, x=h)),
    (limit((1 - (1 + h) ** 2) / (h * (1 + h) ** 2), h, 0, "+"), algebra("a common denominator")),
    (limit((-2 - h) / (1 + h) ** 2, h, 0, "+"), algebra("expand, and cancel $h$")),
    ((-num(2) - 0) / (num(1) + 0) ** 2, limit_laws),
    (-num(2), algebra),
)

SECOND_LEFT = derive(
    Claim(
        "squashing.softsign.second_left",
        limit((prime(f, h) - 1) / h, h, 0, "-"),
        "=",
        2,
        on={},
        title="The slope of the derivative at 0 from the left",
        says="From the left they tend to 2.",
    ),
    (limit((1 / (1 - h) ** 2 - 1) / h, h, 0, "-"), using(DERIVATIVE_LEFT, x=h)),
    (limit((1 - (1 - h) ** 2) / (h * (1 - h) ** 2), h, 0, "-"), algebra("a common denominator")),
    (limit((2 - h) / (1 - h) ** 2, h, 0, "-"), algebra("expand, and cancel $h$")),
    ((num(2) - 0) / (num(1) - 0) ** 2, limit_laws),
    (2, algebra),
)

NOT_TWICE = derive(
    Claim(
        "squashing.softsign.not_twice_differentiable",
        limit((prime(f, h) - 1) / h, h, 0, "+"),
        "!=",
        limit((prime(f, h) - 1) / h, h, 0, "-"),
        on={},
        title="There is no second derivative at 0",
        says="The difference quotients of the derivative at 0, whose value there is 1, have "
        "another limit from the right than from the left.",
        falsehood="Softsign is twice differentiable at 0.",
    ),
    (-num(2), using(SECOND_RIGHT)),
    ("!=", 2, positivity),
    (limit((prime(f, h) - 1) / h, h, 0, "-"), using(SECOND_LEFT)),
)
