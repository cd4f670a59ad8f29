r"""The logistic sigmoid, sigma(x) = 1 / (1 + exp(-x)), for real x.

Its inverse is logit(p) = log(p / (1 - p)) on (0, 1), its antiderivative softplus(x) =
log(1 + exp(x)), its derivative the density f of the logistic distribution. The shape of the
derivative (even, a hump of height 1/4, two inflections) is the chapter `sigmoid_derivative`.

Claims
------
sigmoid.exp_form                       sigma(x) = exp(x) / (exp(x) + 1)
sigmoid.at_zero                        sigma(0) = 1/2
sigmoid.limit_at_minus_infinity        sigma(x) tends to 0 as x tends to -oo
sigmoid.limit_at_infinity              sigma(x) tends to 1 as x tends to oo
sigmoid.positive                       sigma(x) > 0
sigmoid.less_than_one                  sigma(x) < 1
sigmoid.increasing                     sigma(a) < sigma(b) where a < b
sigmoid.reflection                     sigma(-x) = 1 - sigma(x)
sigmoid.odd_about_half                 sigma(-x) - 1/2 = -(sigma(x) - 1/2)
sigmoid.odds                           sigma(x) / (1 - sigma(x)) = exp(x)
sigmoid.logit_of_sigmoid               logit(sigma(x)) = x for real x
sigmoid.sigmoid_of_logit               sigma(logit(p)) = p for 0 < p < 1
sigmoid.derivative                     sigma'(x) = sigma(x) * (1 - sigma(x))
sigmoid.derivative_fraction            sigma'(x) = exp(-x) / (1 + exp(-x))^2
sigmoid.antiderivative                 softplus'(x) = sigma(x)
sigmoid.integral                       its integral from a to b is softplus(b) - softplus(a)
sigmoid.integral_from_minus_infinity   its integral from -oo to x is softplus(x)
sigmoid.tanh_form                      sigma(x) = (1 + tanh(x/2)) / 2
sigmoid.density_positive               the logistic density f is positive
sigmoid.density_total                  the logistic density f integrates to 1
sigmoid.cdf                            the integral of f from -oo to x is sigma(x)
"""

from derivations.core import (
    Claim,
    D,
    Q,
    Reals,
    UnitInterval,
    algebra,
    antiderivative,
    chain_rule,
    define,
    derive,
    evaluate,
    exp,
    exp_log_laws,
    fold,
    integral,
    limit,
    limit_laws,
    log,
    monotonicity,
    num,
    oo,
    positivity,
    substitution,
    symbols,
    tanh,
    unfold,
    using,
)

BERKSON = "Berkson (1944), Application of the logistic function to bio-assay"
DUGAS = (
    "Dugas, Bengio, Belisle, Nadeau and Garcia (2001), "
    "Incorporating second-order functional knowledge for better option pricing"
)
BALAKRISHNAN = "Balakrishnan (1992), Handbook of the Logistic Distribution"

x, p, t, a, b, w = symbols("x p t a b w")

sigma = define("sigma", x, 1 / (1 + exp(-x)), latex=r"\sigma")
logit = define("logit", p, log(p / (1 - p)), latex=r"\operatorname{logit}")
softplus = define("softplus", x, log(1 + exp(x)), latex=r"\operatorname{softplus}")
density = define("f", t, exp(-t) / (1 + exp(-t)) ** 2)

# ---------------------------------------------------------------- definition, values, limits

EXP_FORM = derive(
    Claim(
        "sigmoid.exp_form",
        sigma(x),
        "=",
        exp(x) / (exp(x) + 1),
        on={x: Reals},
        title="The two forms of the sigmoid",
        says=r"Multiplied above and below by $e^x$, the sigmoid has the growing exponential.",
    ),
    (1 / (1 + exp(-x)), unfold(sigma)),
    (exp(x) / (exp(x) * (1 + exp(-x))), algebra("multiply above and below by $e^x$")),
    (exp(x) / (exp(x) + exp(x) * exp(-x)), algebra("expand")),
    (exp(x) / (exp(x) + 1), exp_log_laws),
)

