"""A formula as a SymPy expression, for algebra and for code.

The expression is built with `evaluate=False` wherever SymPy offers it, so that `x/x` and
`0*log(x)` stay. SymPy may still reorder and simplify as soon as somebody computes with the result;
so a SymPy expression is used to compute, and never decides whether a claim holds.
`derivations.core` does not import this module: who needs SymPy pays for its start.

>>> from derivations.core import exp, symbol
>>> x = symbol("x")
>>> to_sympy(1 / (1 + exp(-x)))
1/(1 + exp(-x))
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import sympy

from derivations.core import sympy_names
from derivations.core.calculus import Derivative, Integral, Limit, Prime, Product, Subs, Sum
from derivations.core.claim import Variable
from derivations.core.conditions import And, Cases, Indicator, Not, Or
from derivations.core.domain import Domain, FiniteSet, Integers, Interval
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
    Number,
    Pow,
    Relation,
    Symbol,
    oo,
)
from derivations.core.functions import Definition
from derivations.core.matrix import Entry
from derivations.core.meaning import entry_meaning, meaning
from derivations.core.special_functions import hypergeometric_counts

_RELATIONS: Final[dict[str, Any]] = {
    "=": sympy.Eq,
    "!=": sympy.Ne,
    "<": sympy.Lt,
    "<=": sympy.Le,
    ">": sympy.Gt,
    ">=": sympy.Ge,
}


def to_sympy(formula: Formula, domains: Mapping[Variable, Domain] | None = None) -> Any:
    """The SymPy meaning of a formula; definitions are unfolded.

    `domains` gives the symbols SymPy's assumptions as far as these can say it (real, positive,
    integer, ...); without a domain a symbol is any complex number. Indices of sums are integers,
    variables of integrals and limits are real. An array is a `sympy.IndexedBase`, its indices from
    1 as in the formula.

    Errors: `FormulaError` where SymPy has no counterpart (a tensor without indices).
    """
    return _Translation(dict(domains or {}), {}).of(formula)


def assumptions(domain: Domain) -> dict[str, bool]:
    """What SymPy can know about a variable of this domain.

    >>> from derivations.core import Positive, Sizes
    >>> assumptions(Positive), assumptions(Sizes)
    ({'positive': True}, {'integer': True, 'positive': True})
    """
    match domain:
        case Interval(lower=lower, upper=upper, lower_open=lower_open, upper_open=upper_open):
            low, high = to_sympy(lower), to_sympy(upper)
            if low.is_nonnegative:
                return {"positive" if lower_open or low.is_positive else "nonnegative": True}
            if high.is_nonpositive:
                return {"negative" if upper_open or high.is_negative else "nonpositive": True}
            return {"real": True}
        case Integers(lower=bottom):
            known = {"integer": True}
            if bottom is not None and bottom >= 0:
                known["positive" if bottom > 0 else "nonnegative"] = True
            return known
        case FiniteSet(members=members):
            values = [to_sympy(member) for member in members]
            if all(value.is_integer for value in values):
                return {"integer": True}
            return {"real": True} if all(value.is_real for value in values) else {}
    return {"complex": True}


class _Translation:
    def __init__(self, domains: dict[Variable, Domain], bound: dict[Symbol, Any]) -> None:
        self.domains = domains
        self.bound = bound

    def of(self, formula: Formula) -> Any:
        match formula:
            case Number(value=value):
                return sympy.Integer(value)
            case Constant(name=name):
                return sympy_names.CONSTANTS[name]
            case Symbol():
                return self.symbol(formula)
            case Neg(arg=arg):
                inner = self.of(arg)
                return (
                    -inner if inner.is_Number or arg == oo else _times(sympy.S.NegativeOne, inner)
                )
            case Add(args=args):
                return sympy.Add(*map(self.of, args), evaluate=False)
            case Mul(args=args):
                return _times(*map(self.of, args))
            case Div(numerator=Number(value=top), denominator=Number(value=bottom)) if bottom:
                return sympy.Rational(top, bottom)
            case Div(numerator=numerator, denominator=denominator):
                under = sympy.Pow(self.of(denominator), sympy.S.NegativeOne, evaluate=False)
                return under if numerator == Number(1) else _times(self.of(numerator), under)
            case Pow(base=base, exponent=exponent):
                return sympy.Pow(self.of(base), self.of(exponent), evaluate=False)
            case Call():
                return self.call(formula)
            case Item(array=array, indices=indices):
                return self.array(array)[tuple(map(self.of, indices))]
            case Entry():
                return self.of(entry_meaning(formula))
            case Relation(lhs=lhs, rel=rel, rhs=rhs):
                return _RELATIONS[rel](self.of(lhs), self.of(rhs), evaluate=False)
            case And(args=args):
                return sympy.And(*map(self.of, args), evaluate=False)
            case Or(args=args):
                return sympy.Or(*map(self.of, args), evaluate=False)
            case Not(arg=arg):
                return sympy.Not(self.of(arg), evaluate=False)
            case Indicator(condition=condition):
                one, zero = sympy.S.One, sympy.S.Zero
                return sympy.Piecewise((one, self.of(condition)), (zero, True), evaluate=False)
            case Cases(values=values, conditions=conditions):
                tests = [self.of(c) for c in conditions] + [True] * (len(values) - len(conditions))
                branches = zip((self.of(v) for v in values), tests, strict=True)
                return sympy.Piecewise(*branches, evaluate=False)
        return self.binding(formula)

    def binding(self, formula: Formula) -> Any:
        match formula:
            case Derivative(body=body, variable=variable, order=order):
                return sympy.Derivative(self.of(body), (self.of(variable), order))
            case Prime(head=head, point=point, order=order):
                at = sympy.Dummy("x")
                inner = self.with_bound(Symbol("_point"), at).of(head(Symbol("_point")))
                return sympy.Subs(sympy.Derivative(inner, (at, order)), at, self.of(point))
            case Integral(body=body, variable=variable, lower=lower, upper=upper):
                inside, at = self.inside(variable, real=True)
                return sympy.Integral(inside.of(body), (at, self.of(lower), self.of(upper)))
            case Sum(body=body, variable=variable, lower=lower, upper=upper):
                inside, at = self.inside(variable, integer=True)
                return sympy.Sum(inside.of(body), (at, self.of(lower), self.of(upper)))
            case Product(body=body, variable=variable, lower=lower, upper=upper):
                inside, at = self.inside(variable, integer=True)
                return sympy.Product(inside.of(body), (at, self.of(lower), self.of(upper)))
            case Limit(body=body, variable=variable, point=point, side=side):
                inside, at = self.inside(variable, real=True)
                end = self.of(point)
                side = "-" if end == sympy.oo else "+" if end == -sympy.oo else side
                return sympy.Limit(inside.of(body), at, end, side)
            case Subs(body=body, variable=variable, point=point):
                inside, at = self.inside(variable)
                return sympy.Subs(inside.of(body), at, self.of(point))
        raise FormulaError(f"SymPy has no counterpart of a {type(formula).__name__}: {formula}")

    def with_bound(self, variable: Symbol, at: Any) -> _Translation:
        return _Translation(self.domains, {**self.bound, variable: at})

    def inside(self, variable: Symbol, **known: bool) -> tuple[_Translation, Any]:
        at = sympy.Symbol(variable.name, **known)
        return self.with_bound(variable, at), at

    def symbol(self, symbol: Symbol) -> Any:
        if symbol in self.bound:
            return self.bound[symbol]
        domain = self.domains.get(symbol)
        return sympy.Symbol(symbol.name, **({} if domain is None else assumptions(domain)))

    def array(self, array: Array) -> Any:
        domain = self.domains.get(array)
        known = {} if domain is None else assumptions(domain)
        return sympy.IndexedBase(array.name, shape=tuple(map(self.of, array.sizes)), **known)

    def call(self, call: Call) -> Any:
        head = call.head
        if isinstance(head, Definition) or (head.name == "log" and len(call.args) == 2):
            body = meaning(call)
            assert body is not None
            return self.of(body)
        args = [self.of(arg) for arg in call.args]
        if not head.builtin:
            return sympy.Function(head.name)(*args)
        counts = hypergeometric_counts(head.name)
        if counts is not None:
            above, below = args[: counts[0]], args[counts[0] : -1]
            return sympy.hyper(above, below, args[-1], evaluate=False)
        if head.name in sympy_names.OTHERWISE:
            make = sympy_names.OTHERWISE[head.name]
            if make is None:
                raise FormulaError(f"SymPy has no counterpart of {head.name}: {call}")
            return make(*args)
        return sympy_names.CLASSES[head.name](*args, evaluate=False)


def _times(*factors: Any) -> Any:
    return sympy.Mul(*factors, evaluate=False)
