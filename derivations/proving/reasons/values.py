"""Special values and the arithmetic of numbers, as far as a reader does them in the head."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isqrt, prod
from typing import Final

from derivations.core.calculus import Product, Sum
from derivations.core.conditions import And, Cases, Indicator, Not, Or
from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Call,
    Div,
    Formula,
    Mul,
    Neg,
    Pow,
    Q,
    Relation,
    as_formula,
    num,
    oo,
    pi,
)
from derivations.core.functions import Abs, Definition, exp, sign, sqrt
from derivations.core.meaning import meaning
from derivations.core.substitute import rewrite, substitute
from derivations.proving.reasons.lines import factors, joined_product, joined_sum, terms
from derivations.proving.similar import key, rational, similar

_MOST_TERMS = 24

_AT_ZERO: Final = {
    "exp": ONE, "sin": ZERO, "cos": ONE, "tan": ZERO, "sinh": ZERO, "cosh": ONE, "tanh": ZERO,
    "asin": ZERO, "acos": pi / 2, "atan": ZERO, "asinh": ZERO, "atanh": ZERO, "erf": ZERO,
    "erfc": ONE, "sqrt": ZERO, "Abs": ZERO, "sign": ZERO, "factorial": ONE,
}  # fmt: skip
_AT_ONE: Final = {
    "log": ZERO, "asin": pi / 2, "acos": ZERO, "atan": pi / 4, "acosh": ZERO, "gamma": ONE,
    "loggamma": ZERO,
}  # fmt: skip
_ODD: Final = {"sin", "tan", "sinh", "tanh", "asin", "atan", "asinh", "atanh", "erf", "sign"}
_EVEN: Final = {"cos", "cosh", "Abs"}
# Sine and cosine of multiples of pi, by the multiple modulo 2.
_SINES: Final = {
    Fraction(0): ZERO, Fraction(1, 6): Q(1, 2), Fraction(1, 4): 1 / sqrt(2),
    Fraction(1, 3): sqrt(3) / 2, Fraction(1, 2): ONE, Fraction(2, 3): sqrt(3) / 2,
    Fraction(3, 4): 1 / sqrt(2), Fraction(5, 6): Q(1, 2),
}  # fmt: skip

Decide = Callable[[Formula], "bool | None"]


def evaluated(formula: Formula, decide: Decide | None = None) -> Formula:
    """The formula with its special values taken and the arithmetic of numbers done.

    `decide` answers for conditions that numbers alone do not decide.

    >>> from derivations.core.formula import symbols
    >>> from derivations.core.functions import tanh
    >>> x, y = symbols("x y")
    >>> evaluated(x**0 * (1 - x) ** (num(1) - 0) + exp(0 * y) + tanh(0))
    -x + 2
    """
    answer = decide or (lambda condition: None)

    def rule(node: Formula) -> Formula | None:
        value = rational_value(node)
        if value is not None:
            new = as_formula(value)
            return None if new == node else new
        match node:
            case Add() | Neg(arg=Neg() | Add()):
                return _sum(node)
            case Mul() | Div() | Neg():
                return _product(node)
            case Pow():
                return _power(node)
            case Call(head=Definition()) if node.args and all(
                rational_value(arg) is not None for arg in node.args
            ):
                return _defined_value(node, rule)
            case Call():
                return special_value(node, answer)
            case Sum() | Product():
                return _series(node, rule)
            case Indicator(condition=condition):
                truth = decided(condition, answer)
                return None if truth is None else num(int(truth))
            case Cases():
                return _branch(node, answer)
        return None

    return rewrite(formula, rule)


def _defined_value(node: Call, rule: Callable[[Formula], Formula | None]) -> Formula | None:
    """sigma(0) is 1/2: a definition at numbers, where its value is a number."""
    body = meaning(node)
    value = None if body is None else rational_value(rewrite(body, rule))
    return None if value is None else as_formula(value)


def rational_value(node: Formula) -> Fraction | None:
    try:
        return rational(node)
    except (ZeroDivisionError, OverflowError):
        return None


def _sum(node: Formula) -> Formula | None:
    found = list(terms(node))
    kept = [t for t in found if rational_value(t) is None]
    numbers = [v for t in found if (v := rational_value(t)) is not None]
    total = sum(numbers, Fraction(0))
    if len(numbers) <= 1 and (not numbers or total):
        new = joined_sum(found)
    else:
        new = joined_sum([*kept, as_formula(total)] if total else kept)
    return None if new == node else new


def _product(node: Formula) -> Formula | None:
    coefficient, powers = factors(node)
    if coefficient == 0:
        return ZERO
    for index, (base, exponent) in enumerate(powers):
        if not isinstance(base, Call) or base.head != sign or exponent != ONE:
            continue
        if (base.args[0], ONE) in powers:  # x*sign(x) is |x|
            rest = [p for k, p in enumerate(powers) if k != index]
            rest[rest.index((base.args[0], ONE))] = (Abs(base.args[0]), ONE)
            return joined_product(coefficient, rest)
    if any(base == ZERO for base, _ in powers):
        return None  # a division by 0 stays to be seen
    if isinstance(node, Neg | Div) and coefficient in (1, -1) and len(powers) == 1:
        base, exponent = powers[0]
        if rational_value(exponent) == 1:
            new = base if coefficient == 1 else -base
            return None if new == node else new
        return None
    if isinstance(node, Mul) and any(rational_value(arg) is not None for arg in node.args):
        new = joined_product(abs(coefficient), powers)
        new = -new if coefficient < 0 else new
        return None if new == node else new
    if isinstance(node, Div) and rational_value(node.numerator) == 0:
        return None if rational_value(node.denominator) == 0 else ZERO  # 0/0 stays to be seen
    if isinstance(node, Div) and rational_value(node.denominator) == 1:
        return node.numerator
    return None


def _power(node: Pow) -> Formula | None:
    exponent = rational_value(node.exponent)
    if exponent == 0 or node.base == ONE:
        return ONE
    if exponent == 1:
        return node.base
    base = rational_value(node.base)
    if base is not None and exponent == Fraction(1, 2):
        return _root(base)
    if base == 0 and exponent is not None and exponent > 0:
        return ZERO
    return None


def _root(value: Fraction) -> Formula | None:
    if value < 0:
        return None
    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    if Fraction(top * top, bottom * bottom) == value:
        return as_formula(Fraction(top, bottom))
    return None


def special_value(node: Call, answer: Decide) -> Formula | None:
    """The value of a built-in at 0, 1, a number, a multiple of pi or the inverse's value."""
    head, args = node.head, node.args
    if not getattr(head, "builtin", False):
        return None
    u, value = args[0], rational_value(args[0])
    if head.name == "KroneckerDelta":
        truth = decided(Relation(u, "=", args[1]), answer)
        return None if truth is None else num(int(truth))
    if head.name in ("Max", "Min"):
        return _extreme(node, answer)
    if len(args) != 1:
        return ONE if head.name == "log" and similar(*args) else None
    if value == 0 and head.name in _AT_ZERO:
        return _AT_ZERO[head.name]
    if value == 1 and head.name in _AT_ONE:
        return _AT_ONE[head.name]
    if isinstance(u, Neg) and head.name in _ODD:
        value_there = special_value(Call(head, (u.arg,)), answer)
        return -(Call(head, (u.arg,)) if value_there is None else value_there)
    if isinstance(u, Neg) and head.name in _EVEN:
        value_there = special_value(Call(head, (u.arg,)), answer)
        return Call(head, (u.arg,)) if value_there is None else value_there
    match head.name:
        case "log" if isinstance(u, Call) and u.head == exp and rational_value(u.args[0]):
            return u.args[0]
        case "sqrt" if value is not None:
            return _root(value)
        case "Abs" | "sign":
            return _signed(head.name, u, answer)
        case "factorial" if value is not None and value.denominator == 1 and 0 <= value <= 20:
            return as_formula(_factorial(int(value)))
        case "gamma" if value is not None and value.denominator == 1 and 1 <= value <= 20:
            return as_formula(_factorial(int(value) - 1))
        case "gamma" if value is not None and value.denominator == 2 and 0 < value <= 20:
            # gamma(u + 1) = u*gamma(u), down to gamma(1/2).
            below = prod(Fraction(k, 2) for k in range(1, int(2 * value) - 1, 2))
            return sqrt(pi) if below == 1 else as_formula(Fraction(below)) * sqrt(pi)
        case "sin" | "cos":
            return _circular(head.name, u)
    return None


