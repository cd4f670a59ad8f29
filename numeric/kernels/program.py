"""A formula as a list of operations on arrays: every part once, constants folded.

What comes out is what a careful hand would write with `out=`: three-address code over a few
buffers, in an order in which buffers are used again as soon as their value is dead.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from math import inf, isfinite
from typing import Final, TypeAlias

from derivations.core.conditions import And, Cases
from derivations.core.formula import (
    Add,
    Call,
    Div,
    Formula,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
    num,
    pi,
    walk,
)
from derivations.core.functions import Abs, Definition, Min
from derivations.core.meaning import meaning
from derivations.core.substitute import free_symbols
from numeric.kernels.constants import COMPARED, MOST_POWER, NoProgramError, double, pieces
from numeric.kernels.costs import AGAIN, AGAIN_FIRST, EXTREME, HELPED, cost_of
from numeric.kernels.extended import exponential, extended
from numeric.kernels.middle import middle
from numeric.kernels.monomials import source_with_exponents_apart
from numeric.kernels.naming import names_of
from numeric.kernels.sharing import in_shared_terms
from numeric.kernels.signs import signs_moved
from numeric.kernels.stable import arccot, exp_of_pair, exponent_apart, precise, rare

# NumPy's and SciPy's functions by the name of the formula's.
NUMPY: Final = {
    "exp": "exp", "expm1": "expm1", "log": "log", "log1p": "log1p", "sqrt": "sqrt",
    "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh",
    "asin": "arcsin", "acos": "arccos", "atan": "arctan",
    "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh", "Abs": "absolute", "sign": "sign",
    "floor": "floor",
}  # fmt: skip
SCIPY: Final = {"erf": "erf", "erfc": "erfc", "erfcx": "erfcx", "gamma": "gamma",
                "loggamma": "gammaln"}  # fmt: skip
# What writes the source of a helper: of its name, the formula, the variables and their names.
_SourceOf: TypeAlias = Callable[[str, Formula, tuple[Symbol, ...], tuple[str, ...]], str]
_EXTREMES: Final = {"Max": "maximum", "Min": "minimum"}


@dataclass(frozen=True, slots=True)
class Value:
    """The result of operation `number`, or of a variable where it is negative."""

    number: int


Operand: TypeAlias = "Value | float"


@dataclass(frozen=True, slots=True)
class Operation:
    """`name` is a ufunc (`add`, `exp`, `special.erf`), `where` of a mask and two operands, or
    `apart`: of a mask and variables, the first of two pieces where it holds, the second elsewhere.
    """

    name: str
    operands: tuple[Operand, ...]
    is_mask: bool = False
    pieces: tuple[tuple[str, Program], ...] = ()


@dataclass(frozen=True, slots=True)
class Patch:
    """Where the mask holds, the helper `name` of the variables gives the result anew; if another
    one is named `first` that is asked before, which says where it is not sure."""

    name: str
    mask: Value
    first: str = ""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """The program is right where `low < value < high`; where that fails `everywhere` is."""

    value: Value
    low: float
    high: float
    everywhere: Program


@dataclass(slots=True)
class Program:
    """`helpers` are the sources of functions that operations and the patch call, by name; `label`
    tells those of a part from those of the whole."""

    variables: tuple[Symbol, ...]
    operations: list[Operation] = field(default_factory=list)
    result: Operand = 0.0
    patch: Patch | None = None
    shortcut: Shortcut | None = None
    helpers: dict[str, str] = field(default_factory=dict)
    label: str = ""

    @property
    def cost(self) -> int:
        """About its time, in the units of `numeric.kernels.costs`."""
        plain = sum(
            cost_of(operation.name) + sum(piece.cost for _, piece in operation.pieces) // 2
            for operation in self.operations
        )
        ends = (self.shortcut.low, self.shortcut.high) if self.shortcut is not None else ()
        helped = len(self.helpers) - bool(self.patch is not None and self.patch.first)
        return plain + HELPED * helped + EXTREME * sum(map(isfinite, ends))

    @property
    def cost_of_patch(self) -> int:
        """What a point costs that the patch computes again, in the same units."""
        return AGAIN_FIRST if self.patch is not None and self.patch.first else AGAIN


def program_of(
    formula: Formula, variables: tuple[Symbol, ...], *, split: bool = True, label: str = ""
) -> Program:
    """The operations of a formula of scalars. `split` subtracts a constant that is no double in
    two parts, which matters where the difference vanishes; `label` is that of the program.

    Errors: `NoProgramError` where it holds something without one.
    """
    program = Program(variables, label=label)
    writer = _Writer(program, {v: Value(-1 - k) for k, v in enumerate(variables)}, split)
    match formula:
        case Cases(
            values=(short, Call(head=head, args=(every,))),
            conditions=(Relation() | And() as ordinary,),
        ) if head == rare:
            within = writer.within(ordinary)
            program.shortcut = Shortcut(
                *within, program_of(every, variables, split=split, label=f"{label}_rare")
            )
            formula = short
    match formula:
        case Cases(
            values=(Call(head=head, args=(again,)), plain), conditions=(Relation() as near,)
        ) if head == precise:
            formula = signs_moved(plain)
            names = tuple(names_of(variables))
            first = f"beside_a_root{label}"
            program.helpers |= _beside(first, plain, near, variables, names)
            test = writer.mask(in_shared_terms(near, formula))
            last = f"near_a_root{label}"
            program.patch = Patch(last, test, first if first in program.helpers else "")
            program.helpers[last] = extended(last, again, variables, names)
    program.result = writer.operand(signs_moved(formula))
    return program


def multiple_of(head: Definition, formula: Formula) -> tuple[Formula, Formula] | None:
    """c and u where the formula is c*head(u), c a constant."""
    match formula:
        case Call(head=found, args=(argument,)) if found == head:
            return num(1), argument
        case Neg(arg=arg):
            inner, factor = multiple_of(head, arg), -num(1)
        case Mul(args=(factor, arg)) if not free_symbols(factor):
            inner = multiple_of(head, arg)
        case Div(numerator=arg, denominator=under) if not free_symbols(under):
            inner, factor = multiple_of(head, arg), 1 / under
        case _:
            return None
    return None if inner is None else (factor * inner[0], inner[1])


def _is_dear(formula: Formula) -> bool:
    """Whether a function of SciPy is in it."""
    calls = (node.head.name for node in walk(formula) if isinstance(node, Call))
    return any(name in SCIPY for name in calls)


def _beside(
    name: str,
    formula: Formula,
    near: Relation,
    variables: tuple[Symbol, ...],
    names: tuple[str, ...],
) -> dict[str, str]:
    """The helper with a few more bits than a double, by its name; none where there is none."""
    match near.lhs:
        case Call(head=head, args=(total,)) if head == Abs:
            with suppress(NoProgramError):
                return {name: middle(name, formula, total, variables, names)}
    return {}


class _Writer:
    def __init__(self, program: Program, known: dict[Formula, Operand], split: bool) -> None:
        self.program = program
        self.known = known
        self.split = split
        self.done: dict[Operation, Value] = {}

    def operand(self, formula: Formula) -> Operand:
        found = self.known.get(formula)
        if found is None:
            found = self.known[formula] = self._made(formula)
        return found

    def _do(self, name: str, *operands: Operand, is_mask: bool = False) -> Value:
        operation = Operation(name, operands, is_mask)
        found = self.done.get(operation)
        if found is None:
            self.program.operations.append(operation)
            found = self.done[operation] = Value(len(self.program.operations) - 1)
        return found

    def _made(self, formula: Formula) -> Operand:
        if not free_symbols(formula):
            return double(formula)
        angle = multiple_of(arccot, formula)
        if angle is not None:
            return self._angle(*angle)
        match formula:
            case Neg(arg=Mul(args=args)) if not free_symbols(args[0]):
                return self._product((-args[0], *args[1:]))
            case Neg(arg=arg):
                return self._do("negative", self.operand(arg))
            case Add(args=args):
                return self._sum(args)
            case Mul(args=args):
                return self._product(args)
            case Div(numerator=over, denominator=under):
                if not free_symbols(under):
                    return self._do("multiply", self.operand(over), double(1 / under))
                return self._do("divide", self.operand(over), self.operand(under))
            case Pow(base=base, exponent=exponent):
                return self._power(base, exponent)
            case Call():
                return self._call(formula)
            case Cases(values=(first, second), conditions=(Relation() as test,)):
                if _is_dear(first) and _is_dear(second):
                    return self._apart(test, (first, second))
                return self._do("where", self.mask(test), *map(self.operand, (first, second)))
        raise NoProgramError(f"{formula} is no operation on arrays")

    def _apart(self, test: Relation, values: tuple[Formula, ...]) -> Operand:
        """Each value where it is needed only: it takes longer than to pick the points."""
        seen = free_symbols(values[0]) | free_symbols(values[1])
        variables = tuple(v for v in self.program.variables if v in seen)
        points = (self.mask(test), *map(self.operand, variables))
        pieces: list[tuple[str, Program]] = []
        for value in values:
            label = f"{self.program.label}_{len(self.program.operations)}_{len(pieces)}"
            piece = program_of(value, variables, split=self.split, label=label)
            pieces.append((f"piece{label}", piece))
        self.program.operations.append(Operation("apart", points, pieces=tuple(pieces)))
        return Value(len(self.program.operations) - 1)

    def mask(self, test: Relation) -> Value:
        if test.rel not in COMPARED:
            raise NoProgramError(f"{test} tells no branches apart")
        sides = self.operand(test.lhs), self.operand(test.rhs)
        return self._do(COMPARED[test.rel], *sides, is_mask=True)

    def within(self, ordinary: Relation | And) -> tuple[Value, float, float]:
        """A value and what it lies between where |u| < c, u < c, u > c or u > b and u < c."""
        match ordinary:
            case Relation():
                return self._within_one(ordinary)
            case And(
                args=(Relation(lhs=side, rel=">") as more, Relation(lhs=other, rel="<") as less)
            ):
                value = self.operand(signs_moved(side))
                if side == other and isinstance(value, Value):
                    return value, double(more.rhs), double(less.rhs)
        raise NoProgramError(f"{ordinary} tells no ordinary points apart")

    def _within_one(self, ordinary: Relation) -> tuple[Value, float, float]:
        side, end = ordinary.lhs, double(ordinary.rhs)
        low, high = (end, inf) if ordinary.rel == ">" else (-inf, end)
        if isinstance(side, Call) and side.head == Abs:
            (side,), low = side.args, -high
        value = self.operand(signs_moved(side))
        if ordinary.rel not in {"<", ">"} or not isinstance(value, Value):
            raise NoProgramError(f"{ordinary} tells no ordinary points apart")
        return value, low, high

    def _sum(self, args: tuple[Formula, ...]) -> Operand:
        """From the left; a constant that is no double is taken away in two parts, so that nothing
        is lost where the sum vanishes."""
        first, *rest = args
        if isinstance(first, Neg) and rest and not isinstance(rest[0], Neg):
            first, rest = rest[0], [first, *rest[1:]]
        total = self.operand(first)
        for term in rest:
            name, part = ("subtract", term.arg) if isinstance(term, Neg) else ("add", term)
            if name == "subtract" and not free_symbols(part):
                for piece in pieces(part) if self.split else [double(part)]:
                    total = self._do(name, total, piece)
            else:
                total = self._do(name, total, self.operand(part))
        return total

    def _product(self, args: tuple[Formula, ...]) -> Operand:
        moving = [arg for arg in args if free_symbols(arg)]
        fixed = [arg for arg in args if not free_symbols(arg)]
        result = self.operand(moving[0])
        if fixed:  # first, before a product underflows
            constant = double(Mul(tuple(fixed)) if len(fixed) > 1 else fixed[0])
            result = self._do("multiply", result, constant)
        for factor in moving[1:]:
            result = self._do("multiply", result, self.operand(factor))
        return result

    def _power(self, base: Formula, exponent: Formula) -> Operand:
        """Whole and half exponents, multiplied out: u**(3/2) is u*sqrt(u)."""
        sign, size = (-1, exponent.arg) if isinstance(exponent, Neg) else (1, exponent)
        value = self.operand(base)
        halves = isinstance(size, Div) and size.denominator == num(2)
        if isinstance(size, Div) and halves:
            size = size.numerator
        if not isinstance(size, Number) or not 1 <= size.value <= MOST_POWER:
            raise NoProgramError(f"the power {exponent} is not multiplied out")
        whole, root = (size.value // 2, size.value % 2) if halves else (size.value, 0)
        result: Operand | None = self._do("sqrt", value) if root else None
        if whole:
            power = self._whole_power(value, whole)
            result = power if result is None else self._do("multiply", power, result)
        assert result is not None
        return self._do("divide", 1.0, result) if sign < 0 else result

    def _whole_power(self, value: Operand, n: int) -> Operand:
        result = value
        for bit in bin(n)[3:]:
            result = self._do("square", result)
            if bit == "1":
                result = self._do("multiply", result, value)
        return result

    def _call(self, call: Call) -> Operand:
        name = call.head.name
        match call:
            case Call(args=(Call(head=least, args=(inner, high)), low)) if (
                name == "Max" and least == Min and not free_symbols(high + low)
            ):
                return self._do("clip", self.operand(inner), double(low), double(high))
        if name in _EXTREMES and len(call.args) == 2:
            return self._do(_EXTREMES[name], *map(self.operand, call.args))
        if call.head == exp_of_pair:
            return self._helped("exponential", exponential, call.args[0])
        if call.head == exponent_apart:
            return self._helped("sum", source_with_exponents_apart, call.args[0])
        if isinstance(call.head, Definition) and name not in {"expm1", "log1p", "erfcx"}:
            written = meaning(call)
            assert written is not None
            return self.operand(written)
        ufunc = NUMPY.get(name) or (f"special.{SCIPY[name]}" if name in SCIPY else None)
        if ufunc is None or len(call.args) != 1:
            raise NoProgramError(f"{name} is no operation on arrays")
        return self._do(ufunc, self.operand(call.args[0]))

    def _angle(self, factor: Formula, cotangent: Formula) -> Operand:
        """factor*arccot(u) by the arc of 1/u, whose sign, though it be 0's, says whether a half
        turn is missing."""
        size = double(factor)
        one, inverse = (-1.0, cotangent.arg) if isinstance(cotangent, Neg) else (1.0, cotangent)
        arc: Operand = self._do("arctan", self._do("divide", one, self.operand(inverse)))
        if abs(size) != 1:
            arc = self._do("multiply", arc, abs(size))
        missing: Operand = self._do("signbit", arc, is_mask=True)
        half = abs(double(factor * pi))
        if half != 1:
            missing = self._do("multiply", missing, half)
        total = self._do("add", arc, missing)
        return self._do("negative", total) if size < 0 else total

    def _helped(self, word: str, source: _SourceOf, argument: Formula) -> Operand:
        """A call of a helper that computes the argument."""
        variables = tuple(v for v in self.program.variables if v in free_symbols(argument))
        name = f"{word}{self.program.label}_{len(self.program.helpers)}"
        names = tuple(names_of(variables))
        self.program.helpers[name] = source(name, argument, variables, names)
        return self._do(name, *map(self.operand, variables))
