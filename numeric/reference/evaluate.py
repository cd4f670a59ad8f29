"""The second evaluation: the same tree by mpmath, at raised local precision.

It shares nothing with `numeric.balls.enclose` but the tree: numbers are mpmath's floats, and
derivatives are taken of the undifferentiated body, by power series of mpmath's floats
(`numeric.reference.series`) or, where there is none, by mpmath's finite differences. It proves
nothing alone.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import mpmath
from mpmath import mp, mpf

from derivations.core.calculus import Derivative, Integral, Limit, Prime, Product, Subs, Sum
from derivations.core.conditions import And, Cases, Indicator, Not, Or
from derivations.core.formula import (
    ZERO,
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
from derivations.core.substitute import free_symbols
from derivations.proving.derivatives import differentiated
from numeric.balls.values import Indeterminate, Point, Undefined
from numeric.calculus.limits import reference_limit
from numeric.calculus.parts import EvaluateParts
from numeric.reference.infinite import reference_infinite
from numeric.reference.integrals import reference_integral
from numeric.reference.operations import (
    Name,
    Scope,
    Step,
    as_float,
    builtin,
    by_series,
    chosen,
    constant,
    derivative,
    difference,
    element,
    erf_levelled,
    gauss,
    memorised,
    plain,
    power,
    reciprocal_gamma,
    refuse_series,
    related,
    replaced,
    scope_of,
    shifted,
    times,
    total,
    unsupported,
    whole,
)
from numeric.reference.second_opinion import QuickReference
from numeric.reference.tape_lookups import ELSEWHERE
from numeric.written import infinity_of

_MOST_TERMS: Final = 100_000


def evaluate(formula: Formula, point: Point, digits: int) -> Any:
    """The value by mpmath, an mpf or an mpc, computed with `digits` digits.

    Errors: `Undefined` and `Indeterminate`, as `numeric.balls.enclose.enclose`.

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
    except TypeError as error:
        if "MPZ_Object" not in str(error):
            raise
        # mpmath's own floats end at exponents of 64 bits.
        raise Indeterminate("a number is too large for mpmath") from error
    if mpmath.isnan(value):
        raise Undefined("mpmath has no value")
    return value


