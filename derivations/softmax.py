r"""The softmax of K scores, s_i = exp(z_i) / sum_k exp(z_k), and its cross-entropy.

K stays symbolic. The label is a vector y of K weights: one-hot for a hard label (a 1 and zeros),
any weights that add up to 1 for a soft one.

Claims
------
softmax.positive                every s_i is positive
softmax.sum                     the s_i add up to 1
softmax.at_most_one             no s_i exceeds 1
softmax.shift                   adding one constant to all scores changes nothing
softmax.two_classes             for two classes it is the sigmoid of z_1 - z_2
softmax.log                     log s_i = z_i - log sum_k exp(z_k)
softmax.logsumexp_shift         adding c to all scores adds c to lse = log sum_k exp(z_k)
softmax.logsumexp_others        one class in front: lse = z_p + log(1 + sum_{k != p} exp(z_k - z_p))
softmax.logsumexp_gradient      the gradient of lse is the softmax
softmax.jacobian                D(s_i, z_j) = s_i (delta_ij - s_j)
softmax.jacobian_product        along a direction v it gives s_i (v_i - sum_j s_j v_j)
softmax.log_jacobian            D(log s_i, z_j) = delta_ij - s_j
softmax.cross_entropy_scores    -sum_k y_k log s_k = sum_k y_k (lse - z_k)
softmax.cross_entropy_slope     the gradient of -sum_k y_k log s_k is s_j sum_k y_k - y_j
softmax.cross_entropy_gradient  which is s_j - y_j where the y_k add up to 1
"""

from __future__ import annotations

from derivations.core import (
    Claim,
    D,
    Reals,
    Sizes,
    algebra,
    array,
    chain_rule,
    define,
    delta,
    derive,
    differentiate,
    eq,
    exp,
    exp_log_laws,
    fold,
    given,
    indices,
    linearity,
    log,
    positivity,
    quotient_rule,
    sum_rules,
    symbols,
    total,
    unfold,
    using,
)
from derivations.sigmoid import sigma

BRIDLE = (
    "Bridle (1990), Probabilistic interpretation of feedforward classification network "
    "outputs, with relationships to statistical pattern recognition"
)

K, c, i, j, k, p = symbols("K c i j k p")
z = array("z", K)
y = array("y", K)
v = array("v", K)

s = define("s", i, exp(z[i]) / total(exp(z[k]), k, 1, K), latex="s_{#1}")
lse = define("lse", (), log(total(exp(z[k]), k, 1, K)), latex=r"\operatorname{lse}(z)")
C = define("C", (), -total(y[k] * log(s(k)), k, 1, K), latex="C(z)")

POSITIVE = derive(
    Claim(
        "softmax.positive",
        s(i),
        ">",
        0,
        on={K: Sizes, z: Reals, i: indices(K)},
        title="Positive",
        says="Every class keeps a positive share.",
    ),
    (exp(z[i]) / total(exp(z[k]), k, 1, K), unfold(s)),
    (">", 0, positivity),
)

SUM = derive(
    Claim(
        "softmax.sum",
        total(s(i), i, 1, K),
        "=",
        1,
        on={K: Sizes, z: Reals},
        title="The shares add up to 1",
        says="The softmax is a probability distribution over the classes.",
    ),
    (total(exp(z[i]) / total(exp(z[k]), k, 1, K), i, 1, K), unfold(s)),
    (total(exp(z[i]), i, 1, K) / total(exp(z[k]), k, 1, K), linearity),
    (1, algebra("the two sums are one")),
)

AT_MOST_ONE = derive(
    Claim(
        "softmax.at_most_one",
        s(i),
        "<=",
        1,
        on={K: Sizes, z: Reals, i: indices(K)},
        title="At most 1",
        says="No class has more than the whole.",
    ),
    ("<=", total(s(k), k, 1, K), positivity("the other terms are positive")),
    (1, using(SUM)),
)

