"""Points beside the roots of a result, and beside the other places that its formula names.

Code for what cancels near a root takes another way there, and its last ULPs are lost just outside:
where that way ends is not known of somebody's function. So points lie at all distances from a root,
most of them where one to five bits cancel.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from numeric.accuracy.ordinals import Doubles, ordinals
from numeric.accuracy.points import Range

# Distances are these powers of 1/2 of a size, one kind as often as the other.
_NEAR: Final = (-2.0, 5.0)
_NEXT: Final = (5.0, 30.0)
# What the other variables are moved by, relative to them: the root hardly moves.
_MOVED: Final = 2.0**-30


def beside(
    columns: Sequence[Doubles],
    moving: int,
    spans: Sequence[Range | None],
    each: int,
    random: Generator,
) -> list[Doubles]:
    """About `each` rows of doubles for each row of a root in the variable number `moving`, on both
    sides of it: at distances in parts of its own size, of 1, and of its distance from a finite end.
    The other variables move so little that the root stays; what has no span (a label) stays too.

    >>> from derivations.core import UnitInterval
    >>> from numeric.accuracy.points import range_of
    >>> root = [np.array([0.25]), np.array([7.0])]
    >>> near, _ = beside(root, 0, [range_of(UnitInterval), None], 300, np.random.default_rng(0))
    >>> float(np.abs(near - 0.25).min()) < 1e-6, bool((np.abs(near - 0.3) < 0.01).any())
    (True, True)
    """
    span = spans[moving]
    assert span is not None, "a label has no root"
    found: list[Doubles] = []
    for k, (column, own) in enumerate(zip(columns, spans, strict=True)):
        if k == moving:
            found.append(_scattered(column, span, each, random).ravel())
            continue
        few = np.repeat(column, each)
        with np.errstate(over="ignore"):
            moved = few * (1 + _MOVED * random.uniform(-1, 1, few.size))
        found.append(few if own is None else np.where(_inside(own, moved), moved, few))
    kept = _inside(span, found[moving])
    return [column[kept] for column in found]


def _inside(span: Range, values: Doubles) -> NDArray[np.bool_]:
    places = ordinals(values)
    return (places >= span.low) & (places <= span.high)


def _scattered(places: Doubles, span: Range, each: int, random: Generator) -> Doubles:
    shape = (places.size, each)
    powers = np.where(
        random.integers(0, 2, shape) == 0,
        random.uniform(*_NEAR, shape),
        random.uniform(*_NEXT, shape),
    )
    first, last = span.ends
    with np.errstate(all="ignore"):
        sizes = np.stack(
            [np.abs(places), np.ones(places.size), np.minimum(places - first, last - places)]
        )
        sizes = np.where(np.isfinite(sizes) & (sizes < 1e300), sizes, 1.0)
        chosen = sizes[random.integers(0, 3, shape), np.arange(places.size)[:, None]]
        return places[:, None] + random.choice([-1.0, 1.0], shape) * chosen * 2.0**-powers
