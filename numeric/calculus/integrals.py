"""Integrals: certified by Arb's quadrature with a proved bound on infinite tails.

An improper integral is cut at a finite T: the quadrature is certified up to T, and the rest is at
most a bound that is proved from an expansion of the integrand over the whole tail
(`numeric.tails.expand`). A singular end is moved to infinity first, x = a + 1/t.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flint import acb, arb, ctx

from derivations.core.calculus import Integral
from derivations.core.formula import Formula, num, walk
from derivations.core.substitute import rewrite
from numeric.balls.values import Infinity, Scalar
from numeric.calculus.cut_in_pieces import in_pieces
from numeric.calculus.divergence import refuse_divergent
from numeric.calculus.iterated import drawn_out
from numeric.calculus.lines import finite, over
from numeric.calculus.parts import EncloseParts
from numeric.calculus.quadrature import GUARD, Memory, Quadrature, has_edges

# Bits of working precision where a place at which the integrand is cut is known by a ball.
_GUARD_OF_PIECES: Final = 128


def enclose_integral(node: Integral, enclose: EncloseParts, memory: Memory | None = None) -> Scalar:
    """An enclosure of the integral at the current point, at the precision `flint.ctx.prec`.

    `enclose` is asked for the body at complex balls of the bound variable (see
    `numeric.calculus.parts`). `memory` keeps, from one point to the next, where to begin to look.

    Errors: `Undefined` where the integral certainly diverges, `Indeterminate` where no bound on a
    tail was proved or the quadrature did not end.
    """
    bits = ctx.prec
    # What is evaluated once, such as the places at which it is cut, is so at this precision.
    with ctx.workprec(bits + (_GUARD_OF_PIECES if has_edges(node) else GUARD)):
        memory = {} if memory is None else memory
        value = integral_of(Quadrature(node, enclose, bits, memory))
    # Rounded to the precision that was asked for.
    value = value + 0
    return value.real if value.imag.is_zero() else value


def integral_of(q: Quadrature) -> acb:
    """The integral by the way that serves it."""
    node = q.node
    if is_iterated(q):
        return value_of_iterated(q)
    refuse_divergent(node, q.enclose)
    value = in_pieces(q)
    if value is not None:
        return value
    value = along(q)
    if value is not None:
        return value
    return over(q, q.end(node.lower), q.end(node.upper))


def is_iterated(q: Quadrature) -> bool:
    return any(isinstance(part, Integral) for part in walk(q.node.body))


def value_of_iterated(q: Quadrature) -> acb:
    """The integral of an integral: what rests in the inner one is taken out of it."""
    node = q.node

    def rule(part: Formula) -> Formula | None:
        return drawn_out(part) if isinstance(part, Integral) else None

    body = rewrite(node.body, rule)
    own = replace(q, node=Integral(body, node.variable, node.lower, node.upper))
    if not is_iterated(own):
        return integral_of(own)
    return over(own, own.end(node.lower), own.end(node.upper))


def along(q: Quadrature) -> acb | None:
    """The integral between complex ends, or None: on the straight way between them."""
    node = q.node
    ends = [q.enclose(end, {}) for end in (node.lower, node.upper)]
    if not any(isinstance(end, acb) and not end.imag.is_zero() for end in ends):
        return None
    if any(isinstance(end, Infinity) for end in ends):
        return None
    s = q.fresh()
    way = node.upper - node.lower
    body = q.at(node.lower + way * s) * way
    return finite(replace(q, node=Integral(body, s, num(0), num(1))), arb(0), arb(1))