SHIFT = derive(
    Claim(
        "softmax.shift",
        exp(z[i] + c) / total(exp(z[k] + c), k, 1, K),
        "=",
        s(i),
        on={K: Sizes, z: Reals, c: Reals, i: indices(K)},
        title="Invariance under shifts",
        says="Only differences of the scores matter.",
    ),
    (exp(z[i]) * exp(c) / total(exp(z[k]) * exp(c), k, 1, K), exp_log_laws),
    (exp(z[i]) * exp(c) / (exp(c) * total(exp(z[k]), k, 1, K)), linearity),
    (exp(z[i]) / total(exp(z[k]), k, 1, K), algebra("cancel")),
    (s(i), fold(s)),
)

TWO_CLASSES = derive(
    Claim(
        "softmax.two_classes",
        s(1),
        "=",
        sigma(z[1] - z[2]),
        on={K: Sizes, z: Reals},
        where=eq(K, 2),
        title="Two classes give the sigmoid",
        says="With two classes, the share of the first is the sigmoid of the difference of scores.",
        source=BRIDLE,
    ),
    (exp(z[1]) / total(exp(z[k]), k, 1, K), unfold(s)),
    (exp(z[1]) / total(exp(z[k]), k, 1, 2), given(eq(K, 2))),
    (exp(z[1]) / (exp(z[1]) + exp(z[2])), sum_rules("two terms")),
    (1 / (1 + exp(z[2]) / exp(z[1])), algebra(r"divide both by $e^{z_1}$")),
    (1 / (1 + exp(-(z[1] - z[2]))), exp_log_laws),
    (sigma(z[1] - z[2]), fold(sigma)),
)

LOG = derive(
    Claim(
        "softmax.log",
        log(s(i)),
        "=",
        z[i] - log(total(exp(z[k]), k, 1, K)),
        on={K: Sizes, z: Reals, i: indices(K)},
        title="The logarithm of the softmax",
        says="The logarithm of a share is its score less the log-sum-exp of all scores.",
    ),
    (log(exp(z[i]) / total(exp(z[k]), k, 1, K)), unfold(s)),
    (log(exp(z[i])) - log(total(exp(z[k]), k, 1, K)), exp_log_laws("logarithm of a quotient")),
    (z[i] - log(total(exp(z[k]), k, 1, K)), exp_log_laws(r"$\log e^u = u$")),
)

LOGSUMEXP_SHIFT = derive(
    Claim(
        "softmax.logsumexp_shift",
        log(total(exp(z[k] + c), k, 1, K)),
        "=",
        lse() + c,
        on={K: Sizes, z: Reals, c: Reals},
        title="The log-sum-exp under shifts",
        says="A constant added to all scores is added to their log-sum-exp.",
    ),
    (log(total(exp(z[k]) * exp(c), k, 1, K)), exp_log_laws),
    (log(exp(c) * total(exp(z[k]), k, 1, K)), linearity),
    (log(total(exp(z[k]), k, 1, K)) + c, exp_log_laws("logarithm of a product")),
    (lse() + c, fold(lse)),
)

LOGSUMEXP_OTHERS = derive(
    Claim(
        "softmax.logsumexp_others",
        lse(),
        "=",
        z[p] + log(1 + total((1 - delta(k, p)) * exp(z[k] - z[p]), k, 1, K)),
        on={K: Sizes, z: Reals, p: indices(K)},
        title="The log-sum-exp with one class in front",
        says="The log-sum-exp is any one score, and a logarithm of what the others add to it.",
    ),
    (log(total(exp(z[k]), k, 1, K)), unfold(lse)),
    (log(total(exp(z[p]) * exp(z[k] - z[p]), k, 1, K)), exp_log_laws),
    (log(exp(z[p]) * total(exp(z[k] - z[p]), k, 1, K)), linearity),
    (z[p] + log(total(exp(z[k] - z[p]), k, 1, K)), exp_log_laws("logarithm of a product")),
    (
        z[p]
        + log(
            total(
                delta(k, p) * exp(z[k] - z[p]) + (1 - delta(k, p)) * exp(z[k] - z[p]),
                k,
                1,
                K,
            )
        ),
        algebra("the class in front, and the others"),
    ),
    (
        z[p]
        + log(
            total(delta(k, p) * exp(z[k] - z[p]), k, 1, K)
            + total((1 - delta(k, p)) * exp(z[k] - z[p]), k, 1, K)
        ),
        linearity,
    ),
    (
        z[p] + log(exp(z[p] - z[p]) + total((1 - delta(k, p)) * exp(z[k] - z[p]), k, 1, K)),
        sum_rules("only the term $k = p$ remains"),
    ),
    (
        z[p] + log(1 + total((1 - delta(k, p)) * exp(z[k] - z[p]), k, 1, K)),
        exp_log_laws("$e^0 = 1$"),
    ),
)

