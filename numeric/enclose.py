"""Certified evaluation of a formula at an exact point, by Arb's balls, on the inert tree.

A formula is compiled once into closures; sub-formulas that several lines share are compiled and,
at each point, evaluated once. Nothing is simplified: `x/x` at 0 is undefined. Derivatives are
taken by Taylor arithmetic on the undifferentiated body (see `numeric.jets`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import factorial
from typing import Any, Final, TypeAlias

from flint import acb, arb, ctx, fmpq

from derivations.core.calculus import Derivative, Integral, Limit, Prime, Product, Sum
from derivations.core.conditions import And, Cases, Indicator, Not, Or
from derivations.core.formula import (
    Add,
    Array,
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
from derivations.core.unfold import entry_meaning, meaning
from numeric.integrals import enclose_integral
from numeric.jets import (
    Jet,
    Kink,
    Number,
    Truncated,
    added,
    applied,
    coefficient,
    composed,
    increment,
    leading_sign,
    multiplied,
    negated,
    powered,
    quotient,
)
from numeric.limits import enclose_limit
from numeric.sums import enclose_infinite
from numeric.values import (
    ONE,
    ZERO,
    Indeterminate,
    Infinity,
    Point,
    Scalar,
    Undefined,
    Value,
    as_int,
    ball,
    exact,
    is_zero,
    sign_of,
)

Name: TypeAlias = "Symbol | str"  # an array goes by its name
Run: TypeAlias = "Callable[[Frame], Any]"

# A finite sum or product may have so many terms.
MOST_TERMS: Final = 100_000


class Frame:
    """The values of some names, over an outer frame; and what was already evaluated with them."""

    __slots__ = ("analytic", "memo", "names", "orders", "parent", "sides", "values")

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

    def inner(self, values: dict[Name, Any]) -> Frame:
        return Frame(self, values, self.orders, self.sides, self.analytic)

    def look_up(self, name: Name) -> Any:
        frame: Frame | None = self
        while frame is not None:
            if name in frame.values:
                return frame.values[name]
            frame = frame.parent
        raise Indeterminate(f"{name} has no value")


def root_frame(point: Point) -> Frame:
    """The frame of a point, at the current precision."""
    values: dict[Name, Any] = {}
    for variable, value in point.items():
        name = variable.name if isinstance(variable, Array) else variable
        values[name] = _entered(value)
    return Frame(None, values)


def _entered(value: Value) -> Any:
    return tuple(map(_entered, value)) if isinstance(value, tuple) else exact(value)


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

    def compile(self, formula: Formula) -> Run:
        return self._compiled(formula)[0]

    def _compiled(self, formula: Formula) -> tuple[Run, frozenset[Name]]:
        found = self._done.get(formula)
        if found is None:
            found = self._built(formula)
            if not isinstance(formula, Natural | Symbol | Constant):
                found = (_remembered(found[0], len(self._done), found[1]), found[1])
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
                return _constant(name), frozenset()
            case Item(array=array, indices=indices):
                runs, free = self._many(indices)
                return _item(array.name, runs), free | {array.name}
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
            case Entry():
                return self._compiled(entry_meaning(formula))
        runs, free = self._many(formula.parts)
        match formula:
            case Neg():
                (only,) = runs
                return (lambda frame: negated(only(frame))), free
            case Add():
                return _sum(runs), free
            case Mul():
                return _product(runs), free
            case Div(denominator=denominator):
                reciprocal = self._entire_reciprocal(denominator)
                if reciprocal is not None:
                    return _product([runs[0], reciprocal]), free
                over, under = runs
                return (lambda frame: quotient(over(frame), under(frame))), free
            case Pow(base=base, exponent=exponent):
                if isinstance(exponent, Neg):
                    reciprocal = self._entire_reciprocal(base)
                    if reciprocal is not None:
                        return _power(reciprocal, self.compile(exponent.arg)), free
                return _power(*runs), free
            case Relation(rel=rel):
                return _relation(rel, *runs), free
            case And() | Or():
                return _connective(isinstance(formula, And), runs), free
            case Not():
                (only,) = runs
                return (lambda frame: not only(frame)), free
            case Indicator():
                (only,) = runs
                return (lambda frame: ONE if only(frame) else ZERO), free
            case Cases(values=values):
                return _cases(runs[: len(values)], runs[len(values) :]), free
        sentence = f"a {type(formula).__name__} has no value of its own"
        return _unsupported(sentence), free

    def _call(self, call: Call) -> tuple[Run, frozenset[Name]]:
        head = call.head
        runs, free = self._many(call.args)
        if isinstance(head, Definition):
            try:
                written = meaning(call)
            except FormulaError:  # a derivative by a parameter: its value is bound instead
                body, inside = self._compiled(head.body)
                return _bound(body, head.params, runs), free | (inside - frozenset(head.params))
            assert written is not None
            return self._compiled(written)
        if not head.builtin:
            return _unsupported(f"{head.name} stands for any function and has no values"), free
        if head.name in {"Max", "Min"}:
            return _extreme(1 if head.name == "Max" else -1, runs), free
        if head.name == "KroneckerDelta":
            equal = _relation("=", *runs)
            return (lambda frame: ONE if equal(frame) else ZERO), free
        if head.name == "log" and len(runs) == 2:
            over, under = _function("log", runs[0]), _function("log", runs[1])
            return (lambda frame: quotient(over(frame), under(frame))), free
        if head.name in {"Abs", "sign"}:
            return _kinked(head.name, runs[0]), free
        return _function(head.name, runs[0]), free

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
                runs.append(_function(f"1/{factor.head.name}", self.compile(factor.args[0])))
            else:
                runs.append(_reciprocal(self.compile(factor)))
        return _product(runs)

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
            return _derivative(body, frame, order, point(frame), lambda v: {variable: v})

        return run, free | (inside - {variable})

    def _derivative(self, formula: Derivative) -> tuple[Run, frozenset[Name]]:
        body, free = self._compiled(formula.body)
        order, by = formula.order, formula.variable
        if isinstance(by, Symbol):
            variable = by

            def run(frame: Frame) -> Number:
                at = frame.look_up(variable)
                return _derivative(body, frame, order, at, lambda v: {variable: v})

            return run, free | {variable}
        name, (indices, inside) = by.array.name, self._many(by.indices)

        def run_item(frame: Frame) -> Number:
            where = _positions(indices, frame)
            data = frame.look_up(name)
            at = _taken(data, where, name)
            return _derivative(body, frame, order, at, lambda v: {name: _put(data, where, v)})

        return run_item, free | inside | {name}

    def _loop(self, formula: Sum | Product) -> tuple[Run, frozenset[Name]]:
        body, inside = self._compiled(formula.body)
        (lower, upper), free = self._many((formula.lower, formula.upper))
        variable = formula.variable
        combine = added if isinstance(formula, Sum) else multiplied
        start = ZERO if isinstance(formula, Sum) else ONE

        def run(frame: Frame) -> Number:
            first, last = lower(frame), upper(frame)
            if isinstance(last, Infinity) and last.sign > 0:
                _no_jets(frame, formula)
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
            varies = any(_has_jet(frame, name) for name in inside - {variable})
            if varies:
                raise Indeterminate(f"{formula} is not differentiated by a parameter of its body")
            # First between the constant terms of the ends, then what their increments add.
            names = (Symbol("the lower end"), Symbol("the upper end"))
            fixed: dict[Name, Any] = dict(zip(names, (_fixed(lower), _fixed(upper)), strict=True))
            node = Integral(formula.body, variable, *names)
            plain = Frame(frame, fixed, frame.orders, frame.sides, frame.analytic)
            value: Number = enclose_integral(
                node if frame.orders else formula, self.parts_of(plain)
            )
            for end, side in ((upper, 1), (lower, -1)):
                if isinstance(end, Jet):
                    value = added(value, multiplied(fmpq(side), _end(body, variable, end, frame)))
            return value

        return run

    def parts_of(self, frame: Frame) -> _Parts:
        return _Parts(self, frame)


class _Parts:
    """The values of the parts of a binding node, as `numeric.parts.EncloseParts` describes."""

    __slots__ = ("compiler", "frame")

    def __init__(self, compiler: Compiler, frame: Frame) -> None:
        self.compiler = compiler
        self.frame = frame

    def __call__(
        self, formula: Formula, bound: Mapping[Symbol, Scalar], analytic: bool = False
    ) -> Scalar | Infinity:
        frame = self.frame
        inner = Frame(
            frame, dict(bound.items()), frame.orders, frame.sides, analytic or frame.analytic
        )
        value = self.compiler.compile(formula)(inner)
        if isinstance(value, Jet):
            raise Indeterminate(f"{formula} is not differentiated inside an integral")
        return value


_ENTIRE: Final = frozenset({"gamma", "factorial"})


def _remembered(run: Run, key: int, free: frozenset[Name]) -> Run:
    def remembered(frame: Frame) -> Any:
        while frame.parent is not None and frame.names.isdisjoint(free):
            frame = frame.parent
        memo = frame.memo
        if key in memo:
            return memo[key]
        value = memo[key] = run(frame)
        return value

    return remembered


def _constant(name: str) -> Run:
    match name:
        case "pi":
            return lambda frame: arb.pi()
        case "I":
            return lambda frame: acb(0, 1)
        case "oo":
            return lambda frame: Infinity(1)
        case "EulerGamma":
            return lambda frame: arb.const_euler()
    return _unsupported(f"the constant {name} is not known")


def _unsupported(sentence: str) -> Run:
    def run(frame: Frame) -> Any:
        raise Indeterminate(sentence)

    return run


def _sum(runs: list[Run]) -> Run:
    first, *rest = runs

    def run(frame: Frame) -> Number:
        total = first(frame)
        for term in rest:
            total = added(total, term(frame))
        return total

    return run


def _product(runs: list[Run]) -> Run:
    first, *rest = runs

    def run(frame: Frame) -> Number:
        result = first(frame)
        for factor in rest:
            result = multiplied(result, factor(frame))
        return result

    return run


def _power(base: Run, exponent: Run) -> Run:
    return lambda frame: powered(base(frame), exponent(frame))


def _reciprocal(run: Run) -> Run:
    return lambda frame: quotient(ONE, run(frame))


def _function(name: str, argument: Run) -> Run:
    return lambda frame: applied(name, argument(frame))


def _bound(body: Run, params: tuple[Symbol, ...], args: list[Run]) -> Run:
    def run(frame: Frame) -> Any:
        values = (arg(frame) for arg in args)
        return body(frame.inner(dict(zip(params, values, strict=True))))

    return run


def _item(name: str, indices: list[Run]) -> Run:
    return lambda frame: _taken(frame.look_up(name), _positions(indices, frame), name)


def _positions(indices: list[Run], frame: Frame) -> list[int]:
    found: list[int] = []
    for index in indices:
        position = as_int(index(frame))
        if position is None:
            raise Indeterminate("an index is no integer")
        found.append(position)
    return found


def _taken(data: Any, where: list[int], name: str) -> Any:
    for k in where:
        if not 1 <= k <= len(data):
            raise Undefined(f"{name} has no element number {k}")
        data = data[k - 1]
    return data


def _put(data: Any, where: list[int], value: Any) -> Any:
    if not where:
        return value
    k = where[0] - 1
    return (*data[:k], _put(data[k], where[1:], value), *data[k + 1 :])


# ---------------------------------------------------------------------------------- conditions


def _side(value: Number, frame: Frame) -> int | None:
    """The sign of a value; None where the precision does not decide."""
    if isinstance(value, Jet):
        constant = value.constant
        if isinstance(constant, acb):
            return None
        found = sign_of(constant)
        return leading_sign(value, frame.sides, sign_of) if found == 0 else found
    return sign_of(value)


def _relation(rel: str, left: Run, right: Run) -> Run:
    def run(frame: Frame) -> bool:
        a, b = left(frame), right(frame)
        if isinstance(a, Infinity) or isinstance(b, Infinity):
            raise Undefined("infinity is compared")
        difference = ZERO if left is right else added(a, negated(b))
        constant = difference.constant if isinstance(difference, Jet) else difference
        if isinstance(constant, acb):
            if not frame.analytic:
                return _complex_relation(rel, constant, a, b)
            difference = constant.real
        side = _side(difference, frame)
        if side is None:
            raise Indeterminate(f"the precision does not tell the two sides of a {rel} apart")
        return holds(rel, side)

    return run


def holds(rel: str, side: int) -> bool:
    """Whether a relation holds where left - right has this sign."""
    match rel:
        case "=":
            return side == 0
        case "!=":
            return side != 0
        case "<":
            return side < 0
        case "<=":
            return side <= 0
        case ">":
            return side > 0
    return side >= 0


def _complex_relation(rel: str, difference: acb, a: Any, b: Any) -> bool:
    if rel in {"=", "!="}:
        if is_zero(difference):
            return rel == "="
        if not difference.contains(0):
            return rel == "!="
    elif any(isinstance(v, acb) and not v.imag.contains(0) for v in (a, b)):
        return False  # an order comparison with a number that is not real
    raise Indeterminate(f"the precision does not decide a {rel} between complex numbers")


def _connective(conjunction: bool, runs: list[Run]) -> Run:
    def run(frame: Frame) -> bool:
        doubt: Indeterminate | None = None
        for part in runs:
            try:
                if part(frame) is not conjunction:
                    return not conjunction
            except Indeterminate as error:
                doubt = error
        if doubt is not None:
            raise doubt
        return conjunction

    return run


def _cases(values: list[Run], conditions: list[Run]) -> Run:
    def run(frame: Frame) -> Number:
        for value, condition in zip(values, conditions, strict=False):
            if condition(frame):
                return value(frame)
        if len(values) > len(conditions):
            return values[-1](frame)
        raise Undefined("no case applies")

    return run


def _kinked(name: str, argument: Run) -> Run:
    def run(frame: Frame) -> Number:
        u = argument(frame)
        if not isinstance(u, Jet):
            if not isinstance(u, acb) or not frame.analytic:
                return applied(name, u)
            side = sign_of(u.real)
        else:
            side = _side(u, frame)
        if side is None:
            raise Indeterminate(f"the precision does not tell the side of the kink of {name}")
        if name == "sign":
            return fmpq(side)
        return u if side > 0 else negated(u)

    return run


def _extreme(direction: int, runs: list[Run]) -> Run:
    def run(frame: Frame) -> Number:
        best, *rest = (one(frame) for one in runs)
        for other in rest:
            best = _greater(best, other, direction, frame)
        return best

    return run


def _greater(a: Number, b: Number, direction: int, frame: Frame) -> Number:
    difference = added(a, negated(b))
    side: int | None
    if isinstance(difference, acb):
        if not frame.analytic:
            raise Undefined("the greatest of numbers that are not real")
        side = sign_of(difference.real)
    else:
        side = _side(difference, frame)
    if side is None:
        if isinstance(a, Jet | acb) or isinstance(b, Jet | acb) or frame.analytic:
            raise Indeterminate("the precision does not tell which is the greatest")
        one, two = arb(a), arb(b)
        return one.max(two) if direction > 0 else one.min(two)
    return a if side * direction >= 0 else b


# ---------------------------------------------------------------------------------- derivatives


def _derivative(
    body: Run,
    frame: Frame,
    order: int,
    at: Number,
    bind: Callable[[Number], dict[Name, Any]],
) -> Number:
    """The derivative of a body by the variable that `bind` binds, where it has the value `at`."""
    error: Truncated | None = None
    for extra in (0, 2, 4):
        try:
            return _taylor_derivative(body, frame, order, order + extra, at, bind)
        except Truncated as truncated:
            error = truncated
    assert error is not None
    raise error


def _taylor_derivative(
    body: Run,
    frame: Frame,
    order: int,
    kept: int,
    at: Number,
    bind: Callable[[Number], dict[Name, Any]],
) -> Number:
    level = len(frame.orders)
    orders = (*frame.orders, kept)
    moved = bind(increment(at, orders))

    def on(side: int) -> Number:
        inner = Frame(frame, moved, orders, (*frame.sides, side), frame.analytic)
        value = body(inner)
        if isinstance(value, Infinity):
            raise Undefined("an infinite value has no derivative")
        return value

    scale = fmpq(factorial(order))
    try:
        value = on(0)
    except Kink as kink:
        if kink.level != level:
            raise
    else:
        return multiplied(scale, coefficient(value, level, order))
    right, left = on(1), on(-1)
    here = body(frame.inner(bind(at)))
    _require_equal(coefficient(right, level, 0), here)
    for k in range(order + 1):
        _require_equal(coefficient(right, level, k), coefficient(left, level, k))
    return multiplied(scale, coefficient(right, level, order))


def _require_equal(one: Number, two: Number) -> None:
    """Errors: `Undefined` where the two certainly differ."""
    difference = added(one, negated(two))
    terms = difference.terms.values() if isinstance(difference, Jet) else (difference,)
    for term in terms:
        if not (ball(term).contains(0)):
            raise Undefined("the one-sided derivatives differ")


def _end(body: Run, variable: Symbol, end: Jet, frame: Frame) -> Number:
    """The integral of the body from the constant term of `end` to `end`, by its Taylor series."""
    length = sum(end.orders) + 1
    level = len(frame.orders)
    orders = (*frame.orders, length)
    moved: dict[Name, Any] = {variable: increment(end.constant, orders)}
    series = body(Frame(frame, moved, orders, (*frame.sides, 0), frame.analytic))
    terms: list[Scalar] = [ZERO]
    for k in range(length - 1):
        term = coefficient(series, level, k)
        if isinstance(term, Jet):
            term = term.constant
        terms.append(term / (k + 1))
    return composed(terms, end)


def _fixed(value: Any) -> Any:
    return value.constant if isinstance(value, Jet) else value


# -------------------------------------------------------------------------------------- frames


def _bound_of(value: Any) -> int:
    number = None if isinstance(value, Infinity) else as_int(_fixed(value))
    if number is None:
        raise Indeterminate("an end of a sum or product is no integer")
    return number


def _has_jet(frame: Frame, name: Name) -> bool:
    return _contains_jet(frame.look_up(name))


def _contains_jet(value: Any) -> bool:
    if isinstance(value, tuple):
        return any(map(_contains_jet, value))
    return isinstance(value, Jet)


def _no_jets(frame: Frame, formula: Formula) -> None:
    if frame.orders:
        raise Indeterminate(f"{formula} is not differentiated term by term")
