r"""The trapezoidal rule on a long segment, with a proved bound of its error.

Let f be analytic on the closed rectangle [A, B] x [-d, d] of the complex plane, h = (B - A)/n, and
x_k = A + (k + 1/2)*h. The integral of f(z)/(1 + exp(2*pi*i*(z - A)/h)) around the rectangle is -h
times the sum of the f(x_k), by residues. In the upper half the kernel is 1 less something of size
exp(-2*pi*y/h)/(1 - exp(-2*pi*y/h)), in the lower half of that size, and at both sides, where the
exponential is real and positive, at most exp(-2*pi*|y|/h). So h times the sum is the integral from
A to B up to

    (T + U)/(exp(2*pi*d/h) - 1) + V + W,

T and U the integrals of |f| along the top and the bottom, V and W those of |f|*exp(-2*pi*|y|/h)
along the two sides.
What falls like a Gaussian takes about a hundred values of f, all at real points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from flint import acb, arb

# The function on a real or a complex ball; not finite where it is not known to exist.
Body = Callable[[Any], Any]

# The segment is looked at in so many pieces.
_PIECES: Final = 32
# ... and its ends are cut off so often, as long as more than half is dropped.
_ROUNDS: Final = 10
# A peak as high is not looked for further; nor after so many cuts of the interval.
_CLEAR: Final = arb(2) ** -16
_CLIMBS: Final = 60
_FAR: Final = arb(2) ** 80
# Half a side is looked at in so many pieces.
_STEPS: Final = 8
# Heights of the rectangle that are tried, as parts of half its length.
_HEIGHTS: Final = (1, 2, 4, 8, 16)
# So many values are asked for at most; beyond, an adaptive quadrature is better.
_MOST_NODES: Final = 600
# So often may the inside of the rectangle be cut until f is seen to be analytic on each part.
_MOST_BOXES: Final = 400


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Where the rule is used: half the height d, the number of nodes n, a bound of the error."""

    height: arb
    nodes: int
    error: arb


def peak(body: Body) -> arb:
    """How large |f| is, about, where it is largest on the reals: at a power of 2, or about one."""
    places = [sign * arb(2) ** k for sign in (1, -1) for k in range(-8, 9)]
    sizes = [_size(body, place) for place in places]
    best = max(range(len(places)), key=lambda k: sizes[k])
    top, place = sizes[best], places[best]
    while not top > _CLEAR and abs(place) < _FAR and (further := _size(body, 2 * place)) > top:
        top, place = further, 2 * place
    low, high = place / 2, place * 2
    # The way to a narrow peak far out; nothing is proved here.
    for _ in range(_CLIMBS):
        if top > _CLEAR:
            break
        left, right = (2 * low + high) / 3, (low + 2 * high) / 3
        left, right = arb(left.mid()), arb(right.mid())
        at_left, at_right = _size(body, left), _size(body, right)
        if at_left > at_right:
            high = right
        else:
            low = left
        top = max(top, at_left, at_right)
    return top


def _size(body: Body, place: arb) -> arb:
    value = body(place)
    return arb(abs(value).mid()) if value.is_finite() else arb(0)


def trapezoidal(
    body: Body, a: arb, b: arb, goal: arb, *, entire: bool, first: int = 0
) -> tuple[acb, int] | None:
    """The integral of `body` from a to b to an error of about `goal`, and which of the heights
    served (to be tried `first` the next time); None where the rule is not good for it.

    `body` encloses an analytic function on balls, and gives what is not finite where it may not be
    analytic; `entire` means that it is analytic wherever it is defined, which is everywhere.
    """
    dropped = arb(0)
    for _ in range(_ROUNDS):
        length = b - a
        a, b, more = _trimmed(body, a, b, goal / (4 * _ROUNDS))
        dropped += more
        if not b > a:
            return acb(arb(0, dropped.upper())), first
        if b - a > length / 2:
            break
    sides = [k for k in range(len(_HEIGHTS)) if k != first]
    for which in (first, *sides):
        found = _rectangle(body, a, b, (b - a) / (2 * _HEIGHTS[which]), goal)
        if found is None:
            continue
        if not entire and not _is_analytic(body, a, b, found.height):
            continue
        total = arb(0)
        half = (b - a) / (2 * found.nodes)
        for k in range(1, 2 * found.nodes, 2):
            total += body(a + half * k)
        if not total.is_finite():
            return None
        error, step = (dropped + found.error).upper(), 2 * half
        return total * step + acb(arb(0, error), arb(0, error)), which
    return None


