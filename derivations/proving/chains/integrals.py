"""Integrals: whether they exist, and their value by an antiderivative."""

from __future__ import annotations

from collections.abc import Callable

from derivations.core.calculus import Derivative, Integral, Limit
from derivations.core.formula import ZERO, Call, Formula, FormulaError, Neg, Symbol, oo, pi
from derivations.core.functions import erf, exp, sqrt
from derivations.core.substitute import free_names, free_symbols, substitute
from derivations.proving import ranges
from derivations.proving.bounds import range_of
from derivations.proving.casework import plain
from derivations.proving.chains.alike import are_alike
from derivations.proving.chains.antiderivatives import antiderivative
from derivations.proving.chains.asymptotics import Growth
from derivations.proving.chains.laurent import laurent
from derivations.proving.chains.limits import INFINITE, at_infinity, limit_value
from derivations.proving.chains.scales import Behaviour, NoGrowth
from derivations.proving.chains.spots import Spot, between, half_lines, inside, is_defined
from derivations.proving.continuity import is_continuous as continuous_on
from derivations.proving.field import Field
from derivations.proving.places import Place, Sign
from derivations.proving.ranges import LINE, Range
from derivations.proving.rebuild import formula_of
from derivations.proving.signs import sign_at
from derivations.proving.smooth import has_no_kink

Known = Callable[[Limit, Spot], "Formula | None"]


def exists(node: Integral, here: Place) -> bool:
    """Whether the integral certainly exists at each point of the place: the integrand is
    continuous between the ends and at the finite ones, and falls off at the infinite ones.

    Errors: `NoGrowth`, `Undecided` from the infinite ends.
    """
    closed = closed_between(node, here)
    if closed is None or not is_continuous(node.body, node.variable, closed):
        return False
    for end in (node.lower, node.upper):
        if end in INFINITE:
            _, growth, moved = at_infinity(node.body, node.variable, end, "+", here)
            if not _falls_off(growth, growth.of(moved)):
                return False
    return True


def _falls_off(growth: Growth, found: Behaviour) -> bool:
    """Whether scale * (c + o(1)) has an integral up to infinity: like t**p with p < -1."""
    scale = found.scale
    if scale.exponent:
        return growth.sign(scale.exponent[0][1]) < 0
    side = growth.sign(scale.power + 1)
    return side < 0 or (side == 0 and scale.logs < -1)


def closed_between(node: Integral, here: Place) -> Place | None:
    """Between the ends, the finite ones included."""
    spans = [LINE if e in INFINITE else range_of(e, here.box) for e in (node.lower, node.upper)]
    low, high = spans
    if low is None or high is None or not _are_defined((node.lower, node.upper), here):
        return None
    both = ranges.hull(low, high)
    return here.inside(node.variable, Range(both.low, both.high), False)


def _are_defined(ends: tuple[Formula, ...], here: Place) -> bool:
    return all(end in INFINITE or is_defined(end, here) for end in ends)


def is_continuous(formula: Formula, variable: Symbol, here: Place) -> bool:
    """Defined and differentiable, hence continuous, in the variable at each point of the place."""
    formula = plain(formula)
    return is_defined(formula, here) and has_no_kink(formula, variable, here)


def by_antiderivative(node: Integral, F: Formula, spot: Spot, known: Known) -> Formula | None:
    """F(b) - F(a), with the values of limits at infinite ends, where F' is the integrand between
    the ends and F is continuous up to the finite ones; None where that is not proved.

    The integrand is continuous between the ends, so that F' = f is enough on each inner interval.
    """
    variable = node.variable
    inner = Spot(
        spot.claim,
        tuple(between(variable, node.lower, node.upper, p) for p in spot.places),
        spot.hidden | {variable},
    )
    if not all(is_continuous(node.body, variable, p) for p in inner.places):
        return None
    if not all(has_no_kink(F, variable, p) and is_defined(F, p) for p in inner.places):
        return None
    if not are_alike(Derivative(F, variable), node.body, inner):
        return None
    values: list[Formula] = []
    for end in (node.upper, node.lower):
        if end in INFINITE:
            value = known(Limit(F, variable, end), spot)
        elif all(
            _continues(F, variable, node, end, p) or _is_continuous_up_to(F, node, p)
            for p in spot.places
        ):
            value = substitute(F, {variable: end})
        else:
            value = _value_beside(F, node, end, spot, known)
        if value is None or value in INFINITE:
            return None
        values.append(value)
    return values[0] - values[1]


def _value_beside(
    F: Formula, node: Integral, end: Formula, spot: Spot, known: Known
) -> Formula | None:
    """The limit of F at an end from between the ends, where it is known which end is above."""
    order = sign_of_difference(node, spot)
    if order is None:
        return None
    side = "-" if (end == node.upper) == (order > 0) else "+"
    return known(Limit(F, node.variable, end, side), spot)


def sign_of_difference(node: Integral, spot: Spot) -> int | None:
    """1 where the upper end is above the lower one at each point, -1 where it is below."""
    if node.lower == INFINITE[1] or node.upper == INFINITE[0]:
        return 1
    if node.lower in INFINITE or node.upper in INFINITE:
        return None
    signs = [sign_at(node.upper - node.lower, p) for p in spot.places]
    if all(sign is Sign.POSITIVE for sign in signs):
        return 1
    return -1 if all(sign is Sign.NEGATIVE for sign in signs) else None


