"""When a proof is not worth looking for: a point of the place where the statement fails.

Nothing is proved here and nothing refuted: a search is spared that could not succeed. The values
at the point are enclosed by ranges with outward rounding.
"""

from __future__ import annotations

from itertools import islice, product
from typing import Final

from flint import fmpq

from derivations.core.calculus import Derivative, Prime
from derivations.core.formula import Formula, FormulaError, Symbol, walk
from derivations.core.substitute import free_symbols
from derivations.proving.bounds import Box, range_of
from derivations.proving.places import Place, Sign, sign_of_range
from derivations.proving.ranges import Range

MOST_POINTS: Final = 12
_VALUES: Final = (
    fmpq(1), fmpq(1, 2), fmpq(3), fmpq(-1), fmpq(-5, 2), fmpq(1, 7), fmpq(2), fmpq(-1, 3), fmpq(9),
    fmpq(0), fmpq(40),
)  # fmt: skip


def fails_somewhere(difference: Formula, wanted: Sign, here: Place) -> bool:
    """Whether at a point of the place the difference certainly has no sign that is wanted."""
    variables = sorted(free_symbols(difference), key=lambda s: s.name)
    if any(isinstance(node, Derivative | Prime) for node in walk(difference)):
        return False
    choices = [_values(x, here) for x in variables]
    for values in islice(product(*choices), MOST_POINTS):
        ranges = {**here.box.ranges}
        ranges.update({x: Range(v, v) for x, v in zip(variables, values, strict=True)})
        point = Box(ranges, here.box.integers)
        try:
            if not all(sign_of_range(range_of(f, point)) in sign for f, sign in here.facts):
                continue  # not certainly a point of the place
            if not sign_of_range(range_of(difference, point)) & wanted:
                return True
        except FormulaError:
            continue
    return False


def _values(x: Symbol, here: Place) -> list[fmpq]:
    r = here.box.ranges.get(x)
    if r is None:
        return []
    found = [v for v in _VALUES if _lies_in(v, r) and (v.q == 1 or x not in here.box.integers)]
    if r.low is not None and r.high is not None and x not in here.box.integers:
        found.append((r.low + r.high) / 2)
        found.append((r.low + 7 * r.high) / 8)
    return found


def _lies_in(value: fmpq, r: Range) -> bool:
    above = r.low is None or value > r.low or (value == r.low and not r.low_open)
    return above and (r.high is None or value < r.high or (value == r.high and not r.high_open))
