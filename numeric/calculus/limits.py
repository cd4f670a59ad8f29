"""Limits: certified by expansions with bounded errors on a whole tail, and by mpmath.

The certified limit does not depend on how fast it is reached: x/(1 + x) has the leading term 1 and
an error that tends to 0, so its limit is 1 exactly; softsign(700) would be 1e-3 away.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from math import isqrt
from typing import Any, Final

import mpmath
from flint import arb

from derivations.core.calculus import Limit, Product, Sum
from derivations.core.conditions import Cases, Indicator
from derivations.core.formula import Add, Call, Div, Formula, Mul, Neg, walk
from derivations.core.functions import Definition
from numeric.balls.values import Indeterminate, Infinity, Undefined
from numeric.calculus.divergence import vanishes_at
from numeric.calculus.parts import EncloseParts, EvaluateParts
from numeric.exact import constants
from numeric.exact.constants import rational
from numeric.tails.expand import Walk
from numeric.tails.expansions import Expansion, Tail
from numeric.tails.functions import towards
from numeric.tails.growth import UNIT, Growth
from numeric.written import infinity_of

# Where the tail is cut (a power of 2), and how many terms of each series are kept.
_TRIES: Final = ((64, 3), (256, 6), (1024, 12))
# How fast the size grows with the point where a limit is infinite: as t**c with c not small, or as
# a power of log(t), where log(t) is doubled.
_AS_A_POWER: Final = 1.5
_AS_A_LOGARITHM: Final = 1.3


def enclose_limit(node: Limit, enclose: EncloseParts) -> arb | Infinity:
    """An enclosure of the limit; `Infinity(1)` or `Infinity(-1)` where it is oo or -oo.

    Supported are the elementary functions, definitions, derivatives, conditions, and integrals one
    of whose ends goes to infinity. Parameters have their values at the current point.

    Errors: `Undefined` where the limit certainly does not exist (two sides that differ),
    `Indeterminate` where it was not found.
    """
    sides = "+" if infinity_of(node.point) else node.side.replace("+-", "-+")
    values = [_one_sided(node, side, enclose) for side in sides]
    if len(values) == 1:
        return values[0]
    return _both_sides(node, values[0], values[1])


def _one_sided(node: Limit, side: str, enclose: EncloseParts) -> arb | Infinity:
    trouble: Indeterminate | None = None
    for bits, order, faster in (*((*each, False) for each in _TRIES), (*_TRIES[0], True)):
        tail = Tail(arb(2) ** bits, order)
        try:
            here = Walk(tail, enclose, {}, vanishes=_vanishing(node, enclose))
            here.places[node.variable] = _place(here, node.point, side, faster)
            return _limit_of(here.expand(node.body))
        except Indeterminate as error:
            trouble = trouble if faster else error
    if _never_settles(node, side, enclose):
        raise Undefined(f"{node} does not exist: it goes up and down for ever")
    raise Indeterminate(f"the limit {node} was not found: {trouble}")


def _vanishing(node: Limit, enclose: EncloseParts) -> Callable[[Formula], bool] | None:
    """Whether a formula is 0 at a finite point, asked where a ball about 0 does not tell."""
    if infinity_of(node.point):
        return None
    return lambda formula: vanishes_at(formula, node.variable, node.point, enclose)


def _never_settles(node: Limit, side: str, enclose: EncloseParts) -> bool:
    """Whether it is certainly c*sin(u) + r or c*cos(u) + r where u tends to infinity, |c| to no 0
    and r to a finite limit: sin(u) takes each of its values again and again.

    On whole numbers alone it may settle: `sin(pi*n)`. Nothing is said of sums up to there.
    """
    body = node.body
    if any(isinstance(part, Sum | Product) for part in walk(body)):
        return False
    tail = Tail(arb(2) ** _TRIES[0][0], _TRIES[0][1])
    try:
        here = Walk(tail, enclose, {})
        here.places[node.variable] = _place(here, node.point, side)
        terms = body.args if isinstance(body, Add) else (body,)
        waves = [term for term in terms if _wave_of(term, here) is not None]
        if len(waves) != 1:
            return False
        for term in terms:
            if term is not waves[0] and isinstance(_limit_of(here.expand(term)), Infinity):
                return False
        factors = _wave_of(waves[0], here)
        assert factors is not None
        size = tail.constant(rational(1))
        for factor, above in factors:
            value = here.expand(factor)
            size = tail.multiply(size, value if above else tail.inverse(value))
        growth, constant, _ = tail.leading(size)
        return growth.trend() >= 0 and constant.sign() != 0
    except (Indeterminate, Undefined):
        return False


def _wave_of(term: Formula, here: Walk) -> list[tuple[Formula, bool]] | None:
    """The other factors of c*sin(u), u tending to infinity, and whether they are above the line."""
    match term:
        case Neg(arg=arg):
            return _wave_of(arg, here)
        case Div(numerator=over, denominator=under):
            factors = _wave_of(over, here)
            return None if factors is None else [*factors, (under, False)]
        case Mul(args=args):
            for k, arg in enumerate(args):
                factors = _wave_of(arg, here)
                if factors is not None:
                    return [*factors, *((other, True) for other in (*args[:k], *args[k + 1 :]))]
        case Call(head=head, args=(u,)) if not isinstance(head, Definition):
            if head.name in {"sin", "cos"} and here.moves(u):
                return [] if towards(here.tail, here.expand(u)) else None
    return None


def _place(walk: Walk, point: Formula, side: str, faster: bool = False) -> Expansion:
    """The moving variable as a function of t -> oo: t, -t, a + 1/t or a - 1/t; with exp(t) instead
    of t where it goes `faster`, and logarithms of logarithms are logarithms."""
    tail, towards = walk.tail, infinity_of(point)
    rate = constants.rational(1 if towards else -1)
    grown = Expansion(((Growth(exponent=((Fraction(1), rate),)), constants.ONE),))
    if towards:
        moving = grown if faster else tail.variable()
        return moving if towards > 0 else tail.negative(moving)
    step = grown if faster else tail.variable(-1)
    centre = tail.constant(walk.constant(point))
    return tail.add(centre, step if side == "+" else tail.negative(step))


def _limit_of(expansion: Expansion) -> arb | Infinity:
    if not expansion.terms:
        if expansion.error is None or expansion.error.growth.trend() < 0:
            return arb(0)
        raise Indeterminate("the values stay bounded, and no more is known")
    growth, constant = expansion.terms[0]
    if growth != UNIT:
        if growth.trend() < 0:
            return arb(0)
        return Infinity(constant.sign())
    return constant.value


def _both_sides(node: Limit, left: arb | Infinity, right: arb | Infinity) -> arb | Infinity:
    if isinstance(left, Infinity) or isinstance(right, Infinity):
        if left == right:
            return left
    elif left.overlaps(right):
        return left.union(right)
    raise Undefined(f"the limits from the left and from the right differ in {node}")


def reference_limit(node: Limit, evaluate: EvaluateParts, digits: int) -> Any:
    """The limit as mpmath sees it: the value where two points, the one far out beyond the other,
    agree to `digits` digits; `mpmath.inf` or `-mpmath.inf` where the values grow beyond 10**digits.

    An estimate, not a proof. Errors: `Indeterminate` where the values do not settle (slowly
    convergent ones such as 1/log(x)), `Undefined` where two sides differ.
    """
    towards = infinity_of(node.point)
    sides = "+" if towards else node.side.replace("+-", "-+")
    if towards > 0 and any(isinstance(part, Sum | Product) for part in walk(node.body)):
        return _extrapolated(node, evaluate, digits)
    values = [_estimate(node, side, evaluate, digits) for side in sides]
    if len(values) == 2 and not _agree(values[0], values[1], digits):
        raise Undefined(f"the limits from the left and from the right differ in {node}")
    return values[0]


def _extrapolated(node: Limit, evaluate: EvaluateParts, digits: int) -> Any:
    """A limit of sums or products up to n, extrapolated from small n."""
    values = []
    for working in (digits + 10, 2 * digits + 20):
        with mpmath.workdps(working):

            def at(n: Any) -> Any:
                return evaluate(node.body, {node.variable: mpmath.mpf(n)})

            values.append(mpmath.limit(at, mpmath.inf))
    if not _agree(values[0], values[1], digits):
        raise Indeterminate(f"mpmath's extrapolation of {node} does not settle")
    return values[1]


def _estimate(node: Limit, side: str, evaluate: EvaluateParts, digits: int) -> Any:
    towards = infinity_of(node.point)

    def value_at(t: Any, working: int, faster: bool = False) -> Any:
        with mpmath.workdps(working):
            if faster:
                x = towards * mpmath.exp(t) if towards else mpmath.exp(-t)
                x = -x if not towards and side == "-" else x
            elif towards:
                x = towards * mpmath.mpf(t)
            else:
                x = evaluate(node.point, {}) + (1 if side == "+" else -1) / mpmath.mpf(t)
            return evaluate(node.body, {node.variable: x})

    # What is reached exponentially is reached at moderate points, and only there can the working
    # digits make good what cancels: 1 - tanh(t) is exp(-2*t), and 0 at any t far out.
    if not any(isinstance(part, Indicator | Cases) for part in walk(node.body)):
        gaussian = isqrt(3 * digits) + 2
        for t, working in ((gaussian, digits + 2 * gaussian**2), (3 * digits, 13 * digits)):
            near = [value_at(t, working), value_at(t + t // 4, 2 * working)]
            if _agree(near[0], near[1], digits):
                return mpmath.mpf(near[1])
    previous: list[Any] = []
    # 1/t reaches `digits` digits at the first, t**(-1/2) at the second, t**(-1/10) at the last.
    for exponent in (digits + 5, 2 * digits + 10, 4 * digits + 20, 12 * digits + 60):
        value = value_at(mpmath.mpf(10) ** exponent, digits + 3 * exponent)
        if len(previous) >= 1 and _agree(previous[-1], value, digits):
            return mpmath.mpf(value)
        previous.append(value)
        if len(previous) == 2 and abs(value) > max(10**digits, abs(previous[0]) ** _AS_A_POWER):
            break  # as a power of t
    sizes = [abs(value) for value in previous]
    if all(2 * a < b for a, b in pairwise(sizes)) and sizes[-1] > 10**digits:
        return mpmath.inf if mpmath.re(previous[-1]) > 0 else -mpmath.inf
    if towards or evaluate(node.point, {}) == 0:
        # Logarithms of logarithms settle at points that are exp(t) away, or grow as log(t).
        far = [10 ** (digits * k) for k in (1, 2, 4)]
        nested = [value_at(mpmath.mpf(t), 5 * digits * (k + 1), True) for k, t in enumerate(far)]
        if _agree(nested[1], nested[2], digits):
            return mpmath.mpf(nested[2])
        if all(_AS_A_LOGARITHM * abs(a) < abs(b) for a, b in pairwise(nested)):
            return mpmath.inf if mpmath.re(nested[-1]) > 0 else -mpmath.inf
    raise Indeterminate(f"the values of {node} do not settle to {digits} digits")


def _agree(one: Any, two: Any, digits: int) -> bool:
    if mpmath.isinf(one) or mpmath.isinf(two):
        return bool(one == two)
    with mpmath.workdps(digits + 10):
        return bool(abs(one - two) <= mpmath.mpf(10) ** -digits * max(1, abs(one)))