def _continues(F: Formula, variable: Symbol, node: Integral, end: Formula, here: Place) -> bool:
    """Whether F is continuous at a finite end."""
    at = range_of(end, here.box)
    if at is None or not is_defined(end, here):
        return False
    there = here.inside(variable, at, False)
    beside = half_lines(variable, (end,), here)
    return is_continuous(F, variable, Place(there.box, (*there.facts, *beside)))


def _is_continuous_up_to(F: Formula, node: Integral, here: Place) -> bool:
    """Whether F is continuous between two finite ends, which belong to the range."""
    t = node.variable
    if node.lower in INFINITE or node.upper in INFINITE:
        return False
    if not _are_defined((node.lower, node.upper), here):
        return False
    inner = between(t, node.lower, node.upper, here)
    values = inner.box.ranges.get(t)
    if values is None:
        return False
    closed = inner.narrowed(t, Range(values.low, values.high))
    facts = tuple((f, s | Sign.ZERO if t in free_symbols(f) else s) for f, s in inner.facts)
    return continuous_on(F, Place(closed.box, facts))


def moving_end(node: Derivative, spot: Spot) -> Formula | None:
    """The derivative of an integral by a variable of its ends alone: f(b)*b' - f(a)*a'."""
    body, x = node.body, node.variable
    if not isinstance(body, Integral) or not isinstance(x, Symbol) or node.order != 1:
        return None
    if x in free_symbols(body.body) - {body.variable} or x == body.variable:
        return None
    result: Formula = ZERO
    # Beyond each end too: the end moves to both sides of where it is.
    around = inside(node, spot)
    assert around is not None  # a derivative
    for place in around.places:
        wide = closed_between(body, place)
        if wide is None or not is_continuous(body.body, body.variable, wide):
            return None
        try:
            if not exists(body, place):
                return None
        except NoGrowth:
            return None
    for end, sign in ((body.upper, 1), (body.lower, -1)):
        if end in INFINITE or x not in free_symbols(end):
            continue
        if not all(has_no_kink(end, x, p) and is_defined(end, p) for p in around.places):
            return None
        try:
            rate = substitute(body.body, {body.variable: end})
        except FormulaError:
            return None
        if end != x:
            rate = rate * Derivative(end, x)
        term = rate if sign > 0 else -rate
        result = term if result == ZERO else result + term
    return result


def limit_of(node: Limit, spot: Spot) -> Formula | None:
    """The value of a limit that is the same formula at all places of the spot."""
    values = [limit_value(node, p) for p in spot.places]
    return values[0] if all(v == values[0] for v in values) else None


def known_limit(node: Limit, spot: Spot) -> Formula | None:
    """The same; None where the rules do not tell it."""
    try:
        return limit_of(node, spot)
    except NoGrowth:
        return None


def limit_of_integral(node: Limit, spot: Spot) -> Formula | None:
    """The limit of an integral as its end tends to infinity: the integral up to there, if that
    exists."""
    body, x = plain(node.body), node.variable
    if not isinstance(body, Integral) or node.point not in INFINITE:
        return None
    if x in free_symbols(body.body) - {body.variable} or body.variable == x:
        return None
    ends = [node.point if end == x else end for end in (body.lower, body.upper)]
    if tuple(ends) == (body.lower, body.upper) or any(x in free_symbols(e) for e in ends):
        return None
    lower, upper = ends
    # From one infinity to the other, wherever the moving end is.
    line = Integral(body.body, body.variable, Neg(oo), oo)
    half = Integral(body.body, body.variable, lower, upper)
    reached = line if {lower, upper} <= set(INFINITE) else half
    try:
        if not all(exists(reached, p) for p in spot.places):
            return None
    except NoGrowth:
        return None
    return ZERO if lower == upper else half


def gaussian_value(node: Integral, spot: Spot) -> Formula | None:
    """The integral of exp of a quadratic polynomial that falls off, by the error function."""
    try:
        body = Field().fractional(plain(node.body))[0]
    except FormulaError:
        return None
    t = node.variable
    moving = [atom for atom in body.atoms if t in free_names(atom)]
    if len(moving) != 1 or not (isinstance(moving[0], Call) and moving[0].head == exp):
        return None
    power = moving[0]
    assert isinstance(power, Call)
    at = body.atoms.index(power)
    degrees = {int(powers[at]) for powers in body.numerator.monoms()}
    if degrees != {1} or int(body.denominator.degrees()[at]):
        return None
    exponents = laurent(power.args[0], t)
    if exponents is None or not exponents.keys() <= {0, 1, 2} or 2 not in exponents:
        return None
    a, b, c = -exponents[2], exponents.get(1, ZERO), exponents.get(0, ZERO)
    if not all(sign_at(a, p) is Sign.POSITIVE for p in spot.places):
        return None
    factor = formula_of(body) / power
    root = sqrt(a)
    middle = root * t - b / (2 * root)
    F = factor * exp(c + b**2 / (4 * a)) * (sqrt(pi) / (2 * root)) * erf(middle)
    return by_antiderivative(node, F, spot, known_limit)


def value_by_guess(node: Integral, spot: Spot) -> Formula | None:
    """The integral by an antiderivative that is guessed, and proved to be one."""
    F = antiderivative(plain(node.body), node.variable)
    return None if F is None else by_antiderivative(node, F, spot, known_limit)
