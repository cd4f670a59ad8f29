"""Angles: exact bounds in units of pi, and their exponentials by radicals.

    exp(i atan u) = (1 + i u) / sqrt(1 + u**2),      exp(i asin u) = sqrt(1 - u**2) + i u,
    exp(i atan2(y, x)) = (x + i y) / sqrt(x**2 + y**2),    acos u = pi/2 - asin u.

Two real formulas are equal when the exponentials of i times them are, and they differ by less
than 2 pi. Bounds by multiples of pi are exact, so that open and closed ends are told apart.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import floor
from typing import Final, TypeAlias

from flint import fmpq

from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Call,
    Div,
    Formula,
    I,
    Mul,
    Neg,
    Number,
    Q,
    Symbol,
    pi,
    walk,
)
from derivations.core.formula import Pow as Power
from derivations.core.functions import Function, atan
from derivations.core.special_functions import FUNCTIONS
from derivations.proving import ranges
from derivations.proving.bounds import range_of
from derivations.proving.field import Field
from derivations.proving.images import CONSTANTS
from derivations.proving.places import Place, Sign
from derivations.proving.ranges import Range
from derivations.proving.rebuild import formula_of

INVERSE_CIRCULAR: Final = frozenset({"atan", "asin", "acos", "atan2", "arg"})
SignOf: TypeAlias = "Callable[[Formula, Place], Sign]"

_HALF: Final = fmpq(1, 2)
_WIDE: Final = Range(fmpq(-1), fmpq(1), True)
_PI: Final = CONSTANTS["pi"]


def has_angles(formula: Formula) -> bool:
    return any(
        isinstance(node, Call) and node.head.name in INVERSE_CIRCULAR for node in walk(formula)
    )


def range_in_pi(formula: Formula, here: Place, sign: SignOf) -> Range | None:
    """All values of a real formula divided by pi; None where they may not be real."""
    match formula:
        case Neg(arg):
            inner = range_in_pi(arg, here, sign)
            return None if inner is None else ranges.negated(inner)
        case Add(args):
            total: Range | None = ranges.point(0)
            for arg in args:
                inner = range_in_pi(arg, here, sign)
                total = None if inner is None or total is None else ranges.plus(total, inner)
            return total
        case Mul() | Div():
            found = _multiple(formula, here, sign)
            if found is not None:
                return found
        case Call(head=head, args=args) if head.name in INVERSE_CIRCULAR:
            return _inverse(head.name, args, here, sign)
    if formula == pi:
        return ranges.point(1)
    values = range_of(formula, here.box)
    if values is None:
        return None
    found = ranges.times(values, ranges.reciprocal(_PI))
    if isinstance(formula, Symbol):
        found = _by_facts(formula, found, here)
    return found


def _multiple(formula: Formula, here: Place, sign: SignOf) -> Range | None:
    """A rational multiple of one term, or pi times something without it."""
    over = Field().fractional(formula / pi)[0]
    without = formula_of(over)
    if pi not in walk(without):
        return range_of(without, here.box)
    normal = Field().fractional(formula)[0]
    if len(normal.numerator) != 1 or not normal.denominator.is_constant():
        return None
    ((powers, coefficient),) = normal.numerator.terms()
    atoms = [a for a, n in zip(normal.atoms, powers, strict=True) for _ in range(int(n))]
    c = ranges.point(fmpq(coefficient) / fmpq(normal.denominator.leading_coefficient()))
    if len(atoms) != 1:
        return None
    inner = range_in_pi(atoms[0], here, sign)
    return None if inner is None else ranges.times(c, inner)


def _inverse(name: str, args: tuple[Formula, ...], here: Place, sign: SignOf) -> Range | None:
    values = [range_of(arg, here.box) for arg in args]
    if any(v is None for v in values) and name != "arg":
        return None
    u, real = values[0], range_of(Call(FUNCTIONS[name], args), here.box)
    if name in ("asin", "acos") and not is_in_unit(args[0], here, sign):
        return None
    match name:
        case "atan" if u is not None:
            whole = Range(-_HALF, _HALF, True, True)
            sign_of = args[0]
        case "asin" if u is not None:
            whole = Range(-_HALF, _HALF)
            sign_of = args[0]
        case "acos" if u is not None:
            # acos(u) = pi/2 - asin(u)
            asin_range = _signed(Range(-_HALF, _HALF), args[0], here, sign)
            return ranges.plus(ranges.point(Fraction(1, 2)), ranges.negated(asin_range))
        case "arg":
            return _WIDE if u is None else Range(fmpq(0), fmpq(1))
        case "atan2":
            return _quadrant(args[0], args[1], here, sign)
        case _:
            return None
    found = _signed(whole, sign_of, here, sign)
    if real is not None:
        inner = ranges.times(real, ranges.reciprocal(_PI))
        found = ranges.intersection(found, inner) or found
    return found


def _signed(whole: Range, u: Formula, here: Place, sign: SignOf) -> Range:
    """The half of a symmetric range that the sign of the argument leaves."""
    return _half_of(whole, sign(u, here))


def _half_of(whole: Range, sign: Sign) -> Range:
    zero = fmpq(0)
    if sign is Sign.POSITIVE:
        return Range(zero, whole.high, True, whole.high_open)
    if sign is Sign.NEGATIVE:
        return Range(whole.low, zero, whole.low_open, True)
    if sign in Sign.NONNEGATIVE:
        return Range(zero, whole.high, False, whole.high_open)
    if sign in Sign.NONPOSITIVE:
        return Range(whole.low, zero, whole.low_open, False)
    return whole


def _quadrant(y: Formula, x: Formula, here: Place, sign: SignOf) -> Range:
    """atan2(y, x): above the axis 0 to 1, below it -1 to 0; to the right within a half."""
    up, right = sign(y, here), sign(x, here)
    quarter = fmpq(1, 2)
    if right is Sign.POSITIVE:
        return _half_of(Range(-quarter, quarter, True, True), up)
    if right in Sign.NONNEGATIVE:
        return _half_of(Range(-quarter, quarter), up)
    if up is Sign.POSITIVE:
        low = quarter if right in Sign.NONPOSITIVE else fmpq(0)
        return Range(low, fmpq(1), low == 0 or right is Sign.NEGATIVE, True)
    if up is Sign.NEGATIVE:
        high = -quarter if right in Sign.NONPOSITIVE else fmpq(0)
        return Range(fmpq(-1), high, True, high == 0 or right is Sign.NEGATIVE)
    if up in Sign.NONNEGATIVE:
        return Range(
            quarter if right is Sign.NEGATIVE else fmpq(0), fmpq(1), right is Sign.NEGATIVE, False
        )
    return _WIDE


def _by_facts(symbol: Symbol, found: Range, here: Place) -> Range:
    """What is said of a symbol minus a multiple of pi."""
    for fact, known in here.facts:
        c = Field().fractional((symbol - fact) / pi)[0].constant
        side = 1
        if c is None:
            c = Field().fractional((symbol + fact) / pi)[0].constant
            side = -1
        if c is None:
            continue
        told = known if side > 0 else known.opposite
        at = fmpq(c.numerator, c.denominator)
        if told in Sign.NONNEGATIVE:
            found = ranges.intersection(found, Range(at, None, told is Sign.POSITIVE)) or found
        elif told in Sign.NONPOSITIVE:
            half = Range(None, at, True, told is Sign.NEGATIVE)
            found = ranges.intersection(found, half) or found
    return found


def is_in_unit(u: Formula, here: Place, sign: SignOf) -> bool:
    """Whether u is certainly real and in [-1, 1], where the arcsine is real."""
    values = range_of(u, here.box)
    if values is None:
        return False
    low, high = values.low, values.high
    if low is not None and high is not None and low >= -1 and high <= 1:
        return True
    return sign(ONE - u**2, here) in Sign.NONNEGATIVE


def by_quadrant(y: Formula, x: Formula, sign: Callable[[Formula], Sign]) -> Formula | None:
    """atan2(y, x) by the arctangent; None where the quadrant is not known."""
    up, right = sign(y), sign(x)
    if right is Sign.POSITIVE:
        return ZERO if up is Sign.ZERO else atan(y / x)
    if right is Sign.NEGATIVE and up in Sign.NONNEGATIVE:
        return pi if up is Sign.ZERO else atan(y / x) + pi
    if right is Sign.NEGATIVE and up is Sign.NEGATIVE:
        return atan(y / x) - pi
    if up is Sign.POSITIVE:
        return pi / 2 if right is Sign.ZERO else pi / 2 - atan(x / y)
    if up is Sign.NEGATIVE:
        return -(pi / 2) if right is Sign.ZERO else -(pi / 2) - atan(x / y)
    return None


def composition(call: Call, here: Place, sign: SignOf) -> Formula | None:
    """asin(sin(v)), atan2(sin(v), cos(v)) and the like, by the half turn in which v lies."""
    match call:
        case Call(head=Function(name=outer, builtin=True), args=(Call(head=inner, args=(v,)),)):
            pair = outer, inner.name
        case Call(
            head=Function(name="atan2", builtin=True),
            args=(
                Call(head=Function(name="sin"), args=(v,)),
                Call(head=Function(name="cos"), args=(w,)),
            ),
        ) if v == w:
            pair = "atan2", "sin"
        case _:
            return None
    if pair not in _COMPOSITIONS:
        return None
    start, width, offset = _COMPOSITIONS[pair]
    values = range_in_pi(v, here, sign)
    if values is None or values.low is None or values.high is None:
        return None
    n = floor(Fraction(int(values.low.p), int(values.low.q)) - start)
    if offset == 2 and n % 2:
        n -= 1
    low, high = fmpq(start.numerator, start.denominator) + n, None
    high = low + width
    if values.low < low or values.high > high:
        return None
    if pair[0] == "atan":
        at_low = values.low == low and not values.low_open
        if at_low or (values.high == high and not values.high_open):
            return None
        return v - n * pi
    if pair[0] == "atan2":
        if values.low == low and not values.low_open:
            return None
        return v - n * pi
    if pair == ("asin", "sin"):
        return v - n * pi if n % 2 == 0 else n * pi - v
    down = v - n * pi if n % 2 == 0 else (n + 1) * pi - v  # acos(cos(v))
    if pair == ("acos", "cos"):
        return down
    if pair == ("asin", "cos"):
        return pi / 2 - down
    up = v - n * pi if n % 2 == 0 else n * pi - v  # asin(sin(v))
    return pi / 2 - up


# Where the inner function is undone: from `start` in half turns, for how many, and the period.
_COMPOSITIONS: Final = {
    ("asin", "sin"): (Fraction(-1, 2), 1, 1),
    ("acos", "sin"): (Fraction(-1, 2), 1, 1),
    ("acos", "cos"): (Fraction(0), 1, 1),
    ("asin", "cos"): (Fraction(0), 1, 1),
    ("atan", "tan"): (Fraction(-1, 2), 1, 1),
    ("atan2", "sin"): (Fraction(-1), 2, 2),
}


def sign_of_wave(name: str, u: Formula, here: Place, sign: SignOf) -> Sign:
    """The signs of sin(u) or cos(u), by the half turns in which u lies."""
    values = range_in_pi(u, here, sign)
    if values is not None and name == "cos":
        values = ranges.plus(values, ranges.point(Fraction(1, 2)))
    if values is None or values.low is None or values.high is None:
        return Sign.UNKNOWN
    start = floor(Fraction(int(values.low.p), int(values.low.q)))
    if values.high > start + 1:
        return Sign.REAL
    found = Sign.POSITIVE if start % 2 == 0 else Sign.NEGATIVE
    at_low = values.low == start and not values.low_open
    at_high = values.high == start + 1 and not values.high_open
    return found | Sign.ZERO if at_low or at_high else found


def exponential_of_angle(
    name: str, args: tuple[Formula, ...], c: Fraction, here: Place, sign: SignOf
) -> Formula | None:
    """exp(i c angle) for a whole number c or half of one; None where nothing is known."""
    u = args[0]
    n = c * 2
    if n.denominator != 1:
        return None
    if name != "arg" and any(range_of(arg, here.box) is None for arg in args):
        return None
    if name == "asin" and not is_in_unit(u, here, sign):
        return None
    if name == "atan":
        cosine = 1 / Power(ONE + u**2, Q(1, 2))
        unit, back = (1 + I * u) * cosine, (1 - I * u) * cosine
        if c.denominator == 1 and c % 2 == 0:
            return _power((1 + I * u) / (1 - I * u), int(c) // 2)
    elif name == "asin":
        cosine = Power(ONE - u**2, Q(1, 2))
        unit, back = cosine + I * u, cosine - I * u
    elif name == "atan2":
        x, square = args[1], u**2 + args[1] ** 2
        if c.denominator != 1 or sign(square, here) is not Sign.POSITIVE:
            return None
        length = Power(square, Q(1, 2))
        cosine = x / length
        unit, back = (x + I * u) / length, (x - I * u) / length
    else:
        return None
    if c.denominator == 1:
        return _power(unit if c > 0 else back, abs(int(c)))
    # exp(i t / 2) = (1 + exp(i t)) / sqrt(2 + 2 cos t) for |t| < pi.
    below = Power(2 + 2 * cosine, Q(1, 2))
    half = (1 + (unit if c > 0 else back)) / below
    return _power(half, abs(int(n)))


def _power(base: Formula, n: int) -> Formula:
    return base if n == 1 else Power(base, Number(n)) if n >= 0 else 1 / Power(base, Number(-n))