def _signed(name: str, u: Formula, answer: Decide) -> Formula | None:
    opposite = u.arg if isinstance(u, Neg) else -u
    if name == "Abs":
        if decided(u >= 0, answer):
            return u
        return opposite if decided(u <= 0, answer) else None
    if decided(u > 0, answer):
        return ONE
    return num(-1) if decided(u < 0, answer) else None


def _extreme(node: Call, answer: Decide) -> Formula | None:
    if len(node.args) != 2:
        return None
    a, b = node.args
    if node.head.name == "Min":
        a, b = b, a
    if decided(Relation(a, ">=", b), answer):
        return node.args[0]
    if decided(Relation(a, "<=", b), answer):
        return node.args[1]
    return None


def _circular(name: str, u: Formula) -> Formula | None:
    coefficient, powers = factors(u)
    if powers != [(pi, ONE)]:
        return None
    turn = (coefficient + (Fraction(1, 2) if name == "cos" else 0)) % 2
    value = _SINES.get(turn % 1)
    if value is None or turn < 1:
        return value
    return -value if value != ZERO else ZERO


def _factorial(n: int) -> int:
    return 1 if n < 2 else n * _factorial(n - 1)


def _series(node: Sum | Product, rule: Callable[[Formula], Formula | None]) -> Formula | None:
    low, high = rational_value(node.lower), rational_value(node.upper)
    if low is None or high is None or high - low >= _MOST_TERMS:
        return None
    values = [
        rewrite(substitute(node.body, {node.variable: num(k)}), rule)
        for k in range(int(low), int(high) + 1)
    ]
    if isinstance(node, Sum):
        return rewrite(joined_sum(values), rule)
    return rewrite(joined_product(Fraction(1), [(v, ONE) for v in values]), rule)


