"""Equations of whole numbers at hundreds of thousands of points: by residues, and roots in floats.

What is no polynomial (2**n, n!, a binomial, a sum up to n) is taken for a letter of its own, so
that an equation is a polynomial in letters. Where its terms fall into two sets without a variable
in common, both are met by their residues modulo 2**64 (a**3 + b**3 = c**3 + d**3); a
variable that only occurs in powers is found as a root over a box of the others (n! + 1 = m**2);
and where two of three unknowns occur in a product, they are divisors of a number
(4/1009 = 1/a + 1/b + 1/c). All that is yielded is a candidate.

>>> from derivations.core import integers, symbols
>>> from derivations.core.special_functions import FUNCTIONS
>>> n, m = symbols("n m")
>>> brocard = FUNCTIONS["factorial"](n) + 1 - m**2
>>> next(grid_solutions(brocard, {n: integers(6), m: integers(1)}, lambda values: None))
{n: 7, m: 71}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, islice, pairwise, product
from math import isqrt, prod
from typing import Any, Final

import numpy as np
from flint import ctx

from derivations.core.domain import Integers
from derivations.core.formula import Formula, Symbol
from derivations.core.substitute import free_names
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import Run, root_frame
from numeric.balls.values import Indeterminate, Undefined, as_int
from numeric.hunting.boxes import (
    Problem,
    Solution,
    Test,
    box_of,
    letters_in,
    solving,
    total_of,
    values_of,
)
from numeric.hunting.diophantine import roots_of
from numeric.hunting.equations import lettered
from numeric.hunting.glance import Glance, NotSeen
from numeric.hunting.quadratic import divisors

_MOST_LETTERS: Final = 8
# Points of the box of one side, of the box of all unknowns but one, and pairs with equal residues.
_MOST_MET: Final = 1_000_000
_MOST_BESIDE: Final = 400_000
_MOST_OF_ONE: Final = 1_000_000
_MOST_PAIRS: Final = 2_000_000
# Sets of such values for which the last variable is found exactly.
_MOST_EXACT: Final = 300
_MOST_FOUND: Final = 40
_PLAIN: Final = 2.0**53
# For so many values of the others two unknowns are divisors of a number of at most so many bits.
_MOST_GIVEN: Final = 1500
_MOST_BITS: Final = 80
_NEWTON: Final = 40


def grid_solutions(
    equation: Formula, ranges: Mapping[Symbol, Integers], holds: Test
) -> Iterator[Solution]:
    """Candidates for solutions of `equation` = 0; the variables of the equation are given.

    `holds` tells in floats where the condition holds (None: everywhere).
    """
    letters = tuple(dict.fromkeys(letters_in(equation)))
    names = {v for v in free_names(equation) if isinstance(v, Symbol)}
    if not names or names - set(ranges) or len(letters) > _MOST_LETTERS:
        return
    terms = lettered(equation, letters)
    if terms is None:
        return
    problem = Problem(letters, tuple(terms.items()), ranges, holds)
    if len(problem.variables) < 2:
        return
    for search in (_rooted, _exactly, _divided, _met):
        try:
            with np.errstate(all="ignore"):
                yield from islice(search(problem), _MOST_FOUND)
        except NotSeen:
            continue


def _rooted(problem: Problem) -> Iterator[Solution]:
    """One variable as a root, over a box of the others."""
    free = [v for v in problem.variables if not problem.is_inside_letter(v)]
    free.sort(key=lambda v: max(powers[problem.letters.index(v)] for powers, _ in problem.terms))
    for v in free[:2]:
        others = [name for name in problem.variables if name != v]
        beside = box_of(problem, others, _MOST_BESIDE if len(others) > 1 else _MOST_OF_ONE)
        place = problem.letters.index(v)
        degree = max(powers[place] for powers, _ in problem.terms)
        coefficients = [np.zeros(next(iter(beside.values())).shape) for _ in range(degree + 1)]
        glance = Glance({name: column.astype(float) for name, column in beside.items()})
        for powers, number in problem.terms:
            value: Any = float(number)
            for k, (letter, power) in enumerate(zip(problem.letters, powers, strict=True)):
                if power and k != place:
                    value = value * glance.at(letter) ** power
            coefficients[powers[place]] = coefficients[powers[place]] + value
        for root in _roots(coefficients):
            near = np.rint(root)
            good = np.isfinite(root) & (np.abs(root) < _PLAIN)
            good &= np.abs(root - near) <= 1e-4 + 1e-12 * np.abs(root)
            if good.any():
                chosen = {name: column[good] for name, column in beside.items()}
                chosen[v] = near[good].astype(np.int64)
                yield from solving(problem, chosen)


def _exactly(problem: Problem) -> Iterator[Solution]:
    """One variable as an exact root, however large, where the others are in exponents and such."""
    free = [v for v in problem.variables if not problem.is_inside_letter(v)]
    if len(free) != 1:
        return
    (v,) = free
    place = problem.letters.index(v)
    degree = max(powers[place] for powers, _ in problem.terms)
    runs = [Compiler().compile(letter) for letter in problem.letters]
    others = [name for name in problem.variables if name != v]
    box = box_of(problem, others, _MOST_EXACT)
    for row in zip(*(box[name] for name in others), strict=True):
        at = {name: int(value) for name, value in zip(others, row, strict=True)}
        values = [1 if k == place else _whole_value(run, at) for k, run in enumerate(runs)]
        if None in values:
            continue
        numbers = [0] * (degree + 1)
        for powers, number in problem.terms:
            each = zip(values, powers, strict=True)
            numbers[powers[place]] += number * prod(int(value or 0) ** p for value, p in each)
        for root in roots_of(numbers) if any(numbers[1:]) else ():
            domain = problem.ranges[v]
            low, high = domain.lower, domain.upper
            if (low is None or low <= root) and (high is None or root <= high):
                yield {name: root if name == v else at[name] for name in problem.variables}


def _whole_value(run: Run, at: Mapping[Symbol, int]) -> int | None:
    with ctx.workprec(64):
        try:
            return as_int(evaluated(run, root_frame(at)))  # type: ignore[arg-type]
        except (Undefined, Indeterminate):
            return None


def _roots(coefficients: list[Any]) -> Iterator[Any]:
    """Some real roots of polynomials with these coefficients, from the constant term up."""
    degree = len(coefficients) - 1
    over = coefficients[0]
    under = coefficients[degree]
    if degree == 1:
        yield -over / under
    elif degree == 2:
        middle = coefficients[1]
        root = np.sqrt(middle * middle - 4 * under * over)
        big = -(middle + np.where(middle < 0, -root, root)) / 2
        yield big / under
        yield over / big
    else:
        ratio = -over / under
        start = np.sign(ratio) * np.abs(ratio) ** (1 / degree)
        lower = any(np.any(c != 0) for c in coefficients[1:degree])
        for side in (1.0, -1.0):
            if degree % 2 == 0 or lower or side == 1.0:
                begin = np.abs(start) * side if degree % 2 == 0 or lower else start
                yield _newton(coefficients, begin) if lower else begin


def _newton(coefficients: list[Any], x: Any) -> Any:
    for _ in range(_NEWTON):
        value, slope = coefficients[-1], np.zeros_like(x)
        for c in reversed(coefficients[:-1]):
            slope = slope * x + value
            value = value * x + c
        step = value / slope
        x = np.where(np.isfinite(step), x - step, x)
        if not (np.abs(step) > 1e-9 * (1 + np.abs(x))).any():
            break
    return x


def _met(problem: Problem) -> Iterator[Solution]:
    """Two sets of terms without a variable in common, by a table of residues."""
    groups = _separate(problem)
    if len(groups) < 2:
        return
    half = len(problem.variables) / 2
    one: set[Symbol] = set()
    # Those that are like others go together, where they can be taken in order.
    kinds = {group: _kind(problem, group) for group in groups}
    alike = list(kinds.values())
    groups.sort(key=lambda g: (-len(g), alike.count(kinds[g]), min(v.name for v in g)))
    for group in groups:
        if not one or len(one) + len(group) <= half:
            one |= group
    halves: list[tuple[dict[Symbol, Any], Any]] = []
    for chosen in (True, False):
        names = [v for v in problem.variables if (v in one) is chosen]
        numbers = [
            k
            for k, (powers, _) in enumerate(problem.terms)
            if (used := problem.variables_of(powers)) and (used <= one) is chosen
        ]
        box = box_of(problem, names, _MOST_MET, alike=_are_alike(problem, names, numbers))
        halves.append((box, total_of(problem, box, numbers)[0]))
    constant = sum(n for powers, n in problem.terms if not problem.variables_of(powers))
    (left, a), (right, b) = halves
    wanted = np.uint64(-constant % 2**64) - b
    order = np.argsort(a, kind="stable")
    start = np.searchsorted(a, wanted, side="left", sorter=order)
    counts = np.searchsorted(a, wanted, side="right", sorter=order) - start
    if counts.sum() > _MOST_PAIRS:
        counts = np.where(np.cumsum(counts) <= _MOST_PAIRS, counts, 0)
    which = np.repeat(np.arange(len(b)), counts)
    within = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    partner = order[np.repeat(start, counts) + within]
    yield from solving(
        problem,
        {v: c[partner] for v, c in left.items()} | {v: c[which] for v, c in right.items()},
    )


def _separate(problem: Problem) -> list[frozenset[Symbol]]:
    """The variables in sets such that no term holds variables of two."""
    groups: list[frozenset[Symbol]] = []
    for powers, _ in problem.terms:
        held = problem.variables_of(powers)
        if held:
            touched = [group for group in groups if group & held]
            groups = [group for group in groups if not group & held]
            groups.append(held.union(*touched))
    return groups


def _kind(problem: Problem, group: frozenset[Symbol]) -> tuple[Any, ...]:
    """The powers and coefficients of the terms of one set of variables."""
    terms = [(p, n) for p, n in problem.terms if problem.variables_of(p) & group]
    return tuple(sorted((tuple(sorted(powers)), number) for powers, number in terms))


def _are_alike(problem: Problem, names: list[Symbol], numbers: list[int]) -> bool:
    """Whether the terms stay the same when variables are exchanged, by their powers alone, and
    the condition tells none of them from another."""
    if len(names) < 2 or any(v not in problem.letters for v in names):
        return False
    places = [problem.letters.index(v) for v in names]
    here = sorted(problem.terms[k] for k in numbers)
    for one, other in pairwise(places):
        turned = list(range(len(problem.letters)))
        turned[one], turned[other] = other, one
        moved = sorted(
            (tuple(problem.terms[k][0][p] for p in turned), problem.terms[k][1]) for k in numbers
        )
        if moved != here:
            return False
    point = {v: np.array([float(3 + 2 * k)]) for k, v in enumerate(problem.ranges)}
    return problem.holds(point) is None and len({problem.ranges[v] for v in names}) == 1


def _divided(problem: Problem) -> Iterator[Solution]:
    """v and w with A*v*w + B*v + C*w + D = 0 for many values of the others: A*v + C and A*w + B
    are divisors of B*C - A*D."""
    if any(not isinstance(letter, Symbol) for letter in problem.letters):
        return
    names = problem.variables
    for v, w in combinations(names, 2):
        p, q = problem.letters.index(v), problem.letters.index(w)
        if any(powers[p] > 1 or powers[q] > 1 for powers, _ in problem.terms):
            continue
        if not any(powers[p] and powers[q] for powers, _ in problem.terms):
            continue
        others = [name for name in names if name not in {v, w}]
        each = max(2, int(_MOST_GIVEN ** (1 / max(len(others), 1))))
        rows = [[int(k) for k in values_of(problem, name, each)] for name in others]
        for given in islice(product(*rows), _MOST_GIVEN):
            at = dict(zip(others, given, strict=True))
            a, b, c, d = _bilinear(problem, at, p, q)
            norm = b * c - a * d
            if not a or not norm or norm.bit_length() > _MOST_BITS or isqrt(abs(norm)) == 0:
                continue
            for part in divisors(norm):
                for signed in (part, -part):
                    one, rest = divmod(signed - c, a)
                    other, odd = divmod(norm // signed - b, a)
                    if not rest and not odd:
                        found = {v: one, w: other, **at}
                        if all(abs(k) < 2**52 for k in found.values()):
                            columns = {name: np.array([found[name]]) for name in names}
                            yield from solving(problem, columns)


def _bilinear(
    problem: Problem, at: Mapping[Symbol, int], p: int, q: int
) -> tuple[int, int, int, int]:
    """The coefficients of v*w, v, w and 1."""
    found = {(1, 1): 0, (1, 0): 0, (0, 1): 0, (0, 0): 0}
    for powers, number in problem.terms:
        value = number
        for k, (letter, power) in enumerate(zip(problem.letters, powers, strict=True)):
            if power and k not in {p, q}:
                assert isinstance(letter, Symbol)
                value *= at[letter] ** power
        found[powers[p], powers[q]] += value
    return found[1, 1], found[1, 0], found[0, 1], found[0, 0]