AT_ZERO = derive(
    Claim(
        "sigmoid.at_zero",
        sigma(0),
        "=",
        Q(1, 2),
        on={},
        title="The value at zero",
        says="At 0 the sigmoid is one half.",
    ),
    (1 / (1 + exp(-num(0))), unfold(sigma)),
    (1 / (num(1) + 1), evaluate),
    (Q(1, 2), algebra),
)

LIMIT_AT_MINUS_INFINITY = derive(
    Claim(
        "sigmoid.limit_at_minus_infinity",
        limit(sigma(x), x, -oo),
        "=",
        0,
        on={},
        title="The limit on the left",
        says=r"Towards $-\infty$ the sigmoid tends to 0.",
    ),
    (limit(exp(x) / (exp(x) + 1), x, -oo), using(EXP_FORM)),
    (num(0) / (num(0) + 1), limit_laws),
    (0, algebra),
)

LIMIT_AT_INFINITY = derive(
    Claim(
        "sigmoid.limit_at_infinity",
        limit(sigma(x), x, oo),
        "=",
        1,
        on={},
        title="The limit on the right",
        says=r"Towards $\infty$ the sigmoid tends to 1.",
    ),
    (limit(1 / (1 + exp(-x)), x, oo), unfold(sigma)),
    (1 / (num(1) + 0), limit_laws),
    (1, algebra),
)

# -------------------------------------------------------------------- bounds and monotonicity

POSITIVE = derive(
    Claim(
        "sigmoid.positive",
        sigma(x),
        ">",
        0,
        on={x: Reals},
        title="The sigmoid is positive",
        says="The sigmoid never reaches 0, its limit on the left.",
    ),
    (1 / (1 + exp(-x)), unfold(sigma)),
    (">", 0, positivity),
)

LESS_THAN_ONE = derive(
    Claim(
        "sigmoid.less_than_one",
        sigma(x),
        "<",
        1,
        on={x: Reals},
        title="The sigmoid is less than one",
        says="The sigmoid never reaches 1, its limit on the right.",
    ),
    (1 / (1 + exp(-x)), unfold(sigma)),
    ((1 + exp(-x) - exp(-x)) / (1 + exp(-x)), algebra("add and subtract $e^{-x}$")),
    (1 - exp(-x) / (1 + exp(-x)), algebra("split the fraction")),
    ("<", 1, positivity),
)

INCREASING = derive(
    Claim(
        "sigmoid.increasing",
        sigma(a),
        "<",
        sigma(b),
        on={a: Reals, b: Reals},
        where=a < b,
        title="The sigmoid is strictly increasing",
        says="A greater argument has a greater value.",
    ),
    (1 / (1 + exp(-a)), unfold(sigma)),
    ("<", 1 / (1 + exp(-b)), monotonicity("the denominator falls")),
    (sigma(b), fold(sigma)),
)

# -------------------------------------------------------------------------- symmetry, inverse

REFLECTION = derive(
    Claim(
        "sigmoid.reflection",
        sigma(-x),
        "=",
        1 - sigma(x),
        on={x: Reals},
        title="Reflection",
        says="The values at a point and at its mirror image add up to 1.",
    ),
    (1 / (1 + exp(-(-x))), unfold(sigma)),  # noqa: B002  (two signs, not a decrement)
    (1 / (exp(x) + 1), algebra),
    ((exp(x) + 1 - exp(x)) / (exp(x) + 1), algebra("add and subtract $e^x$")),
    (1 - exp(x) / (exp(x) + 1), algebra("split the fraction")),
    (1 - sigma(x), using(EXP_FORM)),
)

ODD_ABOUT_HALF = derive(
    Claim(
        "sigmoid.odd_about_half",
        sigma(-x) - Q(1, 2),
        "=",
        -(sigma(x) - Q(1, 2)),
        on={x: Reals},
        title="Symmetry about one half",
        says=r"The graph is symmetric about the point $(0, \frac{1}{2})$.",
    ),
    (1 - sigma(x) - Q(1, 2), using(REFLECTION)),
    (-(sigma(x) - Q(1, 2)), algebra),
)

