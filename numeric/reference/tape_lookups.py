"""What a tape looks up in the point: whole numbers, elements of arrays, and what is not on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from derivations.core.formula import (
    Array,
    Formula,
    Symbol,
)
from numeric.balls.values import Point
from numeric.reference.raw_floats import NotReal

# An index: a whole number, or one that is looked up in the point.
Index: TypeAlias = "int | Callable[[Point], int]"
_variables: dict[Symbol, Callable[[Point], int]] = {}


def variable_of(symbol: Symbol) -> Callable[[Point], int]:
    """The same function for the same symbol, so that equal places are seen to be equal."""
    if symbol not in _variables:

        def index(point: Point) -> int:
            value = point.get(symbol)
            if not isinstance(value, int):
                raise NotReal
            return value

        _variables[symbol] = index
    return _variables[symbol]


def found_at(where: tuple[Index, ...], point: Point) -> list[int]:
    return [k if isinstance(k, int) else k(point) for k in where]


def data_of(array: Array, point: Point) -> object:
    """The elements of an array, which goes by its name."""
    if array in point:
        return point[array]
    same = (v for v in point if array.name in (v, getattr(v, "name", None)))
    return next((point[v] for v in same if not isinstance(v, Symbol)), None)


# The key under which a point may have who evaluates what is not written on a tape.
ELSEWHERE: Final = "elsewhere"


def asked(formula: Formula, point: Mapping[Any, Any]) -> object:
    """The value of an integral or a limit without bound names, if there is somebody to ask."""
    if ELSEWHERE not in point:
        raise NotReal
    return point[ELSEWHERE](formula)


def element_of(data: Any, where: list[int]) -> object:
    for k in where:
        if not isinstance(data, tuple) or not 1 <= k <= len(data):
            raise NotReal
        data = data[k - 1]
    return data
