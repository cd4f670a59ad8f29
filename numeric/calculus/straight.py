"""An integrand as a list of operations on balls of its variable, made for one point.

A quadrature asks for an integrand hundreds of times. What does not depend on its variable is
evaluated once, equal sub-formulas are one operation, and no frame is looked through. The
operations are those of `numeric.balls.enclose` or, for mpmath's floats, of
`numeric.reference.evaluate`, so that the values are the same: the two evaluations share the order
of the operations and nothing else.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import mpmath
from flint import acb, arb, fmpq
from mpmath import mp

from derivations.core.formula import (
    ONE,
    Add,
    Call,
    Div,
    Formula,
    FormulaError,
    Mul,
    Neg,
    Pow,
    Symbol,
)
from derivations.core.functions import Definition
from derivations.core.meaning import meaning
from derivations.core.substitute import free_symbols
from numeric.balls.elementary import FUNCTIONS, power
from numeric.balls.values import (
    Indeterminate,
    Infinity,
    Scalar,
    Undefined,
    ball,
    divided,
    is_zero,
    times,
)
from numeric.calculus.parts import EncloseParts, EvaluateParts
from numeric.reference.operations import power as reference_power

# Functions that know by themselves where they are analytic.
_KNOWN: Final = frozenset(
    {"exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "erf", "erfc", "atan"}
)


class _NotStraight(Exception):
    """The formula needs the general evaluation."""


@dataclass(frozen=True, slots=True)
class _Arithmetic:
    """Numbers of one kind: what a formula without the variable is worth, and the operations."""

    fixed: Callable[[Formula], Any]
    functions: Mapping[str, Callable[[Any], Any]]
    times: Callable[[Any, Any], Any]
    divided: Callable[[Any, Any], Any]
    power: Callable[[Any, Any], Any]
    quick: Callable[[Any], Any]


def straight(
    formula: Formula, variable: Symbol, enclose: EncloseParts
) -> Callable[[acb], Scalar] | None:
    """The formula as a function of its variable, at the current point and precision; None where
    it holds more than elementary operations, or a constant in it has no value."""

    fixed = _fixed_by(enclose)
    return _made(formula, variable, _Arithmetic(fixed, FUNCTIONS, times, divided, power, _quick))


def straight_balls(
    formula: Formula, variable: Symbol, enclose: EncloseParts
) -> tuple[Callable[[Any], Any], bool] | None:
    """The same with balls only, and faster: what is not finite comes out where the value is not
    known to exist, and what is exact does not stay so. The second says that all constants are
    real: then the function is real on the reals, where it is analytic."""

    program = _written(
        formula,
        variable,
        _Arithmetic(
            _fixed_by(enclose), _OF_BALLS, operator.mul, operator.truediv, _power_of_ball, ball
        ),
    )
    if program is None:
        return None
    return program.run, not any(isinstance(value, acb) for value in program.registers)


def _fixed_by(enclose: EncloseParts) -> Callable[[Formula], Scalar]:
    """The value of a part without the variable, a number that is finite."""

    def fixed(part: Formula) -> Scalar:
        value = enclose(part, {})
        if isinstance(value, Infinity | bool):
            raise _NotStraight
        if not isinstance(value, fmpq) and not value.is_finite():
            raise _NotStraight
        return value

    return fixed


def _power_of_ball(base: arb | acb, exponent: Scalar) -> arb | acb:
    if isinstance(exponent, fmpq) and exponent.q == 1 and exponent >= 0:
        return base ** int(exponent.p)
    return ball(power(base, exponent))


_OF_BALLS: Final[dict[str, Callable[[Any], Any]]] = {
    name: (lambda u, known=known: ball(known(u))) for name, known in FUNCTIONS.items()
} | {
    name: operator.methodcaller(name)
    for name in ("exp", "sin", "cos", "sinh", "cosh", "erf", "erfc")
}


def reference_straight(
    formula: Formula, variable: Symbol, evaluate: EvaluateParts
) -> Callable[[Any], Any] | None:
    """The same with mpmath's floats. A constant is as precise as mpmath is now."""

    def fixed(part: Formula) -> Any:
        value = evaluate(part, {})
        if isinstance(value, bool) or not mpmath.isfinite(value):
            raise _NotStraight
        return value

    return _made(
        formula,
        variable,
        _Arithmetic(
            fixed, _FLOATING, operator.mul, operator.truediv, reference_power, lambda value: value
        ),
    )


