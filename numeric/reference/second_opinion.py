"""Values by mpmath from tapes, remembered by point and precision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from mpmath import mp

from derivations.core.formula import Formula, Symbol
from derivations.core.substitute import free_symbols
from numeric.balls.values import Point
from numeric.reference.raw_floats import TROUBLES, NotReal, Operation, Raw, is_finite, raw
from numeric.reference.tape import REFUSALS, NeedsSize, Program, Tape
from numeric.reference.tape_series import Place

# So many shapes of arrays get a tape of their own.
_MOST_TAPES: Final = 48


class QuickReference:
    """The tapes of a bench, one for each shape, and what they gave."""

    def __init__(self) -> None:
        self._sizes: list[Symbol] = []
        self._tapes: dict[tuple[int, ...], Tape] = {}
        self._refused: set[Formula] = set()
        self._registers: dict[tuple[int, int], tuple[Tape, list[Raw | None]]] = {}

    def value(self, formula: Formula, point: Point, number: int | None, prec: int) -> Any:
        """The value at a point by mpmath's floats, with rounding errors of about `prec` bits;
        None where the general evaluation is to be asked."""
        if formula in self._refused:
            return None
        try:
            tape, program = self._program(formula, point)
            return mp.make_mpf(program.run(self._registers_of(tape, number, prec), point, prec))
        except REFUSALS:  # before `TROUBLES`: a `FormulaError` is a `ValueError`
            self._refused.add(formula)
            return None
        except TROUBLES:
            return None

    def _registers_of(self, tape: Tape, number: int | None, prec: int) -> list[Raw | None]:
        registers: list[Raw | None] = []
        if number is not None:
            owner, registers = self._registers.setdefault((number, prec), (tape, registers))
            if owner is not tape:
                registers = []
                self._registers[number, prec] = tape, registers
        registers.extend([None] * (tape.places - len(registers)))
        return registers

    def _program(self, formula: Formula, point: Mapping[Any, Any]) -> tuple[Tape, Program]:
        """What to do for the point's shape; more variables are taken for sizes as they turn up."""
        while True:
            shape = tuple(_whole(point.get(symbol)) for symbol in self._sizes)
            tape = self._tapes.get(shape)
            if tape is None:
                if len(self._tapes) >= _MOST_TAPES:
                    raise NotReal
                sizes = dict(zip(self._sizes, shape, strict=True))
                tape = self._tapes[shape] = Tape(sizes)
            try:
                return tape, tape.program(formula)
            except NeedsSize as needed:
                self._sizes.append(needed.symbol)
                self._tapes.clear()

    def function(
        self, formula: Formula, variable: Symbol, values: Mapping[Any, Any]
    ) -> Callable[[Any], Any] | None:
        """The formula as a function of one variable, where the others have values; None where it
        is not on a tape. It raises one of `TROUBLES` where it has no finite real value."""
        try:
            tape, program = self._program(formula, values)
        except (*REFUSALS, NotReal):
            return None
        at = tape.place_of(variable)
        asked = (tape.elsewhere.get(place) for place, _ in program.loaders)
        if any(other is not None and variable in free_symbols(other) for other in asked):
            return None
        moving, resting = _parted(program, at)
        known: dict[int, list[Raw | None]] = {}

        def value(x: Any) -> Any:
            prec = mp.prec
            registers = known.get(prec)
            if registers is None:
                registers = [None] * tape.places
                for target, loader in program.loaders:
                    if target != at:
                        registers[target] = loader(values, prec)
                for target, operation, a, b in resting:
                    registers[target] = operation(registers[a], registers[b], prec)
                known[prec] = registers
            if at is not None:
                registers[at] = raw(x, prec)
            for target, operation, a, b in moving:
                registers[target] = operation(registers[a], registers[b], prec)
            found = registers[program.place]
            if found is None or not is_finite(found):
                raise NotReal
            return mp.make_mpf(found)

        return value


_Lines: TypeAlias = "list[tuple[Place, Operation, Place, Place]]"


def _parted(program: Program, at: Place | None) -> tuple[_Lines, _Lines]:
    """The operations that depend on what is at a place, and those that do not."""
    moved = {at}
    moving: _Lines = []
    resting: _Lines = []
    for line in program.operations:
        if moved.isdisjoint(line[2:]):
            resting.append(line)
        else:
            moved.add(line[0])
            moving.append(line)
    return moving, resting


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise NotReal
    return value
