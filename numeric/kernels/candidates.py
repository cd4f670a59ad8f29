"""Rewritings of a derived formula that may keep their digits in float64: candidates, no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from typing import Final

from derivations.core.domain import Interval, Reals
from derivations.core.formula import Formula, FormulaError, Mul, Symbol, walk
from derivations.core.substitute import fresh_symbol, replaced, substitute
from numeric.accuracy.points import range_of
from numeric.accuracy.target import Target
from numeric.kernels.branches import two_sided
from numeric.kernels.cancelling import guarded
from numeric.kernels.conjugates import conjugated_on_each_side
from numeric.kernels.exponential_form import NoFormError, on_side
from numeric.kernels.exponents import complements, exponents_in_pairs, scaled_tails
from numeric.kernels.hyperbolic import in_hyperbolic_functions
from numeric.kernels.monomials import with_exponents_apart
from numeric.kernels.rests import powers_of_one, with_rests
from numeric.kernels.rewritings import (
    constants_outside,
    local_rewritings,
    reciprocal_far_out,
    squares_of_quotients,
)
from numeric.kernels.squares import split_squares

# How `on_side` writes polynomials.
_STYLES: Final = tuple(
    {"expanded": expanded, "rooted": rooted}
    for rooted in (True, False)
    for expanded in (True, False)
)


def candidates(target: Target, only: str = "") -> list[tuple[str, Formula]]:
    """Equals of the target's formula, with how they were found, each once; those of one recipe, if
    it is named."""
    found: dict[Formula, str] = {}
    for name, recipe in RECIPES:
        for formula in recipe(target) if only in {"", name} else ():
            found.setdefault(formula, name)
    return [(name, formula) for formula, name in found.items()]


def as_written(target: Target) -> Iterator[Formula]:
    """The sides of the claim as they stand."""
    yield from target.equals


def in_the_small_exponential(target: Target) -> Iterator[Formula]:
    """Branches on the sign of a variable, each in the exponential that is at most 1."""
    for variable, domain in _intervals(target):
        for style in _STYLES:
            with suppress(NoFormError, FormulaError):
                yield _on_domain(target, target.formula, variable, domain, style)
    compound = _compound(target)
    if compound is not None:
        inner, outer = compound
        for style in _STYLES:
            with suppress(NoFormError, FormulaError):
                found = _on_domain(target, outer, inner.symbol, Reals, style)
                yield substitute(found, {inner.symbol: inner.argument})


def in_one_exponential(target: Target) -> Iterator[Formula]:
    """The form of one side of 0 on the other one too: right as far as the exponential is finite."""
    seen: list[tuple[Symbol, Formula, Formula]] = [
        (variable, variable, target.formula) for variable, _ in _intervals(target)
    ]
    compound = _compound(target)
    if compound is not None:
        seen.append((compound[0].symbol, compound[0].argument, compound[1]))
    for variable, argument, formula in seen:
        distance = fresh_symbol(Symbol("w"), frozenset((*target.variables, variable)))
        for style, side in product(_STYLES, (1, -1)):
            with suppress(NoFormError, FormulaError):
                found = on_side(formula, variable, side, distance, **style)
                yield substitute(found, {distance: argument if side > 0 else -argument})


@dataclass(frozen=True, slots=True)
class _Inner:
    symbol: Symbol
    argument: Formula


def _compound(target: Target) -> tuple[_Inner, Formula] | None:
    """The formula as one of a product such as y*z, if that is all that its exponentials see."""
    products = {
        node
        for node in walk(target.formula)
        if isinstance(node, Mul) and all(isinstance(arg, Symbol) for arg in node.args)
    }
    if len(products) != 1:
        return None
    (product,) = products
    symbol = fresh_symbol(Symbol("u"), frozenset(target.variables))
    return _Inner(symbol, product), replaced(target.formula, product, symbol)


def rewritten_locally(target: Target) -> Iterator[Formula]:
    """Single places rewritten: logarithms near 1, squares in exponents, constants outside."""
    for variable, _ in _intervals(target):
        for formula in target.equals:
            with suppress(FormulaError):
                yield from local_rewritings(formula, variable)


def with_reciprocals(target: Target) -> Iterator[Formula]:
    """Far out in the reciprocal of the variable."""
    for variable, _ in _intervals(target):
        for formula in target.equals:
            with suppress(FormulaError):
                yield from reciprocal_far_out(formula, variable)


def as_a_quotient_where_terms_cancel(target: Target) -> Iterator[Formula]:
    """On each side of 0 in the variable's size, differences with roots as quotients."""
    for variable, domain in _intervals(target):
        for formula in target.equals if domain == Reals else ():
            with suppress(FormulaError):
                found = conjugated_on_each_side(formula, variable)
                if found is not None:
                    yield found