LOGSUMEXP_GRADIENT = derive(
    Claim(
        "softmax.logsumexp_gradient",
        D(lse(), z[j]),
        "=",
        s(j),
        on={K: Sizes, z: Reals, j: indices(K)},
        title="The gradient of the log-sum-exp",
        says="The log-sum-exp grows with each score by the share of its class.",
        source=BRIDLE,
    ),
    (D(log(total(exp(z[k]), k, 1, K)), z[j]), unfold(lse)),
    (1 / total(exp(z[k]), k, 1, K) * D(total(exp(z[k]), k, 1, K), z[j]), chain_rule),
    (1 / total(exp(z[k]), k, 1, K) * total(D(exp(z[k]), z[j]), k, 1, K), linearity),
    (
        1 / total(exp(z[k]), k, 1, K) * total(exp(z[k]) * delta(k, j), k, 1, K),
        differentiate(r"$\partial z_k / \partial z_j = \delta_{k j}$"),
    ),
    (
        1 / total(exp(z[k]), k, 1, K) * exp(z[j]),
        sum_rules("only the term $k = j$ remains"),
    ),
    (exp(z[j]) / total(exp(z[k]), k, 1, K), algebra),
    (s(j), fold(s)),
)

JACOBIAN = derive(
    Claim(
        "softmax.jacobian",
        D(s(i), z[j]),
        "=",
        s(i) * (delta(i, j) - s(j)),
        on={K: Sizes, z: Reals, i: indices(K), j: indices(K)},
        title="The Jacobian of the softmax",
        says="A share grows with its own score and shrinks with every other.",
        source=BRIDLE,
    ),
    (D(exp(z[i]) / total(exp(z[k]), k, 1, K), z[j]), unfold(s)),
    (
        (
            D(exp(z[i]), z[j]) * total(exp(z[k]), k, 1, K)
            - exp(z[i]) * D(total(exp(z[k]), k, 1, K), z[j])
        )
        / total(exp(z[k]), k, 1, K) ** 2,
        quotient_rule,
    ),
    (
        (
            D(exp(z[i]), z[j]) * total(exp(z[k]), k, 1, K)
            - exp(z[i]) * total(D(exp(z[k]), z[j]), k, 1, K)
        )
        / total(exp(z[k]), k, 1, K) ** 2,
        linearity,
    ),
    (
        (
            exp(z[i]) * delta(i, j) * total(exp(z[k]), k, 1, K)
            - exp(z[i]) * total(exp(z[k]) * delta(k, j), k, 1, K)
        )
        / total(exp(z[k]), k, 1, K) ** 2,
        differentiate(r"$\partial z_k / \partial z_j = \delta_{k j}$"),
    ),
    (
        (exp(z[i]) * delta(i, j) * total(exp(z[k]), k, 1, K) - exp(z[i]) * exp(z[j]))
        / total(exp(z[k]), k, 1, K) ** 2,
        sum_rules("only the term $k = j$ remains"),
    ),
    (
        exp(z[i])
        / total(exp(z[k]), k, 1, K)
        * (delta(i, j) - exp(z[j]) / total(exp(z[k]), k, 1, K)),
        algebra("factor"),
    ),
    (s(i) * (delta(i, j) - s(j)), fold(s)),
)

