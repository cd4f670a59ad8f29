r"""Sigmoid functions as areas: each is the integral of its derivative from 0 on.

Claims
------
squashing.areas.tanh          the integral of 1/cosh(t)^2 from 0 to x is tanh(x)
squashing.areas.arctan        the integral of 1/(1 + t^2) from 0 to x is arctan(x)
squashing.areas.erf           the integral of 2/sqrt(pi) exp(-t^2) from 0 to x is erf(x)
squashing.areas.algebraic     the integral of (1 + t^2)^(-3/2) from 0 to x is x/sqrt(1 + x^2)
squashing.areas.gudermannian  the integral of 1/cosh(t) from 0 to x is gd(x)
squashing.areas.softsign      softsign(x) = sgn(x) (1 - 1/(1 + |x|))
"""

from __future__ import annotations

from derivations.core import (
    Abs,
    Claim,
    Q,
    Reals,
    algebra,
    antiderivative,
    atan,
    by_cases,
    cosh,
    derive,
    erf,
    evaluate,
    exp,
    integral,
    pi,
    sign,
    sqrt,
    symbols,
    tanh,
    unfold,
    using,
)
from derivations.squashing import algebraic, gudermannian
from derivations.squashing.algebraic import g
from derivations.squashing.gudermannian import gd
from derivations.squashing.softsign import f as softsign

x, t = symbols("x t")

TANH = derive(
    Claim(
        "squashing.areas.tanh",
        integral(1 / cosh(t) ** 2, t, 0, x),
        "=",
        tanh(x),
        on={x: Reals},
        title="The hyperbolic tangent as an area",
        says="The hyperbolic tangent is the area under its derivative.",
    ),
    (tanh(x) - tanh(0), antiderivative(tanh(t))),
    (tanh(x), evaluate),
)

ARCTAN = derive(
    Claim(
        "squashing.areas.arctan",
        integral(1 / (1 + t**2), t, 0, x),
        "=",
        atan(x),
        on={x: Reals},
        title="The arctangent as an area",
        says="The arctangent is the area under its derivative.",
    ),
    (atan(x) - atan(0), antiderivative(atan(t))),
    (atan(x), evaluate),
)

ERF = derive(
    Claim(
        "squashing.areas.erf",
        integral(2 / sqrt(pi) * exp(-(t**2)), t, 0, x),
        "=",
        erf(x),
        on={x: Reals},
        title="The error function as an area",
        says="The error function is the area under its derivative.",
    ),
    (erf(x) - erf(0), antiderivative(erf(t))),
    (erf(x), evaluate),
)

ALGEBRAIC = derive(
    Claim(
        "squashing.areas.algebraic",
        integral((1 + t**2) ** Q(-3, 2), t, 0, x),
        "=",
        g(x),
        on={x: Reals},
        title="The algebraic sigmoid as an area",
        says="The algebraic sigmoid is the area under its derivative.",
    ),
    (g(x) - g(0), antiderivative(g(t))),
    (g(x) - 0, using(algebraic.VALUE_AT_ZERO)),
    (g(x), algebra),
)

GUDERMANNIAN = derive(
    Claim(
        "squashing.areas.gudermannian",
        integral(1 / cosh(t), t, 0, x),
        "=",
        gd(x),
        on={x: Reals},
        title="The Gudermannian as an area",
        says="The Gudermannian is the area under its derivative.",
    ),
    (gd(x) - gd(0), antiderivative(gd(t))),
    (gd(x) - 0, using(gudermannian.VALUE_AT_ZERO)),
    (gd(x), algebra),
)

SOFTSIGN = derive(
    Claim(
        "squashing.areas.softsign",
        softsign(x),
        "=",
        sign(x) * (1 - 1 / (1 + Abs(x))),
        on={x: Reals},
        title="Softsign by its distance from the limits",
        says="Softsign misses its limit by the reciprocal of one more than the distance from 0.",
    ),
    (x / (1 + Abs(x)), unfold(softsign)),
    (sign(x) * (Abs(x) / (1 + Abs(x))), by_cases("a number is its sign times its size")),
    (sign(x) * ((1 + Abs(x) - 1) / (1 + Abs(x))), algebra("add and subtract 1")),
    (sign(x) * (1 - 1 / (1 + Abs(x))), algebra("split the fraction")),
)
