"""Which special function is computed how: by name, on numbers and on jets.

A head that is made of others (`composed`) takes jets as it takes numbers. One that is not has a
value of numbers, and Taylor coefficients by one moving argument.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flint import acb, arb

from derivations.core.special_functions import hypergeometric_counts
from numeric.balls.frames import Frame, Run
from numeric.balls.jets import Jet, Number, composed, constant_of, moves
from numeric.balls.values import Indeterminate, Infinity, Scalar, Undefined, ball
from numeric.special import (
    bessel,
    elliptic,
    exponential_integrals,
    gammas,
    incomplete_gamma,
    parts,
    polynomials,
    reciprocals,
    whole_numbers,
    zetas,
)
from numeric.special.cauchy import cauchy_taylor
from numeric.special.hypergeometric import hyper, hyper_taylor

Value = Callable[..., Scalar]
# which argument moves, the arguments, how many coefficients
Taylor = Callable[[int, list[Scalar], int], list[Scalar]]


@dataclass(frozen=True, slots=True)
class Head:
    """A function of numbers, with its Taylor coefficients where it has any."""

    value: Value
    taylor: Taylor | None = None


HEADS: Final[dict[str, Head]] = {
    "factorial2": Head(gammas.factorial2),
    "digamma": Head(gammas.digamma, gammas.digamma_taylor),
    "polygamma": Head(gammas.polygamma, gammas.polygamma_taylor),
    "beta": Head(gammas.beta),
    "zeta": Head(zetas.zeta, zetas.zeta_taylor),
    "dirichlet_eta": Head(zetas.dirichlet_eta),
    "polylog": Head(zetas.polylog, zetas.polylog_taylor),
    "lerchphi": Head(zetas.lerch_phi, zetas.lerch_taylor),
    "LambertW": Head(zetas.lambert_w, zetas.lambert_taylor),
    "gcd": Head(whole_numbers.gcd),
    "lcm": Head(whole_numbers.lcm),
    "fibonacci": Head(whole_numbers.fibonacci),
    "lucas": Head(whole_numbers.lucas),
    "bernoulli": Head(whole_numbers.bernoulli, whole_numbers.bernoulli_taylor),
    "euler": Head(whole_numbers.euler, whole_numbers.euler_taylor),
    "harmonic": Head(whole_numbers.harmonic, whole_numbers.harmonic_taylor),
    **{
        name: Head(value, taylor)
        for heads in (
            incomplete_gamma.HEADS,
            exponential_integrals.HEADS,
            bessel.HEADS,
            elliptic.HEADS,
        )
        for name, (value, taylor) in heads.items()
    },
}

COMPOSED: Final[dict[str, Callable[..., Number]]] = {
    **reciprocals.COMPOSED,
    **gammas.COMPOSED,
    **polynomials.COMPOSED,
}


def is_known(name: str) -> bool:
    """Whether a head of that name is evaluated here."""
    return (
        name in HEADS
        or name in COMPOSED
        or name in parts.PARTS
        or hypergeometric_counts(name) is not None
    )


def special_of(name: str, runs: list[Run]) -> Run:
    """A special function of compiled arguments."""
    counts = hypergeometric_counts(name)

    def run(frame: Frame) -> Number:
        args = [argument(frame) for argument in runs]
        if any(isinstance(arg, Infinity) for arg in args):
            raise Undefined("infinity is not a number")
        if frame.turned:
            _require_no_cut(name if counts is None else "hyper", args)
        if name in parts.PARTS:
            value: Number = parts.PARTS[name](frame, *args)
            return value
        if name in COMPOSED:
            return _composed_head(name, args)
        if counts is not None:
            return applied_head(_hypergeometric(*counts), name, args)
        return applied_head(HEADS[name], name, args)

    return run


# Where a real argument, the last one, may lie on a cut.
_CUT_BELOW_ZERO: Final = frozenset(
    {"Ei", "li", "Li", "Ci", "Chi", "LambertW", "uppergamma", "lowergamma", "expint", "cbrt",
     "root", "asech", "besselj", "bessely", "besseli", "besselk", "hankel1", "hankel2", "jn", "yn",
     "zeta", "log"}
)  # fmt: skip
_CUT_BEYOND_ONE: Final = frozenset(
    {"polylog", "lerchphi", "elliptic_k", "elliptic_e", "elliptic_f", "elliptic_pi", "hyper",
     "asech", "erfinv", "erfcinv", "legendre", "assoc_legendre", "jacobi", "gegenbauer"}
)  # fmt: skip
_CUT_WITHIN_ONE: Final = frozenset({"acoth", "asec", "acsc", "legendre", "assoc_legendre"})


def _require_no_cut(name: str, args: list[Number]) -> None:
    """Errors: `Indeterminate` where a complex increment may lead off a cut of the function."""
    for arg in args:
        if not isinstance(arg, Jet) or not moves(arg) or isinstance(arg.constant, acb):
            continue
        start = arb(arg.constant)
        on_cut = (
            (name in _CUT_BELOW_ZERO and not start > 0)
            or (name in _CUT_BEYOND_ONE and not start < 1)
            or (name in _CUT_WITHIN_ONE and not abs(start) > 1)
        )
        if on_cut:
            raise Indeterminate(f"{name} is not differentiated across its cut")


def _composed_head(name: str, args: list[Number]) -> Number:
    try:
        return COMPOSED[name](*args)
    except Undefined:
        # Where a product of poles and zeros has a value, its factors have no series.
        if name in gammas.COMPOSED and any(map(moves, args)):
            COMPOSED[name](*(constant_of(arg) for arg in args))
            raise Indeterminate(f"{name} is not differentiated at a pole of gamma") from None
        raise


def _hypergeometric(p: int, q: int) -> Head:
    def value(*args: Scalar) -> Scalar:
        return hyper(list(args[:p]), list(args[p : p + q]), args[-1])

    def taylor(which: int, args: list[Scalar], length: int) -> list[Scalar]:
        if which < p + q:
            raise Indeterminate("hyper is not differentiated by a parameter")
        return hyper_taylor(args[:p], args[p : p + q], args[-1], length)

    return Head(value, taylor)


def applied_head(head: Head, name: str, args: list[Number]) -> Number:
    """A head of numbers, at most one of which moves."""
    moving = [k for k, arg in enumerate(args) if moves(arg)]
    numbers = [arg.constant if isinstance(arg, Jet) else arg for arg in args]
    if not moving:
        return head.value(*numbers)
    if name == "beta":
        return gammas.beta_jets(*args)
    if len(moving) > 1:
        raise Indeterminate(f"{name} is not differentiated by two arguments at once")
    (which,) = moving
    jet = args[which]
    assert isinstance(jet, Jet)
    if any(isinstance(term, acb) for term in jet.terms.values()):
        _require_analytic(head, numbers, which)
    coefficients = _taylor(head, which, numbers, sum(jet.orders) + 1)
    coefficients[0] = head.value(*numbers)
    return composed(coefficients, jet)


def _taylor(head: Head, which: int, numbers: list[Scalar], length: int) -> list[Scalar]:
    """Its own coefficients, else those that its values on a circle give."""
    if head.taylor is not None:
        try:
            return head.taylor(which, numbers, length)
        except Indeterminate:
            pass
        except Undefined:
            # Of a formula for the coefficients, not of the function where that has a value.
            head.value(*numbers)

    def one_moving(value: Scalar) -> Scalar:
        return head.value(*numbers[:which], value, *numbers[which + 1 :])

    return cauchy_taylor(one_moving, numbers[which], length)


def _require_analytic(head: Head, numbers: list[Scalar], which: int) -> None:
    """Errors: `Indeterminate` where a step off the reals would cross a cut of the function."""
    near = list(numbers)
    tiny = arb(0, arb(2) ** -30)
    near[which] = acb(ball(numbers[which])) + acb(tiny, tiny)
    head.value(*near)
