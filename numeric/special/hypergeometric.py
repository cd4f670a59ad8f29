"""The generalised hypergeometric function pFq of numbers.

Where an upper parameter is 0, -1, -2, ... the series ends, and is summed exactly of exact values.
A lower parameter -m is a pole, unless an upper one -n with n < m ends the series before; with
n = m books differ, and nothing is said. For p = q + 1 the function is continued, with the cut
z > 1 and there the value from below. For p > q + 1 a series that does not end has no sum.
"""

from __future__ import annotations

from flint import acb, arb, fmpq

from numeric.balls.elementary import gamma, power, rgamma
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
    may_vanish,
    shortened,
    times,
)
from numeric.special.basics import (
    MOST_BITS,
    beyond,
    is_real,
    of_moderate_size,
    real_part,
    real_result,
    result,
    wide,
)

_MOST_TERMS = 20_000
_NAME = "hyper"


def hyper(upper: list[Scalar], lower: list[Scalar], z: Scalar) -> Scalar:
    """The value at z. Errors: `Undefined` at a pole, `Indeterminate` where it is not known."""
    try:
        end = _last_term(upper, lower)
    except Undefined:
        if is_zero(z):
            raise Indeterminate("hyper at 0 with a pole below, where books differ") from None
        raise
    if is_zero(z):
        return ONE
    upper, lower = _shortened(upper, lower)
    if end is not None:
        return _polynomial(upper, lower, z, end)
    for value in (*upper, *lower):
        of_moderate_size(value, _NAME, 24)
    p, q = len(upper), len(lower)
    if p > q + 1:
        raise Indeterminate(f"the series of hyper with {p} upper and {q} lower parameters diverges")
    if p == q + 1:
        return _on_the_disc(upper, lower, z)
    of_moderate_size(z, _NAME, 24)
    x = wide(z)
    match p, q:
        case 0, 0:
            return result(ball(z).exp(), _NAME)
        case 0, 1:
            value = x.hypgeom_0f1(wide(lower[0]))
        case 1, 1:
            value = x.hypgeom_1f1(wide(upper[0]), wide(lower[0]))
        case _:
            value = x.hypgeom([wide(a) for a in upper], [wide(b) for b in lower])
    return _finished(value, is_real(z, *upper, *lower))


def _finished(value: acb, real: bool) -> Scalar:
    return real_result(value, _NAME) if real else result(value, _NAME)


def _last_term(upper: list[Scalar], lower: list[Scalar]) -> int | None:
    """The index of the last term where the series ends, else None."""
    ends = [-n for a in upper if (n := as_int(a)) is not None and n <= 0]
    poles = [-n for b in lower if (n := as_int(b)) is not None and n <= 0]
    for value in (*upper, *lower):
        if as_int(value) is None and not isinstance(value, fmpq):
            real = value.real if isinstance(value, acb) else value
            close = not isinstance(value, acb) or value.imag.contains(0)
            if close and not real > 0 and real.contains_integer():
                raise Indeterminate(
                    "the precision does not tell a parameter of hyper from an integer"
                )
    if not poles:
        return min(ends) if ends else None
    if not ends or min(ends) > min(poles):
        raise Undefined(f"hyper with the lower parameter {-min(poles)}")
    if min(ends) == min(poles):
        raise Indeterminate(f"hyper with {-min(poles)} above and below, where books differ")
    return min(ends)


def _shortened(upper: list[Scalar], lower: list[Scalar]) -> tuple[list[Scalar], list[Scalar]]:
    """Without exact parameters that stand above and below."""
    above, below = list(upper), []
    for b in lower:
        if isinstance(b, fmpq) and b in [a for a in above if isinstance(a, fmpq)]:
            above.remove(b)
        else:
            below.append(b)
    return above, below


