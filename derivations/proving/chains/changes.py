"""A change of variable in an integral: x = g(t) with g' of one sign between the ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivations.core.calculus import Derivative, Integral, Limit
from derivations.core.formula import Formula, FormulaError, Symbol, walk
from derivations.core.substitute import free_symbols, substitute
from derivations.proving.bounds import range_of
from derivations.proving.casework import plain
from derivations.proving.chains.alike import are_alike
from derivations.proving.chains.integrals import closed_between, is_continuous, limit_of
from derivations.proving.chains.limits import INFINITE, without_derivatives
from derivations.proving.chains.scales import NoGrowth
from derivations.proving.chains.spots import Spot, inside, rewritten_at
from derivations.proving.places import Sign
from derivations.proving.signs import sign_at


def by_substitution(
    before: Formula, after: Formula, old: Symbol, new: Formula, spot: Spot
) -> Iterator[tuple[Formula, Formula]]:
    """The lines with an integral over `old` in one of them written by the variable, between the
    ends, that an integral in the other has."""
    for one, two, swapped in ((before, after, False), (after, before, True)):
        for wanted in _integrals_over(two, new):

            def rule(node: Formula, here: Spot, wanted: Integral = wanted) -> Formula | None:
                if not isinstance(node, Integral) or node.variable != old or here is not spot:
                    return None
                return changed(node, new, wanted, here)

            line = rewritten_at(one, spot, rule, topmost=True)
            if line != one:
                yield (two, line) if swapped else (line, two)


def _integrals_over(line: Formula, new: Formula) -> Iterator[Integral]:
    """Integrals over a variable of the new formula, under its name."""
    free = free_symbols(new)
    for node in walk(line):
        if not isinstance(node, Integral):
            continue
        if node.variable in free:
            yield node
        elif len(free) == 1:
            (variable,) = free
            if variable not in free_symbols(node.body):
                body = substitute(node.body, {node.variable: variable})
                yield replace(node, body=body, variable=variable)


def changed(node: Integral, new: Formula, wanted: Integral, spot: Spot) -> Formula | None:
    """The integral as one over the variable and between the ends of `wanted`, or minus one.

    Between the ends g is differentiable with a derivative that is continuous and never 0, so that
    it is a bijection of the open intervals, and the integrals exist together; or all that occurs
    is continuous up to the ends.
    """
    t = wanted.variable
    if t in free_symbols(node) | free_symbols(wanted.lower) | free_symbols(wanted.upper):
        return None
    if node.variable in free_symbols(new):
        return None
    inner = inside(wanted, spot)
    assert inner is not None  # an integral
    slopes = set()
    slope: Formula | None = None
    for here in inner.places:
        if not is_continuous(new, t, here):
            return None
        try:
            slope = without_derivatives(Derivative(new, t), here)
        except NoGrowth:
            return None
        if not is_continuous(slope, t, here):
            return None
        slopes.add(sign_at(slope, here))
    if slope is None:
        return None
    try:
        body = substitute(node.body, {node.variable: new})
    except FormulaError:
        return None
    ends = (node.lower, node.upper)
    ways = [(ends, 1)]
    if len(slopes) == 1 and slopes <= {Sign.POSITIVE, Sign.NEGATIVE}:
        ways.append((ends[::-1], -1))
    elif not _is_continuous_along(node, new, slope, wanted, spot):
        return None
    for reached, sign in ways:
        if _reaches(new, wanted, wanted.lower, reached[0], spot) and _reaches(
            new, wanted, wanted.upper, reached[1], spot
        ):
            integrand = body * slope if sign > 0 else -(body * slope)
            return Integral(integrand, t, wanted.lower, wanted.upper)
    return None


def _is_continuous_along(
    node: Integral, new: Formula, slope: Formula, wanted: Integral, spot: Spot
) -> bool:
    """Whether g and g' are continuous up to the finite ends, and f wherever g leads: then the
    integral of f(g(t)) g'(t) is that of f from end to end, whatever way g takes."""
    if wanted.lower in INFINITE or wanted.upper in INFINITE:
        return False
    t = wanted.variable
    for here in spot.places:
        closed = closed_between(wanted, here)
        if closed is None:
            return False
        if not (is_continuous(new, t, closed) and is_continuous(slope, t, closed)):
            return False
        reached = range_of(plain(new), closed.box)
        if reached is None:
            return False
        along = here.inside(node.variable, reached, False)
        if not is_continuous(node.body, node.variable, along):
            return False
    return True


def _reaches(new: Formula, wanted: Integral, end: Formula, value: Formula, spot: Spot) -> bool:
    """Whether g tends to the value at an end of the new integral, from between its ends."""
    t = wanted.variable
    if end in INFINITE:
        try:
            found = limit_of(Limit(new, t, end), spot)
        except NoGrowth:
            return False
    else:
        # g is continuous at a finite end: its value there is its limit.
        at = Spot(
            spot.claim,
            tuple(here.inside(t, range_of(end, here.box), False) for here in spot.places),
            spot.hidden | {t},
        )
        if not all(is_continuous(new, t, here) for here in at.places):
            return False
        found = substitute(new, {t: end})
    if found is None:
        return False
    if value in INFINITE or found in INFINITE:
        return found == value
    return are_alike(found, value, spot)
