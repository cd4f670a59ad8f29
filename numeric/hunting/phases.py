"""Places where waves of unlike lengths come together: sin(x) + sin(sqrt(2)*x) near its bound 2.

The phase of each wave is taken for a variable of its own, and the lowest point of an inequality in
these variables is sought; then a number at which all phases are near to it, by simultaneous
Diophantine approximation: the nearest vector of a lattice, by LLL and rounding. Waves whose lengths
have a simple ratio share a phase. Whole parts are waves of length 1, and a variable that is a whole
number is one more condition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, Final

from flint import acb, arb, ctx, fmpq, fmpq_mat, fmpz, fmpz_mat

from derivations.core.claim import Claim
from derivations.core.domain import Integers, Interval
from derivations.core.formula import Call, Formula, FormulaError, Symbol, as_formula, num, pi, walk
from derivations.core.functions import Definition
from derivations.core.substitute import free_names, rewrite, substitute
from derivations.proving.casework import plain
from numeric.balls.enclose import Compiler, evaluated
from numeric.balls.frames import root_frame
from numeric.balls.values import (
    Indeterminate,
    Infinity,
    Point,
    Undefined,
    as_number,
    the_integer_in,
)
from numeric.hunting.coordinates import Axis, Chart
from numeric.hunting.glance import NotSeen
from numeric.hunting.lowlands import lowest, objective_of

# Functions that only see their argument modulo a period: the period is pi times this, or this.
_OF_TURNS: Final = {"sin": 2, "cos": 2, "sec": 2, "csc": 2, "tan": 1, "cot": 1}
_OF_WHOLES: Final = frozenset({"floor", "ceiling", "frac"})
_BITS: Final = 1500
_MOST_WAVES: Final = 5
_LARGEST_RATIO: Final = 64
# All phases are met to 2**-bits, for each of these.
_CLOSENESS: Final = (3, 5, 7, 9, 12, 16, 22, 30, 40)
_TARGETS: Final = 6
# Where the variable stands outside of the waves too, it is given these values there.
_ELSEWHERE: Final = (1, 1000, 10**6)


@dataclass(frozen=True, slots=True)
class Wave:
    """A call whose argument is slope*x + start, of a period that is told by its function."""

    node: Formula
    slope: arb
    start: arb
    period: arb


@dataclass(frozen=True, slots=True)
class _Phase:
    """A variable of one turn for waves with lengths of simple ratios: x = phase/pace."""

    symbol: Symbol
    pace: arb
    members: tuple[tuple[Wave, int], ...]


def meeting_points(claim: Claim) -> Iterator[Point]:
    """Points at which several waves of an inequality have the phases at which it is lowest."""
    if len(claim.on) != 1 or claim.rel not in {"<", "<=", ">", ">="}:
        return
    ((v, domain),) = claim.on
    if not isinstance(v, Symbol) or not isinstance(domain, Interval | Integers):
        return
    try:
        sides = plain(claim.lhs), plain(claim.rhs)
    except (FormulaError, RecursionError):
        return
    high, low = sides if claim.rel in {">", ">="} else (sides[1], sides[0])
    with ctx.workprec(_BITS):
        phases = _phases(high - low, v)
        whole = isinstance(domain, Integers)
        if len(phases) + whole < 2 or len(phases) > _MOST_WAVES:
            return
        for targets in _targets(high - low, v, phases):
            for value in _met(phases, targets, whole):
                yield {v: as_number(value)}


def waves_of(claim: Claim, v: Symbol) -> list[Wave]:
    """The waves of a claim whose arguments are linear in a variable, at the current precision."""
    try:
        sides = plain(claim.lhs), plain(claim.rhs)
    except (FormulaError, RecursionError):
        return []
    return list({**_waves(sides[0], v), **_waves(sides[1], v)}.values())


def _waves(formula: Formula, v: Symbol) -> dict[Formula, Wave]:
    waves: dict[Formula, Wave] = {}
    for node in walk(formula):
        if isinstance(node, Call) and not isinstance(node.head, Definition):
            wave = _wave(node, v)
            if wave is not None:
                waves[node] = wave
    return waves


def _phases(formula: Formula, v: Symbol) -> list[_Phase]:
    waves = _waves(formula, v)
    groups: list[list[tuple[Wave, Fraction]]] = []
    for wave in waves.values():
        pace = wave.slope / wave.period
        for group in groups:
            first = group[0][0]
            ratio = _simple(pace / (first.slope / first.period))
            if ratio is not None:
                group.append((wave, ratio))
                break
        else:
            groups.append([(wave, Fraction(1))])
    found: list[_Phase] = []
    for k, group in enumerate(groups):
        scale = lcm(*(ratio.denominator for _, ratio in group))
        first = group[0][0]
        members = tuple((wave, int(ratio * scale)) for wave, ratio in group)
        found.append(_Phase(Symbol(f"phase {k}"), first.slope / first.period / scale, members))
    return found


def _wave(node: Call, v: Symbol) -> Wave | None:
    name, args = node.head.name, node.args
    if free_names(args[0]) != {v}:
        return None
    if name in _OF_TURNS:
        period = arb.pi() * _OF_TURNS[name]
    elif name in _OF_WHOLES:
        period = arb(1)
    elif name == "Mod" and not free_names(args[1]):
        size = _constant(args[1])
        if size is None:
            return None
        period = size
    else:
        return None
    line = _line(args[0], v)
    return None if line is None else Wave(node, *line, period)


def _constant(formula: Formula) -> arb | None:
    try:
        value = evaluated(Compiler().compile(formula), root_frame({}))
    except (FormulaError, Undefined, Indeterminate):
        return None
    if isinstance(value, Infinity | acb) or not value > 0:
        return None
    return arb(value)


def _line(argument: Formula, v: Symbol) -> tuple[arb, arb] | None:
    """Slope and start of what seems to be slope*v + start."""
    values: list[arb] = []
    for k in range(3):
        try:
            value = evaluated(Compiler().compile(substitute(argument, {v: num(k)})), root_frame({}))
        except (FormulaError, Undefined, Indeterminate):
            return None
        if isinstance(value, Infinity | acb):
            return None
        values.append(arb(value))
    slope = values[1] - values[0]
    straight = (values[2] - values[1] - slope).contains(0)
    return (slope, values[0]) if straight and slope != 0 else None


def _simple(ratio: arb) -> Fraction | None:
    """The simple fraction that a number seems to be."""
    for under in range(1, _LARGEST_RATIO):
        over = the_integer_in(ratio * under)
        if over is not None and abs(over) <= _LARGEST_RATIO * under:
            return Fraction(over, under)
    return None


# ---------------------------------------------------------------------------- where it is lowest


def _targets(margin: Formula, v: Symbol, phases: list[_Phase]) -> Iterator[list[Fraction]]:
    """Phases at which the margin is lowest, each between 0 and 1."""
    arguments: dict[Formula, Formula] = {}
    for phase in phases:
        for wave, turns in phase.members:
            arguments[wave.node] = _turned(wave, turns, phase.symbol)
    separate = rewrite(margin, arguments.get)
    chart = Chart(
        tuple(phase.symbol for phase in phases), frozenset(), (Axis(0.0, 1.0),) * len(phases)
    )
    for elsewhere in _ELSEWHERE if v in free_names(separate) else (1,):
        formula = substitute(separate, {v: num(elsewhere)})
        try:
            columns = lowest(objective_of(chart, formula, None), chart)
        except (NotSeen, FormulaError):
            return
        for column in columns[:_TARGETS]:
            yield [Fraction(float(value)) for value in column]


def _turned(wave: Wave, turns: int, phase: Symbol) -> Formula:
    """The call with its argument by the phase: period*turns*phase + start."""
    assert isinstance(wave.node, Call)
    start = as_formula(Fraction(float(wave.start.mid())).limit_denominator(10**15))
    unit = _OF_TURNS.get(wave.node.head.name)
    length: Formula = unit * pi if unit is not None else as_formula(_nearest(wave.period, 40))
    argument = length * (turns * phase) + start
    return Call(wave.node.head, (argument, *wave.node.args[1:]))


# ------------------------------------------------------------------------ a number that meets them


def _met(phases: list[_Phase], targets: list[Fraction], whole: bool) -> Iterator[Fraction]:
    """Numbers x with pace*x near to target modulo 1 for every phase; whole ones, or all."""
    paces = [phase.pace for phase in phases]
    wanted = [arb(fmpq(t.numerator, t.denominator)) for t in targets]
    if whole:
        yield from map(Fraction, _near_all(list(zip(paces, wanted, strict=True))))
        return
    # x = (k + shift)/unit for a whole k; the other conditions are k*ratio near to rest modulo 1.
    # The fastest wave is met exactly, too: its peak is narrow.
    fastest = max(range(len(paces)), key=lambda k: float(abs(paces[k])))
    for first in dict.fromkeys((0, fastest)):
        unit, shift = paces[first], wanted[first]
        others = [
            (pace / unit, target - pace / unit * shift)
            for k, (pace, target) in enumerate(zip(paces, wanted, strict=True))
            if k != first
        ]
        for turns in _near_all(others):
            x = (arb(turns) + shift) / unit
            yield _nearest(x, 256)


def _near_all(others: list[tuple[arb, arb]]) -> Iterator[int]:
    """Whole k with k*ratio near to rest modulo 1 for every (ratio, rest)."""
    count = len(others)
    for bits in _CLOSENESS:
        basis, scale = _lattice([ratio for ratio, _ in others], bits * (count + 1))
        reach = 1 << (bits * count)
        for offset in (0, reach, -reach, 4 * reach, -4 * reach):
            goal = [offset, *(_rounded(rest * scale) for _, rest in others)]
            if None in goal:
                return
            yield _nearest_vector(basis, [int(part or 0) for part in goal])[0]


def _lattice(ratios: list[arb], bits: int) -> tuple[fmpz_mat, int]:
    scale = 1 << bits
    size = len(ratios) + 1
    rows = [[0] * size for _ in range(size)]
    rows[0][0] = 1
    for k, ratio in enumerate(ratios, start=1):
        rows[0][k] = _rounded(ratio * scale) or 0
        rows[k][k] = scale
    return fmpz_mat(rows).lll(), scale


def _nearest_vector(basis: fmpz_mat, goal: list[int]) -> list[int]:
    """A vector of the lattice near to the goal, by rounding its coordinates."""
    row: Any = fmpq_mat(1, len(goal), [fmpq(part) for part in goal])
    coordinates: Any = row * fmpq_mat(basis).inv()
    whole = [int((entry + fmpq(1, 2)).floor()) for entry in coordinates.entries()]
    vector: Any = fmpz_mat(1, len(whole), [fmpz(k) for k in whole]) * basis
    return [int(entry) for entry in vector.entries()]


def _rounded(value: arb) -> int | None:
    return the_integer_in(arb((value + arb(0.5)).floor().mid()))


def _nearest(value: arb, bits: int) -> Fraction:
    """A fraction within 2**-bits of a number."""
    whole = _rounded(value * (arb(2) ** bits))
    return Fraction(whole or 0, 1 << bits)
