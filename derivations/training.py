r"""Training a logistic regression, and why it does not give back the parameters of the labels.

Labels are made by y_i = 1[theta^T x_i + s e_i > 0] with theta = (1, 2, 3), normal noise e_i and
s = 1/5; X is a column of ones and two columns of normal numbers. 1000 steps of gradient descent
of the mean cross-entropy (the chapter `mean_cross_entropy`), of rate 1/100 and from theta = 0,
give theta = (0.343, 0.907, 1.557), not (1, 2, 3). Three things are to blame:

- a label is a sign, and a sign does not know the length of theta (`labels_ignore_scale`);
- the length that the likelihood asks for is set by the noise: a correctly classified sample
  always asks for more (`margin_falls`, `separated_falls`, `margin_limit`), a wrongly classified
  one for less (`error_rises`), and balance is reached where the slope of the model is that of
  the normal noise, near 4 / (s sqrt(2 pi)) times theta, which is 8 times (`noise_scale`);
- descent has not arrived: the cost begins at log 2 (`start`) and still falls after the last step.

Claims
------
training.start                the prediction 1/2 costs log 2 under every label
training.labels_ignore_scale  scaling parameters and noise by c > 0 changes no label
training.margin_slope         the slope of the loss L(c t) in the length c is -t (1 - sigma(c t))
training.margin_falls         it is negative for a correctly classified sample, t > 0
training.error_rises          it is positive for a wrongly classified one, t < 0
training.margin_limit         for t > 0 the loss tends to 0 as c tends to oo
training.separated_falls      if all samples are classified correctly, a greater length costs less
training.noisy_label          the probability of the label 1 is Phi(u / s), a probit model
training.noisy_slope          its slope in the score u is phi(u / s) / s
training.model_slope          the slope of the model sigma(c u) is c sigma(c u) (1 - sigma(c u))
training.noise_scale          at u = 0 the two slopes agree for c = 4 / (s sqrt(2 pi))
"""

from __future__ import annotations

from derivations import logistic_loss, sigmoid
from derivations.core import (
    Binary,
    Claim,
    D,
    Negative,
    Positive,
    Q,
    Reals,
    Remark,
    Sizes,
    algebra,
    array,
    chain_rule,
    derive,
    differentiate,
    evaluate,
    exp,
    exp_log_laws,
    fold,
    indicator,
    indices,
    integral,
    limit,
    linearity,
    log,
    num,
    oo,
    pi,
    positivity,
    prime,
    sqrt,
    substitution,
    symbol,
    symbols,
    total,
    unfold,
    using,
)
from derivations.cross_entropy import H
from derivations.distributions import NORMAL_EVEN, normal_cdf
from derivations.exponential_family.gaussian_moments import phi
from derivations.likelihood import i, k, m, n, theta, x, z
from derivations.logistic_loss import L
from derivations.sigmoid import sigma

ALBERT = (
    "Albert and Anderson (1984), On the existence of maximum likelihood estimates in logistic "
    "regression models, Biometrika 71, 1-10"
)

c, q, s, t, u, w = symbols("c q s t u w")
e = symbol("epsilon", r"\varepsilon")
margins = array("mu", m, latex=r"\mu")

START = derive(
    Claim(
        "training.start",
        H(q, Q(1, 2)),
        "=",
        log(2),
        on={q: Binary},
        title="The cost at the start",
        says=r"At $\theta = 0$ every prediction is $1/2$, and the mean cost is $\log 2$.",
    ),
    (-(q * log(Q(1, 2)) + (1 - q) * log(1 - Q(1, 2))), unfold(H)),
    (-log(Q(1, 2)), algebra),
    (log(2), exp_log_laws),
)

LABELS_IGNORE_SCALE = derive(
    Claim(
        "training.labels_ignore_scale",
        indicator(total(c * theta[k] * x[i, k], k, 1, n) + c * e > 0),
        "=",
        indicator(z(i) + e > 0),
        on={m: Sizes, n: Sizes, c: Positive, e: Reals, theta: Reals, x: Reals, i: indices(m)},
        title="A label does not know the length of the parameters",
        says=r"The parameters $\theta$ with noise $\varepsilon$ make the same labels as $c \theta$ "
        r"with noise $c \varepsilon$.",
    ),
    (indicator(c * total(theta[k] * x[i, k], k, 1, n) + c * e > 0), linearity),
    (indicator(c * z(i) + c * e > 0), fold(z)),
    (indicator(c * (z(i) + e) > 0), algebra("factor")),
    (indicator(z(i) + e > 0), positivity("$c > 0$")),
)

MARGIN_SLOPE = derive(
    Claim(
        "training.margin_slope",
        D(L(c * t), c),
        "=",
        -t * (1 - sigma(c * t)),
        on={c: Reals, t: Reals},
        title="The slope of the loss in the length of the parameters",
        says="A sample of margin $t$ pulls at the length $c$ of the parameters.",
    ),
    (prime(L, c * t) * t, chain_rule),
    ((sigma(c * t) - 1) * t, using(logistic_loss.LOSS_DERIVATIVE, z=c * t)),
    (-t * (1 - sigma(c * t)), algebra),
)

MARGIN_FALLS = derive(
    Claim(
        "training.margin_falls",
        D(L(c * t), c),
        "<",
        0,
        on={c: Reals, t: Positive},
        title="A correctly classified sample asks for longer parameters",
        says="For a positive margin the loss falls as the parameters grow.",
    ),
    (-t * (1 - sigma(c * t)), using(MARGIN_SLOPE)),
    ("<", 0, positivity),
)

