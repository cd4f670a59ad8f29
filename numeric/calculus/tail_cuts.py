"""Where an integral to infinity is cut off, and a proved bound on what is left."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flint import arb

from derivations.core.formula import Formula, Symbol
from numeric.balls.values import Indeterminate, Undefined
from numeric.calculus.quadrature import SERIES_TERMS, Quadrature
from numeric.tails.expand import Walk
from numeric.tails.expansions import Tail
from numeric.tails.growth import integrable, tail_integral

# A tail is cut at 2**k for the first of these k that is far enough out.
_CUTS: Final = (*range(1, 13), 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 1024, 2048, 4096)
# A cut of the point before is taken again unless its bound is beyond this power of the goal.
_FAR_TOO_SMALL: Final = 8


def cut_of(
    q: Quadrature, formula: Formula, t: Symbol, start: arb, size: arb, side: int = 0
) -> tuple[arb, arb]:
    """Where the integral is cut off, and a bound on the rest. With a `side` the cut of the
    point before is taken where it still serves."""
    trouble = ""
    best: tuple[arb, arb] | None = None
    cuts = [cut for k in _CUTS if (cut := arb(2) ** k) > start]
    goal = size * arb(2) ** -q.bits
    # The bounds fall with the cut: the first one that will do is found by halving, the near
    # ones first.
    low, high = 0, len(cuts)
    key = (q.node.body, q.node.variable, side)
    hint = q.memory.get(key, -1) if side else -1
    # The cut of the point before comes first, then those beside it.
    beside = {hint - 1, hint + 1} if hint >= 0 else set()
    while low < high:
        middle = low + min(4, (high - low) // 2)
        if low <= hint < high:
            middle, hint = hint, -2
        elif near := [k for k in beside if low <= k < high]:
            middle = near[-1]
            beside.clear()
        tail = Tail(cuts[middle], SERIES_TERMS)
        try:
            bound = quick_bound(q, formula, tail, t)
        except Indeterminate as error:
            trouble = str(error)
            low = middle + 1
            continue
        if best is None or bound <= goal or not best[1] <= goal:
            best = cuts[middle], bound
        if bound <= goal:
            high = middle
            if side:
                q.memory[key] = middle
            if hint == -2 and bound > goal**_FAR_TOO_SMALL:
                break
        else:
            low = middle + 1
    if best is None:
        raise Indeterminate(f"no bound on the tail of {q.node} was proved: {trouble}")
    return best


def falls_by(q: Quadrature, cut: arb, formula: Formula, t: Symbol, size: arb) -> bool:
    """Whether nothing that counts is left of the integral from a cut on."""
    try:
        bound = quick_bound(q, formula, Tail(cut, SERIES_TERMS), t)
    except Indeterminate:
        return False
    return bool(bound <= size * arb(2) ** -q.bits)


def quick_bound(q: Quadrature, formula: Formula, tail: Tail, t: Symbol) -> arb:
    there = {t: tail.variable()}
    walk = Walk(tail, q.enclose, there, rough=True, vanishes=q.vanishing(t))
    try:
        return tail_bound(q, formula, walk)
    except Indeterminate:
        return tail_bound(q, formula, replace(walk, rough=False, known={}))


def tail_bound(q: Quadrature, formula: Formula, walk: Walk) -> arb:
    """A bound of the integral of |formula| over the tail."""
    tail = walk.tail
    expansion = walk.expand(formula)
    if expansion.terms and not integrable(expansion.terms[0][0]):
        expansion.terms[0][1].sign()  # certainly not 0, or Indeterminate
        raise Undefined(f"{q.node} diverges")
    envelope = tail.envelope(expansion)
    if envelope is None:
        return arb(0)
    factor, growth = tail_integral(envelope.growth, tail.start)
    return (envelope.bound * factor * growth.at(tail.start)).upper()