def _polynomial(upper: list[Scalar], lower: list[Scalar], z: Scalar, end: int) -> Scalar:
    if end > _MOST_TERMS:
        raise Indeterminate(f"a series of hyper with {end} terms")
    total: Scalar = ONE
    term: Scalar = ONE
    for k in range(end):
        factor: Scalar = z
        for a in upper:
            factor = times(factor, a + k)
        under: Scalar = fmpq(k + 1)
        for b in lower:
            under = times(under, b + k)
        term = times(term, divided(factor, under))
        total = total + term
        if isinstance(total, fmpq):
            total = shortened(total)
    if isinstance(total, fmpq):
        return total
    if not total.is_finite():
        raise Indeterminate("the precision gives no finite value of hyper")
    return total


def _on_the_disc(upper: list[Scalar], lower: list[Scalar], z: Scalar) -> Scalar:
    """p = q + 1: the series converges for |z| < 1."""
    real = is_real(z, *upper, *lower)
    if as_int(z) == 1:
        return _at_one(upper, lower)
    cut = beyond(z, 1, _NAME)
    if len(upper) == 1:
        return power(1 - z, -upper[0])
    x = wide(z)
    if len(upper) == 2:
        of_moderate_size(z, _NAME, MOST_BITS)
        a, b, c = wide(upper[0]), wide(upper[1]), wide(lower[0])
        value = _gauss(x, upper, lower, (a, b, c))
    elif abs(x) < 1:
        if not abs(x).upper() < arb(127) / 128:
            raise Indeterminate("the series of hyper converges too slowly")
        value = x.hypgeom([wide(a) for a in upper], [wide(b) for b in lower])
    else:
        raise Indeterminate("hyper is not continued beyond the disc for so many parameters")
    return _finished(value, real and not cut)


def _gauss(x: acb, upper: list[Scalar], lower: list[Scalar], abc: tuple[acb, acb, acb]) -> acb:
    a, b, c = abc

    def whole(v: Scalar) -> bool:
        return as_int(v) is not None

    one, two, three = upper[0], upper[1], lower[0]
    return x.hypgeom_2f1(
        a,
        b,
        c,
        ab=whole(one - two),
        ac=whole(one - three),
        bc=whole(two - three),
        abc=whole(one + two - three),
    )


def _at_one(upper: list[Scalar], lower: list[Scalar]) -> Scalar:
    excess = sum(lower, start=ZERO) - sum(upper, start=ZERO)
    real = real_part(excess)
    if real <= 0:
        # The continuation is unbounded there; whether it is infinite, or a factor 0 takes it back
        # (as in the polynomials of degree -1), is not decided.
        raise Indeterminate("hyper at 1 diverges")
    if not real > 0:
        raise Indeterminate("the precision does not tell whether hyper converges at 1")
    if len(upper) == 1:
        return ZERO
    if len(upper) != 2:
        raise Indeterminate("hyper at 1 is not supported for so many parameters")
    (a, b), (c,) = upper, lower
    top = times(gamma(c), gamma(excess))
    return times(times(top, rgamma(c - a)), rgamma(c - b))


def hyper_taylor(upper: list[Scalar], lower: list[Scalar], z: Scalar, length: int) -> list[Scalar]:
    """The Taylor coefficients by z: the k-th derivative is again a hypergeometric function."""
    terms = [hyper(upper, lower, z)]
    factor: Scalar = ONE
    end = _last_term(upper, lower)
    for k in range(1, length):
        for a in upper:
            factor = times(factor, a + (k - 1))
        if is_zero(factor) or (end is not None and k > end):
            terms.append(ZERO)
            continue
        under: Scalar = fmpq(k)
        for b in lower:
            under = times(under, b + (k - 1))
        if may_vanish(under):
            raise Indeterminate("hyper is not differentiated at such parameters")
        factor = factor / under
        shifted = [a + k for a in upper], [b + k for b in lower]
        try:
            terms.append(times(factor, hyper(*shifted, z)))
        except Undefined as error:
            raise Indeterminate(f"hyper is not differentiated there: {error}") from None
    return terms