def _made(
    formula: Formula, variable: Symbol, arithmetic: _Arithmetic
) -> Callable[[Any], Any] | None:
    program = _written(formula, variable, arithmetic)
    return None if program is None else program.run


def _written(formula: Formula, variable: Symbol, arithmetic: _Arithmetic) -> _Program | None:
    program = _Program(variable, arithmetic)
    try:
        program.register(formula)
    except (_NotStraight, Undefined, Indeterminate, FormulaError, ZeroDivisionError):
        return None
    return program


def _float_function(name: str) -> Callable[[Any], Any]:
    known = getattr(mp, name)

    def value(u: Any) -> Any:
        found = known(u)
        if not mpmath.isfinite(found):
            raise Undefined("a function is infinite")
        return found

    return value


_FLOATING: Final = {name: _float_function(name) for name in _KNOWN}


class _Program:
    def __init__(self, variable: Symbol, arithmetic: _Arithmetic) -> None:
        self.variable = variable
        self.arithmetic = arithmetic
        self.known: dict[Formula, int] = {variable: 0}
        self.operations: list[tuple[Callable[[Any, Any], Any], int, int]] = []
        # Register 0 is the variable, the next ones are constants and results.
        self.registers: list[Any] = [None]
        self.targets: list[int] = []
        self.last = 0

    def run(self, z: Any) -> Any:
        registers = self.registers
        registers[0] = z
        for target, (operation, a, b) in zip(self.targets, self.operations, strict=True):
            registers[target] = operation(registers[a], registers[b])
        return registers[self.last]

    def register(self, formula: Formula) -> int:
        """The place of the value of a formula."""
        found = self.known.get(formula)
        if found is None:
            found = self.known[formula] = self._built(formula)
        self.last = found
        return found

    def moves(self, formula: Formula) -> bool:
        return self.variable in free_symbols(formula)

    def constant(self, value: Any) -> int:
        self.registers.append(value)
        return len(self.registers) - 1

    def operation(self, what: Callable[[Any, Any], Any], a: int, b: int = 0) -> int:
        self.registers.append(None)
        self.operations.append((what, a, b))
        self.targets.append(len(self.registers) - 1)
        return len(self.registers) - 1

    def _built(self, formula: Formula) -> int:
        numbers = self.arithmetic
        if not self.moves(formula):
            return self.constant(numbers.quick(numbers.fixed(formula)))
        match formula:
            case Call(head=head, args=args):
                if isinstance(head, Definition):
                    written = meaning(formula)
                    assert written is not None
                    return self.register(written)
                if head.name not in _KNOWN or len(args) != 1:
                    raise _NotStraight
                function = numbers.functions[head.name]
                return self.operation(lambda u, _: function(u), self.register(args[0]))
            case Neg(arg=arg):
                return self.operation(lambda u, _: -u, self.register(arg))
            case Add(args=args):
                return self._chain(args, lambda u, v: u + v)
            case Mul(args=args):
                return self._chain(args, numbers.times)
            case Div(numerator=numerator, denominator=denominator):
                if not self.moves(denominator):
                    factor = numbers.quick(numbers.fixed(ONE / denominator))
                    over = self.register(numerator)
                    return self.operation(numbers.times, over, self.constant(factor))
                over, under = self.register(numerator), self.register(denominator)
                return self.operation(numbers.divided, over, under)
            case Pow(base=base, exponent=exponent):
                if self.moves(exponent):
                    return self.operation(
                        numbers.power, self.register(base), self.register(exponent)
                    )
                raised = self.constant(numbers.fixed(exponent))
                return self.operation(numbers.power, self.register(base), raised)
        raise _NotStraight

    def _chain(self, args: tuple[Formula, ...], what: Callable[[Any, Any], Any]) -> int:
        """A sum or product, what rests in it put together first."""
        numbers = self.arithmetic
        rest: Any = None
        place: int | None = None
        for arg in args:
            if self.moves(arg):
                new = self.register(arg)
                place = new if place is None else self.operation(what, place, new)
            else:
                value = numbers.fixed(arg)
                rest = value if rest is None else what(rest, value)
        assert place is not None
        if rest is None:
            return place
        return self.operation(what, place, self.constant(numbers.quick(rest)))


def _quick(value: Scalar) -> Scalar:
    """A ball is added and multiplied faster than a fraction; an exact 0 stays exact."""
    return value if not isinstance(value, fmpq) or is_zero(value) else arb(value)
