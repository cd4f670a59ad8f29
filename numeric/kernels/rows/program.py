"""A formula of rows as a list of operations on arrays of columns, every part once.

A row of K numbers is a column of K here, so that what stands for one index has the shape (K, n) for
n rows, a sum over the index the shape (n,), and what stands for two indices (K, K, n). The class p
is that of the largest score.
"""

from __future__ import annotations

from math import log
from typing import Final

from derivations.core.calculus import Sum
from derivations.core.conditions import Cases
from derivations.core.formula import (
    ONE,
    Add,
    Array,
    Call,
    Div,
    Formula,
    Item,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
    eq,
)
from derivations.core.functions import Definition, delta, exp
from derivations.core.meaning import meaning
from derivations.core.substitute import free_names, free_symbols, substitute
from numeric.accuracy.rows.target import RowTarget
from numeric.kernels.constants import NoProgramError, double
from numeric.kernels.rows.operations import Input, Operand, Operation, RowProgram, Value
from numeric.kernels.rows.quick import APART, share_in

_NUMPY: Final = frozenset({"exp", "expm1", "log", "log1p", "sqrt", "tanh"})
_INDEX: Final = Symbol("_index")


def program_of(
    formula: Formula,
    target: RowTarget,
    names: tuple[Symbol, Symbol, Symbol],
    *,
    quick: bool = False,
) -> RowProgram:
    """The operations of an equal of the target's formula, for the class p of the largest score, a
    number c that is this score, or 0 where no exponential needs it, and a scale b; `names` are
    these. With `quick`, for p the class that has more than half of the sum of the exponentials, for
    c the logarithm of that sum, and rows that need no shift.

    Errors: `NoProgramError` where it holds something without one.
    """
    program = RowProgram(target, *names, quick)
    writer = _Writer(program, target.arrays[0])
    if len(target.indices) == 2:
        program.result = writer.square(formula)
    else:
        (index,) = target.indices or (_INDEX,)
        program.result = writer.operand(substitute(formula, {index: _INDEX}))
    if quick and program.sum_of_exponentials is None:
        raise NoProgramError("there is no sum of exponentials that says which rows need no shift")
    return program


