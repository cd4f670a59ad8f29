"""The floating quadrature meets closed forms, wherever the peak is and however slow the tail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import pytest
from mpmath import mp, mpf

from derivations.core import exp, gamma, num, symbols
from numeric.calculus.straight import straight
from numeric.reference.quadrature import integrated

x, mu = symbols("x mu")
oo = mp.inf

KNOWN: dict[str, tuple[Callable[[Any], Any], Any, Any, Callable[[], Any]]] = {
    "a narrow peak far out": (
        lambda t: mp.exp(-50 * (t - 700) ** 2), -oo, oo, lambda: mp.sqrt(2 * mp.pi) / 10,
    ),
    "an odd integrand": (lambda t: t * mp.exp(-t * t), -oo, oo, lambda: mpf(0)),
    "an algebraic tail": (lambda t: 1 / (1 + t * t), -oo, oo, lambda: mp.pi),
    "a hole at 0": (lambda t: t / mp.expm1(t), 0, oo, lambda: mp.pi**2 / 6),
    "a root at the end": (lambda t: mp.exp(-t) / mp.sqrt(t), 0, oo, lambda: mp.sqrt(mp.pi)),
    "from -oo": (lambda t: mp.exp(t), -oo, -3, lambda: mp.exp(-3)),
    "reversed ends": (lambda t: mp.exp(t), -3, -oo, lambda: -mp.exp(-3)),
    "reversed infinities": (lambda t: mp.sech(t), oo, -oo, lambda: -mp.pi),
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_a_known_integral_is_met(name: str) -> None:
    f, lower, upper, value = KNOWN[name]
    with mpmath.workdps(67):
        assert abs(integrated(f, mpf(lower), mpf(upper), 57) - value()) < mpf(10) ** -55


def test_a_formula_beyond_elementary_operations_is_left_to_the_general_evaluation() -> None:
    assert straight(gamma(x), x, lambda *_: num(0)) is None  # type: ignore[arg-type,return-value]
    assert straight(exp(-x), x, lambda *_: num(0)) is not None  # type: ignore[arg-type,return-value]
