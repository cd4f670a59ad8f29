"""What is known exactly of the parts of a formula at an exact irrational point.

At x = sqrt(2) the ball of `x**2 - 2` contains 0 at every precision, and decides nothing; here it
is found to be 0 by exact arithmetic of algebraic numbers or by a symbolic proof, and is then 0
for every evaluation at the point: `1/(x**2 - 2)` has no value, `Abs(x**2 - 2)` is 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final, TypeAlias

from flint import acb, arb, ctx, fmpq

from derivations.core.calculus import Derivative, Prime
from derivations.core.claim import Claim
from derivations.core.conditions import And, Not, Or
from derivations.core.formula import (
    Call,
    Formula,
    FormulaError,
    Item,
    Relation,
    Symbol,
    as_formula,
    num,
)
from derivations.core.functions import cos, exp, sin
from derivations.core.substitute import bound_variable, free_names, rewrite, substitute
from derivations.proving.prove import prove
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import Frame, root_frame
from numeric.balls.operations import holds
from numeric.balls.values import (
    Exact,
    Indeterminate,
    Infinity,
    Point,
    Scalar,
    Undefined,
    the_integer_in,
)
from numeric.exact.algebraic import is_algebraic_zero
from numeric.exact.inverses import undone

# A sub-formula with its value, or why it has none; a condition with its truth.
Facts: TypeAlias = "dict[Formula, fmpq | bool | Undefined]"

# Where a function has a pole: where another one is 0.
_POLES: Final = {"tan": cos, "sec": cos, "cot": sin, "csc": sin}

# The precision at which a value is guessed.
BITS: Final = 192
# What is looked for are integers over this.
_OVER: Final = 12


def facts_at(point: Point, formulas: Iterable[Formula], compiler: Compiler) -> Facts:
    """The rational values of sub-formulas that the exact point makes rational, proved."""
    return Settled(point, compiler).facts(formulas)


class Settled:
    """What is known at one exact point, as more and more formulas are looked at."""

    def __init__(self, point: Point, compiler: Compiler, frame: Frame | None = None) -> None:
        """`frame` is the point's own at `BITS`, where somebody has one."""
        self.known: Facts = {}
        self._compiler = compiler
        self._seen: set[Formula] = set()
        # The parts of a formula are settled before it is evaluated itself.
        with ctx.workprec(BITS):
            self._frame = root_frame(point) if frame is None else frame
        self._values: dict[Symbol, Formula] = {}
        for variable, value in point.items():
            if not isinstance(variable, Symbol):
                continue
            if isinstance(value, Exact):
                if value.formula is not None:
                    self._values[variable] = value.formula
                elif value.zero_of is not None:
                    self._note(value.zero_of, fmpq(0))
            elif isinstance(value, int | Fraction):
                self._values[variable] = as_formula(value)

    def facts(self, formulas: Iterable[Formula]) -> Facts:
        """What is known, the sub-formulas of these formulas included."""
        for formula in formulas:
            for node in _postorder(formula, self._seen):
                if node not in self.known:
                    fact = self._fact_of(node)
                    if fact is not None:
                        self._note(node, fact)
        return self.known

    def _note(self, node: Formula, fact: fmpq | bool | Undefined) -> None:
        self.known[node] = fact
        self._compiler.seed(self._frame, {node: fact})

    def _fact_of(self, node: Formula) -> fmpq | bool | Undefined | None:
        if isinstance(node, Relation):
            return holds(node.rel, 0) if self._is_zero(node.lhs - node.rhs) else None
        if isinstance(node, And | Or | Not):
            return None  # no number
        if isinstance(node, Derivative):
            return self._undefined_below(node)
        if isinstance(node, Call) and node.head.name in _POLES:
            bottom = _POLES[node.head.name](*node.args)
            if self._is_zero(bottom):
                return Undefined(f"{node.head.name} has a pole there")
        if isinstance(node, Call) and node.head.name == "Mod":
            ratio = node.args[0] / node.args[1]
            number = self._value(ratio)
            whole = None if number is None else _rational_in(number)
            if whole is not None and whole.q == 1 and _is_proved(ratio, whole, self._values):
                return fmpq(0)
        if _is_lambert(node) and self._is_zero(node.parts[0] + exp(num(-1))):
            return fmpq(-1)  # at its branch point
        ball = self._value(node)
        candidate = None if ball is None else _rational_in(ball)
        if candidate is not None and _is_proved(node, candidate, self._values):
            return candidate
        return None

    def _undefined_below(self, node: Derivative) -> Undefined | None:
        """What has no value at the point has no derivative there."""
        self.facts((node.body,))
        with ctx.workprec(BITS):
            try:
                evaluated(self._compiler.compile(node.body), self._frame)
            except Undefined as error:
                return Undefined(str(error))
            except (Indeterminate, FormulaError):
                pass
        return None

    def _value(self, node: Formula) -> Scalar | None:
        with ctx.workprec(BITS):
            try:
                value = evaluated(self._compiler.compile(node), self._frame)
            except (Undefined, Indeterminate, FormulaError):
                return None
        return None if isinstance(value, Infinity | bool) else value

    def _is_zero(self, difference: Formula) -> bool:
        if difference in self.known:
            return bool(self.known[difference] == 0)
        value = self._value(difference)
        if value is None:
            return False
        if isinstance(value, fmpq):
            return bool(value == 0)
        return _rational_in(value) == 0 and _is_proved(difference, fmpq(0), self._values)


def _is_lambert(node: Formula) -> bool:
    return isinstance(node, Call) and node.head.name == "LambertW" and len(node.args) == 1


def _postorder(formula: Formula, seen: set[Formula]) -> Iterator[Formula]:
    """Sub-formulas that are evaluated at the point itself, parts before the whole, each once."""
    if formula in seen:
        return
    seen.add(formula)
    if isinstance(formula, Derivative):
        yield formula
    if isinstance(formula, Derivative | Prime | Item):
        return
    parts = formula.parts[1:] if bound_variable(formula) is not None else formula.parts
    for part in parts:
        yield from _postorder(part, seen)
    if parts and bound_variable(formula) is None:
        yield formula


def _rational_in(value: Scalar) -> fmpq | None:
    """The simple rational that a narrow ball contains, where it is not known to be exact."""
    if isinstance(value, fmpq):
        return None
    if isinstance(value, acb):
        if not value.imag.contains(0):
            return None
        value = value.real
    if value.rad() > arb(2) ** (-BITS // 2) or abs(value) > 10**9:
        return None
    number = the_integer_in(value * _OVER)
    return None if number is None else fmpq(number, _OVER)


def _is_proved(node: Formula, value: fmpq, values: Mapping[Symbol, Formula]) -> bool:
    """Whether a sub-formula that has a value at the point has this one, exactly."""
    try:
        at_point = substitute(node, values)
    except FormulaError:
        return False
    if free_names(at_point):
        return False
    at_point = rewrite(at_point, undone)
    number = as_formula(Fraction(int(value.p), int(value.q)))
    algebraic = is_algebraic_zero(at_point - number)
    if algebraic is not None:
        return algebraic
    return prove(Claim("value", at_point, "=", number)) is not None
