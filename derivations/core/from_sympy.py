"""A SymPy expression as a formula.

>>> import sympy
>>> x = sympy.Symbol("x")
>>> from_sympy(sympy.exp(-x) / (1 + x**2))
exp(-x)/(1 + x**2)
"""

from __future__ import annotations

from typing import Any, Final

import sympy

from derivations.core import conditions as logic
from derivations.core.calculus import Derivative, Integral, Limit, Prime, Product, Sum
from derivations.core.formula import (
    ONE,
    Array,
    Formula,
    FormulaError,
    Item,
    Q,
    Relation,
    Symbol,
    num,
    oo,
)
from derivations.core.functions import E, opaque, sqrt
from derivations.core.special_functions import hypergeometric
from derivations.core.substitute import values_at
from derivations.core.sympy_names import ATOMS, HEADS

_RELATIONS: Final[dict[Any, str]] = {
    sympy.Equality: "=",
    sympy.Unequality: "!=",
    sympy.StrictLessThan: "<",
    sympy.LessThan: "<=",
    sympy.StrictGreaterThan: ">",
    sympy.GreaterThan: ">=",
}


def from_sympy(expr: Any) -> Formula:
    """The formula that a SymPy expression stands for, in the order of its arguments.

    Assumptions on symbols are left behind: a formula's variables have their domain in the claim.

    Errors: `FormulaError` for floats, unknown functions and nodes without a counterpart.
    """
    if not isinstance(expr, sympy.Expr | sympy.logic.boolalg.Boolean):
        raise FormulaError(f"a {type(expr).__name__} is not supported: {expr}")
    if expr in ATOMS:
        return ATOMS[expr]
    if expr == sympy.E:
        return E
    if isinstance(expr, sympy.Integer):
        return num(int(expr))
    if isinstance(expr, sympy.Rational):
        return Q(int(expr.p), int(expr.q))
    if isinstance(expr, sympy.Float):
        raise FormulaError(f"the float {expr} is not exact: write sympy.Rational(1, 2) for a half")
    if expr == -sympy.oo:
        return -oo
    if isinstance(expr, sympy.Symbol):
        return Symbol(expr.name)
    if isinstance(expr, sympy.Add):
        first, *rest = (from_sympy(arg) for arg in expr.args)
        for term in rest:
            first = first + term
        return first
    if isinstance(expr, sympy.Mul):
        return _product(expr)
    if isinstance(expr, sympy.Pow):
        return _power(expr.base, expr.exp)
    if isinstance(expr, sympy.Indexed):
        return _item(expr)
    if type(expr) in _RELATIONS:
        return Relation(from_sympy(expr.lhs), _RELATIONS[type(expr)], from_sympy(expr.rhs))
    if isinstance(expr, sympy.And):
        return logic.And(tuple(map(from_sympy, expr.args)))
    if isinstance(expr, sympy.Or):
        return logic.Or(tuple(map(from_sympy, expr.args)))
    if isinstance(expr, sympy.Not):
        return logic.Not(from_sympy(expr.args[0]))
    if isinstance(expr, sympy.Piecewise):
        return _cases(expr)
    if isinstance(expr, sympy.core.function.AppliedUndef):
        name = type(expr).__name__
        return opaque(name, len(expr.args))(*map(from_sympy, expr.args))
    if isinstance(expr, sympy.core.function.Application):
        return _call(expr)
    return _binding(expr)


def _call(expr: Any) -> Formula:
    if isinstance(expr, sympy.hyper):
        above, below, at = expr.args
        args = (from_sympy(arg) for arg in (*above, *below, at))
        return hypergeometric(len(above), len(below))(*args)
    head = HEADS.get(type(expr))
    if head is None:
        raise FormulaError(f"the function {type(expr).__name__} of SymPy is not supported")
    given = expr.args
    if isinstance(expr, sympy.Heaviside):
        given, at_zero = expr.args[:1], expr.args[1]
        if at_zero != sympy.S.Half:
            raise FormulaError(f"a step with the value {at_zero} at 0 is not supported: {expr}")
    return head(*map(from_sympy, given))


def _product(expr: Any) -> Formula:
    over: Formula | None = None
    under: Formula | None = None
    for factor in expr.args:
        if isinstance(factor, sympy.Pow) and factor.exp.is_Number and factor.exp.is_negative:
            below = _power(factor.base, -factor.exp)
            under = below if under is None else under * below
        else:
            above = from_sympy(factor)
            # -1 in front is a sign
            over = above if over is None else -above if over == num(-1) else over * above
    if under is None:
        assert over is not None
        return over
    if over == num(-1):
        return -(1 / under)
    return (ONE if over is None else over) / under


def _power(base: Any, exponent: Any) -> Formula:
    if exponent == 1:
        return from_sympy(base)
    if exponent == sympy.S.Half:
        return sqrt(from_sympy(base))
    if exponent.is_Number and exponent.is_negative:
        return 1 / _power(base, -exponent)
    return from_sympy(base) ** from_sympy(exponent)


def _item(expr: Any) -> Item:
    shape = expr.base.shape
    if shape is None:
        raise FormulaError(f"{expr.base} has no shape: IndexedBase({str(expr.base)!r}, shape=...)")
    array = Array(str(expr.base.label), tuple(map(from_sympy, shape)))
    return array[tuple(map(from_sympy, expr.indices))]


def _cases(expr: Any) -> Formula:
    branches: list[tuple[Formula, Formula | None]] = []
    for value, condition in expr.args:
        last = condition in (True, sympy.true)
        branches.append((from_sympy(value), None if last else from_sympy(condition)))
    return logic.cases(*branches)


def _binding(expr: Any) -> Formula:
    if isinstance(expr, sympy.Derivative):
        body = from_sympy(expr.expr)
        for variable, order in expr.variable_count:
            body = Derivative(body, from_sympy(variable), int(order))  # type: ignore[arg-type]
        return body
    if isinstance(expr, sympy.Subs):
        return _value_at(expr)
    if isinstance(expr, sympy.Limit):
        body, variable, point, side = expr.args
        infinite = point in (sympy.oo, -sympy.oo)
        at = from_sympy(point)
        return Limit(from_sympy(body), Symbol(variable.name), at, "+-" if infinite else str(side))
    for kind, node in ((sympy.Integral, Integral), (sympy.Sum, Sum), (sympy.Product, Product)):
        if isinstance(expr, kind):
            body = from_sympy(expr.function)
            for limits in expr.limits:
                if len(limits) != 3:
                    raise FormulaError(f"{expr} has no two ends: only definite ones are supported")
                variable, lower, upper = limits
                ends = from_sympy(lower), from_sympy(upper)
                body = node(body, Symbol(variable.name), *ends)
            return body
    raise FormulaError(f"a {type(expr).__name__} of SymPy is not supported: {expr}")


def _value_at(expr: Any) -> Formula:
    """`Subs(Derivative(f(x), x), x, a)` is f'(a) for a function without a meaning; everything
    else is the value of the body at a point."""
    inner, variables, points = expr.args
    if isinstance(inner, sympy.Derivative) and len(variables) == len(inner.variable_count) == 1:
        ((variable, order),) = inner.variable_count
        body = from_sympy(inner.expr)
        head = getattr(body, "head", None)
        if head is not None and variable == variables[0] and inner.expr.args == (variable,):
            return Prime(head, from_sympy(points[0]), int(order))
    names = [Symbol(variable.name) for variable in variables]
    return values_at(from_sympy(inner), names, [from_sympy(point) for point in points])
