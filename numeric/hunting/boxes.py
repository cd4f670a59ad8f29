"""Boxes of whole numbers on which an equation is looked at: its letters, and the sum of its terms.

A letter is a variable, or what is no polynomial of variables (2**n, n!, a binomial, a sum up to n).

>>> from derivations.core import num, symbols
>>> n, m = symbols("n m")
>>> [str(letter) for letter in letters_in(num(2) ** n * m - 3 * n + 1)]
['2**n', 'm', 'n']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

from derivations.core.domain import Integers
from derivations.core.formula import Add, Call, Div, Formula, Mul, Neg, Number, Pow, Symbol
from derivations.core.substitute import bound_variable, free_names
from numeric.exact.rational import rational_of
from numeric.hunting.glance import Glance, NotSeen
from numeric.hunting.residues import Residues

Solution = dict[Symbol, int]
# Where a condition holds, at values in floats; None where nothing is known of it.
Test = Callable[[Mapping[Symbol, Any]], Any]

_LARGEST_POWER: Final = 24
# A variable in an exponent, a factorial and the like goes up to this.
_MOST_IN_LETTER: Final = 300
_CLOSE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Problem:
    """A polynomial in letters that is to be 0: powers of the letters, with a coefficient."""

    letters: tuple[Formula, ...]
    terms: tuple[tuple[tuple[int, ...], int], ...]
    ranges: Mapping[Symbol, Integers]
    holds: Test

    def variables_of(self, powers: tuple[int, ...]) -> frozenset[Symbol]:
        names: set[Symbol] = set()
        for letter, power in zip(self.letters, powers, strict=True):
            if power:
                names |= {v for v in free_names(letter) if isinstance(v, Symbol)}
        return frozenset(names)

    @property
    def variables(self) -> list[Symbol]:
        used = set().union(*(self.variables_of(powers) for powers, _ in self.terms))
        return [v for v in self.ranges if v in used]

    def is_inside_letter(self, v: Symbol) -> bool:
        return any(v in free_names(letter) and letter != v for letter in self.letters)


def letters_in(formula: Formula) -> Iterator[Formula]:
    """The variables and what else is no polynomial of them."""
    match formula:
        case Number():
            return
        case Neg() | Add() | Mul() | Div():
            for part in formula.parts:
                yield from letters_in(part)
            return
        case Pow(base=base, exponent=exponent):
            n = rational_of(exponent)
            if n is not None and n.denominator == 1 and abs(n) <= _LARGEST_POWER:
                yield from letters_in(base)
                return
    is_letter = isinstance(formula, Symbol | Pow | Call) or bound_variable(formula) is not None
    if is_letter and free_names(formula):
        yield formula


def values_of(problem: Problem, v: Symbol, most: int) -> Any:
    """The first values of a variable, the small ones first."""
    domain = problem.ranges[v]
    low, high = domain.lower, domain.upper
    if problem.is_inside_letter(v):
        most = min(most, _MOST_IN_LETTER)
    if max(abs(low or 0), abs(high or 0)) > 2**52:
        raise NotSeen
    if low is not None and (low >= 0 or high is None):
        return np.arange(low, low + most if high is None else min(low + most, high + 1))
    if high is not None and low is None:
        return np.arange(high, high - most, -1)
    half = most // 2
    values = np.arange(-half, half + 1)
    if low is not None and high is not None:
        values = values[(values >= low) & (values <= high)]
    return values[np.argsort(np.abs(values), kind="stable")]


def box_of(
    problem: Problem, names: Sequence[Symbol], most: int, alike: bool = False
) -> dict[Symbol, Any]:
    """Values of several variables, as columns; of those that may be exchanged, in order only."""
    short = [v for v in names if problem.is_inside_letter(v)]
    wide = [v for v in names if v not in short]
    sizes: dict[Symbol, int] = {}
    left = most
    for v in short:
        sizes[v] = max(2, min(_MOST_IN_LETTER, int(left ** (1 / (len(names) - len(sizes))))))
        left = max(2, left // sizes[v])
    times = 6 if alike and len(wide) > 2 else 2 if alike and len(wide) == 2 else 1
    for v in wide:
        sizes[v] = max(2, int((left * times) ** (1 / len(wide))))
    columns = np.meshgrid(*(values_of(problem, v, sizes[v]) for v in names), indexing="ij")
    found = {v: column.ravel() for v, column in zip(names, columns, strict=True)}
    if alike and len(wide) > 1:
        ordered = np.ones(found[names[0]].shape, dtype=bool)
        for one, other in pairwise(wide):
            ordered &= found[one] <= found[other]
        found = {v: column[ordered] for v, column in found.items()}
    return found


def _kept(problem: Problem, values: dict[Symbol, Any]) -> dict[Symbol, Any]:
    """The columns at which the condition holds, and every value is in its range."""
    good = np.ones(next(iter(values.values())).shape, dtype=bool)
    for v, column in values.items():
        domain = problem.ranges[v]
        if domain.lower is not None:
            good &= column >= domain.lower
        if domain.upper is not None:
            good &= column <= domain.upper
    held = problem.holds({v: column.astype(float) for v, column in values.items()})
    if held is not None:
        good &= held
    return {v: column[good] for v, column in values.items()}


def solving(problem: Problem, values: dict[Symbol, Any]) -> Iterator[Solution]:
    """The columns that solve the equation, by residues and floats, the small ones first."""
    values = _kept(problem, values)
    if not len(next(iter(values.values()))):
        return
    residue, size, total = total_of(problem, values, range(len(problem.terms)))
    found = (residue == 0) & ~(np.abs(total) > _CLOSE * size)
    index = np.flatnonzero(found)
    columns = [values[v][index] for v in problem.variables]
    order = np.argsort(sum(np.abs(column.astype(float)) for column in columns), kind="stable")
    for k in order:
        yield {v: int(c[k]) for v, c in zip(problem.variables, columns, strict=True)}


def total_of(problem: Problem, values: dict[Symbol, Any], chosen: Sequence[int]) -> tuple[Any, ...]:
    """The sum of some terms: its residues, the sum of sizes, and the value, in floats."""
    glance = Glance({v: column.astype(float) for v, column in values.items()})
    residues = Residues(values, glance)
    shape = next(iter(values.values())).shape
    word = np.zeros(shape, dtype=np.uint64)
    size, total = np.zeros(shape), np.zeros(shape)
    for number in chosen:
        powers, coefficient = problem.terms[number]
        part = np.full(shape, coefficient % 2**64, dtype=np.uint64)
        value = np.full(shape, float(coefficient))
        for letter, power in zip(problem.letters, powers, strict=True):
            if power:
                here, near = residues.at(letter), glance.at(letter)
                for _ in range(power):
                    part, value = part * here, value * near
        word, size, total = word + part, size + np.abs(value), total + value
    return word, size, total
