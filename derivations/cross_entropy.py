r"""The cross-entropy of a label and a prediction, for hard and for soft labels.

H(q, p) = -(q log p + (1 - q) log(1 - p)) is what the prediction p of the label 1 costs under the
label q: 0 or 1 (hard), or between (soft). H(q) = H(q, q) is the entropy of the label.

Claims
------
cross_entropy.hard_one           under the label 1 the cost is -log p
cross_entropy.hard_zero          under the label 0 the cost is -log(1 - p)
cross_entropy.limit_one          it tends to 0 as p tends to the hard label 1
cross_entropy.limit_zero         it tends to 0 as p tends to the hard label 0
cross_entropy.at_the_label       H(q, q) is the entropy of q
cross_entropy.slope              the slope in p is (p - q) / (p (1 - p))
cross_entropy.slope_at_the_label the slope is 0 at p = q
cross_entropy.falls              the slope is negative for p < q
cross_entropy.rises              the slope is positive for p > q
cross_entropy.curvature          the second derivative in p is q/p^2 + (1 - q)/(1 - p)^2
cross_entropy.convex             the second derivative is positive
cross_entropy.tangent_gap        the integral of 1 - 1/u from 1 to t is t - 1 - log t
cross_entropy.tangent            log t <= t - 1
cross_entropy.gibbs              H(q) - H(q, p) <= 0
cross_entropy.minimum            H(q, p) >= H(q): the minimum is the entropy of the label
"""

from __future__ import annotations

from derivations.core import (
    Claim,
    D,
    Positive,
    UnitInterval,
    algebra,
    antiderivative,
    chain_rule,
    define,
    derive,
    eq,
    evaluate,
    exp_log_laws,
    fold,
    given,
    integral,
    limit,
    limit_laws,
    linearity,
    log,
    num,
    positivity,
    substitution,
    symbols,
    unfold,
    using,
)

COVER = "Cover and Thomas (2006), Elements of Information Theory, second edition"

q, p, t, u, s = symbols("q p t u s")

H = define("H", (q, p), -(q * log(p) + (1 - q) * log(1 - p)), latex="H(#1, #2)")
entropy = define("H_1", q, -(q * log(q) + (1 - q) * log(1 - q)), latex="H(#1)")

HARD_ONE = derive(
    Claim(
        "cross_entropy.hard_one",
        H(1, p),
        "=",
        -log(p),
        on={p: UnitInterval},
        title="The cost under the label 1",
        says=r"Under the label 1 the prediction $p$ costs $-\log p$.",
    ),
    (-(1 * log(p) + (num(1) - 1) * log(1 - p)), unfold(H)),
    (-log(p), algebra),
)

HARD_ZERO = derive(
    Claim(
        "cross_entropy.hard_zero",
        H(0, p),
        "=",
        -log(1 - p),
        on={p: UnitInterval},
        title="The cost under the label 0",
        says=r"Under the label 0 the prediction $p$ costs $-\log(1 - p)$.",
    ),
    (-(0 * log(p) + (num(1) - 0) * log(1 - p)), unfold(H)),
    (-log(1 - p), algebra),
)

LIMIT_ONE = derive(
    Claim(
        "cross_entropy.limit_one",
        limit(H(1, p), p, 1, "-"),
        "=",
        0,
        on={},
        title="A prediction that tends to the label 1",
        says="The cross-entropy tends to 0 as the prediction tends to the hard label 1.",
    ),
    (limit(-log(p), p, 1, "-"), using(HARD_ONE)),
    (-log(1), limit_laws("the logarithm is continuous at 1")),
    (0, evaluate),
)

LIMIT_ZERO = derive(
    Claim(
        "cross_entropy.limit_zero",
        limit(H(0, p), p, 0, "+"),
        "=",
        0,
        on={},
        title="A prediction that tends to the label 0",
        says="The cross-entropy tends to 0 as the prediction tends to the hard label 0.",
    ),
    (limit(-log(1 - p), p, 0, "+"), using(HARD_ZERO)),
    (-log(num(1) - 0), limit_laws("the logarithm is continuous at 1")),
    (0, evaluate),
)

AT_THE_LABEL = derive(
    Claim(
        "cross_entropy.at_the_label",
        H(q, q),
        "=",
        entropy(q),
        on={q: UnitInterval},
        title="The cost of the label itself",
        says="At $p = q$ the cross-entropy is the entropy of the label.",
    ),
    (-(q * log(q) + (1 - q) * log(1 - q)), unfold(H)),
    (entropy(q), fold(entropy)),
)

SLOPE = derive(
    Claim(
        "cross_entropy.slope",
        D(H(q, p), p),
        "=",
        (p - q) / (p * (1 - p)),
        on={q: UnitInterval, p: UnitInterval},
        title="The slope of the cross-entropy in the prediction",
        says="The slope has the sign of $p - q$.",
    ),
    (D(-(q * log(p) + (1 - q) * log(1 - p)), p), unfold(H)),
    (-(q * D(log(p), p) + (1 - q) * D(log(1 - p), p)), linearity),
    (-(q * (1 / p) + (1 - q) * (1 / (1 - p) * num(-1))), chain_rule),
    ((1 - q) / (1 - p) - q / p, algebra),
    (((1 - q) * p - q * (1 - p)) / (p * (1 - p)), algebra("common denominator")),
    ((p - q) / (p * (1 - p)), algebra("the products cancel")),
)

SLOPE_AT_THE_LABEL = derive(
    Claim(
        "cross_entropy.slope_at_the_label",
        D(H(q, p), p),
        "=",
        0,
        on={q: UnitInterval, p: UnitInterval},
        where=eq(p, q),
        title="The slope vanishes at the label",
        says="The slope is 0 where the prediction is the label.",
    ),
    ((p - q) / (p * (1 - p)), using(SLOPE)),
    ((q - q) / (q * (1 - q)), given(eq(p, q))),
    (0, algebra),
)