class _Writer:
    def __init__(self, program: RowProgram, scores: Array) -> None:
        self.program = program
        self.scores = scores
        self.p = program.p
        self.known: dict[Formula, Operand] = {}
        self.done: dict[Operation, Value] = {}

    def operand(self, formula: Formula) -> Operand:
        """A formula of no index but `_INDEX`."""
        found = self.known.get(formula)
        if found is None:
            found = self.known[formula] = self._made(formula)
        return found

    def _do(self, name: str, *operands: Operand, rank: int | None = None) -> Value:
        if rank is None:
            rank = max(map(self._rank, operands))
        operation = Operation(name, operands, rank)
        found = self.done.get(operation)
        if found is None:
            self.program.operations.append(operation)
            found = self.done[operation] = Value(len(self.program.operations) - 1)
        return found

    def _rank(self, operand: Operand) -> int:
        match operand:
            case Value(number=number, view=view):
                return 2 if view else self.program.operations[number].rank
            case Input(view=view):
                return 2 if view else 1
        return 0

    def _largest(self) -> Value:
        return self._do("largest", Input(self.scores.name), rank=0)

    def _first(self) -> Value:
        if self.program.quick:
            return self._half()
        return self._do("first", Input(self.scores.name), self._largest(), rank=1)

    def _sum_of_exponentials(self) -> Operand:
        powers = self.operand(exp(self.scores[_INDEX]))
        return self._do("total", powers, rank=0)

    def _half(self) -> Value:
        """Where the share of an entry, or its logarithm, is large."""
        target = self.program.target
        formula = substitute(target.formula, dict.fromkeys(target.indices, _INDEX))
        found = share_in(formula, self.scores, _INDEX)
        if found is None:
            raise NoProgramError("no share of the sum is computed")
        share, is_log = found
        return self._do("first", self.operand(share), log(APART) if is_log else APART, rank=1)

    def _made(self, formula: Formula) -> Operand:
        if not free_names(formula):
            return double(formula)
        match formula:
            case Symbol() if formula == self.program.c:
                if self.program.quick:
                    return self._do("log", self._sum_of_exponentials())
                return self._do("shift", self._largest(), rank=0)
            case Symbol() if formula == self.program.b:
                return self._do("scale", Input(self.scores.name), rank=0)
            case Item(array=array, indices=(index,)):
                if index == _INDEX:
                    return Input(array.name)
                if array == self.scores and index == self.p and not self.program.quick:
                    return self._largest()
                if index == self.p:
                    return self._do("chosen", Input(array.name), self._first(), rank=0)
            case Neg(arg=arg):
                return self._do("negative", self.operand(arg))
            case Add(args=args):
                return self._sum(args)
            case Mul(args=args):
                return self._product(args)
            case Div(numerator=over, denominator=under):
                top, bottom = self.operand(over), self.operand(under)
                if self._rank(bottom) == 0 < self._rank(top):  # a division for each row, not entry
                    return self._do("multiply", top, self._do("divide", 1.0, bottom))
                return self._do("divide", top, bottom)
            case Pow(base=base, exponent=Number(value=2)):
                return self._do("square", self.operand(base))
            case Cases(values=(on, beside), conditions=(Relation() as test,)) if test == eq(
                _INDEX, self.p
            ):
                if self.program.quick:
                    self._first()  # before its share is written over
                    column, there = self.operand(beside), self.operand(on)
                else:
                    there, column = self.operand(on), self.operand(beside)
                if self._rank(there) == 0 and self._rank(column) == 1:
                    return self._do("patched", column, there, self._first(), rank=1)
            case Sum(body=body, variable=k):
                if _INDEX not in free_names(body):
                    inner = self.operand(substitute(body, {k: _INDEX}))
                    if self._rank(inner) == 1:
                        return self._do("total", inner, rank=0)
            case Call():
                return self._call(formula)
        raise NoProgramError(f"{formula} is no operation on columns")

    def _call(self, call: Call) -> Operand:
        name = call.head.name
        match call.args:
            case (Add(args=(Item(array=array, indices=(index,)), Neg(arg=last))),) if (
                name == "exp" and last == self.program.c and array == self.scores
            ):
                if index not in {_INDEX, self.p}:
                    raise NoProgramError(f"{call} is no operation on columns")
                by = self.operand(last)
                power = self._do("power", Input(self.scores.name), by, rank=1)
                if index == self.p:
                    return self._do("chosen", power, self._first(), rank=0)
                return power
            case (Item(array=array, indices=(index,)),) if (
                name == "exp" and array == self.scores and index == self.p and self.program.quick
            ):
                return self._do("chosen", self.operand(exp(array[_INDEX])), self._first(), rank=0)
        if call.head == delta and set(call.args) == {_INDEX, self.p}:
            return self._do("mark", Input(self.scores.name), self._first(), rank=1)
        if name in _NUMPY and len(call.args) == 1:
            return self._do(name, self.operand(call.args[0]))
        if isinstance(call.head, Definition):
            written = meaning(call)
            assert written is not None
            return self.operand(written)
        raise NoProgramError(f"{name} is no operation on columns")

    def _sum(self, args: tuple[Formula, ...]) -> Operand:
        first, *rest = args
        if isinstance(first, Neg) and rest and not isinstance(rest[0], Neg):
            first, rest = rest[0], [first, *rest[1:]]
        score, top = self.scores[_INDEX], self.scores[self.p]
        b = self.program.b
        if first == score and Neg(top) in rest:
            rest.remove(Neg(top))
            total: Operand = self._do("less", self.operand(first), self._largest(), rank=1)
        elif first == score / b and Neg(top / b) in rest:
            rest.remove(Neg(top / b))
            divided = self.operand(first), self.operand(top / b)
            total = self._do("less", *divided, rank=1)
        else:
            total = self.operand(first)
        for term in rest:
            name, part = ("subtract", term.arg) if isinstance(term, Neg) else ("add", term)
            total = self._do(name, total, self.operand(part))
        return total

    def _product(self, args: tuple[Formula, ...]) -> Operand:
        apart = Add((ONE, Neg(delta(_INDEX, self.p))))
        rest = [arg for arg in args if arg != apart]
        if len(rest) < len(args):
            # An exponential that is 0 there makes the product 0.
            rest = [part for arg in rest for part in (arg.args if isinstance(arg, Mul) else (arg,))]
            for n, factor in enumerate(rest):
                if isinstance(factor, Call) and factor.head == exp:
                    others = self._others(self.operand(factor))
                    for more in (*rest[:n], *rest[n + 1 :]):
                        others = self._do("multiply", others, self.operand(more))
                    return others
        result = self.operand(rest[0]) if rest else 1.0
        for factor in rest[1:]:
            other = self.operand(factor)
            is_weight = isinstance(result, Input) and self._may_be_infinite(other)
            result = self._do("weighted" if is_weight else "multiply", result, other)
        if len(rest) == len(args):
            return result
        return self._others(result)

    def _others(self, column: Operand) -> Value:
        made = "exp" if self.program.quick else "power"
        if isinstance(column, Value) and self.program.operations[column.number].name == made:
            self._do("chosen", column, self._first(), rank=0)  # before it is written over
        return self._do("others", column, self._first(), rank=1)

    def _may_be_infinite(self, operand: Operand) -> bool:
        """Whether a column holds differences of scores, which become infinite with these."""
        if not isinstance(operand, Value):
            return False
        operation = self.program.operations[operand.number]
        if operation.name == "less":
            return True
        is_sum = operation.name in {"add", "subtract", "negative"}
        return is_sum and any(map(self._may_be_infinite, operation.operands))

    # ----------------------------------------------------------------- two indices

    def square(self, formula: Formula) -> Operand:
        """A formula of both indices of the target."""
        i, j = self.program.target.indices
        used = free_symbols(formula) & {i, j}
        if len(used) < 2:
            (index,) = used or {_INDEX}
            value = self.operand(substitute(formula, {index: _INDEX}))
            return _viewed(value, "rows" if index == i else "columns") if used else value
        match formula:
            case Cases(values=(on, beside), conditions=(Relation() as test,)) if test == eq(i, j):
                diagonal = self.operand(substitute(on, {i: _INDEX}))
                return self._do("diagonal", self.square(beside), diagonal, rank=2)
            case Neg(arg=arg):
                # The sign is cheaper on one of the factors.
                if isinstance(arg, Mul):
                    return self.square(Mul((Neg(arg.args[0]), *arg.args[1:])))
                return self._do("negative", self.square(arg))
            case Mul(args=args):
                return self._pairwise(args)
        raise NoProgramError(f"{formula} is no operation on squares")

    def _pairwise(self, args: tuple[Formula, ...]) -> Operand:
        """A product: the factors of each index apart, then one multiplication."""
        i, j = self.program.target.indices
        of_j = [arg for arg in args if j in free_names(arg)]
        if any({i, j} <= free_names(arg) for arg in args):
            raise NoProgramError("a factor of both indices is no operation on squares")
        of_i = [arg for arg in args if arg not in of_j]
        sides = [self.square(_joined(part)) for part in (of_i, of_j)]
        return self._do("multiply", *sides)


def _joined(factors: list[Formula]) -> Formula:
    return factors[0] if len(factors) == 1 else Mul(tuple(factors))


def _viewed(operand: Operand, view: str) -> Operand:
    match operand:
        case Value(number=number):
            return Value(number, view)
        case Input(name=name):
            return Input(name, view)
    return operand
