"""The second evaluation: the same tree by mpmath, at raised local precision.

It shares nothing with `numeric.enclose` but the tree: numbers are mpmath's floats, and
derivatives are mpmath's finite differences of the undifferentiated body. It proves nothing alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final, TypeAlias

import mpmath
from mpmath import mp, mpc, mpf

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
from numeric.integrals import reference_integral
from numeric.limits import reference_limit
from numeric.parts import EvaluateParts
from numeric.sums import reference_infinite
from numeric.values import Gaussian, Indeterminate, Point, Undefined

Name: TypeAlias = "Symbol | str"
Step: TypeAlias = "Callable[[Scope], Any]"

_MOST_TERMS: Final = 100_000


class Scope:
    """Names with their values (exact, or floats where an algorithm chose them), and a memory that
    is valid at one precision."""

    __slots__ = ("memory", "names", "numbers", "outer", "values")

    def __init__(self, values: dict[Name, Any], outer: Scope | None = None) -> None:
        self.values = values
        self.names = frozenset(values)
        self.outer = outer
        self.memory: dict[int, Any] = {}
        self.numbers: dict[Name, Any] = {}

    def exactly(self, name: Name) -> Any:
        """The value as it was given."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.values:
                return scope.values[name]
            scope = scope.outer
        raise Indeterminate(f"{name} has no value")

    def number(self, name: Name) -> Any:
        """The value as a float of the current precision."""
        if name not in self.values and self.outer is not None:
            return self.outer.number(name)
        if name not in self.numbers:
            self.numbers[name] = _float(self.exactly(name))
        return self.numbers[name]

    def flat(self) -> dict[Name, Any]:
        return {**(self.outer.flat() if self.outer is not None else {}), **self.values}


def scope_of(point: Point) -> Scope:
    """The scope of a point; valid at one precision, as its memory is."""
    return Scope({v.name if isinstance(v, Array) else v: x for v, x in point.items()})


def evaluate(formula: Formula, point: Point, digits: int) -> Any:
    """The value by mpmath, an mpf or an mpc, computed with `digits` digits.

    Errors: `Undefined` and `Indeterminate`, as `numeric.enclose.enclose`.

    >>> from derivations.core import exp, symbol
    >>> x = symbol("x")
    >>> evaluate(1 / (1 + exp(-x)), {x: 0}, 30)
    mpf('0.5')
    """
    with mpmath.workdps(digits):
        return valued(Library().step(formula), scope_of(point))


def valued(step: Step, scope: Scope) -> Any:
    """The value of a prepared formula at mpmath's current precision; nan never."""
    try:
        value = step(scope)
    except ZeroDivisionError as error:
        raise Undefined("a denominator is 0") from error
    except (mp.NoConvergence, ValueError, OverflowError) as error:
        raise Indeterminate(f"mpmath gave up: {error}") from error
    if mpmath.isnan(value):
        raise Undefined("mpmath has no value")
    return value


