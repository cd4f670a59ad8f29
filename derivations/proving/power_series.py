"""Sums to infinity in closed form: geometric series with a polynomial in front, the series of exp,
cosh, sinh, cos, sin, log, atan and atanh, zeta, and Newton's; DLMF 4.2, 4.6, 4.19, 4.24, 4.33,
4.38, 25.2.

A sum is replaced only where it is proved on the whole place that every term is defined and that the
series converges. Its first terms are taken off where it starts later.

>>> from derivations.core.calculus import total
>>> from derivations.core.domain import Interval
>>> from derivations.core.formula import num, oo, symbols
>>> from derivations.proving.places import place
>>> k, x = symbols("k x")
>>> unit = Interval(num(-1), num(1), True, True)
>>> closed_form(total(x**k, k, 2, oo), place({x: unit})).formula
x**2*(1/(1 - x))
>>> half = Interval(num(-1), num(1), False, True)
>>> closed_form(total(x**k, k, 2, oo), place({x: half})) is None
True
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb, factorial
from typing import Final

from derivations.core.calculus import Derivative, Prime, Sum
from derivations.core.formula import (
    ONE,
    ZERO,
    Add,
    Call,
    Formula,
    FormulaError,
    Neg,
    Relation,
    Symbol,
    as_formula,
    num,
    walk,
)
from derivations.core.formula import Pow as Power
from derivations.core.formula import oo as infinity
from derivations.core.functions import Abs, Function, atan, atanh, cos, cosh, exp, log, sin, sinh
from derivations.core.special_functions import SPECIAL_FUNCTIONS
from derivations.core.substitute import bound_variable, free_symbols, substitute
from derivations.proving.assembled import over, times
from derivations.proving.binomial_series import Newton, newton_factor
from derivations.proving.bounds import is_integer, range_of
from derivations.proving.demands import demands
from derivations.proving.field import Field
from derivations.proving.places import Place, Sign
from derivations.proving.ranges import Range
from derivations.proving.rebuild import formula_of
from derivations.proving.series_terms import MINUS_ONE, Term, whole
from derivations.proving.signs import sign_at

HIGHEST_DEGREE: Final = 3
MOST_FIRST_TERMS: Final = 12


@dataclass(frozen=True, slots=True)
class Closed:
    """What sums are equal to on a place, and the conditions that were proved for it."""

    formula: Formula
    conditions: tuple[str, ...] = ()


def has_series(formula: Formula) -> bool:
    """Whether a sum to infinity occurs."""
    return any(isinstance(node, Sum) and node.upper == infinity for node in walk(formula))


def summed(statement: Relation, here: Place) -> tuple[Relation, tuple[str, ...]] | None:
    """The statement with its series in closed form, and the conditions; None where none has one."""
    conditions: list[str] = []
    new = _summed(statement, here, conditions)
    assert isinstance(new, Relation)
    return None if new == statement else (new, tuple(dict.fromkeys(conditions)))


def _summed(formula: Formula, here: Place, conditions: list[str]) -> Formula:
    if isinstance(formula, Sum) and formula.upper == infinity:
        found = closed_form(formula, here)
        if found is None:
            return formula
        conditions.extend(found.conditions)
        return found.formula
    if isinstance(formula, Derivative) and isinstance(formula.variable, Symbol):
        if not _is_open(formula.variable, here):
            return formula
        body = _summed(formula.body, here, conditions)
        return formula if body == formula.body else formula.rebuilt((body, *formula.parts[1:]))
    # Nothing is known here of a bound variable, and of the point of a derivative.
    if not formula.parts or isinstance(formula, Derivative | Prime):
        return formula
    if bound_variable(formula) is not None:
        return formula
    parts = tuple(_summed(part, here, conditions) for part in formula.parts)
    return formula if parts == formula.parts else formula.rebuilt(parts)


def _is_open(x: Symbol, here: Place) -> bool:
    """Whether the place goes on beside each of its points in the direction of x: a derivative looks
    there."""
    if x in here.box.integers or any(x in free_symbols(fact) for fact, _ in here.facts):
        return False
    values = here.box.ranges.get(x)
    return (
        values is not None
        and values.value is None
        and all(
            end is None or is_open
            for end, is_open in ((values.low, values.low_open), (values.high, values.high_open))
        )
    )


def closed_form(series: Sum, here: Place) -> Closed | None:
    """A sum to infinity in closed form, where it is proved to converge to it on the whole place."""
    try:
        k, start = series.variable, series.lower
        values = range_of(start, here.box)
        if series.upper != infinity or values is None or not is_integer(start, here.box):
            return None
        inner = here.inside(k, Range(values.low, None, False), True)
        within: list[str] = []
        body = _summed(series.body, inner, within)  # the sums inside first
        if not all(_is(d.formula, d.wanted, d.here) for d in demands(body, inner)):
            return None
        found = _closed_body(body, k, start, here)
        return None if found is None else Closed(found.formula, (*within, *found.conditions))
    except (FormulaError, RecursionError):
        return None


def _closed_body(body: Formula, k: Symbol, start: Formula, here: Place) -> Closed | None:
    """Terms of a sum one by one: each must converge by itself."""
    if isinstance(body, Neg):
        found = _closed_body(body.arg, k, start, here)
        return None if found is None else Closed(-found.formula, found.conditions)
    if isinstance(body, Add):
        result: Formula = ZERO
        conditions: tuple[str, ...] = ()
        for arg in body.args:
            found = _closed_body(arg, k, start, here)
            if found is None:
                return None
            result, conditions = result + found.formula, conditions + found.conditions
        return Closed(result, conditions)
    term = Term(k)
    newton = newton_factor(body, k)
    if newton is not None:
        return _newton(newton, term, start, here) if term.takes(newton.rest, 1) else None
    return _closed_term(term, start, here) if term.takes(body, 1) else None


def _newton(newton: Newton, term: Term, start: Formula, here: Place) -> Closed | None:
    """C(n, k)*r**k and its like, from 0 on."""
    if whole(start) != 0 or term.linear or term.factorials or term.power != ZERO:
        return None
    if term.k in free_symbols(term.top):
        return None
    if newton.lower is not None and not _is(newton.lower, Sign.NONNEGATIVE, here):
        return None
    weight, r = _weight(term, ZERO, here), newton.scale * _ratio(term)
    condition = None if weight is None else _converges(_tidy(r), here)
    if weight is None or condition is None:
        return None
    value = _one_minus(_tidy(r)) ** newton.exponent
    return Closed(times(term.constant, term.top, weight, value), (condition,))


def _closed_term(term: Term, start: Formula, here: Place) -> Closed | None:
    polynomial = _polynomial(term.top, term.k)
    if polynomial is None:
        return None
    linear, power = list(term.linear), whole(term.power)
    if power == 1:
        linear.append((1, 0))
    if power not in (0, 1):
        if linear or term.factorials or polynomial or any(m for m, _ in term.powers.values()):
            return None
        found = _zeta(term, start, here)
    elif not linear and not term.factorials:
        found = _geometric(term, polynomial, start, here)
    else:
        first = whole(start)
        if first is None or len(linear) + len(term.factorials) > 1:
            return None
        if linear:
            found = None if polynomial else _logarithmic(term, linear[0], first, here)
        else:
            found = _exponential(term, polynomial, term.factorials[0], first, here)
    if found is None:
        return None
    return Closed(times(term.constant, found.formula), found.conditions)


def _polynomial(top: Formula, k: Symbol) -> int | None:
    """The degree of a polynomial in k; None where it is none, or of a high degree."""
    normal = Field().fractional(top)[0]
    below = normal.denominator.degrees()
    degree = 0
    for i, atom in enumerate(normal.atoms):
        if k not in free_symbols(atom):
            continue
        if atom != k or below[i]:
            return None
        degree = int(normal.numerator.degrees()[i])
    return degree if degree <= HIGHEST_DEGREE else None


def _geometric(term: Term, degree: int, start: Formula, here: Place) -> Closed | None:
    """Sum(C(j, i)*r**j, (j, 0, oo)) = r**i/(1 - r)**(i + 1) for |r| < 1; polynomials in C(j, i)."""
    weight, r = _weight(term, -start, here), _ratio(term)
    condition = None if weight is None else _converges(r, here)
    if weight is None or condition is None:
        return None
    below = _one_minus(r)
    values = [substitute(term.top, {term.k: start + num(i)}) for i in range(degree + 1)]
    result: Formula = ZERO
    for i in range(degree + 1):
        difference: Formula = ZERO
        for j in range(i + 1):
            difference = difference + num((-1) ** (i - j) * comb(i, j)) * values[j]
        piece = ONE / below if i == 0 else r**i / below ** (i + 1)
        result = piece if degree == 0 and values[0] == ONE else result + difference * piece
    return Closed(times(weight, result), (condition,))


def _exponential(
    term: Term, degree: int, bottom: tuple[int, int], start: int, here: Place
) -> Closed | None:
    """r**n/n!, with a polynomial in n; y**(2*n + e)/(2*n + e)! with or without (-1)**n."""
    m, b = bottom
    if m == 2 and degree == 0:
        return _half(term, b, start, here, ((cosh, cos), (sinh, sin)), factorials=True)
    first = start + b
    weight = _weight(term, num(b), here)
    if m != 1 or not 0 <= first <= MOST_FIRST_TERMS or weight is None:
        return None
    r = _ratio(term)
    # By falling factorials: n*(n - 1)*...*(n - i + 1)/n! = 1/(n - i)!, and 0 for n < i.
    values = [substitute(term.top, {term.k: num(i - b)}) for i in range(degree + 1)]
    result: Formula = ZERO
    for i in range(degree + 1):
        coefficient: Formula = ZERO
        for j in range(i + 1):
            scale = Fraction((-1) ** (i - j) * comb(i, j), factorial(i))
            coefficient = coefficient + as_formula(scale) * values[j]
        rest = exp(r)
        for n in range(first - i):
            rest = rest - r**n / num(factorial(n))
        result = rest if degree == 0 and values[0] == ONE else result + coefficient * r**i * rest
    return Closed(times(weight, result))


def _logarithmic(term: Term, bottom: tuple[int, int], start: int, here: Place) -> Closed | None:
    """r**n/n for -1 <= r < 1; y**(2*n + 1)/(2*n + 1) with or without (-1)**n."""
    m, b = bottom
    if m == 2 and b % 2:
        return _half(term, b, start, here, (None, (atanh, atan)), factorials=False)
    if m < 1 or b % m:
        return None
    first = start + b // m
    weight = _weight(term, num(b // m), here)
    if not 1 <= first <= MOST_FIRST_TERMS or weight is None:
        return None
    r = _ratio(term)
    condition = _converges(r, here, low=True)
    if condition is None:
        return None
    result: Formula = -log(_one_minus(r))
    for n in range(1, first):
        result = result - r**n / num(n)
    return Closed(over(times(weight, result), num(m)), (condition,))


def _half(
    term: Term,
    b: int,
    start: int,
    here: Place,
    heads: tuple[tuple[Function, Function] | None, tuple[Function, Function]],
    factorials: bool,
) -> Closed | None:
    """s**n*y**(2*n + e)/(2*n + e), or of its factorial, with s = 1 or -1 and e = 0 or 1."""
    shift, e = divmod(b, 2)
    first = start + shift
    pair = heads[e]
    if not 0 <= first <= MOST_FIRST_TERMS or pair is None:
        return None
    y: Formula = ONE
    weight: Formula = ONE
    turns = False
    for base, (m, c) in term.powers.items():
        exponent = c - m * shift
        if base == MINUS_ONE:
            turns = turns is not (m % 2 == 1)
            weight = -weight if exponent % 2 else weight
            continue
        if m % 2 and not _is(base, Sign.POSITIVE, here):
            return None
        rest = as_formula(Fraction(2 * exponent - e * m, 2))
        factor = _raised(base, rest, here)
        if factor is None:
            return None
        y = y * base ** as_formula(Fraction(m, 2))
        weight = times(weight, factor)
    y = _tidy(y)
    conditions: tuple[str, ...] = ()
    if not factorials:
        condition = _converges(y, here, low=turns, high=turns)
        if condition is None:
            return None
        conditions = (condition,)
    result: Formula = pair[turns](y)
    for n in range(first):
        below = factorial(2 * n + e) if factorials else 2 * n + e
        piece = y ** (2 * n + e) / num(below)
        result = result + piece if turns and n % 2 else result - piece
    return Closed(times(weight, result), conditions)


def _zeta(term: Term, start: Formula, here: Place) -> Closed | None:
    """1/k**s for real s > 1."""
    first, s = whole(start), term.power
    if first is None or not 1 <= first <= MOST_FIRST_TERMS or not _is(s - ONE, Sign.POSITIVE, here):
        return None
    weight = _weight(term, ZERO, here)
    if weight is None:
        return None
    s = _tidy(s)
    result: Formula = SPECIAL_FUNCTIONS["zeta"](s)
    for n in range(1, first):
        result = result - (ONE if n == 1 else ONE / num(n) ** s)
    return Closed(times(weight, substitute(term.top, {term.k: ONE}), result), (f"{s} > 1",))


def _ratio(term: Term) -> Formula:
    result: Formula = ONE
    for base, (m, _) in term.powers.items():
        result = result * base ** num(m)
    return _tidy(result)


def _tidy(formula: Formula) -> Formula:
    """In lowest terms; it is defined as it was, for nothing in it is undefined here."""
    return formula_of(Field().fractional(formula)[0])


def _one_minus(r: Formula) -> Formula:
    return ONE - r if isinstance(r, Symbol | Power | Call) else _tidy(ONE - r)


def _weight(term: Term, shift: Formula, here: Place) -> Formula | None:
    """What is left of the powers beside ratio**(k + shift): base**(b - m*shift) of each."""
    result: Formula = ONE
    for base, (m, b) in term.powers.items():
        factor = _raised(base, num(b) - num(m) * shift, here)
        # The ratio contains a reciprocal, too.
        if factor is None or (m < 0 and not _is(base, Sign.NONZERO, here)):
            return None
        result = times(result, factor)
    return result


def _raised(base: Formula, exponent: Formula, here: Place) -> Formula | None:
    """A power that is certainly defined."""
    value = Field().fractional(exponent)[0].constant
    if value == 0:
        return ONE
    if _is(exponent, Sign.NONNEGATIVE, here) or _is(base, Sign.NONZERO, here):
        return base ** (exponent if value is None else as_formula(value))
    return None


def _converges(r: Formula, here: Place, low: bool = False, high: bool = False) -> str | None:
    """The proved condition that |r| < 1, or that r is real and from -1 (low) to 1 (high)."""
    below = Sign.NONNEGATIVE if low else Sign.POSITIVE
    above = Sign.NONNEGATIVE if high else Sign.POSITIVE
    if _is(ONE + r, below, here) and _is(ONE - r, above, here):
        return f"-1 {'<=' if low else '<'} {r} {'<=' if high else '<'} 1"
    return f"Abs({r}) < 1" if _is(ONE - Abs(r), Sign.POSITIVE, here) else None


def _is(formula: Formula, wanted: Sign, here: Place) -> bool:
    """Whether a formula certainly has one of the wanted signs."""
    if wanted is Sign.IMPOSSIBLE:
        return False
    sign = sign_at(formula, here, wanted=wanted)
    return sign is not Sign.IMPOSSIBLE and sign in wanted