def as_a_product_of_hyperbolic_functions(target: Target) -> Iterator[Formula]:
    """Powers of tanh and 1/cosh, where the result is a product of these."""
    for variable, _ in _intervals(target):
        yield from in_hyperbolic_functions(target.formula, variable)


def precise_where_terms_cancel(target: Target) -> Iterator[Formula]:
    """What the first recipes find, once more in two doubles where a sum is small."""
    written = tuple(as_written(target))
    smaller = (change(f) for f in written for change in (constants_outside, squares_of_quotients))
    # Of one variable the root is one place, and forms that vanish there are found.
    one_sided = tuple(in_one_exponential(target)) if len(target.variables) > 1 else ()
    found = (*written, *in_the_small_exponential(target), *one_sided, *smaller)
    for formula in dict.fromkeys(found):
        yield from guarded(formula, target, cheap=formula in one_sided)


def with_exponents_in_two_doubles(target: Target) -> Iterator[Formula]:
    """What the first recipes find, with exponents in two doubles or squares in them split, and
    with the tails of erfc."""
    for formula in dict.fromkeys((*as_written(target), *in_the_small_exponential(target))):
        found = complements(formula)
        for changed in (found, scaled_tails(found)):
            split = (split_squares(changed, variable) for variable, _ in _intervals(target))
            for kept in (exponents_in_pairs(changed), *split):
                if kept != formula:
                    yield kept


def with_the_rests_of_exponents(target: Target) -> Iterator[Formula]:
    """What the first recipes find, with what the rounding of an exponent has lost."""
    for variable, _ in _intervals(target):
        for formula in dict.fromkeys((*as_written(target), *in_the_small_exponential(target))):
            powers = powers_of_one(formula)
            for changed in (with_rests(formula, variable), with_rests(powers, variable, far=True)):
                if changed not in (formula, powers):
                    yield changed


def _intervals(target: Target) -> Iterator[tuple[Symbol, Interval]]:
    for variable, domain in zip(target.variables, target.domains, strict=True):
        if isinstance(domain, Interval):
            yield variable, domain


def _on_domain(
    target: Target, formula: Formula, variable: Symbol, domain: Interval, style: dict[str, bool]
) -> Formula:
    """Both sides of 0, or the one in which the domain lies."""
    distance = fresh_symbol(Symbol("w"), frozenset((*target.variables, variable)))
    first, last = range_of(domain).ends
    sides = {
        side: on_side(formula, variable, side, distance, **style)
        for side, is_there in ((1, last > 0), (-1, first < 0))
        if is_there
    }
    right = sides.get(1, sides.get(-1))
    left = sides.get(-1, sides.get(1))
    assert right is not None
    assert left is not None
    return two_sided(right, left, variable, distance)


RECIPES: Final[tuple[tuple[str, Callable[[Target], Iterator[Formula]]], ...]] = (
    ("as it is derived", as_written),
    ("in the exponential that is at most 1", in_the_small_exponential),
    ("in one exponential", in_one_exponential),
    ("rewritten at single places", rewritten_locally),
    ("in the reciprocal far out", with_reciprocals),
    ("as a quotient where terms cancel", as_a_quotient_where_terms_cancel),
    ("in two doubles where terms cancel", precise_where_terms_cancel),
    ("with exponents in two doubles", with_exponents_in_two_doubles),
    ("with the rests of exponents", with_the_rests_of_exponents),
    ("in hyperbolic functions", as_a_product_of_hyperbolic_functions),
    ("with exponents apart", with_exponents_apart),
)
