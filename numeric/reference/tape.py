"""Formulas written out as lists of operations on mpmath's raw floats: a quick second opinion.

The general evaluation by mpmath (`numeric.reference.evaluate`) walks closures and scopes at every
point. A tape is written once for the sizes of the arrays: sums are unrolled, derivatives are power
series (`numeric.reference.tape_series`), equal operations are done once. It knows real elementary
formulas only, and whatever else comes up (a complex value, a condition, an unknown head) is left to
the general evaluation, so that nothing is decided here that is not decided there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, TypeAlias

from mpmath import libmp

from derivations.core.calculus import Derivative, Integral, Limit, Prime, Product, Sum
from derivations.core.formula import (
    Add,
    Call,
    Constant,
    Div,
    Formula,
    FormulaError,
    Item,
    Mul,
    Neg,
    Pow,
    Symbol,
)
from derivations.core.formula import Number as Natural
from derivations.core.functions import Definition
from derivations.core.matrix import Entry
from derivations.core.meaning import entry_meaning, meaning
from numeric.balls.values import Point
from numeric.reference.raw_floats import CONSTANTS, NotReal, Operation, Raw, is_finite, raw
from numeric.reference.tape_lookups import Index, asked, data_of, element_of, found_at, variable_of
from numeric.reference.tape_scopes import Moves, Scope, Whole
from numeric.reference.tape_series import Coefficient, NotOnTape, Place, Series, Value, Writer

# What a place without an operation holds: looked up in the point, at a precision.
Loader: TypeAlias = "Callable[[Point, int], Raw]"
_MOST_PLACES: Final = 20_000
_MOST_ORDER: Final = 8


@dataclass(frozen=True, slots=True)
class Program:
    """Where the value of a formula is, and what is looked up and done for it, in order."""

    place: Place
    loaders: tuple[tuple[Place, Loader], ...]
    operations: tuple[tuple[Place, Operation, Place, Place], ...]

    def run(self, registers: list[Raw | None], point: Point, prec: int) -> Raw:
        """The value; `registers` hold what is known at this point and precision.

        Errors: those of `numeric.reference.raw_floats.TROUBLES`.
        """
        for target, loader in self.loaders:
            if registers[target] is None:
                registers[target] = loader(point, prec)
        for target, operation, a, b in self.operations:
            if registers[target] is None:
                registers[target] = operation(registers[a], registers[b], prec)
        value = registers[self.place]
        if value is None or not is_finite(value):
            raise NotReal
        return value


class Tape:
    """The operations of formulas at points of one shape: `sizes` are whole numbers by name."""

    def __init__(self, sizes: Mapping[Symbol, int]) -> None:
        self.sizes = sizes
        self.places = 0
        self.elsewhere: dict[Place, Formula] = {}  # what is not written here, and asked for
        self._made: list[Loader | tuple[Operation, Place, Place]] = []
        self._equal: dict[object, Place] = {}
        self._root = Scope({}, None, 0)
        self._programs: dict[Formula, Program] = {}
        self._writer = Writer(self._operation, self._constant)

    def program(self, formula: Formula) -> Program:
        """What to do for the value of the formula.

        Errors: `NotOnTape`, and `NeedsSize` where an end of a sum is a variable of no known size.
        """
        found = self._programs.get(formula)
        if found is None:
            place = self._value(formula, self._root)
            if isinstance(place, Series):
                raise NotOnTape
            found = self._programs[formula] = self._traced(place)
        return found

    def place_of(self, symbol: Symbol) -> Place | None:
        """Where the value of a variable is, if it occurs."""
        return self._equal.get(symbol)

    def _traced(self, place: Place) -> Program:
        """What the value at a place rests on; operations come after what they use."""
        wanted, waiting = {place}, [place]
        while waiting:
            made = self._made[waiting.pop()]
            if isinstance(made, tuple):
                for used in made[1:]:
                    if used not in wanted:
                        wanted.add(used)
                        waiting.append(used)
        loaders: list[tuple[Place, Loader]] = []
        operations: list[tuple[Place, Operation, Place, Place]] = []
        for used in sorted(wanted):
            made = self._made[used]
            if isinstance(made, tuple):
                operations.append((used, *made))
            else:
                loaders.append((used, made))
        return Program(place, tuple(loaders), tuple(operations))

    # ------------------------------------------------------------------------------- operations

    def _new(self, key: object, made: Loader | tuple[Operation, Place, Place]) -> Place:
        if self.places >= _MOST_PLACES:
            raise NotOnTape
        place = self._equal[key] = self.places
        self.places += 1
        self._made.append(made)
        return place

    def _operation(self, operation: Operation, a: Place, b: Place) -> Place:
        key = (operation, a, b)
        place = self._equal.get(key)
        return self._new(key, key) if place is None else place

    def _loaded(self, key: object, loader: Loader) -> Place:
        place = self._equal.get(key)
        return self._new(key, loader) if place is None else place

    def _constant(self, value: Fraction | str) -> Place:
        if isinstance(value, str):
            if value not in CONSTANTS:
                raise NotOnTape
            known = CONSTANTS[value]
            return self._loaded(value, lambda point, prec: known(prec))
        return self._loaded(value, lambda point, prec: raw(value, prec))

    # --------------------------------------------------------------------------------- formulas

    def _value(self, formula: Formula, scope: Scope) -> Value:
        home = scope.home(formula)
        found = home.written.get(formula)
        if found is None:
            found = home.written[formula] = self._written(formula, home)
        return found

    def _written(self, formula: Formula, scope: Scope) -> Value:
        writer = self._writer
        match formula:
            case Natural(value=value):
                return self._constant(Fraction(value))
            case Constant(name=name):
                return self._constant(name)
            case Symbol():
                return self._symbol(formula, scope)
            case Item():
                return self._item(formula, scope)
            case Neg(arg=arg):
                return _some(writer.negative(self._value(arg, scope)))
            case Add(args=args):
                return self._folded(writer.add, args, scope)
            case Mul(args=args):
                return self._folded(writer.multiply, args, scope)
            case Div(numerator=numerator, denominator=denominator):
                over, under = self._value(numerator, scope), self._value(denominator, scope)
                return _some(writer.divide(over, under))
            case Pow(base=base, exponent=Natural(value=n)):
                return writer.whole_power(self._value(base, scope), n)
            case Pow(base=base, exponent=Neg(arg=Natural(value=n))) if n:
                below = writer.whole_power(self._value(base, scope), n)
                return _some(writer.divide(writer.whole(1), below))
            case Pow(base=base, exponent=exponent):
                return writer.power(self._value(base, scope), self._value(exponent, scope))
            case Call():
                return self._call(formula, scope)
            case Entry():
                return self._value(entry_meaning(formula), scope)
            case Sum() | Product():
                return self._loop(formula, scope)
            case Derivative(body=body, variable=variable, order=order):
                return self._derivative(body, variable, order, scope)
            case Prime():
                return self._prime(formula, scope)
            case Integral() | Limit() if scope is self._root:
                place = self._loaded(formula, lambda point, prec: raw(asked(formula, point), prec))
                self.elsewhere[place] = formula
                return place
        raise NotOnTape

    def _folded(
        self,
        combined: Callable[[Coefficient, Coefficient], Coefficient],
        args: tuple[Formula, ...],
        scope: Scope,
    ) -> Value:
        total: Coefficient = self._value(args[0], scope)
        for arg in args[1:]:
            total = combined(total, self._value(arg, scope))
        return _some(total)

    def _symbol(self, symbol: Symbol, scope: Scope) -> Value:
        bound = scope.look_up(symbol)
        if bound is None:
            return self._loaded(symbol, lambda point, prec: raw(point.get(symbol), prec))
        if isinstance(bound, Whole):
            return self._constant(Fraction(bound.value))
        value: Value = bound
        return value

    def _call(self, call: Call, scope: Scope) -> Value:
        head, args = call.head, call.args
        if isinstance(head, Definition):
            written = meaning(call)
            assert written is not None
            return self._value(written, scope)
        if not head.builtin:
            raise NotOnTape
        if head.name == "KroneckerDelta":
            return self._delta(*(self._index(arg, scope) for arg in args))
        if head.name == "log" and len(args) == 2:
            logs = [self._writer.function("log", self._value(arg, scope)) for arg in args]
            return _some(self._writer.divide(*logs))
        if len(args) != 1:
            raise NotOnTape
        return self._writer.function(head.name, self._value(args[0], scope))

    def _loop(self, formula: Sum | Product, scope: Scope) -> Value:
        low, high = self._size(formula.lower, scope), self._size(formula.upper, scope)
        writer = self._writer
        combined = writer.add if isinstance(formula, Sum) else writer.multiply
        total: Coefficient = None
        if high - low > _MOST_PLACES:
            raise NotOnTape
        for k in range(low, high + 1):
            inner = Scope({formula.variable: Whole(k)}, scope, scope.level)
            term = self._value(formula.body, inner)
            total = term if total is None else combined(total, term)
        return writer.whole(int(isinstance(formula, Product))) if total is None else total

    # ------------------------------------------------------------------------------ derivatives

    def _derivative(self, body: Formula, by: Formula, order: int, scope: Scope) -> Value:
        if isinstance(by, Symbol):
            bound = {by: self._moving(self._value(by, scope), order, scope)}
            return self._coefficient(body, bound, order, scope)
        if not isinstance(by, Item):
            raise NotOnTape
        where = tuple(self._index(index, scope) for index in by.indices)
        name = by.array.name
        moves = Moves(scope.level, order, where, scope.look_up(name))
        return self._coefficient(body, {name: moves}, order, scope)

    def _prime(self, formula: Prime, scope: Scope) -> Value:
        head, order = formula.head, formula.order
        at = self._moving(self._value(formula.point, scope), order, scope)
        if isinstance(head, Definition):
            return self._coefficient(head.body, {head.params[0]: at}, order, scope)
        return self._taken(self._writer.function(head.name, at), order, scope)

    def _moving(self, value: Value, order: int, scope: Scope) -> Series:
        if order > _MOST_ORDER:
            raise NotOnTape
        one = self._writer.whole(1)
        return Series(scope.level, (value, one, *(None,) * (order - 1)))

    def _coefficient(
        self, body: Formula, bound: Mapping[Any, Any], order: int, scope: Scope
    ) -> Value:
        return self._taken(self._value(body, Scope(bound, scope, scope.level + 1)), order, scope)

    def _taken(self, value: Value, order: int, scope: Scope) -> Value:
        """The derivative that a series has as its coefficient."""
        term: Coefficient = None
        if isinstance(value, Series) and value.level == scope.level:
            term = value.terms[order]
        if term is None:
            return self._writer.whole(0)
        factor = 1
        for k in range(2, order + 1):
            factor *= k
        return _some(self._writer.times(factor, term))

    # ----------------------------------------------------------------------------------- arrays

    def _item(self, item: Item, scope: Scope) -> Value:
        name, array = item.array.name, item.array
        where = tuple(self._index(index, scope) for index in item.indices)
        place = self._loaded(
            (name, where),
            lambda point, prec: raw(
                element_of(data_of(array, point), found_at(where, point)), prec
            ),
        )
        value: Value = place
        layers: list[Moves] = []
        moves = scope.look_up(name)
        while moves is not None:
            layers.append(moves)
            moves = moves.outer
        for layer in reversed(layers):
            value = Series(
                layer.level, (value, self._same(where, layer.where), *(None,) * (layer.order - 1))
            )
        return value

    def _same(self, where: tuple[Index, ...], other: tuple[Index, ...]) -> Coefficient:
        """1 where two elements are the same, else 0."""
        if all(isinstance(k, int) for k in (*where, *other)):
            return self._writer.whole(1) if where == other else None
        return self._loaded(
            ("same", where, other),
            lambda point, prec: libmp.from_int(
                int(found_at(where, point) == found_at(other, point))
            ),
        )

    def _delta(self, one: Index, two: Index) -> Value:
        same = self._same((one,), (two,))
        return self._writer.whole(0) if same is None else same

    def _index(self, formula: Formula, scope: Scope) -> Index:
        """A whole number that is known now, or is looked up in the point."""
        if isinstance(formula, Symbol) and scope.look_up(formula) is None:
            return variable_of(formula)
        return self._size(formula, scope)

    def _size(self, formula: Formula, scope: Scope) -> int:
        """A whole number that is known now."""
        match formula:
            case Natural(value=value):
                return value
            case Symbol():
                bound = scope.look_up(formula)
                if isinstance(bound, Whole):
                    return bound.value
                if bound is not None:
                    raise NotOnTape
                if formula not in self.sizes:
                    raise NeedsSize(formula)
                return self.sizes[formula]
            case Neg(arg=arg):
                return -self._size(arg, scope)
            case Add(args=args):
                return sum(self._size(arg, scope) for arg in args)
            case Mul(args=args):
                product = 1
                for arg in args:
                    product *= self._size(arg, scope)
                return product
        raise NotOnTape


class NeedsSize(Exception):  # noqa: N818 (a message between evaluations, no error)
    """A variable must be known before the tape is written."""

    def __init__(self, symbol: Symbol) -> None:
        super().__init__(symbol)
        self.symbol = symbol


def _some(value: Coefficient) -> Value:
    """A value of a formula is never the 0 that is there by construction."""
    if value is None:
        raise NotOnTape
    return value


# What writing a tape may raise besides `NeedsSize`.
REFUSALS: Final = (NotOnTape, FormulaError, RecursionError)
