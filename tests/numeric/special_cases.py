"""The special functions and the points at which the tests ask them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import mpmath
from flint import acb, arb, ctx, fmpq

from derivations.core.formula import symbol
from derivations.core.functions import Function
from derivations.core.special_functions import SPECIAL_FUNCTIONS, hypergeometric
from numeric.balls.values import Gaussian

VARIABLES = [symbol(name) for name in "abcdef"]

# Integers, poles, ends, points on cuts (negative, beyond 1), near poles, tiny and huge ones.
REAL = [
    Fraction(*pair)
    for pair in (
        (0, 1), (1, 1), (-1, 1), (2, 1), (-2, 1), (3, 1), (-3, 1), (31, 1), (-40, 1),
        (1, 2), (-1, 2), (1, 3), (-7, 3), (5, 4), (-5, 2), (13, 2), (999, 1000), (1001, 1000),
        (-2000001, 1000000), (1, 10**30), (-1, 10**30), (10**30, 1), (-(10**30), 1),
    )
]  # fmt: skip
COMPLEX = [
    Gaussian(Fraction(a), Fraction(b))
    for a, b in (
        ("0", "1"), ("0", "-1"), ("0", "1/2"), ("0", "-1/2"), ("0", "2"), ("0", "-3"),
        ("1/3", "1/2"), ("-5/4", "2/3"), ("-2", "-1/10"), ("3", "-5"),
        ("2", "1/10000000000"), ("-2", "1/10000000000"), ("-2", "-1/10000000000"),
    )
]  # fmt: skip

WHOLE = [Fraction(n) for n in (0, 1, 2, 3, 5, 8, 13, 30)]
# How many of the first arguments are natural numbers, where others are of no use.
INDICES = {
    "gcd": 2, "lcm": 2, "euler": 1, "polygamma": 1, "hermite": 1, "assoc_legendre": 2,
    "assoc_laguerre": 1, "gegenbauer": 1, "jacobi": 1,
}  # fmt: skip

Arguments = tuple[Fraction | Gaussian, ...]


def heads() -> Iterator[tuple[str, Function, int]]:
    """Every function with every number of arguments that it takes."""
    for name, function in SPECIAL_FUNCTIONS.items():
        for arity in function.arities:
            yield name, function, arity
    for p, q in ((0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1), (1, 2), (2, 2)):
        yield f"hyper_{p}_{q}", hypergeometric(p, q), p + q + 1


def arguments(name: str, arity: int, most: int) -> list[Arguments]:
    """So many argument tuples, the same ones in every run."""
    everywhere: list[Fraction | Gaussian] = [*REAL, *COMPLEX]
    if arity == 1:
        return [(value,) for value in everywhere]
    chosen = random.Random(f"{name} {arity}")
    indices = INDICES.get(name, 0)
    if arity == 2 and not indices and name != "Mod":
        return chosen.sample(list(itertools.product(everywhere, everywhere)), most)
    small: list[Fraction | Gaussian] = [*REAL[:16]]

    def one(place: int) -> Fraction | Gaussian:
        if place < indices:
            return chosen.choice(WHOLE)
        if name == "Mod":
            return chosen.choice(small)
        return chosen.choice(everywhere if place == arity - 1 or chosen.random() < 0.2 else small)

    return [tuple(one(place) for place in range(arity)) for _ in range(most)]


def as_mp(value: arb | acb | fmpq) -> Any:
    """The middle of a ball as a number of mpmath; to be called at a raised precision."""
    if isinstance(value, fmpq):
        return mpmath.mpf(int(value.p)) / int(value.q)
    if isinstance(value, acb):
        return mpmath.mpc(as_mp(value.real), as_mp(value.imag))
    mantissa, exponent = value.mid().man_exp()
    return mpmath.ldexp(int(mantissa), int(exponent))


def agree(ball: arb | acb, number: Any, digits: int = 25) -> bool:
    """Whether a number of mpmath is a ball's, to so many digits."""
    with ctx.workprec(256), mpmath.workprec(600):
        middle = as_mp(ball)
        error = abs(middle - number)
        return bool(
            error <= mpmath.mpf(10) ** -digits * abs(middle)
            or error <= mpmath.mpf(10) ** (-digits - 20)
        )


def text(args: Arguments) -> str:
    return ", ".join(map(str, args))
