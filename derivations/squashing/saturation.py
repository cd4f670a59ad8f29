r"""Saturation: how fast the derivative of a sigmoid function vanishes.

Exponentially for the sigmoid, tanh and the Gudermannian; like a Gaussian for erf; like a power
for arctan, x / sqrt(1 + x^2) and softsign.

Claims
------
squashing.saturation.sigmoid        sigma'(x) e^x tends to 1
squashing.saturation.tanh           tanh'(x) e^(2x) tends to 4
squashing.saturation.gudermannian   gd'(x) e^x tends to 2
squashing.saturation.erf            erf'(x) e^(x^2) tends to 2/sqrt(pi)
squashing.saturation.arctan         arctan'(x) x^2 tends to 1
squashing.saturation.softsign       softsign'(x) x^2 tends to 1
squashing.saturation.algebraic      g'(x) x^3 tends to 1
"""

from __future__ import annotations

from derivations import sigmoid
from derivations.core import (
    Claim,
    Q,
    algebra,
    atan,
    cosh,
    derive,
    erf,
    evaluate,
    exp,
    exp_log_laws,
    limit,
    limit_laws,
    num,
    oo,
    pi,
    prime,
    sqrt,
    symbol,
    tanh,
    unfold,
    using,
)
from derivations.sigmoid import sigma
from derivations.squashing import (
    algebraic,
    arctangent,
    error_function,
    gudermannian,
    hyperbolic_tangent,
    softsign,
)
from derivations.squashing.softsign import GLOROT

x = symbol("x")

SIGMOID = derive(
    Claim(
        "squashing.saturation.sigmoid",
        limit(prime(sigma, x) * exp(x), x, oo),
        "=",
        1,
        on={},
        title="The sigmoid saturates exponentially",
        says="The derivative of the sigmoid vanishes as $e^{-x}$ does.",
        source=GLOROT,
    ),
    (limit(sigma(x) * (1 - sigma(x)) * exp(x), x, oo), using(sigmoid.DERIVATIVE)),
    (
        limit(1 / (1 + exp(-x)) * (1 - 1 / (1 + exp(-x))) * exp(x), x, oo),
        unfold(sigma),
    ),
    (limit(1 / (1 + exp(-x)) ** 2, x, oo), exp_log_laws("$e^{-x} e^x = 1$")),
    (1 / (num(1) + 0) ** 2, limit_laws),
    (1, algebra),
)

TANH = derive(
    Claim(
        "squashing.saturation.tanh",
        limit(prime(tanh, x) * exp(2 * x), x, oo),
        "=",
        4,
        on={},
        title="The hyperbolic tangent saturates twice as fast",
        says="The derivative of the hyperbolic tangent vanishes as $4 e^{-2x}$ does.",
        source=GLOROT,
    ),
    (limit((1 - tanh(x) ** 2) * exp(2 * x), x, oo), using(hyperbolic_tangent.DERIVATIVE)),
    (
        limit((1 - ((1 - exp(-2 * x)) / (1 + exp(-2 * x))) ** 2) * exp(2 * x), x, oo),
        using(hyperbolic_tangent.AS_FRACTION),
    ),
    (limit(4 / (1 + exp(-2 * x)) ** 2, x, oo), exp_log_laws("$e^{-2x} e^{2x} = 1$")),
    (4 / (num(1) + 0) ** 2, limit_laws),
    (4, algebra),
)

GUDERMANNIAN = derive(
    Claim(
        "squashing.saturation.gudermannian",
        limit(prime(gudermannian.gd, x) * exp(x), x, oo),
        "=",
        2,
        on={},
        title="The Gudermannian saturates exponentially",
        says="The derivative of the Gudermannian vanishes as $2 e^{-x}$ does.",
    ),
    (limit(1 / cosh(x) * exp(x), x, oo), using(gudermannian.DERIVATIVE)),
    (limit(1 / ((exp(x) + exp(-x)) / 2) * exp(x), x, oo), unfold(cosh)),
    (limit(2 / (1 + exp(-2 * x)), x, oo), exp_log_laws("divide both by $e^x$")),
    (2 / (num(1) + 0), limit_laws),
    (2, algebra),
)

ERF = derive(
    Claim(
        "squashing.saturation.erf",
        limit(prime(erf, x) * exp(x**2), x, oo),
        "=",
        2 / sqrt(pi),
        on={},
        title="The error function saturates like a Gaussian",
        says="The derivative of the error function vanishes as a Gaussian does.",
    ),
    (
        limit(2 / sqrt(pi) * exp(-(x**2)) * exp(x**2), x, oo),
        using(error_function.DERIVATIVE),
    ),
    (limit(2 / sqrt(pi), x, oo), exp_log_laws("$e^{-u} e^u = 1$")),
    (2 / sqrt(pi), limit_laws),
)

ARCTAN = derive(
    Claim(
        "squashing.saturation.arctan",
        limit(prime(atan, x) * x**2, x, oo),
        "=",
        1,
        on={},
        title="The arctangent saturates like a power",
        says="The derivative of the arctangent vanishes as $x^{-2}$ does.",
    ),
    (limit(1 / (1 + x**2) * x**2, x, oo), using(arctangent.DERIVATIVE)),
    (limit(1 / (1 / x**2 + 1), x, oo), algebra("divide both by $x^2$")),
    (1 / (num(0) + 1), limit_laws),
    (1, algebra),
)

SOFTSIGN = derive(
    Claim(
        "squashing.saturation.softsign",
        limit(prime(softsign.f, x) * x**2, x, oo),
        "=",
        1,
        on={},
        title="Softsign saturates like a power",
        says="The derivative of softsign vanishes as $x^{-2}$ does.",
        source=GLOROT,
    ),
    (limit(1 / (1 + x) ** 2 * x**2, x, oo), using(softsign.DERIVATIVE_RIGHT)),
    (limit(1 / (1 / x + 1) ** 2, x, oo), algebra("divide both by $x^2$")),
    (1 / (num(0) + 1) ** 2, limit_laws),
    (1, algebra),
)

ALGEBRAIC = derive(
    Claim(
        "squashing.saturation.algebraic",
        limit(prime(algebraic.g, x) * x**3, x, oo),
        "=",
        1,
        on={},
        title="The algebraic sigmoid saturates like a power",
        says="The derivative of the algebraic sigmoid vanishes as $x^{-3}$ does.",
    ),
    (limit((1 + x**2) ** -Q(3, 2) * x**3, x, oo), using(algebraic.DERIVATIVE)),
    (limit((1 / x**2 + 1) ** -Q(3, 2), x, oo), exp_log_laws("divide by $x^3 > 0$")),
    ((num(0) + 1) ** -Q(3, 2), limit_laws),
    (1, evaluate),
)
