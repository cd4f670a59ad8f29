"""The logistic sigmoid, sigma(x) = 1 / (1 + exp(-x)), for real x.

Claims
------
sigmoid.derivative   sigma'(x) = sigma(x) * (1 - sigma(x))
"""

from derivations.core import (
    Claim,
    D,
    Reals,
    algebra,
    chain_rule,
    define,
    derive,
    exp,
    fold,
    symbol,
    unfold,
)

x = symbol("x")
sigma = define("sigma", x, 1 / (1 + exp(-x)), latex=r"\sigma")

DERIVATIVE = derive(
    Claim("sigmoid.derivative", D(sigma(x), x), "=", sigma(x) * (1 - sigma(x)), on={x: Reals}),
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
