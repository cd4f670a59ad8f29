"""Whether a value certainly belongs to a domain."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from flint import acb, arb, ctx

from derivations.core.domain import Complexes, Domain, FiniteSet, Integers, Interval
from derivations.core.formula import Formula, as_formula
from derivations.core.substitute import free_names
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import root_frame
from numeric.balls.values import (
    Exact,
    Gaussian,
    Indeterminate,
    Infinity,
    Scalar,
    Undefined,
    Value,
    exact,
    sign_of,
)
from numeric.exact.algebraic import is_algebraic_zero

_BITS = 320


def is_inside(value: Value, domain: Domain) -> bool:
    """Whether a value certainly belongs to a domain; False where that is not seen.

    >>> from derivations.core import closed, num, pi, sqrt
    >>> from numeric.exact.irrational import closed as exactly
    >>> is_inside(exactly(pi), closed(0, pi)), is_inside(exactly(sqrt(num(2))), closed(0, 1))
    (True, False)
    """
    match domain:
        case Complexes():
            return not isinstance(value, tuple)
        case Integers(lower=lower, upper=upper):
            whole = isinstance(value, int | Fraction) and value.denominator == 1
            return bool(
                whole
                and (lower is None or lower <= value)  # type: ignore[operator]
                and (upper is None or value <= upper)  # type: ignore[operator]
            )
        case FiniteSet(members=members):
            return _formula(value) in members
        case Interval() if not isinstance(value, tuple | Gaussian):
            return _is_above(value, domain.lower, 1, domain.lower_open) and _is_above(
                value, domain.upper, -1, domain.upper_open
            )
    return False


def _formula(value: Value) -> Formula | None:
    if isinstance(value, int | Fraction):
        return as_formula(value)
    return value.formula if isinstance(value, Exact) else None


@lru_cache(maxsize=256)
def _bound(end: Formula) -> Scalar | Infinity:
    """The value of an end, always at the same precision."""
    return evaluated(Compiler().compile(end), root_frame({}))


def _is_above(value: int | Fraction | Exact, end: Formula, side: int, strictly: bool) -> bool:
    """Whether the value is on the inner side of an end, 1 for a lower end, -1 for an upper."""
    with ctx.workprec(_BITS):
        try:
            bound = _bound(end)
            here = exact(value)
        except (Undefined, Indeterminate):
            return False
        if isinstance(bound, Infinity):
            return bound.sign == -side and not isinstance(here, acb)
        if isinstance(here, acb) or isinstance(bound, acb):
            return False
        sign = sign_of(here - bound)
    if sign is None:
        return not strictly and _is_equal(value, end)
    return sign == side or (sign == 0 and not strictly)


def _is_equal(value: int | Fraction | Exact, end: Formula) -> bool:
    written = _formula(value)
    if written is None or free_names(end):
        return False
    return written == end or is_algebraic_zero(written - end) is True


def place_of(value: Value) -> float | None:
    """About where a real value lies, to sort by."""
    if isinstance(value, tuple | Gaussian):
        return None
    with ctx.workprec(64):
        try:
            here: Scalar = exact(value)
        except (Undefined, Indeterminate):
            return None
    if isinstance(here, acb):
        return None
    return float(arb(here).mid())
