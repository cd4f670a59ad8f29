"""One formula put for another: a part, some terms of a sum, some factors of a product."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from derivations.core.calculus import Derivative, Prime
from derivations.core.formula import (
    Add,
    Call,
    Formula,
    FormulaError,
    Neg,
    Number,
    Symbol,
    as_formula,
    mul,
    num,
)
from derivations.proving.reasons.lines import (
    factors,
    joined_product,
    joined_sum,
    terms,
    without_common,
)
from derivations.proving.reasons.values import rational_value
from derivations.proving.similar import key, similar


def replaced_modulo(line: Formula, old: Formula, new: Formula) -> Formula:
    """Every occurrence of `old` replaced: a part similar to it, terms of a sum, factors of a
    product. The claim holds for all values of its variables, so a bound one is replaced too."""
    wanted = key(old)

    def replace(node: Formula) -> Formula:
        if key(node) == wanted:
            return new
        if isinstance(node, Prime) and (further := _derived(node, old, new)) is not None:
            return further
        inside = terms_replaced(node, old, new) or factors_replaced(node, old, new)
        if inside is not None:
            rest, put = inside
            return put(replace(rest))
        if not node.parts or (isinstance(node, Neg) and isinstance(old, Neg)):
            return node
        parts = tuple(replace(part) for part in node.parts)
        if parts == node.parts:
            return node
        try:
            return node.rebuilt(parts)
        except FormulaError:
            return node

    return replace(line)


def _derived(node: Prime, old: Formula, new: Formula) -> Formula | None:
    """f'' where the claim is about f': the derivative of what f' is."""
    if not isinstance(old, Prime) or old.head != node.head or old.point != node.point:
        return None
    if not isinstance(node.point, Symbol) or node.order <= old.order:
        return None
    return Derivative(new, node.point, node.order - old.order)


# What is left of a node, and what puts the new part back beside it.
Found: TypeAlias = "tuple[Formula, Callable[[Formula], Formula]]"


def terms_replaced(node: Formula, old: Formula, new: Formula) -> Found | None:
    if not isinstance(node, Add):
        return None
    many, wanted = list(terms(node)), list(terms(old))
    if len(wanted) < 2 or len(many) <= len(wanted):
        return None
    for turned, value in ((wanted, new), ([-t for t in wanted], -new)):
        rest, missing = without_common(many, turned)
        if not missing:
            return joined_sum(rest), partial(_added, value)
    return None


def factors_replaced(node: Formula, old: Formula, new: Formula) -> Found | None:
    if isinstance(node, Number | Symbol | Add | Call):
        return None
    coefficient, wanted = factors(old)
    if not wanted or (len(wanted) == 1 and coefficient == 1 and wanted[0][1] == num(1)):
        return None
    scale, powers = factors(node)
    rest = list(powers)
    for base, exponent in wanted:
        for index, (other, power) in enumerate(rest):
            if similar(base, other):
                left = _lowered(power, exponent)
                if left is None:
                    continue
                rest[index : index + 1] = [] if left == num(0) else [(other, left)]
                break
        else:
            return None
    remaining = joined_product(scale / coefficient, rest)
    return remaining, partial(mul, right=new)


def _added(value: Formula, rest: Formula) -> Formula:
    return joined_sum([*terms(rest), *terms(value)])


def _lowered(power: Formula, by: Formula) -> Formula | None:
    """The exponent that is left, where `by` is contained in the power."""
    if similar(power, by):
        return num(0)
    one, two = rational_value(power), rational_value(by)
    if one is None or two is None:
        return None
    contained = 0 < two <= one or one <= two < 0
    return as_formula(Fraction(one - two)) if contained else None
