"""The Taylor series of the built-in functions at a point, in ball arithmetic."""

from __future__ import annotations

from flint import acb, acb_series, arb, arb_series

from numeric.balls.elementary import FUNCTIONS, power
from numeric.balls.values import (
    ONE,
    ZERO,
    Indeterminate,
    Scalar,
    as_int,
    ball,
    is_zero,
    may_vanish,
    sign_of,
    simplified,
    times,
)


class NoSeries(Indeterminate):
    """A function has a value but no Taylor series there. What is made of it may still have a
    derivative (sqrt(x**4) at 0 has); `bare` says that the function of x itself has none."""

    bare = False


Series = arb_series | acb_series


def _line(u: arb | acb, length: int, slope: int = 1) -> Series:
    """u + slope*h + O(h**length)."""
    if isinstance(u, acb):
        return acb_series([u, slope], prec=length)
    return arb_series([u, slope], prec=length)


def _integrated(start: Scalar, derivative: Series) -> Series:
    """The series with a given derivative (known to one term fewer) and a given value."""
    return derivative.integral() + ball(start)


def taylor(name: str, u: Scalar, length: int) -> list[Scalar]:
    """The coefficients of f(u + h) at h**0 .. h**(length - 1).

    Errors: `NoSeries` where f is not differentiable (a root at 0), `Indeterminate` where the
    series is not known.
    """
    value = FUNCTIONS[name](u)
    if length == 1:
        return [value]
    if name == "exp":
        return [value, *_of_exp(ball(value), length)]
    if name == "log":
        return [value, *_of_log(ball(u), length)]
    series = _series(name, u, value, length)
    coefficients = [simplified(series[k]) for k in range(length)]
    coefficients[0] = value
    return coefficients


def _of_exp(value: arb | acb, length: int) -> list[Scalar]:
    """The coefficients of exp(u + h) after the first one, from the first one."""
    found: list[Scalar] = []
    for k in range(1, length):
        value = value / k if k > 1 else value
        found.append(simplified(value))
    return found


def _of_log(u: arb | acb, length: int) -> list[Scalar]:
    """The coefficients of log(u + h) after the first one."""
    found: list[Scalar] = []
    for k in range(1, length):
        found.append(simplified((1 if k % 2 else -1) / (u**k * k)))
    return found


def _series(name: str, u: Scalar, value: Scalar, length: int) -> Series:
    if name in {"sqrt", "loggamma"}:
        if is_zero(u):
            raise NoSeries(f"{name} has no derivative at 0")
        if not isinstance(u, acb) and u < 0:
            u = acb(ball(u))
    h = _line(ball(u), length)
    square = h * h
    match name:
        case "sqrt" | "sin" | "cos" | "tan" | "atan" | "erf" | "erfc" | "gamma":
            return getattr(h, name)()
        case "loggamma":
            return h.lgamma()
        case "1/gamma":
            return h.rgamma()
        case "factorial":
            return (h + 1).gamma()
        case "1/factorial":
            return (h + 1).rgamma()
        case "sinh" | "cosh":
            up, down = h.exp(), (-h).exp()
            return (up - down) / 2 if name == "sinh" else (up + down) / 2
        case "tanh":
            # 1 - 2/(exp(2h) + 1): the constant term, which cancels, is not taken from here.
            return 1 - 2 / ((2 * h).exp() + 1) if not _large(u) else 2 / ((-2 * h).exp() + 1) - 1
        case "asinh":
            return _integrated(value, (square + 1).rsqrt())
        case "asin" | "acos":
            _require_inside(u, name)
            slope = (1 - square).rsqrt()
            return _integrated(value, slope if name == "asin" else -slope)
        case "acosh":
            if not isinstance(u, acb) and not u > 1:
                raise Indeterminate("the series of arcosh is taken on (1, oo) only")
            return _integrated(value, (h - 1).rsqrt() * (h + 1).rsqrt())
        case "atanh":
            _require_inside(u, name)
            return _integrated(value, 1 / (1 - square))
    raise Indeterminate(f"the series of {name} is not supported")


def _large(u: Scalar) -> bool:
    return not isinstance(u, acb) and u > 0


def _require_inside(u: Scalar, name: str) -> None:
    if isinstance(u, acb) or (u > -1 and u < 1):
        return
    if u in (1, -1):  # not a set: a ball that is not exact has no hash
        raise NoSeries(f"{name} has no derivative at {u}")
    raise Indeterminate(f"the series of {name} is taken on (-1, 1) only")


def power_taylor(base: Scalar, exponent: Scalar, length: int) -> list[Scalar]:
    """The coefficients of (base + h)**exponent for an exponent that does not vary."""
    n = as_int(exponent)
    if n is None and may_vanish(base):
        side = None if isinstance(exponent, acb) else sign_of(exponent - (length - 1))
        if not is_zero(base) or side is None:
            raise Indeterminate("the precision does not tell the base of a power from 0")
        if side < 0:
            raise NoSeries(f"the power {exponent} is not differentiable at 0")
    result: list[Scalar] = []
    factor: Scalar = ONE
    for k in range(length):
        if is_zero(factor):
            result.append(ZERO)
            continue
        result.append(times(factor, power(base, exponent - k)))
        factor = times(factor, (exponent - k) / (k + 1))
    return result