ERROR_RISES = derive(
    Claim(
        "training.error_rises",
        D(L(c * t), c),
        ">",
        0,
        on={c: Reals, t: Negative},
        title="A wrongly classified sample asks for shorter parameters",
        says="For a negative margin the loss rises as the parameters grow.",
    ),
    (-t * (1 - sigma(c * t)), using(MARGIN_SLOPE)),
    (">", 0, positivity),
)

MARGIN_LIMIT = derive(
    Claim(
        "training.margin_limit",
        limit(L(c * t), c, oo),
        "=",
        0,
        on={t: Positive},
        title="The loss of a correctly classified sample tends to 0",
        says="No finite length attains the least loss of a correctly classified sample.",
    ),
    (limit(L(w), w, oo), substitution(c, w / t)),
    (0, using(logistic_loss.LIMIT_AT_INFINITY)),
)

SEPARATED_FALLS = derive(
    Claim(
        "training.separated_falls",
        D(total(L(c * margins[i]), i, 1, m), c),
        "<",
        0,
        on={m: Sizes, c: Reals, margins: Positive},
        title="On separated data the cost has no minimum",
        says="Where all samples are classified correctly, longer parameters always cost less.",
        source=ALBERT,
    ),
    (total(D(L(c * margins[i]), c), i, 1, m), linearity),
    (
        total(-margins[i] * (1 - sigma(c * margins[i])), i, 1, m),
        using(MARGIN_SLOPE, t=margins[i]),
    ),
    ("<", 0, positivity),
)

NOISY_LABEL = derive(
    Claim(
        "training.noisy_label",
        integral(phi(t), t, -u / s, oo),
        "=",
        normal_cdf(u / s),
        on={u: Reals, s: Positive},
        title="The probability of a noisy label",
        says=r"$u + s \varepsilon > 0$ for normal noise $\varepsilon$ means $\varepsilon > -u/s$: "
        "the labels are of a probit model, not of a logistic one.",
    ),
    (integral(phi(-w), w, -oo, u / s), substitution(t, -w)),
    (integral(phi(w), w, -oo, u / s), using(NORMAL_EVEN, x=w)),
    (normal_cdf(u / s), fold(normal_cdf)),
)

NOISY_SLOPE = derive(
    Claim(
        "training.noisy_slope",
        D(normal_cdf(u / s), u),
        "=",
        1 / s * phi(u / s),
        on={u: Reals, s: Positive},
        title="The slope of a noisy label",
        says="The smaller the noise, the steeper the probability of the label.",
    ),
    (D(integral(phi(t), t, -oo, u / s), u), unfold(normal_cdf)),
    (phi(u / s) * (1 / s), differentiate("the fundamental theorem of calculus")),
    (1 / s * phi(u / s), algebra),
)

MODEL_SLOPE = derive(
    Claim(
        "training.model_slope",
        D(sigma(c * u), u),
        "=",
        c * (sigma(c * u) * (1 - sigma(c * u))),
        on={c: Reals, u: Reals},
        title="The slope of the model",
        says="The longer the parameters, the steeper the model.",
    ),
    (prime(sigma, c * u) * c, chain_rule),
    (sigma(c * u) * (1 - sigma(c * u)) * c, using(sigmoid.DERIVATIVE, x=c * u)),
    (c * (sigma(c * u) * (1 - sigma(c * u))), algebra),
)

NOISE_SCALE = derive(
    Claim(
        "training.noise_scale",
        1 / s * phi(0),
        "=",
        4 / (s * sqrt(2 * pi)) * (sigma(0) * (1 - sigma(0))),
        on={s: Positive},
        title="The noise sets the length of the parameters",
        says=r"At $u = 0$ the model has the slope of the labels for $c = 4 / (s \sqrt{2 \pi})$, "
        "about 8 for $s = 1/5$.",
    ),
    (1 / s * (exp(-(num(0) ** 2) / 2) / sqrt(2 * pi)), unfold(phi)),
    (1 / s * (1 / sqrt(2 * pi)), evaluate),
    (4 / (s * sqrt(2 * pi)) * (Q(1, 2) * (1 - Q(1, 2))), algebra),
    (4 / (s * sqrt(2 * pi)) * (sigma(0) * (1 - sigma(0))), using(sigmoid.AT_ZERO)),
)

WHY = Remark(
    "training.why",
    r"The labels are the signs of $\theta^{\top} x_i + s \varepsilon_i$ for $\theta = (1, 2, 3)$ "
    r"and $s = 1/5$; a thousand steps of descent of rate $1/100$ from $\theta = 0$ give "
    r"$(0.34324, 0.90688, 1.55689)$. A sign does not know the length of $\theta$. The length that "
    "the likelihood asks for is finite because the noise has turned some labels, so that no plane "
    r"separates them. The slope of the noise suggests about $8 \theta$; for these samples, few of "
    r"which are near the plane $\theta^{\top} x = 0$, the minimum of the cost is further out, at "
    r"$(16.194, 28.292, 42.481)$. The descent is on its way there and "
    "has not arrived: the cost has fallen in every step and still falls after the last.",
    source=ALBERT,
    title=r"Why the result is not $(1, 2, 3)$",
)