FALLS = derive(
    Claim(
        "cross_entropy.falls",
        D(H(q, p), p),
        "<",
        0,
        on={q: UnitInterval, p: UnitInterval},
        where=p < q,
        title="Below the label the cross-entropy falls",
        says="The slope is negative where the prediction is too low.",
    ),
    ((p - q) / (p * (1 - p)), using(SLOPE)),
    ("<", 0, given(p < q)),
)

RISES = derive(
    Claim(
        "cross_entropy.rises",
        D(H(q, p), p),
        ">",
        0,
        on={q: UnitInterval, p: UnitInterval},
        where=p > q,
        title="Above the label the cross-entropy rises",
        says="The slope is positive where the prediction is too high.",
    ),
    ((p - q) / (p * (1 - p)), using(SLOPE)),
    (">", 0, given(p > q)),
)

CURVATURE = derive(
    Claim(
        "cross_entropy.curvature",
        D(H(q, p), p, 2),
        "=",
        q / p**2 + (1 - q) / (1 - p) ** 2,
        on={q: UnitInterval, p: UnitInterval},
        title="The second derivative in the prediction",
        says="The curvature is a sum of two positive terms.",
    ),
    (D((p - q) / (p * (1 - p)), p), using(SLOPE)),
    (D((1 - q) / (1 - p) - q / p, p), algebra("partial fractions")),
    ((1 - q) * D(1 / (1 - p), p) - q * D(1 / p, p), linearity),
    ((1 - q) * (1 / (1 - p) ** 2) - q * -(1 / p**2), chain_rule),
    (q / p**2 + (1 - q) / (1 - p) ** 2, algebra),
)

CONVEX = derive(
    Claim(
        "cross_entropy.convex",
        D(H(q, p), p, 2),
        ">",
        0,
        on={q: UnitInterval, p: UnitInterval},
        title="The cross-entropy is strictly convex in the prediction",
        says="The second derivative is positive, so that the slope has no other zero.",
    ),
    (q / p**2 + (1 - q) / (1 - p) ** 2, using(CURVATURE)),
    (">", 0, positivity),
)

GAP = derive(
    Claim(
        "cross_entropy.tangent_gap",
        integral(1 - 1 / u, u, 1, t),
        "=",
        t - 1 - log(t),
        on={t: Positive},
        title="How far the logarithm lies below its tangent at 1",
        says="The gap is the integral of the difference of the slopes.",
    ),
    (t - log(t) - (1 - log(num(1))), antiderivative(u - log(u))),
    (t - log(t) - (num(1) - 0), evaluate),
    (t - 1 - log(t), algebra),
)

TANGENT = derive(
    Claim(
        "cross_entropy.tangent",
        log(t),
        "<=",
        t - 1,
        on={t: Positive},
        title="The logarithm lies below its tangent at 1",
        says="The line touches the logarithm at $t = 1$.",
        source="NIST Digital Library of Mathematical Functions, 4.5.1",
    ),
    (t - 1 - (t - 1 - log(t)), algebra("add and subtract $t - 1$")),
    (t - 1 - integral(1 - 1 / u, u, 1, t), using(GAP)),
    (
        t - 1 - integral((1 - 1 / (1 + (t - 1) * s)) * (t - 1), s, 0, 1),
        substitution(u, 1 + (t - 1) * s),
    ),
    (
        t - 1 - integral((t - 1) ** 2 * s / (1 - s + t * s), s, 0, 1),
        algebra("a common denominator"),
    ),
    ("<=", t - 1, positivity(r"for $0 \le s \le 1$ the integrand is not negative")),
)

GIBBS = derive(
    Claim(
        "cross_entropy.gibbs",
        entropy(q) - H(q, p),
        "<=",
        0,
        on={q: UnitInterval, p: UnitInterval},
        title="Gibbs' inequality for two outcomes",
        says="No prediction costs less than the entropy of the label.",
        source=COVER,
    ),
    (
        -(q * log(q) + (1 - q) * log(1 - q)) - -(q * log(p) + (1 - q) * log(1 - p)),
        unfold(entropy, H),
    ),
    (
        q * (log(p) - log(q)) + (1 - q) * (log(1 - p) - log(1 - q)),
        algebra("collect $q$ and $1 - q$"),
    ),
    (
        q * log(p / q) + (1 - q) * log((1 - p) / (1 - q)),
        exp_log_laws("logarithm of a quotient"),
    ),
    (
        "<=",
        q * (p / q - 1) + (1 - q) * log((1 - p) / (1 - q)),
        using(TANGENT, t=p / q),
    ),
    (
        "<=",
        q * (p / q - 1) + (1 - q) * ((1 - p) / (1 - q) - 1),
        using(TANGENT, t=(1 - p) / (1 - q)),
    ),
    (p - q + (1 - p) - (1 - q), algebra("multiply out")),
    (0, algebra),
)

MINIMUM = derive(
    Claim(
        "cross_entropy.minimum",
        H(q, p),
        ">=",
        entropy(q),
        on={q: UnitInterval, p: UnitInterval},
        title="The minimum of the cross-entropy is the entropy of the label",
        says="For a soft label the cross-entropy does not tend to 0: its minimum, at $p = q$, is "
        "the entropy of the label.",
        source=COVER,
    ),
    (entropy(q) - (entropy(q) - H(q, p)), algebra),
    (">=", entropy(q) - 0, using(GIBBS)),
    (entropy(q), algebra),
)
