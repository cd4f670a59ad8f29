"""Infinite sums and products by mpmath: estimates, the second opinion."""

from __future__ import annotations

from typing import Any, Final

import mpmath

from derivations.core.calculus import Product, Sum
from derivations.core.formula import Formula
from derivations.core.substitute import free_names
from numeric.balls.values import Indeterminate
from numeric.calculus.iterated import sums_drawn_out
from numeric.calculus.parts import EvaluateParts
from numeric.calculus.sums import halves
from numeric.calculus.wave_tails import Wave, waves_in
from numeric.reference.sums import by_integrals, by_terms
from numeric.reference.wave_sums import Height, by_parts

# So many factors of a product come before those whose logarithms are added, which are about 1.
_FACTORS: Final = 12
_ABOUT_ONE: Final = 0.25
_MOST_HEIGHTS: Final = 16


def reference_infinite(node: Sum | Product, evaluate: EvaluateParts, digits: int) -> Any:
    """The sum or product as mpmath extrapolates it (`nsum`, `nprod`): an estimate.

    Errors: `Indeterminate` where two orders of working precision do not agree to `digits` digits.
    """
    parts = halves(node)
    if len(parts) > 1:
        one, two = (reference_infinite(part, evaluate, digits) for part in parts)
        return one + two if isinstance(node, Sum) else one * two
    node = parts[0]
    if isinstance(node, Sum):
        node = sums_drawn_out(node, freely=True)
        value = _quickly(node, evaluate, digits)
    else:
        value = _by_logarithms(node, evaluate, digits)
    if value is not None:
        return value
    method = mpmath.nsum if isinstance(node, Sum) else mpmath.nprod
    values = []
    for working in (digits + 10, digits + 25):
        with mpmath.workdps(working):
            first = evaluate(node.lower, {})
            values.append(
                method(lambda k: evaluate(node.body, {node.variable: k}), [first, mpmath.inf])
            )
    with mpmath.workdps(digits + 10):
        one, two = values
        if not abs(one - two) <= mpmath.mpf(10) ** -digits * max(1, abs(two)):
            raise Indeterminate(f"mpmath's extrapolation of {node} does not settle")
        return two


def _quickly(node: Sum, evaluate: EvaluateParts, digits: int) -> Any | None:
    """The sum where its terms fall fast, or like a power; else None."""
    with mpmath.workdps(digits + 15):
        first = evaluate(node.lower, {})
        if not mpmath.isint(first):
            return None
        waves = waves_in(node.body, node.variable)
        if waves is not None:
            value = _estimate_of_waves(node, waves, evaluate, int(first), digits)
            if value is None:
                raise Indeterminate(f"mpmath does not sum the waves of {node}")
            return value

        def term(k: Any) -> Any:
            return evaluate(node.body, {node.variable: k})

        value = by_terms(term, int(first), digits)
        return by_integrals(term, int(first), digits) if value is None else value


def _by_logarithms(node: Product, evaluate: EvaluateParts, digits: int) -> Any | None:
    """A product by the sum of the logarithms of its factors, from where these are about 1."""
    with mpmath.workdps(digits + 15):
        first = evaluate(node.lower, {})
        if not mpmath.isint(first):
            return None
        start = max(int(first), 0) + _FACTORS
        head = mpmath.mpf(1)
        for k in range(int(first), start):
            head *= evaluate(node.body, {node.variable: mpmath.mpf(k)})
        near = [evaluate(node.body, {node.variable: mpmath.mpf(start + j)}) for j in range(3)]
        if not head or any(abs(factor - 1) > _ABOUT_ONE for factor in near):
            return None

        def term(k: Any) -> Any:
            return mpmath.log(evaluate(node.body, {node.variable: k}))

        value = by_terms(term, start, digits)
        value = by_integrals(term, start, digits) if value is None else value
        return None if value is None else head * mpmath.exp(value)


# The heights of waves by mpmath, where they do not depend on the point, with the digits asked for.
_heights: dict[tuple[Formula, int], Height] = {}


def _estimate_of_waves(
    node: Sum, waves: tuple[Wave, ...], evaluate: EvaluateParts, first: int, digits: int
) -> Any | None:
    """The sum of waves, one after the other; None where one of them is not found."""
    total = mpmath.mpf(0)
    for wave in waves:
        ends = [evaluate(wave.argument, {node.variable: mpmath.mpf(k)}) for k in (0, 1)]

        height = Height(digits)
        if free_names(wave.height) <= {node.variable}:
            if len(_heights) > _MOST_HEIGHTS:
                _heights.clear()
            height = _heights.setdefault((wave.height, digits), height)

        def term(k: Any, height: Formula = wave.height) -> Any:
            return evaluate(height, {node.variable: k})

        value = by_parts(height, term, ends[0], ends[1] - ends[0], first)
        if value is None:
            return None
        total += mpmath.im(value) if wave.name == "sin" else mpmath.re(value)
    return total