def _trimmed(body: Body, a: arb, b: arb, goal: arb) -> tuple[arb, arb, arb]:
    """The segment without the pieces at its ends on which f is surely small, and a bound of what
    is dropped."""
    ends = [a + (b - a) * k / _PIECES for k in range(_PIECES + 1)]
    ends = [arb(end.mid()) for end in ends]
    ends[0], ends[-1] = a, b
    low, high, dropped = 0, _PIECES, arb(0)
    while low < high:
        size = _largest(body, ends[low], ends[low + 1], arb(0)) * (ends[low + 1] - ends[low])
        if not dropped + size < goal / 2:
            break
        dropped, low = dropped + size, low + 1
    below = dropped
    while high > low:
        size = _largest(body, ends[high - 1], ends[high], arb(0)) * (ends[high] - ends[high - 1])
        if not dropped + size < below + goal / 2:
            break
        dropped, high = dropped + size, high - 1
    return ends[low], ends[high], dropped


def _rectangle(body: Body, a: arb, b: arb, height: arb, goal: arb) -> Rectangle | None:
    """The rule for a height; None where the nodes are too many or f is not bounded."""
    length = b - a
    along = arb(0)
    for k in range(_PIECES):
        low, high = a + length * k / _PIECES, a + length * (k + 1) / _PIECES
        for y in (height, -height):
            along += _largest(body, low, high, y) * length / _PIECES
        if not along.is_finite():
            return None
    # exp(2*pi*d/h) is to be as large as what is along over the goal.
    ratio = (1 + 4 * along / goal).log().upper()
    needed = (length * ratio / (2 * arb.pi() * height)).upper()
    if not needed < _MOST_NODES:
        return None
    nodes = int(needed.ceil().unique_fmpz() or 0) + 1
    rate = 2 * arb.pi() * nodes / length
    error = along / (rate * height).expm1()
    for x in (a, b):
        for k in range(_STEPS):
            low, high = height * k / _STEPS, height * (k + 1) / _STEPS
            weight = ((-rate * low).exp() - (-rate * high).exp()) / rate
            for y in (low.union(high), -(low.union(high))):
                error += abs(body(acb(x, y))).upper() * weight
    if not error < goal:
        return None
    return Rectangle(height, nodes, error.upper())


def _largest(body: Body, low: arb, high: arb, y: arb) -> arb:
    """A bound of |f| from low + i*y to high + i*y; not finite where none is seen."""
    line = low.union(high)
    return abs(body(line if y.is_zero() else acb(line, y))).upper()


def _is_analytic(body: Body, a: arb, b: arb, height: arb) -> bool:
    """Whether f is seen to be analytic on the rectangle, cut into boxes where need be."""
    waiting = [
        (a + (b - a) * k / _PIECES, a + (b - a) * (k + 1) / _PIECES, -height, height)
        for k in range(_PIECES)
    ]
    seen = 0
    while waiting:
        left, right, low, high = waiting.pop()
        seen += 1
        if seen > _MOST_BOXES:
            return False
        if body(acb(left.union(right), low.union(high))).is_finite():
            continue
        x, y = (left + right) / 2, (low + high) / 2
        for piece in ((left, x), (x, right)):
            waiting += [(*piece, low, y), (*piece, y, high)]
    return True
