"""Integrals by mpmath: the second opinion, which knows nothing of the balls."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import mpmath

from derivations.core.calculus import Integral
from derivations.core.formula import FormulaError, Symbol
from numeric.calculus.divergence import plain_body
from numeric.calculus.parts import EvaluateParts
from numeric.calculus.straight import reference_straight
from numeric.calculus.wave_tails import Wave, waves_in
from numeric.reference.pieces import by_pieces
from numeric.reference.quadrature import integrated
from numeric.reference.raw_floats import TROUBLES


def reference_integral(
    node: Integral,
    evaluate: EvaluateParts,
    digits: int,
    quick: Callable[[Any], Any] | None = None,
) -> Any:
    """The integral by double-exponential quadrature in mpmath's floats, an estimate to about
    `digits` digits. `quick` is the integrand where that is known, and real.

    Errors: `Indeterminate` where the estimate of the error is too large.
    """
    with mpmath.workdps(digits + 10):
        lower, upper = evaluate(node.lower, {}), evaluate(node.upper, {})
        slow = partial(_at, node, evaluate)
        exact = slow if quick is None else _first(quick, slow)
        value = _reference_of_waves(node, evaluate, exact, lower, upper, digits)
        if value is not None:
            return value
        value = by_pieces(node, evaluate, exact, lower, upper, digits)
        if value is not None:
            return value
        if quick is not None:
            function = exact
        else:
            straight_on = reference_straight(node.body, node.variable, evaluate)
            function = straight_on or slow
        return integrated(function, lower, upper, digits)


def _first(quick: Callable[[Any], Any], slow: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def value(t: Any) -> Any:
        try:
            return quick(t)
        except TROUBLES:
            return slow(t)

    return value


def _at(node: Integral, evaluate: EvaluateParts, t: Any) -> Any:
    return evaluate(node.body, {node.variable: t})


def _reference_of_waves(
    node: Integral,
    evaluate: EvaluateParts,
    f: Callable[[Any], Any],
    lower: Any,
    upper: Any,
    digits: int,
) -> Any | None:
    """The integral from a finite end to oo of waves of one length, by the sum over its periods."""
    if mpmath.isinf(lower) or upper != mpmath.inf:
        return None
    try:
        waves = waves_in(plain_body(node), node.variable)
    except FormulaError:
        return None
    if not waves:
        return None
    true = [wave for wave in waves if wave.name]
    speeds = [_reference_speed(wave, node.variable, evaluate) for wave in true]
    if any(speed is None or speed != speeds[0] for speed in speeds):
        return None
    start = max(lower, 0) + 1
    near = by_pieces(node, evaluate, f, lower, start, digits)
    if near is None:
        near = integrated(f, lower, start, digits)

    def total(own: list[Wave], x: Any) -> Any:
        return mpmath.fsum(_reference_wave(wave, node.variable, evaluate, x) for wave in own)

    far = mpmath.quadosc(partial(total, true), [start, mpmath.inf], omega=speeds[0])
    plain = [wave for wave in waves if not wave.name]
    rest = integrated(partial(total, plain), start, upper, digits) if plain else mpmath.mpf(0)
    return near + far + rest


def _reference_wave(wave: Wave, t: Symbol, evaluate: EvaluateParts, x: Any) -> Any:
    height = evaluate(wave.height, {t: x})
    if not wave.name:
        return height
    angle = evaluate(wave.argument, {t: x})
    return height * (mpmath.sin(angle) if wave.name == "sin" else mpmath.cos(angle))


def _reference_speed(wave: Wave, t: Symbol, evaluate: EvaluateParts) -> Any | None:
    one, two = (evaluate(wave.argument, {t: mpmath.mpf(k)}) for k in (0, 1))
    speed = two - one
    return abs(speed) if speed and not mpmath.im(speed) else None
