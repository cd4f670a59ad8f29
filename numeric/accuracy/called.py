"""Somebody's function, called with columns of doubles and watched while it works.

It may take arrays or only scalars, raise at some inputs, warn, return the wrong shape or write
into what it was given: each is found out and said, and nothing is lost.
"""

from __future__ import annotations

import signal
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import nan
from typing import Any, Final, TypeAlias

import numpy as np

from numeric.accuracy.ordinals import Doubles

_SHOWN: Final = 120  # letters of somebody else's message
_TRIED: Final = 32  # rows, to find out whether a function takes arrays


class AuditError(ValueError):
    """The function cannot be audited; one sentence says why."""


class EndedError(RuntimeError):
    """The function tried to end the program."""


# The positional and keyword arguments of a call, made from the values of the variables.
Arrange: TypeAlias = Callable[[Sequence[Any]], tuple[tuple[Any, ...], dict[str, Any]]]


def in_order(values: Sequence[Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The values as positional arguments, as they come."""
    return tuple(values), {}


@dataclass(slots=True)
class Watched:
    """A function of columns of doubles, and what was noticed while it was called.

    `failures` counts inputs at which it raised; their values are nan. `before` and `after` are
    told of every call.
    """

    name: str
    function: Callable[..., Any]
    arrange: Arrange = in_order
    failures: int = 0
    first_failure: str = ""
    warned: Counter[str] = field(default_factory=Counter)
    takes_arrays: bool | None = None
    before: Callable[[], None] | None = None
    after: Callable[[], None] | None = None

    def __call__(self, columns: Sequence[Doubles]) -> Doubles:
        """The values, one for each row.

        Errors: `AuditError` where the function raises everywhere, gives another shape or another
        type than floats, or writes into its arguments.
        """
        columns = [np.ascontiguousarray(column, dtype=np.float64) for column in columns]
        if self.takes_arrays is None:
            self._find_out(columns)
        return self._many(columns) if self.takes_arrays else self._singly(columns)

    def scalar(self, row: Sequence[float]) -> float:
        """The value at one point, called with Python floats; nan where the function raises."""
        try:
            value = self._array(self._watch([float(number) for number in row]))
        except AuditError:
            raise
        except Exception as error:
            self._failed(error, row)
            return nan
        if value.shape not in {(), (1,)}:
            raise AuditError(f"{self.name} gives an array of shape {value.shape} for floats")
        return float(self._floats(value).reshape(-1)[0])

    def _singly(self, columns: Sequence[Doubles]) -> Doubles:
        return np.array([self.scalar(row) for row in zip(*columns, strict=True)], dtype=np.float64)

    def _find_out(self, columns: Sequence[Doubles]) -> None:
        """Whether arrays are taken; tried on a few rows from everywhere."""
        rows = np.linspace(0, columns[0].size - 1, min(_TRIED, columns[0].size)).astype(int)
        few = [column[rows] for column in columns]
        try:
            self._called(few)
        except AuditError:
            raise
        except Exception as error:
            self.takes_arrays = False
            values = self._singly(few)
            if self.failures == values.size:
                raise AuditError(
                    f"{self.name} raises {said(error)} for arrays, and for every float tried"
                ) from error
            self.failures, self.first_failure = 0, ""
        else:
            self.takes_arrays = True

    def _many(self, columns: Sequence[Doubles]) -> Doubles:
        """An array call; where it raises, its halves, down to the single input that is to blame."""
        try:
            return self._called(columns)
        except AuditError:
            raise
        except Exception as error:
            count = len(columns[0])
            if count == 1:
                self._failed(error, np.concatenate([column[0].ravel() for column in columns]))
                return np.full(self._shape(columns), nan)
            middle = count // 2
            halves = ([c[:middle] for c in columns], [c[middle:] for c in columns])
            return np.concatenate([self._many(half) for half in halves])

    def _called(self, columns: Sequence[Doubles]) -> Doubles:
        return self._given(columns, self._shape(columns))

    def _shape(self, columns: Sequence[Doubles]) -> tuple[int, ...]:
        """Of the value."""
        return columns[0].shape

    def _given(
        self, columns: Sequence[Doubles], shape: tuple[int, ...], *others: tuple[int, ...]
    ) -> Doubles:
        """The value, of the one shape or one of the others that mean the same."""
        given = [column.copy() for column in columns]
        value = self._watch(given)
        for own, theirs in zip(columns, given, strict=True):
            if not np.array_equal(own, theirs, equal_nan=True):
                raise AuditError(f"{self.name} writes into its argument")
        found = self._array(value)
        if found.shape != shape and found.shape not in others:
            raise AuditError(
                f"{self.name} gives an array of shape {found.shape} for arguments of shape "
                f"{columns[0].shape}{'' if shape == columns[0].shape else f', not {shape}'}"
            )
        return self._floats(found).reshape(shape)

    def _array(self, value: Any) -> Any:
        try:
            found = np.asarray(value)
        except ValueError as error:  # lists of several lengths
            raise AuditError(f"{self.name} gives {_kind(value)} that is no array") from error
        if found.dtype.kind in "OSUV" and not isinstance(value, np.ndarray):
            raise AuditError(f"{self.name} gives {_kind(value)}, no numbers")
        return found

    def _floats(self, value: Any) -> Doubles:
        if value.dtype.kind not in "fiu":
            raise AuditError(f"{self.name} gives {value.dtype}, not float64")
        if value.dtype.kind == "f" and value.dtype.itemsize < 8:
            raise AuditError(f"{self.name} gives {value.dtype} for float64: digits are lost")
        return np.array(value, dtype=np.float64)  # it may be a buffer that is written again

    def _watch(self, values: Sequence[Any]) -> Any:
        positional, named = self.arrange(values)
        with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn"):
            warnings.simplefilter("always")
            if self.before is not None:
                self.before()
            result = self._result(positional, named)
            if self.after is not None:
                self.after()
        for warning in caught:
            self.warned[str(warning.message)[:_SHOWN]] += 1
        return result

    def _result(self, positional: tuple[Any, ...], named: dict[str, Any]) -> Any:
        try:
            return self.function(*positional, **named)
        except Exception:
            raise
        except BaseException as error:  # SystemExit and its like end their program, not the audit
            if isinstance(error, KeyboardInterrupt) and is_from_the_keyboard():
                raise
            if type(error).__module__.startswith("numeric."):
                raise
            raise EndedError(type(error).__name__) from error

    def _failed(self, error: Exception, row: Iterable[float]) -> None:
        self.failures += 1
        if not self.first_failure:
            self.first_failure = f"{said(error)} at {', '.join(map(repr, map(float, row)))}"


def said(error: BaseException) -> str:
    """The type and the message of somebody's error, on one line that can be printed."""
    if isinstance(error, EndedError) and error.__cause__ is not None:
        return said(error.__cause__)
    try:
        message = " ".join(str(error).split())
    except Exception:  # a message that cannot be made is none
        message = ""
    message = "".join(filter(str.isprintable, message))[:_SHOWN]
    name = type(error).__name__
    return f"{name}: {message}" if message else name


def is_from_the_keyboard() -> bool:
    """Whether a KeyboardInterrupt may be somebody's Ctrl-C: a worker process hears of none."""
    return signal.getsignal(signal.SIGINT) is not signal.SIG_IGN


def _kind(value: Any) -> str:
    """What an object is, with its article.

    >>> _kind("a"), _kind(None)
    ('a str', 'None')
    """
    name = type(value).__name__
    return "None" if value is None else f"an {name}" if name[0] in "aeiou" else f"a {name}"
