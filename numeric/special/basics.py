"""What the special functions share: poles, cuts, sizes, and how a result is handed back.

A value is as in `numeric.balls.values`: exact where it can be. `Undefined` is raised only where the
function certainly has no value, `Indeterminate` wherever a ball does not tell.
"""

from __future__ import annotations

from typing import Final

from flint import acb, arb, fmpq

from numeric.balls.values import (
    Indeterminate,
    Scalar,
    as_int,
    ball,
    is_zero,
    simplified,
)

# No integer of more bits is made, and no function is asked at a larger index.
MOST_BITS: Final = 4096
MOST_INDEX: Final = 100_000


def wide(u: Scalar) -> acb:
    """The value as a complex ball."""
    return acb(ball(u))


def result(value: arb | acb, name: str) -> Scalar:
    """A ball that a function returned. Errors: `Indeterminate` where it is not finite."""
    if not value.is_finite():
        raise Indeterminate(f"the precision gives no finite value of {name}")
    return simplified(value)


def real_result(value: arb | acb, name: str) -> Scalar:
    """The same for a value that is real by its nature."""
    return result(value.real if isinstance(value, acb) else value, name)


def real_part(u: Scalar) -> arb:
    """The real part as a ball."""
    return u.real if isinstance(u, acb) else arb(u)


def is_real(*values: Scalar) -> bool:
    return not any(isinstance(value, acb) for value in values)


def is_pole(u: Scalar, name: str) -> bool:
    """Whether the value is one of 0, -1, -2, ...

    Errors: `Indeterminate` where the precision does not tell.
    """
    n = as_int(u)
    if n is not None:
        return n <= 0
    if isinstance(u, fmpq):
        return False
    if isinstance(u, acb):
        if not u.imag.contains(0):
            return False
        u = u.real
    if u > 0 or not u.contains_integer():
        return False
    raise Indeterminate(f"the precision does not tell an argument from a pole of {name}")


def is_value(u: Scalar, number: int, name: str) -> bool:
    """Whether a value is this integer.

    Errors: `Indeterminate` where the precision does not tell.
    """
    n = as_int(u)
    if n is not None:
        return n == number
    if isinstance(u, fmpq) or not u.contains(number):
        return False
    raise Indeterminate(f"the precision does not tell an argument of {name} from {number}")


def beyond(u: Scalar, start: Scalar | int, name: str) -> bool:
    """Whether a value lies on the cut (start, oo), as a real number.

    Errors: `Indeterminate` where a ball has parts on it or on both sides of it.
    """
    return _on_cut(ball(u) - ball(fmpq(start) if isinstance(start, int) else start), name)


def below(u: Scalar, start: Scalar | int, name: str) -> bool:
    """The same for the cut (-oo, start)."""
    return _on_cut(ball(fmpq(start) if isinstance(start, int) else start) - ball(u), name)


def _on_cut(beyond_start: arb | acb, name: str) -> bool:
    if isinstance(beyond_start, acb):
        if not beyond_start.imag.contains(0):
            return False
        if not beyond_start.imag.is_zero() and not beyond_start.real < 0:
            raise Indeterminate(f"the precision does not tell the side of the cut of {name}")
        beyond_start = beyond_start.real
    if beyond_start > 0:
        return True
    if beyond_start < 0 or is_zero(beyond_start):
        return False
    raise Indeterminate(f"the precision does not tell where the cut of {name} begins")


def index(u: Scalar, name: str, most: int = MOST_INDEX) -> int:
    """The integer that a value is. Errors: `Indeterminate` where it is none, or is too large."""
    n = as_int(u)
    if n is None:
        raise Indeterminate(f"an index of {name} is no integer")
    if abs(n) > most:
        raise Indeterminate(f"the index {n} of {name} is beyond {most}")
    return n


def of_moderate_size(u: Scalar, name: str, most_bits: int = 64) -> None:
    """Errors: `Indeterminate` for an argument so large that no library answers in time."""
    if not abs(ball(u)).upper() < arb(2) ** most_bits:
        raise Indeterminate(f"an argument of {name} is beyond 2**{most_bits}")