ODDS = derive(
    Claim(
        "sigmoid.odds",
        sigma(x) / (1 - sigma(x)),
        "=",
        exp(x),
        on={x: Reals},
        title="The odds",
        says=r"A probability of $\sigma(x)$ has the odds $e^x$.",
        source=BERKSON,
    ),
    ((exp(x) / (exp(x) + 1)) / (1 - exp(x) / (exp(x) + 1)), using(EXP_FORM)),
    ((exp(x) / (exp(x) + 1)) / (1 / (exp(x) + 1)), algebra("subtract from 1")),
    (exp(x), algebra("cancel the denominators")),
)

LOGIT_OF_SIGMOID = derive(
    Claim(
        "sigmoid.logit_of_sigmoid",
        logit(sigma(x)),
        "=",
        x,
        on={x: Reals},
        title="The logit undoes the sigmoid",
        says="The logit is a left inverse of the sigmoid on the real line.",
        source=BERKSON,
    ),
    (log(sigma(x) / (1 - sigma(x))), unfold(logit)),
    (log(exp(x)), using(ODDS)),
    (x, exp_log_laws),
)

SIGMOID_OF_LOGIT = derive(
    Claim(
        "sigmoid.sigmoid_of_logit",
        sigma(logit(p)),
        "=",
        p,
        on={p: UnitInterval},
        title="The sigmoid undoes the logit",
        says="The sigmoid is a left inverse of the logit on the open unit interval.",
        source=BERKSON,
    ),
    (1 / (1 + exp(-logit(p))), unfold(sigma)),
    (1 / (1 + exp(-log(p / (1 - p)))), unfold(logit)),
    (1 / (1 + (1 - p) / p), exp_log_laws),
    (1 / ((p + 1 - p) / p), algebra("a common denominator")),
    (p, algebra),
)

# ----------------------------------------------------------------- derivative, antiderivative

DERIVATIVE = derive(
    Claim(
        "sigmoid.derivative",
        D(sigma(x), x),
        "=",
        sigma(x) * (1 - sigma(x)),
        on={x: Reals},
        title="The derivative of the sigmoid",
        says="The slope is the value times what is missing to 1.",
    ),
    (D(1 / (1 + exp(-x)), x), unfold(sigma)),
    (-((1 + exp(-x)) ** -2) * (exp(-x) * (-1)), chain_rule),
    (exp(-x) / (1 + exp(-x)) ** 2, algebra),
    ((1 + exp(-x) - 1) / (1 + exp(-x)) ** 2, algebra("add and subtract 1")),
    (
        (1 + exp(-x)) / (1 + exp(-x)) ** 2 - 1 / (1 + exp(-x)) ** 2,
        algebra("split the fraction"),
    ),
    (1 / (1 + exp(-x)) * (1 - 1 / (1 + exp(-x))), algebra("factor")),
    (sigma(x) * (1 - sigma(x)), fold(sigma)),
)

DERIVATIVE_FRACTION = derive(
    Claim(
        "sigmoid.derivative_fraction",
        D(sigma(x), x),
        "=",
        exp(-x) / (1 + exp(-x)) ** 2,
        on={x: Reals},
        title="The derivative as a fraction",
        says="The slope in terms of the exponential alone.",
    ),
    (D(1 / (1 + exp(-x)), x), unfold(sigma)),
    (-((1 + exp(-x)) ** -2) * (exp(-x) * (-1)), chain_rule),
    (exp(-x) / (1 + exp(-x)) ** 2, algebra),
)

ANTIDERIVATIVE = derive(
    Claim(
        "sigmoid.antiderivative",
        D(softplus(x), x),
        "=",
        sigma(x),
        on={x: Reals},
        title="Softplus is an antiderivative",
        says="The sigmoid is the slope of softplus.",
        source=DUGAS,
    ),
    (D(log(1 + exp(x)), x), unfold(softplus)),
    (1 / (1 + exp(x)) * exp(x), chain_rule),
    (exp(x) / (exp(x) + 1), algebra),
    (sigma(x), using(EXP_FORM)),
)

