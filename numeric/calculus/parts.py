"""How the evaluators of binding nodes (integral, limit, sum) ask for the values of their parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeAlias

from flint import acb, arb, fmpq

from derivations.core.formula import Formula, Symbol
from numeric.balls.values import Indeterminate, Infinity, Scalar, Undefined

Extended: TypeAlias = "Scalar | Infinity"


class EncloseParts(Protocol):
    """Encloses a formula by Arb at the current point, bound variables given as balls.

    `enclose(formula, {t: ball}, analytic)`: the free symbols of `formula` have their values of the
    current point, and besides (or instead) the symbols in `bound` the values given there.
    Exact rational values come back as `fmpq` (they decide what balls cannot), `oo` and `-oo` as
    `Infinity`.

    - A ball may be wide, and complex: the answer then encloses the values at *every* member.
    - The precision is the current `flint.ctx.prec`, set and restored by who calls the callback.
    - With `analytic=True` the formula must be analytic as a function of the bound variables on the
      whole ball; where it is not, or not known to be (a branch cut of log, sqrt or a power, the
      kink of an absolute value, an undecided condition), the answer is a non-finite ball or
      `Indeterminate`. Conditions are decided on real parts.
    - Raises `Undefined` where the formula certainly has no value there, `Indeterminate` where the
      precision does not decide it.
    """

    def __call__(
        self, formula: Formula, bound: Mapping[Symbol, Scalar], analytic: bool = False
    ) -> Extended: ...


class EvaluateParts(Protocol):
    """Evaluates a formula by mpmath at the current point, at mpmath's current precision.

    Bound variables are given as mpf or mpc; raises `Undefined` or `Indeterminate` like
    `EncloseParts`; `oo` is `mpmath.inf`.
    """

    def __call__(self, formula: Formula, bound: Mapping[Symbol, Any]) -> Any: ...


def real_value(
    enclose: EncloseParts, formula: Formula, bound: Mapping[Symbol, Scalar]
) -> arb | fmpq | None:
    """The finite real value at the current point, None where there is none."""
    try:
        value = enclose(formula, bound)
    except (Indeterminate, Undefined):
        return None
    if isinstance(value, Infinity | acb | bool):
        return None
    return value if isinstance(value, fmpq) or value.is_finite() else None
