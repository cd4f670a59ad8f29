"""A formula as plain text, in the notation of a claims file.

Python's precedence decides the brackets, so the text, read as Python over the same names, builds
the same tree: `a - (b - c)`, `(-x)**2`, `x*(y*z)`.
"""

from __future__ import annotations

from typing import Final

from derivations.core.calculus import (
    Derivative,
    Integral,
    Limit,
    Prime,
    Product,
    Subs,
    Sum,
)
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
    Number,
    Pow,
    Relation,
    Symbol,
    oo,
)
from derivations.core.matrix import Entry, Family, Matmul, Transpose
from derivations.core.special_functions import hypergeometric_counts

# How tightly a node binds, loosest first.
_RELATION, _SUM, _SIGN, _PRODUCT, _POWER, _ATOM = range(6)

_LEVEL: Final[dict[type[Formula], int]] = {
    Relation: _RELATION,
    And: _RELATION,
    Or: _RELATION,
    Not: _RELATION,
    Add: _SUM,
    Neg: _SIGN,
    Mul: _PRODUCT,
    Div: _PRODUCT,
    Matmul: _PRODUCT,
    Pow: _POWER,
}


def to_text(formula: Formula) -> str:
    """The formula as one line of plain text."""
    match formula:
        case Number(value=value):
            return str(value)
        case Constant(name=name) | Symbol(name=name) | Array(name=name) | Family(latex=name):
            return name
        case Item(array=array, indices=indices):
            return f"{array.name}[{_list(indices)}]"
        case Neg(arg=arg):
            return f"-{_at(arg, _PRODUCT)}"
        case Add(args=(first, *rest)):
            return _at(first, _SIGN) + "".join(_term(term) for term in rest)
        case Mul(args=(first, *rest)):
            return "*".join((_at(first, _PRODUCT), *(_at(f, _POWER) for f in rest)))
        case Div(numerator=numerator, denominator=denominator):
            return f"{_at(numerator, _PRODUCT)}/{_at(denominator, _POWER)}"
        case Pow(base=base, exponent=exponent):
            return f"{_at(base, _ATOM)}**{_at(exponent, _ATOM)}"
        case Call(head=head, args=args):
            counts = hypergeometric_counts(head.name)
            if counts is not None:
                above, below = args[: counts[0]], args[counts[0] : -1]
                return f"hyper({_tuple(above)}, {_tuple(below)}, {to_text(args[-1])})"
            return f"{head.name}({_list(args)})"
        case Prime(head=head, point=point, order=order):
            return f"{head.name}{chr(39) * order}({to_text(point)})"
        case Derivative(body=body, variable=variable, order=order):
            by = to_text(variable) if order == 1 else f"({to_text(variable)}, {order})"
            return f"Derivative({to_text(body)}, {by})"
        case Integral(body=body, variable=v, lower=a, upper=b):
            return f"Integral({to_text(body)}, ({v}, {a}, {b}))"
        case Sum(body=body, variable=v, lower=a, upper=b):
            return f"Sum({to_text(body)}, ({v}, {a}, {b}))"
        case Product(body=body, variable=v, lower=a, upper=b):
            return f"Product({to_text(body)}, ({v}, {a}, {b}))"
        case Limit(body=body, variable=v, point=point, side=side):
            # At an infinite point there is one side only.
            sided = "" if side == "+-" and point in (oo, Neg(oo)) else f", {side!r}"
            return f"Limit({to_text(body)}, {v}, {point}{sided})"
        case Subs(body=body, variable=v, point=point):
            return f"Subs({to_text(body)}, {v}, {point})"
        case Relation(lhs=lhs, rel=rel, rhs=rhs):
            return f"{_at(lhs, _SUM)} {rel} {_at(rhs, _SUM)}"
        case And(args=args) | Or(args=args):
            return f"{type(formula).__name__}({', '.join(map(_condition, args))})"
        case Not(arg=arg):
            return f"Not({_condition(arg)})"
        case Indicator(condition=condition):
            return f"Indicator({_condition(condition)})"
        case Cases(values=values, conditions=conditions):
            tests = (*map(_condition, conditions), *["True"] * (len(values) - len(conditions)))
            branches = (f"({to_text(v)}, {c})" for v, c in zip(values, tests, strict=True))
            return f"Piecewise({', '.join(branches)})"
        case Transpose(arg=arg):
            return f"{_at(arg, _ATOM)}.T"
        case Matmul(left=left, right=right):
            return f"{_at(left, _PRODUCT)} @ {_at(right, _POWER)}"
        case Entry(tensor=tensor, indices=indices):
            return f"{_at(tensor, _ATOM)}[{_list(indices)}]"
    raise FormulaError(f"no text for a {type(formula).__name__}")


def _condition(formula: Formula) -> str:
    """Inside a formula an equation is `Eq(a, b)`, as Python has no operator for it."""
    if isinstance(formula, Relation) and formula.rel == "=":
        return f"Eq({to_text(formula.lhs)}, {to_text(formula.rhs)})"
    return to_text(formula)


def _at(formula: Formula, level: int) -> str:
    text = to_text(formula)
    return text if _LEVEL.get(type(formula), _ATOM) >= level else f"({text})"


def _term(term: Formula) -> str:
    if isinstance(term, Neg):
        return f" - {_at(term.arg, _PRODUCT)}"
    return f" + {_at(term, _PRODUCT)}"


def _list(formulas: tuple[Formula, ...]) -> str:
    return ", ".join(to_text(f) for f in formulas)


def _tuple(formulas: tuple[Formula, ...]) -> str:
    return f"({_list(formulas)},)" if len(formulas) == 1 else f"({_list(formulas)})"
