"""Whole numbers that solve a polynomial equation: exactly where a way is known, else a search.

Two unknowns: lines, one unknown of degree 1 (by the divisors of a resultant), second degree
(`numeric.hunting.quadratic`), squares of a discriminant. More: one unknown solved for small values
of the others, and sums of separate parts met in the middle (59**4 + 158**4 = 133**4 + 134**4).
All solutions that are yielded solve the equation; none is said to be the last.

>>> from flint import fmpz_mpoly_ctx
>>> from derivations.core import integers, symbols
>>> x, y = symbols("x y")
>>> a, b = fmpz_mpoly_ctx.get(("x", "y"), "lex").gens()
>>> next(whole_solutions((a**3 - b**2 + 17, (x, y)), {x: integers(100), y: integers(0)}))
{x: 5234, y: 378661}
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, count, islice, product, takewhile
from math import gcd, isqrt
from typing import Any, Final

from flint import fmpz, fmpz_mpoly, fmpz_mpoly_ctx, fmpz_poly

from derivations.core.domain import Integers
from derivations.core.formula import Symbol
from numeric.hunting.congruences import roots_modulo
from numeric.hunting.equations import Equation
from numeric.hunting.quadratic import divisors, on_line, solutions_of

Solution = dict[Symbol, int]

# So many values of one unknown for which the square of another is tried, or its root.
_MOST_TRIED: Final = 6000
_MOST_ROOTED: Final = 400
# So many points of a box of all unknowns but one; so many sums on each side of an equation.
_MOST_IN_BOX: Final = 3000
_MOST_SUMS: Final = 40_000
_MOST_MET: Final = 8
_MOST_OF_ONE: Final = 40
# All unknowns but two are given so many sets of values.
_MOST_GIVEN: Final = 24


class _Problem:
    """A polynomial without repeated factors, and where its unknowns may lie."""

    def __init__(
        self,
        polynomial: fmpz_mpoly,
        names: tuple[Symbol, ...],
        ranges: Mapping[Symbol, Integers],
        tried: int,
        wanted: Callable[[Solution], bool],
    ) -> None:
        self.names = names
        self.ranges = ranges
        self.polynomial: Any = polynomial
        self.wanted = wanted
        self.tried = tried  # so many values of one unknown where the other is a square root

    def terms(self) -> dict[tuple[int, ...], int]:
        return {
            tuple(map(int, powers)): int(value)
            for powers, value in self.polynomial.to_dict().items()
        }

    def allows(self, name: Symbol, value: int) -> bool:
        domain = self.ranges[name]
        low, high = domain.lower, domain.upper
        return (low is None or low <= value) and (high is None or value <= high)

    def values(self, name: Symbol) -> Iterator[int]:
        """The members of a range, the small ones first."""
        domain = self.ranges[name]
        low, high = domain.lower, domain.upper
        if low is not None and low > 0:
            return takewhile(lambda k: high is None or k <= high, count(low))
        if high is not None and high < 0:
            return takewhile(lambda k: low is None or k >= low, count(high, -1))
        signed = (k for n in count() for k in ((n, -n) if n else (0,)))
        bounded = low is not None and high is not None
        most = 2 * (high - low + 1) + 2 * max(abs(low), abs(high)) if bounded else None  # type: ignore[operator,arg-type]
        return (k for k in islice(signed, most) if self.allows(name, k))

    def degree(self, name: Symbol) -> int:
        return int(self.polynomial.degrees()[self.names.index(name)])

    def by_powers(self, name: Symbol) -> dict[int, dict[tuple[int, ...], int]]:
        """The coefficients of the powers of one unknown, as terms in all of them."""
        place = self.names.index(name)
        found: dict[int, dict[tuple[int, ...], int]] = {}
        for powers, value in self.terms().items():
            rest = (*powers[:place], 0, *powers[place + 1 :])
            found.setdefault(powers[place], {})[rest] = value
        return found


def whole_solutions(
    equation: Equation,
    ranges: Mapping[Symbol, Integers],
    wanted: Callable[[Solution], bool] = bool,
    tried: int = _MOST_TRIED,
) -> Iterator[Solution]:
    """Solutions in the ranges, each unknown of the equation given; found ones may come twice.

    Those that are not `wanted` are passed over, and do not count where only some are looked for.
    The search for a second unknown as a root of the first goes through `tried` values.
    """
    polynomial, names = equation
    _, factors = polynomial.factor()
    for factor, _ in factors:
        if not factor.is_constant():
            problem = _Problem(*_reduced(factor, names), ranges, tried, wanted)
            yield from filter(wanted, _of_factor(problem))


def _reduced(polynomial: Any, names: tuple[Symbol, ...]) -> tuple[Any, tuple[Symbol, ...]]:
    """The polynomial over the unknowns that occur in it."""
    kept = [k for k, degree in enumerate(polynomial.degrees()) if degree]
    ring = fmpz_mpoly_ctx.get(tuple(f"x{k}" for k in kept), "lex")
    terms = {
        tuple(int(powers[k]) for k in kept): int(value)
        for powers, value in polynomial.to_dict().items()
    }
    return ring.from_dict(terms), tuple(names[k] for k in kept)


def _of_factor(problem: _Problem) -> Iterator[Solution]:
    match len(problem.names):
        case 1:
            (name,) = problem.names
            coefficients = _univariate(problem.terms(), 0)
            yield from ({name: k} for k in _whole_roots(coefficients) if problem.allows(name, k))
        case 2:
            yield from _of_two(problem)
        case _:
            yield from _of_many(problem)


def _univariate(terms: Mapping[tuple[int, ...], int], place: int) -> list[int]:
    size = max((powers[place] for powers in terms), default=0) + 1
    coefficients = [0] * size
    for powers, value in terms.items():
        coefficients[powers[place]] += value
    return coefficients


def _whole_roots(coefficients: list[int]) -> list[int]:
    """The whole numbers at which a polynomial of one unknown is 0, from the constant term up."""
    polynomial = fmpz_poly(coefficients)
    if polynomial.degree() < 1:
        return []
    _, factors = polynomial.factor()
    return [-int(f[0]) // int(f[1]) for f, _ in factors if f.degree() == 1 and abs(f[1]) == 1]


# ------------------------------------------------------------------------------- two unknowns


def _of_two(problem: _Problem) -> Iterator[Solution]:
    x, y = problem.names
    terms = problem.terms()
    degree = max(sum(powers) for powers in terms)
    if degree == 1:
        yield from _on_line(problem)
        return
    if degree == 2:
        a, b, c, d, e, f = (
            terms.get(powers, 0) for powers in ((2, 0), (1, 1), (0, 2), (1, 0), (0, 1), (0, 0))
        )
        if a or c:
            wanted = lambda one, two: problem.allows(x, one) and problem.allows(y, two)  # noqa: E731
            found = solutions_of(a, b, c, d, e, f, wanted)
            yield from ({x: one, y: two} for one, two in islice(found, _MOST_OF_ONE))
            problem.tried = min(problem.tried, _MOST_ROOTED)
    for v, u in ((x, y), (y, x)):
        if problem.degree(v) == 1:
            yield from islice(_linear_in(problem, v, u), _MOST_OF_ONE)
    for v, u in ((x, y), (y, x)):
        if problem.degree(v) >= 2:
            yield from islice(_rooted(problem, v, u), _MOST_OF_ONE)


def _on_line(problem: _Problem) -> Iterator[Solution]:
    x, y = problem.names
    terms = problem.terms()
    found = on_line(terms[1, 0], terms[0, 1], terms.get((0, 0), 0))
    if found is None:
        return
    x0, y0, p, q = found
    # The t at which an end of a range is reached, and those beside it.
    turns = {0}
    for start, step, name in ((x0, p, x), (y0, q, y)):
        domain = problem.ranges[name]
        turns |= {(end - start) // step for end in (domain.lower, domain.upper) if end is not None}
    near = dict.fromkeys(t + k for k in (0, 1, -1, 2, -2, 3, -3) for t in sorted(turns))
    for t in near:
        one, two = x0 + p * t, y0 + q * t
        if problem.allows(x, one) and problem.allows(y, two):
            yield {x: one, y: two}


def _linear_in(problem: _Problem, v: Symbol, u: Symbol) -> Iterator[Solution]:
    """a(u)*v + b(u) = 0: a(u) divides b(u), and so a number that does not depend on u."""
    place = problem.names.index(u)
    by_powers = problem.by_powers(v)
    over = _univariate(by_powers.get(0, {(0, 0): 0}), place)
    under = _univariate(by_powers[1], place)
    a, b = fmpz_poly(under), fmpz_poly(over)
    candidates: Iterator[int] | list[int]
    if a.degree() < 1:
        modulus = abs(under[0])
        remainders = [0] if modulus == 1 else roots_modulo(over, modulus)
        candidates = _with_remainders(problem, u, remainders, modulus)
    else:
        resultant = int(a.resultant(b))
        parts = divisors(resultant)
        candidates = list(_few(problem, u, _MOST_ROOTED))
        for divisor in parts:
            for signed in (divisor, -divisor):
                candidates += _whole_roots([under[0] - signed, *under[1:]])
    for value in candidates:
        bottom, top = int(a(value)), int(b(value))
        if bottom and top % bottom == 0:
            solution = {u: value, v: -top // bottom}
            if problem.allows(u, value) and problem.allows(v, solution[v]):
                yield {name: solution[name] for name in problem.names}


def _few(problem: _Problem, name: Symbol, most: int) -> Iterator[int]:
    return islice(problem.values(name), most)


def _with_remainders(
    problem: _Problem, name: Symbol, remainders: list[int], modulus: int
) -> Iterator[int]:
    domain = problem.ranges[name]
    start = domain.lower if domain.lower is not None else 0
    if domain.lower is None and domain.upper is not None:
        start = min(0, domain.upper - modulus)
    for turn in (0, 1, -1, 2, 5):
        for remainder in remainders[:_MOST_OF_ONE]:
            yield start + (remainder - start) % modulus + turn * modulus


def _rooted(problem: _Problem, v: Symbol, u: Symbol) -> Iterator[Solution]:
    """v for many values of u: by the square of its discriminant, or as a root."""
    place = problem.names.index(u)
    by_powers = problem.by_powers(v)
    polynomials = {
        power: fmpz_poly(_univariate(terms, place)) for power, terms in by_powers.items()
    }
    degree = max(polynomials)
    zero = fmpz_poly([])
    for value in _few(
        problem, u, problem.tried if degree == 2 else min(problem.tried, _MOST_ROOTED)
    ):
        numbers = [polynomials.get(power, zero)(fmpz(value)) for power in range(degree + 1)]
        for root in roots_of(numbers):
            if problem.allows(v, root):
                solution = {u: value, v: root}
                yield {name: solution[name] for name in problem.names}


def roots_of(numbers: list[Any]) -> list[int]:
    """The whole roots of a polynomial with these coefficients, from the constant term up."""
    if len(numbers) == 2:
        top, bottom = int(numbers[0]), int(numbers[1])
        return [-top // bottom] if bottom and top % bottom == 0 else []
    if len(numbers) == 3 and numbers[2]:
        c, b, a = map(int, numbers)
        square = b * b - 4 * a * c
        if square < 0 or (root := isqrt(square)) ** 2 != square:
            return []
        tops = {-b + root, -b - root}
        return [top // (2 * a) for top in sorted(tops) if top % (2 * a) == 0]
    return _whole_roots([int(number) for number in numbers])


# ------------------------------------------------------------------------------ more unknowns


def _of_many(problem: _Problem) -> Iterator[Solution]:
    low_first = sorted(problem.names, key=problem.degree)
    for v in low_first[:2]:
        if problem.degree(v) <= 2:
            yield from _some(problem, _solved_in_box(problem, v))
    yield from _some(problem, _met_in_the_middle(problem))
    for pair in islice(combinations(low_first, 2), 3):
        yield from _some(problem, _given_others(problem, pair))


def _some(problem: _Problem, found: Iterator[Solution]) -> Iterator[Solution]:
    return islice(filter(problem.wanted, found), _MOST_OF_ONE)


def _box(problem: _Problem, names: list[Symbol], most: int) -> Iterator[tuple[int, ...]]:
    """Sets of small values, so many at most."""
    each = max(2, int(most ** (1 / max(len(names), 1))))
    return product(*(list(_few(problem, name, each)) for name in names))


def _solved_in_box(problem: _Problem, v: Symbol) -> Iterator[Solution]:
    others = [name for name in problem.names if name != v]
    places = [problem.names.index(name) for name in others]
    by_powers = problem.by_powers(v)
    degree = max(by_powers)
    for values in _box(problem, others, _MOST_IN_BOX):
        numbers = [_at(by_powers.get(k, {}), places, values) for k in range(degree + 1)]
        for root in roots_of(numbers) if any(numbers[1:]) else ():
            if problem.allows(v, root):
                solution = {v: root, **dict(zip(others, values, strict=True))}
                yield {name: solution[name] for name in problem.names}


def _at(terms: Mapping[tuple[int, ...], int], places: list[int], values: tuple[int, ...]) -> int:
    total = 0
    for powers, number in terms.items():
        term = number
        for place, value in zip(places, values, strict=True):
            if powers[place]:
                term *= value ** powers[place]
        total += term
    return total


def _met_in_the_middle(problem: _Problem) -> Iterator[Solution]:
    """Values of two sets of unknowns that no term holds both of: A = -B by a table of A."""
    groups = _separate(problem)
    if len(groups) < 2:
        return
    half = len(problem.names) // 2
    one: list[int] = []
    for group in sorted(groups, key=len, reverse=True):
        if len(one) + len(group) <= max(half, 1) or not one:
            one += group
    two = [k for k in range(len(problem.names)) if k not in one]
    if not two:
        return
    terms = problem.terms()
    constant = terms.pop((0,) * len(problem.names), 0)
    table: dict[int, list[tuple[int, ...]]] = {}
    parts = [
        {powers: n for powers, n in terms.items() if any(powers[k] for k in places)}
        for places in (one, two)
    ]
    names = [[problem.names[k] for k in places] for places in (one, two)]
    for values in _box(problem, names[0], _MOST_SUMS):
        table.setdefault(_at(parts[0], one, values), []).append(values)
    for values in _box(problem, names[1], _MOST_SUMS):
        for met in table.get(-constant - _at(parts[1], two, values), ())[:_MOST_MET]:
            # Of a**4 + b**4 = c**4 + d**4 the solutions with a = c, b = d are no news.
            if constant or sorted(met) != sorted(values):
                solution = dict(zip((*names[0], *names[1]), (*met, *values), strict=True))
                yield {name: solution[name] for name in problem.names}


def _separate(problem: _Problem) -> list[list[int]]:
    """The unknowns in groups such that no term holds unknowns of two."""
    groups: list[set[int]] = [{k} for k in range(len(problem.names))]
    for powers in problem.terms():
        held = {k for k, power in enumerate(powers) if power}
        touched = [group for group in groups if group & held]
        groups = [group for group in groups if not group & held]
        if touched:
            groups.append(set().union(*touched))
    return [sorted(group) for group in groups]


def _given_others(problem: _Problem, pair: tuple[Symbol, Symbol]) -> Iterator[Solution]:
    """Two unknowns where the others have small values."""
    others = [name for name in problem.names if name not in pair]
    places = [problem.names.index(name) for name in pair]
    given = [problem.names.index(name) for name in others]
    ring = fmpz_mpoly_ctx.get(("x0", "x1"), "lex")
    for values in islice(_box(problem, others, _MOST_GIVEN), _MOST_GIVEN):
        terms: dict[tuple[int, ...], int] = {}
        for powers, number in problem.terms().items():
            value = _at({powers: number}, given, values)
            key = (powers[places[0]], powers[places[1]])
            terms[key] = terms.get(key, 0) + value
        reduced = ring.from_dict(terms)
        if reduced.is_constant() or gcd(*terms.values()) == 0:
            continue
        few = whole_solutions((reduced, pair), problem.ranges, tried=_MOST_GIVEN)
        for found in islice(few, 3):
            solution = {**found, **dict(zip(others, values, strict=True))}
            if len(solution) == len(problem.names):
                yield {name: solution[name] for name in problem.names}
