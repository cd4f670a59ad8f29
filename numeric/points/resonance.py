"""Integers at which a wave of them comes very near to 0 or to its top: 22, 355, 312689 for sin(n).

They are the numerators of the continued fraction of pi over twice the factor of the variable.
Whole parts jump where a multiple of the variable is an integer; an integer comes near to that at
the numerators of the continued fraction of 1 over the factor.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flint import acb, arb, ctx

from derivations.core.claim import Claim
from derivations.core.formula import Call, Formula, FormulaError, Symbol, num, walk
from derivations.core.functions import Definition
from derivations.core.substitute import free_names, substitute
from derivations.proving.casework import plain
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import root_frame
from numeric.balls.values import Indeterminate, Infinity, Undefined, the_integer_in

_WAVES: Final = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
_PARTS: Final = frozenset({"floor", "ceiling", "frac"})
_MOST: Final = 24
_BITS: Final = 256


def resonances(
    claim: Claim, variable: Symbol, most: int = _MOST, bits: int = _BITS
) -> Iterator[int]:
    """Integers that are nearly quarters of the period of a wave in the claim, or at which a whole
    part nearly jumps, both signs; `most` of them for each wave, known from so many bits.

    >>> from derivations.core import integers, sin, symbol
    >>> n = symbol("n")
    >>> claim = Claim("c", sin(n), "<", num(1), on={n: integers(1)})
    >>> [k for k in resonances(claim, n) if 0 < k < 1000]
    [1, 2, 3, 11, 344, 355]
    """
    done: set[Formula] = set()
    for side in (claim.lhs, claim.rhs):
        try:
            nodes = list(walk(plain(side)))
        except (FormulaError, RecursionError):
            continue
        for node in nodes:
            if not isinstance(node, Call) or isinstance(node.head, Definition):
                continue
            name = node.head.name
            if name in _WAVES | _PARTS and node.args[0] not in done:
                done.add(node.args[0])
                with ctx.workprec(bits):
                    factor = _factor(node.args[0], variable)
                    quarter = arb.pi() / 2 if name in _WAVES else arb(1)
                    numbers = () if factor is None else _numerators(quarter / factor, most)
                    found = list(numbers)
                for k in found:
                    yield from (k, -k)


def _factor(argument: Formula, variable: Symbol) -> arb | None:
    """The number that the variable is multiplied with, where nothing else moves."""
    if free_names(argument) != {variable}:
        return None
    values = []
    for k in range(3):
        try:
            at = substitute(argument, {variable: num(k)})
            value = evaluated(Compiler().compile(at), root_frame({}))
        except (FormulaError, Undefined, Indeterminate):
            return None
        if isinstance(value, Infinity | acb):
            return None
        values.append(arb(value))
    step = values[1] - values[0]
    return step if (values[2] - values[1] - step).contains(0) and step != 0 else None


def _numerators(ratio: arb, most: int) -> Iterator[int]:
    """The numerators of the convergents of a number."""
    rest = abs(ratio)
    before, here = 0, 1
    for _ in range(most):
        whole = the_integer_in(rest.floor())
        if whole is None:
            return
        before, here = here, whole * here + before
        yield here
        rest = rest - whole
        if rest.contains(0):
            return
        rest = 1 / rest