JACOBIAN_PRODUCT = derive(
    Claim(
        "softmax.jacobian_product",
        total(D(s(i), z[j]) * v[j], j, 1, K),
        "=",
        s(i) * (v[i] - total(s(j) * v[j], j, 1, K)),
        on={K: Sizes, z: Reals, v: Reals, i: indices(K)},
        title="The softmax along a direction",
        says="A share grows as far as its own score moves more than the average of the scores.",
    ),
    (total(s(i) * (delta(i, j) - s(j)) * v[j], j, 1, K), using(JACOBIAN)),
    (total(s(i) * (delta(i, j) * v[j] - s(j) * v[j]), j, 1, K), algebra("multiply out")),
    (
        s(i) * (total(delta(i, j) * v[j], j, 1, K) - total(s(j) * v[j], j, 1, K)),
        linearity,
    ),
    (
        s(i) * (v[i] - total(s(j) * v[j], j, 1, K)),
        sum_rules("only the term $j = i$ remains"),
    ),
)

LOG_JACOBIAN = derive(
    Claim(
        "softmax.log_jacobian",
        D(log(s(i)), z[j]),
        "=",
        delta(i, j) - s(j),
        on={K: Sizes, z: Reals, i: indices(K), j: indices(K)},
        title="The Jacobian of the log-softmax",
        says="The logarithm removes the share in front.",
    ),
    (1 / s(i) * D(s(i), z[j]), chain_rule),
    (1 / s(i) * (s(i) * (delta(i, j) - s(j))), using(JACOBIAN)),
    (delta(i, j) - s(j), algebra("cancel")),
)

CROSS_ENTROPY_SCORES = derive(
    Claim(
        "softmax.cross_entropy_scores",
        C(),
        "=",
        total(y[k] * (lse() - z[k]), k, 1, K),
        on={K: Sizes, z: Reals, y: Reals},
        title="The cross-entropy from the scores",
        says="Each class costs its weight times the distance of its score from the log-sum-exp.",
    ),
    (-total(y[k] * log(s(k)), k, 1, K), unfold(C)),
    (-total(y[k] * (z[k] - log(total(exp(z[i]), i, 1, K))), k, 1, K), using(LOG, i=k)),
    (-total(y[k] * (z[k] - lse()), k, 1, K), fold(lse)),
    (total(-(y[k] * (z[k] - lse())), k, 1, K), linearity),
    (total(y[k] * (lse() - z[k]), k, 1, K), algebra),
)

CROSS_ENTROPY_SLOPE = derive(
    Claim(
        "softmax.cross_entropy_slope",
        D(C(), z[j]),
        "=",
        s(j) * total(y[k], k, 1, K) - y[j],
        on={K: Sizes, z: Reals, y: Reals, j: indices(K)},
        title="The slope of the cross-entropy for any weights",
        says="The slope in a score, whatever the weights of the label add up to.",
    ),
    (D(-total(y[k] * log(s(k)), k, 1, K), z[j]), unfold(C)),
    (-total(y[k] * D(log(s(k)), z[j]), k, 1, K), linearity),
    (-total(y[k] * (delta(k, j) - s(j)), k, 1, K), using(LOG_JACOBIAN, i=k)),
    (-total(y[k] * delta(k, j) - s(j) * y[k], k, 1, K), algebra("multiply out")),
    (-(total(y[k] * delta(k, j), k, 1, K) - s(j) * total(y[k], k, 1, K)), linearity),
    (-(y[j] - s(j) * total(y[k], k, 1, K)), sum_rules("only the term $k = j$ remains")),
    (s(j) * total(y[k], k, 1, K) - y[j], algebra),
)

CROSS_ENTROPY_GRADIENT = derive(
    Claim(
        "softmax.cross_entropy_gradient",
        D(C(), z[j]),
        "=",
        s(j) - y[j],
        on={K: Sizes, z: Reals, y: Reals, j: indices(K)},
        where=eq(total(y[k], k, 1, K), 1),
        title="The gradient of the cross-entropy",
        says="For a label whose weights add up to 1, one-hot or soft, the gradient is the error.",
        source=BRIDLE,
    ),
    (s(j) * total(y[k], k, 1, K) - y[j], using(CROSS_ENTROPY_SLOPE)),
    (s(j) * 1 - y[j], given(eq(total(y[k], k, 1, K), 1))),
    (s(j) - y[j], algebra),
)
