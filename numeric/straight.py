"""An integrand as a list of operations on balls of its variable, made for one point.

A quadrature asks for an integrand hundreds of times. What does not depend on its variable is
evaluated once, equal sub-formulas are one operation, and no frame is looked through. The
operations are those of `numeric.enclose`, so that the values are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flint import acb, arb, fmpq

from derivations.core.formula import Add, Call, Div, Formula, FormulaError, Mul, Neg, Pow, Symbol
from derivations.core.functions import Definition
from derivations.core.substitute import free_symbols
from derivations.core.unfold import meaning
from numeric.elementary import FUNCTIONS, power
from numeric.parts import EncloseParts
from numeric.values import (
    ONE,
    Indeterminate,
    Infinity,
    Scalar,
    Undefined,
    divided,
    is_zero,
    times,
)

# Functions that know by themselves where they are analytic.
_KNOWN: Final = frozenset(
    {"exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "erf", "erfc", "atan"}
)

Straight = Callable[[acb], Scalar]


class _NotStraight(Exception):
    """The formula needs the general evaluation."""


def straight(formula: Formula, variable: Symbol, enclose: EncloseParts) -> Straight | None:
    """The formula as a function of its variable, at the current point and precision; None where
    it holds more than elementary operations, or a constant in it has no value."""
    program = _Program(variable, enclose)
    try:
        program.register(formula)
    except (_NotStraight, Undefined, Indeterminate, FormulaError):
        return None
    return program.run


class _Program:
    def __init__(self, variable: Symbol, enclose: EncloseParts) -> None:
        self.variable = variable
        self.enclose = enclose
        self.known: dict[Formula, int] = {variable: 0}
        self.operations: list[tuple[Callable[[Any, Any], Scalar], int, int]] = []
        # Register 0 is the variable, the next ones are constants and results.
        self.registers: list[Any] = [None]
        self.targets: list[int] = []
        self.last = 0

    def run(self, z: acb) -> Scalar:
        registers = self.registers
        registers[0] = z
        for target, (operation, a, b) in zip(self.targets, self.operations, strict=True):
            registers[target] = operation(registers[a], registers[b])
        value: Scalar = registers[self.last]
        return value

    def register(self, formula: Formula) -> int:
        """The place of the value of a formula."""
        found = self.known.get(formula)
        if found is None:
            found = self.known[formula] = self._built(formula)
        self.last = found
        return found

    def moves(self, formula: Formula) -> bool:
        return self.variable in free_symbols(formula)

    def constant(self, value: Scalar) -> int:
        self.registers.append(value)
        return len(self.registers) - 1

    def fixed(self, formula: Formula) -> Scalar:
        value = self.enclose(formula, {})
        if isinstance(value, Infinity | bool):
            raise _NotStraight
        if not isinstance(value, fmpq) and not value.is_finite():
            raise _NotStraight
        return value

    def operation(self, what: Callable[[Any, Any], Scalar], a: int, b: int = 0) -> int:
        self.registers.append(None)
        self.operations.append((what, a, b))
        self.targets.append(len(self.registers) - 1)
        return len(self.registers) - 1

    def _built(self, formula: Formula) -> int:
        if not self.moves(formula):
            return self.constant(_quick(self.fixed(formula)))
        match formula:
            case Call(head=head, args=args):
                if isinstance(head, Definition):
                    written = meaning(formula)
                    assert written is not None
                    return self.register(written)
                if head.name not in _KNOWN or len(args) != 1:
                    raise _NotStraight
                function = FUNCTIONS[head.name]
                return self.operation(lambda u, _: function(u), self.register(args[0]))
            case Neg(arg=arg):
                return self.operation(lambda u, _: -u, self.register(arg))
            case Add(args=args):
                return self._chain(args, lambda u, v: u + v)
            case Mul(args=args):
                return self._chain(args, times)
            case Div(numerator=numerator, denominator=denominator):
                if not self.moves(denominator):
                    factor = divided(ONE, self.fixed(denominator))
                    over = self.register(numerator)
                    return self.operation(times, over, self.constant(_quick(factor)))
                over, under = self.register(numerator), self.register(denominator)
                return self.operation(divided, over, under)
            case Pow(base=base, exponent=exponent):
                if self.moves(exponent):
                    return self.operation(power, self.register(base), self.register(exponent))
                raised = self.constant(self.fixed(exponent))
                return self.operation(power, self.register(base), raised)
        raise _NotStraight

    def _chain(self, args: tuple[Formula, ...], what: Callable[[Any, Any], Scalar]) -> int:
        """A sum or product, what rests in it put together first."""
        rest: Scalar | None = None
        place: int | None = None
        for arg in args:
            if self.moves(arg):
                new = self.register(arg)
                place = new if place is None else self.operation(what, place, new)
            else:
                value = self.fixed(arg)
                rest = value if rest is None else what(rest, value)
        assert place is not None
        if rest is None:
            return place
        return self.operation(what, place, self.constant(_quick(rest)))


def _quick(value: Scalar) -> Scalar:
    """A ball is added and multiplied faster than a fraction; an exact 0 stays exact."""
    return value if not isinstance(value, fmpq) or is_zero(value) else arb(value)
