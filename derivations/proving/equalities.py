"""Ways to prove that two formulas are equal at every point of a place where both are defined.

Each way names itself: it is the method that the evidence shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final

from flint import fmpq, fmpq_mpoly

from derivations.core.calculus import Derivative
from derivations.core.formula import (
    ONE,
    ZERO,
    Call,
    Formula,
    FormulaError,
    I,
    Q,
    Symbol,
    as_formula,
    walk,
)
from derivations.core.formula import Pow as Power
from derivations.core.functions import exp
from derivations.core.substitute import bound_variable, free_symbols, rewrite, substitute
from derivations.proving.angles import has_angles, range_in_pi
from derivations.proving.bounds import range_of
from derivations.proving.continuity import is_continuous
from derivations.proving.derivatives import derivative
from derivations.proving.exp_log import equal_at, rewritten
from derivations.proving.field import Field, equal_by_algebra
from derivations.proving.heads import expanded
from derivations.proving.induction import holds_by_induction
from derivations.proving.places import Place, Sign
from derivations.proving.ranges import Range
from derivations.proving.rebuild import formula_of_polynomial
from derivations.proving.relations import reduced, same
from derivations.proving.signs import sign_at
from derivations.proving.smooth import is_smooth

MOST_RADICALS: Final = 3
MOST_ROUNDS: Final = 4
_LOGARITHMS: Final = frozenset({"log", "asinh", "acosh", "atanh", "acoth", "asech", "acsch"})
_INVERSES: Final = _LOGARITHMS | {"asin", "acos", "atan", "acot", "asec", "acsc", "atan2", "arg"}
_POINTS: Final = (fmpq(0), fmpq(1), fmpq(1, 2), fmpq(-1), fmpq(2), fmpq(-1, 2), fmpq(-2), fmpq(3))
_TRIGONOMETRIC: Final = frozenset({
    "sin", "cos", "tan", "cot", "sec", "csc", "sinc", "asin", "acos", "atan", "atan2",
})  # fmt: skip
_GAMMAS: Final = frozenset({
    "gamma", "factorial", "loggamma", "digamma", "polygamma", "beta", "binomial",
    "RisingFactorial", "FallingFactorial",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Equality:
    """The sides are equal wherever both are defined: by which method, under which conditions."""

    method: str
    conditions: tuple[str, ...] = ()


def equality(lhs: Formula, rhs: Formula, here: Place) -> Equality | None:
    """A proof that the sides are equal wherever both are defined on the place, or None."""
    if equal_by_algebra(lhs, rhs):
        return Equality("algebra")
    for attempt in _ATTEMPTS:
        try:
            found = attempt(lhs, rhs, here)
        except (FormulaError, RecursionError):
            continue
        if found is not None:
            return found
    return None


def _by_induction(lhs: Formula, rhs: Formula, here: Place) -> Equality | None:
    def equal(left: Formula, right: Formula, at: Place) -> bool:
        return equal_by_algebra(left, right) or equal_at(left, right, at) is not None

    return Equality("induction") if holds_by_induction(lhs, rhs, here, equal) else None


def _heads(*formulas: Formula) -> set[str]:
    return {
        node.head.name for formula in formulas for node in walk(formula) if isinstance(node, Call)
    }


def _by_normal_form(lhs: Formula, rhs: Formula, here: Place) -> Equality | None:
    result = equal_at(lhs, rhs, here)
    if result is None:
        return None
    heads = _heads(lhs, rhs)
    if "zeta" in heads:
        return Equality("special values", result.conditions)
    if heads & _GAMMAS:
        return Equality("gamma shifts", result.conditions)
    if heads & _TRIGONOMETRIC:
        return Equality("trigonometric identities", result.conditions)
    if not free_symbols(lhs) | free_symbols(rhs) and not heads & {"exp", "log"}:
        return Equality("algebraic numbers", result.conditions)
    return Equality("exp_log", result.conditions)


def _by_exponential(lhs: Formula, rhs: Formula, here: Place) -> Equality | None:
    """Reals are equal when their exponentials are: log(2 + sqrt(3)) = -log(2 - sqrt(3))."""
    if not _heads(lhs, rhs) & _LOGARITHMS:
        return None
    if not (is_real(lhs, here) and is_real(rhs, here)):
        return None
    scale = _common_denominator(lhs - rhs)
    result = equal_at(exp(scale * (lhs - rhs)), ONE, here)
    return None if result is None else Equality("exp_log", result.conditions)


def _common_denominator(formula: Formula) -> Formula:
    normal = Field().fractional(formula)[0]
    return as_formula(lcm(*(int(c.q) for c in normal.numerator.coeffs()), 1))


def is_real(formula: Formula, here: Place) -> bool:
    """Whether every value of the formula is certainly real."""
    if range_of(formula, here.box) is not None:
        return True
    try:
        (form,), _ = rewritten((formula,), here)
    except FormulaError:
        return False
    return range_of(form, here.box) is not None


def _by_angles(lhs: Formula, rhs: Formula, here: Place) -> Equality | None:
    """Real A = B when exp(i m A) = exp(i m B) and m |A - B| < 2 pi."""
    difference = _elementary(lhs - rhs, here)
    if not has_angles(difference):
        return None
    values = range_in_pi(difference, here, _sign)
    if values is None:
        return None
    normal = Field().fractional(difference)[0]
    scale = lcm(*(int(c.q) for c in normal.numerator.coeffs()), 1)
    scale = scale if scale <= 4 else 1
    for m in dict.fromkeys((2 * scale, scale, 2, 1)):
        if not _within(values, fmpq(2, m)):
            continue
        result = equal_at(exp(I * (m * difference)), ONE, here)
        if result is not None:
            return Equality("inverse functions", result.conditions)
    return None


def _sign(formula: Formula, here: Place) -> Sign:
    return sign_at(formula, here, 0)


def _within(values: Range, bound: fmpq) -> bool:
    """Whether all values lie strictly between -bound and bound."""
    if values.low is None or values.high is None:
        return False
    above = values.low > -bound or (values.low == -bound and values.low_open)
    return above and (values.high < bound or (values.high == bound and values.high_open))


def _elementary(formula: Formula, here: Place) -> Formula:
    """Further heads by the elementary ones, where that is known."""
    # Under a binder a bound variable is not the outer one of that name, and a derivative
    # looks beyond the place.
    if any(isinstance(n, Derivative) or bound_variable(n) is not None for n in walk(formula)):
        return formula
    return rewrite(formula, lambda n: expanded(n, here) if isinstance(n, Call) else None)


def _by_squares(lhs: Formula, rhs: Formula, here: Place) -> Equality | None:
    """a + b sqrt(u) = 0 when a**2 = b**2 u and a and b have opposite signs."""
    (one, two), conditions = rewritten((lhs, rhs), here)
    normal = Field().fractional(reduced(one - two))[0]
    if _radicals_vanish(normal.numerator, normal.atoms, here, MOST_RADICALS):
        return Equality("squares of radicals", conditions)
    return None


def _by_powers(lhs: Formula, rhs: Formula, here: Place) -> Equality | None:
    """Sides that are not negative are equal when their squares are."""
    if not any(_is_root(node) for node in (*walk(lhs), *walk(rhs))):
        return None
    if sign_at(lhs, here, 1) not in Sign.NONNEGATIVE or sign_at(rhs, here, 1) not in (
        Sign.NONNEGATIVE
    ):
        return None
    result = equal_at(lhs**2, rhs**2, here)
    return None if result is None else Equality("squares of radicals", result.conditions)


def _is_root(node: Formula) -> bool:
    match node:
        case Call(head=head):
            return head.name == "sqrt"
        case Power(_, exponent):
            return exponent == Q(1, 2)
    return False


def _by_given_equations(lhs: Formula, rhs: Formula, here: Place) -> Equality | None:
    """The difference is a combination of differences that are 0 by the conditions."""
    given = [fact for fact, sign in here.facts if sign is Sign.ZERO]
    if not given:
        return None
    (form, *forms), conditions = rewritten((lhs - rhs, *given), here)
    normal, *others = Field().fractional(form, *forms)
    rest = normal.numerator
    for _ in range(MOST_ROUNDS):
        before = rest
        for other in others:
            if not other.numerator.is_constant():
                rest = rest % other.numerator
            if rest.is_zero():
                return Equality("given equations", conditions)
        if rest == before:
            break
    return None


def _radicals_vanish(
    polynomial: fmpq_mpoly, atoms: tuple[Formula, ...], here: Place, depth: int
) -> bool:
    if polynomial.is_zero():
        return True
    if depth == 0 or len(polynomial) > 200:
        return False
    if same(formula_of_polynomial(polynomial, atoms), ZERO):
        return True
    context = polynomial.context()
    for i, atom in enumerate(atoms):
        if not (isinstance(atom, Power) and atom.exponent == Q(1, 2)):
            continue
        if int(polynomial.degrees()[i]) != 1:
            continue
        if sign_at(atom.base, here, 1) not in Sign.NONNEGATIVE:
            continue
        terms = [(tuple(int(n) for n in powers), c) for powers, c in polynomial.terms()]
        rest = context.from_dict({p: c for p, c in terms if not p[i]})
        times = context.from_dict({(*p[:i], 0, *p[i + 1 :]): c for p, c in terms if p[i]})
        a, b = formula_of_polynomial(rest, atoms), formula_of_polynomial(times, atoms)
        one, two = sign_at(a, here, 1), sign_at(b, here, 1)
        opposite = (one in Sign.NONNEGATIVE and two in Sign.NONPOSITIVE) or (
            one in Sign.NONPOSITIVE and two in Sign.NONNEGATIVE
        )
        if not opposite:
            continue
        squares = reduced(a**2 - b**2 * atom.base)
        normal = Field().fractional(squares)[0]
        if _radicals_vanish(normal.numerator, normal.atoms, here, depth - 1):
            return True
    return False


def _by_slope(lhs: Formula, rhs: Formula, here: Place) -> Equality | None:
    """Equal at one point of a box, and the difference has no slope anywhere in it."""
    if not _heads(lhs, rhs) & _INVERSES:
        return None
    difference = _elementary(lhs - rhs, here)
    variables = sorted(free_symbols(difference), key=lambda s: s.name)
    if not variables or not _is_box(variables, here):
        return None
    inside = here
    closed = False
    for x in variables:
        r = here.box.ranges[x]
        assert r is not None
        closed |= not (r.low_open and r.high_open)
        inside = inside.narrowed(x, Range(r.low, r.high, True, True))
    if closed and not is_continuous(difference, here):
        return None
    for x in variables:
        if not is_smooth(difference, x, inside):
            return None
        slope = derivative(difference, x)
        if equal_at(slope, ZERO, inside) is None:
            return None
    point = {x: _point_of(here.box.ranges[x]) for x in variables}
    at = substitute(difference, {x: as_formula(value) for x, value in point.items()})
    found = equality(at, ZERO, Place(here.box))
    return None if found is None else Equality("constant difference", found.conditions)


def _is_box(variables: list[Symbol], here: Place) -> bool:
    """Whether the place is a box of real intervals, as far as these variables go."""
    for x in variables:
        r = here.box.ranges.get(x)
        if r is None or r.value is not None or x in here.box.integers:
            return False
    # A condition may leave gaps in the box; one on a single variable without "!=" does not.
    for fact, sign in here.facts:
        free = free_symbols(fact)
        if len(free) != 1 or sign in (Sign.NONZERO, Sign.UNKNOWN):
            return False
        (x,) = free
        if not equal_by_algebra(derivative(fact, x), ONE) and not equal_by_algebra(
            derivative(fact, x), -ONE
        ):
            return False
    return True


def _point_of(r: Range | None) -> Fraction:
    """A simple rational number in a range, an end only where it is the whole range's."""
    assert r is not None
    for value in _candidates(r):
        low = r.low is None or value > r.low
        high = r.high is None or value < r.high
        if low and high:
            return Fraction(int(value.p), int(value.q))
    raise FormulaError("no simple point lies in the range")


def _candidates(r: Range) -> Iterator[fmpq]:
    yield from _POINTS
    if r.low is not None and r.high is not None:
        yield (r.low + r.high) / 2
    elif r.low is not None:
        yield r.low + 1
    elif r.high is not None:
        yield r.high - 1


_ATTEMPTS: Final = (
    _by_normal_form,
    _by_given_equations,
    _by_exponential,
    _by_angles,
    _by_squares,
    _by_powers,
    _by_slope,
    _by_induction,
)
