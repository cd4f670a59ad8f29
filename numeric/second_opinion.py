"""Values by mpmath from tapes, remembered by point and precision."""

from __future__ import annotations

from typing import Any, Final

from mpmath import mp

from derivations.core.formula import Formula, Symbol
from numeric.raw_floats import TROUBLES, NotReal, Raw
from numeric.tape import REFUSALS, NeedsSize, Tape
from numeric.values import Point

# So many shapes of arrays get a tape of their own.
_MOST_TAPES: Final = 48


class QuickReference:
    """The tapes of a bench, one for each shape, and what they gave."""

    def __init__(self) -> None:
        self._sizes: list[Symbol] = []
        self._tapes: dict[tuple[int, ...], Tape] = {}
        self._refused: set[Formula] = set()
        self._registers: dict[tuple[int, int], tuple[Tape, list[Raw | None]]] = {}

    def values(
        self, formulas: tuple[Formula, ...], point: Point, number: int | None, prec: int
    ) -> list[Any] | None:
        """The values at a point by mpmath's floats, with rounding errors of about `prec` bits;
        None where the general evaluation is to be asked."""
        if not self._refused.isdisjoint(formulas):
            return None
        try:
            return [self._value(formula, point, number, prec) for formula in formulas]
        except TROUBLES:
            return None

    def _value(self, formula: Formula, point: Point, number: int | None, prec: int) -> Any:
        try:
            tape = self._tape(formula, point)
        except REFUSALS as error:
            self._refused.add(formula)
            raise NotReal from error
        registers = self._registers_of(tape, number, prec)
        return mp.make_mpf(tape.program(formula).run(registers, point, prec))

    def _registers_of(self, tape: Tape, number: int | None, prec: int) -> list[Raw | None]:
        registers: list[Raw | None] = []
        if number is not None:
            owner, registers = self._registers.setdefault((number, prec), (tape, registers))
            if owner is not tape:
                registers = []
                self._registers[number, prec] = tape, registers
        registers.extend([None] * (tape.places - len(registers)))
        return registers

    def _tape(self, formula: Formula, point: Point) -> Tape:
        """The tape for the point's shape; more variables are taken for sizes as they turn up."""
        while True:
            shape = tuple(_whole(point.get(symbol)) for symbol in self._sizes)
            tape = self._tapes.get(shape)
            if tape is None:
                if len(self._tapes) >= _MOST_TAPES:
                    raise NotReal
                sizes = dict(zip(self._sizes, shape, strict=True))
                tape = self._tapes[shape] = Tape(sizes)
            try:
                tape.program(formula)
                return tape
            except NeedsSize as needed:
                self._sizes.append(needed.symbol)
                self._tapes.clear()


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise NotReal
    return value
