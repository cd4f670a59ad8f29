"""What a trap is: a claim, and what may be said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from derivations.core import Claim, Formula, Reals, array, define, exp, num, symbols

# What must be said: FALSE is refuted, NOT_TRUE never passes, TRUE passes, NOT_FALSE is never
# refuted, EMPTY is unknown.
FALSE, NOT_TRUE, TRUE, NOT_FALSE, EMPTY = "false", "not true", "true", "not false", "empty"


@dataclass(frozen=True)
class Trap:
    id: str
    truth: str
    claim: Claim


def adder(traps: list[Trap]) -> Callable[..., None]:
    def add(
        id: str,
        truth: str,
        lhs: Formula,
        rel: str,
        rhs: Any,
        on: Any = None,
        where: Formula | None = None,
    ) -> None:
        domains = {x: Reals} if on is None else on
        traps.append(Trap(id, truth, Claim(id, lhs, rel, rhs, on=domains, where=where)))

    return add


def near(digits: int) -> Formula:
    """A factor that differs from 1 after so many digits."""
    return 1 + num(10) ** (-num(digits))


x, y, z, a, b, c, t, u, k, i, j, n, m, K, p, w = symbols("x y z a b c t u k i j n m K p w")
v, q, A = array("v", n), array("q", n), array("A", m, n)
sg = define("sg", x, 1 / (1 + exp(-x)))
