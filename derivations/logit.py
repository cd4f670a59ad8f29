r"""The logit, logit(p) = log(p / (1 - p)): the inverse of the sigmoid, on the open unit interval.

Claims
------
logit.difference   logit(p) = log(p) - log(1 - p)
logit.at_half      logit(1/2) = 0
logit.reflection   logit(1 - p) = -logit(p)
logit.derivative   logit'(p) = 1/(p (1 - p))
logit.increasing   logit'(p) > 0
"""

from __future__ import annotations

from derivations.core import (
    Claim,
    D,
    Q,
    UnitInterval,
    algebra,
    chain_rule,
    derive,
    evaluate,
    exp_log_laws,
    fold,
    log,
    num,
    positivity,
    symbol,
    unfold,
    using,
)
from derivations.sigmoid import logit

COX = "Cox (1958), The regression analysis of binary sequences"

p = symbol("p")

DIFFERENCE = derive(
    Claim(
        "logit.difference",
        logit(p),
        "=",
        log(p) - log(1 - p),
        on={p: UnitInterval},
        title="The logit as a difference",
        says="The logit is the logarithm of the odds.",
        source=COX,
    ),
    (log(p / (1 - p)), unfold(logit)),
    (log(p) - log(1 - p), exp_log_laws("the logarithm of a quotient of positive numbers")),
)

AT_HALF = derive(
    Claim(
        "logit.at_half",
        logit(Q(1, 2)),
        "=",
        0,
        title="The logit at one half",
        says="Even odds have the logit 0.",
    ),
    (log(Q(1, 2) / (1 - Q(1, 2))), unfold(logit)),
    (log(1), algebra),
    (0, evaluate),
)

REFLECTION = derive(
    Claim(
        "logit.reflection",
        logit(1 - p),
        "=",
        -logit(p),
        on={p: UnitInterval},
        title="The logit of the complement",
        says="The logit is odd about one half.",
    ),
    (log((1 - p) / (1 - (1 - p))), unfold(logit)),
    (log((1 - p) / p), algebra),
    (-log(p / (1 - p)), exp_log_laws("the logarithm of a reciprocal")),
    (-logit(p), fold(logit)),
)

DERIVATIVE = derive(
    Claim(
        "logit.derivative",
        D(logit(p), p),
        "=",
        1 / (p * (1 - p)),
        on={p: UnitInterval},
        title="The derivative of the logit",
        says="The slope of the logit is the reciprocal of the variance of the label.",
    ),
    (D(log(p) - log(1 - p), p), using(DIFFERENCE)),
    (1 / p - 1 / (1 - p) * num(-1), chain_rule),
    (1 / p + 1 / (1 - p), algebra),
    (1 / (p * (1 - p)), algebra("over a common denominator")),
)

INCREASING = derive(
    Claim(
        "logit.increasing",
        D(logit(p), p),
        ">",
        0,
        on={p: UnitInterval},
        title="The logit increases",
        says="The logit is strictly increasing.",
    ),
    (1 / (p * (1 - p)), using(DERIVATIVE)),
    (">", 0, positivity),
)
