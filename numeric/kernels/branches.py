"""One formula from the forms for x >= 0 and for x < 0, different only where these differ."""

from __future__ import annotations

from derivations.core.conditions import Cases, cases
from derivations.core.formula import (
    Add,
    Call,
    Div,
    Formula,
    Mul,
    Neg,
    Relation,
    Symbol,
    num,
)
from derivations.core.functions import Abs, Max, Min, exp, sign
from derivations.core.substitute import free_symbols, rewrite, substitute
from numeric.kernels.signs import is_plain


def two_sided(right: Formula, left: Formula, variable: Symbol, distance: Symbol) -> Formula:
    """`right` for variable >= 0 and `left` for variable < 0, where `distance` is |variable|.

    Maxima, minima and signs are preferred to cases: code without branches is faster.

    >>> from derivations.core.formula import symbols
    >>> w, z = symbols("w z")
    >>> two_sided(1 / (1 + exp(-w)), exp(-w) / (1 + exp(-w)), z, w)
    exp(Min(z, 0))/(1 + exp(-Abs(z)))
    """
    joined = _Merge(variable, distance).of(right, left)
    return _constant_outside(substitute(joined, {distance: Abs(variable)}))


def leaves_chosen(formula: Formula) -> Formula:
    """The formula with each choice between two terms of one shape made in their leaves, where what
    they share is then computed once.

    >>> from derivations.core.formula import symbols
    >>> x, y, z = symbols("x y z")
    >>> leaves_chosen(cases((x + y * z, Relation(z, "<", num(0))), (y + x * z, None)))
    Piecewise((x, z < 0), (y, True)) + z*Piecewise((y, z < 0), (x, True))
    """

    def chosen(node: Formula) -> Formula | None:
        match node:
            case Cases(values=(first, second), conditions=(test,)):
                return _in_leaves(first, second, test)
        return None

    return rewrite(formula, chosen)


def _in_leaves(first: Formula, second: Formula, test: Formula) -> Formula:
    if first == second:
        return first
    if isinstance(first, Add) and isinstance(second, Add):
        (plain, rest), (other_plain, other_rest) = map(_exact_terms, (first, second))
        if plain and other_plain and len(rest) == len(other_rest) == 1:
            exact = _in_leaves(_sum(plain), _sum(other_plain), test)
            return exact + _in_leaves(rest[0], other_rest[0], test)
    for factor in (f for f in _factors(first) if f in _factors(second)):
        if first != factor != second:
            return factor * _in_leaves(_without(first, factor), _without(second, factor), test)
    return cases((first, test), (second, None))


def _exact_terms(total: Add) -> tuple[list[Formula], list[Formula]]:
    """Those of the terms that are variables and numbers, and the others."""
    plain = [term for term in total.args if is_plain(term)]
    return plain, [term for term in total.args if not is_plain(term)]


def _sum(terms: list[Formula]) -> Formula:
    return terms[0] if len(terms) == 1 else Add(tuple(terms))


def _constant_outside(formula: Formula) -> Formula:
    """c*a + c*b as c*(a + b)."""
    match formula:
        case Add(args=(Mul(args=(c, *first)), Mul(args=(d, *second)))) if c == d:
            if not free_symbols(c):
                sides = (
                    rest[0] if len(rest) == 1 else Mul(tuple(rest)) for rest in (first, second)
                )
                return c * Add(tuple(sides))
    return formula


class _Merge:
    def __init__(self, variable: Symbol, distance: Symbol) -> None:
        self.variable = variable
        self.distance = distance

    def of(self, right: Formula, left: Formula) -> Formula:
        if right == left:
            return right
        simple = self.without_branch(right, left)
        if simple is not None:
            return simple
        here, there = right.parts, left.parts
        if type(right) is type(left) and len(here) == len(there) and _same_node(right, left):
            unlike = [k for k, (a, b) in enumerate(zip(here, there, strict=True)) if a != b]
            if len(unlike) == 1:
                k = unlike[0]
                return right.rebuilt((*here[:k], self.of(here[k], there[k]), *here[k + 1 :]))
        for whole, part, swap in ((right, left, False), (left, right, True)):
            if isinstance(whole, Add) and whole.args[1:] == (part,):  # w + f and f
                ends = (num(0), whole.args[0]) if swap else (whole.args[0], num(0))
                return Add((self.of(*ends), part))
        test = Relation(self.variable, "<", num(0))
        for factor in (f for f in _factors(left) if f in _factors(right)):
            return factor * self.of(_without(right, factor), _without(left, factor))
        return cases((left, test), (right, None))

    def without_branch(self, right: Formula, left: Formula) -> Formula | None:
        z, w, zero = self.variable, self.distance, num(0)
        known = {
            (w, zero): Max(z, zero),
            (zero, w): Max(-z, zero),
            (-w, zero): Min(-z, zero),
            (zero, -w): Min(z, zero),
        }
        if (right, left) in known:
            return known[right, left]
        if isinstance(left, Call) and left.head == exp and right == num(1):
            return exp(self.of(zero, left.args[0]))
        if isinstance(right, Call) and right.head == exp and left == num(1):
            return exp(self.of(right.args[0], zero))
        if left == Neg(right) or right == Neg(left):
            return sign(z) * right
        scaled = _scaled(right, left)
        return None if scaled is None else scaled[0] * self.of(*scaled[1:])


def _scaled(right: Formula, left: Formula) -> tuple[Formula, Formula, Formula] | None:
    """The constant factor of -c*w or -w/c, where the other side is 0."""
    for side, other in ((right, left), (left, right)):
        inner = side.arg if isinstance(side, Neg) else side
        if isinstance(inner, Div):
            inner = Mul((num(1) / inner.denominator, inner.numerator))
        if other == num(0) and isinstance(inner, Mul) and len(inner.args) == 2:
            factor, rest = inner.args
            moved = -rest if isinstance(side, Neg) else rest
            return (factor, moved, other) if side is right else (factor, other, moved)
    return None


def _factors(formula: Formula) -> tuple[Formula, ...]:
    """The factors of a formula, but for its sign and for numbers."""
    inner = formula.arg if isinstance(formula, Neg) else formula
    factors = inner.args if isinstance(inner, Mul) else (inner,)
    return tuple(factor for factor in factors if free_symbols(factor))


def _without(product: Formula, factor: Formula) -> Formula:
    inner = product.arg if isinstance(product, Neg) else product
    factors = list(inner.args) if isinstance(inner, Mul) else [inner]
    factors.remove(factor)
    whole = num(1) if not factors else factors[0] if len(factors) == 1 else Mul(tuple(factors))
    return -whole if isinstance(product, Neg) else whole


def _same_node(one: Formula, two: Formula) -> bool:
    if isinstance(one, Cases):
        return False
    if isinstance(one, Call) and isinstance(two, Call):
        return one.head == two.head
    return isinstance(one, Add | Mul) or one.rebuilt(two.parts) == two
