"""Integers at which a wave of them comes very near to 0 or to its top: 22, 355, 312689 for sin(n).

They are the numerators of the continued fraction of pi over twice the factor of the variable.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flint import acb, arb, ctx, fmpq

from derivations.core.claim import Claim
from derivations.core.formula import Call, Formula, FormulaError, Symbol, num, walk
from derivations.core.functions import Definition
from derivations.core.substitute import free_names, substitute
from derivations.proving.casework import plain
from numeric.enclose import Compiler, evaluated
from numeric.frames import root_frame
from numeric.values import Indeterminate, Infinity, Undefined, the_integer_in

_WAVES: Final = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
_MOST: Final = 24
_BITS: Final = 256


def resonances(claim: Claim, variable: Symbol) -> Iterator[int]:
    """Integers that are nearly quarters of the period of a wave in the claim, both signs.

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
            if node.head.name in _WAVES and node.args[0] not in done:
                done.add(node.args[0])
                factor = _factor(node.args[0], variable)
                if factor is not None:
                    for k in _numerators(factor):
                        yield from (k, -k)


def _factor(argument: Formula, variable: Symbol) -> arb | None:
    """The number that the variable is multiplied with, where nothing else moves."""
    if free_names(argument) != {variable}:
        return None
    with ctx.workprec(_BITS):
        values = []
        for k in range(3):
            try:
                at = substitute(argument, {variable: num(k)})
                value = evaluated(Compiler().compile(at), root_frame({}))
            except (FormulaError, Undefined, Indeterminate):
                return None
            if isinstance(value, Infinity | acb):
                return None
            values.append(arb(value) if isinstance(value, fmpq) else value)
        step = values[1] - values[0]
        return step if (values[2] - values[1] - step).contains(0) and step != 0 else None


def _numerators(factor: arb) -> Iterator[int]:
    """The numerators of the convergents of pi/(2*factor)."""
    with ctx.workprec(_BITS):
        rest = abs(arb.pi() / (2 * factor))
        before, here = 0, 1
        for _ in range(_MOST):
            whole = the_integer_in(rest.floor())
            if whole is None:
                return
            before, here = here, whole * here + before
            yield here
            rest = rest - whole
            if rest.contains(0):
                return
            rest = 1 / rest
