"""The correctly rounded values of a formula of rows, certified by Arb.

The same walk over the formula that runs on float64 arrays (`numeric.broadcast`) runs here on
arrays of balls, one row at a time; where the ends of a ball round to different doubles the row is
evaluated anew, more precisely. At rows with infinite entries the value is the limit, if there is
one: the same however the infinite entries are approached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import inf, nan
from typing import Any, Final

import numpy as np
from flint import arb, ctx

from derivations.core.calculus import D
from derivations.core.formula import Array, Formula, FormulaError, Item, Symbol
from derivations.core.substitute import free_symbols, fresh_symbol
from derivations.proving.deltas import collapsed
from derivations.proving.derivatives import differentiated
from numeric.accuracy.ordinals import Doubles, Ordinals
from numeric.accuracy.rows.target import RowTarget
from numeric.broadcast import Broadcast, Functions

# 53 bits and guard bits; the exponential of the largest double wants a thousand.
_BITS: Final = (128, 320, 1280, 4096)
# An infinite entry is a large one beside the others: of these sizes, in every order. Sums of powers
# of 2 are no ties.
_FAR: Final = (2.0**40, 2.0**60)
_MANY: Final = 1024.0  # weights are not smaller
_RATES: Final = (1.0, 2.0, 4.0)
# Condition numbers need few digits, but their terms may be large.
_ROUGH: Final = (64, 1280)


def _method(name: str) -> Any:
    return np.frompyfunc(lambda ball: getattr(ball, name)(), 1, 1)


_ONE_OR_NONE: Final = np.array([arb(0), arb(1)], dtype=object)
_BALLS: Final[Functions] = {
    **{name: _method(name) for name in ("exp", "log", "sqrt", "tanh", "sinh", "cosh", "expm1")},
    "log1p": _method("log1p"),
    "Abs": np.frompyfunc(abs, 1, 1),
    "Max": np.frompyfunc(lambda one, two: one.max(two), 2, 1),
    "Min": np.frompyfunc(lambda one, two: one.min(two), 2, 1),
    "KroneckerDelta": lambda one, two: _ONE_OR_NONE[np.equal(one, two).astype(np.intp)],
}
_CONSTANTS: Final = {"pi": arb.pi}


class CertifiedRows:
    """The right values of rows: call it with one array of shape (rows, size) for each array.

    nan where the formula has no value, or none was found; inf where it overflows or tends to inf.

    >>> from derivations.core import array, exp, log, symbols, total
    >>> from derivations.core import Claim, Reals, Sizes
    >>> from numeric.accuracy.rows.target import row_target_of
    >>> K, k = symbols("K k")
    >>> z = array("z", K)
    >>> lse = log(total(exp(z[k]), k, 1, K))
    >>> claim = Claim("lse", lse, "=", lse, on={K: Sizes, z: Reals})
    >>> CertifiedRows(row_target_of(claim, {}))(np.array([[0.0], [1e300], [-np.inf]])).tolist()
    [0.0, 1e+300, -inf]
    """

    def __init__(self, target: RowTarget) -> None:
        self.target = target

    def __call__(self, *columns: Doubles) -> Doubles:
        rows, size = columns[0].shape
        values = np.full(self.target.shape(rows, size), nan)
        known = ~np.logical_or.reduce([np.isnan(column).any(axis=1) for column in columns])
        finite = np.logical_and.reduce([np.isfinite(column).all(axis=1) for column in columns])
        values[finite] = self._finite([column[finite] for column in columns])
        for row in np.flatnonzero(known & ~finite):
            values[row] = self._limit([column[row] for column in columns])
        return values

    def _finite(self, columns: Sequence[Doubles]) -> Doubles:
        rows, size = columns[0].shape
        found = np.full(self.target.shape(rows, size), nan)
        todo = np.arange(rows)
        for bits in _BITS:
            if not todo.size:
                break
            with ctx.workprec(bits):
                rounded = _rounded(evaluated(self.target, [column[todo] for column in columns]))
            found[todo] = np.where(np.isnan(found[todo]), rounded, found[todo])
            todo = todo[np.isnan(rounded).reshape(todo.size, -1).any(axis=1)]
        return found

    def _limit(self, entries: Sequence[Doubles]) -> Any:
        """The value that is approached wherever the infinite entries come from; nan if none is."""
        flat = np.concatenate(entries)
        places = np.flatnonzero(np.isinf(flat))
        largest = np.abs(flat[np.isfinite(flat)]).max(initial=1.0)
        seen = []
        for many in _FAR:
            far = many * 2.0 ** np.ceil(np.log2(largest))
            for rates in _approaches(places.size):
                near = flat.copy()
                near[places] = np.sign(flat[places]) * far * np.array(rates)
                rows = [row[None] for row in np.split(near, len(entries))]
                value = self._finite(rows)[0]
                seen.append(np.where(np.abs(value) > far / _MANY, np.copysign(inf, value), value))
        limit = seen[0]
        for other in seen[1:]:
            limit = np.where(other == limit, limit, nan)
        return limit


def _approaches(count: int) -> list[tuple[float, ...]]:
    """Rates at which so many entries become infinite: all alike, and some before others."""
    if count > len(_RATES):
        slow, fast = _RATES[0], _RATES[1]
        alternating = [slow if k % 2 else fast for k in range(count)]
        return [(slow,) * count, tuple(alternating), tuple(reversed(alternating)),
                (slow, *(fast,) * (count - 1)), (*(fast,) * (count - 1), slow)]  # fmt: skip
    return [(_RATES[0],) * count, *permutations(_RATES[:count])]


@dataclass(frozen=True, slots=True)
class _OfRows(Broadcast):
    """The last axis is that of the rows: an array has the shape (size, rows)."""

    def item(self, array: Array, places: tuple[Any, ...]) -> Any:
        rows = self.values[array.name]
        return rows[places[0], np.arange(rows.shape[1])]


def evaluated(target: RowTarget, columns: Sequence[Doubles]) -> Any:
    """The balls of the target's formula at rows, at the precision of the context."""
    rows, size = columns[0].shape
    places = np.ix_(*(np.arange(1, size + 1) for _ in target.indices))
    given = {index: place[..., None] for index, place in zip(target.indices, places, strict=True)}
    shape = (*target.shape(1, size)[1:], rows)
    value = _at(target, target.formula, columns, given, len(shape))
    return np.moveaxis(np.broadcast_to(value, shape), -1, 0)


