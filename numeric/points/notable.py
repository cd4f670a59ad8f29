"""Points where something may happen to a claim: critical values, what lies between them, far away.

In several variables the others are given values and the critical quantity is solved for one, so
that x = y, x = 1/y and the equations of `where` are met exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import count, islice, pairwise, zip_longest
from random import Random
from typing import Final, TypeVar

from flint import acb, arb, ctx

from derivations.core.calculus import BINDERS, Derivative, Prime
from derivations.core.claim import Claim
from derivations.core.domain import Complexes, Domain, IndexRange, Integers, Interval
from derivations.core.formula import (
    Array,
    Call,
    Formula,
    FormulaError,
    I,
    Symbol,
    as_formula,
)
from derivations.core.functions import Definition
from derivations.core.substitute import free_names
from derivations.proving.casework import plain
from derivations.proving.places import conjuncts
from numeric.balls.values import (
    Exact,
    Gaussian,
    Indeterminate,
    Undefined,
    Value,
    Variable,
    as_number,
    exact,
)
from numeric.exact.irrational import closed
from numeric.exact.rational import rational_of
from numeric.points.critical import constants_of, fractions_of, quantities, zeros_in
from numeric.points.inside import is_inside, place_of
from numeric.points.places import Places
from numeric.points.resonance import resonances

Candidate = dict[Variable, Value]

# So many values of one variable, and so many points of all, are taken for notable.
_MOST_VALUES: Final = 64
_MOST_POINTS: Final = 96
# In several variables the others are given so many sets of values.
_TURNS: Final = 3
# Where they are not met, so much nearer to 0.
_NEARER: Final = (Fraction(1, 4), Fraction(1, 32), Fraction(1, 1024))
# The equations of a condition are given up after so many points that cannot be made to meet them.
_PATIENCE: Final = 40
# Gaps that are narrower than this are looked for in balls of so many bits.
_NARROW: Final = 1e-9
_GAP_BITS: Final = 1024
_MODERATE: Final = 10**20
_FAR: Final = tuple(Fraction(10) ** k for k in (3, 4, 6, 9, 20, 100, 300))
# Exponentials are not asked for at more than this.
_FAR_FOR_EXPONENTIALS: Final = 10**6

# Functions that both evaluations know at 1e300 as well as at 1, if not nested.
_ELEMENTARY: Final = frozenset(
    {
        "exp", "log", "sqrt", "Abs", "sign", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin",
        "acos", "atan", "asinh", "acosh", "atanh", "Max", "Min", "cbrt", "cot", "sec", "csc",
        "coth", "sech", "csch", "re", "im", "conjugate", "floor", "ceiling", "frac",
        # not elementary, but slow, and known as far
        "digamma", "harmonic", "loggamma", "LambertW", "Li", "li",
    }
)  # fmt: skip
_GROWING: Final = frozenset({"exp", "sinh", "cosh"})

_T = TypeVar("_T")


def notable_points(
    claim: Claim, places: Mapping[Variable, Places], random: Random
) -> Iterator[Candidate]:
    """Candidates, simple ones first; the condition of the claim is not asked."""
    if any(isinstance(v, Array) or isinstance(d, IndexRange) for v, d in claim.on):
        return
    domains = {v: d for v, d in claim.on if isinstance(v, Symbol)}
    moving = [v for v, d in domains.items() if places[v].members is None]
    if not moving:
        return
    found = quantities(claim)
    streams: list[Iterator[Candidate]]
    if len(domains) == 1:
        (variable,) = moving
        values = _values_of_one(claim, variable, domains[variable], found)
        streams = [({variable: value} for value in values)]
    else:
        streams = [_solved_for(q, moving, domains, places, random) for q in found]
        streams += [_constants_of_one(claim, v, domains, places, random) for v in moving]
    yield from islice(_in_turn(streams), _MOST_POINTS)


def sharp_points(
    claim: Claim, places: Mapping[Variable, Places], random: Random
) -> Iterator[Candidate]:
    """Endlessly many candidates that satisfy the equations among the conditions of the claim."""
    equations = _equations(claim)
    domains = {v: d for v, d in claim.on if isinstance(v, Symbol)}
    if not equations or len(domains) != len(claim.on):
        return
    barren = 0
    for turn in count():
        given: Candidate = {
            v: places[v].draw(random) if turn % 3 else places[v].draw_simple(random)
            for v in domains
        }
        point = _meeting(equations, given, domains, random)
        if point is None:
            point = _meeting_nearer(equations, given, domains, random)
        if point is not None:
            yield point
        barren = 0 if point is not None else barren + 1
        if barren > _PATIENCE:
            return


def _meeting(
    equations: list[Formula], point: Candidate, domains: Mapping[Symbol, Domain], random: Random
) -> Candidate | None:
    """The point with some variables changed so that the equations hold, one after the other."""
    used: set[Symbol] = set()
    for equation in equations:
        changed = _adjusted(equation, point, used, domains, random)
        if changed is None:
            return None
        point = changed
    return point


def _meeting_nearer(
    equations: list[Formula], point: Candidate, domains: Mapping[Symbol, Domain], random: Random
) -> Candidate | None:
    """The same nearer to 0: a sphere is only met where the other variables are small enough."""
    if not all(isinstance(d, Interval) for d in domains.values()):
        return None
    for part in _NEARER:
        near: Candidate = {
            v: as_number(Fraction(value) * part) if isinstance(value, int | Fraction) else value
            for v, value in point.items()
        }
        if all(is_inside(value, domains[v]) for v, value in near.items() if isinstance(v, Symbol)):
            found = _meeting(equations, near, domains, random)
            if found is not None:
                return found
    return None


def _adjusted(
    equation: Formula,
    point: Candidate,
    used: set[Symbol],
    domains: Mapping[Symbol, Domain],
    random: Random,
) -> Candidate | None:
    """The point with one variable, not yet used so, changed to satisfy an equation."""
    names = free_names(equation)
    choice = [v for v in domains if v in names and v not in used]
    random.shuffle(choice)
    for v in choice:
        for value in _inside(zeros_in(equation, v, domains[v], _written(point)), domains[v]):
            used |= {name for name in names if isinstance(name, Symbol)}
            return {**point, v: value}
    return None


def _equations(claim: Claim) -> list[Formula]:
    try:
        parts = conjuncts(None if claim.where is None else plain(claim.where))
    except FormulaError:
        return []
    return [part.lhs - part.rhs for part in parts if part.rel == "="]


def _written(point: Mapping[Variable, Value]) -> dict[Symbol, Formula]:
    """The values of a point as formulas, those that have one."""
    written: dict[Symbol, Formula] = {}
    for v, value in point.items():
        if isinstance(v, Symbol):
            if isinstance(value, int | Fraction):
                written[v] = as_formula(value)
            elif isinstance(value, Gaussian):
                written[v] = as_formula(value.real) + as_formula(value.imag) * I
            elif isinstance(value, Exact) and value.formula is not None:
                written[v] = value.formula
    return written


def _inside(values: Iterable[Value], domain: Domain) -> Iterator[Value]:
    return (value for value in values if is_inside(value, domain))


# ------------------------------------------------------------------------------- one variable


def _values_of_one(
    claim: Claim, v: Symbol, domain: Domain, found: list[Formula]
) -> Iterator[Value]:
    zeros = list(islice(_inside(_zeros(found, v, domain), domain), _MOST_VALUES))
    ends = list(_inside(_ends(domain), domain))
    constants = list(_inside(_constants(claim), domain))
    first = list(dict.fromkeys((*ends, *zeros, *constants)))
    between = _inside(_between(first, domain), domain)
    beside = _inside(_beside(zeros, domain), domain)
    far = _inside(_far(claim, domain), domain)
    here = iter(first)
    streams = [here, between, here, beside, here, far]
    if isinstance(domain, Integers):
        streams.append(_inside(resonances(claim, v), domain))
    yield from _in_turn(streams)


def _zeros(found: list[Formula], v: Symbol, domain: Domain) -> Iterator[Value]:
    # The zeros of sine and cosine, of which there are many, after those of all others.
    waves = [q for q in found if isinstance(q, Call) and q.head.name in {"sin", "cos"}]
    others = [q for q in found if q not in waves]
    for some in (others, waves):
        yield from _in_turn([zeros_in(q, v, domain, {}) for q in some])


def _ends(domain: Domain) -> Iterator[Value]:
    if isinstance(domain, Interval):
        for end in (domain.lower, domain.upper):
            value = closed(end)
            if value is not None:
                yield value


def _constants(claim: Claim) -> Iterator[Value]:
    yield from (hint.numerator if hint.denominator == 1 else hint for hint in fractions_of(claim))
    for formula in constants_of(claim):
        for signed in (formula, -formula):
            value = closed(signed)
            if value is not None:
                yield value


def _between(values: list[Value], domain: Domain) -> Iterator[Value]:
    """A rational point in each gap between notable values, and beyond the last ones."""
    if not isinstance(domain, Interval):
        return
    yield from _in_narrow_gaps(values)
    found = (place_of(value) for value in values)
    sorted_places = sorted({p for p in found if p is not None and abs(p) < 1e300})
    # Random points miss the narrow gaps.
    for low, high in sorted(pairwise(sorted_places), key=lambda gap: gap[1] - gap[0]):
        if high - low > 1e-12 * max(abs(low), abs(high)):
            yield _rational((low + high) / 2, high - low)
    if sorted_places:
        yield _rational(sorted_places[0] - 1.5, 1.0)
        yield _rational(sorted_places[-1] + 1.5, 1.0)


def _in_narrow_gaps(values: list[Value]) -> Iterator[Value]:
    """A rational point between notable values that floats do not tell apart."""
    places = ((place_of(value), value) for value in values)
    line = [(place, value) for place, value in places if place is not None]
    line.sort(key=lambda pair: pair[0])
    for (left, one), (right, other) in pairwise(line):
        if right - left > _NARROW * (1 + abs(left)) or abs(left) > _MODERATE:
            continue
        # Only these are asked for so many digits, which take long.
        with ctx.workprec(_GAP_BITS):
            try:
                ends = [exact(value) for value in (one, other)]  # type: ignore[arg-type]
            except (Undefined, Indeterminate):
                continue
            if any(isinstance(end, acb) for end in ends):
                continue
            low, high = (arb(end) for end in ends)  # type: ignore[arg-type]
            gap = abs(high - low)
            if gap > arb(2) ** -_GAP_BITS:
                mantissa, exponent = ((low + high) / 2).mid().man_exp()
                yield _rational_of(int(mantissa), int(exponent), gap)


def _rational_of(mantissa: int, exponent: int, gap: arb) -> Fraction | int:
    """A short fraction near mantissa*2**exponent, within a quarter of the gap."""
    place = Fraction(mantissa) * Fraction(2) ** exponent
    bits = 4
    while not arb(2) ** -bits < gap / 4:
        bits += 4
    value = Fraction(round(place * 2**bits), 2**bits)
    return int(value) if value.denominator == 1 else value


def _beside(values: list[Value], domain: Domain) -> Iterator[Value]:
    """Points a little below and above a notable value."""
    if not isinstance(domain, Interval):
        return
    for value in values[:8]:
        place = place_of(value)
        if place is not None and abs(place) < 1e6:
            for shift in (1e-6, -1e-6):
                yield _rational(place + shift, 1e-6)


def _rational(place: float, width: float) -> Fraction | int:
    """A short fraction near a float, within a quarter of the width."""
    exact, size = Fraction(place), 1
    while abs(exact.limit_denominator(size) - exact) > Fraction(width) / 4:
        size *= 8
    value = exact.limit_denominator(size)
    return int(value) if value.denominator == 1 else value


def _far(claim: Claim, domain: Domain) -> Iterator[Value]:
    growth = growth_of(claim)
    if isinstance(domain, Complexes) or growth > 1:
        return
    for size in _FAR:
        if growth and size > _FAR_FOR_EXPONENTIALS:
            return
        for sign in (1, -1):
            yield int(sign * size)
            if isinstance(domain, Interval) and size > 10**6:
                yield sign / size


def growth_of(claim: Claim) -> int:
    """How often exponentials are nested in a claim; 9 where it is not elementary."""
    try:
        return max(_growth(plain(side)) for side in (claim.lhs, claim.rhs))
    except (FormulaError, RecursionError):
        return 9


def _growth(formula: Formula) -> int:
    """How often exponentials are nested; 9 where something else than elementary is met."""
    if isinstance(formula, (*BINDERS, Derivative, Prime)):
        return 9
    inner = max(map(_growth, formula.parts), default=0)
    if isinstance(formula, Call):
        if isinstance(formula.head, Definition) or formula.head.name not in _ELEMENTARY:
            return 9
        return inner + (formula.head.name in _GROWING)
    exponent = getattr(formula, "exponent", None)
    return inner + (exponent is not None and rational_of(exponent) is None)


# ---------------------------------------------------------------------------- several variables


def _solved_for(
    quantity: Formula,
    moving: list[Symbol],
    domains: Mapping[Symbol, Domain],
    places: Mapping[Variable, Places],
    random: Random,
) -> Iterator[Candidate]:
    names = free_names(quantity)
    for turn in range(_TURNS):
        for v in moving:
            if v not in names:
                continue
            given = _given(domains, places, random, turn)
            zeros = zeros_in(quantity, v, domains[v], _written(given))
            for value in islice(_inside(zeros, domains[v]), 3 if turn == 0 else 2):
                yield {**given, v: value}


def _constants_of_one(
    claim: Claim,
    v: Symbol,
    domains: Mapping[Symbol, Domain],
    places: Mapping[Variable, Places],
    random: Random,
) -> Iterator[Candidate]:
    values = (*_ends(domains[v]), *_constants(claim), *islice(_far(claim, domains[v]), 12))
    for turn, value in enumerate(_inside(values, domains[v])):
        yield {**_given(domains, places, random, turn), v: value}


def _given(
    domains: Mapping[Symbol, Domain],
    places: Mapping[Variable, Places],
    random: Random,
    turn: int,
) -> Candidate:
    def drawn(of: Places) -> Value:
        return of.draw(random) if turn % 2 else of.draw_simple(random)

    return {v: drawn(places[v]) for v in domains}


def _in_turn(streams: Iterable[Iterator[_T]]) -> Iterator[_T]:
    """One of each stream, then the next of each."""
    nothing = object()
    for row in zip_longest(*streams, fillvalue=nothing):
        yield from (value for value in row if value is not nothing)  # type: ignore[misc]
