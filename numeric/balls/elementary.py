"""The built-in functions at a point, in ball arithmetic.

Principal branches: a real argument outside the real domain gives the complex value (on a cut the
value from above, counter-clockwise continuity, as in every table). Exact results stay exact.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flint import acb, arb, fmpq

from numeric.balls.values import (
    ONE,
    ZERO,
    Indeterminate,
    Scalar,
    Undefined,
    as_int,
    ball,
    divided,
    is_zero,
    raised,
    sign_of,
    simplified,
    times,
)

# A factorial beyond this is a ball.
_EXACT_FACTORIAL = 200


def exp(u: Scalar) -> Scalar:
    return ONE if is_zero(u) else simplified(ball(u).exp())


def log(u: Scalar) -> Scalar:
    if is_zero(u):
        raise Undefined("the logarithm of 0")
    if isinstance(u, fmpq) and u == 1:
        return ZERO
    return _off_the_cut(u, "a logarithm").log()


def sqrt(u: Scalar) -> Scalar:
    if isinstance(u, fmpq):
        if u >= 0 and u.p.is_square() and u.q.is_square():
            return fmpq(u.p.isqrt(), u.q.isqrt())
        return arb(u).sqrt() if u >= 0 else acb(arb(u)).sqrt()
    if is_zero(u):
        return ZERO
    return _off_the_cut(u, "a root").sqrt()


def power(base: Scalar, exponent: Scalar) -> Scalar:
    """The principal power; 0**0 is 1, and 0**s is 0 where the real part of s is positive."""
    n = as_int(exponent)
    if n is not None:
        return raised(base, n)
    if is_zero(base):
        real = exponent.real if isinstance(exponent, acb) else exponent
        side = sign_of(real)
        if side is None:
            raise Indeterminate("the precision does not tell the sign of the exponent of 0")
        if side <= 0:
            raise Undefined(f"0 to the power {exponent}")
        return ZERO
    if isinstance(exponent, fmpq):
        if exponent.q == 2:
            return raised(sqrt(base), int(exponent.p))
        if isinstance(base, fmpq) and base > 0:
            root = _exact_root(base, int(exponent.q))
            if root is not None:
                return raised(root, int(exponent.p))
        base = _off_the_cut(base, "a power")
        if isinstance(base, arb):
            return base ** arb(exponent)
    return exp(times(exponent, log(base)))


def _exact_root(value: fmpq, n: int) -> fmpq | None:
    if n > 64:
        return None
    p, q = value.p.root(n), value.q.root(n)
    return fmpq(p, q) if p**n == value.p and q**n == value.q else None


def _off_the_cut(u: Scalar, what: str) -> arb | acb:
    """The argument as a ball on which the principal branch is one analytic function."""
    u = ball(u)
    if isinstance(u, acb):
        if u.imag.contains(0) and not u.real > 0 and not (u.imag.is_zero() and u.real < 0):
            raise Indeterminate(f"the precision does not tell the side of the cut of {what}")
        return u
    if u > 0:
        return u
    if u < 0:
        return acb(u)
    raise Indeterminate(f"the precision does not tell the sign of the argument of {what}")


def absolute(u: Scalar) -> Scalar:
    return abs(u) if isinstance(u, fmpq) else arb(abs(u))


def sign(u: Scalar) -> Scalar:
    if isinstance(u, acb):
        return divided(u, abs(u))
    side = sign_of(u)
    if side is None:
        raise Indeterminate("the precision does not tell a sign")
    return fmpq(side)


def _entire(name: str, at_zero: fmpq) -> Callable[[Scalar], Scalar]:
    def value(u: Scalar) -> Scalar:
        return at_zero if is_zero(u) else simplified(getattr(ball(u), name)())

    return value


def tan(u: Scalar) -> Scalar:
    return ZERO if is_zero(u) else divided(sin(u), cos(u))


sin = _entire("sin", ZERO)
cos = _entire("cos", ONE)
sinh = _entire("sinh", ZERO)
cosh = _entire("cosh", ONE)
_tanh_real = _entire("tanh", ZERO)
erf = _entire("erf", ZERO)
erfc = _entire("erfc", ONE)
_atan_real = _entire("atan", ZERO)
asinh_real = _entire("asinh", ZERO)


def tanh(u: Scalar) -> Scalar:
    return divided(sinh(u), cosh(u)) if isinstance(u, acb) else _tanh_real(u)


def atan(u: Scalar) -> Scalar:
    if isinstance(u, acb):
        if is_zero(u.real) and u.imag.is_exact() and abs(u.imag) == 1:
            raise Undefined("the arctangent at I or -I")
        _off_the_imaginary_cut(u, "arctan")
    return _atan_real(u)


def asinh(u: Scalar) -> Scalar:
    if isinstance(u, acb):
        if is_zero(u.real) and u.imag.is_exact() and abs(u.imag) == 1:  # where its cuts begin
            return acb(0, arb.pi() / 2 * u.imag)
        _off_the_imaginary_cut(u, "arsinh")
    return asinh_real(u)


def _off_the_imaginary_cut(u: acb, what: str) -> None:
    """On the cut itself, from I to oo*I and from -I down, the value is that of counter-clockwise
    continuity, as everywhere."""
    if u.real.contains(0) and not abs(u.imag) < 1 and not (u.real.is_zero() and abs(u.imag) > 1):
        raise Indeterminate(f"the precision does not tell the side of the cut of {what}")


def _inside(u: fmpq | arb, what: str) -> bool:
    """Whether a real argument is within [-1, 1]."""
    if u >= -1 and u <= 1:
        return True
    if u > 1 or u < -1:
        return False
    raise Indeterminate(f"the precision does not tell on which side of 1 the argument of {what} is")


def _beyond_one(u: Scalar, what: str) -> acb:
    if isinstance(u, acb):
        if u.imag.contains(0) and not abs(u.real) < 1:
            raise Indeterminate(f"the precision does not tell the side of the cut of {what}")
        return u
    return acb(ball(u))


def asin(u: Scalar) -> Scalar:
    if is_zero(u):
        return ZERO
    if not isinstance(u, acb) and _inside(u, "arcsin"):
        return ball(u).asin()
    wide = _beyond_one(u, "arcsin")
    # Arb finds no value far out on the left; arcsin is odd, on its cuts too.
    return simplified(-(-wide).asin() if wide.real < 0 else wide.asin())


def acos(u: Scalar) -> Scalar:
    if isinstance(u, fmpq) and u == 1:
        return ZERO
    if not isinstance(u, acb) and _inside(u, "arccos"):
        return ball(u).acos()
    wide = _beyond_one(u, "arccos")
    return simplified(acb.pi() - (-wide).acos() if wide.real < 0 else wide.acos())


def acosh(u: Scalar) -> Scalar:
    if isinstance(u, fmpq) and u == 1:
        return ZERO
    if not isinstance(u, acb) and u > 1:
        return ball(u).acosh()
    if isinstance(u, acb) and u.imag.contains(0) and not u.real > 1:
        raise Indeterminate("the precision does not tell the side of the cut of arcosh")
    return simplified(acb(ball(u)).acosh())


def atanh(u: Scalar) -> Scalar:
    if is_zero(u):
        return ZERO
    if isinstance(u, fmpq) and u in {1, -1}:
        raise Undefined(f"artanh at {u}")
    if not isinstance(u, acb) and _inside(u, "artanh"):
        return ball(u).atanh()
    return simplified(_beyond_one(u, "artanh").atanh())


def _pole(u: Scalar) -> bool:
    n = as_int(u)
    if n is not None:
        return n <= 0
    real = u.real if isinstance(u, acb) else arb(u)
    if real > 0 or (isinstance(u, acb) and not u.imag.contains(0)):
        return False
    if real.contains_integer():
        raise Indeterminate("the precision does not tell an argument from a pole of gamma")
    return False


def gamma(u: Scalar) -> Scalar:
    if _pole(u):
        raise Undefined(f"gamma at its pole {u}")
    n = as_int(u)
    if n is not None and n <= _EXACT_FACTORIAL:
        return fmpq(_factorial(n - 1))
    return simplified(ball(u).gamma())


def rgamma(u: Scalar) -> Scalar:
    """1/gamma, entire: 0 at the poles of gamma."""
    n = as_int(u)
    if n is not None and n <= 0:
        return ZERO
    if n is not None and n <= _EXACT_FACTORIAL:
        return ONE / fmpq(_factorial(n - 1))
    return simplified(ball(u).rgamma())


def factorial(u: Scalar) -> Scalar:
    return gamma(u + 1)


def rfactorial(u: Scalar) -> Scalar:
    return rgamma(u + 1)


def loggamma(u: Scalar) -> Scalar:
    if _pole(u):
        raise Undefined(f"log gamma at its pole {u}")
    if as_int(u) in {1, 2}:
        return ZERO
    wide = ball(u)
    if not isinstance(wide, acb) and not wide > 0:
        wide = acb(wide)
    return simplified(wide.lgamma())


def _factorial(n: int) -> int:
    result = 1
    for k in range(2, n + 1):
        result *= k
    return result


FUNCTIONS: Final[dict[str, Callable[[Scalar], Scalar]]] = {
    "exp": exp, "log": log, "sqrt": sqrt, "Abs": absolute, "sign": sign,
    "sin": sin, "cos": cos, "tan": tan, "sinh": sinh, "cosh": cosh, "tanh": tanh,
    "asin": asin, "acos": acos, "atan": atan, "asinh": asinh, "acosh": acosh, "atanh": atanh,
    "erf": erf, "erfc": erfc, "gamma": gamma, "loggamma": loggamma, "factorial": factorial,
    "1/gamma": rgamma, "1/factorial": rfactorial,
}  # fmt: skip
