"""The sign of a formula on declared domains, proved: by the ranges of its parts, by its factors in
the field of exponentials and logarithms, by bisection with outward rounding, by monotonicity.

>>> from derivations.core.domain import Positive, Reals
>>> from derivations.core.formula import symbols
>>> from derivations.core.functions import exp, tanh
>>> x, y = symbols("x y")
>>> sign_of(x**2 - 2 * x * y + y**2, {x: Reals, y: Reals})
<Sign.NONNEGATIVE: 6>
>>> is_positive(x - tanh(x), {x: Positive})
True
>>> is_nonzero(exp(x) - 1, {x: Reals})
False
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import lcm
from typing import Final

from flint import fmpq, fmpq_mpoly

from derivations.core.claim import Variable
from derivations.core.domain import Domain
from derivations.core.formula import Call, Formula, FormulaError, Number, Q, Symbol, as_formula
from derivations.core.formula import Pow as Power
from derivations.core.functions import asin, asinh, atan, erf, exp, log
from derivations.core.meaning import unfolded
from derivations.core.substitute import free_names, free_symbols, substitute
from derivations.proving.bounds import Box, range_of
from derivations.proving.complexes import conjugated
from derivations.proving.continuity import is_continuous
from derivations.proving.derivatives import derivative
from derivations.proving.exp_log import rewritten, same
from derivations.proving.field import Field
from derivations.proving.places import Place, Sign, place, sign_of_range
from derivations.proving.polynomials import sign_of_polynomial
from derivations.proving.quick_signs import known_by, quick_sign
from derivations.proving.ranges import Range
from derivations.proving.rebuild import formula_of, formula_of_polynomial
from derivations.proving.relations import lowered
from derivations.proving.smooth import is_smooth
from derivations.proving.work import left, spend

MOST_BOXES: Final = 100
_WORK_OF_BOX: Final = 50
_WORK_OF_SIGN: Final = 500
_INCREASING: Final = (atan, erf, asinh, asin, exp)
_CANDIDATES: Final = (fmpq(0), fmpq(1), fmpq(-1), fmpq(1, 2), fmpq(2))


def sign_of(formula: Formula, on: Mapping[Variable, Domain], where: Formula | None = None) -> Sign:
    """The signs that the formula can have where it is defined; `Sign.UNKNOWN` is always true."""
    return sign_at(formula, place(on, where))


def is_positive(
    formula: Formula, on: Mapping[Variable, Domain], where: Formula | None = None
) -> bool:
    """Whether the formula is certainly positive wherever it is defined."""
    return _has(Sign.POSITIVE, formula, on, where)


def is_nonnegative(
    formula: Formula, on: Mapping[Variable, Domain], where: Formula | None = None
) -> bool:
    """Whether the formula is certainly 0 or positive wherever it is defined."""
    return _has(Sign.NONNEGATIVE, formula, on, where)


def is_nonzero(
    formula: Formula, on: Mapping[Variable, Domain], where: Formula | None = None
) -> bool:
    """Whether the formula certainly differs from 0 wherever it is defined."""
    return _has(Sign.NONZERO, formula, on, where)


def _has(
    wanted: Sign, formula: Formula, on: Mapping[Variable, Domain], where: Formula | None
) -> bool:
    sign = sign_at(formula, place(on, where), wanted=wanted)
    return sign is not Sign.IMPOSSIBLE and sign in wanted


def sign_at(formula: Formula, here: Place, depth: int = 2, wanted: Sign = Sign.IMPOSSIBLE) -> Sign:
    """The same at a place; `depth` bounds the derivatives that are looked at, and what lies in
    `wanted` is not looked at more closely."""
    key = ("strong", formula, depth, wanted)
    if key not in here.memory:
        try:
            here.memory[key] = _sign_at(formula, here, depth, wanted)
        except (FormulaError, RecursionError):
            here.memory[key] = quick_sign(formula, here)
    return here.memory[key]


def _sign_at(formula: Formula, here: Place, depth: int, wanted: Sign) -> Sign:
    def enough() -> bool:
        return len(sign) <= 1 or sign in wanted

    sign = quick_sign(formula, here)
    if enough():
        return sign
    spend(_WORK_OF_SIGN)
    plain = unfolded(formula)
    facts = _with_images(here)
    (form, *given), _ = rewritten((plain, *(fact for fact, _ in facts)), here)
    low = lowered(form)
    if same(low, Number(0)):
        return sign & Sign.ZERO
    if sign & Sign.ZERO and sign & Sign.NOT_REAL and _has_modulus(low, here):
        sign &= Sign.NONZERO
    # A lowered power may hide a factor that a fact is about, and show one that was hidden.
    for shape in (form,) if low == form else (form, low):
        if not enough():
            sign &= _by_factors(shape, given, facts, here, depth)
    normal = Field().fractional(low)[0]
    lowest = formula_of(normal)
    for candidate in (lowest, plain):
        if not enough():
            sign &= _by_bisection(candidate, here, MOST_BOXES if depth > 1 else MOST_BOXES // 4)
    if depth and not enough():
        sign &= _by_monotonicity(plain, here, depth)
    return sign


def _by_factors(
    form: Formula,
    given: list[Formula],
    facts: list[tuple[Formula, Sign]],
    here: Place,
    depth: int,
) -> Sign:
    """The signs of numerator and denominator by their factors."""
    normal, *normal_facts = Field().fractional(form, *given)
    values = [range_of(atom, here.box) for atom in normal.atoms]
    by_fact = known_by(tuple(zip(normal_facts, (s for _, s in facts), strict=True)), here)

    def known(polynomial: fmpq_mpoly) -> Sign:
        found = by_fact(polynomial)
        if len(found) > 1:
            found &= _by_heads(polynomial, normal.atoms, here, depth)
        if len(found) > 1 and depth:
            found &= _by_radical(polynomial, normal.atoms, here, depth)
        return found

    above = sign_of_polynomial(normal.numerator, values, known)
    below = sign_of_polynomial(normal.denominator, values, known) & Sign.NONZERO
    return above.times(below)


def _has_modulus(form: Formula, here: Place) -> bool:
    """Whether the square of the absolute value is certainly positive."""
    mirror = conjugated(form, here)
    if mirror is None or mirror == form:
        return False
    (mirror,), _ = rewritten((mirror,), here)
    return quick_sign(formula_of(Field().fractional(lowered(form * mirror))[0]), here) is (
        Sign.POSITIVE
    )


def _with_images(here: Place) -> list[tuple[Formula, Sign]]:
    """The facts, and their images under increasing functions."""
    found = list(here.facts)
    for lhs, rhs, sign in here.comparisons():
        left, right = range_of(lhs, here.box), range_of(rhs, here.box)
        if left is None or right is None:
            continue
        found += [(f(lhs) - f(rhs), sign & Sign.REAL) for f in (exp, atan, erf)]
        if left.positive and right.positive:
            found.append((log(lhs) - log(rhs), sign & Sign.REAL))
    return found


def _by_heads(polynomial: fmpq_mpoly, atoms: tuple[Formula, ...], here: Place, depth: int) -> Sign:
    """A sum with logarithms by its exponential; f(u) - f(v) for an increasing f by u - v."""
    if not depth:
        return Sign.UNKNOWN
    terms = [(list(powers), coefficient) for powers, coefficient in polynomial.terms()]
    calls = [(atoms[p.index(1)], c) for p, c in terms if sum(p) == 1]
    if any(isinstance(call, Call) and call.head == log for call, _ in calls):
        whole = formula_of_polynomial(polynomial * _scale(calls), atoms)
        if range_of(whole, here.box) is None:
            return Sign.UNKNOWN
        return sign_at(exp(whole) - 1, here, depth - 1)
    if len(terms) == len(calls) == 2 and calls[0][1] == -calls[1][1]:
        (one, c), (two, _) = calls
        if (
            isinstance(one, Call)
            and isinstance(two, Call)
            and one.head == two.head
            and one.head in _INCREASING
            and range_of(one, here.box) is not None
            and range_of(two, here.box) is not None
        ):
            side = Sign.POSITIVE if c > 0 else Sign.NEGATIVE
            return side.times(sign_at(one.args[0] - two.args[0], here, depth - 1))
    return Sign.UNKNOWN


def _scale(calls: list[tuple[Formula, fmpq]]) -> fmpq:
    """A positive number that makes the coefficients of the logarithms integers."""
    return fmpq(lcm(*(int(c.q) for call, c in calls if isinstance(call, Call))))


def _by_radical(
    polynomial: fmpq_mpoly, atoms: tuple[Formula, ...], here: Place, depth: int
) -> Sign:
    """a + b sqrt(u) has the sign of a or of b, whichever is the greater: compare squares."""
    for i, atom in enumerate(atoms):
        if not isinstance(atom, Power) or atom.exponent != Q(1, 2):
            continue
        if int(polynomial.degrees()[i]) != 1 or quick_sign(atom.base, here) not in Sign.NONNEGATIVE:
            continue
        terms = [(tuple(int(n) for n in powers), c) for powers, c in polynomial.terms()]
        context = polynomial.context()
        rest = context.from_dict({powers: c for powers, c in terms if not powers[i]})
        times = context.from_dict(
            {(*powers[:i], 0, *powers[i + 1 :]): c for powers, c in terms if powers[i]}
        )
        a, b = formula_of_polynomial(rest, atoms), formula_of_polynomial(times, atoms)
        one, two = sign_at(a, here, depth - 1), sign_at(b, here, depth - 1)
        two = two.times(quick_sign(atom.base, here))
        if one in Sign.REAL and two in Sign.REAL:
            return _greater_square(one, two, sign_at(a**2 - b**2 * atom.base, here, depth - 1))
    return Sign.UNKNOWN


def _greater_square(one: Sign, two: Sign, squares: Sign) -> Sign:
    """The sign of a + c from the signs of a, c and a**2 - c**2."""
    found = Sign.IMPOSSIBLE
    if Sign.POSITIVE & squares:
        found |= one
    if Sign.NEGATIVE & squares:
        found |= two
    if Sign.ZERO & squares:  # a = -c, or a = c
        found |= (one & two) | Sign.ZERO
    if Sign.NOT_REAL & squares:
        found |= one | two | Sign.ZERO
    return found


def _by_bisection(formula: Formula, here: Place, most: int) -> Sign:
    """One or two real variables: the signs on the parts of the box, each by ranges."""
    variables = [
        v
        for v in sorted(free_symbols(formula), key=lambda s: s.name)
        if (r := here.box.ranges.get(v)) is None or r.value is None
    ]
    if not variables or len(variables) > 2:
        return Sign.UNKNOWN
    if any(here.box.ranges.get(v) is None for v in variables):
        return Sign.UNKNOWN
    names = sorted(free_names(formula), key=lambda name: name.name)
    ranges = tuple((name, here.box.ranges[name]) for name in names if name in here.box.ranges)
    integers = here.box.integers.intersection(names)
    key = (formula, ranges, integers, most)
    known = _bisected.get(key)
    if known is not None:
        spend(known[1])
        return known[0]
    before = left()
    found = _on_parts(formula, Box(dict(ranges), integers), variables, most)
    after = left()
    if before is not None and after is not None:
        if len(_bisected) >= _MOST_BISECTED:
            _bisected.clear()
        _bisected[key] = found, before - after
    return found


# Signs found by bisection and the work that they took: places of other facts have the same box.
# The work counts each time, so that what is proved does not depend on what was asked before.
_bisected: dict[object, tuple[Sign, int]] = {}
_MOST_BISECTED: Final = 1_024


def _on_parts(formula: Formula, box: Box, variables: list[Symbol], most: int) -> Sign:
    found = Sign.IMPOSSIBLE
    boxes = [(box, 0)]
    for _ in range(most):
        spend(_WORK_OF_BOX)
        if not boxes:
            return found
        current, level = boxes.pop()
        sign = sign_of_range(range_of(formula, current))
        if len(sign) == 1 or sign in found:
            found |= sign
            continue
        variable = variables[level % len(variables)]
        whole = current.ranges[variable]
        halves = None if whole is None else halved(whole)
        if halves is None or level > 60:
            return Sign.UNKNOWN
        boxes += [(current.narrowed(variable, half), level + 1) for half in halves]
    return Sign.UNKNOWN


def halved(r: Range) -> tuple[Range, Range] | None:
    """Two parts of a range; a half line is cut where its points double."""
    if r.low is not None and r.high is not None:
        if r.high - r.low < fmpq(1, 2**40):
            return None
        at = (r.low + r.high) / 2
    elif r.low is None and r.high is None:
        at = fmpq(0)
    elif r.low is not None:
        at = 2 * r.low if r.low > 0 else fmpq(1) if r.low > -1 else r.low / 2
    elif r.high is not None:
        at = 2 * r.high if r.high < 0 else fmpq(-1) if r.high < 1 else r.high / 2
    return Range(r.low, at, r.low_open), Range(at, r.high, False, r.high_open)


def _by_monotonicity(formula: Formula, here: Place, depth: int) -> Sign:
    """One real variable: f increases from f(c) = 0 or more, on each side of such a c."""
    variables = free_symbols(formula)
    if len(variables) != 1:
        return Sign.UNKNOWN
    (x,) = variables
    # The conditions may leave gaps, over which no monotone function is followed.
    here = Place(here.box, tuple(f for f in here.facts if _is_end(f, x)))
    whole = here.box.ranges.get(x)
    if whole is None or whole.value is not None:
        return Sign.UNKNOWN
    if x in here.box.integers:  # what holds on the reals between holds at the integers
        here = replace(here, box=replace(here.box, integers=here.box.integers - {x}, memory={}))
    slope = derivative(formula, x)
    inside = here.narrowed(x, Range(whole.low, whole.high, True, True))
    if not (is_smooth(formula, x, inside) and is_smooth(slope, x, inside)):
        return Sign.UNKNOWN
    for c in (whole.low, whole.high, *_CANDIDATES):
        if c is None or not _contains(whole, c):
            continue
        low_open = whole.low_open and c != whole.low
        high_open = whole.high_open and c != whole.high
        facts = _facts_with(here.facts, x, c, here)
        if facts is None:
            continue
        span = Range(whole.low, whole.high, low_open, high_open)
        with_c = Place(here.box.narrowed(x, span), facts)
        if not (low_open and high_open) and not (
            is_continuous(formula, with_c) or is_smooth(formula, x, with_c)
        ):
            continue
        at_c = quick_sign(substitute(formula, {x: _number(c)}), here)
        if len(at_c) > 1:
            at_c = sign_at(substitute(formula, {x: _number(c)}), here, 0)
        if at_c is not Sign.ZERO and c not in (whole.low, whole.high):
            turn = quick_sign(substitute(slope, {x: _number(c)}), here)
            if turn is not Sign.ZERO:
                continue
        found = _from_point(slope, x, c, at_c, whole, here, depth)
        if len(found) <= 2:
            return found
    return Sign.UNKNOWN


def _is_end(fact: tuple[Formula, Sign], x: Symbol) -> bool:
    """Whether a fact only says on which side of an end the variable lies."""
    formula, sign = fact
    if free_symbols(formula) != {x} or sign not in Sign.REAL or sign is Sign.NONZERO_REAL:
        return False
    slope = Field().fractional(derivative(formula, x))[0].constant
    return slope is not None and slope != 0


def _facts_with(
    facts: tuple[tuple[Formula, Sign], ...], x: Symbol, c: fmpq, here: Place
) -> tuple[tuple[Formula, Sign], ...] | None:
    """The facts about ends, weakened so that they hold at c too; None where c is beyond an end."""
    found: list[tuple[Formula, Sign]] = []
    for formula, sign in facts:
        at_c = quick_sign(substitute(formula, {x: _number(c)}), here)
        if len(at_c) != 1 or at_c not in sign | Sign.ZERO:
            return None
        found.append((formula, sign | at_c))
    return tuple(found)


def _number(value: fmpq) -> Formula:
    return as_formula(Fraction(int(value.p), int(value.q)))


def _contains(r: Range, value: fmpq) -> bool:
    """Whether the value is between the ends, the ends included."""
    return (r.low is None or r.low <= value) and (r.high is None or value <= r.high)


def _from_point(
    slope: Formula, x: Symbol, c: fmpq, at_c: Sign, whole: Range, here: Place, depth: int
) -> Sign:
    """The signs of f on both sides of c, where f(c) has the signs `at_c`."""
    found = Sign.IMPOSSIBLE
    if not ((c == whole.low and whole.low_open) or (c == whole.high and whole.high_open)):
        found |= at_c
    right = Range(c, whole.high, True, whole.high_open)
    left = Range(whole.low, c, whole.low_open, True)
    for part, exists, forward in (
        (right, whole.high is None or c < whole.high, True),
        (left, whole.low is None or c > whole.low, False),
    ):
        if not exists:
            continue
        change = sign_at(slope, here.narrowed(x, part), depth - 1)
        if change in (Sign.NONNEGATIVE, Sign.NONPOSITIVE) and _is_somewhere(slope, x, part, here):
            change &= Sign.NONZERO
        change = change if forward else change.opposite
        found |= reached(at_c, change)
    return found


def _is_somewhere(slope: Formula, x: Symbol, part: Range, here: Place) -> bool:
    """Whether a slope is certainly not 0 at a point of an interval. It is analytic there, so its
    zeros are isolated: a function with such a slope of one sign is strictly monotone."""
    inner = halved(part)
    if inner is None or (middle := inner[0].high) is None:
        return False
    return not quick_sign(substitute(slope, {x: _number(middle)}), here) & Sign.ZERO


def reached(start: Sign, change: Sign) -> Sign:
    """The signs that are reached from a start by going up (POSITIVE) or down."""
    if start in Sign.NONNEGATIVE and change in Sign.NONNEGATIVE:
        strict = Sign.POSITIVE in (start, change)
        return Sign.POSITIVE if strict else Sign.NONNEGATIVE
    if start in Sign.NONPOSITIVE and change in Sign.NONPOSITIVE:
        return Sign.NEGATIVE if Sign.NEGATIVE in (start, change) else Sign.NONPOSITIVE
    return Sign.UNKNOWN