class Library:
    """Formulas prepared for evaluation; equal sub-formulas are prepared once."""

    def __init__(self) -> None:
        self._known: dict[Formula, tuple[Step, frozenset[Name]]] = {}
        self.quick = QuickReference()  # for integrands

    def step(self, formula: Formula) -> Step:
        return self._entry(formula)[0]

    def _entry(self, formula: Formula) -> tuple[Step, frozenset[Name]]:
        if formula not in self._known:
            step, uses = self._prepared(formula)
            if formula.parts:
                step = memorised(step, len(self._known), uses)
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
                return constant(name), frozenset()
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
                written = _written_out(body)
                levelled = self._levelled(written)
                inner, uses = self._entry(body)
                if isinstance(written, Integral) and by not in self._entry(written.body)[1]:
                    return self._end_derivative(written, order, by), uses | {by}
                at = operator.methodcaller("exactly", by)
                return difference(inner, order, at, by, levelled), uses | {by}
            case Derivative(body=body, variable=Item() as item, order=order):
                return self._item_derivative(body, item, order)
            case Prime(head=head, order=order):
                return self._prime(formula)
            case Subs(body=body, variable=variable, point=point):
                return self._let_one(body, variable, point)
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
                return lambda s: total(steps, s)
            case Mul():
                return lambda s: times(steps, s)
            case Div(denominator=denominator):
                over = self._reciprocal_gamma(denominator)
                if over is not None:
                    return lambda s: times([steps[0], over], s)
                return lambda s: steps[0](s) / steps[1](s)
            case Pow(base=base, exponent=exponent):
                reciprocal = self._reciprocal_gamma(base) if isinstance(exponent, Neg) else None
                if reciprocal is not None:
                    return lambda s: reciprocal(s) ** -steps[1](s)
                return lambda s: power(steps[0](s), steps[1](s))
            case Item(array=array):
                return lambda s: as_float(element(s.exactly(array.name), whole(steps, s)))
            case Call(head=head):
                if not head.builtin:  # type: ignore[union-attr]  # definitions went before
                    return unsupported(f"{head.name} stands for any function and has no values")
                return builtin(head.name, steps)
            case Relation(rel=rel):
                return lambda s: related(rel, steps[0](s), steps[1](s))
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
                return lambda s: chosen(steps[:n], steps[n:], s)
        return unsupported(f"a {type(formula).__name__} has no value of its own")

    def _reciprocal_gamma(self, formula: Formula) -> Step | None:
        factors = formula.args if isinstance(formula, Mul) else (formula,)
        names = [f.head.name if isinstance(f, Call) else "" for f in factors]
        if not {"gamma", "factorial"} & set(names):
            return None
        steps: list[Step] = []
        for factor, name in zip(factors, names, strict=True):
            if name in {"gamma", "factorial"}:
                argument, shift = self.step(factor.parts[0]), int(name == "factorial")
                steps.append(lambda s, a=argument, k=shift: reciprocal_gamma(a(s) + k))  # type: ignore[misc]
            else:
                other = self.step(factor)
                steps.append(lambda s, a=other: 1 / a(s))  # type: ignore[misc]
        return lambda s: times(steps, s)

    def _let(self, head: Definition, args: tuple[Formula, ...]) -> tuple[Step, frozenset[Name]]:
        body, inside = self._entry(head.body)
        entries = [self._entry(arg) for arg in args]

        def step(s: Scope) -> Any:
            values = [arg(s) for arg, _ in entries]
            return body(Scope(dict(zip(head.params, values, strict=True)), s))

        return step, (inside - frozenset(head.params)).union(*(uses for _, uses in entries))

    def _let_one(
        self, body: Formula, variable: Symbol, point: Formula
    ) -> tuple[Step, frozenset[Name]]:
        """The body where the variable has the value of the point."""
        (inner, inside), (at, uses) = self._entry(body), self._entry(point)

        def step(s: Scope) -> Any:
            return inner(Scope({variable: at(s)}, s))

        return step, (inside - {variable}) | uses

    def _levelled(self, body: Formula) -> Step | None:
        """erf(u) less its limit, which a derivative does not feel: the differences of erf at 700
        would take 200,000 digits, those of erfc take no more than elsewhere."""
        if not isinstance(body, Call) or body.head.name != "erf":
            return None
        argument = self.step(body.parts[0])
        return lambda s: erf_levelled(argument(s))

    def _end_derivative(self, integral: Integral, order: int, by: Symbol) -> Step:
        """The derivative of an integral by a variable of its ends: the difference quotient of the
        integrals over the small pieces by which the ends move."""
        body, variable = self.step(integral.body), integral.variable
        lower, upper = self.step(integral.lower), self.step(integral.upper)

        def step(scope: Scope) -> Any:
            refuse_series(scope)
            here, names = scope.exactly(by), scope.flat()

            def moved(t: Any) -> Any:
                old, new = Scope(names), Scope({**names, by: shifted(here, t)})
                moved_by = mp.zero
                for end, side in ((upper, 1), (lower, -1)):
                    a, b = end(old), end(new)
                    if a != b:
                        piece = gauss(lambda u: body(Scope({**names, variable: u})), a, b)
                        moved_by += side * piece
                return moved_by

            return derivative(moved, order)

        return step

    def _item_derivative(
        self, body: Formula, item: Item, order: int
    ) -> tuple[Step, frozenset[Name]]:
        inner, uses = self._entry(body)
        entries = [self._entry(index) for index in item.indices]
        steps, name = [step for step, _ in entries], item.array.name

        def step(s: Scope) -> Any:
            where, data = whole(steps, s), s.exactly(name)
            at = element(data, where)

            def by_differences() -> Any:
                names = s.flat()

                def moved(t: Any) -> Any:
                    return inner(Scope({**names, name: replaced(data, where, shifted(at, t))}))

                return derivative(moved, order)

            def put(value: Any) -> dict[Name, Any]:
                return {name: replaced(data, where, value)}

            return by_series(inner, order, s, at, put, by_differences)

        return step, uses.union({name}, *(names for _, names in entries))

    def _prime(self, formula: Prime) -> tuple[Step, frozenset[Name]]:
        head, (point, uses) = formula.head, self._entry(formula.point)
        if isinstance(head, Definition):
            variable, body = head.params[0], head.body
        else:
            variable = Symbol("the argument")
            body = Call(head, (variable,))
        levelled = self._levelled(_written_out(body))
        inner, inside = self._entry(body)
        # The point is evaluated before the precision is raised; that is exact enough, since the
        # derivative is wanted to the precision at which it is asked for.
        step = difference(inner, formula.order, point, variable, levelled)
        return step, uses | (inside - {variable})

    def _bound(self, formula: Sum | Product | Integral | Limit) -> tuple[Step, frozenset[Name]]:
        if isinstance(formula, Limit) and (improper := _improper(formula)) is not None:
            return self._entry(improper)
        body, inside = self._entry(formula.body)
        uses = (inside - {formula.variable}).union(
            *(self._entry(part)[1] for part in formula.parts[1:])
        )
        if isinstance(formula, Integral):
            integral = formula
            return (lambda s: self._integral(integral, s)), uses
        if isinstance(formula, Limit):
            limit = _without_derivatives(formula)
            return (lambda s: reference_limit(limit, self.parts_of(s), mp.dps)), uses
        lower, upper = self.step(formula.lower), self.step(formula.upper)
        variable, summing = formula.variable, isinstance(formula, Sum)

        def step(s: Scope) -> Any:
            low, high = plain(lower(s)), plain(upper(s))
            if high == mp.inf or low == -mp.inf:
                return reference_infinite(formula, self.parts_of(s), mp.dps)
            if not mpmath.isint(low) or not mpmath.isint(high) or high - low >= _MOST_TERMS:
                raise Indeterminate(f"the ends of {formula} are no small integers")
            result = mp.zero if summing else mp.one
            for k in range(int(low), int(high) + 1):
                term = body(Scope({variable: k}, s))
                result = result + term if summing else result * term
            return result

        return step, uses

    def _integral(self, node: Integral, scope: Scope) -> Any:
        parts = self.parts_of(scope)
        names: dict[Any, Any] = {**scope.flat(), ELSEWHERE: lambda formula: parts(formula, {})}
        quick = self.quick.function(node.body, node.variable, names)
        return reference_integral(node, parts, mp.dps, quick)

    def parts_of(self, scope: Scope) -> EvaluateParts:
        """The callback of `numeric.calculus.parts.EvaluateParts`."""
        refuse_series(scope)
        names = scope.flat()
        last: tuple[Formula, Step] | None = None
        # What does not depend on the bound variable is computed once at each precision.
        around: dict[int, Scope] = {}

        def parts(formula: Formula, bound: Mapping[Symbol, Any]) -> Any:
            nonlocal last
            if last is None or last[0] is not formula:
                last = formula, self.step(formula)
            if mp.prec not in around:
                around[mp.prec] = Scope(names)
            return last[1](Scope(dict(bound.items()), around[mp.prec]))

        return parts


def _without_derivatives(limit: Limit) -> Limit:
    """The limit of the same body with its derivatives carried out by our own rules: far out, where
    a limit is looked for, no difference quotient tells an exponentially small slope from 0."""
    try:
        body = differentiated(limit.body, unfold=True)
    except FormulaError:
        return limit
    return replace(limit, body=body)


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


def _improper(limit: Limit) -> Formula | None:
    """The limit of an integral up to x, for x to oo or -oo: the integral up to there."""
    integral = _written_out(limit.body)
    if not isinstance(integral, Integral) or not infinity_of(limit.point):
        return None
    if limit.variable in free_symbols(integral.body) | free_symbols(integral.lower):
        return None
    if integral.upper != limit.variable:
        return None
    return ZERO if integral.lower == limit.point else replace(integral, upper=limit.point)
