"""Integrals: certified by Arb's quadrature with a proved bound on infinite tails, and by mpmath."""

from __future__ import annotations

import mpmath
from flint import acb, ctx

from derivations.core.calculus import Integral
from numeric.parts import EncloseParts, EvaluateParts
from numeric.values import Indeterminate, Scalar


def enclose_integral(node: Integral, enclose: EncloseParts) -> Scalar:
    """An enclosure of the integral at the current point, at the precision `flint.ctx.prec`.

    `enclose` is asked for the body at complex
    balls of the bound variable (see `numeric.parts`).

    Errors: `Undefined` where the integral certainly diverges, `Indeterminate` where no bound on a
    tail was proved or the quadrature did not end.
    """
    lower, upper = enclose(node.lower, {}), enclose(node.upper, {})

    def body(z: acb, analytic: bool) -> acb:
        return acb(enclose(node.body, {node.variable: z}, analytic))

    value = acb.integral(body, acb(lower), acb(upper))
    if not value.is_finite():
        raise Indeterminate(f"the quadrature of {node} did not end at {ctx.prec} bits")
    return value.real if value.imag == 0 else value


def reference_integral(node: Integral, evaluate: EvaluateParts, digits: int) -> mpmath.mpf:
    """The integral by mpmath's quadrature, to about `digits` digits where it converges well."""
    ends = [evaluate(node.lower, {}), evaluate(node.upper, {})]
    with mpmath.workdps(digits + 10):
        return mpmath.quad(lambda t: evaluate(node.body, {node.variable: t}), ends)
