"""Sums of waves whose height falls slowly: `sin(k*x)/k`, `(-1)**k*cos(k)/(k**2 + 1)`.

The height h is expanded in powers k**-s on a tail k >= N, and with z = exp(i*w) summed by parts
(D is the difference f(k + 1) - f(k)):

    sum of z**k*h(k) over k >= N = z**N/(1 - z) * sum over j < J of (z/(1 - z))**j * D**j h(N) + R,

where abs(R)*abs(1 - z)**J is at most the sum of abs(D**J h), which is abs(D**(J - 1) N**-s) for a
power, these being completely monotone. Where z is near 1 the powers are summed by polylogarithms,

    sum of z**k/k**s over k >= 1 = Li_s(z)    for s > 0, abs(z) = 1, z != 1

(by Abel's theorem where it converges only by Dirichlet's test), and where z may be 1 and s >= 2 as
without a wave, up to what abs(exp(i*w*k) - 1) <= min(2, abs(w)*k) leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from flint import acb, arb, ctx, fmpq

from derivations.core.calculus import Sum
from derivations.core.formula import Formula, Symbol
from derivations.core.substitute import free_names
from numeric.balls.values import Indeterminate, Infinity, Undefined
from numeric.calculus.alternating import Alternation
from numeric.calculus.parts import EncloseParts
from numeric.calculus.wave_tails import waves_in
from numeric.exact.constants import as_arb
from numeric.tails.expand import Walk
from numeric.tails.expansions import Error, Expansion, Tail
from numeric.tails.growth import tail_integral

# Where the sum is cut, counted from its first index; terms of the expansion; differences.
_CUTS: Final = ((64, 12, 60), (1024, 20, 160), (4096, 24, 200))
_MOST_KNOWN: Final = 128
# Bits that may be lost on the way.
_SPENT: Final = 18


@dataclass(frozen=True, slots=True)
class _Turning:
    """exp(i*(phase + speed*k)); `still` where the speed is exactly 0."""

    phase: arb
    speed: arb
    still: bool = False

    def at(self, k: int) -> acb:
        """Anew each time: balls that are multiplied again and again grow by their corners."""
        return acb(0, self.phase + self.speed * k).exp()


@dataclass(frozen=True, slots=True)
class _Height:
    """What is known of a height: its values up to the cut, its powers on the tail with a bound of
    the sum of all that is left out, its differences at the cut, bounds of the sums of their
    sizes."""

    values: tuple[arb, ...]
    start: int
    powers: tuple[tuple[arb, arb], ...]
    left_out: arb
    differences: tuple[arb, ...]
    bounds: tuple[arb, ...]


def sum_of_waves(node: Sum, signs: Alternation, enclose: EncloseParts, first: int) -> arb | None:
    """The sum over k >= first of what is a sum of waves; None where it is not seen to be one.

    Errors: `Indeterminate`, `Undefined`.
    """
    waves = waves_in(signs.rest if signs.slope else node.body, node.variable)
    if waves is None:
        return None
    total = arb(0)
    for wave in waves:
        turning = _Turning(arb(0), arb(0), True)
        if wave.name:
            turning = _turning(wave.argument, node.variable, enclose)
        if signs.slope:
            turning = _Turning(turning.phase, turning.speed + arb.pi())
        if len(waves) == 1 and not turning.speed.sin().contains(0):
            _require_falling(node, wave.height, enclose, first)
        found = _of_wave(wave.height, node.variable, enclose, first, turning)
        total += found.imag if wave.name == "sin" else found.real
    return -total if signs.slope and signs.shift else total


def _require_falling(node: Sum, height: Formula, enclose: EncloseParts, first: int) -> None:
    """Errors: `Undefined` where the height of the only wave certainly does not tend to 0: sin(w*k
    + b) tends to 0 along the integers only where sin(w) = 0."""
    tail = Tail(arb(max(first, 0) + _CUTS[0][0]), 2)
    places = {node.variable: tail.variable()}
    terms = Walk(tail, enclose, places, integers=True).expand(height).terms
    if terms and terms[0][0].trend() >= 0:
        terms[0][1].sign()  # certainly not 0, or Indeterminate
        raise Undefined(f"{node} diverges: its terms do not tend to 0")


def _turning(argument: Formula, k: Symbol, enclose: EncloseParts) -> _Turning:
    one, two = (enclose(argument, {k: fmpq(value)}) for value in (0, 1))
    if isinstance(one, fmpq) and isinstance(two, fmpq):
        return _Turning(arb(one), arb(two - one), one == two)
    if isinstance(one, fmpq | arb) and isinstance(two, fmpq | arb):
        return _Turning(arb(one), arb(two) - arb(one))
    raise Indeterminate("a wave is not real")


def _of_wave(
    height: Formula, k: Symbol, enclose: EncloseParts, first: int, turning: _Turning
) -> acb:
    step = acb(0, turning.speed).exp()
    best: acb | None = None
    for cut in _CUTS:
        known = _height(height, k, enclose, first, cut)
        total = acb(0)
        for index, value in enumerate(known.values, first):
            total += turning.at(index) * value
        total += _tail(known, turning, step)
        best = total if best is None or total.rad() < best.rad() else best
        if total.rad() <= arb(2) ** (_SPENT - ctx.prec) * (1 + abs(total).upper()):
            break
    assert best is not None
    return best


def _height(
    height: Formula, k: Symbol, enclose: EncloseParts, first: int, cut: tuple[int, int, int]
) -> _Height:
    """What is known of a height, found once where it does not depend on the point."""
    key = (height, k, first, cut, ctx.prec) if free_names(height) <= {k} else None
    known = None if key is None else _known.get(key)
    if known is None:
        known = _looked_at(height, k, enclose, first, *cut)
        if key is not None:
            if len(_known) >= _MOST_KNOWN:
                _known.clear()
            _known[key] = known
    return known


_known: dict[tuple[object, ...], _Height] = {}


def _looked_at(
    height: Formula,
    k: Symbol,
    enclose: EncloseParts,
    first: int,
    cut: int,
    order: int,
    most: int,
) -> _Height:
    end = max(first, 0) + cut
    tail = Tail(arb(end), order)
    expansion = Walk(tail, enclose, {k: tail.variable()}, integers=True).expand(height)
    powers, left_out = _powers(tail, expansion)
    values = [_real(enclose(height, {k: fmpq(index)})) for index in range(first, end)]
    with ctx.workprec(ctx.prec + most):  # the differences are far smaller than what they are of
        rows = [[c * _to_minus(arb(end + j), s) for j in range(most)] for c, s in powers]
        whole = [sum((row[j] for row in rows), arb(0)) for j in range(most)]
        differences = _differences(whole)
        parts = [_differences(row) for row in rows]
        bounds = [sum((abs(part[j]) for part in parts), arb(0)).upper() for j in range(most - 1)]
    return _Height(tuple(values), end, tuple(powers), left_out, tuple(differences), tuple(bounds))


def _to_minus(base: arb, power: arb) -> arb:
    return 1 / base**power


def _powers(tail: Tail, height: Expansion) -> tuple[list[tuple[arb, arb]], arb]:
    """Pairs of c and s of the terms c/k**s, and a bound of the sum of the rest."""
    powers: list[tuple[arb, arb]] = []
    rest = [] if height.error is None else [height.error]
    for growth, constant in height.terms:
        if growth.exponent or growth.logs:
            rest.append(Error(growth, abs(constant.value).upper()))
        elif growth.power >= 0:
            raise Indeterminate("a wave does not fall")
        else:
            powers.append((constant.value, as_arb(-growth.power)))
    bound = arb(0)
    for error in rest:
        factor, growth = tail_integral(error.growth, tail.start)
        bound += error.bound * (error.growth.at(tail.start) + factor * growth.at(tail.start))
    return powers, bound.upper()


def _real(value: object) -> arb:
    if isinstance(value, Infinity):
        raise Undefined("infinity is not a number")
    if not isinstance(value, fmpq | arb):
        raise Indeterminate("the height of a wave is not real")
    return arb(value)


def _differences(row: list[arb]) -> list[arb]:
    """f, D f, D**2 f, ... at the first place."""
    found = []
    while row:
        found.append(row[0])
        row = [after - before for before, after in pairwise(row)]
    return found


def _tail(known: _Height, turning: _Turning, step: acb) -> acb:
    """The sum over the tail."""
    left_out = acb(arb(0, known.left_out), arb(0, known.left_out))
    if not known.powers:
        return left_out
    if not turning.still and not step.contains(1):
        by_parts = _by_parts(known, step, turning.at(known.start))
        enough = arb(2) ** (_SPENT - ctx.prec)
        if by_parts.rad() <= enough or known.left_out > enough:
            return by_parts + left_out
        slow = _by_polylogarithms(known, turning, step)
        return (slow if slow.rad() < by_parts.rad() else by_parts) + left_out
    return sum(
        (c * _beside_one(s, turning, step, arb(known.start)) for c, s in known.powers), left_out
    )


def _by_parts(known: _Height, step: acb, power: acb) -> acb:
    beside = 1 - step
    ratio, size = step / beside, abs(1 / beside).upper()
    factor, total = power / beside, acb(0)
    scale, least = arb(1), None
    best = acb(0)
    for j in range(1, len(known.bounds)):
        total += factor * known.differences[j - 1]
        factor *= ratio
        scale *= size
        # D**j summed in absolute value is D**(j - 1) at the first place.
        rest = (scale * known.bounds[j - 1]).upper()
        if least is None or rest < least:
            least, best = rest, total
        if rest < arb(2) ** (-ctx.prec):
            break
    assert least is not None
    return best + acb(arb(0, least), arb(0, least))


def _by_polylogarithms(known: _Height, turning: _Turning, step: acb) -> acb:
    total = acb(0)
    waves = [turning.at(k) for k in range(1, known.start)]
    for c, s in known.powers:
        value = turning.at(0) * step.polylog(acb(s))
        if not value.is_finite():
            raise Indeterminate("the tail of a wave is not known to enough digits")
        for k, wave in enumerate(waves, 1):
            value -= wave * _to_minus(arb(k), s)
        total += c * value
    return total


def _beside_one(order: arb, turning: _Turning, step: acb, start: arb) -> acb:
    """The sum of exp(i*(phase + speed*k))/k**order over k >= start, the step about 1."""
    turn = acb(0, turning.phase).exp()
    if turning.still and order > 1:
        return turn * order.zeta(start)
    if not order >= 2:
        raise Indeterminate("the length of a wave is not decided")
    slow = abs(step.log().imag).upper()
    # The sum of min(2, slow*k)/k**2, for k up to 1/slow and beyond.
    bound = arb(0)
    if slow > 0:
        bound = slow * (1 + abs(slow.log())) + 2 * (slow**2 + slow)
    error = acb(arb(0, bound.upper()), arb(0, bound.upper()))
    return turn * (order.zeta(start) + error)
