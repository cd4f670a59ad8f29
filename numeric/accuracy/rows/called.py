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

    Its values are of shape (rows,), (rows, size) or (rows, size, size). `axes` is the number of
    axes of the value of one row. `takes_arrays` says whether many rows are given at once; `flat`
    whether a row alone is an array of one axis.
    """

    axes: int = 0
    flat: bool = True

    def _singly(self, columns: Sequence[Doubles]) -> Doubles:
        return np.array([self.alone([c[row] for c in columns]) for row in range(len(columns[0]))])

    def _shape(self, columns: Sequence[Doubles]) -> tuple[int, ...]:
        rows, size = columns[0].shape
        return (rows, *(size,) * self.axes)

    def alone(self, row: Sequence[Doubles]) -> Any:
        """The value of one row, given alone; nan where the function raises."""
        given = [entry if self.flat else entry[None] for entry in row]
        shape = (row[0].size,) * self.axes
        try:
            return self._given(given, shape, (1, *shape))
        except AuditError:
            raise
        except Exception as error:
            self._failed(error, np.concatenate(row))
            return np.full(shape, nan)

    def _find_out(self, columns: Sequence[Doubles]) -> None:
        few = [column[:3] for column in columns]
        alone = self._alone_at_first(few)
        try:
            self.takes_arrays = True
            many = self._called(few)
        except (AuditError, Exception) as error:
            if alone is None:
                if isinstance(error, AuditError):
                    raise
                raise AuditError(
                    f"{self.name} raises {said(error)} for arrays of rows, and for single rows"
                ) from error
            self.takes_arrays = False
        else:
            # What goes along all axes at once gives something else for many rows; what is told its
            # axis has no such excuse.
            if alone is not None and not _axis_name(self.function):
                self.takes_arrays = np.allclose(many, alone, 1e-3, 1e-300, equal_nan=True)
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
