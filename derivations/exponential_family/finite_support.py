r"""The exponential family with finitely many outcomes: the log-partition makes the moments.

Outcomes k = 1..K with weights b_k > 0 and statistics T_kj, natural parameters eta_j, j = 1..n:

    p_k = b_k exp(sum_j eta_j T_kj) / Z,   Z = sum_k b_k exp(sum_j eta_j T_kj),   a = log Z.

Claims
------
exponential_family.finite.normalised          the probabilities p_k add up to 1
exponential_family.finite.form                p_k is b_k exp(eta^T T_k - a)
exponential_family.finite.weight_slope        the weight w_k has the slope T_kj w_k in eta_j
exponential_family.finite.gradient            the gradient of a is the mean of T
exponential_family.finite.probability_slope   p_k has the slope p_k (T_kj - E[T_j]) in eta_j
exponential_family.finite.hessian             the Hessian of a is the covariance of T
"""

from __future__ import annotations

from typing import Final

from derivations.core import (
    Claim,
    D,
    Domain,
    Positive,
    Reals,
    Sizes,
    Variable,
    algebra,
    array,
    chain_rule,
    define,
    derive,
    differentiate,
    exp,
    exp_log_laws,
    fold,
    indices,
    linearity,
    log,
    quotient_rule,
    symbols,
    total,
    unfold,
    using,
)
from derivations.exponential_family.bernoulli import BROWN

i, j, k, l, n, K = symbols("i j k l n K")
b = array("b", K)
T = array("T", K, n)
eta = array("eta", n)

score = define("s", k, total(eta[j] * T[k, j], j, 1, n), latex=r"\eta^{\top} T_{#1}")
weight = define("w", k, b[k] * exp(score(k)), latex="w_{#1}")
Z = define("Z", (), total(weight(k), k, 1, K), latex="Z")
a = define("a", (), log(Z()), latex=r"a(\eta)")
p = define("p", k, weight(k) / Z(), latex="p_{#1}")
mean = define("E_T", j, total(T[k, j] * p(k), k, 1, K), latex=r"\mathrm{E}[T_{#1}(Y)]")

DATA: Final[dict[Variable, Domain]] = {K: Sizes, n: Sizes, b: Positive, T: Reals, eta: Reals}

NORMALISED = derive(
    Claim(
        "exponential_family.finite.normalised",
        total(p(k), k, 1, K),
        "=",
        1,
        on=DATA,
        title="The probabilities add up to 1",
    ),
    (total(weight(k) / Z(), k, 1, K), unfold(p)),
    (total(weight(k), k, 1, K) / Z(), linearity),
    (Z() / Z(), fold(Z)),
    (1, algebra("$Z > 0$")),
)

FORM = derive(
    Claim(
        "exponential_family.finite.form",
        p(k),
        "=",
        b[k] * exp(score(k) - a()),
        on=DATA | {k: indices(K)},
        title="Exponential-family form",
    ),
    (weight(k) / Z(), unfold(p)),
    (b[k] * exp(score(k)) / Z(), unfold(weight)),
    (b[k] * exp(score(k)) / exp(log(Z())), exp_log_laws("$Z > 0$")),
    (b[k] * exp(score(k)) / exp(a()), fold(a)),
    (b[k] * exp(score(k) - a()), exp_log_laws),
)

WEIGHT_SLOPE = derive(
    Claim(
        "exponential_family.finite.weight_slope",
        D(weight(k), eta[j]),
        "=",
        T[k, j] * weight(k),
        on=DATA | {k: indices(K), j: indices(n)},
        title="Slope of a weight",
    ),
    (D(b[k] * exp(score(k)), eta[j]), unfold(weight)),
    (b[k] * exp(score(k)) * D(score(k), eta[j]), chain_rule),
    (b[k] * exp(score(k)) * D(total(eta[l] * T[k, l], l, 1, n), eta[j]), unfold(score)),
    (b[k] * exp(score(k)) * T[k, j], differentiate("only the term $l = j$ depends on it")),
    (weight(k) * T[k, j], fold(weight)),
    (T[k, j] * weight(k), algebra),
)

