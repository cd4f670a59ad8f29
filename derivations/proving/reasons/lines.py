"""Two lines of a derivation, read as a reader does: without brackets that change nothing, taken
apart into terms and factors, and narrowed to where they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from derivations.core.calculus import Derivative, Prime
from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Call,
    Div,
    Formula,
    FormulaError,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    as_formula,
    num,
    walk,
)
from derivations.core.functions import Definition, Head, cosh, sinh, tanh
from derivations.core.meaning import meaning, unfolded
from derivations.core.substitute import rewrite, same_up_to_bound_names
from derivations.proving.similar import rational, similar


def notation(formula: Formula) -> Formula:
    """One notation for derivatives: `sigma'(z)` as `D(sigma(z), z)`, `D(D(f, z), z)` as
    `D(f, (z, 2))`."""

    def rule(node: Formula) -> Formula | None:
        match node:
            case Prime(head=head, point=Symbol() as point, order=order):
                return Derivative(Call(head, (point,)), point, order)
            case Derivative(body=Derivative(body=body, variable=inner, order=one)):
                if inner == node.variable:
                    return Derivative(body, inner, one + node.order)
        return None

    return rewrite(formula, rule)


def unbracketed(formula: Formula) -> Formula:
    """The formula without brackets inside sums and inside products, a minus before products.

    >>> from derivations.core.formula import symbols
    >>> a, b, c = symbols("a b c")
    >>> unbracketed(a - (b - c)), unbracketed(a * (-(b * c)))
    (a - b + c, -a*b*c)
    """
    return rewrite(notation(formula), _without_brackets)


def _without_brackets(node: Formula) -> Formula | None:
    if isinstance(node, Add | Mul | Div | Pow):
        # 1 - 0 is 1: numbers alone are calculated without a word.
        value = rational(node)
        if value is not None and value.denominator == 1:
            return as_formula(value)
    match node:
        case Neg(arg=Neg(arg=arg)):
            return arg
        case Neg(arg=Number(value=0)):
            return ZERO
        case Add():
            return _sum(list(terms(node)))
        case Neg(arg=Add() as inner):
            return _sum([_negative(term) for term in terms(inner)])
        case Mul(args=args) if any(isinstance(arg, Neg | Mul) for arg in args):
            negative = False
            bare: list[Formula] = []
            for arg in args:
                factor = arg
                if isinstance(factor, Neg):
                    negative, factor = not negative, factor.arg
                bare.extend(factor.args if isinstance(factor, Mul) else (factor,))
            product = Mul(tuple(bare))
            return Neg(product) if negative else product
        case Div(numerator=top, denominator=Neg(arg=bottom)):
            return _negative(top / bottom)
    return None


def _negative(term: Formula) -> Formula:
    return term.arg if isinstance(term, Neg) else Neg(term)


def _sum(parts: list[Formula]) -> Formula:
    return parts[0] if len(parts) == 1 else Add(tuple(parts))


def terms(formula: Formula) -> Iterator[Formula]:
    """The terms of a sum with their signs, brackets opened; a formula that is no sum is one."""
    match formula:
        case Add(args=args):
            for arg in args:
                yield from terms(arg)
        case Neg(arg=Add() | Neg() as arg):
            for term in terms(arg):
                yield _negative(term)
        case _:
            yield formula


def factors(formula: Formula) -> tuple[Fraction, list[tuple[Formula, Formula]]]:
    """A product as its rational coefficient and its powers, `(base, exponent)`; x/y has y**(-1)."""
    value = rational(formula)
    if value is not None:
        return value, []
    match formula:
        case Neg(arg=arg):
            coefficient, powers = factors(arg)
            return -coefficient, powers
        case Mul(args=args):
            return _joined(factors(arg) for arg in args)
        case Div(numerator=top, denominator=bottom):
            below, powers = factors(bottom)
            inverse = [(base, _negative_exponent(e)) for base, e in powers]
            if below == 0:
                return Fraction(1), [(formula, ONE)]
            return _joined([factors(top), (1 / below, inverse)])
        case Pow(base=base, exponent=exponent) if rational(base) is None:
            return Fraction(1), [(base, exponent)]
    return Fraction(1), [(formula, ONE)]


def _negative_exponent(exponent: Formula) -> Formula:
    value = rational(exponent)
    return as_formula(-value) if value is not None else _negative(exponent)


def _joined(
    many: Iterable[tuple[Fraction, list[tuple[Formula, Formula]]]],
) -> tuple[Fraction, list[tuple[Formula, Formula]]]:
    coefficient, powers = Fraction(1), []
    for number, found in many:
        coefficient *= number
        powers.extend(found)
    return coefficient, powers


def joined_product(coefficient: Fraction, powers: Iterable[tuple[Formula, Formula]]) -> Formula:
    """A product from its coefficient and powers."""
    result: Formula | None = None if coefficient == 1 else as_formula(coefficient)
    for base, exponent in powers:
        factor = base if exponent == ONE else Pow(base, exponent)
        result = factor if result is None else result * factor
    return ONE if result is None else result


def joined_sum(parts: Iterable[Formula]) -> Formula:
    """A sum from its terms; the empty one is 0."""
    found = list(parts)
    return _sum(found) if found else ZERO


def same_lines(a: Formula, b: Formula) -> bool:
    """One tree up to brackets, the place of a minus and the names of bound variables."""
    if same_up_to_bound_names(a, b):
        return True
    return same_up_to_bound_names(unbracketed(a), unbracketed(b))


def only_unfolded(a: Formula, b: Formula) -> bool:
    """Whether the lines differ by definitions unfolded or folded, and nothing else."""
    heads = {
        node.head
        for line in (a, b)
        for node in walk(line)
        if isinstance(node, Call)
        and (isinstance(node.head, Definition) or node.head in (tanh, sinh, cosh))
    }
    try:
        return bool(heads) and same_lines(unfolded(a, *heads), unfolded(b, *heads))
    except FormulaError:
        return False


def without_common(
    one: list[Formula], two: list[Formula], same: Callable[[Formula, Formula], bool] = similar
) -> tuple[list[Formula], list[Formula]]:
    """Two multisets without what they share."""
    rest = list(two)
    left = []
    for item in one:
        for other in rest:
            if same(item, other):
                rest.remove(other)
                break
        else:
            left.append(item)
    return left, rest


def occurrences(formula: Formula, heads: tuple[Head, ...]) -> int:
    """How often the heads are called, or differentiated at a point; log(u) is no log(u, b)."""
    return sum(
        isinstance(n, Prime) or meaning(n) is not None
        for n in walk(formula)
        if isinstance(n, Call | Prime) and n.head in heads
    )


def size(formula: Formula) -> int:
    return sum(1 for _ in walk(formula))


def contains(formula: Formula, kind: type[Formula] | tuple[type[Formula], ...]) -> bool:
    return any(isinstance(node, kind) for node in walk(formula))


def expanded(formula: Formula) -> Formula:
    """Products of sums and positive integer powers of sums multiplied out, outside of binders."""
    match formula:
        case Add():
            return joined_sum(t for arg in formula.args for t in terms(expanded(arg)))
        case Neg(arg=arg):
            return joined_sum(_negative(t) for t in terms(expanded(arg)))
        case Div(numerator=top, denominator=bottom):
            parts = (_negative(t.arg / bottom) if isinstance(t, Neg) else t / bottom
                     for t in terms(expanded(top)))  # fmt: skip
            return joined_sum(parts)
        case Pow(base=base, exponent=Number(value=n)) if 2 <= n <= 6:
            return expanded(Mul((base,) * n))
        case Mul(args=args):
            products: list[Formula] = [num(1)]
            for arg in args:
                products = [p * t for p in products for t in terms(expanded(arg))]
                if len(products) > 400:
                    return formula
            return joined_sum(products)
    return formula
