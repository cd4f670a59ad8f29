"""Equations about sums, products and families of polynomials, by induction on a whole number.

An equation `A(n) U(n) + B(n) = 0`, where A has no zero, gives U(n) = -B(n)/A(n). It holds for all
n >= n0 if it holds at n0 (and n0 + 1), and if putting this for U(n) (and U(n + 1)) into

    U(n + 1) = U(n) + t(n + 1),        for a sum to n,
    U(n + 1) = U(n) * t(n + 1),        for a product,
    U(n + 2) = a(n) U(n + 1) + b(n) U(n),    for a family with a recurrence,

makes the equation at the next n true. All that the equation demands must hold for every n, or not
depend on n: no step of the ladder may be missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from derivations.core.calculus import Derivative, Product, Sum
from derivations.core.formula import ONE, ZERO, Call, Formula, FormulaError, Symbol, num, walk
from derivations.core.substitute import free_symbols, fresh_symbol, replaced, substitute
from derivations.proving.bounds import is_integer
from derivations.proving.demands import demands
from derivations.proving.families import FAMILIES, recurrence_of
from derivations.proving.field import Field
from derivations.proving.places import Place, Sign
from derivations.proving.quick_signs import quick_sign
from derivations.proving.rebuild import formula_of, formula_of_polynomial
from derivations.proving.relations import reduced

Equal: TypeAlias = "Callable[[Formula, Formula, Place], bool]"
MOST_UNKNOWNS: Final = 3


@dataclass(frozen=True, slots=True)
class _Unknown:
    """U(n), the order of its recurrence, and U(n + order) by the earlier ones."""

    node: Formula
    order: int


def holds_by_induction(lhs: Formula, rhs: Formula, here: Place, equal: Equal) -> bool:
    """Whether lhs = rhs follows by induction, wherever both are defined on the place.

    `equal(left, right, place)` proves the equations without the unknown.
    """
    difference = lhs - rhs
    if any(isinstance(node, Derivative) for node in walk(difference)):
        return False
    for n in sorted(free_symbols(difference), key=lambda s: s.name):
        least = _least(n, here)
        if least is None or not _is_free_to_climb(lhs, rhs, n, here):
            continue
        for unknown in list(_unknowns(difference, n, here))[:MOST_UNKNOWNS]:
            try:
                if _climbs(difference, unknown, n, least, here, equal):
                    return True
            except FormulaError:
                continue
    return False


def _least(n: Symbol, here: Place) -> int | None:
    r = here.box.ranges.get(n)
    if n not in here.box.integers or r is None or r.low is None or r.high is not None:
        return None
    if any(n in free_symbols(fact) for fact, _ in here.facts):
        return None
    return int(r.low.p) if r.low.q == 1 else None


def _is_free_to_climb(lhs: Formula, rhs: Formula, n: Symbol, here: Place) -> bool:
    """Whether what the sides demand holds for every n, or does not depend on n."""
    for demand in (*demands(lhs, here), *demands(rhs, here)):
        if demand.wanted is Sign.IMPOSSIBLE:
            return False
        if n not in free_symbols(demand.formula):
            continue
        sign = quick_sign(demand.formula, demand.here)
        if sign is Sign.IMPOSSIBLE or sign not in demand.wanted:
            return False
    return True


def _unknowns(difference: Formula, n: Symbol, here: Place) -> Iterator[_Unknown]:
    for node in dict.fromkeys(walk(difference)):
        match node:
            case (
                Sum(body=body, lower=lower, upper=upper)
                | Product(body=body, lower=lower, upper=upper)
            ):
                shift = _shift(upper, n)
                if shift is None or n in free_symbols(body) | free_symbols(lower):
                    continue
                first, least = Field().fractional(lower)[0].constant, _least(n, here)
                if first is None or least is None or first.denominator != 1:
                    continue
                # The sum to n0 is empty at most: it grows by one term at every step.
                if least + shift >= first - 1:
                    yield _Unknown(node, 1)
            case Call(head=head, args=(index, *_)) if head.name in FAMILIES:
                shift, least = _shift(index, n), _least(n, here)
                rest = [s for arg in node.args[1:] for s in free_symbols(arg)]
                if shift is None or least is None or n in rest or least + shift < 0:
                    continue
                if is_integer(index, here.box):
                    yield _Unknown(node, 2)


def _shift(formula: Formula, n: Symbol) -> int | None:
    """c of n + c."""
    c = Field().fractional(formula - n)[0].constant
    return int(c) if c is not None and c.denominator == 1 else None


def _next(node: Formula, n: Symbol, before: list[Formula]) -> Formula:
    """U(n + order) from U(n), U(n + 1) ..."""
    match node:
        case Sum(body=body, variable=k, upper=upper):
            return before[0] + substitute(body, {k: upper + 1})
        case Product(body=body, variable=k, upper=upper):
            return before[0] * substitute(body, {k: upper + 1})
        case Call(head=head, args=(index, *more)):
            recurrence = recurrence_of(head.name, tuple(more))
            assert recurrence is not None
            a, b = recurrence.step(formula_of(Field().fractional(index + 1)[0]))
            return a * before[1] + b * before[0]
    raise FormulaError(f"{node} has no next member")


def _climbs(
    difference: Formula, unknown: _Unknown, n: Symbol, least: int, here: Place, equal: Equal
) -> bool:
    node, order = unknown.node, unknown.order
    u = fresh_symbol(Symbol("u"), free_symbols(difference))
    form = replaced(difference, node, u)
    if any(
        isinstance(part, type(node)) and n in free_symbols(part) and _like(part, node)
        for part in walk(form)
    ):
        return False  # another member of the same ladder is left
    solved = _solved(form, u, here)
    if solved is None:
        return False
    for start in range(least, least + order):
        at = {n: num(start)}
        if not equal(substitute(difference, at), ZERO, here):
            return False
    before = [substitute(solved, {n: n + k}) if k else solved for k in range(order)]
    after = substitute(form, {n: n + order})
    return equal(substitute(after, {u: _next(node, n, before)}), ZERO, here)


def _like(one: Formula, two: Formula) -> bool:
    if isinstance(one, Call) and isinstance(two, Call):
        return one.head == two.head and one.args[1:] == two.args[1:]
    return (
        isinstance(one, Sum | Product) and isinstance(two, Sum | Product) and one.body == two.body
    )


def _solved(form: Formula, u: Symbol, here: Place) -> Formula | None:
    """-B/A for the equation A u + B = 0, where A has no zero."""
    normal = Field().fractional(form)[0]
    if u not in normal.atoms:
        return None
    i = normal.atoms.index(u)
    if any(u in free_symbols(atom) for k, atom in enumerate(normal.atoms) if k != i):
        return None
    if int(normal.numerator.degrees()[i]) != 1 or int(normal.denominator.degrees()[i]):
        return None
    context = normal.numerator.context()
    terms = [(tuple(int(e) for e in powers), c) for powers, c in normal.numerator.terms()]
    slope = context.from_dict({(*p[:i], 0, *p[i + 1 :]): c for p, c in terms if p[i]})
    rest = context.from_dict({p: c for p, c in terms if not p[i]})
    a = reduced(formula_of_polynomial(slope, normal.atoms))
    if quick_sign(a, here) & Sign.ZERO:
        return None
    return (
        -formula_of_polynomial(rest, normal.atoms) / a
        if a != ONE
        else -formula_of_polynomial(rest, normal.atoms)
    )