class Library:
    """Formulas prepared for evaluation; equal sub-formulas are prepared once."""

    def __init__(self) -> None:
        self._known: dict[Formula, tuple[Step, frozenset[Name]]] = {}

    def step(self, formula: Formula) -> Step:
        return self._entry(formula)[0]

    def _entry(self, formula: Formula) -> tuple[Step, frozenset[Name]]:
        if formula not in self._known:
            step, uses = self._prepared(formula)
            if formula.parts:
                step = _memorised(step, len(self._known), uses)
            self._known[formula] = (step, uses)
        return self._known[formula]

    def _prepared(self, formula: Formula) -> tuple[Step, frozenset[Name]]:
        match formula:
            case Natural(value=value):
                whole = mpf(value) if value < 2**50 else None
                return (lambda s: mpf(value) if whole is None else whole), frozenset()
            case Symbol():
                return (lambda s: s.number(formula)), frozenset({formula})
            case Constant(name=name):
                return _named(name), frozenset()
            case Entry():
                return self._entry(entry_meaning(formula))
            case Call(head=Definition() as head, args=args):
                try:
                    written = meaning(formula)
                except FormulaError:
                    return self._let(head, args)
                assert written is not None
                return self._entry(written)
            case Derivative(body=body, variable=Symbol() as by, order=order):
                inner, uses = self._entry(body)
                written = _written_out(body)
                if isinstance(written, Integral) and by not in self._entry(written.body)[1]:
                    return self._end_derivative(written, order, by), uses | {by}
                return _difference(inner, order, lambda s: s.exactly(by), by), uses | {by}
            case Derivative(body=body, variable=Item() as item, order=order):
                return self._item_derivative(body, item, order)
            case Prime(head=head, order=order):
                return self._prime(formula)
            case Sum() | Product() | Integral() | Limit():
                return self._bound(formula)
        entries = [self._entry(part) for part in formula.parts]
        steps = [step for step, _ in entries]
        uses = frozenset().union(*(names for _, names in entries))
        if isinstance(formula, Item):
            uses |= {formula.array.name}
        return self._operation(formula, steps), uses

    def _operation(self, formula: Formula, steps: list[Step]) -> Step:
        match formula:
            case Neg():
                return lambda s: -steps[0](s)
            case Add():
                return lambda s: _total(steps, s)
            case Mul():
                return lambda s: _times(steps, s)
            case Div(denominator=denominator):
                over = self._reciprocal_gamma(denominator)
                if over is not None:
                    return lambda s: _times([steps[0], over], s)
                return lambda s: steps[0](s) / steps[1](s)
            case Pow(base=base, exponent=exponent):
                reciprocal = self._reciprocal_gamma(base) if isinstance(exponent, Neg) else None
                if reciprocal is not None:
                    return lambda s: reciprocal(s) ** -steps[1](s)
                return lambda s: _power(steps[0](s), steps[1](s))
            case Item(array=array):
                return lambda s: _float(_element(s.exactly(array.name), _whole(steps, s)))
            case Call(head=head):
                if not head.builtin:  # type: ignore[union-attr]  # definitions went before
                    return _no(f"{head.name} stands for any function and has no values")
                return _builtin(head.name, steps)
            case Relation(rel=rel):
                return lambda s: _related(rel, steps[0](s), steps[1](s))
            case And():
                return lambda s: all(step(s) for step in steps)
            case Or():
                return lambda s: any(step(s) for step in steps)
            case Not():
                return lambda s: not steps[0](s)
            case Indicator():
                return lambda s: mp.one if steps[0](s) else mp.zero
            case Cases(values=values):
                n = len(values)
                return lambda s: _chosen(steps[:n], steps[n:], s)
        return _no(f"a {type(formula).__name__} has no value of its own")

    def _reciprocal_gamma(self, formula: Formula) -> Step | None:
        factors = formula.args if isinstance(formula, Mul) else (formula,)
        names = [f.head.name if isinstance(f, Call) else "" for f in factors]
        if not {"gamma", "factorial"} & set(names):
            return None
        steps: list[Step] = []
        for factor, name in zip(factors, names, strict=True):
            if name in {"gamma", "factorial"}:
                argument, shift = self.step(factor.parts[0]), int(name == "factorial")
                steps.append(lambda s, a=argument, k=shift: mp.rgamma(a(s) + k))  # type: ignore[misc]
            else:
                other = self.step(factor)
                steps.append(lambda s, a=other: 1 / a(s))  # type: ignore[misc]
        return lambda s: _times(steps, s)

    def _let(self, head: Definition, args: tuple[Formula, ...]) -> tuple[Step, frozenset[Name]]:
        body, inside = self._entry(head.body)
        entries = [self._entry(arg) for arg in args]

        def step(s: Scope) -> Any:
            values = [arg(s) for arg, _ in entries]
            return body(Scope(dict(zip(head.params, values, strict=True)), s))

        return step, (inside - frozenset(head.params)).union(*(uses for _, uses in entries))

    def _end_derivative(self, integral: Integral, order: int, by: Symbol) -> Step:
        """The derivative of an integral by a variable of its ends: the difference quotient of the
        integrals over the small pieces by which the ends move."""
        body, variable = self.step(integral.body), integral.variable
        lower, upper = self.step(integral.lower), self.step(integral.upper)

        def step(scope: Scope) -> Any:
            here, names = scope.exactly(by), scope.flat()

            def moved(t: Any) -> Any:
                old, new = Scope(names), Scope({**names, by: _shifted(here, t)})
                total = mp.zero
                for end, side in ((upper, 1), (lower, -1)):
                    a, b = end(old), end(new)
                    if a != b:
                        piece = _gauss(lambda u: body(Scope({**names, variable: u})), a, b)
                        total += side * piece
                return total

            return mpmath.diff(moved, 0, order)

        return step

    def _item_derivative(
        self, body: Formula, item: Item, order: int
    ) -> tuple[Step, frozenset[Name]]:
        inner, uses = self._entry(body)
        entries = [self._entry(index) for index in item.indices]
        steps, name = [step for step, _ in entries], item.array.name

        def step(s: Scope) -> Any:
            where, data = _whole(steps, s), s.exactly(name)
            at = _element(data, where)

            def moved(t: Any) -> Any:
                return inner(Scope({**s.flat(), name: _with(data, where, _shifted(at, t))}))

            return mpmath.diff(moved, 0, order)

        return step, uses.union({name}, *(names for _, names in entries))

    def _prime(self, formula: Prime) -> tuple[Step, frozenset[Name]]:
        head, (point, uses) = formula.head, self._entry(formula.point)
        if isinstance(head, Definition):
            variable, body = head.params[0], head.body
        else:
            variable = Symbol("the argument")
            body = Call(head, (variable,))
        inner, inside = self._entry(body)
        # The point is evaluated before the precision is raised; that is exact enough, since the
        # derivative is wanted to the precision at which it is asked for.
        return _difference(inner, formula.order, point, variable), uses | (inside - {variable})

    def _bound(self, formula: Sum | Product | Integral | Limit) -> tuple[Step, frozenset[Name]]:
        body, inside = self._entry(formula.body)
        uses = (inside - {formula.variable}).union(
            *(self._entry(part)[1] for part in formula.parts[1:])
        )
        if isinstance(formula, Integral):
            integral = formula
            return (lambda s: reference_integral(integral, self.parts_of(s), mp.dps)), uses
        if isinstance(formula, Limit):
            limit = formula
            return (lambda s: reference_limit(limit, self.parts_of(s), mp.dps)), uses
        lower, upper = self.step(formula.lower), self.step(formula.upper)
        variable, summing = formula.variable, isinstance(formula, Sum)

        def step(s: Scope) -> Any:
            low, high = lower(s), upper(s)
            if high == mp.inf:
                return reference_infinite(formula, self.parts_of(s), mp.dps)
            if not mpmath.isint(low) or not mpmath.isint(high) or high - low >= _MOST_TERMS:
                raise Indeterminate(f"the ends of {formula} are no small integers")
            result = mp.zero if summing else mp.one
            for k in range(int(low), int(high) + 1):
                term = body(Scope({variable: k}, s))
                result = result + term if summing else result * term
            return result

        return step, uses

    def parts_of(self, scope: Scope) -> EvaluateParts:
        """The callback of `numeric.parts.EvaluateParts`."""
        names = scope.flat()

        def parts(formula: Formula, bound: Mapping[Symbol, Any]) -> Any:
            return self.step(formula)(Scope(names | dict(bound.items())))

        return parts


