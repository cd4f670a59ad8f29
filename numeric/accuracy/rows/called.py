"""Somebody's function of rows, called with arrays of rows and watched while it works.

It may go along an axis that is named (`axis`, `dim`), along the last one, or take one row at a
time; which, is found out by what it gives for single rows.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any, Final

import numpy as np

from numeric.accuracy.called import Arrange, AuditError, Watched, said
from numeric.accuracy.ordinals import Doubles

_AXIS_NAMES: Final = ("axis", "dim")


@dataclass(slots=True)
class WatchedRows(Watched):
    """A function of arrays of shape (rows, size), and what was noticed while it was called.

    `axes` is the number of axes of the value of one row. `takes_arrays` says whether many rows are
    given at once; `flat` whether a row alone is an array of one axis.
    """

    axes: int = 0
    flat: bool = True

    def __call__(self, columns: Sequence[Doubles]) -> Doubles:
        """The values, of shape (rows,), (rows, size) or (rows, size, size).

        Errors: `AuditError` where the function raises everywhere, gives another shape or another
        type than floats, or writes into its arguments.
        """
        columns = [np.ascontiguousarray(column, dtype=np.float64) for column in columns]
        if self.takes_arrays is None:
            self._find_out(columns)
        if self.takes_arrays:
            return self._many(columns)
        return np.array([self.alone([c[row] for c in columns]) for row in range(len(columns[0]))])

    def alone(self, row: Sequence[Doubles]) -> Any:
        """The value of one row, given alone; nan where the function raises."""
        given = [entry if self.flat else entry[None] for entry in row]
        shape = (row[0].size,) * self.axes
        try:
            return self._given(given, shape, (1, *shape))
        except AuditError:
            raise
        except Exception as error:
            self._failed(error, [float(number) for entry in row for number in entry])
            return np.full(shape, nan)

    def _find_out(self, columns: Sequence[Doubles]) -> None:
        few = [column[:3] for column in columns]
        alone = self._alone_at_first(few)
        try:
            self.takes_arrays = True
            many = self._many_at_once(few)
        except (AuditError, Exception) as error:
            if alone is None:
                if isinstance(error, AuditError):
                    raise
                raise AuditError(
                    f"{self.name} raises {said(error)} for arrays of rows, and for single rows"
                ) from error
            self.takes_arrays = False
        else:
            # What goes along all axes at once gives something else for many rows.
            if alone is not None and not np.allclose(many, alone, 1e-3, 1e-300, equal_nan=True):
                self.takes_arrays = False
        self.failures, self.first_failure = 0, ""

    def _alone_at_first(self, few: Sequence[Doubles]) -> Any:
        """The values of a few single rows, or None where these are not taken."""
        for self.flat in (True, False):
            try:
                found = [self.alone([column[row] for column in few]) for row in range(len(few[0]))]
            except AuditError as error:
                if "writes" in str(error):
                    raise
                continue
            if self.failures == 0:
                return np.array(found)
            self.failures = 0
        return None

    def _many_at_once(self, columns: Sequence[Doubles]) -> Doubles:
        rows, size = columns[0].shape
        found: Doubles = self._given(columns, (rows, *(size,) * self.axes))
        return found

    def _many(self, columns: Sequence[Doubles]) -> Doubles:
        """Many rows at once; where it raises, its halves, down to the single row to blame."""
        try:
            return self._many_at_once(columns)
        except AuditError:
            raise
        except Exception as error:
            count = len(columns[0])
            if count == 1:
                self._failed(error, [float(number) for column in columns for number in column[0]])
                return np.full((1, *(columns[0].shape[1],) * self.axes), nan)
            middle = count // 2
            halves = ([c[:middle] for c in columns], [c[middle:] for c in columns])
            return np.concatenate([self._many(half) for half in halves])

    def _given(
        self, columns: Sequence[Doubles], shape: tuple[int, ...], *others: tuple[int, ...]
    ) -> Any:
        """The value, of the one shape or one of the others that mean the same."""
        given = [column.copy() for column in columns]
        value = self._watch(given)
        for own, theirs in zip(columns, given, strict=True):
            if not np.array_equal(own, theirs, equal_nan=True):
                raise AuditError(f"{self.name} writes into its argument")
        found = np.asarray(value)
        if found.shape != shape and found.shape not in others:
            raise AuditError(
                f"{self.name} gives an array of shape {found.shape} for rows of shape "
                f"{columns[0].shape}, not {shape}"
            )
        return self._floats(found).reshape(shape)


def along_the_last_axis(function: Callable[..., Any], arrange: Arrange) -> Arrange:
    """The arrangement of the arguments, with `axis=-1` where the function has such a parameter."""
    name = _axis_name(function)
    if not name:
        return arrange

    def arranged(values: Sequence[Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        positional, named = arrange(values)
        return positional, {name: -1, **named}

    return arranged


def _axis_name(function: Any) -> str:
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return ""
    return next((name for name in _AXIS_NAMES if name in parameters), "")