INTEGRAL = derive(
    Claim(
        "sigmoid.integral",
        integral(sigma(t), t, a, b),
        "=",
        softplus(b) - softplus(a),
        on={a: Reals, b: Reals},
        title="The integral of the sigmoid",
        says="The area under the sigmoid between two points is a difference of softplus.",
    ),
    (integral(exp(t) / (exp(t) + 1), t, a, b), using(EXP_FORM, x=t)),
    (integral(1 / w, w, 1 + exp(a), 1 + exp(b)), substitution(w, 1 + exp(t))),
    (log(1 + exp(b)) - log(1 + exp(a)), antiderivative(log(w))),
    (softplus(b) - softplus(a), fold(softplus)),
)

INTEGRAL_FROM_MINUS_INFINITY = derive(
    Claim(
        "sigmoid.integral_from_minus_infinity",
        integral(sigma(t), t, -oo, x),
        "=",
        softplus(x),
        on={x: Reals},
        title="The area on the left",
        says="The whole area under the sigmoid to the left of a point is its softplus.",
    ),
    (softplus(x) - limit(softplus(t), t, -oo), antiderivative(softplus(t))),
    (softplus(x) - limit(log(1 + exp(t)), t, -oo), unfold(softplus)),
    (softplus(x) - log(num(1) + 0), limit_laws),
    (softplus(x), evaluate),
)

# ------------------------------------------------------------------- relations, distribution

TANH_FORM = derive(
    Claim(
        "sigmoid.tanh_form",
        sigma(x),
        "=",
        (1 + tanh(x / 2)) / 2,
        on={x: Reals},
        title="The sigmoid and the hyperbolic tangent",
        says="The sigmoid is the hyperbolic tangent of half the argument, moved to $(0, 1)$.",
    ),
    (exp(x) / (exp(x) + 1), using(EXP_FORM)),
    (exp(x / 2) / (exp(x / 2) + exp(-(x / 2))), exp_log_laws("divide by $e^{x/2}$")),
    (
        (1 + (exp(x / 2) - exp(-(x / 2))) / (exp(x / 2) + exp(-(x / 2)))) / 2,
        algebra,
    ),
    ((1 + tanh(x / 2)) / 2, fold(tanh)),
)

DENSITY_POSITIVE = derive(
    Claim(
        "sigmoid.density_positive",
        density(t),
        ">",
        0,
        on={t: Reals},
        title="The logistic density is positive",
        says="The density of the logistic distribution is positive everywhere.",
        source=BALAKRISHNAN,
    ),
    (exp(-t) / (1 + exp(-t)) ** 2, unfold(density)),
    (">", 0, positivity),
)

DENSITY_TOTAL = derive(
    Claim(
        "sigmoid.density_total",
        integral(density(t), t, -oo, oo),
        "=",
        1,
        on={},
        title="The logistic density is a density",
        says="Its integral over the real line is 1.",
        source=BALAKRISHNAN,
    ),
    (integral(exp(-t) / (1 + exp(-t)) ** 2, t, -oo, oo), unfold(density)),
    (limit(sigma(t), t, oo) - limit(sigma(t), t, -oo), antiderivative(sigma(t))),
    (1 - limit(sigma(t), t, -oo), using(LIMIT_AT_INFINITY)),
    (num(1) - 0, using(LIMIT_AT_MINUS_INFINITY)),
    (1, algebra),
)

CDF = derive(
    Claim(
        "sigmoid.cdf",
        integral(density(t), t, -oo, x),
        "=",
        sigma(x),
        on={x: Reals},
        title="The sigmoid is the logistic distribution function",
        says="A logistic random variable is at most $x$ with probability $\\sigma(x)$.",
        source=BALAKRISHNAN,
    ),
    (integral(exp(-t) / (1 + exp(-t)) ** 2, t, -oo, x), unfold(density)),
    (sigma(x) - limit(sigma(t), t, -oo), antiderivative(sigma(t))),
    (sigma(x) - 0, using(LIMIT_AT_MINUS_INFINITY)),
    (sigma(x), algebra),
)
