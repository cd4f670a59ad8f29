"""Where the names of a formula get their values while it is enclosed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from flint import fmpq

from derivations.core.formula import Array, Symbol
from numeric.balls.jets import Jet
from numeric.balls.values import Indeterminate, Point, Undefined, Value, as_int, exact

Name: TypeAlias = "Symbol | str"  # an array goes by its name
Run: TypeAlias = "Callable[[Frame], Any]"


# Nothing: 0 and None may be values.
_NOWHERE: Final = object()


class Frame:
    """The values of some names, over an outer frame; and what was already evaluated with them."""

    __slots__ = ("analytic", "memo", "names", "orders", "parent", "sides", "turned", "values")

    def __init__(
        self,
        parent: Frame | None,
        values: dict[Name, Any],
        orders: tuple[int, ...] = (),
        sides: tuple[int, ...] = (),
        analytic: bool = False,
    ) -> None:
        self.parent = parent
        self.values = values
        self.names = frozenset(values)
        self.memo: dict[int, Any] = {}
        self.orders = orders
        self.sides = sides
        self.analytic = analytic
        # Whether a derivative is being taken by a variable at a complex point.
        self.turned: bool = parent is not None and parent.turned

    def inner(self, values: dict[Name, Any]) -> Frame:
        return Frame(self, values, self.orders, self.sides, self.analytic)

    def look_up(self, name: Name) -> Any:
        frame: Frame | None = self
        while frame is not None:
            value = frame.values.get(name, _NOWHERE)
            if value is not _NOWHERE:
                return value
            frame = frame.parent
        raise Indeterminate(f"{name} has no value")


def detached(frame: Frame, values: dict[Name, Any]) -> Frame:
    """A frame of its own with the names of another one, besides `values`: at a higher precision
    nothing but what is exact is remembered."""
    chain: list[Frame] = []
    outer: Frame | None = frame
    while outer is not None:
        chain.append(outer)
        outer = outer.parent
    names: dict[Name, Any] = {}
    for each in reversed(chain):
        names.update(each.values)
    own = Frame(None, {**names, **values}, frame.orders, frame.sides, frame.analytic)
    own.turned = frame.turned
    if sum(len(each.values) for each in chain) == len(names):
        for each in chain:
            for key, known in each.memo.items():
                if isinstance(known, fmpq | bool):
                    own.memo[key] = known
    return own


def still(frame: Frame, values: dict[Name, Any]) -> Frame:
    """A frame of its own with the names of another one, besides `values`, in which no derivative
    is being taken."""
    names: dict[Name, Any] = {}
    outer: Frame | None = frame
    while outer is not None:
        names = {**outer.values, **names}
        outer = outer.parent
    return Frame(None, {**names, **values})


def root_frame(point: Point, ground: Frame | None = None) -> Frame:
    """The frame of a point, at the current precision; what depends on no name is remembered in
    the `ground`, which points share."""
    values: dict[Name, Any] = {}
    for variable, value in point.items():
        name = variable.name if isinstance(variable, Array) else variable
        values[name] = _entered(value)
    return Frame(ground, values)


def _entered(value: Value) -> Any:
    return tuple(map(_entered, value)) if isinstance(value, tuple) else exact(value)


def home(frame: Frame, free: frozenset[Name]) -> Frame:
    """The outermost frame in which what depends on the names has the same value."""
    while frame.parent is not None and frame.names.isdisjoint(free):
        frame = frame.parent
    return frame


def remembered(run: Run, key: int, free: frozenset[Name]) -> Run:
    def value_in(frame: Frame) -> Any:
        # As `home`, without a call.
        while frame.parent is not None and frame.names.isdisjoint(free):
            frame = frame.parent
        memo = frame.memo
        known = memo.get(key, _NOWHERE)
        if known is not _NOWHERE:
            if known.__class__ is Undefined:
                raise known.with_traceback(None)
            return known
        value = memo[key] = run(frame)
        return value

    return value_in


def positions(indices: list[Run], frame: Frame) -> list[int]:
    found: list[int] = []
    for index in indices:
        position = as_int(index(frame))
        if position is None:
            raise Indeterminate("an index is no integer")
        found.append(position)
    return found


def taken(data: Any, where: list[int], name: str) -> Any:
    for k in where:
        if not 1 <= k <= len(data):
            raise Undefined(f"{name} has no element number {k}")
        data = data[k - 1]
    return data


def put(data: Any, where: list[int], value: Any) -> Any:
    if not where:
        return value
    k = where[0] - 1
    return (*data[:k], put(data[k], where[1:], value), *data[k + 1 :])


def has_jet(frame: Frame, name: Name) -> bool:
    return _contains_jet(frame.look_up(name))


def _contains_jet(value: Any) -> bool:
    if isinstance(value, tuple):
        return any(map(_contains_jet, value))
    return isinstance(value, Jet)