def _memorised(step: Step, key: int, uses: frozenset[Name]) -> Step:
    def memorised(scope: Scope) -> Any:
        while scope.outer is not None and scope.names.isdisjoint(uses):
            scope = scope.outer
        memory = scope.memory
        if key not in memory:
            memory[key] = step(scope)
        return memory[key]

    return memorised


def _no(sentence: str) -> Step:
    def step(scope: Scope) -> Any:
        raise Indeterminate(sentence)

    return step


def _named(name: str) -> Step:
    match name:
        case "pi":
            return lambda s: +mp.pi
        case "I":
            return lambda s: mpc(0, 1)
        case "oo":
            return lambda s: mp.inf
        case "EulerGamma":
            return lambda s: +mp.euler
    return _no(f"the constant {name} is not known")


def _float(value: Any) -> Any:
    if isinstance(value, Fraction):
        return mpf(value.numerator) / value.denominator
    if isinstance(value, Gaussian):
        return mpc(_float(value.real), _float(value.imag))
    return mpmath.mpmathify(value)


def _total(steps: list[Step], scope: Scope) -> Any:
    total = steps[0](scope)
    for step in steps[1:]:
        total = total + step(scope)
    return total


def _times(steps: list[Step], scope: Scope) -> Any:
    result = steps[0](scope)
    for step in steps[1:]:
        result = result * step(scope)
    return result