def _branch(node: Cases, answer: Decide) -> Formula | None:
    values, conditions = list(node.values), list(node.conditions)
    while conditions:
        truth = decided(conditions[0], answer)
        if truth is None:
            break
        if truth:
            return values[0]
        values.pop(0)
        conditions.pop(0)
    if not conditions and values:
        return values[0]
    if len(values) == len(node.values) or not values:
        return None
    return Cases(tuple(values), tuple(conditions))


def decided(condition: Formula, answer: Decide) -> bool | None:
    """Whether a condition holds: by numbers, by the two sides being one, or by the answer."""
    match condition:
        case Not(arg=arg):
            truth = decided(arg, answer)
            return None if truth is None else not truth
        case And(args=args):
            found = [decided(arg, answer) for arg in args]
            return False if False in found else None if None in found else True
        case Or(args=args):
            found = [decided(arg, answer) for arg in args]
            return True if True in found else None if None in found else False
        case Relation(lhs=lhs, rel=rel, rhs=rhs):
            if oo in (lhs, rhs):
                return answer(condition)
            difference = lhs - rhs
            value = rational_value(difference)
            if value is None and key(difference) == "0":
                value = Fraction(0)
            if value is not None:
                return holds(value, rel)
    return answer(condition)


def holds(value: Fraction, rel: str) -> bool:
    """Whether `value rel 0`."""
    return {
        "=": value == 0, "!=": value != 0, "<": value < 0, "<=": value <= 0,
        ">": value > 0, ">=": value >= 0,
    }[rel]  # fmt: skip
