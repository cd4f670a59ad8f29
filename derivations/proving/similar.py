"""When two formulas are the same to a reader: equal modulo order, sign and trivial units.

Sums and products are flattened into multisets, numeric coefficients multiplied, like terms and
equal factors merged; `x/y` is `x*y**(-1)`, `sqrt(x)` is `x**(1/2)`, `x**1` and `1*x` and `x + 0`
are `x`; a minus moves through products, quotients, sums and integer powers; bound variables may
be renamed; `sigma'(z)` is `D(sigma(z), z)`; `a > b` is `b < a`. Nothing is expanded, factored,
cancelled between sums or brought over a common denominator.

>>> from derivations.core.formula import symbols
>>> x, y = symbols("x y")
>>> similar(-(x - y) / 2, y / 2 * 1 - x / 2)
False
>>> similar(-(x - y), y - x), similar(x / (2 * y), x * y**-1 / 2)
(True, True)
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import prod
from typing import TypeAlias

from derivations.core.calculus import Derivative, Prime
from derivations.core.conditions import And, Or
from derivations.core.formula import (
    Add,
    Array,
    Call,
    Constant,
    Div,
    Formula,
    Item,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
)
from derivations.core.functions import sqrt
from derivations.core.substitute import bound_variable, canonical_names

# A factor is the text of its base and its exponent; a product is a sorted tuple of factors; a sum
# gives each product its rational coefficient; frozen, it is the sorted tuple of its terms.
_Frozen: TypeAlias = "tuple[tuple[_Product, Fraction], ...]"
_Product: TypeAlias = "tuple[tuple[str, _Frozen], ...]"
_Sum: TypeAlias = "dict[_Product, Fraction]"

_UNIT: _Product = ()
_ONE: _Frozen = ((_UNIT, Fraction(1)),)
_SYMMETRIC = frozenset({"KroneckerDelta", "Max", "Min"})
_MIRRORED = {">": "<", ">=": "<="}
_LARGEST_NUMERIC_EXPONENT = 64


def similar(a: Formula, b: Formula) -> bool:
    """Whether the trees are equal modulo order, sign, trivial units and bound names."""
    return a == b or key(a) == key(b)


@lru_cache(maxsize=8192)
def key(formula: Formula) -> str:
    """A text that similar formulas, and only they, share."""
    return _text(_flat(canonical_names(formula)))


@lru_cache(maxsize=8192)
def direction(formula: Formula) -> str:
    """The key up to a positive rational factor: `2*x - y` and `x - y/2` point one way."""
    form = _flat(canonical_names(formula))
    return _text(_scaled(form, 1 / abs(form[min(form)]))) if form else "0"


def rational(formula: Formula) -> Fraction | None:
    """The value of a formula of numbers alone: `-3/2`, `2**3`; None for any other.

    >>> from derivations.core.formula import Q
    >>> rational(1 - Q(5, 2))
    Fraction(-3, 2)
    """
    return _number(_flat(formula)) if _only_numbers(formula) else None


def _only_numbers(formula: Formula) -> bool:
    if isinstance(formula, Neg | Add | Mul | Div | Pow):
        return all(_only_numbers(part) for part in formula.parts)
    return isinstance(formula, Number)


def _number(form: _Sum) -> Fraction | None:
    if not form:
        return Fraction(0)
    return form[_UNIT] if len(form) == 1 and _UNIT in form else None


def _flat(formula: Formula) -> _Sum:
    return dict(_frozen(formula))


@lru_cache(maxsize=8192)
def _frozen(formula: Formula) -> _Frozen:
    return _freeze(_flatten(formula))


def _freeze(form: _Sum) -> _Frozen:
    return tuple(sorted(form.items()))


def _flatten(formula: Formula) -> _Sum:
    match formula:
        case Number(value=value):
            return {_UNIT: Fraction(value)} if value else {}
        case Neg(arg=arg):
            return {product: -c for product, c in _flat(arg).items()}
        case Add(args=args):
            return _added(_flat(arg) for arg in args)
        case Mul(args=args):
            return _multiplied([(_flat(arg), 1) for arg in args])
        case Div(numerator=top, denominator=bottom):
            return _multiplied([(_flat(top), 1), (_flat(bottom), -1)])
        case Pow(base=base, exponent=exponent):
            return _power(_flat(base), _flat(exponent))
        case Call(head=head, args=(arg,)) if head == sqrt:
            return _power(_flat(arg), {_UNIT: Fraction(1, 2)})
    return _atom(_node_text(formula))


def _atom(text: str) -> _Sum:
    return {((text, _ONE),): Fraction(1)}


def _added(forms: Iterable[_Sum]) -> _Sum:
    result: _Sum = {}
    for form in forms:
        for product, coefficient in form.items():
            value = result.pop(product, Fraction(0)) + coefficient
            if value:
                result[product] = value
    return result


def _scaled(form: _Sum, factor: Fraction) -> _Sum:
    return {product: c * factor for product, c in form.items()}


def _multiplied(factors: list[tuple[_Sum, int]]) -> _Sum:
    """The product of forms to powers 1 or -1; sums stay unexpanded, as factors."""
    if any(not form and power > 0 for form, power in factors):
        # 0/0 is no number, and 0 least of all.
        return _atom("0/0") if any(not form and power < 0 for form, power in factors) else {}
    others = [(form, power) for form, power in factors if not _number(form)]
    coefficient = Fraction(1)
    exponents: dict[str, _Sum] = {}
    for form, power in factors:
        number, split = _factors(form, power)
        coefficient *= number
        for base, exponent in split:
            exponents[base] = _added((exponents.get(base, {}), exponent))
    if len(others) == 1 and others[0][1] == 1 and len(others[0][0]) > 1:
        # A sum with a sign before it loses its brackets; a sum with another factor keeps them.
        numbers = [_number(form) ** power for form, power in factors if _number(form)]  # type: ignore[operator]
        scale = Fraction(prod(numbers))
        if abs(scale) == 1:
            return _scaled(others[0][0], scale)
    powers = ((base, _freeze(exponent)) for base, exponent in exponents.items() if exponent)
    return {tuple(sorted(powers)): coefficient}


def _factors(form: _Sum, power: int) -> tuple[Fraction, list[tuple[str, _Sum]]]:
    """A form to an integer power, as a coefficient and factors."""
    exponent = {_UNIT: Fraction(power)}
    if not form:
        return Fraction(1), [("0", exponent)]
    if len(form) > 1:
        sign = 1 if form[min(form)] > 0 else -1
        return Fraction(sign**power), [(_text(_scaled(form, Fraction(sign))), exponent)]
    ((product, coefficient),) = form.items()
    split = [(base, _scaled(dict(old), Fraction(power))) for base, old in product]
    return coefficient**power, split


def _power(base: _Sum, exponent: _Sum) -> _Sum:
    value = _number(exponent)
    if value is not None and value.denominator == 1 and abs(value) <= _LARGEST_NUMERIC_EXPONENT:
        if value == 1:
            return base
        if value == 0:
            return {_UNIT: Fraction(1)}
        if not base and value > 0:
            return {}
        coefficient, split = _factors(base, int(value))
        return {tuple(sorted((b, _freeze(e)) for b, e in split)): coefficient}
    if base == {_UNIT: Fraction(1)}:
        return base
    return {((_text(base), _freeze(exponent)),): Fraction(1)}


def _text(form: _Sum) -> str:
    match _freeze(form):
        case ():
            return "0"
        case ((product, Fraction(numerator=1, denominator=1)),) if [e for _, e in product] == [
            _ONE
        ]:
            return product[0][0]
        case ((product, coefficient),) if not product:
            return str(coefficient)
        case terms:
            return f"({' + '.join(_term_text(product, c) for product, c in terms)})"


def _term_text(product: _Product, coefficient: Fraction) -> str:
    powers = (base if e == _ONE else f"{base}^{_text(dict(e))}" for base, e in product)
    return "*".join((str(coefficient), *powers))


def _node_text(formula: Formula) -> str:
    match formula:
        case Symbol(name=name):
            return f"'{name}'"
        case Constant(name=name):
            return name
        case Array(name=name):
            return f"{name}[]"
        case Item(array=array, indices=indices):
            return f"{array.name}[{_list(indices)}]"
        case Call(head=head, args=args):
            texts = [_text(_flat(arg)) for arg in args]
            if head.name in _SYMMETRIC:
                texts.sort()
            return f"{head.name}({', '.join(texts)})"
        case Prime(head=head, point=Symbol() as point, order=order):
            return _node_text(Derivative(Call(head, (point,)), point, order))
        case Prime(head=head, point=point, order=order):
            return f"{head.name}{chr(39) * order}({_text(_flat(point))})"
        case Derivative(body=Derivative(body=body, variable=inner, order=one), order=two) if (
            inner == formula.variable
        ):
            return _node_text(Derivative(body, inner, one + two))
        case Derivative(body=Prime(head=head, point=point, order=one), variable=v, order=two) if (
            point == v
        ):
            return _node_text(Derivative(Call(head, (point,)), v, one + two))
        case Derivative(body=body, variable=variable, order=order):
            return f"D({_text(_flat(body))}, {_node_text(variable)}, {order})"
        case Relation(lhs=lhs, rel=rel, rhs=rhs):
            if rel in _MIRRORED:
                return _node_text(Relation(rhs, _MIRRORED[rel], lhs))
            sides = [_text(_flat(lhs)), _text(_flat(rhs))]
            if rel in ("=", "!="):
                sides.sort()
            return f"{sides[0]} {rel} {sides[1]}"
        case And(args=args) | Or(args=args):
            return f"{type(formula).__name__}({', '.join(sorted(map(_node_text, args)))})"
    side = getattr(formula, "side", "")
    bound = bound_variable(formula)
    name = "" if bound is None else bound.name
    return f"{type(formula).__name__}{side}[{name}]({_list(formula.parts)})"


def _list(formulas: tuple[Formula, ...]) -> str:
    return ", ".join(_text(_flat(f)) for f in formulas)