GRADIENT = derive(
    Claim(
        "exponential_family.finite.gradient",
        D(a(), eta[j]),
        "=",
        mean(j),
        on=DATA | {j: indices(n)},
        title="The gradient of the log-partition is the mean",
        source=BROWN,
    ),
    (D(log(Z()), eta[j]), unfold(a)),
    (1 / Z() * D(Z(), eta[j]), chain_rule),
    (1 / Z() * D(total(weight(k), k, 1, K), eta[j]), unfold(Z)),
    (1 / Z() * total(D(weight(k), eta[j]), k, 1, K), linearity),
    (1 / Z() * total(T[k, j] * weight(k), k, 1, K), using(WEIGHT_SLOPE)),
    (total(T[k, j] * weight(k) / Z(), k, 1, K), linearity),
    (total(T[k, j] * (weight(k) / Z()), k, 1, K), algebra),
    (total(T[k, j] * p(k), k, 1, K), fold(p)),
    (mean(j), fold(mean)),
)

PROBABILITY_SLOPE = derive(
    Claim(
        "exponential_family.finite.probability_slope",
        D(p(k), eta[j]),
        "=",
        p(k) * (T[k, j] - mean(j)),
        on=DATA | {k: indices(K), j: indices(n)},
        title="Slope of a probability",
    ),
    (D(weight(k) / Z(), eta[j]), unfold(p)),
    (
        (D(weight(k), eta[j]) * Z() - weight(k) * D(Z(), eta[j])) / Z() ** 2,
        quotient_rule,
    ),
    (
        D(weight(k), eta[j]) / Z() - weight(k) / Z() * (1 / Z() * D(Z(), eta[j])),
        algebra("split the fraction"),
    ),
    (
        T[k, j] * weight(k) / Z() - weight(k) / Z() * (1 / Z() * D(Z(), eta[j])),
        using(WEIGHT_SLOPE),
    ),
    (
        T[k, j] * weight(k) / Z() - weight(k) / Z() * D(log(Z()), eta[j]),
        chain_rule("read backwards"),
    ),
    (T[k, j] * weight(k) / Z() - weight(k) / Z() * D(a(), eta[j]), fold(a)),
    (T[k, j] * weight(k) / Z() - weight(k) / Z() * mean(j), using(GRADIENT)),
    (weight(k) / Z() * (T[k, j] - mean(j)), algebra("factor")),
    (p(k) * (T[k, j] - mean(j)), fold(p)),
)

HESSIAN = derive(
    Claim(
        "exponential_family.finite.hessian",
        D(D(a(), eta[i]), eta[j]),
        "=",
        total(T[k, i] * T[k, j] * p(k), k, 1, K) - mean(i) * mean(j),
        on=DATA | {i: indices(n), j: indices(n)},
        title="The Hessian of the log-partition is the covariance",
        source=BROWN,
    ),
    (D(mean(i), eta[j]), using(GRADIENT, j=i)),
    (D(total(T[k, i] * p(k), k, 1, K), eta[j]), unfold(mean)),
    (total(T[k, i] * D(p(k), eta[j]), k, 1, K), linearity),
    (total(T[k, i] * (p(k) * (T[k, j] - mean(j))), k, 1, K), using(PROBABILITY_SLOPE)),
    (
        total(T[k, i] * T[k, j] * p(k) - T[k, i] * p(k) * mean(j), k, 1, K),
        algebra("multiply out"),
    ),
    (
        total(T[k, i] * T[k, j] * p(k), k, 1, K) - total(T[k, i] * p(k), k, 1, K) * mean(j),
        linearity,
    ),
    (total(T[k, i] * T[k, j] * p(k), k, 1, K) - mean(i) * mean(j), fold(mean)),
)