def _at(
    target: RowTarget,
    formula: Formula,
    columns: Sequence[Doubles],
    indices: Mapping[Symbol, Any],
    axes: int,
) -> Any:
    values: dict[Symbol | str, Any] = {target.size: columns[0].shape[1]}
    values.update(indices.items())
    for array, column in zip(target.arrays, columns, strict=True):
        values[array.name] = _balls(column.T)
    return _OfRows(_BALLS, arb, _CONSTANTS, values, axes).of(formula)


def _balls(numbers: Doubles) -> Any:
    balls = np.empty(numbers.size, dtype=object)
    balls[:] = [arb(number) for number in numbers.ravel().tolist()]
    return balls.reshape(numbers.shape)


def _rounded(balls: Any) -> Doubles:
    """The doubles to which both ends of a ball round, nan where they are two."""
    found = []
    for ball in balls.ravel().tolist():
        low = float(ball.lower())
        found.append(low + 0.0 if low == float(ball.upper()) else nan)
    return np.array(found, dtype=np.float64).reshape(balls.shape)


class Conditioning:
    """The condition numbers of a function of rows: sum |x_q D(f, x_q)| / |f| over all entries."""

    def __init__(self, target: RowTarget) -> None:
        self.target = target
        self.known = True
        taken = free_symbols(target.formula) | {target.size}
        self._by = fresh_symbol(Symbol("q"), taken)
        self._slopes: list[tuple[Array, Formula]] = []
        for array in target.arrays:
            try:
                slope = differentiated(D(target.formula, Item(array, (self._by,))), unfold=True)
            except FormulaError:
                self.known = False
                return
            self._slopes.append((array, collapsed(slope)))

    def at(
        self, columns: Sequence[Doubles], places: Sequence[Ordinals], correct: Doubles
    ) -> Doubles:
        """kappa at one place (indices from 0) of the value of each row; 0 where it is not known."""
        total = np.full(correct.shape, nan)
        for bits in _ROUGH if self.known else ():
            todo = np.flatnonzero(np.isnan(total) & (correct != 0))
            if todo.size:
                some = [column[todo] for column in columns]
                indices = [place[todo] for place in places]
                with ctx.workprec(bits):
                    total[todo] = self._total(some, indices) / np.abs(correct[todo])
        return np.nan_to_num(total, nan=0.0, posinf=0.0)

    def _total(self, columns: Sequence[Doubles], places: Sequence[Ordinals]) -> Doubles:
        rows, size = columns[0].shape
        given: dict[Symbol, Any] = {self._by: np.arange(1, size + 1)[:, None]}
        given.update({i: n + 1 for i, n in zip(self.target.indices, places, strict=True)})
        total = np.zeros(rows)
        for (_, slope), column in zip(self._slopes, columns, strict=True):
            value = _at(self.target, slope, columns, given, 2)
            shares = np.abs(np.broadcast_to(value, (size, rows)) * _balls(column.T))
            total += np.array([float(ball.upper()) for ball in shares.sum(axis=0)])
        return np.where(np.isfinite(total), total, nan)