def _power(base: Any, exponent: Any) -> Any:
    if base == 0 and exponent != 0 and mpmath.re(exponent) <= 0:
        raise Undefined(f"0 to the power {exponent}")
    return base**exponent


def _whole(steps: list[Step], scope: Scope) -> list[int]:
    return [int(step(scope)) for step in steps]


def _element(data: Any, where: list[int]) -> Any:
    for k in where:
        if not 1 <= k <= len(data):
            raise Undefined(f"there is no element number {k}")
        data = data[k - 1]
    return data


def _with(data: Any, where: list[int], value: Any) -> Any:
    if not where:
        return value
    k = where[0] - 1
    return (*data[:k], _with(data[k], where[1:], value), *data[k + 1 :])


def _shifted(at: Any, step: Any) -> Any:
    """A value plus a small float, exactly."""
    if isinstance(at, int | Fraction | mpf) and isinstance(step, mpf | int):
        return _fraction(at) + _fraction(step)
    return _float(at) + step


def _fraction(value: Any) -> Fraction:
    if isinstance(value, mpf):
        return Fraction(*map(int, mpmath.libmp.to_rational(value._mpf_)))
    return Fraction(value)


def _difference(inner: Step, order: int, at: Step, variable: Symbol) -> Step:
    def step(scope: Scope) -> Any:
        here, names = at(scope), scope.flat()

        def moved(t: Any) -> Any:
            return inner(Scope({**names, variable: _shifted(here, t)}))

        return mpmath.diff(moved, 0, order)

    return step


def _written_out(formula: Formula) -> Formula:
    """The body of the definition that a formula is a call of."""
    while isinstance(formula, Call) and isinstance(formula.head, Definition):
        try:
            written = meaning(formula)
        except FormulaError:
            return formula
        assert written is not None
        formula = written
    return formula


def _gauss(f: Callable[[Any], Any], a: Any, b: Any) -> Any:
    """The integral over a tiny piece by the rule of three points, its error of order 7."""
    middle, half = (a + b) / 2, (b - a) / 2
    off = half * mp.sqrt(mpf(3) / 5)
    return half * (5 * f(middle - off) + 8 * f(middle) + 5 * f(middle + off)) / 9


def _related(rel: str, left: Any, right: Any) -> bool:
    if rel == "=":
        return bool(left == right)
    if rel == "!=":
        return bool(left != right)
    if any(isinstance(v, mpc) and v.imag != 0 for v in (left, right)):
        return False
    a, b = mpmath.re(left), mpmath.re(right)
    return bool({"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[rel])


def _chosen(values: list[Step], conditions: list[Step], scope: Scope) -> Any:
    for value, condition in zip(values, conditions, strict=False):
        if condition(scope):
            return value(scope)
    if len(values) > len(conditions):
        return values[-1](scope)
    raise Undefined("no case applies")


def _finite(value: Any) -> Any:
    if not mpmath.isfinite(value):
        raise Undefined("a function is infinite")
    return value


_FUNCTIONS: Final[dict[str, Callable[[Any], Any]]] = {
    "exp": mp.exp, "log": mp.log, "sqrt": mp.sqrt, "Abs": mp.fabs, "sign": mp.sign,
    "sin": mp.sin, "cos": mp.cos, "tan": mp.tan, "sinh": mp.sinh, "cosh": mp.cosh,
    "tanh": mp.tanh, "asin": mp.asin, "acos": mp.acos, "atan": mp.atan, "asinh": mp.asinh,
    "acosh": mp.acosh, "atanh": mp.atanh, "erf": mp.erf, "erfc": mp.erfc, "gamma": mp.gamma,
    "loggamma": mp.loggamma, "factorial": mp.factorial,
}  # fmt: skip


def _builtin(name: str, steps: list[Step]) -> Step:
    if name in {"Max", "Min"}:
        choose: Callable[..., Any] = max if name == "Max" else min
        return lambda s: choose(step(s) for step in steps)
    if name == "KroneckerDelta":
        return lambda s: mp.one if steps[0](s) == steps[1](s) else mp.zero
    if name == "log" and len(steps) == 2:
        return lambda s: _finite(mp.log(steps[0](s))) / _finite(mp.log(steps[1](s)))
    function = _FUNCTIONS.get(name)
    if function is None:
        return _no(f"{name} is not known to the reference evaluation")
    known = function
    return lambda s: _finite(known(steps[0](s)))
