"""Certified evaluation of a formula at an exact point, by Arb's balls, on the inert tree.

A formula is compiled once into closures; sub-formulas that several lines share are compiled and,
at each point, evaluated once. Nothing is simplified: `x/x` at 0 is undefined. Derivatives are
taken by Taylor arithmetic on the undifferentiated body (see `numeric.balls.jets`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flint import acb, arb, ctx, fmpq

from derivations.core.calculus import Derivative, Integral, Limit, Prime, Product, Subs, Sum
from derivations.core.conditions import And, Cases, Indicator, Not, Or
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
    Relation,
    Symbol,
)
from derivations.core.formula import Number as Natural
from derivations.core.functions import Definition
from derivations.core.matrix import Entry
from derivations.core.meaning import entry_meaning, meaning
from numeric.balls.differentiate import (
    NoExpansion,
    as_limit,
    derivative_at,
    moved_end,
    one_part_varies,
)
from numeric.balls.elementary import FUNCTIONS
from numeric.balls.frames import (
    Frame,
    Name,
    Run,
    detached,
    has_jet,
    home,
    positions,
    put,
    remembered,
    root_frame,
    taken,
)
from numeric.balls.jets import (
    Jet,
    Kink,
    Number,
    added,
    constant_of,
    multiplied,
    negated,
    quotient,
)
from numeric.balls.operations import (
    call_of,
    cases_of,
    connective,
    constant,
    extreme,
    function_of,
    item_of,
    kinked,
    power_of,
    product_of,
    reciprocal_of,
    relation,
    sum_of,
    unsupported,
)
from numeric.balls.parameters import by_parameter, series_of_jets
from numeric.balls.values import (
    ONE,
    ZERO,
    Indeterminate,
    Infinity,
    Point,
    Scalar,
    Undefined,
    as_int,
    ball,
)
from numeric.calculus.integrals import enclose_integral
from numeric.calculus.limits import enclose_limit
from numeric.calculus.quadrature import Memory, has_edges
from numeric.calculus.sums import enclose_infinite
from numeric.special.table import is_known, special_of

# A finite sum or product may have so many terms.
MOST_TERMS: Final = 100_000


def enclose(formula: Formula, point: Point, precision: int) -> arb | acb:
    """An enclosure of the value at an exact point, computed with `precision` bits.

    A value of a limit that is infinite is `arb.pos_inf()` or `arb.neg_inf()`.

    Errors: `Undefined` where the formula certainly has no value there, `Indeterminate` where the
    precision does not decide it, or it is not supported.

    >>> from derivations.core import exp, symbol
    >>> x = symbol("x")
    >>> print(enclose(1 / (1 + exp(-x)), {x: 0}, 64))
    0.500000000000000
    """
    with ctx.workprec(precision):
        value = evaluated(Compiler().compile(formula), root_frame(point))
        if isinstance(value, Infinity):
            return arb.pos_inf() if value.sign > 0 else arb.neg_inf()
        return ball(value)


def evaluated(run: Run, frame: Frame) -> Scalar | Infinity:
    """The value of a compiled formula; never a ball that is not finite."""
    try:
        value = run(frame)
    except Kink as error:
        raise Indeterminate("a derivative is taken at a kink") from error
    if isinstance(value, Infinity | fmpq):
        return value
    if isinstance(value, Jet) or not value.is_finite():
        raise Indeterminate("the precision gives no finite value")
    return value


class Compiler:
    """Turns formulas into closures over a `Frame`; equal sub-formulas into one closure."""

    def __init__(self) -> None:
        self._done: dict[Formula, tuple[Run, frozenset[Name]]] = {}
        self.memory: Memory = {}
        self._keys: dict[Formula, int] = {}
        # The variables that are complex numbers, on the real axis too: what is differentiated by
        # one of them is asked in all directions.
        self.complex_variables: frozenset[Symbol] = frozenset()

    def compile(self, formula: Formula) -> Run:
        return self._compiled(formula)[0]

    def seed(self, frame: Frame, known: Mapping[Formula, fmpq | bool | Undefined]) -> None:
        """Let sub-formulas have values that are known exactly at the point of a frame."""
        for formula, value in known.items():
            free = self._compiled(formula)[1]
            if formula in self._keys:
                home(frame, free).memo[self._keys[formula]] = value

    def _compiled(self, formula: Formula) -> tuple[Run, frozenset[Name]]:
        found = self._done.get(formula)
        if found is None:
            found = self._built(formula)
            if not isinstance(formula, Natural | Symbol | Constant):
                self._keys[formula] = len(self._done)
                found = (remembered(found[0], len(self._done), found[1]), found[1])
            self._done[formula] = found
        return found

    def _many(self, formulas: tuple[Formula, ...]) -> tuple[list[Run], frozenset[Name]]:
        compiled = [self._compiled(f) for f in formulas]
        return [run for run, _ in compiled], frozenset().union(*(free for _, free in compiled))

    def _built(self, formula: Formula) -> tuple[Run, frozenset[Name]]:
        match formula:
            case Natural(value=value):
                number = fmpq(value)
                return (lambda frame: number), frozenset()
            case Symbol():
                return (lambda frame: frame.look_up(formula)), frozenset({formula})
            case Constant(name=name):
                return constant(name), frozenset()
            case Item(array=array, indices=indices):
                runs, free = self._many(indices)
                return item_of(array.name, runs), free | {array.name}
            case Call():
                return self._call(formula)
            case Prime():
                return self._prime(formula)
            case Derivative():
                return self._derivative(formula)
            case Sum() | Product():
                return self._loop(formula)
            case Integral() | Limit():
                return self._binder(formula)
            case Subs():
                return self._value_at(formula)
            case Entry():
                return self._compiled(entry_meaning(formula))
        runs, free = self._many(formula.parts)
        match formula:
            case Neg():
                (only,) = runs
                return (lambda frame: negated(only(frame))), free
            case Add():
                return sum_of(runs), free
            case Mul():
                return product_of(runs), free
            case Div(denominator=denominator):
                reciprocal = self._entire_reciprocal(denominator)
                if reciprocal is not None:
                    return product_of([runs[0], reciprocal]), free
                over, under = runs
                return (lambda frame: quotient(over(frame), under(frame))), free
            case Pow(base=base, exponent=exponent):
                if isinstance(exponent, Neg):
                    reciprocal = self._entire_reciprocal(base)
                    if reciprocal is not None:
                        return power_of(reciprocal, self.compile(exponent.arg)), free
                return power_of(*runs), free
            case Relation(rel=rel):
                return relation(rel, *runs), free
            case And() | Or():
                return connective(isinstance(formula, And), runs), free
            case Not():
                (only,) = runs
                return (lambda frame: not only(frame)), free
            case Indicator():
                (only,) = runs
                return (lambda frame: ONE if only(frame) else ZERO), free
            case Cases(values=values):
                return cases_of(runs[: len(values)], runs[len(values) :]), free
        sentence = f"a {type(formula).__name__} has no value of its own"
        return unsupported(sentence), free

    def _call(self, call: Call) -> tuple[Run, frozenset[Name]]:
        head = call.head
        runs, free = self._many(call.args)
        if isinstance(head, Definition):
            try:
                written = meaning(call)
            except FormulaError:  # a derivative by a parameter: its value is bound instead
                body, inside = self._compiled(head.body)
                return call_of(body, head.params, runs), free | (inside - frozenset(head.params))
            assert written is not None
            return self._compiled(written)
        if not head.builtin:
            return unsupported(f"{head.name} stands for any function and has no values"), free
        if head.name in {"Max", "Min"}:
            return extreme(1 if head.name == "Max" else -1, runs), free
        if head.name == "KroneckerDelta":
            equal = relation("=", *runs)
            return (lambda frame: ONE if equal(frame) else ZERO), free
        if head.name == "log" and len(runs) == 2:
            over, under = function_of("log", runs[0]), function_of("log", runs[1])
            return (lambda frame: quotient(over(frame), under(frame))), free
        if head.name in {"Abs", "sign"}:
            return kinked(head.name, runs[0]), free
        if is_known(head.name):
            return special_of(head.name, runs), free
        if head.name not in FUNCTIONS:
            return unsupported(f"{head.name} is not evaluated"), free
        return function_of(head.name, runs[0]), free

    def _entire_reciprocal(self, denominator: Formula) -> Run | None:
        """1/gamma and 1/factorial are entire, inside a product too."""
        factors = denominator.args if isinstance(denominator, Mul) else (denominator,)
        entire = [f for f in factors if isinstance(f, Call) and f.head.name in _ENTIRE]
        if not entire or any(isinstance(f.head, Definition) for f in entire):
            return None
        runs: list[Run] = []
        for factor in factors:
            if factor in entire:
                assert isinstance(factor, Call)
                runs.append(function_of(f"1/{factor.head.name}", self.compile(factor.args[0])))
            else:
                runs.append(reciprocal_of(self.compile(factor)))
        return product_of(runs)

    def _prime(self, formula: Prime) -> tuple[Run, frozenset[Name]]:
        point, free = self._compiled(formula.point)
        head = formula.head
        if isinstance(head, Definition):
            variable, written = head.params[0], head.body
        else:
            variable = Symbol("the argument")
            written = Call(head, (variable,))
        body, inside = self._compiled(written)
        order = formula.order

        def run(frame: Frame) -> Number:
            turned = not self.complex_variables.isdisjoint(free)
            return derivative_at(
                body, frame, order, point(frame), lambda v: {variable: v}, turned=turned
            )

        return run, free | (inside - {variable})

    def _derivative(self, formula: Derivative) -> tuple[Run, frozenset[Name]]:
        body, free = self._compiled(formula.body)
        order, by = formula.order, formula.variable
        if isinstance(by, Symbol):
            variable = by
            simple = one_part_varies(formula.body, variable)

            def run(frame: Frame) -> Number:
                at = frame.look_up(variable)
                turned = variable in self.complex_variables
                try:
                    return derivative_at(
                        body, frame, order, at, lambda v: {variable: v}, simple, turned
                    )
                except NoExpansion as missing:
                    limit = as_limit(formula.body, variable, at, body(frame))
                    if limit is None or order > 1 or turned or frame.orders:
                        raise
                    try:
                        slope: Number | Infinity = self.compile(limit)(frame)
                    except Indeterminate:
                        raise missing from None
                if isinstance(slope, Infinity):
                    raise Undefined("the derivative is infinite")
                return slope

            return run, free | {variable}
        name, (indices, inside) = by.array.name, self._many(by.indices)

        def run_item(frame: Frame) -> Number:
            where = positions(indices, frame)
            data = frame.look_up(name)
            at = taken(data, where, name)
            return derivative_at(body, frame, order, at, lambda v: {name: put(data, where, v)})

        return run_item, free | inside | {name}

    def _value_at(self, formula: Subs) -> tuple[Run, frozenset[Name]]:
        body, inside = self._compiled(formula.body)
        point, free = self._compiled(formula.point)
        variable = formula.variable

        def run(frame: Frame) -> Number | Infinity:
            at = point(frame)
            if isinstance(at, Infinity):
                raise Undefined("infinity is not a number")
            return body(frame.inner({variable: at}))

        return run, free | (inside - {variable})

    def _loop(self, formula: Sum | Product) -> tuple[Run, frozenset[Name]]:
        body, inside = self._compiled(formula.body)
        (lower, upper), free = self._many((formula.lower, formula.upper))
        variable = formula.variable
        combine = added if isinstance(formula, Sum) else multiplied
        start = ZERO if isinstance(formula, Sum) else ONE

        def run(frame: Frame) -> Number:
            first, last = lower(frame), upper(frame)
            endless = isinstance(last, Infinity) and last.sign > 0
            if endless or (isinstance(first, Infinity) and first.sign < 0):
                if frame.orders and any(has_jet(frame, name) for name in inside - {variable}):
                    at = constant_of(first)
                    return series_of_jets(formula, body, frame, inside, at, self.parts_of)
                return enclose_infinite(formula, self.parts_of(frame))
            low, high = _bound_of(first), _bound_of(last)
            if high - low >= MOST_TERMS:
                raise Indeterminate(f"{formula} has more than {MOST_TERMS} terms")
            result: Number = start
            for k in range(low, high + 1):
                result = combine(result, body(frame.inner({variable: fmpq(k)})))
            return result

        return run, free | (inside - {variable})

    def _binder(self, formula: Integral | Limit) -> tuple[Run, frozenset[Name]]:
        _, inside = self._compiled(formula.body)
        rest, free = self._many(formula.parts[1:])
        free |= inside - {formula.variable}
        if isinstance(formula, Integral):
            return self._integral(formula, rest, inside), free

        def run(frame: Frame) -> Number | Infinity:
            _no_jets(frame, formula)
            return enclose_limit(formula, self.parts_of(frame))

        return run, free

    def _integral(self, formula: Integral, ends: list[Run], inside: frozenset[Name]) -> Run:
        body, variable = self.compile(formula.body), formula.variable

        def run(frame: Frame) -> Number:
            lower, upper = (end(frame) for end in ends)
            varies = any(has_jet(frame, name) for name in inside - {variable})
            if varies:
                ends_free = self._many((formula.lower, formula.upper))[1]
                return by_parameter(formula, frame, inside, ends_free, self.parts_of, self.memory)
            # First between the constant terms of the ends, then what their increments add.
            names = (Symbol("the lower end"), Symbol("the upper end"))
            fixed: dict[Name, Any] = dict(
                zip(names, (constant_of(lower), constant_of(upper)), strict=True)
            )
            node = Integral(formula.body, variable, *names)
            # Where it is cut, its constants are wanted to more digits than they are known to.
            plain = detached(frame, fixed) if has_edges(formula) else frame.inner(fixed)
            value: Number = enclose_integral(
                node if frame.orders else formula, self.parts_of(plain), self.memory
            )
            for end, side in ((upper, 1), (lower, -1)):
                if isinstance(end, Jet):
                    value = added(
                        value, multiplied(fmpq(side), moved_end(body, variable, end, frame))
                    )
            return value

        return run

    def parts_of(self, frame: Frame) -> _Parts:
        return _Parts(self, frame)


class _Parts:
    """The parts of a binding node, as `numeric.calculus.parts.EncloseParts` describes."""

    __slots__ = ("compiler", "formula", "frame", "run")

    def __init__(self, compiler: Compiler, frame: Frame) -> None:
        self.compiler = compiler
        self.frame = frame
        self.formula: Formula | None = None  # asked for last, compiled to `run`
        self.run: Run | None = None

    def __call__(
        self, formula: Formula, bound: Mapping[Symbol, Scalar], analytic: bool = False
    ) -> Scalar | Infinity:
        frame = self.frame
        inner = Frame(
            frame, dict(bound.items()), frame.orders, frame.sides, analytic or frame.analytic
        )
        if self.run is None or formula is not self.formula:
            self.formula, self.run = formula, self.compiler.compile(formula)
        value = self.run(inner)
        if isinstance(value, Jet):
            raise Indeterminate(f"{formula} is not differentiated inside an integral")
        return value


_ENTIRE: Final = frozenset({"gamma", "factorial"})


def _bound_of(value: Any) -> int:
    number = None if isinstance(value, Infinity) else as_int(constant_of(value))
    if number is None:
        raise Indeterminate("an end of a sum or product is no integer")
    return number


def _no_jets(frame: Frame, formula: Formula) -> None:
    if frame.orders:
        raise Indeterminate(f"{formula} is not differentiated term by term")
